"""For everyone: every screen and state by axe, in the dark, on a phone, with large letters, by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from leafcast.studio.server import Running, running
from tests.browser.studio.screens import SCREENS, axe_in, drop, write_after

pytestmark = pytest.mark.integration
BROAD = {"width": 1280, "height": 2400}
NARROW = {"width": 360, "height": 3000}
"""So tall that nothing lies half under what stays at the foot, which axe takes for too small."""
CUT_OFF = """() => [...document.querySelectorAll("button, a, label, h1, h2, h3, p")].filter((each) =>
  each.checkVisibility() && !each.classList.contains("unseen") && !each.closest(".leaf, .words, .skip") &&
  getComputedStyle(each).overflow !== "visible" && each.scrollHeight > each.clientHeight + 2
).map((each) => each.outerHTML.slice(0, 100))"""
"""Words that are not seen whole."""
NO_WIDER = "document.documentElement.scrollWidth <= innerWidth"
REACHED = """() => {
  const wanted = new Set(), named = (each) => each.id || each.innerText || each.outerHTML.slice(0, 80);
  const groups = new Set();
  for (const each of document.querySelectorAll("a[href], button, input, select, textarea, summary, audio[controls], [contenteditable=true], [tabindex='0']")) {
    if (!each.checkVisibility() || each.tabIndex < 0 || each.disabled || each.closest("[contenteditable=true] *")) continue;
    if (each.type === "radio") { if (groups.has(each.name)) continue; groups.add(each.name); }
    wanted.add(each);
  }
  globalThis.wanted = wanted;
  globalThis.groups = groups;
  globalThis.unseen = [];
  document.activeElement?.blur();
  getSelection().removeAllRanges();
  return wanted.size;
}"""
PASSED = """() => {
  const here = document.activeElement;
  if (here === document.body || here === document.documentElement) return false;
  wanted.delete(here);
  if (here.type === "radio") for (const each of [...wanted]) if (each.name === here.name) wanted.delete(each);
  const marked = [here, here.closest("label"), ...(here.labels ?? [])].some((each) => each && getComputedStyle(each).outlineStyle !== "none");
  if (!marked && here.tagName !== "IFRAME") unseen.push(here.outerHTML.slice(0, 90));
  return true;
}"""
SHOWN = """{
  globalThis.shown = [];
  const into = Element.prototype.scrollIntoView;
  Element.prototype.scrollIntoView = function (...how) {
    if (document.activeElement === document.body) shown.push(this.outerHTML.slice(0, 90));
    return into.apply(this, how);
  };
}"""
"""What is scrolled to while nothing has the focus: some Chromium (150) begins behind it at Tab."""
LEFT = "() => [...wanted].map((each) => each.outerHTML.slice(0, 90))"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    from tests.conftest import write_practice

    folder = write_practice(tmp_path_factory.mktemp("everyone") / "practice")
    with running(folder) as it:
        file = folder / "source" / "quiet-hour.md"
        file.write_text(file.read_text("utf-8").replace("go home", "walk home"), "utf-8")
        it.studio.versions.keep("wrote", "quiet-hour", "You changed the words")
        yield it


@pytest.fixture(scope="module")
def window(studio: Running, browser: Any) -> Iterator[Any]:
    page = browser.new_context(viewport=BROAD, reduced_motion="reduce").new_page()
    page.add_init_script(SHOWN)
    page.goto(studio.door)
    page.get_by_role("heading", name="My articles").wait_for()
    yield page
    page.context.close()


def is_for_everyone(page: Any, where: str) -> None:
    """By axe in the light and the dark; on a narrow phone; with letters twice as large."""
    assert axe_in(page) == [], where
    page.emulate_media(color_scheme="dark")
    assert axe_in(page) == [], (where, "dark")
    page.set_viewport_size(NARROW)
    assert axe_in(page) == [], (where, "narrow")
    assert page.evaluate(NO_WIDER), where
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(BROAD)
    page.evaluate("document.documentElement.style.fontSize = '34px'")
    assert page.evaluate(NO_WIDER), (where, "large")
    assert page.evaluate(CUT_OFF) == [], (where, "large")
    page.evaluate("document.documentElement.style.fontSize = ''")


def keys_lead_everywhere(page: Any, where: str) -> None:
    """Tab reaches whatever can be used, shows where it is, and comes out again."""
    wanted = page.evaluate(REACHED)
    for _ in range(2 * wanted + 10):
        page.keyboard.press("Tab")
        if not page.evaluate(PASSED):
            break
    else:
        raise AssertionError(f"no way out of {where}")
    assert page.evaluate(LEFT) == [], where
    assert page.evaluate("() => unseen") == [], where


@pytest.mark.parametrize("path", [*SCREENS, "/article/quiet-hour/versions/1"])
def test_every_screen_is_for_everyone(window: Any, studio: Running, path: str) -> None:
    window.goto(f"{studio.address}{path}")
    assert window.evaluate("shown") == [], "Tab would not begin at the skip link"
    is_for_everyone(window, path)
    keys_lead_everywhere(window, path)


def pasting(page: Any) -> None:
    page.get_by_role("button", name="Paste words").click()


def refused(page: Any) -> None:
    drop(page, "scan.pdf", b"%PDF-1.7")
    page.locator("#said").wait_for()


def wrong(page: Any) -> None:
    page.get_by_label("Address").fill("not a website")
    page.get_by_role("button", name="Keep this").click()
    page.locator("#fault").wait_for()


def guessed(page: Any) -> None:
    drop(page, "An hour.txt", b"An Hour\n\nIt is quiet here, and nobody hurries us at all.\n")
    page.get_by_role("heading", name="Is this right?").wait_for()
    page.get_by_label("Title").fill("a quiet  hour")
    page.get_by_role("button", name="right: carry on").click()
    page.locator("p.fault[role=alert]").wait_for()


def opened(page: Any) -> None:
    page.locator("summary").first.click()
    write_after(page, "You sit down", "")
    page.get_by_label("Shorter").check(force=True)


def closed(page: Any) -> None:
    page.context.set_offline(True)
    write_after(page, "You sit down", " now")
    page.get_by_text("Your words are safe.").wait_for()


def word(page: Any) -> None:
    page.get_by_role("button", name="You sit down").first.click()
    page.locator(".word").first.click()


STATES: dict[str, tuple[str, Callable[[Any], None]]] = {
    "pasting": ("/", pasting),
    "a file refused": ("/", refused),
    "a title that is there": ("/", guessed),
    "a wrong answer": ("/practice", wrong),
    "all opened": ("/article/quiet-hour", opened),
    "notes": ("/article/quiet-hour#looks", lambda page: page.locator("#looks").wait_for()),
    "a word": ("/article/quiet-hour/hear", word),
    "leafcast closed": ("/article/quiet-hour", closed),
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_for_everyone(window: Any, studio: Running, state: str) -> None:
    path, do = STATES[state]
    window.goto("about:blank")
    window.goto(f"{studio.address}{path}")
    window.wait_for_load_state("load")
    do(window)
    is_for_everyone(window, state)
    window.context.set_offline(False)
