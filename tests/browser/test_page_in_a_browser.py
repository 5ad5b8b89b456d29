"""The page in a real Chromium: heard, followed, by keyboard, in every mode, asking nobody."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from leafcast.document.article import Heading, Paragraph, Section, Sentence, Text, article_sentences
from leafcast.document.publication import Publication
from leafcast.document.report import Place
from leafcast.narration.model import Cue, Narration, SpokenPassage, WordCue
from leafcast.page.page import page_html
from leafcast.practice.project import load_project
from leafcast.readers import read_article
from leafcast.studio.serving import Served, serving
from tests.browser import nu
from tests.conftest import ARTICLE, CASES, ROOT, TODAY

api = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.integration
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, PHONE, NARROW = ({"width": w, "height": h} for w, h in ((1280, 900), (390, 844), (320, 640)))
MODES: dict[str, dict[str, Any]] = {
    "light": {"viewport": WIDE},
    "dark": {"viewport": WIDE, "color_scheme": "dark"},
    "contrast": {"viewport": WIDE, "contrast": "more"},
    "contrast-dark": {"viewport": WIDE, "contrast": "more", "color_scheme": "dark"},
    "forced": {"viewport": WIDE, "forced_colors": "active"},
    "phone": {"viewport": PHONE},
    "320": {"viewport": NARROW},
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


# ---------------------------------------------------------------- a site and a browser


@pytest.fixture(scope="module")
def dist(published: Path) -> Path:
    """The pages of the first article and of everything that an article can have, and the library."""
    return published / "dist"


@pytest.fixture(scope="module")
def site(dist: Path) -> Iterator[Served]:
    with serving(dist) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with api.sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        except api.Error:
            pytest.skip("Neither Chromium nor Playwright's own is on this machine")
        yield chromium
        chromium.close()


@contextmanager
def opened(browser: Any, address: str, **mode: Any) -> Iterator[Any]:
    """A page that says nothing on the console and asks nothing of anyone but its own server."""
    context = browser.new_context(**{"viewport": WIDE, **mode})
    asked: list[str] = []
    said: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    yield page
    own = re.match(r"(https?://[^/]*|file://)", address)
    assert own
    assert [url for url in asked if not url.startswith((own[1], "data:"))] == []
    assert said == []
    assert context.cookies() == []
    context.close()


def real(site: Served) -> str:
    return f"{site.address}/{ARTICLE.stem}/"


def torture(site: Served) -> str:
    return f"{site.address}/torture/"


def until(page: Any, expression: str, arg: object = None, seconds: float = 10) -> None:
    """Wait until `expression` is true. (Playwright's own way is refused by the page's policy.)"""
    for _ in range(int(seconds * 50)):
        if page.evaluate(expression, arg):
            return
        page.wait_for_timeout(20)
    pytest.fail(f"it never came: {expression}")


def standing(page: Any) -> Any:
    """How far down the page is scrolled, once it stands still."""
    places: list[Any] = [None]
    while len(places) < 5 or len(set(places[-5:])) > 1:
        places.append(page.evaluate("scrollY"))
        page.wait_for_timeout(20)
        assert len(places) < 500, "it scrolls on and on"
    return places[-1]


def state(page: Any) -> dict[str, Any]:
    """How the player stands."""
    return dict(
        page.evaluate(
            "() => { const a = document.querySelector('audio'); return { at: a.currentTime, "
            "paused: a.paused, rate: a.playbackRate, ready: a.readyState, "
            "spoken: [...document.querySelectorAll('.spoken')].map((e) => e.id) } }"
        )
    )


def seek(page: Any, seconds: float) -> None:
    page.evaluate("(to) => { document.querySelector('audio').currentTime = to }", seconds)
    until(
        page,
        "(to) => { const a = document.querySelector('audio'); "
        "return !a.seeking && Math.abs(a.currentTime - to) < 3 }",
        seconds,
    )


def times(page: Any) -> Any:
    return page.evaluate("JSON.parse(document.getElementById('_times').textContent)")


def words_of(cue: list[Any]) -> Iterator[tuple[float, int, int]]:
    """When each word of a cue begins, in seconds, and its place in the sentence's text."""
    at, end = cue[1], 0
    for after, skipped, long in zip(cue[3][::3], cue[3][1::3], cue[3][2::3], strict=True):
        at, start = at + after / 1000, end + skipped
        end = start + long
        yield at, start, end


# ---------------------------------------------------------------- heard and followed


WATCH = """() => {
  const audio = document.querySelector("audio");
  const cues = new Map(JSON.parse(document.getElementById("_times").textContent).cues.map((c) => [c[0], c[1]]));
  window.lags = [];
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (target.classList.contains("spoken")) {
        lags.push([target.id, (audio.currentTime - cues.get(target.id)) / audio.playbackRate]);
      }
    }
  }).observe(document.getElementById("_words"), { subtree: true, attributeFilter: ["class"] });
}"""


@pytest.mark.parametrize("speed", ["1", "2"])
def test_the_sentence_is_marked_as_it_is_heard(speed: str, browser: Any, site: Served) -> None:
    with opened(browser, torture(site)) as page:
        page.evaluate(WATCH)
        start = next(
            c[1] for c in times(page)["cues"] if page.inner_text(f"#{c[0]}") == "about yourself"
        )
        page.click("button[data-play=lists]")
        page.select_option("[data-speed]", speed)
        seek(page, start - 0.3)
        until(page, "lags.length >= 4", seconds=15)
        lags = page.evaluate("lags")
        assert state(page)["rate"] == float(speed)
        told = [cue[0] for cue in times(page)["cues"]]
        first = told.index(lags[0][0])
        assert [lag[0] for lag in lags] == told[first : first + len(lags)]
        assert all(-0.02 <= lag[1] <= 0.1 for lag in lags), lags


def test_a_section_plays_to_its_end_and_no_further(browser: Any, site: Served) -> None:
    with opened(browser, torture(site)) as page:
        start, end = next(part[1:] for part in times(page)["parts"] if part[0] == "levels")
        button = page.locator("button[data-play=levels]")
        button.click()
        until(page, LABELLED, "Pause this part")
        assert start - 0.1 <= state(page)["at"] <= start + 3
        assert page.get_attribute(".contents [aria-current=true]", "href") == "#levels"
        seek(page, end - 0.4)
        until(page, LABELLED, "Play this part", seconds=5)
        assert state(page)["paused"]
        assert end - 0.1 <= state(page)["at"] <= end + 0.3


LABELLED = "(words) => document.querySelector('[data-play=levels]').innerText.startsWith(words)"
WHERE = (
    "() => [...document.querySelectorAll('.from-here')].find((each) => each.offsetParent)"
    ".getBoundingClientRect().top"
)
"""How far down the screen the button that is shown stands."""


def test_a_link_to_a_section_starts_there_at_one_tap_and_never_by_itself(
    browser: Any, site: Served
) -> None:
    with opened(browser, torture(site) + "#what-it-costs", viewport=PHONE) as page:
        page.wait_for_timeout(400)
        assert state(page)["paused"] and state(page)["at"] == 0
        shown = page.locator(".from-here:visible")
        assert shown.count() == 1
        assert shown.inner_text().startswith("Listen from here")
        until(page, f"({WHERE})() < innerHeight / 2")  # the browser has scrolled to it
        box = shown.bounding_box()
        assert box["height"] >= 44 and 0 <= box["y"] < PHONE["height"] / 2
        shown.click()
        until(page, "!document.querySelector('audio').paused")
        start = next(part[1] for part in times(page)["parts"] if part[0] == "what-it-costs")
        assert start - 0.1 <= state(page)["at"] <= start + 3


def test_the_sound_comes_in_ranges(browser: Any, site: Served) -> None:
    with opened(browser, real(site)) as page:
        seek(page, 400)
        until(page, "document.querySelector('audio').readyState >= 2")
    answers = [status for path, status in site.answers if path.endswith(f"{ARTICLE.stem}.mp3")]
    assert answers and set(answers) == {206}


def test_words_are_followed_when_asked_and_not_when_the_reader_moves(
    browser: Any, site: Served
) -> None:
    with opened(browser, real(site), reduced_motion="reduce") as page:
        cue = times(page)["cues"][60]
        seek(page, cue[1] + 0.1)
        until(page, "(id) => document.getElementById(id).matches('.spoken')", cue[0])
        assert page.evaluate("scrollY") == 0  # nothing moves that is not played
        page.click("[data-listen]")
        seen = "(id) => { const b = document.getElementById(id).getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight }"
        until(page, seen, cue[0])
        page.mouse.wheel(0, -200)
        page.wait_for_selector("[data-follow]:visible")
        place = standing(page)
        seek(page, times(page)["cues"][5][1] + 0.1)
        assert page.evaluate("scrollY") == place
        page.click("[data-follow]")
        until(page, f"scrollY !== {place}")
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_a_word_is_marked_within_its_sentence(browser: Any, site: Served) -> None:
    with opened(browser, torture(site)) as page:
        cue = times(page)["cues"][0]
        words = list(words_of(cue))
        article = read_article(CASES / "torture.md", CASES).article
        assert article
        text = next(each.text for each in article_sentences(article) if each.id == cue[0])
        for start, first, last in (words[0], words[4], words[-1]):
            seek(page, start + 0.05)
            marked = "[...CSS.highlights.get('word')].map(String).join()"
            until(page, f"(word) => {marked} === word", text[first:last])


# ---------------------------------------------------------------- by keyboard


STANDS_AT = """(to) => { const audio = document.querySelector("audio");
  return !audio.seeking && audio.paused && Math.abs(audio.currentTime - to) < 0.2; }"""
"""Stopped, the place found, and nothing else under way."""


def test_everything_can_be_done_by_keyboard_and_one_sees_where_one_is(
    browser: Any, site: Served
) -> None:
    with opened(browser, torture(site)) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the words"
        assert page.locator(":focus").bounding_box()["height"] >= 24
        page.keyboard.press("Enter")
        until(page, "document.activeElement.id === '_words'")
        page.keyboard.press("Tab")
        while not (playing := page.evaluate("document.activeElement.dataset.play")):
            page.keyboard.press("Tab")
        assert playing == times(page)["parts"][1][0]
        page.keyboard.press("Enter")
        until(page, "!document.querySelector('audio').paused")
        page.wait_for_selector("[data-bar]:visible")  # what is not shown takes no focus
        page.keyboard.press("Space")
        until(page, "document.querySelector('audio').paused")
        page.focus("[data-skip='10']")
        assert page.evaluate("document.activeElement.dataset.skip") == "10"
        before = state(page)["at"]
        page.keyboard.press("Enter")
        until(page, STANDS_AT, before + 10)
        page.keyboard.press("ArrowLeft")
        until(page, STANDS_AT, before)
        for _ in range(3):  # faster than the sound is found: none is lost
            page.keyboard.press("ArrowRight")
        until(page, STANDS_AT, before + 30)
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        until(page, "document.querySelector('audio').playbackRate === 1.1")
        page.focus("[data-parts]")
        page.keyboard.press("Enter")
        assert page.locator("#_parts button").count() == len(times(page)["parts"])
        page.keyboard.press("Escape")
        assert not page.locator("#_parts").is_visible()
        assert page.evaluate("document.activeElement.dataset.parts") == ""


FOCUS = """() => {
  const all = [...document.querySelectorAll("a[href], button, select, summary, input, [tabindex='0']")];
  return all.filter((e) => e.checkVisibility()).filter((e) => {
    e.focus({ focusVisible: true });
    const style = getComputedStyle(e);
    return document.activeElement !== e || style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2;
  }).map((e) => e.outerHTML.slice(0, 90));
}"""
SMALL = """() => [...document.querySelectorAll(
  "button, select, summary, input, nav a, .shelf a, .top a, .number")].filter((e) => e.checkVisibility()).filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width > 1 && (box.height < 24 || box.width < 24);
  }).map((e) => e.outerHTML.slice(0, 90))"""


FIRST_SCREEN = {"390 × 664": (390, 664, 284, 366), "360 × 560": (360, 560, 284, 366)}
"""A phone's width and height in px, and where at the latest Listen ends and the first word begins."""
WHERE_THINGS_ARE = """() => ({
  listen: document.querySelector("[data-listen]").getBoundingClientRect().bottom,
  first: document.querySelector(".introduction p:not(.hear)").getBoundingClientRect().top,
  head: document.querySelector(".cover").getBoundingClientRect().bottom })"""


@pytest.mark.parametrize("phone", FIRST_SCREEN)
def test_play_and_the_first_words_are_on_the_first_screen(
    phone: str, browser: Any, site: Served
) -> None:
    width, height, listen, first = FIRST_SCREEN[phone]
    with opened(browser, real(site), viewport={"width": width, "height": height}) as page:
        until(page, "document.fonts.status === 'loaded'")
        at = page.evaluate(WHERE_THINGS_ARE)
        assert at["listen"] <= listen and at["first"] <= first, at
        assert page.locator("[data-listen]").bounding_box()["height"] >= 48
        page.click("[data-listen]")
        page.wait_for_selector("[data-bar]:visible")
        assert page.locator("[data-bar]").bounding_box()["height"] <= 110


NAMES = ("Back 10 seconds", "On 10 seconds", "Pause", "Parts", "Speed", "Place")


def test_controls_have_names_without_odd_blanks(browser: Any, site: Served) -> None:
    with opened(browser, real(site)) as page:
        assert page.get_by_role("button", name=re.compile(r"^Listen, \d+ minutes$")).count() == 1
        page.click("[data-listen]")
        page.wait_for_selector("[data-bar]:visible")
        tree = page.locator("[data-bar]").aria_snapshot()
        for name in NAMES:
            assert re.search(rf'(button|combobox|slider) "{name}"', tree), tree


def test_focus_is_seen_and_targets_are_large(browser: Any, site: Served) -> None:
    with opened(browser, torture(site) + "#lists", viewport=NARROW) as page:
        assert page.evaluate(FOCUS) == []
        assert page.evaluate(SMALL) == []


def test_the_bar_covers_nothing_one_tabs_to(browser: Any, site: Served) -> None:
    with opened(browser, torture(site), viewport=PHONE, reduced_motion="reduce") as page:
        page.locator("button[data-play]").nth(2).click()
        until(page, "!document.querySelector('.bar').hidden")
        page.focus("#what-it-costs button.play")
        for _ in range(16):
            page.keyboard.press("Tab")
            page.wait_for_timeout(20)
            assert page.evaluate(COVERED) == ""


COVERED = """() => {
  const focused = document.activeElement, bar = document.querySelector(".bar");
  if (bar.hidden || bar.contains(focused) || focused === document.body) return "";
  const covered = focused.getBoundingClientRect().bottom - bar.getBoundingClientRect().top;
  return covered > 1 ? `${Math.round(covered)} px of ${focused.outerHTML.slice(0, 90)}` : "";
}"""


# ---------------------------------------------------------------- in every mode


SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"
CUT = """() => [...document.querySelectorAll(".sheet *")].filter((e) => e.checkVisibility() && e.textContent.trim())
  .filter((e) => !e.closest(".unseen, .skips, .skip, .motif, .side") && getComputedStyle(e).overflowX !== "visible"
    && !e.matches(".table, .cover-in") && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1))
  .map((e) => e.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", ["torture", ARTICLE.stem])
def test_axe_finds_nothing(name: str, mode: str, browser: Any, site: Served) -> None:
    with opened(browser, f"{site.address}/{name}/", **MODES[mode], bypass_csp=True) as page:
        seek(page, times(page)["cues"][3][1] + 0.1)
        page.click("[data-listen]")
        page.click("[data-parts]")
        page.evaluate(
            "document.querySelector('details').open = true; location.hash = document.querySelector('.words > section').id"
        )
        assert violations(page) == []


@pytest.mark.parametrize(
    "path",
    ["index.html", "print.html", "torture/player.html", "torture/torture-offline.html",
     f"{ARTICLE.stem}/{ARTICLE.stem}-offline.html"],
)  # fmt: skip
def test_axe_finds_nothing_in_any_mode(path: str, browser: Any, site: Served) -> None:
    found = {}
    with opened(browser, f"{site.address}/{path}", bypass_csp=True) as page:
        for mode, settings in MODES.items():
            media = {
                name: settings.get(name, "null")
                for name in ("color_scheme", "contrast", "forced_colors")
            }
            page.set_viewport_size(settings["viewport"])
            page.emulate_media(**media)
            found[mode] = violations(page)
    assert found == {mode: [] for mode in MODES}


def violations(page: Any) -> list[tuple[str, str]]:
    """The rules of axe that a page breaks, each with the first element that does."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=axe())
    found = page.evaluate("(tags) => axe.run({ runOnly: tags })", TAGS)
    assert len(found["passes"]) > 20
    return [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]]


def test_axe_would_find_it(browser: Any, site: Served) -> None:
    spoilt = """() => {
      document.querySelector(".words section p:not(.hear)").style.color = "#bbb";
      document.querySelector("img").removeAttribute("alt");
      document.querySelector(".words button.play").textContent = "";
      document.querySelector("h2").outerHTML = "<h5>A level left out</h5>";
      document.documentElement.removeAttribute("lang");
    }"""
    with opened(browser, torture(site), bypass_csp=True) as page:
        page.evaluate(spoilt)
        found = {rule for rule, _ in violations(page)}
    expected = {"color-contrast", "image-alt", "button-name", "heading-order", "html-has-lang"}
    assert expected - found == set()


def axe() -> Path:
    import axe_playwright_python

    return Path(axe_playwright_python.__file__).with_name("axe.min.js")


@pytest.mark.parametrize("name", [ARTICLE.stem, "torture"])
def test_nothing_is_cut_when_it_is_narrow_or_large_or_spaced(
    name: str, browser: Any, site: Served
) -> None:
    large = "html { font-size: 225% !important }"  # twice our own
    for viewport, changes in ((NARROW, ("", SPACED)), (WIDE, (large, SPACED))):
        with opened(browser, f"{site.address}/{name}/", viewport=viewport, bypass_csp=True) as page:
            style = page.add_style_tag(content="/* as it is */")
            for change in changes:
                style.evaluate("(style, change) => { style.textContent = change }", change)
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert wide <= 0, change
                assert page.evaluate(CUT) == [], change


def test_the_mark_is_more_than_a_colour(browser: Any, site: Served) -> None:
    for mode in ("light", "forced"):
        with opened(browser, torture(site), **MODES[mode]) as page:
            seek(page, times(page)["cues"][2][1] + 0.1)
            page.wait_for_selector(".spoken")
            line = page.evaluate(
                "getComputedStyle(document.querySelector('.spoken')).textDecorationLine"
            )
            assert line == "underline"


def test_on_paper_there_are_the_words_and_no_player(browser: Any, site: Served) -> None:
    with opened(browser, torture(site)) as page:
        pdf = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4")))
        words = "".join(sheet.get_textpage().get_text_range() for sheet in pdf)
    shown = re.sub(r"\W+", "", words)
    for address in ("httpsexampleorgstart", "httpsexampleorgnote"):  # of a link, after its words
        assert address in shown
        shown = shown.replace(address, "")
    article = read_article(CASES / "torture.md", CASES).article
    assert article
    for sentence in article_sentences(article):
        assert re.sub(r"\W+", "", sentence.text) in shown, sentence.text
    for control in ("Play this part", "Listen from here", "Back 10", "In this article"):
        assert control not in words


# ---------------------------------------------------------------- without


def test_without_scripts_the_sound_and_its_parts_are_links(browser: Any, site: Served) -> None:
    with opened(browser, torture(site) + "#lists", java_script_enabled=False) as page:
        assert page.locator("audio[controls]").is_visible()
        assert page.locator("audio").bounding_box()["width"] >= 300
        assert not page.locator(".controls").is_visible() and not page.locator(".bar").is_visible()
        assert page.locator(".from-here:visible").count() == 1
        href = page.get_attribute("#lists .from-here", "href")
        assert re.fullmatch(r"torture\.mp3#t=[\d.]+", href)
        assert re.fullmatch(
            r"torture\.mp3#t=[\d.]+,[\d.]+", page.get_attribute("#lists .play", "href")
        )


def test_from_a_folder_the_page_works_as_from_a_server(browser: Any, dist: Path) -> None:
    with opened(browser, (dist / "torture" / "index.html").as_uri()) as page:
        until(page, "document.fonts.status === 'loaded'")
        assert page.evaluate("[...document.fonts].filter((f) => f.status === 'loaded').length") == 4
        cue = times(page)["cues"][5]
        seek(page, cue[1] + 0.1)
        until(page, "(id) => document.getElementById(id).matches('.spoken')", cue[0])


def test_the_page_in_one_file_needs_no_network_and_no_other_file(
    browser: Any, dist: Path, tmp_path: Path
) -> None:
    alone = shutil.copy(dist / "torture" / "torture-offline.html", tmp_path / "stick.html")
    with opened(browser, Path(alone).as_uri(), offline=True) as page:
        assert page.evaluate("[...document.images].every((i) => i.complete && i.naturalWidth > 0)")
        page.click("button[data-play=lists]")
        until(page, "!document.querySelector('audio').paused && document.querySelector('.spoken')")
        seek(page, 200)
        assert page.evaluate("[...document.fonts].filter((f) => f.status === 'loaded').length") == 4


KEPT = "[localStorage.length, sessionStorage.length, document.cookie]"


def test_only_the_place_is_kept_and_only_once_something_was_heard(
    browser: Any, site: Served
) -> None:
    with opened(browser, real(site), viewport=PHONE) as page:
        page.click("summary")
        assert page.evaluate(KEPT) == [0, 0, ""]
        page.click(".play >> nth=1")
        until(page, "!document.querySelector('audio').paused")
        until(page, "localStorage.length === 1")
        length = page.get_attribute("[data-place]", "max")
        assert re.fullmatch(
            r"\d+ of " + re.escape(str(float(length))),
            page.evaluate("Object.values(localStorage)[0]"),
        )
        assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0


def test_who_comes_back_is_asked_first(browser: Any, site: Served) -> None:
    with opened(browser, real(site), viewport=PHONE) as page:
        length = page.get_attribute("[data-place]", "max")
        put = "(value) => localStorage.setItem(`leafcast ${location.pathname}`, value)"
        page.evaluate(put, f"188 of {float(length):g}")
        page.reload()
        page.wait_for_selector("[data-again]:visible")
        until(page, "document.querySelector('[data-question]').textContent")
        assert page.inner_text("[data-question]") == "You were at 3:08. Carry on from there?"
        assert page.evaluate("document.activeElement === document.body")
        assert state(page)["paused"] and state(page)["at"] == 0
        page.click("[data-carry-on]")
        assert page.evaluate("document.activeElement.matches('[data-toggle]')")
        until(page, "document.querySelector('audio').currentTime >= 188")
        assert not page.locator("[data-again]").is_visible()
        page.click("[data-toggle]")
        until(page, "document.querySelector('audio').paused")
        page.evaluate(put, "188 of 12.5")  # another recording
        page.reload()
        page.wait_for_timeout(200)
        assert not page.locator("[data-again]").is_visible()
        assert page.evaluate("localStorage.length") == 0


def test_nothing_can_be_sent(browser: Any, site: Served) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(real(site))
    sent = "fetch('/torture/index.html').then(() => 'sent', () => 'refused')"
    assert page.evaluate(sent) == "refused"
    context.close()


def test_a_sound_that_is_gone_is_said_once(browser: Any, dist: Path, tmp_path: Path) -> None:
    shutil.copytree(dist / "torture" / "page", tmp_path / "page")
    shutil.copy(dist / "torture" / "index.html", tmp_path)
    context = browser.new_context()
    page = context.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    page.wait_for_selector(".status:not(:empty)")
    assert "cannot be played" in page.inner_text(".status")
    context.close()


# ---------------------------------------------------------------- the player to embed

FITS = """([width, height, spare]) => innerWidth === width && innerHeight === height
  && document.documentElement.scrollWidth <= width
  && document.querySelector(".embedded").offsetHeight <= height - spare"""
FRAMES = ((400, 180), (300, 120), (300, 180), (700, 200))


def test_the_player_fits_its_frame_and_plays(browser: Any, site: Served) -> None:
    with opened(
        browser, real(site) + "player.html", viewport={"width": 400, "height": 180}
    ) as page:
        until(page, "document.fonts.status === 'loaded'")
        for width, height in FRAMES:
            page.set_viewport_size({"width": width, "height": height})
            until(page, FITS, [width, height, 4])  # on another machine a letter is a little wider
        page.click("[data-toggle]")
        until(page, "document.querySelector('audio').currentTime > 0.2")
        assert page.get_by_role("button", name="Pause", exact=True).count() == 1
        page.click("[data-toggle]")
        assert page.evaluate(KEPT) == [0, 0, ""]


def test_the_player_fits_a_small_frame_in_the_readers_own_letters(
    browser: Any, site: Served
) -> None:
    context = browser.new_context(viewport={"width": 300, "height": 120})
    page = context.new_page()
    page.route("**/*.woff2", lambda route: route.abort())
    page.goto(real(site) + "player.html")
    until(page, FITS, [300, 120, 0])
    context.close()


# ---------------------------------------------------------------- on paper


def test_the_printers_answer_is_remembered(browser: Any, site: Served) -> None:
    with opened(browser, f"{site.address}/print.html") as page:
        assert page.locator("[data-ask]").is_visible()
        page.click("[data-edge=long]")
        page.reload()
        assert not page.locator("[data-ask]").is_visible()
        assert page.inner_text(".known") == "This printer turns on the long edge"
        assert page.locator("[data-other]:visible").count() == 0
        page.click("[data-ask-again]")
        assert page.evaluate("localStorage.length") == 0


# ---------------------------------------------------------------- a long article


def a_long_publication(words: int) -> tuple[Publication, str]:
    """A publication of so many words in 60 sections, with a cue for each sentence and word."""
    practice = load_project(ROOT)
    source = read_article(ARTICLE, ARTICLE.parent).article
    assert source
    place, text = Place("x"), "It is quiet here, and nobody hurries you at all."
    sentences = words // len(text.split())
    sections, cues = [], []
    for number in range(sentences):
        said = Sentence(f"s{number:010d}", (Text(text),))
        start = number * 44_100 * 3
        marks = tuple(
            WordCue(start + n * 10_000, start + (n + 1) * 10_000, m.start(), m.end())
            for n, m in enumerate(re.finditer(r"\S+", text))
        )
        cues.append(Cue(said.id, text, start, start + 44_100 * 3 - 1, marks))
        sections.append(said)
    size = sentences // 60
    parts = tuple(
        Section(
            f"part-{n}",
            Heading(f"h{n}", place, 2, (Sentence(f"t{n}", (Text(f"Part {n}"),)),)),
            tuple(
                Paragraph(f"p{n}-{at}", place, tuple(sections[at : at + 5]))
                for at in range(n * size, (n + 1) * size, 5)
            ),
        )
        for n in range(60)
    )
    passages = tuple(
        SpokenPassage(f"part-{n}", n + 1, f"Part {n}", cues[n * size].start, cues[(n + 1) * size - 1].end,
                      tuple(cues[n * size : (n + 1) * size]), "")
        for n in range(60)
    )  # fmt: skip
    narration = Narration("Long", "en-GB", "tone", True, 44_100, passages)
    article = replace(
        source, introduction=(), sections=parts, notes=(), byline=None, call_to_action=()
    )
    publication = Publication(article, practice, narration)
    return publication, page_html(publication, lambda name, _: f"page/{name}", "long.mp3")


PACE = """() => {
  const audio = document.querySelector("audio");
  let now = 0;
  Object.defineProperty(audio, "currentTime", { get: () => now, set: (to) => { now = to; } });
  const last = JSON.parse(document.getElementById("_times").textContent).cues.at(-1)[2];
  audio.play = () => Promise.resolve();
  Object.defineProperty(audio, "paused", { get: () => false });
  audio.dispatchEvent(new Event("play"));
  const took = [];
  for (let n = 0; n < 200; n++) {
    now = (n * 7919.37) % last;
    const before = performance.now();
    audio.dispatchEvent(new Event("timeupdate"));
    took.push(performance.now() - before);
  }
  took.sort((a, b) => a - b);
  return { median: took[100], worst: took[198], spoken: document.querySelectorAll(".spoken").length };
}"""


def test_thirty_thousand_words_are_as_quick(browser: Any, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    _, html = a_long_publication(30_000)
    (tmp_path / "index.html").write_text(html, encoding="utf-8")
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    page.goto((tmp_path / "index.html").as_uri(), wait_until="domcontentloaded")
    took = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    assert took < 3_000
    assert page.locator(".words.long > section").count() == 60
    pace = page.evaluate(PACE)
    assert pace["median"] < 16 and pace["worst"] < 150, pace
    assert pace["spoken"] == 1
    context.close()


# ---------------------------------------------------------------- the Nu HTML checker


def test_the_nu_checker_has_nothing_to_say(dist: Path, tmp_path: Path) -> None:
    """Of whole pages and their style, but for what is newer than itself, each by its name."""
    pages = sorted(dist.rglob("*.html"))
    assert len(pages) == 8
    styles = sorted(dist.rglob("*.css"))
    assert [each.name for each in styles] == ["library.css", "print.css"]
    inside = re.search(r"<style>(.*?)</style>", (dist / "torture/index.html").read_text(), re.S)
    assert inside
    for name, css in (
        ("page", inside[1]),
        *((each.stem, each.read_text("utf-8")) for each in styles),
    ):
        (tmp_path / f"older-{name}.css").write_text(nu.in_older_words(css), encoding="utf-8")
    (tmp_path / "checked").mkdir()
    files = [*pages, *styles, *tmp_path.glob("older-*.css")]
    found = nu.nu_messages(files, tmp_path / "checked")
    named = {each: nu.what_it_does_not_know(*each[1:]) for each in found}
    assert [each for each, name in named.items() if not name] == []
    assert set(named.values()) == set(nu.UNKNOWN)
    assert not [file for file, *_ in named if "older-" in file]


BAD_HTML = {
    "an element in the wrong place": ("<h1>", "<h1><p>"),
    "an attribute nobody knows": ("<main", '<main shape="round"'),
    "an id twice": ("</main>", '<p id="_words"></p></main>'),
    "a colour in pixels": ("</style>", ".a { color: 3px; }</style>"),
    "a property nobody knows": ("</style>", ".b { colour: red; }</style>"),
    "a unit nobody knows": ("</style>", ".c { gap: 3rm; }</style>"),
    "a declaration without a colon": ("</style>", ".d { gap 3rem; }</style>"),
}


def test_the_nu_checker_would_say_it(dist: Path, tmp_path: Path) -> None:
    html = (dist / "torture" / "index.html").read_text("utf-8")
    paths = []
    for number, (what, there) in enumerate(BAD_HTML.values()):
        paths.append(tmp_path / f"{number}.html")
        paths[-1].write_text(html.replace(what, there, 1), encoding="utf-8")
    inside = nu.in_older_words("@container (min-width: 9rem) { p { margin: 2cqi; gap: 3rm } }")
    paths.append(tmp_path / f"{len(paths)}.css")
    paths[-1].write_text(inside, encoding="utf-8")
    (tmp_path / "checked").mkdir()
    said = nu.nu_messages(paths, tmp_path / "checked")
    noticed = {file for file, *words in said if not nu.what_it_does_not_know(*words)}
    assert {path.name for path in paths} - {
        file.removeprefix(f"{tmp_path.name}-") for file in noticed
    } == set()
