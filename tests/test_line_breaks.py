"""Line breaks the owner asked for: between sentences too, in poems and addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from leafcast.braille.spelling import LINE_BREAK
from leafcast.braille.words import sentence_words
from leafcast.document.article import (
    LineBreak,
    Paragraph,
    Sentence,
    Strong,
    Text,
    joined_sentences,
    plain_text,
)
from leafcast.document.origin import Origin
from leafcast.narration.blocks import lines_as_phrases
from leafcast.readers.markdown import read_markdown
from leafcast.readers.write_markdown import write_markdown

HEAD = """---
title: "What it is"
author: "A. Person"
language: en-GB
summary: "A test."
published: 2026-11-24
review: 2029-11-24
---

"""


def lines_of(body: str) -> tuple[list[str], str]:
    """The lines of a paragraph as they are shown, and the Markdown that is written of it."""
    article = read_markdown(HEAD + body, Origin("source/x.md", "x", Path("source"))).article
    assert article
    paragraph = article.introduction[0]
    assert isinstance(paragraph, Paragraph)
    shown = "".join(
        "\n" if isinstance(inline, LineBreak) else plain_text((inline,))
        for inline in joined_sentences(paragraph.sentences)
    )
    return shown.split("\n"), write_markdown(article).text.partition("---\n\n")[2].strip()


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("I am not there.\\\nI do not sleep.", ["I am not there.", "I do not sleep."]),
        ("One. Two.\\\nThree. Four.", ["One. Two.", "Three. Four."]),
        ("Write to\\\n12 High Street.\\\nLeeds.", ["Write to", "12 High Street.", "Leeds."]),
        ("It rests.\\\n*It sleeps.*\\\nIt wakes.", ["It rests.", "It sleeps.", "It wakes."]),
        ("One. Two. Three.", ["One. Two. Three."]),
    ],
)
def test_a_break_between_sentences_is_kept(body: str, lines: list[str]) -> None:
    shown, written = lines_of(body)
    assert shown == lines
    assert written == body


def test_a_break_before_the_call_of_a_note_is_kept() -> None:
    shown, _ = lines_of("It rests.[^1]\\\nIt sleeps.\n\n[^1]: Mostly.")
    assert shown == ["It rests.", "It sleeps."]


def test_where_a_line_ends_the_voice_pauses() -> None:
    content = (
        Text("Jo Example"),
        LineBreak(),
        Strong((Text("1 High Street"), LineBreak(), Text("Leeds"))),
    )
    assert lines_as_phrases(content) == "Jo Example, 1 High Street, Leeds"
    assert lines_as_phrases((Text("Call:"), LineBreak(), Text("Jo"))) == "Call: Jo"
    assert lines_as_phrases((Text("One,"), LineBreak(), Text("two"))) == "One, two"


def test_where_a_line_ends_braille_begins_a_new_one() -> None:
    sentences = (Sentence("a", (Text("Rest."),), ends_line=True), Sentence("b", (Text("Talk."),)))
    assert LINE_BREAK in sentence_words(sentences)
    joined = (Sentence("a", (Text("Rest."),)), Sentence("b", (Text("Talk."),)))
    assert LINE_BREAK not in sentence_words(joined)
