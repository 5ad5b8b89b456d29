"""Clips are read from the store once, as far as there is room to hold them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from leafcast.narration import clips, narrate
from leafcast.narration.clips import KIND, clip_key, pack_clip
from leafcast.narration.model import Cast, Clip, Utterance, VoiceSpec
from leafcast.narration.voices import fingerprint
from leafcast.state.cache import Cache

TONE = VoiceSpec("tone", "tone")
SAID = tuple(Utterance(str(at), f"Sentence {at}.") for at in range(3))


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """Three clips of a thousand samples."""
    cache = Cache(tmp_path)
    for at, said in enumerate(SAID):
        clip = Clip(24_000, np.full(1000, at / 10, np.float32))
        cache.write(KIND, clip_key(fingerprint(TONE), said), pack_clip(clip))
    return cache


@pytest.mark.parametrize(("room", "reads"), [(3000, 3), (2999, 5), (0, 9)])
def test_what_is_held_is_not_read_again(
    cache: Cache, monkeypatch: pytest.MonkeyPatch, room: int, reads: int
) -> None:
    read_clip, read = clips.read_clip, []

    def counted(cache: Cache, key: str) -> Clip | None:
        read.append(key)
        return read_clip(cache, key)

    monkeypatch.setattr(clips, "read_clip", counted)
    monkeypatch.setattr(narrate, "HELD_SAMPLES", room)
    reader = narrate.clip_reader(Cast(TONE), cache)
    for _ in range(3):
        for at, said in enumerate(SAID):
            clip = reader(said)
            assert clip and clip.samples[0] == np.float32(at / 10)
    assert len(read) == reads


def test_what_is_missing_is_looked_for_again(cache: Cache) -> None:
    reader, said = narrate.clip_reader(Cast(TONE), cache), Utterance("9", "Another.")
    assert reader(said) is None
    clip = Clip(24_000, np.ones(5, np.float32))
    cache.write(KIND, clip_key(fingerprint(TONE), said), pack_clip(clip))
    assert reader(said) is not None
