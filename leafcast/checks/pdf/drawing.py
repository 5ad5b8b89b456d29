"""What a page draws: every string of text with its size, colour, place and mark.

Lengths are points in the page's own space, with y upwards, whatever the content's scale and turn
(ISO 32000-1, 8.3 and 9.4).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from leafcast.checks.pdf.fonts import Font, read_font

Matrix = tuple[float, float, float, float, float, float]
Colour = tuple[float, float, float]
Inks = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, each 0 to 1."""
Box = tuple[float, float, float, float]

IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
BLACK: Final[Colour] = (0.0, 0.0, 0.0)
ARTIFACT: Final = "Artifact"


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked content that a string stands in; `artifact` is its type, such as “Pagination”."""

    number: int | None = None
    artifact: str = ""
    language: str = ""
    actual_text: str | None = None
    expansion: str = ""

    @property
    def loose(self) -> bool:
        """Whether what stands here is neither tagged nor an artifact."""
        return self.number is None and not self.artifact


@dataclass(frozen=True, slots=True)
class Run:
    """A string as drawn. `box` spans its letters, from the baseline to the height of an x.

    `unseen` is drawn in no colour at all (text rendering modes 3 and 7).
    """

    page: int
    text: str
    mark: Mark
    size_pt: float
    colour: Colour
    opacity: float
    bold: bool
    box: Box
    unseen: bool

    @property
    def blank(self) -> bool:
        """Whether it draws nothing but space."""
        return not self.text.strip()


@dataclass(slots=True)
class Drawing:
    """What one page draws, its forms included, in the order of drawing.

    `marks` are the numbers of its marks. `loose_paint` counts what is painted, besides text, that
    is neither tagged nor an artifact. `codes` are those shown in each font.
    """

    runs: list[Run] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    loose_paint: int = 0
    codes: dict[Font, set[int]] = field(default_factory=dict)


@dataclass(slots=True)
class State:
    """The graphics state, as far as text depends on it (ISO 32000-1, tables 52 and 104)."""

    matrix: Matrix = IDENTITY
    colour: Colour = BLACK
    opacity: float = 1.0
    font: Font | None = None
    size: float = 0.0
    letter_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


class FontCache:
    """The fonts of a file, each read once."""

    def __init__(self) -> None:
        self._read: dict[tuple[int, int], Font] = {}

    def find(self, resources: Any, name: str) -> Font | None:
        """The font called `name` in `resources`, None where there is none."""
        fonts = resources.get("/Font", {})
        if name not in fonts:
            return None
        font = fonts[name]
        if font.objgen == (0, 0):
            return read_font(font)
        if font.objgen not in self._read:
            self._read[font.objgen] = read_font(font)
        return self._read[font.objgen]


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """One transformation, then the other."""
    a, b, c, d, e, f = first
    k, m, n, p, q, r = then
    return (
        a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + q,
        e * m + f * p + r,
    )  # fmt: skip


def place(matrix: Matrix, box: Box) -> Box:
    """The upright box around `box` as `matrix` shifts, scales and turns it."""
    a, b, c, d, e, f = matrix
    corners = [
        (a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])
    ]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
