"""The measures that pages are held to in tests/integration: each finds what it is for, and no more."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pikepdf
import pytest

from leafcast.checks.pdf.document import read_document
from leafcast.document.publication import Publication
from leafcast.practice.project import load_project
from leafcast.print.layout import lay_out
from leafcast.print.typesetting import A4
from leafcast.readers import read_article
from tests.conftest import CASES, write_practice
from tests.setting import (
    Block,
    Row,
    blocks_of,
    nearly_empty,
    off_the_grid,
    torn_units,
    uneven_feet,
    widows,
)


def block(*texts: str, page: int = 0, foot: float = 100.0, step: float = 15.0) -> Block:
    rows = [
        Row(page, text, 20.0, 20.0 + 6 * len(text), foot + at * step, 12.0)
        for at, text in enumerate(texts)
    ]
    return Block("P", "b1", tuple(rows))


def test_a_last_line_of_one_word_is_a_widow() -> None:
    told = list(widows([block("What a First Session Is", "Like")]))
    assert told == ["What a First Session Is | Like"]


@pytest.mark.parametrize(
    "lines", [("Sessions",), ("What Is", "a Session?"), ("What Is the", "Relationship?")]
)
def test_what_could_not_be_otherwise_is_no_widow(lines: tuple[str, ...]) -> None:
    assert list(widows([block(*lines)])) == []


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("It lasts 50", "minutes."),
        ("Call NHS", "111 and choose option 2"),
        ("Call free on 116", "123"),
        ("Published 24", "November 2026."),
        ("as J. W.", "Worden has it"),
        ("in Newcastle NE1", "4AB"),
    ],
)
def test_a_unit_on_the_next_line_is_torn(line: str, following: str) -> None:
    assert list(torn_units([block(line, following)])) == [f"{line} | {following}"]


def test_one_that_stands_within_a_line_is_whole() -> None:
    assert list(torn_units([block("It lasts 50 minutes.", "Call NHS 111", "and go")])) == []


def test_feet_are_uneven_from_more_than_a_line_on() -> None:
    pages = [block("One", "Two", page=1), block("One", page=2), block(*"abcd", page=3)]
    assert uneven_feet(pages, [(1, 2)], 15.0) == []
    assert uneven_feet(pages, [(1, 2), (2, 3)], 15.0) == ["pages 3 and 4: 3.0 lines"]


def test_what_stands_between_lines_is_off_the_grid() -> None:
    on = [block("a", "b"), block("c", foot=137.5)]
    assert off_the_grid(on, 12.0, 7.5) == []
    assert off_the_grid([*on, block("d", foot=150.0)], 12.0, 7.5) == ["page 1, 6.67: d"]
    assert off_the_grid([*on, block("d", foot=150.0)], 14.0, 7.5) == []
    cell = Block("TD", "c1", block("cell", foot=145.0).rows)
    assert off_the_grid([*on, cell], 12.0, 7.5) == [], "a cell stands as its row does"
    assert off_the_grid([*on, cell, block("d", foot=150.0)], 12.0, 7.5) == ["page 1, 6.67: d"]


def test_a_page_with_few_words_is_nearly_empty() -> None:
    pages = [block("a", page=1), block("a", page=2, foot=500.0)]
    assert nearly_empty(pages, 595.0, (1, 2, 3)) == ["page 2", "page 4"]


@pytest.mark.parametrize("name", ["loss.md", "torture.md"])
def test_tables_and_pictures_leave_what_follows_on_the_grid(name: str, tmp_path: Path) -> None:
    folder = write_practice(tmp_path / "practice")
    for each in (name, "armchairs.png"):
        shutil.copy(CASES / each, folder / "source")
    article = read_article(folder / "source" / name, folder / "source").article
    assert article
    printed = lay_out(Publication(article, load_project(folder)), A4)
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        heights = [float(page.mediabox[3]) for page in pdf.pages]
        blocks = [block for block in blocks_of(read_document(pdf), heights) if block.article]
    assert off_the_grid(blocks, A4.body_pt, A4.scale.half / 2) == []
