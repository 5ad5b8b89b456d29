"""Kinds of loss that readers have had, each planted as they wrote it: the witness finds them all.

A row has a file as somebody brings it, and the body of the article that a faulty reader made of it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from PIL import Image

from leafcast.document.origin import Origin
from leafcast.document.report import Severity
from leafcast.readers import READERS
from leafcast.readers.drafts import Draft
from leafcast.readers.finish import finish
from leafcast.readers.plain_text import draft_mail
from leafcast.readers.web.reader import MANNER, draft_page
from leafcast.readers.witness import witnessed
from leafcast.readers.word.reader import draft_word
from tests.test_witness import FRONT, PLANTED
from tests.word_files import W, related, with_xml

SENTENCE: Final = "Grief is a natural answer to loss, and it takes its time with most people."
DAYS: Final = {"published": "2026-03-01", "review": "2028-03-01"}
KNOWN: Final = {"title": "What is grief", "author": "Jo Example", "language": "en-GB"}


class Fault(NamedTuple):
    """A file, what a faulty reader made of it in Markdown, and words that the finding must name."""

    name: str
    suffix: str
    source: str
    wrong: str
    words: str


def md(name: str, source: str, wrong: str, words: str) -> Fault:
    return Fault(name, ".md", f"{FRONT}\n{SENTENCE}\n\n{source}\n", wrong, words)


def txt(name: str, source: str, wrong: str, words: str) -> Fault:
    return Fault(name, ".txt", f"{FRONT}\n{SENTENCE}\n\n{source}\n", wrong, words)


def page(name: str, source: str, wrong: str, words: str) -> Fault:
    body = (
        source
        if "<main" in source
        else f"<main><h1>What is grief</h1><p>{SENTENCE}</p>{source}</main>"
    )
    return Fault(name, ".html", f"<!DOCTYPE html><html lang=en-GB><body>{body}", wrong, words)


def word(name: str, source: str, wrong: str, words: str) -> Fault:
    return Fault(name, ".docx", source, wrong, words)


def mail(name: str, source: str, wrong: str, words: str) -> Fault:
    head = "From: Jo Example <jo@example.org>\nSubject: What is grief\nMIME-Version: 1.0\n"
    kind = "Content-Type: text/html; charset=utf-8\n\n"
    return Fault(name, ".eml", f"{head}{kind}<p>{SENTENCE}</p>{source}", wrong, words)


def r(words: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>"


def p(*parts: str, properties: str = "") -> str:
    runs = (part if part.startswith("<") else r(part) for part in parts)
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def cell(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(map(p, paragraphs))}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(each if each.startswith('<') else cell(each) for each in cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def control(inner: str) -> str:
    return f"<w:sdt><w:sdtPr><w:alias w:val='hours'/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def element(name: str, inner: str) -> str:
    return f"<w:{name}>{inner}</w:{name.split()[0]}>"


BREAK: Final = "<w:r><w:br/></w:r>"
CALL: Final = "<w:r><w:footnoteReference w:id='5'/></w:r>"
LEAD: Final = f"{SENTENCE}\n\n"

FAULTS: Final = [
    # calls and notes
    md("a call between two sentences", "It works. [^1] It lasts.\n\n[^1]: Ask first.", "It works. It lasts.", "works"),
    md("a call in a heading", "## Does it work? [^1]\n\nIt does.\n\n[^1]: Ask first.", "## Does it work?\n\nIt does.", "work"),
    md("the second of two calls", "It works.[^1] [^2] So.\n\n[^1]: Ask first.\n[^2]: Rest.", "It works.[^1] So.\n\n[^1]: Ask first.", "Rest"),
    page("a raised call", "<p>It is kind. <sup><a href='#f'>1</a></sup> It lasts.</p><ol><li id=f>Ask first. <a href='#'>^</a></li></ol>", "It is kind. It lasts.", "Ask first"),
    word("a call and its note", p("It is kind. ", CALL, "It lasts."), "It is kind. It lasts.", "Ask somebody first"),
    # breaks, cells and controls of Word files
    word("two breaks that glue", p("Call 0113 496 0000", BREAK, BREAK, "1 High Street"), "Call 0113 496 00001 High Street", "0000 1"),
    word("a break that glues sentences", p("It takes time.", BREAK, BREAK, "You may rest."), "It takes time.You may rest.", "time. you"),
    word("a cell in a control", table(row("Day", "Morning", "Evening"), row("Monday", control(cell("9 to 12")), "closed")), "| Day | Morning | Evening |\n|---|---|---|\n| Monday | closed |  |", "9 to 12"),
    word("a row in a control", table(row("Day", "Hours"), control(row("Monday", "nine")), row("Tuesday", "ten")), "| Day | Hours |\n|---|---|\n| Tuesday | ten |", "Monday"),
    word("a paragraph in a control", control(p("You may rest.")), "", "You may rest"),
    word("a capital set apart", p("G", properties="<w:framePr w:dropCap='drop'/>") + p("rowing takes time."), "G rowing takes time.", "growing"),
    word("a link's words", p("See ", element("hyperlink w:anchor='a'", r("our page")), " for more."), "See for more.", "our page"),
    word("a field's words", p("On ", element("fldSimple w:instr=' DATE '", r("Monday next")), " we meet."), "On we meet.", "Monday next"),
    word("words of a smart tag", p("In ", element("smartTag w:element='place'", r("Leeds")), " we meet."), "In we meet.", "Leeds"),
    word("words that were inserted", p("It is ", element("ins w:id='1' w:author='a'", r("not ")), "an illness."), "It is an illness.", "not"),
    word("lists in a cell", table(row("By phone", "By post"), row("a pen", "no"), row(cell("one", "two"), "no")), "| By phone | By post |\n|---|---|\n| a pen | no |\n| onetwo | no |", "one two"),
    word("a raised figure", p("Ring 20", "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r>", " times."), "Ring 20 times.", "20"),
    # pages as browsers show them
    page("what a header swallows", f"<header><div><a href='/'>Home</a></header><main><h1>What is grief</h1><p>{SENTENCE}</p><p>You may rest a while, whenever you like.</p></main>", "", "You may rest"),
    page("what follows an aside that is not closed", "<aside><div>A word in passing, and no more.</aside><h2>Where to turn</h2><p>Call Samaritans on 116 123.</p>", "A word in passing, and no more.", "Samaritans"),
    page("a section beside the article", f"<main><article><h1>What is grief</h1><p>{SENTENCE}</p></article><section><h2>If you need help now</h2><p>Call Samaritans, free, on 116 123.</p></section></main>", "", "Samaritans"),
    page("a question on a button", "<h2>Asked</h2><h3><button>How long does it last?</button></h3><p>As long as it needs.</p>", "## Asked\n\nAs long as it needs.", "How long does it last"),
    page("an answer in a closed panel", "<h3><button aria-controls=a>How long?</button></h3><div id=a hidden><p>As long as it needs.</p></div>", "## How long?", "As long as it needs"),
    page("bare text in a list", "<ul>Bring with you:<li>a pen</li>and nothing else.</ul>", "- a pen", "and nothing else"),
    page("a merged cell", "<table><tr><th>Day</th><th>Open</th></tr><tr><td>Monday</td><td rowspan=2>closed</td></tr><tr><td>Tuesday</td></tr></table>", "| Day | Open |\n|---|---|\n| Monday |  |\n| Tuesday |  |", "closed"),
    page("the name of a table", "<table><caption>When I work</caption><tr><th>Day</th><th>Open</th></tr><tr><td>Monday</td><td>nine</td></tr></table>", "| Day | Open |\n|---|---|\n| Monday | nine |", "When I work"),
    page("a term", "<dl><dt>Grief</dt><dd>It is love.</dd></dl>", "It is love.", "Grief"),
    page("a summary", "<details><summary>And children?</summary><p>From sixteen on.</p></details>", "From sixteen on.", "And children"),
    page("the name of a tab", "<button role=tab aria-controls=t>Online</button><div id=t role=tabpanel>We meet by video.</div>", "We meet by video.", "Online"),
    page("who is quoted", "<blockquote><p>So it is.</p><cite>Rumi</cite></blockquote>", "> So it is.", "Rumi"),
    page("blocks that run together", "<div>You may rest.</div><div>Nobody minds.</div>", "You may rest.Nobody minds.", "rest. nobody"),
    page("a raised figure", "<p>Ring 20<sup>2</sup> times.</p>", "Ring times.", "20"),
    # Markdown
    md("words in angle brackets", "Write to <your name> at <the practice>, please.", "Write to at , please.", "your name"),
    md("a line of a table", "| A | B |\n|---|---|\n| one | two |\n| three | four |", "| A | B |\n|---|---|\n| one | two |", "three"),
    md("points of a list in HTML", "<ul><li>One thing</li><li>Another</li></ul>", "One thingAnother", "thing another"),
    md("a sign written as a name", "It costs &pound;60.", "It costs 60.", "£"),
    md("pasted lines that are indented", "    You may rest a while.", "", "You may rest a while"),
    md("a year at the start of a line", "1986. A great year it was.", "A year it was.", "great"),
    md("what a picture shows", "![A leaf of an oak](leaf.png)", "", "A leaf of an oak"),
    md("words within a component", "<Callout>You may rest.</Callout>", "", "You may rest"),
    md("a box's words", "> [!note] Kindness\n> Be kind.", "Be kind.", "Kindness"),
    # plain text
    txt("lines that are paragraphs", "You may rest.\nNobody minds.", "You may rest.Nobody minds.", "rest. nobody"),
    txt("a point typed with a sign", "⇒ a pen\n⇒ a paper", "- a paper", "a pen"),
    txt("a point typed with a number", "1- Monday morning\n2- Tuesday", "1. Tuesday", "Monday morning"),
    txt("a heading that is underlined", "Where to turn\n-------------\n\nCall us.", "Call us.", "Where to turn"),
    txt("words in angle brackets", "Write to <your name>, please.", "Write to , please.", "your name"),
    txt("the last line", "With warm wishes\nSarah", "With warm wishes", "Sarah"),
    # mails
    mail("a paragraph", "<p>You may rest.</p><p>Nobody minds.</p>", "Nobody minds.", "You may rest"),
    mail("a link's words", "<p>See <a href='https://example.org'>our page</a> for more.</p>", "See for more.", "our page"),
    mail("a point", "<ul><li>a pen</li><li>a paper</li></ul>", "- a pen", "a paper"),
    mail("cells that run together", "<table><tr><td>Length</td><td>50 minutes</td></tr></table>", "Length50 minutes", "length 50"),
    mail("slanted words", "<p>It is <i>not</i> an illness.</p>", "It is an illness.", "not"),
]  # fmt: skip


def draft(fault: Fault, content: bytes, origin: Origin) -> Draft:
    """What the reader of such files makes of it."""
    match fault.suffix:
        case ".html":
            return draft_page(content, origin, take_pictures=False)
        case ".docx":
            return draft_word(content, origin, take_pictures=False)
    return draft_mail(content, origin)


def content_of(fault: Fault) -> bytes:
    if fault.suffix != ".docx":
        return fault.source.encode()
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="5">{p("Ask somebody first.")}</w:footnote></w:footnotes>'
    return related(
        with_xml(p(SENTENCE), fault.source), "footnotes", "footnotes.xml", notes.encode()
    )


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.name} {fault.suffix}")
def test_a_loss_that_readers_have_had_is_found(fault: Fault, tmp_path: Path) -> None:
    Image.new("RGB", (300, 200), "green").save(tmp_path / "leaf.png")
    origin = Origin(f"source/q{fault.suffix}", "q", tmp_path)
    content: bytes | str = content_of(fault)
    if fault.suffix in (".md", ".txt"):
        content = fault.source
        reading = READERS[fault.suffix](content, origin)
    else:
        assert isinstance(content, bytes)
        ready = replace(draft(fault, content, origin), otherwise=KNOWN, keeps_wordless=True)
        reading = finish(replace(ready, facts={**KNOWN, **ready.facts, **DAYS}), MANNER, origin)
    assert reading.article, reading.findings
    right = witnessed(content, fault.suffix, reading, origin)
    assert "words-lost" not in {each.code for each in right.findings}, right.findings
    wrong = READERS[".md"](f"{FRONT}\n{LEAD}{fault.wrong}\n", origin).article
    assert wrong
    seen = witnessed(
        content,
        fault.suffix,
        replace(reading, article=replace(wrong, title=reading.article.title)),
        origin,
    )
    found = [each for each in seen.findings if each.code == "words-lost"]
    assert found and all(each.severity is Severity.ERROR for each in found)
    assert fault.words.casefold() in " ".join(each.message for each in found).casefold()


def test_losses_are_planted_in_every_form_of_a_source() -> None:
    planted = Counter(suffix for *_, suffixes in PLANTED for suffix in suffixes)
    planted.update(fault.suffix for fault in FAULTS)
    assert planted[".md"] >= 40 and planted[".docx"] >= 40 and planted[".html"] >= 40, planted
    assert planted[".txt"] >= 20 and planted[".eml"] >= 5, planted
    assert len(FAULTS) >= 40
