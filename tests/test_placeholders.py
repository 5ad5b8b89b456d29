"""Articles that somebody began and nobody has written yet are not published."""

from __future__ import annotations

from pathlib import Path

import pytest

from leafcast.document.article import Code, LineBreak, Paragraph, Reading, article_sentences
from leafcast.readers import read_article

HEAD = """---
title: "What is grief"
author: "Jo Example"
language: en-GB
published: 2026-11-24
review: 2029-11-24
---

"""


def reading_of(body: str, folder: Path) -> Reading:
    path = folder / "source" / "what-is-grief.md"
    path.parent.mkdir()
    path.write_text(HEAD + body, "utf-8")
    return read_article(path, path.parent)


@pytest.mark.parametrize(
    "body",
    [
        "TODO: write this",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit.\n\n## Lorem\n\nLorem ipsum.",
        "## Introduction\n\n## What helps\n\n## Where to turn",
        "tbc\n\n## XXX\n\n[insert text here]",
        "- Coming soon\n- To be written",
        "Please add your own text here.",
        "## What helps\n\nBlah blah blah.",
    ],
)
def test_what_only_holds_a_place_is_not_published(body: str, tmp_path: Path) -> None:
    reading = reading_of(body, tmp_path)
    assert reading.article is None and reading.unwritten
    assert [each.code for each in reading.findings] == ["article-not-written"]


def test_a_place_held_in_a_written_article_is_told_with_its_line(tmp_path: Path) -> None:
    reading = reading_of("It takes time.\n\nTODO: the numbers to call", tmp_path)
    assert reading.article and not reading.unwritten
    ((code, line),) = [(each.code, each.place and each.place.line) for each in reading.findings]
    assert (code, line) == ("placeholder-left", 11)


@pytest.mark.parametrize(
    "body",
    [
        "To do this well takes time.", "Add a little text to your day, and see.",
        "What follows is to be written by hand.", "Text a friend.", "Text.", "A text.", "It is still to follow.",
    ],
)  # fmt: skip
def test_sentences_that_sound_alike_are_published(body: str, tmp_path: Path) -> None:
    reading = reading_of(f"Grief takes time.\n\n{body}", tmp_path)
    assert reading.article and not reading.findings


def test_typed_lines_stay_lines(tmp_path: Path) -> None:
    article = reading_of("```\nDo not go gentle\n\n  into that good night\n```", tmp_path).article
    assert article
    (block,) = article.introduction
    assert isinstance(block, Paragraph)
    (only,) = article_sentences(article)
    lines = (Code("Do not go gentle"), LineBreak(), Code("into that good night"))
    assert only.content == lines
