"""What sets one print edition apart from another besides its stylesheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple

from leafcast.locale.language import ENGLISH, Language, marked
from leafcast.practice.project import Leaflet
from leafcast.print import scale
from leafcast.print.scale import Scale
from leafcast.print.themes import ThemeName

Template = Literal["leaflet", "test-sheet", "record-sheet"]
"""The pages in templates/leaflet."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """What fitting adds to a folded leaflet: rules after its stylesheet, panels that stay without
    words, and whether it is shorter than the article. `pages` is how many it was fitted to, 0 where
    they come as they come. `questions` says that lines for them follow the article on its page.
    """

    rules: str = ""
    spare_panels: int = 0
    shortened: bool = False
    pages: int = 0
    questions: bool = False


class Foot(NamedTuple):
    """The foot of a cover, as its stylesheet has it: how wide its words and its logo may stand in
    it, and how tall it is, in millimetres.
    """

    width_mm: float = 122.0
    height_mm: float = 32.0
    logo_mm: float = 18.0


A5_FOOT: Final = Foot()


@dataclass(frozen=True, slots=True)
class Setting:
    """How an edition is set.

    `name` is what a reader calls it, with the `points` of its text, those of its body by default;
    `suffix` ends its file's name; `stylesheet` is in templates/leaflet, and also the class of the
    page's body. `body_pt` is the size of body text and the least of any text. `contents` says
    whether a list of the sections helps here. `theme` is a name in `themes.py`. `advice` is said on
    the imprint. `measure_mm` is how wide the stylesheet's column is, `letter_space_em` what its
    fonts add to each letter; a panel's by default. No drawing is higher than `picture_mm`.
    `template` is the page's, in templates/leaflet. A print shop wants `bleed_mm` of colour beyond
    the page's edge, and a folded leaflet so many `blanks` before its last page.
    `fitting` is what a folded leaflet needs besides, see `folded.py`. `scale` are the sizes of its
    type; the title is `title_pt` large on a cover `title_mm` wide, its subtitle `subtitle_pt`,
    over a `foot`.
    Where `headline` is false, all is set in the house font alone. `drawn` is the field of the
    motif, see `cover.py`.
    """

    name: str
    suffix: str
    stylesheet: str
    body_pt: float
    contents: bool = False
    template: Template = "leaflet"
    bleed_mm: float = 0.0
    blanks: int = 0
    points: float = 0.0
    fitting: Fitting = Fitting()
    theme: ThemeName = "light"
    scale: Scale = scale.A5
    title_pt: float = 38.0
    title_mm: float = 122.0
    subtitle_pt: float = 16.0
    foot: Foot = A5_FOOT
    headline: bool = True
    drawn: str = "148"
    advice: str = ""
    measure_mm: float = 85.0
    picture_mm: float = 100.0
    letter_space_em: float = 0.0

    def called(self, language: Language = ENGLISH) -> str:
        """What a reader calls it."""
        return language.gettext(self.name).format(points=f"{self.points or self.body_pt:g}")


ON_BLACK: Final = "-high-contrast"
"""What ends the suffix of a large print for screens."""


def flowing(setting: Setting) -> Setting:
    """The same type on pages that flow as they come: where what was measured does not come out."""
    return replace(setting, fitting=Fitting(), blanks=0)


BOOKLET = Setting(marked("A5 booklet, {points} point"), "booklet", "booklet", 14, measure_mm=122)
A4 = Setting(
    marked("A4 leaflet, {points} point"), "a4", "a4", 12, measure_mm=134,
    scale=scale.A4, title_pt=35, title_mm=94, foot=Foot(182, 15, 11), drawn="wide",
)  # fmt: skip
DYSLEXIA = Setting(
    marked("Dyslexia-friendly edition, {points} point"),
    "dyslexia",
    "dyslexia",
    14,
    theme="cream",
    advice=marked("To print it, take cream paper, and the file that has no tint."),
    measure_mm=160,
    letter_space_em=0.166,
    scale=scale.SPACED,
    title_pt=30,
    title_mm=160,
    subtitle_pt=18,
    foot=Foot(160, 42, 24),
    headline=False,
)
TEST_SHEET = Setting(
    marked("Test sheet"), "test-sheet", "test-sheet", 14, template="test-sheet", headline=False
)


def large_print(leaflet: Leaflet) -> tuple[Setting, ...]:
    """Large print at each size the practice asks for; the first also for screens, on black."""
    first, *others = leaflet.large_print
    on_white = _large_print(first, "large-print")
    on_black = replace(
        on_white,
        name=marked("Large print, {points} point, high contrast"),
        suffix=f"large-print{ON_BLACK}",
        theme="high-contrast",
        advice=marked("Made for screens. To print, take the large print on white."),
    )
    larger = [_large_print(size, f"large-print-{size}") for size in others]
    return (on_white, *larger, *([on_black] if leaflet.high_contrast else []))


def on_white(setting: Setting) -> Setting:
    """A large print as it is on white, at the same size."""
    return _large_print(int(setting.body_pt), setting.suffix.removesuffix(ON_BLACK))


def _large_print(size: int, suffix: str) -> Setting:
    margin_mm = 26 - 0.65 * size / 72 * 25.4
    return Setting(
        marked("Large print, {points} point"),
        suffix,
        "large-print",
        size,
        contents=True,
        theme="clear",
        measure_mm=210 - 2 * margin_mm,
        scale=scale.large(size),
        title_pt=0.75 * size + 28,
        title_mm=166,
        subtitle_pt=size + 4,
        foot=Foot(166, 48, 28),
        picture_mm=110,
        headline=False,
    )


def settings_of(leaflet: Leaflet) -> tuple[Setting, ...]:
    """Every setting of a practice, one for each reading file."""
    return (BOOKLET, A4, *large_print(leaflet), DYSLEXIA)


LARGE_PRINT = large_print(Leaflet())
SETTINGS = settings_of(Leaflet(high_contrast=True))
"""Every setting that there is at these sizes."""
