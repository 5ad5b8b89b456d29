"""The files one hears: exact to the sample, at their level, and saying what they are."""

from __future__ import annotations

import json
import re
import struct
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import chain
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from scipy import signal

from leafcast.checks.sound import check_sound, measure_levels
from leafcast.checks.transcript import read_captions
from leafcast.design import cover_art
from leafcast.design.cover_art import (
    SIDE_PX,
    Covers,
    Named,
    cover_of,
    covers,
    draw_cover,
    draw_motif,
    faces_of,
)
from leafcast.design.palette import palette_of
from leafcast.document.article import Article
from leafcast.document.errors import SettingsError, SoundError
from leafcast.document.publication import Publication
from leafcast.narration.editions import (
    write_episode,
    write_sections,
    write_slower,
)
from leafcast.narration.model import (
    Cast,
    Clip,
    Cue,
    Narration,
    Passage,
    Pause,
    Script,
    SpokenPassage,
    Utterance,
    VoiceSpec,
    WordCue,
)
from leafcast.narration.sound import wave as files
from leafcast.narration.sound.at_level import Section
from leafcast.narration.sound.encoders import Codec
from leafcast.narration.sound.encoding import encode_sections, m4b_file
from leafcast.narration.sound.formats import aac, m4b, mp3, ogg
from leafcast.narration.sound.formats.id3 import Chapter, Tags, chapter_starts_ms, id3
from leafcast.narration.sound.joining import GRID, RATE_HZ
from leafcast.narration.sound.mastering import Bench, master
from leafcast.narration.transcript import (
    timestamp,
    write_chapters,
    write_json,
    write_srt,
    write_vtt,
    write_words_json,
)
from leafcast.page.media import media_type, mp3_seconds, seconds_of
from leafcast.practice.profiles import PROFILES
from leafcast.practice.project import (
    Look,
    Practice,
    Project,
    Sound,
    load_project,
    read_practice,
    shipped_folder,
)
from leafcast.practice.settings import SettingsFile
from leafcast.state.cache import Cache
from tests import waves

TONE = Cast(VoiceSpec("tone", "tone"))
SECONDS = (3.0, 4.5, 2.2)
WHOLE = ("quiet.mp3", "quiet.m4b", "quiet.opus")
EVERY = (*WHOLE, "quiet-slower.mp3")


def clip(seconds: float, seed: int) -> Clip:
    """Something like speech: noise that comes and goes, of low pitch for the most part."""
    noise = np.random.default_rng(seed).normal(0, 1, round(seconds * 24_000))
    spoken = signal.sosfilt(signal.butter(2, [150, 3000], "band", fs=24_000, output="sos"), noise)
    beat = 0.55 + 0.45 * np.sin(np.arange(len(spoken)) / 24_000 * 2 * np.pi * 3)
    return Clip(24_000, (0.2 * spoken * beat).astype(np.float32))


def publication_in(folder: Path, sound: Sound | None = None) -> Publication:
    practice = Practice("A practice", "https://example.org", sound=sound or Sound())
    project = Project(folder, practice, (folder, shipped_folder()))
    parts = [
        Passage(f"p{number}", number, f"Part {number}: café & co",
                (Pause(500), Utterance(str(number), "a", f"Sentence {number}.", f"s{number}"),
                 Pause(1000)))
        for number in (1, 2, 3)
    ]  # fmt: skip
    script = Script("A quiet hour", "en-GB", tuple(parts))
    clips = {str(number): clip(seconds, number) for number, seconds in enumerate(SECONDS, 1)}
    bench = Bench(practice.sound, folder / "audio", Cache(project.work / "cache"))
    told = master(script, lambda each: clips[each.id], TONE, bench)
    article = Article(
        "quiet", "source/quiet.md", "A quiet hour", "A. Writer", "en-GB",
        date(2026, 1, 5), date(2027, 1, 5),
    )  # fmt: skip
    return Publication(article, project, told)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Publication, Path]:
    folder = tmp_path_factory.mktemp("files")
    publication = publication_in(folder)
    write_sections(publication, folder / "out")
    write_episode(publication, folder / "out")
    write_slower(publication, folder / "out")
    return publication, folder / "out"


def narration_of(publication: Publication) -> Narration:
    assert publication.narration
    return publication.narration


def master_of(spoken: SpokenPassage) -> np.ndarray:
    return waves.read(Path(spoken.master)) / 32_767


# ---------------------------------------------------------------- exact to the sample


@pytest.mark.parametrize("name", EVERY)
def test_every_section_starts_where_the_timeline_says(
    published: tuple[Publication, Path], name: str
) -> None:
    """By cross-correlation with its master: MP3 and M4B to the sample, Opus within 1.5 ms."""
    publication, folder = published
    decoded = files.decode(folder / name)[:, 0]
    for spoken in narration_of(publication).passages:
        wanted = master_of(spoken)
        around = np.pad(decoded, 2000)[spoken.start : spoken.end + 4000]
        alike = signal.correlate(around, wanted, "valid", method="fft")
        late = int(alike.argmax()) - 2000
        assert abs(late) <= (66 if name.endswith("opus") else 0)


@pytest.mark.parametrize("name", EVERY)
def test_what_is_joined_is_the_masters_within_the_codecs_noise(
    published: tuple[Publication, Path], name: str
) -> None:
    publication, folder = published
    decoded = files.decode(folder / name)[:, 0]
    wanted = np.concatenate([master_of(each) for each in narration_of(publication).passages])
    assert len(decoded) == pytest.approx(len(wanted), abs=1)
    if not name.endswith("opus"):
        noise = np.square(decoded - wanted).mean() / np.square(wanted).mean()
        assert 10 * np.log10(noise) < -15


@pytest.mark.parametrize("name", EVERY)
def test_where_sections_meet_it_is_silent(published: tuple[Publication, Path], name: str) -> None:
    publication, folder = published
    decoded = files.decode(folder / name)[:, 0]
    for spoken in narration_of(publication).passages[1:]:
        assert np.abs(decoded[spoken.start - 9000 : spoken.start + 9000]).max() < 1e-3


def test_joined_mp3_is_what_encoding_the_whole_gives(
    published: tuple[Publication, Path], tmp_path: Path
) -> None:
    publication, folder = published
    whole = np.concatenate([master_of(each) for each in narration_of(publication).passages])
    wave, encoded = tmp_path / "whole.wav", tmp_path / "whole.mp3"
    waves.write(wave, whole * 32_767, RATE_HZ)
    louder = ["-af", "volume=0.4455dB:precision=float"]
    coding = ["-c:a", "libmp3lame", "-b:a", "96k", "-reservoir", "0"]
    files.run_ffmpeg(["-i", str(wave), *louder, *coding, str(encoded)])
    one, other = (files.decode(path)[:, 0] for path in (encoded, folder / "quiet.mp3"))
    apart = np.square(one - other).mean() / np.square(whole).mean()
    assert 10 * np.log10(apart + 1e-12) < -15
    at_once = mp3.sound_frames(encoded.read_bytes()[len(id3_of(encoded)) :])
    ours = mp3.sound_frames(without_tag(folder / "quiet.mp3"))
    assert len(at_once) == len(ours)


def id3_of(path: Path) -> bytes:
    content = path.read_bytes()
    return content[: len(content) - len(without_tag(path))]


def without_tag(path: Path) -> bytes:
    content = path.read_bytes()
    if content[:3] != b"ID3":
        return content
    size = sum(byte << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
    return content[10 + size :]


def rates_of(folder: Path) -> dict[str, set[int]]:
    """The kbit/s of every frame of the MP3s of a folder, by their names."""
    files = sorted(folder.rglob("*.mp3"))
    return {
        path.relative_to(folder).as_posix(): {
            mp3.KBPS[frame[2] >> 4] for frame in mp3.sound_frames(without_tag(path))
        }
        for path in files
    }


def test_the_whole_has_its_rate_and_all_else_that_of_sections(
    published: tuple[Publication, Path],
) -> None:
    _, folder = published
    rates = rates_of(folder)
    assert rates.pop("quiet.mp3") == {96}
    assert len(rates) == 4 and all(each == {64} for each in rates.values())


def test_what_is_made_of_sections_has_their_frames(published: tuple[Publication, Path]) -> None:
    publication, folder = published
    sections = [without_tag(path) for path in sorted((folder / "audio").glob("*.mp3"))]
    told = [frame for each in sections for frame in mp3.heard_frames(each)]
    slower = without_tag(folder / "quiet-slower.mp3")
    assert mp3.heard_frames(slower) == told  # the fixture tells it at the same pace
    assert mp3.chained(sections) == slower
    last = narration_of(publication).passages[-1]
    assert len(told) * mp3.FRAME == mp3.samples_of(slower) == last.end


def test_one_changed_section_leaves_the_others_files_alone(
    published: tuple[Publication, Path], tmp_path: Path
) -> None:
    publication, folder = published
    again = write_sections(publication, tmp_path)
    assert [path.read_bytes() for path in again] == [
        path.read_bytes() for path in sorted((folder / "audio").glob("*.mp3"))
    ]


def test_all_files_are_the_same_on_every_run(
    published: tuple[Publication, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where nothing is kept: encoded and drawn anew."""
    _, folder = published
    encoded = counted(monkeypatch)
    anew = publication_in(tmp_path)
    paths = [*write_sections(anew, tmp_path / "out"), *write_episode(anew, tmp_path / "out")]
    for path in paths:
        there = folder / path.relative_to(tmp_path / "out")
        assert path.read_bytes() == there.read_bytes(), path.name
    assert set(encoded) == {"mp3 96k", "mp3 64k", "aac 80k", "opus 48k"}


def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often anything is encoded from now on, by codec and rate."""
    found: Counter[str] = Counter()
    encode = Codec.encode

    def counting(self: Codec, master: Path, gain_db: float, wanted: Sound, folder: Path) -> Path:
        found[f"{self.suffix} {self.settings(wanted)[-1]}"] += 1
        return encode(self, master, gain_db, wanted, folder)

    monkeypatch.setattr(Codec, "encode", counting)
    return found


def test_where_both_rates_are_one_nothing_is_encoded_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publication = publication_in(tmp_path, Sound(bitrate_kbps=80, sections_kbps=80))
    encoded = counted(monkeypatch)
    write_sections(publication, tmp_path / "out")
    once = encoded["mp3 80k"]
    write_episode(publication, tmp_path / "out")
    write_slower(publication, tmp_path / "out")
    assert encoded["mp3 80k"] == once >= len(SECONDS)
    assert set(chain(*rates_of(tmp_path / "out").values())) == {80}


@pytest.mark.parametrize("name", ["quiet.mp3", "quiet.m4b", "quiet.opus", "audio/02-p2.mp3"])
def test_a_file_says_how_long_it_lasts(published: tuple[Publication, Path], name: str) -> None:
    publication, folder = published
    passages = narration_of(publication).passages
    lasts = passages[1].end - passages[1].start if "audio" in name else passages[-1].end
    assert seconds_of(folder / name) == pytest.approx(lasts / RATE_HZ, abs=0.051)


def test_what_is_no_sound_has_no_length(tmp_path: Path) -> None:
    for name in ("x.mp3", "x.m4b", "x.opus"):
        (tmp_path / name).write_bytes(b"this is no sound at all")
        assert seconds_of(tmp_path / name) == 0.0


# ---------------------------------------------------------------- MP3 by its frames


def test_the_info_header_counts_what_is_there(published: tuple[Publication, Path]) -> None:
    publication, folder = published
    content = without_tag(folder / "quiet.mp3")
    sound = b"".join(mp3.sound_frames(content))
    at = content.find(b"Info")
    frames, size = struct.unpack_from(">II", content, at + 8)
    assert frames == len(mp3.sound_frames(content))
    assert size == len(content)
    assert mp3.samples_of(content) == narration_of(publication).passages[-1].end
    assert struct.unpack_from(">I", content, at + 148) == (len(content),)
    assert struct.unpack_from(">H", content, at + 152) == (slow_crc(sound),)
    assert struct.unpack_from(">H", content, at + 154) == (slow_crc(content[: at + 154]),)
    contents = content[at + 16 : at + 116]
    assert sorted(contents) == list(contents)


def slow_crc(content: bytes) -> int:
    """CRC-16 bit by bit: x¹⁶ + x¹⁵ + x² + 1, reflected."""
    crc = 0
    for byte in content:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


@given(st.binary(max_size=300), st.integers(0, 3))
@settings(max_examples=30, deadline=None)
def test_a_checksum_in_columns_is_the_checksum(content: bytes, times: int) -> None:
    long = content * (times * 40)
    assert mp3.crc16(long[:20_000]) == slow_crc(long[:20_000])


def test_the_checksum_has_its_known_answer() -> None:
    assert mp3.crc16(b"123456789") == 0xBB3D


@pytest.mark.parametrize("content", [b"no sound", b"\xff\xfb\x90", b"\xff\xfb\xf0\x00" * 200])
def test_what_is_no_frame_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"frame|head|rate"):
        mp3.frames(content)


def test_what_is_no_adts_or_ogg_or_mp4_is_refused() -> None:
    with pytest.raises(ValueError, match="ADTS"):
        aac.frames(b"nothing here")
    with pytest.raises(ValueError, match="Ogg"):
        ogg.packets(b"nothing here")
    with pytest.raises(ValueError, match=r"MP4|cut short"):
        list(m4b.boxes(memoryview(b"nothing here")))


# ---------------------------------------------------------------- Opus by its packets


@given(st.lists(st.integers(1, 40), min_size=1, max_size=12))
@settings(max_examples=30, deadline=None)
def test_sections_of_opus_never_drift(grids: list[int]) -> None:
    """Whatever their lengths, each begins within 1.25 ms of its time."""
    heads = ogg_of([b"OpusHead", b"OpusTags"])
    sections = [
        (heads + ogg_of([bytes([0xFC, number, at % 250]) for at in range(grid * 11 + 3)]),
         grid * GRID)
        for number, grid in enumerate(grids)
    ]  # fmt: skip
    told, total = ogg.joined(sections, RATE_HZ)
    at, starts = 0, {}
    for packet, size in told:
        assert ogg.packet_samples(packet) == size
        if not ogg.is_silence(packet):
            starts.setdefault(packet[1], at)
        at += size
    ends = np.cumsum([0, *(length for _, length in sections)]) * 48_000 / RATE_HZ
    assert total == round(ends[-1])
    for number, end in enumerate(ends[:-1]):
        assert abs(starts[number] - end) <= 60 + 1


def ogg_of(packets: list[bytes]) -> bytes:
    pages = ogg._Pages()
    for packet in packets:
        pages.add([packet], 0)
    return b"".join(pages.written)


@given(st.lists(st.binary(max_size=70_000), min_size=1, max_size=3))
@settings(max_examples=30, deadline=None)
def test_packets_survive_their_pages(packets: list[bytes]) -> None:
    assert ogg.packets(ogg_of(packets)) == packets


def test_oggs_checksum_is_the_recurrence_of_its_specification() -> None:
    for content in (b"", b"OggS", bytes(range(256)) * 3):
        crc = 0
        for byte in content:
            crc ^= byte << 24
            for _ in range(8):
                crc = (crc << 1 ^ (0x04C11DB7 if crc & 0x80000000 else 0)) & 0xFFFFFFFF
        assert ogg.crc32(content) == crc


# ---------------------------------------------------------------- level


def test_every_whole_file_is_at_its_level(published: tuple[Publication, Path]) -> None:
    publication, folder = published
    sound = publication.project.practice.sound
    levels = measure_levels(folder, "quiet", Cache(folder / "another cache"), sound)
    assert [each.path.name for each in levels if each.whole] == [*EVERY]
    assert len(levels) == 7
    for each in levels:
        assert each.levels.lufs == pytest.approx(-16, abs=0.5)
        assert each.levels.peak_dbtp <= -1


def test_a_file_of_known_sections_is_not_decoded_again(
    published: tuple[Publication, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And measures what it measures when it is."""
    publication, folder = published
    sound = publication.project.practice.sound
    decoded = measure_levels(folder, "quiet", Cache(folder / "a third cache"), sound)
    monkeypatch.setattr("leafcast.narration.sound.levels.decoded", None)
    known = measure_levels(folder, "quiet", Cache(publication.project.work / "cache"), sound)
    for one, other in zip(decoded, known, strict=True):
        assert one.path == other.path
        assert one.levels.lufs == pytest.approx(other.levels.lufs, abs=0.05)
        assert one.levels.peak_dbtp == pytest.approx(other.levels.peak_dbtp, abs=0.05)
        assert one.levels.seconds == pytest.approx(other.levels.seconds, abs=0.03)


def found(publication: Publication, folder: Path, spoilt: Callable[[Path], None]) -> set[str]:
    """The codes of the findings on a copy of the files, spoilt."""
    copy = folder.parent / f"copy-{spoilt.__name__}" / "quiet"
    for path in folder.rglob("*"):
        if path.is_file():
            target = copy / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    spoilt(copy)
    return {finding.code for finding in check_sound(publication, copy)}


def encoded_as(path: Path, filters: str) -> None:
    louder = path.with_name(f"louder{path.suffix}")
    files.run_ffmpeg(["-i", str(path), "-map", "0:a", "-af", filters, str(louder)])
    path.write_bytes(louder.read_bytes())
    louder.unlink()


def test_the_check_finds_nothing_in_what_is_right(published: tuple[Publication, Path]) -> None:
    def as_it_is(folder: Path) -> None:
        """Nothing."""

    assert found(*published, as_it_is) == set()


@pytest.mark.parametrize("name", EVERY)
def test_the_check_hears_a_file_that_is_too_soft(
    published: tuple[Publication, Path], name: str
) -> None:
    def too_soft(folder: Path) -> None:
        encoded_as(folder / name, "volume=-2dB")

    assert found(*published, too_soft) == {"level-missed"}


def test_the_check_hears_a_peak(published: tuple[Publication, Path]) -> None:
    def peaking(folder: Path) -> None:
        encoded_as(folder / "audio/02-p2.mp3", "volume=6dB")

    assert found(*published, peaking) == {"peak-too-high", "sections-apart"}


def test_the_check_hears_one_bad_frame_in_the_episode(published: tuple[Publication, Path]) -> None:
    """A file whose bytes are not its sections' is decoded and measured itself."""

    def cut(folder: Path) -> None:
        path = folder / "quiet.mp3"
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 3])

    publication, folder = published
    before = measure_levels(folder, "quiet", Cache(publication.project.work / "cache"), Sound())
    assert found(publication, folder, cut) <= {"level-missed"}
    short = folder.parent / "copy-cut" / "quiet"
    after = measure_levels(short, "quiet", Cache(publication.project.work / "cache"), Sound())
    assert after[0].levels.seconds < before[0].levels.seconds / 2


# ---------------------------------------------------------------- profiles


def practice_with(sound: str) -> Practice:
    text = f'[practice]\nname = "A"\nwebsite = "https://a.org"\n[sound]\n{sound}\n'
    return read_practice(SettingsFile("practice.toml", text, tomllib.loads(text)))


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_gives_what_is_not_given(name: str) -> None:
    sound = practice_with(f'profile = "{name}"\nbitrate_kbps = 128').sound
    assert sound.sections_kbps == PROFILES[name].sections_kbps
    assert sound.target_lufs == PROFILES[name].target_lufs
    assert sound.peak_dbtp == PROFILES[name].peak_dbtp
    assert sound.bitrate_kbps == 128


def test_a_shop_that_takes_sections_gets_them_at_the_rate_it_asks_for() -> None:
    """ACX: 192 kbit/s or more; what is broadcast is not made smaller either."""
    assert practice_with('profile = "acx"').sound.of_sections.bitrate_kbps == 192
    assert practice_with('profile = "broadcast"').sound.of_sections.bitrate_kbps == 192
    assert practice_with("sections_kbps = 128").sound.of_sections.bitrate_kbps == 128


def test_the_usual_profile_is_what_stands_without_one() -> None:
    assert practice_with("").sound == Sound()
    assert (
        PROFILES["podcast"].settings().items()
        <= {name: getattr(Sound(), name) for name in PROFILES["podcast"].settings()}.items()
    )


def test_a_profile_that_does_not_exist_is_named_with_the_nearest() -> None:
    with pytest.raises(SettingsError) as raised:
        practice_with('profile = "podcasts"')
    assert raised.value.line == 5
    assert "“podcast”" in raised.value.hint


@pytest.mark.parametrize("name", PROFILES)
def test_each_profile_measures_what_it_asks_for(tmp_path: Path, name: str) -> None:
    sound = practice_with(f'profile = "{name}"').sound
    publication = publication_in(tmp_path, sound)
    write_sections(publication, tmp_path / "quiet")
    write_episode(publication, tmp_path / "quiet")
    findings = [*check_sound(publication, tmp_path / "quiet")]
    assert not findings, [each.message for each in findings]


def test_two_channels_are_measured_as_two(tmp_path: Path) -> None:
    publication = publication_in(tmp_path, Sound(channels=2))
    write_sections(publication, tmp_path / "quiet")
    write_episode(publication, tmp_path / "quiet")
    assert not [*check_sound(publication, tmp_path / "quiet")]
    head = mp3.sound_frames(without_tag(tmp_path / "quiet/quiet.mp3"))[0]
    assert head[3] >> 6 != mp3.MONO
    assert seconds_of(tmp_path / "quiet/quiet.opus") == seconds_of(tmp_path / "quiet/quiet.mp3")


def test_an_audiobook_that_misses_its_profile_is_told_how(tmp_path: Path) -> None:
    """ACX: too loud as a whole, too short a tail, and noise where it should be quiet."""
    publication = publication_in(tmp_path, practice_with('profile = "acx"').sound)
    (path, *_) = write_sections(publication, tmp_path / "quiet")
    encoded_as(path, "volume=9dB,atrim=end=4.2")
    codes = {finding.code for finding in check_sound(publication, tmp_path / "quiet")}
    assert {"rms-missed", "tail-missed", "sections-apart"} <= codes
    noise = np.random.default_rng(3).normal(0, 0.01, 5 * RATE_HZ)
    waves.write(tmp_path / "noise.wav", noise * 32_767, RATE_HZ)
    files.run_ffmpeg(["-i", str(tmp_path / "noise.wav"), str(path)])
    codes = {finding.code for finding in check_sound(publication, tmp_path / "quiet")}
    assert "noise-too-high" in codes


# ---------------------------------------------------------------- tags and chapters


def test_the_same_sound_is_encoded_once(
    published: tuple[Publication, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    publication, _ = published
    monkeypatch.setattr("leafcast.narration.sound.encoding.run_ffmpeg", None)
    passages = narration_of(publication).passages
    sections = encode_sections(passages, "mp3", Sound(), Cache(publication.project.work / "cache"))
    assert [each.length for each in sections] == [each.end - each.start for each in passages]


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
        "Café", "Sarah James", "Album", "en-GB", 2026, "https://example.org/x", 2, 9, b"JPEG"
    )
    frames = dict(frames_of(id3(tags)))
    assert frames[b"TIT2"] == b"\x01" + "Café".encode("utf-16")
    assert frames[b"TRCK"].endswith("2/9".encode("utf-16-le"))
    assert frames[b"TCOP"].endswith("2026 Sarah James".encode("utf-16-le"))
    assert frames[b"TLAN"].endswith("eng".encode("utf-16-le"))
    assert frames[b"WOAF"] == b"https://example.org/x"
    assert frames[b"APIC"] == b"\0image/jpeg\0\x03\0JPEG"


def test_chapters_are_in_time_order_and_the_contents_name_them_all() -> None:
    chapters = (Chapter("One", 0, 1500), Chapter("Two", 1500, 4000))
    tag = id3(Tags("T", "A", "B", "en-GB", 2026, chapters=chapters))
    frames = frames_of(tag)
    names = [name for name, _ in frames]
    assert names[-3:] == [b"CTOC", b"CHAP", b"CHAP"]
    contents = frames[-3][1]
    assert contents == b"toc\0\x03\x02chapter0\0chapter1\0"
    start, end = struct.unpack(">II", frames[-1][1][9:17])
    assert (start, end) == (1500, 4000)
    assert chapter_starts_ms(tag + b"\xff\xfb") == [0, 1500]


@pytest.mark.parametrize("name", WHOLE)
def test_players_find_every_chapter_with_its_title(
    published: tuple[Publication, Path], name: str
) -> None:
    publication, folder = published
    told = files.run_ffmpeg(["-i", str(folder / name), "-f", "ffmetadata", "-"]).decode()
    titles = [line for line in told.splitlines() if line.startswith("title=Part")]
    assert titles == [f"title=Part {number}: café & co" for number in (1, 2, 3)]
    starts = [line for line in told.splitlines() if line.startswith("START=")]
    assert len(starts) == len(narration_of(publication).passages)


def test_a_book_has_all_its_chapters_however_long_in_the_track_that_apple_reads(
    published: tuple[Publication, Path],
) -> None:
    """76 s was the longest where time was counted as ADTS counts it."""
    publication, folder = published
    passages = narration_of(publication).passages
    wanted = [(each.title, round(each.start * 1000 / RATE_HZ)) for each in passages]
    assert m4b.chapters((folder / "quiet.m4b").read_bytes()) == wanted
    whole = encode_sections(passages, "aac", Sound(), Cache(publication.project.work / "cache"))
    long = [Section(whole[0].encoded * 30, whole[0].length * 30)] * 3
    chapters = [Chapter(f"Chapter {at}: ŵ", at * 135_000, (at + 1) * 135_000) for at in range(3)]
    book = m4b_file(long, Tags("T", "A", "T", "cy", 2026, chapters=tuple(chapters)))
    assert m4b.brand(book) == "M4B "
    assert m4b.language(book) == "cym"
    assert m4b.chapters(book) == [(each.title, each.start_ms) for each in chapters]
    assert m4b.language(book) == "cym"


def test_the_check_finds_a_book_whose_chapters_are_not_all_there(
    published: tuple[Publication, Path],
) -> None:
    def without(folder: Path) -> None:
        book = folder / "quiet.m4b"
        plain = ["-i", str(book), "-map", "0:a", "-map_chapters", "-1", "-c", "copy"]
        files.run_ffmpeg([*plain, str(folder / "plain.m4b")])
        (folder / "plain.m4b").replace(book)

    def renamed(folder: Path) -> None:
        book = folder / "quiet.m4b"
        content = book.read_bytes()
        book.write_bytes(content.replace("Part 2: café".encode(), "Part 7: café".encode()))

    for spoilt in (without, renamed):
        assert "chapters-differ" in found(*published, spoilt)


@pytest.mark.parametrize("name", WHOLE)
def test_the_title_of_a_book_is_the_articles(
    published: tuple[Publication, Path], name: str
) -> None:
    """Libraries of audiobooks take the book's title from its album, and its language as said."""
    _, folder = published
    told = files._ffmpeg(["-i", str(folder / name), "-t", "0", "-f", "null", "-"])
    albums = re.findall(r"(?im)^ *album *: (.*?)\r?$", told.stderr.decode())
    assert set(albums) == {"A quiet hour"}
    assert m4b.language((folder / "quiet.m4b").read_bytes()) == "eng"


@pytest.mark.parametrize("name", [*WHOLE, "audio/01-p1.mp3"])
def test_players_find_the_cover(
    published: tuple[Publication, Path], name: str, tmp_path: Path
) -> None:
    _, folder = published
    files.run_ffmpeg(["-i", str(folder / name), "-map", "0:v", "-frames:v", "1",
                      str(tmp_path / "cover.png")])  # fmt: skip
    with Image.open(tmp_path / "cover.png") as cover:
        assert cover.size == ((600, 600) if "audio" in name else (1400, 1400))


# ---------------------------------------------------------------- cover


def test_the_cover_is_as_players_ask_for_it(published: tuple[Publication, Path]) -> None:
    publication, folder = published
    with Image.open(folder / "quiet-cover.jpg") as cover:
        assert (cover.format, cover.mode, cover.size) == ("JPEG", "RGB", (SIDE_PX, SIDE_PX))
    assert len(cover_of(publication).embedded) < 300_000


def test_a_cover_that_editions_want_at_once_is_drawn_once(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []
    begun = Barrier(3)

    def draw(*_: object) -> Image.Image:
        drawn.append(1)
        time.sleep(0.05)
        return Image.new("RGB", (SIDE_PX, SIDE_PX))

    def ask(project: Project) -> Covers:
        begun.wait(10)
        return covers(project, Look(), Named("woven", "Rest", "A. Writer"))

    monkeypatch.setattr(cover_art, "draw_cover", draw)
    with ThreadPoolExecutor(3) as editions:
        asked = list(editions.map(ask, [load_project(practice)] * 3))
    assert (len(drawn), len(set(asked))) == (1, 1)
    assert asked[0].small.startswith(b"\xff\xd8")


@pytest.mark.parametrize("title", ["Rest", "A quiet hour", "What to expect " * 9, "Un" * 60])
def test_the_title_is_large_enough_to_read_when_small(
    published: tuple[Publication, Path], title: str
) -> None:
    """At 300 pixels: light words on the accent, inside the margins, above the motif."""
    publication, _ = published
    faces, motif = faces_of(publication.project), "woven"
    bare = draw_cover(Look(), Named(motif, "", ""), faces)
    cover = draw_cover(Look(), Named(motif, title, "A. Writer"), faces)
    letters = np.argwhere(np.any(np.asarray(cover) != np.asarray(bare), axis=2))
    assert letters[:, 0].min() > 0.06 * SIDE_PX
    drawn = draw_motif(palette_of(Look()), motif, SIDE_PX)
    assert letters[:, 0].max() < SIDE_PX - drawn.height
    assert letters[:, 1].min() > 0.06 * SIDE_PX
    if " " in title or len(title) < 20:
        assert letters[:, 1].max() <= 0.93 * SIDE_PX


# ---------------------------------------------------------------- transcripts


def spoken_words() -> Narration:
    words = (WordCue(44_100, 50_000, 0, 3), WordCue(50_000, 88_200, 4, 9))
    cues = (
        Cue("s-a", "One two.", 44_100, 88_200, (words[0], replace(words[1], text_end=8))),
        Cue("s-b", "<3 & “4”", 90_000, 90_001),
    )
    parts = (SpokenPassage("p", 1, "Part", 0, 100_000, cues, ""),)
    return Narration("T", "en-GB", "tone", True, 44_100, parts)


def test_the_transcript_is_webvtt_with_a_cue_a_sentence() -> None:
    lines = write_vtt(spoken_words()).splitlines()
    assert lines[:5] == ["WEBVTT", "", "s-a", "00:00:01.000 --> 00:00:02.000", "One two."]
    assert lines[-1] == "&lt;3 &amp; “4”"


def test_subrip_counts_its_cues() -> None:
    blocks = write_srt(spoken_words()).split("\n\n")
    assert blocks[0] == "1\n00:00:01,000 --> 00:00:02,000\nOne two."
    assert blocks[1] == "2\n00:00:02,041 --> 00:00:02,042\n<3 & “4”\n"


ODD_CAPTIONS = {
    "a --> b": "a → b",
    "00:00:01,000 --> 00:00:02,000": "00:00:01,000 → 00:00:02,000",
    "-->": "→",
    "12": "12",
    "<script>pwn()</script>": "‹script›pwn()‹/script›",
    "a < b, and c > d": "a ‹ b, and c › d",
    "x<3 & 4>": "x‹3 & 4›",
    "I <3 you": "I <3 you",
    "&lt;i&gt;": "&lt;i&gt;",
    "{\\an8}up {y:i}": "(\\an8)up (y:i)",
}
"""What an article may say, and how SubRip says it so that no player leaves any of it out."""


def test_no_player_of_subrip_loses_a_caption_or_a_word(tmp_path: Path) -> None:
    cues = tuple(
        Cue(f"s-{number}", text, number * RATE_HZ, (number + 1) * RATE_HZ - 1)
        for number, text in enumerate(ODD_CAPTIONS)
    )
    parts = (SpokenPassage("p", 1, "Part", 0, len(cues) * RATE_HZ, cues, ""),)
    narration = Narration("T", "en-GB", "tone", True, RATE_HZ, parts)
    subrip = write_srt(narration)
    assert [each.split("\n")[2] for each in subrip.split("\n\n")] == [*ODD_CAPTIONS.values()]
    (tmp_path / "x.srt").write_text(subrip, "utf-8")
    played = files.run_ffmpeg(["-i", str(tmp_path / "x.srt"), "-f", "webvtt", "-"]).decode()
    assert [each.words for each in read_captions(played)] == [
        unescape(words) for words in ODD_CAPTIONS.values()
    ]
    read = [each.words for each in read_captions(write_vtt(narration))]
    assert read == [*ODD_CAPTIONS]  # WebVTT has signs for them


def test_the_json_transcripts_are_the_podcast_namespaces() -> None:
    told = json.loads(write_json(spoken_words(), "Synthetic voice"))
    assert told["version"] == "1.0.0"
    assert told["segments"][0] == {
        "speaker": "Synthetic voice", "startTime": 1.0, "endTime": 2.0, "body": "One two.",
    }  # fmt: skip
    words = json.loads(write_words_json(spoken_words(), "S"))["segments"]
    assert [each["body"] for each in words] == ["One", "two.", "<3 & “4”"]
    assert words[1]["startTime"] == pytest.approx(50_000 / 44_100, abs=0.001)


def test_the_chapters_are_json_chapters() -> None:
    told = json.loads(write_chapters(spoken_words(), "A"))
    assert told == {
        "version": "1.2.0", "title": "T", "author": "A",
        "chapters": [{"startTime": 0.0, "endTime": 2.268, "title": "Part"}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("milliseconds", "written"),
    [(0, "00:00:00.000"), (61_001, "00:01:01.001"), (3_600_000 * 12 + 5, "12:00:00.005")],
)
def test_times_are_written_with_all_their_digits(milliseconds: int, written: str) -> None:
    assert timestamp(milliseconds) == written


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.m4b", "audio/mp4"), ("a.opus", "audio/ogg"), ("a.srt", "application/x-subrip"),
     ("a-chapters.json", "application/json+chapters"), ("a.json", "application/json"),
     ("a-cover.jpg", "image/jpeg"), ("library.css", "text/css"),
     ("words.js", "text/javascript"), ("podcast.xml", "application/xml"), ("a.odd", "application/octet-stream")],
)  # fmt: skip
def test_media_types_are_those_that_feeds_and_servers_name(name: str, kind: str) -> None:
    assert media_type(Path(name)) == kind


def test_an_mp3_without_a_header_has_no_length(tmp_path: Path) -> None:
    (tmp_path / "x.mp3").write_bytes(b"\xff\xfb\x90\x00" + bytes(400))
    assert mp3_seconds(tmp_path / "x.mp3") == 0.0
