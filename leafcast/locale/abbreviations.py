"""Abbreviations as they are written in Britain: what they stand for, and where a sentence goes on
behind their stop. One table for cutting sentences and for reading them aloud.

Each is written without its last stop, and compared without regard to capitals.
"""

from __future__ import annotations

import re
from typing import Final

from leafcast.locale.days import MONTHS

BEFORE_A_NUMBER: Final = {
    "no": "number", "nos": "numbers", "p": "page", "pp": "pages", "vol": "volume",
    "vols": "volumes", "ch": "chapter", "fig": "figure", "figs": "figures", "para": "paragraph",
    "paras": "paragraphs", "c": "about", "ca": "about", "s": "section", "ss": "sections",
    "sec": "section", "sch": "schedule", "cl": "clause", "approx": "approximately",
    "est": "established", "ext": "extension", "extn": "extension", "tel": "telephone",
    "ref": "reference",
}  # fmt: skip
"""What stands for a word where a number follows: No. 10, p. 12, s. 47, c. 1920."""
FIRST_BEFORE_A_NUMBER: Final = {
    "min": "minimum", "max": "maximum", "app": "appendix", "mob": "mobile", "art": "article",
}  # fmt: skip
"""The same, but words too (“It took 5 min.”): only as the first word of a clause."""
DAYS: Final = ("mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun")
SHORT_MONTHS: Final = frozenset({"sept", *(name[:3].casefold() for name in MONTHS)} - {"may"})
TITLES: Final = {
    "Dr": "Doctor", "Drs": "Doctors", "Prof": "Professor", "Rev": "Reverend", "Revd": "Reverend",
    "Cllr": "Councillor", "Fr": "Father", "Sr": "Sister", "Mr": "Mr", "Mrs": "Mrs", "Ms": "Ms",
    "Mx": "Mix", "Hon": "Honourable", "Sgt": "Sergeant", "Capt": "Captain", "Lt": "Lieutenant",
    "Col": "Colonel", "Maj": "Major", "Gen": "General", "Supt": "Superintendent",
    "Insp": "Inspector",
}  # fmt: skip
"""Before a name."""
BEFORE_MORE: Final = frozenset({
    "st", "messrs", "cf", "viz", "vs", "e.g", "eg", "i.e", "ie", "approx", "ca", "incl", "excl",
    "esp", "vit", "n.b", "nb", "p.s",
})  # fmt: skip
"""Stand before what they belong to, and never last in a sentence that goes on with a capital."""
CREDENTIALS: Final = frozenset(["Snr", "Jnr", "Dip", "Cert", "Adv", "Reg", "Assoc"])
"""The same with their capital: Reg. MBACP, Snr. Accred., Adv. Dip."""
LETTERS_LAST: Final = frozenset({
    "u.k", "u.s", "u.s.a", "e.u", "n.h.s", "b.c", "a.d", "g.p", "m.p", "d.i.y", "r.s.v.p", "a.k.a",
    "p.a", "p.w", "e.t.a", "i.d", "t.v", "b.a", "m.a", "m.d",
})  # fmt: skip
"""Letters with stops that may be the last word of a sentence; others are the initials of a name."""
HALF_DAY: Final = frozenset({"a.m", "p.m"})
DATED: Final = re.compile(
    rf"\d|(?:{'|'.join(day.capitalize() for day in DAYS)})|{'|'.join(MONTHS)}"
)
"""What goes on behind a time: a day, a month or a number."""


def goes_on(last: str, following: str, *, first: bool = False) -> bool:
    """Whether a sentence goes on behind the stop of its word `last`, with the words `following`.

    `last` has no stop at its end; `first` says that it is the first word of the sentence or of a
    clause. A single capital is an initial, unless it is the word I.
    """
    word = last.casefold()
    if len(last) == 1 and last.isupper():
        return last != "I"
    if word in BEFORE_MORE or last in CREDENTIALS or last.capitalize() in TITLES:
        return True
    if word in HALF_DAY:
        return bool(DATED.match(following))
    if following[:1].isdigit():
        return _counts(last, first)
    return bool(re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", last)) and word not in LETTERS_LAST


def _counts(last: str, first: bool) -> bool:
    """Whether a number belongs to the abbreviation before it. “In the sun. 3 people” does not."""
    word = last.casefold()
    dated = last[:1].isupper() and (word in SHORT_MONTHS or word in DAYS)
    return word in BEFORE_A_NUMBER or dated or (first and word in FIRST_BEFORE_A_NUMBER)
