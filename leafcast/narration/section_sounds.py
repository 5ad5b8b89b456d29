"""The sound of the sections as they are published, for what is made of it."""

from __future__ import annotations

from typing import Final

from leafcast.document.errors import SoundError
from leafcast.document.publication import Publication
from leafcast.narration.sound.formats.id3 import after_id3

EDITION: Final = "sections"


def section_sounds(publication: Publication) -> tuple[bytes, ...]:
    """The MP3 of each passage as published, without its tag.

    Raises SoundError when they are not those of the narration.
    """
    passages = publication.narration.passages if publication.narration else ()
    files = [offer.where for offer in publication.offers if offer.edition == EDITION]
    if len(files) != len(passages):
        raise SoundError(
            f"There are {len(files)} files of sections for {len(passages)} parts of the narration",
            "Build without naming editions, so that the sections are made too",
        )
    sounds = (path.read_bytes() for path in files)
    return tuple(sound[after_id3(sound) :] for sound in sounds)


def sections_in_one(publication: Publication) -> bytes:
    """The sections as one MP3 without a tag; nothing where none are published.

    Raises SoundError when they are not those of the narration.
    """
    if not any(offer.edition == EDITION for offer in publication.offers):
        return b""
    from leafcast.narration.sound.formats import mp3  # it needs NumPy, which a page alone does not

    return mp3.chained(section_sounds(publication))
