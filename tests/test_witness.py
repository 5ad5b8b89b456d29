"""The witness: what a reader loses on the way from a file to the article is told with its line.

Losses are planted in articles that were read well, in each form a source has; and files of the kinds
that readers have lost words of are held to one rule: each word is in the article, or told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from leafcast.document.article import (
    Article,
    Cell,
    Figure,
    LeftOut,
    LineBreak,
    ListEntry,
    Note,
    NoteMark,
    Paragraph,
    Quote,
    Reading,
    Section,
    Sentence,
    Text,
)
from leafcast.document.origin import Origin
from leafcast.document.report import Finding, Severity
from leafcast.readers import READERS, read_article
from leafcast.readers.witness import witnessed
from leafcast.readers.witness.told import told_texts
from tests.conftest import ARTICLE, ROOT
from tests.web_pages import page as web_page
from tests.word_files import W, related, with_xml

FRONT = """\
---
title: A Quiet Hour
author: Jo Example
language: en-GB
published: 2026-03-01
review: 2028-03-01
---
"""

PLAIN_ARTICLE = ROOT / "tests/cases/articles/therapeutic-relationship.txt"

# ---------------------------------------------------------------- one article in four forms

MARKDOWN = (
    FRONT
    + """
It begins softly. [^a] It goes on, and lasts. Then it ends[^b] well.

Call *Jo* on [0113 496 0000](tel:01134960000)\\
1 High Street.

- first point
- second point. With more.
  - inner point

3. third thing
4. fourth thing

> Somebody said this.

| Day | Hours |
|-----|-------|
| Monday | nine |
| Tuesday | ten |

![A green leaf](leaf.png "Drawn by hand")

## Where to turn

Say [mot juste]{lang=fr} and `typed words`. Keep £50 ready.

### Deeper

The deepest words.

---

**By Jo Example**

Write to her.

[^a]: Do not stop your tablets.
[^b]: Ask somebody first.
"""
)

PLAIN = (
    FRONT
    + """
It begins softly. It goes on, and lasts. Then it ends well.

Call Jo on 0113 496 0000
1 High Street.

- first point
- second point. With more.

3. third thing
4. fourth thing

Where To Turn

Keep £50 ready. The deepest words.
"""
)


def word_file() -> bytes:
    """The article with the marks of a Word file."""
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    call = "<w:r><w:footnoteReference w:id='{}'/></w:r>"

    def paragraph(*parts: str, style: str = "") -> str:
        properties = f"<w:pPr><w:pStyle w:val='{style}'/></w:pPr>" if style else ""
        runs = (part if part.startswith("<") else run.format(part) for part in parts)
        return f"<w:p>{properties}{''.join(runs)}</w:p>"

    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>"

    body = (
        paragraph("It begins softly. ", call.format(5), " It goes on, and lasts. Then it ends",
                  call.format(6), " well."),
        paragraph("Call ", "Jo on 0113 496 0000", "<w:r><w:br/></w:r>", "1 High Street."),
        paragraph("first point", style="ListBullet"),
        paragraph("second point. With more.", style="ListBullet"),
        paragraph("inner point", style="ListBullet2"),
        paragraph("third thing", style="ListNumber"),
        paragraph("fourth thing", style="ListNumber"),
        paragraph("Somebody said this.", style="Quote"),
        f"<w:tbl><w:tblPr/>{row('Day', 'Hours')}{row('Monday', 'nine')}{row('Tuesday', 'ten')}</w:tbl>",
        paragraph("Where to turn", style="Heading1"),
        paragraph("Keep £50 ready."),
        paragraph("Deeper", style="Heading2"),
        paragraph("The deepest words."),
    )  # fmt: skip
    notes = f'<w:footnotes xmlns:w="{W}">' + "".join(
        f"<w:footnote w:id='{at}'><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote>"
        for at, words in ((5, "Do not stop your tablets."), (6, "Ask somebody first."))
    )
    return related(with_xml(*body), "footnotes", "footnotes.xml", f"{notes}</w:footnotes>".encode())


PAGE = web_page(
    "<p>It begins softly. <sup id='r1'><a href='#f1'>1</a></sup> It goes on, and lasts. Then it ends"
    "<sup id='r2'><a href='#f2'>2</a></sup> well.</p>"
    "<p>Call <b>Jo</b> on 0113 496 0000<br>1 High Street.</p>"
    "<ul><li>first point</li><li>second point. With more.<ul><li>inner point</li></ul></li></ul>"
    "<ol start=3><li>third thing</li><li>fourth thing</li></ol>"
    "<blockquote><p>Somebody said this.</p></blockquote>"
    "<table><tr><th>Day</th><th>Hours</th></tr><tr><td>Monday</td><td>nine</td></tr>"
    "<tr><td>Tuesday</td><td>ten</td></tr></table>"
    "<h2>Where to turn</h2><p>Keep £50 ready.</p><h3>Deeper</h3><p>The deepest words.</p>"
    "<ol><li id='f1'>Do not stop your tablets. <a href='#r1'>↩</a></li>"
    "<li id='f2'>Ask somebody first. <a href='#r2'>↩</a></li></ol>"
).encode()

SOURCES: dict[str, Callable[[], str | bytes]] = {
    ".md": lambda: MARKDOWN,
    ".txt": lambda: PLAIN,
    ".docx": word_file,
    ".html": lambda: PAGE,
}


@pytest.fixture(scope="module", autouse=True)
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the picture of the article."""
    folder = tmp_path_factory.mktemp("source")
    Image.new("RGB", (300, 200), "green").save(folder / "leaf.png")
    global SOURCE
    SOURCE = folder
    read.cache_clear()
    return folder


SOURCE = Path("source")


@cache
def read(suffix: str) -> tuple[str | bytes, Reading]:
    content = SOURCES[suffix]()
    reading = READERS[suffix](content, origin(suffix))
    assert reading.article, reading.findings
    return content, reading


def origin(suffix: str) -> Origin:
    return Origin(f"source/q{suffix}", "q", SOURCE)


def lost(content: str | bytes, suffix: str, reading: Reading) -> list[Finding]:
    """What the witness tells of a reading."""
    seen = witnessed(content, suffix, reading, origin(suffix))
    return list(seen.findings[len(reading.findings) :])


@pytest.mark.parametrize("suffix", SOURCES)
def test_an_article_read_well_has_lost_nothing(suffix: str) -> None:
    content, reading = read(suffix)
    assert lost(content, suffix, reading) == []


# ---------------------------------------------------------------- losses planted in articles


def changed(thing: Any, change: Callable[[Any], Any]) -> Any:
    """`thing` with `change` made to each part of it, the inner ones first; None takes one out."""
    if isinstance(thing, tuple):
        parts = (changed(part, change) for part in thing)
        return tuple(part for part in parts if part is not None)
    if not is_dataclass(thing) or isinstance(thing, type):
        return thing
    inner = {each.name: changed(getattr(thing, each.name), change) for each in fields(thing)}
    kept = {
        name: part if part is not None else getattr(thing, name) for name, part in inner.items()
    }
    return change(replace(thing, **kept))


def said(thing: Any) -> str:
    """All words in a part of an article."""
    if isinstance(thing, Text):
        return thing.text
    if isinstance(thing, tuple):
        return " ".join(map(said, thing))
    if is_dataclass(thing):
        return " ".join(said(getattr(thing, each.name)) for each in fields(thing))
    return ""


Plant = Callable[[Article], Article]


def without(kind: type, words: str) -> Plant:
    """Take out the first part of a kind that holds the words."""

    def plant(article: Article) -> Article:
        done: list[bool] = []

        def change(part: Any) -> Any:
            if isinstance(part, kind) and words in said(part) and not done:
                done.append(True)
                return None
            return part

        return changed(article, change)  # type: ignore[no-any-return]

    return plant


def written(old: str, new: str) -> Plant:
    """Write words otherwise, in the text they stand in."""

    def change(part: Any) -> Any:
        if isinstance(part, Text) and old in part.text:
            return Text(part.text.replace(old, new, 1))
        return part

    return lambda article: changed(article, change)  # type: ignore[no-any-return]


def emptied(kind: type, words: str) -> Plant:
    """Leave a part of a kind without its sentences."""

    def change(part: Any) -> Any:
        return (
            replace(part, sentences=()) if isinstance(part, kind) and words in said(part) else part
        )

    return lambda article: changed(article, change)  # type: ignore[no-any-return]


def uncalled(number: int) -> Plant:
    """Lose a call of a note."""

    def change(part: Any) -> Any:
        return None if isinstance(part, NoteMark) and part.number == number else part

    return lambda article: changed(article, change)  # type: ignore[no-any-return]


def doubled(article: Article) -> Article:
    """Call a note once more, in the last sentence of its paragraph."""

    def change(part: Any) -> Any:
        if isinstance(part, Sentence) and "ends" in said(part):
            return replace(part, content=(*part.content, NoteMark("note-1", 1)))
        return part

    return changed(article, change)  # type: ignore[no-any-return]


def unbroken(article: Article) -> Article:
    """Lose the line break of an address."""
    return changed(article, lambda part: None if isinstance(part, LineBreak) else part)  # type: ignore[no-any-return]


def sentences_joined(article: Article) -> Article:
    """Two sentences in one, with no space between them."""

    def change(part: Any) -> Any:
        if isinstance(part, Paragraph) and len(part.sentences) > 1 and "softly" in said(part):
            first, second, *rest = part.sentences
            both = replace(first, content=(*first.content, *second.content))
            return replace(part, sentences=(both, *rest))
        return part

    return changed(article, change)  # type: ignore[no-any-return]


def swapped(article: Article) -> Article:
    """Each of two notes in the other's place."""
    first, second = article.notes
    notes = (replace(first, blocks=second.blocks), replace(second, blocks=first.blocks))
    return replace(article, notes=notes)


def turned(article: Article) -> Article:
    """The sentences of the first paragraph in another order."""
    first, *rest = article.introduction
    assert isinstance(first, Paragraph)
    return replace(article, introduction=(replace(first, sentences=first.sentences[::-1]), *rest))


ALL = (".md", ".txt", ".docx", ".html")
RICH = (".md", ".docx", ".html")
PLANTED: list[tuple[str, Plant, str, tuple[str, ...]]] = [
    ("a word", written("goes ", ""), "goes", ALL),
    ("the first word", written("It begins", "begins"), "It", ALL),
    ("the last word", written("deepest words", "deepest"), "words", ALL),
    ("a number", written("£50", "£"), "50", ALL),
    ("a sign of money", written("£50", "50"), "£", ALL),
    ("a letter", written("softly", "soft"), "softly", ALL),
    ("two words run together", written("goes on", "goeson"), "goes on", ALL),
    ("a word torn apart", written("lasts", "la sts"), "lasts", ALL),
    ("sentences run together", sentences_joined, "softly", ALL),
    ("sentences in another order", turned, "softly", ALL),
    ("a sentence", without(Sentence, "goes on"), "It goes on, and lasts", ALL),
    ("a paragraph", without(Paragraph, "High Street"), "High Street", ALL),
    ("a point", without(ListEntry, "first point"), "first point", ALL),
    ("half a point", without(Sentence, "With more"), "With more", ALL),
    ("a numbered point", without(ListEntry, "fourth thing"), "fourth thing", ALL),
    ("a section", without(Section, "£50"), "Where to turn", RICH),
    ("a section of a section", without(Section, "deepest"), "Deeper", RICH),
    ("a heading's word", written("Where to turn", "Where turn"), "to", RICH),
    ("a point within a point", without(ListEntry, "inner point"), "inner point", RICH),
    ("a line break", unbroken, "0000 1", RICH),
    ("a quotation", without(Quote, "Somebody said"), "Somebody said this", RICH),
    ("a cell's words", emptied(Cell, "nine"), "nine", RICH),
    ("a header's words", emptied(Cell, "Hours"), "Hours", RICH),
    ("a call between sentences", uncalled(1), "softly", RICH),
    ("a call in a sentence", uncalled(2), "ends", RICH),
    ("a call too many", doubled, "more often", RICH),
    ("a note", without(Note, "tablets"), "Do not stop your tablets", RICH),
    ("a note's word", written("Do not stop", "Do stop"), "not", RICH),
    ("a note's paragraph", without(Paragraph, "Ask somebody"), "Ask somebody first", RICH),
    ("two notes, each in the other's place", swapped, "", (".md", ".docx", ".html")),
    ("a picture", without(Figure, ""), "A green leaf", (".md",)),
    ("a caption", lambda article: changed(article, lambda part: replace(part, caption=())
     if isinstance(part, Figure) else part), "Drawn by hand", (".md",)),
    ("what a picture shows", lambda article: changed(article, lambda part: replace(part, alt="A leaf")
     if isinstance(part, Figure) else part), "green", (".md",)),
    ("the byline", lambda article: replace(article, byline=None), "By Jo Example", (".md",)),
    ("the closing", lambda article: replace(article, call_to_action=()), "Write to her", (".md",)),
    ("the introduction", lambda article: replace(article, introduction=()), "It begins", ALL),
    ("everything", lambda article: replace(article, introduction=(), sections=(), notes=(),
     byline=None, call_to_action=()), "It begins", ALL),
    ("words in another language", written("mot juste", "mot"), "juste", (".md",)),
    ("words as typed", lambda article: changed(article, lambda part: None
     if getattr(part, "text", "") == "typed words" else part), "typed words", (".md",)),
]  # fmt: skip


def planted() -> Iterator[Any]:
    for name, plant, words, suffixes in PLANTED:
        for suffix in suffixes:
            yield pytest.param(suffix, plant, words, id=f"{name} {suffix}")


def test_there_are_enough_plants() -> None:
    assert len(list(planted())) >= 100


@pytest.mark.parametrize(("suffix", "plant", "words"), list(planted()))
def test_a_planted_loss_is_found(suffix: str, plant: Plant, words: str) -> None:
    content, reading = read(suffix)
    assert reading.article
    article = plant(reading.article)
    assert article != reading.article
    found = lost(content, suffix, replace(reading, article=article))
    assert {finding.code for finding in found} == {"words-lost"}
    assert all(finding.severity == Severity.ERROR and finding.fix for finding in found)
    assert words.casefold() in " ".join(finding.message for finding in found).casefold()


@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_a_loss_has_the_line_it_stands_on(suffix: str) -> None:
    content, reading = read(suffix)
    assert reading.article and isinstance(content, str)
    lines = content.split("\n")
    for words in ("goes", "first", "fourth", "deepest"):
        article = written(f"{words} ", "")(reading.article)
        (finding,) = lost(content, suffix, replace(reading, article=article))
        assert finding.place and words in lines[(finding.place.line or 0) - 1]


def test_no_more_than_six_losses_are_told_of_a_file() -> None:
    content, reading = read(".md")
    assert reading.article
    article = changed(
        reading.article,
        lambda part: replace(part, content=()) if isinstance(part, Sentence) else part,
    )
    found = lost(content, ".md", replace(reading, article=article))
    assert len(found) == 6 and "more places" in found[-1].message


# ---------------------------------------------------------------- what is left out on purpose


def test_what_a_reader_says_it_left_out_is_not_lost() -> None:
    content, reading = read(".html")
    assert reading.article
    without_point = replace(
        reading, article=without(ListEntry, "first point")(reading.article),
        left_out=(LeftOut("noise-left-out", "first point", 4),),
    )  # fmt: skip
    told = Finding("noise-left-out", Severity.ADVICE, "“first point” was left out")
    assert lost(content, ".html", without_point)  # nobody sees it
    other = replace(told, message="What is around is left out: “other words”")
    assert lost(content, ".html", replace(without_point, findings=(*reading.findings, other)))
    for said_so in (told, replace(told, message="Left out, 2 words in all")):
        findings = (*reading.findings, said_so)
        assert lost(content, ".html", replace(without_point, findings=findings)) == []


def test_what_stands_around_a_page_is_handed_on_with_its_finding() -> None:
    nav, box = (
        "<nav><p>Home and more of it</p></nav>",
        "<div class='related'>Words in passing.</div>",
    )
    main = f"<main><p>{'It begins here. ' * 20}</p>{box}<p>{'And it goes on. ' * 9}</p></main>"
    content = web_page(nav + main, wrap=False).encode()
    reading = READERS[".html"](content, origin(".html"))
    assert reading.article, reading.findings
    assert {"Home and more of it", "Words in passing."} <= {left.words for left in reading.left_out}
    assert lost(content, ".html", reading) == []
    silent = replace(reading, findings=(), left_out=())
    assert "words-lost" in {finding.code for finding in lost(content, ".html", silent)}


def test_what_is_read_as_something_else_is_not_said_to_be_left_out() -> None:
    content, reading = read(".md")
    assert reading.article
    article = without(Section, "deepest")(reading.article)
    guess = Finding("guessed", Severity.ADVICE, "“The deepest words.” was read as a paragraph")
    assert lost(content, ".md", replace(reading, article=article, findings=(guess,)))


# ---------------------------------------------------------------- each word is kept, or told

FORMS: list[tuple[str, str | bytes, str]] = [
    (".md", "It works. [^1]\n\n[^1]: WORDA.\n", "WORDA"),
    (".md", "It works.\n\n[^1]: A note nobody calls, WORDA.\n", "WORDA"),
    (".md", "It works.[^2]\n\n[^1]: A note nobody calls, WORDA.\n\n[^2]: b\n", "WORDA"),
    (".md", "| a | b |\n|---|---|\n| c | d | WORDA |\n", "WORDA"),
    (".md", "- | a | b |\n  |---|---|\n  | c | d | WORDA |\n", "WORDA"),
    (".md", "> a | b\n> ---|---\n> c | d | WORDA\n", "WORDA"),
    (".md", "``` WORDA\nx\n```\n", "WORDA"),
    (".md", "See [x](https://e.org 'WORDA').\n", "WORDA"),
    (".md", "See [x][y].\n\n[y]: https://e.org 'WORDA'\n", "WORDA"),
    (".md", "It.\n\n<!-- WORDA -->\n", "WORDA"),
    (".md", "It <!-- WORDA --> is.\n", "WORDA"),
    (".md", "Write to <WORDA name> at once.\n", "WORDA"),
    (".md", "<div>\nWORDA &amp; more\n</div>\n", "WORDA"),
    (".md", "<ul><li>One</li><li>WORDA</li></ul>\n", "WORDA"),
    (".md", "![WORDA](IMG 1234.JPG)\n", "WORDA"),
    (".md", "![A leaf <WORDA> on nothing](leaf.png)\n", "WORDA"),
    (".md", "It.\n\n{% include WORDA.html %}\n", "WORDA"),
    (".md", "1986. A great WORDA.\n", "1986"),
    (".md", "a\n\n[^1]: WORDA [^1]\n", "WORDA"),
    (".txt", "* * *\n\nWORDA\n\n-a pen\n", "pen"),
    (".txt", "Where To Turn\n------\n\nWORDA it is.\n", "WORDA"),
    (".txt", "1. WORDA\n2. two\n\n5.1 third\n", "5.1"),
    (".docx", "<w:p><w:r><w:t>Two</w:t><w:br/><w:br/><w:t>Three</w:t></w:r></w:p>", "Two Three"),
    (".docx", "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Mon</w:t></w:r></w:p></w:tc><w:sdt><w:sdtContent><w:tc>"
     "<w:p><w:r><w:t>WORDA</w:t></w:r></w:p></w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>", "WORDA"),
    (".docx", "<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc><w:p><w:r><w:t>WORDA</w:t></w:r></w:p></w:tc>"
     "</w:sdtContent></w:sdt></w:tr></w:tbl>", "WORDA"),
    (".docx", "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r></w:p><w:p><w:r><w:t>WORDA</w:t></w:r></w:p>",
     "WORDA"),
    (".docx", "<w:p><w:r><w:t>On </w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>WORDA</w:t></w:r></w:p>",
     "WORDA"),
    (".docx", "<w:p><w:r><w:t>On </w:t></w:r><w:del><w:r><w:delText>WORDB</w:delText></w:r></w:del>"
     "<w:r><w:rPr><w:vanish/></w:rPr><w:t>WORDA</w:t></w:r></w:p>", "hidden"),
    (".docx", "<w:p><w:r><w:t>a</w:t></w:r><w:r><w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'>"
     "<w:txbxContent><w:p><w:r><w:t>WORDA</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r></w:p>",
     "WORDA"),
    (".docx", "<w:p><w:ruby><w:rt><w:r><w:t>WORDA</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>b</w:t></w:r>"
     "</w:rubyBase></w:ruby><w:r><w:t> c</w:t></w:r></w:p>", "WORDA"),
    (".docx", "<w:p><w:pPr><w:framePr w:dropCap='drop'/></w:pPr><w:r><w:t>G</w:t></w:r></w:p>"
     "<w:p><w:r><w:t>rief is WORDA.</w:t></w:r></w:p>", "Grief"),
    (".html", "<p>Choose:</p><ul>Bring WORDA:<li>a pen</li>and nothing else.</ul>", "WORDA"),
    (".html", "<ul><li>a pen</li>and WORDA else.</ul>", "WORDA"),
    (".html", "<p>It.</p><h3><button>WORDA it is?</button></h3><p>So.</p>", "WORDA"),
    (".html", "<p>It.</p><table>WORDA<tr><td>a<td>b<tr><td>c<td>d</table>", "WORDA"),
    (".html", "<p>A session costs <strike>WORDA</strike> £60.</p>", "WORDA"),
    (".html", "<p>It.</p><noscript><p>WORDA</p></noscript>", "WORDA"),
    (".html", "<p>It.</p><div hidden><p>WORDA is so.</p></div>", "WORDA"),
    (".html", "<p>It.</p><details><summary>WORDA</summary>so</details>", "WORDA"),
    (".html", "<p>It.</p><p>Ring 20<sup>2</sup> times.</p>", "202"),
    (".html", "<p>It.</p><dl><dt>WORDA</dt><dd>b</dd>", "WORDA"),
]  # fmt: skip


@pytest.mark.parametrize(("suffix", "body", "words"), FORMS)
def test_each_word_is_in_the_article_or_told(
    suffix: str, body: str | bytes, words: str, tmp_path: Path
) -> None:
    contents: dict[str, Callable[[str], bytes]] = {
        ".docx": with_xml,
        ".html": lambda body: web_page(f"<p>It begins.</p>{body}").encode(),
    }
    write = contents.get(suffix, lambda body: (FRONT + "It begins.\n\n" + body).encode())
    folder = tmp_path / "source"
    folder.mkdir()
    Image.new("RGB", (300, 200), "green").save(folder / "leaf.png")
    path = folder / f"quiet{suffix}"
    path.write_bytes(write(str(body)))
    reading = read_article(path, folder)
    assert reading.article, reading.findings
    kept = " ".join(told_texts(reading.article))
    told = " ".join(f"{finding.code} {finding.message}" for finding in reading.findings)
    starts = " ".join(str(each) for each in re.findall(r"start=(\d+)", repr(reading.article)))
    assert words in f"{kept} {starts} {told}".replace("²", "2")


# ---------------------------------------------------------------- no false alarm


@pytest.mark.parametrize(
    "path",
    [*sorted((ROOT / "tests/cases/articles").glob("*.md")), PLAIN_ARTICLE, ARTICLE],
    ids=lambda path: path.name,
)
def test_the_cases_lose_nothing(path: Path) -> None:
    reading = read_article(path, path.parent)
    assert reading.article
    assert [each for each in reading.findings if each.code == "words-lost"] == []
