"""Money: amounts, ranges, and what an amount is for."""

from __future__ import annotations

import re
from typing import Final

from leafcast.narration.spoken.numbers import cardinal
from leafcast.narration.spoken.rule import DASH, NUMBER, Rule, one_of, rule

MONEY: Final = {
    "£": ("pound", "pounds", "pence"),
    "$": ("dollar", "dollars", "cents"),
    "€": ("euro", "euros", "cents"),
}
CODES: Final = {"GBP": "£", "EUR": "€", "USD": "US$"}
DOLLARS: Final = {
    "A": "Australian", "AU": "Australian", "US": "American", "C": "Canadian", "CA": "Canadian",
    "NZ": "New Zealand", "HK": "Hong Kong", "S": "Singapore",
}  # fmt: skip
SCALES: Final = {
    "k": "thousand", "m": "million", "mn": "million", "mil": "million", "bn": "billion",
    "b": "billion", "tn": "trillion",
}  # fmt: skip
EACH: Final = {
    "hr": "hour", "h": "hour", "wk": "week", "mth": "month", "yr": "year", "min": "minute",
    "hrs": "hour", "mins": "minute", "wks": "week", "mths": "month", "yrs": "year", "d": "day",
    "pp": "person", "p.p.": "person", "ph": "hour", "p/h": "hour", "p.h.": "hour", "pw": "week",
    "p.w.": "week", "p/w": "week", "pcm": "month", "p.c.m.": "month", "pa": "year", "p.a.": "year",
    "pm": "month", "p/m": "month", "p.m.": "month", "p/s": "session", "p.s.": "session",
    "mo": "month",
    "p/a": "year", "p/d": "day", "pd": "day", "ps": "session", "p/p": "person", "sess": "session",
    "ea": "piece", "appt": "appointment",
}  # fmt: skip
SHORT_PER: Final = (
    r"ph|p/h|p\.h\.|pw|p/w|p\.w\.|pcm|p\.c\.m\.|pp|p\.p\.|p/p|pa|p\.a\.|p/a|pm|p/m|p\.m\."
    r"|p/s|p\.s\.|ps|p/d|pd"
)
"""What is written behind an amount of money without a stroke: £60ph, £250 pcm."""
PEOPLE_AND_NIGHTS: Final = {"pppn": "per person per night", "pppw": "per person per week",
                            "ppn": "per person per night"}  # fmt: skip
EACH_UNIT: Final = (
    "hour|hrs?|h|day|week|wk|month|mth|mo|year|yr|session|person|head|visit|couple|minute|min|dose"
    "|night|pp|meeting|class|workshop|appointment|appt|call|group|family|child|adult|place|term"
    "|evening|morning|ticket|page|sess|mile"
)
PER: Final = rf"(?:\s?/\s?({EACH_UNIT})\b)?"
MONEY_PER: Final = rf"(?:(?:\s?/\s?|\s?(?={SHORT_PER}))({EACH_UNIT}|{SHORT_PER})(?!\w))?"
SCALE: Final = "million|billion|trillion|thousand|k|m|mn|mil|bn|tn|K|M"
PRICED: Final = "deposit|note|coin|voucher|discount|ticket|donation|surcharge|supplement"
"""Words before which an amount tells of what kind they are."""
JOINED: Final = "an?|per|or|to|and|in|for|off|each|if|when|with|as|at|but|on"
LASTING: Final = r"(?:mins?|minutes?|hours?|hrs?|h)\b"


def _sum(sign: str, amount: str, scale: str | None) -> str:
    """An amount of money in words."""
    one, many, small = MONEY[sign]
    whole, _, part = amount.replace(",", "").partition(".")
    if scale:
        return f"{cardinal(amount)} {SCALES.get(scale.lower(), scale.lower())} {many}"
    part = f"{part}0" if len(part) == 1 else part
    if len(part) not in (0, 2):
        return f"{cardinal(amount)} {many}"
    if not whole.strip("0") and part and int(part):
        return f"{cardinal(str(int(part)))} {'penny' if small + part == 'pence01' else small}"
    said = f"{cardinal(whole)} {one if whole.lstrip('0') == '1' else many}"
    return f"{said} {cardinal(str(int(part)))}" if part and int(part) else said


def _money(found: re.Match[str]) -> str:
    return f"{_sum(found[1], found[2], found[3])}{each(found[4])}"


def _dollars(found: re.Match[str]) -> str:
    """A$20, US$1.5m: whose dollars they are."""
    said = _sum("$", found[2], found[3])
    return re.sub(r"\b(?=dollars?\b)", f"{DOLLARS[found[1]]} ", said)


def _money_range(found: re.Match[str]) -> str:
    """£50–£70, £1.5–2m: the money is named once where it can be."""
    sign, first, second = found[1], found[2], found[4]
    scale = found[5]
    once = not found[3] and ("." not in first or scale)
    start = cardinal(first) if once else _sum(sign, first, found[3])
    return f"{start} to {_sum(sign, second, scale)}{each(found[6])}"


def each(unit: str | None) -> str:
    """“/hour” after an amount: an hour."""
    if not unit:
        return ""
    name = EACH.get(unit, unit)
    return f" {'an' if re.match('hour|[aeiou]', name) else 'a'} {name}"


def _priced(found: re.Match[str]) -> str:
    """a £10 deposit, 4 x £50 instalments: of that many pounds."""
    many = found[1] and f"{cardinal(found[1])} "
    scale = f"-{SCALES.get(found[3].lower(), found[3].lower())}" if found[3] else ""
    return f"{many or ''}{cardinal(found[2])}{scale}-pound"


def _pence(found: re.Match[str]) -> str:
    one = found[1] == "1" and not found[2]
    amount = f"{cardinal(found[1])} to {cardinal(found[2])}" if found[2] else cardinal(found[1])
    return f"{amount} {'penny' if one else 'pence'}{each(found[3])}"


def _pence_to_pounds(found: re.Match[str]) -> str:
    """50p–£1."""
    return f"{cardinal(found[1])} pence to "


RULES: Final[tuple[Rule, ...]] = (
    rule(r"(?i:(?<=[\dp])( ?)per )(hrs?|wk|mth|yr|min|pp)\b\.?", lambda m: each(m[2])),
    # One way of writing each: the sign before the amount, and a nought before the point.
    rule(rf"\b(GBP|EUR|USD)\s?(?={NUMBER})", lambda m: CODES[m[1]]),
    rule(rf"(?<![\w£$€])({NUMBER})\s?(GBP|EUR|USD)\b", lambda m: f"{CODES[m[2]]}{m[1]}"),
    rule(rf"(?<![\w£$€.,])({NUMBER})\s?([£€])(?!\s?\d)", r"\2\1"),
    rule(r"([£$€])\s?\.(?=\d)", r"\g<1>0."),
    rule(r"([£€]\d+),(?=\d\d(?!\d))", r"\1."),
    rule(r"([£$€]\d[\d,]*)\.[-–](?!\d)", r"\1"),
    rule(
        rf"(?i:(?<=\ba )|(?<=\ban ))()£([\d,]+)(?:\s?({SCALE})\b)?(?= (?!{JOINED})[a-z])", _priced
    ),
    rule(rf"(?<![–—-])(?<![–—-] )()£([\d,]+)()(?= (?:{PRICED})\b)", _priced),
    rule(r"\b(\d+)\s?[x×]\s?£([\d,]+)()(?= [a-z]+s\b)", _priced),
    rule(r"(?<![\w.)%])[-–](?=[£$€]\s?\d)|(?<=[£$€])[-–](?=\d)", "-"),
    rule(r"(?<![\w.)%])-([£$€])|(?<![\w.)%])([£$€])-", lambda m: f"minus {m[1] or m[2]}"),
    rule(rf"¥\s?({NUMBER})", lambda m: f"{cardinal(m[1])} yen"),
    # What is paid for: £45/50 mins is no range of amounts.
    rule(
        rf"([£$€]\d[\d,.]*(?:\s?{DASH}\s?£?\d[\d.]*)?)\s?/\s?(?={NUMBER}\s?-?{LASTING})", r"\1 for "
    ),
    rule(rf"(\d\s?-?{LASTING})\.?\s?/\s?(?=[£$€]\d)", r"\1 for "),
    rule(
        rf"([£$€]\d[\d,.]*) ({one_of(PEOPLE_AND_NIGHTS)})\b",
        lambda m: f"{m[1]} {PEOPLE_AND_NIGHTS[m[2]]}",
    ),
    rule(
        rf"\b({one_of(DOLLARS)})\$\s?({NUMBER})(?:\s?({SCALE})\b)?",
        _dollars,
    ),
    rule(
        rf"([£$€])\s?({NUMBER})(?:\s?({SCALE})\b)?\s?{DASH}\s?[£$€]?({NUMBER})(?:\s?({SCALE})\b)?"
        rf"(?![\w.]*\d|(?!{SHORT_PER})\w){MONEY_PER}",
        _money_range,
    ),
    rule(rf"([£$€])\s?({NUMBER})\s?({SCALE})\b{PER}", _money),
    rule(rf"(/{EACH_UNIT.join(('(?:', ')'))})\s?{DASH}\s?(?=[£$€]\d[\d.]*\s?/)", r"\1 to "),
    rule(rf"([£$€])\s?({NUMBER})(){MONEY_PER}", _money),
    rule(rf"\b(\d+)p\s?{DASH}\s?(?=[\w]+ pounds?\b)", _pence_to_pounds),
    rule(rf"(?<![\w.])(\d+)p?\s?{DASH}\s?(\d+) ?p\b{PER}", _pence),
    rule(rf"(?<![\w.])(\d+)p()\b{PER}", _pence),
    rule(r"(?<![\w.,])(\d+) p()()(?=[,;)]|\.(?!\w)|$| (?:a|per|each|off|for)\b)", _pence),
)
