"""Themes: the colours of a leaflet's roles, one row a theme.

All hold 7:1 for text on the page (WCAG 2.2, 1.4.6), whatever the owner's colour is: the palette
sees to that. Covers hold it too in large print and on cream, where no title lies on a pale field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from leafcast.design.oklch import darker_until, oklch
from leafcast.design.palette import Pair, Palette, palette_of
from leafcast.practice.project import Look

WHITE: Final = "#FFFFFF"
CREAM: Final = "#FBF3DF"
"""Cream that is seen as cream, and on which the house's accent still holds 7:1."""


ThemeName = Literal["light", "clear", "cream", "high-contrast"]


@dataclass(frozen=True, slots=True)
class Theme:
    """A palette on a page of `page`; `least` is the contrast that all text has at the least."""

    page: str
    palette: Palette
    least: float

    @property
    def pairs(self) -> Iterator[Pair]:
        """Each pair that text is set in."""
        palette = self.palette
        for ground in (self.page, palette.panel):
            yield Pair("ink", palette.ink, ground, 7.0)
        yield Pair("accent", palette.text, self.page, max(self.least, 7.0))
        yield Pair("second", palette.second_text, self.page, max(self.least, 7.0))
        yield Pair("title", palette.title, palette.title_field, self.least)
        yield Pair("paper", palette.paper, palette.foot, 7.0)


def light(look: Look) -> Theme:
    """The practice's own colours on white."""
    return Theme(WHITE, palette_of(look), 4.5)


def clear(look: Look) -> Theme:
    """The same for large print, its title on the ground, for there 7:1 holds."""
    return Theme(WHITE, _title_on_ground(palette_of(look)), 7.0)


def cream(look: Look) -> Theme:
    """Dark on cream, for readers whom the glare of white makes letters swim (BDA, 2023).

    There is no panel: it would be a tint on a file that is to have none but the page's.
    """
    palette = palette_of(look)
    text, second = (
        darker_until(oklch(colour), (CREAM,), 7.0) for colour in (palette.text, palette.second_text)
    )
    on_cream = replace(
        palette, paper=CREAM, text=text, ground=text, second_text=second, panel=CREAM
    )
    return Theme(CREAM, _title_on_ground(on_cream), 7.0)


def high_contrast(look: Look) -> Theme:
    """White and yellow on black, for screens: the strongest contrast with the least glare."""
    black, yellow = "#000000", "#FFE14D"
    palette = replace(
        palette_of(look), paper=WHITE, ink=WHITE, text=yellow, ground=black, title_field=black,
        title=yellow, foot=black, second_text=yellow, panel=black,
    )  # fmt: skip
    return Theme(black, palette, 7.0)


def _title_on_ground(palette: Palette) -> Palette:
    return replace(palette, title_field=palette.ground, title=palette.paper)


THEMES: Final[Mapping[ThemeName, Callable[[Look], Theme]]] = {
    "light": light,
    "clear": clear,
    "cream": cream,
    "high-contrast": high_contrast,
}
"""A theme by its name, for the look of a practice; `Setting.theme` names one."""
