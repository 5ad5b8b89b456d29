"""Money, measures, doses and shares."""

from __future__ import annotations

import re
from typing import Final

from leafcast.narration.spoken.numbers import VULGAR, cardinal, part_of, with_part
from leafcast.narration.spoken.rule import DASH, NUMBER, Rule, one_of, rule

MONEY: Final = {
    "£": ("pound", "pounds", "pence"),
    "$": ("dollar", "dollars", "cents"),
    "€": ("euro", "euros", "cents"),
}
DOLLARS: Final = {
    "A": "Australian", "AU": "Australian", "US": "American", "C": "Canadian", "CA": "Canadian",
    "NZ": "New Zealand", "HK": "Hong Kong", "S": "Singapore",
}  # fmt: skip
SCALES: Final = {
    "k": "thousand", "m": "million", "bn": "billion", "b": "billion", "tn": "trillion",
}  # fmt: skip
UNITS: Final = {
    "mcg": ("microgram", "micrograms"), "µg": ("microgram", "micrograms"),
    "mg": ("milligram", "milligrams"), "g": ("gram", "grams"), "kg": ("kilogram", "kilograms"),
    "ml": ("millilitre", "millilitres"), "mL": ("millilitre", "millilitres"),
    "cl": ("centilitre", "centilitres"), "l": ("litre", "litres"), "L": ("litre", "litres"),
    "mm": ("millimetre", "millimetres"), "cm": ("centimetre", "centimetres"),
    "m": ("metre", "metres"), "km": ("kilometre", "kilometres"),
    "m²": ("square metre", "square metres"), "m2": ("square metre", "square metres"),
    "sq m": ("square metre", "square metres"), "ft²": ("square foot", "square feet"),
    "sq ft": ("square foot", "square feet"), "ft": ("foot", "feet"), "lb": ("pound", "pounds"),
    "lbs": ("pound", "pounds"), "oz": ("ounce", "ounces"), "mph": ("mile an hour", "miles an hour"),
    "km/h": ("kilometre an hour", "kilometres an hour"),
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
    "hrs": "hour", "mins": "minute", "wks": "week", "mths": "month", "yrs": "year",
    "pp": "person", "p.p.": "person", "ph": "hour", "p/h": "hour", "p.h.": "hour", "pw": "week",
    "p.w.": "week", "p/w": "week", "pcm": "month", "p.c.m.": "month", "pa": "year", "p.a.": "year",
}  # fmt: skip
UNIT: Final = one_of(UNITS)
SHORT_PER: Final = r"ph|p/h|p\.h\.|pw|p/w|p\.w\.|pcm|p\.c\.m\.|pp|p\.p\.|pa|p\.a\."
"""What is written behind an amount of money without a stroke: £60ph, £250 pcm."""
EACH_UNIT: Final = (
    "hour|hrs?|h|day|week|wk|month|mth|year|yr|session|person|head|visit|couple|minute|min|dose"
    "|night|pp"
)
PER: Final = rf"(?:\s?/\s?({EACH_UNIT})\b)?"
MONEY_PER: Final = rf"(?:(?:\s?/\s?|\s?(?={SHORT_PER}))({EACH_UNIT}|{SHORT_PER})(?!\w))?"

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


def _partly(found: re.Match[str]) -> str:
    """6½ mg, ¾ hour, ½tsp: six and a half milligrams, three quarters of an hour."""
    whole, part, (one, many) = found[1], found[2], _unit(found[3])
    return f"{with_part(whole, part)} {many}" if whole else part_of(part, one)


def _partly_measured(found: re.Match[str]) -> str:
    """a ½-hour call, a 1½-hr session: of that length."""
    one, _ = _unit(found[3])
    return f"{with_part(found[1], found[2])} {one}" if found[1] else f"half-{one}"


def _unit(written: str) -> tuple[str, str]:
    """A unit, one and many, by its sign or its name."""
    return UNITS.get(written) or (written.removesuffix("s"), written)


def _strength(found: re.Match[str]) -> str:
    """200mg/5ml: in five millilitres."""
    said = [f"{cardinal(found[n])} {UNITS[found[n + 1]][found[n] != '1']}" for n in (1, 3)]
    return " in ".join(said)


def _measured_area(found: re.Match[str]) -> str:
    return f"{cardinal(found[1])} {UNITS[found[2]][0]}"


def _clipped_after_a_dose(found: re.Match[str]) -> str:
    """BD behind a dose; elsewhere these letters mean other things."""
    dose = re.search(rf"\b(?:{DOSED})$", found.string[: found.start()])
    return f" {OFTEN[found[1].replace('.', '').lower()]}" if dose else found[0]


def _percent(found: re.Match[str]) -> str:
    amount = f"{cardinal(found[1])} to {cardinal(found[2])}" if found[2] else cardinal(found[1])
    return f"{amount} per cent"


OFTEN: Final = {
    "od": "once a day", "bd": "twice a day", "bid": "twice a day", "tds": "three times a day",
    "tid": "three times a day", "qds": "four times a day", "qid": "four times a day",
    "prn": "as needed", "nocte": "at night", "mane": "in the morning", "stat": "at once",
}  # fmt: skip
"""How often a dose is taken, as prescriptions write it (British National Formulary)."""
DOSED: Final = "milligrams?|micrograms?|grams?|millilitres?|tablets?|capsules?|puffs?|drops?|units?"
NAMED_UNITS: Final = one_of(
    {name for one_many in UNITS.values() for name in one_many if " " not in name} | {"day", "days"}
)
TIMES: Final = {"1": "once", "2": "twice", "3": "three times"}
_AMOUNT: Final = rf"({NUMBER})\s?(k|m|bn|tn|K|M|million|billion|trillion|thousand)?"
RULES: Final[tuple[Rule, ...]] = (
    rule(rf"(?<=%)\s?{DASH}\s?(?=\d)", "–"),
    rule(r"(?<![\w.)%])-(?=\d)", "minus "),
    rule(
        rf"\b({NUMBER})\s?[x×]\s?({NUMBER})\s?(m|cm|mm|ft|metres?|feet)\b",
        lambda m: f"{cardinal(m[1])} by {cardinal(m[2])} {_unit(m[3])[1]}",
    ),
    rule(r"\b([123])\s?[x×]\s?(?=daily\b|weekly\b|monthly\b)", lambda m: f"{TIMES[m[1]]} "),
    rule(r"\b1\s?[x×] (?=(?:a|per|each|every) )", "once "),
    rule(r"(?<=\d)\s?[x×]\s?(?=\d)", " times "),
    rule(r"(?<=\d)\s?x\b(?=\s|$)", " times"),
    rule(r"\bx\s?(?=\d)", "times "),
    rule(r"(?i:(?<=\d)( ?)per )(hrs?|wk|mth|yr|min|pp)\b\.?", lambda m: _each(m[2])),
    rule(rf"([£$€]\d[\d,.]*)\s?/\s?(?={NUMBER}\s?(?:mins?|minutes?|hours?|hrs?|h)\b)", r"\1 for "),
    rule(
        rf"\b({one_of(DOLLARS)})\$\s?({NUMBER})(?:\s?(million|billion|thousand|k|m|bn)\b)?",
        _dollars,
    ),
    rule(
        rf"([£$€])\s?{_AMOUNT}\s?{DASH}\s?[£$€]?{_AMOUNT}(?![\w.]*\d|(?!{SHORT_PER})\w){MONEY_PER}",
        _money_range,
    ),
    rule(
        rf"([£$€])\s?({NUMBER})\s?(million|billion|trillion|thousand|k|m|bn|tn|K|M)\b{PER}", _money
    ),
    rule(rf"(/{EACH_UNIT.join(('(?:', ')'))})\s?{DASH}\s?(?=[£$€]\d)", r"\1 to "),
    rule(rf"([£$€])\s?({NUMBER})(){MONEY_PER}", _money),
    rule(rf"\b(\d+)\s?{DASH}\s?(\d+)p\b", r"\1 to \2 pence"),
    rule(r"\b(\d+)p\b", lambda m: f"{cardinal(m[1])} {'penny' if m[1] == '1' else 'pence'}"),
    rule(rf"(?<!\d)({NUMBER})\s?bn\b", lambda m: f"{cardinal(m[1])} billion"),
    rule(
        rf"(?<!\d)({NUMBER})\s?m (?=people|adults|children|men|women|patients|users|calls|visits)",
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
    rule(r"½ (?=(?:price|term|time|day|board|way|marathon)\b)", "half "),
    rule(rf"(?<=\b[Aa] )(\d+)?([{VULGAR}])[ -]?({UNIT}|{NAMED_UNITS})(?= [a-z])", _partly_measured),
    rule(rf"(?<![\w.])(\d+)?([{VULGAR}])-({UNIT}|{NAMED_UNITS})\b", _partly_measured),
    rule(rf"(?<![\w.])(\d+)([{VULGAR}])\s?({UNIT})(?![\w²])", _partly),
    rule(rf"(?<![\w.])()([{VULGAR}])\s?({UNIT}|{NAMED_UNITS})(?![\w²])", _partly),
    rule(rf"(?<![\w.])({NUMBER})\s?(mg|mcg|µg|g)\s?/\s?({NUMBER})\s?(ml|mL|l|L)\b", _strength),
    rule(rf"(?<=\b[Aa] )({NUMBER})\s?(m²|m2|sq ft|sq m|ft²)(?= [a-z])", _measured_area),
    rule(rf"\b({NUMBER})-({UNIT})\b", _measured),
    rule(
        rf"(?<![\w.])({NUMBER})(?:\s?{DASH}\s?({NUMBER}))?\s?({UNIT})(?![\w²])"
        rf"(?:{PER[3:-2]}|\s?/\s?({UNIT})(?!\w))?",
        _measure,
    ),
    rule(
        r"(?<=[a-z]) ?(?i:(od|o\.d\.|bd|b\.d\.|bid|b\.i\.d\.|tds|t\.d\.s\.|tid|t\.i\.d\."
        r"|qds|q\.d\.s\.|qid|q\.i\.d\.|prn|p\.r\.n\.|nocte|mane|stat))(?=[\s,;:.?!)”]|$)",
        _clipped_after_a_dose,
    ),
    rule(r"\bp\.r\.n\.", "as needed"),
)
