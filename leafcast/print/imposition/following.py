"""What follows a page to its sheet: links, tags, and the parent tree.

A page's own coordinates and the numbers of its marks are no more once it shares a side with
others; whatever names them is led to the new ones (ISO 32000-1, 12.5, 14.7.4 and 14.8.5.4.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from leafcast.document.errors import LayoutError
from leafcast.print.imposition.sheets import Placement


@dataclass(frozen=True, slots=True)
class Move:
    """Where a page went: its side, how it is placed there, and the number its first mark has now.

    `corner` is where its trimmed lower left corner was.
    """

    side: Any
    placement: Placement
    offset: int
    corner: tuple[float, float]

    @property
    def shift(self) -> tuple[float, float]:
        """How far a page's origin moves, right and up."""
        turn, (left, bottom) = self.placement.turn, self.corner
        return self.placement.right - turn * left, self.placement.up - turn * bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page is on the side."""
        return self.placement.point(x - self.corner[0], y - self.corner[1])

    def box(self, box: Any) -> Array:
        """Where a rectangle is: left, bottom, right, top."""
        corners = [float(at) for at in box]
        (x1, y1), (x2, y2) = self.point(*corners[:2]), self.point(*corners[2:])
        return Array([number(at) for at in (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))])

    def quads(self, points: Any) -> Array:
        """Where the corners of a link's parts are."""
        flat = [float(at) for at in points]
        pairs = zip(flat[::2], flat[1::2], strict=True)
        return Array([number(at) for pair in pairs for at in self.point(*pair)])


Moves = dict[tuple[int, int], Move]
"""By the page's object number."""


def number(length: float) -> Decimal:
    """A length as PDF writes it, to a ten-thousandth of a point."""
    return Decimal(f"{length:.4f}")


# ---------------------------------------------------------------- links


def follow_links(page: Any, move: Move) -> None:
    """Take a page's annotations along to its side."""
    for annotation in page.get("/Annots", ()):
        annotation.Rect = move.box(annotation.Rect)
        if "/QuadPoints" in annotation:
            annotation.QuadPoints = move.quads(annotation.QuadPoints)
        if "/P" in annotation:
            annotation.P = move.side
        if "/Annots" not in move.side:
            move.side.Annots = Array()
        move.side.Annots.append(annotation)


# ---------------------------------------------------------------- tags


def follow_tags(pdf: pikepdf.Pdf, moves: Moves) -> None:
    """Lead every structure element to its side, and its marks to their new numbers."""
    for element in _elements(pdf):
        if "/A" in element and (page := _first_page(element)) is not None:
            element.A = _moved_attributes(element.A, moves[page.objgen])
        own = moves[element.Pg.objgen] if "/Pg" in element else None
        if own:
            element.Pg = own.side
        kids = element.get("/K", None)
        if isinstance(kids, Array):
            for at, kid in enumerate(kids):
                kids[at] = _moved_kid(kid, own, moves)
        elif kids is not None:
            element.K = _moved_kid(kids, own, moves)


def _elements(pdf: pikepdf.Pdf) -> list[Any]:
    """Every element once: those of the tree, and those that only the parent tree knows."""
    entries = parent_tree(pdf).values()
    named = (e for entry in entries for e in (entry if isinstance(entry, Array) else [entry]))
    todo = [*_kids(pdf.Root.StructTreeRoot), *(e for e in named if e is not None)]
    found: dict[tuple[int, int], Any] = {}
    while todo:
        element = todo.pop()
        if element.objgen not in found and element.get("/Type") != Name.StructTreeRoot:
            found[element.objgen] = element
            todo += [*_kids(element), element.P]
    return list(found.values())


def _kids(element: Any) -> list[Any]:
    """An element's elements, without its marks and objects."""
    return [kid for kid in _all_kids(element) if _is_element(kid)]


def _all_kids(element: Any) -> list[Any]:
    kids = element.get("/K", None)
    return list(kids) if isinstance(kids, Array) else [] if kids is None else [kids]


def _is_element(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") not in (Name.MCR, Name.OBJR)


def _moved_kid(kid: Any, own: Move | None, moves: Moves) -> Any:
    """A mark or an object of an element, led to its side; an element as it is."""
    if isinstance(kid, int):
        if own is None:
            raise LayoutError("A tag names a mark but no page", "Please report this fault")
        return kid + own.offset
    move = own
    if not _is_element(kid) and "/Pg" in kid:
        move = moves[kid.Pg.objgen]
        kid.Pg = move.side
    if kid.get("/Type") == Name.MCR and move:
        kid.MCID = int(kid.MCID) + move.offset
    return kid


def _first_page(element: Any) -> Any:
    """The page on which an element begins, itself or by what is in it; None for one without."""
    todo = [element]
    while todo:
        each = todo.pop()
        if isinstance(each, Dictionary):
            if "/Pg" in each:
                return each.Pg
            todo += reversed(_all_kids(each))
    return None


def _moved_attributes(attributes: Any, move: Move) -> Any:
    """An element's attributes, its bounding box where it now is; copied, for they may be shared."""
    if isinstance(attributes, Array):
        return Array([_moved_attributes(each, move) for each in attributes])
    if not isinstance(attributes, Dictionary) or "/BBox" not in attributes:
        return attributes
    copied = Dictionary(dict(attributes.items()))
    copied.BBox = move.box(attributes.BBox)
    return copied


# ---------------------------------------------------------------- the parent tree


def parent_tree(pdf: pikepdf.Pdf) -> dict[int, Any]:
    """The parent tree's entries by their key: an array for a page, an element for a link."""
    if "/StructTreeRoot" not in pdf.Root:
        raise LayoutError(
            "The leaflet has no tags", "This is a fault in leafcast; please report it"
        )
    entries: dict[int, Any] = {}
    todo = [pdf.Root.StructTreeRoot.ParentTree]
    while todo:
        node = todo.pop()
        numbers = list(node.get("/Nums", ()))
        entries |= {int(k): v for k, v in zip(numbers[::2], numbers[1::2], strict=True)}
        todo += list(node.get("/Kids", ()))
    return entries


def write_parent_tree(
    pdf: pikepdf.Pdf, links: dict[int, Any], sides: list[Any], marked: list[list[Any]]
) -> None:
    """Write the parent tree anew: links keep keys; sides with what is marked on them follow."""
    nums = Array()
    for key in sorted(links):
        nums.append(key)
        nums.append(links[key])
    first = max(links, default=-1) + 1
    for key, (side, elements) in enumerate(zip(sides, marked, strict=True), start=first):
        side.StructParents = key
        nums.append(key)
        nums.append(Array(elements))
    root = pdf.Root.StructTreeRoot
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=nums))
    root.ParentTreeNextKey = first + len(sides)
