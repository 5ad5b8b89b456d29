"""How tall everything is: an article set in endless panels, read off WeasyPrint's boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from leafcast.print.folding.pack import BLOCK_BREAK, POINT_BREAK, SECTION_BREAK, Piece

if TYPE_CHECKING:
    from weasyprint.document import Document
    from weasyprint.formatting_structure.boxes import Box

PX_MM: Final = 25.4 / 96
"""WeasyPrint counts in CSS pixels."""

HEADINGS: Final = ("h2", "h3", "h4", "h5", "h6")
WHOLE: Final = ("table", ".stacked", "figure")
WHOLE_IF_SHORT: Final = ("li", ".ending", ".note")
"""What stands whole in one panel; the latter where it is not too tall for that."""

STRETCH: Final = {"section": 2.0, "inner section": 1.4, "inner li": 0.35}
"""Shares of spare room above what begins so; any other block has 1."""


@dataclass(frozen=True, slots=True)
class Measures:
    """An article's pieces in reading order, and what else must fit its panel, in millimetres.

    `title` is how much wider than the cover its widest word is (1: as wide as there is room for),
    `cover`, `contents`, `back` and, at its head, `contact` how tall they are, `opened` selectors of
    what would stand whole but is too tall for that.
    """

    pieces: tuple[Piece, ...]
    title: float
    cover: float
    back: float
    opened: tuple[str, ...]
    contents: float = 0.0
    contact: float = 0.0


def measure(document: Document, tallest: float) -> Measures:
    """Measure a document laid out in endless panels, with no word broken in the title.
    What would stand whole but is taller than `tallest` millimetres can be broken.
    """
    parts: dict[str, Box] = {}
    for page in document.pages:
        for box in _descendants(page._page_box):
            parts.setdefault(_name(box), box)
    article, title, cover = parts["article"], parts["h1"], parts[".cover-panel"]
    gauge = _Gauge(tallest)
    return Measures(
        tuple(gauge.pieces(article)),
        max(line.width for line in title.children) / title.width,
        _bottom(parts.get(".subtitle", title)) - _top(cover),
        _bottom(parts[".back"]) - _top(parts[".back"]),
        tuple(gauge.opened),
        *(_height(parts[name]) if name in parts else 0.0 for name in (".contents", ".contact")),
    )


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a piece begins: the selector and the kind of the outermost element that does."""

    selector: str = ""
    kind: str = ""
    owner: str = ""
    cost: float | None = BLOCK_BREAK

    def at(self, box: Box, prefix: str = "") -> _Spot:
        """This spot, or that of `box` where nothing outside it begins here."""
        selector, kind = _selector(box), prefix + str(box.element_tag)
        return self if self.selector or not selector else _Spot(selector, kind, self.owner)


class _Gauge:
    """Goes down the boxes of an article and remembers where the piece before ended."""

    def __init__(self, tallest: float) -> None:
        self.tallest = tallest
        self.bottom: float | None = None
        self.before = ""
        self.opened: list[str] = []

    def pieces(self, article: Box) -> Iterator[Piece]:
        """Every piece in reading order."""
        for box in _blocks(article):
            owner = _said(box, "id") or f"_{_said(box, 'class')}"
            yield from self.inside(box, _Spot(owner=owner).at(box))

    def inside(self, box: Box, spot: _Spot) -> Iterator[Piece]:
        """The pieces of `box`, which begins at `spot`."""
        tag = box.element_tag
        if tag in HEADINGS:
            yield self.piece(box, spot, (_height(box),))
            self.before = "heading"
        elif _name(box) in WHOLE or (_name(box) in WHOLE_IF_SHORT and _height(box) <= self.tallest):
            yield self.piece(box, spot, (_height(box),))
        elif tag == "p":
            yield self.piece(box, spot, _lines_of(box))
            self.before = "lead-in" if _said(box, "class") == "lead-in" else ""
        else:
            if _name(box) in WHOLE_IF_SHORT:
                self.opened.append(_selector(box))
            yield from self.children(box, spot)

    def children(self, box: Box, spot: _Spot) -> Iterator[Piece]:
        """The pieces of the blocks in `box`; the first of them begins where `box` does."""
        blocks = list(_blocks(box))
        for at, child in enumerate(blocks):
            owner = _said(child, "id") if _name(child) == ".note" else spot.owner
            begins = (spot if at == 0 else _Spot(owner=owner)).at(child, "inner ")
            if child.element_tag == "li" and at > 0:
                # two points stay together at a list's start and at its end, as in base.css
                cost = POINT_BREAK if 2 <= at < len(blocks) - 1 else None
                begins = _Spot(begins.selector, begins.kind, begins.owner, cost)
            yield from self.inside(child, begins)

    def piece(self, box: Box, spot: _Spot, lines: tuple[float, ...]) -> Piece:
        """A piece; never does a panel end after a heading or a lead-in."""
        top = _top(box)
        gap = 0.0 if self.bottom is None else top - self.bottom
        self.bottom = _bottom(box)
        cost, stretch = spot.cost, STRETCH.get(spot.kind, 1.0)
        if spot.kind == "section":
            cost = SECTION_BREAK
        if self.before:
            cost, stretch = None, 0.0 if self.before == "heading" else 0.5
        self.before = ""
        return Piece(spot.selector, spot.owner, gap, lines, _words(box), stretch, cost)


# ---------------------------------------------------------------- boxes


def _descendants(box: Box) -> Iterator[Box]:
    for child in getattr(box, "children", ()):
        yield child
        yield from _descendants(child)


def _blocks(box: Box) -> Iterator[Box]:
    """The elements set one below the other in `box`."""
    for child in box.children:
        if child.element is not None and child.is_in_normal_flow() and not _is_line(child):
            yield child


def _is_line(box: Box) -> bool:
    return type(box).__name__ == "LineBox"


def _lines_of(paragraph: Box) -> tuple[float, ...]:
    """How tall each line is, with the space under it, in millimetres.

    An opening sentence stands as a block in its paragraph, with space of its own.
    """
    tops = [line.position_y for line in _descendants(paragraph) if _is_line(line)]
    ends = [*tops[1:], paragraph.content_box_y() + paragraph.height]
    return tuple((end - top) * PX_MM for top, end in zip(tops, ends, strict=True))


def _said(box: Box, attribute: str) -> str:
    """An attribute of the box's element, "" where there is none."""
    return box.element.get(attribute, "") if box.element is not None else ""


def _name(box: Box) -> str:
    """The element's class, as `.class`, or its tag."""
    name = _said(box, "class")
    return f".{name}" if name else str(box.element_tag)


def _selector(box: Box) -> str:
    """What a rule can name the element by; "" where only what is inside it has a name."""
    if identifier := _said(box, "id"):
        return f"#{identifier}"
    return _name(box) if _name(box) in (".ending", ".notes") else ""


def _top(box: Box) -> float:
    return float(box.border_box_y()) * PX_MM


def _height(box: Box) -> float:
    return float(box.border_height()) * PX_MM


def _bottom(box: Box) -> float:
    return _top(box) + _height(box)


# ---------------------------------------------------------------- words


def _line_texts(box: Box) -> list[str]:
    """The text of each line in `box`."""
    lines = [box, *_descendants(box)]
    return [
        "".join(getattr(inner, "text", "") for inner in _descendants(line))
        for line in lines
        if _is_line(line)
    ]


def _words(box: Box) -> int:
    return sum(len(text.split()) for text in _line_texts(box))
