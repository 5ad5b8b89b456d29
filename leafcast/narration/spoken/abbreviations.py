"""Abbreviations by what they stand for. A stop that ends the sentence stays."""

from __future__ import annotations

import re
from typing import Final

from leafcast.locale.abbreviations import BEFORE_A_NUMBER, FIRST_BEFORE_A_NUMBER
from leafcast.narration.spoken.rule import Rule, one_of, rule

ANYWHERE: Final = {
    r"\be\.g\.,?|\beg\b,?": "for example,", r"\bi\.e\.,?|\bie\b,?": "that is,",
    r"\bE\.g\.,?|\bE\.G\.,?|\bEg\b,?": "For example,", r"\bI\.[eE]\.,?": "That is,",
    r"\bet al\b\.?": "and others", r"\bcf\.": "compare", r"\bviz\.": "namely",
    r"\bN\.?B\.?:?(?=\s|$)": "note:", r"\bvs\b\.?|\bv\.(?=\s)": "versus",
    r"\bapprox\b\.?": "approximately", r"\bincl\.": "including", r"\bexcl\.": "excluding",
    r"\besp\.": "especially", r"\b[Mm]ax\.": "maximum", r"\btemp\.": "temperature",
    r"\b[Nn]o\. of\b": "number of", r"\btsp\b": "teaspoon", r"\btbsp\b": "tablespoon",
    r"\bTel(?:\.:?|:)": "Telephone:", r"\btel\.:?": "telephone", r"\bMob(?:\.:?|:)": "Mobile:",
    r"\bw/c\b": "week commencing", r"\bw/o\b": "without", r"\bw/(?=\s|$)": "with",
    r"\bc/o\b": "care of", r"\b[nN]/[aA]\b": "not applicable",
    r"\ba\.k\.a\.|\baka\b": "also known as", r"\bp\.a\.": "a year", r"\bp\.w\.|\bpw\b": "a week",
    r"\bpcm\b": "a month",
    r"\b(?:asap|ASAP|a\.s\.a\.p\.)(?!\w)": "as soon as possible",
    r"\b(?:tbc|TBC)\b": "to be confirmed", r"\bLtd\b\.?": "Limited", r"\bDept\b\.?": "Department",
    r"\b[Gg]ovt\b\.?": "government", r"\bAssoc\.": "Association", r"\bJr\b\.?": "Junior",
    r"\s?\(Hons\)": " Honours", r"\bHons\b": "Honours", r"\bP\.S\.": "P S",
    r"\b[Aa]ppt\b\.?": "appointment", r"\bs/he\b|(?<!\w)\(s\)he\b": "she or he",
    r"\bS/he\b|(?<!\w)\(S\)he\b": "She or he", r"\bw/out\b": "without",
    r"\bw/e\b": "week ending", r"\b([a-z]{3,})/(ren|s|es)\b": r"\1 or \1\2",
    r"\bref\.": "reference",
}  # fmt: skip


NUMBERED: Final = BEFORE_A_NUMBER | FIRST_BEFORE_A_NUMBER
SHORT_NUMBERED: Final = one_of(NUMBERED)


def _numbered(found: re.Match[str]) -> str:
    """p. 12, No. 10: the word, always small, for it is never shown."""
    return f"{NUMBERED[found[1].casefold()]} "


def _number(found: re.Match[str]) -> str:
    return "number " if re.search(r"[a-z,] $", found.string[: found.start()]) else "Number "


RULES: Final[tuple[Rule, ...]] = (
    # “No 10”, as it is written on a door, but not “No 2-for-1 offers” or “No 10-year-old”.
    rule(r"\bNo (?=\d+[a-zA-Z]?\b(?!-))", _number),
    rule(r"\bNos (?=\d)", "Numbers "),
    rule(r"\b[Rr]eg\.? ?[Nn]o\.?:? ?(?=\d)", "registration number "),
    rule(r"\b[Rr]eg\. (?=[A-Z]{3})", "Registered "),
    rule(r"\bSnr\.(?= )|\bSnr\b(?= Accred\.)", "Senior"),
    rule(r"\bAccred\.", "Accredited"),
    rule(r"\b(?:Adv\. ?)?Dip\. ?Couns\.", "Diploma in Counselling"),
    rule(r"\bCert\. ?Ed\.", "Certificate in Education"),
    rule(r"\b[Vv]it\. (?=[A-Z]\b)", "vitamin "),
    rule(r"\b[Vv]ol\.? (?=[IVX]+\b)", "volume "),
    rule(rf"(?<!\w)(?i:({SHORT_NUMBERED}))\.\s?(?=\d)", _numbered),
    rule(r"(?<!\w)(?i:(vol|approx)) (?=\d)", _numbered),
    rule(r"№\s?(?=\d)", "number "),
    *(rule(short, said) for short, said in ANYWHERE.items()),
    rule(r"\betc\b\.?(?=\s+[a-z(&–—-]|\s?[,;:)])", "et cetera"),
    rule(r"\betc\b\.?", "et cetera."),
)
