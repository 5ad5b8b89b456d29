"""Is the sound as loud as it should be, as delivered: measured on the decoded MP3s?"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from leafcast.cache import Cache, digest
from leafcast.narration.loudness import integrated_lufs, true_peak_dbtp
from leafcast.narration.sound import decode
from leafcast.publish.model import Publication
from leafcast.report import Finding, Place, Severity

LOUDNESS_TOLERANCE_LU: Final = 0.5
VERSION: Final = 2
"""Counted up when the same file would be measured otherwise."""


@dataclass(frozen=True, slots=True)
class Level:
    """What was measured on one decoded file; `lufs` on the episode alone."""

    path: Path
    peak_dbtp: float
    lufs: float | None


def check_sound(publication: Publication, folder: Path) -> Iterator[Finding]:
    """A finding when the episode misses its level, or any file is too near full scale."""
    wanted = publication.project.practice.sound
    cache = Cache(publication.project.work / "cache")
    for level in measure_levels(folder, publication.article.slug, cache, wanted.peak_dbtp):
        inside = level.path.relative_to(folder).as_posix()
        place = Place(f"dist/{publication.article.slug}/{inside}")
        fix = "Run the build again; if it stays, please report it"
        if level.lufs is not None and abs(level.lufs - wanted.target_lufs) > LOUDNESS_TOLERANCE_LU:
            words = f"It measures {level.lufs:.1f} LUFS; {wanted.target_lufs:.1f} was wanted"
            yield Finding("level-missed", Severity.ERROR, words, fix, place)
        if level.peak_dbtp > wanted.peak_dbtp:
            words = (
                f"Its true peak is {level.peak_dbtp:.1f} dBTP; "
                f"{wanted.peak_dbtp:.1f} is the most allowed"
            )
            yield Finding("peak-too-high", Severity.ERROR, words, fix, place)


def measure_levels(
    folder: Path, slug: str, cache: Cache, most_dbtp: float = float("-inf")
) -> list[Level]:
    """The levels of an article's MP3s as a player hears them, each file measured once.

    Peaks are exact from `most_dbtp` on; below it they need no exact figure.
    """
    episode = folder / f"{slug}.mp3"
    paths = [p for p in (episode, *sorted((folder / "audio").glob("*.mp3"))) if p.exists()]

    def measure(path: Path) -> Level:
        key = digest(VERSION, path.read_bytes(), path == episode, str(most_dbtp))
        if (stored := cache.read("levels", key)) is not None:
            peak_dbtp, lufs = json.loads(stored)
        else:
            rate, samples = decode(path)
            lufs = integrated_lufs(samples, rate) if path == episode else None
            peak_dbtp = true_peak_dbtp(samples, most_dbtp)
            cache.write("levels", key, json.dumps([peak_dbtp, lufs]).encode())
        return Level(path, peak_dbtp, lufs)

    with ThreadPoolExecutor(os.cpu_count() or 1) as hands:
        return list(hands.map(measure, paths))
