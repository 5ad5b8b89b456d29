"""Marks beside the leaflet: where to fold it, and where a print shop trims it.

They are artifacts (ISO 32000-1, 14.8.2.2.2: page artifacts are production aids), so that nobody
has to listen to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from leafcast.print.imposition.folds import Fold
from leafcast.print.imposition.sheets import MM, Printer, Sheet, sheet_for, stands_on_its_head

Line = tuple[float, float, float, float]
"""A straight line, from (x, y) to (x, y)."""

CLEAR_MM: Final = 5.0
"""Office printers leave the outermost 4 to 5 mm of the paper white."""
FOLD_MARK_MM: Final = 2.5
CROP_MARK_MM: Final = 5.0
LIGHT: Final = "0.6 0.6 0.6 RG 0.35 w [] 0 d"
HAIRLINE: Final = "0 0 0 RG 0.25 w [] 0 d"
DASHED: Final = "0 0 0 RG 0.25 w [2 1.5] 0 d"


def draw_marks(fold: Fold, printer: Printer, side: int) -> bytes:
    """The marks of one side, as content for the page that it is."""
    sheet, creases = _sheet_and_creases(fold, printer, side)
    if not printer.bleed_mm:
        return _artifact(LIGHT, _fold_marks_inside(sheet, creases))
    bleed = printer.bleed_mm * MM
    return _artifact(DASHED, _fold_marks_outside(sheet, creases, bleed)) + _artifact(
        HAIRLINE, crop_marks(sheet, bleed)
    )


def _sheet_and_creases(fold: Fold, printer: Printer, side: int) -> tuple[Sheet, tuple[float, ...]]:
    sheet = sheet_for(fold, printer)
    creases = tuple(sheet.panels.left + at * MM for at in fold.creases_mm(side))
    if stands_on_its_head(side, printer.flip):
        creases = tuple(sheet.width - at for at in reversed(creases))
    return sheet, creases


def _fold_marks_inside(sheet: Sheet, creases: Iterable[float]) -> Iterator[Line]:
    """At head and foot of the paper, between the panels, clear of the edge."""
    near, far = CLEAR_MM * MM, (CLEAR_MM + FOLD_MARK_MM) * MM
    for x in creases:
        yield x, near, x, far
        yield x, sheet.height - near, x, sheet.height - far


def _fold_marks_outside(sheet: Sheet, creases: Iterable[float], bleed: float) -> Iterator[Line]:
    """Outside the trimmed size and its bleed, at head and foot."""
    for x in creases:
        yield x, sheet.trim.bottom - bleed, x, sheet.trim.bottom - bleed - CROP_MARK_MM * MM
        yield x, sheet.trim.top + bleed, x, sheet.trim.top + bleed + CROP_MARK_MM * MM


def crop_marks(sheet: Sheet, bleed: float) -> Iterator[Line]:
    """Two at each corner of the trimmed size, in line with its edges, none in the bleed."""
    trim, far = sheet.trim, bleed + CROP_MARK_MM * MM
    for x in (trim.left, trim.right):
        yield x, trim.bottom - bleed, x, trim.bottom - far
        yield x, trim.top + bleed, x, trim.top + far
    for y in (trim.bottom, trim.top):
        yield trim.left - bleed, y, trim.left - far, y
        yield trim.right + bleed, y, trim.right + far, y


def _artifact(style: str, lines: Iterable[Line]) -> bytes:
    drawn = "".join(f"{a:.4f} {b:.4f} m {c:.4f} {d:.4f} l S\n" for a, b, c, d in lines)
    return f"/Artifact <</Type /Page>> BDC\nq {style}\n{drawn}Q\nEMC\n".encode()
