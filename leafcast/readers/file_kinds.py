"""What a file is by what is in it, whatever its name says.

Programs save pages and Word files under other programs' endings, and people rename files. A kind
that is read is read by what it is; of any other, its name and what to do with it are told.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from leafcast.readers.other_files import UNREAD

ALIKE: Final = {
    ".docx": (".docx",), ".html": (".html", ".htm"), ".mht": (".mht", ".mhtml"),
}  # fmt: skip
"""Endings under which a kind of file is read as it is."""
LOOKED_AT: Final = 4096
"""Bytes within which a file says what it is."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: in words, the ending it is read by, if any, or else what to do with it."""

    name: str
    suffix: str = ""
    cure: str = ""


START: Final = "Start an article from it: leafcast new, and its name"
WORD: Final = FileKind("a Word file", ".docx", START)
PAGE: Final = FileKind("a web page", ".html", START)
ARCHIVE: Final = FileKind("a web archive (.mht)", ".mht", START)
MEDIA: Final = FileKind(
    "a picture, a sound or a film", cure="Write down its words, and start from those"
)
OFFICE: Final = "Copy its text into a Word file, and start from that"
PACKED: Final = FileKind("a packed file (.zip)", cure="Unpack it, and start from the file in it")
DAMAGED: Final = FileKind("a packed file that is damaged", cure="Copy or save it again")
STARTS: Final = (
    (b"%PDF", FileKind("a PDF", cure=UNREAD[".pdf"])),
    (b"{\\rtf", FileKind("a file of rich text (.rtf)", cure=UNREAD[".rtf"])),
    (b"bplist00", FileKind("a web archive of Safari", cure=UNREAD[".webarchive"])),
    (b"\xd0\xcf\x11\xe0", FileKind("a file of an old Word (.doc)", cure=UNREAD[".doc"])),
    *((mark, MEDIA) for mark in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"ID3", b"OggS")),
)  # fmt: skip
"""How files of other kinds begin; films and new pictures name theirs behind four bytes."""
TYPED: Final = re.compile(
    rb"\s*(?:<!--.{0,400}?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html[\s>])", re.S | re.I
)
"""How a page begins (HTML, 13.1), a comment of the browser that saved it before it, if any."""
HEAD: Final = re.compile(rb"\s*(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+\Z", re.I)
"""Lines of a mail's head alone."""
SAVED: Final = re.compile(rb"^From: <Saved by|^Snapshot-Content-Location:", re.I | re.M)
RELATED: Final = re.compile(rb"^Content-Type:\s*multipart/related", re.I | re.M)
SENT: Final = re.compile(rb"^(?:To|Received|Message-ID):", re.I | re.M)
"""What a page that is saved as one mail with its pictures (RFC 2557) has, and what one that was
sent has.
"""
MEMBERS: Final = (
    ("word/", WORD),
    ("Index/", FileKind("a file of Pages", cure=UNREAD[".pages"])),
    ("ppt/", FileKind("a presentation", cure=OFFICE)),
    ("xl/", FileKind("a spreadsheet", cure=OFFICE)),
    ("META-INF/container.xml", FileKind("an electronic book", cure=OFFICE)),
    ("content.xml", FileKind("a file of LibreOffice (.odt)", cure=UNREAD[".odt"])),
)
"""Of files that are packed, what one of their parts is called."""


def kind_of(content: bytes) -> FileKind | None:
    """What a file is by its content; None where it may be text, or nothing known."""
    start = content.removeprefix(b"\xef\xbb\xbf")[:LOOKED_AT]
    if start.startswith(b"PK\x03\x04"):
        return _packed(content)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start[2:].replace(b"\0", b"")  # UTF-16, of Latin letters
    if TYPED.match(start):
        return PAGE
    if _is_archive(start):
        return ARCHIVE
    opening = start.lstrip()
    found = (kind for mark, kind in STARTS if opening.startswith(mark))
    return next(found, MEDIA if start[4:8] == b"ftyp" else None)


def read_as(suffix: str, content: bytes) -> str:
    """The ending of a file's name by which it is to be read: its own, in small letters, or, where
    it is of another kind that is read, that of the kind.
    """
    kind = kind_of(content)
    own = kind is None or not kind.suffix or suffix in ALIKE[kind.suffix]
    return suffix if own or kind is None else kind.suffix


def _is_archive(start: bytes) -> bool:
    head = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0] + b"\n"
    if SAVED.search(head):
        return bool(HEAD.match(head))
    return bool(RELATED.search(head) and not SENT.search(head) and HEAD.match(head))


def _packed(content: bytes) -> FileKind:
    """What a packed file is by the names of its parts."""
    try:
        return packed_kind(zipfile.ZipFile(BytesIO(content)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, IndexError):
        return DAMAGED


def packed_kind(names: Iterable[str]) -> FileKind:
    """What a packed file is whose parts have these names."""
    parts = tuple(names)
    found = (kind for part, kind in MEMBERS if any(name.startswith(part) for name in parts))
    return next(found, PACKED)
