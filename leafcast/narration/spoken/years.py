"""Years, decades and centuries, and months in short by themselves."""

from __future__ import annotations

import re
from typing import Final

from leafcast.narration.lexicon import NO_BREAK
from leafcast.narration.spoken.dates import MONTH, YEAR, month_name
from leafcast.narration.spoken.numbers import DIGITS, cardinal, plural, year
from leafcast.narration.spoken.rule import DASH, Rule, ends_with_stop, rule

ALWAYS_MONTHS: Final = r"(Feb|Apr|Aug|Sept?|Oct|Nov)\b\.?"
"""Short months that are neither names nor words: Jan, Mar and Dec are."""
IN_A_MONTH: Final = (
    r"\b([Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ee]arly|[Ll]ate|[Mm]id|[Nn]ext|[Ll]ast|[Ee]nd of|[Ee]very)"
)


def minutes(minute: str | None) -> str:
    """The minutes of a time, or the years of a century, behind its hour: thirty, oh five."""
    if not minute or minute == "00":
        return ""
    return f" oh {DIGITS[int(minute[1])]}" if minute[0] == "0" else f" {cardinal(minute)}"


def _years(found: re.Match[str]) -> str:
    """2026/2027: from one to the next; 1969/1982: either."""
    word = "to" if int(found[2]) == int(found[1]) + 1 else "or"
    return f"{year(found[1])} {word} {year(found[2])}"


def _short_year_range(found: re.Match[str]) -> str:
    """2024–25, 2024/25."""
    first, second = found[1], found[2]
    if int(second) <= int(first[2:]):
        return found[0]
    return f"{year(first)} to{minutes(second)}"


def _short_year(found: re.Match[str]) -> str:
    """’68."""
    return minutes(found[1]).strip() or "nought nought"


def _decade(found: re.Match[str]) -> str:
    return plural(year(found[1]))


RULES: Final[tuple[Rule, ...]] = (
    rule(r"\bFY ?(?=\d{4})", f"F{NO_BREAK}Y "),
    rule(r"\b1066\b", "ten sixty-six"),
    rule(
        r"\b([Yy]ear|[Bb]y|[Ii]n|[Uu]ntil|[Ss]ince|[Bb]efore) (2[1-9]00)(?=[.,;:)]|$)",
        lambda m: f"{m[1]} {year(m[2])}",
    ),
    rule(rf"(?<!\w)[Cc](?:a|irca)?\.? ?(?={YEAR}\s?{DASH})", "around "),
    rule(
        r"\b([Ii]n|[Oo]f|[Ss]ince|[Ff]rom|[Uu]ntil|[Ee]arly|[Ll]ate|[Ss]ummer|[Ss]pring|[Aa]utumn"
        r"|[Ww]inter) [’'‘](\d\d)(?![\d\w’'])",
        lambda m: f"{m[1]}{minutes(m[2]) or ' nought nought'}",
    ),
    rule(r"(?<![\w’'])[’'‘](\d\d)(?![\w’'])(?=[^'’]*$|[^'’]*\w[’'])", _short_year),
    rule(rf"(\d0[’']?s)\s?{DASH}\s?(?=[’'‘]?\d+0[’']?s)", r"\1 to "),
    rule(rf"\b{YEAR}\s?{DASH}\s?(present|today|date|now)\b", lambda m: f"{year(m[1])} to {m[2]}"),
    rule(r"\b1999\s?[–/-]\s?00\b", "nineteen ninety-nine to two thousand"),
    rule(rf"\b{YEAR}[’']?s\b", _decade),
    rule(r"(?<![\w£$€.,])[’'‘]?([2-9]0)[’']?s\b", lambda m: plural(cardinal(m[1]))),
    rule(rf"\b{YEAR}\s?{DASH}\s?{YEAR}\b", lambda m: f"{year(m[1])} to {year(m[2])}"),
    rule(rf"(?<![\w/]){YEAR}\s?[–/-]\s?(\d\d)(?![\w/-])", _short_year_range),
    rule(rf"(?<![\w/]){YEAR}/(\d)(?![\w/-])", lambda m: f"{year(m[1])} to {cardinal(m[2])}"),
    rule(rf"\bc(?:a|irca)?\.? ?{YEAR}\b", lambda m: f"around {year(m[1])}"),
    rule(rf"(?<![\w/]){YEAR}/{YEAR}(?![\w/-])", _years),
    rule(
        r"\b([Ii]n|[Ss]ince|[Aa]round|[Bb]efore|[Aa]fter|[Bb]y|AD) (1[0-4]\d\d)(?=[.,;:)]|$| "
        r"(?:when|the|and|by|he|she|they|in|at)\b)",
        lambda m: f"{m[1]} {year(m[2])}",
    ),
    rule(r"\b(\d{1,2}(?:st|th))[ -]?[Cc](?:\.|\b)(?![a-z])", r"\1 century"),
    # Months in short by themselves.
    rule(
        rf"{IN_A_MONTH}[ -]{MONTH}(?![\w’'])",
        lambda m: f"{m[1]} {month_name(m[2])}{ends_with_stop(m)}",
    ),
    rule(
        rf"(?<![\w.-]){ALWAYS_MONTHS}(?![’'\w/-])",
        lambda m: f"{month_name(m[1])}{ends_with_stop(m)}",
    ),
)
