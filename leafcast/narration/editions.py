"""The editions one hears: an MP3 a section, the whole episode, and the same told more slowly.

The episode has its MP3 at `bitrate_kbps`, all others have theirs at `sections_kbps`; see `Sound`.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from leafcast.design.cover_art import cover_of
from leafcast.document.errors import SoundError
from leafcast.document.publication import Publication
from leafcast.locale.language import language_of
from leafcast.narration import transcript
from leafcast.narration.model import Narration
from leafcast.narration.sound.at_level import Section
from leafcast.narration.sound.encoders import CODECS
from leafcast.narration.sound.encoding import (
    encode_sections,
    m4b_file,
    mp3_file,
    opus_file,
)
from leafcast.narration.sound.formats.id3 import Chapter, Tags
from leafcast.narration.sound.mastering import master_name
from leafcast.practice.project import Sound
from leafcast.state.cache import Cache, write_beside


def write_sections(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """audio/NN-<section>.mp3, one for each passage."""
    passages = _narration(publication).passages
    tags = _tags(publication, cover_of(publication).small)
    written = []
    for passage, section in zip(passages, _smaller(publication), strict=True):
        track = replace(
            tags, title=passage.title, track=passage.number, tracks=len(passages), chapters=()
        )
        name = f"audio/{master_name(passage.number, passage.id)}.mp3"
        written.append(_written(folder / name, mp3_file([section], track)))
    return tuple(written)


def write_episode(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """The whole narration as MP3, M4B and Opus, with its transcripts, chapters and cover."""
    narration, article = _narration(publication), publication.article
    language = language_of(article.language)
    cover = cover_of(publication)
    tags = _tags(publication, cover.embedded)
    speaker = language.gettext("Synthetic voice") if narration.synthetic else article.author
    channels = publication.project.practice.sound.channels
    with ThreadPoolExecutor(len(CODECS)) as encoders:
        mp3, aac, opus = encoders.map(partial(_encoded, publication), ("mp3", "aac", "opus"))
    files = {
        ".mp3": mp3_file(mp3, tags),
        ".m4b": m4b_file(aac, tags),
        ".opus": opus_file(opus, narration.rate, tags, channels),
        ".vtt": transcript.write_vtt(narration).encode(),
        ".srt": transcript.write_srt(narration).encode(),
        ".json": transcript.write_json(narration, speaker).encode(),
        "-words.json": transcript.write_words_json(narration, speaker).encode(),
        "-chapters.json": transcript.write_chapters(narration, article.author).encode(),
        "-cover.jpg": cover.published,
    }
    return tuple(_written(folder / f"{article.slug}{end}", files[end]) for end in files)


def write_slower(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """<slug>-slower.mp3 with its chapters, and its transcript."""
    narration, article = _narration(publication), publication.article
    tags = _tags(publication, cover_of(publication).embedded)
    tags = replace(
        tags,
        title=language_of(article.language)
        .gettext("{title} (told more slowly)")
        .format(title=article.title),
    )
    files = {
        ".mp3": mp3_file(_smaller(publication), tags),
        ".vtt": transcript.write_vtt(narration).encode(),
    }
    return tuple(_written(folder / f"{article.slug}-slower{end}", files[end]) for end in files)


def _narration(publication: Publication) -> Narration:
    if publication.narration is None:
        raise SoundError("There is no narration to write")
    return publication.narration


def _cache(publication: Publication) -> Cache:
    return Cache(publication.project.work / "cache")


def _encoded(publication: Publication, codec: str) -> list[Section]:
    return _sections(publication, codec, publication.project.practice.sound)


def _smaller(publication: Publication) -> list[Section]:
    """The sections' MP3s at their own rate."""
    return _sections(publication, "mp3", publication.project.practice.sound.of_sections)


def _sections(publication: Publication, codec: str, wanted: Sound) -> list[Section]:
    passages, jobs = _narration(publication).passages, publication.project.jobs
    return encode_sections(passages, codec, wanted, _cache(publication), jobs)


def _written(path: Path, content: bytes) -> Path:
    write_beside(path, content)
    return path


def _tags(publication: Publication, cover: bytes) -> Tags:
    article, practice = publication.article, publication.project.practice
    narration = _narration(publication)

    def milliseconds(at: int) -> int:
        return round(at * 1000 / narration.rate)

    return Tags(
        title=article.title,
        artist=article.author,
        album=article.title,
        language=article.language,
        year=article.published.year,
        website=practice.address(article.slug),
        cover_jpeg=cover,
        chapters=tuple(
            Chapter(passage.title, milliseconds(passage.start), milliseconds(passage.end))
            for passage in narration.passages
        ),
    )
