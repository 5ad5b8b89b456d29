"""Fractions, scores and pressures: what a stroke between two numbers says."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import Final

from leafcast.locale.days import MONTHS
from leafcast.narration.spoken.numbers import PARTS, VULGAR, cardinal, fraction, ordinal, with_part
from leafcast.narration.spoken.rule import DASH, Rule, rule

COUNTED: Final = (
    "weeks days months years hours hrs minutes mins sessions visits meetings appointments "
    "places nights evenings wks mths yrs tablets tabs capsules puffs units drinks pages"
)
"""What 6/8 counts: 6/8 weeks are six to eight."""
PERSONS: Final = (
    "times people persons clients participants members patients adults children women men "
    "teenagers "
    "parents couples students teachers respondents families girls boys employees carers users"
)
"""Of whom 3/10 are three out of ten."""
RATED: Final = (
    r"scores?|scored|scoring|rates?|rated|rating|marks?|marked|anxiety|mood|pain|distress|energy"
    r"|stress|confidence"
)
"""Before a score: rated 4/5."""
UNITS_OF_TIME: Final = "hour day week month year minute"


def _composed(found: re.Match[str]) -> str:
    """1/2, 6 1/2 and 1/3rd as one letter, where Unicode has it: 6½, ⅓."""
    above, below = int(found[2]), int(found[3])
    whole = re.sub(r"\D", "", found[1] or "")
    if whole and above >= below:
        return found[0]
    for letter in VULGAR:
        of = Fraction(unicodedata.numeric(letter)).limit_denominator(12)
        if (of.numerator, of.denominator) == (above, below):
            return f"{whole}{letter}"
    return found[0]


def _either_count(found: re.Match[str]) -> str:
    """10/12 sessions: ten to twelve. 2/10 sessions: a share."""
    first, second = int(found[1]), int(found[2])
    return f"{found[1]}–{found[2]}" if 1 < first < second <= 2 * first else found[0]


def _persons(found: re.Match[str]) -> str:
    """1/4 people, 3/10 people: a share; 6/8 people: a number of them."""
    first, second = int(found[1]), int(found[2])
    if first == 1:
        return f"one in {cardinal(found[2])}"
    shares = (10, 20, 100) if found[3] == "times" else (5, 10, 20, 50, 100)
    if second in shares or not first < second <= 2 * first:
        return f"{cardinal(found[1])} out of {cardinal(found[2])}" if first < second else found[0]
    return f"{found[1]}–{found[2]}"


def _out_of(found: re.Match[str]) -> str:
    """8 / 10, 7–8/10, 1/10: a score."""
    low, high, of = found[1], found[2], found[3]
    return f"{cardinal(low)}{f' to {cardinal(high)}' if high else ''} out of {cardinal(of)}"


BEFORE: Final[tuple[Rule, ...]] = (
    rule("⁄", "/"),
    rule(
        r"\b([Ss]ession|[Pp]art|[Ss]tep|[Ww]eek|[Pp]age|[Ee]pisode|[Mm]odule|[Tt]ip|[Ss]heet"
        r"|[Ll]esson|[Qq]uestion|[Ii]tem|[Ee]xercise|[Ss]lide|[Cc]ard|[Vv]ideo|[Ww]orkshop|[Ww]orksheet"
        r"|[Ll]ecture|[Hh]andout) "
        r"(\d{1,2})/(\d{1,2})(?![\w/])",
        r"\1 \2 of \3",
    ),
    rule(
        r"(?i:\b(years?|yrs?|levels?|grades?|tiers?)) (\d{1,2})/(\d{1,2})(?![\w/])", r"\1 \2 or \3"
    ),
    rule(r"\b(2):([12])(?= (?:in|degree|from|at)\b)", lambda m: f"two {cardinal(m[2])}"),
    rule(r"\b24/7/365\b", "twenty-four seven, three sixty-five"),
    rule(r"\b24[/–-]7\b", "twenty-four seven"),
    rule(r"\b9/11\b", "nine eleven"),
    rule(r"\b7/7(?= (?:bombings?|attacks?|survivors?|inquest)\b)", "seven seven"),
    rule(r"(?<![\d/])(?:¼|1/4) (?=(?:past|to) \d)", "quarter "),
    rule(r"\b(\d{1,2})[/:](\d)(?= (?:fasting|fasts?)\b)", r"\1 \2"),
    rule(r"\b(\d{1,2})/(\d)(?= (?:pattern|split|rota|shifts?|vision|diet)\b)", r"\1 \2"),
    rule(r"\b50\s?[/:–-]\s?50\b(?!%)", "fifty-fifty"),
    rule(
        rf"(?<![\w/.–£$€-])(\d{{1,2}})/(\d{{1,2}})(?= (?:{'|'.join(COUNTED.split())})\b)",
        _either_count,
    ),
    rule(rf"(?<![\w/.–£$€-])(\d{{1,3}})/(\d{{1,3}})(?= ({'|'.join(PERSONS.split())})\b)", _persons),
    rule(
        rf"(?<![\w/.,£$€])(\d+(?:\.\d+)?)(?:\s?{DASH}\s?(\d+(?:\.\d+)?))? ?/ ?(10|100)"
        r"(?![\w/%]|[.,]\d| ?[–-] ?\d| of\b| ?(?:mg|ml|mcg|g|mins?|hrs?|weeks|sessions)\b)",
        _out_of,
    ),
    rule(
        rf"(?i:\b({RATED}))( (?:it|me|us|this|mine|was|is|at|of|to|a|about))? (\d(?:\.\d)?) ?/ ?"
        r"([4-9]|10)(?![\w/%]|[.,]\d| ?[–-] ?\d| of\b| [a-z]+ly\b)",
        lambda m: f"{m[1]}{m[2] or ''} {cardinal(m[3])} out of {cardinal(m[4])}",
    ),
    rule(
        r"(?<![\w/.])(\d(?:\.\d)?) ?/ ?(5|10)(?= (?:stars?|on (?:Google|Trustpilot|average)"
        r"|rating)\b)",
        lambda m: f"{cardinal(m[1])} out of {cardinal(m[2])}",
    ),
    # 1-1/2, 1 and 1/2, 6 1/2: one and a half, six and a half.
    rule(
        r"(?<![\w/.,–-])(?<!etween )(?<!rom )([1-9]\d?)(?:[–-]| and | & "
        r")([1-9])/([2-8])(?![\d/]|\.\d| ?[–-] ?\d+/)(?=\s?[a-z°]|\W|$)",
        _composed,
    ),
    rule(rf"(?<![\w/.,–-])(?<!etween )(?<!rom )([1-9]\d?)(?: and | ?& ?)(?=[{VULGAR}])", r"\1"),
    rule(
        r"(?<![\w/.,])(\d+ )?([1-9])/([2-9]|1[0-2])(?:st|nd|rd|th)?s?"
        r"(?![\d/]|\.\d| ?[–-] ?\d+/)(?=(?:\s?[a-z°%])|\W|$)",
        _composed,
    ),
    rule(rf"([{VULGAR}])\s?{DASH}\s?(?=[\d{VULGAR}])", r"\1 to "),
    rule(rf"(\d)\s?{DASH}\s?(?=\d*[{VULGAR}])", r"\1 to "),
    rule(r"\b(one|two|three|four|five|six|seven|eight|nine|ten) and (?:1/2|½)", r"\1 and a half"),
    rule(
        rf"\b(two|three|four|five|six|ten) ½[ -]({'|'.join(UNITS_OF_TIME.split())}) (?=[a-z]+s\b)",
        r"\1 half-\2 ",
    ),
    rule(r"(?<![\w.,/])(\d[\d.]*)/(\d[\d.]*)\s?(?=(?:mg|mcg|g|ml)\b)", r"\1 or \2 "),
)


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
    """1/2 is a half, 1 1/2 one and a half, 8/10 a score, 15/1 a day, 120/80 a blood pressure."""
    whole, above, below = found[1], int(found[2]), int(found[3])
    if below in PARTS and 0 < above < below:
        said = fraction(above, below)
        if whole:
            return f"{cardinal(whole)} and {said.replace('one half', 'a half')}"
        return said
    before = f"{cardinal(whole)} " if whole else ""
    summed = found.string[found.end() :].startswith((" =", "="))
    if not whole and not summed and below <= 12 and max(9, below) <= above <= 31 and above != below:
        return f"the {ordinal(found[2])} of {MONTHS[below - 1]}"
    word = "out of" if above <= below else "over"
    return f"{before}{cardinal(found[2])} {word} {cardinal(found[3])}"


RULES: Final[tuple[Rule, ...]] = (
    rule(rf"(?<![\w/])(\d/\d)\s?{DASH}\s?(?=\d)", r"\1 to "),
    rule(r"(?<![\w/])(?:1/2|½) (?=(?:an?|the|of)\b)", "half "),
    rule(rf"(?:(?<!\d)(\d+)\s?)?([{VULGAR}])(\s?(?=(?!to\b)[a-z]))?", _vulgar),
    rule(r"\b(\d+\.\d+) ?/ ?(\d+)\b", lambda m: f"{cardinal(m[1])} out of {cardinal(m[2])}"),
    rule(r"\b20/20\b", "twenty twenty"),
    rule(r"\b([1-9]0)/([1-9]0)\b(?<=60/40|40/60|70/30|30/70|80/20|20/80|90/10)", r"\1 \2"),
    rule(r"(?<![\w/.])(?:(\d+) )?(\d{1,3})/(\d{1,3})(?![\w/]|\.\d)", _slashed),
)
