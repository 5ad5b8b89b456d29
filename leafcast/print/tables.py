"""Which tables are too wide for a leaflet's column.

A column of a table can be no narrower than its longest word, since words are not broken (UKAAF).
Where all of them together are wider than the page's column, or columns of sentences would have
lines of a word or two, the rows are set one below the other, each cell after the name of its
column: nothing runs over the edge, and large print can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from leafcast.design.fonts import Font, house_fonts, width_em
from leafcast.document.article import Article, Block, Cell, ListBlock, Quote, Table, walk_sections
from leafcast.practice.project import Project
from leafcast.print.typesetting import Setting

CELL_PADDING_EM: Final = 0.7
INDENT_EM: Final = 1.15
"""What base.css leaves between columns, and by how much lists and quotes are indented."""

NARROWEST_EM: Final = 7.5
"""A column of three or more has this at the least, some sixteen letters, where it has sentences."""
MEAN_LETTER_EM: Final = 0.475
"""How wide the mean letter of running text is in the house font."""
SENTENCE: Final = 30
"""A cell of so many letters is a sentence, or is read like one."""

UNBROKEN: Final = re.compile(r"[^\s-]+-?|-+")
"""A piece of text that stays on one line: a word, or the part of one up to a hyphen."""


def wide_tables(article: Article, project: Project, setting: Setting) -> frozenset[str]:
    """The ids of the tables that cannot stand side by side in this setting."""
    tables = tuple(article_tables(article))
    if not tables:
        return frozenset()
    family = project.practice.look.font
    fonts = tuple(font for font in house_fonts(project) if font.family == family)
    measure_em = setting.measure_mm / 25.4 * 72 / setting.body_pt
    return frozenset(
        table.id
        for table, depth in tables
        if _is_wide(table, measure_em - depth * INDENT_EM, fonts, setting)
    )


def _is_wide(table: Table, measure_em: float, fonts: tuple[Font, ...], setting: Setting) -> bool:
    if _least_em(table, fonts, setting) > measure_em:
        return True
    count = len(table.head)
    sentences = any(len(cell.text) >= SENTENCE for row in table.rows for cell in row)
    # letters that stand apart are read as if there were less room for them
    room_em = measure_em / (1 + setting.letter_space_em / MEAN_LETTER_EM)
    return count > 2 and sentences and room_em / count < NARROWEST_EM


def article_tables(article: Article) -> Iterator[tuple[Table, int]]:
    """Every table, and in how many lists or quotes it stands."""
    yield from _tables(article.introduction, 0)
    for section in walk_sections(article.sections):
        yield from _tables(section.blocks, 0)
    yield from _tables(article.call_to_action, 0)
    for note in article.notes:
        yield from _tables(note.blocks, 0)


def _tables(blocks: tuple[Block, ...], depth: int) -> Iterator[tuple[Table, int]]:
    for block in blocks:
        match block:
            case Table():
                yield block, depth
            case ListBlock(entries=entries):
                for entry in entries:
                    yield from _tables(entry.blocks, depth + 1)
            case Quote(blocks=inner):
                yield from _tables(inner, depth + 1)


def _least_em(table: Table, fonts: tuple[Font, ...], setting: Setting) -> float:
    """How wide a table is at the least: its columns' longest words, and the space after each."""
    columns = zip(table.head, *table.rows, strict=True)
    return sum(
        max(0.0 if cell.part_of else _longest_em(cell, fonts, setting) for cell in column)
        + CELL_PADDING_EM
        for column in columns
    )


def _longest_em(cell: Cell, fonts: tuple[Font, ...], setting: Setting) -> float:
    words = UNBROKEN.findall(cell.text)
    longest = max(
        (width_em(word, fonts) + len(word) * setting.letter_space_em for word in words),
        default=0.0,
    )
    return longest / cell.columns  # of a merged cell, what falls to each of its columns
