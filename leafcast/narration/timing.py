"""How long a script will last, before it is heard: by the voice's words a minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from leafcast.narration.model import Passage, Pause, Script, Utterance
from leafcast.narration.pauses import Part
from leafcast.narration.phonemes import words_said

LETTERS_A_WORD: Final = 5.3
SHORTEST_WORD: Final = 3
"""Letters said one by one take as long as a short word. So counted, the estimate of 99 clips of the
first article is within one per cent of their sound."""


def part_seconds(part: Part, rate: float) -> float:
    """How long a part of a script lasts at `rate` words a minute."""
    if isinstance(part, Pause):
        return part.ms / 1000
    return words_counted(part.spoken) / rate * 60


def words_counted(spoken: str) -> float:
    """How many words of usual length `spoken` is worth."""
    lengths = (sum(map(str.isalnum, word)) for word in words_said(spoken).split())
    letters = sum(max(SHORTEST_WORD, length) for length in lengths if length)
    return letters / LETTERS_A_WORD


def seconds(parts: Iterable[Part], rate: float, pace: float = 1.0) -> float:
    """How long the parts of a script last together, its pauses told at `pace`."""
    told = [*parts]
    paused = sum(part.ms for part in told if isinstance(part, Pause)) / 1000
    return sum(part_seconds(part, rate) for part in told) + paused * (1 / pace - 1)


# ---------------------------------------------------------------- to read before it is heard


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that will be said, when, and the pause after it.

    `shown` is what the article shows where that differs; `announced` is what it does not say;
    `voice` has a part of its own, "" is the article's.
    """

    start: float
    said: str
    shown: str
    announced: bool
    pause: Pause | None
    voice: str = ""


def passage_lines(passage: Passage, start: float, rate: float) -> Iterator[Line]:
    """A line for each thing that is said in a passage that starts at `start` seconds."""
    at = start
    following = [*passage.parts[1:], None]
    for part, after in zip(passage.parts, following, strict=True):
        if isinstance(part, Utterance):
            said = words_said(part.spoken)
            shown = part.shown if _differs(part.shown, said) else ""
            pause = after if isinstance(after, Pause) else None
            yield Line(at, said, shown, part.sentence_id is None, pause, part.voice)
        at += part_seconds(part, rate)


def passage_starts(script: Script, rate: float) -> tuple[float, ...]:
    """When each passage starts, in seconds, and when the last one ends."""
    starts = [0.0]
    for passage in script.passages:
        starts.append(starts[-1] + seconds(passage.parts, rate))
    return tuple(starts)


def _differs(shown: str, said: str) -> bool:
    return shown.rstrip(".").split() != said.rstrip(".").split()
