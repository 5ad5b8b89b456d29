"""Units of measure by the signs that people write for them."""

from __future__ import annotations

from typing import Final

from leafcast.narration.spoken.rule import one_of

SIGNS: Final = {
    "microgram": "mcg mcgs µg μg ug", "milligram": "mg mgs", "gram": "g gm gms grm grms",
    "kilogram": "kg kgs Kg", "nanogram": "ng", "millilitre": "ml mls mL", "centilitre": "cl",
    "decilitre": "dl dL", "litre": "l L ltr ltrs", "millimetre": "mm", "centimetre": "cm cms",
    "metre": "m mtr mtrs", "kilometre": "km kms", "mile": "mi", "yard": "yd yds",
    "square metre": "m² m2 sq_m sq._m sqm", "square centimetre": "cm² cm2",
    "cubic metre": "m³ m3", "cubic centimetre": "cm³ cm3", "pound": "lb lbs", "ounce": "oz ozs",
    "second": "sec secs", "minute": "min mins", "hour": "h hr hrs", "week": "wk wks",
    "month": "mth mths mo mos mnth mnths", "year": "yr yrs", "millimole": "mmol", "mole": "mol",
    "nanomole": "nmol", "kilocalorie": "kcal kcals", "kilojoule": "kJ", "calorie": "cal cals",
    "international unit": "IU IUs iu", "decibel": "dB", "megabyte": "MB", "gigabyte": "GB",
    "kilobyte": "kB KB", "watt": "W", "kilowatt": "kW", "teaspoon": "tsp tsps",
    "tablespoon": "tbsp tbsps", "tablet": "tab tabs", "capsule": "cap caps",
    "degree": "° º",
}  # fmt: skip
"""One of each, and its signs, a low line for a space. Many are one with “s”."""
OTHERS: Final = {
    "sq ft": ("square foot", "square feet"), "sq. ft": ("square foot", "square feet"),
    "sqft": ("square foot", "square feet"), "ft²": ("square foot", "square feet"),
    "ft": ("foot", "feet"), "mph": ("mile an hour", "miles an hour"),
    "km/h": ("kilometre an hour", "kilometres an hour"),
    "kph": ("kilometre an hour", "kilometres an hour"),
    "km/hr": ("kilometre an hour", "kilometres an hour"),
    "m/s": ("metre a second", "metres a second"),
    "mmHg": ("millimetre of mercury", "millimetres of mercury"),
    "mm Hg": ("millimetre of mercury", "millimetres of mercury"),
    "bpm": ("beat a minute", "beats a minute"), "Hz": ("hertz", "hertz"),
    "kHz": ("kilohertz", "kilohertz"), "MHz": ("megahertz", "megahertz"),
    "GHz": ("gigahertz", "gigahertz"), "wpm": ("word a minute", "words a minute"),
    "°C": ("degree Celsius", "degrees Celsius"), "℃": ("degree Celsius", "degrees Celsius"),
    "ºC": ("degree Celsius", "degrees Celsius"), "deg C": ("degree Celsius", "degrees Celsius"),
    "deg. C": ("degree Celsius", "degrees Celsius"), "oC": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "ºF": ("degree Fahrenheit", "degrees Fahrenheit"),
}  # fmt: skip
UNITS: Final = {
    sign.replace("_", " "): (one, f"{one}s")
    for one, signs in SIGNS.items()
    for sign in signs.split()
} | OTHERS
UNIT: Final = one_of(UNITS)
NAMED_UNITS: Final = one_of(
    {name for one_many in UNITS.values() for name in one_many if " " not in name} | {"day", "days"}
)


def unit(written: str) -> tuple[str, str]:
    """A unit, one and many, by its sign or its name."""
    return UNITS.get(written) or (written.removesuffix("s"), written)
