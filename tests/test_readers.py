"""From files to the same Article, every slip named with file, line and fix."""

from __future__ import annotations

import re
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafcast.document.article import (
    Article,
    Figure,
    Foreign,
    Inline,
    Link,
    ListBlock,
    NoteMark,
    Paragraph,
    Quote,
    Reading,
    Strong,
    Table,
    Text,
    article_sentences,
    plain_text,
    walk_blocks,
    walk_sections,
)
from leafcast.document.errors import SourceError
from leafcast.document.identify import Identifier, slugify
from leafcast.document.origin import Origin
from leafcast.document.report import Severity
from leafcast.document.sentences import cut, read_sentences
from leafcast.locale.language import ENGLISH
from leafcast.locale.sentence_ends import sentence_spans
from leafcast.readers import READERS, read_article
from leafcast.state.canonical import plain
from tests.conftest import ARTICLE, ROOT

PLAIN_ARTICLE = ROOT / "tests/cases/articles/therapeutic-relationship.txt"
FRONT = """\
---
title: A Quiet Hour
author: Jo Example
published: 2026-03-01
review: 2028-03-01
---
"""


def read(text: str, suffix: str = ".md", source: Path = Path("source")) -> Reading:
    return READERS[suffix](text, Origin("source/quiet-hour" + suffix, "quiet-hour", source))


def article(body: str, suffix: str = ".md") -> Article:
    reading = read(FRONT + body, suffix)
    assert reading.article, reading.findings
    return reading.article


# ---------------------------------------------------------------- the real article


@pytest.mark.parametrize("path", [ARTICLE, PLAIN_ARTICLE], ids=["markdown", "plain text"])
def test_the_real_article_is_what_it_is(path: Path) -> None:
    reading = read_article(path, path.parent)
    assert reading.findings == ()
    real = reading.article
    assert real
    assert real.title == "What Is the Therapeutic Relationship?"
    assert real.subtitle == "A beginner’s guide to psychodynamic therapy"
    assert real.author == "Sarah James, therapist and counsellor"
    assert real.language == "en-GB"
    lists = [b for s in real.sections for b in s.blocks if isinstance(b, ListBlock)]
    assert len(real.introduction) == 1
    assert len(real.sections) == 9
    assert [len(each.entries) for each in lists] == [4, 5, 4, 4]
    assert real.byline and real.byline.sentences[0].text == "Sarah James therapist and counsellor"
    assert len(real.call_to_action) == 1


def test_both_sources_give_the_same_article() -> None:
    one = read_article(ARTICLE, ARTICLE.parent).article
    other = read_article(PLAIN_ARTICLE, PLAIN_ARTICLE.parent).article
    assert one and other
    assert plain(replace(one, source="")) == plain(replace(other, source=""))


def test_the_articles_words_are_the_files_words() -> None:
    real = read_article(ARTICLE, ARTICLE.parent).article
    assert real
    body = ARTICLE.read_text("utf-8").split("---\n", 2)[2]
    words = re.sub(r"^(##|-|---)(\s|$)", "", body, flags=re.M).replace("**", "")
    assert " ".join(" ".join(s.text for s in article_sentences(real)).split()) == " ".join(
        words.split()
    )


def test_ids_are_unique_and_every_one_is_html() -> None:
    real = read_article(ARTICLE, ARTICLE.parent).article
    assert real
    ids = [sentence.id for sentence in article_sentences(real)]
    ids += [section.id for section in walk_sections(real.sections)]
    for section in real.sections:
        ids += [block.id for block in walk_blocks(section.blocks)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", each) for each in ids)
    assert real.sections[-1].id == "if-youre-thinking-about-starting-therapy"


def test_an_edited_sentence_changes_its_own_id_and_its_blocks() -> None:
    before = article("One stands. Two stands.\n\nThree stands.\n")
    after = article("One stands. Two fell.\n\nThree stands.\n")
    ids = [[s.id for s in article_sentences(each)] for each in (before, after)]
    assert [one == other for one, other in zip(*ids, strict=True)] == [True, False, True]


# ---------------------------------------------------------------- what Markdown can say


def test_everything_markdown_can_say() -> None:
    torture = ROOT / "tests/cases/articles/torture.md"
    reading = read_article(torture, torture.parent)
    assert reading.findings == ()
    assert reading.article
    blocks = [
        block
        for section in walk_sections(reading.article.sections)
        for block in walk_blocks(section.blocks)
    ]
    kinds = {type(block) for block in blocks}
    assert kinds == {Paragraph, ListBlock, Quote, Table, Figure}
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert [cell.sentences[0].text for cell in table.head] == ["Approach", "Sessions", "Cost"]
    assert [cell.align for cell in table.head] == ["", "right", "right"]
    numbered = [block for block in blocks if isinstance(block, ListBlock) and block.ordered]
    assert [block.start for block in numbered] == [1, 3]
    assert len(reading.article.notes) == 2
    assert [section.heading.level for section in walk_sections(reading.article.sections)] == [
        2, 2, 3, 4, 2, 2, 2,
    ]  # fmt: skip


def inlines(body: str) -> tuple[Inline, ...]:
    (block,) = article(body).introduction
    assert isinstance(block, Paragraph)
    return tuple(each for sentence in block.sentences for each in sentence.content)


def test_words_in_another_language_are_marked() -> None:
    assert inlines("the [mot juste]{lang=fr}") == (
        Text("the "),
        Foreign((Text("mot juste"),), "fr"),
    )


def test_strong_words_over_two_sentences_are_strong_in_both() -> None:
    assert inlines("**Stay. Breathe.**") == (Strong((Text("Stay."),)), Strong((Text("Breathe."),)))


def test_a_note_is_called_where_it_stands() -> None:
    told = article("It helps.[^1] Often.\n\n[^1]: So they say.\n")
    (block,) = told.introduction
    assert isinstance(block, Paragraph)
    assert [len(s.content) for s in block.sentences] == [2, 1]
    assert block.sentences[0].content[1] == NoteMark("note-1", 1)
    assert told.notes[0].number == 1
    assert plain_text(block.sentences[0].content) == "It helps."


def test_a_rule_and_bold_words_begin_the_closing() -> None:
    told = article("## One\n\nText.\n\n---\n\n**Jo Example**\n\nDo call.\n")
    assert told.byline and told.byline.sentences[0].text == "Jo Example"
    (action,) = told.call_to_action
    assert isinstance(action, Paragraph) and action.sentences[0].text == "Do call."
    assert len(told.sections[0].blocks) == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("[![A picture](a.jpg)](https://www.example.org/)", "link-of-picture"),
        ("Here [](https://www.example.org/) too.", "link-without-words"),
        ("A [place](nowhere) too.", "link-target"),
    ],
)
def test_a_link_that_is_left_out_is_told_for_what_it_is(body: str, code: str) -> None:
    found = [each for each in read(FRONT + body).findings if each.code.startswith("link-")]
    assert [each.code for each in found] == [code]
    assert ("not a web address" in found[0].message) == (code == "link-target")


def test_a_link_keeps_its_target() -> None:
    assert inlines("[here](https://example.org/a?b=1)") == (
        Link((Text("here"),), "https://example.org/a?b=1"),
    )


# ---------------------------------------------------------------- plain text


def test_plain_text_knows_headings_bullets_numbers_and_closing() -> None:
    told = article(
        "It begins.\n\nWhat Is “Grief”?\n\nIt is this:\n• loss\n• love\n\nWhat Helps\n\n"
        "1. rest\n2. food and\n   drink\n\nJo Example, counsellor\n\nDo call.\n",
        ".txt",
    )
    assert [s.heading.text for s in told.sections] == ["What Is “Grief”?", "What Helps"]
    first, second = (s.blocks[-1] for s in told.sections)
    assert isinstance(first, ListBlock) and len(first.entries) == 2 and not first.ordered
    assert isinstance(second, ListBlock) and second.ordered
    assert [b.sentences[0].text for e in second.entries for b in e.blocks] == [  # type: ignore[union-attr]
        "rest",
        "food and drink",
    ]
    assert told.byline and told.byline.sentences[0].text == "Jo Example, counsellor"


def test_a_guess_on_thin_grounds_is_told() -> None:
    reading = read(FRONT + "It begins.\n\nwhat helps\n\nRest.\n", ".txt")
    assert [(f.code, f.severity) for f in reading.findings] == [("guessed", Severity.ADVICE)]
    assert reading.findings[0].place and reading.findings[0].place.line == 9


# ---------------------------------------------------------------- slips

BODY = "\nIt is quiet.\n\n## One\n\nMore.\n"
SLIPS = [
    ("no-front-matter", "Text.\n", 1),
    ("no-title", FRONT.replace("title: A Quiet Hour\n", "") + BODY, 1),
    ("no-title", FRONT.replace("A Quiet Hour", "") + BODY, 2),
    ("no-published", FRONT.replace("published: 2026-03-01\n", "") + BODY, 1),
    ("unknown-key", FRONT.replace("author:", "auther: x\nauthor:") + BODY, 3),
    ("wrong-date", FRONT.replace("2026-03-01", "1/3/2026") + BODY, 4),
    ("review-before-published", FRONT.replace("2028", "2025") + BODY, 5),
    ("review-too-late", FRONT.replace("2028", "2036") + BODY, 5),
    ("wrong-language", FRONT.replace("author:", "language: British\nauthor:") + BODY, 3),
    ("front-matter-twice", FRONT.replace("author:", "title: B\nauthor:") + BODY, 3),
    ("front-matter-not-words", FRONT.replace("A Quiet Hour", "[A, B]") + BODY, 2),
    ("front-matter-unreadable", FRONT.replace("A Quiet Hour", "[A Quiet}") + BODY, 2),
    ("heading-level-skipped", FRONT + "\n## One\n\nA.\n\n#### Two\n\nB.\n", 12),
    ("heading-level-skipped", FRONT + "\n## One\n\nA.\n\n##### Two\n\nB.\n", 12),
    ("heading-of-level-1", FRONT + "\n# One\n\nA.\n", 8),
    ("empty-section", FRONT + "\n## One\n\n## Two\n\nB.\n", 8),
    ("empty-heading", FRONT + "\nA.\n\n##\n", 10),
    ("heading-inside", FRONT + "\n> ## One\n>\n> A.\n", 8),
    ("no-text", FRONT, 1),
    ("raw-html", FRONT + "\nA <b>bold</b> word.\n", 8),
    ("raw-html", FRONT + "\nA.\n\n<div>Words.</div>\n", 10),
    ("link-target", FRONT + "\n[here](javascript:alert)\n", 8),
    ("picture-missing", FRONT + "\nA.\n\n![A tree](tree.png)\n", 10),
    ("picture-missing", FRONT + "\nA.\n\n![A tree](https://example.org/tree.png)\n", 10),
    ("picture-missing", FRONT + "\nA.\n\n![A tree](../../etc/passwd)\n", 10),
]


@pytest.mark.parametrize(("code", "text", "line"), SLIPS, ids=[s[0] for s in SLIPS])
def test_a_slip_has_a_finding_with_line_and_fix(code: str, text: str, line: int) -> None:
    findings = [finding for finding in read(text).findings if finding.code == code]
    assert findings, read(text).findings
    assert findings[0].place and findings[0].place.line == line
    assert findings[0].fix


def test_levels_are_counted_as_one_says_them() -> None:
    for marks, words in (("####", "is 1 level too deep"), ("#####", "is 2 levels too deep")):
        (finding,) = read(FRONT + f"\n## One\n\nA.\n\n{marks} Two\n\nB.\n").findings
        assert words in finding.message


def test_the_right_key_is_named() -> None:
    (finding,) = read(FRONT.replace("author:", "auther:") + BODY).findings[:1]
    assert "author" in finding.fix


@pytest.mark.parametrize("alt", ["", "tree.png", "IMG_2041"])
def test_a_picture_must_say_what_it_shows(tmp_path: Path, alt: str) -> None:
    shutil.copy(ROOT / "tests/cases/articles/armchairs.png", tmp_path / "tree.png")
    text = FRONT + f"\nA.\n\n![{alt}](tree.png)\n"
    (finding,) = read(text, source=tmp_path).findings
    assert (finding.code, finding.place and finding.place.line) == ("picture-without-alt", 10)


def test_html_leaves_its_words_and_nothing_else() -> None:
    reading = read(FRONT + "\n<div>Stay.<script>alert(1)</script></div>\n\nA <i>word</i>.\n")
    assert reading.article
    assert [s.text for s in article_sentences(reading.article)] == ["Stay.", "A word."]


def test_a_note_to_oneself_is_not_shown() -> None:
    reading = read(FRONT + "\n<!-- ask Kim -->\n\nText. <!-- more -->\n")
    assert reading.findings == ()
    assert reading.article
    assert [s.text for s in article_sentences(reading.article)] == ["Text."]


# ---------------------------------------------------------------- files


def test_bytes_that_are_no_text_are_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "source" / "grief.md"
    path.parent.mkdir()
    path.write_bytes(FRONT.encode() + b"\n\xff\xfe\n")
    with pytest.raises(SourceError, match="UTF-8") as caught:
        read_article(path, path.parent)
    assert (caught.value.path, caught.value.line) == ("source/grief.md", 8)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "grief.md"
    path.write_bytes(b"words\x03\x04\0\0")
    with pytest.raises(SourceError, match="not a text file"):
        read_article(path, tmp_path)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Über Trauer & Loss.md", "uber-trauer-loss"),
        ("con.md", "about-con"),
        ("com1.md", "about-com1"),
        ("Podcast.md", "about-podcast"),
        ("library.md", "about-library"),
        ("SHA256SUMS.md", "about-sha256sums"),
        ("samples.md", "about-samples"),
        ("takes.md", "about-takes"),
        ("voices.md", "about-voices"),
        ("Quiet Hour (2).md", "quiet-hour-2"),
        (f"{'long-' * 30}name.md", ("long-" * 16).rstrip("-")),
    ],
)
def test_a_file_name_that_is_no_address_gives_one(name: str, slug: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(FRONT + BODY)
    reading = read_article(path, tmp_path)
    assert reading.article and reading.article.slug == slug
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == ("file-name", Severity.ADVICE)
    assert f"{slug}.md" in finding.fix


def test_a_file_name_without_a_letter_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "关系.md"
    path.write_text(FRONT + BODY)
    reading = read_article(path, tmp_path)
    assert reading.article is None
    assert [(f.code, f.severity) for f in reading.findings] == [("file-name", Severity.ERROR)]


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    for name, text in (("a.md", FRONT + BODY), ("b.md", "\ufeff" + (FRONT + BODY))):
        (tmp_path / name).write_bytes(
            text.replace("\n", "\r\n" if name == "b.md" else "\n").encode()
        )
    one, other = (read_article(tmp_path / name, tmp_path).article for name in ("a.md", "b.md"))
    assert one and other
    assert one.introduction[0].id == other.introduction[0].id
    assert one.sections[0].id == other.sections[0].id


# ---------------------------------------------------------------- sentences

SENTENCES = [
    "You sit. | You wait.",
    "Is it? | It is! | Well… | Perhaps.",
    "“Is it right?” | Nobody knows.",
    "This isn’t about doing anything “wrong”. | It’s simply how the mind works.",
    "Ask Dr. Gray or Prof. Hill. | They know.",
    "Say, e.g. Monday, i.e. soon. | Or not.",
    "At 5.30 p.m. we close. | We open at 9.",
    "It costs £60.50 an hour.",
    "J. K. Rowling wrote it. | So did I. | And she.",
    "(It may be so.) | It may not.",
    "See example.org/page for more. | Or call.",
    "No. | That is all.",
    "It is No. 9, p. 4, of it. | Look there.",
]


@pytest.mark.parametrize("told", SENTENCES)
def test_sentences_end_where_a_reader_would_stop(told: str) -> None:
    wanted = told.split(" | ")
    text = " ".join(wanted)
    assert [text[start:end] for start, end in sentence_spans(text)] == wanted


@given(st.text(alphabet=st.sampled_from("Aab. !?…”’(\n\t1"), max_size=60))
def test_no_word_is_lost_between_sentences(text: str) -> None:
    pieces = [text[start:end] for start, end in sentence_spans(text)]
    assert "".join(" ".join(pieces).split()) == "".join(text.split())
    assert all(piece == piece.strip() and piece for piece in pieces)


@given(st.lists(st.text(alphabet="ab .", max_size=8), max_size=4), st.data())
def test_a_cut_has_the_words_between(words: list[str], data: st.DataObject) -> None:
    content = tuple(Strong((Text(w),)) if at % 2 else Text(w) for at, w in enumerate(words))
    whole = plain_text(content)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    assert plain_text(cut(content, start, end)) == whole[start:end]


@given(st.text(max_size=80))
def test_sentences_hold_all_the_words(text: str) -> None:
    told = read_sentences((Text(text),), Identifier(), ENGLISH)
    assert "".join("".join(s.text for s in told).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("If You’re Thinking", "if-youre-thinking"),
        ("Why – and How?", "why-and-how"),
        ("Über Café", "uber-cafe"),
        ("关系", ""),
    ],
)
def test_slugs(words: str, slug: str) -> None:
    assert slugify(words) == slug


@given(st.lists(st.text(max_size=6), max_size=12))
def test_no_id_is_given_twice(headings: list[str]) -> None:
    ids = Identifier()
    given_ids = [ids.section(heading) for heading in headings]
    assert len(given_ids) == len(set(given_ids))
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", each) for each in given_ids)


# ---------------------------------------------------------------- hostile


@given(st.text(max_size=300), st.sampled_from([".md", ".txt"]))
@settings(deadline=None)
def test_a_reader_never_raises(text: str, suffix: str) -> None:
    read(text, suffix)
    read(FRONT + text, suffix)


@pytest.mark.parametrize(
    "body",
    [
        "> " * 1000 + "deep\n",
        "".join("  " * n + "- deep\n" for n in range(300)),
        "*" * 5000 + "a" + "*" * 5000,
        "[" * 3000 + "a" + "](" * 3000,
        "word " * 200_000,
    ],
    ids=["quotes", "lists", "stars", "brackets", "one long line"],
)
def test_a_hostile_text_is_read_in_time(body: str) -> None:
    began = time.process_time()
    reading = read(FRONT + "\n" + body)
    assert time.process_time() - began < 10
    assert reading.article or reading.findings


def test_text_nested_too_deep_is_an_error_not_a_loss() -> None:
    reading = read(FRONT + "\n" + "> " * 1000 + "deep\n")
    assert reading.article is None
    assert [f.code for f in reading.findings if f.severity == "error"] == ["nested-too-deep"]


def test_a_bomb_of_anchors_is_refused() -> None:
    bomb = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\ntitle: [*b, *b, *b]\n"
    assert read(f"---\n{bomb}---\nText.\n").article is None
