"""Sound: measured on reference signals, joined to the sample, levelled, limited, written."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import signal

from leafcast.document.errors import SoundError
from leafcast.narration.model import (
    Cast,
    Clip,
    Narration,
    Passage,
    Pause,
    Script,
    SpokenPassage,
    Utterance,
    VoiceSpec,
    WordMark,
)
from leafcast.narration.sound.joining import EDGE, GRID, RATE_HZ, faded, join_passage, resample
from leafcast.narration.sound.levelling import GAIN_STEP_DB, limit, passage_gain_db
from leafcast.narration.sound.loudness import block_power, gated_lufs, integrated_lufs
from leafcast.narration.sound.mastering import Bench, master, master_name
from leafcast.narration.sound.peaks import BLOCK, MINUTE, _oversampled, peaks_above, true_peak_dbtp
from leafcast.narration.sound.weighting import k_weighting, weighted
from leafcast.practice.profiles import PROFILES
from leafcast.practice.project import Sound
from leafcast.state.cache import Cache
from tests import waves
from tests.peaky import peaky

TONE = Cast(VoiceSpec("tone", "tone"))


def sine(hz: float, seconds: float, rate: int = 48_000, dbfs: float = 0.0) -> np.ndarray:
    times = np.arange(round(seconds * rate)) / rate
    return 10 ** (dbfs / 20) * np.sin(2 * np.pi * hz * times)


# ---------------------------------------------------------------- loudness (BS.1770, EBU 3341)


@pytest.mark.parametrize("rate", [44_100, 48_000, 24_000])
def test_a_sine_of_997_hz_at_full_scale_measures_minus_3(rate: int) -> None:
    assert integrated_lufs(sine(997, 5, rate), rate) == pytest.approx(-3.01, abs=0.03)


@pytest.mark.parametrize("dbfs", [-23.0, -33.0])
def test_ebu_3341_steady_tones(dbfs: float) -> None:
    """EBU 3341 cases 1 and 2 are stereo; one channel alone measures 3 LU less."""
    assert integrated_lufs(sine(1000, 20, dbfs=dbfs), 48_000) == pytest.approx(dbfs - 3.01, abs=0.1)


def test_ebu_3341_gating_leaves_out_the_quiet_parts() -> None:
    """Case 3: −36, −23, −36 dBFS; only the loud part counts."""
    parts = [sine(1000, 10, dbfs=-36), sine(1000, 60, dbfs=-23), sine(1000, 10, dbfs=-36)]
    assert integrated_lufs(np.concatenate(parts), 48_000) == pytest.approx(-26.0, abs=0.1)


def test_an_hour_is_measured_like_a_minute() -> None:
    """Sound is measured a minute at a time; nothing changes at the seams."""
    noise = np.random.default_rng(1).normal(0, 0.1, 150 * 24_000)
    expected = power_by_the_recurrence(noise, 24_000)
    assert block_power(noise, 24_000) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 44_056, 44_100, 48_000, 96_000])
def test_power_in_parts_is_that_of_the_standards_recurrence(rate: int) -> None:
    noise = np.random.default_rng(2).normal(0, 0.1, 3 * rate)
    assert block_power(noise, rate) == pytest.approx(power_by_the_recurrence(noise, rate), rel=1e-5)


@given(st.sampled_from([8_000, 24_000, 44_100, 96_000]), st.integers(1, 9_000), st.floats(-1, 1))
@settings(max_examples=40, deadline=None)
def test_weighting_in_blocks_is_the_recurrence_sample_by_sample(
    rate: int, length: int, offset: float
) -> None:
    """To −90 dB, whatever the length is and though the sound lies beside zero."""
    noise = np.random.default_rng(length).normal(offset, 0.1, length)
    expected = signal.sosfilt(k_weighting(rate), noise)
    far = np.abs(weighted(noise, rate) - expected).max()
    assert far <= 10 ** (-90 / 20) * np.abs(expected).max()


def power_by_the_recurrence(samples: np.ndarray, rate: int) -> np.ndarray:
    """The power of 400 ms blocks, the filter run sample by sample as BS.1770 writes it."""
    step = round(rate / 10)
    filtered = signal.sosfilt(k_weighting(rate), samples)[: len(samples) // step * step]
    steps = np.square(filtered).reshape(-1, step).mean(axis=1)
    return np.convolve(steps, np.full(4, 0.25), "valid")


def test_a_peak_across_the_seam_of_two_minutes_is_found() -> None:
    samples = np.zeros(MINUTE + 5000)
    samples[MINUTE - 2 : MINUTE + 2] = [0.7, -0.7, -0.7, 0.7]
    alone = true_peak_dbtp(samples[MINUTE - 2000 : MINUTE + 2000])
    assert true_peak_dbtp(samples) == pytest.approx(alone)
    assert true_peak_dbtp(samples, -1.0) == pytest.approx(alone)


def test_quiet_sound_may_be_given_by_its_samples() -> None:
    assert true_peak_dbtp(sine(997, 1, dbfs=-20), -1.0) == pytest.approx(-20, abs=0.1)


def test_silence_has_no_loudness_and_no_peak() -> None:
    assert integrated_lufs(np.zeros(48_000), 48_000) == float("-inf")
    assert true_peak_dbtp(np.zeros(1000)) == float("-inf")
    assert true_peak_dbtp(np.zeros(0)) == float("-inf")


@pytest.mark.parametrize(("phase", "expected"), [(0, 0.0), (45, 0.0), (60, 0.0), (67.5, 0.0)])
def test_ebu_3341_true_peak_lies_between_the_samples(phase: float, expected: float) -> None:
    """Cases 15 to 18: a quarter of the rate, peaks between samples, +0.2 and −0.4 dB allowed."""
    at = np.arange(2000)
    wave = np.sin(2 * np.pi * at / 4 + np.radians(phase))
    assert expected - 0.4 <= true_peak_dbtp(wave) <= expected + 0.2


def true_peaks(samples: np.ndarray, at_least: float) -> np.ndarray:
    """The highest level at each sample and between it and the next one; where `at_least` is out of
    reach it is the sample itself."""
    found = np.abs(samples)
    for starts, between in _oversampled(samples, at_least):
        for start, peak in zip(starts, between, strict=True):
            here = found[start : start + BLOCK]
            np.maximum(here, peak[: len(here)], out=here)
    return found


SHAPES = {
    "noise": lambda random, length: random.uniform(-0.7, 0.7, length),
    "noise, the first half soft": lambda random, length: (
        random.uniform(-0.7, 0.7, length) * np.where(np.arange(length) < length // 2, 0.1, 1)
    ),
    "a slow wave": lambda random, length: 0.7 * np.sin(np.cumsum(random.normal(0, 0.1, length))),
    "single samples": lambda random, length: (
        random.uniform(-1, 1, length) * (random.random(length) < 0.02)
    ),
    "a voice of three tones": lambda random, length: (
        np.sin(np.arange(length) * random.uniform(0.02, 1.5, (3, 1))).sum(axis=0) / 4
    ),
}


@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, 9000),
    st.sampled_from(sorted(SHAPES)),
    st.sampled_from([0.2, 0.5, 0.75]),
    st.sampled_from([np.float32, np.float64]),
)
@settings(max_examples=150, deadline=None)
def test_peaks_found_where_it_matters_are_the_peaks_of_everything(
    seed: int, length: int, shape: str, at_least: float, kind: type
) -> None:
    samples = SHAPES[shape](np.random.default_rng(seed), length).astype(kind)
    everywhere, where_it_matters = true_peaks(samples, 0.0), true_peaks(samples, at_least)
    reached = everywhere >= at_least
    assert np.allclose(everywhere[reached], where_it_matters[reached])
    at, heights = peaks_above(samples, at_least)
    assert np.all(np.diff(at) > 0) and np.all(heights > at_least)
    assert np.allclose(everywhere[at], heights)
    assert set(np.flatnonzero(everywhere > at_least * 1.00001)) <= set(at)


def test_a_peak_between_samples_that_bend_sharply_is_found() -> None:
    """Where a wave turns fast a peak rises far above its samples."""
    turning = np.tile([0.4, 0.4, -0.4, -0.4], 200)
    everywhere = true_peaks(turning, 0.0)
    assert everywhere.max() > 0.55
    assert true_peaks(turning, 0.5).max() == pytest.approx(everywhere.max())


# ---------------------------------------------------------------- resampling and limiting


def test_resampling_keeps_the_tone_and_adds_no_image() -> None:
    dense = resample(sine(1000, 1, 24_000, dbfs=-6).astype(np.float32), 24_000)
    assert len(dense) == 44_100
    spectrum = 20 * np.log10(np.abs(np.fft.rfft(dense * np.hanning(len(dense)))) + 1e-9)
    assert spectrum.argmax() == 1000
    assert spectrum[12_000:].max() < spectrum.max() - 80


@given(st.integers(1, 400), st.sampled_from([8_000, 16_000, 22_050, 24_000, 11_127, 48_000]))
@settings(max_examples=25, deadline=None)
def test_resampling_is_the_polyphase_filter_of_signal_processing(length: int, rate: int) -> None:
    samples = np.random.default_rng(length).normal(0, 0.1, length).astype(np.float32)
    common = math.gcd(RATE_HZ, rate)
    up, down = RATE_HZ // common, rate // common
    most = max(up, down)
    taps = signal.firwin(2 * 24 * most + 1, 0.95 / most, window=("kaiser", 8.6))
    expected = signal.resample_poly(samples.astype(float), up, down, window=taps)
    assert resample(samples, rate) == pytest.approx(expected, abs=1e-12)


@given(st.integers(0, 2**32 - 1), st.floats(0.05, 1.0))
@settings(max_examples=25, deadline=None)
def test_nothing_rises_above_the_ceiling(seed: int, ceiling: float) -> None:
    noise = np.random.default_rng(seed).normal(0, 0.5, 9000)
    assert true_peak_dbtp(limit(noise, ceiling)) <= 20 * np.log10(ceiling) + 0.15


def test_what_is_below_the_ceiling_is_left_as_it_is() -> None:
    quiet = sine(440, 0.5, dbfs=-20)
    assert limit(quiet, 0.9) is quiet


# ---------------------------------------------------------------- joining and mastering


def utterance(name: str, words: str = "One two three.") -> Utterance:
    return Utterance(name, words, words, f"s-{name}")


def passage(number: int, *parts: Utterance | Pause) -> Passage:
    return Passage(f"p{number}", number, f"Part {number}", tuple(parts))


def clip(seconds: float, hz: float = 300, rate: int = 24_000) -> Clip:
    return Clip(rate, sine(hz, seconds, rate, -14).astype(np.float32))


def test_a_passage_is_its_clips_and_pauses_to_the_sample() -> None:
    told = passage(1, Pause(500), utterance("a"), Pause(250), utterance("b"))
    joined = join_passage(told, lambda each: {"a": clip(1.0), "b": clip(0.5)}[each.id])
    told_samples = 22_050 + 44_100 + 11_025 + 22_050
    assert sum(map(len, joined.dense())) == -(-(told_samples + EDGE) // GRID) * GRID
    assert [(s.start, s.end) for s in joined.spans] == [(22_050, 66_150), (77_175, 99_225)]


@given(st.lists(st.tuples(st.integers(1, 4000), st.sampled_from([16_000, 22_050, 24_000, 48_000]))))
@settings(max_examples=25, deadline=None)
def test_clips_of_any_rate_lie_where_their_spans_say(clips: list[tuple[int, int]]) -> None:
    given_clips = {
        str(at): Clip(rate, np.ones(length, np.float32), (WordMark(length // 2, length, 0, 3),))
        for at, (length, rate) in enumerate(clips)
    }
    told = passage(1, *(utterance(name) for name in given_clips), Pause(7))
    joined = join_passage(told, lambda each: given_clips[each.id])
    assert [s.start for s in joined.spans[1:]] == [s.end for s in joined.spans[:-1]]
    dense = np.concatenate(list(joined.dense()))
    assert len(dense) % GRID == 0
    assert not dense[:EDGE].any()
    assert not dense[len(dense) - EDGE :].any()
    assert all(s.start <= s.words[0].start < s.end for s in joined.spans)


def test_a_missing_clip_names_the_sentence() -> None:
    with pytest.raises(SoundError, match="One two three"):
        join_passage(passage(1, utterance("a")), lambda each: None)


def told(tmp_path: Path, script: Script, clips: dict[str, Clip]) -> Narration:
    return told_by(TONE, tmp_path, script, clips)


def told_by(cast: Cast, tmp_path: Path, script: Script, clips: dict[str, Clip]) -> Narration:
    bench = Bench(Sound(), tmp_path / "masters", Cache(tmp_path / "cache"))
    return master(script, lambda each: clips.get(each.id), cast, bench)


def samples_of(spoken: SpokenPassage) -> np.ndarray:
    return waves.read(Path(spoken.master)) / 32_767


def two_parts() -> tuple[Script, dict[str, Clip]]:
    script = Script(
        "T", "en-GB",
        (passage(1, Pause(300), utterance("a"), Pause(400), utterance("b"), Pause(500)),
         passage(2, utterance("c"), Pause(200))),
    )  # fmt: skip
    return script, {"a": clip(2.0), "b": clip(1.5, 500), "c": clip(2.5, 200)}


def test_the_masters_have_the_level_and_the_headroom(tmp_path: Path) -> None:
    narration = told(tmp_path, *two_parts())
    loud = [samples_of(each) for each in narration.passages]
    power = np.concatenate([block_power(each, RATE_HZ) for each in loud])
    assert gated_lufs(power) == pytest.approx(-16, abs=0.3)
    assert max(true_peak_dbtp(each) for each in loud) <= -1.5


def test_sections_are_as_loud_as_each_other(tmp_path: Path) -> None:
    script, clips = two_parts()
    clips["c"] = Clip(24_000, clips["c"].samples * np.float32(0.75))
    narration = told(tmp_path, script, clips)
    one, other = (integrated_lufs(samples_of(each), RATE_HZ) for each in narration.passages)
    assert abs(one - other) <= 2 * (GAIN_STEP_DB / 2 + 0.05)


def test_what_is_meant_to_be_quiet_stays_quieter(tmp_path: Path) -> None:
    script, clips = two_parts()
    clips["c"] = Clip(24_000, clips["c"].samples * np.float32(0.1))
    narration = told(tmp_path, script, clips)
    one, other = (integrated_lufs(samples_of(each), RATE_HZ) for each in narration.passages)
    assert one - other > 10


@pytest.mark.parametrize("factor", [0.5, 0.35, 0.2])
def test_the_whole_is_at_its_level_though_a_section_is_softer(
    tmp_path: Path, factor: float
) -> None:
    """And the softer section stays softer than the others: by what is more than 3 dB on either side."""
    script, clips = two_parts()
    clips["c"] = Clip(24_000, clips["c"].samples * np.float32(factor))
    narration = told(tmp_path, script, clips)
    parts = [samples_of(each) for each in narration.passages]
    assert integrated_lufs(np.concatenate(parts), RATE_HZ) == pytest.approx(-16, abs=0.35)
    one, other = (integrated_lufs(each, RATE_HZ) for each in parts)
    assert one - other == pytest.approx(max(0, -20 * np.log10(factor) - 6), abs=6)
    assert one >= other - 0.4


def test_a_voice_of_high_peaks_is_as_loud_as_others(tmp_path: Path) -> None:
    """The limiter takes five and more LU of it, which are given again."""
    script = Script("T", "en-GB", (passage(1, Pause(500), utterance("a"), Pause(500)),))
    narration = told(tmp_path, script, {"a": peaky("bursting", 1)})
    samples = samples_of(narration.passages[0])
    assert integrated_lufs(samples, RATE_HZ) == pytest.approx(-16, abs=0.25)
    assert true_peak_dbtp(samples) <= -2.4


def test_clicks_are_not_driven_until_they_are_as_loud_as_a_voice(tmp_path: Path) -> None:
    script = Script("T", "en-GB", (passage(1, Pause(500), utterance("a"), Pause(500)),))
    narration = told(tmp_path, script, {"a": peaky("plosives", 1)})
    samples = samples_of(narration.passages[0])
    assert integrated_lufs(samples, RATE_HZ) < -18
    assert true_peak_dbtp(samples) <= -2.4


@pytest.mark.parametrize("seconds", [0.9, 2.0, 6.0])
def test_where_the_root_mean_square_counts_a_short_section_is_made_louder(
    tmp_path: Path, seconds: float
) -> None:
    """ACX: a word between a second and a half of quiet, and a sentence, are in the same range."""
    wanted = Sound(profile="acx", **PROFILES["acx"].settings())
    script = Script("T", "en-GB", (passage(1, Pause(600), utterance("a"), Pause(1200)),))
    bench = Bench(wanted, tmp_path / "masters", Cache(tmp_path / "cache"))
    sound = peaky("voiced", 1, seconds)
    samples = samples_of(master(script, lambda _: sound, TONE, bench).passages[0])
    assert -22.9 <= 10 * np.log10(np.square(samples).mean()) <= -18.1
    assert true_peak_dbtp(samples) <= -4.4


@given(st.floats(-40, 40), st.integers(-40, 40).map(lambda steps: steps * GAIN_STEP_DB))
def test_a_passages_gain_is_whole_steps_near_the_programmes(lacks: float, programme: float) -> None:
    gain = passage_gain_db(lacks, programme)
    assert gain / GAIN_STEP_DB == round(gain / GAIN_STEP_DB)
    assert abs(gain - programme) <= 3
    assert abs(gain - lacks) <= GAIN_STEP_DB / 2 or abs(gain - programme) == 3


def test_a_second_voice_is_brought_to_the_level_of_the_first(tmp_path: Path) -> None:
    quiet = Clip(24_000, clip(2.0).samples * np.float32(0.25))
    other = replace(utterance("b"), voice="other")
    script = Script("T", "en-GB", (passage(1, utterance("a"), Pause(500), other),))
    cast = Cast(TONE.own, (VoiceSpec("other", "tone"),))
    narration = told_by(cast, tmp_path, script, {"a": clip(2.0), "b": quiet})
    samples = samples_of(narration.passages[0])
    one, two = (integrated_lufs(samples[c.start : c.end], RATE_HZ) for c in narration.cues)
    assert one == pytest.approx(two, abs=0.3)


def test_no_seam_clicks(tmp_path: Path) -> None:
    """A clip that begins and ends in mid-wave: no step at its ends, for it rises and falls."""
    cut = Clip(RATE_HZ, (0.2 * np.cos(np.arange(RATE_HZ) / 20)).astype(np.float32))
    script = Script("T", "en-GB", (passage(1, Pause(500), utterance("a"), Pause(400)),))
    assert clicks(np.concatenate([np.zeros(9000), cut.samples, np.zeros(9000)])).size
    narration = told(tmp_path, script, {"a": cut})
    assert not clicks(samples_of(narration.passages[0])).size


def clicks(samples: np.ndarray) -> np.ndarray:
    """Where high frequencies burst out of quiet: more above 8 kHz than below it, in 1 ms."""
    high = signal.sosfilt(signal.butter(4, 8000, "high", fs=RATE_HZ, output="sos"), samples)
    around = np.convolve(np.square(samples), np.ones(441) / 441, "same")
    burst = np.convolve(np.square(high), np.ones(44) / 44, "same")
    return np.flatnonzero((burst > 1e-6) & (burst > 0.02 * around))


@given(st.integers(0, 5000))
@settings(max_examples=20, deadline=None)
def test_a_clip_of_any_length_rises_from_nothing(length: int) -> None:
    fading = faded(np.ones(length, np.float32), 24_000)
    assert len(fading) == length
    if length >= 4:
        assert fading[0] == 0
        assert fading.max() <= 1


def test_cues_rise_never_overlap_and_lie_inside_their_passage(tmp_path: Path) -> None:
    narration = told(tmp_path, *two_parts())
    for spoken in narration.passages:
        for cue in spoken.cues:
            assert spoken.start <= cue.start < cue.end <= spoken.end
    ends = [0, *(cue.end for cue in narration.cues)]
    assert all(end <= cue.start for end, cue in zip(ends, narration.cues, strict=False))
    assert narration.passages[1].start == narration.passages[0].end


@given(st.lists(st.tuples(st.integers(0, 900), st.floats(0.05, 0.6)), min_size=1, max_size=8))
@settings(max_examples=25, deadline=None)
def test_every_spoken_sentence_has_one_cue_whatever_its_length(
    tmp_path_factory: pytest.TempPathFactory, parts: list[tuple[int, float]]
) -> None:
    pieces: list[Utterance | Pause] = []
    clips = {}
    for number, (pause, seconds) in enumerate(parts):
        pieces += [Pause(pause), utterance(str(number))]
        clips[str(number)] = clip(seconds)
    script = Script("T", "en-GB", (passage(1, *pieces),))
    narration = told(tmp_path_factory.mktemp("told"), script, clips)
    assert [cue.sentence_id for cue in narration.cues] == [f"s-{n}" for n in range(len(parts))]
    assert all(a.end <= b.start for a, b in zip(narration.cues, narration.cues[1:], strict=False))


def test_one_changed_sentence_leaves_the_other_masters_as_they_were(tmp_path: Path) -> None:
    script, clips = two_parts()
    before = [Path(p.master).read_bytes() for p in told(tmp_path, script, clips).passages]
    clips["c"] = clip(2.6, 210)
    after = [Path(p.master).read_bytes() for p in told(tmp_path, script, clips).passages]
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_a_section_taken_out_takes_its_master_along(tmp_path: Path) -> None:
    script, clips = two_parts()
    told(tmp_path, script, clips)
    told(tmp_path, Script("T", "en-GB", script.passages[:1]), clips)
    assert [p.name for p in (tmp_path / "masters").iterdir()] == ["01-p1.wav"]


def test_silence_alone_is_mastered_as_silence(tmp_path: Path) -> None:
    narration = told(tmp_path, Script("T", "en-GB", (passage(1, Pause(1000)),)), {})
    samples = waves.read(Path(narration.passages[0].master))
    assert len(samples) == -(-(RATE_HZ) // GRID) * GRID
    assert not samples.any()


def test_voices_of_two_rates_tell_one_narration(tmp_path: Path) -> None:
    script, clips = two_parts()
    clips["b"] = clip(1.0, rate=16_000)
    narration = told(tmp_path, script, clips)
    assert narration.cues[1].end - narration.cues[1].start == RATE_HZ


def test_a_masters_name_is_short_enough_for_any_disk() -> None:
    assert master_name(3, "x" * 300) == "03-" + "x" * 80
