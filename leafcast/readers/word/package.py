"""The zip of XML that a Word file is (ISO/IEC 29500-2), opened as if it came from a stranger.

Sizes are held to limits while reading, whatever the zip claims; a document type, which the
standard forbids (29500-2, 6.2.5), is refused before an entity is met; and no address in it is
followed.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from leafcast.readers.file_kinds import FileKind, kind_of

LARGEST_FILE: Final = 100_000_000
"""Bytes of a Word file, photographs and all."""
LARGEST_PART: Final = 32_000_000
"""Bytes of XML unpacked: a book of 1,000 pages has some 20 million."""
MOST_MARKS: Final = 1_000_000
"""How often “<” may stand in a part: a book of 1,000 pages has some 800,000."""
LARGEST_PICTURE: Final = 50_000_000
LARGEST_RATIO: Final = 400
"""Times a part may be larger unpacked; real XML of Word reaches some 40, in tables 150."""
SMALL: Final = 1_000_000
"""Bytes unpacked that are no bomb, whatever the ratio."""
DEEPEST: Final = 400
"""Elements within elements."""

NAMESPACES: Final = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/drawing/2017/decorative": "adec",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "urn:schemas-microsoft-com:vml": "v",
}


class NotWord(Exception):
    """The file is not a Word file that can be read: a finding's code, what is wrong, the fix."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix


UNZIPPABLE: Final = (
    KeyError, zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError,
    IndexError, OverflowError,
)  # fmt: skip
"""What is raised of a zip that is damaged; UnicodeDecodeError is a ValueError."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to by an id: a part of the zip, or an address outside."""

    kind: str
    target: str
    outside: bool = False


@dataclass(slots=True)
class Package:
    """The parts of a Word file by name."""

    zip: zipfile.ZipFile
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = frozenset(self.zip.namelist())

    def read(self, name: str, most: int = LARGEST_PART) -> bytes:
        """The bytes of a part. Raises NotWord when it is damaged, locked or too large."""
        try:
            info = self.zip.getinfo(name)
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise damaged(name)  # others unpack without a limit, and no Word writes them
            with self.zip.open(info) as part:
                content = part.read(most + 1)
        except NotImplementedError as error:  # a subclass of RuntimeError: a rare kind of zip
            raise damaged(name) from error
        except RuntimeError as error:  # zipfile says so where a password is wanted
            raise locked() from error
        except UNZIPPABLE as error:
            raise damaged(name) from error
        packed = max(info.compress_size, 1)
        if len(content) > most or (len(content) > SMALL and len(content) > LARGEST_RATIO * packed):
            raise NotWord(
                "word-too-large",
                f"Its part {name} unpacks to {len(content) / 1e6:.0f} MB and more, which no "
                "article has",
                "Copy its text into a new document, and save that",
            )
        return content

    def xml(self, name: str) -> Element | None:
        """The XML of a part, its names as in `w-p`; None where there is no such part.

        Raises NotWord when it is damaged, too deep or has a document type.
        """
        if name not in self.names:
            return None
        content = self.read(name)
        if content.count(b"<") > MOST_MARKS:
            raise NotWord(
                "word-too-large",
                f"Its part {name} has more than {MOST_MARKS:,} marks, which no article has",
                "Copy its text into a new document, and save that",
            )
        parser = ElementTree.XMLParser(target=_Builder())
        try:
            parser.feed(content)
            root: Element = parser.close()
        except (ElementTree.ParseError, LookupError, ValueError) as error:
            raise damaged(name) from error
        return root

    def relations(self, name: str) -> dict[str, Relation]:
        """What the part `name` refers to, by id."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for each in root if root is not None else ():
            outside = each.get("TargetMode") == "External"
            target = each.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = each.get("Type", "").rpartition("/")[2]
            found[each.get("Id", "")] = Relation(kind, target, outside)
        return found


class _Builder(ElementTree.TreeBuilder):
    """Builds the tree with short names, and stops at what no Word file holds."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse: entities come with it."""
        raise NotWord(
            "word-hostile",
            "It holds a document type, which Word never writes and which can do harm",
            "Do not open it; ask whoever sent it for a new copy",
        )

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """Begin an element."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotWord(
                "nested-too-deep",
                "It is nested so deep that text would be lost",
                "Take tables out of tables, or copy its text into a new document",
            )
        return super().start(_short(tag), {_short(key): value for key, value in attrs.items()})

    def end(self, tag: str, /) -> Element:
        """End an element."""
        self.depth -= 1
        return super().end(_short(tag))


@lru_cache(maxsize=4096)
def _short(name: str) -> str:
    """`{namespace}name` as `w-name`; the name alone where the namespace is none of ours."""
    if name[:1] != "{":
        return name
    space, _, local = name[1:].partition("}")
    prefix = NAMESPACES.get(space)
    return f"{prefix}-{local}" if prefix else f"other-{local}"


def open_package(content: bytes) -> Package:
    """The Word file in `content`. Raises NotWord, saying what it is instead."""
    if len(content) > LARGEST_FILE:
        raise NotWord(
            "word-too-large",
            f"It has {len(content) / 1e6:.0f} MB, more than the {LARGEST_FILE / 1e6:.0f} MB that "
            "can be read",
            "Make its pictures smaller: in Word, Picture Format, Compress Pictures",
        )
    _refuse_others(content)
    try:
        return Package(zipfile.ZipFile(io.BytesIO(content)))
    except (*UNZIPPABLE, NotImplementedError) as error:
        raise damaged("") from error


def _refuse_others(content: bytes) -> None:
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":  # an OLE file: old Word, or encrypted
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise locked()
        raise NotWord(
            "word-old",
            "It is a file of an old Word (.doc), whatever its name says",
            "Open it in Word or LibreOffice, and save it as .docx",
        )
    if not content.strip():
        raise NotWord("word-empty", "The file is empty", "Save the document anew")
    if content[:2] != b"PK":
        raise not_word(kind_of(content))


def not_word(kind: FileKind | None) -> NotWord:
    """The file is of another kind."""
    what = f"It is {kind.name}" if kind else "It is not a Word file"
    cure = kind.cure if kind else "Open it in the program it was made with, and save it as .docx"
    return NotWord("not-word", f"{what}, whatever its name says", cure)


def damaged(part: str) -> NotWord:
    """The file is broken."""
    where = f": its part {part} cannot be read" if part else ""
    return NotWord(
        "word-damaged",
        f"The Word file is damaged{where}",
        "Open it in Word, which may repair it, and save it anew; or copy it again",
    )


def locked() -> NotWord:
    """The file wants a password."""
    return NotWord(
        "word-locked",
        "The Word file is protected by a password",
        "Open it in Word, take the password out under File, Info, and save it",
    )


def main_part(package: Package) -> str:
    """The name of the document's own part."""
    for relation in package.relations("").values():
        if relation.kind == "officeDocument":
            return relation.target
    return "word/document.xml"
