"""Does the sound measure what its profile asks for, as delivered: every decoded file?"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place, Severity
from leafcast.narration.sound import ffmpeg
from leafcast.narration.sound.formats import aac, m4b, mp3, ogg
from leafcast.narration.sound.formats.id3 import after_id3, chapter_starts_ms
from leafcast.narration.sound.joining import GRID, RATE_HZ
from leafcast.narration.sound.levels import (
    Form,
    Levels,
    aac_key,
    measured,
    mp3_key,
    opus_key,
    read_levels,
    together,
)
from leafcast.practice.profiles import PROFILES
from leafcast.practice.project import Sound
from leafcast.state.cache import Cache, digest

ACROSS_LU: Final = 0.1
"""How much the blocks that lie across two sections may make of the loudness of the whole."""
APART_LU: Final = 1.0
"""How far the loudness of two sections may be apart."""
WHOLE: Final = ("{}.mp3", "{}.m4b", "{}.opus", "{}-slower.mp3")
FIX: Final = "It is not as it was made: delete it and run the build again"
SOFTER: Final = (
    "Where the voice is very uneven the loudness asked for cannot be had below its peaks: "
    "lower target_lufs in [sound] by the difference"
)
UNEVEN: Final = (
    "A section of a word or two, or of a very uneven voice, cannot have it below its peaks: join "
    "it to the section before it, record it more evenly, or choose another profile in [sound]"
)
ENDS: Final = (
    "Let the recording begin and end nearer its words, or choose another profile in [sound]"
)
APART: Final = (
    "If it is not meant to be softer, record it again nearer the microphone, or take the recording "
    "away so that the synthetic voice reads it"
)
PASSED_OVER: Final = {
    ffmpeg.VARIABLE: f"The ffmpeg that {ffmpeg.VARIABLE} names",
    ffmpeg.PACKAGE: "The ffmpeg that comes with leafcast",
}
FFMPEG_FIXES: Final = {
    ffmpeg.VARIABLE: f"Correct {ffmpeg.VARIABLE}, or take it away to use leafcast’s own",
    ffmpeg.PACKAGE: "The sound is right, but may differ a little from what other machines make. "
    "To mend it, delete the folder .venv and run the build again",
}
MASTER: Final = "Record it again with less noise, or choose another profile in [sound]"


@dataclass(frozen=True, slots=True)
class Level:
    """What was measured on one decoded file; `whole` is False for a section."""

    path: Path
    levels: Levels
    whole: bool


def check_sound(publication: Publication, folder: Path) -> Iterator[Finding]:
    """A finding for each file that misses its level, and for sections too far apart."""
    wanted = publication.project.practice.sound
    cache = Cache(publication.project.work / "cache")
    yield from _passed_over(ffmpeg.chosen())
    found = measure_levels(
        folder, publication.article.slug, cache, wanted, publication.project.jobs
    )
    for level in found:
        inside = level.path.relative_to(folder).as_posix()
        place = Place(f"dist/{publication.article.slug}/{inside}")
        for code, words, fix in _misses(level, wanted):
            yield Finding(code, Severity.ERROR, words, fix, place)
    yield from _chapters(folder, publication.article.slug)
    if any(_apart_counts(each, wanted) for each in found):
        yield from _apart([each for each in found if not each.whole], publication.article.slug)


def _chapters(folder: Path, slug: str) -> Iterator[Finding]:
    """A finding where the audiobook's own track has other chapters than there are."""
    path, told = folder / f"{slug}.m4b", folder / f"{slug}-chapters.json"
    if not path.exists() or not told.exists():
        return
    wanted = [
        (each["title"], round(float(each["startTime"]) * 1000))
        for each in json.loads(told.read_text("utf-8"))["chapters"]
    ]
    try:
        found = m4b.chapters(path.read_bytes())
    except (ValueError, KeyError, IndexError, struct.error):
        found = []
    if found != wanted:
        right = len(set(found) & set(wanted))
        words = f"Apple’s players find {right} of its {len(wanted)} chapters, by title and time"
        place = Place(f"dist/{slug}/{path.name}")
        yield Finding("chapters-differ", Severity.ERROR, words, FIX, place)


def _apart_counts(level: Level, wanted: Sound) -> bool:
    """Whether sections are held to one loudness: not where each meets the root mean square that
    is asked of it, for which one of few words is louder."""
    rms_db = PROFILES[wanted.profile].rms_db
    return not rms_db or not rms_db[0] <= level.levels.rms_db <= rms_db[1]


def _passed_over(used: ffmpeg.Ffmpeg) -> Iterator[Finding]:
    """A finding for each ffmpeg that comes before the one used and does not start."""
    for source, path in used.passed_over:
        words = f"{PASSED_OVER[source]} does not start ({path}). The sound was made with "
        words += f"{ffmpeg.WHEREABOUTS[used.source]}, {used.path}"
        fix = FFMPEG_FIXES[source]
        yield Finding("ffmpeg-passed-over", Severity.WARNING, words, fix)


def _misses(level: Level, wanted: Sound) -> Iterator[tuple[str, str, str]]:
    """Code, words and fix for everything a file should measure and does not."""
    profile, levels = PROFILES[wanted.profile], level.levels
    apart, within = levels.lufs - wanted.target_lufs, profile.tolerance_lu
    if level.whole and within is not None and not abs(apart) <= within:
        words = f"It measures {levels.lufs:.1f} LUFS; {wanted.target_lufs:.1f} was wanted"
        yield "level-missed", words, SOFTER if apart < 0 else FIX
    if levels.peak_dbtp > wanted.peak_dbtp:
        words = f"Its true peak is {levels.peak_dbtp:.2f} dBTP; {wanted.peak_dbtp:g} is the most"
        yield "peak-too-high", f"{words} allowed", FIX
    if profile.rms_db and not profile.rms_db[0] <= levels.rms_db <= profile.rms_db[1]:
        low, high = profile.rms_db
        words = f"Its root mean square is {levels.rms_db:.1f} dB; it must be {low:g} to {high:g}"
        yield "rms-missed", words, UNEVEN
    if profile.noise_db is not None and levels.noise_db > profile.noise_db:
        words = f"Its noise floor is {levels.noise_db:.1f} dB; {profile.noise_db:g} is the most"
        yield "noise-too-high", f"{words} allowed", MASTER
    for end, allowed in (("head", profile.head_ms), ("tail", profile.tail_ms)):
        seconds = getattr(levels, end)
        if allowed and not allowed[0] <= round(seconds * 1000) <= allowed[1]:
            low, high = (ms / 1000 for ms in allowed)
            words = f"Its {end} is quiet for {seconds:.2f} s; it must be {low:g} to {high:g} s"
            yield f"{end}-missed", words, ENDS


def _apart(sections: list[Level], slug: str) -> Iterator[Finding]:
    """A finding where one section is louder than another."""
    loud = [(each.levels.lufs, each.path) for each in sections if each.levels.power.any()]
    if loud and max(loud)[0] - min(loud)[0] > APART_LU:
        (most, louder), (least, softer) = max(loud), min(loud)
        words = f"{louder.name} is {most - least:.1f} LU louder than {softer.name}"
        place = Place(f"dist/{slug}/audio/{louder.name}")
        yield Finding("sections-apart", Severity.WARNING, words, APART, place)


# ---------------------------------------------------------------- measuring


def measure_levels(
    folder: Path, slug: str, cache: Cache, wanted: Sound, jobs: int = 1
) -> list[Level]:
    """The levels of an article's sound files as a player hears them.

    What was measured before is not measured again: in a file whose every section is known, byte
    for byte, each sounds as it does alone, to the sample, for it begins and ends in silence. Any
    other file is decoded whole, and so is one so near a bound that the blocks of loudness that
    lie across two sections could decide.
    """
    form = Form.of(wanted)
    starts = _starts(folder / f"{slug}-chapters.json")
    whole = [(folder / name.format(slug), True) for name in WHOLE]
    sections = [(path, False) for path in sorted((folder / "audio").glob("*.mp3"))]

    def level(work: tuple[Path, bool]) -> Level:
        path, is_whole = work
        names = _pieces(path, starts)
        known = [read_levels(name, form, cache) for name in names]
        parts = [each for each in known if each]
        if parts and len(parts) == len(known):
            level = Level(path, together(parts), is_whole)
            if _is_clear(level, wanted):
                return level
        return Level(path, measured(path, digest(path.read_bytes()), form, cache), is_whole)

    with ThreadPoolExecutor(jobs) as threads:
        return list(threads.map(level, [each for each in (*whole, *sections) if each[0].exists()]))


def _is_clear(level: Level, wanted: Sound) -> bool:
    """Whether a loudness reckoned from sections decides."""
    within = PROFILES[wanted.profile].tolerance_lu
    apart = abs(level.levels.lufs - wanted.target_lufs)
    return within is None or not level.whole or abs(apart - within) > ACROSS_LU


def _starts(chapters: Path) -> list[int]:
    """Where the sections start, in samples of the masters to a millisecond; none where that is
    not known."""
    if not chapters.exists():
        return []
    told = json.loads(chapters.read_text("utf-8"))["chapters"]
    return [round(float(each["startTime"]) * RATE_HZ) for each in told]


def _pieces(path: Path, starts: list[int]) -> list[str]:
    """The names of the sections in a file, by their bytes; none for a file of another make."""
    try:
        return list(PIECES[path.suffix](path.read_bytes(), starts))
    except (ValueError, KeyError, IndexError):
        return []


def _mp3_pieces(content: bytes, _starts: list[int]) -> Iterator[str]:
    frames = mp3.heard_frames(content[after_id3(content) :])
    own = [ms * RATE_HZ // 1000 for ms in chapter_starts_ms(content)]
    yield from map(mp3_key, _cut(frames, own, mp3.FRAME))


def _aac_pieces(content: bytes, starts: list[int]) -> Iterator[str]:
    yield from map(aac_key, _cut(m4b.sound_frames(content), starts, aac.FRAME))


def _opus_pieces(content: bytes, starts: list[int]) -> Iterator[str]:
    """Sections begin on the packet nearest to their time; around it is silence."""
    cuts = [round(start / GRID) * GRID * ogg.RATE_HZ // RATE_HZ for start in starts]
    pieces: list[list[bytes]] = [[]]
    at = 0
    for packet in ogg.packets(content)[2:]:
        size = ogg.packet_samples(packet)
        if len(pieces) < len(cuts) and at + size // 2 >= cuts[len(pieces)]:
            pieces.append([])
        pieces[-1].append(packet)
        at += size
    yield from map(opus_key, pieces)


def _cut(frames: list[memoryview], starts: list[int], frame: int) -> Iterator[list[memoryview]]:
    """The frames of each section; all of them where no starts are known."""
    cuts = [round(start / GRID) * GRID // frame for start in starts] or [0]
    for first, after in pairwise([*cuts, len(frames)]):
        yield frames[first:after]


PIECES: Final[dict[str, Callable[[bytes, list[int]], Iterator[str]]]] = {
    ".mp3": _mp3_pieces,
    ".m4b": _aac_pieces,
    ".opus": _opus_pieces,
}
