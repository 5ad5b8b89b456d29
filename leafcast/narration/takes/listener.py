"""What listens to recordings: the ear and the aligner of [listen], where they are installed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from leafcast.document.errors import LeafcastError
from leafcast.narration.model import Clip, WordMark
from leafcast.narration.sound import ffmpeg
from leafcast.narration.takes.decode import Recording
from leafcast.narration.takes.words import Sounded, Word
from leafcast.state.cache import Cache, digest

HEARD: Final = "heard"


@dataclass(frozen=True, slots=True)
class Listener:
    """`hear` gives the words of a sound, `align` the places of a text's words in its sound.

    `once_more` hears a sentence by itself, where a word of it seems wrong.
    """

    hear: Callable[[Clip], tuple[Word, ...]]
    align: Callable[[Clip, str], tuple[WordMark, ...]]
    version: str
    once_more: Callable[[Clip], tuple[Word, ...]] | None = None

    def words(self, recording: Recording, cache: Cache) -> tuple[Sounded, ...]:
        """The words of a recording as the ear writes them, heard once for the same file."""
        key = digest(HEARD, recording.file.digest, self.version, ffmpeg.identity())
        if (stored := cache.read(HEARD, key)) is not None:
            return tuple(Sounded(*each) for each in json.loads(stored))
        heard = self.hear(Clip(recording.rate, recording.samples))
        words = [[each.text, each.start, each.end, float(each.probability)] for each in heard]
        cache.write(HEARD, key, json.dumps(words).encode())
        return tuple(Sounded(*each) for each in json.loads(json.dumps(words)))

    def marks(self, clip: Clip, spoken: str) -> tuple[WordMark, ...]:
        """Where the words of `spoken` lie in `clip`; none where they cannot be found."""
        try:
            return self.align(clip, spoken)
        except LeafcastError:
            return ()


def find_listener() -> tuple[Listener | None, str]:
    """What listens here, and what is lacking, in words, or ""."""
    from leafcast.narration.listening import aligning, ear

    if lack := ear.missing() or aligning.missing():
        return None, lack
    version = digest(list(ear.ear_version()), list(aligning.aligner_version()))
    return Listener(ear.hear, aligning.align, version, ear.hear_later), ""
