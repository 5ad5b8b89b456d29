"""A mail that was saved as text, with its head or without: its article.

Head, greeting, covering words, signature and older mails below are left out and named; the
subject, the sender and the day are offered as facts.
"""

from __future__ import annotations

import re
from email.header import decode_header, make_header
from email.utils import parseaddr, parsedate_to_datetime
from typing import Final

from leafcast.readers.drafts import Gatherer, quoted
from leafcast.readers.facts import Fact, Standing
from leafcast.readers.mail_lines import (
    Letter,
    take_answered,
    take_closing,
    take_forwarded,
    take_greeting,
    take_head,
    take_signature,
)

SUBJECT_MARKS: Final = re.compile(r"(?:(?:re|fwd?|aw|wg|tr)\s*:\s*|\[[^\]]*\]\s*)+", re.I)


# ---------------------------------------------------------------- saved as text


def letter_in(text: str) -> Letter | None:
    """The mail that a text is; None where it is none."""
    letter = Letter(text.split("\n"))
    take_head(letter)
    take_forwarded(letter)
    take_answered(letter)
    signed = take_signature(letter)
    if not (letter.head or letter.gone or signed):
        return None
    take_closing(letter)
    take_greeting(letter)
    return letter


# ---------------------------------------------------------------- facts and findings


def facts_of(head: dict[str, str]) -> tuple[Fact, ...]:
    """What a mail's head says about the article in it."""
    title = SUBJECT_MARKS.sub("", _plain(head.get("subject", "")), count=1).strip()
    sender = re.sub(r"\s*\[mailto:[^\]]*\]", " <>", _plain(head.get("from", "")))
    name = (parseaddr(sender)[0] or sender.partition(" <")[0]).strip("\"' ")
    name = "" if "@" in name else name
    day = _day(head.get("date") or head.get("sent") or "")
    said = (
        ("title", title, Standing.NAMED, "the mail’s subject", True),
        ("author", name, Standing.KEPT, "the mail’s sender", False),
        ("published", day, Standing.KEPT, "the mail’s date", False),
    )
    return tuple(
        Fact(key, words, standing, where, guessed=guessed)
        for key, words, standing, where, guessed in said
        if words
    )


def _plain(words: str) -> str:
    """Words of a head with their letters decoded (RFC 2047)."""
    try:
        return " ".join(str(make_header(decode_header(words))).split())
    except (LookupError, UnicodeError, ValueError):
        return words


def _day(words: str) -> str:
    """The day of a date as mails write it (RFC 5322, 3.3), or Outlook; "" where it is none."""
    try:
        return parsedate_to_datetime(words).date().isoformat()
    except (TypeError, ValueError, IndexError):
        pass
    found = re.search(r"\d{1,2} \w{3}", words)
    year = re.search(r"\d{4}", words)
    if not found or not year or len(words) > 80:
        return ""
    try:
        return parsedate_to_datetime(f"{found[0]} {year[0]} 00:00:00").date().isoformat()
    except (TypeError, ValueError, IndexError):
        return ""


def tell_gone(letter: Letter, gatherer: Gatherer) -> None:
    """Say what belongs to the mail and is left out."""
    if not letter.gone:
        return
    for words in letter.gone.values():
        gatherer.leave_out("mail-left-out", words, 1)
    said = "; ".join(f"{what}, {quoted(words, 400)}" for what, words in letter.gone.items())
    gatherer.warn(
        "mail-left-out",
        f"What belongs to the mail is left out: {said}",
        "What the article needs of it, write into its text",
        1,
    )
