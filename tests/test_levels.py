"""Levels as delivered: whole files, decoded, are in range whatever an encoder adds or rounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from scipy import signal

from leafcast.checks import sound as check
from leafcast.document.errors import SoundError
from leafcast.document.report import Severity
from leafcast.narration.model import (
    Cast,
    Passage,
    Pause,
    Script,
    SpokenPassage,
    Utterance,
    VoiceSpec,
)
from leafcast.narration.sound import at_level, ffmpeg
from leafcast.narration.sound import wave as files
from leafcast.narration.sound.at_level import Change, Section, encode_at_level
from leafcast.narration.sound.encoders import CODECS, Codec
from leafcast.narration.sound.encoding import encode_sections, m4b_file, mp3_file, opus_file
from leafcast.narration.sound.formats import ogg
from leafcast.narration.sound.formats.id3 import Tags
from leafcast.narration.sound.joining import EDGE, GRID, RATE_HZ
from leafcast.narration.sound.levels import Form, Levels, measure_samples
from leafcast.narration.sound.mastering import Bench, master
from leafcast.practice.profiles import PEAK_MARGIN_DB, PROFILES
from leafcast.practice.project import Sound
from leafcast.state.cache import Cache
from tests import waves
from tests.peaky import peaky, with_noise

TAGS = Tags("A title", "A. Writer", "A title", "en-GB", 2026)
SUFFIXES = {"mp3": ".mp3", "aac": ".m4b", "opus": ".opus"}
HARD = {"mp3": "bursting", "opus": "roaring"}
"""What an encoder adds most to."""
NOISY_DB = 0.1
"""What LAME at 64 kbit/s adds to this voice by its noise, which is 14 dB below it: 0.08 dB."""
Floats = npt.NDArray[np.float64]


def asked(profile: str = "podcast", **settings: Any) -> Sound:
    return replace(Sound(profile=profile, **PROFILES[profile].settings()), **settings)


def sets_of(wanted: Sound) -> list[tuple[str, Sound]]:
    """All that is encoded of an article at its usual pace; the slower one has MP3 of sections."""
    return [*((codec, wanted) for codec in CODECS), ("mp3", wanted.of_sections)]


def masters(
    folder: Path, wanted: Sound, kinds: Sequence[str], noise: Sequence[int]
) -> list[SpokenPassage]:
    """A passage of each kind of sound, and the same again with each noise of one bit."""
    clips = {str(seed): peaky(kind, seed, 1.2) for seed, kind in enumerate(kinds)}
    parts = [
        Passage(name, int(name), name, (Pause(500), Utterance(name, name, name), Pause(1000)))
        for name in clips
    ]
    bench = Bench(wanted, folder / "masters", Cache(folder / "cache"))
    script = Script("A title", "en-GB", tuple(parts))
    told = master(script, lambda said: clips[said.id], Cast(VoiceSpec("v", "tone")), bench)
    return [*told.passages, *(moved(each, seed) for seed in noise for each in told.passages)]


def moved(spoken: SpokenPassage, seed: int) -> SpokenPassage:
    path = Path(spoken.master).with_suffix(f".{seed}.wav")
    samples = with_noise(waves.read(Path(spoken.master)), seed)
    waves.write(path, samples, RATE_HZ)
    return replace(spoken, master=str(path))


def whole_file(codec: str, sections: list[Section], folder: Path, channels: int = 1) -> Path:
    written = {
        "mp3": lambda: mp3_file(sections, TAGS),
        "aac": lambda: m4b_file(sections, TAGS),
        "opus": lambda: opus_file(sections, RATE_HZ, TAGS, channels),
    }
    path = folder / f"whole{SUFFIXES[codec]}"
    path.write_bytes(written[codec]())
    return path


def decoded(path: Path, channels: int = 1) -> tuple[npt.NDArray[np.float32], int]:
    rate = ogg.RATE_HZ if path.suffix == ".opus" else RATE_HZ
    return files.decode(path, rate, channels), rate


def finely(samples: npt.NDArray[np.float32]) -> float:
    """The true peak oversampled sixteen times, in dB, by another resampler than ours."""
    return float(20 * np.log10(np.abs(signal.resample_poly(samples.astype(float), 16, 1)).max()))


def by_ffmpeg(path: Path) -> tuple[float, float]:
    """Loudness and true peak as ffmpeg's own meter reads them, to a tenth."""
    measuring = ["-loglevel", "info", "-nostats", "-i", str(path), "-map", "0:a"]
    told = files._ffmpeg([*measuring, "-af", "ebur128=peak=true", "-f", "null", "-"]).stderr
    summary = told.decode().rpartition("Summary:")[2]
    loudness, peak = re.findall(r"(?:I|Peak): +(-?[\d.]+) ", summary)
    return float(loudness), float(peak)


# ---------------------------------------------------------------- in range


@pytest.mark.parametrize("profile", PROFILES)
def test_every_file_decoded_whole_is_in_range_by_every_meter(tmp_path: Path, profile: str) -> None:
    wanted = asked(profile)
    passages = masters(tmp_path, wanted, ("voiced", "popping"), noise=(1,))
    for codec, sound in sets_of(wanted):
        sections = encode_sections(passages, codec, sound, Cache(tmp_path / "cache"))
        path = whole_file(codec, sections, tmp_path)
        samples, rate = decoded(path)
        levels = measure_samples(samples, rate)
        theirs = by_ffmpeg(path)
        assert max(levels.peak_dbtp, finely(samples[:, 0]), theirs[1]) <= wanted.peak_dbtp
        if PROFILES[profile].tolerance_lu is None:
            assert -23 <= levels.rms_db <= -18
        else:
            assert levels.lufs == pytest.approx(wanted.target_lufs, abs=0.4)
            assert theirs[0] == pytest.approx(wanted.target_lufs, abs=0.45)


@pytest.mark.parametrize("codec", HARD)
def test_where_an_encoder_adds_much_the_peaks_are_limited_not_the_sound_made_softer(
    tmp_path: Path, codec: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sound to which each encoder adds more than the master's limiter left room for."""
    wanted = asked(bitrate_kbps=64)
    passages = masters(tmp_path, wanted, ("popping", HARD[codec]), noise=(1,))
    peaks, gains = [], []
    encode = Codec.encode

    def counted(self: Codec, source: Path, gain_db: float, *given: Any) -> Path:
        path = encode(self, source, gain_db, *given)
        gains.append(gain_db)
        peaks.append(finely(decoded(path)[0][:, 0]))
        return path

    monkeypatch.setattr(Codec, "encode", counted)
    sections = encode_sections(passages, codec, wanted, Cache(tmp_path / "cache"))
    assert max(peaks) > wanted.peak_dbtp - PEAK_MARGIN_DB
    assert len(peaks) > len(passages)
    assert not any(gains)
    samples, rate = decoded(whole_file(codec, sections, tmp_path))
    assert finely(samples[:, 0]) <= wanted.peak_dbtp
    assert measure_samples(samples, rate).lufs == pytest.approx(wanted.target_lufs, abs=0.5)


class Stubborn:
    """An encoder whose peaks and loudness follow what is done to the master with a will of their
    own; `lacks` is how much softer it makes the sound by itself."""

    def __init__(
        self, over_db: float, limits: float, softens: float, sways_db: float, lacks: float = 0.0
    ) -> None:
        self.over_db, self.limits, self.softens, self.sways_db = over_db, limits, softens, sways_db
        self.lacks, self.turns = lacks, 0
        self.last = Levels(np.ones(1), 0.0, 1.0, 0.0, 1.0, 0.0, 0.0)

    def encoded(
        self, _passage: SpokenPassage, change: Change, bench: at_level.Encoder
    ) -> tuple[bytes, Levels]:
        wanted, self.turns = bench.wanted, self.turns + 1
        lower = self.limits * change.lower_db + self.softens * change.softer_db
        peak = self.over_db - lower + self.sways_db * (-1) ** self.turns
        lufs = wanted.target_lufs - self.lacks + change.louder_lu - change.softer_db
        power = np.full(9, 10 ** ((lufs + 0.691) / 10))
        aimed = Form.of(wanted).aimed_dbtp
        self.last = replace(self.last, peak_dbtp=aimed + peak, power=power)
        return b"", self.last


def rounds_of(stubborn: Stubborn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_level, "_encoded", stubborn.encoded)
    tone = 0.2238 * np.sin(np.arange(2 * RATE_HZ) * 2 * np.pi * 997 / RATE_HZ)
    path = tmp_path / "master.wav"
    waves.write(path, tone * 32_767, RATE_HZ)
    spoken = SpokenPassage("p", 1, "A part", 0, len(tone), (), str(path))
    encode_at_level(spoken, "mp3", asked(), Cache(tmp_path / "cache"))


STUBBORN = [
    (0.016, 1.0, 1.0, 0.0, 0.0),
    (0.6, 1.0, 1.0, 0.4, 0.0),  # as much as noise of one bit moves a peak of Opus
    (1.5, 0.3, 1.0, 0.5, 0.0),
    (3.0, 0.0, 1.0, 0.6, 0.0),  # the limiter is of no help
    (6.0, 0.0, 0.5, 1.0, 0.0),
    (20.0, 0.1, 1.0, 0.9, 0.0),
    (-2.0, 1.0, 1.0, 0.0, 0.6),  # its peaks are fine, its loudness is not
    (0.8, 1.0, 1.0, 0.3, 0.4),
]


@pytest.mark.parametrize("how", STUBBORN)
def test_the_rounds_end_at_the_level_and_the_peak_that_were_aimed_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: tuple[float, ...]
) -> None:
    stubborn = Stubborn(*how)
    rounds_of(stubborn, tmp_path, monkeypatch)
    assert stubborn.last.peak_dbtp <= asked().peak_dbtp - PEAK_MARGIN_DB
    if stubborn.turns <= at_level.LEVEL_ROUNDS:
        assert stubborn.last.lufs == pytest.approx(-16, abs=at_level.NEAR_LU)


def test_a_peak_that_nothing_brings_down_is_told_and_not_delivered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stubborn = Stubborn(0.1, 0.0, 0.0, 0.0)
    with pytest.raises(SoundError, match="“A part” peaks above -1 dBTP") as raised:
        rounds_of(stubborn, tmp_path, monkeypatch)
    assert "target_lufs" in raised.value.hint
    assert stubborn.turns == at_level.MOST_ROUNDS


# ---------------------------------------------------------------- where sections meet


def loud_to_the_edge(path: Path, seed: int, length: int) -> SpokenPassage:
    """A master as loud as can be as near to its ends as a master may be."""
    samples = np.zeros(length)
    noise = np.random.default_rng(seed).normal(0, 0.4, length - 2 * EDGE)
    samples[EDGE : length - EDGE] = np.clip(noise, -0.75, 0.75)
    waves.write(path, samples * 32_767, RATE_HZ)
    return SpokenPassage(path.stem, seed, path.stem, 0, length, (), str(path))


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("codec", CODECS)
def test_a_section_sounds_in_the_whole_as_it_does_alone(
    tmp_path: Path, codec: str, channels: int
) -> None:
    """No state of a decoder crosses a join; Opus is moved by at most half of 2.5 ms.

    Its last packet is cut where the master is silent, and the encoder's filter against direct
    current still sounds a little, below −60 dB.
    """
    wanted = asked(channels=channels)
    passages = [
        loud_to_the_edge(tmp_path / f"{seed}.wav", seed, GRID * (3 + seed)) for seed in (1, 2, 3)
    ]
    sections = encode_sections(passages, codec, wanted, Cache(tmp_path / "cache"))
    whole, rate = decoded(whole_file(codec, sections, tmp_path, channels), channels)
    at = 0
    for passage, section in zip(passages, sections, strict=True):
        alone_path = tmp_path / f"alone.{CODECS[codec].suffix}"
        alone_path.write_bytes(section.encoded)
        alone, _ = decoded(alone_path, channels)
        start, length = (round(each * rate / RATE_HZ) for each in (at, passage.end))
        alone = alone[round(CODECS[codec].delay * rate / RATE_HZ) :][:length]
        cut, moved = (ogg.PACKET + 120, 61) if codec == "opus" else (0, 0)
        assert apart(alone[: length - cut], whole, start, moved) < 1e-6
        assert apart(alone, whole, start, moved) < 1e-3
        at += passage.end


def apart(
    alone: npt.NDArray[np.float32], whole: npt.NDArray[np.float32], start: int, reach: int
) -> float:
    """The largest difference of any sample, moved by up to `reach` samples."""
    padded = np.pad(whole, ((reach, 2 * reach), (0, 0)))
    moved = (padded[start + by :][: len(alone)] for by in range(2 * reach + 1))
    return min(float(np.abs(alone[: len(each)] - each).max()) for each in moved)


@pytest.mark.parametrize("kbps", [64, 160, 192])
def test_a_codec_leaves_the_level_as_the_masters(tmp_path: Path, kbps: int) -> None:
    wanted = asked(bitrate_kbps=kbps, target_lufs=-20.0)
    (passage,) = masters(tmp_path, wanted, ("voiced",), noise=())
    before = waves.read(Path(passage.master))
    aimed = measure_samples((before[:, None] / 32_768).astype(np.float32), RATE_HZ)
    for codec in CODECS if kbps == 64 else ("mp3",):
        sections = encode_sections([passage], codec, wanted, Cache(tmp_path / "cache"))
        samples, rate = decoded(whole_file(codec, sections, tmp_path))
        near = NOISY_DB if (codec, kbps) == ("mp3", 64) else 0.06
        assert measure_samples(samples, rate).rms_db == pytest.approx(aimed.rms_db, abs=near)


# ---------------------------------------------------------------- the verdict


def level(lufs_apart: float, wanted: Sound, *, whole: bool = True) -> check.Level:
    power = np.full(9, 10 ** ((wanted.target_lufs + lufs_apart + 0.691) / 10))
    return check.Level(Path("a.mp3"), Levels(power, -3.0, 0.01, 0.0, 9.0, 0.5, 1.0), whole)


@pytest.mark.parametrize(
    ("lufs_apart", "clear"),
    [(0.0, True), (0.39, True), (0.45, False), (-0.5, False), (-0.55, False), (0.7, True)],
)
def test_a_loudness_near_its_bound_is_decided_by_the_whole_file(
    lufs_apart: float, clear: bool
) -> None:
    assert check._is_clear(level(lufs_apart, asked()), asked()) is clear
    assert check._is_clear(level(lufs_apart, asked(), whole=False), asked())


def test_a_cure_for_a_level_is_one_that_the_owner_can_carry_out() -> None:
    told = [*check._misses(level(-2.0, asked()), asked())]
    assert [code for code, _, _ in told] == ["level-missed"]
    assert "target_lufs" in told[0][2]
    assert not any("report" in fix for _, _, fix in told)


def test_an_ffmpeg_that_does_not_start_is_told_with_what_helps() -> None:
    used = ffmpeg.Ffmpeg("/usr/bin/ffmpeg", "PATH", "5.1", ((ffmpeg.PACKAGE, "/locked/ffmpeg"),))
    (finding,) = check._passed_over(used)
    assert finding.code == "ffmpeg-passed-over"
    assert finding.severity == Severity.WARNING
    assert "/locked/ffmpeg" in finding.message
    assert "/usr/bin/ffmpeg" in finding.message
    named = ffmpeg.Ffmpeg("/l/ffmpeg", ffmpeg.PACKAGE, "9", ((ffmpeg.VARIABLE, "/own"),))
    assert ffmpeg.VARIABLE in next(check._passed_over(named)).fix
    assert not [*check._passed_over(ffmpeg.Ffmpeg("/l/ffmpeg", ffmpeg.PACKAGE, "9"))]


def test_sections_that_meet_their_root_mean_square_may_be_apart() -> None:
    wanted = asked("acx")
    inside, outside = level(0.0, wanted), level(0.0, wanted)
    assert not check._apart_counts(inside, wanted)
    outside = replace(outside, levels=replace(outside.levels, square=10**-2.5))
    assert check._apart_counts(outside, wanted)
    assert check._apart_counts(inside, asked())
