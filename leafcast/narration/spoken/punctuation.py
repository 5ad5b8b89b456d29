"""Marks: brackets, quotes, dashes, slashes, signs, emoji. What says nothing is left out."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from leafcast.narration.spoken.numbers import cardinal
from leafcast.narration.spoken.rule import Rule, rule

EMOTICONS: Final = r"(?<!\S)(?:[:;=][-’'^o]?[)(|/\\*DPp]+|\^_?\^)(?!\w)"
MEANT: Final = {
    "✓": "yes", "✔": "yes", "☑": "yes", "✅": "yes", "✗": "no", "✘": "no", "✕": "no", "❌": "no",
    "☎": "telephone", "📞": "telephone", "✉": "e-mail", "📧": "e-mail", "↑": "up", "↓": "down",
}  # fmt: skip
"""Pictures that stand for a word, as in a table or before an address."""
PICTURES: Final = (
    "\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2b00-\u2bff\u3030\u303d\ufe0f"
    "\u200d\u20e3\U000e0020-\U000e007f"
)
SIGNS: Final = {
    "+": " plus ", "→": " to ", "⇒": " to ", "=": " equals ", "±": " plus or minus ",
    "×": " times ", "÷": " divided by ", "≥": " at least ", "≤": " at most ", "≈": " about ",
    "≠": " is not ", "©": "copyright ", "§": "section ", "°": " degrees ", "%": " per cent ",
    "£": "pounds ", "€": "euros ", "$": "dollars ", "µ": "micro", "@": " at ", "∞": "infinity",
}  # fmt: skip

# ---------------------------------------------------------------- before all rules


def tidied(text: str) -> str:
    """One way of writing each thing: composed letters, plain spaces, no unseen signs.

    Square brackets become round ones: they would mean sounds to a voice (see lexicon.py).
    """
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"(?<=\d)\s*[−–-]\s*(?=\d[\d.,]*\s*=\s*\d)", " minus ", text)
    text = re.sub(r"(?<!\d)(?<!\d )−\s*(?=\d)", "minus ", text)
    text = "".join(
        " " if category.startswith("Z") or category in ("Cc", "Co", "Cs", "Cn") else character
        for character in text
        if (category := unicodedata.category(character)) != "Cf" or character in "\u200d"
    )
    return text.translate(str.maketrans("[]{}−‐‑‒―′", "()()---–—'"))


BEFORE: Final[tuple[Rule, ...]] = (
    rule(
        r"(?<![\w.])(\d(?:[.½]\d?)?)\s?[★⭐](?![★⭐])",
        lambda m: f"{m[1]} star{'s' * (m[1] != '1')}",
    ),
    rule(r"[★⭐]{2,5}", lambda m: f"{cardinal(str(len(m[0])))} stars"),
    rule(EMOTICONS, " "),
    rule(r"<((?:https?://|mailto:|www\.)?[\w.+/@-]*[@.][\w.-]+[\w/?=&#%-]*)>", r"\1"),
    rule(r"^\s*[→➤►▶➜➔✦●◦‣▪■□◆➢⮚]+\s+(?=\w)", ""),
    rule(r"^([✓✔☑✅✗✘✕❌])\ufe0f?\s+(?=\w)", lambda m: f"{MEANT[m[1]]}, "),
    rule(r"(?<=\d)·(?=\d)", "."),
    rule(r"<\s?(?=\d\d[’']?s\b)", "under "),
    rule(r">\s?(?=\d\d[’']?s\b)", "over "),
    rule(r"\b([1-5])\*(?= (?:hotels?|service|reviews?|ratings?|hygiene|feedback)\b)", r"\1-star"),
    rule(
        r"\b([Bb]etween (?:the ages of )?[£$€]?\d[\d.,:]*\s?(?:[ap]m|%|mg|ml|kg|k|m)?)\s?[–—-]\s?"
        r"(?=[£$€]?\d)",
        r"\1 and ",
    ),
    rule(r"(?<=\d)\s?\*\s?(?=\d)", " times "),
    rule(r"\+ ?/ ?[-–] ?(?=\d)", "±"),
    rule(r"(?<=\d)\s?[–-]\s?(?=[+-]\d)", " to "),
    rule(r"\+ve\b", "positive"),
    rule(r"(?<!\w)[-–]ve\b", "negative"),
    rule(r"<([A-Za-z][A-Za-z ]{0,30})>", r"\1"),
    rule(r"_+(?:\s?/\s?_+)+", " "),
    rule(r"^(\d{1,2}|[a-h])/ (?=\w)", r"\1) "),
    rule(r"\b([Ss]tep \d+)/ ", r"\1, "),
    rule("℅", "care of"),
    rule(">=", "≥"),
    rule("<=", "≤"),
    rule("~~", ""),
    rule("§§ ?", "sections "),
    rule(r"(?<=\d) \* (?=\d)", " times "),
    rule(r"(?<=\)) ?\((?=\w{1,3}\))", " ("),
    rule(r"\b([Ww])ork/life\b", r"\1ork-life"),
    rule(r"\b([Ii]|[Ww]e|[Yy]ou|[Tt]hey) (?:❤️?|♥️?|💙|💚|💜|🧡) (?=\w)", r"\1 love "),
    rule(r"(?<!\w)(\d)[x×]\1(?!\w)", r"\1 by \1"),
    rule(rf"[{''.join(MEANT)}]\ufe0f?", lambda m: f" {MEANT[m[0][0]]} "),
    rule(r"\((?:\.\.\.|…)\)", "…"),
    rule(r"\bO['’]Clock\b", "o’clock", re.I),
)

# ---------------------------------------------------------------- after all rules


def _either(found: re.Match[str]) -> str:
    return f"{found[1]} or {found[2]}"


def _plural_too(found: re.Match[str]) -> str:
    """session(s), child(ren): both are said."""
    return f"{found[1]} or {found[1]}{found[2]}"


def _quoted(found: re.Match[str]) -> str:
    return f"“{found[1]}”"


EACH_TIME: Final = {
    **{unit: f"a {unit}" for unit in ("day", "night", "week", "month", "year", "minute", "second")},
    "fortnight": "a fortnight", "term": "a term", "hour": "an hour", "hr": "an hour",
    "h": "an hour", "wk": "a week", "mth": "a month",
    "yr": "a year", "min": "a minute", "sec": "a second",
}  # fmt: skip
AFTER: Final[tuple[Rule, ...]] = (
    rule(r"(?i)(?<= )(rock )?[’']n[’'](?= )", lambda m: f"{m[1] or ''}and"),
    rule(r"(?<!\w)‘(?=\w)([^‘]+?)’(?!\w)", _quoted),
    rule(r"(?<![\w’])'(?=\w)([^']+(?:\w'\w[^']*)*)'(?!\w)", _quoted),
    rule(r"\b([a-z]{2,})\((s|es|ren|d|ed)\)", _plural_too),
    rule(r"\b([Aa]nd|AND) ?/ ?([Oo]r|OR)\b", "and or"),
    rule(r"\b([Ee]ither)/[Oo]r\b", r"\1 or"),
    rule(r"(?<=\w)(?<!km)/(yr|wk|mth|hr|fortnight)\b", lambda m: f" {EACH_TIME[m[1]]}"),
    rule(
        rf"\b([a-z]+s|once|twice|session|visit|km) ?/ ?({'|'.join(EACH_TIME)})\b",
        lambda m: f"{'kilometres' if m[1] == 'km' else m[1]} {EACH_TIME[m[2]]}",
    ),
    rule(r"\b(\w+)/(\w+)/(\w+)\b", r"\1, \2 or \3"),
    rule(r"\b(\w+) ?/ ?(\w+)\b", _either),
    rule(r"\s?/\s?", " or "),
    rule(r"\s?&\s?", " and "),
    rule(r"--+|—", " – "),
    rule(r"^\s*[–•·*-]+\s+", ""),
    rule(r"(?:\s+[–-])+(?:\s+|(?=[.,;:!?]))", ", "),
    rule(r"(?<=\w)–(?=\w)", "-"),
    rule(r"\s?–\s?", ", "),
    rule(r"\.{2,}|…[.…]*", "…"),
    rule(r"<(?=\s?\w)", " less than "),
    rule(r">(?=\s?\w)", " more than "),
    rule(r"~(?=\s?\w)", " about "),
    *(rule(re.escape(sign), said) for sign, said in SIGNS.items()),
    rule(r"(?<=\w)\^(?=\w)", " to the power "),
    rule(r"\s\|\s", ", "),
    rule(r"[|*_`~^\\<>#]+|[®™•·†‡¶¬¦¨¯´¸¡¿]+", " "),
    rule(rf"[{PICTURES}]+", " "),
    rule(r"\(\s*\)|[“\"]\s*[”\"](?!\w)", " "),
)
CLOSING: Final[tuple[Rule, ...]] = (
    rule(r"[ \t\n]{2,}|[\t\n]", " "),
    rule(r" (?=[,;:.!?…)](?:\W|$))", ""),
    rule(r"(?:, ?){2,}", ", "),
    rule(r",(?=[.;:!?])", ""),
    rule(r"^[,;: ]+(?=\w)", ""),
)
