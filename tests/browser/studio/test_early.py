"""What is pressed before a page's script has come: it is done once the script is there."""

from __future__ import annotations

from typing import Any

import pytest

from leafcast.studio.server import Running
from tests.browser.test_page_in_a_browser import until

pytestmark = pytest.mark.integration

PRESSED = {
    "a button": (
        "/", "home.js", "#paste", "() => !document.getElementById('paste-form').hidden",
    ),
    "a tab": (
        "/article/quiet-hour", "write.js", "[data-form=notes]",
        "() => document.querySelector('[data-form=notes]').ariaPressed === 'true'",
    ),
    "a label": (
        "/practice", "practice.js", "label:has([value='#40551F'])",
        "() => document.getElementById('leaf').style.getPropertyValue('--chosen') === '#40551F'",
    ),
    "a sentence": (
        "/article/quiet-hour/hear", "hear.js", ".say >> nth=1",
        "() => document.querySelectorAll('.say')[1].ariaCurrent === 'true'",
    ),
}  # fmt: skip
"""What is pressed: the page, its script, the place, and what is so once it is done."""


@pytest.mark.parametrize("what", PRESSED)
def test_nothing_pressed_is_lost(what: str, page: Any, studio: Running) -> None:
    path, script, place, done = PRESSED[what]
    held: list[Any] = []
    page.route(f"**/assets/{script}", lambda route: held.append(route))
    page.goto(f"{studio.address}{path}", wait_until="commit")
    for _ in range(2):  # as one presses who sees nothing come of it
        page.locator(place).click()
    while not held:
        page.wait_for_timeout(20)
    assert not page.evaluate(done)
    held[0].continue_()
    until(page, done)


def test_a_link_and_a_form_need_not_wait(page: Any, studio: Running) -> None:
    page.route("**/assets/write.js", lambda route: None)
    page.goto(f"{studio.address}/article/quiet-hour", wait_until="commit")
    page.get_by_role("button", name="Make it").click()
    page.wait_for_url("**/hand-out")
    page.get_by_role("link", name="My articles").first.click()
    page.get_by_role("heading", name="My articles").wait_for()
