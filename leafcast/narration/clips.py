"""Clips in the cache: found by what was said and how, checked when they are read."""

from __future__ import annotations

import json
import struct
from typing import Final

from leafcast.narration.model import Clip, Utterance, WordMark
from leafcast.state.cache import Cache, digest

KIND: Final = "clips"


def clip_key(fingerprint: str, utterance: Utterance) -> str:
    """The key of an utterance said by the voice with this fingerprint."""
    return digest("clip", 2, fingerprint, utterance.language, utterance.spoken)


def pack_clip(clip: Clip) -> bytes:
    """A clip as bytes: a length, a JSON head, and the samples as little-endian float32."""
    words = [[mark.start, mark.end, mark.text_start, mark.text_end] for mark in clip.words]
    head = json.dumps({"rate": clip.rate, "words": words}).encode()
    return struct.pack("<I", len(head)) + head + clip.samples.astype("<f4").tobytes()


def unpack_clip(stored: bytes) -> Clip:
    """The clip that `pack_clip` packed."""
    import numpy as np

    (length,) = struct.unpack_from("<I", stored)
    head = json.loads(stored[4 : 4 + length])
    samples = np.frombuffer(stored, "<f4", offset=4 + length)
    return Clip(head["rate"], samples, tuple(WordMark(*mark) for mark in head["words"]))


def read_clip(cache: Cache, key: str) -> Clip | None:
    """The clip under `key`, or None where it is missing or was damaged."""
    stored = cache.read(KIND, key)
    return None if stored is None else unpack_clip(stored)
