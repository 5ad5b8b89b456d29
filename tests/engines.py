"""Engines that misbehave, for the studio's tests: named in a voice's spec as `tests.engines`."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np

from leafcast.document.errors import VoiceError, VoiceUnavailable
from leafcast.narration.model import Clip, Utterance, VoiceSpec
from leafcast.narration.voices import tone


def ingredients(spec: VoiceSpec) -> tuple[str, ...]:
    return ("tests",)


def missing(spec: VoiceSpec) -> str:
    return "a microphone" if spec.setting("lacks", False) else ""


def open_voice(spec: VoiceSpec) -> Faulty:
    if spec.setting("unavailable", False):
        raise VoiceUnavailable("No licence on this machine", "Buy one")
    return Faulty(spec)


FAULTS = "crash hang fail silent short nothing endless nan"


class Faulty:
    """Speaks like `tone`, but does what a word of the sentence says; once, if a folder is given."""

    def __init__(self, spec: VoiceSpec) -> None:
        self.voice = tone.open_voice(spec)
        self.once = str(spec.setting("once", ""))
        self.always = str(spec.setting("always", ""))
        self.faults = str(spec.setting("faults", FAULTS)).split()

    def speak(self, utterance: Utterance) -> Clip:
        if self.always:
            return _do(self.always)
        for fault in self.faults:
            if fault in utterance.spoken and self._first(fault):
                return _do(fault)
        return self.voice.speak(utterance)

    def _first(self, fault: str) -> bool:
        if not self.once:
            return True
        mark = Path(self.once) / fault
        if mark.exists():
            return False
        mark.touch()
        return True


def _do(fault: str) -> Clip:
    match fault:
        case "crash":
            os._exit(11)
        case "hang":
            time.sleep(600)
        case "fail":
            raise VoiceError("it lost its voice")
    length = {"silent": 48_000, "short": 600, "nothing": 0, "endless": 24_000 * 120, "nan": 48_000}
    samples = np.full(length[fault], 0.1, np.float32)
    if fault == "silent":
        samples[:] = 0
    if fault == "nan":
        samples[:] = np.nan
    return Clip(24_000, samples)
