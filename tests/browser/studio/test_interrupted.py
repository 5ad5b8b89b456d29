"""What comes between while she writes: a closed lid, a full disk, a making in another window."""

from __future__ import annotations

from typing import Any

import pytest

from leafcast.build.lock import only_build
from leafcast.practice.project import load_project
from leafcast.studio.server import Running
from tests.browser.studio.screens import kept, write_after
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
