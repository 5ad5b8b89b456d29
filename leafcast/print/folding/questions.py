"""A short article on two facing pages: what the second leaves is ruled for the reader's questions.

Sections and lists that must stand whole often leave one of the two much shorter. Then the first is
filled, and lines to write on bring the second down to the same foot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from leafcast.print.folding.pack import (
    Panel,
    Piece,
    Room,
    Spread,
    balance,
    filled,
    spread,
    spread_alike,
)
from leafcast.print.scale import PT_MM, Scale

RULE_MM: Final = 11.0
"""From rule to rule, as templates/leaflet/drawings/ruled.svg has them."""
FEWEST: Final = 3
"""Rules that are worth a heading."""
CLOSER: Final = 12.0
"""What uneven feet cost where other ends are looked for."""


def ended_alike(
    pieces: Sequence[Piece], panels: tuple[Panel, ...], room: Room, type_: Scale
) -> tuple[tuple[Panel, ...], tuple[Spread, ...], str]:
    """The panels with their spare room spread, and the rules of what is ruled below the last of
    them: "" where they end alike by themselves, or with too little left to write on.

    Where they do not end alike, other ends are looked for that do, though their breaks cost more.
    """
    half = type_.half * PT_MM
    spreads = tuple(spread_alike(panels, room, half))
    if _apart(spreads, room) <= 2 * half:
        return panels, spreads, ""
    closer = balance(pieces, replace(room, panels=len(panels)), CLOSER)
    others = tuple(spread_alike(closer, room, half))
    if _apart(others, room) < _apart(spreads, room) and _least(others) >= 0.9 * _least(spreads):
        panels, spreads = closer, others
    if len(panels) != 2 or _apart(spreads, room) <= 2 * half:
        return panels, spreads, ""
    full = filled(pieces, room)
    rules = _ruled(full[0].height - full[1].height, type_) if len(full) == 2 else ""
    if not rules:
        return panels, spreads, ""
    return full, tuple(spread(panel, panel.height, half) for panel in full), rules


def _apart(spreads: Sequence[Spread], room: Room) -> float:
    """How far the feet of two facing panels are from each other, at the most."""
    pairs = enumerate(pairwise(spreads), 1)
    return max((abs(a.height - b.height) for at, (a, b) in pairs if at in room.facing), default=0.0)


def _least(spreads: Sequence[Spread]) -> float:
    return min((spaced.height for spaced in spreads), default=0.0)


def _ruled(left_mm: float, type_: Scale) -> str:
    """The rules for so many millimetres: the heading, its space, and lines down to the foot."""
    head = (type_.head_line + type_.below_heading(1)) * PT_MM
    count = int((left_mm - type_.line * PT_MM - head) / RULE_MM)
    if count < FEWEST:
        return ""
    above = left_mm - head - count * RULE_MM
    return f".beside {{ margin-top: {above:.2f}mm }} .beside p {{ height: {count * RULE_MM:g}mm }} "
