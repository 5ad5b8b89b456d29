"""What libsndfile decodes is what ffmpeg decodes: to the sample in time, to a hundredth in level."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from leafcast.document.errors import SoundError
from leafcast.narration.sound import libsndfile
from leafcast.narration.sound import wave as files
from leafcast.narration.sound.encoders import CODECS
from leafcast.narration.sound.encoding import Section, mp3_file
from leafcast.narration.sound.formats.id3 import Tags
from leafcast.narration.sound.joining import EDGE, GRID, RATE_HZ
from leafcast.narration.sound.levels import measure_samples
from leafcast.practice.project import Sound
from tests import waves
from tests.peaky import peaky

TAGS = Tags("A title", "A. Writer", "A title", "en-GB", 2026)
LENGTH = 12 * GRID


@pytest.fixture(scope="module", params=[(1, 96), (1, 64), (2, 192)], ids=str)
def encoded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, int]:
    """A loud voice of hard sounds between silences, in so many channels and kbit/s."""
    channels, kbps = request.param
    folder = tmp_path_factory.mktemp("encoded")
    samples = np.zeros(LENGTH)
    told = peaky("popping", 3, 2.0).samples[: LENGTH - 2 * EDGE]
    samples[EDGE : EDGE + len(told)] = told / np.abs(told).max()
    waves.write(folder / "master.wav", samples * 32_767, RATE_HZ)
    wanted = Sound(channels=channels, bitrate_kbps=kbps)
    return CODECS["mp3"].encode(folder / "master.wav", 4.0, wanted, folder), channels


def by_ffmpeg(path: Path, channels: int) -> np.ndarray:
    """As the program decodes it, by a file of floats."""
    raw = path.with_suffix(".f32")
    form = ["-f", "f32le", "-ac", str(channels), "-ar", str(RATE_HZ)]
    files.run_ffmpeg(["-i", str(path), "-map", "0:a", *form, str(raw)])
    return np.fromfile(raw, "<f4").reshape(-1, channels)


def by_libsndfile(path: Path, channels: int, frames: int = 10_007) -> np.ndarray:
    sound = libsndfile.opened(path, RATE_HZ, channels)
    assert sound, "libsndfile is not here"
    return np.concatenate([*libsndfile.parts(sound, frames)])


def assert_alike(path: Path, channels: int) -> None:
    ours, theirs = by_libsndfile(path, channels), by_ffmpeg(path, channels)
    assert len(ours) == len(theirs)
    assert np.abs(ours).max() > 1  # beyond full scale, and not cut off there
    assert np.abs(ours - theirs).max() < 1e-4
    one, two = measure_samples(ours, RATE_HZ), measure_samples(theirs, RATE_HZ)
    assert one.lufs == pytest.approx(two.lufs, abs=0.005)
    assert one.peak_dbtp == pytest.approx(two.peak_dbtp, abs=0.005)
    assert one.rms_db == pytest.approx(two.rms_db, abs=0.005)
    assert (one.head, one.tail) == pytest.approx((two.head, two.tail), abs=2e-4)


def test_a_section_is_decoded_as_ffmpeg_decodes_it(encoded: tuple[Path, int]) -> None:
    assert_alike(*encoded)


def test_a_whole_file_is_decoded_without_what_is_no_sound(encoded: tuple[Path, int]) -> None:
    path, channels = encoded
    whole = path.with_name("whole.mp3")
    whole.write_bytes(mp3_file([Section(path.read_bytes(), LENGTH)] * 2, TAGS))
    assert_alike(whole, channels)
    assert len(by_libsndfile(whole, channels)) == 2 * LENGTH


def test_in_parts_it_is_the_same(encoded: tuple[Path, int]) -> None:
    """But for the last bits: mpg123 sums otherwise where a part ends within a frame."""
    whole, parts = by_libsndfile(*encoded, 1 << 24), by_libsndfile(*encoded)
    assert np.abs(whole - parts).max() < 1e-6


def test_another_form_than_the_files_own_is_ffmpegs_work(encoded: tuple[Path, int]) -> None:
    path, channels = encoded
    assert libsndfile.opened(path, 16_000, channels) is None
    assert libsndfile.opened(path, RATE_HZ, 3 - channels) is None
    heard = np.concatenate([*files.decoded(path, 16_000, channels)])
    assert len(heard) == pytest.approx(LENGTH * 16_000 / RATE_HZ, abs=3000)


def test_without_libsndfile_ffmpeg_decodes(
    encoded: tuple[Path, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, channels = encoded
    known = libsndfile.identity()
    monkeypatch.setattr(libsndfile, "_soundfile", lambda: None)
    assert known and libsndfile.identity() == ""
    heard = np.concatenate([*files.decoded(path, RATE_HZ, channels)])
    assert np.array_equal(heard, by_ffmpeg(path, channels))


def test_what_neither_can_read_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(b"words")
    with pytest.raises(SoundError, match="ffmpeg"):
        list(files.decoded(path))
