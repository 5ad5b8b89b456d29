"""What a file must be, by its name: whose words it carries, and how they are set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from leafcast.checks.pdf.look import CONTRAST, Demands
from leafcast.design.palette import look_of
from leafcast.document.article import Article
from leafcast.document.publication import Publication
from leafcast.markup.html import looked_up
from leafcast.print.folding.booklet import booklet_setting
from leafcast.print.folding.folded import decide
from leafcast.print.folding.large_print import large_print_setting
from leafcast.print.folding.panels import FOLDED, LEAST
from leafcast.print.html import write_html
from leafcast.print.imposition.sheets import OFFICE, SHOP
from leafcast.print.test_sheet import test_sheet_of
from leafcast.print.themes import THEMES
from leafcast.print.typesetting import BOOKLET, TEST_SHEET, Fitting, Setting, settings_of

CLEAR_PRINT_PT: Final = 12.0
SHOP_STANDARD: Final = "ua-1"
ON_SHEETS: Final = frozenset(("booklet", "panels"))
"""Stylesheets whose print files have several pages on a sheet."""


@dataclass(frozen=True, slots=True)
class Print:
    """What a file must be: its words, and how they are set.

    A file that is no edition has no setting. `sheets` says that its pages stand on sheets for a
    printer, several on one; `turned` that the back of each sheet stands on its head; `for_shop`
    that it is a print shop's, in inks, with no links.
    """

    publication: Publication
    setting: Setting | None
    sheets: bool = False
    turned: bool = False
    for_shop: bool = False

    @property
    def article(self) -> Article:
        """The article that the file carries."""
        return self.publication.article

    @property
    def title(self) -> str:
        """The title that the file has; "" for one that is no edition."""
        return self.article.title if self.setting else ""

    @property
    def standard(self) -> str:
        """What the practice's files conform to; a print shop's are PDF/X-4 besides, of one kind."""
        if self.for_shop:
            return SHOP_STANDARD
        return self.publication.project.practice.leaflet.pdf_standard

    @property
    def address(self) -> str:
        """Where the code on a leaflet leads; "" where the practice has no website."""
        return self.publication.project.practice.address(self.article.slug)

    @property
    def demands(self) -> Demands:
        """What the edition promises of its looks."""
        if self.setting is None:
            return Demands(CLEAR_PRINT_PT)
        theme = THEMES[self.setting.theme](
            look_of(self.publication.project.practice, self.publication.article)
        )
        return Demands(self.setting.body_pt, theme.least if theme.least > CONTRAST else None)

    @property
    def is_leaflet(self) -> bool:
        """Whether it is a leaflet: an article, with what surrounds it."""
        return self.setting is not None and self.setting.template == "leaflet"

    def html(self, blanks: int = 0) -> str:
        """The page it is made from, with so many blank pages; "" where it is no edition."""
        if self.setting is None:
            return ""
        setting = replace(self.setting, blanks=blanks)
        return _html(self.publication, setting, looked_up(self.publication.project))


@lru_cache(4)
def _html(publication: Publication, setting: Setting, _looked_up: tuple[object, ...]) -> str:
    return write_html(publication, setting)


def wanted_for(path: Path, publication: Publication) -> Print:
    """What the file must be. A folded leaflet carries what was decided to stand in it.

    A booklet is set in the type that was chosen for it, and large print has contents or none.
    """
    wanted = nominally_wanted(path, publication)
    if wanted.setting == BOOKLET:
        return replace(wanted, setting=booklet_setting(publication))
    if wanted.setting and wanted.setting.contents:
        return replace(wanted, setting=large_print_setting(publication, wanted.setting))
    for folded in FOLDED:
        if wanted.setting and wanted.setting.suffix == folded.suffix:
            decision = decide(publication, folded)
            shorter = replace(publication, article=decision.article)
            return replace(wanted, publication=shorter, setting=decision.setting)
    return wanted


def nominally_wanted(path: Path, publication: Publication) -> Print:
    """What the file must be before anything is fitted to its panels."""
    name = path.stem.removeprefix(f"{publication.article.slug}-")
    if name == TEST_SHEET.suffix:
        sheet = test_sheet_of(publication.article, publication.project)
        return Print(replace(publication, article=sheet), TEST_SHEET)
    settings = list(settings_of(publication.project.practice.leaflet))
    settings += [folded.setting(LEAST, Fitting()) for folded in FOLDED]
    fitting = [s for s in settings if name == s.suffix or name.startswith(f"{s.suffix}-print")]
    setting = max(fitting, key=lambda setting: len(setting.suffix), default=None)
    if setting is None:
        return Print(publication, None)
    for_shop = name.endswith(SHOP.suffix)
    alone = name == setting.suffix or (for_shop and setting.suffix == BOOKLET.suffix)
    sheets = not alone and setting.stylesheet in ON_SHEETS
    turned = sheets and name.endswith(OFFICE[1].suffix)
    return Print(publication, setting, sheets, turned, for_shop)
