"""Sheets: what a printer takes, and where each page of a leaflet stands on it.

Lengths are points (1/72 inch), with y upwards, as in PDF, unless a name says millimetres.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from leafcast.print.imposition.folds import Fold

MM: Final = 72 / 25.4


class Flip(Enum):
    """Over which edge a printer turns the sheet for its back, as ViewerPreferences name it."""

    SHORT_EDGE = "/DuplexFlipShortEdge"
    LONG_EDGE = "/DuplexFlipLongEdge"


@dataclass(frozen=True, slots=True)
class Printer:
    """For whom sheets are made; `suffix` ends the name of their file.

    Paper is trimmed only where there is a `bleed_mm`: such a sheet is larger than the office's by
    `rim_mm` on each side, and has crop marks there.
    """

    suffix: str
    flip: Flip
    bleed_mm: float = 0.0
    rim_mm: float = 0.0

    def bleed_beyond(self, fold: Fold) -> float:
        """How far, in millimetres, a panel is coloured beyond its own edge: it may be narrower than
        its part of the sheet, as A5 with its 148 mm is than the half of A4."""
        return self.bleed_mm + (fold.sheet_mm[0] - fold.width_mm) / 2


OFFICE: Final = (
    Printer("print", Flip.SHORT_EDGE),
    Printer("print-long-edge", Flip.LONG_EDGE),
)
"""An office prints to the size of its paper, and its printers differ in how they turn it."""

SHOP: Final = Printer("print-shop", Flip.SHORT_EDGE, bleed_mm=3.0, rim_mm=10.0)
"""A print shop trims, and needs 3 mm of colour beyond the trim."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    def grown(self, by: float) -> Box:
        """The rectangle, larger by `by` on every side."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper: its size, the part that remains when it is trimmed, and the panels' part.

    In an office nothing is trimmed, and the panels stand in the middle of the paper.
    """

    width: float
    height: float
    trim: Box
    panels: Box


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a page stands: on which side (from 0), and where its trimmed corner is.

    A point (x, y) of the page, from its trimmed lower left corner, is at (turn·x + right,
    turn·y + up); `turn` is 1, or −1 for a page that stands on its head. `panel` is the room it
    has, and nothing of it is drawn outside `clip`: the panel, with the bleed where that lies at
    the trim.
    """

    page: int
    side: int
    turn: int
    right: float
    up: float
    panel: Box
    clip: Box

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page is on the sheet."""
        return self.turn * x + self.right, self.turn * y + self.up


def sheet_for(fold: Fold, printer: Printer) -> Sheet:
    """The sheet that `printer` takes for `fold`: the office's paper, or what is trimmed to it."""
    width, height = fold.width_mm * MM, fold.height_mm * MM
    paper_width, paper_height = (length * MM for length in fold.sheet_mm)
    rim = printer.rim_mm * MM
    trim = Box(rim, rim, rim + paper_width, rim + paper_height)
    left, bottom = rim + (paper_width - width) / 2, rim + (paper_height - height) / 2
    return Sheet(
        paper_width + 2 * rim,
        paper_height + 2 * rim,
        trim,
        Box(left, bottom, left + width, bottom + height),
    )


def stands_on_its_head(side: int, flip: Flip) -> bool:
    """A printer that flips on the long edge wants the backs turned by 180 degrees."""
    return flip is Flip.LONG_EDGE and side % 2 == 1


def place_pages(fold: Fold, count: int, printer: Printer) -> Iterator[Placement]:
    """Where each of `count` pages stands, side by side; see `Fold.sides` for blanks."""
    sheet, bleed = sheet_for(fold, printer), printer.bleed_mm * MM
    outer = sheet.trim.grown(bleed) if bleed else sheet.panels
    for side, panels in enumerate(fold.sides(count)):
        left = sheet.panels.left
        for at, (panel, page) in enumerate(panels):
            box = Box(left, sheet.panels.bottom, left + panel.width_mm * MM, sheet.panels.top)
            left = box.right
            if page is None:
                continue
            clip = Box(
                outer.left if at == 0 else box.left,
                outer.bottom,
                outer.right if at == len(panels) - 1 else box.right,
                outer.top,
            )
            turned = stands_on_its_head(side, printer.flip)
            yield _stand((page, side), (box, clip), sheet, turned=turned)


def _stand(
    where: tuple[int, int], boxes: tuple[Box, Box], sheet: Sheet, *, turned: bool
) -> Placement:
    if not turned:
        return Placement(*where, 1, boxes[0].left, boxes[0].bottom, *boxes)
    panel, clip = (turned_over(box, sheet) for box in boxes)
    return Placement(*where, -1, panel.right, panel.top, panel, clip)


def turned_over(box: Box, sheet: Sheet) -> Box:
    """Where `box` is when its sheet is turned by 180 degrees in its plane."""
    return Box(
        sheet.width - box.right, sheet.height - box.top,
        sheet.width - box.left, sheet.height - box.bottom,
    )  # fmt: skip
