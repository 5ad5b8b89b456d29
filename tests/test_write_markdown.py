"""Markdown that is written reads back as the same article: words, marks, ids and all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leafcast.document.article import Article
from leafcast.document.origin import Origin
from leafcast.readers import READERS, read_article
from leafcast.readers.drafts import (
    BREAK,
    BlockDraft,
    Draft,
    EntryDraft,
    HeadingDraft,
    ListDraft,
    NoteDraft,
    ParagraphDraft,
    QuoteDraft,
    Run,
    TableDraft,
    words_of,
)
from leafcast.readers.finish import finish
from leafcast.readers.guesses import Manner
from leafcast.readers.settle import settle
from leafcast.readers.write_markdown import write_markdown
from leafcast.state.canonical import plain
from tests.conftest import ARTICLE, ROOT

ORIGIN = Origin("source/quiet-hour.md", "quiet-hour", Path("source"))
FACTS = {
    "title": 'A "Quiet" Hour: \\ and more',
    "author": "Jo Example",
    "published": "2026-03-01",
    "review": "2028-03-01",
    "summary": "What it is: an hour.",
}


def finished(*blocks: BlockDraft, notes: tuple[NoteDraft, ...] = ()) -> Article:
    reading = finish(Draft(blocks, FACTS, "line", "", notes), Manner("", "", ""), ORIGIN)
    assert reading.article, reading.findings
    return reading.article


def read_back(article: Article) -> Article:
    reading = READERS[".md"](write_markdown(article).text, ORIGIN)
    assert reading.article, reading.findings
    return reading.article


def assert_same(article: Article) -> None:
    text = write_markdown(article).text
    assert plain(read_back(article)) == plain(article), text


@pytest.mark.parametrize(
    "path",
    [
        ARTICLE,
        ROOT / "tests/cases/articles/torture.md",
        ROOT / "tests/cases/articles/therapeutic-relationship.txt",
    ],
    ids=lambda path: path.name,
)
def test_the_articles_there_are_read_back_the_same(path: Path) -> None:
    article = read_article(path, path.parent).article
    assert article
    origin = Origin(article.source, article.slug, path.parent)
    reading = READERS[".md"](write_markdown(article).text, origin)
    assert reading.findings == ()
    assert plain(reading.article) == plain(article)


# ---------------------------------------------------------------- whatever the words are

TEXTS = st.one_of(
    st.text(alphabet=st.sampled_from("ab .,!?-–“”()[]*_`<>&#|\\{}:;=+~^1é\u00a0\t"), max_size=12),
    st.sampled_from(["leaflet: keep", "1. ", "- ", "# ", "> ", "---", "***", "&amp;", "[^1]", "![x](y)", "<b>",
                     "http://a.b", "a@b.c", "    code", "| a | b |", "```", "{lang=fr}", "word", " word ", "Leaflet = drop",
                     "1) a", "===", ":---", "+ a", "#", "\\", "a  b"]),
)  # fmt: skip
RUNS = st.lists(
    st.builds(
        Run,
        st.one_of(TEXTS, st.just(BREAK)),
        strong=st.booleans(),
        emphasis=st.booleans(),
        target=st.sampled_from(
            ["", "", "", "https://example.org/a(b)?c=d&e", "mailto:jo@example.org"]
        ),
        lang=st.sampled_from(["", "", "", "fr"]),
        code=st.sampled_from([False, False, False, True]),
    ),
    max_size=5,
).map(tuple)
PARAGRAPHS = st.builds(ParagraphDraft, RUNS, st.just(1))


def lists(blocks: st.SearchStrategy[BlockDraft]) -> st.SearchStrategy[ListDraft]:
    entries = st.lists(
        st.builds(EntryDraft, st.lists(blocks, min_size=1, max_size=3).map(tuple), st.just(1)),
        min_size=1,
        max_size=3,
    ).map(tuple)
    return st.builds(ListDraft, entries, st.just(1), st.booleans(), st.integers(0, 12))


BLOCKS = st.recursive(
    st.one_of(
        PARAGRAPHS,
        st.builds(
            TableDraft,
            st.lists(st.lists(RUNS, min_size=1, max_size=3).map(tuple), min_size=2, max_size=3).map(
                tuple
            ),
            st.just(1),
            st.sampled_from([(), ("right", "center")]),
        ),
    ),
    lambda inner: st.one_of(
        lists(inner),
        st.builds(QuoteDraft, st.lists(inner, min_size=1, max_size=3).map(tuple), st.just(1)),
    ),
    max_leaves=6,
)


@given(RUNS)
@example((Run("\\!"), Run("1", target="https://example.org/a(b)?c=d&e")))
@settings(max_examples=200, deadline=None)
def test_any_running_text_is_read_back(runs: tuple[Run, ...]) -> None:
    assert_same(
        finished(
            HeadingDraft(1, (Run("One"),), 1),
            ParagraphDraft(runs, 2),
            ParagraphDraft((Run("End. It is."),), 3),
        )
    )


@given(st.lists(BLOCKS, min_size=1, max_size=4), RUNS)
@settings(max_examples=60, deadline=None)
def test_any_blocks_are_read_back(blocks: list[BlockDraft], heading: tuple[Run, ...]) -> None:
    end = ParagraphDraft((Run("This is the end. It is."),), 9)
    title = HeadingDraft(1, (*heading, Run(" One")), 1)
    assert_same(finished(ParagraphDraft((Run("It begins. Here."),), 1), title, *blocks, end))


@given(RUNS)
def test_settled_runs_keep_every_letter_and_stay_settled(runs: tuple[Run, ...]) -> None:
    settled = settle(runs)
    letters = "".join(words_of(runs).split())
    assert "".join("".join(run.text for run in settled).split()) == letters
    assert settle(settled) == settled


# ---------------------------------------------------------------- what only an article has

SPOKEN = """\
---
title: A Quiet Hour
author: Jo Example
published: 2026-03-01
review: 2028-03-01
leaflet: keep
say: "Welcome to *this* hour. It is quiet."
voice: george
---

It begins.

> voice: emma
> She said it.

> voice\\: said he

- a | b

* another list

1. one
2. two

1) again

## What Is “It”? #1 \\#
leaflet: "Shorter, *much* shorter."
say: "He said “so” and 'no'."
voice: emma

![Two [arm] chairs](armchairs.png "Where we \\"sit\\" & talk")

leaflet\\: keep

| a \\| b | c |
| :-- | :-: |
| 1 |  |

It helps.[^a] See [here](<https://example.org/a_(b)>)!

## Two
leaflet: drop
say: skip

Text.[^b]

---

**Jo *Example*, counsellor**

Do [call](tel:+441234567890).

- now
- or later

[^a]: One.

    And more.
[^b]: Two.
"""


def test_marks_notes_pictures_and_closing_are_read_back() -> None:
    origin = Origin("source/a.md", "a", ROOT / "tests/cases/articles")
    reading = READERS[".md"](SPOKEN, origin)
    assert reading.article, reading.findings
    assert reading.findings == ()
    again = READERS[".md"](write_markdown(reading.article).text, origin)
    assert again.findings == ()
    assert plain(again.article) == plain(reading.article)


def test_a_place_is_where_its_block_went() -> None:
    article = read_article(ARTICLE, ARTICLE.parent).article
    assert article
    written = write_markdown(article)
    lines = written.text.split("\n")
    for section in article.sections:
        line = written.lines[section.heading.place.line or 0]
        assert lines[line - 1] == f"## {section.heading.text}"
