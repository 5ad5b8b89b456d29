"""What deserves a look, beside the words it is about."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest

from leafcast.studio.server import Running
from tests.browser.studio.screens import axe_in
from tests.browser.test_page_in_a_browser import PHONE, WIDE

pytestmark = pytest.mark.integration

NOTED = """You sit down. You may bring a worry, and a question, and whatever it is that you have carried with
you through the week that was, so that we can look at it together and see what it is that it wants from
you and from the people who live with you.
"""


def test_notes_stand_level_with_their_sentences(studio: Running, browser: Any) -> None:
    """In a wide window, in the order of the text and none over another; in a narrow one below."""
    file = studio.studio.folder / "source" / "quiet-hour.md"
    words = file.read_text("utf-8").rstrip() + "\n\nA short one." * 40
    parts = (f"## Part {at}\n\n{NOTED}\nA short one." for at in range(6))
    file.write_text("\n\n".join((words, *parts)) + "\n", "utf-8")
    page = browser.new_page(viewport=WIDE)
    page.goto(studio.door)
    page.get_by_role("link", name="A Quiet Hour", exact=True).click()
    page.locator("#cards > li").first.wait_for(state="attached")  # the page's script has come
    page.get_by_role("button", name=re.compile("^Notes")).click()
    page.locator("#looks.abreast").wait_for()
    cards = page.locator("#cards > li")
    assert cards.first.evaluate("each => each.getBoundingClientRect().top < innerHeight")
    assert cards.count() >= 6
    tops = """all => all.map((each) => each.getBoundingClientRect())
      .map(({ top, bottom }) => [top, bottom])"""
    placed = cards.evaluate_all(tops)
    assert all(below[0] >= above[1] for above, below in pairwise(placed))
    blocks = page.locator("#words > p", has_text="You may bring a worry").evaluate_all(tops)
    begin = [
        next(top for top, bottom in blocks if top <= card + 2 and bottom > card)
        for card, _ in placed
    ]
    assert len(set(begin)) == len(blocks), "each begins beside the paragraph of its sentence"
    assert axe_in(page) == []
    page.set_viewport_size(PHONE)
    page.locator("#looks:not(.abreast)").wait_for(state="attached")
    assert page.locator("#cards > li[style*=margin]").count() == 0
    page.context.close()
