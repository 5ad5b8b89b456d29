"""Can the practice's colours be read?

Whatever they are, what is published can: the palette takes the nearest tone that holds (see
`design/palette.py`). The owner is told so once, for a tone that is not quite hers may surprise her.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from leafcast.design.colours import contrast
from leafcast.design.palette import Palette, look_of, palette_of
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place, Severity


def check_colours(publication: Publication, folder: Path) -> Iterator[Finding]:
    """A finding for each colour that falls short, with the nearest one, which is used meanwhile."""
    practice, article = publication.project.practice, publication.article
    look = look_of(practice, article)
    made = palette_of(look)
    own = bool(article.face.accent)
    for role, given, used in (
        ("accent", look.accent, made.text),
        ("second", look.second, made.second_text),
        ("ink", look.ink, made.ink),
        ("paper", look.paper, made.paper),
    ):
        if given and given.upper() != used.upper():
            place = article.source if own and role == "accent" else "source/practice.toml"
            yield _too_faint(role, (given, used), made, place)


def _too_faint(role: str, colours: tuple[str, str], made: Palette, place: str) -> Finding:
    given, used = colours
    ratio = contrast(given, made.ink if role == "paper" else made.paper)
    where = "under the text" if role == "paper" else "as text on paper"
    return Finding(
        "colour-too-faint",
        Severity.WARNING,
        f"The {role} colour {given} cannot be read {where} ({ratio:.1f}:1, and 7:1 is needed); "
        f"{used} is used for text instead",
        f'To choose it yourself, write {role} = "{used}"'
        if place.endswith(".toml")
        else f"To choose it yourself, write {role}: {used}",
        Place(place),
    )
