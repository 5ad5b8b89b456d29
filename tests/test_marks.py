"""The owner's marks for the short leaflet: found wherever she may put them, never in the text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leafcast.document.article import (
    Article,
    LeafletMark,
    Reading,
    Strong,
    article_sentences,
    walk_sections,
)
from leafcast.document.origin import Origin
from leafcast.narration.lexicon import Lexicon
from leafcast.narration.script import write_script
from leafcast.practice.project import Practice
from leafcast.readers import READERS
from leafcast.state.canonical import plain

FRONT = """\
---
title: A Quiet Hour
author: Jo Example
published: 2026-03-01
review: 2028-03-01
---
"""
ABOVE = FRONT.count("\n")


def read(body: str, suffix: str = ".md", front: str = FRONT) -> Reading:
    origin = Origin("source/quiet-hour" + suffix, "quiet-hour", Path("source"))
    return READERS[suffix](front + body, origin)


def article(reading: Reading) -> Article:
    assert reading.article, reading.findings
    return reading.article


def told(mark: LeafletMark | None) -> str:
    """A mark as the owner would say it."""
    if mark is None:
        return ""
    return " ".join(s.text for s in mark.shorter.sentences) if mark.shorter else mark.choice


def marks(body: str, suffix: str = ".md") -> list[str]:
    """The marks of the introduction and of every section."""
    found = article(read(body, suffix))
    return [told(m) for m in (found.leaflet, *(s.leaflet for s in walk_sections(found.sections)))]


def sentences(body: str, suffix: str = ".md") -> list[str]:
    return [sentence.text for sentence in article_sentences(article(read(body, suffix)))]


# ---------------------------------------------------------------- one syntax, both readers

MARKED = [
    ("leaflet: drop\n\n", "drop"),
    ("leaflet: drop\n", "drop"),
    ("\nleaflet: drop\n\n", "drop"),
    ("\n\nLeaflet:  Keep.\n", "keep"),
    ("LEAFLET: KEEP\n", "keep"),
    ('leaflet: "Keep it short."\n', "Keep it short."),
    ("leaflet: “Keep it short.”\n", "Keep it short."),
    ('leaflet: "Keep it\n  short."\n', "Keep it short."),
    ("leaflet: Keep it quite short.\n\n", "Keep it quite short."),
    ('leaflet: "drop"\n', "drop"),
    ('leaflet: "She said “stay”."\n', "She said “stay”."),
]


@pytest.mark.parametrize("suffix", [".md", ".txt"])
@pytest.mark.parametrize(("lines", "mark"), MARKED)
def test_a_mark_stands_under_its_heading(lines: str, mark: str, suffix: str) -> None:
    heading = "## What Helps" if suffix == ".md" else "What Helps"
    body = f"It begins.\n\n{heading}\n{lines}Rest does.\n"
    assert marks(body, suffix) == ["", mark]
    assert sentences(body, suffix) == ["It begins.", "What Helps", "Rest does."]
    assert read(body, suffix).findings == ()


def test_both_readers_give_the_same_article() -> None:
    body = 'It begins.\n\n## What Helps\nleaflet: "It is rest. It is."\n\nRest does.\n'
    one, other = article(read(body)), article(read(body.replace("## ", ""), ".txt"))
    assert plain(replace(one, source="")) == plain(replace(other, source=""))


@pytest.mark.parametrize("suffix", [".md", ".txt"])
@pytest.mark.parametrize("lines", ["leaflet: drop\n", "leaflet: drop\n\n", "\nleaflet: drop\n\n"])
def test_the_introduction_is_marked_above_its_words(lines: str, suffix: str) -> None:
    body = f"{lines}It begins.\n"
    assert (marks(body, suffix), sentences(body, suffix)) == (["drop"], ["It begins."])


@pytest.mark.parametrize("value", ["keep", '"It begins so."', "It begins so."])
def test_the_introduction_is_marked_in_the_front_matter(value: str) -> None:
    front = FRONT.replace("author:", f"leaflet: {value}\nauthor:")
    reading = read("It begins.\n", front=front)
    assert reading.findings == ()
    assert told(article(reading).leaflet) == value.strip('"')


def test_a_section_inside_has_its_own_mark() -> None:
    body = "## One\nleaflet: keep\n\nA.\n\n### Inside\nleaflet: drop\n\nB.\n"
    assert marks(body) == ["", "keep", "drop"]


def test_shorter_words_may_have_strong_ones() -> None:
    (section,) = article(read('## One\nleaflet: "Do **rest** now."\n\nA.\n')).sections
    assert section.leaflet and section.leaflet.shorter
    assert [type(i) for s in section.leaflet.shorter.sentences for i in s.content][1] is Strong


def test_a_mark_changes_no_id_and_no_word_that_is_spoken() -> None:
    bare = "It begins.\n\n## What Helps\n\nRest does. Rest does.\n"
    marked = bare.replace("Helps\n", 'Helps\nleaflet: "Rest does."\n')
    one, other = article(read(bare)), article(read(marked))
    (section,) = other.sections
    assert section.leaflet and section.leaflet.shorter
    ids = [s.id for s in article_sentences(one)]
    assert ids == [s.id for s in article_sentences(other)]
    assert section.leaflet.shorter.sentences[0].id not in ids
    practice = Practice("Jo", "https://example.org")
    scripts = [
        write_script(each, practice, synthetic=True, lexicon=Lexicon()) for each in (one, other)
    ]
    assert plain(scripts[0]) == plain(scripts[1])
    assert plain(one) != plain(other)


def test_a_marked_line_of_plain_text_is_a_heading_whatever_it_looks_like() -> None:
    reading = read("It begins.\n\nwhat helps\nleaflet: keep\n\nRest.\n", ".txt")
    assert reading.findings == ()
    assert [section.heading.text for section in article(reading).sections] == ["what helps"]


# ---------------------------------------------------------------- slips

SLIPS = [
    ("leaflet-mark-misspelt", "## One\nleaflets: drop\n\nA.\n", 2, ["", "drop"]),
    ("leaflet-mark-misspelt", "## One\nleaflet = drop\n\nA.\n", 2, ["", "drop"]),
    ("leaflet-mark-misspelt", "## One\n**leaflet: drop**\n\nA.\n", 2, ["", "drop"]),
    ("leaflet-mark-misspelt", "## One\n- leaflet: drop\n\nA.\n", 2, ["", "drop"]),
    ("leaflet-mark-misspelt", "## One\n### leaflet: drop\n\nA.\n", 2, ["", "drop"]),
    ("leaflet-mark-misspelt", '## One\n\nleaflets: "Go."\n\nA.\n', 3, ["", ""]),
    ("leaflet-mark-unknown", "## One\nleaflet: dorp\n\nA.\n", 2, ["", ""]),
    ("leaflet-mark-unknown", "## One\nleaflet:\n\nA.\n", 2, ["", ""]),
    ("leaflet-mark-unknown", '## One\nleaflet: ""\n\nA.\n', 2, ["", ""]),
    ("leaflet-mark-open", '## One\nleaflet: "Go on\n\nA.\n', 2, ["", "Go on"]),
    ("leaflet-mark-open", "## One\nleaflet: Go on and on\nA.\n\nB.\n", 2, ["", "Go on and on A."]),
    ("leaflet-mark-twice", "## One\nleaflet: keep\nleaflet: drop\n\nA.\n", 3, ["", "keep"]),
    ("leaflet-mark-misplaced", "## One\n\nA.\n\nleaflet: drop\n", 5, ["", "drop"]),
    ("leaflet-mark-misplaced", "## One\n\n- a\nleaflet: drop\n", 4, ["", "drop"]),
    ("leaflet-mark-misplaced", '## One\n\nA.\n\nleaflet: "Go on."\n', 5, ["", ""]),
    (
        "leaflet-mark-inside",
        "## One\nleaflet: drop\n\nA.\n\n### In\nleaflet: keep\n\nB.\n",
        7,
        ["", "drop", "keep"],
    ),
]


@pytest.mark.parametrize(("code", "body", "line", "wanted"), SLIPS)
def test_a_slip_has_a_finding_and_loses_no_text(
    code: str, body: str, line: int, wanted: list[str]
) -> None:
    (finding,) = read(body).findings
    assert (finding.code, finding.place and finding.place.line) == (code, line + ABOVE)
    assert finding.fix
    assert marks(body) == wanted
    if code != "leaflet-mark-open":
        assert "A." in sentences(body) or "a" in sentences(body)
        assert not {"leaflet: drop", "leaflet: keep"} & set(sentences(body))


def test_the_nearest_spelling_is_named() -> None:
    assert "leaflet: drop" in read("## One\nleaflets: drop\n\nA.\n").findings[0].fix
    assert "leaflet: drop?" in read("## One\nleaflet: dorp\n\nA.\n").findings[0].fix


def test_a_mark_in_two_places_is_told() -> None:
    front = FRONT.replace("author:", "leaflet: keep\nauthor:")
    reading = read("leaflet: drop\n\nA.\n", front=front)
    assert [finding.code for finding in reading.findings] == ["leaflet-mark-twice"]
    assert told(article(reading).leaflet) == "keep"


NO_MARKS = [
    "A.\n\n```\nleaflet: drop\n```\n",
    "A leaflet: keep it.\n",
    "We did a\nleaflet drop\n",
    "Leaflets are kept.\n",
    "## Leaflets: what to keep\n\nA.\n",
    "## Leaflet: a word\n\nA.\n",
]


@pytest.mark.parametrize("body", NO_MARKS)
def test_what_only_looks_like_a_mark_is_text(body: str) -> None:
    assert not any(marks(body))
    words = " ".join(sentences(body)).replace("\n", " ")
    assert "eaflet" in words


def test_a_line_of_dashes_under_a_mark_begins_the_closing() -> None:
    told_article = article(read("## One\n\nA.\n\n## Two\nleaflet: drop\n---\n\n**Jo Example**\n"))
    assert told(told_article.sections[1].leaflet) == "drop"
    assert told_article.byline and told_article.byline.sentences[0].text == "Jo Example"


LINES = st.lists(
    st.sampled_from(
        ["leaflet: drop", "leaflet: keep", 'leaflet: "Go', 'on."', "leaflets: drop", "## One", "Rest.", "", "- a", "---", "```"]
    ),
    max_size=12,
)  # fmt: skip


@given(LINES, st.sampled_from([".md", ".txt"]))
def test_a_reader_never_raises_and_no_choice_is_ever_text(lines: list[str], suffix: str) -> None:
    reading = read("\n".join(lines), suffix)
    if reading.article and "```" not in lines:
        assert not {"leaflet: drop", "leaflet: keep"} & set(sentences("\n".join(lines), suffix))
