"""Letters that stand for words: initialisms, degrees, titles, the letter A."""

from __future__ import annotations

import re
from typing import Final

from leafcast.locale.abbreviations import LETTERED, TITLES
from leafcast.narration.lexicon import LETTER, NO_BREAK, spaced
from leafcast.narration.spoken.held import PLACES
from leafcast.narration.spoken.rule import Rule, one_of, rule

BY_LETTERS: Final = (
    "AA ABA ADD ADHD AED AGM AI AOB APA AQ ASC ASD ASPD ATM AVPD BA BAATN BABCP BACP BAME BAPT "
    "BBC BIPOC BMI BPAS BSL CBE CEO CI COPD COSRT CPCAB CPD CSA CSE CV CYP DA DBS DID DIY DLA DOB "
    "DSH DVLA DWP EAP ECG ECT EDNOS EEG EFT EHCP EIP EIS EMDR EMDRIA ENT EPA EPDS EQ ERP ESA EU "
    "EUPD EV FAQ FGM FII GAD GBH GCSE GDPR HEI HIV HSCNI IBS ICB ICD ICO ICU ID IDVA IES IFS IMCA "
    "IMHA IOP IPT IPV IQ ISVA IUD IVF JSA KC LGBTQIA LPA MA MAOI MBABCP MBACP MBE MCA MDMA MHA "
    "MNCPS MOJ MOT MRI MUKCP MUS NA NCPS NEU NI NSPCC OA OAP OBE OCD OCPD OCR OMG OT OTC OU PA "
    "PAYE PCOS PDA PE PMDD POA POC PSHE PTSD QE REBT RSI SEN SIO SLA SNRI SSRI STI TA TIA TV UC "
    "UK UKAHPP UKCP UN UPR URL USA USB UTI UV VIP WPA"
)
"""Said letter by letter though they have vowels. Letters without a vowel need no list."""
NOT_LETTERS: Final = {"MR", "MRS", "DR", "ST", "LTD", "HMM", "PSST", "SHH", "TSK", "GRR", "BRR"}
SOUNDED: Final = {
    "CAMHS": "Cams", "IAPT": "Eye-apt", "CoSCA": "Cosca", "ACT": "act", "AMHP": "Amp",
    "CORE-OM": "CORE O M", "MARAC": "Marac", "SENCO": "Senco",
    "SENCo": "Senco", "ARFID": "Arfid", "WEMWBS": "Wemwebs",
    "HOPELINE247": "Hopeline two four seven", "HOPELINEUK": "Hopeline U K",
    "RCPsych": "R C Psych", "cPTSD": "C P T S D", "AuDHD": "Aw D H D",
     "MRCPsych": "M R C Psych", "FRCPsych": "F R C Psych",
    "CPsychol": "C Psychol", "CO₂": "C O two", "BCE": "B C E", "HbA1c": "H B A one C",
    "eGFR": "E G F R", "INR": "I N R", "TTO": "T T O",

    "SpO2": "S P O two",
    "AFBPsS": "A F B P S S", "and/or": "and or", "WWI": "World War One",
    "WWII": "World War Two",
}  # fmt: skip
DEGREES: Final = {
    "PhD": "P H D", "DPhil": "D Phil", "MPhil": "M Phil", "MSc": "M S C", "BSc": "B S C",
    "MEd": "M Ed", "BEd": "B Ed", "MRes": "M Res", "LLB": "L L B", "PGDip": "P G Dip",
    "PGCert": "P G Cert", "PGCE": "P G C E", "DClinPsy": "D Clin Psy", "DClinPsych": "D Clin Psych",
    "DProf": "D Prof", "DPsych": "D Psych", "PsychD": "Psych D",
     "FdA": "F D A", "FdSc": "F D S C", "MBPsS": "M B P S S",
}  # fmt: skip
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
    """Plan A, vitamin A."""
    before = found.string[: found.start()].split()[-1].casefold()
    return f"A{LETTER}" if before.lstrip("(“‘'\"") in LETTERED else "A"


def _and(found: re.Match[str]) -> str:
    """Q&A, T&Cs."""
    return f"{found[1]}{NO_BREAK}and{NO_BREAK}{found[2]}{'’s' if found[3] else ''}"


def _states(found: re.Match[str]) -> str:
    """the US, UK and US citizens; elsewhere it may be the word."""
    before, after = found.string[: found.start()], found.string[found.end() :]
    named = re.search(r"\b(?:the|in|UK (?:and|or)|UK/|UK and/or|AND) ?$", before, re.I)
    of = re.match(r" (?:and UK|or UK|citizen|English|based|stud|version|dollar)|/UK\b", after)
    return f"U{NO_BREAK}S" if named or of else found[0]


def _plus(found: re.Match[str]) -> str:
    return f"{spelt(found[1])} {'positive' if found[1] == 'HIV' else 'plus'}"


# ---------------------------------------------------------------- capitals

NAME: Final = rf"(?:[A-Z][a-z]|{PLACES.pattern})"
"""The start of a name, which the lexicon may have in keeping."""
WITH_COMPUTERS: Final = (
    "support|department|help|helpdesk|worker|workers|skills|job|consultant|manager|team|systems?"
    "|security|training|course|company|equipment|problems?|work|professional|professionals|staff"
)
"""Behind IT, which is no word then."""

AMONG_MARKS: Final = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "straight", "mostly",
    "got", "gets",
)  # fmt: skip
"""Before “As”, marks at school."""

# ---------------------------------------------------------------- titles and degrees


def _title(found: re.Match[str]) -> str:
    return TITLES[found[1]]


def _degree(found: re.Match[str]) -> str:
    """PhD, MSc; Ph.D., M.Sc."""
    return spaced(DEGREES[re.sub(r"[. ]", "", found[1])]) + ("’s" if found[2] else "")


def _initials(found: re.Match[str]) -> str:
    """A. A. Milne, J.K. Hill."""
    letters = re.findall("[A-Z]", found[0])
    return " ".join(f"{each}{LETTER}" for each in letters) + " "


def _stops_between(degree: str) -> str:
    """PhD as it is written with stops."""
    parts = [re.escape(part) for part in re.findall("[A-Z][a-z]*", degree)]
    return r"\. ?".join(parts)


def _titles() -> tuple[Rule, ...]:
    titles = one_of(TITLES)
    dotted = "|".join(
        _stops_between(degree)
        for degree in sorted(DEGREES, key=len, reverse=True)
        if len(re.findall("[A-Z]", degree)) > 1 and not degree.isupper()
    )
    return (
        rule(rf"(?<!\w)({one_of(SOUNDED)})(?!\w)", lambda m: spaced(SOUNDED[m[1]])),
        rule(rf"(?<!\w)({one_of(DEGREES)})(s?)(?!\w)", _degree),
        rule(rf"(?<!\w)({dotted})()(?:\.(?!\s*$)|\b)", _degree),
        rule(r"\bLL\.? ?B\b", spaced("L L B")),
        rule(r"\bHon\.? Sec\b\.?", "Honorary Secretary"),
        rule(r"\bHon\.? Treas\b\.?", "Honorary Treasurer"),
        rule(r"\bHon\.? (?=Sec|Treas|Res|Pres)", "Honorary "),
        rule(r"\bProf\.? (?=Acc)", "Professional "),
        rule(r"\(Acc\.?\)", "(Accredited)"),
        rule(rf"\b({titles})\b\.?(?=\s+(?:[A-Z]|{PLACES.pattern}|and\b|&|or\b)|\s?/)", _title),
        rule(r"\bDr\b", "Doctor"),
        rule(r"\bProf\b\.?", "Professor"),
    )


def _the_letter_a() -> tuple[Rule, ...]:
    """A as a letter: plan A, Mr A, an A, from A to B, A-level, (a), 12a."""
    a = f"A{LETTER}"
    return (
        rule(r"\bA\*(-[A-G]\b)?(?!\w)", lambda m: f"{a} star{f' to {m[1][1]}' if m[1] else ''}"),
        rule(r"\bA-(?=[.,;)]|$)", f"{a} minus"),
        rule(r"\b([B-D])-(?=[.,;)]|$)", r"\1 minus"),
        rule(r"(?<=\b(?:in|of) )A(?= (?:minor|major|flat)(?:[.,;:)]|$| (?:and|by|for)\b))", a),
        rule(r"(?<=\w )A\b(?![’'])", _lettered),
        rule(r"\b(an|Mr|Mrs|Ms|Miss|Mx) A\b(?!’)(?:\.(?= [A-Z]))?", rf"\1 {a}"),
        rule(r"\bA[–-]Z\b", f"{a} to Z"),
        rule(r"\b(Doctor|Professor) A\b(?:\.(?= [A-Z][\w’]))?(?![\w’.])", rf"\1 {a}"),
        rule(r"\ban A\b(?= (?:in|for|at|grade|student|star)\b)", f"an {a}"),
        rule(r"\bA(?= [Ll]evels?\b|-\w|[*+]| star\b|/[A-Z]\b|: |,? (?:is|stands) for\b)", a),
        rule(
            r"\bA(?=,? (?:and|or|to|into|from|then|versus|with|B|B,|but not) ?(?:[B-Z]\b|$))"
            r"|\bA(?=, B\b)",
            a,
        ),
        rule(r"(?<=\b[B-Z] (?:to|or) )A\b|(?<=\b[B-Z] and )A\b", a),
        rule(r"(?<=[(“‘\"'])A(?=[)”’\"'])", a),
        rule(r"(?<=[a-z], )A(?=\.)", a),
        rule(r"^([Aa])(?=\) )|(?<=\()([Aa])(?=\))|(?<= )(a)(?=\) )", lambda m: f"{m[0]}{LETTER}"),
        rule(r"(?<=\d)[aA](?![\w’'])", lambda m: f"{m[0]}{LETTER}"),
    )


def _rules() -> tuple[Rule, ...]:
    letters = sorted(BY_LETTERS.split(), key=lambda w: (-len(w), w))
    known = "|".join(letters)
    behind = "|".join(rf"(?<=\b{word} )" for word in AMONG_MARKS)
    return (
        *_the_letter_a(),
        rule(r"\b([B-HJ-LN-TV-Z])s(?![\w’'])", r"\1’s"),
        rule(rf"(?:{behind})A[’']?s(?![\w’'])", "A’s"),
        rule(r"\bIV (?=drip|line|fluid|antibiotic|drug|access)", f"I{NO_BREAK}V "),
        rule(r"(?<!\w)ME(?!\w)", f"M{NO_BREAK}E"),
        rule(r"\bUS\b", _states),
        rule(
            rf"\bIT(?= (?:{WITH_COMPUTERS})\b)|(?<=\b[Ii]n )IT(?=[.,;:)]|$| (?:and|or)\b)"
            rf"|(?<=\bour )IT\b",
            f"I{NO_BREAK}T",
        ),
        rule(r"\b([A-Z])\s?&\s?([A-Z])(s?)\b(?!\w)", _and),
        rule(r"\b(LGBTQIA|LGBTQ|LGBT|HIV)\+", _plus),
        rule(r"(?<!\w)(?:[A-Za-z]\.){2,}(?!\w)", _dotted),
        rule(rf"\b(?:[A-Z]\. ?){{2,}}(?={NAME})", _initials),
        rule(
            rf"(?<=[a-z] )([A-Z])\.(?= {NAME})|^([A-Z])\.(?= {NAME})",
            lambda m: f"{m[1] or m[2]}{LETTER}",
        ),
        rule(r"(?<=\d)-(?=[A-Z]{2}\b)", " "),
        rule(r"\bAS(?= levels?\b)", f"A{NO_BREAK}S"),
        rule(r"\ba&e\b", f"A{NO_BREAK}and{NO_BREAK}E"),
        rule(r"(?<=\w)-(?=[A-Z]\b(?![’'\w-]))", NO_BREAK),  # ADHD-C, USB-C
        rule(rf"\b(?=[A-Z]{{2}})({known})(?=\d)", lambda m: f"{spelt(m[1])} "),
        rule(rf"\b(?=[A-Z]{{2}})({known})s?\b(?!-?\d?[’']?\w)", _initialism),
        rule(rf"\b(?=[A-Z]{{2}})({known})s?(?=-|[’'])", _initialism),
        rule(r"\b([B-DF-HJ-NP-TV-XZ]{2,6})s?(?![A-Za-z_])", _initialism),
    )


TITLE_RULES: Final[tuple[Rule, ...]] = _titles()
RULES: Final[tuple[Rule, ...]] = _rules()
