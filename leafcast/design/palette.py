"""The whole palette of a practice, made once from one accent, for paper and for screens.

Whatever colour an owner has, what comes of it can be read: 7:1 for text on paper (WCAG 2.2,
1.4.6), 4.5:1 for a title on its field (1.4.3), 3:1 for what is drawn (1.4.11). Each rule keeps
the hue, so that the colour stays hers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from leafcast.design.colours import contrast, in_grey
from leafcast.design.oklch import Oklch, darker_until, lighter_until, mixed, oklch, rgb

if TYPE_CHECKING:
    from leafcast.document.article import Article
    from leafcast.practice.project import Look, Practice

LIGHT: Final = "#F2C08A"
"""The warm spot of a drawing where light is meant: a sun, a lamp, an open door."""
AGREEING: Final = ("#1F5C5E", "#6F3854", "#43572D", "#364D76", "#7A402E", "#624C23")
"""Six accents that stand well beside each other: a colour for each topic in a rack."""

TEXT: Final = 7.0
TITLE: Final = 4.5
DRAWN: Final = 3.0
PALE: Final = 0.6
"""From this lightness on an accent is the title's field as it is, under a dark title."""
STRONG: Final = 0.085
"""The chroma a colour that is made darker has at the least, or it would look like mud."""
COLOURLESS: Final = 0.02
"""Chroma below which a colour has no hue of its own: black, grey, white."""


class Second(NamedTuple):
    """A hue for the second colour, with its chroma where it is light and where it is text."""

    hue: float
    light: float
    text: float


SECONDS: Final = (
    Second(48, 0.085, 0.10),
    Second(85, 0.085, 0.085),
    Second(150, 0.065, 0.08),
    Second(240, 0.06, 0.075),
)
"""Clay, ochre, sage and slate."""


class Pair(NamedTuple):
    """A colour, by the name of its role, what it stands on, and the contrast it has there."""

    role: str
    colour: str
    ground: str
    least: float


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as #RRGGBB, by their role.

    `text` is the accent as headings and links have it on `paper`; `ground` is what covers are
    drawn on, the same colour.
    `title` stands on `title_field`, which is the ground but for a pale accent. `foot` is the floor
    of a cover; `paper` stands on it. `tint_1`, `tint_2`, `second_light` and `light` are drawn on
    the ground. `second_text` is the second colour on paper. `panel` lies behind boxes, in `ink`.
    """

    paper: str
    ink: str
    text: str
    ground: str
    title_field: str
    title: str
    foot: str
    tint_1: str
    tint_2: str
    second_light: str
    second_text: str
    panel: str
    light: str = LIGHT

    @property
    def pairs(self) -> Iterator[Pair]:
        """Each pair that text is set in or that is drawn, with what it must hold."""
        for ground in (self.paper, "#FFFFFF", self.panel):
            yield Pair("ink", self.ink, ground, TEXT)
        for ground in (self.paper, "#FFFFFF"):
            yield Pair("accent", self.text, ground, TEXT)
            yield Pair("second", self.second_text, ground, TEXT)
        yield Pair("accent", self.text, self.panel, TITLE)
        yield Pair("second", self.second_text, self.panel, TITLE)
        yield Pair("title", self.title, self.title_field, TITLE)
        yield Pair("paper", self.paper, self.foot, TEXT)
        yield Pair("paper", self.paper, self.ground, TEXT)
        for role in ("tint_1", "tint_2", "second_light", "light"):
            yield Pair(role, getattr(self, role), self.ground, DRAWN)


def on_panel(palette: Palette) -> Palette:
    """The palette for a drawing that is dark on the panel, not light on the ground."""
    lighter = oklch(palette.text)._replace(lightness=0.62)
    return replace(
        palette,
        ground=palette.panel,
        paper=palette.text,
        tint_1=palette.text,
        tint_2=darker_until(lighter, (palette.panel,), 3.15),
        second_light=palette.second_text,
        light=palette.second_text,
    )


@lru_cache(maxsize=64)
def palette_of(look: Look) -> Palette:
    """The palette of a look; the same look gives the same palette, in every edition."""
    given = oklch(look.accent)
    paper = _readable_paper(look.paper)
    text = _text(look.accent, given, paper)
    hue = oklch(text).hue if given.chroma >= COLOURLESS else given.hue
    second = oklch(look.second) if look.second else None
    tint_1, tint_2 = _tints(look.accent, given, text)
    title_field, title = _title(look.accent, given, text, paper)
    panel = look.panel or mixed(text, paper, 0.12)
    return Palette(
        paper=paper,
        ink=darker_until(oklch(look.ink), (paper, "#FFFFFF", panel), TEXT),
        text=text,
        ground=text,
        title_field=title_field,
        title=title,
        foot=rgb(oklch(text)._replace(lightness=max(0.0, oklch(text).lightness - 0.09))),
        tint_1=tint_1,
        tint_2=tint_2,
        second_light=_second_light(second, hue, text),
        second_text=_second_text(second, hue, paper),
        panel=panel,
    )


def look_of(practice: Practice, article: Article) -> Look:
    """The practice's look, in the colour of this article where it has its own."""
    accent = article.face.accent
    return replace(practice.look, accent=accent) if accent else practice.look


# ---------------------------------------------------------------- the rules


def _readable_paper(paper: str) -> str:
    """The paper, as light as text in any hue needs it."""
    return lighter_until(oklch(paper), ("#000000",), 16.0)


def _text(accent: str, given: Oklch, paper: str) -> str:
    if contrast(accent, paper) >= TEXT:
        return accent.upper()
    chroma = given.chroma if given.chroma < COLOURLESS else max(given.chroma, STRONG)
    return darker_until(Oklch(0.45, chroma, given.hue), (paper,), TEXT)


def _title(accent: str, given: Oklch, text: str, paper: str) -> tuple[str, str]:
    """The field behind a title, and the title on it, which is large: in grey too it holds 3:1.

    An accent that is no lighter in grey than its title is no field for one.
    """
    if given.lightness <= PALE or contrast(accent, text) < 2:
        return text, paper
    chroma = given.chroma if given.chroma < COLOURLESS else max(given.chroma * 0.6, STRONG)
    title = darker_until(Oklch(0.36, chroma, given.hue), (accent,), TITLE)
    if contrast(in_grey(title), in_grey(accent)) < DRAWN:
        return text, paper
    return accent.upper(), title


def _tints(accent: str, given: Oklch, ground: str) -> tuple[str, str]:
    """The two tints a drawing has, lighter than its ground."""
    chroma = oklch(ground).chroma
    chroma = chroma if chroma < COLOURLESS else max(chroma, STRONG)
    tint_1 = lighter_until(Oklch(0.66, chroma * 0.75, given.hue), (ground,), 3.15)
    seen = min(contrast(accent, ground), contrast(in_grey(accent), in_grey(ground)))
    if given.lightness > PALE and seen >= DRAWN:
        return tint_1, accent.upper()
    return tint_1, lighter_until(Oklch(0.78, chroma * 0.5, given.hue), (ground,), 4.9)


def _second_light(second: Oklch | None, hue: float, ground: str) -> str:
    row = _opposite(hue)
    wanted = Oklch(0.80, row.light, row.hue)
    if second:
        wanted = Oklch(max(0.72, second.lightness), min(second.chroma, 0.15), second.hue)
    return lighter_until(wanted, (ground,), 4.6)


def _second_text(second: Oklch | None, hue: float, paper: str) -> str:
    row = _opposite(hue)
    wanted = second or Oklch(0.43, row.text, row.hue)
    return darker_until(wanted, (paper,), TEXT)


def _opposite(hue: float) -> Second:
    """The second hue that is the nearest to the opposite of this one."""
    return min(SECONDS, key=lambda each: abs((each.hue - hue - 180 + 180) % 360 - 180))
