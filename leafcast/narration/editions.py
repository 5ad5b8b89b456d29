"""The editions one hears: an MP3 a section, and the whole episode with its transcript."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from leafcast.cache import Cache, write_beside
from leafcast.errors import SoundError
from leafcast.narration import sound
from leafcast.narration.cover import draw_cover
from leafcast.narration.encoding import encode_mp3, tagged
from leafcast.narration.mastering import master_name
from leafcast.narration.model import Narration, SpokenPassage
from leafcast.narration.tags import Chapter, Tags
from leafcast.narration.transcript import write_vtt
from leafcast.publish.model import Publication


def write_sections(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """audio/NN-<section>.mp3, one for each passage, encoded side by side."""
    passages = _narration(publication).passages
    cover = _cover(publication)

    def write(passage: SpokenPassage) -> Path:
        path = folder / "audio" / f"{master_name(passage.number, passage.id)}.mp3"
        encoded = _encode(publication, sound.load_wave(Path(passage.master)))
        tags = _tags(publication, passage.title, cover)
        write_beside(path, tagged(encoded, _as_track(tags, passage.number, len(passages))))
        return path

    with ThreadPoolExecutor(os.cpu_count() or 1) as encoders:
        return tuple(encoders.map(write, passages))


def write_episode(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """<slug>.mp3 with its chapters, and <slug>.vtt."""
    narration = _narration(publication)
    masters = [sound.load_wave(Path(passage.master)) for passage in narration.passages]
    encoded = _encode(publication, sound.join(masters))
    slug = publication.article.slug
    tags = _tags(publication, publication.article.title, _cover(publication))
    episode, transcript = folder / f"{slug}.mp3", folder / f"{slug}.vtt"
    write_beside(episode, tagged(encoded, _with_chapters(tags, narration)))
    write_beside(transcript, write_vtt(narration).encode())
    return episode, transcript


def _narration(publication: Publication) -> Narration:
    if publication.narration is None:
        raise SoundError("There is no narration to write")
    return publication.narration


def _encode(publication: Publication, segment: Any) -> bytes:
    cache = Cache(publication.project.work / "cache")
    return encode_mp3(segment, publication.project.practice.sound.bitrate_kbps, cache)


def _cover(publication: Publication) -> bytes:
    return draw_cover(publication.project.practice.look, publication.article.slug)


def _tags(publication: Publication, title: str, cover: bytes) -> Tags:
    article, practice = publication.article, publication.project.practice
    return Tags(
        title=title,
        artist=article.author,
        album=article.title,
        language=article.language,
        year=article.published.year,
        website=practice.address(article.slug),
        cover_png=cover,
    )


def _as_track(tags: Tags, number: int, count: int) -> Tags:
    return replace(tags, track=number, tracks=count)


def _with_chapters(tags: Tags, narration: Narration) -> Tags:
    def milliseconds(at: int) -> int:
        return round(at * 1000 / narration.rate)

    chapters = tuple(
        Chapter(passage.title, milliseconds(passage.start), milliseconds(passage.end))
        for passage in narration.passages
    )
    return replace(tags, chapters=chapters, album=tags.artist)
