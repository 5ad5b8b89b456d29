"""From a file to an Article. `READERS` is the table of what can be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, cast

from leafcast.errors import SourceError
from leafcast.model import Reading
from leafcast.naming import named
from leafcast.readers.encodings import decoded
from leafcast.readers.identify import LONGEST_SLUG, TAKEN, file_slug, slugify
from leafcast.readers.letters import cleaned_source
from leafcast.readers.origin import Origin
from leafcast.report import Finding, Severity

ReadSource = Callable[[str | bytes, Origin], Reading]
LARGEST_TEXT: Final = 2_000_000
"""Bytes of text; a novel has one million."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A way to read an article. `function` is named, not imported; it takes text or bytes, not
    more than `most` of them.
    """

    function: str
    takes: type[str] | type[bytes] = str
    most: int = LARGEST_TEXT

    def __call__(self, content: str | bytes, origin: Origin) -> Reading:
        """Read `content`."""
        return cast("ReadSource", named(self.function))(content, origin)


READERS: dict[str, Reader] = {
    ".md": Reader("leafcast.readers.markdown:read_markdown"),
    ".txt": Reader("leafcast.readers.plain_text:read_plain_text"),
    ".eml": Reader("leafcast.readers.plain_text:read_mail", bytes, 20_000_000),
    ".docx": Reader("leafcast.readers.word.reader:read_word", bytes, 100_000_000),
    ".html": Reader("leafcast.readers.web.reader:read_page", bytes, 20_000_000),
    ".htm": Reader("leafcast.readers.web.reader:read_page", bytes, 20_000_000),
}


def read_article(path: Path, source: Path) -> Reading:
    """Read the article at `path`; pictures are looked up from the folder `source`.

    Faults in the text are findings. Raises SourceError when the file cannot be read at all.
    """
    shown = path.relative_to(source.parent).as_posix()
    slug = slugify(path.stem)
    origin = Origin(shown, slug, source)
    reader = READERS[path.suffix.lower()]
    refuse_elsewhere(path, source, shown)
    content = read_bytes(path, shown, reader.most)
    reading = _read(reader, content, origin)
    fault = _name_fault(path, slug)
    if not fault:
        return reading
    named = origin.finding("file-name", Severity.ERROR, *fault)
    return replace(reading, article=None, findings=(named, *reading.findings))


def _read(reader: Reader, content: bytes, origin: Origin) -> Reading:
    """What `reader` makes of `content`; text is cleaned first."""
    if reader.takes is bytes:
        return reader(content, origin)
    text, found = as_text(content, origin)
    reading = reader(text, origin)
    return replace(reading, findings=(*found, *reading.findings))


def as_text(content: bytes, origin: Origin) -> tuple[str, tuple[Finding, ...]]:
    """`content` as clean text, and what was guessed and left out. Raises SourceError when it is
    none.
    """
    text, guessed = decoded(content, origin)
    kept, unseen = cleaned_source(text, origin)
    return kept, (*guessed, *unseen)


def _name_fault(path: Path, slug: str) -> tuple[str, str] | None:
    """What is wrong with a file's name, from which all others are made; and the fix."""
    better = file_slug(path.stem)
    rename = f"Rename it to {better or 'a-short-name'}{path.suffix}"
    if slug != path.stem:
        return f"“{path.name}” cannot be part of a web address", rename
    if TAKEN.fullmatch(slug):
        return f"“{slug}” is a name that Windows keeps for itself", rename
    if slug != better:
        words = f"The file’s name has {len(slug)} letters, more than the {LONGEST_SLUG} it may have"
        return words, rename
    return None


def refuse_elsewhere(path: Path, source: Path, shown: str) -> None:
    """Raise SourceError where the file is a link to one outside the practice's sources."""
    if not path.resolve().is_relative_to(source.resolve()):
        raise SourceError(
            "this is a link to a file elsewhere, which is not read",
            "Copy the file itself into source/",
            shown,
        )


def read_bytes(path: Path, shown: str, most: int) -> bytes:
    """The file at `path`. Raises SourceError when it cannot be read, or has more bytes."""
    try:
        if path.stat().st_size <= most:
            return path.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", "", shown) from None
    raise SourceError(
        f"this file has more than {most / 1e6:.0f} MB, which no article has",
        "Keep the text of one article in it, and pictures in files of their own",
        shown,
    )
