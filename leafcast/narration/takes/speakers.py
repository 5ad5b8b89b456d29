"""Who says what of a passage: her recording, one sentence recorded again, or the voice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from leafcast.document.report import Finding
from leafcast.narration.model import Utterance, WordMark

WORDS_A_MINUTE: Final = 150.0
Source = Literal["voice", "take", "retake", "left out"]
"""The synthetic voice, her recording of the section, one of the sentence alone, or nobody."""


@dataclass(frozen=True, slots=True)
class Part:
    """Who says an utterance. What she says lies at `start` to `end` of its recording, in samples.

    `joins` says that what she says before goes over into it, so that her own pause is kept.
    `words` count from `start`.
    """

    utterance: str
    source: Source
    start: int = 0
    end: int = 0
    joins: bool = False
    words: tuple[WordMark, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageReading:
    """How a passage is read: its parts in order, and the quietest stretch of her recording.

    `again` are the sentences to be recorded again; `seconds` what she says lasts.
    """

    passage: str
    parts: tuple[Part, ...] = ()
    tone: tuple[int, int] = (0, 0)
    seconds: float = 0.0
    again: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def own(self) -> bool:
        """Whether anything of it is in her own voice."""
        return any(part.source in ("take", "retake") for part in self.parts)

    def of(self, utterance: Utterance) -> Part:
        """Who says an utterance; the voice, where nothing was decided."""
        by_id = {part.utterance: part for part in self.parts}
        return by_id.get(utterance.id, Part(utterance.id, "voice"))
