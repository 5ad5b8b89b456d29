"""Is the sound as loud as it should be, as delivered: measured on the decoded MP3s?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from leafcast.narration.loudness import integrated_lufs, true_peak_dbtp
from leafcast.narration.sound import decode
from leafcast.publish.model import Publication
from leafcast.report import Finding, Place, Severity

LOUDNESS_TOLERANCE_LU: Final = 0.5


def check_sound(publication: Publication, folder: Path) -> Iterator[Finding]:
    """A finding when the episode misses its level, or any file is too near full scale."""
    wanted = publication.project.practice.sound
    episode = folder / f"{publication.article.slug}.mp3"
    for path in (episode, *sorted((folder / "audio").glob("*.mp3"))):
        if not path.exists():
            continue
        place = Place(f"dist/{publication.article.slug}/{path.relative_to(folder).as_posix()}")
        rate, samples = decode(path)
        if path == episode:
            lufs = integrated_lufs(samples, rate)
            if abs(lufs - wanted.target_lufs) > LOUDNESS_TOLERANCE_LU:
                yield Finding(
                    "level-missed",
                    Severity.ERROR,
                    f"It measures {lufs:.1f} LUFS; {wanted.target_lufs:.1f} was wanted",
                    "Run the build again; if it stays, please report it",
                    place,
                )
        peak = true_peak_dbtp(samples, rate)
        if peak > wanted.peak_dbtp:
            yield Finding(
                "peak-too-high",
                Severity.ERROR,
                f"Its true peak is {peak:.1f} dBTP; {wanted.peak_dbtp:.1f} is the most allowed",
                "Run the build again; if it stays, please report it",
                place,
            )
