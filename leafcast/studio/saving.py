"""What the editor changed, written into the article's file: as little of it as will do.

The file is the owner's. Where she wrote it by hand in her own way, only the blocks that changed are
written anew; the rest stays as it is, byte for byte. What was written is read back, and where the
patched file would not say the same, the whole is written as `write_markdown` has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

from leafcast.document.article import Article
from leafcast.document.origin import Origin
from leafcast.practice.project import Project
from leafcast.readers import READERS, article_slug
from leafcast.readers.front_lines import split_front_matter
from leafcast.readers.write_markdown import Written, write_markdown
from leafcast.state.cache import write_beside


def save(project: Project, path: Path, before: Article, article: Article) -> None:
    """Write `article` to `path`, which holds `before`. Raises OSError where it cannot be."""
    text = path.read_text("utf-8")
    written = text_of(
        text, before, article, Origin(f"source/{path.name}", article_slug(path), project.source)
    )
    if written != text:
        write_beside(path, written.encode())


def text_of(text: str, before: Article, article: Article, origin: Origin) -> str:
    """The file `text`, which reads as `before`, so that it reads as `article`."""
    old, new = write_markdown(before), write_markdown(article).text
    if new == old.text:
        return text
    if old.text == text:
        return new
    patched = _patched(text, old, new)
    if patched is None:
        return new
    reading = READERS[".md"](patched, origin)
    same = reading.article is not None and write_markdown(reading.article).text == new
    return patched if same else new


@dataclass(frozen=True, slots=True)
class _Part:
    """Lines between blank ones, and the line they begin on, from 1."""

    start: int
    lines: tuple[str, ...]


def _patched(text: str, old: Written, new: str) -> str | None:
    """`text` with the parts that differ between `old` and `new`; None where it is not known where
    they stand in it.
    """
    before, after = _parts(old.text), _parts(new)
    lines = text.split("\n")
    places = {there: here for here, there in old.lines.items()}
    places[len(old.text.split("\n")) + 1] = len(lines) + 1
    matcher = SequenceMatcher(None, [p.lines for p in before], [p.lines for p in after], False)
    for what, i1, i2, j1, j2 in reversed(matcher.get_opcodes()):
        if what == "equal":
            continue
        fresh = [line for part in after[j1:j2] for line in (*part.lines, "")]
        span = _front_span(text, i1, i2) or _span(before, places, i1, i2, len(old.text.split("\n")))
        if span is None:
            return None
        lines[span[0] - 1 : span[1] - 1] = fresh
    return "\n".join(lines).rstrip("\n") + "\n"


def _front_span(text: str, i1: int, i2: int) -> tuple[int, int] | None:
    """The lines of the facts above the text, where they alone are written anew."""
    head, _, above = split_front_matter(text)
    return (1, above + 1) if head is not None and (i1, i2) == (0, 1) else None


def _span(
    parts: list[_Part], places: Mapping[int, int], i1: int, i2: int, end: int
) -> tuple[int, int] | None:
    """From which line of the file to before which one the parts stand that are written anew."""
    first = places.get(parts[i1].start if i1 < len(parts) else end + 1)
    last = places.get(parts[i2].start if i2 < len(parts) else end + 1)
    return (first, last) if first and last and first <= last else None


def _parts(text: str) -> list[_Part]:
    lines = text.split("\n")
    blank = [-1, *(at for at, line in enumerate(lines) if not line), len(lines)]
    return [_Part(a + 2, tuple(lines[a + 1 : b])) for a, b in pairwise(blank) if b > a + 1]
