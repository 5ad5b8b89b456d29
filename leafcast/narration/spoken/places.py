"""Postcodes and streets."""

from __future__ import annotations

import re
from typing import Final

from leafcast.narration.lexicon import LETTER, NO_BREAK
from leafcast.narration.spoken.held import PLACES
from leafcast.narration.spoken.numbers import cardinal, digits
from leafcast.narration.spoken.rule import DASH, Rule, one_of, rule

AREAS: Final = (
    "AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT "
    "DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA "
    "LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE "
    "SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
"""Of the Royal Mail's postcodes."""
AREA: Final = one_of(AREAS.split())
TWO_LETTERED: Final = one_of(
    area for area in AREAS.split() if set(area) & set("AEIOU") and area[1:]
)
INWARD: Final = r"\d[ABD-HJLNP-UW-Z]{2}"
STREETS: Final = {
    "St": "Street", "Rd": "Road", "Ave": "Avenue", "Av": "Avenue", "Dr": "Drive", "Ln": "Lane",
    "Cl": "Close", "Ct": "Court", "Sq": "Square", "Pl": "Place", "Cres": "Crescent",
    "Cr": "Crescent", "Gdns": "Gardens", "Tce": "Terrace", "Terr": "Terrace", "Ter": "Terrace",
    "Pk": "Park", "Gr": "Grove", "Gro": "Grove", "Pde": "Parade", "Bldgs": "Buildings",
    "Bldg": "Building", "Wk": "Walk", "Blvd": "Boulevard", "Est": "Estate", "Hse": "House",
    "Ho": "House", "Wy": "Way", "App": "Approach",
}  # fmt: skip
ROADS: Final = one_of([*STREETS, *STREETS.values()])
NO_NAMES: Final = "Rd|Sq|Pl|Ln|Ave|Cres|Gdns|Tce|Terr|Blvd|Pde|Bldgs"
"""Never anything but a part of an address."""
NAME: Final = rf"(?:\b[A-Z][\w’']+|{PLACES.pattern})"
"""A word of a name, which the lexicon may have in keeping."""
HIGH_STREETS: Final = (
    "High|Main|Church|Mill|Market|Bridge|Castle|King|Queen|Park|North|South|East|West|New|Old|Broad"
    "|Victoria|Albert|Oxford|Regent|Baker|Union|Duke|Wellington|Harley|Wimpole|Station|George|King’s"
    "|Queen’s|King's|Queen's"
)
SAINTS: Final = "Mary|John|Paul|Peter|James|George|Andrew|Helen|Ann|Mark|Luke|Thomas|Michael|David"


def _postcode(found: re.Match[str]) -> str:
    """SW1A 1AA: letters and digits one by one, in its two halves."""
    halves = (found[1].upper(), found[2].upper())
    return ", ".join(
        NO_BREAK.join(digits(sign) if sign.isdigit() else sign for sign in half) for half in halves
    )


def _district(found: re.Match[str]) -> str:
    """SE15: the letters, then the number."""
    last = f"{NO_BREAK}{found[3]}" if found[3] else ""
    return f"{NO_BREAK.join(found[1])}{NO_BREAK}{cardinal(found[2])}{last}"


def _street(found: re.Match[str]) -> str:
    return f"{found[1]}{STREETS[found[2]]}"


RULES: Final[tuple[Rule, ...]] = (
    rule(rf"\b(?=[A-Z]{{1,2}}\d)((?:{AREA})\d[A-Z\d]?) ?({INWARD})\b", _postcode),
    rule(
        rf"\b(?=[a-zA-Z]{{1,2}}\d)((?i:{AREA})\d[a-zA-Z\d]?) ?((?i:{INWARD}))\b"
        r"(?<!\dnd)(?<!\drd)(?<!\dst)(?<!\dth)(?<!\dlb)",
        _postcode,
    ),
    rule(rf"\b((?:{AREA})\d{{1,2}})\s?{DASH}\s?(?=(?:{AREA})\d)", r"\1 to "),
    rule(r"\b(GIR) ?(0AA)\b", _postcode),
    rule(r"\b([Ff]lat \d)/(?=\d\b)", r"\1, "),
    rule(rf"\b(\d{{1,3}})/(?=\d{{1,3}} (?:[A-Z][\w’']+ )+(?:{ROADS})\b)", r"\1 to "),
    rule(
        r"(?<=[a-z] )([ABM])([1-9]\d{2,3})\b(?! ?(?:[a-z]*(?:forms?|paper|pages?)))",
        lambda m: f"{m[1]}{LETTER} {digits(m[2])}",
    ),
    rule(rf"(?<![\w-])({TWO_LETTERED})(\d{{1,2}})([A-Z])?(?![\w’'-])", _district),
    rule(r"\b(\d(?:st|nd|rd|th)) (?:Flr|Fl|flr|fl)\b\.?", r"\1 floor"),
)
STREET_RULES: Final[tuple[Rule, ...]] = (
    rule(r"\b(P\.? ?O\.?) Box\b", f"P{NO_BREAK}O Box"),
    rule(r"\b([Gg]round|[Gg]rd|[Gg]nd) (?:Flr|Fl|flr|fl)\b\.?", r"\1 floor"),
    rule(r"\b[Gg](?:rd|nd|d)\.? (?=[Ff]loor)", "ground "),
    rule(r"\bLr\.? (?=[Gg]round|[Ff]loor)", "Lower "),
    rule(r"\bUp?r\.? (?=[Gg]round|[Ff]loor)", "Upper "),
    rule(rf"({NAME} )La\b\.?(?=,|$)", r"\1Lane"),
    # Addresses before titles: 12 Oak Dr, High St; then Dr Khan, St John’s.
    rule(rf"(\d+[a-zA-Z]? (?:{NAME} )+)({one_of(STREETS)})\b\.?(?=,|\.|$|\s*$)", _street),
    rule(rf"(\b(?:{HIGH_STREETS}) )(St)\b\.?(?! (?:{SAINTS}))", _street),
    rule(rf"({NAME} )(St|{NO_NAMES})\b\.?(?!\s+[A-Z])", _street),
    rule(rf"({NAME} )({NO_NAMES})\b\.?", _street),
    rule(r"\bRd\b\.?", "Road"),
    rule(rf"\bSt\b\.?(?= (?:[A-Z]|{PLACES.pattern}))", "Saint"),
)
