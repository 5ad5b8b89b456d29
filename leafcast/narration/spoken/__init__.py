"""British text as a voice must read it. What is shown stays as it was written.

    rule       what a rule is
    addresses  web, e-mail, telephone, postcodes     dates    dates, days, years, times
    amounts    money, measures, doses                letters  initialisms, titles, abbreviations
    numbers    all other numbers                     punctuation  brackets, dashes, emoji
    abbreviations                                    homographs  words with two readings

Small exact rules, in the order of `RULES`. The owner's lexicon comes first, and what it says is
held out of the rules' reach until the end.
"""

from __future__ import annotations

import re
from typing import Final

from leafcast.narration.lexicon import Lexicon
from leafcast.narration.spoken import (
    abbreviations,
    addresses,
    amounts,
    dates,
    homographs,
    letters,
    numbers,
    punctuation,
)
from leafcast.narration.spoken.held import Held
from leafcast.narration.spoken.rule import Rule, rule

RULES: Final[tuple[Rule, ...]] = (
    *punctuation.BEFORE,
    *addresses.RULES,
    *dates.RULES,
    *numbers.BEFORE,
    *amounts.RULES,
    *abbreviations.RULES,
    *letters.RULES,
    *numbers.RULES,
    *punctuation.AFTER,
    rule(rf"[^\W\D]|[{numbers.ODD_DIGITS}]", numbers.any_digit),
    *punctuation.CLOSING,
)


DIGIT: Final = "(?:oh|one|two|three|four|five|six|seven|eight|nine)"
BEFORE_DIGITS: Final = re.compile(rf"\b((?:[A-Z] ){{1,4}}[A-Z]) (?={DIGIT} {DIGIT} {DIGIT}\b)")
"""N H S one one one: a breath between letters and digits, so that one hears where each begins."""


def spoken_text(shown: str, lexicon: Lexicon, *, heading: bool = False) -> str:
    """`shown` as it is read aloud. The owner's lexicon wins over every rule.

    In a heading, a Roman numeral at the start is a number.
    """
    held = Held()
    text = letters.lowered(punctuation.tidied(shown), lexicon.known)
    text = held.hold(text, lexicon)
    for pattern, say in (*letters.HEADING_RULES, *RULES) if heading else RULES:
        text = pattern.sub(say, text)
    if lexicon.phonetic:
        text = homographs.with_readings(text)
    said = " ".join(lexicon.letters(held.restore(text)).split())
    return BEFORE_DIGITS.sub(r"\1, ", said)
