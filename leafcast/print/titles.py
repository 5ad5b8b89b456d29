"""Titles and headings whose lines are alike in length: no last line of one short word.

CSS has `text-wrap: balance`; WeasyPrint does not. A heading is given the least width in which it
takes no more lines than it does at full width, and so breaks as it would there, balanced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from leafcast.design.fonts import house_fonts, width_em
from leafcast.practice.project import Project
from leafcast.print.spacing import WORD_SPACE_EM

ROOM: Final = 1.012
"""Rounding may make a line wider than its letters; so much more than its words a heading gets."""
ROOM_FOR_FIGURES: Final = 1.03
"""The same, for figures that are all as wide as a nought."""
FIGURE: Final = re.compile(r"\d")
SPACE: Final = " "


@dataclass(frozen=True, slots=True)
class Balanced:
    """How a heading is set: in so many lines, no wider than so many em; 0 where it is one line."""

    lines: int
    width_em: float


def balanced(
    words: str,
    measure_em: float,
    project: Project,
    family: str,
    letter_space_em: float = 0.0,
    *,
    bold: bool = True,
) -> Balanced:
    """The lines of a heading set in a family, `measure_em` wide at most."""
    fonts = tuple(
        font for font in house_fonts(project) if font.family == family and not font.italic
    )
    heavy = tuple(font for font in fonts if (font.weight >= 500) == bold) or fonts
    widths = tuple(width_em(word, heavy) + len(word) * letter_space_em for word in words.split())
    space = width_em(SPACE, heavy) + letter_space_em + (WORD_SPACE_EM if letter_space_em else 0)
    return _balanced(widths, space, measure_em)


@lru_cache(maxsize=512)
def _balanced(widths: tuple[float, ...], space: float, measure: float) -> Balanced:
    count = _count(widths, space, measure)
    if count == 1:
        return Balanced(1, 0.0)
    low, high = max(widths, default=0.0), measure
    if low >= high:
        return Balanced(count, 0.0)
    for _ in range(12):
        middle = (low + high) / 2
        if _count(widths, space, middle) > count:
            low = middle
        else:
            high = middle
    return Balanced(count, round(min(measure, high * ROOM), 2))


def _count(widths: tuple[float, ...], space: float, measure: float) -> int:
    """How many lines words take, set one after the other."""
    lines, used = 1, 0.0
    for width in widths:
        if used and used + space + width > measure:
            lines, used = lines + 1, 0.0
        used += width + (space if used else 0.0)
    return lines


def widest_em(labels: Iterable[str], project: Project, letter_space_em: float = 0.0) -> float:
    """How wide the widest of labels in bold is, each of its figures as wide as a nought."""
    fonts = tuple(
        font for font in house_fonts(project) if font.family == project.practice.look.font
    )
    bold = tuple(font for font in fonts if font.weight >= 700 and not font.italic) or fonts
    space = WORD_SPACE_EM if letter_space_em else 0.0
    widths = (
        width_em(each, bold) + len(each) * letter_space_em + each.count(SPACE) * space
        for each in (FIGURE.sub("0", label) for label in labels)
    )
    return ROOM_FOR_FIGURES * max(widths, default=0.0)


TITLE_PT: Final = ((45, 1.0), (90, 0.84), (150, 0.66), (300, 0.5))
"""Up to so many letters a title has this share of the cover's size."""


def title_share(title: str) -> float:
    """How large a title is, of the cover's size: longer ones are smaller."""
    return next((share for most, share in TITLE_PT if len(title) <= most), 0.38)
