"""Dates: today, a day as people here write it, and a day that people wrote."""

from __future__ import annotations

import calendar
import os
import re
from datetime import UTC, date, datetime
from typing import Final


def today() -> date:
    """Today, or the day of SOURCE_DATE_EPOCH (reproducible-builds.org) where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()


def in_words(day: date) -> str:
    """A date as people here write it: 24 November 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_TIME = r"(?:[T ,]+(?:at )?\d{1,2}[:.]\d{2}.*|T.*)?"
_WEEKDAY = r"(?:[a-z]{2,9}\.?,? )?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
FORMS: Final = tuple(
    re.compile(form, re.I)
    for form in (
        rf"(?P<year>\d{{4}})(?P<by>[-/.])(?P<month>\d{{1,2}})(?P=by)(?P<day>\d{{1,2}}){_TIME}",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        rf"{_WEEKDAY}{_DAY}(?: of)?[ -]{_MONTH},?[ -](?P<year>\d{{4}}){_TIME}",
        rf"{_WEEKDAY}{_MONTH} {_DAY},? (?P<year>\d{{4}}){_TIME}",
    )
)
"""ISO 8601, with or without a time; and days with their month's name, in either order."""
NUMBERS: Final = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})")
SHORT_YEAR: Final = re.compile(r"\d{1,2}([-/. ])(?:\d{1,2}|[a-z]{3,9})\1\d{2}", re.I)
NO_DAY: Final = re.compile(rf"{_MONTH},? \d{{4}}|\d{{4}}(?:-\d{{1,2}})?", re.I)


def read_day(words: str) -> date:
    """The day that `words` name, in any form that leaves no doubt.

    Raises ValueError; its words say why it is none, as they stand after “31/11/2026”.
    """
    words = " ".join(words.split()).strip(" .,")
    for form in FORMS:
        if found := form.fullmatch(words):
            return _day(int(found["year"]), _month(found["month"]), int(found["day"]))
    if found := NUMBERS.fullmatch(words):
        return _by_numbers(int(found[1]), int(found[3]), int(found[4]))
    if SHORT_YEAR.fullmatch(words):
        raise ValueError("has a year of two digits only")
    if NO_DAY.fullmatch(words):
        raise ValueError("names no day of the month")
    raise ValueError("is not a date")


def _month(words: str) -> int:
    if words.isdigit():
        return int(words)
    for number, name in enumerate(MONTHS, 1):
        if name.casefold().startswith(words.casefold()):
            return number
    raise ValueError("is not a date")


def _day(year: int, month: int, day: int) -> date:
    """That day. Raises ValueError with the reason why there is no such."""
    if not 1 <= month <= 12:
        raise ValueError(f"cannot be a date: there is no month {month}")
    if year < 1:
        raise ValueError("is not a date")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        name = f"February {year}" if month == 2 else MONTHS[month - 1]
        raise ValueError(f"cannot be a date: {name} has {last} days")
    return date(year, month, day)


def _by_numbers(first: int, second: int, year: int) -> date:
    """Day and month in either order, where only one of them can be."""
    if first <= 12 and second <= 12 and first != second:
        one, other = _day(year, second, first), _day(year, first, second)
        raise ValueError(f"may be {in_words(one)} or {in_words(other)}")
    return _day(year, first, second) if second > 12 else _day(year, second, first)
