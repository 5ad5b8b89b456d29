"""Measuring an article for its panels: in the least type, then in the largest there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import sqrt
from typing import Final

from leafcast.document.article import Article, without_text
from leafcast.document.errors import DoesNotFit
from leafcast.document.publication import Publication
from leafcast.print.folding.measure import Measures, measure
from leafcast.print.folding.pack import Piece, fits
from leafcast.print.folding.panels import BACK_MM, COVER_MM, LEAST, LOOSER, TOP_MM, Folded
from leafcast.print.folding.select import pieces_of
from leafcast.print.html import write_html
from leafcast.print.layout import render
from leafcast.print.scale import Scale
from leafcast.print.startup import nothing_thrown_away
from leafcast.print.typesetting import Fitting

LARGER_BY: Final = 0.9
"""What an estimate of heights may be too much by: gaps and headings grow less than the text."""
WITHOUT_PORTRAIT: Final = ".portrait { display: none } "
"""For a back that would be too full with it: how to get in touch and where help is come first."""
TITLE_EM: Final = 32 / 12
SMALLEST_TITLE: Final = 0.4
"""A title shrinks no more than this; a word that is longer still is broken."""


@dataclass(frozen=True, slots=True)
class Gauged:
    """An article measured at a size, with the rules that its long words ask for."""

    type: Scale
    measures: Measures
    rules: str = ""
    back: Scale = LEAST
    """The type of the back: the article's, or a smaller one where it is too full for that."""
    shortened: bool = True
    """Whether the back says that the leaflet is shorter than the article."""


def gauge(publication: Publication, folded: Folded, type_: Scale, shortened: bool = True) -> Gauged:
    """Measure the article in endless panels; once more where a long word asks for a rule."""
    measured = partial(_measure, publication, folded, type_, shortened)
    endless = (
        f"@page {{ size: {folded.column_mm + 20}mm 100000mm; margin: {TOP_MM}mm 10mm }} "
        f"@page cover {{ size: {folded.widths_mm[0]}mm 100000mm }} "
    )
    with nothing_thrown_away():
        first = measured(f"{endless} h1 {{ overflow-wrap: normal }}")
        rules = _word_rules(first)
        if type_ is LEAST and first.back > BACK_MM:
            rules += WITHOUT_PORTRAIT
        measures = measured(endless + rules) if rules else first
    return Gauged(type_, measures, rules, type_, shortened)


def _measure(
    publication: Publication, folded: Folded, type_: Scale, shortened: bool, rules: str
) -> Measures:
    setting = folded.setting(type_, Fitting(rules, shortened=shortened))
    document = render(publication, setting, write_html(publication, setting))
    return measure(document, folded.room.height / 2)


def _word_rules(measures: Measures) -> str:
    """A title whose words are too wide or too many for the cover is set smaller; what is too tall
    to stand whole may be broken.
    """
    rules = "".join(f"{opened} {{ break-inside: auto }}" for opened in measures.opened)
    scale = min(1.0, 0.98 / measures.title, sqrt(COVER_MM / measures.cover))
    if scale < 1:
        size = TITLE_EM * max(scale, SMALLEST_TITLE)
        rules += f".cover h1 {{ font-size: {size:.3f}em; max-width: none !important }}"
    return rules


def check_panels(article: Article, folded: Folded, measures: Measures) -> None:
    """Raise DoesNotFit where cover or back would lose words."""
    if measures.cover > COVER_MM:
        raise DoesNotFit(
            f"Title and subtitle are too long for the cover of a {folded.suffix} leaflet",
            "Shorten one of them at the top of the article",
            article.source,
        )
    if measures.back > BACK_MM:
        raise DoesNotFit(
            f"The back of a {folded.suffix} leaflet is {measures.back - BACK_MM:.0f} mm too short "
            "for contact, crisis lines and credentials",
            "Shorten the invitation or take out a line that readers can find on the website",
            "source/practice.toml",
        )


def loosen(publication: Publication, folded: Folded, least: Gauged) -> Gauged:
    """The text in the largest and loosest type there is room for."""
    pieces = pieces_of(publication.article, least.measures.pieces)
    for type_ in LOOSER:
        if fits(_in_type(pieces, type_), folded.room):  # else it need not be measured
            gauged = gauge(publication, folded, type_, least.shortened)
            if fits(gauged.measures.pieces, folded.room):
                return _with_back(publication, folded, gauged, least)
    return least


def _with_back(publication: Publication, folded: Folded, gauged: Gauged, least: Gauged) -> Gauged:
    """The back in the article's type where it holds that, else in the largest it does hold."""
    if gauged.measures.back <= BACK_MM:
        return gauged
    bare = replace(publication, article=without_text(publication.article))
    for type_ in LOOSER:
        if type_.body < gauged.type.body:
            alone = gauge(bare, folded, type_, least.shortened)
            if alone.measures.back <= BACK_MM:
                return _backed(gauged, alone)
    return _backed(gauged, least)


def _backed(gauged: Gauged, other: Gauged) -> Gauged:
    """The article as it was measured, and the back of another."""
    measures = replace(gauged.measures, back=other.measures.back)
    rules = gauged.rules + (WITHOUT_PORTRAIT if WITHOUT_PORTRAIT in other.rules else "")
    return replace(gauged, measures=measures, back=other.type, rules=rules)


def _in_type(pieces: Sequence[Piece], type_: Scale) -> tuple[Piece, ...]:
    """About how tall the pieces are in this type, by its area; a little less than they will be."""
    ratio = type_.body * type_.line / (LEAST.body * LEAST.line) * LARGER_BY
    return tuple(
        replace(piece, gap=piece.gap * ratio, lines=tuple(line * ratio for line in piece.lines))
        for piece in pieces
    )
