"""Where sentences end, in British English.

What is before an end and behind it decides: an abbreviation (`locale.abbreviations`), a number, a
name. A package that brings another language brings a function like `sentence_spans`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leafcast.locale.abbreviations import LETTERED, goes_on

WORD_BEFORE_STOP = re.compile(r"(?s)(.*?)([^\s(\[“‘\"']*)\.$")
SAYING = re.compile(
    r"\b(?:say|says|said|saying|or|means?|a|an|answer(?:ed|s)?|whispered|shouted|thought|simply|just"
    r"|always|firm|clear|hear|heard|hearing|me|us|him|her|them|you) $"
)
"""What stands before the word no, which is then no number."""
COUNTED = re.compile(
    r"\d+(?:[.,]\d+)* (?!(?:in|on|of|at|is|was|are|were|and|or|to|for|by|the|with|has|had|from"
    r"|as|who)\b)"
    r"[a-z]|\d+ (?:of (?:us|them|you|the|my|our|their)|in \d)\b"
)
"""Some that are counted, as in “The answer was no. 5 people left”, not numbered."""
NUMBERED = re.compile(
    r"(?i)\b(?:at|in|to|from|near|by|outside|opposite|of|with|under|see|page|route|bus|tram|train"
    r"|house|flat|room|reg|ref|charity|company|tel|member|account|case|chapter|part|question|point"
    r"|step|line|platform|track|policy|order|invoice) $"
)
"""What stands before the abbreviation no."""
STREET = re.compile(r"\d[a-zA-Z]? (?:[A-Z][\w’']+ )+$|\b(?:High|Main|Church|Market|Mill) $")
"""What stands before St., which is then no saint."""
IN_BRACKETS = {"accred", "hons", "snr", "reg", "ed", "eds"}
"""Abbreviations that end a bracket within a sentence."""
END = re.compile(r"([.!?…]+)([”’\"')\]]*)(\s+)(?=([“‘\"'(\[]*)(\S))")


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of `text`, without the white space around it."""
    start = len(text) - len(text.lstrip())
    for end in END.finditer(text):
        if _ends_here(text[start : end.end(1)], end[1], end[2], text[end.start(5) :]):
            yield start, end.end(2)
            start = end.end(3)
    if start < len(text.rstrip()):
        yield start, len(text.rstrip())


def _ends_here(so_far: str, mark: str, closing: str, following: str) -> bool:
    """Whether a mark such as `.` is the end of a sentence that goes on with `following`."""
    if following[:1].islower():
        return False
    if mark != "." or closing not in ("", ")"):
        return True
    before, last = WORD_BEFORE_STOP.match(so_far).groups()  # type: ignore[union-attr]
    if closing:  # a bracket that is no sentence: MBACP (Accred.) Therapist
        return last.casefold() not in IN_BRACKETS
    if len(last) == 1 and before.split()[-1:] and before.split()[-1].casefold() in LETTERED:
        return True
    if last.casefold() == "no" and _is_said(before, following):
        return True
    if last == "St" and STREET.search(before):
        return True
    first = not re.search(r"\w", before) or before.rstrip()[-1] in ",;:(–"
    most = last in ("max", "min") and not re.search(r"\d\s?$", before)
    return not goes_on(last, following, first=first or most)


def _is_said(before: str, following: str) -> bool:
    """Whether “no.” is the word, by what stands around it, and not short for number."""
    if NUMBERED.search(before):
        return False
    return bool(SAYING.search(before) or COUNTED.match(following))
