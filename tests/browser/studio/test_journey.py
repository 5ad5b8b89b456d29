"""From a Word file to a trifold with her telephone number, as she would: the whole way, once.

She has a Word file and nothing else: no folder, no settings. An action is what she decides to do:
a file let go, a form sent, a button pressed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from leafcast.studio.server import Running, running
from tests.browser.studio.screens import CODE, axe_in, drop
from tests.browser.test_page_in_a_browser import WIDE
from tests.studio.test_bringing_in import first_session

pytestmark = pytest.mark.integration
PHONE = "01632 960 142"
NO_WEBSITE = "example."
"""Of an address that stands for another: she has no website, and none may be made up for her."""
MOST_ACTIONS = 5
MOST_SECONDS = 180


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Running]:
    (tmp_path / "My leaflets").mkdir()
    with running(tmp_path / "My leaflets") as it:
        it.studio.warm()
        yield it


def test_from_a_word_file_to_a_trifold_with_her_number(studio: Running, browser: Any) -> None:
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    done: list[str] = []

    def act(what: str, do: Callable[[], object]) -> None:
        assert not CODE.search(_all_words(page)), _all_words(page)
        assert NO_WEBSITE not in _all_words(page)
        assert axe_in(page) == [], what
        done.append(what)
        do()

    page.goto(studio.door)
    began = time.monotonic()
    page.get_by_label("Name").fill("Jo Example")
    page.get_by_label("Telephone").fill(PHONE)
    act("says who she is", page.get_by_role("button", name="That’s me: carry on").click)
    page.get_by_role("heading", name="Begin with an article").wait_for()
    page.wait_for_load_state("load")
    act("lets a file go", lambda: drop(page, "Your first session.docx", first_session()))
    page.get_by_role("heading", name="Is this right?").wait_for()
    act("says it is right", page.get_by_role("button", name="It’s right: carry on").click)
    page.get_by_alt_text("The outside of the trifold").wait_for(timeout=120_000)
    act("has it made", page.get_by_role("button", name="Make it", exact=True).click)
    link = page.get_by_role("link", name="Print the three-panel leaflet")
    link.wait_for(timeout=240_000)
    act("prints it", lambda: None)
    pdf = page.request.get(f"{studio.address}{link.get_attribute('href')}").body()
    hers = time.monotonic() - began
    studio.studio.maker.stop()
    context.close()

    document = pypdfium2.PdfDocument(pdf)
    words = " ".join(side.get_textpage().get_text_range() for side in document)
    assert PHONE in words.replace("\xa0", " ")
    assert NO_WEBSITE not in words and "http" not in words
    assert "What happens" in words and "Jo Example" in words
    assert len(document) == 2
    assert len(done) <= MOST_ACTIONS, done
    assert hers < MOST_SECONDS


def _all_words(page: Any) -> str:
    """All that is seen or said of a screen: its words, names for screen readers, and hints."""
    said = page.evaluate(
        """() => [...document.querySelectorAll("[aria-label], [alt], [placeholder], [title]")].map(
          (each) => ["aria-label", "alt", "placeholder", "title"].map((name) => each.getAttribute(name)).join(" "))"""
    )
    return "\n".join([page.title(), page.locator("body").inner_text(), *said])
