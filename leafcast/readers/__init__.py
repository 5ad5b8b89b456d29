"""From a file to an Article. `READERS` is the table of what can be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from leafcast.errors import SourceError
from leafcast.model import Reading
from leafcast.readers.identify import slugify
from leafcast.readers.origin import Origin
from leafcast.report import Severity


@dataclass(frozen=True, slots=True)
class Reader:
    """A way to read an article. `function` is named, not imported; it takes text or bytes, not
    more than `most` of them.
    """

    function: str
    takes: type[str] | type[bytes] = str
    most: int = 100_000_000

    def __call__(self, content: str | bytes, origin: Origin) -> Reading:
        """Read `content`."""
        module, name = self.function.split(":")
        reading: Reading = getattr(import_module(module), name)(content, origin)
        return reading


READERS: dict[str, Reader] = {
    ".md": Reader("leafcast.readers.markdown:read_markdown"),
    ".txt": Reader("leafcast.readers.plain_text:read_plain_text"),
    ".docx": Reader("leafcast.readers.word.reader:read_word", bytes),
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
    content = read_bytes(path, shown, reader.most)
    reading = reader(content if reader.takes is bytes else as_text(content, shown), origin)
    if slug == path.stem:
        return reading
    named = origin.finding(
        "file-name",
        Severity.ERROR,
        f"“{path.name}” cannot be part of a web address",
        f"Rename it to {slug or 'a-short-name'}{path.suffix}",
    )
    return replace(reading, article=None, findings=(named, *reading.findings))


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


def as_text(content: bytes, shown: str) -> str:
    """`content` as text with plain line ends. Raises SourceError when it is none."""
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
    return text.replace("\r\n", "\n").replace("\r", "\n")
