"""Style sheets as WeasyPrint knows them: each is parsed once in a process, for all its layouts.

An article is laid out a dozen times, to be measured or written, by the same few sheets.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from weasyprint import CSS, HTML
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

SHEETS_KEPT: Final = 64
OPENS_FONT: Final = "@font-face"
"""A sheet with this is parsed for each document: the font is the article's own."""


@dataclass(frozen=True, slots=True)
class Styles:
    """What a page is styled by: its sheets in their order, and the counters that these name."""

    sheets: tuple[CSS, ...]
    counters: CounterStyle


def styles_taken_out(page: HTML, fonts: FontConfiguration) -> Styles:
    """The style sheets of a page, taken out of its head to be handed to `HTML.render`.

    Handed over they are the user's instead of the author's (CSS Cascade 4, 6.1). As that is so of
    all of them, and no `style` attribute of a leaflet holds anything important, each declaration
    wins over the same others in either place.
    """
    from weasyprint.css.counters import CounterStyle

    sheets, counters = [], CounterStyle()
    head: Any = page.etree_element.find("head")
    for element in head.findall("style"):
        text = element.text or ""
        if OPENS_FONT in text:
            sheet, named = _parse(text, page.base_url, page.url_fetcher, fonts)
        else:
            sheet, named = _parsed(text, page.base_url)
        sheets.append(sheet)
        counters.update(named)
        head.remove(element)
    return Styles(tuple(sheets), counters)


@lru_cache(SHEETS_KEPT)
def _parsed(text: str, base: str) -> tuple[CSS, dict[str, Any]]:
    return _parse(text, base)


def _parse(text: str, base: str, *opening: Any) -> tuple[CSS, dict[str, Any]]:
    """A sheet and the counter styles it names. `opening` is what fetches fonts, and where to."""
    from weasyprint import CSS

    fetcher, fonts = opening or (None, None)
    named: dict[str, Any] = {}
    sheet = CSS(
        string=text, base_url=base, url_fetcher=fetcher, font_config=fonts, counter_style=named
    )
    return sheet, named
