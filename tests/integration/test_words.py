"""When the default voice says each word, held against an independent alignment of its sound."""

from __future__ import annotations

import sys
from contextlib import closing

import numpy as np
import pytest

from leafcast.narration.clips import clip_key, read_clip
from leafcast.narration.model import Clip, Utterance
from leafcast.narration.narrate import tell
from leafcast.narration.voice_pool import VoicePool, voice_missing
from leafcast.narration.voices import fingerprint, open_voice
from leafcast.narration.voices.phoneme_lines import read_line
from leafcast.narration.words import spoken_words
from leafcast.practice.project import load_project
from leafcast.readers import read_article
from leafcast.state.cache import Cache
from tests.conftest import ARTICLE, ROOT
from tests.integration.aligned import word_starts
from tests.integration.conftest import said_by_all

pytestmark = pytest.mark.integration
SENTENCES = 24


@pytest.fixture(scope="module", params=["kokoro", "hibari"])
def said(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, list[tuple[Utterance, Clip]]]:
    """Sentences of the article, evenly apart, voiced on every core and read from the cache."""
    article = read_article(ARTICLE, ARTICLE.parent).article
    assert article
    telling = tell(load_project(ROOT), article, request.param)
    short = [each for each in telling.script.utterances if 30 < len(each.spoken) < 70]
    chosen = short[:: max(1, len(short) // SENTENCES)][:SENTENCES]
    cache = Cache(said_by_all(tmp_path_factory))
    with closing(VoicePool(2)) as voices:
        assert not voice_missing(chosen, telling.cast.own, cache, voices).findings
    prints = fingerprint(telling.cast.own)
    clips = [(each, read_clip(cache, clip_key(prints, each))) for each in chosen]
    return request.param, [(each, clip) for each, clip in clips if clip]


def starts_heard(name: str, said: list[tuple[Utterance, Clip]]) -> list[list[float]]:
    """When the aligner hears each word start; words it does not know by the voice's own signs."""
    from hibari.g2p import G2P

    from leafcast.narration.voices.kokoro.assets import read_vocabulary

    converter, heard = G2P(british=name == "kokoro"), []
    for utterance, clip in said:
        line = read_line(converter, utterance.spoken, read_vocabulary())
        words = [(utterance.spoken[a:b], line.signs[at:end]) for at, end, a, b in line.words]
        heard.append(word_starts(clip.samples, clip.rate, words))
    return heard


def test_words_start_when_they_are_marked(
    said: tuple[str, list[tuple[Utterance, Clip]]],
) -> None:
    name, clips = said
    assert len(clips) >= 20
    for utterance, clip in clips:
        places = [(mark.text_start, mark.text_end) for mark in clip.words]
        assert places == list(spoken_words(utterance.spoken))
    off = [
        mark.start / clip.rate - start
        for (_, clip), starts in zip(clips, starts_heard(name, clips), strict=True)
        for mark, start in zip(clip.words, starts, strict=True)
    ]
    away = np.abs(off)
    within = {ms: float((away <= ms / 1000).mean()) for ms in (50, 100)}
    sys.stdout.write(
        f"{name}: {len(off)} words, median {1000 * np.median(off):+.0f} ms, "
        f"within 50 ms {within[50]:.1%}, within 100 ms {within[100]:.1%}\n"
    )
    assert within[50] >= 0.90
    assert within[100] >= 0.99


def test_the_comparison_can_fail(said: tuple[str, list[tuple[Utterance, Clip]]]) -> None:
    name, clips = said
    (starts,) = starts_heard(name, clips[:1])
    late = [mark.start / clips[0][1].rate + 0.12 for mark in clips[0][1].words]
    assert sum(abs(a - b) > 0.05 for a, b in zip(late, starts, strict=True)) > len(late) / 2


def test_a_sentence_too_long_for_the_model_keeps_its_words() -> None:
    clause = "you may bring a worry, or a question that has been with you for a while, "
    spoken = f"Here {clause * 9}and that is all."
    article = read_article(ARTICLE, ARTICLE.parent).article
    assert article
    voice = open_voice(tell(load_project(ROOT), article, "hibari").cast.own)
    clip = voice.speak(Utterance("long", spoken))
    assert [(mark.text_start, mark.text_end) for mark in clip.words] == list(spoken_words(spoken))
    starts = [mark.start for mark in clip.words]
    assert starts == sorted(starts)
    assert clip.words[-1].end <= len(clip.samples)
    assert len(clip.samples) - clip.words[-1].end < 0.25 * clip.rate
