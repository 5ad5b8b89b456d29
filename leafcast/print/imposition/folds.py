"""Folds: which page stands on which panel of which side, so that a folded sheet reads in order.

Panels are named as one sees them on their side of the sheet, left to right. `outside` is printed
first; turned over like a page of a book, the sheet shows its `inside`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from leafcast.document.errors import LayoutError

A4_MM: Final = (297.0, 210.0)


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel of a side: the page on it and its width.

    `page` counts from the front cover (1, 2 …) or from the back cover (−1, −2 …).
    """

    page: int
    width_mm: float


@dataclass(frozen=True, slots=True)
class Fold:
    """A way to fold sheets into a leaflet.

    `sheet_mm` is the office's paper, landscape; the panels stand in its middle. Where sheets are
    `nested`, a booklet takes as many as its pages need, each inside the one before; otherwise one
    sheet carries all. The last page is always the outer back, so blanks come before it.
    """

    name: str
    outside: tuple[Panel, ...]
    inside: tuple[Panel, ...]
    height_mm: float = A4_MM[1]
    sheet_mm: tuple[float, float] = A4_MM
    nested: bool = False

    @property
    def pages_a_sheet(self) -> int:
        """How many pages one sheet carries, both sides together."""
        return len(self.outside) + len(self.inside)

    def full(self, count: int) -> int:
        """The pages of the leaflet, blanks among them, that has `count` of its own.

        Raises LayoutError where they are more than the fold has panels.
        """
        sheets = max(1, -(-count // self.pages_a_sheet))
        if sheets > 1 and not self.nested:
            raise LayoutError(
                f"A {self.name} has {self.pages_a_sheet} pages, and this text fills {count}",
                "Shorten the text for it, or print the booklet, which takes any length",
            )
        return sheets * self.pages_a_sheet

    def blanks(self, count: int) -> int:
        """How many blank pages stand before the last of `count` pages."""
        return self.full(count) - count

    def sides(self, count: int) -> Iterator[tuple[tuple[Panel, int | None], ...]]:
        """Every side in the order of printing: each panel, and the page (from 0) that is on it.

        A panel that stays empty has None. Sides are outside, inside, outside, inside …
        """
        full = self.full(count)
        order = [*range(count - 1), *[None] * (full - count), count - 1]
        for sheet in range(full // self.pages_a_sheet):
            for side in (self.outside, self.inside):
                yield tuple((panel, order[_place(panel.page, sheet, full)]) for panel in side)

    def creases_mm(self, side: int) -> tuple[float, ...]:
        """Where side `side` is folded, in millimetres from the left of its leftmost panel."""
        panels = self.inside if side % 2 else self.outside
        return tuple(accumulate(panel.width_mm for panel in panels))[:-1]

    @property
    def width_mm(self) -> float:
        """The width of all panels together: the sheet as it is trimmed."""
        return sum(panel.width_mm for panel in self.outside)


def _place(page: int, sheet: int, full: int) -> int:
    """Where a panel's page is among all, from 0; a sheet further in is two pages further in."""
    return page - 1 + 2 * sheet if page > 0 else full + page - 2 * sheet


def _panels(*panels: tuple[int, float]) -> tuple[Panel, ...]:
    return tuple(Panel(page, width) for page, width in panels)


BOOKLET: Final = Fold(
    "booklet", _panels((-1, 148), (1, 148)), _panels((2, 148), (-2, 148)), nested=True
)
"""Saddle stitch: A5 on A4."""

FOUR_PAGE: Final = Fold(
    "four-page leaflet", _panels((4, 148), (1, 148)), _panels((2, 148), (3, 148))
)
"""A4 folded once, to A5."""

TRIFOLD: Final = Fold(
    "trifold",
    _panels((5, 97), (6, 100), (1, 100)),
    _panels((2, 100), (3, 100), (4, 97)),
)
"""A roll fold: the flap (4 inside, 5 outside) goes in first, so it is 3 mm narrower."""

Z_FOLD: Final = Fold(
    "Z-fold",
    _panels((5, 99), (6, 99), (1, 99)),
    _panels((2, 99), (3, 99), (4, 99)),
)
"""A zigzag: opened, 2, 3 and 4 lie side by side; closed, 4 is the back."""

FOLDS: Final = (BOOKLET, FOUR_PAGE, TRIFOLD, Z_FOLD)
