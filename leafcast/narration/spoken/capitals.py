"""Words in capitals: a voice raised by typewriter is read as it is written elsewhere.

Letters that are said one by one keep their capitals, and so do words of the owner's lexicon.
"""

from __future__ import annotations

import re
from typing import Final

from leafcast.locale.days import MONTHS
from leafcast.narration.spoken.letters import BY_LETTERS, NOT_LETTERS, SOUNDED, WITH_COMPUTERS
from leafcast.narration.spoken.numbers import roman
from leafcast.narration.spoken.weekdays import DAYS

SMALL: Final = frozenset(
    re.findall(
        r"\S+",
        "ABOUT AM AN AND ARE AS AT BE BUT BY CAN DO DON’T FOR FROM HAVE HELP HOW IF IN IS IT ME MY "
        "NO NOT OF ON OR OUR SO THE THIS TO UP US WE WHAT WHEN WHERE WHO WHY WILL WITH YOU YOUR",
    )
)
WORD: Final = r"[A-Z][A-Z’']*"
RUN: Final = re.compile(rf"(?<![\w-]){WORD}(?:[ ,]+{WORD})+(?![\w-])")
"""Words in capitals, one behind the other."""
EACH_WORD: Final = re.compile(rf"(?<![\w&]){WORD}(?!\w|&)")
APART: Final = re.compile(rf"(?<![\w&.@-]){WORD}(?![\w&@-]|\.\w)")
ADDRESS: Final = re.compile(r"\S+@\S+|\S+\.[A-Z]{2,}(?:/\S*)?")
MEASURED: Final = re.compile(
    r"(?<=\d)(?:MG|MCG|ML|KG|MINS?|HRS?|HOURS?|CM|KM|AM|PM|YRS?|WKS?|MTHS?)\b"
)
UNITS: Final = re.compile(r"(?<=\d )(?:MG|MCG|ML|KG|MINS?|HRS?|CM|KM|AM|PM|YRS?|WKS?|MTHS?)\b")
NAMED: Final = re.compile(
    rf"\b(MR|MRS|DR|PROF|REV|ST|SIR|LADY|MISS) (?!AND\b|OR\b)({WORD})(?: ({WORD}))?"
)
DATED: Final = frozenset(
    [day.upper() for day in DAYS]
    + [month.upper() for month in MONTHS]
    + ["MON", "TUE", "TUES", "WED", "WEDS", "THU", "THUR", "THURS", "FRI", "SAT", "SUN"]
    + ["JAN", "FEB", "APR", "AUG", "SEPT", "SEP", "OCT", "NOV", "DEC"]
)
PRONOUNS: Final = re.compile(r"\b(?:HE|HIM|HIS|MY|OUR|ITS)\b")
"""Small words that a voice would spell where they are stressed: “Ask HIM.”"""
TELLING: Final = re.compile(
    r"\b(?i:tell|told|ask|asked|give|gave|help|helped|helps|hurt|hurts|hear|heard|see|saw|love|loved"
    r"|loves|show|showed|trust|let|need|needs|want|wants|call|called|email|text|about|hit)"
    r" (?:ME|US)\b(?!/)"
)


def lowered(text: str, known: frozenset[str]) -> str:
    """`text` with words in capitals as they are written elsewhere, where they are no letters.

    A line that is all capitals, or a run of them with small words among them, is a voice raised by
    typewriter: “CONTACT US”, “DO NOT STOP your tablets”. `known` are words of the owner's lexicon.
    """
    if not re.search("[a-z]", text):
        text = UNITS.sub(lambda found: found[0].lower(), text)
        text = MEASURED.sub(lambda found: found[0].lower(), text)
        words = APART.findall(text)
        return _whole(text, known) if words[1:] and max(map(len, words)) > 1 else text
    text = TELLING.sub(lambda found: found[0][:-2] + found[0][-2:].lower(), text)
    text = PRONOUNS.sub(lambda found: found[0].lower(), text)
    return RUN.sub(lambda found: _run(found, known), text)


def _run(found: re.Match[str], known: frozenset[str]) -> str:
    """A run of capitals in other words: DO NOT STOP your tablets, but not “BACP and UKCP”."""
    words = re.findall(WORD, found[0])
    raised = any(len(word) > 3 and _lower(word, known) != word for word in words)
    if SMALL.isdisjoint(words) or not raised:
        return found[0]
    said = re.sub(WORD, lambda word: _lower(word[0], known), found[0])
    return said[0].upper() + said[1:] if found.start() == 0 else said


def _whole(text: str, known: frozenset[str]) -> str:
    """A line that is all capitals."""
    text = ADDRESS.sub(lambda found: found[0].lower(), text)
    text = text.replace("AM/PM", "am/pm")
    text = re.sub(r"\bNO(?= ?\d)", "No", text)
    text = re.sub(r"(?<=&[A-Z])S\b", "s", text)
    text = NAMED.sub(lambda found: found[0].title().replace("’S", "’s").replace("'S", "'s"), text)
    if re.match(r"\d+[A-Z]? [A-Z]", text) and re.search(r"\b(?:ST|RD|AVE|DR|LN|SQ)\b", text):
        return EACH_WORD.sub(lambda found: found[0].capitalize(), text)
    said = EACH_WORD.sub(lambda found: _lower_at(found, known), text)
    return said[0].upper() + said[1:]


def _lower_at(found: re.Match[str], known: frozenset[str]) -> str:
    """A word of a line in capitals, by what stands behind it: ME/CFS, IT SUPPORT."""
    after = found.string[found.end() :]
    if found[0] == "ME" and after.startswith("/CFS"):
        return found[0]
    if found[0] == "IT" and re.match(rf" (?:{WITH_COMPUTERS})\b", after.lower()):
        return found[0]
    return _lower(found[0], known)


def _lower(word: str, known: frozenset[str]) -> str:
    letters = BY_LETTERS.split()
    if roman(word) or word in known or word in letters or word in SOUNDED:
        return word
    if word in DATED:
        return word.capitalize()
    if word[-1] == "S" and (word[:-1] in letters or word[:-1] in known):
        return f"{word[:-1]}s"
    if word in ("MR", "MRS", "DR"):
        return word.capitalize()
    if len(word) == 1 and word != "A":
        return word
    spelt = re.fullmatch(r"[^AEIOUY]{2,}S?", word) and word not in NOT_LETTERS
    return word if spelt else word.lower()
