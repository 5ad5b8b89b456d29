"""Her own voice, listened to for real: Whisper finds the sentences, PocketSphinx the words in them.

The reader is a voice that the practice does not publish with, in a room made of noise.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from leafcast.build import pipeline
from leafcast.document.report import Report
from leafcast.narration import narrate
from leafcast.narration.sound import wave as sound
from leafcast.narration.takes.recorded_article import Performance, perform
from leafcast.practice.project import load_project
from leafcast.state.cache import Cache
from tests.conftest import write_practice
from tests.recordings import (
    ARTICLE,
    RATE,
    WHAT_HAPPENS,
    Floats,
    cough,
    in_room,
    in_turn,
    read,
    save,
    say,
)

pytestmark = pytest.mark.integration
SLUG = "quiet-hour"
AFTER = (
    "What comes after.",
    "After an hour you go home, and we meet again in a week.",
    "Nothing has to be decided on the first day.",
    "You can call 0300 123 3393 between sessions.",
)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    folder = write_practice(tmp_path / "practice")
    (folder / "source" / f"{SLUG}.md").write_text(ARTICLE, "utf-8")
    return folder


def listened(house: Path, name: str, samples: Floats) -> tuple[Performance, dict[str, str]]:
    """What is made of a take, and what is said of it, by code."""
    save(house / "audio" / "takes" / SLUG / f"{name}.wav", samples)
    project = load_project(house)
    article = pipeline.read_articles(project, Report())[SLUG]
    assert article
    performance = perform(narrate.tell(project, article, ""), Cache(project.work / "cache"))
    return performance, {f.code: f.message for f in performance.findings}


def test_a_clean_take_is_placed_to_the_word_and_nothing_is_said(house: Path) -> None:
    performance, found = listened(house, "what-happens", read(in_turn(WHAT_HAPPENS)))
    assert found == {}
    reading = performance.readings[1]
    told = [part for part in reading.parts if part.source == "take"]
    assert len(told) == 6
    at = float(RATE)
    for sentence, part in zip(WHAT_HAPPENS, told, strict=True):
        length = len(say(sentence))
        assert at - 0.15 * RATE < part.start < at + 0.1 * RATE
        assert at + length - 0.15 * RATE < part.end < at + length + 0.25 * RATE
        assert len(part.words) == len(sentence.split())
        starts = [mark.start for mark in part.words]
        assert starts == sorted(starts)
        at += length + 0.6 * RATE


def test_every_fault_of_a_reading_is_found(house: Path) -> None:
    parts: list[str | float | Floats] = [
        *in_turn(AFTER[:1]),
        "After an hour you go home, and we meet again in a month.", 0.7,
        0.4, cough(), 0.6,
        "Sorry, once again.", 0.8,
        "You can call 0300 123 3393 between sessions.", 0.9,
        "You can call 0300 123 3393 between sessions.", 0.6,
    ]  # fmt: skip
    performance, found = listened(house, "what-comes-after", read(parts))
    assert "“week” is written, “month” heard" in found["take-sentence-changed"]
    assert "Nothing has to be decided" in found["take-sentence-missing"]
    assert "You can call" in found["take-sentence-repeated"]
    assert "sorry once again" in found["take-words-left-out"]
    sources = [part.source for part in performance.readings[2].parts][:5]
    assert sources == ["voice", "take", "voice", "voice", "take"]


@pytest.mark.parametrize("way", ["slow", "room"])
def test_a_slow_reading_and_a_poor_room_are_still_understood(house: Path, way: str) -> None:
    samples = read(in_turn(WHAT_HAPPENS, 0.8))
    if way == "slow":
        slow = sound.stretch(samples.astype(np.float32), RATE, 0.55)
        samples = slow.astype(np.float64)
    else:
        samples = in_room(samples, 0.7)
        samples += np.random.default_rng(1).normal(size=len(samples)) * 10 ** (-48 / 20)
    performance, found = listened(house, "what-happens", samples)
    told = [part.source for part in performance.readings[1].parts]
    assert told.count("take") == 6
    assert not {"take-sentence-missing", "take-sentence-changed"} & set(found)
    assert ("take-noisy" in found) == (way != "slow")


def test_a_retake_is_put_in_its_place(house: Path) -> None:
    alone = house / "audio" / "takes" / SLUG / "what-comes-after"
    save(alone / "02-after-an-hour-you.wav", read([AFTER[1]]) * 0.3)
    parts = in_turn([AFTER[0], "After an hour you go home.", *AFTER[2:]])
    performance, found = listened(house, "what-comes-after", read(parts))
    assert found == {}
    assert [part.source for part in performance.readings[2].parts][1:5] == [
        "take", "retake", "take", "take",
    ]  # fmt: skip
