"""The foot of a cover: who wrote it and whose it is, in lines that are alike in length.

A long name takes more lines than the foot has room for. It grows, and what is drawn above it moves
up by as much, so that nothing of it is cut off.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from leafcast.document.publication import Publication
from leafcast.practice.project import Project
from leafcast.print.scale import PT_MM
from leafcast.print.titles import balanced
from leafcast.print.typesetting import Setting

AUTHOR: Final = 1.08
"""The author's size, of the other lines'."""
LINE: Final = 1.32
PADDING_MM: Final = 7.0
"""Above and below the words, and a little for what rounding adds."""
BESIDE_LOGO_MM: Final = 4.0


@dataclass(frozen=True, slots=True)
class FootLine:
    """Words in the foot: `width_em` is how wide they are set, 0 where they take one line."""

    words: str
    is_author: bool
    width_em: float = 0.0


@dataclass(frozen=True, slots=True)
class CoverFoot:
    """The foot's words, and by how much more than its usual height it needs for them, in mm."""

    lines: tuple[FootLine, ...]
    more_mm: float


def cover_foot(publication: Publication, setting: Setting) -> CoverFoot:
    """The foot of an article's cover."""
    foot, look = setting.foot, publication.project.practice.look
    width_mm = foot.width_mm - (foot.logo_mm + BESIDE_LOGO_MM if look.logo else 0.0)
    measure_em = width_mm / (setting.body_pt * PT_MM)
    words = _words(publication)
    lines, high = _stacked(publication.project, setting, words, measure_em)
    taken_mm = high * LINE * setting.body_pt * PT_MM + PADDING_MM
    return CoverFoot(lines, max(0, ceil(taken_mm - foot.height_mm)))


def _words(publication: Publication) -> tuple[FootLine, ...]:
    practice, author = publication.project.practice, publication.article.author
    lines = [FootLine(author, is_author=True)]
    if practice.name not in author:
        lines.append(FootLine(practice.name, is_author=False))
    if practice.description and practice.description.lower() not in author.lower():
        lines.append(FootLine(practice.description, is_author=False))
    return tuple(lines)


def _stacked(
    project: Project, setting: Setting, words: tuple[FootLine, ...], measure_em: float
) -> tuple[tuple[FootLine, ...], float]:
    """The words one below the other, balanced, and how many lines of the text they take."""
    lines, high = [], 0.0
    for line in words:
        size = AUTHOR if line.is_author else 1.0
        found = balanced(
            line.words,
            measure_em / size,
            project,
            project.practice.look.font,
            setting.letter_space_em,
            bold=line.is_author,
        )
        lines.append(replace(line, width_em=found.width_em))
        high += found.lines * size
    return tuple(lines), high
