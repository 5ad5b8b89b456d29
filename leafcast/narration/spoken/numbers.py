"""Numbers in words, as they are said here. num2words is loaded only when there is one to say."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import Final

from leafcast.narration.lexicon import NO_BREAK
from leafcast.narration.spoken.rule import DASH, NUMBER, Rule, rule

DIGITS: Final = ("oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MOST_DIGITS: Final = 15
"""Longer numbers are said digit by digit; nobody can follow their words."""
PARTS: Final = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 8: "eighth"}
VULGAR: Final = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"

# ---------------------------------------------------------------- words


def _num2words(number: int, to: str) -> str:
    from num2words import num2words

    return str(num2words(number, lang="en_GB", to=to)).replace(",", "")


def cardinal(number: str) -> str:
    """A number in words, with “and” as it is said here: one hundred and five; nought point five."""
    whole, point, decimals = number.replace(",", "").partition(".")
    if not point:
        return _num2words(int(whole), "cardinal") if len(whole) <= MOST_DIGITS else digits(whole)
    said = "nought" if not whole.strip("0") else cardinal(whole)
    return f"{said} point {digits(decimals, 'nought')}"


def ordinal(number: str) -> str:
    """An ordinal in words: twenty-first."""
    if len(number) > MOST_DIGITS:
        return digits(number)
    said = _num2words(int(number.replace(",", "")), "ordinal")
    return said.removeprefix("one ") if said.endswith("th") and int(number[-1]) == 0 else said


def year(number: str) -> str:
    """A year in words: nineteen ninety-four, two thousand and one, twenty twenty-six."""
    if re.fullmatch(r"2[1-9]00", number):
        return f"{cardinal(number[:2])} hundred"
    return _num2words(int(number), "year")


def digits(number: str, nought: str = DIGITS[0]) -> str:
    """Digits one by one, as in a telephone number."""
    names = (nought, *DIGITS[1:])
    return " ".join(names[int(digit)] for digit in number if digit.isdecimal())


def plural(word: str) -> str:
    """The plural of a number's word: nineties, sixes, hundreds."""
    if word.endswith("y"):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith("x") else f"{word}s"


def fraction(above: int, below: int) -> str:
    """A fraction in words: one half, two thirds, three quarters, seven tenths."""
    if below == 1:
        return cardinal(str(above))
    part = PARTS.get(below) or ordinal(str(below))
    if above == 1:
        return f"one {part}"
    return f"{cardinal(str(above))} {'halves' if below == 2 else f'{part}s'}"


def with_part(whole: str, part: str) -> str:
    """6 and ½: six and a half; ¾ alone: three quarters."""
    of = Fraction(unicodedata.numeric(part)).limit_denominator(12)
    said = fraction(of.numerator, of.denominator)
    if not whole:
        return said
    said = said.replace("one ", "a ", 1) if part in "½¼" else said
    return f"{cardinal(whole)} and {said}"


def part_of(part: str, unit: str) -> str:
    """½ of a unit: half an hour, a quarter of a milligram."""
    article = "an" if unit.startswith(("hour", "a", "i", "o", "e")) else "a"
    if part == "½":
        return f"half {article} {unit}"
    return f"{with_part('', part).replace('one ', 'a ', 1)} of {article} {unit}"


def roman(numeral: str) -> int:
    """The value of a Roman numeral, 0 where it is none."""
    if not re.fullmatch(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})", numeral):
        return 0
    values = [dict(zip("IVXLCDM", (1, 5, 10, 50, 100, 500, 1000), strict=True))[n] for n in numeral]
    after = [*values[1:], 0]
    return sum(-v if v < n else v for v, n in zip(values, after, strict=False))


def grouped(number: str) -> str:
    """Digits in groups of three, as one reads a long number out."""
    if len(number) == 4:
        return digits(number)
    first = len(number) % 3 or 3
    groups = [number[:first], *(number[at : at + 3] for at in range(first, len(number), 3))]
    return ", ".join(digits(group) for group in groups)


# ---------------------------------------------------------------- one way of writing each


def _together(found: re.Match[str]) -> str:
    """10 000, as it is written elsewhere: one number."""
    number = found[0].replace(" ", "")
    sure = number.endswith("00") or len(number) > 6 or found.string[: found.start()].endswith("£")
    return number if sure else found[0]


COUNTED: Final = (
    "people|adults|children|clients|participants|patients|words|hours|pounds|calories|kcal|steps"
    "|sessions|miles|metres|kilometres|members|men|women|students|volunteers|calls|pages|places"
    "|respondents|visitors|followers|homes|households|euros|dollars|views|times|days|minutes|cases"
    "|deaths|refugees|families|schools|practices|therapists|counsellors|feet"
)
"""What says that 1984 before it is a number, no year."""

BEFORE: Final[tuple[Rule, ...]] = (
    rule(r"(?<![\w.,+–-])[1-9]\d{0,2}(?: \d{3})+(?= [a-z]|[.;)]|$)", _together),
)

# ---------------------------------------------------------------- rules


def _many(number: str) -> str:
    """18s, 1000s: eighteens, thousands."""
    return plural(cardinal(number)).removeprefix("one ")


def _plain(found: re.Match[str]) -> str:
    """A number by itself: a year, a reference said digit by digit, or an amount."""
    number = found[0]
    whole = number.replace(",", "")
    if "." in number or "," in number:
        return cardinal(number)
    if 1700 <= int(whole[:5]) <= 2099 and len(whole) == 4:
        counts = re.match(rf" (?:{COUNTED})\b", found.string[found.end() :])
        return cardinal(whole) if counts else year(whole)
    if (len(whole) > 1 and whole[0] == "0") or (len(whole) >= 6 and whole[-3:] != "000"):
        return digits(whole) if len(whole) < 6 else grouped(whole)
    return cardinal(whole)


SCORED: Final = "won|lost|beat|win|lose|drew|draw|losing|winning|ahead|behind"


def _score(found: re.Match[str]) -> str:
    """won 3–0: three nil."""
    goals = [cardinal(n) if n != "0" else "nil" for n in (found[3], found[4])]
    return f"{found[1]}{found[2]} {' '.join(goals)}"


RULES: Final[tuple[Rule, ...]] = (
    rule(r"\b(?:121|1[-:]2[-:]1|1[-:]1)s\b", "one-to-ones"),
    rule(r"\b360(?=[ -](?:review|feedback|appraisal)s?\b)", "three-sixty"),
    rule(r"\b1[-:]2[-:]1\b|\b1 2 1\b", "one to one"),
    rule(
        r"\b121(?= (?:sessions?|support|therapy|counselling|work|basis|coaching)\b)", "one to one"
    ),
    rule(r"\b([23])-4-1\b", r"\1 for one"),
    rule(r"\b\d+(?:[–-]\d+){2,}\b", lambda m: ", ".join(re.findall(r"\d+", m[0]))),
    rule(r"(?<![\d.])\d+(?:\.\d+){2,}\b", lambda m: " point ".join(m[0].split("."))),
    rule(r"(?<=\d),(?=\d{1,2}(?!\d))", ", "),
    rule(rf"\b({SCORED})((?: \w+)?) (\d{{1,2}})[–-](\d{{1,2}})\b", _score),
    rule(rf"(?<=\d){DASH}(?=[A-Z]{{1,2}}\d)", " to "),
    rule(r"(?<=\b[Aa])[-–]?(?=\d)", NO_BREAK),  # the A64: the letter, not the article
    rule(r"(?<=[A-Z])[-–]?(?=\d)|(?<=[a-z])(?=\d)", " "),
    rule(r"(?<=[\da-z])\((?=\d+\))|(?<=\d)\((?=\w)", " ("),
    rule(rf"\b(\d+)(?::| : )({NUMBER})\b(?!:)", r"\1 to \2"),
    rule(rf"(?<![\w.])({NUMBER})\s?{DASH}\s?({NUMBER})(?![\w.]*\d)", r"\1 to \2"),
    rule(rf"(\d(?:st|nd|rd|th))\s?{DASH}\s?(?=\d+(?:st|nd|rd|th)\b)", r"\1 to "),
    rule(r"\b(\d[\d,]*)(?:st|nd|rd|th)\b", lambda m: ordinal(m[1].replace(",", "")), re.I),
    rule(rf"(?<!\w)(\d+){DASH}(\d+)[’']?s\b", lambda m: f"{cardinal(m[1])} to {_many(m[2])}"),
    rule(r"\b(\d+)[’']?s\b", lambda m: _many(m[1])),
    rule(r"(?<![\w.])\.(\d+)\b", lambda m: f"point {digits(m[1], 'nought')}"),
    rule(rf"{NUMBER}(?=([A-Za-z])?)", lambda m: f"{_plain(m)}{' ' if m[1] else ''}"),
    rule(r"²", " squared"),
    rule(r"³", " cubed"),
)


ODD_DIGITS: Final = (
    "²³¹⁰⁴-⁹₀-₉①-⒛⓪-⓿❶-➓\u1369-\u1371\u19da"
    "\U00010a40-\U00010a43\U00010e60-\U00010e68\U00011052-\U0001105a\U0001f100-\U0001f10a"
)
"""What Unicode calls a digit and regular expressions do not (numeric type Digit, and its kin)."""


def any_digit(found: re.Match[str]) -> str:
    """A digit of whatever kind, such as ① or ⁴."""
    return f" {cardinal(str(int(unicodedata.numeric(found[0]))))} "
