"""Doses as prescriptions write them: strengths, how often, for how long."""

from __future__ import annotations

import re
from typing import Final

from leafcast.narration.spoken.numbers import cardinal
from leafcast.narration.spoken.rule import DASH, NUMBER, Rule, rule
from leafcast.narration.spoken.units import UNITS, unit

OFTEN: Final = {
    "od": "once a day", "bd": "twice a day", "bid": "twice a day", "tds": "three times a day",
    "tid": "three times a day", "qds": "four times a day", "qid": "four times a day",
    "prn": "as needed", "nocte": "at night", "mane": "in the morning", "stat": "at once",
    "om": "in the morning", "on": "at night", "ac": "before food", "pc": "after food",
    "po": "by mouth", "im": "into a muscle", "iv": "into a vein", "qd": "once a day",
}  # fmt: skip
"""How often a dose is taken, as prescriptions write it (British National Formulary)."""
CAPITALS_ONLY: Final = {"on", "om", "ac", "pc", "po", "im", "iv"}
DOSED: Final = (
    r"milligrams?|micrograms?|grams?|millilitres?|tablets?|capsules?|puffs?|drops?|units?|doses?"
    r"|sachets?|patch|patches|sprays?|spoonfuls?|teaspoons?|once a day|twice a day|times a day"
)
WRITTEN: Final = "|".join(
    rf"{letters}|{re.escape('.'.join(letters) + '.')}" if len(letters) < 4 else letters
    for letters in OFTEN
)
SPAN: Final = {"7": "day", "52": "week", "12": "month"}


def _strength(found: re.Match[str]) -> str:
    """200mg/5ml: in five millilitres."""
    said = [f"{cardinal(found[n])} {UNITS[found[n + 1]][found[n] != '1']}" for n in (1, 3)]
    return " in ".join(said)


def _after_a_dose(found: re.Match[str]) -> str:
    """BD behind a dose; elsewhere these letters mean other things."""
    letters = found[2].replace(".", "")
    if letters.lower() in CAPITALS_ONLY and not letters.isupper() and "." not in found[2]:
        return found[0]
    before = found.string[: found.start()]
    dose = re.search(rf"\b(?:{DOSED})(?: (?:of )?[a-z]+| at)?$", before)
    said = OFTEN[letters.lower()]
    said = said.removeprefix("at ") if before.endswith(" at") else said
    between = " or " if "/" in found[0].partition(found[2])[0] else " "
    return f"{between}{found[1] or ''}{said}" if dose else found[0]


def _lasting(found: re.Match[str]) -> str:
    """for 5/7, in 2/52, every 6/12: days, weeks and months."""
    count, unit = cardinal(found[2]), SPAN[found[3]]
    if found[1] == "x":
        return f"for {count} {unit}{'' if found[2] == '1' else 's'}"
    if found[1].lower() == "every" and found[2] == "1":
        return f"{found[1]} {unit}"
    return f"{found[1]} {count} {unit}{'' if found[2] == '1' else 's'}"


def _hourly(found: re.Match[str]) -> str:
    """q4h."""
    return f"every {cardinal(found[1])} hours"


BEFORE: Final[tuple[Rule, ...]] = (
    rule(r"(?<![\w/.])(\d+)\s?/\s?(?=24\s?(?:hrs?|h|hours)\b)", r"\1 in "),
    rule(
        r"(?<![\w/.])(\d{1,2})/(7|12)(?= (?:course|supply|follow-up|review|prescription|break)\b)",
        lambda m: f"{cardinal(m[1])}-{SPAN[m[2]]}",
    ),
    rule(
        rf"(?<![\w.,])({NUMBER})\s?(mg|mcg|µg|g|ml|km|kg|cm|hrs?|mins?)\s?{DASH}\s?"
        rf"({NUMBER})\s?\2\b",
        r"\1–\3 \2",
    ),
    rule(r"(BP:? (?:of |was |is )?\d{2,3}) / (?=\d{2,3})", r"\1/"),
    rule(
        r"\b([Ff]or|[Ii]n|[Ee]very|[Oo]ver|[Aa]fter|[Rr]eview|[Rr]v|x) (\d{1,2})/(7|52"
        r"|12)(?![\w/.]\w| (?:of|sessions|weeks|hours?)\b)",
        _lasting,
    ),
    rule(
        r"(?<![\w/.])(\d{1,2})(?:[–-](\d{1,2}))?/52\b",
        lambda m: (
            f"{m[1]}{f' to {m[2]}' if m[2] else ''} week{'' if m[1] == '1' and not m[2] else 's'}"
        ),
    ),
    rule(r"(?<=[a-z])\s?/\s?(?=24\s?(?:hrs?|h|hours)\b)", " in "),
    rule(rf"(?<![\w.,])({NUMBER})\s?(mg|mcg|µg|g)\s?/\s?({NUMBER})\s?(ml|mL|l|L)\b", _strength),
)
TAKEN: Final = rule(rf"(?<=[a-z])(?:,? |/)(\()?(?i:({WRITTEN}))(?=[\s,;:.?!)”/]|$)", _after_a_dose)
RULES: Final[tuple[Rule, ...]] = (
    TAKEN,
    TAKEN,  # once more, for what stands behind the first: 2 mg tds prn
    rule(r"\bp\.r\.n\.|\bPRN\b|\bprn\b", "as needed"),
    rule(
        r"(?<![\w-])(t\.d\.s|t\.i\.d|q\.d\.s|q\.i\.d|b\.i\.d|tds|qds)(?:\.|\b)(?!\w)",
        lambda m: OFTEN[m[1].replace(".", "")],
    ),
    rule(
        r"(?<![\w/])(mg|mcg|ml|kg|g|mmol|IU)/(kg|ml|l|L|m²|m2|mol|day|hr|min)\b",
        lambda m: f"{UNITS[m[1]][1]} per {unit(m[2])[0]}",
    ),
    rule(r"(?<=gram )tabs?\b", "tablets"),
    rule(r"(?<=gram )caps\b", "capsules"),
    rule(r"\bhrly\b", "hourly"),
    rule(r"\bq(\d{1,2})h\b", _hourly),
)
