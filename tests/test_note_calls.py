"""Footnotes are called where the file calls them, once each, wherever the call stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leafcast.document.article import (
    Article,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    NoteMark,
    Sentence,
    Strong,
    Text,
    article_sentences,
    called_notes,
    plain_text,
)
from leafcast.document.identify import Identifier
from leafcast.document.origin import Origin
from leafcast.document.sentences import calls_closed, read_sentences
from leafcast.locale.language import ENGLISH
from leafcast.narration.heard import as_heard
from leafcast.print.folding.select import as_marked
from leafcast.readers import READERS
from tests.web_pages import page as web_page
from tests.word_files import related, with_xml

FRONT = """\
---
title: A Quiet Hour
author: Jo Example
published: 2026-03-01
review: 2028-03-01
---
"""
NOTES = "\n\n[^1]: Do not stop your tablets.\n\n[^2]: Ask first.\n\n[^3]: A third.\n"


def article(body: str) -> Article:
    reading = READERS[".md"](FRONT + body, Origin("source/q.md", "q", Path("source")))
    assert reading.article, reading.findings
    return reading.article


def shown(sentence: Sentence) -> str:
    """A sentence with its calls as print shows them, and strong words in stars."""

    def inlines(content: tuple[Inline, ...]) -> str:
        return "".join(
            f"[{each.number}]" if isinstance(each, NoteMark)
            else each.text if isinstance(each, Text)
            else " / " if isinstance(each, LineBreak)
            else f"*{inlines(each.content)}*" if isinstance(each, Strong | Emphasis | Link)
            else plain_text((each,))
            for each in content
        )  # fmt: skip

    return inlines(sentence.content)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("It works. [^1]", ["It works.[1]"]),
        ("It works. [^1] It lasts.", ["It works.[1]", "It lasts."]),
        ("It works. [^1]It lasts.", ["It works.[1]", "It lasts."]),
        ("It works.[^1]It lasts.", ["It works.[1]It lasts."]),
        ("It works [^1]", ["It works[1]"]),
        ("It works [^1].", ["It works[1]."]),
        ("It works [^1], and lasts.", ["It works[1], and lasts."]),
        ("It works [^1] and lasts.", ["It works[1] and lasts."]),
        ("It works [^1]and lasts.", ["It works[1] and lasts."]),
        ("(It works [^1]) and lasts.", ["(It works[1]) and lasts."]),
        ("It works.[^1] [^2] It lasts.", ["It works.[1][2]", "It lasts."]),
        ("It works.[^1][^2] It lasts. [^3] [^1]", ["It works.[1][2]", "It lasts.[3][1]"]),
        ("It works.[^1]", ["It works.[1]"]),
        ("[^1] It works. It lasts.", ["[1]It works.", "It lasts."]),
        ("[^1]It works. It lasts.", ["[1]It works.", "It lasts."]),
        ("One. Two. Three. *[^1] Four.*", ["One.", "Two.", "Three.[1]", "*Four.*"]),
        ("One. *Two. [^1] Three.* Four.", ["One.", "*Two.[1]*", "*Three.*", "Four."]),
        ("One. **Two [^1]** three. Four.", ["One.", "*Two[1]* three.", "Four."]),
        ("One. *[^1]* Two.", ["One.[1]", "Two."]),
        ("One. **[^1]**", ["One.[1]"]),
        ("One.\\\n[^1] Two.", ["One.[1]", "Two."]),
        ("One\\\n[^1]\\\nTwo.", ["One[1] / Two."]),
        ("One?\n[^1]\nTwo.", ["One?[1]", "Two."]),
        ("“Yes.” [^1] “No.” [^2]", ["“Yes.”[1]", "“No.”[2]"]),
    ],
)  # fmt: skip
def test_a_call_belongs_to_the_words_before_it(written: str, wanted: list[str]) -> None:
    assert [shown(each) for each in read_sentences_of(written)] == wanted


def read_sentences_of(written: str) -> list[Sentence]:
    told = article(written + NOTES)
    return [s for block in told.introduction for s in block.sentences]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "body",
    [
        "## Does it work? [^1]\n\nYes.",
        "- It works. [^1]\n- It lasts.",
        "1. It works. It lasts. [^1]",
        "> It works. [^1]\n>\n> It lasts.",
        "| A | B |\n|---|---|\n| It works. [^1] | c |",
        "| It works. [^1] | B |\n|---|---|\n| d | c |",
        "It begins.\n\n## One\n\nIt works.\n\n---\n\n**By Jo. [^1]**\n\nWrite.",
        "It begins.\n\n## One\n\nIt works.\n\n---\n\nWrite. [^1] Today.",
    ],
)
def test_every_call_keeps_its_note_in_every_form_of_the_article(body: str) -> None:
    told = article(body + NOTES)
    calls = [n for s in article_sentences(told) for n in called_notes(s.content)]
    assert calls == ["note-1"]
    say = article(body + "\n\n## Last\nsay: skip\n\nAn end." + NOTES)
    for form in (as_marked(told), as_heard(told), as_heard(say)):
        assert [note.number for note in form.notes] == [1]


def test_a_note_that_a_note_calls_stays_with_it() -> None:
    told = article("One.[^1]\n\n## Two\nsay: skip\n\nIt.\n\n[^1]: See below.[^2]\n\n[^2]: Do.\n")
    assert [note.number for note in as_heard(told).notes] == [1, 2]


def called_in(told: Article | None) -> list[list[str]]:
    assert told
    return [
        [each.text, *called_notes(each.content)]
        for block in told.introduction
        for each in block.sentences  # type: ignore[union-attr]
    ]


WANTED = [["It is kind.", "note-1"], ["It lasts.", "note-2"]]


def test_calls_between_sentences_of_a_word_file() -> None:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    notes = f'<w:footnotes xmlns:w="{w}">' + "".join(
        f"<w:footnote w:id='{at}'><w:p><w:r><w:t>So {at}.</w:t></w:r></w:p></w:footnote>"
        for at in (5, 6)
    )
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>It is kind. </w:t></w:r>"
        "<w:r><w:footnoteReference w:id='5'/></w:r>"
        "<w:r><w:t xml:space='preserve'> It lasts. </w:t></w:r>"
        "<w:r><w:footnoteReference w:id='6'/></w:r></w:p>"
    )
    content = related(
        with_xml(body), "footnotes", "footnotes.xml", f"{notes}</w:footnotes>".encode()
    )
    reading = READERS[".docx"](content, Origin("source/q.docx", "q", Path("source")))
    assert called_in(reading.article) == WANTED


def test_calls_between_sentences_of_a_page() -> None:
    body = (
        "<p>It is kind. <sup id='r1'><a href='#f1'>1</a></sup> It lasts. "
        "<sup id='r2'><a href='#f2'>2</a></sup></p>"
        "<ol><li id='f1'>So 1. <a href='#r1'>↩</a></li><li id='f2'>So 2. <a href='#r2'>↩</a></li></ol>"
    )
    reading = READERS[".html"](
        web_page(body).encode(), Origin("source/q.html", "q", Path("source"))
    )
    assert called_in(reading.article) == WANTED


INLINES = st.recursive(
    st.sampled_from(
        [Text("It works. "), Text("Yes"), Text(" “No.” "), Text(". "), Text(" "), LineBreak(),
         NoteMark("note-1", 1), NoteMark("note-2", 2), NoteMark("note-3", 3)]
    ),
    lambda inner: st.lists(inner, min_size=1, max_size=4).flatmap(
        lambda content: st.sampled_from([Strong(tuple(content)), Link(tuple(content), "https://e.org")])
    ),
    max_leaves=12,
)  # fmt: skip


@given(st.lists(INLINES, min_size=1, max_size=8).map(tuple))
def test_sentences_hold_each_call_once_and_in_order(content: tuple[Inline, ...]) -> None:
    text = plain_text(content)
    sentences = read_sentences(content, Identifier(), ENGLISH)
    assert "".join("".join(each.text for each in sentences).split()) == "".join(text.split())
    calls = [call for each in sentences for call in called_notes(each.content)]
    assert calls == (list(called_notes(content)) if text.strip() else [])
    assert calls_closed(calls_closed(content)) == calls_closed(content)
    assert [each.text for each in read_sentences(calls_closed(content), Identifier(), ENGLISH)] == [
        each.text for each in sentences
    ]
