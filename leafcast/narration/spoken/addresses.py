"""Web and e-mail addresses, names on the net, telephone numbers and postcodes."""

from __future__ import annotations

import re
from typing import Final

from leafcast.narration.lexicon import NO_BREAK
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
    r"|eu|ie|scot|wales|london|health|care|uk)"
)
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
    return said_address(found[0].removeprefix("mailto:"))


def _name(sign: str) -> str:
    return {"#": "hashtag", "@": "at"}[sign]


def _tagged(found: re.Match[str]) -> str:
    """#TimeToTalk, @jo_example."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", found[2])
    return f"{_name(found[1])} {said_address(words)}"


# ---------------------------------------------------------------- telephone


def _phone(found: re.Match[str]) -> str:
    """In the groups it is written in; a long run of digits in the usual ones."""
    plus = "plus " if found[0].startswith("+") else ""
    number, *others = re.split(r"\s?/\s?", found[0].strip("+"))
    number = re.sub(r"^(\d+)\s?\(0\)", r"\1 ", number)  # not dialled from abroad
    groups = [group for group in re.split(r"[\s().–-]+", number) if group]
    if len(groups) == 1:
        groups = usual_groups(groups[0])
    said = plus + ", ".join(digits(group) for group in groups)
    return " or ".join((said, *(digits(other) for other in others)))


def usual_groups(number: str) -> list[str]:
    """A number without spaces, as Ofcom's number plan groups it."""
    country = [number[:2]] if number.startswith("44") else []
    rest = number[2:] if country else number
    area = 3 if rest.startswith("02") else 4 if rest[:2] in ("03", "08") else 5
    area -= 1 if country else 0
    middle = (len(rest) - area) // 2
    parts = (rest[:area], rest[area : area + middle], rest[area + middle :])
    return [*country, *(part for part in parts if part)]


def _by_digits(found: re.Match[str]) -> str:
    spaced = re.sub(r"^(116)[ .–-]?", r"\1 ", found[0])
    return ", ".join(digits(group) for group in spaced.split())


def _extension(found: re.Match[str]) -> str:
    return f"extension {digits(found[1])}"


def _postcode(found: re.Match[str]) -> str:
    """SW1A 1AA: letters and digits one by one, in its two halves."""
    halves = (found[1], found[2])
    return ", ".join(
        NO_BREAK.join(digits(sign) if sign.isdigit() else sign for sign in half) for half in halves
    )


RULES: Final[tuple[Rule, ...]] = (
    rule(r"(?<![\w.+-])(?:mailto:)?[\w.+-]*\w@[\w-]+(?:\.[\w-]+)+", _email),
    rule(r"(?:https?://|www\.)[^\s<>“”]+", _address, re.I),
    rule(
        rf"(?<![\w@])[\w-]+(?:\.[\w-]+)*\.{ENDINGS}\b(?!\.\w)(?:/[\w/.?=&#%+~-]*[\w/])?", _address
    ),
    rule(r"(?<![\w&])(#)(?=\w*[A-Za-z])(\w+)", _tagged),
    rule(r"(?<![\w])(@)(\w[\w.]*\w)", _tagged),
    rule(r"(?<![\w&])#\s?(?=\d)", "number "),
    rule(r"\b([A-Z]{1,2}\d[A-Z\d]?) (\d[A-Z]{2})\b", _postcode),
    rule(
        r"(?i:\b(sort code):?) (\d\d)[–-](\d\d)[–-](\d\d)\b",
        lambda m: f"{m[1]} {', '.join(digits(m[n]) for n in (2, 3, 4))}",
    ),
    rule(
        r"(?<![\w£.])(?:\+\d{1,3}[\s\d().–-]{7,16}\d|\(0\d{2,5}\)\s?[\d .–-]{5,9}\d"
        r"|0\d{2,4}[\s.–-]?\d{3,4}(?:[\s.–-]?\d{3,6}|[\s.–-]\d{2,3}[\s.–-]\d{2,3})"
        r"|0800[ .–-]?11[ .–-]?11)(?: ?/ ?\d{1,4})?(?!\w|\.\d)",
        _phone,
    ),
    rule(
        rf"(?<![\w.,£$€/–-])({EMERGENCY})((?: ?/ ?(?:{EMERGENCY}))+)(?![\w%]|[.,/–-]\d)",
        lambda m: " or ".join(digits(number) for number in re.findall(r"\d+", m[0])),
    ),
    rule(r"\b(?:ext|extn)\.? ?(\d+)\b", _extension, re.I),
    rule(rf"(?<![\w.,£$€/–-])(?:{ALWAYS_BY_DIGITS})(?![\w%]|[.,/–-]\d)", _by_digits),
    rule(
        r"(?i:\b(text(?: \w+){0,3} to|text|sms(?: to)?|short ?code)) (\d{5,6})\b",
        lambda m: f"{m[1]} {digits(m[2])}",
    ),
)
