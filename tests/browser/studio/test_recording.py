"""Recording in the browser, as she would: Chromium's microphone reads a sentence from a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from leafcast.studio.server import Running, running
from tests import waves
from tests.browser.studio.screens import CODE, MICROPHONE, axe_in
from tests.browser.test_page_in_a_browser import CHROMIUM, OPTIONS, WIDE, api, until
from tests.conftest import write_practice
from tests.recordings import ARTICLE, read, save

pytestmark = pytest.mark.integration
STOP = "You can stop whenever you like."
SECONDS = 5.0
"""How long the file is from which the microphone reads, over and over: nothing of a sentence comes
twice within a recording that is stopped before."""


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Running]:
    folder = write_practice(tmp_path / "practice")
    (folder / "source" / "quiet-hour.md").write_text(ARTICLE, "utf-8")
    with running(folder) as it:
        yield it


@pytest.fixture
def page(studio: Running, tmp_path: Path) -> Iterator[Any]:
    """A browser whose microphone hears `STOP`."""
    sound = read([0.2, STOP, SECONDS])
    voice = save(tmp_path / "voice.wav", sound[: round(SECONDS * 44_100)])
    heard = f"--use-file-for-fake-audio-capture={voice}"
    with api.sync_playwright() as it:
        options = [*OPTIONS, *MICROPHONE, heard]
        chromium = it.chromium.launch(executable_path=CHROMIUM, args=options)
        page = chromium.new_context(viewport=WIDE).new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(studio.door)
        page.get_by_role("heading", name="My articles").wait_for()
        yield page
        chromium.close()
        assert faults == []


def record(page: Any, button: str = "Record") -> None:
    """Read for as long as the sentence lasts."""
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_text("Recording, 3 seconds").wait_for(timeout=60_000)
    page.get_by_role("button", name="Stop", exact=True).click()
    until(
        page,
        "() => /^(Next|Read|To the next)/.test(document.getElementById('main-button').innerText)",
    )


def test_a_sentence_is_read_judged_heard_in_the_episode_and_taken_back(
    page: Any, studio: Running
) -> None:
    folder = studio.studio.folder
    page.goto(f"{studio.address}/article/quiet-hour/record/what-happens")
    page.get_by_role("button", name=STOP).click()
    assert axe_in(page) == []
    record(page)
    file = (
        folder / "audio" / "takes" / "quiet-hour" / "what-happens" / "06-you-can-stop-whenever.wav"
    )
    assert file.is_file()
    assert axe_in(page) == []
    assert not CODE.search(page.locator("body").inner_text())
    anyway = page.get_by_role("button", name="Keep it anyway")
    if anyway.is_visible():  # a busy machine loses a moment of what is captured
        anyway.click()
        page.get_by_text("Kept as it is.").first.wait_for()
    page.get_by_text("1 of 6 sentences is read.").wait_for()
    page.get_by_role("button", name="Hear it").click()
    until(page, "() => document.getElementById('sound').currentTime > 0.2")
    assert _made(page, studio).count("partly by the author") == 1
    hers = waves.read(folder / "audio" / "quiet-hour" / "02-what-happens.wav") / 32_768
    assert _likeness(hers, waves.read(file) / 32_768) > 0.5

    page.goto(f"{studio.address}/article/quiet-hour/record/what-happens")
    page.get_by_role("button", name=STOP).click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back.").wait_for()
    page.get_by_text("0 of 6 sentences are read.").wait_for()
    assert not file.exists()
    assert "by the author" not in _made(page, studio)
    page.goto(f"{studio.address}/article/quiet-hour/record/what-happens")
    page.get_by_text("0 of 6 sentences are read.").wait_for()


def test_an_answer_that_comes_late_takes_back_nothing_she_did(page: Any, studio: Running) -> None:
    takes = studio.studio.folder / "audio" / "takes" / "quiet-hour" / "what-happens"
    takes.mkdir(parents=True)
    save(takes / "06-you-can-stop-whenever.wav", read([0.2, STOP, 0.2]))
    held: list[Any] = []
    page.route("**/verdicts", lambda route: held.append(route))
    page.goto(f"{studio.address}/article/quiet-hour/record/what-happens")
    page.get_by_role("button", name=STOP).click()
    late = _asked(page, held, 1).fetch()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back.").wait_for()
    held[0].fulfill(response=late)
    until(page, "() => document.getElementById('count').innerText.startsWith('0 of 6')")
    again = _asked(page, held, 2)
    with page.expect_response("**/verdicts") as answered:
        again.continue_()
    answered.value.finished()
    assert page.get_by_text("Taken back.").is_visible()
    assert page.get_by_text("0 of 6 sentences are read.").is_visible()
    assert page.get_by_role("button", name=STOP).get_by_text("Still to read").count() == 1


def _asked(page: Any, held: list[Any], times: int) -> Any:
    """What the page asked, held here, once it has asked so often."""
    for _ in range(1_000):
        if len(held) >= times:
            return held[times - 1]
        page.wait_for_timeout(20)
    pytest.fail(f"it asked {len(held)} times, not {times}")


def _made(page: Any, studio: Running) -> str:
    """Make it all again; gives what the narration says, word for word."""
    page.goto(f"{studio.address}/article/quiet-hour/hand-out")
    page.get_by_role("button", name="Make it").click()
    page.get_by_role("button", name="Stop").wait_for()
    page.get_by_role("button", name="Make it again").wait_for(timeout=240_000)
    return (studio.studio.folder / "dist" / "quiet-hour" / "quiet-hour.vtt").read_text("utf-8")


def _likeness(whole: np.ndarray, part: np.ndarray) -> float:
    """How like the most similar stretch of the levels of `whole` is to those of `part`, to 1."""
    levels = [np.sqrt(_powers(each, rate)) for each, rate in ((whole, 44_100), (part, 48_000))]
    loud = np.flatnonzero(levels[1] > levels[1].max() / 10)
    wanted = levels[1][loud[0] : loud[-1]]
    wanted = (wanted - wanted.mean()) / np.linalg.norm(wanted - wanted.mean())
    best = 0.0
    for at in range(len(levels[0]) - len(wanted)):
        stretch = levels[0][at : at + len(wanted)]
        stretch = stretch - stretch.mean()
        best = max(best, float(stretch @ wanted / max(1e-9, np.linalg.norm(stretch))))
    return best


def _powers(samples: np.ndarray, rate: int) -> np.ndarray:
    step = rate // 50
    return np.square(samples[: len(samples) // step * step]).reshape(-1, step).mean(axis=1)


def test_the_microphone_is_tried_before_anything_is_read(page: Any, studio: Running) -> None:
    page.goto(f"{studio.address}/article/quiet-hour/record/what-happens")
    page.get_by_role("button", name="Try the microphone").click()
    page.get_by_text("Say a few words.").wait_for()
    until(page, "() => Number(document.getElementById('meter').ariaValueNow) > 20")
    page.get_by_role("button", name="Enough").click()
    page.get_by_text("I hear you").wait_for()
    assert axe_in(page) == []
    page.get_by_text("0 of 6 sentences are read.").wait_for()
    assert not (studio.studio.folder / "audio" / "takes").exists()
    heard = """async (levels) => {
      const { heardAs } = await import("/assets/microphone.js");
      return heardAs(levels.map((level) => ({ level, peak: level + 6 })))[0];
    }"""
    for levels, words in (
        ([-70.0] * 9, "Nothing is heard."),
        ([-70.0] * 5 + [-40.0] * 5, "I hear you, a little faintly."),
        ([-60.0] * 5 + [-20.0] * 5, "I hear you well. The room sounds quiet."),
        ([-45.0] * 5 + [-20.0] * 5, "I hear you well, and the room as well."),
        ([-60.0] * 5 + [-6.0] * 5, "I hear you, a little loudly."),
        ([], "Nothing is heard."),
    ):
        assert page.evaluate(heard, levels) == words


def test_keys_alone_record(page: Any, studio: Running) -> None:
    page.goto(f"{studio.address}/article/quiet-hour/record/introduction")
    page.get_by_role("button", name="Record", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_text("Recording, 3 seconds").wait_for(timeout=60_000)
    page.keyboard.press("Space")
    page.get_by_text("1 of 2 sentences is read.").wait_for(timeout=60_000)
    page.get_by_text("Other words were heard").first.wait_for()
    page.keyboard.press("a")
    page.get_by_text("Recording, 3 seconds").wait_for(timeout=60_000)
    page.get_by_role("checkbox", name="Keys").focus()
    page.get_by_role("button", name="Stop", exact=True).press("Enter")
    page.get_by_text("1 of 2 sentences is read.").wait_for()


def test_a_reading_waits_while_the_studio_is_closed(page: Any, studio: Running) -> None:
    """As when a lid is closed while she reads: the microphone is gone, and the studio out of reach."""
    page.add_init_script(
        """const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async (what) => globalThis.heard = await open(what);"""
    )
    page.goto(f"{studio.address}/article/quiet-hour/record/what-happens")
    page.get_by_role("button", name=STOP).click()
    page.route("**/record/**", lambda route: route.abort())
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_text("Recording, 1 second").wait_for(timeout=60_000)
    page.evaluate("heard.getAudioTracks()[0].dispatchEvent(new Event('ended'))")
    page.get_by_text("leafcast has been closed. Your words are safe.").wait_for()
    page.unroute("**/record/**")
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("1 of 6 sentences is read.").wait_for(timeout=60_000)
    assert list((studio.studio.folder / "audio" / "takes").rglob("06-*.wav"))


def test_a_microphone_that_is_refused_is_told_kindly(studio: Running) -> None:
    with api.sync_playwright() as it:
        chromium = it.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        page = chromium.new_context(viewport=WIDE).new_page()
        page.goto(studio.door)
        page.get_by_role("heading", name="My articles").wait_for()
        page.goto(f"{studio.address}/article/quiet-hour/record")
        page.get_by_role("button", name="Record", exact=True).click()
        page.get_by_text("The browser may not listen yet.").or_(
            page.get_by_text("No microphone was found.")
        ).first.wait_for()
        chromium.close()
