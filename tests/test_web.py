"""Saved pages: the same article as in Markdown, whatever the site puts around it."""

from __future__ import annotations

import base64
import json
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafcast.document.article import (
    Article,
    Emphasis,
    Figure,
    Foreign,
    Link,
    ListBlock,
    Paragraph,
    Reading,
    Strong,
    Text,
    article_blocks,
    article_sentences,
)
from leafcast.document.origin import Origin
from leafcast.document.report import Severity
from leafcast.readers import READERS, read_article
from leafcast.state.canonical import plain
from tests.conftest import ARTICLE, ROOT
from tests.web_pages import around, meta, page, real_page

PICTURE = ROOT / "tests/cases/articles/armchairs.png"
WORDS = "<p>This is how it begins, and so it goes on for a while, until there are words enough to be an article.</p>"


def read(text: str | bytes, source: Path = Path("source"), slug: str = "quiet-hour") -> Reading:
    content = text if isinstance(text, bytes) else text.encode()
    return READERS[".html"](content, Origin(f"source/{slug}.html", slug, source))


def article(text: str | bytes, source: Path = Path("source")) -> Article:
    reading = read(text, source)
    assert reading.article, reading.findings
    return reading.article


def markdown(body: str) -> Article:
    front = "---\ntitle: A Quiet Hour\nauthor: Jo Example\npublished: 2026-03-01\nreview: 2028-03-01\n---\n"
    reading = READERS[".md"](
        front + body, Origin("source/quiet-hour.html", "quiet-hour", Path("source"))
    )
    assert reading.article, reading.findings
    return reading.article


def same(one: Article, other: Article) -> bool:
    return plain(replace(one, source="")) == plain(replace(other, source=""))


def told(text: str | bytes) -> dict[str, list[tuple[str, int | None]]]:
    """Message and line of each finding, by code."""
    found: dict[str, list[tuple[str, int | None]]] = {}
    for finding in read(text).findings:
        line = finding.place.line if finding.place else None
        found.setdefault(finding.code, []).append((finding.message, line))
    return found


LEAD = "This is how it begins, and so it goes on for a while, until there are words enough to be an article."


# ---------------------------------------------------------------- the real article


@pytest.fixture(scope="module")
def real() -> Article:
    found = read_article(ARTICLE, ARTICLE.parent).article
    assert found
    return found


def test_the_page_of_the_site_is_the_article_of_the_markdown(real: Article) -> None:
    reading = read(real_page(real), slug=real.slug)
    assert reading.article and same(reading.article, real)
    assert {f.severity for f in reading.findings} == {Severity.ADVICE}
    assert {f.code for f in reading.findings} == {
        "around-left-out", "scripts-dropped", "styles-dropped", "frames-dropped", "forms-dropped",
        "handlers-dropped", "guessed", "guessed-facts", "details-left-out", "offers-left-out",
    }  # fmt: skip


def test_a_page_that_marks_nothing_is_too_and_says_what_was_guessed(real: Article) -> None:
    bare = real_page(real).replace("<main>", "<div>").replace("</main>", "</div>")
    bare = bare.replace("<article>", "<div class='inner'>").replace("</article>", "</div>")
    reading = read(bare, slug=real.slug)
    assert reading.article and same(reading.article, real)
    guesses = [f.message for f in reading.findings if f.code == "guessed"]
    assert any("was taken to be what stands in <div>" in words for words in guesses)


def test_fake_headings_and_typed_bullets_are_guessed(real: Article) -> None:
    fake = real_page(real, fake=True)
    reading = read(fake, slug=real.slug)
    assert reading.article and same(reading.article, real)
    guesses = [f.message for f in reading.findings if f.code == "guessed"]
    assert sum("9 lines were read as headings" in words for words in guesses) == 1
    assert sum("17 paragraphs were read as 4 lists" in words for words in guesses) == 1
    first = next(f for f in reading.findings if "were read as headings" in f.message)
    assert first.place and fake.split("\n")[(first.place.line or 0) - 1].startswith(
        "<p><b>What Do We Mean"
    )


# ---------------------------------------------------------------- what a page can say

BODIES = {
    "nested lists": (
        "<ul><li>one<ol start='3'><li>a</li><li>b</li></ol></li><li><p>two</p><p>more</p></li></ul>",
        "- one\n\n  3. a\n  4. b\n- two\n\n  more\n",
    ),
    "a list in no point": ("<ul><li>one</li><ul><li>a</li></ul></ul>", "- one\n  - a\n"),
    "headings": ("<h2>One</h2><p>It is.</p><h3>Two</h3><p>It was.</p>", "## One\n\nIt is.\n\n### Two\n\nIt was.\n"),
    "a quote": ("<blockquote><p>She said.</p>And he.</blockquote>", "> She said.\n>\n> And he.\n"),
    "marks": (
        "<p>A <strong>strong </strong>word, <em>a</em> <i>slanted</i> one, <b>“bold”</b>.</p>",
        "A **strong** word, *a slanted* one, **“bold”**.\n",
    ),
    "words of another language": ("<p>the <span lang='fr'>mot juste</span></p>", "the [mot juste]{lang=fr}\n"),
    "line breaks": ("<p>1 Lane<br>Town</p>", "1 Lane\\\nTown\n"),
    "paragraphs by two breaks": ("<div>It is.<br><br>It was.</div>", "It is.\n\nIt was.\n"),
    "text without paragraphs": ("<div>It is.<div>It was.</div>It will be.</div>", "It is.\n\nIt was.\n\nIt will be.\n"),
    "a table": (
        "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td><p>2</p></td></tr></table>",
        "| A | B |\n| --- | --- |\n| 1 | 2 |\n",
    ),
    "a table with merged cells": (
        "<table><tr><th>A</th><th>B</th></tr><tr><td rowspan='2'>1</td><td>2</td></tr><tr><td>3</td></tr></table>",
        "| A | B |\n| --- | --- |\n| 1 | 2 |\n| ^^ | 3 |\n",
    ),
    "terms": ("<h2>One</h2><dl><dt>Grief</dt><dd>It is love.</dd></dl>", "## One\n\n**Grief**\n\nIt is love.\n"),
    "a quotation": ("<p><q>So</q> it is.</p>", "“So” it is.\n"),
    "a link": ("<p><a href='https://example.org/a'>here</a> it is</p>", "[here](https://example.org/a) it is\n"),
    "deleted words": ("<p>It <del>was</del><ins>is</ins> so.</p>", "It is so.\n"),
    "code": ("<p>Write <code>a*b</code>.</p>", "Write `a*b`.\n"),
    "footnotes": (
        "<p>It helps.<sup id='r1'><a href='#n1'>1</a></sup> Often.</p>"
        "<section class='footnotes'><ol><li id='n1'>So they say. <a href='#r1'>↩</a></li></ol></section>",
        "It helps.[^1] Often.\n\n[^1]: So they say.\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("html", "wanted"), BODIES.values(), ids=BODIES.keys())
def test_what_a_page_can_say(html: str, wanted: str) -> None:
    assert same(article(page(WORDS + html)), markdown(f"{LEAD}\n\n{wanted}"))


def test_a_table_that_lays_out_the_page_is_its_text() -> None:
    html = (
        "<table><tr><td><p>Left it is.</p></td></tr><tr><td><p>Right it is.</p></td></tr></table>"
    )
    assert same(article(page(WORDS + html)), markdown(f"{LEAD}\n\nLeft it is.\n\nRight it is.\n"))


def test_links_within_the_site_lead_there_if_the_page_says_where_it_is() -> None:
    html = WORDS + "<p>Do <a href='/contact'>call</a>.</p>"
    assert "link-relative" in told(page(html))
    known = page(html, head="<link rel='canonical' href='https://example.org/blog/a'>")
    links = [i for s in article_sentences(article(known)) for i in s.content if isinstance(i, Link)]
    assert links == [Link((Text("call"),), "https://example.org/contact")]
    saved = "<!-- saved from url=(0027)https://example.org/blog/a -->\n" + page(html)
    assert "link-relative" not in told(saved)


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "java&#10;script:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
    ],
)
def test_links_that_lead_nowhere_leave_their_words(target: str) -> None:
    html = page(WORDS + f"<p>See <a href='{target}'>here</a> and <a href='{target}'>there</a>.</p>")
    assert [s.text for s in article_sentences(article(html))][-1] == "See here and there."
    assert not any(isinstance(i, Link) for s in article_sentences(article(html)) for i in s.content)
    ((message, line),) = told(html)["link-target"]
    assert "2" in message and line


# ---------------------------------------------------------------- pictures


def test_a_picture_beside_the_page_is_a_figure(tmp_path: Path) -> None:
    (tmp_path / "Page_files").mkdir()
    shutil.copy(PICTURE, tmp_path / "Page_files/arm chairs.png")
    html = "<figure><img src='./Page_files/arm%20chairs.png?w=300' alt='Two armchairs'><figcaption>Where we sit</figcaption></figure>"
    figure = article(page(WORDS + html), tmp_path).introduction[1]
    assert isinstance(figure, Figure)
    assert (figure.path, figure.alt, figure.caption[0].text) == (
        "Page_files/arm chairs.png",
        "Two armchairs",
        "Where we sit",
    )


@pytest.mark.parametrize(
    "address",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "file:///etc/passwd",
        "https://example.org/a.png",
        "//example.org/a.png",
        "missing.png",
    ],
)
def test_a_picture_from_elsewhere_is_refused(address: str, tmp_path: Path) -> None:
    reading = read(page(WORDS + f"<img src='{address}' alt='A tree'>"), tmp_path)
    (finding,) = [f for f in reading.findings if f.severity is Severity.ERROR]
    assert finding.code == "picture-missing" and finding.fix
    assert reading.article and not any(
        isinstance(b, Figure) for b in article_blocks(reading.article)
    )


def test_pictures_that_decorate_are_left_out_once_told() -> None:
    found = told(page(WORDS + "<img src='a.png' alt=''><img src='b.gif' width='1' height='1'>"))
    ((message, _),) = found["picture-decorative"]
    assert "2" in message


def test_a_picture_without_words_is_an_error(tmp_path: Path) -> None:
    shutil.copy(PICTURE, tmp_path / "a.png")
    reading = read(page(WORDS + "<img src='a.png'>"), tmp_path)
    assert "picture-without-alt" in {f.code for f in reading.findings}


def test_a_picture_written_into_the_page_is_an_error_with_the_way_out() -> None:
    data = base64.b64encode(PICTURE.read_bytes()).decode()
    reading = read(page(WORDS + f"<img src='data:image/png;base64,{data}' alt='Two armchairs'>"))
    (finding,) = [f for f in reading.findings if f.code == "picture-in-page"]
    assert finding.severity is Severity.ERROR and "leafcast new" in finding.fix


# ---------------------------------------------------------------- what is not the article


def test_menus_banners_and_noise_are_left_out_and_named() -> None:
    html = around(
        f"<main>{WORDS}<div class='share-buttons'><p>Share this now</p></div><h2>One</h2>{WORDS}"
        "<ul class='x'><li><a href='/a'>First other page</a></li><li><a href='/b'>Second</a></li><li><a href='/c'>Third</a></li></ul></main>"
    )
    words = " ".join(s.text for s in article_sentences(article(html)))
    assert words == f"{LEAD} One {LEAD}"
    found = told(html)
    assert "We use cookies" in found["around-left-out"][0][0]
    ((said, _),) = found["offers-left-out"]
    assert "Share this now" in said and "First other page" in said


def test_what_is_hidden_is_not_read() -> None:
    html = page(
        WORDS
        + "<p hidden>No.</p><p style='display: none'>No.</p><p aria-hidden='true'>No.</p><template><p>No.</p></template>"
    )
    assert [s.text for s in article_sentences(article(html))] == [LEAD]


def test_of_several_articles_the_longest_is_taken_and_told() -> None:
    html = page(f"<article><p>Short it is.</p></article><article>{WORDS}</article>", wrap=False)
    assert [s.text for s in article_sentences(article(html))] == [LEAD]
    assert "several-articles" in told(html)


def test_what_a_browser_runs_is_dropped_one_finding_a_kind() -> None:
    html = page(
        WORDS + "<script>alert(1)</script><script src='x.js'></script><style>p{}</style>"
        "<iframe src='https://example.org'></iframe><p onclick='x()'>It is so.</p><svg><text>No</text></svg><video>No</video>"
    )  # fmt: skip
    assert [s.text for s in article_sentences(article(html))] == [LEAD, "It is so."]
    found = told(html)
    for code in (
        "scripts-dropped",
        "styles-dropped",
        "frames-dropped",
        "handlers-dropped",
        "drawings-dropped",
        "films-dropped",
    ):
        assert len(found[code]) == 1, code
    assert "2" in found["scripts-dropped"][0][0]


# ---------------------------------------------------------------- what a page says of itself


def facts(html: str) -> tuple[str, str, str, str]:
    found = article(html)
    return found.title, found.author, str(found.published), found.summary


def test_json_ld_says_who_and_when() -> None:
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Site"},
            {"@type": "Person", "@id": "#jo", "name": "Jo Example"},
            {"@type": ["BlogPosting"], "headline": "A Quiet Hour", "author": {"@id": "#jo"},
             "datePublished": "2026-03-01T09:00:00+00:00"},
        ],
    }  # fmt: skip
    head = f"<script type='application/ld+json'>{json.dumps(data)}</script>{meta(review='2028-03-01')}<meta property='og:description' content='It is quiet.'>"
    html = page(WORDS, head=head, own=False, heading="")
    assert facts(html) == ("A Quiet Hour", "Jo Example", "2026-03-01", "It is quiet.")
    assert set(told(html)) == {"guessed-facts"}


def test_what_is_guessed_of_the_page_is_told() -> None:
    html = page(
        f"<p class='author'>By Jo Example</p><time datetime='2026-03-01'>1 March</time>{WORDS}",
        head=meta(review="2028-03-01") + "<title>A Quiet Hour | Jo Example Counselling</title>",
        own=False, heading="", lang="en",
    )  # fmt: skip
    assert facts(html)[:3] == ("A Quiet Hour", "Jo Example", "2026-03-01")
    assert {"guessed-title", "guessed-author", "guessed-published", "guessed-language"} <= set(
        told(html)
    )


def test_what_is_missing_is_an_error_with_the_fix() -> None:
    reading = read(page(WORDS, own=False))
    errors = {f.code: f.fix for f in reading.findings if f.severity is Severity.ERROR}
    assert set(errors) == {"no-author", "no-published", "no-review"}
    assert errors["no-review"].endswith('<meta name="review" content="2029-11-24">')


@pytest.mark.parametrize(
    "data", ["[" * 100_000, "{", "null", "[1, [2, {}]]", '{"@type": 5, "author": [[]]}']
)
def test_broken_json_ld_is_no_matter(data: str) -> None:
    article(page(WORDS, head=f"<script type='application/ld+json'>{data}</script>"))


# ---------------------------------------------------------------- letters


@pytest.mark.parametrize(
    ("encoding", "label"),
    [
        ("utf-8", "utf-8"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "windows-1252"),
        ("utf-8", "UTF8"),
        ("koi8-r", "koi8-r"),
    ],
)
def test_letters_are_those_the_page_says(encoding: str, label: str) -> None:
    letters = "да" if encoding == "koi8-r" else "café – “so”"
    html = page(f"{WORDS}<p>{letters}</p>", charset=label)
    assert [s.text for s in article_sentences(article(html.encode(encoding)))][-1] == letters


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_at_the_start_says_more_than_the_page(encoding: str) -> None:
    html = page(f"{WORDS}<p>café</p>", charset="iso-8859-1")
    assert [s.text for s in article_sentences(article(html.encode(encoding)))][-1] == "café"


def test_a_wrong_claim_is_told() -> None:
    html = page(f"{WORDS}<p>café</p>", charset="utf-8").encode("cp1252")
    assert [s.text for s in article_sentences(article(html))][-1] == "café"
    assert [line for _, line in told(html)["encoding-wrong"]] == [None]


# ---------------------------------------------------------------- hostile and broken

SHELL = "<!DOCTYPE html><html><head><title>A Quiet Hour</title></head><body><div id='root'></div><noscript>You need to enable JavaScript to run this app, which is a very long sentence with many words in it indeed.</noscript><script src='a.js'></script></body></html>"
BROKEN = {
    "a shell of scripts": ("page-of-scripts", SHELL.encode()),
    "an empty file": ("page-empty", b""),
    "white space": ("page-empty", b"  \n "),
    "an empty page": ("page-empty", b"<html><body></body></html>"),
    "a PDF": ("not-a-page", b"%PDF-1.7\n"),
    "a Word file": ("not-a-page", b"PK\x03\x04abc"),
    "a web archive": ("not-a-page", b"From: <Saved by Blink>\r\nMIME-Version: 1.0"),
    "deep divisions": (
        "nested-too-deep",
        page("<div>" * 10_000 + WORDS + "</div>" * 10_000).encode(),
    ),
    "deep marks": ("nested-too-deep", page(WORDS + "<p>" + "<b>" * 3_000 + "x").encode()),
    "very many elements": ("page-too-large", page("<p>a" * 200_000).encode()),
}


@pytest.mark.parametrize(("code", "content"), BROKEN.values(), ids=BROKEN.keys())
def test_a_page_that_cannot_be_read_has_one_finding_with_a_fix(code: str, content: bytes) -> None:
    began = time.process_time()
    reading = read(content)
    assert time.process_time() - began < 5
    assert reading.article is None
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == (code, Severity.ERROR)
    assert finding.fix and finding.place and finding.place.path == "source/quiet-hour.html"


def test_fifty_megabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "source" / "quiet-hour.html"
    path.parent.mkdir()
    with path.open("wb") as file:
        file.truncate(50_000_000)
    from leafcast.document.errors import SourceError

    with pytest.raises(SourceError, match="20 MB"):
        read_article(path, path.parent)


def test_a_large_page_is_read_in_time() -> None:
    html = page("<p>It is so, and it goes on. And on it goes.</p>" * 15_000)
    began = time.process_time()
    read(html)
    assert time.process_time() - began < 30


TAGS = ["p", "div", "b", "a href='x'", "ul", "li", "table", "tr", "td", "h1", "h2", "blockquote", "img src=x", "br", "hr",
        "article", "main", "figure", "figcaption", "sup", "a href='#x' id='y'", "li id='x'", "dl", "dt", "pre", "script", "title"]  # fmt: skip
HTML = st.lists(
    st.one_of(
        st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
        st.sampled_from(TAGS).map(lambda tag: f"</{tag.split()[0]}>"),
        st.sampled_from(
            ["word ", "• one", "1. two", "&nbsp;", "<!--", "]]>", "\0", "Jo Example", LEAD]
        ),
    ),
    max_size=30,
).map("".join)


@given(HTML)
@settings(max_examples=150, deadline=None)
def test_whatever_stands_in_a_page_is_read(html: str) -> None:
    read(page(WORDS + html))
    read(html)


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    read(content)
    read(page(WORDS).encode() + content)


def test_marks_stay_what_they_are() -> None:
    (block, *_) = article(page(f"<p>A <b>b</b> <i>c</i> {LEAD}</p>")).introduction
    assert isinstance(block, Paragraph) and not isinstance(block, ListBlock)
    assert block.sentences[0].content[:4] == (
        Text("A "),
        Strong((Text("b"),)),
        Text(" "),
        Emphasis((Text("c"),)),
    )
    assert not any(isinstance(i, Foreign) for i in block.sentences[0].content)
