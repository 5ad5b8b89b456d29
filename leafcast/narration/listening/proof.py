"""Proof-listening: does a clip say what the script says?

An independent recogniser hears the clip, and its words are held against the script's, by sound:
"counsellor" and "councillor" are one. Where they differ it is asked how likely it finds the
script's own words; only when it finds them far less likely is a difference kept. Such an ear hears
a word said twice as once, so the aligner looks for those.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Final

from leafcast.narration.lexicon import Lexicon
from leafcast.narration.listening import aligning, ear
from leafcast.narration.listening.aligning import Repeat, aligner_version, repeats
from leafcast.narration.listening.ear import (
    HeardWord,
    ear_version,
    hear,
    hear_later,
    in_figures,
    likelihoods,
    plain,
)
from leafcast.narration.listening.likeness import (
    NUMBERS,
    decisive,
    nearly_alike,
    sound_alike,
    sound_like_a_name,
)
from leafcast.narration.model import Clip, Utterance
from leafcast.narration.phonemes import words_said
from leafcast.narration.shown_words import DIGIT_NAMES, WORD, letters, read_alone
from leafcast.narration.spoken import spoken_text
from leafcast.state.cache import Cache, digest

VERSION: Final = 4
"""Counted up when the same clip would be judged otherwise."""
KIND: Final = "heard"
PARTS: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
FAR_LESS_LIKELY: Final = -3.0
"""Natural logarithm. Measured on the first article: where the ear was wrong the script's words were
at most 2.4 below what it heard; where a word was cut out, 3.7 and more."""
LESS_LIKELY: Final = -1.0
"""The same for a word that was added: this ear rather leaves out than adds."""
DECISIVE_LIKELY: Final = -1.2
"""The same for another number or negation, heard twice: said wrong they were 1.6 and more below
(“say number” for “say no”), said right at most 0.6 (`python -m benchmarks hearing`)."""
OTHER_DIGITS: Final = -1.2
"""The same for the script in figures, held against itself with the digits that were heard: said
wrong it was 3.5 and more below, said right 6 and more above."""
NEARLY_LIKELY: Final = -4.5
"""The same for words that nearly sound alike: said right they were up to 4.2 below (“start at”,
heard as “started”), said wrong mostly 5 and more (“Sunday” for “Monday”)."""
CLAUSE: Final = 3
"""So many words, skipped or added, are no slip of the ear."""
TWICE_LIKELY: Final = -9.0
TWICE_POSSIBLE: Final = -14.0
"""The same for a word said twice; the second where both times last the same and nothing is between.
Said twice, a word was at most 11.2 below; said once, 10 and more, and of unequal length."""
EQUAL_LENGTHS: Final = 0.18
SHORTEST_TWICE_SECONDS: Final = 0.08

Alike = Callable[[list[str], list[str]], bool]


@dataclass(frozen=True, slots=True)
class Difference:
    """What the script says, what was heard instead, and where, in samples of the clip.

    One of the two is "" where words were skipped or added.
    """

    said: str
    heard: str
    at: int

    @property
    def weight(self) -> int:
        """How many words it concerns."""
        return max(len(self.said.split()), len(self.heard.split()))

    @property
    def numeric(self) -> bool:
        """Whether a number may be wrong."""
        return bool(NUMBERS & {*self.said.split(), *self.heard.split()})


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard of a clip, in the ear's own words, and where it is not the script."""

    text: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it sounds; where it stands in its text, and when it is heard, in samples."""

    letters: str
    start: int
    end: int
    at: int = 0


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A difference; the heard text as it would be without it, and the script as it would be with
    it, where digits were heard for digits; or ""."""

    difference: Difference
    instead: str
    dialled: str = ""


def missing() -> str:
    """What is lacking on this machine, in words, with how to get it; or ""."""
    return ear.missing() or aligning.missing()


def listen(clip: Clip, utterance: Utterance, cache: Cache) -> Heard:
    """Hear a clip and hold it against its utterance; each sound is heard once.

    Raises ToolMissing without [listen], OSError when the cache cannot be written.
    """
    key = digest(
        VERSION, clip.rate, clip.samples.tobytes(), utterance.spoken, utterance.shown,
        list(ear_version()), list(aligner_version()),
    )  # fmt: skip
    if (stored := cache.read(KIND, key)) is not None:
        told = json.loads(stored)
        return Heard(told["text"], tuple(Difference(**each) for each in told["differences"]))
    heard = proof(clip, utterance)
    cache.write(KIND, key, json.dumps(asdict(heard)).encode())
    return heard


def proof(clip: Clip, utterance: Utterance) -> Heard:
    """What is heard of a clip, and where that is not what its utterance says."""
    words = hear(clip)
    text = " ".join(word.text for word in words)
    spoken = utterance.spoken
    found = word_errors(spoken, text, sound_like_a_name)
    doubts = list(_doubts(spoken, words, sound_like_a_name)) if found else []
    later = " ".join(word.text for word in hear_later(clip)) if doubts else ""
    again = word_errors(spoken, later, sound_like_a_name) if doubts else []
    sure = _sure((clip, utterance), doubts, text, frozenset(again)) if again else ()
    kept = [*sure, *_said_twice(clip, utterance, text)]
    return Heard(text, tuple(sorted(kept, key=lambda each: each.at)))


# ---------------------------------------------------------------- what differs


def differences(spoken: str, words: tuple[HeardWord, ...]) -> tuple[Difference, ...]:
    """Where the words heard do not sound like the spoken text, before any second thought."""
    return tuple(each.difference for each in _doubts(spoken, words, sound_alike))


def word_errors(spoken: str, heard: str, alike: Alike = sound_alike) -> list[tuple[str, str]]:
    """Each stretch that was heard otherwise than it is said; what sounds alike is no error.

    The heard text is read as a whole, so that "24 November" is the twenty-fourth of it, and word by
    word, so that "116-123" may be a number to dial; the reading nearer to what is said counts.
    """
    said = said_parts(spoken)
    alone = [each.letters for each in read_alone(heard, set(said), PARTS.findall)]
    readings = (said_parts(spoken_text(heard, Lexicon())), alone)
    return min((_unlike(said, told, alike) for told in readings), key=_words_wrong)


def _unlike(said: list[str], told: list[str], alike: Alike) -> list[tuple[str, str]]:
    return [
        (" ".join(said[i1:i2]), " ".join(told[j1:j2]))
        for kind, i1, i2, j1, j2 in SequenceMatcher(None, said, told, autojunk=False).get_opcodes()
        if kind != "equal" and not alike(said[i1:i2], told[j1:j2])
    ]


def _words_wrong(errors: list[tuple[str, str]]) -> int:
    return sum(max(len(one.split()), len(other.split())) for one, other in errors)


def said_parts(spoken: str) -> list[str]:
    """The words of a spoken text as letters alone, those with hyphens taken apart."""
    return [each for part in PARTS.findall(words_said(spoken)) if (each := letters(part))]


def _heard_parts(words: tuple[HeardWord, ...], said: set[str]) -> list[_Word]:
    """The heard words as they are said: "116" may be one one six."""
    text = " ".join(word.text for word in words)
    starts: dict[int, int] = {}
    at = 0
    for word in words:
        starts |= dict.fromkeys(range(at, at + len(word.text) + 1), word.start)
        at += len(word.text) + 1
    spans = read_alone(text, said, PARTS.findall)
    return [_Word(each.letters, each.start, each.end, starts[each.start]) for each in spans]


def _doubts(spoken: str, words: tuple[HeardWord, ...], alike: Alike) -> Iterator[_Doubt]:
    """Each difference before any second thought."""
    places = [each for each in PARTS.finditer(words_said(spoken)) if letters(each[0])]
    written = [each[0] for each in places]
    said = list(map(letters, written))
    heard = _heard_parts(words, set(said))
    text = " ".join(word.text for word in words)
    matcher = SequenceMatcher(None, said, [each.letters for each in heard], autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        one, other = said[i1:i2], [each.letters for each in heard[j1:j2]]
        if kind == "equal" or alike(one, other):
            continue
        start, end = _place(heard, j1, j2, len(text))
        at = heard[j1].at if j1 < len(heard) else (words[-1].end if words else 0)
        instead = " ".join(f"{text[:start]} {' '.join(written[i1:i2])} {text[end:]}".split())
        difference = Difference(" ".join(one), " ".join(other), at)
        dialled = ""
        if one and other and {*one, *other} <= {*DIGIT_NAMES}:
            before, after = places[i1].start(), places[i2 - 1].end()
            dialled = f"{places[i1].string[:before]}{difference.heard}{places[i1].string[after:]}"
        yield _Doubt(difference, instead, in_figures(dialled))


def _place(heard: list[_Word], first: int, last: int, length: int) -> tuple[int, int]:
    """Where some heard words stand in their text; an empty place before the next, for none."""
    if first < last:
        return heard[first].start, heard[last - 1].end
    at = heard[first].start if first < len(heard) else length
    return at, at


# ---------------------------------------------------------------- second thoughts


def _sure(
    work: tuple[Clip, Utterance],
    doubts: list[_Doubt],
    text: str,
    again: frozenset[tuple[str, str]],
) -> Iterator[Difference]:
    """The differences that stay: the script's own words are far less likely than what was heard.

    `again` are those that were heard a second time.
    """
    clip, utterance = work
    slips = []
    for doubt in doubts:
        each = doubt.difference
        clause = each.weight >= CLAUSE and not (each.said and each.heard)
        if clause or not text or clip.seconds > ear.LONGEST_SECONDS:
            yield each
        else:
            slips.append(doubt)
    if not slips:
        return
    shown, figures = plain(utterance.shown), in_figures(words_said(utterance.spoken))
    texts = [text, shown, figures, *(each.instead for each in slips)]
    heard, *own = likelihoods(clip, [*texts, *(each.dialled for each in slips if each.dialled)])
    chances, others = own[2 : len(slips) + 2], iter(own[len(slips) + 2 :])
    for doubt, chance in zip(slips, chances, strict=True):
        misdialled = doubt.dialled and own[1] - next(others) < OTHER_DIGITS
        less = max(chance, *own[:2]) - heard
        if misdialled or less < _limit(doubt.difference, again):
            yield doubt.difference


def _limit(difference: Difference, again: frozenset[tuple[str, str]]) -> float:
    """How much less likely the script's words must be for a difference to stay."""
    said, heard = difference.said.split(), difference.heard.split()
    if not said:
        return LESS_LIKELY
    if nearly_alike(said, heard):
        return NEARLY_LIKELY
    if heard and decisive(said, heard) and (difference.said, difference.heard) in again:
        return DECISIVE_LIKELY
    return FAR_LESS_LIKELY


def _said_twice(clip: Clip, utterance: Utterance, text: str) -> Iterator[Difference]:
    """The words that are said twice, of those which the aligner thinks so."""
    if not text or clip.seconds > ear.LONGEST_SECONDS:
        return
    said = [said_parts(word[0]) for word in WORD.finditer(words_said(utterance.spoken))]
    found = []
    for each in repeats(clip, utterance.spoken):
        word = " ".join(said[each.word]) if each.word < len(said) else ""
        before = sum(word == " ".join(other) for other in said[: each.word])
        if doubled := _doubled(text, word, before):
            found.append((each, word, doubled))
    if not found:
        return
    once, *chances = likelihoods(clip, [text, *(doubled for *_, doubled in found)])
    for (each, word, _), twice in zip(found, chances, strict=True):
        limit = TWICE_POSSIBLE if _equal(each, clip.rate) else TWICE_LIKELY
        if twice - once > limit:
            yield Difference(word, f"{word} {word}", each.second[0])


def _equal(repeat: Repeat, rate: int) -> bool:
    """Whether a word lasts the same both times, with nothing between them."""
    one, other = (end - start for start, end in (repeat.first, repeat.second))
    between = repeat.second[0] - repeat.first[1]
    least = min(one, other)
    return (
        between <= rate // 50
        and least >= SHORTEST_TWICE_SECONDS * rate
        and abs(one - other) <= EQUAL_LENGTHS * max(one, other)
    )


def _doubled(text: str, word: str, skip: int) -> str:
    """The heard text with a word twice, of its occurrences the one after `skip` others."""
    found = [each for each in WORD.finditer(text) if letters(each[0]) == word.replace(" ", "")]
    if not found:
        return ""
    place = found[min(skip, len(found) - 1)]
    if place.end() < len(text) and letters(text[place.end() :].split()[0]) == letters(place[0]):
        return ""
    return f"{text[: place.end()]} {place[0]}{text[place.end() :]}"
