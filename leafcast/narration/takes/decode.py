"""A recorded file → mono sound, or why it cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from leafcast.document.errors import SoundError
from leafcast.document.report import Finding, Place, Severity
from leafcast.narration.sound import wave as sound
from leafcast.narration.takes.files import SoundFile

Samples = npt.NDArray[np.float32]

MOST_SECONDS: Final = 1800.0
"""No section lasts so long; more is never held in memory (half an hour of stereo is 630 MB)."""
TIMES_TOO_LONG: Final = 4.0
SPARE_SECONDS: Final = 60.0
"""A take may last so many times what its text should, and a minute; beyond it is something else."""
LEAST_SECONDS: Final = 0.3
LEAST_RATE_HZ: Final = 16_000
"""Below it consonants are missing: a telephone's 8 kHz (ITU-T G.711) holds nothing above 4 kHz."""
SILENT_PEAK: Final = 10 ** (-60 / 20)
DEAD_DB: Final = -30.0
"""A channel so far below another is not connected."""
MISSING_SECONDS: Final = 1.0

KINDS: Final = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive or a text document",
    b"\xff\xd8\xff": "a picture",
    b"\x89PNG": "a picture",
    b"<!DO": "a web page",
    b"<htm": "a web page",
}
RECORD_AGAIN: Final = "Record it again, or save it again from the program you recorded it with"


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """A take as mono sound at its own rate."""

    file: SoundFile
    rate: int
    samples: Samples

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate


def open_recording(
    file: SoundFile, expected_seconds: float, *, anyway: bool = False
) -> tuple[Recording | None, tuple[Finding, ...]]:
    """The take, or None where it cannot be used; and what the owner should know.

    `expected_seconds` is about how long its words last. `anyway` takes what only sounds bad.
    """
    try:
        recorded = sound.read_recorded(file.path, MOST_SECONDS + 1)
    except SoundError as error:
        return None, (_unreadable(file, str(error)),)
    seconds = len(recorded.samples) / recorded.rate
    if fault := _wrong_length(file, seconds, expected_seconds):
        return None, (fault,)
    finite = np.isfinite(recorded.samples).all()
    if not finite or float(np.abs(recorded.samples).max()) < SILENT_PEAK:
        return None, (_silent(file),)
    findings = [*_breaks_off(file, recorded.told_seconds, seconds)]
    if recorded.rate < LEAST_RATE_HZ:
        findings.append(_narrow(file, recorded.rate, anyway=anyway))
        if not anyway:
            return None, tuple(findings)
    mono, dead = mixed(recorded.samples)
    findings += [_dead_channel(file)] if dead else []
    return Recording(file, recorded.rate, mono), tuple(findings)


def mixed(samples: Samples) -> tuple[Samples, bool]:
    """All channels [frames, channels] as one, and whether one was dead and is left out."""
    power = np.sqrt(np.square(samples).mean(axis=0))
    live = power > power.max() * 10 ** (DEAD_DB / 20)
    return np.ascontiguousarray(samples[:, live].mean(axis=1)), not bool(live.all())


# ---------------------------------------------------------------- findings


def _finding(file: SoundFile, code: str, message: str, fix: str) -> Finding:
    return Finding(code, Severity.WARNING, message, fix, Place(file.shown))


def _unreadable(file: SoundFile, reason: str) -> Finding:
    """What the file is, as well as its first bytes tell."""
    try:
        with file.path.open("rb") as opened:
            head = opened.read(16)
    except OSError as error:
        message = f"This recording cannot be opened: {error.strerror}"
        return _finding(file, "take-unreadable", message, "See that you may read the file")
    if not head:
        return _finding(file, "take-empty", "This recording is empty: 0 bytes", RECORD_AGAIN)
    if kind := next((kind for magic, kind in KINDS.items() if head.startswith(magic)), ""):
        message = f"This is {kind}, whatever it is called, and no recording"
        return _finding(file, "take-not-sound", message, "Put the recording in its place")
    if "in time" in reason:
        return _finding(file, "take-unreadable", "It takes too long to read", RECORD_AGAIN)
    message = "This recording is damaged or breaks off, and cannot be read"
    return _finding(file, "take-damaged", message, RECORD_AGAIN)


def _wrong_length(file: SoundFile, seconds: float, expected: float) -> Finding | None:
    most = min(MOST_SECONDS, TIMES_TOO_LONG * expected + SPARE_SECONDS)
    if seconds < LEAST_SECONDS:
        message = f"This recording lasts {seconds:.1f} s and holds no sentence"
        return _finding(file, "take-too-short", message, RECORD_AGAIN)
    if seconds > most:
        lasts = f"{seconds / 60:.0f} minutes" if seconds <= MOST_SECONDS else "over half an hour"
        message = f"This recording lasts {lasts}; its words last about {expected:.0f} s"
        fix = "Keep one section in each file: the record sheet says which"
        return _finding(file, "take-too-long", message, fix)
    return None


def _silent(file: SoundFile) -> Finding:
    message = "This recording is silent"
    fix = "See that the microphone is on and chosen, say a word and watch the meter, record again"
    return _finding(file, "take-silent", message, fix)


def _breaks_off(file: SoundFile, told: float | None, seconds: float) -> Iterator[Finding]:
    if told is not None and told <= MOST_SECONDS and seconds < told - MISSING_SECONDS:
        message = f"This recording breaks off after {seconds:.0f} s of {told:.0f} s"
        yield _finding(file, "take-breaks-off", message, RECORD_AGAIN)


def _narrow(file: SoundFile, rate: int, *, anyway: bool) -> Finding:
    used = "and is used because takes.toml says so" if anyway else "so it is not used"
    return _finding(
        file,
        "take-narrow",
        f"This recording sounds like a telephone: {rate / 1000:g} kHz, {used}",
        "Record with the phone’s voice recorder at its best quality (44.1 or 48 kHz), not over a "
        "call; to use it all the same, write anyway = true under its section in takes.toml",
    )


def _dead_channel(file: SoundFile) -> Finding:
    return Finding(
        "take-one-side",
        Severity.ADVICE,
        "Only one side of this stereo recording has sound; that side is used",
        "Nothing need be done. Recording in mono makes the file half as large",
        Place(file.shown),
    )
