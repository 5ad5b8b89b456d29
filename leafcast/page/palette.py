"""The colours of the page: by day, by night, and for readers who ask for more contrast.

All are made from the practice's own (`design/palette.py`). Each text holds WCAG 2.2's 4.5:1
(1.4.3), the ink 7:1 (1.4.6), and everything 7:1 where more contrast is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from leafcast.design.colours import nearest, toned
from leafcast.design.oklch import mixed
from leafcast.design.palette import Pair, palette_of
from leafcast.practice.project import Look

BLACK, WHITE = "#000000", "#FFFFFF"


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as #RRGGBB, by their role; each is a custom property of the stylesheet.

    `accent`, for headings, links and rules, stands on `ground`, `panel`, `sheet` and `mark`.
    `soft` is ink that stands back. `sheet` lies under the player, `edge` is the line round a
    field. `drawn` lies behind the title, under words in `on_drawn`; `floor` behind the drawing,
    which is the same but for a pale accent, and `plate` behind a logo. `second` is
    for help alone, on the ground and on `second_panel`. `mark` lies behind the sentence that is
    heard, which is in `mark_ink`; `mark_line` is the line under it.
    """

    ground: str
    ink: str
    soft: str
    accent: str
    panel: str
    sheet: str
    edge: str
    second: str
    second_panel: str
    mark: str
    mark_ink: str
    mark_line: str
    drawn: str
    on_drawn: str
    floor: str
    plate: str
    least: float = 4.5

    @property
    def pairs(self) -> Iterator[Pair]:
        """Each pair that text is set in, and the lines that one must see (1.4.11)."""
        for ground in (self.ground, self.panel, self.sheet):
            yield Pair("ink", self.ink, ground, 7.0)
            yield Pair("accent", self.accent, ground, self.least)
            yield Pair("soft", self.soft, ground, self.least)
        for ground in (self.ground, self.sheet):
            yield Pair("edge", self.edge, ground, 3.0)
        for ground in (self.ground, self.second_panel):
            yield Pair("second", self.second, ground, self.least)
        yield Pair("ink", self.ink, self.second_panel, 7.0)
        yield Pair("paper", self.on_drawn, self.drawn, self.least)
        yield Pair("accent", self.accent, self.mark, self.least)
        yield Pair("mark", self.mark_ink, self.mark, 7.0)
        yield Pair("mark", self.mark_line, self.mark, 3.0)
        yield Pair("mark", self.mark_line, self.ground, 3.0)

    @property
    def properties(self) -> str:
        """The colours as CSS custom properties."""
        colours = {each.name: getattr(self, each.name) for each in fields(self)}
        del colours["least"]
        colours["rule"] = mixed(self.ink, self.ground, 0.16)
        colours["track"] = mixed(self.ink, self.sheet, 0.2)
        colours["help_rule"] = mixed(self.second, self.second_panel, 0.3)
        return " ".join(f"--{name.replace('_', '-')}: {each};" for name, each in colours.items())


def by_day(look: Look) -> Palette:
    """The practice's own colours on its paper."""
    made = palette_of(look)
    grounds = (made.paper, made.panel, WHITE, "#FFE9A8")
    help_panel = mixed(made.second_text, made.paper, 0.12)
    return Palette(
        ground=made.paper,
        ink=nearest(made.ink, (*grounds, help_panel), 7.0),
        soft=nearest("#4A5857", grounds, 4.5),
        accent=nearest(made.text, grounds, 4.5),
        panel=made.panel,
        sheet=WHITE,
        edge=nearest("#7B8583", (made.paper, WHITE), 3.0),
        second=nearest(made.second_text, (made.paper, help_panel), 4.5),
        second_panel=help_panel,
        mark="#FFE9A8",
        mark_ink=nearest(made.ink, ("#FFE9A8",), 7.0),
        mark_line=made.text,
        drawn=made.title_field,
        on_drawn=made.title,
        floor=made.ground,
        plate=made.paper,
    )


def by_night(look: Look) -> Palette:
    """Light on a ground that is nearly black, in the accent's hue."""
    made = palette_of(look)
    ground, panel, mark = toned(made.text, 0.1, 0.24), toned(made.text, 0.16, 0.24), "#4A3F17"
    accent, second = (
        nearest(toned(colour, 0.6, 0.4), (ground, panel, mark), 6.0, lighter=True)
        for colour in (made.text, made.second_light)
    )
    second_panel = mixed(made.second_light, ground, 0.16)
    return Palette(
        ground=ground,
        ink="#F4EFE6",
        soft=nearest("#C3CBC5", (ground, panel), 4.5, lighter=True),
        accent=accent,
        panel=panel,
        sheet=toned(made.text, 0.13, 0.2),
        edge=nearest("#8A9A97", (ground, panel), 3.0, lighter=True),
        second=nearest(second, (ground, second_panel), 6.0, lighter=True),
        second_panel=second_panel,
        mark=mark,
        mark_ink="#FFF6DC",
        mark_line="#FFD95E",
        drawn=made.ground,
        on_drawn=made.paper,
        floor=made.ground,
        plate=made.paper,
    )


def strong_by_day(look: Look) -> Palette:
    """Black on white."""
    accent = nearest(palette_of(look).text, (WHITE, "#FFF3A6"), 7.0)
    return Palette(
        ground=WHITE, ink=BLACK, soft=BLACK, accent=accent, panel=WHITE, sheet=WHITE, edge=BLACK,
        second=BLACK, second_panel=WHITE,
        mark="#FFF3A6", mark_ink=BLACK, mark_line=BLACK,
        drawn=accent, on_drawn=WHITE, floor=accent, plate=WHITE, least=7.0,
    )  # fmt: skip


def strong_by_night(look: Look) -> Palette:
    """White on black."""
    accent = nearest(palette_of(look).text, (BLACK, "#3A3000"), 7.0, lighter=True)
    return Palette(
        ground=BLACK, ink=WHITE, soft=WHITE, accent=accent, panel=BLACK, sheet=BLACK, edge=WHITE,
        second=WHITE, second_panel=BLACK,
        mark="#3A3000", mark_ink=WHITE, mark_line="#FFE14D",
        drawn=BLACK, on_drawn=WHITE, floor=BLACK, plate=WHITE, least=7.0,
    )  # fmt: skip


PALETTES = {
    "day": by_day,
    "night": by_night,
    "strong-day": strong_by_day,
    "strong-night": strong_by_night,
}
"""A palette by its name, for the look of a practice."""
