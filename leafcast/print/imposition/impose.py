"""Imposition: a leaflet's pages on sheets, in the order that folding needs.

The tags come along. A page's content keeps its marks, renumbered where two pages share a side;
structure elements, links and bookmarks are led to where their content now is (`following.py`).
So the print file reads aloud in the article's order, as the reading file does (ISO 32000-1, 14.7.4
and 14.8).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from leafcast.document.errors import LayoutError
from leafcast.print.imposition.destinations import follow_destinations
from leafcast.print.imposition.fold_marks import draw_marks
from leafcast.print.imposition.folds import Fold
from leafcast.print.imposition.following import (
    Move,
    Moves,
    follow_links,
    follow_tags,
    number,
    parent_tree,
    write_parent_tree,
)
from leafcast.print.imposition.save import save
from leafcast.print.imposition.sheets import (
    MM,
    Box,
    Placement,
    Printer,
    Sheet,
    place_pages,
    sheet_for,
)

MARK: Final = re.compile(rb"\((?:[^\\()]|\\.)*\)|/MCID\s+(\d+)", re.S)
"""A string, to be passed over, or the number of a mark in content."""
TOLERANCE: Final = 0.1 * MM
REPORT: Final = "This is a fault in leafcast; please report it with the article"


def impose(pdf_bytes: bytes, fold: Fold, printer: Printer) -> bytes:
    """The file to print, both sides of every sheet, from a leaflet's reading file.

    Raises LayoutError where the pages do not fit the fold's panels, and for a file that is not
    tagged in the way this relies on.
    """
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        pages = [page.obj for page in pdf.pages]
        placements = tuple(place_pages(fold, len(pages), printer))
        _check_sizes(pages, placements)
        count = 2 * fold.full(len(pages)) // fold.pages_a_sheet
        resources, sheet = _shared_resources(pages), sheet_for(fold, printer)
        sides = [_blank_side(pdf, sheet, printer, resources) for _ in range(count)]
        content = _move_pages(pdf, placements, sides)
        for at, (side, parts) in enumerate(zip(sides, content, strict=True)):
            side.Contents = pdf.make_stream(b"".join((*parts, draw_marks(fold, printer, at))))
        _replace_pages(pdf, sides)
        _tell_printer(pdf, printer)
        return save(pdf)


def for_printer(pdf_bytes: bytes, printer: Printer) -> bytes:
    """A file whose pages are sides of sheets as they are, with what its printer is told."""
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        _tell_printer(pdf, printer)
        return save(pdf)


def count_pages(pdf_bytes: bytes) -> int:
    """How many pages a file has."""
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        return len(pdf.pages)


def _move_pages(
    pdf: pikepdf.Pdf, placements: tuple[Placement, ...], sides: list[Any]
) -> list[list[bytes]]:
    """The content of each side, page by page; all that refers to a page follows it."""
    pages = [page.obj for page in pdf.pages]
    parents = parent_tree(pdf)
    content: list[list[bytes]] = [[] for _ in sides]
    marked: list[list[Any]] = [[] for _ in sides]
    moves: Moves = {}
    for placement in placements:
        page, at = pages[placement.page], placement.side
        elements = list(parents.pop(int(page.get("/StructParents", -1)), ()))
        trim = box_of(page)
        move = Move(sides[at], placement, len(marked[at]), (trim.left, trim.bottom))
        content[at].append(_content(page, move, elements))
        marked[at].extend(elements)
        moves[page.objgen] = move
        follow_links(page, move)
    follow_tags(pdf, moves)
    follow_destinations(pdf, moves)
    write_parent_tree(pdf, parents, sides, marked)
    return content


def box_of(page: Any) -> Box:
    """A page's trimmed size: its TrimBox, or else its MediaBox."""
    left, bottom, right, top = (float(at) for at in page.get("/TrimBox", page.MediaBox))
    return Box(left, bottom, right, top)


def _check_sizes(pages: list[Any], placements: Iterable[Placement]) -> None:
    """Raise LayoutError for a page that is not as wide and high as its panel."""
    for placement in placements:
        box, panel = box_of(pages[placement.page]), placement.panel
        if max(abs(box.width - panel.width), abs(box.height - panel.height)) > TOLERANCE:
            raise LayoutError(
                f"Page {placement.page + 1} is {box.width / MM:.1f} × {box.height / MM:.1f} mm "
                f"where its panel is {panel.width / MM:.1f} × {panel.height / MM:.1f} mm",
                "Let the stylesheet’s @page size say what the panel measures",
            )


def _shared_resources(pages: list[Any]) -> Any:
    """The fonts and pictures that all pages share, as WeasyPrint lets them."""
    resources = {page.Resources.objgen for page in pages}
    if len(resources) != 1 or (resources == {(0, 0)} and len(pages) > 1):
        raise LayoutError("The pages do not share their fonts and pictures", REPORT)
    return pages[0].Resources


def _blank_side(pdf: pikepdf.Pdf, sheet: Sheet, printer: Printer, resources: Any) -> Any:
    """One side of a sheet, as a page that has nothing on it yet (boxes: ISO 32000-1, 14.11.2)."""
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Page,
            MediaBox=_array(Box(0, 0, sheet.width, sheet.height)),
            BleedBox=_array(sheet.trim.grown(printer.bleed_mm * MM)),
            TrimBox=_array(sheet.trim),
            Tabs=Name.S,
            Resources=resources,
        )
    )


def _array(box: Box) -> Array:
    return Array([number(at) for at in (box.left, box.bottom, box.right, box.top)])


def _content(page: Any, move: Move, elements: list[Any]) -> bytes:
    """A page's content, moved to its place, clipped to its panel, its marks counted on.

    `elements` are those of the parent tree, by the number of their mark; None where it has none.
    """
    found: set[int] = set()

    def count_on(match: re.Match[bytes]) -> bytes:
        if match[1] is None:
            return match[0]
        found.add(int(match[1]))
        return b"/MCID %d" % (int(match[1]) + move.offset)

    content = MARK.sub(count_on, _content_bytes(page))
    named = {at for at, element in enumerate(elements) if element is not None}
    if found != named:
        raise LayoutError(
            f"A page has marked parts {sorted(found - named)} that no tag names, or tags name "
            f"{sorted(named - found)} that are not there",
            REPORT,
        )
    place, clip = move.placement, move.placement.clip
    right, up = move.shift
    return (
        f"q {clip.left:.4f} {clip.bottom:.4f} {clip.width:.4f} {clip.height:.4f} re W n "
        f"{place.turn} 0 0 {place.turn} {right:.4f} {up:.4f} cm\n"
    ).encode() + content + b"\nQ\n"  # fmt: skip


def _content_bytes(page: Any) -> bytes:
    whole = pikepdf.Page(page)
    whole.contents_coalesce()
    return bytes(whole.obj.Contents.read_bytes())


def _replace_pages(pdf: pikepdf.Pdf, sides: list[Any]) -> None:
    del pdf.pages[:]
    for side in sides:
        pdf.pages.append(pikepdf.Page(side))
    if "/PageLabels" in pdf.Root:  # they name pages that are no more
        del pdf.Root.PageLabels


def _tell_printer(pdf: pikepdf.Pdf, printer: Printer) -> None:
    """Actual size, both sides, and over which edge (ISO 32000-1, table 150)."""
    preferences = pdf.Root.get("/ViewerPreferences", Dictionary())
    preferences.Duplex = Name(printer.flip.value)
    preferences.PrintScaling = Name("/None")
    pdf.Root.ViewerPreferences = preferences
