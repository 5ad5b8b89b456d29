"""What only holds other parts of a Word file: content controls, tracked changes, smart tags.

They may stand around anything: letters, paragraphs, rows, cells (ISO/IEC 29500-1, 17.5). Whoever
looks for something looks inside them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final
from xml.etree.ElementTree import Element

from leafcast.readers.word.styles import is_on, value

Met = Callable[[str, Element], None]
"""Told of a kind of what was met, and of the element that is left out, or holds."""

READ: Final = {
    "w-p", "w-tbl", "w-tr", "w-tc", "w-r", "w-hyperlink", "w-fldSimple", "m-oMath", "m-oMathPara",
    "w-altChunk", "w-subDoc", "w-bookmarkStart", "w-bookmarkEnd", "w-txbxContent",
}  # fmt: skip
"""What has a meaning of its own."""
NOT_READ: Final = {"w-tblGrid", "w-proofErr", "w-sdtEndPr", "w-permStart", "w-permEnd", "w-rt"}
LEFT_OUT: Final = {"w-del": "insertion", "w-moveFrom": "insertion"}
ASKS: Final = re.compile(
    r"(please )?(click|tap)\b.{0,40}\b(enter|type|add|insert|choose|select|replace)\b.{0,60}"
    r"|(choose|select|pick|enter|type|insert)( an?| your| the)? \w+( \w+)?\W*"
    r"|\[.{0,80}\]",
    re.I,
)
"""What a form says where something is to be filled in; what an owner wrote there is text."""


def held(element: Element, met: Met) -> Iterator[Element]:
    """The parts of `element` that mean something, whatever they are held in."""
    for child in element:
        if child.tag in READ:
            yield child
        elif child.tag in LEFT_OUT:
            met(LEFT_OUT[child.tag], child)
        elif child.tag == "w-sdt":
            yield from _control(child, met)
        elif child.tag == "mc-AlternateContent":
            yield from held(chosen(child), met)
        elif not (child.tag.endswith("Pr") or child.tag in NOT_READ):
            if child.tag in ("w-ins", "w-moveTo"):
                met("insertion", child)
            yield from held(child, met)


def _control(control: Element, met: Met) -> Iterator[Element]:
    """What stands in a content control; neither a table of contents nor what asks to be filled in
    is any of the text.
    """
    if value(control.find("w-sdtPr/w-docPartObj/w-docPartGallery")) == "Table of Contents":
        met("contents", control)
    elif is_on(control.find("w-sdtPr/w-showingPlcHdr")) and ASKS.fullmatch(text_of(control)):
        met("placeholder", control)
    else:
        yield from held(child_of(control, "w-sdtContent"), met)


def chosen(alternatives: Element) -> Element:
    """The first of the ways in which something is written that says anything (29500-3, 7.6)."""
    ways = [each for each in alternatives if each.tag in ("mc-Choice", "mc-Fallback")]
    telling = (each for each in ways if any(inner.tag in _TELLING for inner in each.iter()))
    return next(telling, ways[0] if ways else Element("none"))


_TELLING: Final = {
    "w-t", "w-sym", "w-br", "w-cr", "w-tab", "w-fldChar", "w-footnoteReference",
    "w-endnoteReference", "a-blip", "v-imagedata", "m-t",
}  # fmt: skip


def child_of(element: Element, name: str) -> Element:
    """The child of this name; an empty element where there is none."""
    found = element.find(name)
    return found if found is not None else Element("none")


def text_of(element: Element) -> str:
    """All letters in `element` on one line, deleted ones too; of alternatives only one."""
    return " ".join("".join(_letters(element)).split())


def _letters(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == "mc-AlternateContent":
            yield from _letters(chosen(child))
        elif child.tag in ("w-t", "m-t", "a-t", "w-delText"):
            yield child.text or ""
        else:
            yield " " if child.tag in ("w-p", "w-tab", "w-br", "w-cr", "a-p") else ""
            yield from _letters(child)
