"""Days of the week in full, beside another day, a date or a time; “Sat down” is no day."""

from __future__ import annotations

from typing import Final

from leafcast.narration.spoken.rule import DASH, Rule, ends_with_stop, rule

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY: Final = r"(Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun)(?:day|sday|nesday|rsday|urday)?"
SHORT_DAY: Final = r"(Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun)\b\.?"
ALWAYS_DAYS: Final = r"(Mon(?! Dieu| ami)|Tues?|Weds|Thurs?|Thu|Fri)\b\.?"
"""Short days that are no words: Sat, Sun and Wed are."""
ON_A_DAY: Final = (
    r"\b([Oo]n|[Ee]very|[Ee]ach|[Ll]ast|[Nn]ext|[Cc]losed|[Oo]pen|[Bb]y|[Uu]ntil|[Ff]rom)"
)
PART_OF_DAY: Final = (
    r"(?::|,? ?\b(?:am|pm|AM|PM|morning|mornings|afternoon|evenings?|eve|night|a\.m|p\.m)\b)"
)


def _weekday(written: str) -> str:
    """The day's whole name."""
    return next(name for name in DAYS if name.startswith(written[:3]))


def _listed(names: list[str]) -> str:
    """Monday or Tuesday; Monday, Wednesday or Friday."""
    return f"{', '.join(names[:-1])} or {names[-1]}"


RULES: Final[tuple[Rule, ...]] = (
    rule(
        rf"\b{DAY}\.? (?=\d{{1,2}}(?:st|nd|rd|th)\b(?!(?: of)? [A-Z]|-))",
        lambda m: f"{_weekday(m[1])} the ",
    ),
    rule(r"(?<![\w-])(Mon|Fri|Sat|Sun)s(?![\w’'-])", lambda m: f"{_weekday(m[1])}s"),
    rule(r"\bM ?[–-] ?F(?=,? \d|: )", "Monday to Friday"),
    rule(
        rf"\b{DAY}((?:/{DAY})+)\b",
        lambda m: _listed([_weekday(each) for each in m[0].split("/")]),
    ),
    rule(rf"\b{SHORT_DAY}(?= by (?:appt|appointment|arrangement)\b)", lambda m: _weekday(m[1])),
    rule(
        rf"\b{DAY}\.?\s?{DASH}\s?{SHORT_DAY}(?:day|nesday|sday|rsday|urday)?",
        lambda m: f"{_weekday(m[1])} to {_weekday(m[2])}",
    ),
    rule(
        rf"\b{SHORT_DAY}(?=,? (?:the )?\d|(?:,|,? and|,? or|,? to| ?&) (?:{DAY})\b)",
        lambda m: _weekday(m[1]),
    ),
    rule(
        rf"\b((?:{'|'.join(DAYS)})(?: the)? \d{{1,2}}(?:st|nd|rd|th)?(?: [A-Z][a-z]+)?)\s?{DASH}\s?"
        rf"(?=(?:{'|'.join(DAYS)}) \d)",
        r"\1 to ",
    ),
    rule(
        rf"\b({'|'.join(DAYS)})((?:,|,? and|,? or| to| &) ){SHORT_DAY}",
        lambda m: f"{m[1]}{m[2]}{_weekday(m[3])}",
    ),
    rule(
        rf"{ON_A_DAY} {SHORT_DAY}(?![’'\w])",
        lambda m: f"{m[1]} {_weekday(m[2])}{ends_with_stop(m)}",
    ),
    rule(r"\b(Sat|Sun|Wed)\.(?= [a-z])", lambda m: _weekday(m[1])),
    rule(rf"\b{SHORT_DAY}(?={PART_OF_DAY})", lambda m: _weekday(m[1])),
    rule(
        rf"(?<![\w.-]){ALWAYS_DAYS}(?![’'\w/-])", lambda m: f"{_weekday(m[1])}{ends_with_stop(m)}"
    ),
)
