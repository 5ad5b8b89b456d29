"""The studio as its owner meets it, in a real Chromium: from a dropped file to what she hands out."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leafcast.practice.project import load_project
from leafcast.studio.server import Running, running
from tests.browser.studio.screens import CODE, axe_in, drop, kept, write_after
from tests.browser.test_page_in_a_browser import (
    PHONE,
    WIDE,
    until,
)
from tests.studio.test_bringing_in import a_picture, first_session

pytestmark = pytest.mark.integration


def test_from_a_dropped_word_file_to_written_words(page: Any, studio: Running) -> None:
    drop(page, "Your first session.docx", first_session())
    page.get_by_role("heading", name="Is this right?").wait_for()
    assert not CODE.search(page.locator("body").inner_text())
    assert axe_in(page) == []
    page.get_by_label("Title").fill("Your First Session")
    page.get_by_role("group", name="What does not happen").get_by_label("Just bold").check()
    page.get_by_role("button", name="It’s right: carry on").click()
    page.get_by_role("textbox", name="The words of the article").wait_for()
    text = (studio.studio.folder / "source" / "your-first-session.md").read_text("utf-8")
    assert "## What happens" in text and "**What does not happen**" in text
    assert not CODE.search(page.locator("body").inner_text())


def test_what_is_written_is_kept_and_seen_within_a_second(page: Any, studio: Running) -> None:
    page.get_by_role("link", name="A Quiet Hour", exact=True).click()
    page.get_by_alt_text("The inside of the trifold, three panels").wait_for(timeout=60_000)
    folded = page.get_by_role("img", name="The leaflet folded, its front a little open")
    picture = "(each) => getComputedStyle(each.lastChild).backgroundImage"
    outside = page.get_by_alt_text("The outside of the trifold").get_attribute("src")
    assert str(outside) in folded.evaluate(picture)
    assert axe_in(page) == []
    page.get_by_role("button", name="Page", exact=True).click()
    page.frame_locator("iframe").get_by_text("You go home.").wait_for()
    write_after(page, "You go home", " slowly")
    page.frame_locator("iframe").get_by_text("You go home slowly.").wait_for(timeout=5000)
    kept(studio, "You go home slowly. Nothing")
    before = page.evaluate("performance.now()")
    write_after(page, "slowly", " and well")
    page.frame_locator("iframe").get_by_text("slowly and well.").wait_for(timeout=5000)
    seconds = (page.evaluate("performance.now()") - before) / 1000
    assert seconds < 4, "about 0.8 s on a machine with nothing else to do"
    page.get_by_role("button", name="Trifold").click()
    before = page.evaluate("document.querySelector('.picture')?.src ?? ''")
    write_after(page, "and well", ", singing")
    until(
        page, "(before) => (document.querySelector('.picture')?.src ?? before) !== before", before
    )
    page.get_by_text("It fits. Room for").wait_for()


def test_keys_make_headings_lists_and_bold_words(page: Any, studio: Running) -> None:
    page.get_by_role("link", name="A Quiet Hour", exact=True).click()
    page.get_by_role("textbox", name="The words of the article").wait_for()
    write_after(page, "Nothing has to be decided.", "")
    page.keyboard.press("Enter")
    page.keyboard.type("Afterwards")
    page.get_by_role("button", name="Heading", exact=True).click()
    page.keyboard.press("Enter")
    page.keyboard.type("You may ")
    page.keyboard.press("Control+b")
    page.keyboard.type("rest")
    page.keyboard.press("Control+b")
    page.keyboard.type(" now.")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="List", exact=True).click()
    page.keyboard.type("tea")
    page.keyboard.press("Enter")
    page.keyboard.type("a walk")
    kept(studio, "- a walk")
    text = (studio.studio.folder / "source" / "quiet-hour.md").read_text("utf-8")
    assert text.endswith("## Afterwards\n\nYou may **rest** now.\n\n- tea\n- a walk\n")
    page.get_by_role("button", name="Undo").click()
    end = time.monotonic() + 10
    while "a walk" in (studio.studio.folder / "source" / "quiet-hour.md").read_text("utf-8"):
        assert time.monotonic() < end
        time.sleep(0.1)


def test_what_the_trifold_does_without_is_a_switch(page: Any, studio: Running) -> None:
    page.get_by_role("link", name="A Quiet Hour", exact=True).click()
    write_after(page, "You sit down", "")
    page.get_by_text("What happens", exact=True).first.wait_for()
    page.get_by_label("Drop").check(force=True)
    kept(studio, "## What happens\nleaflet: drop")
    page.get_by_label("Shorter").check(force=True)
    page.get_by_label("The trifold says instead").fill("You sit and talk for a while.")
    kept(studio, 'leaflet: "You sit and talk for a while."')
    page.get_by_label("Keep").check(force=True)
    end = time.monotonic() + 10
    while "leaflet:" in (studio.studio.folder / "source" / "quiet-hour.md").read_text("utf-8"):
        assert time.monotonic() < end
        time.sleep(0.1)


def test_what_is_too_long_is_left_out_with_one_button(practice: Path, browser: Any) -> None:
    """Proposed, and done when she says so; the words stay where they are."""
    file = practice / "source" / "quiet-hour.md"
    long = "It is quiet here, and we have time to say what we came for. " * 20
    keeps = "\n\n".join(f"## Part {at}\nleaflet: keep\n\n{long}" for at in range(6))
    file.write_text(f"{file.read_text('utf-8')}\n{keeps}\n\n## The last\n\n{long}\n", "utf-8")
    with running(practice) as studio:
        page = browser.new_context(viewport=WIDE).new_page()
        page.goto(studio.door)
        page.get_by_role("link", name="A Quiet Hour", exact=True).click()
        page.get_by_text("too many").wait_for(timeout=60_000)
        words = file.read_text("utf-8")
        page.get_by_role("button", name="Leave these out").click()
        kept(studio, "leaflet: drop")
        page.get_by_alt_text("The outside of the trifold").wait_for(timeout=60_000)
        after = file.read_text("utf-8")
        assert after.count("It is quiet here") == words.count("It is quiet here")
        page.context.close()


def test_on_a_phone_the_leaflet_stands_in_the_place_of_the_words(
    studio: Running, browser: Any
) -> None:
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(studio.door)
    page.get_by_role("heading", name="My articles").wait_for()
    page.goto(f"{studio.address}/article/quiet-hour")
    words = page.get_by_role("textbox", name="The words of the article")
    words.wait_for()
    assert not page.locator("#seen").is_visible()
    page.get_by_role("button", name="See it").click()
    page.get_by_alt_text("The inside of the trifold").wait_for(timeout=60_000)
    assert not words.is_visible()
    assert page.locator("#pictures").bounding_box()["y"] < 664, "on the first screen"
    page.get_by_role("button", name="Back to the words").click()
    assert words.is_visible() and not page.locator("#seen").is_visible()
    page.context.close()


def test_two_windows_lose_nothing(page: Any, studio: Running) -> None:
    page.get_by_role("link", name="A Quiet Hour", exact=True).click()
    page.get_by_role("textbox", name="The words of the article").wait_for()
    other = page.context.new_page()
    other.goto(page.url)
    write_after(other, "You go home", " by train")
    kept(studio, "by train")
    write_after(page, "You sit down", " slowly")
    page.get_by_text("You changed this in another window.").wait_for()
    assert "by train" in (studio.studio.folder / "source" / "quiet-hour.md").read_text("utf-8")
    page.get_by_role("button", name="Keep what I wrote here").click()
    kept(studio, "You sit down slowly")


def test_one_sentence_changed_in_two_windows_is_there_in_both(page: Any, studio: Running) -> None:
    """Whichever she takes, the other one is among the earlier versions."""
    page.get_by_role("link", name="A Quiet Hour", exact=True).click()
    page.get_by_role("textbox", name="The words of the article").wait_for()
    other = page.context.new_page()
    other.goto(page.url)
    write_after(other, "You go home", " by train")
    kept(studio, "You go home by train.")
    write_after(page, "You go home", " on foot")
    page.get_by_text("You changed this in another window.").wait_for()
    assert axe_in(page) == []
    page.get_by_role("button", name="Take the other").click()
    page.locator("#words").get_by_text("You go home by train.").wait_for()
    write_after(other, "by train", " at night")
    kept(studio, "by train at night")
    write_after(page, "by train", " and bus")
    page.get_by_role("button", name="Keep what I wrote here").click()
    kept(studio, "You go home by train and bus.")
    page.get_by_text("You changed this in another window.").wait_for(state="hidden")
    versions = studio.studio.versions
    texts = [versions.text(each, "quiet-hour") or "" for each in versions.all()]
    assert any("by train at night." in each for each in texts), "it is written over, and kept"


def test_a_studio_that_was_killed_goes_on(practice: Path, browser: Any) -> None:
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    with running(practice) as first:
        page.goto(first.door)
        page.get_by_role("link", name="A Quiet Hour", exact=True).click()
        page.get_by_role("textbox", name="The words of the article").wait_for()
    write_after(page, "You go home", " singing")
    page.get_by_text("leafcast has been closed. Your words are safe.").wait_for()
    with running(practice, int(first.address.rpartition(":")[2])) as again:
        context.new_page().goto(again.door)
        kept(again, "You go home singing.")
        page.get_by_text("leafcast has been closed").wait_for(state="hidden")
    context.close()


def test_the_practice_is_four_answers(page: Any, studio: Running) -> None:
    page.get_by_role("link", name="My practice").click()
    page.get_by_label("Telephone").fill("01632 960 142")
    page.locator(".back [data-shows=phone]", has_text="01632 960 142").wait_for()
    page.get_by_label("Moss").check(force=True)
    logo = page.locator("[data-face=logo]")
    logo.locator("input[type=file]").set_input_files(
        {"name": "leaf.png", "mimeType": "image/png", "buffer": a_picture()}
    )
    logo.get_by_label("What it shows").fill("A leaf")
    until(page, "() => document.getElementById('logo-shown').naturalWidth === 300")
    assert axe_in(page) == []
    page.get_by_role("button", name="Keep this").click()
    page.get_by_role("heading", name="My articles").wait_for()
    practice = load_project(studio.studio.folder).practice
    assert (practice.contact.phone, practice.look.accent) == ("01632 960 142", "#40551F")
    assert (practice.look.logo, practice.look.logo_alt) == ("logo-1.png", "A leaf")


def test_keys_alone_lead_through_an_article(page: Any, studio: Running) -> None:
    def tab_to(role: str, name: str) -> None:
        wanted = page.get_by_role(role, name=name, exact=True).first
        wanted.wait_for()
        for _ in range(60):
            page.keyboard.press("Tab")
            if wanted.evaluate("(each) => each === document.activeElement"):
                return
        raise AssertionError(f"no way by keys to {name}")

    tab_to("link", "A Quiet Hour")
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="The words of the article").wait_for()
    tab_to("textbox", "The words of the article")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Rest.")
    kept(studio, "Nothing has to be decided. Rest.")
    page.keyboard.press("F6")
    assert page.evaluate("document.activeElement.id") == "pictures"
    page.keyboard.press("F6")
    assert page.evaluate("document.activeElement.id") == "words"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") != "words", "one gets out of it"
    page.goto(f"{studio.address}/article/quiet-hour/hear")
    tab_to("button", "You sit down.")
    page.keyboard.press("Enter")
    tab_to("button", "down")
    page.keyboard.press("Enter")
    page.keyboard.type("doun")
    page.keyboard.press("Enter")
    page.get_by_text("Kept. It holds wherever the word stands.").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "You sit down."


def test_a_page_from_elsewhere_is_let_in_nowhere(page: Any, studio: Running) -> None:
    """As if another site were open beside the studio, whose cookie the browser has: by name, and
    from a frame without an origin, in every way that a page can ask another for something.
    """
    before = {each: each.read_bytes() for each in studio.studio.folder.rglob("source/*")}
    hostile = page.context.new_page()
    body = EVIL.replace("STUDIO", studio.address)
    framed = body.replace("&", "&amp;").replace('"', "&quot;")
    frame = f'<iframe sandbox="allow-scripts allow-forms" srcdoc="{framed}"></iframe>'
    for address, sent in ((ELSEWHERE, body), (ELSEWHERE, frame), (BESIDE, body), (BESIDE, frame)):
        hostile.unroute_all()
        hostile.route(address, answering(sent))
        hostile.goto(address)
        within = hostile.main_frame if sent == body else hostile.main_frame.child_frames[0]
        within.wait_for_function("() => globalThis.said?.length === 8")
        said = dict(within.evaluate("() => said"))
        assert set(said.values()) == {"nothing"}, (address, said)
    assert {each: each.read_bytes() for each in studio.studio.folder.rglob("source/*")} == before
    assert studio.studio.maker.progress.state == "idle"
    page.reload()
    page.get_by_role("heading", name="My articles").wait_for()


ELSEWHERE = "http://evil.example/"
BESIDE = "http://127.0.0.1:8123/"
"""Another program's page on this machine, to which a browser sends the studio's cookie."""


def answering(body: str) -> Callable[[Any], None]:
    """Gives a page of another site."""

    def answer(route: Any) -> None:
        route.fulfill(body=body, content_type="text/html")

    return answer


EVIL = """<form id="form" method="post" action="STUDIO/practice" target="there"><input name="name" value="Mallory"></form>
<iframe name="there" id="there"></iframe>
<script>
const said = globalThis.said = [];
const told = (how, got) => said.push([how, got ? "something" : "nothing"]);
const asked = (how, path, more) => fetch("STUDIO" + path, { credentials: "include", ...more })
  .then(async (got) => told(how, got.type !== "opaque" || (await got.text()) !== ""), () => told(how, false));
asked("read", "/article/quiet-hour");
asked("read blindly", "/article/quiet-hour", { mode: "no-cors" });
asked("write blindly", "/practice", { mode: "no-cors", method: "POST", body: "name=Mallory" });
asked("make", "/article/quiet-hour/make", { mode: "no-cors", method: "POST" });
const events = new EventSource("STUDIO/making", { withCredentials: true });
events.onmessage = () => { told("listen", true); events.close(); };
events.onerror = () => { told("listen", false); events.close(); };
const socket = new WebSocket("STUDIO/making".replace("http", "ws"));
socket.onopen = () => told("socket", true);
socket.onerror = () => told("socket", false);
const image = new Image();
image.onload = () => told("picture", true);
image.onerror = () => told("picture", false);
image.src = "STUDIO/assets/leaf.svg";
document.getElementById("form").submit();
document.getElementById("there").addEventListener("load", ({ target }) => {
  let words = "";
  try { words = target.contentDocument?.body.innerText ?? ""; } catch { words = ""; }
  if (!said.some(([how]) => how === "form")) told("form", words.includes("articles"));
});
</script>"""


def test_making_is_told_stopped_and_handed_out(page: Any, studio: Running) -> None:
    """Made in the voice `tone`: leaflets first, then everything; stopped, dist/ is whole."""
    page.goto(f"{studio.address}/article/quiet-hour/hand-out")
    assert axe_in(page) == []
    page.get_by_role("button", name="Make it").click()
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped. Your website is as it was.").first.wait_for()
    assert not (studio.studio.folder / "dist" / "manifest.json").exists()
    page.get_by_role("button", name="Carry on").click()
    link = page.get_by_role("link", name="Print the three-panel leaflet")
    link.wait_for(timeout=120_000)
    pdf = page.request.get(f"{studio.address}{link.get_attribute('href')}")
    assert pdf.body().startswith(b"%PDF-")
    page.get_by_label("Long edge").check(force=True)
    page.get_by_role("button", name="Remember this").click()
    page.get_by_role("link", name="Print the three-panel leaflet").wait_for()
    assert "print-long-edge" in (
        page.get_by_role("link", name="Print the three-panel").get_attribute("href") or ""
    )
    page.get_by_role("heading", name="Listen").wait_for(timeout=240_000)
    assert axe_in(page) == []
    assert not CODE.search(page.locator("#main").inner_text())
    with page.expect_download() as saving:
        page.get_by_role("link", name="Save all as one file").click()
    with zipfile.ZipFile(saving.value.path()) as packed:
        assert "quiet-hour/index.html" in packed.namelist() and packed.testzip() is None


def test_an_earlier_version_comes_back(page: Any, studio: Running) -> None:
    page.get_by_role("link", name="A Quiet Hour", exact=True).click()
    write_after(page, "You go home", " by train")
    kept(studio, "by train")
    page.get_by_role("link", name="Earlier versions").click()
    page.get_by_role("link", name="As it was at first").click()
    page.get_by_role("heading", name="As it was at first").wait_for()
    assert page.locator("ins").text_content() == "added: home by train."
    assert axe_in(page) == []
    page.get_by_role("button", name="Go back to this").click()
    page.get_by_role("textbox", name="The words of the article").wait_for()
    assert "by train" not in (studio.studio.folder / "source" / "quiet-hour.md").read_text("utf-8")


def test_taking_away_asks_and_is_undone(page: Any, studio: Running) -> None:
    file = studio.studio.folder / "source" / "quiet-hour.md"
    page.goto(f"{studio.address}/article/quiet-hour/take-away")
    assert file.exists() and axe_in(page) == []
    page.get_by_role("button", name="Take it away").click()
    page.get_by_role("heading", name="Begin with an article").wait_for()
    assert not file.exists()
    page.get_by_text("“A Quiet Hour” is taken away.").wait_for()
    assert axe_in(page) == []
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("textbox", name="The words of the article").wait_for()
    assert file.exists()
    page.goto(f"{studio.address}/article/quiet-hour/take-away")
    page.get_by_role("button", name="Take it away").click()
    page.get_by_role("button", name="Bring it back").click()
    page.get_by_role("textbox", name="The words of the article").wait_for()
    assert file.exists()


def test_a_sentence_is_heard_and_a_name_is_corrected(page: Any, studio: Running) -> None:
    page.goto(f"{studio.address}/article/quiet-hour/hear")
    page.wait_for_load_state("load")
    assert axe_in(page) == []
    page.get_by_role("button", name="You go home.").click()
    until(page, "() => document.getElementById('sound').duration > 0.2", seconds=30)
    page.get_by_role("button", name="You sit down.").click()
    page.get_by_role("button", name="sit", exact=True).click()
    assert axe_in(page) == []
    page.get_by_label("Like", exact=True).fill("sitt")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("Kept. It holds wherever the word stands.").wait_for()
    lexicon = (studio.studio.folder / "audio" / "lexicon.toml").read_text("utf-8")
    assert 'sit = "sitt"' in lexicon
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("“sit” is said as before.").wait_for()
    assert "sitt" not in (studio.studio.folder / "audio" / "lexicon.toml").read_text("utf-8")


def test_a_reading_that_comes_late_speaks_over_nothing(page: Any, studio: Running) -> None:
    late: list[Any] = []

    def hold(route: Any) -> None:
        if '"quick":true' in (route.request.post_data or ""):
            route.continue_()
        else:
            late.append(route)

    page.route("**/say", hold)
    page.goto(f"{studio.address}/article/quiet-hour/hear")
    page.get_by_role("button", name="You sit down.").click()
    until(
        page, "() => document.getElementById('status').innerText.includes('on its way')", None, 60
    )
    while not late:
        page.wait_for_timeout(20)
    page.get_by_role("button", name="sit", exact=True).click()
    page.get_by_label("Like", exact=True).fill("sitt")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("Kept. It holds wherever the word stands.").wait_for()
    with page.expect_response("**/say") as answered:
        late[0].continue_()
    answered.value.finished()
    page.wait_for_timeout(100)
    assert page.get_by_text("Kept. It holds wherever the word stands.").is_visible()


def test_any_sentence_is_heard_within_a_second(page: Any, studio: Running) -> None:
    """By the quick voice, once it is open; the practice's own voice follows when it has spoken."""
    page.goto(f"{studio.address}/article/quiet-hour/hear")
    page.wait_for_load_state("load")
    page.get_by_role("button", name="This is how it begins.").click()
    page.get_by_text("’s own reading is ready.").wait_for(timeout=60_000)
    sounding = """() => new Promise((on) => {
      const began = performance.now();
      document.getElementById("sound").addEventListener("play", () => on((performance.now() - began) / 1000), { once: true });
      [...document.querySelectorAll(".say")].find((each) => each.textContent === "Nothing has to be decided.").click();
    })"""
    assert page.evaluate(sounding) < 4, "0.2 s on a machine with nothing else to do"
    page.get_by_role("button", name="Pause").wait_for()


ONE_LEFT = re.compile("One thing worth a look")
"""With its capital: what is told of two things has these words too."""


def test_a_note_is_beside_its_sentence_and_its_button_mends_it(
    practice: Path, browser: Any
) -> None:
    settings = practice / "source" / "practice.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("[contact]", '[contact]\nphone = "01632 960 142"'),
        "utf-8",
    )
    file = practice / "source" / "quiet-hour.md"
    words = "This brings healing. You can ring me on 01632 960 124."
    file.write_text(file.read_text("utf-8").replace("You sit down.", words), "utf-8")
    with running(practice) as studio:
        page = browser.new_context(viewport=WIDE).new_page()
        page.goto(studio.door)
        page.get_by_role("link", name="Look at them").click()
        page.get_by_role("heading", name="Two different telephone numbers").wait_for()
        page.get_by_text("One thing to put right, one thing worth a look").wait_for()
        assert axe_in(page) == [] and not CODE.search(page.locator("body").inner_text())
        underlined = "() => [...CSS.highlights.get('look')].map(String).join('|')"
        assert page.evaluate(underlined) == "01632 960 124"
        page.get_by_role("button", name="Use …142 here").click()
        kept(studio, "ring me on 01632 960 142.")
        page.get_by_text(ONE_LEFT).wait_for()
        page.get_by_role("button", name="Undo").last.click()
        kept(studio, "ring me on 01632 960 124.")
        page.get_by_role("button", name="Use …124 everywhere").click()
        page.get_by_text("Changed in My practice").wait_for()
        page.get_by_text(ONE_LEFT).wait_for()
        assert load_project(practice).practice.contact.phone == "01632 960 124"
        page.get_by_role("button", name="Leave it as it is").click()
        page.get_by_text("All is well").first.wait_for()
        page.locator("#did").get_by_role("button", name="Undo").click()
        page.get_by_role("button", name="Change my words").click()
        page.keyboard.type(" Perhaps.")
        kept(studio, "This brings healing. Perhaps.")
        page.context.close()
