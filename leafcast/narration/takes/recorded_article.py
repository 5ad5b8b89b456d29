"""A whole article as it will be heard: recordings looked over, and the script that fits them.

Who reads decides what the opening says, and what the opening says may be what she reads: so the
script is written first as if all were hers, and again until it says what is true.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from leafcast.document.report import Finding
from leafcast.narration.takes.analysis import read_passage, utterances_from
from leafcast.narration.takes.choices import read_choices
from leafcast.narration.takes.files import TAKES
from leafcast.narration.takes.match import MatchedTakes, match_takes
from leafcast.narration.takes.narrators import Readers, readers_of, tells_who_reads
from leafcast.narration.takes.speakers import PassageReading
from leafcast.state.cache import Cache

if TYPE_CHECKING:
    from leafcast.narration.telling import Telling

ROUNDS: Final = 4


@dataclass(frozen=True, slots=True)
class Performance:
    """How an article is told: who reads what, and what the owner should know of her recordings."""

    telling: Telling
    matched: MatchedTakes = field(default_factory=MatchedTakes)
    readings: tuple[PassageReading, ...] = ()

    @property
    def own(self) -> bool:
        """Whether anything is in her own voice."""
        return any(reading.own for reading in self.readings)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything about files and readings, in the order of the article."""
        found = (finding for reading in self.readings for finding in reading.findings)
        return (*self.matched.findings, *found)


def shown_folder(slug: str) -> str:
    """The folder of an article's recordings, as the owner knows it."""
    return f"audio/{TAKES}/{slug}"


def perform(
    telling: Telling, cache: Cache, on_step: Callable[[], None] = lambda: None
) -> Performance:
    """The recordings of an article looked over; `on_step` is told when there are any.

    Raises SettingsError for a slip in takes.toml, ToolMissing without ffmpeg.
    """
    files = telling.takes
    if not files:
        return Performance(telling)
    on_step()
    person = read_choices(files.folder, shown_folder(telling.article.slug)).reader
    told = replace(telling, readers=Readers(person, "all", voice=False))
    done = _looked_over(told, cache)
    for _ in range(ROUNDS):
        readers = readers_of(done.telling.script, done.telling.hers, person)
        truly = replace(telling, readers=readers)
        if truly.script == told.script:
            break
        told = truly
        done = _looked_over(told, cache)
    return done


def _looked_over(telling: Telling, cache: Cache) -> Performance:
    """Every passage's recordings, held against the script as `telling` has it."""
    matched = match_takes(telling.takes, telling.script, shown_folder(telling.article.slug))
    readings = tuple(
        read_passage(passage, matched.of(passage.id), cache) for passage in telling.script.passages
    )
    left_out = utterances_from(readings, "left out")
    if telling.readers and telling.readers.synthetic:
        left_out -= {each.id for each in telling.script.utterances if tells_who_reads(each)}
    hers = utterances_from(readings, "take", "retake")
    heard = replace(telling, hers=hers, left_out=left_out)
    return Performance(heard, matched, readings)
