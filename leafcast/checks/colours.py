"""Can the practice's colours be read, in every theme its leaflets are set in?

Contrast is WCAG 2.2's ratio of relative luminances: 4.5:1 for text (success criterion 1.4.3), and
7:1 (1.4.6) for the ink that everything is read in and for all text of the editions for low vision.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from leafcast.colours import contrast, nearest
from leafcast.leaflet.themes import THEMES, Pair
from leafcast.publish.model import Publication
from leafcast.report import Finding, Place, Severity


def check_colours(publication: Publication, folder: Path) -> Iterator[Finding]:
    """A finding for each colour that falls short, with the nearest one that holds."""
    look = publication.project.practice.look
    pairs = [pair for theme in THEMES.values() for pair in theme(look).pairs]
    for role, colour in dict.fromkeys((pair.role, pair.colour) for pair in pairs):
        together = [pair for pair in pairs if (pair.role, pair.colour) == (role, colour)]
        if any(contrast(colour, pair.ground) < pair.least for pair in together):
            yield _too_faint(role, colour, together)


def _too_faint(role: str, colour: str, pairs: list[Pair]) -> Finding:
    grounds = tuple(pair.ground for pair in pairs)
    least = max(pair.least for pair in pairs)
    ratio = min(contrast(colour, ground) for ground in grounds)
    return Finding(
        "colour-too-faint",
        Severity.WARNING,
        f"The {role} colour {colour} has a contrast of {ratio:.1f}:1, short of {least}:1",
        f'The nearest that can be read: {role} = "{nearest(colour, grounds, least)}"',
        Place("source/practice.toml"),
    )
