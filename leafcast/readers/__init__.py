"""From a file to an Article. `table.READERS` is what can be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from leafcast.document.article import Reading
from leafcast.document.errors import SourceError, cure_of, real, regular
from leafcast.document.identify import TAKEN, file_slug, slugify
from leafcast.document.invisible import cleaned_source
from leafcast.document.origin import Origin
from leafcast.document.report import Finding, Severity
from leafcast.readers.table import READERS as READERS
from leafcast.readers.table import Reader as Reader


def read_article(path: Path, source: Path) -> Reading:
    """Read the article at `path`; pictures are looked up from the folder `source`.

    Faults in the text are findings. Raises SourceError when the file cannot be read at all.
    """
    from leafcast.readers.placeholders import with_placeholders_told
    from leafcast.readers.witness import witnessed  # a build whose readings are kept needs none

    shown = path.relative_to(source.parent).as_posix()
    slug = article_slug(path)
    origin = Origin(shown, slug, source)
    reader = READERS[path.suffix.lower()]
    refuse_elsewhere(path, source, shown)
    content = read_bytes(path, shown, reader.most)
    text, found = (content, ()) if reader.takes is bytes else as_text(content, origin)
    reading = witnessed(text, path.suffix.lower(), reader(text, origin), origin)
    reading = replace(reading, findings=(*found, *reading.findings))
    reading = with_placeholders_told(reading, origin)
    return reading if slug == path.stem == slugify(slug) else _named(reading, path, origin)


def _named(reading: Reading, path: Path, origin: Origin) -> Reading:
    """A reading that says what the article of such a file name is called, or that it needs one."""
    words = f"“{path.name}” cannot be part of a web address"
    if not slugify(path.stem):
        fix = f"Rename it to a-short-name{path.suffix}"
        named = origin.finding("file-name", Severity.ERROR, words, fix)
        return replace(reading, article=None, findings=(named, *reading.findings))
    if TAKEN.fullmatch(slugify(path.stem)):
        words = f"“{path.stem}” is a name that is kept for something else"
    words = f"{words}; {origin.slug} is used in addresses instead"
    fix = f"Nothing need be done; or rename it to {origin.slug}{path.suffix}"
    named = origin.finding("file-name", Severity.ADVICE, words, fix)
    return replace(reading, findings=(named, *reading.findings))


def article_slug(path: Path) -> str:
    """What the article in a file is called in addresses and file names."""
    return file_slug(path.stem) or path.stem


def as_text(content: bytes, origin: Origin) -> tuple[str, tuple[Finding, ...]]:
    """`content` as clean text, and what was guessed and left out. Raises SourceError when it is
    none.
    """
    from leafcast.readers.encodings import decoded

    text, guessed = decoded(content, origin)
    kept, unseen = cleaned_source(text, origin)
    return kept, (*guessed, *unseen)


def refuse_elsewhere(path: Path, source: Path, shown: str) -> None:
    """Raise SourceError where the file is a link to one outside the practice's sources."""
    if not real(path).is_relative_to(real(source)):
        raise SourceError(
            "this is a link to a file elsewhere, which is not read",
            "Copy the file itself into source/",
            shown,
        )


def read_bytes(path: Path, shown: str, most: int) -> bytes:
    """The file at `path`. Raises SourceError when it cannot be read, or has more bytes."""
    try:
        if regular(path).stat().st_size <= most:
            return path.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", cure_of(error), shown) from None
    raise SourceError(
        f"this file has more than {most / 1e6:.0f} MB, which no article has",
        "Keep the text of one article in it, and pictures in files of their own",
        shown,
    )
