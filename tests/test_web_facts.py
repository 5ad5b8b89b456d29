"""Title, author, language, summary and day of a saved page: what is seen, before what is said."""

from __future__ import annotations

import pytest

from tests.test_web import LEAD, WORDS, article, read, told
from tests.test_web_around import MORE, whole, words
from tests.web_pages import meta

TAB = "<title>What is grief - Jo Example Therapy</title>"
TITLES = {
    "the site's name is the only h1": ("<header><h1>Jo Example Therapy</h1></header><main><h2>What is grief</h2>{}</main>", TAB + "<meta property='og:title' content='What is grief'>"),
    "in a box": ("<div id='header'><h1>Jo Example Therapy</h1></div><div id='content'><h2>What is grief</h2>{}</div>", TAB),
    "a greeting is the h1": ("<main><h1>Welcome</h1><h2>What is grief</h2>{}</main>", "<meta property='og:title' content='What is grief'>"),
    "JSON-LD": ("<main><h1>Welcome</h1><h2>What is grief</h2>{}</main>", '<script type="application/ld+json">{"@type": "BlogPosting", "headline": "What is grief"}</script>'),
    "several h1": ("<main><h1>What is grief</h1>{}<h1>What it is not</h1><p>It is so.</p></main>", "<title>Women's Health</title>"),
    "an h1 that nothing agrees with": ("<main><h1>What is grief</h1>{}</main>", "<title>Home | Jo Example</title><meta property='og:title' content='Grief counselling in Leeds'>"),
    "the blog's name is the only heading": (
        "<main><h1>Notes from my practice</h1>{}</main>",
        '<script type="application/ld+json">{"@type": "BlogPosting", "headline": "What is grief"}</script>'
        "<meta property='og:title' content='What is grief'>",
    ),
    "no heading": ("<main>{}</main>", TAB + "<meta property='og:site_name' content='Jo Example Therapy'>"),
    "the site's name first": ("<main>{}</main>", "<title>Jo Example Therapy | What is grief</title><meta property='og:site_name' content='Jo Example Therapy'>"),
    "in the banner of the page": ("<header><h1>What is grief</h1></header><div>{}</div>", TAB),
}  # fmt: skip


@pytest.mark.parametrize(("body", "head"), TITLES.values(), ids=TITLES.keys())
def test_the_title_is_what_the_pages_names_agree_on(body: str, head: str) -> None:
    html = whole(body.format(WORDS + MORE), head)
    assert article(html).title == "What is grief"
    assert "What is grief" not in words(html) and "Welcome" not in words(html)


def test_of_several_first_headings_it_is_told() -> None:
    body, head = TITLES["several h1"]
    ((message, _),) = told(whole(body.format(WORDS), head))["guessed-title"]
    assert "first <h1>" in message


BYLINES = {
    "in the banner": ("<header><h1>Waves</h1><p>By Dr. Jane Example &middot; Oct 12 &middot; 4 min read</p></header><section>{}</section>", ""),
    "in main": ("<main><h1>Waves</h1><h4>By Dr. Jane Example &middot; Oct 12, 2024 &middot; 4 min read</h4>{}</main>", "2024-10-12"),
    "run together": ("<main><h1>Waves</h1><div class='entry-meta'>Written by Dr. Jane Example on 12 October 2024</div>{}</main>", "2024-10-12"),
    "in spans": ("<main><h1>Waves</h1><div><span>By Dr. Jane Example</span> <span>12 October 2024</span> <span>5 min read</span></div>{}</main>", "2024-10-12"),
    "by a class": ("<main><h1>Waves</h1><span class='author vcard'>Dr. Jane Example</span>{}</main>", ""),
}  # fmt: skip


@pytest.mark.parametrize(("body", "day"), BYLINES.values(), ids=BYLINES.keys())
def test_who_wrote_it_is_read_from_its_line(body: str, day: str) -> None:
    html = whole(body.format(WORDS + MORE))
    html = html.replace("<meta name='author' content='Jo Example'>", "")
    if day:
        html = html.replace("<meta name='published' content='2026-03-01'>", "")
    found = article(html)
    assert found.author == "Dr. Jane Example"
    assert words(html) == f"{LEAD} {MORE[3:-4]}"
    assert not day or str(found.published) == day
    assert "guessed-author" in told(html)


@pytest.mark.parametrize("line", ["By the sea, Monday 4 May", "By doing less", "50 minutes", "12 chairs"])  # fmt: skip
def test_a_line_that_is_none_stays(line: str) -> None:
    html = whole(f"<main><h1>Waves</h1>{WORDS}<p>{line}</p>{MORE}</main>")
    assert line in words(html)


@pytest.mark.parametrize("name", ["admin", "User", "WordPress", "webmaster"])
def test_an_account_is_no_author(name: str) -> None:
    html = whole(f"<main><h1>Waves</h1>{WORDS}</main>").replace("Jo Example", name)
    assert "no-author" in {finding.code for finding in read(html).findings}


def test_a_wrong_language_is_passed_over_and_told() -> None:
    html = whole(f"<main><h1>Waves</h1>{WORDS}</main>", meta(language="English"))
    assert article(html).language == "en-GB"
    ((message, _),) = told(html)["language-passed-over"]
    assert "“English”" in message
    wrong = html.replace("<html lang='en-GB'>", "<html lang='english (UK)'>")
    assert article(wrong).language == "en-GB" and len(told(wrong)["language-passed-over"]) == 2


def test_a_description_that_is_too_long_is_left_out_and_told() -> None:
    html = whole(f"<main><h1>Waves</h1>{WORDS}</main>", meta(description="It is long. " * 400))
    assert article(html).summary == ""
    ((message, _),) = told(html)["summary-left-out"]
    assert "4,799" in message


def test_letters_of_two_encodings_in_one_page_are_read() -> None:
    html = whole(f"<main><h1>Waves</h1>{WORDS}<p>café – “so”, naïve – é</p></main>").encode()
    assert "caf\u00e9 – “so”" in words(html.replace(b"</main>", b"<p>r\xe9sum\xe9</p></main>"))  # type: ignore[arg-type]
    assert "résumé" in words(html.replace(b"</main>", b"<p>r\xe9sum\xe9</p></main>"))  # type: ignore[arg-type]
