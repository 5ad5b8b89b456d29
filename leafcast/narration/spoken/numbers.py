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
CALLED_BY_DIGITS: Final = (
    r"member(?:ship)?|regist(?:ered|ration)|account|reference|ref|charity|company"
)

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
    first = len(number) % 3 or 3
    groups = [number[:first], *(number[at : at + 3] for at in range(first, len(number), 3))]
    return ", ".join(digits(group) for group in groups)


# ---------------------------------------------------------------- one way of writing each

COUNTED: Final = (
    "weeks days months years hours hrs minutes mins sessions times people visits meetings "
    "appointments clients participants members places nights evenings"
)
"""What 6/8 counts: 6/8 weeks are six to eight."""


def _composed(found: re.Match[str]) -> str:
    """1/2, 6 1/2 and 1/3rd as one letter, where Unicode has it: 6½, ⅓."""
    above, below = int(found[2]), int(found[3])
    for letter in VULGAR:
        of = Fraction(unicodedata.numeric(letter)).limit_denominator(12)
        if (of.numerator, of.denominator) == (above, below):
            return f"{(found[1] or '').strip()}{letter}"
    return found[0]


def _either_count(found: re.Match[str]) -> str:
    """10/12 sessions: ten to twelve."""
    return f"{found[1]}–{found[2]}" if 1 < int(found[1]) < int(found[2]) else found[0]


def _together(found: re.Match[str]) -> str:
    """10 000, as it is written elsewhere: one number."""
    number = found[0].replace(" ", "")
    sure = number.endswith("00") or len(number) > 6 or found.string[: found.start()].endswith("£")
    return number if sure else found[0]


BEFORE: Final[tuple[Rule, ...]] = (
    rule("⁄", "/"),
    rule(
        rf"(?<![\w/.–-])(\d{{1,2}})/(\d{{1,2}})(?= (?:{'|'.join(COUNTED.split())})\b)",
        _either_count,
    ),
    rule(
        r"(?<![\w/.,])(\d+ )?([1-9])/([2-9]|1[0-2])(?:st|nd|rd|th)?s?"
        r"(?![\d/]|\.\d| ?[–-] ?\d+/)(?=(?:\s?[a-z°])|\W|$)",
        _composed,
    ),
    rule(r"(?<![\w.,+–-])[1-9]\d{0,2}(?: \d{3})+(?= [a-z]|[.;)]|$)", _together),
)

# ---------------------------------------------------------------- rules


def _vulgar(found: re.Match[str]) -> str:
    """½, 2½, 1 ¾: with “a” where it stands for a part of something."""
    part = Fraction(unicodedata.numeric(found[2])).limit_denominator(12)
    if found[1]:
        return f"{with_part(found[1], found[2])}{_space(found[3])}"
    if found[2] == "½" and found[3]:
        article = "an" if found.string[found.end() :].startswith(("hour", "a", "i", "e")) else "a"
        return f"half {article} "
    return f"{fraction(part.numerator, part.denominator)}{_space(found[3])}"


def _space(written: str | None) -> str:
    return " " if written else ""


def _slashed(found: re.Match[str]) -> str:
    """1/2 is a half, 1 1/2 one and a half, 8/10 a score, 120/80 a blood pressure."""
    whole, above, below = found[1], int(found[2]), int(found[3])
    if below in PARTS and above < below:
        said = fraction(above, below)
        if whole:
            return f"{cardinal(whole)} and {said.replace('one half', 'a half')}"
        return said
    before = f"{cardinal(whole)} " if whole else ""
    word = "out of" if above <= below else "over"
    return f"{before}{cardinal(found[2])} {word} {cardinal(found[3])}"


def _plain(found: re.Match[str]) -> str:
    """A number by itself: a year, a reference said digit by digit, or an amount."""
    number = found[0]
    whole = number.replace(",", "")
    if "." in number or "," in number:
        return cardinal(number)
    if 1700 <= int(whole[:5]) <= 2099 and len(whole) == 4:
        return year(whole)
    if (len(whole) > 1 and whole[0] == "0") or (len(whole) >= 6 and whole[-3:] != "000"):
        return digits(whole) if len(whole) < 6 else grouped(whole)
    return cardinal(whole)


RULES: Final[tuple[Rule, ...]] = (
    rule(
        rf"(?i:\b({CALLED_BY_DIGITS})(\s+(?:no\.?|number)|:)?:?\s+)(\d{{4,}})\b",
        lambda m: f"{m[1]}{m[2] or ''} {grouped(m[3])}",
    ),
    rule(r"\b24/7\b", "twenty-four seven"),
    rule(r"\b9/11\b", "nine eleven"),
    rule(r"\b50\s?[/:–-]\s?50\b", "fifty-fifty"),
    rule(r"\b1-2-1\b", "one to one"),
    rule(r"\b\d+(?:[–-]\d+){2,}\b", lambda m: ", ".join(re.findall(r"\d+", m[0]))),
    rule(r"\b\d+(?:\.\d+){2,}\b", lambda m: " point ".join(m[0].split("."))),
    rule(r"(?<=\b[Aa])[-–]?(?=\d)", NO_BREAK),  # the A64: the letter, not the article
    rule(r"(?<=[A-Z])[-–]?(?=\d)|(?<=[a-z])(?=\d)", " "),
    rule(r"(?<=\d)\((?=\w)", " ("),
    rule(rf"([{VULGAR}])\s?{DASH}\s?(?=\d)", r"\1 to "),
    rule(rf"(\d)\s?{DASH}\s?(?=[{VULGAR}])", r"\1 to "),
    rule(rf"(?<![\w/])(\d/\d)\s?{DASH}\s?(?=\d)", r"\1 to "),
    rule(r"(?<![\w/])(?:1/2|½) (?=(?:an?|the|of)\b)", "half "),
    rule(rf"(?:(?<!\d)(\d+)\s?)?([{VULGAR}])(\s?(?=(?!to\b)[a-z]))?", _vulgar),
    rule(r"\b(\d+\.\d+)/(\d+)\b", lambda m: f"{cardinal(m[1])} out of {cardinal(m[2])}"),
    rule(r"(?<![\w/.])(?:(\d+) )?(\d{1,3})/(\d{1,3})(?![\w/]|\.\d)", _slashed),
    rule(r"\b(\d+):(\d+)\b(?!:)", r"\1 to \2"),
    rule(rf"(?<![\w.])({NUMBER})\s?{DASH}\s?({NUMBER})(?![\w.]*\d)", r"\1 to \2"),
    rule(rf"(\d(?:st|nd|rd|th))\s?{DASH}\s?(?=\d+(?:st|nd|rd|th)\b)", r"\1 to "),
    rule(r"\b(\d[\d,]*)(?:st|nd|rd|th)\b", lambda m: ordinal(m[1].replace(",", "")), re.I),
    rule(r"\b(\d+)[’']?s\b", lambda m: plural(cardinal(m[1])).removeprefix("one ")),
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
