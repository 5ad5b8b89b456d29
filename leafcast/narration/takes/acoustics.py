"""How a recording sounds: noise, level, clipping, clicks, hum, pops. Advice, never a refusal.

Levels are held against the voice, not against full scale: a take is made louder or softer anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from leafcast.document.report import Finding, Place, Severity
from leafcast.narration.sound.loudness import integrated_lufs
from leafcast.narration.takes.decode import Recording
from leafcast.narration.takes.faults import Heard
from leafcast.narration.takes.filters import (
    closed,
    filtered,
    high_pass,
    low_pass,
    percentile_around,
    runs,
)
from leafcast.narration.takes.frames import Frames
from leafcast.narration.takes.reverberation import echo

QUIET_ENOUGH_DB: Final = 37.0
"""Voice above noise. ACX wants noise under −60 dB where the voice is at −23 to −18 dB (RMS)."""
NOISY_DB: Final = 25.0
"""Below it the noise is heard under every word."""
LEAST_PAUSE_SECONDS: Final = 0.3
FAINT_LUFS: Final = -38.0
"""A voice so faint is raised by over 20 dB, and all that a cheap microphone adds with it."""
CLIPPED_RUN: Final = 4
CLIPPED_WITHIN: Final = 0.0005
"""So many samples so close to the highest are a flat top; a sine of 200 Hz has two at 44.1 kHz."""
CLIPPED_RUNS: Final = 3
CROWDED: Final = 2.5
CROWD_LEAST: Final = 20
CROWD_FROM: Final = 0.4
CROWD_STEP: Final = 0.03
"""Lossy files have no flat tops; there, peaks crowd where they were cut off instead of growing
fewer with every step of height."""
CLICK_DB: Final = 30.0
CLICK_MS: Final = 2.0
CLICK_LEAST: Final = 0.004
HUM_DB: Final = 14.0
HUM_LEAST_DB: Final = -52.0
"""A line at 50 Hz or a multiple so far above what is beside it, and no less below the voice."""
MAINS_HZ: Final = (50.0, 100.0, 150.0, 200.0, 250.0, 300.0)
OFFSET_LEAST: Final = 0.01
POP_HZ: Final = 60.0
POP_DB: Final = -3.0
MOST_POPS: Final = 2
TELEPHONE_HZ: Final = 3800.0
TELEPHONE_DB: Final = -36.0
TIMES_TOLD: Final = 3

Floats = npt.NDArray[np.float64]


def listen(recording: Recording, frames: Frames) -> Iterator[Finding]:
    """Everything that could sound better, each once."""
    samples = recording.samples.astype(np.float64)
    faults = (
        *noise(frames),
        *faint(recording),
        *clipping(samples, recording.rate),
        *clicks(samples, frames),
        *hum(samples, frames),
        *offset(samples),
        *pops(samples, frames),
        *telephone(samples, frames),
        *echo(samples, frames),
    )
    for fault in faults:
        when = f" ({told_times(fault.times)})" if fault.times else ""
        place = Place(recording.file.shown)
        yield Finding(fault.code, fault.severity, fault.message + when, fault.fix, place)


def told_times(times: Sequence[float]) -> str:
    """The first few times in words: at 0:03, 0:14, 1:02 and 5 more places."""
    told = ", ".join(clock(at) for at in times[:TIMES_TOLD])
    more = len(times) - TIMES_TOLD
    return f"at {told}" + (f" and {more} more place{'s' if more > 1 else ''}" if more > 0 else "")


def clock(seconds: float) -> str:
    """Minutes and seconds, to the tenth: 0:07.3."""
    minutes, rest = divmod(round(seconds * 10), 600)
    return f"{minutes}:{rest // 10:02}.{rest % 10}"


# ---------------------------------------------------------------- levels


def voice_db(frames: Frames) -> float:
    """The level of the voice (RMS of its frames), in dB of full scale."""
    return _mean_db(frames.full[frames.speech]) if frames.speech.any() else -120.0


def noise_db(frames: Frames) -> float | None:
    """The level of the quieter half of all pauses; None where there is none long enough."""
    pauses = [
        frames.full[a // frames.step + 5 : b // frames.step - 5]
        for a, b in frames.stretches(speech=False, least_seconds=LEAST_PAUSE_SECONDS)
    ]
    if not pauses:
        return None
    return min(_mean_db(pause) for pause in sorted(pauses, key=_mean_db)[: len(pauses) // 2 + 1])


def _mean_db(levels: Floats) -> float:
    return float(10 * np.log10(np.mean(10 ** (levels / 10))))


def noise(frames: Frames) -> Iterator[Heard]:
    """A room or a microphone that is heard under the voice."""
    floor = noise_db(frames)
    if floor is None:
        return
    above = voice_db(frames) - floor
    if above < QUIET_ENOUGH_DB:
        loud = above < NOISY_DB
        yield Heard(
            "take-noisy",
            f"The room is heard {'clearly' if loud else 'a little'}: your voice is "
            f"{above:.0f} dB above it, and {QUIET_ENOUGH_DB:.0f} dB or more sound quiet",
            "Close windows, switch off fan, fridge and computer; sit nearer, a hand and a half "
            "from the microphone",
            severity=Severity.WARNING if loud else Severity.ADVICE,
        )


def faint(recording: Recording) -> Iterator[Heard]:
    """A voice so low that raising it brings the noise up."""
    loudness = integrated_lufs(recording.samples, recording.rate)
    if loudness < FAINT_LUFS:
        yield Heard(
            "take-faint",
            f"Your voice is recorded very softly ({loudness:.0f} LUFS)",
            "Sit nearer to the microphone, or raise its level until loud words nearly fill the "
            "meter",
            severity=Severity.WARNING,
        )


def offset(samples: Floats) -> Iterator[Heard]:
    """Sound that does not swing about zero; it is put right, but points to a faulty input."""
    mean = float(samples.mean())
    if abs(mean) > OFFSET_LEAST:
        yield Heard(
            "take-offset",
            f"The sound is shifted by {mean:+.1%} of full scale; that is put right",
            "Nothing need be done. If it crackles, try another cable or input",
        )


# ---------------------------------------------------------------- too loud


def clipping(samples: Floats, rate: int) -> Iterator[Heard]:
    """Tops cut off: flat runs of samples, or peaks that crowd at the top."""
    loud = np.abs(samples)
    peak = float(loud.max(initial=0))
    if peak < 0.25:
        return
    at = _flat_tops(samples, peak) if peak > 0 else np.zeros(0, np.int64)
    if len(at) < CLIPPED_RUNS:
        at = _crowded_tops(loud, peak)
    if len(at) >= CLIPPED_RUNS:
        yield Heard(
            "take-clipped",
            "Your voice was too loud for the microphone, and is cut off",
            "Lower the recording level, or sit a little further away, until loud words stay "
            "below full",
            _apart(at / rate),
            Severity.WARNING,
        )


def _flat_tops(samples: Floats, peak: float) -> npt.NDArray[np.int64]:
    """Where a run of samples lies at the highest or lowest value there is."""
    near = np.abs(samples) > peak * (1 - CLIPPED_WITHIN)
    flat = near[:-1] & near[1:] & (np.sign(samples[:-1]) == np.sign(samples[1:]))
    tops = [start for start, end in runs(flat) if end - start >= CLIPPED_RUN - 1]
    return np.array(tops, np.int64)


def _crowded_tops(loud: Floats, peak: float) -> npt.NDArray[np.int64]:
    """The peaks at a height where far more of them end than a little lower."""
    tops = _tops(loud, CROWD_FROM * peak)
    heights = ((loud[tops] / peak - CROWD_FROM) / CROWD_STEP).astype(np.int64)
    counts = np.bincount(heights, minlength=1)
    for at in range(3, len(counts)):
        if counts[at] >= max(CROWD_LEAST, CROWDED * counts[at - 3 : at - 1].max()):
            return np.asarray(tops[heights == at])
    return np.asarray(tops[:0])


def _tops(loud: Floats, least: float) -> npt.NDArray[np.int64]:
    """Where the sound is higher than before and after, and above `least`."""
    here = loud[1:-1]
    highest = (here > least) & (here >= loud[:-2]) & (here > loud[2:])
    return np.asarray(np.flatnonzero(highest) + 1, np.int64)


# ---------------------------------------------------------------- clicks and pops


def clicks(samples: Floats, frames: Frames) -> Iterator[Heard]:
    """Bursts of a millisecond or two, far above what is around them."""
    rate = frames.rate
    high = filtered(samples, rate, high_pass(min(5000, 0.3 * rate), 4))
    block = max(1, round(rate * 0.0005))
    count = len(high) // block
    peaks = np.abs(high[: count * block]).reshape(count, block).max(axis=1)
    around = percentile_around(peaks, 80, 61)
    out = peaks > np.maximum(around * 10 ** (CLICK_DB / 20), CLICK_LEAST)
    most = CLICK_MS / 1000 * rate
    short = [start * block / rate for start, end in runs(out) if (end - start) * block <= most]
    if short:
        yield Heard(
            "take-clicks",
            f"There {'is a click' if len(short) == 1 else f'are {len(short)} clicks'}",
            "Listen there; a cable, a ring or a chair may do it. A retake of the sentence mends it",
            _apart(np.array(short)),
        )


def pops(samples: Floats, frames: Frames) -> Iterator[Heard]:
    """Breath on the microphone: bursts below the voice, as strong as the voice."""
    low = filtered(samples - samples.mean(), frames.rate, low_pass(POP_HZ, 4))
    step = frames.step
    count = len(low) // step
    if not count:
        return
    level = 10 * np.log10(
        np.maximum(np.square(low[: count * step]).reshape(count, step).mean(axis=1), 1e-12)
    )
    steady = float(np.median(level))
    strong = (level > voice_db(frames) + POP_DB) & (level > steady + 20)
    at = [start * step / frames.rate for start, _ in runs(closed(strong, 5))]
    if len(at) > MOST_POPS:
        yield Heard(
            "take-pops",
            f"Breath hits the microphone {len(at)} times",
            "Speak past the microphone, not into it: turn it a little to the side",
            tuple(at),
        )


def _apart(seconds: Floats) -> tuple[float, ...]:
    """Times at least a second apart."""
    told: list[float] = []
    for at in seconds:
        if not told or at - told[-1] >= 1:
            told.append(float(at))
    return tuple(told)


# ---------------------------------------------------------------- colour


def hum(samples: Floats, frames: Frames) -> Iterator[Heard]:
    """The mains: lines at 50 Hz and its multiples, heard in the pauses."""
    spectrum = _pause_spectrum(samples, frames)
    if spectrum is None:
        return
    hz, power = spectrum
    width = hz[1]
    total = 0.0
    lines = []
    for line in MAINS_HZ:
        near = np.abs(hz - line) <= 2 * width
        beside = (np.abs(hz - line) > 4 * width) & (np.abs(hz - line) < 25 - 3 * width)
        level = power[near].max()
        if level > np.median(power[beside]) * 10 ** (HUM_DB / 10):
            lines.append(line)
            total += power[near].sum() * width
    level_db = 10 * np.log10(max(total, 1e-15)) - voice_db(frames)
    if lines and level_db > HUM_LEAST_DB:
        told = " and ".join(f"{line:.0f}" for line in lines[:2])
        yield Heard(
            "take-hum",
            f"There is a hum of the mains at {told} Hz, {-level_db:.0f} dB below your voice",
            "Run the laptop or phone from its battery, and move the microphone away from lamps "
            "and chargers",
            severity=Severity.WARNING if level_db > -35 else Severity.ADVICE,
        )


def _pause_spectrum(samples: Floats, frames: Frames) -> tuple[Floats, Floats] | None:
    """The mean power spectrum of all pauses, in windows of 0.24 s."""
    size = round(0.24 * frames.rate)
    pauses = frames.stretches(speech=False, least_seconds=0.3)
    spectra = []
    for a, b in pauses:
        starts = range(a + 3 * frames.step, b - size - 3 * frames.step, size // 2)
        spectra += [_power(samples[at : at + size], 2 * size, frames.rate) for at in starts]
    if len(spectra) < 3:
        return None
    hz = np.asarray(np.fft.rfftfreq(2 * size, 1 / frames.rate), np.float64)
    return hz, np.median(spectra, axis=0)


def _power(samples: Floats, size: int, rate: int) -> Floats:
    """The power density of a stretch, through a Hann window, as a spectrum of `size` points."""
    window = np.hanning(len(samples))
    spectrum = np.abs(np.fft.rfft((samples - samples.mean()) * window, size)) ** 2
    return np.asarray(2 * spectrum / (rate * np.square(window).sum()))


def telephone(samples: Floats, frames: Frames) -> Iterator[Heard]:
    """A recording whose consonants are gone: nothing above what a telephone carries."""
    size = 2048
    hz = np.fft.rfftfreq(size, 1 / frames.rate)
    starts = range(0, max(1, len(samples) - size), size)
    power = np.mean([_power(samples[at : at + size], size, frames.rate) for at in starts], axis=0)
    high = power[(hz > TELEPHONE_HZ + 400) & (hz < 7800)].sum()
    low = power[(hz > 300) & (hz < 3400)].sum()
    if 10 * np.log10(max(high, 1e-20) / max(low, 1e-20)) < TELEPHONE_DB:
        yield Heard(
            "take-dull",
            "This recording holds nothing above 4 kHz, as if it came over a telephone",
            "Record with the phone’s voice recorder at its best quality, and without noise removal",
        )
