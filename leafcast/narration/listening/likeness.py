"""Whether words sound like others, as far as an ear can tell them apart."""

from __future__ import annotations

import re
from typing import Final

from leafcast.narration.listening.dictionary import guessed_words, sounds_of
from leafcast.narration.shown_words import DIGIT_NAMES

ALIKE: Final = 0.25
"""The share of its sounds in which a word may differ and still be the same to this ear."""
NEARLY: Final = 0.34
"""The same for words that are told apart, but not at once: of five sounds one."""
NUMBER_NAMES: Final = (
    "zero ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty "
    "thirty forty fifty sixty seventy eighty ninety hundred thousand million first second third "
    "fourth fifth sixth seventh eighth ninth tenth half"
)
NUMBERS: Final = frozenset((*DIGIT_NAMES, *NUMBER_NAMES.split()))
NEGATED: Final = (
    "ai are ca could did do does had has have is might must need should was were wo would"
)
NEGATIONS: Final = frozenset(
    ("no", "not", "never", "none", "cannot", "without", *(f"{verb}nt" for verb in NEGATED.split()))
)
AMOUNTS: Final = frozenset(("any", "many"))
"""They differ in one sound, and in what a sentence says."""
Words = list[str]


def sound_alike(one: Words, other: Words) -> bool:
    """Whether some words sound like others: run together, spelt otherwise, or nearly the same.

    A number, a negation and an amount are only like themselves.
    """
    if sound_the_same(one, other):
        return True
    return not decisive(one, other) and _share(one, other) <= ALIKE


def sound_like_a_name(one: Words, other: Words) -> bool:
    """Whether some words sound like others, where an ear may only have spelt what no dictionary
    knows: “Kooth”. Words that it knows are told apart, however near they are: possible and
    impossible, Monday and Sunday.
    """
    if sound_the_same(one, other):
        return True
    return sound_alike(one, other) and bool(guessed_words([" ".join((*one, *other))]))


def nearly_alike(one: Words, other: Words) -> bool:
    """Whether words are so near to each other that this ear may take one for the other."""
    return bool(one and other) and not decisive(one, other) and _share(one, other) <= NEARLY


def decisive(one: Words, other: Words) -> bool:
    """Whether a number or a negation is among them, or one amount is taken for another."""
    both = {*one, *other}
    return both >= AMOUNTS or bool((NUMBERS | NEGATIONS) & both)


def sound_the_same(one: Words, other: Words) -> bool:
    """Whether some words have the very sounds of others, together or one by one."""
    written, heard = "".join(one), "".join(other)
    if written == heard:
        return True
    if not written or not heard:
        return False
    alone = ["".join(map(_bare, map(sounds_of, words))) for words in (one, other)]
    return _sounds(one) == _sounds(other) or (alone[0] != "" and alone[0] == alone[1])


def _sounds(words: Words) -> str:
    return _bare(sounds_of(" ".join(words))) or "".join(words)


def _share(one: Words, other: Words) -> float:
    """The share of their sounds, or twice that of their letters, in which they differ."""
    if not one or not other:
        return 1.0
    sounds = _sounds(one), _sounds(other)
    far = min(_distance(*sounds), 2 * _distance("".join(one), "".join(other)))
    return far / max(map(len, sounds))


def _bare(sounds: str) -> str:
    """Sounds without stress, length and the spaces between words."""
    return re.sub(r"[ˈˌː\s.,]", "", sounds).replace("ᵊ", "ə")


def _distance(one: str, other: str) -> int:
    """How many signs must be changed, added or taken away (Levenshtein)."""
    before = list(range(len(other) + 1))
    for row, sign in enumerate(one, 1):
        now = [row]
        for column, against in enumerate(other, 1):
            change = before[column - 1] + (sign != against)
            now.append(min(change, before[column] + 1, now[-1] + 1))
        before = now
    return before[-1]
