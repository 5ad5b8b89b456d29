"""From a file to an Article. `READERS` is the table of what can be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from leafcast.errors import SourceError
from leafcast.model import Reading
from leafcast.readers.identify import slugify
from leafcast.readers.origin import Origin
from leafcast.report import Severity

Reader = Callable[[str, Origin], Reading]


def _read_markdown(text: str, origin: Origin) -> Reading:
    from leafcast.readers.markdown import read_markdown

    return read_markdown(text, origin)


def _read_plain_text(text: str, origin: Origin) -> Reading:
    from leafcast.readers.plain_text import read_plain_text

    return read_plain_text(text, origin)


READERS: dict[str, Reader] = {".md": _read_markdown, ".txt": _read_plain_text}


def read_article(path: Path, source: Path) -> Reading:
    """Read the article at `path`; pictures are looked up from the folder `source`.

    Faults in the text are findings. Raises SourceError when the file cannot be read at all.
    """
    shown = path.relative_to(source.parent).as_posix()
    slug = slugify(path.stem)
    origin = Origin(shown, slug, source)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", "", shown) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SourceError(
            "a letter on this line is not UTF-8", "Save the file as UTF-8", shown, line
        ) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise SourceError("this is not a text file", "Save it as plain text", shown, line)
    reading = READERS[path.suffix.lower()](text.replace("\r\n", "\n").replace("\r", "\n"), origin)
    if slug == path.stem:
        return reading
    named = origin.finding(
        "file-name",
        Severity.ERROR,
        f"“{path.name}” cannot be part of a web address",
        f"Rename it to {slug or 'a-short-name'}{path.suffix}",
    )
    return replace(reading, article=None, findings=(named, *reading.findings))
