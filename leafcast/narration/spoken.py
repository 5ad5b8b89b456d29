"""British text as a voice must read it. What is shown stays as it was written.

Small exact rules, in the order of `RULES`, after the owner's lexicon. Numbers become words by
num2words, loaded only when there is one to say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from leafcast.narration.lexicon import Lexicon

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
DIGITS: Final = ("oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
UNITS: Final = {
    "mg": "milligram", "g": "gram", "kg": "kilogram", "ml": "millilitre", "cm": "centimetre",
    "mm": "millimetre", "km": "kilometre", "m": "metre", "min": "minute", "mins": "minute",
    "hr": "hour", "hrs": "hour",
}  # fmt: skip

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def spoken_text(shown: str, lexicon: Lexicon) -> str:
    """`shown` as it is read aloud. The owner's lexicon wins over every rule."""
    text = unicodedata.normalize("NFC", lexicon.say(shown))
    for pattern, say in RULES:
        text = pattern.sub(say, text)
    return " ".join(text.split())


# ---------------------------------------------------------------- numbers


def cardinal(number: str) -> str:
    """A number in words, with “and” as it is said here: one hundred and five."""
    from num2words import num2words

    words = str(num2words(number.replace(",", ""), lang="en_GB"))
    return words.replace(",", "")


def ordinal(number: str) -> str:
    """An ordinal in words: twenty-first."""
    from num2words import num2words

    return str(num2words(int(number), lang="en_GB", to="ordinal")).replace(",", "")


def year(number: str) -> str:
    """A year in words: nineteen ninety-four, two thousand and one, twenty twenty-six."""
    from num2words import num2words

    return str(num2words(int(number), lang="en_GB", to="year")).replace(",", "")


def digits(number: str) -> str:
    """Digits one by one, as in a telephone number; a pair of the same is said as it is."""
    return " ".join(DIGITS[int(digit)] for digit in number if digit.isdigit())


# ---------------------------------------------------------------- rules


def _date(found: re.Match[str]) -> str:
    day, month, written = int(found[1]), int(found[2]), found[3]
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return found[0]
    full = written if len(written) == 4 else f"20{written}"
    return f"the {ordinal(str(day))} of {MONTHS[month - 1]} {year(full)}"


def _day_month(found: re.Match[str]) -> str:
    said = f"{ordinal(found[1])} of {found[2]}"
    return f"the {said} {year(found[3])}" if found[3] else f"the {said}"


def _month_year(found: re.Match[str]) -> str:
    return f"{found[1]} {year(found[2])}"


def _time(found: re.Match[str]) -> str:
    hour, minute, half = int(found[1]), found[2], (found[3] or "").replace(".", "").lower()
    if hour > 24:
        return found[0]
    said = cardinal(str(hour))
    if minute and minute != "00":
        said += f" oh {DIGITS[int(minute[1])]}" if minute[0] == "0" else f" {cardinal(minute)}"
    elif not half:
        said += " o’clock" if hour <= 12 else " hundred hours"
    stop = "." if found[0].endswith(".") and found.end() == len(found.string) else ""
    return f"{said} {' '.join(half)}".strip() + stop


def _decade(found: re.Match[str]) -> str:
    said = year(found[1])
    return said[:-1] + "ies" if said.endswith("y") else f"{said}s"


def _year_range(found: re.Match[str]) -> str:
    return f"{year(found[1])} to {year(found[2])}"


def _money(found: re.Match[str]) -> str:
    pounds, pence = found[1].replace(",", ""), found[2]
    said = f"{cardinal(pounds)} pound{'' if pounds == '1' else 's'}"
    return f"{said} {cardinal(str(int(pence)))}" if pence and int(pence) else said


def _money_range(found: re.Match[str]) -> str:
    return f"{cardinal(found[1])} to {cardinal(found[2])} pounds"


def _pence(found: re.Match[str]) -> str:
    return f"{cardinal(found[1])} pence"


def _phone(found: re.Match[str]) -> str:
    plus = "plus " if found[0].startswith("+") else ""
    groups = re.split(r"[\s()-]+", found[0].strip("+"))
    return plus + ", ".join(digits(group) for group in groups if group)


def _short_phone(found: re.Match[str]) -> str:
    return ", ".join(digits(group) for group in found[0].split())


def _range(found: re.Match[str]) -> str:
    return f"{found[1]} to {found[2]}"


def _percent(found: re.Match[str]) -> str:
    return f"{cardinal(found[1])} per cent"


def _ordinal(found: re.Match[str]) -> str:
    return ordinal(found[1])


def _unit(found: re.Match[str]) -> str:
    name = UNITS[found[2]]
    return f"{cardinal(found[1])} {name}{'' if found[1] == '1' else 's'}"


def _number(found: re.Match[str]) -> str:
    return cardinal(found[0])


def _address(found: re.Match[str]) -> str:
    """A web address as one would say it: no scheme, “dot” and “slash”, words apart."""
    stop = re.search(r"[.,;:!?)]*$", found[0])
    tail = stop[0] if stop else ""
    said = found[0][: len(found[0]) - len(tail)]
    said = re.sub(r"^(https?://)?(www\.)?", "", said, flags=re.I).rstrip("/")
    said = said.replace(".", " dot ").replace("/", " slash ").replace("-", " hyphen ")
    return said.replace("_", " underscore ") + tail


def _email(found: re.Match[str]) -> str:
    return found[0].replace("@", " at ").replace(".", " dot ").replace("-", " hyphen ")


def _words(words: str) -> Callable[[re.Match[str]], str]:
    return lambda found: words


_MONTH = "|".join(MONTHS)
RULES: Final[tuple[Rule, ...]] = (
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), _email),
    (re.compile(r"(?:https?://|www\.)\S+", re.I), _address),
    (
        re.compile(
            r"\b[\w-]+(?:\.[\w-]+)*\.(?:co\.uk|org\.uk|ac\.uk|nhs\.uk|org|com|net|uk)\b(?:/[\w/-]*)?"
        ),
        _address,
    ),
    (re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b"), _date),
    (
        re.compile(
            rf"\b(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})\b(?: (\d{{4}})\b)?"
        ),
        _day_month,
    ),
    (re.compile(rf"\b({_MONTH}) (\d{{4}})\b"), _month_year),
    (re.compile(r"\b(\d{1,2})(?:[.:](\d\d))? ?(a\.m\.|p\.m\.|am|pm)(?!\w)"), _time),
    (re.compile(r"\b(\d{1,2}):(\d\d)\b()"), _time),
    (re.compile(r"\b((?:1[89]|20)\d0)s\b"), _decade),
    (re.compile(r"\b((?:1[89]|20)\d\d)\s?[–-]\s?((?:1[89]|20)\d\d)\b"), _year_range),
    (
        re.compile(r"(?<!\w)(?:\+44[\s\d()-]{9,16}\d|0\d{2,4}[\s-]?\d{3,4}[\s-]?\d{3,6})(?!\w)"),
        _phone,
    ),
    (re.compile(r"£(\d[\d,]*)\s?[–-]\s?£?(\d[\d,]*)"), _money_range),
    (re.compile(r"£(\d[\d,]*)(?:\.(\d\d))?"), _money),
    (re.compile(r"\b(\d+)p\b"), _pence),
    (re.compile(r"\b116 123\b|\b999\b|\b111\b|\b101\b|\b85258\b"), _short_phone),
    (re.compile(r"\b(\d+(?:\.\d+)?)\s?[–-]\s?(\d+(?:\.\d+)?)\b"), _range),
    (re.compile(r"\b(\d+(?:\.\d+)?)\s?%"), _percent),
    (re.compile(r"\b(\d+)(?:st|nd|rd|th)\b"), _ordinal),
    (re.compile(rf"\b(\d+(?:\.\d+)?)\s?({'|'.join(UNITS)})\b"), _unit),
    (re.compile(r"(?<=\bin )((?:19|20)\d\d)\b"), lambda found: year(found[1])),
    (re.compile(r"\b\d{1,3}(?:,\d{3})+\b|\b\d+(?:\.\d+)?\b"), _number),
    (re.compile(r"\be\.g\.,?", re.I), _words("for example,")),
    (re.compile(r"\bi\.e\.,?", re.I), _words("that is,")),
    (re.compile(r"\betc\.(?=\s+[a-z(]|,)"), _words("et cetera")),
    (re.compile(r"\betc\.?"), _words("et cetera.")),
    (re.compile(r"\s&\s"), _words(" and ")),
    (re.compile(r"\band/or\b"), _words("and or")),
    (re.compile(r"\b(he|his|her|him)/(she|hers|his|her)\b"), lambda m: f"{m[1]} or {m[2]}"),
    (re.compile(r"\s[–—-]\s|—"), _words(", ")),
    (re.compile(r"\s?/\s?"), _words(" or ")),
    (re.compile(r"…|\.\.\.+"), _words("…")),
    (re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]+"), _words(" ")),
)
