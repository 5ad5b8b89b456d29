"""British text as a voice must read it. What is shown stays as it was written.

    rule       what a rule is                      abbreviations, capitals
    addresses  web, e-mail, names on the net       letters      initialisms, titles, the letter A
    telephone, registers, places (postcodes)       roman        Roman numerals
    weekdays, dates, years, times                  fractions, numbers
    money, measures (in units), doses              punctuation  brackets, dashes, strokes, emoji
    statistics  values, Greek letters
    homographs, heteronyms  words with two readings

Small exact rules, in the order of `PASSES`. The owner's lexicon comes first, and what it says is
held out of the rules' reach until the end.
"""

from __future__ import annotations

import re
from typing import Final

from leafcast.narration.lexicon import Lexicon
from leafcast.narration.spoken import (
    abbreviations,
    addresses,
    capitals,
    dates,
    doses,
    fractions,
    homographs,
    letters,
    measures,
    money,
    numbers,
    places,
    punctuation,
    registers,
    roman,
    statistics,
    telephone,
    times,
    weekdays,
    years,
)
from leafcast.narration.spoken.held import Held
from leafcast.narration.spoken.rule import Rule, rule

PASSES: Final[tuple[tuple[bool, tuple[Rule, ...]], ...]] = (
    (False, (*punctuation.BEFORE, *addresses.RULES, *statistics.RULES)),
    (
        True,
        (
            *registers.RULES,
            *telephone.RULES,
            *places.RULES,
            *registers.AFTER,
            *abbreviations.BEFORE,
        ),
    ),
    (False, (*weekdays.RULES, *dates.RULES, *years.RULES, *times.RULES)),
    (True, (*doses.BEFORE, *fractions.BEFORE, *numbers.BEFORE, *money.RULES, *measures.RULES)),
    (False, (*doses.RULES, *abbreviations.RULES, *places.STREET_RULES)),
    (False, (*letters.TITLE_RULES, *roman.RULES, *letters.RULES)),
    (True, (*fractions.RULES, *numbers.RULES)),
    (False, punctuation.AFTER),
    (False, (rule(rf"[^\W\D]|[{numbers.ODD_DIGITS}]", numbers.any_digit),)),
    (False, punctuation.CLOSING),
)
"""The rules in their order; and whether they are for texts with a number in them only."""
NUMBER_SIGN: Final = re.compile(rf"[^\W\D]|[{numbers.VULGAR}{numbers.ODD_DIGITS}]")


DIGIT: Final = "(?:oh|one|two|three|four|five|six|seven|eight|nine)"
BEFORE_DIGITS: Final = re.compile(rf"\b((?:[A-Z] ){{1,4}}[A-Z]) (?={DIGIT} {DIGIT} {DIGIT}\b)")
"""N H S one one one: a breath between letters and digits, so that one hears where each begins."""


def spoken_text(shown: str, lexicon: Lexicon, *, heading: bool = False) -> str:
    """`shown` as it is read aloud. The owner's lexicon wins over every rule.

    In a heading, a Roman numeral at the start is a number.
    """
    held = Held()
    text = capitals.lowered(punctuation.tidied(shown), lexicon.known)
    text = held.hold(text, lexicon)
    for pattern, say in roman.HEADING_RULES if heading else ():
        text = pattern.sub(say, text)
    numbered = NUMBER_SIGN.search(text)
    for for_numbers, rules in PASSES:
        if numbered or not for_numbers:
            for pattern, say in rules:
                text = pattern.sub(say, text)
    if lexicon.phonetic:
        text = homographs.with_readings(text)
    said = " ".join(lexicon.letters(held.restore(text)).split())
    return BEFORE_DIGITS.sub(r"\1, ", said)
