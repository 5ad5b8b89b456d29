"""Fields of a Word file: a code that nobody sees, and its result (ISO/IEC 29500-1, 17.16).

A field that begins and never ends is no field, or the rest of the article would be its code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from leafcast.readers.links import safe_target
from leafcast.readers.word.holders import LEFT_OUT

ARGUMENT: Final = re.compile(
    r'\\(?P<switch>[a-z*#@!])|"(?P<quoted>[^"]*)"|(?P<bare>[^\s"\\]+)', re.I
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a link leads: an address, and a place there; or a place within the file."""

    address: str = ""
    place: str = ""

    @property
    def is_inside(self) -> bool:
        """Whether it leads to a place within the file."""
        return bool(self.place) and not self.address

    def target(self) -> str:
        """Where a reader may be led; "" where not."""
        there = f"#{self.place}" if self.place and "#" not in self.address else ""
        return safe_target(self.address + there) if self.address else ""


def address_of(code: str) -> Address | None:
    """Where a field with this code leads; None where it is no link."""
    kind, _, rest = code.strip().partition(" ")
    if kind.upper() == "HYPERLINK":
        return _hyperlink(rest)
    if kind.upper() in ("REF", "PAGEREF", "NOTEREF") and re.search(r"\\h\b", rest):
        return Address(place=rest.split()[0])
    return None


def _hyperlink(arguments: str) -> Address:
    """The address of `HYPERLINK "…" \\l "place" \\o "tip"`, in whatever order (17.16.5.25)."""
    address = place = switch = ""
    for found in ARGUMENT.finditer(arguments):
        if found["switch"]:
            switch = found["switch"].lower()
            continue
        words = found["quoted"] if found["quoted"] is not None else found["bare"]
        if switch == "l":
            place = words
        elif switch not in ("o", "t"):
            address = address or words
        switch = ""
    return Address(address, place)


@dataclass(slots=True)
class _Field:
    """A field: its code, and whether its result has begun."""

    code: str = ""
    result: bool = False


class Fields:
    """Follows where fields begin, show their result, and end."""

    def __init__(self) -> None:
        self.open: list[_Field] = []
        self.endless: set[Element] = set()

    def survey(self, root: Element) -> None:
        """Find the fields of a part that begin and do not end."""
        begun: list[Element] = []
        for mark in _marks(root):
            if mark.get("w-fldCharType") == "begin":
                begun.append(mark)
            elif mark.get("w-fldCharType") == "end" and begun:
                begun.pop()
        self.endless.update(begun)

    def follow(self, element: Element) -> None:
        """Go on to a `w-fldChar` or a `w-instrText`."""
        kind = element.get("w-fldCharType")
        if element.tag == "w-instrText":
            if self.open and not self.open[-1].result:
                self.open[-1].code += element.text or ""
        elif kind == "begin" and element not in self.endless:
            self.open.append(_Field())
        elif kind == "separate" and self.open:
            self.open[-1].result = True
        elif kind == "end" and self.open:
            self.open.pop()

    def next_paragraph(self) -> None:
        """Forget codes that go on beyond their paragraph: they would hide its words."""
        self.open = [each for each in self.open if each.result]

    @property
    def in_code(self) -> bool:
        """Whether what stands here is the code of a field."""
        return any(not each.result for each in self.open)

    @property
    def in_contents(self) -> bool:
        """Whether what stands here is the result of a field that makes a table of contents."""
        return any(re.match(r"\s*TO[CA]\b", each.code, re.I) for each in self.open)

    @property
    def code(self) -> str:
        """The code of the innermost field."""
        return self.open[-1].code if self.open else ""

    @property
    def address(self) -> Address | None:
        """Where the field around these words leads."""
        return next(filter(None, (address_of(each.code) for each in reversed(self.open))), None)


def _marks(element: Element) -> Iterator[Element]:
    """Where fields begin and end, in order, but for what is deleted."""
    for child in element:
        if child.tag == "w-fldChar":
            yield child
        elif child.tag not in LEFT_OUT:
            yield from _marks(child)
