"""The folded leaflets: what stands in their panels, and the rules that put it there.

as marked ─measure→ does it fit? ─yes→ set as large as there is room for ─┐
                          ├─no, and the owner cuts it herself→ over       ├─balance, spread→ Setting
                          └─no→ a proposal, which is said ────────────────┘
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from typing import Final

from leafcast.errors import DoesNotFit
from leafcast.leaflet.cut import (
    Over,
    as_marked,
    how_far_over,
    is_owners_cut,
    pieces_of,
    propose,
    within_reach,
)
from leafcast.leaflet.fit import Panel, Piece, Room, balance, fill, fits, spread
from leafcast.leaflet.html import write_html
from leafcast.leaflet.layout import lay_out, render
from leafcast.leaflet.measure import Measures, measure
from leafcast.leaflet.settings import Fitting, Setting
from leafcast.model import Article, Section
from leafcast.project import Project
from leafcast.publish.model import Publication

HEIGHT_MM: Final = 210.0
TOP_MM: Final = 11.0
FOOT_MM: Final = 13.0
ROUNDING_MM: Final = 0.4
"""Less than a line, and more than what a panel's heights lose by rounding."""

COVER_MM: Final = 158.0
BACK_TOP_MM: Final = 8.0
BACK_MM: Final = 196.0 - ROUNDING_MM
"""The heights of a panel, of its margins, and of what a cover and a back can hold."""


@dataclass(frozen=True, slots=True)
class Type:
    """The size of the text in points, and from line to line in sizes."""

    body_pt: int
    leading: float

    @property
    def area(self) -> float:
        """What a text takes, in proportion: larger, it has fewer words a line and taller lines."""
        return self.body_pt**2 * self.leading


LEAST: Final = Type(12, 1.25)
LOOSER: Final = (*(Type(size, 1.32) for size in (16, 15, 14, 13, 12)), Type(12, 1.28))
"""Clear print begins at 12 point (UKAAF, RNIB); a text that leaves room is set larger."""

PT_MM: Final = 25.4 / 72
WIDEST_EM: Final = 0.6
"""As much as this may a gap grow before the text looks stretched."""

FULL_ENOUGH: Final = 0.62
"""Panels are filled as much as this before another one is."""

DENSEST_MM2: Final = 45.0
"""A word takes no less than this at 12 point; those of a real article take 90."""

SMALLEST_TITLE: Final = 0.5
"""A title shrinks no more than this; a word that is longer still is broken."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded leaflet: its name, the width of each panel in reading order, and of the text.

    The first panel is the cover, the last the back. The text is as wide in every panel, so that
    it breaks into the same lines wherever it stands.
    """

    name: str
    suffix: str
    widths_mm: tuple[float, ...]
    column_mm: float

    @property
    def room(self) -> Room:
        """What there is for the text."""
        return Room(len(self.widths_mm) - 2, HEIGHT_MM - TOP_MM - FOOT_MM - ROUNDING_MM)

    def setting(self, type_: Type, fitting: Fitting) -> Setting:
        """How it is set with the article in this type, cover and back in the least."""
        name = f"{self.name}, {type_.body_pt} point"
        rules = f"article {{ font-size: {type_.body_pt}pt; line-height: {type_.leading} }} "
        fitting = replace(fitting, rules=rules + fitting.rules)
        return Setting(name, self.suffix, "panels", LEAST.body_pt, fitting=fitting)


TRIFOLD: Final = Folded("Trifold leaflet", "trifold", (100, 100, 100, 97, 97, 100), 83)
"""A4 in a roll fold: panels 4 and 5 are the two faces of the flap, which is 3 mm narrower."""

Z_FOLD: Final = Folded("Z-fold leaflet", "z-fold", (99,) * 6, 83)
FOUR_PAGE: Final = Folded("Four-page leaflet", "four-page", (148,) * 4, 118)
"""A4 folded once."""

FOLDED: Final = (TRIFOLD, Z_FOLD, FOUR_PAGE)


@dataclass(frozen=True, slots=True)
class Decision:
    """What stands in a folded leaflet and how it is set; or, with `over`, why it cannot be.

    `left_out` are the sections that leafcast proposes to leave out; what the owner chose is not
    among them. `wide_tables` are the ids of tables too wide for the column.
    """

    article: Article
    setting: Setting
    left_out: tuple[Section, ...] = ()
    wide_tables: tuple[str, ...] = ()
    over: Over | None = None


def decide(publication: Publication, folded: Folded) -> Decision:
    """What of the article stands in `folded`, and how. Asked again, it is not worked out again.

    Raises DoesNotFit where cover or back have no room for their words; see also `layout.render`.
    """
    return _decide(publication.article, publication.project, folded)


@lru_cache(maxsize=16)
def _decide(article: Article, project: Project, folded: Folded) -> Decision:
    room = folded.room
    asked = as_marked(article)
    near = within_reach(asked, round(room.panels * room.height * folded.column_mm / DENSEST_MM2))
    gauged = _gauge(Publication(near, project), folded, LEAST)
    pieces = gauged.measures.pieces
    if asked == near and fits(pieces, room):
        kept = asked
    elif is_owners_cut(article) or (proposed := propose(near, pieces, room)) is None:
        over = how_far_over(asked, near, pieces, room)
        return Decision(asked, folded.setting(LEAST, Fitting()), over=over)
    else:
        kept = proposed
    gauged = _loosen(Publication(kept, project), folded, gauged)
    setting = _set(pieces_of(kept, gauged.measures.pieces), folded, gauged, kept != article)
    left_out = tuple(section for section in asked.sections if section not in kept.sections)
    wide = gauged.measures.wide_tables
    return Decision(kept, setting, left_out, wide)


# ---------------------------------------------------------------- measuring


@dataclass(frozen=True, slots=True)
class _Gauged:
    """An article measured at a size, with the rules that its long words ask for."""

    type: Type
    measures: Measures
    rules: str = ""


def _gauge(publication: Publication, folded: Folded, type_: Type) -> _Gauged:
    """Measure the article in endless panels; once more where a long word asks for a rule."""
    endless = (
        f"@page {{ size: {folded.column_mm + 20}mm 100000mm; margin: {TOP_MM}mm 10mm }} "
        f"@page cover {{ size: {folded.widths_mm[0]}mm 100000mm }} "
    )
    first = _measure(publication, folded, type_, f"{endless} h1 {{ overflow-wrap: normal }}")
    rules = _word_rules(first)
    measures = _measure(publication, folded, type_, endless + rules) if rules else first
    _check_panels(publication, folded, measures)
    return _Gauged(type_, replace(measures, wide_tables=first.wide_tables), rules)


def _measure(publication: Publication, folded: Folded, type_: Type, rules: str) -> Measures:
    setting = folded.setting(type_, Fitting(rules, shortened=True))
    document = render(publication, setting, write_html(publication, setting))
    return measure(document, folded.room.height / 2)


def _word_rules(measures: Measures) -> str:
    """A title whose words are too wide or too many for the cover is set smaller; a table that is
    too wide breaks its words; what is too tall to stand whole may be broken.
    """
    rules = "".join(
        f"#{table} :is(td, th) {{ overflow-wrap: anywhere; padding-right: 0.3em }}"
        for table in measures.wide_tables
    )
    rules += "".join(f"{opened} {{ break-inside: auto }}" for opened in measures.opened)
    scale = min(1.0, 0.98 / measures.title, sqrt(COVER_MM / measures.cover))
    if scale < 1:
        rules += f".cover h1 {{ font-size: {2.2 * max(scale, SMALLEST_TITLE):.3f}em }}"
    return rules


def _check_panels(publication: Publication, folded: Folded, measures: Measures) -> None:
    """Raise DoesNotFit where cover or back would lose words."""
    if measures.cover > COVER_MM:
        raise DoesNotFit(
            f"Title and subtitle are too long for the cover of a {folded.suffix} leaflet",
            "Shorten one of them at the top of the article",
            publication.article.source,
        )
    if measures.back > BACK_MM:
        raise DoesNotFit(
            f"The back of a {folded.suffix} leaflet is {measures.back - BACK_MM:.0f} mm too short "
            "for contact, crisis lines and credentials",
            "Shorten the invitation or take out a line that readers can find on the website",
            "source/practice.toml",
        )


def _loosen(publication: Publication, folded: Folded, least: _Gauged) -> _Gauged:
    """The text in the largest and loosest type there is room for, no table broken that was not."""
    pieces = pieces_of(publication.article, least.measures.pieces)
    height, room = sum(piece.gap + piece.height for piece in pieces), folded.room
    for type_ in LOOSER:
        if height * type_.area / LEAST.area < room.panels * room.height:
            gauged = _gauge(publication, folded, type_)
            breaks = gauged.measures.wide_tables and type_.body_pt > LEAST.body_pt
            if fits(gauged.measures.pieces, room) and not breaks:
                return gauged
    return least


# ---------------------------------------------------------------- setting


def _set(pieces: Sequence[Piece], folded: Folded, gauged: _Gauged, shortened: bool) -> Setting:
    """How the pieces are set in their panels."""
    panels = _panels(pieces, folded.room)
    rules = gauged.rules + _back_rules(gauged.measures)
    rules += " ".join(_rules(panels, folded, gauged.type.body_pt * PT_MM))
    spare = folded.room.panels - len(panels)
    return folded.setting(gauged.type, Fitting(rules, spare, shortened))


def _back_rules(measures: Measures) -> str:
    """What room the back has to spare: first it begins where the text does, then it is loosened."""
    spare = BACK_MM - measures.back
    down = min(spare, TOP_MM - BACK_TOP_MM)
    looser = min((spare - down) / 6, 2.5)
    return f".back {{ padding-top: {down:.2f}mm; --spare: {3 + looser:.2f}mm }} "


def _panels(pieces: Sequence[Piece], room: Room) -> tuple[Panel, ...]:
    """The pieces balanced over as many panels as they fill well."""
    least, _ = fill(pieces, room)
    height = sum(piece.gap + piece.height for piece in pieces)
    most = min(room.panels, int(height / (FULL_ENOUGH * room.height)))
    for count in range(max(least, most), room.panels + 1):
        if panels := balance(pieces, replace(room, panels=count)):
            return panels
    return ()


def _rules(panels: Sequence[Panel], folded: Folded, em_mm: float) -> Iterator[str]:
    """The rules that end each panel where it was decided, and spread what room it has left."""
    spreads = [spread(panel, folded.room.height, WIDEST_EM * em_mm) for panel in panels]
    feet = [FOOT_MM] * len(folded.widths_mm)
    for number, ((_, spaced), (after, _)) in enumerate(
        pairwise(zip(panels, spreads, strict=True)), 1
    ):
        if after.begins_within:
            # the panel is as short as its text, so that it ends within this paragraph
            feet[number] = HEIGHT_MM - TOP_MM - spaced.height - ROUNDING_MM
        else:
            yield f"{after.pieces[0].selector} {{ break-before: page }}"
    for number, (width, foot) in enumerate(zip(folded.widths_mm, feet, strict=True), 1):
        side = (width - folded.column_mm) / 2
        yield (
            f"@page :nth({number}) {{ size: {width:g}mm {HEIGHT_MM:g}mm; "
            f"margin: {TOP_MM:g}mm {side:g}mm {foot:.2f}mm }}"
        )
    for panel, spaced in zip(panels, spreads, strict=True):
        for piece, gap in zip(panel.pieces, spaced.gaps, strict=True):
            yield f"{piece.selector} {{ margin-top: {gap:.3f}mm }}"


# ---------------------------------------------------------------- the leaflet itself


def lay_out_panels(publication: Publication, folded: Folded) -> bytes:
    """The folded leaflet as a PDF, a page a panel in reading order.

    Raises DoesNotFit where the owner's own cut leaves too many words, and what `decide` does.
    """
    decision = decide(publication, folded)
    if decision.over:
        message, fix = over_words(decision.over, folded)
        raise DoesNotFit(message, fix, publication.article.source)
    return lay_out(replace(publication, article=decision.article), decision.setting)


def over_words(over: Over, folded: Folded) -> tuple[str, str]:
    """What is too much for the panels, and what would make it fit, in words for the owner."""
    words = f"{over.words} word{'s' if over.words != 1 else ''} too long"
    message = f"What you want in the {folded.suffix} leaflet is {words} at {LEAST.body_pt} point"
    if not over.enough:
        return message, 'Give it shorter words: write leaflet: "shorter words" above the first ones'
    return (
        message,
        f"It fits without {in_a_row(over.enough)}: write leaflet: drop under the heading",
    )


def in_a_row(sections: Sequence[Section], most: int = 8) -> str:
    """The sections' headings in a row; of many, the first ones and how many follow."""
    names = [f"“{section.heading.text}”" for section in sections[:most]]
    if len(sections) > most:
        names.append(f"{len(sections) - most} more")
    return " and ".join((", ".join(names[:-1]), names[-1]) if names[1:] else names)
