"""What her reading of a sentence is like, told at once: the checks of a build, in a process apart.

The checks need NumPy and, where it is installed, an ear of some hundred megabytes; the studio stays
small. What was found is kept by the recording's bytes, so that the build need not listen again.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Final

from leafcast.document.errors import LeafcastError
from leafcast.document.report import Finding, Severity
from leafcast.execution.workers import end_workers, open_workers
from leafcast.practice.project import load_project
from leafcast.readers.folder import read_source
from leafcast.state.cache import Cache


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a reading is good, in words, and what would make it better.

    `possible` says that it can be kept as it is all the same.
    """

    good: bool
    words: str
    cure: str = ""
    possible: bool = True


AGAIN: Final[Mapping[str, tuple[str, str]]] = {
    "take-faint": ("A little quiet.", "Come a hand’s width nearer. Your reading was fine."),
    "take-clipped": ("A little loud.", "Move a hand’s width away. Your reading was fine."),
    "take-noisy": (
        "The room is heard under your voice.",
        "Close the window, switch off a fan or the fridge, or sit nearer. Your reading was fine.",
    ),
    "take-hum": (
        "There is a hum.",
        "Move away from chargers and lamps, or unplug the computer’s power. Your reading was fine.",
    ),
    "take-echo": (
        "The room rings.",
        "Draw the curtains, or sit among books and clothes. Your reading was fine.",
    ),
    "take-clicks": ("Something clicked.", "Let the desk and the mouse rest while you read."),
    "take-pops": ("Your breath reaches the microphone.", "Speak past it, not into it."),
    "take-dull": (
        "It sounds like a telephone.",
        "Choose the computer’s own microphone, not one that is connected without a wire.",
    ),
    "take-offset": ("The microphone crackles.", "Try another socket, or another microphone."),
    "retake-says-another": ("Other words were heard.", "Read it once more, as it is written."),
}
"""What is told of a reading, by the finding; blame is the room’s, and never hers."""
NOT_USED: Final[Mapping[str, tuple[str, str]]] = {
    "take-silent": ("Nothing was heard.", "See that the microphone is on, and say a word."),
    "take-too-short": ("That was too short.", "Press Record, read the sentence, press Stop."),
    "take-too-long": ("That was very long.", "Read this sentence alone, and press Stop after it."),
}
"""What cannot be kept whatever she says."""
BROKEN: Final = ("It could not be recorded.", "Try it once more.")
GOOD: Final = Verdict(True, "Good. Keep this one.", "Every word is there, and the room is quiet.")
UNHEARD: Final = Verdict(
    True, "Good. Keep this one.", "The room is quiet. Nobody here can listen for the words."
)
NO_FAULT: Final = frozenset({"take-offset"})
"""What is put right by itself."""


def judged(folder: Path, file: Path, section: str, sentences: tuple[str, ...]) -> list[Verdict]:
    """What each reading of these sentences of a section is like. Raises LeafcastError."""
    from leafcast.narration.takes.analysis import read_passage
    from leafcast.narration.takes.listener import find_listener
    from leafcast.narration.takes.match import PassageTakes
    from leafcast.studio.own_voice import matched_takes_of, script_of

    project = load_project(folder)
    article = read_source(project, file).article
    if article is None:
        raise LeafcastError("This article cannot be read as it stands")
    script = script_of(project, article)
    passage = next(each for each in script.passages if each.id == section)
    takes = matched_takes_of(project, article, script).of(section)
    retakes, cache = dict(takes.retakes), Cache(project.work / "cache")
    listens = find_listener()[0] is not None
    verdicts = []
    for sentence in sentences:
        own = tuple((each, retakes[each]) for each in (sentence,) if each in retakes)
        uses = tuple(each for each in takes.uses if each[0] == sentence)
        reading = read_passage(passage, PassageTakes(None, own, uses), cache)
        verdicts.append(verdict_of(reading.findings, used=reading.own, listens=listens))
    return verdicts


def verdict_of(found: tuple[Finding, ...], *, used: bool, listens: bool) -> Verdict:
    """The weightiest of what was found, as it is told."""
    wrong = sorted(
        (each for each in found if each.code not in NO_FAULT and _known(each)),
        key=lambda each: (each.code in AGAIN, each.severity is not Severity.WARNING),
    )
    if wrong:
        first = wrong[0]
        if first.code in AGAIN:
            words, cure = AGAIN[first.code]
            return Verdict(False, f"{words} Once more?", cure)
        words, cure = NOT_USED.get(first.code, BROKEN)
        return Verdict(False, words, cure, possible=False)
    if not used:
        return Verdict(False, *BROKEN, possible=False)
    return GOOD if listens else UNHEARD


def _known(finding: Finding) -> bool:
    return finding.severity is Severity.WARNING or finding.code in AGAIN


@dataclass(slots=True)
class Judge:
    """Looks one reading over after the other, in a process that stays open."""

    folder: Path
    lock: Lock = field(default_factory=Lock)
    pool: Executor | None = None

    def verdicts(self, file: Path, section: str, sentences: tuple[str, ...]) -> list[Verdict]:
        """What each reading is like. Raises LeafcastError or BrokenExecutor."""
        with self.lock:
            asked = self._pool().submit(judged, self.folder, file, section, sentences)
            return asked.result()

    def warm(self) -> None:
        """Begin the process, and open what listens, so that the first verdict need not wait."""
        with self.lock:
            self._pool().submit(listening)

    def close(self) -> None:
        """End the process."""
        if self.pool:
            end_workers(self.pool)

    def _pool(self) -> Executor:
        if self.pool is None:
            self.pool = open_workers(1, ("leafcast.studio.judging",))
        return self.pool


def listening() -> None:
    """Listen to a moment of silence, so that what listens is open."""
    import numpy as np

    from leafcast.narration.model import Clip
    from leafcast.narration.takes.listener import find_listener

    listener, _ = find_listener()
    if listener:
        listener.hear(Clip(16_000, np.zeros(16_000, np.float32)))
