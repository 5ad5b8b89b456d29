"""Dates, days, years and times: day before month, the clock of twelve and of twenty-four hours."""

from __future__ import annotations

import re
from typing import Final

from leafcast.locale.days import MONTHS
from leafcast.narration.lexicon import NO_BREAK
from leafcast.narration.spoken.numbers import DIGITS, cardinal, ordinal, plural, year
from leafcast.narration.spoken.rule import DASH, Rule, rule

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH: Final = (
    r"(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
    r"|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?"
    r"|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\b(?:\.(?= ?\d))?"
)
DAY: Final = r"(Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun)(?:day|sday|nesday|rsday|urday)?"
SHORT_DAY: Final = r"(Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun)\b\.?"
NTH: Final = r"(\d{1,2})(?:st|nd|rd|th)?"
YEAR: Final = r"((?:1[5-9]|20)\d\d)"
MEASURED: Final = (
    "per|%|million|billion|thousand|mg|mcg|g|kg|ml|l|km|m|cm|mm|miles?|metres?|hours?|hrs?|points?"
    "|times|stars?|years?|weeks?|months?|days?|degrees?"
)
"""Behind a number with a point, it says that the number is no time."""
HALF: Final = r"(a\.m\.|p\.m\.|[ap]m|[AP]M)(?!\w)"


def _month(written: str) -> str:
    """The month's whole name."""
    return next(name for name in MONTHS if name.startswith(written[:3].capitalize()))


def _weekday(written: str) -> str:
    """The day's whole name."""
    return next(name for name in DAYS if name.startswith(written[:3]))


# ---------------------------------------------------------------- dates


def _numeric(found: re.Match[str]) -> str:
    """12/03/2026, 12.3.26: day, month, year; the other way round only where it must be."""
    day, month, written = int(found[1]), int(found[3]), found[4]
    if month > 12 >= day:
        day, month = month, day
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return found[0]
    return f"the {ordinal(str(day))} of {MONTHS[month - 1]} {year(_whole_year(written))}"


def _day_month_year(found: re.Match[str]) -> str:
    """15/Jan/2020, 15-Jan-20."""
    if not 1 <= int(found[1]) <= 31:
        return found[0]
    return f"the {ordinal(found[1])} of {_month(found[3])} {year(_whole_year(found[4]))}"


def _whole_year(written: str) -> str:
    """26 is 2026, 78 is 1978."""
    if len(written) == 4:
        return written
    return f"{'20' if int(written) < 50 else '19'}{written}"


def _listed(names: list[str]) -> str:
    """Monday or Tuesday; Monday, Wednesday or Friday."""
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _iso(found: re.Match[str]) -> str:
    month, day = int(found[3]), int(found[4])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return found[0]
    return f"the {ordinal(str(day))} of {MONTHS[month - 1]} {year(found[1])}"


def _day_month(found: re.Match[str]) -> str:
    """12 March 2026, the 3rd of May, 12 Mar."""
    if not 1 <= int(found[1]) <= 31:
        return found[0]
    said = f"the {ordinal(found[1])} of {_month(found[2])}"
    return f"{said} {year(found[3])}" if found[3] else said


def _days_month(found: re.Match[str]) -> str:
    """12–14 March 2026."""
    if not (1 <= int(found[1]) <= 31 and 1 <= int(found[2]) <= 31):
        return found[0]
    said = f"the {ordinal(found[1])} to the {ordinal(found[2])} of {_month(found[3])}"
    return f"{said} {year(found[4])}" if found[4] else said


def _month_day(found: re.Match[str]) -> str:
    """March 12, 2026."""
    if not 1 <= int(found[2]) <= 31:
        return found[0]
    said = f"{_month(found[1])} the {ordinal(found[2])}"
    return f"{said}, {year(found[3])}" if found[3] else said


def _short_year_range(found: re.Match[str]) -> str:
    """2024–25, 2024/25."""
    first, second = found[1], found[2]
    if int(second) <= int(first[2:]):
        return found[0]
    return f"{year(first)} to{_minutes(second)}"


def _decade(found: re.Match[str]) -> str:
    return plural(year(found[1]))


# ---------------------------------------------------------------- times


def _clock(hour: str, minute: str | None, half: str | None) -> str:
    """A time in words, or "" where it is none."""
    if int(hour) > 24 or int(minute or 0) > 59:
        return ""
    letters = NO_BREAK.join((half or "").replace(".", "").lower())
    if letters:
        return f"{cardinal(hour)}{_minutes(minute)} {letters}"
    if minute is None:
        return cardinal(hour)
    if minute != "00":
        return f"{cardinal(hour)}{_minutes(minute)}"
    if int(hour) in (0, 24):
        return "midnight"
    return f"{cardinal(hour)}{' o’clock' if int(hour) <= 12 else ' hundred hours'}"


def _minutes(minute: str | None) -> str:
    if not minute or minute == "00":
        return ""
    return f" oh {DIGITS[int(minute[1])]}" if minute[0] == "0" else f" {cardinal(minute)}"


def _time(found: re.Match[str]) -> str:
    said = _clock(found[1], found[2], found[3])
    return f"{said}{_full_stop(found)}" if said else found[0]


def _times(found: re.Match[str]) -> str:
    """9am–5pm, 9.30–11am, 17:30–19:00."""
    first, second = _clock(found[1], found[2], found[3]), _clock(found[4], found[5], found[6])
    return f"{first} to {second}{_full_stop(found)}" if first and second else found[0]


def _dotted_times(found: re.Match[str]) -> str:
    """9.00–17.00, 9.30-5: times, where both can be. The first ends on the hour without a word."""
    first, second = _clock(found[1], found[3], None), _clock(found[5], found[6], None)
    if not first or not second or (found[2] == "." and not _are_hours(found[1], found[5])):
        return found[0]
    between = found[4].strip(" –—-") or "to"
    return f"{first.removesuffix(' o’clock')} {between} {second}"


def _are_hours(first: str, second: str) -> bool:
    """Whether one can be open from the first to the second: 1.25 to 1.50 is no such thing."""
    return first != second and min(int(first), int(second)) >= 1 and int(first) >= 6


def _two_times(found: re.Match[str]) -> str:
    first, second = _clock(found[2], found[3], None), _clock(found[5], found[6], None)
    return f"{found[1]} {first} {found[4]} {second}" if first and second else found[0]


def _lasting(found: re.Match[str]) -> str:
    """1:30:00, how long something lasts."""
    names = (("hour", found[1]), ("minute", found[2]), ("second", found[3]))
    said = [f"{cardinal(str(int(n)))} {name}{'s' * (int(n) != 1)}" for name, n in names if int(n)]
    return " ".join(said) or found[0]


def _full_stop(found: re.Match[str]) -> str:
    """The stop of “7 p.m.” is the sentence's own at its end, and before another sentence."""
    after = found.string[found.end() :]
    ends = not after or re.match(rf" [A-Z](?!{'|'.join(n[1:] for n in (*DAYS, *MONTHS))})", after)
    return "." if found[0].endswith(".") and ends else ""


RULES: Final[tuple[Rule, ...]] = (
    rule(rf"(?<![\w-]){YEAR}([-/.])(\d\d)\2(\d\d)(?![\w-])", _iso),
    rule(rf"\b{NTH}([/-]){MONTH}\2(\d{{4}}|\d\d)\b", _day_month_year),
    rule(rf"\b{MONTH}/{MONTH}(?=\W|$)", lambda m: f"{_month(m[1])} or {_month(m[2])}"),
    rule(
        rf"\b{DAY}((?:/{DAY})+)\b",
        lambda m: _listed([_weekday(each) for each in m[0].split("/")]),
    ),
    rule(rf"\b{SHORT_DAY}(?= by (?:appt|appointment|arrangement)\b)", lambda m: _weekday(m[1])),
    rule(r"(?<![\w/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?![\w/-]|\.\d)", _numeric),
    # Days: whole names beside another day, a date or a time; “Sat down” is no day.
    rule(
        rf"\b{DAY}\s?{DASH}\s?{SHORT_DAY}(?:day|nesday|sday|rsday|urday)?",
        lambda m: f"{_weekday(m[1])} to {_weekday(m[2])}",
    ),
    rule(
        rf"\b{SHORT_DAY}(?=,? (?:the )?\d|(?:,|,? and|,? or|,? to| ?&) (?:{DAY})\b)",
        lambda m: _weekday(m[1]),
    ),
    rule(
        rf"\b({'|'.join(DAYS)})((?:,|,? and|,? or| to| &) ){SHORT_DAY}",
        lambda m: f"{m[1]}{m[2]}{_weekday(m[3])}",
    ),
    # Dates with the month in words.
    rule(rf"\b{NTH}\s?{DASH}\s?{NTH}(?: of)? {MONTH}(?:,? (\d{{4}})\b)?", _days_month),
    rule(rf"\b(?:[Tt]he )?{NTH}(?: of)? {MONTH}(?:,? (\d{{4}})\b)?", _day_month),
    rule(rf"\b{MONTH} {NTH}(?:, ?(\d{{4}})\b)", _month_day),
    rule(rf"\b{MONTH} (\d{{1,2}})(?:st|nd|rd|th)? {YEAR}\b", _month_day),
    rule(rf"\b{MONTH} (\d{{1,2}})(?:st|nd|rd|th)()\b", _month_day),
    rule(rf"\b{MONTH} (\d{{1,2}})()(?=[.,;)]|$)", _month_day),
    rule(
        rf"\b{MONTH}\s?{DASH}\s?{MONTH}(?: (\d{{4}})\b)?",
        lambda m: f"{_month(m[1])} to {_month(m[2])}{f' {year(m[3])}' if m[3] else ''}",
    ),
    rule(rf"\b{MONTH} {YEAR}\b", lambda m: f"{_month(m[1])} {year(m[2])}"),
    # Years and decades.
    rule(rf"\b{YEAR}[’']?s\b", _decade),
    rule(r"(?<![\w£$€.,])[’'‘]?([2-9]0)[’']?s\b", lambda m: plural(cardinal(m[1]))),
    rule(rf"\b{YEAR}\s?{DASH}\s?{YEAR}\b", lambda m: f"{year(m[1])} to {year(m[2])}"),
    rule(rf"(?<![\w/]){YEAR}\s?[–/-]\s?(\d\d)(?![\w/-])", _short_year_range),
    rule(rf"(?<![\w/]){YEAR}/(\d)(?![\w/-])", lambda m: f"{year(m[1])} to {cardinal(m[2])}"),
    rule(rf"\bc(?:a|irca)?\.? ?{YEAR}\b", lambda m: f"around {year(m[1])}"),
    # Times.
    rule(rf"\b(noon|midday|midnight)\s?{DASH}\s?(?=\d)", r"\1 to "),
    rule(rf"(?<=[\dm])\s?{DASH}\s?(noon|midday|midnight)\b", r" to \1"),
    rule(
        r"\b(\d\d?)\.([0-5]\d) (?=(?:for|to|until|till|or|and) \d\d?(?:[.:]\d\d)?\s?[ap]\.?m)",
        lambda m: f"{_clock(m[1], m[2], '') or f'{m[1]}.{m[2]}'} ",
    ),
    rule(
        rf"\b(\d\d?)(?:[.:](\d\d))?\s?(?:{HALF})?\s?{DASH}\s?(\d\d?)(?:[.:](\d\d))?\s?{HALF}",
        _times,
    ),
    rule(r"(?<![\d.:])(\d{1,2}):([0-5]\d):([0-5]\d)(?![\d.:])", _lasting),
    rule(
        rf"(?<![\w.,£$€:/])(\d\d?)([.:])([0-5]\d)(\s?{DASH}\s?| to | until | till )"
        rf"(\d\d?)(?:\2([0-5]\d))?(?![\w%:]|[.,]\d|\s?(?:{MEASURED})\b)",
        _dotted_times,
    ),
    rule(
        r"(?i:\b(between|at|by|from|before|after)) (\d\d?)\.([0-5]\d) (and|or|to|until) "
        rf"(\d\d?)\.([0-5]\d)(?![\w%]|\.?\d|\s?(?:{MEASURED})\b)",
        _two_times,
    ),
    rule(rf"\b(\d{{1,2}})(?:[.:](\d\d))?\s?{HALF}", _time),
    rule(r"\b(\d{1,2}):(\d\d)\b()", _time),
    rule(
        r"(?i:\b(at|from|until|till)) (\d{1,2})\.([0-5]\d)\b(?!\s?%|\.?\d)",
        lambda m: f"{m[1]} {_clock(m[2], m[3], '') or f'{m[2]}.{m[3]}'}",
    ),
)
