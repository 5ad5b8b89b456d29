"""The first page as it opens: every title at once, and what is known of each as soon as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from leafcast.studio.entries import Entry
from leafcast.studio.server import Running, running
from tests.browser.studio.screens import axe_in
from tests.browser.test_page_in_a_browser import PHONE, WIDE

pytestmark = pytest.mark.integration

WRITTEN = ("A Quiet Hour", 'What "Well" Means', "“Alone”: a Word for Two Things", "Tea & Cake 🍰")
READING = "leafcast is reading your articles …"


@pytest.fixture
def held(practice: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Running, Event]]:
    """A studio that reads its articles only once it may, and one of them it cannot read."""
    article = (practice / "source" / "quiet-hour.md").read_text("utf-8")
    for at, title in enumerate(WRITTEN[1:]):
        own = article.replace("title: A Quiet Hour", f"title: '{title}'")
        (practice / "source" / f"a-{at}.md").write_text(own, "utf-8")
    (practice / "source" / "torn-page.md").write_bytes(b"\xff\x00\xfe")
    with running(practice) as it:
        may, entries = Event(), it.studio.entries

        def later() -> tuple[Entry, ...]:
            assert may.wait(60)
            return entries()

        monkeypatch.setattr(it.studio, "entries", later)
        yield it, may


@pytest.mark.parametrize("viewport", [WIDE, PHONE])
def test_every_title_stands_at_once_and_stays_when_they_are_read(
    held: tuple[Running, Event], browser: Any, viewport: dict[str, int]
) -> None:
    studio, may = held
    page = browser.new_page(viewport=viewport)
    page.goto(studio.door)
    titles = page.locator(".list a.title")
    titles.nth(len(WRITTEN)).wait_for()
    before = titles.all_inner_texts()
    assert sorted(before) == sorted([*WRITTEN, "Torn page"])
    line = page.locator("[role=status]")
    assert READING in line.inner_text()
    assert axe_in(page) == []
    last = page.get_by_role("link", name="Tea & Cake 🍰", exact=True)
    last.focus()
    stood = last.bounding_box()
    may.set()
    page.locator("main:not([data-reading])").wait_for()
    assert "Five articles would like a moment of yours." in line.inner_text()
    assert titles.all_inner_texts() == before
    assert last.evaluate("each => each === document.activeElement")
    if viewport is WIDE:  # in a narrow window a line may be longer, and take two
        assert last.bounding_box() == stood
    assert page.get_by_text("I cannot read this one.").count() == 1
    assert axe_in(page) == []
    page.reload()
    assert READING not in line.inner_text()
    page.context.close()


def test_a_studio_that_closes_before_it_has_read_says_so(
    held: tuple[Running, Event], browser: Any
) -> None:
    studio, may = held
    page = browser.new_page(viewport=WIDE)
    page.route("**/?whole", lambda route: route.abort())
    page.goto(studio.door)
    page.get_by_text("leafcast has been closed. Your words are safe.").wait_for()
    may.set()
    page.context.close()
