"""What a tagged PDF says, read from its structure tree: each element's type and its words.

Written apart from leafcast's own oracle, and for PDFs of any maker: words are the marked content
that an element leads to, decoded by the fonts' ToUnicode maps (ISO 32000-1, 9.10.2 and 14.7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pikepdf
from pikepdf import Array, Name

ASIDE: Final = frozenset({"Reference", "Note", "FENote"})
"""A note and the mark that calls it are no words of the block they stand in."""

Words = dict[tuple[tuple[int, int], int], str]
"""The words of marked content, by the page's object number and the mark's."""


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element: its type, as mapped to a standard one, and all words in it."""

    kind: str
    words: str


def read_elements(path: Path) -> list[Element]:
    """Every structure element of a PDF in reading order, each before what it holds."""
    with pikepdf.open(path) as pdf:
        if "/StructTreeRoot" not in pdf.Root:
            return []
        words = {key: value for page in pdf.pages for key, value in _page_words(page.obj)}
        root = pdf.Root.StructTreeRoot
        roles = {str(key): str(value) for key, value in root.get("/RoleMap", {}).items()}
        found: list[Element] = []
        for kid in _kids(root):
            _read(kid, None, (words, roles), found)
        return found


def _read(element: Any, page: Any, known: tuple[Words, dict[str, str]], out: list[Element]) -> str:
    """Add an element and all inside it to `out`; its words."""
    words, roles = known
    page, place = element.get("/Pg", page), len(out)
    parts = []
    for kid in _kids(element):
        if isinstance(kid, int):
            parts.append(words.get((page.objgen, kid), ""))
        elif kid.get("/Type") == Name.MCR:
            parts.append(words.get((kid.get("/Pg", page).objgen, int(kid.MCID)), ""))
        elif "/S" in kid:
            inner = _read(kid, page, known, out)
            parts.append("" if _kind(kid, roles) in ASIDE else inner)
    text = str(element.ActualText) if "/ActualText" in element else "".join(parts)
    out.insert(place, Element(_kind(element, roles), text))
    return text


def _kind(element: Any, roles: dict[str, str]) -> str:
    name = str(element.S)
    return roles.get(name, name).removeprefix("/")


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


# ---------------------------------------------------------------- words of a page


def _page_words(page: Any) -> Iterator[tuple[tuple[tuple[int, int], int], str]]:
    """The words of each mark on a page. What is drawn inside an artifact is not among them."""
    fonts = {
        name: _Letters(font) for name, font in page.get("/Resources", {}).get("/Font", {}).items()
    }
    letters: _Letters | None = None
    open_marks: list[int | None] = []
    shown: dict[int, list[str]] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "BDC" | "BMC":
                open_marks.append(_mark(operands, page))
            case "EMC":
                open_marks.pop()
            case "Tf":
                letters = fonts[str(operands[0])]
            case "Tj" | "TJ" | "'" | '"' if letters:
                number = next((each for each in reversed(open_marks) if each is not None), None)
                if number is not None:
                    shown.setdefault(number, []).append(letters.read(operands[-1]))
    for number, parts in shown.items():
        yield (page.objgen, number), "".join(parts)


def _mark(operands: Any, page: Any) -> int | None:
    """The number of a mark; -1 for an artifact, None for what is neither."""
    if str(operands[0]) == "/Artifact":
        return -1
    if len(operands) < 2:
        return None
    named = operands[1]
    if isinstance(named, Name):
        named = page.Resources.Properties[str(named)]
    return int(named.MCID) if "/MCID" in named else None


class _Letters:
    """Codes of a font to letters, by its ToUnicode map."""

    def __init__(self, font: Any) -> None:
        self.bytes_a_code = 2 if font.get("/Subtype") == Name.Type0 else 1
        cmap = font.ToUnicode.read_bytes() if "/ToUnicode" in font else b""
        self.known = dict(_mapped(cmap.decode("latin-1")))

    def read(self, shown: Any) -> str:
        """The letters of a string, or of the strings in an array."""
        if isinstance(shown, Array):
            return "".join(self.read(s) for s in shown if isinstance(s, pikepdf.String))
        codes, size = bytes(shown), self.bytes_a_code
        return "".join(
            self.known.get(int.from_bytes(codes[at : at + size], "big"), "\ufffd")
            for at in range(0, len(codes), size)
        )


def _mapped(cmap: str) -> Iterator[tuple[int, str]]:
    """Code and letters of each line of a ToUnicode map."""
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, letters in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]*)>", block):
            yield int(code, 16), _letters(letters)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
        pattern = r"<(\w+)>\s*<(\w+)>\s*(?:<(\w*)>|\[(.*?)\])"
        for first, last, start, each in re.findall(pattern, block, re.S):
            codes = range(int(first, 16), int(last, 16) + 1)
            if each:
                yield from zip(codes, map(_letters, re.findall(r"<(\w*)>", each)), strict=False)
                continue
            for code in codes:
                yield code, _letters(start)[:-1] + chr(ord(_letters(start)[-1]) + code - codes[0])


def _letters(hexadecimal: str) -> str:
    return bytes.fromhex("".join(hexadecimal.split())).decode("utf-16-be")
