"""liblouis, the braille translator of screen readers, opened where the system has it.

It is a library of the system (LGPL), opened at run time and never carried along. Its tables are
found by liblouis itself, or where LOUIS_TABLEPATH says. Cells are Unicode braille, U+2800 to
U+28FF, throughout. See liblouis' manual, “Programming with liblouis”.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Final

from leafcast.document.errors import LayoutError, ToolMissing
from leafcast.document.publication import Missing, Publication
from leafcast.locale.language import is_known, language_of

TABLE: Final = b"en-ueb-g2.ctb"
"""Unified English Braille, grade 2. Its maintainers are at RNIB and APH."""

NAMES: Final = {
    "win32": ("liblouis.dll", "liblouis-20.dll"),
    "darwin": (
        "liblouis.20.dylib",
        "/opt/homebrew/lib/liblouis.20.dylib",
        "/usr/local/lib/liblouis.20.dylib",
    ),
}
SONAME: Final = ("liblouis.so.20",)
"""Since liblouis 3.14; a number of its own says that calls are as they are here."""

DOTS_IO, UNICODE_CELLS, NO_UNDEFINED = 4, 64, 128
SILENT: Final = 60000
PLAIN: Final = 0
UNCONTRACTED: Final = 0x1000
"""Type forms of characters (`formtype` in liblouis.h): letter by letter."""
ROOM: Final = 16
"""Cells kept for each character: what it does not know liblouis spells in ten."""

_one_at_a_time = Lock()  # liblouis keeps its work in static memory


@dataclass(frozen=True, slots=True)
class Cells:
    """Unicode braille, and for each character of print where its cells begin."""

    cells: str
    starts: tuple[int, ...]


def version() -> str:
    """The version of liblouis here, such as `3.24.0`; "" where it or its tables are missing."""
    library = _library()
    return library.lou_version().decode() if library else ""


def missing(publication: Publication) -> Missing | None:
    """What keeps this article from being put into braille on this machine, if anything does."""
    language = publication.article.language
    if not (is_known(language) and language_of(language).ueb):
        return Missing(
            f"no braille is made of an article in “{language}”: this edition knows English alone",
            "A transcription service can put it into the braille of that language",
        )
    if version():
        return None
    return Missing(
        "no braille is made: liblouis, which translates it, is not on this machine",
        "To have it, install liblouis and build again. Debian, Ubuntu: apt install liblouis20 "
        "liblouis-data; Fedora, Arch, macOS with Homebrew: liblouis; elsewhere: liblouis.io, "
        "with LOUIS_TABLEPATH set to its tables",
    )


def translate(text: str, forms: Sequence[int] = ()) -> Cells:
    """`text` in contracted braille; `forms` has a type form for each character, or nothing.

    Raises ToolMissing where liblouis is not here, LayoutError where it gives up.
    """
    length = len(text) * ROOM + 64
    typeforms = (ctypes.c_ushort * length)(*forms)
    starts = (ctypes.c_int * (len(text) + 1))()
    mode = DOTS_IO | UNICODE_CELLS
    cells = _call("lou_translate", text, length, mode, typeforms=typeforms, starts=starts)
    return Cells(cells, tuple(starts[: len(text)]))


def read_back(cells: str) -> str:
    """What a reader would take Unicode braille for, in print.

    Raises ToolMissing where liblouis is not here, LayoutError where it gives up.
    """
    return _call("lou_backTranslate", cells, len(cells) * ROOM + 64, 0)


@cache
def knows(character: str) -> bool:
    """Whether the table has cells, of six dots, for a character. Raises ToolMissing without it."""
    if ord(character) > 0xFFFF and _open().lou_charSize() == 2:
        return False
    mode = DOTS_IO | UNICODE_CELLS | NO_UNDEFINED
    cells = _call("lou_translate", character, ROOM + 64, mode)
    return bool(cells.strip("\u2800")) and max(cells) <= "\u283f"


def bold() -> int:
    """The type form of bold letters. Raises ToolMissing where liblouis is not here."""
    return int(_open().lou_getTypeformForEmphClass(TABLE, b"bold"))


def _call(
    function: str,
    text: str,
    length: int,
    mode: int,
    *,
    typeforms: ctypes.Array[ctypes.c_ushort] | None = None,
    starts: ctypes.Array[ctypes.c_int] | None = None,
) -> str:
    """Call a translating function of liblouis with a text and room for so many characters."""
    library = _open()
    size = library.lou_charSize()
    encoding = "utf-32" if size == 4 else "utf-16"
    encoding += "-le" if sys.byteorder == "little" else "-be"
    given = text.encode(encoding)
    read, written = ctypes.c_int(len(given) // size), ctypes.c_int(length)
    result = ctypes.create_string_buffer(length * size)
    with _one_at_a_time:
        done = getattr(library, function)(
            TABLE, given, ctypes.byref(read), result, ctypes.byref(written),
            typeforms, None, starts, None, None, mode,
        )  # fmt: skip
    if not done or read.value != len(given) // size:
        raise LayoutError(f"liblouis cannot put this into braille: “{text[:60]}”")
    return result.raw[: written.value * size].decode(encoding)


def _open() -> ctypes.CDLL:
    if library := _library():
        return library
    raise ToolMissing("liblouis is not on this machine", "Install liblouis and its tables")


@cache
def _library() -> ctypes.CDLL | None:
    """liblouis, ready and silent; None where it or its table is missing."""
    found = ctypes.util.find_library("louis")
    for name in (*NAMES.get(sys.platform, SONAME), *((found,) if found else ())):
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        library.lou_setLogLevel(SILENT)
        library.lou_version.restype = ctypes.c_char_p
        library.lou_getTypeformForEmphClass.restype = ctypes.c_ushort
        if library.lou_checkTable(TABLE):
            return library
    return None
