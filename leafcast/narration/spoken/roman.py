"""Roman numerals, where nothing else can be meant."""

from __future__ import annotations

import re
from typing import Final

from leafcast.narration.lexicon import LETTER
from leafcast.narration.spoken.numbers import cardinal, ordinal, roman, year
from leafcast.narration.spoken.rule import DASH, Rule, one_of, rule

NUMBERED: Final = (
    "Part Chapter Section Volume Book Act Scene Phase Stage Step Type Level Grade Class Module "
    "Unit Appendix Bipolar Axis Schedule Figure Table Tier Band Lesson Session Article Rule Title "
    "Year War war Plate Paper Sonnet Psalm Vatican Canto Study Sample Factor Criterion Clause"
)
SMALL_NUMBERED: Final = (
    "part chapter section volume book act scene phase stage step type level grade class module "
    "unit appendix bipolar axis schedule figure table cluster tier factor page pages p clause "
    "criterion"
)
MONARCHS: Final = (
    "Henry Elizabeth Charles George Edward William Richard James Mary Louis Paul Benedict Pius "
    "Gregory Leo Nicholas Catherine Philip Frederick Alexander John Francis Robert David "
    "Ramesses Napoleon Urban Innocent Clement Juan Carlos Felipe Christian Gustav Harald"
)
ROMAN: Final = r"([IVXL]+)"
END: Final = r"(?=\s*(?:[:.,;!?)–—-]|$))"
SPAN: Final = rf"(?:\s?{DASH}\s?|,? (?:and|or|to|of|&) |, ?)"


def _value(numeral: str) -> str:
    """A numeral in words, or as it stands where it is none."""
    value = roman(numeral.upper())
    return cardinal(str(value)) if value else numeral


def _numbered(found: re.Match[str]) -> str:
    """Part II, Chapter IV, World War II; “Part I play” is left alone."""
    return f"{found[1]} {_value(found[2])}"


def _several(found: re.Match[str]) -> str:
    """Chapters I–III, IV and V, Part I of II."""
    return f"{found[1]} {_values(found[2])}"


def _values(numerals: str) -> str:
    """I–III, I, II and III."""
    said = re.sub(r"(?<![A-Za-z])[IVXLivxl]+(?![A-Za-z])", lambda m: _value(m[0]), numerals)
    return re.sub(rf"\s?{DASH}\s?", " to ", said)


def _bare(found: re.Match[str]) -> str:
    return _values(found[1])


def _lettered(found: re.Match[str]) -> str:
    """Stage IIIb."""
    return f"{found[1]} {_value(found[2])} {found[3].upper()}{LETTER}"


def _manual(found: re.Match[str]) -> str:
    """DSM-IV, DSM-III-R."""
    return f"{found[1]} {_value(found[2])}{' ' if found[0].endswith('-') else ''}"


def _monarch(found: re.Match[str]) -> str:
    value = roman(found[2])
    return f"{found[1]} the {ordinal(str(value))}" if value else found[0]


def _at_the_start(found: re.Match[str]) -> str:
    """“II. What helps”, at the start of a heading."""
    value = roman(found[1])
    return f"{cardinal(str(value))}{found[2]}" if value else found[0]


def _point(found: re.Match[str]) -> str:
    """(ii), iv): a point of a list."""
    return f"{found[1]}{_value(found[2])}{found[3]}"


def _a_year(found: re.Match[str]) -> str:
    """MMXXVI."""
    value = roman(found[0])
    return year(str(value)) if 1500 <= value <= 2100 else found[0]


HEADING_RULES: Final[tuple[Rule, ...]] = (
    rule(rf"^{ROMAN}([.:)])(?=\s)", _at_the_start),
    rule(rf"^{ROMAN}(\s[–—-])(?=\s)", _at_the_start),
)
_NAMES: Final = one_of(NUMBERED.split())
_SMALL: Final = one_of(SMALL_NUMBERED.split())
RULES: Final[tuple[Rule, ...]] = (
    rule(r"\bMM[XVI]+\b|\bMCM[LXVI]+\b", _a_year),
    rule(rf"\b((?:{_NAMES}|{_SMALL})s?) ([IVXL]+(?:{SPAN}[IVXL]+\b)+)", _several),
    rule(rf"\b(pages|chapters|pp) ([ivxl]+(?:{SPAN}[ivxl]+\b)+)", _several),
    rule(rf"\b({_SMALL}|Scene|Act|Chapter|Part|pp?) ([ivxl]{{2,}})\b", _numbered),
    rule(r"\b([Cc]hapter|[Aa]ct|[Ss]cene|[Pp]art) (v)\b", _numbered),
    rule(rf"\b((?:{_NAMES}|{_SMALL})s? (?:[a-z]+,? (?:and|or|to|of))) {ROMAN}\b", _numbered),
    rule(rf"\b({_NAMES}|{_SMALL}) ([IVX]{{2,4}}|V|X|I)([a-cA-C])\b", _lettered),
    rule(rf"\b({_NAMES}) (?!I\b){ROMAN}\b", _numbered),
    rule(r"\b(part|chapter|section|volume|book|act|scene|appendix) ([IVXL]{2,}|V)\b", _numbered),
    rule(rf"\b({_NAMES}) (I)\b{END}", _numbered),
    rule(
        r"\b([Pp]hase|[Ss]tage|[Tt]ype|[Cc]luster|[Vv]olume|[Bb]ipolar|[Gg]rade|[Ll]evel) (I)\b"
        r"(?= (?:trials?|stud\w+|disorder|trauma|cancer|error|errors|and|or|of|in|to)\b)",
        _numbered,
    ),
    rule(r"\b((?:[Tt]ype|[Bb]ipolar|[Ss]tage|[Vv]olume|[Cc]luster)s?) ([IVX]+)\b", _numbered),
    rule(r"\b(World [Ww]ar) (I)\b", _numbered),
    rule(rf"\b({_NAMES}) (I)\b(?= (?:and|or|to|&|versus) (?:{_NAMES})\b)", _numbered),
    rule(r"\bMk\.? ?([IVX]+)\b", lambda m: f"mark {_value(m[1])}"),
    rule(r"\bMk\.? ?(?=\d)", "mark "),
    rule(r"\bWW ?(II?)\b", lambda m: f"World War {_value(m[1]).capitalize()}"),
    rule(rf"\b({one_of(MONARCHS.split())}) (?!I\b){ROMAN}\b", _monarch),
    rule(rf"\b({one_of(MONARCHS.split())}) (I)(?=\s*(?:[:.,;!?)–—-]|$)|[’']s\b)", _monarch),
    rule(r"\b([A-Z]{2,4})-([IVX]{2,4}|V|X)(?:-(?=[A-Z]{1,2}\b))?(?!\w)", _manual),
    rule(rf"(?<!\w)(I{SPAN}(?:II|III)\b(?:{SPAN}[IVX]+\b)*)", _bare),
    rule(r"\b(X[VIX]+) century\b", lambda m: f"{ordinal(str(roman(m[1])))} century"),
    rule(r"(\()((?:x{0,2})(?:i{1,3}|iv|vi{0,3}|ix)|x{2,3})(\))", _point),
    rule(r"(^|(?<= ))((?:x{0,2})(?:ii|iii|iv|vi{1,3}|ix))(\) )", _point),
    rule(r"(^)(i)(\) )", _point),
)
