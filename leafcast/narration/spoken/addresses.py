"""Web and e-mail addresses, names on the net, telephone numbers and postcodes."""

from __future__ import annotations

import re
from typing import Final

from leafcast.narration.spoken.letters import BY_LETTERS, spelt
from leafcast.narration.spoken.numbers import cardinal, digits
from leafcast.narration.spoken.rule import Rule, rule

SIGNS: Final = {
    ".": " dot ", "/": " slash ", "-": " hyphen ", "–": " hyphen ", "_": " underscore ",
    "@": " at ", "?": " question mark ", "=": " equals ", "&": " and ", "#": " hash ",
    "+": " plus ", "%": " per cent ", "~": " tilde ", ":": " colon ", ",": " comma ",
}  # fmt: skip
ENDINGS: Final = (
    r"(?:co\.uk|org\.uk|ac\.uk|gov\.uk|nhs\.uk|ltd\.uk|me\.uk|sch\.uk|police\.uk|org|com|net|info"
    r"|eu|ie|scot|wales|cymru|london|health|care|app|blog|online|clinic|therapy|coach|foundation"
    r"|charity|ngo|io|tv|je|gg|uk)"
)
ANY_ENDING: Final = r"[a-z]{2,12}"
"""Before a path every ending is one: bit.ly/3xYz."""
EMERGENCY: Final = "999|111|101|112"
ALWAYS_BY_DIGITS: Final = rf"116[ .–-]?123|116[ .–-]?111|{EMERGENCY}|85258"
"""Numbers known to everybody by their digits: Samaritans, emergencies, NHS, police, Shout."""


def said_address(address: str) -> str:
    """An address word by word: “dot”, “slash”, numbers in words."""
    said = re.sub(r"[a-z](?=[A-Z])", r"\g<0> ", address)
    said = "".join(SIGNS.get(sign, sign) for sign in said)
    said = re.sub(r"\d+", lambda m: f" {_number(m[0])} ", said)
    said = re.sub(r"\b[a-z]{2,6}\b", _label, said)
    return re.sub(" +", " ", said).strip()


def _label(found: re.Match[str]) -> str:
    """A part of an address that is letters: nhs, bacp. “uk” is a word to every voice."""
    letters = found[0].upper()
    known = letters in BY_LETTERS.split() or not re.search("[AEIOUY]", letters)
    return spelt(letters) if known and letters != "UK" else found[0]


def _number(number: str) -> str:
    return cardinal(number) if len(number) < 3 and number[0] != "0" else digits(number)


def _address(found: re.Match[str]) -> str:
    """A web address as one would say it: no scheme, no “www”, what stands after it kept."""
    stop = re.search(r"[.,;:!?)\]}’”\"'…]*$", found[0])
    tail = stop[0] if stop else ""
    said = found[0][: len(found[0]) - len(tail)]
    said = re.sub(r"^(?:https?://|mailto:|tel:)?(?:www\.)?", "", said, flags=re.I).rstrip("/")
    return said_address(said) + tail


def _email(found: re.Match[str]) -> str:
    """jo@example.org, without what fills in a letter's subject."""
    return said_address(found[0].removeprefix("mailto:").partition("?")[0])


def _name(sign: str) -> str:
    return {"#": "hashtag", "@": "at"}[sign]


def _tagged(found: re.Match[str]) -> str:
    """#TimeToTalk, @jo_example."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", found[2])
    return f"{_name(found[1])} {said_address(words)}"


RULES: Final[tuple[Rule, ...]] = (
    rule(r"(\w[\w.+-]*) ?\((?i:at)\) ?(?=\w)", r"\1@"),
    rule(r"(@[\w-]+(?:\.[\w-]+)*) ?\((?i:dot)\) ?(?=\w)", r"\1."),
    rule(r"(@[\w-]+(?:\.[\w-]+)*) ?\((?i:dot)\) ?(?=\w)", r"\1."),
    rule(r"(?<!\w)([A-G])#(?!\w)", r"\1 sharp"),
    rule(r"\b(?i:doi):\s?(10\.\S+\w)", lambda m: f"D O I {said_address(m[1])}"),
    rule(
        r"(?<![\w.+-])(?:mailto:)?[\w.+’'-]*\w@[\w-]+(?:\.[\w-]+)+(?:\?(?:subject|body|cc)=\S*)?",
        _email,
    ),
    rule(r"(?:https?://|www\.)[^\s<>“”]+", _address, re.I),
    rule(
        rf"(?<![\w@])[\w-]+(?:\.[\w-]+)*\.{ENDINGS}\b(?!\.\w)(?:/[\w/.?=&#%+~-]*[\w/])?", _address
    ),
    rule(rf"(?<![\w@.])[\w-]+(?:\.[\w-]+)*\.{ANY_ENDING}/[\w/.?=&#%+~-]*[\w/]", _address),
    rule(r"(?<![\w&])(#)(?=\w*[^\W\d_])(\w+)", _tagged),
    rule(r"(?<![\w])(@)(\w[\w.]*\w)", _tagged),
    rule(r"(?<![\w&])#\s?(?=\d)", "number "),
)
