"""Is a telephone number in the article nearly the practice's own? Then one of the two is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from leafcast.document.article import placed_sentences
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Severity

NUMBER: Final = re.compile(r"(?<![\w.])(?:\+|\(?00?)\(?\d[\d ()\u00a0\u2011-]{6,16}\d(?!\w)")
"""A number as people write it: 01632 960 142, (01632) 960142, +44 1632 960142, 0044 …"""
MOST_WRONG: Final = 2
"""Digits that may differ: a slip, or two that changed places. More are another number."""


def check_contact(publication: Publication, folder: Path) -> Iterator[Finding]:
    """A finding for each number that differs from the practice's in a digit or two."""
    practice = publication.project.practice
    own = practice.contact.phone
    if not own:
        return
    known = {digits_of(found) for line in practice.crisis for found in numbers_in(line.how)}
    for sentence, place in placed_sentences(publication.article):
        for found in numbers_in(sentence.text):
            if digits_of(found) not in known and nearly(digits_of(found), digits_of(own)):
                yield Finding(
                    "phone-differs",
                    Severity.WARNING,
                    f"Two different telephone numbers: here it is “{found}”, and in "
                    f"practice.toml “{own}”",
                    "Write the right one in both places",
                    place,
                )


def numbers_in(text: str) -> Iterator[str]:
    """The telephone numbers that stand in `text`, as they are written."""
    yield from (found[0] for found in NUMBER.finditer(text))


def digits_of(number: str) -> str:
    """A number's digits as they are dialled at home: +44 (0)1632 is 01632 (ITU-T E.123)."""
    digits = re.sub(r"\D", "", number.replace("(0)", ""))
    abroad = re.match(r"\s*(?:\+|\(?00)\(?44", number)
    return "0" + digits.removeprefix("00").removeprefix("44") if abroad else digits


def nearly(one: str, other: str) -> bool:
    """Whether two numbers differ, but only so that one may be a slip of the other."""
    if one == other:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= MOST_WRONG
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(
        long[:at] + long[at + 1 :] == short for at in range(len(long))
    )
