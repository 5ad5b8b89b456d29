"""What comes between while she writes: a closed lid, a full disk, a making in another window."""

from __future__ import annotations

from typing import Any

import pytest

from leafcast.build.lock import only_build
from leafcast.practice.project import PRACTICE_FILE, load_project
from leafcast.studio.server import Running
from tests.browser.studio.screens import axe_in, kept, write_after
from tests.browser.test_page_in_a_browser import until
from tests.studio.test_robust import full

pytestmark = pytest.mark.integration


def test_what_is_written_while_the_lid_is_closed_is_kept(page: Any, studio: Running) -> None:
    page.get_by_role("link", name="A Quiet Hour", exact=True).click()
    page.locator("#words").get_by_text("You go home").wait_for()  # the page's script has come
    page.context.set_offline(True)
    write_after(page, "You go home", " by train")
    page.get_by_text("Your words are safe.").wait_for()
    page.context.set_offline(False)
    kept(studio, "You go home by train.")
    page.get_by_text("Your words are safe.").wait_for(state="hidden")


def test_a_full_disk_is_told_and_gone_on_from(
    page: Any, studio: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.get_by_role("link", name="A Quiet Hour", exact=True).click()
    page.get_by_role("textbox", name="The words of the article").wait_for()
    with monkeypatch.context() as patch:
        full(patch)
        write_after(page, "You go home", " by bus")
        page.get_by_text("There is no room left on this computer.").wait_for()
        page.get_by_role("button", name="Go on").click()
        page.get_by_text("There is no room left on this computer.").wait_for()
        assert "by bus" not in (studio.studio.folder / "source" / "quiet-hour.md").read_text()
    kept(studio, "You go home by bus.")
    page.get_by_text("There is no room left").wait_for(state="hidden")


def test_a_build_in_a_terminal_meanwhile_is_one_clear_line(page: Any, studio: Running) -> None:
    page.goto(f"{studio.address}/article/quiet-hour/hand-out")
    with only_build(load_project(studio.studio.folder)):
        page.get_by_role("button", name="Make it").click()
        page.get_by_text("leafcast is already making something in another window.").first.wait_for(
            timeout=60_000
        )
    page.get_by_role("button", name="Make it again").wait_for()


def test_a_file_that_is_taken_away_meanwhile_comes_back_with_her_words(
    page: Any, studio: Running
) -> None:
    page.get_by_role("link", name="A Quiet Hour", exact=True).click()
    page.get_by_role("textbox", name="The words of the article").wait_for()
    (studio.studio.folder / "source" / "quiet-hour.md").unlink()
    write_after(page, "You go home", " by tram")
    page.get_by_role("button", name="Bring it back").click()
    page.get_by_text("The file of this article is gone.").wait_for(state="hidden")
    kept(studio, "You go home by tram.")


def test_a_slip_in_her_settings_is_taken_back_and_what_she_typed_is_kept(
    page: Any, studio: Running
) -> None:
    page.get_by_role("link", name="A Quiet Hour", exact=True).click()
    page.get_by_role("textbox", name="The words of the article").wait_for()
    practice = studio.studio.folder / PRACTICE_FILE
    good = practice.read_text("utf-8")
    practice.write_text(good + "\n[contact\n", "utf-8")
    write_after(page, "You go home", " by boat")
    page.get_by_text(
        "The settings of your practice were changed outside leafcast."
    ).first.wait_for()
    other = page.context.new_page()
    other.goto(studio.address)
    assert axe_in(other) == []
    other.close()
    page.get_by_role("button", name="Take the change back").click()
    kept(studio, "You go home by boat.")
    assert practice.read_text("utf-8") == good


def test_the_leaflet_is_seen_as_it_was(page: Any, studio: Running) -> None:
    page.goto(f"{studio.address}/article/quiet-hour/versions")
    page.get_by_role("link", name="See the leaflet as it was").click()
    inside = page.get_by_alt_text("The inside of the trifold, as it was")
    inside.wait_for(timeout=60_000)
    until(page, "() => [...document.images].every((each) => each.complete && each.naturalWidth)")
    assert page.locator("img.picture").count() == 2
    assert axe_in(page) == []
