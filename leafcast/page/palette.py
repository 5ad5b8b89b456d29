"""The colours of the page: by day, by night, and for readers who ask for more contrast.

All are made from the practice's own (`design/palette.py`). Each text holds WCAG 2.2's 4.5:1
(1.4.3), the ink 7:1 (1.4.6), and everything 7:1 where more contrast is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from leafcast.design.colours import nearest, toned
from leafcast.design.palette import Pair, palette_of
from leafcast.practice.project import Look

BLACK, WHITE = "#000000", "#FFFFFF"


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as #RRGGBB, by their role; each is a custom property of the stylesheet.

    `accent`, for headings, links and rules, stands on `ground`, `panel` and `mark`, `second` on the
    first two. `cover` lies behind the title, which is in `title`; `drawn` is the ground of the
    drawing, `foot` the floor it stands on, under words in `on_foot`. `mark` lies behind the
    sentence that is heard, which is in `mark_ink`; `mark_line` is the line under it.
    """

    ground: str
    ink: str
    accent: str
    panel: str
    cover: str
    title: str
    mark: str
    mark_ink: str
    mark_line: str
    second: str
    drawn: str
    foot: str
    on_foot: str
    least: float = 4.5

    @property
    def pairs(self) -> Iterator[Pair]:
        """Each pair that text is set in, and the lines that one must see (1.4.11)."""
        for ground in (self.ground, self.panel):
            yield Pair("ink", self.ink, ground, 7.0)
            yield Pair("accent", self.accent, ground, self.least)
            yield Pair("second", self.second, ground, self.least)
        yield Pair("paper", self.on_foot, self.foot, self.least)
        yield Pair("accent", self.title, self.cover, self.least)
        yield Pair("accent", self.accent, self.mark, self.least)
        yield Pair("mark", self.mark_ink, self.mark, 7.0)
        yield Pair("mark", self.mark_line, self.mark, 3.0)
        yield Pair("mark", self.mark_line, self.ground, 3.0)

    @property
    def properties(self) -> str:
        """The colours as CSS custom properties."""
        names = (each.name for each in fields(self) if each.name != "least")
        return " ".join(f"--{name.replace('_', '-')}: {getattr(self, name)};" for name in names)


def by_day(look: Look) -> Palette:
    """The practice's own colours on its paper."""
    made = palette_of(look)
    return Palette(
        ground=made.paper,
        ink=made.ink,
        accent=made.text,
        panel=made.panel,
        cover=made.title_field,
        title=made.title,
        mark="#FFE9A8",
        mark_ink=made.ink,
        mark_line=made.text,
        second=made.second_text,
        drawn=made.ground,
        foot=made.foot,
        on_foot=made.paper,
    )


def by_night(look: Look) -> Palette:
    """Light on a ground that is nearly black, in the accent's hue."""
    made = palette_of(look)
    ground, panel, mark = toned(made.text, 0.1, 0.24), toned(made.text, 0.16, 0.24), "#4A3F17"
    accent, second = (
        nearest(toned(colour, 0.6, 0.4), (ground, panel, mark), 6.0, lighter=True)
        for colour in (made.text, made.second_light)
    )
    return Palette(
        ground=ground,
        ink="#F4EFE6",
        accent=accent,
        panel=panel,
        cover=made.ground,
        title=made.paper,
        mark=mark,
        mark_ink="#FFF6DC",
        mark_line="#FFD95E",
        second=second,
        drawn=made.ground,
        foot=made.foot,
        on_foot=made.paper,
    )


def strong_by_day(look: Look) -> Palette:
    """Black on white."""
    accent = nearest(palette_of(look).text, (WHITE, "#FFF3A6"), 7.0)
    return Palette(
        WHITE, BLACK, accent, WHITE, accent, WHITE, "#FFF3A6", BLACK, BLACK,
        second=BLACK, drawn=accent, foot=BLACK, on_foot=WHITE, least=7.0,
    )  # fmt: skip


def strong_by_night(look: Look) -> Palette:
    """White on black."""
    accent = nearest(palette_of(look).text, (BLACK, "#3A3000"), 7.0, lighter=True)
    return Palette(
        BLACK, WHITE, accent, BLACK, BLACK, WHITE, "#3A3000", WHITE, "#FFE14D",
        second=WHITE, drawn=BLACK, foot=BLACK, on_foot=WHITE, least=7.0,
    )  # fmt: skip


PALETTES = {
    "day": by_day,
    "night": by_night,
    "strong-day": strong_by_day,
    "strong-night": strong_by_night,
}
"""A palette by its name, for the look of a practice."""
