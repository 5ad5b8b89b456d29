"""What the table of readers rests on: words in order, outlines, and a kind word where peers lack."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import readers
from benchmarks.measures import Lines
from benchmarks.outlines import Point, in_order, of_article, of_pandoc, words_in
from benchmarks.readers import SUITES, Suite
from benchmarks.readers_word import in_contents
from leafcast.document.origin import Origin
from leafcast.readers import READERS


def by_trying(wanted: str, found: str) -> int:
    """The longest part of `wanted` that stands in `found`, by trying all."""

    def stands(part: tuple[str, ...]) -> bool:
        left = iter(found)
        return all(each in left for each in part)

    return max(n for n in range(len(wanted) + 1) if any(map(stands, combinations(wanted, n))))


@given(st.text("abc", max_size=7), st.text("abc", max_size=9))
def test_words_in_order_are_the_longest_common_ones(wanted: str, found: str) -> None:
    assert in_order(wanted, found) == by_trying(wanted, found)


def test_a_word_is_the_same_however_it_is_written() -> None:
    assert words_in("20 m², thera\u00adpy") == ["20", "m2", "therapy"]


MARKDOWN = """---
title: One
author: A
published: 2026-01-01
review: 2028-01-01
---

- a *pen*
  1. red

> Said.

| B | C |
|---|---|
| d | [e](https://a.org) |
"""


def test_an_article_and_pandocs_reading_of_it_have_one_outline() -> None:
    article = READERS[".md"](MARKDOWN, Origin("source/one.md", "one", Path("source"))).article
    assert article
    ours = of_article(article)

    def words(*said: str) -> list[object]:
        return [{"t": "Str", "c": each} for each in said]

    def cell(*inlines: object) -> list[object]:
        return [["", [], []], {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": list(inlines)}]]

    link = {"t": "Link", "c": [["", [], []], words("e"), ["https://a.org", ""]]}
    numbers = {"t": "OrderedList", "c": [[1, {}, {}], [[{"t": "Plain", "c": words("red")}]]]}
    pen = [*words("a"), {"t": "Space"}, {"t": "Emph", "c": words("pen")}]
    rows = [[["", [], []], [cell(*words("B")), cell(*words("C"))]]]
    body = [["", [], []], 0, [], [[["", [], []], [cell(*words("d")), cell(link)]]]]
    empty = ["", [], []]
    table = [empty, [None, []], [{}, {}], [empty, rows], [body], [empty, []]]
    theirs = of_pandoc(
        {
            "meta": {"title": {"t": "MetaInlines", "c": words("One")}},
            "blocks": [
                {"t": "BulletList", "c": [[{"t": "Plain", "c": pen}, numbers]]},
                {"t": "BlockQuote", "c": [{"t": "Para", "c": words("Said.")}]},
                {"t": "Table", "c": table},
            ],
        }
    )
    assert ours.points == theirs.points == [Point(("a", "pen"), False, 1), Point(("red",), True, 2)]
    assert (ours.tables, ours.links, ours.quotes) == (theirs.tables, theirs.links, theirs.quotes)
    assert (ours.headings, in_order(theirs.words, ours.words)) == (["one"], len(theirs.words))


def test_what_is_missing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    suite = Suite("Some", (("there",),), "benchmarks.readers_word:poi", ("no_such_peer",))
    monkeypatch.setattr(readers, "SUITES", (suite,))
    (first,) = readers.readers(tmp_path)
    (tmp_path / "there").mkdir()
    (second,) = readers.readers(tmp_path)
    assert isinstance(first, Lines) and "put there into" in first.lines[0]
    assert isinstance(second, Lines) and "no_such_peer" in second.lines[0]
    assert "leafcast[peers]" in second.lines[1] and len(SUITES) >= 2


def test_entries_of_contents_count_where_their_heading_is_read_with_their_page() -> None:
    contents = [
        "contents",
        "what",
        "is",
        "grief",
        "1",
        "where",
        "to",
        "turn",
        "iv",
        "a",
        "figure",
        "2",
    ]
    headings = [words_in("What is grief"), words_in("Where to turn"), words_in("Grief")]
    assert in_contents(contents, headings) == 8
    assert in_contents(contents, []) == 0
    assert in_contents(["grief", "grief", "3"], headings) == 3
