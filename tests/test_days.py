"""Days as people write them: read where they leave no doubt, else named with the reason."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leafcast.locale.days import MONTHS, in_words, read_day

READ = [
    ("2026-11-01", date(2026, 11, 1)),
    ("2026-11-1", date(2026, 11, 1)),
    ("2026/11/01", date(2026, 11, 1)),
    ("20261101", date(2026, 11, 1)),
    ("2026-11-01T09:30:00+01:00", date(2026, 11, 1)),
    ("2026-11-01 09:30:00 +0100", date(2026, 11, 1)),
    ("1 November 2026", date(2026, 11, 1)),
    ("1st of November, 2026", date(2026, 11, 1)),
    ("Sunday, 1 November 2026", date(2026, 11, 1)),
    ("Sun, 01 Nov 2026 09:30:00 GMT", date(2026, 11, 1)),
    ("November 1, 2026", date(2026, 11, 1)),
    ("Nov. 1st 2026", date(2026, 11, 1)),
    ("3 Sept 2026", date(2026, 9, 3)),
    ("1-Nov-2026", date(2026, 11, 1)),
    ("24/11/2026", date(2026, 11, 24)),
    ("24.11.2026", date(2026, 11, 24)),
    ("11/24/2026", date(2026, 11, 24)),
    ("5/5/2026", date(2026, 5, 5)),
    ("29 February 2028", date(2028, 2, 29)),
]
NAMED = [
    ("31/11/2026", "November has 30 days"),
    ("2026-11-31", "November has 30 days"),
    ("31 November 2026", "November has 30 days"),
    ("4/31/2026", "April has 30 days"),
    ("29/2/2027", "February 2027 has 28 days"),
    ("2026-13-01", "no month 13"),
    ("1/3/2026", "may be 1 March 2026 or 3 January 2026"),
    ("24/11/26", "two digits"),
    ("November 2026", "no day"),
    ("2026", "no day"),
    ("soon", "is not a date"),
    ("1 Brumaire 2026", "is not a date"),
    ("", "is not a date"),
]


@pytest.mark.parametrize(("words", "day"), READ, ids=[words for words, _ in READ])
def test_a_day_beyond_doubt_is_read(words: str, day: date) -> None:
    assert read_day(words) == day


@pytest.mark.parametrize(("words", "reason"), NAMED, ids=[words for words, _ in NAMED])
def test_any_other_is_named_with_the_reason(words: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_day(words)


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_every_day_is_read_from_its_own_forms(day: date) -> None:
    month = MONTHS[day.month - 1]
    for words in (day.isoformat(), in_words(day), f"{month[:3]} {day.day}, {day.year}"):
        assert read_day(words) == day


@given(st.text(alphabet="0123456789-/. Novembrt", max_size=16))
def test_whatever_is_written_is_a_day_or_a_reason(words: str) -> None:
    try:
        found: object = read_day(words)
    except ValueError as error:
        found = error
    assert isinstance(found, date) or str(found)
