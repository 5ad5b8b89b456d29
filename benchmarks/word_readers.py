"""Those who read Word files: leafcast, and its peers. Each gives the outline of a file's bytes."""

from __future__ import annotations

import io
import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.outlines import Outline, of_article, of_pandoc
from leafcast.document.article import Reading


class Refused(Exception):
    """A reader says kindly why it does not read a file."""


def leafcast(content: bytes) -> Outline:
    """What `leafcast new` reads. Raises Refused with the code of the finding that says why."""
    reading = reading_of(content)
    if reading.article is None:
        errors = [each.code for each in reading.findings if each.severity.value == "error"]
        raise Refused(errors[0] if errors else "")
    return of_article(reading.article)


def reading_of(content: bytes) -> Reading:
    """What `leafcast new` reads of a file, with what it found: pictures taken out, days put in."""
    from dataclasses import replace

    from leafcast.document.origin import Origin
    from leafcast.readers.finish import finish
    from leafcast.readers.word.reader import MANNER, draft_word

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        origin = Origin("file.docx", "file", folder)
        draft = draft_word(content, origin, take_pictures=True)
        for address, picture in draft.pictures.items():
            (folder / address).parent.mkdir(parents=True, exist_ok=True)
            (folder / address).write_bytes(picture)
        facts = {**draft.facts, "published": "2026-01-01", "review": "2029-01-01"}
        otherwise = {"title": "Untitled", "author": "Nobody", "language": "en-GB"}
        ready = replace(draft, facts=facts, otherwise=otherwise, keeps_wordless=True)
        return finish(ready, MANNER, origin)


def pandoc(content: bytes) -> Outline:
    """What pandoc reads, tracked changes accepted."""
    return of_pandoc(_by_pandoc(content, "docx"))


def mammoth(content: bytes) -> Outline:
    """What mammoth reads: its HTML, taken apart by pandoc."""
    from mammoth import convert_to_html

    html = convert_to_html(io.BytesIO(content)).value
    return of_pandoc(_by_pandoc(html.encode(), "html"))


def python_docx(content: bytes) -> Outline:
    """The paragraphs and tables that python-docx knows, in order. It knows no lists."""
    from docx import Document

    outline = Outline()
    for paragraph, size in _paragraphs(Document(io.BytesIO(content))):
        if paragraph is None:
            outline.tables.append(size)
            continue
        words = outline.say(paragraph.text)
        if (paragraph.style.name or "").startswith(("Heading", "Title")):
            outline.headings.append(words)
    return outline


def _paragraphs(container: Any) -> Iterator[tuple[Any, tuple[int, int]]]:
    """Paragraphs, those of tables too, and the size of each table before them."""
    from docx.text.paragraph import Paragraph

    for each in container.iter_inner_content():
        if isinstance(each, Paragraph):
            yield each, (0, 0)
            continue
        yield None, (len(each.rows), len(each.columns))
        for row in each.rows:
            for cell in row.cells:
                yield from _paragraphs(cell)


def _by_pandoc(content: bytes, form: str) -> dict[str, Any]:
    """A file as pandoc's JSON. Raises CalledProcessError where pandoc gives up."""
    import pypandoc

    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "--from", form, "--to", "json"],
        input=content, capture_output=True, check=True,
    )  # fmt: skip
    read: dict[str, Any] = json.loads(done.stdout)
    return read
