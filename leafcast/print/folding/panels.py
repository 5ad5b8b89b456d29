"""The panels of folded leaflets: their sizes, and the rules that put text into them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from leafcast.locale.language import marked
from leafcast.print import scale
from leafcast.print.folding.measure import Measures
from leafcast.print.folding.pack import Panel, Piece, Room, Spread, balance, fill
from leafcast.print.folding.questions import ended_alike
from leafcast.print.scale import Scale
from leafcast.print.typesetting import Fitting, Foot, Setting

HEIGHT_MM: Final = 210.0
TOP_MM: Final = 9.5
FOOT_MM: Final = 10.5
ROUNDING_MM: Final = 0.4
"""Less than a line, and more than what a panel's heights lose by rounding."""

WIDE_MM: Final = 120.0
COVER_MM: Final = 112.0
BACK_TOP_MM: Final = 8.0
BACK_MM: Final = 196.0 - ROUNDING_MM
"""The heights of a panel, of its margins, and of what a cover and a back can hold."""


LEAST: Final = scale.PANEL
LOOSER: Final = scale.LOOSER_PANELS
"""Clear print begins at 12 point (UKAAF, RNIB); a text that leaves room is set larger."""

FULL_ENOUGH: Final = 0.62
"""Panels are filled as much as this before another one is."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded leaflet: its name, the width of each panel in reading order, and of the text.

    The first panel is the cover, the last the back. The text is as wide in every panel, so that
    it breaks into the same lines wherever it stands. `facing` are panels of text, from 0, that are
    seen beside the one before them.
    """

    name: str
    suffix: str
    widths_mm: tuple[float, ...]
    column_mm: float
    facing: frozenset[int]

    @property
    def room(self) -> Room:
        """What there is for the text."""
        height_mm = HEIGHT_MM - TOP_MM - FOOT_MM - ROUNDING_MM
        return Room(len(self.widths_mm) - 2, height_mm, self.facing)

    @property
    def cover_mm(self) -> float:
        """How wide words may be on the cover; a wide one has wider margins, as in panels.css."""
        wide = self.widths_mm[0]
        return wide - (26 if wide > WIDE_MM else 18)

    def setting(self, type_: Scale, fitting: Fitting, back: Scale | None = None) -> Setting:
        """How it is set with the article in this type, and the back, where that is too small for
        it, in another; the cover is in the least.
        """
        back = back or type_
        rules = (
            f"article, .questions {{ font-size: {type_.body:g}pt; {type_.properties} }} "
            f".back {{ font-size: {back.body:g}pt; {back.properties} }} "
        )
        fitting = replace(fitting, rules=rules + fitting.rules)
        # a table's width is counted in sizes of the body, and here the article has its own
        measure_mm = self.column_mm * LEAST.body / type_.body
        return Setting(
            self.name, self.suffix, "panels", LEAST.body, fitting=fitting, measure_mm=measure_mm,
            points=type_.body, picture_mm=60,
            scale=type_, title_pt=32, title_mm=self.cover_mm, foot=Foot(self.cover_mm, 30, 16),
            drawn=f"{self.widths_mm[0]:g}",
        )  # fmt: skip


TRIFOLD: Final = Folded(
    marked("Trifold leaflet, {points} point"),
    "trifold",
    (100, 100, 100, 97, 97, 100),
    82,
    frozenset((1, 2)),
)
"""A4 in a roll fold: panels 4 and 5 are the two faces of the flap, which is 3 mm narrower."""

Z_FOLD: Final = Folded(
    marked("Z-fold leaflet, {points} point"), "z-fold", (99,) * 6, 82, frozenset((1, 2))
)
FOUR_PAGE: Final = Folded(
    marked("Four-page leaflet, {points} point"), "four-page", (148,) * 4, 118, frozenset((1,))
)
"""A4 folded once."""

FOLDED: Final = (TRIFOLD, Z_FOLD, FOUR_PAGE)


# ---------------------------------------------------------------- rules


def set_panels(
    pieces: Sequence[Piece], folded: Folded, type_: Scale, measures: Measures
) -> Fitting:
    """How the pieces are set in their panels, and the back in its own."""
    panels = _panels(pieces, folded.room)
    panels, spreads, ruled = ended_alike(pieces, panels, folded.room, type_)
    rules = _back_rules(measures) + ruled + " ".join(_rules(panels, spreads, folded))
    return Fitting(rules, folded.room.panels - len(panels), questions=bool(ruled))


def _back_rules(measures: Measures) -> str:
    """What room the back has to spare: first it begins where the text does, then it is loosened."""
    spare = BACK_MM - measures.back
    down = min(spare, TOP_MM - BACK_TOP_MM)
    looser = min((spare - down) / 6, 2.5)
    return f".back {{ padding-top: {down:.2f}mm; --spare: {3 + looser:.2f}mm }} "


def _panels(pieces: Sequence[Piece], room: Room) -> tuple[Panel, ...]:
    """The pieces balanced over as many panels as they fill well."""
    least, _ = fill(pieces, room)
    height = sum(piece.gap + piece.height for piece in pieces)
    most = min(room.panels, int(height / (FULL_ENOUGH * room.height)))
    for count in range(max(least, most), room.panels + 1):
        if panels := balance(pieces, replace(room, panels=count)):
            return panels
    return ()


def _rules(panels: Sequence[Panel], spreads: Sequence[Spread], folded: Folded) -> Iterator[str]:
    """The rules that end each panel where it was decided, and spread what room it has left."""
    feet = [FOOT_MM] * len(folded.widths_mm)
    for number, ((_, spaced), (after, _)) in enumerate(
        pairwise(zip(panels, spreads, strict=True)), 1
    ):
        if after.begins_within:
            # the panel is as short as its text, so that it ends within this paragraph
            feet[number] = HEIGHT_MM - TOP_MM - spaced.height - ROUNDING_MM
        else:
            yield f"{after.pieces[0].selector} {{ break-before: page }}"
    for number, (width, foot) in enumerate(zip(folded.widths_mm, feet, strict=True), 1):
        side = (width - folded.column_mm) / 2
        yield (
            f"@page :nth({number}) {{ size: {width:g}mm {HEIGHT_MM:g}mm; "
            f"margin: {TOP_MM:g}mm {side:g}mm {foot:.2f}mm }}"
        )
    for panel, spaced in zip(panels, spreads, strict=True):
        for piece, gap in zip(panel.pieces, spaced.gaps, strict=True):
            yield f"{piece.selector} {{ margin-top: {gap:.3f}mm }}"
