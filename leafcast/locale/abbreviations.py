"""Abbreviations as they are written in Britain: what they stand for, and where a sentence goes on
behind their stop. One table for cutting sentences and for reading them aloud.

Each is written without its last stop. Small ones are compared without regard to capitals.
"""

from __future__ import annotations

import re
from typing import Final

from leafcast.locale.days import MONTHS

BEFORE_A_NUMBER: Final = {
    "no": "number", "nos": "numbers", "p": "page", "pp": "pages", "pg": "page", "pgs": "pages",
    "vol": "volume", "vols": "volumes", "ch": "chapter", "chs": "chapters", "chap": "chapter",
    "chaps": "chapters", "fig": "figure", "figs": "figures", "tbl": "table", "para": "paragraph",
    "paras": "paragraphs", "c": "about", "ca": "about", "s": "section", "ss": "sections",
    "sec": "section", "sect": "section", "sch": "schedule", "cl": "clause", "ver": "version",
    "approx": "approximately", "est": "established", "ext": "extension", "extn": "extension",
    "tel": "telephone", "ref": "reference", "rm": "room", "apt": "apartment", "bldg": "building",
    "blk": "block", "flr": "floor", "avg": "average", "temp": "temperature", "appx": "appendix",
    "fn": "footnote", "ll": "lines", "vv": "verses", "ps": "Psalm", "matt": "Matthew",
    "cor": "Corinthians", "rom": "Romans", "eph": "Ephesians", "prov": "Proverbs",
    "isa": "Isaiah", "qu": "question", "opt": "option", "beg": "beginning",
    "w.e.f": "with effect from", "d.o.b": "date of birth",
}  # fmt: skip
"""What stands for a word where a number follows: No. 10, p. 12, s. 47, c. 1920."""
FIRST_BEFORE_A_NUMBER: Final = {
    "min": "minimum", "max": "maximum", "app": "appendix", "mob": "mobile", "art": "article",
    "b": "born", "d": "died", "fl": "flourished", "yr": "year", "yrs": "years", "wk": "week",
    "wks": "weeks",
}  # fmt: skip
"""The same, but words or units too (“It took 5 min.”): only as the first word of a clause."""
BEFORE_MORE: Final = {
    "viz": "namely", "cf": "compare", "c.f": "compare", "vs": "versus", "vit": "vitamin",
    "incl": "including",
    "inc": "including", "excl": "excluding", "exc": "excluding", "esp": "especially",
    "univ": "University", "messrs": "Messrs", "nr": "near", "v": "versus", "alt": "alternate",
    "clin": "clinical",
    "attn": "for the attention of",
}  # fmt: skip
"""Stand before what they belong to, and never last in a sentence that goes on with a capital."""
MAY_END: Final = {
    "govt": "government", "dept": "department", "depts": "departments", "appt": "appointment",
    "appts": "appointments", "assn": "Association", "misc": "miscellaneous", "contd": "continued",
    "cont": "continued", "cont’d": "continued", "cont'd": "continued", "hosp": "hospital",
    "edn": "edition", "edns": "editions", "qual": "qualification", "quals": "qualifications",
    "ibid": "in the same place", "avail": "available", "inj": "injection",
}  # fmt: skip
"""Stand anywhere; behind a capital the sentence is over."""
DAYS: Final = ("mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun")
SHORT_MONTHS: Final = frozenset({"sept", *(name[:3].casefold() for name in MONTHS)} - {"may"})
TITLES: Final = {
    "Dr": "Doctor", "Drs": "Doctors", "Prof": "Professor", "Profs": "Professors",
    "Rev": "Reverend", "Revd": "Reverend", "Cllr": "Councillor", "Fr": "Father", "Sr": "Sister",
    "Mr": "Mr", "Mrs": "Mrs", "Ms": "Ms", "Mx": "Mix", "Mme": "Madame", "Hon": "Honourable",
    "Sgt": "Sergeant", "Cpl": "Corporal", "Capt": "Captain", "Lt": "Lieutenant", "Col": "Colonel",
    "Maj": "Major", "Supt": "Superintendent", "Insp": "Inspector", "Cmdr": "Commander",
    "Mt": "Mount", "Gt": "Great", "Bro": "Brother", "Gov": "Governor", "Sen": "Senator",
}  # fmt: skip
"""Before a name."""
SAID_ALREADY: Final = frozenset(
    {"st", "rt", "e.g", "eg", "i.e", "ie", "n.b", "nb", "p.s", "p.p", "gen"}
)
"""Go on as those of BEFORE_MORE do, and are said by rules of their own."""
WITH_CAPITAL: Final = frozenset(
    ("Snr", "Jnr", "Dip", "Cert", "Adv", "Reg", "Assoc", "Ft", "Wm", "Chas", "Geo", "Thos", "Jas",
     "Robt", "Edw")
)  # fmt: skip
"""The same with their capital: Reg. MBACP, Snr. Accred., Adv. Dip., Ft. William."""
LETTERS_LAST: Final = frozenset({
    "u.k", "u.s", "u.s.a", "e.u", "n.h.s", "b.c", "a.d", "g.p", "m.p", "d.i.y", "r.s.v.p", "a.k.a",
    "p.a", "p.w", "e.t.a", "i.d", "t.v", "b.a", "m.a", "m.d", "b.c.e", "c.e", "o.b.e", "m.b.e",
    "f.a.q", "a.s.a.p", "p.c.m", "b.b.c",
})  # fmt: skip
"""Letters with stops that may be the last word of a sentence; others are the initials of a name."""
HALF_DAY: Final = frozenset({"a.m", "p.m"})
DATED: Final = re.compile(
    rf"\d|(?:{'|'.join(day.capitalize() for day in DAYS)})|{'|'.join(MONTHS)}"
)
"""What goes on behind a time: a day, a month or a number."""
REFERENCE: Final = re.compile(r"(?:[A-Z]{1,4}[-/ ]?)?\d")
"""What a reference or a register gives: AB12, ZA 123456."""
COUNTIES: Final = (
    "Antrim", "Armagh", "Carlow", "Cavan", "Clare", "Cork", "Derry", "Donegal", "Down", "Dublin",
    "Durham", "Fermanagh", "Galway", "Kerry", "Kildare", "Kilkenny", "Laois", "Leitrim",
    "Limerick", "Londonderry", "Longford", "Louth", "Mayo", "Meath", "Monaghan", "Offaly",
    "Roscommon", "Sligo", "Tipperary", "Tyrone", "Waterford", "Westmeath", "Wexford", "Wicklow",
)  # fmt: skip
"""What stands behind “Co.” for County."""
LIST_MARK: Final = re.compile(r"[a-h]|[ivx]{1,4}|\d{1,2}")
"""Before a point of a list that is written in a line: a. First, ii. Second, 3. Third."""
LETTERED: Final = frozenset(
    re.findall(
        r"\w+",
        "area group plan vitamin hepatitis block grade level part section option type team room "
        "unit flat form appendix schedule point step stage class category band side studio suite "
        "entrance gate platform stand wing building list column row box table figure model "
        "version parent person partner client cluster criterion influenza flu blood hep letter "
        "vit school company session case participant straight door road answer bay floor "
        "letters hat may be called annex party line zone lane ",
    )
)
"""What may be called by a letter: plan A, vitamin B."""
WITH: Final = {
    "co": re.compile(
        rf"(?:{'|'.join(COUNTIES)})\b|(?:[Nn]o|[Rr]eg)[.:]|(?:Ltd|Limited|PLC|plc|LLP|Inc)\b"
    ),
    "al": re.compile(r"\d{4}"),
    "ex": re.compile(r"VAT\b"),
    "ft": re.compile(r"\d{1,2}\s?in\b"),
    "deg": re.compile(r"[CF]\b"),
    "ed": re.compile(r"(?:[A-Z]\.? ?)+[a-z]|\d{4}"),
    "eds": re.compile(r"(?:[A-Z]\.? ?)+[a-z]"),
    "trans": re.compile(r"(?:[A-Z]\.? ?)+[a-z]"),
    "reg": REFERENCE,
    "ref": REFERENCE,
    "refs": REFERENCE,
    "no": re.compile(r"[A-Z]{1,4}[-/ ]?\d"),
    "t": re.compile(r"[+(]*\d"),
    "m": re.compile(r"[+(]*0|\+"),
    "f": re.compile(r"[+(]*0|\+"),
    "accred": re.compile(r"[A-Z]{2,}|[A-Z][a-z]+ist\b|(?:Member|Practitioner|Supervisor)\b"),
    "chap": re.compile(r"[IVX]+\b"),
    "ch": re.compile(r"[IVX]+\b"),
    "vol": re.compile(r"[IVX]+\b"),
    "pt": re.compile(r"[IVX]+\b|\d"),
    "nos": re.compile(r"[A-Z]?\d"),
    "apt": re.compile(r"[A-Z]\b"),
    "rm": re.compile(r"[A-Z]\b"),
    "op": re.compile(r"[Cc]it\b"),
    "loc": re.compile(r"[Cc]it\b"),
    "sq": re.compile(r"(?:m|ft|yds?|miles?)\b"),
}  # fmt: skip
"""Abbreviations that go on with these words only, and are words or names elsewhere."""


STARTS: Final = re.compile(
    r"(?:It|The|We|He|She|They|You|This|That|There|Then|These|Those|What|When|Where|Who|Why|How|If"
    r"|But|And|Our|Your|Their|Its|His|Her|I)\b(?!\.)"
)
"""Words that begin a sentence, and are no name behind an initial."""
LETTERED_TOO: Final = {"dept", "hep", "app", "gp", "blk", "vit", "yr", "cat"}
"""These may be called by a letter, too: Dept. B, App. C."""
A_LETTER: Final = re.compile(r"[B-HJ-Z]\b(?!['’])")
OF_A_DEGREE: Final = re.compile(r"[A-Z]\w*\.?\)")
"""One word in brackets behind a degree: M.A. (Psych.), B.Sc. (Hons.)."""


def goes_on(last: str, following: str, *, first: bool = False) -> bool:
    """Whether a sentence goes on behind the stop of its word `last`, with the words `following`.

    `last` has no stop at its end; `first` says that it is the first word of the sentence or of a
    clause. A single capital is an initial, unless it is the word I.
    """
    word = last.casefold()
    if len(last) == 1 and last.isupper():
        return last != "I" and not STARTS.match(following)
    if "." in last and OF_A_DEGREE.match(following):
        return True
    if word in BEFORE_MORE or word in SAID_ALREADY or last in WITH_CAPITAL:
        return True
    if first and LIST_MARK.fullmatch(last):
        return True
    if last.capitalize() in TITLES or (word in WITH and WITH[word].match(following)):
        return True
    if (word in BEFORE_A_NUMBER or word in LETTERED_TOO) and A_LETTER.match(following):
        return True
    if word in HALF_DAY or word in MAY_END:
        return bool(DATED.match(following)) or following[0] in "–—-&/+"
    if re.match(r"[£€$]?\d", following):
        return _counts(last, first)
    initials = re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", last) and word not in LETTERS_LAST
    return bool(initials) and not STARTS.match(following)


def _counts(last: str, first: bool) -> bool:
    """Whether a number belongs to the abbreviation before it. “In the sun. 3 people” does not."""
    word = last.casefold()
    dated = last[:1].isupper() and (word in SHORT_MONTHS or word in DAYS)
    leads = first or last[:1].isupper()
    return word in BEFORE_A_NUMBER or dated or (leads and word in FIRST_BEFORE_A_NUMBER)
