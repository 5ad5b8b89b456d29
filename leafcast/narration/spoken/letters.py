"""Letters that stand for words: initialisms, titles, abbreviations, Roman numerals, streets."""

from __future__ import annotations

import re
from typing import Final

from leafcast.locale.abbreviations import TITLES
from leafcast.narration.lexicon import NO_BREAK, spaced
from leafcast.narration.spoken.numbers import cardinal, ordinal, roman
from leafcast.narration.spoken.rule import Rule, one_of, rule

BY_LETTERS: Final = (
    "AA ABA ADHD AED AGM AI ASC ASD BA BABCP BACP BAME BAPT BIPOC BMI BPAS CBE CEO COPD DBS DIY "
    "DOB DSH DVLA EAP ECG EDNOS EEG EFT EHCP EIP EMDR ENT ERP ESA EU EUPD FAQ FGM GAD HIV IBS "
    "ICD ICO ICU ID IFS IPT IPV ISVA IDVA IUD IVF LGBTQIA MA MAOI MBACP MBE MNCPS MOJ MRI MUKCP "
    "NA NCPS NI NSPCC OBE OCD OCPD OT PDA PE POA PTSD QE RSI SEN SIO SNRI SSRI TA TIA UC UK "
    "UKAHPP UKCP UN URL USA UTI"
)
"""Said letter by letter though they have vowels. Letters without a vowel need no list."""
NOT_LETTERS: Final = {"MR", "MRS", "DR", "ST", "LTD", "HMM", "PSST", "SHH", "TSK", "GRR", "BRR"}
SOUNDED: Final = {"CAMHS": "Cams", "IAPT": "Eye-apt", "CoSCA": "Cosca", "WWI": "World War One",
                  "WWII": "World War Two", "ACT": "act"}  # fmt: skip
DEGREES: Final = {
    "PhD": "P H D", "DPhil": "D Phil", "MPhil": "M Phil", "MSc": "M S C", "BSc": "B S C",
    "MEd": "M Ed", "BEd": "B Ed", "MRes": "M Res", "LLB": "L L B", "PGDip": "P G Dip",
    "PGCert": "P G Cert", "PGCE": "P G C E", "DClinPsy": "D Clin Psy", "DClinPsych": "D Clin Psych",
    "DProf": "D Prof", "FdA": "F D A", "FdSc": "F D S C", "MBPsS": "M B P S S",
}  # fmt: skip
STREETS: Final = {
    "St": "Street", "Rd": "Road", "Ave": "Avenue", "Av": "Avenue", "Dr": "Drive", "Ln": "Lane",
    "Cl": "Close", "Ct": "Court", "Sq": "Square", "Pl": "Place", "Cres": "Crescent",
    "Gdns": "Gardens", "Tce": "Terrace", "Ter": "Terrace", "Pk": "Park", "Gr": "Grove",
}  # fmt: skip
NUMBERED: Final = (
    "Part Chapter Section Volume Book Act Scene Phase Stage Step Type Level Grade Class Module "
    "Unit Appendix Bipolar Axis Schedule Figure Table Tier Band Lesson Session Article Rule "
    "Year War war"
)
MONARCHS: Final = (
    "Henry Elizabeth Charles George Edward William Richard James Mary Louis Paul Benedict Pius "
    "Gregory Leo Nicholas Catherine Philip Frederick Alexander John Francis"
)
ROMAN: Final = r"([IVXL]+)"

# ---------------------------------------------------------------- letters


def spelt(letters: str) -> str:
    """N H S; the plural as “G P’s”, which every voice says as it should be."""
    if letters.endswith("s") and len(letters) > 2:
        return f"{NO_BREAK.join(letters[:-1])}’s"
    return NO_BREAK.join(letters)


def _initialism(found: re.Match[str]) -> str:
    return found[0] if found[1] in NOT_LETTERS else spelt(found[0])


def _dotted(found: re.Match[str]) -> str:
    """U.K., N.H.S.; the last stop is the sentence's own at its end."""
    letters = NO_BREAK.join(found[0].replace(".", "").upper())
    return f"{letters}." if found.end() == len(found.string) else letters


def _lettered(found: re.Match[str]) -> str:
    return f"{found[1]}{NO_BREAK}{found[2]}"


def _plus(found: re.Match[str]) -> str:
    return f"{spelt(found[1])} plus"


# ---------------------------------------------------------------- Roman numerals


def _numbered(found: re.Match[str]) -> str:
    """Part II, Chapter IV, World War II; “Part I play” is left alone."""
    value = roman(found[2])
    return f"{found[1]} {cardinal(str(value))}" if value else found[0]


def _monarch(found: re.Match[str]) -> str:
    value = roman(found[2])
    return f"{found[1]} the {ordinal(str(value))}" if value else found[0]


def _at_the_start(found: re.Match[str]) -> str:
    """“II. What helps”, at the start of a heading."""
    value = roman(found[1])
    return f"{cardinal(str(value))}{found[2]}" if value else found[0]


HEADING_RULES: Final[tuple[Rule, ...]] = (
    rule(rf"^{ROMAN}([.:)])(?=\s)", _at_the_start),
    rule(rf"^{ROMAN}(\s[–—-])(?=\s)", _at_the_start),
)

# ---------------------------------------------------------------- capitals

LETTERED: Final = (
    "group plan vitamin hepatitis block grade level part section option type team room unit flat "
    "form appendix schedule point step stage class category band side studio suite entrance gate "
    "platform stand wing building list column row box table figure model version parent person "
    "partner client cluster criterion influenza flu blood"
)
"""What may be called A: group A, vitamin A."""
SMALL: Final = frozenset(
    re.findall(
        r"\S+",
        "ABOUT AM AN AND ARE AS AT BE BUT BY CAN DO DON’T FOR FROM HAVE HELP HOW IF IN IS IT ME MY "
        "NO NOT OF ON OR OUR SO THE THIS TO UP US WE WHAT WHEN WHERE WHO WHY WILL WITH YOU YOUR",
    )
)
CAPITALS: Final = re.compile(r"(?<![\w-])[A-Z][A-Z’']*(?:[ ,]+[A-Z][A-Z’']*)+(?![\w-])")


def lowered(text: str, known: frozenset[str]) -> str:
    """`text` with words in capitals as they are written elsewhere, where they are no letters.

    A line that is all capitals, or a run of them with small words among them, is a voice raised by
    typewriter: “CONTACT US”, “DO NOT STOP your tablets”. `known` are words of the owner's lexicon.
    """
    whole = not re.search("[a-z]", text)

    def small(found: re.Match[str]) -> str:
        words = re.findall(r"[A-Z][A-Z’']*", found[0])
        raised = any(len(word) > 3 and _lower(word, known) != word for word in words)
        if not whole and (SMALL.isdisjoint(words) or not raised):
            return found[0]
        said = re.sub(r"[A-Z][A-Z’']*", lambda m: _lower(m[0], known), found[0])
        return said[0].upper() + said[1:] if found.start() == 0 else said

    return CAPITALS.sub(small, text)


def _lower(word: str, known: frozenset[str]) -> str:
    if roman(word) or word in known or word in BY_LETTERS.split() or word in SOUNDED:
        return word
    letters = re.fullmatch(r"[^AEIOUY]{2,}S?", word) and word not in NOT_LETTERS
    return word if letters else word.lower()


# ---------------------------------------------------------------- streets and titles


def _street(found: re.Match[str]) -> str:
    return f"{found[1]}{STREETS[found[2]]}"


def _title(found: re.Match[str]) -> str:
    return TITLES[found[1]]


def _rules() -> tuple[Rule, ...]:
    letters = sorted(BY_LETTERS.split(), key=lambda w: (-len(w), w))
    known = "|".join(letters)
    streets, titles = one_of(STREETS), one_of(TITLES)
    end = r"(?=\s*(?:[:.,;!?)–—-]|$))"
    return (
        rule(rf"(?<!\w)({one_of(SOUNDED)})(?!\w)", lambda m: spaced(SOUNDED[m[1]])),
        rule(
            rf"(?<!\w)({one_of(DEGREES)})(s?)(?!\w)",
            lambda m: spaced(DEGREES[m[1]]) + ("’s" if m[2] else ""),
        ),
        # Addresses before titles: 12 Oak Dr, High St; then Dr Khan, St John’s.
        rule(rf"(\d+[a-zA-Z]? (?:[A-Z][\w’']+ )+)({streets})\b\.?(?=,|\.|$|\s*$)", _street),
        rule(r"(\b[A-Z][\w’']+ )(St|Rd|Ave|Cres|Gdns|Tce)\b\.?(?!\s+[A-Z])", _street),
        rule(r"\bRd\b\.?", "Road"),
        rule(r"\bSt\b\.?(?= [A-Z])", "Saint"),
        rule(rf"\b({titles})\b\.?(?=\s+(?:[A-Z]|and\b|&|or\b)|\s?/)", _title),
        rule(r"\bDr\b", "Doctor"),
        rule(r"\bProf\b\.?", "Professor"),
        # Roman numerals: where nothing else can be meant.
        rule(rf"\b((?:{one_of(NUMBERED.split())})) (?!I\b){ROMAN}\b", _numbered),
        rule(rf"\b((?:{one_of(NUMBERED.split())})) (I)\b{end}", _numbered),
        rule(r"\b((?:[Tt]ype|[Bb]ipolar|[Ss]tage|[Vv]olume|[Cc]luster)s?) ([IVX]+)\b", _numbered),
        rule(r"\b(World [Ww]ar) (I)\b", _numbered),
        rule(
            r"(?<=[Tt]ype |ypes |olar |tage )((?:one|two|three),? (?:and|or|to)) ([IVX]+)\b",
            _numbered,
        ),
        rule(rf"\b({one_of(MONARCHS.split())}) (?!I\b){ROMAN}\b", _monarch),
        rule(rf"\b({one_of(MONARCHS.split())}) (I)(?=\s*(?:[:.,;!?)–—-]|$)|[’']s\b)", _monarch),
        rule(r"\b([A-Z]{2,4})-([IVX]{2,4}|V|X)\b", _numbered),
        # Letters one by one.
        rule(rf"\b((?i:{'|'.join(LETTERED.split())})) (A)\b(?![’'])", _lettered),
        rule(r"(?<!\w)ME(?!\w)", f"M{NO_BREAK}E"),
        rule(r"\b([A-Z])\s?&\s?([A-Z])\b(?!\w)", f"\\1{NO_BREAK}and{NO_BREAK}\\2"),
        rule(r"\b((?:LGBTQIA|LGBTQ|LGBT))\+", _plus),
        rule(r"(?<!\w)(?:[A-Za-z]\.){2,}(?!\w)", _dotted),
        rule(
            r"\b(?:[A-Z]\. ?){2,}(?=[A-Z][a-z])",
            lambda m: " ".join(re.findall("[A-Z]", m[0])) + " ",
        ),
        rule(
            r"(?<=[a-z] )([A-Z])\.(?= [A-Z][a-z])|^([A-Z])\.(?= [A-Z][a-z])", lambda m: m[1] or m[2]
        ),
        rule(rf"\b({known})s?\b(?!-?\d?[’']?\w)", _initialism),
        rule(rf"\b({known})s?(?=-|[’'])", _initialism),
        rule(r"\b([B-DF-HJ-NP-TV-XZ]{2,6})s?(?![A-Za-z_])", _initialism),
    )


RULES: Final[tuple[Rule, ...]] = _rules()
