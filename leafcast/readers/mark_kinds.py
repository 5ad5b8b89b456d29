"""The marks there are, and what may stand in each.

leaflet: drop             what the short, folded leaflet has of a section
say: "Other words."       what a listener hears in a section's place
voice: george             who reads a section, or a quotation
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Final

QUOTES: Final = {'"': '"', "“": "”", "”": "”"}
SHORTEST: Final = 3
"""Fewer words than these stand for no section: they are a mark that was misspelt."""

LIKE_A_MARK = re.compile(r"[\s>*_<!#-]*([A-Za-z]{2,9})[ \t*_]*([:=]?)[ \t*_]*(.*)")
NAME = re.compile(r"[\w.-]+$")
WORDS: Final = "words"
"""The choice of a mark that gives words."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of mark: its word, what it may choose, and how it is written.

    `words` is "" where it takes none, "open" where they need no quotes, else "quoted". `near` are
    spellings that mean it, where likeness alone would find too much.
    """

    word: str
    choices: tuple[str, ...]
    example: str
    words: str = ""
    named: bool = False
    near: tuple[str, ...] = ()


LEAFLET: Final = Kind(
    "leaflet",
    ("keep", "drop"),
    'Write leaflet: keep, leaflet: drop, or leaflet: "shorter words"',
    words="open",
)
SAY: Final = Kind(
    "say",
    ("skip",),
    'Write say: skip, or say: "words that are heard instead"',
    words="quoted",
    near=("says", "said", "sya", "asy", "saye", "speak", "spoken"),
)
VOICE: Final = Kind(
    "voice", (), "Write voice: and the name of a voice, such as voice: george", named=True
)
KINDS: Final = {kind.word: kind for kind in (LEAFLET, SAY, VOICE)}


@dataclass(frozen=True, slots=True)
class Value:
    """What stands in a mark: one of its choices, a name or `WORDS`; "" where it means nothing.

    `fault` are a finding's code, its words, and its fix. What is `text` is no mark after all.
    """

    choice: str = ""
    words: str = ""
    fault: tuple[str, str, str] | None = None
    text: bool = False


def read_value(kind: Kind, value: str, *, in_front: bool = False) -> Value:
    """What follows `leaflet:` and the like; `in_front` matter, where quotes were taken away."""
    words = value.strip()
    quoted = in_front and len(words.split()) >= SHORTEST
    if words[:1] in QUOTES:
        quoted = True
        words = words[1:].removesuffix(QUOTES[words[0]]).removesuffix('"').strip()
    if choice := choice_of(kind, words):
        return Value(choice)
    if kind.named and NAME.match(words):
        return Value(words)
    wordy = len(words.split()) >= SHORTEST
    if words and kind.words and (quoted or (wordy and kind.words == "open")):
        return Value(WORDS, words)
    return _unknown(kind, words, in_front=in_front)


def _unknown(kind: Kind, words: str, *, in_front: bool) -> Value:
    near = difflib.get_close_matches(words.casefold(), kind.choices, 1, 0.5)
    text = bool(words) and kind is not LEAFLET and not near and not in_front
    kept = "is read as a part of the text" if text else "means nothing, and is left out"
    said = f"“{kind.word}: {words}” {kept}" if words else "This mark says nothing"
    fix = f"Did you mean {kind.word}: {near[0]}?" if near else kind.example
    return Value(fault=(f"{kind.word}-mark-unknown", said, fix), text=text)


def choice_of(kind: Kind, value: str) -> str:
    """`keep`, `drop` or the like, however it is written; "" for anything else."""
    word = value.strip("*_> \t-.").casefold()
    return word if word in kind.choices else ""


def exact_kind(line: str) -> Kind | None:
    """The kind of mark as which `line` begins."""
    found = re.match(r"[ \t]*([A-Za-z]+)[ \t]*:", line)
    return KINDS.get(found[1].casefold()) if found else None


def near_kind(word: str) -> Kind | None:
    """The kind of mark that `word` names, or may be meant to."""
    word = word.casefold()
    if kind := KINDS.get(word):
        return kind
    if word in SAY.near:
        return SAY
    return next((kind for kind in (LEAFLET, VOICE) if _is_like(word, kind.word)), None)


def _is_like(word: str, meant: str) -> bool:
    return difflib.SequenceMatcher(None, word, meant).ratio() >= 0.7 + 0.05 * (len(meant) < 6)


def may_be_mark(line: str) -> bool:
    """Whether `line` is a mark, or may be meant to be one."""
    like = LIKE_A_MARK.match(line)
    kind = near_kind(like[1]) if like else None
    return bool(like and kind and (like[2] or choice_of(kind, like[3])))


def is_mark(line: str) -> bool:
    """Whether `line` begins as a mark does."""
    return exact_kind(line) is not None


def is_choice(line: str) -> bool:
    """Whether `line` is a mark that makes one of its choices."""
    kind = exact_kind(line)
    return bool(kind and choice_of(kind, line.partition(":")[2]))
