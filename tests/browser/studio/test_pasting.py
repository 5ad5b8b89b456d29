"""Words pasted from Word, from a web page and from Google Docs, in a real Chromium."""

from __future__ import annotations

from typing import Any

import pytest

from leafcast.studio.server import Running
from tests.browser.studio.screens import kept, write_after

pytestmark = pytest.mark.integration

POINT = (
    '<p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><![if !supportLists]>'
    '<span style="mso-list:Ignore">{marker}<span>&nbsp;&nbsp; </span></span><![endif]>{words}</p>\n'
)
WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8>
<style>p.MsoNormal {{ margin: 0 }}</style></head><body><!--StartFragment-->
<h1>From Word<o:p></o:p></h1>
<p class=MsoNormal><span lang=EN-GB style="font-family:Calibri">A
 <b style="mso-bidi-font-weight:normal">bold</b> sentence&nbsp;here.<o:p></o:p></span></p>
{POINT.format(marker="·", words="A chair")}{POINT.format(marker="·", words="A table")}
<p class=MsoNormal>In order:</p>
{POINT.format(marker="1.", words="Sit")}{POINT.format(marker="2.", words="Rest")}
<!--EndFragment--></body></html>"""
WEB = """<div><h4>From a page</h4><div><p>See <a href="https://example.org/rest">how to rest</a>
and <a href="javascript:alert(1)">this</a>.</p></div><img src=x onerror="alert(1)">
<script>alert(1)</script><blockquote>Rest is work.</blockquote></div>"""
DOCS = """<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-weight:700">Rest</span>
<span style="font-weight:400">is plain.</span></p><p><span>And good.</span></p></b>"""


def paste(page: Any, html: str, plain: str = "as plain words") -> None:
    page.evaluate(
        """([html, plain]) => {
          const carried = new DataTransfer();
          if (html) carried.setData("text/html", html);
          carried.setData("text/plain", plain);
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true }));
        }""",
        [html, plain],
    )


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        (
            WORD,
            "## From Word\n\nA **bold** sentence here.\n\n- A chair\n- A table\n\nIn order:\n\n"
            "1. Sit\n2. Rest\n",
        ),
        (
            WEB,
            "### From a page\n\nSee [how to rest](https://example.org/rest) and this.\n\n"
            "> Rest is work.\n",
        ),
        (DOCS, "**Rest** is plain.\n\nAnd good.\n"),
    ],
    ids=["Word", "a page", "Google Docs"],
)
def test_what_is_pasted_keeps_its_kinds_and_nothing_else(
    page: Any, studio: Running, html: str, lines: str
) -> None:
    page.get_by_role("link", name="A Quiet Hour", exact=True).click()
    page.get_by_role("textbox", name="The words of the article").wait_for()
    write_after(page, "Nothing has to be decided.", "")
    page.keyboard.press("Enter")
    paste(page, html)
    kept(studio, lines)
    assert page.locator("#words [style], #words img, #words script").count() == 0


def test_a_few_words_stay_in_their_line(page: Any, studio: Running) -> None:
    page.get_by_role("link", name="A Quiet Hour", exact=True).click()
    page.get_by_role("textbox", name="The words of the article").wait_for()
    write_after(page, "What comes after", "")
    paste(page, "<p class=MsoNormal>, and <i>then</i></p>", ", and then")
    kept(studio, "## What comes after, and then\n")
    write_after(page, "You go home", "")
    paste(page, "", " on foot")
    kept(studio, "You go home on foot.")
    write_after(page, "on foot", " ")
    paste(page, "<p class=MsoNormal><b>slowly</b>, slowly</p>")
    kept(studio, "You go home on foot **slowly**, slowly.")
