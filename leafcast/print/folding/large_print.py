"""Large print: pages filled alike, contents where there are pages enough, the back by itself.

A reader with low vision takes a page with two lines for the end, and leafs through contents of four
lines for nothing. The text begins under the contents, which seldom fill a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from math import ceil
from threading import Lock
from typing import Final

from leafcast.document.article import Article, without_text
from leafcast.document.publication import Publication
from leafcast.practice.project import Project
from leafcast.print.folding.measure import Measures, measure
from leafcast.print.folding.pack import Panel, Piece, Room, Spread, balance, fill
from leafcast.print.folding.pages import ROUNDING_MM, Pages, page_rules
from leafcast.print.html import write_html
from leafcast.print.layout import render
from leafcast.print.scale import PT_MM
from leafcast.print.startup import nothing_thrown_away
from leafcast.print.typesetting import Fitting, Setting, on_white

HEIGHT_MM: Final = 297.0
TOP_MM: Final = 26.0
ROOM_MM: Final = HEIGHT_MM - TOP_MM - 20.0 - ROUNDING_MM
"""As templates/leaflet/large-print.css has them."""
ENDLESS: Final = "@page { size: 210mm 100000mm } .contents li::before { content: none } "
"""Page numbers beside the contents would have all of it laid out twice, and add no height."""
CONTENTS_ALONE: Final = ".contents { break-after: page; border: 0; padding: 0 }"
"""No rule parts them from text on another page."""
RULE_PT: Final = 1.5
"""Half a line below the contents, as templates/leaflet/large-print.css has it."""
OPENS_PAGE: Final = "break-before: page; margin-top: 0"
WITH_CONTENTS: Final = 8
"""Contents help from so many pages on."""
MOST_PAGES: Final = 60
"""A longer article flows from page to page as it comes."""

_one_at_a_time = Lock()


def large_print_setting(publication: Publication, setting: Setting) -> Setting:
    """How the article is set in this large print. Asked again, it is not worked out again.

    Raises what `layout.render` does.
    """
    with _one_at_a_time:
        return _decide(publication.article, publication.project, setting)


@lru_cache(maxsize=16)
def _decide(article: Article, project: Project, setting: Setting) -> Setting:
    measures = _measures(Publication(article, project), setting)
    pieces, back, opens_back = _parted(measures, setting, bool(project.practice.crisis))
    pages, over = fill(pieces, Room(MOST_PAGES, ROOM_MM))
    setting = replace(setting, contents=1 + pages + back >= WITH_CONTENTS)
    alone = 0
    if setting.contents and measures.contents:
        pieces, alone = _under_contents(pieces, measures.contents, setting.scale.line)
        pages, over = fill(pieces, Room(MOST_PAGES, ROOM_MM))
    panels = () if over else balance(pieces, Room(pages, ROOM_MM))
    if not panels:
        return setting
    text = page_rules(panels, _as_they_are(panels), Pages(2 + alone, HEIGHT_MM, TOP_MM))
    opens = f"{CONTENTS_ALONE} {opens_back}" if alone else opens_back
    fitting = Fitting(" ".join((opens, *text)), pages=1 + alone + pages + back)
    return replace(setting, fitting=fitting)


def _under_contents(
    pieces: tuple[Piece, ...], contents: float, line: float
) -> tuple[tuple[Piece, ...], int]:
    """The text after the contents, and how many pages these have to themselves: none, unless they
    and the rule below them are more than one page holds. `contents` is with that rule, in mm;
    `line` is a line in points.
    """
    if contents > ROOM_MM:
        ruled = (RULE_PT + line / 2) * PT_MM
        return pieces, ceil((contents - ruled) / ROOM_MM)
    first, *others = pieces
    under = replace(first, gap=line * PT_MM)
    return (Piece(".contents", "_contents", 0.0, (contents,)), under, *others), 0


def _measures(publication: Publication, setting: Setting) -> Measures:
    """How tall everything is. On black, the text is as tall as on white, and only the back is not:
    its imprint names the edition, and what that is for.
    """
    white = on_white(setting)
    text = _measured(publication.article, publication.project, white)
    if setting == white:
        return text
    back = _measured(without_text(publication.article), publication.project, setting)
    return replace(text, back=back.back, contact=back.contact)


@lru_cache(maxsize=4)
def _measured(article: Article, project: Project, setting: Setting) -> Measures:
    publication = Publication(article, project)
    endless = replace(setting, fitting=Fitting(ENDLESS))
    with nothing_thrown_away():
        html = write_html(publication, endless)
        return measure(render(publication, endless, html), ROOM_MM / 2)


def _parted(
    measures: Measures, setting: Setting, crisis: bool
) -> tuple[tuple[Piece, ...], int, str]:
    """What stands on the pages of text, how many pages the back has, and the rule that opens it.

    Where the back is too much for one page, and is not without the words of how to get in touch,
    these follow the article, whose last words they are.
    """
    gap = setting.scale.line * PT_MM
    rest = measures.back - measures.contact - gap
    if crisis and rest <= ROOM_MM < measures.back:
        contact = Piece(".back .contact", "contact", gap, (measures.contact,))
        rules = f".back .contact {{ margin-top: {gap:.3f}mm }} .back .crisis {{ {OPENS_PAGE} }}"
        return (*measures.pieces, contact), 1, f".back {{ margin-top: 0 }} {rules}"
    return measures.pieces, ceil(measures.back / ROOM_MM), f".back {{ {OPENS_PAGE} }}"


def _as_they_are(panels: Sequence[Panel]) -> tuple[Spread, ...]:
    return tuple(Spread(tuple(map(_gap, panel.pieces)), panel.height) for panel in panels)


def _gap(piece: Piece) -> float:
    return piece.gap
