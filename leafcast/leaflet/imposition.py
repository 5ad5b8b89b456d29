"""Imposition: a leaflet's pages on sheets of A4, in the order that folding needs.

The tags come along. A page's content keeps its marks, renumbered where two pages share a sheet;
structure elements, links and bookmarks are led to where their content now is. So the print file
reads aloud in the article's order, as the reading file does (ISO 32000-1, 14.7.4 and 14.8).

Lengths are points (1/72 inch), with y upwards, as in PDF.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from leafcast.errors import LayoutError
from leafcast.leaflet.tags import save, structure_elements

SHEET_WIDTH: Final = 297 / 25.4 * 72
SHEET_HEIGHT: Final = 210 / 25.4 * 72
MARK: Final = re.compile(rb"/MCID (\d+)")
"""A mark in content as WeasyPrint writes it. Its text is hexadecimal, so it can look like none."""


class Flip(Enum):
    """Over which edge a printer turns the sheet for its back, as ViewerPreferences name it."""

    SHORT_EDGE = "/DuplexFlipShortEdge"
    LONG_EDGE = "/DuplexFlipLongEdge"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a page stands: on which side of which sheet (counted on), shifted or turned.

    A point (x, y) of the page is at (turn·x + right, turn·y + up); `turn` is 1, or −1 for a page
    that stands on its head.
    """

    page: int
    side: int
    turn: int
    right: float
    up: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page is on the sheet."""
        return self.turn * x + self.right, self.turn * y + self.up


# ---------------------------------------------------------------- which page goes where


def booklet_sides(count: int) -> tuple[tuple[int | None, int | None], ...]:
    """Pages (0-based) left and right on each side of a saddle-stitched booklet's sheets.

    Sides are front, back, front, back …. The last page is always the outer back, so pages that
    are missing to a multiple of four are blanks before it: None.
    """
    padded = -(-max(count, 2) // 4) * 4
    pages = [*range(count - 1), *[None] * (padded - count), count - 1]
    sides = []
    for sheet in range(padded // 4):
        first, last = 2 * sheet, padded - 1 - 2 * sheet
        sides.append((pages[last], pages[first]))
        sides.append((pages[first + 1], pages[last - 1]))
    return tuple(sides)


def booklet_placements(count: int, page_width: float, flip: Flip) -> Iterator[Placement]:
    """Where each page of a booklet stands. The fold is in the middle of the sheet.

    A printer that flips on the long edge wants the backs on their heads.
    """
    for side, (left, right) in enumerate(booklet_sides(count)):
        turn = -1 if flip is Flip.LONG_EDGE and side % 2 else 1
        for page, x in ((left, SHEET_WIDTH / 2 - page_width), (right, SHEET_WIDTH / 2)):
            if page is None:
                continue
            if turn == 1:
                yield Placement(page, side, 1, x, 0.0)
            else:
                yield Placement(page, side, -1, SHEET_WIDTH - x, SHEET_HEIGHT)


# ---------------------------------------------------------------- moving content and tags


def impose_booklet(pdf_bytes: bytes, flip: Flip) -> bytes:
    """A booklet's print file for A4, both sides, from its reading file.

    Raises LayoutError for a file that is not tagged in the way this relies on.
    """
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        width = float(pdf.pages[0].mediabox[2])
        placements = tuple(booklet_placements(len(pdf.pages), width, flip))
        impose(pdf, placements)
        pdf.Root.ViewerPreferences.Duplex = Name(flip.value)
        pdf.Root.ViewerPreferences.PrintScaling = Name("/None")
        return save(pdf)


def impose(pdf: pikepdf.Pdf, placements: tuple[Placement, ...]) -> None:
    """Replace the pages of `pdf` by sheets that carry them as `placements` say."""
    pages = [page.obj for page in pdf.pages]
    parents = _parent_tree(pdf)
    count = max(placement.side for placement in placements) + 1
    sides = [_empty_side(pdf, pages[0]) for _ in range(count)]
    content: list[list[bytes]] = [[] for _ in sides]
    marked: list[list[Any]] = [[] for _ in sides]
    moves = {}
    for placement in placements:
        page, side = pages[placement.page], placement.side
        elements = list(parents.pop(int(page.StructParents)))
        content[side].append(_content(page, placement, (len(marked[side]), len(elements))))
        moves[page.objgen] = (sides[side], placement, len(marked[side]))
        marked[side].extend(elements)
        _move_links(page, sides[side], placement)
    _lead_elements(pdf, moves)
    _lead_destinations(pdf, moves)
    _replace_pages(pdf, sides, content)
    _write_parent_tree(pdf, parents, (sides, marked))


def _empty_side(pdf: pikepdf.Pdf, first: Any) -> Any:
    """One side of a sheet, as a page that has nothing on it yet."""
    sheet = Array([0, 0, _number(SHEET_WIDTH), _number(SHEET_HEIGHT)])
    side = Dictionary(
        Type=Name.Page, MediaBox=sheet, TrimBox=sheet, Tabs=Name.S, Resources=first.Resources
    )
    return pdf.make_indirect(side)


def _content(page: Any, placement: Placement, marks: tuple[int, int]) -> bytes:
    """A page's content, moved to its place, clipped to its size, its marks counted on."""
    offset, expected = marks
    content, found = MARK.subn(
        lambda mark: b"/MCID %d" % (int(mark[1]) + offset), page.Contents.read_bytes()
    )
    if found != expected:
        raise LayoutError(
            f"A page has {found} marked parts where its tags name {expected}",
            "This is a fault in leafcast; please report it with the article",
        )
    turn, (width, height) = placement.turn, (float(length) for length in page.MediaBox[2:])
    return (
        f"q {turn} 0 0 {turn} {placement.right:.4f} {placement.up:.4f} cm "
        f"0 0 {width:.4f} {height:.4f} re W n\n"
    ).encode() + content + b"\nQ\n"  # fmt: skip


def _move_links(page: Any, side: Any, placement: Placement) -> None:
    """Take a page's annotations along to its side."""
    for annotation in page.get("/Annots", ()):
        left, bottom, right, top = (float(at) for at in annotation.Rect)
        (x1, y1), (x2, y2) = placement.point(left, bottom), placement.point(right, top)
        annotation.Rect = Array(
            [_number(at) for at in (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))]
        )
        if "/P" in annotation:
            annotation.P = side
        if "/Annots" not in side:
            side.Annots = Array()
        side.Annots.append(annotation)


Moves = dict[tuple[int, int], tuple[Any, Placement, int]]


def _lead_elements(pdf: pikepdf.Pdf, moves: Moves) -> None:
    """Lead every structure element to its side, and its marks to their new numbers."""
    for element in structure_elements(pdf):
        offset = 0
        if "/Pg" in element:
            element.Pg, _, offset = moves[element.Pg.objgen]
        kids = element.get("/K", ())
        for at, kid in enumerate(kids):
            if isinstance(kid, int):
                kids[at] = kid + offset
            elif kid.get("/Type") == Name.MCR:
                kid.Pg, _, shift = moves[kid.Pg.objgen]
                kid.MCID += shift
            elif kid.get("/Type") == Name.OBJR:
                kid.Pg = moves[kid.Pg.objgen][0]


def _lead_destinations(pdf: pikepdf.Pdf, moves: Moves) -> None:
    """Lead bookmarks and links inside the file to their new places."""
    for destination in _destinations(pdf):
        side, placement, _ = moves[destination[0].objgen]
        x, y = placement.point(float(destination[2]), float(destination[3]))
        destination[0], destination[2], destination[3] = side, _number(x), _number(y)


def _destinations(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every [page /XYZ left top zoom] of the file: named ones, then the bookmarks'."""
    names = pdf.Root.get("/Names", Dictionary()).get("/Dests", Dictionary()).get("/Names", ())
    yield from list(names)[1::2]
    todo = [pdf.Root.get("/Outlines", Dictionary()).get("/First")]
    while todo:
        bookmark = todo.pop()
        if bookmark is not None:
            yield bookmark.Dest
            todo += [bookmark.get("/Next"), bookmark.get("/First")]


def _replace_pages(pdf: pikepdf.Pdf, sides: list[Any], content: list[list[bytes]]) -> None:
    resources = {page.obj.Resources.objgen for page in pdf.pages}
    if len(resources) != 1:
        raise LayoutError(
            "The pages do not share their fonts and pictures",
            "This is a fault in leafcast; please report it with the article",
        )
    del pdf.pages[:]
    for side, parts in zip(sides, content, strict=True):
        side.Contents = pdf.make_stream(b"".join(parts))
        pdf.pages.append(pikepdf.Page(side))


# ---------------------------------------------------------------- the parent tree


def _parent_tree(pdf: pikepdf.Pdf) -> dict[int, Any]:
    """The parent tree's entries by their key: an array for a page, an element for a link."""
    if "/StructTreeRoot" not in pdf.Root:
        raise LayoutError(
            "The leaflet has no tags", "This is a fault in leafcast; please report it"
        )
    entries = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return {int(key): value for key, value in zip(entries[::2], entries[1::2], strict=True)}


def _write_parent_tree(
    pdf: pikepdf.Pdf, links: dict[int, Any], sides: tuple[list[Any], list[list[Any]]]
) -> None:
    """Write the parent tree anew: links keep their keys, sides come after them."""
    nums = Array()
    for key in sorted(links):
        nums.append(key)
        nums.append(links[key])
    for key, (side, elements) in enumerate(
        zip(*sides, strict=True), start=max(links, default=-1) + 1
    ):
        side.StructParents = key
        nums.append(key)
        nums.append(Array(elements))
    pdf.Root.StructTreeRoot.ParentTree = pdf.make_indirect(Dictionary(Nums=nums))


def _number(length: float) -> Decimal:
    """A length as PDF writes it, to a ten-thousandth of a point."""
    return Decimal(f"{length:.4f}")
