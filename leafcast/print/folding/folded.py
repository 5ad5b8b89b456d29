"""The folded leaflets: what of an article stands in their panels, and how it is set.

as marked ─measure→ does it fit? ─yes→ set as large as there is room for ─┐
                          ├─no, and the owner cuts it herself→ over       ├─balance, spread→ Setting
                          └─no→ a proposal, which is said ────────────────┘
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock
from typing import Final

from leafcast.document.article import Article, Section
from leafcast.document.errors import DoesNotFit
from leafcast.document.publication import Publication
from leafcast.practice.project import Project
from leafcast.print.folding.measure_at import check_panels, gauge, loosen
from leafcast.print.folding.pack import fits, spare_words
from leafcast.print.folding.panels import LEAST, Folded, set_panels
from leafcast.print.folding.select import (
    Over,
    as_marked,
    how_far_over,
    is_owners_cut,
    pieces_of,
    propose,
    within_reach,
)
from leafcast.print.typesetting import Fitting, Setting

_one_at_a_time = Lock()
DENSEST_MM2: Final = 45.0
"""A word takes no less than this at 12 point; those of a real article take 90."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What stands in a folded leaflet and how it is set; or, with `over`, why it cannot be.

    `left_out` are the sections that leafcast proposes to leave out; what the owner chose is not
    among them. `spare` is how many more words there would be room for, at the least size.
    """

    article: Article
    setting: Setting
    left_out: tuple[Section, ...] = ()
    over: Over | None = None
    spare: int = 0


def decide(publication: Publication, folded: Folded) -> Decision:
    """What of the article stands in `folded`, and how. Asked again, it is not worked out again.

    Raises DoesNotFit where cover or back have no room for their words; see also `layout.render`.
    """
    with _one_at_a_time:
        return _decide(publication.article, publication.project, folded)


@lru_cache(maxsize=16)
def _decide(article: Article, project: Project, folded: Folded) -> Decision:
    room = folded.room
    asked = as_marked(article)
    near = within_reach(asked, round(room.panels * room.height * folded.column_mm / DENSEST_MM2))
    gauged = gauge(Publication(near, project), folded, LEAST)
    check_panels(near, folded, gauged.measures)
    pieces = gauged.measures.pieces
    if asked == near and fits(pieces, room):
        kept = asked
    elif is_owners_cut(article) or (proposed := propose(near, pieces, room)) is None:
        over = how_far_over(asked, near, pieces, room)
        return Decision(asked, folded.setting(LEAST, Fitting()), over=over)
    else:
        kept = proposed
    spare = spare_words(pieces_of(kept, pieces), room)
    gauged = replace(gauged, shortened=kept != article)
    gauged = loosen(Publication(kept, project), folded, gauged)
    measures = gauged.measures
    fitting = set_panels(pieces_of(kept, measures.pieces), folded, gauged.type, measures)
    fitting = replace(fitting, rules=gauged.rules + fitting.rules, shortened=kept != article)
    setting = folded.setting(gauged.type, fitting, gauged.back)
    left_out = tuple(section for section in asked.sections if section not in kept.sections)
    return Decision(kept, setting, left_out, spare=spare)


def fitted(publication: Publication, folded: Folded) -> tuple[Publication, Setting]:
    """The publication with what of its article stands in `folded`, and how it is set.

    Raises DoesNotFit where the owner's own cut leaves too many words, and what `decide` does.
    """
    decision = decide(publication, folded)
    if decision.over:
        message, fix = over_words(decision.over, folded)
        raise DoesNotFit(message, fix, publication.article.source)
    return replace(publication, article=decision.article), decision.setting


def over_words(over: Over, folded: Folded) -> tuple[str, str]:
    """What is too much for the panels, and what would make it fit, in words for the owner."""
    words = f"{over.words} word{'s' if over.words != 1 else ''} too long"
    message = f"What you want in the {folded.suffix} leaflet is {words} at {LEAST.body:g} point"
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
