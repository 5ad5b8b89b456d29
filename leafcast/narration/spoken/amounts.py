"""Money, measures, doses and shares."""

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
SCALES: Final = {"k": "thousand", "m": "million", "bn": "billion", "b": "billion"}
UNITS: Final = {
    "mcg": ("microgram", "micrograms"), "µg": ("microgram", "micrograms"),
    "mg": ("milligram", "milligrams"), "g": ("gram", "grams"), "kg": ("kilogram", "kilograms"),
    "ml": ("millilitre", "millilitres"), "mL": ("millilitre", "millilitres"),
    "cl": ("centilitre", "centilitres"), "l": ("litre", "litres"), "L": ("litre", "litres"),
    "mm": ("millimetre", "millimetres"), "cm": ("centimetre", "centimetres"),
    "m": ("metre", "metres"), "km": ("kilometre", "kilometres"),
    "m²": ("square metre", "square metres"), "ft": ("foot", "feet"), "lb": ("pound", "pounds"),
    "lbs": ("pound", "pounds"), "oz": ("ounce", "ounces"), "mph": ("mile an hour", "miles an hour"),
    "sec": ("second", "seconds"), "secs": ("second", "seconds"),
    "min": ("minute", "minutes"), "mins": ("minute", "minutes"),
    "h": ("hour", "hours"), "hr": ("hour", "hours"), "hrs": ("hour", "hours"),
    "wk": ("week", "weeks"), "wks": ("week", "weeks"),
    "mth": ("month", "months"), "mths": ("month", "months"),
    "yr": ("year", "years"), "yrs": ("year", "years"),
    "mmHg": ("millimetre of mercury", "millimetres of mercury"),
    "mmol": ("millimole", "millimoles"), "kcal": ("kilocalorie", "kilocalories"),
    "bpm": ("beat a minute", "beats a minute"), "IU": ("international unit", "international units"),
    "dB": ("decibel", "decibels"), "Hz": ("hertz", "hertz"), "kHz": ("kilohertz", "kilohertz"),
    "MB": ("megabyte", "megabytes"), "GB": ("gigabyte", "gigabytes"),
    "tsp": ("teaspoon", "teaspoons"), "tbsp": ("tablespoon", "tablespoons"),
    "°C": ("degree Celsius", "degrees Celsius"), "℃": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"), "°": ("degree", "degrees"),
}  # fmt: skip
EACH: Final = {
    "hr": "hour", "h": "hour", "wk": "week", "mth": "month", "yr": "year", "min": "minute",
    "pp": "person",
}  # fmt: skip
UNIT: Final = one_of(UNITS)
PER: Final = (
    r"(?:\s?/\s?(hour|hr|h|day|week|wk|month|mth|year|yr|session|person|head|visit|couple|minute"
    r"|min|dose|night)\b)?"
)

# ---------------------------------------------------------------- money


def _sum(sign: str, amount: str, scale: str | None) -> str:
    """An amount of money in words."""
    one, many, small = MONEY[sign]
    whole, _, part = amount.replace(",", "").partition(".")
    if scale:
        return f"{cardinal(amount)} {SCALES.get(scale.lower(), scale.lower())} {many}"
    if len(part) not in (0, 2):
        return f"{cardinal(amount)} {many}"
    if not whole.strip("0") and part and int(part):
        return f"{cardinal(str(int(part)))} {small}"
    said = f"{cardinal(whole)} {one if whole.lstrip('0') == '1' else many}"
    return f"{said} {cardinal(str(int(part)))}" if part and int(part) else said


def _money(found: re.Match[str]) -> str:
    return f"{_sum(found[1], found[2], found[3])}{_each(found[4])}"


def _money_range(found: re.Match[str]) -> str:
    """£50–£70, £1.5–2m: the money is named once where it can be."""
    sign, first, second = found[1], found[2], found[4]
    scale = found[5]
    once = not found[3] and ("." not in first or scale)
    start = cardinal(first) if once else _sum(sign, first, found[3])
    return f"{start} to {_sum(sign, second, scale)}{_each(found[6])}"


def _each(unit: str | None) -> str:
    """“/hour” after an amount: an hour."""
    if not unit:
        return ""
    name = EACH.get(unit, unit)
    return f" {'an' if name.startswith('h') and name != 'head' else 'a'} {name}"


# ---------------------------------------------------------------- measures


def _measure(found: re.Match[str]) -> str:
    """10 mg, 5–10 mg, 2.5mg/day, 37.5°C."""
    low, high, unit = found[1], found[2], found[3]
    one, many = UNITS[unit]
    amount = f"{cardinal(low)} to {cardinal(high)}" if high else cardinal(low)
    said = f"{amount} {one if low == '1' and not high else many}"
    if found[4]:
        return f"{said}{_each(found[4])}"
    return f"{said} per {UNITS[found[5]][0]}" if found[5] else said


def _measured(found: re.Match[str]) -> str:
    """50-min session, 10-mg dose: one of the kind."""
    return f"{cardinal(found[1])}-{UNITS[found[2]][0]}"


def _height(found: re.Match[str]) -> str:
    feet = "foot"
    return f"{cardinal(found[1])} {feet}{f' {cardinal(found[2])}' if found[2] else ''}"


def _weight(found: re.Match[str]) -> str:
    pounds = f" {cardinal(found[2])} pound{'' if found[2] == '1' else 's'}" if found[2] else ""
    return f"{cardinal(found[1])} stone{pounds}"


def _percent(found: re.Match[str]) -> str:
    amount = f"{cardinal(found[1])} to {cardinal(found[2])}" if found[2] else cardinal(found[1])
    return f"{amount} per cent"


_AMOUNT: Final = rf"({NUMBER})\s?(k|m|bn|K|M|million|billion|thousand)?"
RULES: Final[tuple[Rule, ...]] = (
    rule(r"(?<![\w.)])-(?=\d)", "minus "),
    rule(r"(?<=\d)\s?[x×]\s?(?=\d)", " times "),
    rule(r"(?<=\d)\s?x\b(?=\s|$)", " times"),
    rule(r"\bx\s?(?=\d)", "times "),
    rule(r"([£$€][\d,.]*\d)(pw|pcm|pp)\b", r"\1 \2"),
    rule(rf"([£$€])\s?{_AMOUNT}\s?{DASH}\s?[£$€]?{_AMOUNT}(?![\w.]*\d|\w){PER}", _money_range),
    rule(rf"([£$€])\s?({NUMBER})\s?(million|billion|thousand|k|m|bn|K|M)\b{PER}", _money),
    rule(rf"([£$€])\s?({NUMBER})(){PER}", _money),
    rule(r"\b(\d+)\s?[–-]\s?(\d+)p\b", r"\1 to \2 pence"),
    rule(r"\b(\d+)p\b", lambda m: f"{cardinal(m[1])} {'penny' if m[1] == '1' else 'pence'}"),
    rule(rf"(?<!\d)({NUMBER})\s?bn\b", lambda m: f"{cardinal(m[1])} billion"),
    rule(
        rf"(?<!\d)({NUMBER})m (?=people|adults|children|men|women|patients|users|calls|visits)",
        lambda m: f"{cardinal(m[1])} million ",
    ),
    rule(r"(?<![\w.])(\d)[’'′]\s?(\d{1,2})(?:[\"”″]|[’']{2})", _height),
    rule(r"\b(\d)\s?ft\.? ?(\d{1,2})\s?(?:in\b|ins\b|inches\b|[\"”″])?", _height),
    rule(r"\b(\d{1,2})\s?st\.? (\d{1,2})\s?lbs?\b", _weight),
    rule(r"\b(\d{1,2}) st()(?=[\s,.;)]|$)(?! [A-Z])", _weight),
    rule(
        r"\b(\d{2,3})/(\d{2,3})\s?mmHg\b",
        lambda m: f"{cardinal(m[1])} over {cardinal(m[2])} millimetres of mercury",
    ),
    rule(r"\b(\d+)\s?y/?o\b", lambda m: f"{cardinal(m[1])} year old"),
    rule(r"(?i:\b(aged|ages|age)) (\d+)\+", r"\1 \2 and over"),
    rule(rf"(?<![\w.,])({NUMBER})\s?%?\s?{DASH}\s?({NUMBER})\s?%", _percent),
    rule(rf"(?<!\d)({NUMBER})()\s?%", _percent),
    rule(rf"\b({NUMBER})-({UNIT})\b", _measured),
    rule(
        rf"(?<![\w.])({NUMBER})(?:\s?{DASH}\s?({NUMBER}))?\s?({UNIT})(?![\w²])"
        rf"(?:{PER[3:-2]}|/({UNIT})(?!\w))?",
        _measure,
    ),
    rule(r"(?<=milligrams) (?:o\.?d\.?)(?=[\s,;.]|$)", " once a day"),
    rule(r"(?<=milligrams) (?:b\.?d\.?)(?=[\s,;.]|$)", " twice a day"),
    rule(r"(?<=milligrams) (?:t\.?d\.?s\.?)(?=[\s,;.]|$)", " three times a day"),
    rule(r"\bp\.r\.n\.", "as needed"),
)
