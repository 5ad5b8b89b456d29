"""The voices: every clip once, engines that fail, hang and crash, and work that was interrupted."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from leafcast.document.errors import VoiceUnavailable
from leafcast.execution.workers import open_workers
from leafcast.narration.clips import clip_key, pack_clip, read_clip, unpack_clip
from leafcast.narration.model import Clip, Utterance, VoiceSpec, WordMark
from leafcast.narration.voice_pool import (
    Progress,
    Voiced,
    VoicePool,
    voice_missing,
)
from leafcast.narration.voices import fingerprint
from leafcast.state.cache import Cache


class Inline(Executor):
    """Does the work at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  (as any executor does)
            future.set_exception(error)
        return future


def inline(on_progress: Callable[[Progress], None] = lambda progress: None) -> VoicePool:
    return VoicePool(1, on_progress, open_pool=lambda workers: Inline())


def faulty(**settings: str | bool) -> VoiceSpec:
    return VoiceSpec("faulty", "tests.engines", tuple(sorted(settings.items())))


def say(*sentences: str) -> tuple[Utterance, ...]:
    return tuple(Utterance(f"u{n}", words, words) for n, words in enumerate(sentences))


def voice(words: tuple[Utterance, ...], cache: Cache, voices: VoicePool, **settings: str) -> Voiced:
    with closing(voices):
        return voice_missing(words, faulty(**settings), cache, voices)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


WORDS = say("One sentence here.", "And another one.", "The third is last.")


def test_what_is_missing_is_voiced_and_then_it_is_there(cache: Cache) -> None:
    told: list[Progress] = []
    assert voice(WORDS, cache, inline(told.append)).clips_made == 3
    assert told[-1].share == 1.0
    assert [p.share for p in told] == sorted(p.share for p in told)
    assert voice(WORDS, cache, inline()).clips_made == 0


def test_the_same_words_are_voiced_once(cache: Cache) -> None:
    assert voice(say("Again and again.", "Again and again."), cache, inline()).clips_made == 1


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("fail", "it lost its voice"),
        ("silent", "the sound is silent"),
        ("short", "s of sound came back"),
        ("nothing", "no sound came back"),
        ("endless", "far too much"),
        ("nan", "not sound"),
    ],
)
def test_a_sentence_that_fails_twice_is_named_and_the_others_go_on(
    cache: Cache, fault: str, words: str
) -> None:
    sentences = say("One sentence here.", f"Here it will {fault} always.", "The third is last.")
    voiced = voice(sentences, cache, inline())
    (finding,) = voiced.findings
    assert sentences[1].shown in finding.message
    assert words in finding.message
    assert "--voice" in finding.fix
    assert voiced.clips_made == 2


def test_a_sentence_that_fails_once_is_tried_again(cache: Cache, tmp_path: Path) -> None:
    voiced = voice(say("Here it will fail once."), cache, inline(), once=str(tmp_path))
    assert (voiced.findings, voiced.clips_made) == ((), 1)


def test_a_voice_that_is_not_here_says_what_it_lacks_and_names_another(cache: Cache) -> None:
    with pytest.raises(VoiceUnavailable, match="a microphone") as caught:
        voice_missing(WORDS, faulty(lacks=True), cache, inline())
    assert "--voice hibari" in caught.value.hint


def test_a_voice_that_cannot_open_ends_it(cache: Cache) -> None:
    with pytest.raises(VoiceUnavailable, match="licence"):
        voice_missing(WORDS, faulty(unavailable=True), cache, inline())


# ---------------------------------------------------------------- real processes


def test_two_processes_share_the_work(cache: Cache) -> None:
    assert voice(WORDS, cache, VoicePool(2)).clips_made == 3


def test_an_engine_that_crashes_takes_no_other_sentence_with_it(cache: Cache) -> None:
    sentences = say(
        "One sentence here.", "This one will crash it.", "The third is last.", "Fourth."
    )
    voiced = voice(sentences, cache, VoicePool(2))
    (finding,) = voiced.findings
    assert "will crash it" in finding.message
    assert "crashed" in finding.message
    assert voiced.clips_made == 3


def test_an_engine_that_crashes_once_is_opened_again(cache: Cache, tmp_path: Path) -> None:
    voiced = voice(
        say("This one will crash it.", "Another."), cache, VoicePool(2), once=str(tmp_path)
    )
    assert (voiced.findings, voiced.clips_made) == ((), 2)


def test_an_engine_that_hangs_is_killed_and_named(cache: Cache) -> None:
    def patience(utterance: Utterance) -> float:
        return 1.5 if "hang" in utterance.spoken else 60.0

    sentences = say("This one will hang for long.", "Another sentence here.")
    voiced = voice(sentences, cache, VoicePool(2, patience=patience))
    (finding,) = voiced.findings
    assert "did not answer in time" in finding.message
    assert voiced.clips_made == 1


# ---------------------------------------------------------------- clips


def test_a_clip_survives_being_stored(cache: Cache) -> None:
    clip = Clip(24_000, np.array([0.0, 0.5, -1.0], np.float32), (WordMark(1, 2, 0, 3),))
    cache.write("clips", "ab" * 20, pack_clip(clip))
    stored = read_clip(cache, "ab" * 20)
    assert stored
    assert (stored.rate, stored.words) == (24_000, clip.words)
    assert stored.samples.tolist() == clip.samples.tolist()
    assert unpack_clip(pack_clip(stored)).samples.tolist() == clip.samples.tolist()


def test_a_clips_key_changes_with_words_language_and_voice() -> None:
    one = Utterance("u", "Hello.")
    keys = {
        clip_key("v1", one),
        clip_key("v2", one),
        clip_key("v1", Utterance("u", "Hello!")),
        clip_key("v1", Utterance("u", "Hello.", language="fr")),
    }
    assert len(keys) == 4
    assert clip_key("v1", Utterance("another id", "Hello.", "shown otherwise")) in keys


def test_a_voices_settings_are_in_its_fingerprint() -> None:
    assert fingerprint(VoiceSpec("a", "tone")) == fingerprint(VoiceSpec("b", "tone"))
    assert fingerprint(VoiceSpec("a", "tone")) != fingerprint(
        VoiceSpec("a", "tone", (("speed", 0.9),))
    )


# ---------------------------------------------------------------- ending


def test_a_studio_keeps_its_workers_for_the_next_voice(cache: Cache) -> None:
    """Another pace is another voice to it; its engine opens where the last one spoke."""
    opened: list[int] = []

    def open_pool(workers: int) -> Executor:
        opened.append(workers)
        return open_workers(workers)

    with closing(VoicePool(2, open_pool=open_pool)) as voices:
        for speed in ("1.0", "0.8"):
            spec = VoiceSpec("tone", "tone", (("speed", float(speed)),))
            assert voice_missing(WORDS, spec, cache, voices).clips_made == 3
        assert opened == [2]
        crash = say("This one will crash it.", "Another.")
        assert len(voice_missing(crash, faulty(), cache, voices).findings) == 1
        assert opened == [2], "who crashed is replaced, and the others go on"
