"""Sound: measured on reference signals, joined to the sample, levelled, limited, written."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import signal

from leafcast.cache import Cache
from leafcast.errors import SoundError
from leafcast.narration import sound as files
from leafcast.narration.encoding import encode_mp3, tagged
from leafcast.narration.loudness import (
    MINUTE,
    block_power,
    gated_lufs,
    integrated_lufs,
    k_weighting,
    true_peak_dbtp,
    true_peaks,
)
from leafcast.narration.mastering import (
    ENCODER_GAIN_DB,
    RATE_HZ,
    Bench,
    join_passage,
    limit,
    master,
    master_name,
    resample,
)
from leafcast.narration.model import (
    Cast,
    Clip,
    Narration,
    Passage,
    Pause,
    Script,
    Utterance,
    VoiceSpec,
    WordMark,
)
from leafcast.narration.tags import Chapter, Tags, id3
from leafcast.narration.transcript import timestamp, write_vtt
from leafcast.project import Sound
from leafcast.publish.measure import mp3_seconds

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
    weighted = signal.sosfilt(k_weighting(24_000), noise)
    steps = np.square(weighted).reshape(-1, 2400).mean(axis=1)
    expected = np.convolve(steps, np.full(4, 0.25), "valid")
    assert block_power(noise, 24_000) == pytest.approx(expected)


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


@given(st.integers(0, 2**32 - 1), st.integers(1, 3000))
@settings(max_examples=40, deadline=None)
def test_peaks_found_where_it_matters_are_the_peaks_of_everything(seed: int, length: int) -> None:
    noise = np.random.default_rng(seed).uniform(-1, 1, length) * 0.7
    noise[: length // 2] *= 0.1
    everywhere, where_it_matters = true_peaks(noise, 0.0), true_peaks(noise, 0.5)
    reached = everywhere >= 0.5
    assert np.allclose(everywhere[reached], where_it_matters[reached])


# ---------------------------------------------------------------- resampling and limiting


def test_resampling_keeps_the_tone_and_adds_no_image() -> None:
    dense = resample(sine(1000, 1, 24_000, dbfs=-6).astype(np.float32), 24_000)
    assert len(dense) == 44_100
    spectrum = 20 * np.log10(np.abs(np.fft.rfft(dense * np.hanning(len(dense)))) + 1e-9)
    assert spectrum.argmax() == 1000
    assert spectrum[12_000:].max() < spectrum.max() - 80


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
    assert len(joined.dense()) == 22_050 + 44_100 + 11_025 + 22_050
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
    assert len(joined.dense()) == (joined.spans[-1].end if joined.spans else 0) + 309
    assert all(s.start <= s.words[0].start <= s.words[0].end <= s.end for s in joined.spans)


def test_a_missing_clip_names_the_sentence() -> None:
    with pytest.raises(SoundError, match="One two three"):
        join_passage(passage(1, utterance("a")), lambda each: None)


def told(tmp_path: Path, script: Script, clips: dict[str, Clip]) -> Narration:
    bench = Bench(Sound(), tmp_path / "masters", Cache(tmp_path / "cache"))
    return master(script, lambda each: clips.get(each.id), TONE, bench)


def two_parts() -> tuple[Script, dict[str, Clip]]:
    script = Script(
        "T", "en-GB",
        (passage(1, Pause(300), utterance("a"), Pause(400), utterance("b"), Pause(500)),
         passage(2, utterance("c"), Pause(200))),
    )  # fmt: skip
    return script, {"a": clip(2.0), "b": clip(1.5, 500), "c": clip(2.5, 200)}


def test_the_masters_have_the_level_and_the_headroom(tmp_path: Path) -> None:
    narration = told(tmp_path, *two_parts())
    loud = [files.samples_of(files.load_wave(Path(p.master))) / 32_767 for p in narration.passages]
    power = np.concatenate([block_power(each, RATE_HZ) for each in loud])
    assert gated_lufs(power) == pytest.approx(-16 - ENCODER_GAIN_DB, abs=0.3)
    assert max(true_peak_dbtp(each) for each in loud) <= -1.0


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
    samples = files.samples_of(files.load_wave(Path(narration.passages[0].master)))
    assert len(samples) == RATE_HZ
    assert not samples.any()


def test_voices_of_two_rates_tell_one_narration(tmp_path: Path) -> None:
    script, clips = two_parts()
    clips["b"] = clip(1.0, rate=16_000)
    narration = told(tmp_path, script, clips)
    assert narration.cues[1].end - narration.cues[1].start == RATE_HZ


def test_segments_of_two_kinds_are_not_joined() -> None:
    with pytest.raises(SoundError, match="different kinds"):
        files.join([files.silence(10, 44_100), files.silence(10, 22_050)])


def test_a_masters_name_is_short_enough_for_any_disk() -> None:
    assert master_name(3, "x" * 300) == "03-" + "x" * 80


# ---------------------------------------------------------------- files


def test_an_mp3_is_constant_has_its_header_and_is_as_long_as_its_sound(tmp_path: Path) -> None:
    wave = (sine(440, 3, 44_100, -16) * 32_767).astype(np.int16)
    encoded = encode_mp3(files.segment(wave, 44_100), 96, Cache(tmp_path / "cache"))
    path = tmp_path / "x.mp3"
    path.write_bytes(tagged(encoded, Tags("T", "A", "B", "en-GB", 2026)))
    assert b"Info" in encoded[:400]
    assert mp3_seconds(path) == pytest.approx(3.0, abs=0.001)
    rate, decoded = files.decode(path)
    assert abs(len(decoded) / rate - 3.0) < 0.06
    bitrates = {encoded[at + 2] >> 4 for at in _frames(encoded)}
    assert len(bitrates) == 1


def _frames(encoded: bytes) -> list[int]:
    """Where MPEG-1 layer III frames at 44.1 kHz and one bit rate start."""
    kbps = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)[encoded[2] >> 4]
    at, starts = 0, []
    while at + 4 <= len(encoded):
        assert encoded[at] == 0xFF
        starts.append(at)
        at += 144_000 * kbps // 44_100 + (encoded[at + 2] >> 1 & 1)
    return starts


def test_the_same_sound_is_encoded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path / "cache")
    first = encode_mp3(files.silence(44_100, 44_100), 96, cache)
    monkeypatch.setattr("leafcast.narration.encoding.run_ffmpeg", None)
    assert encode_mp3(files.silence(44_100, 44_100), 96, cache) == first


def test_what_ffmpeg_cannot_read_is_an_error_with_its_words(tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp3"
    broken.write_bytes(b"no sound")
    with pytest.raises(SoundError, match="ffmpeg failed"):
        files.decode(broken)


def frames_of(tag: bytes) -> list[tuple[bytes, bytes]]:
    """The frames of an ID3v2.3 tag, read by the letter of its specification."""
    assert tag[:5] == b"ID3\x03\x00"
    size = sum(byte << shift for byte, shift in zip(tag[6:10], (21, 14, 7, 0), strict=True))
    assert len(tag) == 10 + size
    at, frames = 10, []
    while at < len(tag):
        name, length = tag[at : at + 4], struct.unpack(">I", tag[at + 4 : at + 8])[0]
        frames.append((name, tag[at + 10 : at + 10 + length]))
        at += 10 + length
    return frames


def test_tags_say_what_the_file_is() -> None:
    tags = Tags(
        "Café", "Sarah James", "Album", "en-GB", 2026, "https://example.org/x", 2, 9, b"PNG"
    )
    frames = dict(frames_of(id3(tags)))
    assert frames[b"TIT2"] == b"\x01" + "Café".encode("utf-16")
    assert frames[b"TRCK"].endswith("2/9".encode("utf-16-le"))
    assert frames[b"TLAN"].endswith("eng".encode("utf-16-le"))
    assert frames[b"WOAF"] == b"https://example.org/x"
    assert frames[b"APIC"].endswith(b"\x03\0PNG")


def test_chapters_are_in_time_order_and_the_contents_name_them_all() -> None:
    chapters = (Chapter("One", 0, 1500), Chapter("Two", 1500, 4000))
    frames = frames_of(id3(Tags("T", "A", "B", "en-GB", 2026, chapters=chapters)))
    names = [name for name, _ in frames]
    assert names[-3:] == [b"CTOC", b"CHAP", b"CHAP"]
    contents = frames[-3][1]
    assert contents == b"toc\0\x03\x02chapter0\0chapter1\0"
    start, end = struct.unpack(">II", frames[-1][1][9:17])
    assert (start, end) == (1500, 4000)


def test_the_transcript_is_webvtt_with_a_cue_a_sentence(tmp_path: Path) -> None:
    script, clips = two_parts()
    narration = told(tmp_path, script, clips)
    lines = write_vtt(narration).splitlines()
    assert lines[:5] == ["WEBVTT", "", "s-a", "00:00:00.300 --> 00:00:02.300", "One two three."]
    assert sum(" --> " in line for line in lines) == 3


@pytest.mark.parametrize(
    ("milliseconds", "written"),
    [(0, "00:00:00.000"), (61_001, "00:01:01.001"), (3_600_000 * 12 + 5, "12:00:00.005")],
)
def test_times_are_written_with_all_their_digits(milliseconds: int, written: str) -> None:
    assert timestamp(milliseconds) == written
