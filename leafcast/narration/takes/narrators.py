"""Who reads an article, and how much of it: what the opening tells, and the narration claims."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

from leafcast.locale.language import Language
from leafcast.narration.model import Script, Utterance

Share = Literal["none", "some", "all"]
READ_BY: Final = "say-readers-"
"""How the id of the sentence begins that says who reads."""


@dataclass(frozen=True, slots=True)
class Readers:
    """Who is heard: how many of the article's `sentences` the `person` reads, and whether a
    synthetic `voice` reads the rest.
    """

    person: str = ""
    sentences: Share = "none"
    voice: bool = True

    def told(self, language: Language) -> str:
        """The sentence that says who reads; "" where there is nothing to say."""
        person = self.called(language)
        if self.sentences == "none":
            return language.gettext("Spoken by a synthetic voice.") if self.voice else ""
        if self.sentences == "some":
            told = language.gettext("Spoken partly by {person}, and partly by a synthetic voice.")
        elif self.voice:
            told = language.gettext("Spoken by {person}, with announcements by a synthetic voice.")
        else:
            told = language.gettext("Spoken by {person}.")
        return told.format(person=person)

    @property
    def synthetic(self) -> bool:
        """Whether a synthetic voice is heard."""
        return self.voice or self.sentences != "all"

    def named(self, voice: str, language: Language) -> str:
        """Who is heard, in short; `voice` is the synthetic one's name."""
        if self.sentences == "none":
            return voice
        if not self.synthetic:
            return self.called(language)
        both = language.gettext("{person} and {voice}")
        return both.format(person=self.called(language), voice=voice)

    def called(self, language: Language) -> str:
        """The person's name; where the owner gave none, our words for whoever it is."""
        return language.gettext(self.person) if self.person else ""


def tells_who_reads(utterance: Utterance) -> bool:
    """Whether it is the sentence that says who reads."""
    return utterance.sentence_id is None and utterance.id.startswith(READ_BY)


def readers_of(script: Script, hers: Collection[str], person: str) -> Readers:
    """Who reads `script`: the person the utterances `hers`, the voice the rest.

    The sentence that says who reads counts for neither.
    """
    told = [each for each in script.utterances if each.spoken]
    own = [each for each in told if each.sentence_id]
    read = [each for each in own if each.id in hers]
    how_much: Share = "none" if not read else "all" if len(read) == len(own) else "some"
    rest = [each for each in told if each.id not in hers]
    return Readers(person, how_much, not all(map(tells_who_reads, rest)))
