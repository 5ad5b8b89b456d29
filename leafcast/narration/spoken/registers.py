"""Numbers that are names: of accounts, members, charities, meetings. Each digit is said."""

from __future__ import annotations

import re
from typing import Final

from leafcast.narration.lexicon import NO_BREAK
from leafcast.narration.spoken.numbers import digits, grouped
from leafcast.narration.spoken.rule import Rule, rule

CALLED_BY_DIGITS: Final = (
    r"member(?:ship)?|regist(?:ered|ration)|account|reference|refs?|reg|charity|company|acc|a/c"
)
"""Their numbers are said by digits whatever stands between."""
NUMBERED: Final = (
    r"dbs|co\.?|vat|hcpc|bacp|ukcp|ncps|bps|nmc|ico|nhs|ni|policy|case|licence|invoice|order|serial|pin"
    r"|id|code|passcode|password|customer|client|patient|candidate|voucher|insurance|certificate"
)
"""The same, where “number”, “no.” or a colon follows."""
CODES: Final = r"meeting id|passcode|access code|entry code|pin|personal identification number"
NUMBER_WORD: Final = r"(?:no|nos|num|number|numbers|nr)\b\.?|#"
SAID: Final = {"ref": "reference", "refs": "references", "reg": "registration", "acc": "account",
               "a/c": "account", "co": "company"}  # fmt: skip
WRITTEN: Final = r"([A-Z]{1,4}[ /-]?)?(\d[\d-]*\d(?: \d{2,5})*)([A-Z]\b)?"


def _register(found: re.Match[str]) -> str:
    """Charity no. 299998; Ref: AB12; Meeting ID: 852 1234 5678."""
    first = found[1].lower().rstrip(".")
    name = SAID.get(first, found[1])
    number = " number" if found[2] and re.match(NUMBER_WORD, found[2].strip(), re.I) else ""
    colon = ":" if ":" in (found[2] or "") + found[3] else ""
    return f"{name}{number}{colon} {_lettered(found[4], found[5], found[6])}"


def _lettered(letters: str | None, number: str, last: str | None) -> str:
    """PYL 12345, 12A: letters one by one, then digits in their groups."""
    parts = [NO_BREAK.join(re.findall("[A-Z]", letters))] if letters else []
    groups = re.split(r"[ -]+", number)
    parts.append(grouped(groups[0]) if len(groups) == 1 else ", ".join(map(digits, groups)))
    return " ".join(parts) + (f", {last}" if last else "")


def _sort_code(found: re.Match[str]) -> str:
    return f"{found[1]} {', '.join(digits(found[n]) for n in (2, 3, 4))}"


def _groups(found: re.Match[str]) -> str:
    return ", ".join(digits(group) for group in re.findall(r"\d+", found[0]))


def _mixed(found: re.Match[str]) -> str:
    """12A3456E: letters and digits in their order."""
    runs = re.findall(r"[A-Z]+|\d+", found[0])
    return " ".join(NO_BREAK.join(run) if run.isalpha() else grouped(run) for run in runs)


def _of_signs(found: re.Match[str] | str) -> str:
    """PL/12345/26, GB33 BUKB 2020: sign by sign, with a breath between groups."""
    written = found if isinstance(found, str) else found[0]
    groups = [re.findall(r"[A-Za-z]|\d+", group) for group in re.split("[ /]", written)]
    said = [[grouped(run) if run.isdigit() else run.upper() for run in group] for group in groups]
    return ", ".join(NO_BREAK.join(group) for group in said)


def _insurance(found: re.Match[str]) -> str:
    """A National Insurance number, QQ 12 34 56 C."""
    pairs = ", ".join(digits(found[n]) for n in (2, 3, 4))
    return f"{NO_BREAK.join(found[1])} {pairs}, {found[5]}"


RULES: Final[tuple[Rule, ...]] = (
    rule(r"(?i:\b(sort code:?)) (\d\d)[ –-](\d\d)[ –-](\d\d)\b", _sort_code),
    rule(
        r"(?i:\b((?:zoom|meeting) id|passcode|pin))()() ()((?:\d[\d-]*\d(?: \d{2,5})*))()"
        r"(?![\w%]|[.,/–-]\d)",
        _register,
    ),
    rule(r"\b(?:ISBN(?:-1[03])?:? )(?=[\d])[\d -]{9,16}[\dX]\b", lambda m: f"ISBN {_groups(m)}"),
    rule(
        r"\bISSN:? \d{4}-\d{3}[\dX]\b", lambda m: f"I{NO_BREAK}S{NO_BREAK}S{NO_BREAK}N {_groups(m)}"
    ),
    rule(r"\b[A-Z]{2}\d\d(?: [A-Z\d]{4}){3,7}(?: [A-Z\d]{1,3})?\b", _of_signs),
    rule(
        rf"(?i:\b((?:{NUMBERED}|{CALLED_BY_DIGITS}) )(?:{NUMBER_WORD}) )([A-Z]{{1,4}}(?:/\d+)+)\b",
        lambda m: f"{m[1]}number {_of_signs(m[2])}",
    ),
    rule(
        r"(?i:\b((?:passcode|password|access code)(?: is|:)? ))"
        r"((?=\w*\d)(?=\w*[A-Za-z])\w{4,12})\b",
        lambda m: m[1] + _of_signs(m[2]),
    ),
    rule(r"\b([A-Z]{2}) ?(\d\d) ?(\d\d) ?(\d\d) ?([A-D])\b", _insurance),
    rule(r"(?<!\S)\d{4}(?: \d{4}){3}\b", _groups),
    rule(
        rf"(?i:(?<![\w-])(?!reg\.? \d\d?\b)({CALLED_BY_DIGITS})\.?"
        rf"((?:'s|’s)?\s+(?:{NUMBER_WORD})|:)?(:?)\s+){WRITTEN}"
        r"(?![\w%]|[.,/–-]\d|(?: ?[–-])? \d)",
        _register,
    ),
    rule(
        rf"(?i:(?<![\w-])({NUMBERED}|{CODES})(\s+(?:{NUMBER_WORD})|:)(:?)\s+){WRITTEN}"
        r"(?![\w%]|[.,/–-]\d)",
        _register,
    ),
    rule(
        r"(?<![\w-])(?!FY)([A-Z]{2,4})(?!(?:19|20)\d\d\b)(\d{4,})\b",
        lambda m: f"{NO_BREAK.join(m[1])} {grouped(m[2])}",
    ),
)
AFTER: Final[tuple[Rule, ...]] = (rule(r"(?<![\w-])(?=\w*\d[A-Z]\w*\d)[A-Z\d]{6,}\b", _mixed),)
