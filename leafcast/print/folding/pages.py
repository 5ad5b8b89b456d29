"""Pages that end where it was decided: the rules for it, whatever the edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from leafcast.print.folding.pack import Panel, Spread

ROUNDING_MM: Final = 0.4
"""Less than a line, and more than what a page's heights lose by rounding."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages of text: the first one’s number; their height and the margin above the text in mm."""

    first: int
    height: float
    top: float


def page_rules(panels: Sequence[Panel], spreads: Sequence[Spread], pages: Pages) -> Iterator[str]:
    """What ends each page where it was decided, and spreads what room it has left."""
    for at, (panel, spaced) in enumerate(zip(panels, spreads, strict=True)):
        if not panel.begins_within:
            opens = "break-before: page; " if at else ""
            yield f"{panel.pieces[0].selector} {{ {opens}margin-top: 0 }}"
        if at + 1 < len(panels) and panels[at + 1].begins_within:
            # the page is as short as its text, so that it ends within this paragraph
            foot = pages.height - pages.top - spaced.height - ROUNDING_MM
            yield f"@page :nth({pages.first + at}) {{ margin-bottom: {foot:.2f}mm }}"
        for piece, gap in zip(panel.pieces, spaced.gaps, strict=True):
            if gap > piece.gap:
                yield f"{piece.selector} {{ margin-top: {gap:.3f}mm }}"
