"""Which reading of each sentence is used. The owner's takes.toml has the last word.

What listeners hear must be what the transcript says: a sentence that she read in other words is
said by the voice until she records it again, or says that the ear is mistaken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from leafcast.document.report import Finding, Place, Severity
from leafcast.narration.model import Passage, Utterance
from leafcast.narration.takes.acoustics import clock, told_times
from leafcast.narration.takes.align import Reading, find_readings
from leafcast.narration.takes.files import CHOICES_FILE, SoundFile
from leafcast.narration.takes.match import PassageTakes
from leafcast.narration.takes.names import sentence_names
from leafcast.narration.takes.speakers import Source
from leafcast.narration.takes.words import SMALL, Sounded, differences, said_as

SURE: Final = 0.6
"""How sure the ear must be of a word for it to count as another."""
HALF: Final = 0.5
"""A reading with less of its words is a false start."""
EDGE_SECONDS: Final = 1.0
LONGEST_QUOTE: Final = 60
LEAST_LETTERS: Final = 4

NOT_POSSIBLE: Final = "take-choice-not-possible"
TAKE: Final = "take"
RETAKE: Final = "retake"
VOICE: Final = "voice"
LEFT_OUT: Final = "left out"


@dataclass(frozen=True, slots=True)
class Held:
    """A reading held against its sentence: how it differs, and whether that is certain."""

    reading: Reading
    changes: tuple[tuple[str, str, float], ...]
    whole: bool
    certain: bool

    @property
    def good(self) -> bool:
        """Whether it says the sentence."""
        return self.whole and not self.certain


@dataclass(frozen=True, slots=True)
class Decision:
    """Who says an utterance: the take (heard words `first` to `last`), a retake, or the voice."""

    utterance: Utterance
    source: Source
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Hearing:
    """The words heard in one recording, as they sound, and samples a second.

    `again` listens once more, and better, from one sample to another.
    """

    file: SoundFile
    words: tuple[Sounded, ...]
    rate: int
    again: Callable[[int, int], tuple[Sounded, ...]] | None = None

    def around(self, reading: Reading) -> tuple[int, int]:
        """From and to of a reading in samples, up to the words before and after it."""
        edge = round(EDGE_SECONDS * self.rate)
        first, last = self.words[reading.first], self.words[reading.last]
        start, end = first.start - edge, last.end + edge
        if reading.first:
            start = max(start, self.words[reading.first - 1].end)
        if reading.last + 1 < len(self.words):
            end = min(end, self.words[reading.last + 1].start)
        return max(0, min(start, first.start)), max(end, last.end)

    def clock(self, word: int) -> str:
        """When a word is heard, such as 0:07.3."""
        return clock(self.words[word].start / self.rate)


class Decider:
    """Decides on one passage, and gathers what the owner should know."""

    def __init__(self, passage: Passage, takes: PassageTakes, hearing: Hearing | None) -> None:
        self.passage = passage
        self.takes = takes
        self.hearing = hearing
        self.names = sentence_names(passage)
        self.uses = dict(takes.uses)
        self.findings: list[Finding] = []
        self.held: dict[Reading, Held] = {}
        self.told = tuple(each for each in passage.utterances if each.spoken)
        self.wanted = tuple(said_as(each.spoken) for each in self.told)
        self.readings: tuple[Reading, ...] = ()
        if hearing:
            self.readings = find_readings(self.wanted, hearing.words)

    def decide(self, retakes: frozenset[str]) -> tuple[Decision, ...]:
        """A decision for each utterance; `retakes` are the sentences with a usable retake."""
        decisions = [
            self._decide(at, each, each.id in retakes) for at, each in enumerate(self.told)
        ]
        self._tell_left_out(decisions)
        return tuple(decisions)

    # ------------------------------------------------------------ one sentence

    def _decide(self, at: int, utterance: Utterance, retaken: bool) -> Decision:
        use = self.uses.get(utterance.id, "")
        held = [self._held(each) for each in self.readings if each.sentence == at]
        if use == "voice":
            return Decision(utterance, VOICE)
        if use == "retake" and not retaken:
            self._tell_not_possible(utterance, "a retake, and there is none that can be used")
        if retaken and use not in ("first", "last"):
            return Decision(utterance, RETAKE)
        if use in ("first", "last") and held:
            return self._taken(utterance, held[0 if use == "first" else -1])
        if use in ("first", "last"):
            self._tell_not_possible(utterance, f"the {use} reading, and none was heard")
        if utterance.sentence_id is None:
            return self._announced(utterance, held)
        return self._chosen(utterance, held)

    def _chosen(self, utterance: Utterance, held: Sequence[Held]) -> Decision:
        """The last good reading of a sentence; the voice where there is none."""
        good = [each for each in held if each.good]
        if not good:
            self._tell_missing(utterance, held)
            return Decision(utterance, VOICE)
        if len(good) > 1:
            self._tell_repeated(utterance, good)
        if any(is_telling(one, other) for one, other, _ in good[-1].changes):
            self._tell_unsure(utterance, good[-1])
        return self._taken(utterance, good[-1])

    def _announced(self, utterance: Utterance, held: Sequence[Held]) -> Decision:
        """Hers where she read it, and the owner wants it so."""
        good = [each for each in held if each.good]
        if good and self.takes.announcements != "voice":
            return self._taken(utterance, good[-1])
        left_out = self.takes.announcements == "none"
        return Decision(utterance, LEFT_OUT if left_out else VOICE)

    def _taken(self, utterance: Utterance, held: Held) -> Decision:
        return Decision(utterance, TAKE, held.reading.first, held.reading.last)

    def _held(self, reading: Reading) -> Held:
        assert self.hearing is not None
        if reading not in self.held:
            heard = self.hearing.words[reading.first : reading.last + 1]
            held = hold(reading, self.wanted[reading.sentence], heard)
            if held.whole and held.certain and self.hearing.again:
                held = self._held_again(held, self.hearing.again)
            self.held[reading] = held
        return self.held[reading]

    def _held_again(self, held: Held, again: Callable[[int, int], tuple[Sounded, ...]]) -> Held:
        """A reading that seems to differ, listened to once more; the ear may be mistaken."""
        assert self.hearing is not None
        heard = again(*self.hearing.around(held.reading))
        second = hold(held.reading, self.wanted[held.reading.sentence], heard)
        return second if second.good else held

    # ------------------------------------------------------------ findings

    def _tell(self, code: str, severity: Severity, message: str, fix: str) -> None:
        shown = self.hearing.file.shown if self.hearing else self._folder()
        self.findings.append(Finding(code, severity, message, fix, Place(shown)))

    def _folder(self) -> str:
        """The folder of the retakes, as the owner knows it."""
        files = [self.takes.take] if self.takes.take else [file for _, file in self.takes.retakes]
        shown = files[0].shown if files and files[0] else ""
        parent = shown.rpartition("/")[0]
        return f"{parent}/{self.passage.id}" if self.takes.take else parent

    def _again(self, utterance: Utterance) -> str:
        return f"record again: {self._folder()}/{self.names[utterance.id]}.wav"

    def _choice(self, utterance: Utterance, use: str) -> str:
        name = self.names.get(utterance.id, utterance.id)
        return f'write "{name}" = "{use}" under [{self.passage.id}.sentences] in {CHOICES_FILE}'

    def _tell_missing(self, utterance: Utterance, held: Sequence[Held]) -> None:
        quoted = quote(utterance.shown)
        changed = [each for each in held if each.whole]
        if not changed:
            when = f"only begun, {self._when(held)}" if held else "missing"
            self._tell(
                "take-sentence-missing",
                Severity.WARNING,
                f"“{quoted}” is {when} in this recording, so the voice says it",
                f"To have it in your own voice, {self._again(utterance)}",
            )
            return
        self._tell(
            "take-sentence-changed",
            Severity.WARNING,
            f"“{quoted}” is read in other words, {self._when(changed[-1:])}, so the voice says "
            f"it: {told_changes(changed[-1].changes)}",
            f"To have it in your own voice, {self._again(utterance)}; if you did read it so, "
            f"{self._choice(utterance, 'last')}",
        )

    def _tell_repeated(self, utterance: Utterance, held: Sequence[Held]) -> None:
        self._tell(
            "take-sentence-repeated",
            Severity.ADVICE,
            f"“{quote(utterance.shown)}” is read {len(held)} times, {self._when(held)}; "
            "the last is used",
            f"To use the first, {self._choice(utterance, 'first')}",
        )

    def _tell_unsure(self, utterance: Utterance, held: Held) -> None:
        self._tell(
            "take-sentence-unsure",
            Severity.ADVICE,
            f"“{quote(utterance.shown)}” may be read in other words, {self._when([held])}: "
            f"{told_changes(held.changes)}",
            f"Listen there; if it is so, {self._again(utterance)}",
        )

    def _tell_not_possible(self, utterance: Utterance, what: str) -> None:
        self._tell(
            NOT_POSSIBLE,
            Severity.WARNING,
            f"{CHOICES_FILE} asks for {what}: “{quote(utterance.shown)}”",
            f"Change it, or {self._again(utterance)}",
        )

    def _tell_left_out(self, decisions: Sequence[Decision]) -> None:
        """Words that belong to no sentence, and readings that break off."""
        if not self.hearing:
            return
        stretches = [*self._left_out(decisions)]
        if stretches:
            told = "; ".join(
                f"“{quote(' '.join(w.word for w in self.hearing.words[a : b + 1]))}” at "
                f"{self.hearing.clock(a)}"
                for a, b in stretches[:4]
            )
            more = f"; and {len(stretches) - 4} more" if len(stretches) > 4 else ""
            self._tell(
                "take-words-left-out",
                Severity.ADVICE,
                f"What is not in the script is left out: {told}{more}",
                "Nothing need be done",
            )

    def _left_out(self, decisions: Sequence[Decision]) -> Iterator[tuple[int, int]]:
        """Runs of heard words that are in no good reading, and are told of nowhere else."""
        assert self.hearing is not None
        kept = {each for d in decisions if d.source == TAKE for each in range(d.first, d.last + 1)}
        source = {d.utterance.id: d.source for d in decisions}
        for reading in self.readings:
            held = self._held(reading)
            now = source[self.told[reading.sentence].id]
            if held.good or now == RETAKE or (held.whole and now != TAKE):
                kept |= set(range(reading.first, reading.last + 1))
        run: list[int] = []
        for at in range(len(self.hearing.words) + 1):
            if at < len(self.hearing.words) and at not in kept:
                run.append(at)
            elif run:
                yield run[0], run[-1]
                run = []

    def _when(self, held: Sequence[Held]) -> str:
        assert self.hearing is not None
        rate = self.hearing.rate
        return told_times([self.hearing.words[h.reading.first].start / rate for h in held])


# ---------------------------------------------------------------- holding words against words


def hold(reading: Reading, wanted: Sequence[str], heard: Sequence[Sounded]) -> Held:
    """A reading held against the words of its sentence."""
    changes = differences(wanted, heard)
    lost = sum(len(one.split()) for one, _, _ in changes)
    whole = lost <= HALF * len(wanted)
    return Held(reading, changes, whole, any(is_certain(*change) for change in changes))


def is_certain(wanted: str, heard: str, sure: float) -> bool:
    """Whether a difference is more than the ear's own mistake.

    It misses and adds small words, and guesses at what it does not know.
    """
    words = (*wanted.split(), *heard.split())
    long = any(len(word) >= LEAST_LETTERS and word not in SMALL for word in words)
    several = max(len(wanted.split()), len(heard.split())) > 1
    return sure >= SURE and (long or several or "not" in words)


def is_telling(wanted: str, heard: str) -> bool:
    """Whether a difference is worth a word: not where the ear only misses or adds a small one."""
    return any(word not in SMALL for word in (*wanted.split(), *heard.split()))


def told_changes(changes: Sequence[tuple[str, str, float]]) -> str:
    """Both, side by side: “anxious” is written, “tired” heard."""
    told = []
    for wanted, heard, _ in changes[:3]:
        if not heard:
            told.append(f"“{quote(wanted)}” is written, and not heard")
        elif not wanted:
            told.append(f"“{quote(heard)}” is heard, and not written")
        else:
            told.append(f"“{quote(wanted)}” is written, “{quote(heard)}” heard")
    return "; ".join(told)


def quote(words: str) -> str:
    """Words short enough to be quoted."""
    if len(words) <= LONGEST_QUOTE:
        return words
    return words[: LONGEST_QUOTE - 1].rsplit(" ", 1)[0] + " …"
