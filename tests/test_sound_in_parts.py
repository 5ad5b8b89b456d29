"""Sound is measured, limited and written in parts: the same as at once, and little of it held."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafcast.document.errors import SoundError
from leafcast.narration.sound import levelling
from leafcast.narration.sound.joining import RATE_HZ
from leafcast.narration.sound.levelling import Aim, finish, limit, write_levelled
from leafcast.narration.sound.levels import measure_parts, measure_samples
from leafcast.narration.sound.loudness import block_power, gated_lufs, power_of, regrouped
from leafcast.narration.sound.peaks import PeakMeter, true_peak_dbtp
from leafcast.narration.sound.wave import decoded, load_wave, wave_parts, write_wave
from tests import waves

CEILING = 0.5


def loud(seconds: float, seed: int = 1) -> np.ndarray:
    """Noise with peaks that a limiter has to hold, here and there."""
    random = np.random.default_rng(seed)
    length = round(seconds * RATE_HZ)
    swell = 0.2 + 0.9 * np.square(np.sin(np.linspace(0, 9 * seconds, length)))
    return random.normal(0, 0.25, length) * swell


def cut(samples: np.ndarray, at: list[float]) -> Iterator[np.ndarray]:
    """The same in parts, which end where `at` (0 to 1) says."""
    ends = sorted(round(each * len(samples)) for each in at)
    yield from np.split(samples, ends)


CUTS = st.lists(st.floats(0, 1), max_size=8)


@given(CUTS, st.integers(1, 9000))
@settings(max_examples=40)
def test_parts_of_one_length_hold_the_same_sound(at: list[float], length: int) -> None:
    samples = loud(0.3)
    parts = list(regrouped(cut(samples, at), length))
    assert np.array_equal(np.concatenate(parts), samples)
    assert {len(part) for part in parts[:-1]} <= {length}
    assert 0 < len(parts[-1]) <= length


@given(CUTS, st.floats(0.01, 4))
@settings(max_examples=30)
def test_loudness_in_parts_is_that_of_the_whole(at: list[float], seconds: float) -> None:
    samples = loud(seconds)
    assert np.array_equal(power_of(cut(samples, at), RATE_HZ), block_power(samples, RATE_HZ))


@given(CUTS)
@settings(max_examples=30)
def test_a_true_peak_in_parts_is_that_of_the_whole(at: list[float]) -> None:
    samples = loud(1.5)
    meter = PeakMeter()
    for part in cut(samples, at):
        meter.hear(part)
    assert meter.dbtp == pytest.approx(true_peak_dbtp(samples), abs=1e-9)


def test_what_follows_a_cut_is_not_taken_for_silence() -> None:
    """A steady tone cut at its height rises no further than one that is not."""
    tone = 0.5 * np.cos(2 * np.pi * 11_025 / RATE_HZ * np.arange(RATE_HZ) + np.pi / 4)
    meter = PeakMeter()
    for part in np.array_split(tone, 97):
        meter.hear(part)
    assert meter.dbtp == pytest.approx(true_peak_dbtp(tone), abs=1e-9)


@given(CUTS)
@settings(max_examples=15)
def test_levels_in_parts_are_those_of_the_whole(at: list[float]) -> None:
    samples = loud(2.2).astype(np.float32)[:, None]
    one, other = measure_samples(samples, RATE_HZ), measure_parts(cut(samples, at), RATE_HZ, 1)
    assert np.array_equal(one.power, other.power)
    for name in ("peak_dbtp", "square", "quietest", "seconds", "head", "tail"):
        assert getattr(one, name) == pytest.approx(getattr(other, name))


@pytest.mark.parametrize("part", [levelling.REACH, 3 * levelling.REACH + 17, 1 << 20])
def test_the_limiter_does_the_same_in_parts(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    samples = loud(3)
    whole = np.round(np.clip(limit(samples, CEILING), -1, 1) * 32_767)
    monkeypatch.setattr(levelling, "PART", part)
    told = np.concatenate(list(finish(iter([samples]), 1.0, CEILING)))
    assert len(told) == len(whole)
    assert np.abs(told - whole).max() <= 1
    assert true_peak_dbtp(told / 32_767) <= 20 * np.log10(CEILING) + 0.15


def test_little_is_held_however_long_it_is(tmp_path: Path) -> None:
    part = loud(10)

    def peak_mib(minutes: int) -> float:
        tracemalloc.start()
        write_levelled(
            tmp_path / "long.wav", lambda: (part for _ in range(6 * minutes)), Aim(0, None), CEILING
        )
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak / 2**20

    short = peak_mib(1)
    assert peak_mib(4) < short + 2
    assert short < 150


def test_a_wave_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    samples = np.round(loud(0.7) * 20_000).astype(np.int16)
    assert write_wave(path, np.array_split(samples, 5), RATE_HZ) == len(samples)
    assert np.array_equal(waves.read(path), samples)
    assert np.array_equal(np.concatenate(list(wave_parts(path))), samples / 32_767)
    told, rate = load_wave(path)
    assert rate == RATE_HZ and np.array_equal(told, samples.astype(np.float32) / 32_768)
    assert np.array_equal(np.concatenate(list(decoded(path)))[:, 0], told)


def test_what_is_no_sound_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"words")
    for read in (wave_parts, decoded):
        with pytest.raises(SoundError):
            list(read(path))
    with pytest.raises(SoundError):
        load_wave(path)


def test_a_word_whose_quiet_end_comes_past_the_gate_is_made_as_loud_as_others(
    tmp_path: Path,
) -> None:
    """The first gain makes its quiet end count, and so the whole no louder: one goes on."""
    at = np.arange(RATE_HZ // 2)
    tone = np.sin(2 * np.pi * 1000 * at / RATE_HZ)
    clicks = np.where(at % 600, 1, 4) * 0.2 * tone
    word = np.concatenate([clicks, 0.06 * tone, np.zeros(RATE_HZ)])
    path = tmp_path / "word.wav"
    write_levelled(path, lambda: iter([word]), Aim(1.0, -21.0), CEILING)
    assert gated_lufs(block_power(load_wave(path)[0], RATE_HZ)) == pytest.approx(-21, abs=0.3)
