"""Abbreviations by what they stand for. A stop that ends the sentence stays."""

from __future__ import annotations

import re
from typing import Final

from leafcast.locale.abbreviations import (
    BEFORE_A_NUMBER,
    BEFORE_MORE,
    COUNTIES,
    FIRST_BEFORE_A_NUMBER,
    MAY_END,
)
from leafcast.narration.spoken.rule import Rule, one_of, rule

ANYWHERE: Final = {
    r"\be\.g\.,?|\beg\b\.?,?": "for example,", r"\bi\.e\.,?|\bie\b\.?,?": "that is,",
    r"\bE\.g\.,?|\bE\.G\.,?|\bEg\b\.?,?": "For example,", r"\bI\.[eE]\.,?": "That is,",
    r"\bet al\b\.?": "and others", r"\bet seq\b\.?": "and following",
    r"\b[Nn]\.?[Bb]\.:?(?=\s|$)|\bN\.?B:?(?=\s|$)": "note:", r"\bv\.(?=\s)": "versus",
    r"(?<=[a-z] )v (?=[A-Z])": "versus ",
    r"\b[Rr]eg\.? (?=\d{1,2}\b)": "regulation ",
    r"\bs(?=\d{1,3} (?:aftercare|MHA|assessments?|of)\b)": "section ",
    r"\b[Mm]ax\.(?= \w)": "maximum", r"\b[Mm]in\.(?= [a-z])": "minimum",
    r"\b[Nn]o\. of\b": "number of", r"\bex\. (?=VAT\b)": "excluding ",
    r"\btsp\b": "teaspoon", r"\btbsp\b": "tablespoon",
    r"\b([Tt])el\.? (?:no|number|num)\b\.?": r"\1elephone number", r"\bTel\.?(?=/)": "Telephone",
    r"\bTel(?:\.:?|:)": "Telephone:",
    r"\bTel\b(?! Aviv)": "Telephone", r"\bMob\b(?= (?:oh|plus)\b)": "Mobile",
    r"\btel\.:?": "telephone", r"\bMob(?:\.:?|:)": "Mobile:",
    r"\bconcs?\b\.?": "concessions", r"(?<=[a-zA-Z]-)reg\b\.?": "registered",
    r"\baccred\b\.?": "accredited", r"\bQ\. ?(?=\d)": "question ",
    r"\bT[’']?s ?& ?C[’']?s\b": "T’s and C’s", r"(?<!\w)\.(?=(?:pdf|docx?|epub|mp3)\b)": "dot ",
    r"(?<=\w)\.(?=(?:pdf|docx?|xlsx?|epub|html?|mp[34]|jpe?g|png|txt|odt|rtf|zip)\b)": " dot ",
    r"\btel\b(?= (?:oh|plus)\b)": "telephone",
    r"\b([A-Z][\w&]+,?) Inc\b\.?(?! VAT)": r"\1 Incorporated",
    r"\br/v\b": "review", r"\bF/U\b|\bf/u\b": "follow-up", r"\btabs\b\.?(?! )": "tablets",
    r"\bw/c\b|\bwc\b(?= the )": "week commencing",
    r"\bw/b\b|\b[Ww]k\.? beg\b\.?": "week beginning", r"\bw/end(s?)\b": r"weekend\1",
    r"\b[Bb]/hols?\b": "bank holidays", r"\b([Rr])eq[’']d\b": r"\1equired",
    r"\b([Aa])dd[’']l\b": r"\1dditional", r"\b([Rr])efs\b": r"\1eferences",
    r"\bincl?\.(?=$|[),;])": "inclusive", r"\b[Rr]t\.? (?=Rev)": "Right ", r"\bp\.p\. ": "P P ",
    r"\bAttn(?=:)": "Attention", r"\bw/o\b": "without", r"\bw/(?=\s|$)": "with",
    r"\bc/o\b": "care of", r"\b[nN]/[aA]\b": "not applicable", r"\bn/k\b|\bN/K\b": "not known",
    r"\bp/w\b": "a week", r"\bp/h\b": "an hour", r"\bp/a\b": "a year", r"\bp/s\b": "a session",
    r"\b(?:a|per) min\b": "a minute", r"\bhrs\b(?:\.(?= ))?": "hours",
    r"\bmins\b(?:\.(?= ))?": "minutes",
    r"\byrs\b(?:\.(?= ))?": "years", r"\bwks\b(?:\.(?= ))?": "weeks", r"\ban hr\b": "an hour",
    r"\bmths\b(?:\.(?= ))?": "months",
     r"\bi/c\b": "in charge",
    r"\bwom\(e\)n\b": "woman or women", r"\(wo\)m([ae])n\b": r"wom\1n or m\1n",
    r"\bh/w\b": "homework",
    r"\bwo/m([ae])n\b": r"wom\1n or m\1n", r"\btemp\. (?=[a-z])": "temporary ",
    r"\ba/c\b|\bA/C\b": "account", r"\bp/t\b|\bP/T\b": "part-time", r"\bf/t\b|\bF/T\b": "full-time",
    r"\bb/c\b": "because", r"\bb/w\b": "between", r"\bwk/e\b|\bw/e\b|\bW/E\b": "week ending",
    r"\ba\.k\.a\.|\baka\b": "also known as", r"\bp\.a\.": "a year", r"\bp\.w\.|\bpw\b": "a week",
    r"\bpcm\b": "a month", r"\bw\.?e\.?f\b\.? (?=\d|the\b)": "with effect from ",
    r"\bFYI\b": "for your information",
    r"\b(?:asap|ASAP|a\.s\.a\.p\.|A\.S\.A\.P\.)(?!\w)": "as soon as possible",
    r"\b(?:tbc|TBC)\b": "to be confirmed", r"\b(?:tba|TBA)\b": "to be announced",
    r"\bPTO\b": "please turn over", r"\bFAO\b": "for the attention of",
    r"\bLtd\b\.?": "Limited", r"\bJr\b\.?|\bJnr\b\.?": "Junior", r"\bEsq\b\.?": "Esquire",
    r"\s?\(Hons\)": " Honours", r"\bHons\b": "Honours", r"\bP\.S\.": "P S",
    r"\bs/he\b|(?<!\w)\(s\)he\b": "she or he", r"\bS/[Hh]e\b|(?<!\w)\(S\)he\b": "She or he",
    r"\bw/out\b": "without", r"\b([a-z]{3,})/(ren|s|es)\b": r"\1 or \1\2",
    r"\bref\.": "reference", r"\bop\. cit\.?": "in the work cited",
    r"\bloc\. cit\.?": "in the place cited", r"\b([Ee])d\. by\b": r"\1dited by",
    r"\bTab\. (?=\d)": "table ", r"\bEx\. (?=\d)": "exercise ", r"(?<=edition, )rev\.": "revised",
    r"\bWm\.? (?=[A-Z])": "William ", r"\bChas\. (?=[A-Z])": "Charles ",
    r"\bJas\. (?=[A-Z])": "James ", r"\bThos\. (?=[A-Z])": "Thomas ",
    r"\bGeo\. (?=[A-Z])": "George ", r"\bRobt\. (?=[A-Z])": "Robert ",
    r"\bEdw\. (?=[A-Z])": "Edward ", r"\bn\.d\.": "no date",
    r"\b[Rr]t\.? Hon\b\.?": "Right Honourable", r"\bGen\.? (?=[A-Z][a-z])(?!Alpha)": "General ",
    r"\bFt\.? (?=[A-Z][a-z])": "Fort ", r"(?<!\w)([Aa]nd|&) Co\b\.?": r"\1 Company",
    r"\b[Aa]/[Ww]\b": "as well", r"\bF2F\b|\bf2f\b": "face to face", r"\b([Pp])ls\b": r"\1lease",
    r"\b([Tt])hru\b": r"\1hrough", r"\bD\.?[Oo]\.?B\b\.?|\bd\.o\.b\b\.?": "date of birth",
    r"\b([Bb]ank )[Hh]ols?\b\.?": r"\1holidays", r"\bTx\b": "treatment",
    r"\bHx\b": "history", r"\bDx\b": "diagnosis", r"\b([Cc])ounsell\.": r"\1ounselling",
    r"\bpr/(hr|h|wk|week|hour)\b": r"per \1", r"\bXmas\b": "Christmas",
    r"\bq\.v\.": "see there", r"\bw\.?r\.?t\b\.?": "with regard to",
}  # fmt: skip
SHIRES: Final = {
    "Berks": "Berkshire", "Bucks": "Buckinghamshire", "Beds": "Bedfordshire",
    "Cambs": "Cambridgeshire", "Glos": "Gloucestershire", "Hants": "Hampshire",
    "Herts": "Hertfordshire", "Lancs": "Lancashire", "Leics": "Leicestershire",
    "Lincs": "Lincolnshire", "Middx": "Middlesex", "Northants": "Northamptonshire",
    "Notts": "Nottinghamshire", "Oxon": "Oxfordshire", "Salop": "Shropshire",
    "Staffs": "Staffordshire", "Warks": "Warwickshire", "Wilts": "Wiltshire",
    "Worcs": "Worcestershire", "Yorks": "Yorkshire",
}  # fmt: skip
IN_FULL: Final = BEFORE_MORE | MAY_END | {"ex": "excluding", "approx": "approximately"}
ALSO_BARE: Final = ("cf", "incl", "excl", "esp", "vs")
CERTIFIED: Final = {"Dip": "Diploma", "Cert": "Certificate"}
SIDES: Final = {"N": "North", "S": "South", "E": "East", "W": "West"}
REGIONS: Final = (
    r"Wales|Yorks(?:hire)?|Sussex|London|Midlands|Devon|Lancs|Leeds|Lincs|Notts|Lanarkshire"
    r"|Somerset|Northants|Herts|Hants|Wilts|Oxon|Cornwall|Dorset|Glamorgan|Ayrshire|Lothian"
)
WORDS_TOO: Final = {"Berks", "Bucks", "Beds"}
NUMBERED: Final = BEFORE_A_NUMBER | FIRST_BEFORE_A_NUMBER
SHORT_NUMBERED: Final = one_of(NUMBERED)
WITHOUT_STOP: Final = (
    "vol|vols|approx|pg|pgs|pp|para|paras|ch|chs|chap|fig|figs|rm|apt|bldg|blk|avg|yr|yrs|wk|max|min|est"
    "|ss|ca|appx|ref"
)
"""These stand for a word before a number without their stop, too."""
REGISTER: Final = (
    r"charity|company|co|vat|reg|registration|registered|member|membership|tel|telephone|phone"
    r"|mobile|mob|fax|account|a/c|ref|reference|policy|case|nhs|ni|pin|id|room|flat|house|order"
    r"|invoice|bacp|ukcp|ncps|hcpc|bps|nmc|ico|cru|acc|licence|serial|part|contact|emergency"
)
FOLLOWING: Final = r"in|on|of|at|is|was|and|or|to|for|by|the|with|has|had|from|as"


def _numbered(found: re.Match[str]) -> str:
    """p. 12, No. 10: the word, always small, for it is never shown."""
    return f"{NUMBERED[found[1].casefold()]} "


def _number(found: re.Match[str]) -> str:
    return "number " if re.search(r"[a-z,] $", found.string[: found.start()]) else "Number "


def _most(found: re.Match[str]) -> str:
    return " maximum" if found[1] == "max" else " minimum"


def _shire(found: re.Match[str]) -> str:
    """Herts; “the bucks” and “twin beds” are words, so those are counties only behind a place."""
    place = re.search(
        r"(?:[A-Z][a-z]+, |\b(?:in|of|from|North|South|East|West) )$", found.string[: found.start()]
    )
    return SHIRES[found[1]] if place or found[1] not in WORDS_TOO else found[0]


def _in_full(found: re.Match[str]) -> str:
    """What it stands for, with a capital where it is written so."""
    said = IN_FULL[found[1].casefold()]
    return (said[0].upper() if found[1][0].isupper() else said[0]) + said[1:]


OWNERS: Final = "[Mm]y|[Oo]ur|[Yy]our|[Hh]is|[Hh]er|[Tt]heir|[Tt]he|[Tt]his|[Tt]hat|[Mm]obile"
"""Before “no.” with more behind it: a number, for a sentence would end there."""

BEFORE: Final[tuple[Rule, ...]] = (
    rule(r"\b([Tt])emp\.? (?=\d)", r"\1emperature "),
    rule(r"\bbp (?=\d)", "BP "),
    rule(r"\b[Mm]ax\.? (?=\d)", "maximum "),
    rule(r"(?<!\d )\b[Mm]in\.? (?=\d)", "minimum "),
    rule(r"(?:^|(?<=[,;] )|(?<=\())b\. ?(?=\d{1,2}[ /.]|\d{4})", "born "),
    rule(r"(?:^|(?<=[,;] )|(?<=\())d\. ?(?=\d{1,2}[ /.]|\d{4})", "died "),
    rule(r"(?<!\w)(?:[Cc]a?\.|ca) ?(?=[£€$]|\d[\d,.]*\s?%)", "about "),
)
RULES: Final[tuple[Rule, ...]] = (
    rule(
        rf"(?i:\b(?=[a-z/]+(?:[’\']s)? no)({REGISTER})((?:'s|’s)?)) [Nn]os?\b[.:]*:? ?"
        r"(?=[A-Z]{0,4}[ -]?\d)",
        r"\1\2 number ",
    ),
    rule(r"\b[Rr]eg\.? number ", "registration number "),
    rule(r"\bReg\.? (?=[Cc]harity\b)", "Registered "),
    rule(rf"(?i:\b(?=[a-z/]+ no)({REGISTER})) [Nn]os?(?:\.(?!\w)|(?=:))", r"\1 number"),
    # “No 10”, as it is written on a door, but not “No 2-for-1 offers” or “No 10 weeks are alike”.
    rule(rf"\bNo (?=\d+[a-zA-Z]?\b(?!-)(?! (?!(?:{FOLLOWING})\b)[a-z]))", _number),
    rule(r"\bNo?[°º]s? ?(?=\d)", "number "),
    rule(r"\b[Nn]o(?=\d)", "number "),
    rule(r"\bNos (?=\d)|\bNo\.?s\.? (?=\d)", "Numbers "),
    rule(r"\bno\.s\.? (?=\d)|\bnos (?=\d)", "numbers "),
    rule(r"\bCo\.? (?=[Rr]eg)", "Company "),
    rule(
        r"\b[Rr]eg\. (?=[A-Z]{3})|\bReg\.? (?=(?:Psych|Couns|Therap|Nurs|Pract|Memb)\w+)",
        "Registered ",
    ),
    rule(r"\breg\.? (?=(?:psych|couns|therap|nurs|pract|memb|charit)\w)", "registered "),
    rule(r"\b([Rr])eg[’']d\b", r"\1egistered"),
    rule(rf"\b({OWNERS}) no\. (?=(?:is|was|for|on|below|above|to)\b)", r"\1 number "),
    rule(r"\b(the|which) no\.(?=\?)", r"\1 number"),
    rule(r"(?<=\w )Reg\b\.?(?=$|[,;)])", "registered"),
    rule(r"\bPsych\.(?!\w)", "Psychology"),
    rule(r"\bN\.? (?=Ireland\b)", "Northern "),
    rule(rf"\b([NSEW])\.? (?=(?:{REGIONS})\b)", lambda m: f"{SIDES[m[1]]} "),
    rule(r"\bSnr\.(?= )|\bSnr\b(?= Accred)", "Senior"),
    rule(r"\bAccred\b\.?(?=\))|\bAccred\.", "Accredited"),
    rule(r"\bAdv\.? ?Dip\.? ?Couns\b\.?", "Advanced Diploma in Counselling"),
    rule(r"\bAdv\.? (?=Dip|Cert)", "Advanced "),
    rule(r"\b([Hh])ep\. (?=[A-E]\b)", r"\1epatitis "),
    rule(r"\bC\.? ?Psychol\b\.?", "C Psychol"),
    rule(r"\b[Ss]ched\. ?(?=\d)", "schedule "),
    rule(r"\bDip\.? ?Couns\b\.?", "Diploma in Counselling"),
    rule(r"\bCert\.? ?Couns\b\.?", "Certificate in Counselling"),
    rule(r"\bCert\.? ?Ed\b\.?", "Certificate in Education"),
    rule(r"\b(Dip|Cert)\.? (?=[A-Z]|in\b)", lambda m: f"{CERTIFIED[m[1]]} "),
    rule(r"\b[Vv]it\.? (?=[A-Z]\d*\b)", "vitamin "),
    rule(r"\b([Vv]ol|[Cc]hap|[Cc]h)\.? (?=[IVXivx]+\b)", _numbered),
    rule(r"\b([Pp]p?)\.\s?(?=[ivxl]+\b)", _numbered),
    rule(r"(?<=\d)f\.(?!\w)", " and following"),
    rule(r"\b(\d+(?:st|nd|rd|th)|rev|new|first|second|third) edn?\b\.?", r"\1 edition"),
    rule(r"\brev\.? (?=edition)", "revised "),
    rule(r"\((?i:ed|edn)\.?\)", "(editor)"),
    rule(r"\((?i:eds)\.?\)", "(editors)"),
    rule(r"\b[Ee]ds?\. (?=[A-Z])", "edited by "),
    rule(r"\b[Tt]rans\. (?=[A-Z])", "translated by "),
    rule(r"\bpt\.? (?=[IVX]+\b|\d)", "part "),
    rule(r"(?<=\d)\s?ff\.?(?!\w)", " and following"),
    rule(
        rf"(?<!\w)(?=[A-Za-z.]{{1,7}}\.)(?i:({SHORT_NUMBERED}))\.\s?(?=[A-Z]?\d|[£€$])", _numbered
    ),
    rule(
        rf"(?<!\w)(?=[A-Za-z]{{2,6}}\. [B-HJ-Z])(?i:({SHORT_NUMBERED}))\. (?=[B-HJ-Z]\b(?![’']))",
        _numbered,
    ),
    rule(rf"(?<![\w/])(?i:({WITHOUT_STOP})) (?=\d|[£€$])", _numbered),
    rule(r"\b(pp?)(?=\d)", _numbered),
    rule(r"\bp (?=\d+(?:[–-]\d+)?[).,;])", "page "),
    rule(r"\b(rm|apt|bldg|flr|blk)\.? (?=[A-Z]\b|\d|one |nine )", _numbered, re.I),
    rule(
        r"(?:(?<=\d)|(?<=[a-z][a-z]s)|(?<=people)|(?<=children)|(?<=week)|(?<=day)|(?<=month)) "
        r"(max|min)\b\.?(?=[\s,;)]|$)(?! "
        r"\d)",
        _most,
    ),
    rule(r"№\s?(?=\d)", "number "),
    rule(rf"\bCo\.? (?=(?:{'|'.join(COUNTIES)})\b)", "County "),
    rule(r"\b[Nn]r\.? (?=[A-Z])", "near "),
    *(rule(short, said) for short, said in ANYWHERE.items()),
    rule(rf"(?<![\w.])(?i:({one_of(BEFORE_MORE)}))\.(?= ?\S)", _in_full),
    rule(rf"(?<![\w.])({one_of(ALSO_BARE)})(?=\s)", _in_full),
    rule(r"\b(inc|exc|ex)(?= (?:VAT\b|fees?\b|bank\b|p&p\b))", _in_full),
    rule(r"\b(approx|Approx)\b\.?", _in_full),
    rule(rf"(?<![\w.])(?i:({one_of(MAY_END)}))(?:\.|\b)", _in_full),
    rule(rf"(?:(?<=[a-z,.] )|(?<=\b[NSEW] )|^)({one_of(SHIRES)})\b\.?", _shire),
    rule(r"\b&\s?c\.", "et cetera"),
    rule(r"\betc\b\.?(?=\s+[a-z(&–—-]|\s?[,;:)])", "et cetera"),
    rule(r"\betc\b\.?", "et cetera."),
)
