"""Dates: day before month."""

from __future__ import annotations

import re
from typing import Final

from leafcast.locale.days import MONTHS
from leafcast.narration.spoken.numbers import ordinal, year
from leafcast.narration.spoken.rule import DASH, Rule, rule
from leafcast.narration.spoken.weekdays import DAYS

MONTH: Final = (
    r"(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
    r"|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?"
    r"|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\b(?:\.(?= ?\d| [a-z]|[–-]))?"
)
NTH: Final = r"(\d{1,2})(?:st|nd|rd|th)?"
YEAR: Final = r"((?:1[5-9]|20)\d\d)"
DAY_AND_MONTH: Final = r"(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])(?![\w/%]|[.,]\d| of\b)"
CHANGED: Final = (
    "reduc|increas|grew|grow|fell|fall|cut|rose|rise|rising|drop|down|up|more|less|lower|higher|shr"
    "|multipl|divid"
)
COUNTED_TIME: Final = (
    r"(?! (?:hours?|hrs?|mins?|minutes|weeks?|days?|months?|years?|mg|tablets?|an?|the))"
)


def month_name(written: str) -> str:
    """The month's whole name."""
    return next(name for name in MONTHS if name.startswith(written[:3].capitalize()))


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
    return f"the {ordinal(found[1])} of {month_name(found[3])} {year(_whole_year(found[4]))}"


def _whole_year(written: str) -> str:
    """26 is 2026, 78 is 1978."""
    if len(written) == 4:
        return written
    return f"{'20' if int(written) < 50 else '19'}{written}"


def _day_and_month(found: re.Match[str]) -> str:
    """on 15/1, by 3/4: a date, but not “reduced by 3/4”."""
    before = found.string[max(0, found.start() - 40) : found.start()]
    if found[1].lower() == "by" and re.search(rf"\b(?:{CHANGED})\w*\s(?:\w+\s)?$", before):
        return found[0]
    return f"{found[1]}{found[2]}the {ordinal(str(int(found[3])))} of {MONTHS[int(found[4]) - 1]}"


def _days_and_months(found: re.Match[str]) -> str:
    """1/9–30/9; 1/2–3/4 are fractions."""
    numbers = [int(found[n]) for n in (1, 2, 3, 4)]
    if max(numbers) <= 8:
        return found[0]
    said = [f"the {ordinal(found[n])} of {MONTHS[int(found[n + 1]) - 1]}" for n in (1, 3)]
    return " to ".join(said)


def _week(found: re.Match[str]) -> str:
    """w/c 14.5."""
    if not (1 <= int(found[2]) <= 31 and 1 <= int(found[3]) <= 12):
        return found[0]
    return f"{found[1]} the {ordinal(found[2])} of {MONTHS[int(found[3]) - 1]}"


def _span(found: re.Match[str]) -> str:
    """1 Jan–3 Feb 2026: each with its month."""
    first, second = ((found[1], found[2], found[3]), (found[4], found[5], found[6]))
    if not (1 <= int(first[0]) <= 31 and 1 <= int(second[0]) <= 31):
        return found[0]
    said = [
        f"the {ordinal(day)} of {month_name(month)}{f' {year(in_year)}' if in_year else ''}"
        for day, month, in_year in (first, second)
    ]
    return " to ".join(said)


def _days_of_a_month(found: re.Match[str]) -> str:
    """1 & 2 May, 5/6 May, 1, 2 and 3 May."""
    if any(int(day) > 31 for day in re.findall(r"\d+", found[1])):
        return found[0]
    days = re.sub(r"(\d{1,2})(?:st|nd|rd|th)?", lambda m: f"the {ordinal(m[1])}", found[1])
    days = days.replace("/", " or ").replace("&", "and")
    said = f"{re.sub(' +', ' ', days)} of {month_name(found[2])}"
    return f"{said} {year(found[3])}" if found[3] else said


def _months_with_years(found: re.Match[str]) -> str:
    """Sept 2026 – July 2027."""
    return f"{month_name(found[1])} {year(found[2])} to {month_name(found[3])} {year(found[4])}"


def _iso(found: re.Match[str]) -> str:
    month, day = int(found[3]), int(found[4])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return found[0]
    return f"the {ordinal(str(day))} of {MONTHS[month - 1]} {year(found[1])}"


def _day_month(found: re.Match[str]) -> str:
    """12 March 2026, the 3rd of May, 12 Mar."""
    if not 1 <= int(found[1]) <= 31:
        return found[0]
    said = f"the {ordinal(found[1])} of {month_name(found[2])}"
    return f"{said} {year(found[3])}" if found[3] else said


def _days_month(found: re.Match[str]) -> str:
    """12–14 March 2026."""
    if not (1 <= int(found[1]) <= 31 and 1 <= int(found[2]) <= 31):
        return found[0]
    said = f"the {ordinal(found[1])} to the {ordinal(found[2])} of {month_name(found[3])}"
    return f"{said} {year(found[4])}" if found[4] else said


def _month_day(found: re.Match[str]) -> str:
    """March 12, 2026."""
    if not 1 <= int(found[2]) <= 31:
        return found[0]
    said = f"{month_name(found[1])} the {ordinal(found[2])}"
    return f"{said}, {year(found[3])}" if found[3] else said


RULES: Final[tuple[Rule, ...]] = (
    rule(rf"(?<![\w-]){YEAR}([-/.])(\d\d)\2(\d\d)(?![\w-])", _iso),
    rule(rf"\b{NTH}([/-]){MONTH}\2(\d{{4}}|\d\d)\b", _day_month_year),
    rule(
        rf"\b{MONTH}\.?/{MONTH}\.?(?=\W|$)", lambda m: f"{month_name(m[1])} or {month_name(m[2])}"
    ),
    rule(
        r"(?<![\w/.£€$-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?![\w/-]|\.\d| (?:min|sec"
        r"|breath|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))",
        _numeric,
    ),
    # Dates with the month in numbers only.
    rule(rf"\b({'|'.join(DAYS)})(,? )(?:the )?{DAY_AND_MONTH}", _day_and_month),
    rule(
        rf"\b([Oo]n|[Dd]ue|[Dd]ated|[Ss]tarting|[Ss]tarts|[Bb]y|[Uu]ntil|[Tt]ill|[Ss]ince|w/c"
        rf"|w/e|[Dd]eadline:?)( )"
        rf"{DAY_AND_MONTH}{COUNTED_TIME}",
        _day_and_month,
    ),
    rule(
        r"\b([Ff]rom|[Bb]efore|[Aa]fter|[Bb]etween)( )(?!(?:1/[2-9]|2/[35]|3/[458]|5/[68]|7/8)\b)"
        rf"{DAY_AND_MONTH}{COUNTED_TIME}",
        _day_and_month,
    ),
    rule(rf"(?<![\w/.,£-]){DAY_AND_MONTH}\s?{DASH}\s?{DAY_AND_MONTH}", _days_and_months),
    rule(
        rf"\b(of (?:{'|'.join(MONTHS)}) (?:to|and|until|or|[–-]))( ){DAY_AND_MONTH}", _day_and_month
    ),
    rule(
        rf"\b(of (?:{'|'.join(MONTHS)})(?: [a-z]+ ?[a-z-]*(?: and [a-z]+)?)?)\s?{DASH}\s?"
        rf"(?=the [a-z-]+ of (?:{'|'.join(MONTHS)}))",
        r"\1 to ",
    ),
    rule(r"\b(w/c|w/e) (\d{1,2})\.(\d{1,2})(?![.\d])", _week),
    # Dates with the month in words.
    rule(
        rf"\b(?:[Tt]he )?{NTH}(?: of)? {MONTH}(?:,? (\d{{4}}))?\s?(?:{DASH}|to|until) ?(?:the "
        rf")?{NTH}(?: of)? {MONTH}(?:,? (\d{{4}})\b)?",
        _span,
    ),
    rule(
        rf"\b(?:[Tt]he )?(\d{{1,2}}(?:st|nd|rd|th)?(?:(?:, ?| ?& ?| and | or | ?/ ?)(?:the "
        rf")?\d{{1,2}}(?:st|nd|rd|th)?)+)(?: of)? {MONTH}(?:,? (\d{{4}})\b)?",
        _days_of_a_month,
    ),
    rule(rf"\b{NTH}\s?{DASH}\s?{NTH}(?: of)? {MONTH}(?:,? (\d{{4}})\b)?", _days_month),
    rule(rf"\b(?:[Tt]he )?{NTH}(?: of)? {MONTH}(?:,? (\d{{4}})\b)?", _day_month),
    rule(
        r"\b(Jan|Feb|Mar|Apr|June?|July?|Aug|Sept?|Oct|Nov|Dec)\. (\d{1,2})()\b(?![.:]\d| ?[ap]m)",
        _month_day,
    ),
    rule(rf"\b{MONTH} {NTH}(?:, ?(\d{{4}})\b)", _month_day),
    rule(rf"\b{MONTH} (\d{{1,2}})(?:st|nd|rd|th)? {YEAR}\b", _month_day),
    rule(
        rf"\b{MONTH} {NTH}\s?{DASH}\s?{MONTH} {NTH}(?!\d)",
        lambda m: (
            f"{month_name(m[1])} the {ordinal(m[2])} to {month_name(m[3])} the {ordinal(m[4])}"
        ),
    ),
    rule(rf"\b{MONTH} (\d{{1,2}})(?:st|nd|rd|th)()\b", _month_day),
    rule(
        rf"\b{MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\s?{DASH}\s?(\d{{1,2}})(?:st|nd|rd|th)?"
        r"(?=[.,;:)]|$|,? \d{4}\b)",
        lambda m: f"{month_name(m[1])} the {ordinal(m[2])} to the {ordinal(m[3])}",
    ),
    rule(rf"\b{MONTH} (\d{{1,2}})()(?=[.,;)]|$)", _month_day),
    rule(
        rf"\b{MONTH}\s?{DASH}\s?{MONTH}(?: (\d{{4}})\b)?",
        lambda m: f"{month_name(m[1])} to {month_name(m[2])}{f' {year(m[3])}' if m[3] else ''}",
    ),
    rule(rf"\b{MONTH},? {YEAR}\s?{DASH}\s?{MONTH},? {YEAR}\b", _months_with_years),
    rule(
        rf"\b{MONTH} [’'‘](\d\d)\b",
        lambda m: f"{month_name(m[1])} {year(_whole_year(m[2]))}",
    ),
    rule(rf"\b{MONTH} {YEAR}\b", lambda m: f"{month_name(m[1])} {year(m[2])}"),
)
