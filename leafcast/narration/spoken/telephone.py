"""Telephone numbers: digit by digit, in the groups they are written in."""

from __future__ import annotations

import re
from typing import Final

from leafcast.narration.spoken.numbers import digits
from leafcast.narration.spoken.rule import Rule, rule

EMERGENCY: Final = "999|111|101|112"
ALWAYS_BY_DIGITS: Final = (
    rf"116[ .–-]?(?:123|111|000|117)|118[ .–-]?\d{{3}}|{EMERGENCY}|85258|1471|1800[12]|741741"
)
"""Numbers known to everybody by their digits: Samaritans, emergencies, NHS, police, Shout."""
SHORT: Final = rf"{EMERGENCY}|1800[0-2]|105|119|159"
"""Numbers that are dialled as they stand: emergencies, text relay, power cuts, bank fraud."""
COUNTRIES: Final = "44|353|1|33|34|39|48|49|61|64|91|92|234|880"
BETWEEN: Final = r"(?: [–-] |[ .–-])?"
SEVERAL: Final = r"(?: ?/ ?\d{1,11}| or \d{3,4}(?= ?(?:[.,;:!?)]|$)))?"
EXTENSION: Final = r"(?:,? ?x ?\d{1,5})?"
NUMBER_HERE: Final = (
    rf"(?:\(0\d{{2,4}}\)\s?\d(?:{BETWEEN}\d){{4,7}}|0(?=\d\d)(?:{BETWEEN}\d){{9,11}})"
)
"""A number of the national plan: ten or eleven digits, the area in brackets or not. One with a
digit too many is still no amount."""
CHILDLINE: Final = r"0800[ .–-]?11[ .–-]?11|0845[ .–-]?46[ .–-]?47"
NUMBER_ABROAD: Final = (
    rf"(?:\(\+\s?(?:{COUNTRIES})\)|\+ ?\d{{1,3}}|00 ?(?:{COUNTRIES}))[\s\d().–-]{{7,16}}\d"
)
DIALLED: Final = r"call|ring|dial|phone|telephone|freephone|calling|ringing|dialling|phoning"
BEHIND: Final = (
    r"(?=[.,;:!?)”’\"']|$| (?:for|or|and|if|to|from|free|now|at|in|on|then|option|any|when|as|first"
    r"|immediately|straight|before|followed|via|using|is|instead|directly|today)\b)"
)


def _phone(found: re.Match[str]) -> str:
    """In the groups it is written in; a long run of digits in the usual ones."""
    written, _, extension = found[0].partition("x")
    number, *others = re.split(r"\s?/\s?| or ", written.strip(" ,"))
    country = re.match(rf"\(?(\+|00) ?({COUNTRIES})\)?(?=[\d\s().–-])\s?(?:\(0\))?", number)
    groups = [group for group in re.split(r"[\s().–-]+", number.lstrip("(+ ")) if group]
    start = ""
    if country:  # the (0) is not dialled from abroad
        start = f"{'plus' if country[1] == '+' else 'oh oh'} {digits(country[2])}, "
        groups = [group for group in re.split(r"[\s().–-]+", number[country.end() :]) if group]
    elif number.startswith("+"):
        start = "plus "
    if len(groups) == 1:
        groups = usual_groups(groups[0] if not country else f"0{groups[0]}")
        groups[0] = groups[0].removeprefix("0") if country else groups[0]
    said = start + ", ".join(digits(group) for group in groups)
    said = " or ".join((said, *(digits(other) for other in others)))
    return f"{said}, extension {digits(extension)}" if extension else said


def usual_groups(number: str) -> list[str]:
    """A number without spaces, as Ofcom's number plan groups it."""
    area = 3 if number.startswith("02") else 4 if number[:2] in ("03", "08") else 5
    rest = number[area:]
    middle = 0 if len(rest) < 5 else len(rest) // 2
    return [part for part in (number[:area], rest[:middle], rest[middle:]) if part]


def _by_digits(found: re.Match[str]) -> str:
    spaced = re.sub(r"^(11[68])[ .–-]?(?=\d)", r"\1 ", found[0])
    return ", ".join(digits(group) for group in spaced.split())


def _extension(found: re.Match[str]) -> str:
    return f"extension {digits(found[1])}"


def _dialled(found: re.Match[str]) -> str:
    """Call 18000; ring 496 0000."""
    return f"{found[1]} {', '.join(digits(group) for group in found[2].split())}"


RULES: Final[tuple[Rule, ...]] = (
    rule(r"(?<![\w/])(0\d{2,4})/(\d{3,4})/(\d{3,4})(?![\w/])", r"\1 \2 \3"),
    rule(r"\b(1800[12])[ -](?=0\d)", lambda m: f"{digits(m[1])}, "),
    rule(
        rf"(?<![\w£.])(?:{NUMBER_ABROAD}|{NUMBER_HERE}|{CHILDLINE}"
        rf"|1[ -]\d{{3}}[ -]\d{{3}}[ -]\d{{4}})"
        rf"{SEVERAL}{EXTENSION}(?!\w|\.\d)",
        _phone,
    ),
    rule(
        rf"(?<![\w.,£$€/–-])({EMERGENCY})((?: ?/ ?(?:{EMERGENCY}))+)(?![\w%]|[.,/–-]\d)",
        lambda m: " or ".join(digits(number) for number in re.findall(r"\d+", m[0])),
    ),
    rule(
        rf"(?<![\w.,£$€/–-])(?:{SHORT})((?:,| or|,? and) (?:{SHORT}))+"
        r"(?![\w%]|[.,/–-]\d| [a-z]+s\b)",
        lambda m: re.sub(r"\d+", lambda number: digits(number[0]), m[0]),
    ),
    rule(r"\b(?:ext|extn|extension)[.:]? ?(\d+)\b", _extension, re.I),
    rule(rf"(?<![\w.,£$€/–-])(?:{ALWAYS_BY_DIGITS})(?![\w%]|[.,/–-]\d)", _by_digits),
    rule(
        r"(?i:\b(text(?: \S+){0,3} to|text|sms(?: to)?|short ?code"
        r"|whatsapp(?: to)?)):? (\d{5,6})\b",
        lambda m: f"{m[1]} {digits(m[2])}",
    ),
    rule(
        rf"(?i:\b((?:{DIALLED})(?: us| me)?(?: on)?:?)) (\d{{3,6}}(?: \d{{3,4}})?){BEHIND}",
        _dialled,
    ),
    rule(
        r"(?i:\b((?:tel|telephone|phone|fax|mob|mobile)[.:]*)) (\d{3,4} \d{3,4})(?![\w ]*\d)",
        _dialled,
    ),
)
