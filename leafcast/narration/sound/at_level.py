"""A section encoded so that what a decoder gives of it has its loudness, and no peak too high.

An encoder adds to a peak, and takes from the loudness of a short text, what cannot be foretold.
What it gives is decoded and measured; where it is not as it should be, the section is encoded
again, from a master that is limited lower or made louder.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from leafcast.document.errors import SoundError
from leafcast.narration.model import SpokenPassage
from leafcast.narration.sound.encoders import CODECS
from leafcast.narration.sound.formats import aac, mp3, ogg
from leafcast.narration.sound.joining import RATE_HZ
from leafcast.narration.sound.levelling import Aim, write_levelled
from leafcast.narration.sound.levels import Form, Levels, aac_key, measured, mp3_key, opus_key
from leafcast.narration.sound.loudness import gated_lufs, power_of
from leafcast.narration.sound.wave import wave_parts
from leafcast.practice.profiles import ENCODER_OVERSHOOT_DB, PROFILES
from leafcast.practice.project import Sound
from leafcast.state.cache import Cache

LEVEL_ROUNDS: Final = 5
"""From then on the sound is made softer: a peak that is too high counts for more than loudness."""
MOST_ROUNDS: Final = 12
"""Each goes further down than the one before it: the last ones by several dB."""
SPARE_DB: Final = 0.1
NEAR_LU: Final = 0.25
"""How far a section's loudness may be from what was asked for; a master is as near as that."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section as one codec has it, and its length in samples of the master."""

    encoded: bytes
    length: int


@dataclass(frozen=True, slots=True)
class Change:
    """How a master is changed before it is encoded: its peaks limited lower than masters are, by
    so many dB; made louder below that, by so many LU; all made softer, by so many dB."""

    lower_db: float = 0.0
    louder_lu: float = 0.0
    softer_db: float = 0.0

    def after(self, turn: int, above_db: float, short_lu: float) -> Change:
        """What to try next, where a peak was so much too high and the loudness so much amiss."""
        down_db = above_db + SPARE_DB * (turn + 1) if above_db > 0 else 0.0
        if turn >= LEVEL_ROUNDS:
            return replace(self, softer_db=self.softer_db + down_db)
        return replace(self, lower_db=self.lower_db + down_db, louder_lu=self.louder_lu + short_lu)


def encode_at_level(passage: SpokenPassage, codec: str, wanted: Sound, cache: Cache) -> bytes:
    """The section encoded at its loudness, with no peak above what is aimed at.

    Raises SoundError where that cannot be had, or ToolMissing.
    """
    form, change = Form.of(wanted), Change()
    with tempfile.TemporaryDirectory(prefix="leafcast-") as name:
        encoder = Encoder(codec, wanted, Path(name), cache)
        for turn in range(MOST_ROUNDS):
            encoded, level = _encoded(passage, change, encoder)
            above_db = level.peak_dbtp - form.aimed_dbtp
            short_lu = _short(level, passage, wanted) if turn < LEVEL_ROUNDS else 0.0
            if above_db <= 0 and not short_lu:
                return encoded
            change = change.after(turn, above_db, short_lu)
    raise SoundError(
        f"“{passage.title}” peaks above {wanted.peak_dbtp:g} dBTP however softly it is encoded",
        "Lower target_lufs in [sound] of practice.toml by 1 and build again",
    )


@dataclass(frozen=True, slots=True)
class Encoder:
    """What a section is encoded with: a codec, the sound that is wanted, a folder to work in."""

    codec: str
    wanted: Sound
    folder: Path
    cache: Cache


def _encoded(passage: SpokenPassage, change: Change, encoder: Encoder) -> tuple[bytes, Levels]:
    """The section as a codec gives it of the master changed, and what that measures decoded."""
    codec, wanted = CODECS[encoder.codec], encoder.wanted
    source = _changed(passage, change, wanted, encoder.folder)
    path = codec.encode(source, -change.softer_db, wanted, encoder.folder)
    section = Section(path.read_bytes(), passage.end - passage.start)
    part = (codec.delay, section.length)
    name = piece_key(encoder.codec, section)
    return section.encoded, measured(path, name, Form.of(wanted), encoder.cache, part=part)


def _changed(passage: SpokenPassage, change: Change, wanted: Sound, folder: Path) -> Path:
    """The master with its peaks limited lower, as loud below them as it was or louder."""
    if not change.lower_db and not change.louder_lu:
        return Path(passage.master)
    ceiling_db = wanted.peak_dbtp - ENCODER_OVERSHOOT_DB - change.lower_db
    path, master = folder / "changed.wav", Path(passage.master)
    aim = Aim(change.louder_lu, _master_lufs(passage) + change.louder_lu)
    write_levelled(path, lambda: wave_parts(master), aim, 10 ** (ceiling_db / 20))
    return path


def _short(level: Levels, passage: SpokenPassage, wanted: Sound) -> float:
    """How many LU the section lacks; 0 where it is near enough, or as its master is meant to be."""
    rms_db = PROFILES[wanted.profile].rms_db
    if rms_db and rms_db[0] <= level.rms_db <= rms_db[1]:
        return 0.0
    if abs(level.lufs - wanted.target_lufs) <= NEAR_LU and not rms_db:
        return 0.0
    of_both = wanted.target_lufs - wanted.mono_lufs
    meant = _master_lufs(passage) + of_both
    if abs(meant - wanted.target_lufs) <= NEAR_LU:
        meant = wanted.target_lufs
    lacks = meant - level.lufs
    return lacks if NEAR_LU < abs(lacks) < float("inf") else 0.0


def _master_lufs(passage: SpokenPassage) -> float:
    return gated_lufs(power_of(wave_parts(Path(passage.master)), RATE_HZ))


def piece_key(codec: str, section: Section) -> str:
    """The name under which a section's levels are kept; see `levels`."""
    if codec == "mp3":
        return mp3_key(mp3.frames(section.encoded)[: section.length // mp3.FRAME])
    if codec == "aac":
        frames = aac.frames(section.encoded)[1 : 1 + section.length // aac.FRAME]
        return aac_key([aac.payload(frame) for frame in frames])
    return opus_key(ogg.packets(section.encoded)[2:])
