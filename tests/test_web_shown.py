"""What a reader of a page sees is what is read: accordions, lists, tables, figures, struck words."""

from __future__ import annotations

import pytest

from leafcast.document.article import ListBlock, Table, article_blocks, article_sentences
from tests.test_web import LEAD, WORDS, article, markdown, same, told
from tests.web_pages import page

READ = {
    "a button in a heading, its panel closed": (
        "<h2>Asked</h2><div><h3><button aria-expanded='false' aria-controls='p1'>How long?</button></h3>"
        "<div id='p1' hidden><p>As long as it needs.</p></div></div>"
        "<div><h3><button aria-controls='p2'>What cost?</button></h3><div id='p2' style='display: none;'><p>Sixty pounds.</p></div></div>",
        "## Asked\n\n### How long?\n\nAs long as it needs.\n\n### What cost?\n\nSixty pounds.\n",
    ),
    "a button and the block it opens": (
        "<h2>Asked</h2><button class='accordion-header'>Is it private? <i></i></button><div class='accordion-body'><p>Yes, it is.</p></div>"
        "<button class='accordion-header'>Must I cry?</button><div style='display:none'><p>You need not.</p></div>",
        "## Asked\n\n### Is it private?\n\nYes, it is.\n\n### Must I cry?\n\nYou need not.\n",
    ),
    "a button in a box of its own": (
        "<h2>Asked</h2><div class='faq'><div class='q'><button>Is it private?</button></div><div class='a' hidden><p>Yes, it is.</p></div></div>",
        "## Asked\n\n### Is it private?\n\nYes, it is.\n",
    ),
    "a label that ticks": (
        "<h2>Asked</h2><div><input type='checkbox' id='q'><label for='q'>Is it private?</label><div><p>Yes, it is.</p></div></div>",
        "## Asked\n\n### Is it private?\n\nYes, it is.\n",
    ),
    "a panel of Bootstrap": (
        "<h2>Asked</h2><h3><a data-toggle='collapse' href='#c1'>Is it private?</a></h3><div id='c1' class='collapse' aria-hidden='true'><p>Yes, it is.</p></div>",
        "## Asked\n\n### Is it private?\n\nYes, it is.\n",
    ),
    "tabs": (
        "<h2>Asked</h2><div role='tablist'><button role='tab' aria-controls='t1'>Fees</button></div><div id='t1' role='tabpanel' hidden><p>It is sixty.</p></div>",
        "## Asked\n\n### Fees\n\nIt is sixty.\n",
    ),
    "text in a list, outside its points": (
        "<ul>Bring with you:<li>a pen</li>and nothing else.</ul>",
        "Bring with you:\n\n- a pen\n\nand nothing else.\n",
    ),
    "a heading in a list": ("<h2>One</h2><ul><h3>Two</h3><li>a</li></ul>", "## One\n\n### Two\n\n- a\n"),
    "boxes around points": ("<ul><div><li>a</li><li>b</li></div></ul>", "- a\n- b\n"),
    "points in no list": ("<div><li>a<li>b</div>", "- a\n- b\n"),
    "the number of a point": (
        "<ol start='3'><li>a</li><li value='7'>b</li><li>c</li></ol>",
        "3. a\n\n<!-- -->\n\n7. b\n8. c\n",
    ),
    "text in a table, outside its cells": (
        "<table>It is so.<tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>",
        "It is so.\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n",
    ),
    "cells over columns and rows": (
        "<table><tr><th>Day</th><th>a.m.</th><th>p.m.</th></tr><tr><th scope='row'>Mon</th><td colspan='2'>by arrangement</td></tr>"
        "<tr><th scope='row'>Tue</th><td rowspan='2'>closed</td><td>18</td></tr><tr><th scope='row'>Wed</th><td>19</td></tr></table>",
        "| Day | a.m. | p.m. |\n| --- | --- | --- |\n| **Mon** | by arrangement | << |\n| **Tue** | closed | 18 |\n| **Wed** | ^^ | 19 |\n",
    ),
    "headers in the first column": (
        "<table><tr><th>Fee</th><td>£60</td></tr><tr><th>Time</th><td>50 minutes</td></tr></table>",
        "| Fee | Time |\n| --- | --- |\n| £60 | 50 minutes |\n",
    ),
    "a list in a cell": (
        "<table><tr><th>A</th><th>B</th></tr><tr><td>Bring</td><td><ul><li>a pen</li><li>a cup</li></ul></td></tr></table>",
        "| A | B |\n| --- | --- |\n| Bring | a pen; a cup |\n",
    ),
    "columns made with a table": (
        "<table><tr><td>Cost £60 a session.</td><td><ul><li>a pen</li></ul></td></tr></table>",
        "Cost £60 a session.\n\n- a pen\n",
    ),
    "raised and lowered figures": (
        "<p>It is 20<sup>2</sup>, 10<sup>-3</sup>, CO<sub>2</sub>, the 1<sup>st</sup>.</p>",
        "It is 20², 10⁻³, CO₂, the 1st.\n",
    ),
    "struck words": (
        "<p>It costs <strike>£50</strike> £60, <s>Mondays</s> Tuesdays, <span style='text-decoration: line-through'>ten</span> eleven.</p>",
        "It costs £60, Tuesdays, eleven.\n",
    ),
    "a heading that is a paragraph": (
        f"<h2>It comes in waves. {LEAD} It goes.</h2>",
        f"It comes in waves. {LEAD} It goes.\n",
    ),
    "what is not closed": (
        "<aside><div>Home</aside><h2>One</h2><p>It is so.</p>",
        "## One\n\nIt is so.\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("html", "wanted"), READ.values(), ids=READ.keys())
def test_what_is_shown_is_read(html: str, wanted: str) -> None:
    assert same(article(page(WORDS + html)), markdown(f"{LEAD}\n\n{wanted}"))


@pytest.mark.parametrize(
    "hiding", ["hidden", "aria-hidden='true'", "style='DISPLAY : none'", "style='visibility:hidden'"]
)  # fmt: skip
def test_what_is_hidden_is_left_out_and_told(hiding: str) -> None:
    html = page(f"{WORDS}\n<div {hiding}><p>A secret it is.</p></div>")
    assert [s.text for s in article_sentences(article(html))] == [LEAD]
    ((message, line),) = told(html)["hidden-left-out"]
    assert "A secret it is." in message and "4 words" in message and line == 6


def test_what_is_struck_or_raised_is_told_with_its_line() -> None:
    html = page(f"{WORDS}\n<p>It is <s>fifty</s> sixty.</p>\n<p>So v<sub>max</sub> is.</p>")
    ((message, line),) = told(html)["struck-left-out"]
    assert "“fifty”" in message and line == 6
    assert [line for _, line in told(html)["raised-letters"]] == [7]


def test_a_button_that_opens_nothing_is_no_heading() -> None:
    html = page(f"{WORDS}<button>Book now</button><p>It is sixty pounds.</p>")
    assert [s.text for s in article_sentences(article(html))] == [LEAD, "It is sixty pounds."]
    assert "forms-dropped" in told(html)


def test_a_name_of_a_table_or_a_term_is_no_heading() -> None:
    html = page(
        f"{WORDS}<table><caption>When I work</caption><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
        f"<dl><dt>Grief</dt><dd>It is love.</dd></dl>{WORDS}"
    )
    found = article(html)
    assert not found.sections
    assert any(isinstance(block, Table) for block in article_blocks(found))


def test_an_answer_keeps_its_question_in_order() -> None:
    found = article(page(WORDS + READ["a button and the block it opens"][0]))
    words = [s.text for s in article_sentences(found)]
    assert words.index("Is it private?") + 1 == words.index("Yes, it is.")


def test_a_caption_is_named_with_its_missing_picture() -> None:
    html = page(
        f"{WORDS}\n<figure><img src='gone.png' alt='A chair'><figcaption>My room in Leeds.</figcaption></figure>"
    )
    ((message, line),) = told(html)["picture-missing"]
    assert "My room in Leeds." in message and line == 6


def test_a_link_to_a_place_in_the_page_may_have_the_pages_address() -> None:
    head = "<link rel='canonical' href='https://example.org/grief/'>"
    html = page(
        "<p>It helps.<sup><a id='r1' href='https://example.org/grief#n1'>1</a></sup> Often.</p>"
        f"{WORDS}<ol><li id='n1'>So they say. <a href='https://example.org/grief/#r1'>up</a></li></ol>",
        head=head,
    )
    assert same(article(html), markdown(f"It helps.[^1] Often.\n\n{LEAD}\n\n[^1]: So they say.\n"))


def test_a_list_of_places_of_help_stays() -> None:
    links = "".join(f"<li><a href='https://{name}.org'>{name}</a></li>" for name in ("samaritans", "mind", "cruse"))  # fmt: skip
    for before in ("<h2>Where to turn</h2>", "<p>Where to turn:</p>"):
        found = article(page(f"{WORDS}{before}<ul>{links}</ul>"))
        assert any(isinstance(block, ListBlock) for block in article_blocks(found))
