"""Who reads an article, and how much of it: what the opening tells, and the narration claims."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from leafcast.narration.model import Script, Utterance

READ_BY: Final = "Spoken "


@dataclass(frozen=True, slots=True)
class Readers:
    """Who is heard: `person` reads "none", "some" or "all" of the article's sentences, and a
    synthetic `voice` reads the rest.
    """

    person: str = ""
    sentences: str = "none"
    voice: bool = True

    def told(self) -> str:
        """The sentence that says who reads."""
        if self.sentences == "none":
            return f"{READ_BY}by a synthetic voice." if self.voice else ""
        if self.sentences == "some":
            return f"{READ_BY}partly by {self.person}, and partly by a synthetic voice."
        if self.voice:
            return f"{READ_BY}by {self.person}, with announcements by a synthetic voice."
        return f"{READ_BY}by {self.person}."

    @property
    def synthetic(self) -> bool:
        """Whether a synthetic voice is heard."""
        return self.voice or self.sentences != "all"

    def named(self, voice: str) -> str:
        """Who is heard, in short; `voice` is the synthetic one's name."""
        if self.sentences == "none":
            return voice
        return f"{self.person} and {voice}" if self.synthetic else self.person


def tells_who_reads(utterance: Utterance) -> bool:
    """Whether it is the sentence that says who reads."""
    return utterance.sentence_id is None and utterance.shown.startswith(READ_BY)


def readers_of(script: Script, hers: Collection[str], person: str) -> Readers:
    """Who reads `script`: the person the utterances `hers`, the voice the rest.

    The sentence that says who reads counts for neither.
    """
    told = [each for each in script.utterances if each.spoken]
    own = [each for each in told if each.sentence_id]
    read = [each for each in own if each.id in hers]
    how_much = "none" if not read else "all" if len(read) == len(own) else "some"
    rest = [each for each in told if each.id not in hers]
    return Readers(person, how_much, not all(map(tells_who_reads, rest)))
