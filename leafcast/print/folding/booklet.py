"""The booklet: on the fewest sheets, set as openly as these allow, its facing pages ended alike.

measured ─→ sheets it needs ─→ the openest type for these ─→ balanced over its pages ─→ Setting

Measuring is laying out all of it, so that it is done in one type where that decides.
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
from leafcast.print import scale
from leafcast.print.folding.measure import Measures, measure
from leafcast.print.folding.pack import (
    Panel,
    Piece,
    Room,
    balance,
    fill,
    fits,
)
from leafcast.print.folding.pages import ROUNDING_MM, Pages, page_rules
from leafcast.print.folding.questions import ended_alike
from leafcast.print.html import write_html
from leafcast.print.layout import render
from leafcast.print.scale import Scale
from leafcast.print.startup import nothing_thrown_away
from leafcast.print.typesetting import BOOKLET, Fitting, Setting

HEIGHT_MM: Final = 210.0
TOP_MM: Final = 16.0
FOOT_MM: Final = 9.0
"""As templates/leaflet/booklet.css has them."""
BACK_MM: Final = 190.0 - ROUNDING_MM
CLOSER: Final = ".back p + p { margin-top: 0 } "
"""What a back can hold, and what brings one that is too full nearer together."""
BACK: Final = f".back {{ {BOOKLET.scale.properties} }}"
"""The back is as full as it is, however open the text."""
TYPES: Final = (*scale.OPENER_A5, BOOKLET.scale)
"""The openest first."""
SPARE: Final = 0.97
"""What an estimate of heights may be too much by."""
SAME_BREAKS: Final = 0.995
"""The same, where only the space between lines is another."""
COVER_PAGES: Final = 1
A_SHEET: Final = 4
MOST_SHEETS: Final = 12
"""A longer booklet flows from page to page as it comes; nobody staples that many sheets."""
FULL_ENOUGH: Final = 0.62
"""Pages are filled as much as this before another one is."""

_one_at_a_time = Lock()


def booklet_setting(publication: Publication) -> Setting:
    """How the article is set as a booklet. Asked again, it is not worked out again.

    Raises what `layout.render` does.
    """
    with _one_at_a_time:
        return _decide(publication.article, publication.project)


@lru_cache(maxsize=16)
def _decide(article: Article, project: Project) -> Setting:
    publication = Publication(article, project)
    first = _measured(publication, replace(BOOKLET, scale=TYPES[0]))
    close = CLOSER if first.back > BACK_MM else ""
    back_mm = _back_mm(publication, close) if close else first.back
    outer = COVER_PAGES + ceil(back_mm / BACK_MM)
    type_, pieces, sheets = _openest(publication, first, outer)
    if not sheets:
        return BOOKLET
    setting = replace(BOOKLET, scale=type_)
    room = _room(sheets * A_SHEET - outer)
    panels = _balanced(pieces, room)
    if not panels:
        return setting
    panels, spreads, ruled = ended_alike(pieces, panels, room, setting.scale)
    pages = Pages(COVER_PAGES + 1, HEIGHT_MM, TOP_MM)
    rules = " ".join((BACK, close, ruled, *page_rules(panels, spreads, pages)))
    fitting = Fitting(rules, pages=sheets * A_SHEET, questions=bool(ruled))
    return replace(setting, blanks=room.panels - len(panels), fitting=fitting)


def _openest(
    publication: Publication, first: Measures, outer: int
) -> tuple[Scale, tuple[Piece, ...], int]:
    """The openest type in which the article needs no more sheets than in the least; its pieces in
    that type, and these sheets. `first` are its measures in the openest of all.

    The least is measured only where the openest leaves a doubt, and one between them only where it
    may do with as few sheets as the least.
    """
    openest, *between, least = TYPES
    sheets = _sheets(first.pieces, outer)
    if sheets and _sheets(_at_least(first.pieces, openest, least), outer) >= sheets:
        return openest, first.pieces, sheets
    pieces = _measured(publication, replace(BOOKLET, scale=least)).pieces
    fewest = _sheets(pieces, outer)
    if sheets == fewest:
        return openest, first.pieces, sheets
    for type_ in between:
        if 0 < _sheets(_at_least(first.pieces, openest, type_), outer) <= fewest:
            looser = _measured(publication, replace(BOOKLET, scale=type_)).pieces
            if _sheets(looser, outer) == fewest:
                return type_, looser, fewest
    return least, pieces, fewest


def _back_mm(publication: Publication, rules: str) -> float:
    """How tall the back is with these rules; it has nothing of the article's text."""
    bare = replace(publication, article=without_text(publication.article))
    return _measured(bare, BOOKLET, rules).back


def _measured(publication: Publication, setting: Setting, rules: str = "") -> Measures:
    endless = f"@page {{ size: 148mm 100000mm; margin: {TOP_MM}mm 13mm {FOOT_MM}mm }} "
    setting = replace(setting, fitting=Fitting(f"{endless} {BACK} {rules}"))
    with nothing_thrown_away():
        html = write_html(publication, setting)
        return measure(render(publication, setting, html), _room(1).height / 2)


def _room(pages: int) -> Room:
    """So many pages for the text: each second of them lies beside the one before."""
    height_mm = HEIGHT_MM - TOP_MM - FOOT_MM - ROUNDING_MM
    return Room(pages, height_mm, frozenset(range(1, pages, 2)))


def _sheets(pieces: Sequence[Piece], outer: int) -> int:
    """The fewest sheets that hold the pieces beside so many outer pages; 0 where none do, or too
    many would be needed.
    """
    counts = range(1, MOST_SHEETS + 1)
    return next((n for n in counts if fits(pieces, _room(n * A_SHEET - outer))), 0)


def _at_least(pieces: Sequence[Piece], type_: Scale, closer: Scale) -> tuple[Piece, ...]:
    """Pieces in a type, no taller than they are in a closer one: nothing is brought nearer together
    than what is most, and now and then a heading or a lead of smaller letters has a line less."""
    lines = (
        (closer.line, type_.line),
        (closer.head_line, type_.head_line),
        (closer.lead_line, type_.lead_line),
    )
    broken_alike = (closer.body, closer.head, closer.lead) == (type_.body, type_.head, type_.lead)
    ratio = (SAME_BREAKS if broken_alike else SPARE) * min(near / far for near, far in lines)
    return tuple(
        replace(piece, gap=piece.gap * ratio, lines=tuple(line * ratio for line in piece.lines))
        for piece in pieces
    )


def _balanced(pieces: Sequence[Piece], room: Room) -> tuple[Panel, ...]:
    """The pieces over as many pages as they fill well; those left are for the reader's notes."""
    least, _ = fill(pieces, room)
    height = sum(piece.gap + piece.height for piece in pieces)
    wanted = int(height / (FULL_ENOUGH * room.height))
    for count in range(max(1, least, min(room.panels, wanted)), room.panels + 1):
        if panels := balance(pieces, replace(room, panels=count)):
            return panels
    return ()
