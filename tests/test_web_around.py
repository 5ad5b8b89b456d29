"""Which part of a page is the article; what is not is left out and told, a line a kind."""

from __future__ import annotations

import pytest

from leafcast.document.article import article_sentences
from leafcast.document.report import Severity
from tests.test_web import LEAD, WORDS, article, read, told
from tests.web_pages import page

MORE = "<p>Some people cry and some do not, and both are right for whoever it is that grieves.</p>"
TITLE = "<h1>A Quiet Hour</h1>"


def whole(body: str, head: str = "") -> str:
    """A page with `body` as it is."""
    return page(body, head=head, wrap=False, heading="")


def words(html: str) -> str:
    return " ".join(sentence.text for sentence in article_sentences(article(html)))


def comment(name: str) -> str:
    return f"<p>I lost my mother, Jane {name}, last May, and this helped me so much. Thank you.</p>"


MANY = 12
COMMENTS = {
    "a list": f"<div id='comments'><h3>2 Comments</h3><ol class='commentlist'><li><cite>Ann</cite> says: {comment('A')}</li><li>{comment('B')}</li></ol></div>",
    "very many": f"<section class='comments-area'>{comment('C') * MANY}</section>",
    "a form too": f"<div id='respond'><h3>Leave a Reply</h3><form><label>Name</label><input type='text'><textarea></textarea></form></div><div class='wp-block-comments'>{comment('D')}</div>",
    "a heading alone": f"<h3>3 thoughts on “A Quiet Hour”</h3><ul><li>{comment('E')}</li></ul>",
    "links that answer": "<div class='x'>" + "".join(f"<div><b>Visitor {at}</b>{comment('F')}<a href='#'>Reply</a></div>" for at in range(MANY)) + "</div>",
    "one that is signed": f"<div><div><cite>Ann</cite> <time>2 days ago</time>{comment('G')}<button>Reply</button></div></div>",
    "schema.org": f"<div itemprop='comment' itemscope itemtype='https://schema.org/Comment'>{comment('H')}</div>",
    "Disqus": f"<div id='disqus_thread'>{comment('I')}</div>",
    "Squarespace": f"<div class='sqs-comments-container'>{comment('J')}</div>",
    "articles in the article": f"<div class='comment-thread'><article class='comment'>{comment('K')}</article></div>",
}  # fmt: skip


@pytest.mark.parametrize("inside", [True, False], ids=["inside", "beside"])
@pytest.mark.parametrize("comments", COMMENTS.values(), ids=COMMENTS.keys())
def test_comments_are_never_read_and_are_told(comments: str, inside: bool) -> None:
    body = f"<article>{TITLE}{WORDS}{MORE}{comments if inside else ''}</article>"
    html = whole(f"<main>{body}{'' if inside else comments}</main>")
    assert "Jane" not in words(html)
    ((message, line),) = told(html)["comments-left-out"]
    assert line and "words in all: “" in message


def test_comments_of_a_page_that_marks_nothing_are_not_the_article() -> None:
    html = whole(f"<div>{TITLE}{WORDS}{MORE}{COMMENTS['links that answer']}</div>")
    assert words(html).startswith(LEAD) and "Jane" not in words(html)


READ = {
    "a section in main, below comments": f"<main><article>{TITLE}<div class='meta'>4 min read</div><div class='entry-content'>{WORDS}{MORE}</div></article>{COMMENTS['a list']}<section><h2>If you need help now</h2><p>Call Samaritans, free, on 116 123.</p></section></main>",
    "a section in main": f"<main><article>{TITLE}{WORDS}</article><section><h2>If you need help now</h2><p>Call Samaritans, free, on 116 123.</p></section></main>",
    "the standfirst": f"<main><header>{TITLE}<p>Call Samaritans, free, on 116 123, whenever you want.</p></header><article>{WORDS}</article></main>",
    "a standfirst in the banner": f"<header>{TITLE}<p>Call Samaritans, free, on 116 123, whenever you want.</p></header><main><article>{WORDS}</article></main>",
    "a banner that is not closed": f"<header><div><a href='/'>Home</a></header><main>{TITLE}{WORDS}<p>Call 116 123.</p></main>",
    "an aside that is not closed": f"<main>{TITLE}{WORDS}<aside><div>A word.</aside><p>Call 116 123.</p></main>",
    "a banner around everything": f"<header>{TITLE}{WORDS}{MORE}<p>Call Samaritans on 116 123.</p></header>",
    "builders' boxes": f"<div><div class='elementor-widget'>{TITLE}</div><div class='elementor-widget-wrap'>{WORDS}</div><div class='elementor-widget'>{MORE}</div><div><p>Call Samaritans on 116 123.</p></div></div>",
    "what needs no script": f"<noscript>{TITLE}{WORDS}{MORE * 3}<p>Call Samaritans on 116 123.</p></noscript>",
    "ids made of headings": f"<main>{TITLE}{WORDS}<section id='sharing-with-somebody-else'><h2>Sharing with somebody else</h2><p>Call Samaritans on 116 123.</p></section></main>",
    "a list of steps whose names are links": f"<main>{TITLE}{WORDS}<h2>More about grief</h2><p>Call Samaritans on 116 123, as it goes on.</p></main>",
}  # fmt: skip


@pytest.mark.parametrize("html", READ.values(), ids=READ.keys())
def test_what_belongs_to_the_article_is_read(html: str) -> None:
    assert "116 123" in words(whole(html)) and LEAD in words(whole(html))


TEASERS = "".join(f"<div class='card'><img src='{n}.jpg' alt='x'><h3><a href='/{n}'>Another page of ours, the {n}</a></h3><p>What it says in short.</p></div>" for n in "abc")  # fmt: skip
LEFT_OUT = {
    "teasers": (f"<div>{TEASERS}</div>", "offers-left-out", "Another page of ours"),
    "a heading above links": ("<h3>You may also like</h3><p>The lost hour</p>", "offers-left-out", "The lost hour"),
    "Jetpack": ("<div id='jp-relatedposts' class='jp-relatedposts'><h3><em>Related</em></h3><p>The lost hour</p></div>", "offers-left-out", "Related"),
    "lines that lead on": ("<p><a href='/a'>Read Article</a></p><p><a href='/b'>Learn More</a></p><p><a href='/c'>« Back to Blog</a></p>", "offers-left-out", "Read Article"),
    "a button": ("<a class='btn' href='/c'>Contact me</a>", "offers-left-out", "Contact me"),
    "a newsletter": ("<form><p>Sign up to my letter, once a month.</p><input type='email'><button>Go</button></form>", "offers-left-out", "Sign up to my letter"),
    "who wrote it": ("<h3>About the author</h3><p>Jo is a counsellor in Leeds.</p>", "details-left-out", "About the author"),
    "an aside of links": ("<aside><p>Read <a href='/a'>what to do if life is at risk</a></p></aside>", "around-left-out", "Read what to do"),
    "a menu": ("<nav><a href='/'>Home</a></nav>", "around-left-out", "Home"),
}  # fmt: skip


@pytest.mark.parametrize(("noise", "code", "first"), LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_what_is_no_part_is_left_out_and_named(noise: str, code: str, first: str) -> None:
    html = whole(f"<main>{TITLE}{WORDS}{MORE}\n{noise}</main>")
    assert first not in words(html)
    ((message, line),) = told(html)[code]
    assert first in message and line == 6


def test_text_beside_the_article_is_a_warning() -> None:
    html = whole(f"<div><article>{TITLE}{WORDS}{MORE}</article></div><div><p>Our rooms are on the first floor, up the stairs.</p></div>")  # fmt: skip
    (finding,) = [each for each in read(html).findings if each.code == "beside-left-out"]
    assert finding.severity is Severity.WARNING and "Our rooms" in finding.message


def test_what_is_told_of_a_whole_site_is_few_lines() -> None:
    menu = "".join(f"<li><a href='/{n}'>Page {n}</a></li>" for n in range(30))
    html = whole(
        f"<header><ul>{menu}</ul></header><main><article>{TITLE}<p>By Jo Example</p>{WORDS}{MORE}</article>{COMMENTS['very many']}"
        f"<div>{TEASERS}</div></main><aside class='sidebar'>{MORE * 3}</aside><footer><ul>{menu}</ul></footer>"
    )
    assert words(html) == f"{LEAD} {MORE[3:-4]}"
    assert sum(len(each) for each in told(html).values()) <= 6


@pytest.mark.parametrize("sentence", ["The practice is closed today.", "<a href='/x'>Three words here</a>"])  # fmt: skip
def test_a_page_of_one_sentence_is_read(sentence: str) -> None:
    html = whole(f"<script>x()</script><main>{TITLE}<p>{sentence}</p></main>")
    assert article(html)


def test_a_page_of_scripts_alone_is_refused() -> None:
    (finding,) = read("<body><div id='root'></div><script>x()</script>").findings
    assert finding.code == "page-of-scripts" and "may be" in finding.message
