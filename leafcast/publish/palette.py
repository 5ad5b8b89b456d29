"""The colours of the page: by day, by night, and for readers who ask for more contrast.

All are made from the practice's own. Each text holds WCAG 2.2's 4.5:1 (1.4.3), the ink 7:1
(1.4.6), and everything 7:1 where more contrast is asked for; an accent that is too faint is made
darker, or lighter by night, its hue kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from leafcast.colours import nearest, toned
from leafcast.leaflet.themes import WHITE, Pair
from leafcast.project import Look

BLACK = "#000000"


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as #RRGGBB, by their role; each is a custom property of the stylesheet.

    `accent`, for headings, links and rules, stands on `ground`, `panel` and `mark`. `cover` lies
    behind the title, which is in `title`. `mark` lies behind the sentence that is heard, which is
    in `mark_ink`; `mark_line` is the line under it.
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
    least: float = 4.5

    @property
    def pairs(self) -> Iterator[Pair]:
        """Each pair that text is set in, and the lines that one must see (1.4.11)."""
        for ground in (self.ground, self.panel):
            yield Pair("ink", self.ink, ground, 7.0)
            yield Pair("accent", self.accent, ground, self.least)
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
    grounds = (look.paper, look.panel, "#FFE9A8")
    accent = nearest(look.accent, grounds, 4.5)
    ink = nearest(look.ink, grounds, 7.0)
    return Palette(
        ground=look.paper,
        ink=ink,
        accent=accent,
        panel=look.panel,
        cover=nearest(look.accent, (look.paper,), 4.5),
        title=look.paper,
        mark="#FFE9A8",
        mark_ink=ink,
        mark_line=nearest(look.accent, ("#FFE9A8", look.paper), 3.0),
    )


def by_night(look: Look) -> Palette:
    """Light on a ground that is nearly black, in the accent's hue."""
    ground, panel, mark = toned(look.accent, 0.1, 0.24), toned(look.accent, 0.16, 0.24), "#4A3F17"
    accent = nearest(toned(look.accent, 0.6, 0.4), (ground, panel, mark), 6.0, lighter=True)
    return Palette(
        ground=ground,
        ink="#F4EFE6",
        accent=accent,
        panel=panel,
        cover=nearest(look.accent, (look.paper,), 4.5),
        title=look.paper,
        mark=mark,
        mark_ink="#FFF6DC",
        mark_line="#FFD95E",
    )


def strong_by_day(look: Look) -> Palette:
    """Black on white."""
    accent = nearest(look.accent, (WHITE, "#FFF3A6"), 7.0)
    return Palette(
        WHITE, BLACK, accent, WHITE, accent, WHITE, "#FFF3A6", BLACK, BLACK, least=7.0
    )  # fmt: skip


def strong_by_night(look: Look) -> Palette:
    """White on black."""
    accent = nearest(look.accent, (BLACK, "#3A3000"), 7.0, lighter=True)
    return Palette(
        BLACK, WHITE, accent, BLACK, BLACK, WHITE, "#3A3000", WHITE, "#FFE14D", least=7.0
    )  # fmt: skip


PALETTES = {
    "day": by_day,
    "night": by_night,
    "strong-day": strong_by_day,
    "strong-night": strong_by_night,
}
"""A palette by its name, for the look of a practice."""
