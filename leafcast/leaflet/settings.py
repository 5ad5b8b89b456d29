"""What sets one print edition apart from another besides its stylesheet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fitting:
    """What fitting adds to a folded leaflet: rules after its stylesheet, panels that stay without
    words, and whether it is shorter than the article.
    """

    rules: str = ""
    spare_panels: int = 0
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """How an edition is set.

    `name` is what a reader calls it; `suffix` ends its file's name; `stylesheet` is in
    templates/leaflet, and also the class of the page's body. `body_pt` is the size of body text
    and the least of any text. `contents` says whether a list of the sections helps here.
    `template` is the page's, in templates/leaflet. A print shop wants `bleed_mm` of colour beyond
    the page's edge, and a folded leaflet so many `blanks` before its last page.
    `fitting` is what a folded leaflet needs besides, see `folded.py`.
    """

    name: str
    suffix: str
    stylesheet: str
    body_pt: float
    contents: bool = False
    template: str = "leaflet"
    bleed_mm: float = 0.0
    blanks: int = 0
    fitting: Fitting = Fitting()


BOOKLET = Setting("A5 booklet, 14 point", "booklet", "booklet", 14)
A4 = Setting("A4 leaflet, 12 point", "a4", "a4", 12)
LARGE_PRINT = (
    Setting("Large print, 18 point", "large-print", "large-print", 18, contents=True),
    Setting("Large print, 24 point", "large-print-24", "large-print", 24, contents=True),
)
TEST_SHEET = Setting("Test sheet", "test-sheet", "test-sheet", 14, template="test-sheet")
SETTINGS = (BOOKLET, A4, *LARGE_PRINT)
