"""The sizes of a leaflet's type, and the grid of half lines that all of it stands on.

A paragraph stands half a line from the next, a heading has a line above it, and what it takes with
the space below is a whole number of half lines; so lines face each other on facing pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final

PT_MM: Final = 25.4 / 72
"""A point, in millimetres."""
LEAST_BELOW_PT = 3.0
"""Between a heading and its text."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes in points: the text, from line to line, headings and the lead, and their lines."""

    body: float
    line: float
    head: float
    head_line: float
    lead: float
    lead_line: float

    @property
    def half(self) -> float:
        """The grid."""
        return self.line / 2

    def below_heading(self, lines: int) -> float:
        """The space under a heading of so many lines that brings the text back to the grid."""
        taken = lines * self.head_line + LEAST_BELOW_PT
        return round(ceil(taken / self.half - 1e-9) * self.half - lines * self.head_line, 3)

    @property
    def below_lead(self) -> float:
        """The space under a lead of three lines that does the same; of others, nearly."""
        taken = 3 * self.lead_line + self.half * 0.6
        return round(ceil(taken / self.half) * self.half - 3 * self.lead_line, 3)

    @property
    def properties(self) -> str:
        """The sizes as CSS custom properties."""
        return (
            f"--line: {self.line:g}pt; --half: {self.half:g}pt; --quarter: {self.half / 2:g}pt; "
            f"--head: {self.head:g}pt; --head-line: {self.head_line:g}pt; "
            f"--lead: {self.lead:g}pt; --lead-line: {self.lead_line:g}pt; "
            f"--below-head: {self.below_heading(1):g}pt; --below-lead: {self.below_lead:g}pt;"
        )


def large(size: float) -> Scale:
    """Large print at a size; headings grow less than the text, so that no title breaks a word."""
    line = 1.25 * size + 4.5
    head = size + 6
    return Scale(size, line, head, head * 1.25, size, line)


PANEL = Scale(12, 15, 15.5, 16.5, 14, 18.75)
LOOSER_PANELS = (Scale(14, 18, 17, 19.5, 17, 22.5), Scale(13, 16.5, 16.25, 18, 15.5, 20.6))
A5 = Scale(14, 17.5, 17, 19, 16.5, 21)
OPENER_A5 = (Scale(14, 18.5, 18, 20.5, 17.5, 23), Scale(14, 18, 18, 20, 17.5, 22.5))
A4 = Scale(12, 15.6, 15.5, 17, 14.5, 19.5)
SPACED = Scale(14, 21, 18.5, 25, 14, 21)
"""The dyslexia edition."""
