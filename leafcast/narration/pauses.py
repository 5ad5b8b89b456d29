"""How long the voice pauses, by structure: the whole table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from leafcast.narration.model import Pause, PauseReason, Utterance

PAUSES_MS: Final[Mapping[PauseReason, int]] = {
    "start": 500,
    "column": 200,
    "cell": 350,
    "sentence": 400,
    "slowly": 450,
    "list point": 500,
    "row": 600,
    "announcement": 600,
    "paragraph": 800,
    "contact": 900,
    "after a heading": 900,
    "end": 1000,
    "before a heading": 1500,
    "before the closing": 2000,
}
"""Milliseconds of silence by what it stands after or before, the shortest first. No standard gives
such lengths; these suit guidance read at about 145 words a minute."""

Part = Utterance | Pause


def pause(reason: PauseReason) -> Pause:
    """The pause of that name."""
    return Pause(PAUSES_MS[reason], reason)


def with_last_pause(parts: Iterable[Part], reason: PauseReason) -> Iterator[Part]:
    """`parts` whose last pause is another."""
    told = list(parts)
    if told and isinstance(told[-1], Pause):
        told[-1] = pause(reason)
    yield from told


def joined(parts: Iterable[Part]) -> tuple[Part, ...]:
    """`parts` with neighbouring pauses as one: the longer of the two."""
    told: list[Part] = []
    for part in parts:
        if isinstance(part, Pause) and told and isinstance(told[-1], Pause):
            told[-1] = max(told[-1], part, key=lambda each: each.ms)
        else:
            told.append(part)
    return tuple(told)
