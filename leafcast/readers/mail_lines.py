"""The lines of a mail that was saved as text: what belongs to the mail, and what is the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from leafcast.readers.line_kinds import line_kind

HEAD_LINE: Final = re.compile(
    r"(subject|from|to|cc|bcc|date|sent|reply-to|importance|attachments?|mime-version|content-[a-z-]+|"
    r"message-id|received|return-path|delivered-to|in-reply-to|references|list-[a-z-]+|x-[\w-]+|"
    r"dkim-[\w-]+|arc-[\w-]+|authentication-results|thread-[a-z]+)\s*:\s?(.*)",
    re.I,
)
FORWARDED: Final = re.compile(
    r"\s*(?:[-_]{2,}\s*(?:forwarded message|original message|forwarded by.*)\s*[-_]*|"
    r"begin forwarded message:)\s*",
    re.I,
)
LINE: Final = re.compile(r"\s*[_-]{5,}\s*")
WROTE: Final = re.compile(r"[\s>]*(?:on|am|le)\s.{6,150}\b(?:wrote|schrieb|a écrit)\s*:\s*", re.I)
SENT_FROM: Final = re.compile(
    r"\s*(?:sent from (?:my|a|the|outlook|mail|yahoo|samsung)\b.*|get outlook for .*|"
    r"sent via .*|sent with .*)",
    re.I,
)
CONFIDENTIAL: Final = re.compile(
    r"\s*(?:this (?:e-?mail|message)\b.*\b(?:confidential|intended|privileged)\b.*|"
    r"(?:confidentiality|disclaimer)\b.*:.*|please consider the environment.*|"
    r"virus-free\..*)",
    re.I | re.S,
)
COVERING: Final = re.compile(
    r"\b(?:here(?:’s|'s| is| it is| are| you)|attached|below|enclosed|please find|as (?:promised|"
    r"discussed|agreed|requested)|sorry|apolog|let me know|hope (?:you|this|all)|thank(?:s| you)|"
    r"could you|can you|would you|look forward|what do you think|article|leaflet|draft|"
    r"copy and paste|paste|(?:put|use|publish|post|upload) (?:this|it)|on the (?:web ?)?site)\b",
    re.I,
)
GREETED: Final = re.compile(r"(?:hi|hello|hey|dear)(?:\s+[A-Z][\w’'-]*){1,3}\s*[,!–-]", re.I)
"""A greeting that goes on with covering words."""
LONGEST_COVER: Final = 50
"""Words of a paragraph that may be covering words."""
MOST_FORWARDED: Final = 9
"""Times that a mail was passed on."""
LONGEST_HEAD: Final = 200
"""Lines of a mail’s head, with those that machines add on its way."""
MOST_SIGNED: Final = 15
"""Lines of a signature."""


@dataclass(slots=True)
class Letter:
    """The lines of a mail; what is left out is blank, so that every other line keeps its number.

    `gone` are the words left out, by what they are.
    """

    lines: list[str]
    head: dict[str, str] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)

    def drop(self, what: str, first: int, end: int) -> None:
        """Leave lines out, from `first` to before `end`."""
        words = " ".join(" ".join(self.lines[first:end]).split())
        if words:
            self.gone[what] = " ".join(filter(None, (self.gone.get(what, ""), words)))
        self.lines[first:end] = [""] * (end - first)

    def words(self, first: int = 0, end: int | None = None) -> int:
        """How many words lines have."""
        return sum(len(line.split()) for line in self.lines[first:end])


def _head_at(lines: Sequence[str], at: int) -> tuple[dict[str, str], int]:
    """The head that begins on line `at`, and the line after it; nothing where there is none."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    head: dict[str, str] = {}
    key = ""
    last = min(len(lines), at + LONGEST_HEAD)
    while at < last and lines[at].strip():
        line = lines[at].strip().replace("*", "")
        found = HEAD_LINE.fullmatch(line)
        if found:
            key = found[1].casefold()
            head.setdefault(key, found[2].strip())
        elif key and lines[at][:1] in " \t":
            head[key] += " " + line
        else:
            break
        at += 1
    whole = "subject" in head or {"from", "to"} <= head.keys() or {"from", "date"} <= head.keys()
    return (head, at) if whole else ({}, 0)


def take_head(letter: Letter) -> int:
    """Take the head at the top; how many lines it has, those above it too."""
    head, end = _head_at(letter.lines, 0)
    if head:
        letter.head = head
        letter.drop("its head", 0, end)
    return end


def take_forwarded(letter: Letter) -> None:
    """A forwarded mail is the article, and what stands above it covers it; or the other way."""
    start = 0
    for _ in range(MOST_FORWARDED):
        lines = range(start, len(letter.lines))
        at = next((i for i in lines if _is_forwarded(letter.lines, i)), None)
        if at is None:
            return
        head, end = _head_at(letter.lines, at + int(bool(FORWARDED.fullmatch(letter.lines[at]))))
        start = end or at + 1
        if letter.words(start) <= letter.words(0, at):
            first = at - 1 if at and LINE.fullmatch(letter.lines[at - 1]) else at
            letter.drop("the older mail below", first, len(letter.lines))
            return
        letter.drop("the words above the forwarded mail", 0, at)
        letter.drop("its head", at, start)
        letter.head = {**letter.head, **head}


def _is_forwarded(lines: Sequence[str], at: int) -> bool:
    """Whether another mail begins here: with a line that says so, or with its head."""
    if FORWARDED.fullmatch(lines[at]):
        return True
    if not re.match(r"\s*\*?from:", lines[at], re.I):
        return False
    return len(_head_at(lines, at)[0].keys() & {"from", "to", "sent", "date", "subject"}) > 2


def take_answered(letter: Letter) -> None:
    """Quoted lines are an older mail, or, where they are nearly all there is, the article."""
    at = next((i for i in range(len(letter.lines)) if _wrote(letter.lines, i)), None)
    if at is None:
        return
    start = at + _wrote(letter.lines, at)
    quoted_lines = [i for i in range(start, len(letter.lines)) if letter.lines[i].startswith(">")]
    answer = letter.words(0, at)
    if sum(letter.words(i, i + 1) for i in quoted_lines) > 3 * max(answer, 20):
        letter.drop("the words above the quoted mail", 0, start)
        for i in quoted_lines:
            letter.lines[i] = re.sub(r"^(?:>\s?)+", "", letter.lines[i])
    else:
        end = quoted_lines[-1] + 1 if quoted_lines else len(letter.lines)
        letter.drop("the older mail below", at, end)


def _wrote(lines: Sequence[str], at: int) -> int:
    """How many lines from `at` on say who wrote what is quoted below; 0 where none does."""
    for count in (1, 2):
        if WROTE.fullmatch(" ".join(line.lstrip("> ") for line in lines[at : at + count])):
            return count
    return 0


def take_signature(letter: Letter) -> bool:
    """The signature under two dashes, and what a telephone adds; whether there was one."""
    before = dict(letter.gone)
    below = 0
    for at in range(len(letter.lines) - 1, -1, -1):
        line = letter.lines[at]
        if below > MOST_SIGNED:
            break
        below += bool(line.strip())
        if line.rstrip() == "--":
            letter.drop("the signature", at, len(letter.lines))
        elif SENT_FROM.fullmatch(line):
            letter.drop("the signature", at, at + 1)
    at = _last(letter)
    start = at
    while start > 0 and letter.lines[start - 1].strip():
        start -= 1
    if CONFIDENTIAL.fullmatch(" ".join(letter.lines[start : at + 1])):
        letter.drop("the signature", start, at + 1)
    return letter.gone != before


def _last(letter: Letter) -> int:
    """The last line with words."""
    return next((i for i in range(len(letter.lines) - 1, -1, -1) if letter.lines[i].strip()), 0)


def take_closing(letter: Letter) -> None:
    """“Best wishes, Sarah” at the end of the mail, with what stands below it."""
    last = _last(letter)
    for at in range(last, max(0, last - MOST_SIGNED), -1):
        words = " ".join(letter.lines[at].split())
        if words and line_kind(words) == "closing":
            if letter.words(at, last + 1) <= 60:
                letter.drop("the closing", at, last + 1)
            return


def take_greeting(letter: Letter) -> None:
    """“Hi Ann,” at the top, and the covering words after it."""
    paragraphs = _paragraphs(letter.lines)
    if not paragraphs:
        return
    first, end = paragraphs[0]
    words = " ".join(letter.lines[first].split())
    greets = line_kind(words) == "salutation" and len(words.split()) <= 6
    if not greets:
        whole = " ".join(" ".join(letter.lines[first:end]).split())
        if (
            len(whole.split()) <= LONGEST_COVER / 2
            and GREETED.match(whole)
            and COVERING.search(whole)
        ):
            letter.drop("the greeting", first, end)
        return
    letter.drop("the greeting", first, first + 1)
    for start, stop in [(first + 1, end), *paragraphs[1:3]]:
        covering = " ".join(" ".join(letter.lines[start:stop]).split())
        if not covering:
            continue
        short = len(covering.split()) <= LONGEST_COVER and re.search(r"[.!?:]$", covering)
        if not short or not COVERING.search(covering):
            return
        letter.drop("the covering words", start, stop)


def _paragraphs(lines: Sequence[str]) -> list[tuple[int, int]]:
    """First line and line after the last of each paragraph."""
    found: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        if found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found
