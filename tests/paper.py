"""Paper: a print file is printed, turned, cut at its folds and leafed through, as a person would.

Nothing here asks leafcast where a page should be: only the file, how the printer turned the sheet,
and how such a leaflet is folded by hand. Four pixels stand for a millimetre.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image

from leafcast.print.imposition.sheets import Flip

PX_PER_MM = 4
Picture = Any
Leaf = tuple[Picture, Picture]
"""The recto and the verso of one panel."""


def render(pdf: bytes) -> list[Picture]:
    """Every page, seen on a screen."""
    scale = PX_PER_MM * 25.4 / 72 * (1 - 1e-6)
    document = pypdfium2.PdfDocument(pdf)
    return [np.asarray(page.render(scale=scale).to_pil().convert("L"), float) for page in document]


def turned_like_a_page(back: Picture, flip: Flip) -> Picture:
    """What one sees of the back on turning the printed sheet over its left or right edge.

    A printer that turned the sheet over its short edge, left or right, printed the back for just
    that. One that turned it over its long edge, top or bottom, printed what was to be seen after
    such a turn: point (x, y) lies (x, height − y) from the front's corner. Turned over the short
    edge instead, that is seen at (width − x, height − y).
    """
    return back if flip is Flip.SHORT_EDGE else back[::-1, ::-1]


def print_sheets(pdf: bytes, flip: Flip) -> list[Leaf]:
    """Each sheet, front and back, as it lies in the printer's tray."""
    sides = render(pdf)
    assert len(sides) % 2 == 0
    backs = [turned_like_a_page(back, flip) for back in sides[1::2]]
    return list(zip(sides[::2], backs, strict=True))


def cut(sheet: Leaf, widths_mm: tuple[float, ...]) -> list[Leaf]:
    """A sheet cut at its folds into leaves, left to right as the front shows them.

    `widths_mm` are the leaves' on the front. The back of what is left lies to the right.
    """
    front, back = sheet
    across = front.shape[1]
    left = (across - round(sum(widths_mm) * PX_PER_MM)) // 2
    leaves = []
    for width in widths_mm:
        right = left + round(width * PX_PER_MM)
        leaves.append((front[:, left:right], back[:, across - right : across - left]))
        left = right
    return leaves


def leaf_through_booklet(sheets: list[list[Leaf]]) -> list[Picture]:
    """Sheets within each other, folded in the middle: right halves inwards, left halves out."""
    inwards = [side for _, right in sheets for side in right]
    outwards = [side for left, _ in reversed(sheets) for side in reversed(left)]
    return [*inwards, *outwards]


def unfold_panels(sheets: list[list[Leaf]]) -> list[Picture]:
    """Three panels: the cover, the three within from left to right, then the flap and the back.

    A roll fold and a zigzag open to the same three pages inside; what lies outside is read after
    them, from left to right.
    """
    ((left, middle, right),) = sheets
    return [right[0], right[1], middle[1], left[1], left[0], middle[0]]


LEAFING: dict[str, tuple[tuple[float, ...], Callable[[list[list[Leaf]]], list[Picture]]]] = {
    "booklet": ((148, 148), leaf_through_booklet),
    "four-page leaflet": ((148, 148), leaf_through_booklet),
    "trifold": ((97, 100, 100), unfold_panels),
    "Z-fold": ((99, 99, 99), unfold_panels),
}
"""By a fold's name: the widths of its leaves on the outside, and how a hand goes through it."""


def leaf_through(pdf: bytes, flip: Flip, name: str) -> list[Picture]:
    """The pages of a printed and folded leaflet, in the order in which they are read."""
    widths, leafing = LEAFING[name]
    return leafing([cut(sheet, widths) for sheet in print_sheets(pdf, flip)])


def difference(one: Picture, other: Picture) -> float:
    """How far two pictures are from each other: the mean of 0 (the same) to 255.

    They are compared square millimetre by square millimetre, because letters on their heads are
    smoothed a little differently.
    """
    if abs(one.shape[0] - other.shape[0]) > 1 or abs(one.shape[1] - other.shape[1]) > 1:
        return 255.0
    high, wide = (min(sizes) // PX_PER_MM for sizes in zip(one.shape, other.shape, strict=True))
    squares = (
        each[: high * PX_PER_MM, : wide * PX_PER_MM]
        .reshape(high, PX_PER_MM, wide, PX_PER_MM)
        .mean(axis=(1, 3))
        for each in (one, other)
    )
    return float(np.abs(next(squares) - next(squares)).mean())


def save_contact_sheet(rows: list[list[Picture]], path: Path) -> None:
    """Pictures in rows on grey, to be looked at."""
    gap, tall = 8, max(picture.shape[0] for row in rows for picture in row)
    wide = max(sum(picture.shape[1] + gap for picture in row) for row in rows)
    page = np.full(((tall + gap) * len(rows) + gap, wide + gap), 150, np.uint8)
    for down, row in enumerate(rows):
        x, y = gap, gap + down * (tall + gap)
        for picture in row:
            high, across = picture.shape
            page[y : y + high, x : x + across] = picture
            x += across + gap
    Image.fromarray(page).save(path)
