"""A second opinion on when a word is heard: pocketsphinx lays known words against a sound."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pocketsphinx
from scipy.signal import resample_poly

RATE_HZ = 16_000
FRAME_SECONDS = 0.01
ARPABET = {
    "A": "EY", "I": "AY", "W": "AW", "Y": "OY", "Q": "OW", "O": "OW", "iː": "IY", "uː": "UW",
    "ɑː": "AA", "ɔː": "AO", "ɜː": "ER", "ɛː": "EH", "a": "AE", "ɑ": "AA", "ɒ": "AA", "ɔ": "AO",
    "ə": "AH", "ɛ": "EH", "ɜ": "ER", "ɪ": "IH", "ᵻ": "IH", "i": "IY", "u": "UW", "ʊ": "UH",
    "ʌ": "AH", "ɐ": "AH", "ᵊ": "AH", "ʃ": "SH", "ʒ": "ZH", "ʧ": "CH", "ʤ": "JH", "θ": "TH",
    "ð": "DH", "ŋ": "NG", "ɹ": "R", "j": "Y", "ɡ": "G", "h": "HH", "b": "B", "d": "D", "f": "F",
    "k": "K", "l": "L", "m": "M", "n": "N", "p": "P", "s": "S", "t": "T", "v": "V", "w": "W",
    "z": "Z", "T": "T",
}  # fmt: skip


@cache
def _decoder() -> Any:
    pocketsphinx.set_loglevel("FATAL")
    return pocketsphinx.Decoder(
        lm=None, samprate=RATE_HZ, loglevel="FATAL", beam=1e-100, wbeam=1e-80, pbeam=1e-100
    )


def word_starts(
    sound: npt.NDArray[np.float32], rate: int, words: list[tuple[str, str]]
) -> list[float]:
    """When each of `words` (as spelt, and in Kokoro's signs) starts in the sound, in seconds.

    Raises ValueError when they cannot be laid against it.
    """
    decoder = _decoder()
    said = [_entry(decoder, spelt, signs) for spelt, signs in words]
    samples = resample_poly(sound, RATE_HZ, rate)
    pcm = (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
    decoder.set_align_text(" ".join(said))
    decoder.start_utt()
    decoder.process_raw(pcm, no_search=False, full_utt=True)
    decoder.end_utt()
    heard = [each for each in decoder.seg() or () if each.word[0] not in "<["]
    if len(heard) != len(said):
        raise ValueError(f"{len(heard)} of {len(said)} words are in the sound")
    return [each.start_frame * FRAME_SECONDS for each in heard]


def _entry(decoder: Any, spelt: str, signs: str) -> str:
    """The dictionary's own entry for a word, or a new one from its sounds."""
    word = spelt.casefold().replace("’", "'")
    if decoder.lookup_word(word):
        return word
    sounds = arpabet(signs)
    name = f"{word}--{sounds.replace(' ', '-')}"
    if not decoder.lookup_word(name):
        decoder.add_word(name, sounds, True)
    return name


def arpabet(signs: str) -> str:
    """Kokoro's signs in ARPAbet; marks of stress have none."""
    found = re.findall("|".join(sorted(ARPABET, key=lambda sign: -len(sign))), signs)
    return " ".join(ARPABET[sign] for sign in found)
