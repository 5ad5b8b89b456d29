"""Times: the clock of twelve and of twenty-four hours, from and to, and how long."""

from __future__ import annotations

import re
from typing import Final

from leafcast.locale.days import MONTHS
from leafcast.narration.lexicon import NO_BREAK
from leafcast.narration.spoken.numbers import cardinal
from leafcast.narration.spoken.rule import DASH, Rule, rule
from leafcast.narration.spoken.weekdays import DAYS
from leafcast.narration.spoken.years import minutes

MEASURED: Final = (
    "per|%|million|billion|thousand|mg|mcg|g|kg|ml|l|km|m|cm|mm|miles?|metres?|hours?|hrs?|points?"
    "|times|stars?|years?|weeks?|months?|days?|degrees?|out of|on average|kilos?|stone|pounds?"
)
"""Behind a number with a point, it says that the number is no time."""
HALF: Final = r"(a\.m\.|p\.m\.|[ap]m|[AP]M|[AP]\.M\.|[AP]m|[ap]\.m)(?!\w)"
NO_MORE: Final = rf"(?![\w%:]|[.,]\d|\s?(?:{MEASURED})\b)"
"""What may not follow a time."""
ROUND: Final = ("00", "15", "30", "45")
BOOKS: Final = (
    "Genesis|Exodus|Psalms?|Proverbs|Ecclesiastes|Isaiah|Jeremiah|Matthew|Matt|Mark|Luke|John|Acts"
    "|Romans|Corinthians|Galatians|Ephesians|Philippians|Hebrews|James|Revelation|Job|Ruth"
)
"""Whose chapters and verses are written as times are."""
STARTS: Final = (
    "start|starts|finish|train|bus|flight|client|clients|appointment|slot|session|meeting|group|show"
    "|performance|class|service|arrival|onwards|sharp|prompt|prayers|news|call|booking|lecture|till"
)
"""Behind a number with a point, it says that it is a time: a 9.30 start."""
BEGINS: Final = (
    r"doors|starts?|starting|opens?|closes?|closing|arrive|begins?|beginning|ends?|finish(?:es)?"
    r"|time|meets?|before|after|by|around|about|at|from|until|till|@|mornings?|evenings?|nights?"
    r"|talk|film|supper|dinner|lunch|tea|coffee|drinks|interval|registration|curtain up|kick-off"
    r"|afternoons?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|today|tomorrow|tonight"
    r"|(?:noon|midday|midnight) to"
)

# ---------------------------------------------------------------- times


def _clock(hour: str, minute: str | None, half: str | None) -> str:
    """A time in words, or "" where it is none."""
    if int(hour) > 24 or int(minute or 0) > 59:
        return ""
    letters = NO_BREAK.join((half or "").replace(".", "").lower())
    if letters:
        return f"{cardinal(hour)}{minutes(minute)} {letters}"
    if minute is None:
        return cardinal(hour)
    if minute != "00":
        return f"{cardinal(hour)}{minutes(minute)}"
    if int(hour) in (0, 24):
        return "midnight"
    return f"{cardinal(hour)}{' o’clock' if int(hour) <= 12 else ' hundred hours'}"


def _time(found: re.Match[str]) -> str:
    said = _clock(found[1], found[2], found[3])
    return f"{said}{_full_stop(found)}" if said else found[0]


def _times(found: re.Match[str]) -> str:
    """9am–5pm, 9.30–11am, 17:30–19:00."""
    first, second = _clock(found[1], found[2], found[3]), _clock(found[4], found[5], found[6])
    first = first.removesuffix(" o’clock")
    return f"{first} to {second}{_full_stop(found)}" if first and second else found[0]


def _dotted_times(found: re.Match[str]) -> str:
    """9.00–17.00, 9.30-5: times, where both can be. The first ends on the hour without a word."""
    first, second = _clock(found[1], found[3], None), _clock(found[5], found[6], None)
    if not first or not second or (found[2] == "." and not _are_hours(found)):
        return found[0]
    between = found[4].strip(" –—-") or "to"
    first = first.removesuffix(" o’clock").removesuffix(" hours")
    return f"{first} {between} {second}"


def _are_hours(found: re.Match[str]) -> bool:
    """Whether one can be open from the first to the second: 1.25 to 1.50 is no such thing."""
    first, second = found[1], found[5]
    if first == second and found[3] not in ROUND:
        return False
    return min(int(first), int(second)) >= 1 and int(first) >= 6


def _two_times(found: re.Match[str]) -> str:
    first, second = _clock(found[2], found[3], None), _clock(found[5], found[6], None)
    return f"{found[1]} {first} {found[4]} {second}" if first and second else found[0]


def _lasting(found: re.Match[str]) -> str:
    """1:30:00, how long something lasts."""
    names = (("hour", found[1]), ("minute", found[2]), ("second", found[3]))
    said = [f"{cardinal(str(int(n)))} {name}{'s' * (int(n) != 1)}" for name, n in names if int(n)]
    return " ".join(said) or found[0]


def _verse(found: re.Match[str]) -> str:
    """John 3:16, Matthew 5:3–12."""
    verses = f"verse {cardinal(found[3])}"
    if found[4]:
        verses = f"verses {cardinal(found[3])} to {cardinal(found[4])}"
    return f"{found[1]} {cardinal(found[2])}, {verses}"


def _full_stop(found: re.Match[str]) -> str:
    """The stop of “7 p.m.” is the sentence's own at its end, and before another sentence."""
    after = found.string[found.end() :]
    ends = not after or re.match(rf" [A-Z](?!{'|'.join(n[1:] for n in (*DAYS, *MONTHS))})", after)
    return "." if found[0].endswith(".") and ends else ""


def _open_until(found: re.Match[str]) -> str:
    """7.30pm–9, 11am–1: the second is a time because the first is."""
    first, second = _clock(found[1], found[2], found[3]), _clock(found[4], found[5], None)
    if not first or not second or int(found[4]) > 12:
        return found[0]
    return f"{first} to {second.removesuffix(' o’clock')}"


def _until_half_past(found: re.Match[str]) -> str:
    """9–5.30."""
    first, second = _clock(found[1], None, None), _clock(found[2], found[3], None)
    if not first or not second or int(found[1]) < 1 or found[3] not in ROUND:
        return found[0]
    return f"{first} to {second}"


def _until_half_past_in_words(found: re.Match[str]) -> str:
    """from 9 to 5.30, between 9 and 10.30."""
    first, second = _clock(found[2], None, None), _clock(found[4], found[5], None)
    if not first or not second or found[5] not in ROUND:
        return found[0]
    return f"{found[1]} {first} {found[3]} {second}"


def _clock_of_24(number: str) -> str:
    """0930, 1700, as they are said before “hours”, or ""."""
    hour, minute = number[:2], number[-2:]
    if int(hour) > 24 or int(minute) > 59:
        return ""
    nought = "oh " if hour[0] == "0" and hour != "00" else ""
    return f"{nought}{cardinal(hour)}{minutes(minute) or ' hundred'}"


def _hours(found: re.Match[str]) -> str:
    said = _clock_of_24((found[1] or found[3]).zfill(2) + (found[2] or found[4]))
    return f"{said} hours" if said else found[0]


def _hours_range(found: re.Match[str]) -> str:
    """0900–1700."""
    first, second = _clock(found[1], found[2], None), _clock(found[3], found[4], None)
    if not first or not second or ("0" not in (found[1][0], found[3][0]) and not found[5]):
        return found[0]
    return f"{first.removesuffix(' o’clock').removesuffix(' hundred hours')} to {second}"


def _dotted(found: re.Match[str]) -> str:
    """Doors 7.30; 12.00."""
    said = _clock(found[2], found[3], None)
    return f"{found[1]}{said}" if said and found[3] in ROUND else found[0]


def _alone(found: re.Match[str]) -> str:
    """12.00, 17.30: nothing but a time is written so."""
    likely = found[2] == "00" or (found[2] == "30" and 13 <= int(found[1]) <= 21)
    said = _clock(found[1], found[2], None) if likely and int(found[1]) else ""
    return said or found[0]


RULES: Final[tuple[Rule, ...]] = (
    rule(rf"\b({BOOKS})\.? (\d+):(\d+)(?:\s?{DASH}\s?(\d+))?(?!\d)", _verse),
    rule(rf"\b({'|'.join(DAYS)}){DASH}(?=\d|noon|midnight)", r"\1 to "),
    rule(rf"(?<=\d[ap]m){DASH}(?=(?:{'|'.join(DAYS)})\b)", " to "),
    rule(rf"\b(noon|midday|midnight)\s?{DASH}\s?(?=\d)", r"\1 to "),
    rule(rf"(?<=[\dm])\s?{DASH}\s?(noon|midday|midnight|late)\b", r" to \1"),
    rule(
        rf"\b([01]\d|2[0-3])([0-5]\d)\s?{DASH}\s?([01]\d|2[0-4])([0-5]\d)\b(\s?(?:hrs|hours|h)\b)?",
        _hours_range,
    ),
    rule(r"(?<!\w)(0\d):?([0-5]\d)\s?(?:hrs|hours|h)\b()()", _hours),
    rule(r"(?<![\w:])(\d{1,2}):([0-5]\d)\s?(?:hrs|hours|h)\b()()", _hours),
    rule(
        r"(?<=\b(?:at|to|by) )([01]\d|2[0-4])([0-5]\d)\s?(?:hrs|hours|h)\b|"
        r"(?<=\bfrom )([01]\d|2[0-4])([0-5]\d)\s?(?:hrs|hours|h)\b",
        _hours,
    ),
    rule(
        r"\b(\d\d?)\.([0-5]\d) (?=(?:for|to|until|till|or|and) \d\d?(?:[.:]\d\d)?\s?[ap]\.?m)",
        lambda m: f"{_clock(m[1], m[2], '') or f'{m[1]}.{m[2]}'} ",
    ),
    rule(r"(?<=\d\d)\s?hrs?(?=\s?[–-]\s?[0-2]\d\.?[0-5]\d\s?hrs?\b)", ""),
    rule(
        rf"\b([01]\d|2[0-4])\.([0-5]\d)(\s?{DASH}\s?)([01]\d|2[0-4])\.([0-5]\d)\s?hrs\b",
        r"\1:\2\3\4:\5",
    ),
    rule(r"\b([01]\d|2[0-4])\.([0-5]\d)\s?(?:hrs|h)\b()()", _hours),
    rule(r"^([01]\d|2[0-3])([0-5]\d) hrs\b()()", _hours),
    rule(
        rf"\b(\d\d?)(?:\.([0-5]\d))? for (\d\d?)\.([0-5]\d){NO_MORE}",
        lambda m: f"{_clock(m[1], m[2], None)} for {_clock(m[3], m[4], None)}",
    ),
    rule(
        rf"\b(\d\d?)(?:[.:](\d\d))?\s?(?:{HALF})?\s?{DASH}\s?(\d\d?)(?:[.:](\d\d))?\s?{HALF}",
        _times,
    ),
    rule(
        rf"\b(\d\d?)(?:[.:](\d\d))?\s?{HALF}\s?{DASH}\s?(\d\d?)(?:[.:]([0-5]\d))?{NO_MORE}",
        _open_until,
    ),
    rule(r"(?<![\d.:])(\d{1,2}):([0-5]\d):([0-5]\d)(?![\d.:])", _lasting),
    rule(
        rf"(?<![\w.,£$€:/])(\d\d?)([.:])([0-5]\d)(\s?{DASH}\s?| to | until | till )"
        rf"(\d\d?)(?:\2([0-5]\d))?(?![\w%:]|[.,]\d|\s?(?:{MEASURED})\b)",
        _dotted_times,
    ),
    rule(rf"(?<![\w.,£$€:/–-])(\d\d?)\s?{DASH}\s?(\d\d?)\.([0-5]\d){NO_MORE}", _until_half_past),
    rule(
        r"(?i:\b(between|at|by|from|before|after)) (\d\d?)\.([0-5]\d) (and|or|to|until) "
        rf"(\d\d?)\.([0-5]\d)(?![\w%]|\.?\d|\s?(?:{MEASURED})\b)",
        _two_times,
    ),
    rule(rf"(?<![\w£$€.])(\d{{1,2}})(?:[.:](\d\d))?\s?{HALF}", _time),
    rule(r"\b(\d{1,2}):(\d\d)\b(?![,.]\d)()", _time),
    rule(
        r"(?i:\b(at|from|until|till)) (\d{1,2})\.([0-5]\d)\b(?!\s?%|\.?\d)",
        lambda m: f"{m[1]} {_clock(m[2], m[3], '') or f'{m[2]}.{m[3]}'}",
    ),
    rule(rf"(?i:(?<!\w)((?:{BEGINS}):? (?:at |from |is )?))(\d\d?)\.([0-5]\d){NO_MORE}", _dotted),
    rule(
        rf"(?<![\w.,£$€:/–-])(?<!of )(?<!BMI )(\d\d?)\.(00|30){NO_MORE}(?!\s?{DASH}\s?\d)", _alone
    ),
    rule(
        r"(?i:\b(from|between|open)) (\d\d?) (to|and|until|till|[–-]) (\d\d?)\.([0-5]\d)"
        rf"{NO_MORE}",
        _until_half_past_in_words,
    ),
    rule(
        rf"(?<![\w.,£$€:/–-])(\d\d?)\.([0-5]\d)(?= (?:{STARTS})\b)",
        lambda m: _clock(m[1], m[2], None) or m[0],
    ),
    rule(
        r"\b(at|from|to|by|until|till|before|after) (0\d)([0-5]\d)\b(?! ?\d)",
        lambda m: f"{m[1]} {_clock_of_24(m[2] + m[3])}",
    ),
    rule(r"\b([01]\d|2[0-3])([0-5]\d)hrs(?=[.,;)]|$| on\b| to\b)()()", _hours),
    rule(
        rf"(?<![\w.,£$€:/–-])(\d\d?)\.([0-5]\d)"
        rf"(?= on (?:the [a-z-]+ of (?:{'|'.join(MONTHS)})|(?:{'|'.join(DAYS)})))",
        lambda m: _clock(m[1], m[2], None) or m[0],
    ),
    rule(r"\b([ap]m)/([ap]m)\b", lambda m: f"{NO_BREAK.join(m[1])} or {NO_BREAK.join(m[2])}", re.I),
    rule(rf"\b((?:{'|'.join(DAYS)})s?) ([ap])(?:m\b|\.m\.)", f"\\1 \\2{NO_BREAK}m"),
    rule(r"(?<=\d)ish\b", "-ish"),
)
