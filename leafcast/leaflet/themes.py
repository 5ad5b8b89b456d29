"""Themes: the colours of a leaflet's roles, one row a theme.

All but `light` hold 7:1 (WCAG 2.2, 1.4.6) for all text, as large print should. An accent that is
too faint for that is darkened here, its hue kept, so that the owner's colour can stay her own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from leafcast.colours import nearest
from leafcast.project import Look

WHITE: Final = "#FFFFFF"
CREAM: Final = "#FBF3DF"
"""Cream that is seen as cream, and on which the house's accent still holds 7:1."""


class Pair(NamedTuple):
    """A role's colour, what it stands on, and the contrast it must have there."""

    role: str
    colour: str
    ground: str
    least: float


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as #RRGGBB. `ground` is the page; `ink`, `accent` and `panel` stand on it.

    `accent` is for headings, rules and links; `panel` lies behind the crisis box, in ink.
    `cover` lies behind the title, which is in `title`. `least` is the contrast that all text has
    at the least.
    """

    ground: str
    ink: str
    accent: str
    panel: str
    cover: str
    title: str
    least: float

    @property
    def pairs(self) -> Iterator[Pair]:
        """Each pair that text is set in. The title is as good on the cover as it on the title."""
        yield Pair("ink", self.ink, self.ground, 7.0)
        yield Pair("ink", self.ink, self.panel, 7.0)
        yield Pair("accent", self.accent, self.ground, self.least)
        yield Pair("accent", self.cover, self.title, self.least)


def light(look: Look) -> Theme:
    """The practice's own colours on white."""
    return Theme(WHITE, look.ink, look.accent, look.panel, look.accent, look.paper, 4.5)


def clear(look: Look) -> Theme:
    """The same for large print: the accent as dark as 7:1 needs."""
    accent = nearest(look.accent, (WHITE, look.paper), 7.0)
    return Theme(WHITE, look.ink, accent, look.panel, accent, look.paper, 7.0)


def cream(look: Look) -> Theme:
    """Dark on cream, for readers whom the glare of white makes letters swim (BDA, 2023)."""
    accent = nearest(look.accent, (CREAM,), 7.0)
    return Theme(CREAM, look.ink, accent, "#F1E4C0", accent, CREAM, 7.0)


def high_contrast(look: Look) -> Theme:
    """White and yellow on black, for screens: the strongest contrast with the least glare."""
    black, yellow = "#000000", "#FFE14D"
    return Theme(black, WHITE, yellow, black, black, yellow, 7.0)


THEMES: Final = {
    "light": light,
    "clear": clear,
    "cream": cream,
    "high-contrast": high_contrast,
}
"""A theme by its name, for the look of a practice; `Setting.theme` names one."""
