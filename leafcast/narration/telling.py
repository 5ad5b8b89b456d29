"""Who tells an article, how fast, and what is said: known before anything is voiced."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from leafcast.document.article import Article
from leafcast.document.report import Finding
from leafcast.narration.model import Cast, Passage, Script, Utterance
from leafcast.narration.pace import Pace
from leafcast.narration.takes.files import TakeFiles
from leafcast.narration.takes.narrators import Readers
from leafcast.practice.project import Project


@dataclass(frozen=True)
class Telling:
    """Who tells an article and how fast, and the script, once that is needed.

    `findings` say which voices that the article names could not be cast. `only` are the ids of
    the passages that are told, all of them where it is empty.

    `takes` are recordings of a person; once they are looked over, `readers` says who reads, `hers`
    are the utterances the person says, and `left_out` those that nobody is to say.
    """

    project: Project
    article: Article
    cast: Cast
    pace: Pace
    findings: tuple[Finding, ...] = ()
    only: tuple[str, ...] = ()
    takes: TakeFiles = field(default_factory=TakeFiles)
    readers: Readers | None = None
    hers: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()

    @cached_property
    def script(self) -> Script:
        """What is said. Raises SettingsError for a slip in the lexicon."""
        from leafcast.narration.lexicon import read_lexicon
        from leafcast.narration.pace import paced
        from leafcast.narration.script import write_script

        script = write_script(
            self.article,
            self.project.practice,
            synthetic=any(voice.synthetic for voice in self.cast.voices),
            lexicon=read_lexicon(self.project, self.cast.own),
            parts={voice.name: read_lexicon(self.project, voice) for voice in self.cast.parts},
            readers=self.readers,
        )
        chosen = tuple(p for p in script.passages if p.id in (self.only or (p.id,)))
        return paced(self._heard(replace(script, passages=chosen)), self.pace)

    @property
    def voiced(self) -> tuple[Utterance, ...]:
        """What voices say of it: all that no person does."""
        return tuple(each for each in self.script.utterances if each.id not in self.hers)

    def _heard(self, script: Script) -> Script:
        """The script without what nobody is to say."""
        return replace(script, passages=tuple(map(self._heard_of, script.passages)))

    def _heard_of(self, passage: Passage) -> Passage:
        from leafcast.narration.pauses import joined

        if not self.left_out.intersection(each.id for each in passage.utterances):
            return passage
        kept = (each for each in passage.parts if getattr(each, "id", "") not in self.left_out)
        return replace(passage, parts=joined(kept))
