"""Front matter as leafcast and other programs write it: facts taken over, the rest told once."""

from __future__ import annotations

from pathlib import Path

import pytest

from leafcast.document.article import Reading
from leafcast.document.origin import Origin
from leafcast.document.report import Severity
from leafcast.document.straight import straightened
from leafcast.readers import READERS
from leafcast.readers.front_facts import read_facts
from leafcast.readers.front_lines import split_front_matter

OURS = "author: Jo Example\npublished: 2026-03-01\nreview: 2028-03-01"
BODY = "\nText.\n\n## One\n\nMore.\n"


def read(head: str, name: str = "grief.md", fences: str = "---\n{}\n---\n") -> Reading:
    origin = Origin(f"source/{name}", "grief", Path("source"))
    return READERS[".md"](fences.format(head) + BODY, origin)


def facts(head: str, name: str = "grief.md", fences: str = "---\n{}\n---\n") -> dict[str, str]:
    reading = read(head, name, fences)
    article = reading.article
    assert article, reading.findings
    keys = ("title", "subtitle", "author", "language", "summary", "published", "review")
    return {key: str(getattr(article, key)) for key in keys}


def titled(line: str) -> str:
    return facts(f"{line}\n{OURS}")["title"]


# ---------------------------------------------------------------- words as they plainly are

TITLES = [
    ("title: Grief: What to Expect", "Grief: What to Expect"),
    ("title: Grief: 10 things # and more", "Grief: 10 things # and more"),
    ("title: “What Is Burnout?”", "What Is Burnout?"),
    ("title: “Grief: What to Expect”", "Grief: What to Expect"),
    ("title: ‘It’s Grief’", "It’s Grief"),
    ("title: „Grief“", "Grief"),
    ("title: “Grief” and “Loss”", "“Grief” and “Loss”"),
    ("title: '“Grief”'", "“Grief”"),
    ('title: “Grief"', "Grief"),
    ('title: "Grief”', "Grief"),
    ('title: "Grief" and loss', '"Grief" and loss'),
    ("title: 'It's grief'", "It's grief"),
    ("title: @home with grief", "@home with grief"),
    ("title: [Note] on grief", "[Note] on grief"),
    ("title:\tGrief", "Grief"),
    ("Title: Grief", "Grief"),
    ("title: Q&amp;A on grief&#8217;s end", "Q&A on grief’s end"),
    ("title: Tom & Jerry &co", "Tom & Jerry &co"),
    ("title: >-\n  Grief\n  and loss", "Grief and loss"),
]


@pytest.mark.parametrize(("line", "title"), TITLES, ids=[line for line, _ in TITLES])
def test_a_title_is_what_it_plainly_is(line: str, title: str) -> None:
    assert titled(line) == title


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("1 November 2026", "2026-11-01"),
        ("24/11/2026", "2026-11-24"),
        ("“2026-11-24”", "2026-11-24"),
        ("2026-11-24T10:00:00Z", "2026-11-24"),
    ],
)
def test_a_day_beyond_doubt_is_read(date: str, day: str) -> None:
    head = f"title: Grief\nauthor: Jo\npublished: {date}\nreview: 2028-03-01"
    assert facts(head)["published"] == day
    assert read(head).findings == ()


def test_an_impossible_day_is_told_why() -> None:
    head = "title: Grief\nauthor: Jo\npublished: 31/11/2026\nreview: 2028-03-01"
    (finding,) = read(head).findings
    assert finding.code == "wrong-date" and "November has 30 days" in finding.message
    assert finding.place and finding.place.line == 4


# ---------------------------------------------------------------- fences

FENCES = [
    "---\n{}\n---\n",
    "---\n{}\n...\n",
    "--- yaml\n{}\n---\n",
    "\n\n---\n{}\n---\n",
    "—\n{}\n—\n",
    "—-\n{}\n—-\n",
    "----\n{}\n----\n",
]


@pytest.mark.parametrize("fences", FENCES, ids=[repr(each) for each in FENCES])
def test_a_fence_is_seen_however_it_is_typed(fences: str) -> None:
    assert facts(f"title: Grief\n{OURS}", fences=fences)["title"] == "Grief"
    unknown = read(f"title: Grief\n{OURS}\nlayout: post", fences=fences).findings
    line = fences.partition("{}")[0].count("\n") + 5
    assert [(f.code, f.place and f.place.line) for f in unknown] == [("unknown-key", line)]


@pytest.mark.parametrize(
    "text", ["Words.\n\n---\n\nMore: yes\n\n---\n", "---\n\nWords.\n", "— a\n—\n"]
)
def test_a_rule_is_no_front_matter(text: str) -> None:
    assert split_front_matter(text)[0] is None


TOML = """\
title = "Grief: what it is"
date = 2026-03-01T10:00:00Z
draft = false
tags = ["grief", "loss"]
review = 2028-03-01
[params]
author = "Jo Example"
description = “In short.”
"""
JSON = """{
  "title": "Grief",
  "date": "2026-03-01",
  "review": "2028-03-01",
  "authors": [{"name": "Jo Example"}, {"name": "Al Other"}],
  "tags": ["a"]
}"""


def test_toml_is_read() -> None:
    found = facts(TOML, fences="+++\n{}+++\n")
    assert found == {
        "title": "Grief: what it is", "subtitle": "", "author": "Jo Example", "language": "en-GB",
        "summary": "In short.", "published": "2026-03-01", "review": "2028-03-01",
    }  # fmt: skip
    (left_out,) = (f for f in read(TOML, fences="+++\n{}+++\n").findings if f.code == "unknown-key")
    assert left_out.place and left_out.place.line == 5


def test_json_is_read() -> None:
    found = facts(JSON, fences="{}\n\n")
    assert (found["author"], found["published"]) == ("Jo Example and Al Other", "2026-03-01")
    (left_out,) = (f for f in read(JSON, fences="{}\n\n").findings if f.code == "unknown-key")
    assert left_out.place and left_out.place.line == 6


# ---------------------------------------------------------------- other names

NAMES = [
    ("description: In short.", "summary", "In short."),
    ("excerpt: In short.", "summary", "In short."),
    ("teaser: In short.", "summary", "In short."),
    ("seo:\n  description: In short.", "summary", "In short."),
    ("subheadline: A guide", "subtitle", "A guide"),
    ("sub_title: A guide", "subtitle", "A guide"),
    ("lang: en", "language", "en"),
    ("lang: en_GB", "language", "en-GB"),
    ("language: English", "language", "en-GB"),
    ("locale: cy-gb", "language", "cy-GB"),
]


@pytest.mark.parametrize(("line", "key", "words"), NAMES, ids=[line for line, _, _ in NAMES])
def test_known_facts_are_taken_over(line: str, key: str, words: str) -> None:
    assert facts(f"title: Grief\n{OURS}\n{line}")[key] == words


AUTHORS = [
    ("authors: [Jo Example, Al Other]", "Jo Example and Al Other"),
    ("author:\n  name: Jo Example\n  email: jo@example.org", "Jo Example"),
    (
        "authors:\n  - name: Jo Example\n    title: Counsellor\n  - Al Other",
        "Jo Example and Al Other",
    ),
    ("author:\n  - given: Jo\n    family: Example", "Jo Example"),
    ("byline: Jo Example", "Jo Example"),
    ("author: admin\nauthors: [Jo Example]", "Jo Example"),
]


@pytest.mark.parametrize(("lines", "author"), AUTHORS, ids=[lines for lines, _ in AUTHORS])
def test_authors_are_names(lines: str, author: str) -> None:
    head = f"title: Grief\n{lines}\npublished: 2026-03-01\nreview: 2028-03-01"
    assert facts(head)["author"] == author


@pytest.mark.parametrize("author", ["admin", "[]", "jane-doe", "[jane2]", "''"])
def test_who_is_nobody_is_asked_for(author: str) -> None:
    head = f"title: Grief\nauthor: {author}\npublished: 2026-03-01\nreview: 2028-03-01"
    assert [f.code for f in read(head).findings] == ["no-author"]


def test_what_means_nothing_here_is_one_advice() -> None:
    head = f"""layout: post
title: Grief
{OURS}
tags: [grief, loss]
categories:
  - grief
permalink: /grief/
image: {{src: a.png}}
toc: true
comments: false
weight: 3
"""
    (finding,) = read(head).findings
    assert (finding.code, finding.severity) == ("unknown-key", Severity.ADVICE)
    assert "“layout”, “tags”, “categories”" in finding.message and "2 more" in finding.message


def test_what_was_understood_is_one_advice() -> None:
    head = "title: Grief\nauthor: Jo\ndate: 2026-03-01\ndescription: Short.\nreview: 2028-03-01"
    (finding,) = read(head).findings
    assert (finding.code, finding.severity) == ("front-matter-translated", Severity.ADVICE)
    assert "“date” as published and “description” as summary" in finding.message


@pytest.mark.parametrize("key", ["slug", "permalink", "url", "source", "path"])
def test_no_key_says_where_an_article_goes(key: str) -> None:
    reading = read(f"title: Grief\n{OURS}\n{key}: ../../x")
    assert reading.article and reading.article.slug == "grief"
    assert reading.article.source == "source/grief.md"
    assert [f.code for f in reading.findings] == ["unknown-key"]


def test_a_misspelt_key_is_named() -> None:
    (finding,) = read(f"title: Grief\n{OURS}\nsumary: Short.").findings
    assert finding.severity is Severity.WARNING and "“summary”" in finding.fix


def test_what_is_missing_is_asked_for_once() -> None:
    (asked, _) = read("title: Grief\nlayout: post").findings
    assert (asked.code, asked.severity) == ("facts-missing", Severity.ERROR)
    assert "no author, published and review" in asked.message
    assert "published: 2026-11-24" in asked.fix and "leafcast new source/grief.md" in asked.fix


def test_a_day_in_the_files_name_is_its_day() -> None:
    head = "title: Grief\nauthor: Jo\nreview: 2025-03-01"
    assert facts(head, "2023-08-14-what-is-grief.md")["published"] == "2023-08-14"
    dated = f"{head}\ndate: 2024-01-01"
    assert facts(dated, "2023-08-14-what-is-grief.md")["published"] == "2024-01-01"


# ---------------------------------------------------------------- curly quotation marks in TOML


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("phone = “01273 …”", 'phone = "01273 …"'),
        ("“Jung” = “Yoong” # said so", '"Jung" = "Yoong" # said so'),
        ("words = [“a, b”, ‘c’]", 'words = ["a, b", "c"]'),
        ('phone = "01273”', 'phone = "01273"'),
        ("name = ‘It’s Jo’", 'name = "It’s Jo"'),
        ('name = "A “quiet” hour"', 'name = "A “quiet” hour"'),
        ("# “as it is”", "# “as it is”"),
        ("phone = ”01273 …“", 'phone = "01273 …"'),
        ("phone = «01273 …»", 'phone = "01273 …"'),
        ('name = “A "quiet" hour”', 'name = "A \\"quiet\\" hour"'),
    ],
)
def test_curly_marks_that_enclose_are_straight(written: str, meant: str) -> None:
    assert straightened(written) == meant


MEANT = "What Is Burnout?"


def title_in(written: str) -> str:
    return read_facts(f"title: {written}\n", Origin("source/x.md", "x", Path())).values["title"]


@pytest.mark.parametrize(
    "written",
    [
        "”{}“", "„{}“", "«{}»", "‹{}›", "‘{}’", "’{}‘", "”{}”", '“{}"', '"{}”', "``{}''", "‟{}”",
        "＂{}＂", "′{}′", '"{}', "’{}’", "´{}´", "<<{}>>", '""{}""', "″{}″", "❝{}❞", "‚{}‘", "“{}", "{}”",
    ],
)  # fmt: skip
def test_marks_around_a_value_are_none_of_it_whichever_way_round(written: str) -> None:
    assert title_in(written.format(MEANT)) == MEANT


@pytest.mark.parametrize(
    "words",
    [
        "“Rest” and “Play”", "“Grief”: What to “Expect”", "’Tis the Season", "’Tis What’s Left’",
        "What “Rest” Is", "Don’t Wait", "The Carers’ Guide", "Rock ’n’ Roll", "How to Say “No”",
    ],
)  # fmt: skip
def test_marks_around_a_part_and_apostrophes_stay(words: str) -> None:
    assert title_in(words) == words


def test_marks_within_marks_stay() -> None:
    assert title_in("“What “Rest” Is”") == "What “Rest” Is"
    assert title_in("“Loss: a ‘normal’ thing”") == "Loss: a ‘normal’ thing"


@pytest.mark.parametrize("key", ["title", "summary", "author", "subtitle"])
def test_words_behind_a_number_sign_are_told(key: str) -> None:
    """YAML takes them for a remark; found by `python -m benchmarks mutated`."""
    head = f"{key}: Grief, and hope # number one\n"
    facts = read_facts(head, Origin("source/x.md", "x", Path()))
    (finding,) = facts.findings_of("front-matter-cut")
    assert "number one" in finding.message and f'{key}: "' in finding.fix
    assert finding.place and finding.place.line == 2 and facts.values[key] == "Grief, and hope"


@pytest.mark.parametrize(
    "head",
    ['title: "Grief # one"', "title: Grief#one", "published: 2026-01-01 # today", "# a remark"],
)
def test_other_remarks_are_none_of_its_words(head: str) -> None:
    facts = read_facts(f"{head}\n", Origin("source/x.md", "x", Path()))
    assert not facts.findings_of("front-matter-cut")
