"""What real files have brought the witness: forms in which nothing is lost, so that it keeps still;
losses it must tell, with their lines; and what readers name of what they leave out.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leafcast.document.article import Paragraph, Reading, Sentence
from leafcast.document.origin import Origin
from leafcast.document.report import Finding
from leafcast.readers import READERS
from leafcast.readers.witness import witnessed
from leafcast.readers.witness.told import told_texts
from tests.test_witness import FRONT, without, written
from tests.web_pages import page
from tests.word_files import with_xml

TEXT = "".join(f"<p>{'It lasts as long as it needs, and that is well. ' * 4}</p>" for _ in range(2))


def reading_of(content: str | bytes, suffix: str) -> Reading:
    origin = Origin(f"source/q{suffix}", "q", Path("source"))
    reading = READERS[suffix](content, origin)
    assert reading.article, reading.findings
    return witnessed(content, suffix, reading, origin)


def lost(content: str | bytes, suffix: str) -> list[str]:
    return [
        each.message for each in reading_of(content, suffix).findings if each.code == "words-lost"
    ]


def words(reading: Reading) -> str:
    assert reading.article
    return " ".join(" ".join(told_texts(reading.article)).split())


# ---------------------------------------------------------------- nothing is lost

KEPT = {
    "an attribute with a quotation mark in its name": f"{TEXT}<div \"=\"><p>Rest well.</p></div>",
    "an arrow before a link": f"{TEXT}<p>\n ← <a href='/a'>Before</a></p>",
    "a script that holds a script": f"<script><!-- <script src='a.js'></script> --></script>{TEXT}",
    "words between ruby": f"{TEXT}<p>しっかりと、<ruby>大<rt>おお</rt></ruby>きな声で。</p>",
    "buttons side by side": f"{TEXT}<p>Take <button>1x</button><button>2x</button> of it.</p>",
    "a hidden sign between words": f"{TEXT}<h3>Review<i aria-hidden='true'></i>8</h3><p>So.</p>",
    "a picture for programs alone": f"{TEXT}<p>x<img aria-hidden='true' src='a.png' alt='y z'>.</p>",
    "lowered figures": f"{TEXT}<p>C<sub>2</sub>H<sub>6</sub>O is not drunk.</p>",
    "a short passage that is found twice": f"<p>Harare</p>{TEXT}<p>A street in Harare.</p>",
    "lines of code": f"{TEXT}<pre><span class='token comment'>// add.c</span><br>int add<br>end</pre>",
    "a formula": f"{TEXT}<p>∇ × B is nought here.</p>",
    "typed lowered numbers": f"{TEXT}<p>₂ Somebody, 2021.</p><p>₃ Another, 2022.</p>",
}  # fmt: skip


@pytest.mark.parametrize("body", KEPT.values(), ids=KEPT)
def test_a_page_that_lost_nothing_is_still(body: str) -> None:
    assert lost(page(body).encode(), ".html") == []


def test_a_page_with_some_bytes_of_another_encoding_is_still() -> None:
    content = page(f"{TEXT}<p>Schön ist es, größer wird es, für alle.</p>").encode()
    content += "<p>é</p>".encode("cp1252")
    assert lost(content, ".html") == []


def test_calls_by_the_whole_address_of_the_page_are_calls() -> None:
    body = (
        f"{TEXT}<p>It is kind.<sup id='r1'><a href='https://e.org/a#n1'>[1]</a></sup> It lasts.</p>"
        "<ol><li id='n1'><a href='https://e.org/a#r1'>^</a> Ask somebody first.</li></ol>"
    )
    content = page(body, head='<link rel="canonical" href="https://e.org/a">').encode()
    assert lost(content, ".html") == []


def test_a_note_called_twice_is_no_call_too_many() -> None:
    body = (
        f"{TEXT}<p>It is kind.<sup id='r1'><a href='#n1'>[1]</a></sup> It lasts."
        "<sup id='r2'><a href='#n1'>[1]</a></sup></p><ol><li id='n1'><sup><a href='#r1'>a</a></sup> "
        "<sup><a href='#r2'>b</a></sup> Ask somebody first.</li></ol>"
    )
    assert lost(page(body).encode(), ".html") == []


MARKDOWN = [
    "[foo]: /url 'title\n\nwith blank line'\n\n[foo]\n",
    "[foo]: <bar>(baz)\n\n[foo]\n",
    '    [foo]: /url "title"\n\n[foo]\n',
    "[link](<foo\\>)\n",
    "[foo *[bar [baz](/uri)](/uri)*](/uri)\n",
    "[[[foo]]]\n\n[[[foo]]]: /url\n",
]


@pytest.mark.parametrize("body", MARKDOWN)
def test_markdown_that_lost_nothing_is_still(body: str) -> None:
    assert lost(f"{FRONT}\nIt begins.\n\n{body}", ".md") == []


def test_a_letter_of_an_emoji_font_is_a_word_of_a_symbol_font_none() -> None:
    run = "<w:p><w:r><w:t>It begins.</w:t></w:r></w:p><w:p><w:r><w:t>So </w:t></w:r><w:r>{}</w:r></w:p>"
    assert lost(with_xml(run.format("<w:sym w:font='Symbol' w:char='00DA'/>")), ".docx") == []
    assert lost(with_xml(run.format("<w:sym w:font='Wingdings' w:char='F04A'/>")), ".docx") == []


# ---------------------------------------------------------------- points that stand further in

NESTED = {
    "- a pen\n  - some paper\n": "a pen some paper",
    " - a pen\n   - some paper\n     - a rubber\n": "a pen some paper a rubber",
    "1.  a pen\n\n    - some paper\n": "a pen some paper",
    "10) a pen\n    - some paper\n": "a pen some paper",
    "1. one thing\n\n  2. another thing\n\n   3. a third\n": "one thing another thing a third",
}


@pytest.mark.parametrize("body", NESTED)
def test_points_further_in_are_kept_in_plain_text(body: str) -> None:
    reading = reading_of(f"{FRONT}\nIt begins.\n\n{body}", ".txt")
    kept = words(reading)
    assert all(word in kept for word in NESTED[body].split())
    assert "words-lost" not in {each.code for each in reading.findings}


# ---------------------------------------------------------------- what is left out is named


def told(reading: Reading, code: str) -> str:
    return " ".join(each.message for each in reading.findings if each.code == code)


def test_a_picture_in_what_is_left_out_is_named() -> None:
    body = f"{TEXT}<div class='share'><img src='a.png' alt='My room in Hove'></div>{TEXT}"
    reading = reading_of(page(body).encode(), ".html")
    assert "My room in Hove" in told(reading, "picture-left-out")
    assert "words-lost" not in {each.code for each in reading.findings}


def test_a_typed_text_keeps_the_lines_that_breaks_end() -> None:
    body = f"{TEXT}<pre>Call 0113 496 0000<br>1 High Street</pre>"
    assert "0000 1 High" in words(reading_of(page(body).encode(), ".html"))


def test_what_stands_beside_a_title_in_a_banner_is_named() -> None:
    html = (
        "<html><head><title>What is grief</title></head><body><header><h1>What is grief</h1>"
        "<div><p>Call Samaritans, free, on 116 123.</p></div></header>"
        f"<main>{TEXT}</main></body></html>"
    )
    origin = Origin("source/q.html", "q", Path("source"))
    from leafcast.readers.web.reader import draft_page

    draft = draft_page(html.encode(), origin, take_pictures=False)
    kept = repr(draft.blocks) + " ".join(each.words for each in draft.left_out)
    assert "Samaritans" in kept


# ---------------------------------------------------------------- losses of pages have their lines

PAGE = page(
    "<p>It begins\nhere, and softly.</p>\n<p>It goes on, <b>and</b> lasts.</p>\n<ul>\n<li>first"
    " point</li>\n<li>second point</li></ul>\n<h2>Where to turn</h2>\n<p>Caf&eacute; hours:\n"
    "nine&nbsp;to ten.</p>"
)


@pytest.mark.parametrize("word", ["softly", "lasts", "second", "turn", "hours", "nine"])
def test_a_loss_of_a_page_has_its_line(word: str) -> None:
    origin = Origin("source/q.html", "q", Path("source"))
    reading = READERS[".html"](PAGE.encode(), origin)
    assert reading.article
    torn = written(word, "")(reading.article)
    assert torn != reading.article
    seen = witnessed(PAGE.encode(), ".html", replace(reading, article=torn), origin)
    (finding,) = [each for each in seen.findings if each.code == "words-lost"]
    assert isinstance(finding, Finding) and finding.place and finding.place.line
    begun = PAGE.split("\n")[finding.place.line - 1 :]
    assert word in " ".join(begun[:2])


def test_a_title_taken_is_no_reason_to_be_silent() -> None:
    """A sentence lost beside what is left out is told."""
    body = f"{TEXT}<nav><p>Home and more</p></nav><p>You may rest. You may weep.</p>{TEXT}"
    origin = Origin("source/q.html", "q", Path("source"))
    content = page(body).encode()
    reading = READERS[".html"](content, origin)
    assert reading.article
    for plant in (without(Sentence, "weep"), without(Paragraph, "You may rest")):
        article = plant(reading.article)
        seen = witnessed(content, ".html", replace(reading, article=article), origin)
        assert any("weep" in each.message for each in seen.findings if each.code == "words-lost")
