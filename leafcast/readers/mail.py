"""A mail that was saved: its article, without what belongs to the mail.

A mail is saved as a file of its own (.eml, RFC 5322, RFC 2045) or as text, with its head or
without. Head, greeting, covering words, signature and older mails below are left out and named; the
subject, the sender and the day are offered as facts.
"""

from __future__ import annotations

import re
from email import message_from_bytes, message_from_string, policy
from email.header import decode_header, make_header
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime
from html import unescape
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

Part = EmailMessage | MIMEPart
SUBJECT_MARKS: Final = re.compile(r"(?:(?:re|fwd?|aw|wg|tr)\s*:\s*|\[[^\]]*\]\s*)+", re.I)
# ---------------------------------------------------------------- saved as text


def letter_in(text: str) -> Letter | None:
    """The mail that a text is; None where it is none."""
    letter = Letter(text.split("\n"))
    end = take_head(letter)
    coded = {key: letter.head.get(key, "") for key in ("content-type", "content-transfer-encoding")}
    if end and _is_coded(coded):
        decoded = _decoded_text(text)
        letter.lines = [*[""] * end, *decoded.split("\n")]
    take_forwarded(letter)
    take_answered(letter)
    signed = take_signature(letter)
    if not (letter.head or letter.gone or signed):
        return None
    take_closing(letter)
    take_greeting(letter)
    return letter


def _is_coded(head: dict[str, str]) -> bool:
    coding = head["content-transfer-encoding"].casefold()
    return (
        coding in ("quoted-printable", "base64") or "multipart" in head["content-type"].casefold()
    )


def _decoded_text(text: str) -> str:
    """The words of a mail whose letters are coded (RFC 2045, 6.7 and 6.8) or that has parts."""
    message = message_from_string(text.lstrip("\n"), policy=policy.default)
    assert isinstance(message, EmailMessage)
    part = message.get_body(("plain", "html")) or message
    coding = str(part.get("Content-Transfer-Encoding", "")).casefold()
    if coding in ("quoted-printable", "base64"):
        raw = part.get_payload(decode=True)
        words = raw.decode(_charset(part), "replace") if isinstance(raw, bytes) else ""
    else:
        words = str(part.get_payload())
    return _lines(words, part)


def _charset(part: Part) -> str:
    name = part.get_content_charset() or "utf-8"
    try:
        "".encode(name)
    except LookupError:
        return "utf-8"
    return name


# ---------------------------------------------------------------- facts and findings


def facts_of(head: dict[str, str]) -> tuple[Fact, ...]:
    """What a mail's head says about the article in it."""
    title = SUBJECT_MARKS.sub("", _plain(head.get("subject", "")), count=1).strip()
    name = parseaddr(_plain(head.get("from", "")))[0].strip("\"' ")
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


def mail_as_text(content: bytes, gatherer: Gatherer) -> str:
    """A mail saved as a file, as the text that other programs save of it; what is attached is told.

    Its own words are taken, or, where it has none, those of its page.
    """
    message = message_from_bytes(content, policy=policy.default)
    names = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    if names:
        gatherer.warn(
            "attachment-left-out",
            f"What is attached to the mail is not read: {', '.join(map(quoted, names))}",
            "Save it, and start from it: leafcast new, and its name",
            1,
        )
    part = message.get_body(("plain", "html"))
    words = _content(part) if part else ""
    head = [f"{key}: {' '.join(str(message[key]).split())}"
            for key in ("From", "Date", "Subject") if message[key]]  # fmt: skip
    return "\n".join((*head, "", words))


def _content(part: Part) -> str:
    """The words of a part, whatever its letters."""
    raw = part.get_payload(decode=True)
    words = raw.decode(_charset(part), "replace") if isinstance(raw, bytes) else ""
    return _lines(words, part)


def _lines(words: str, part: Part) -> str:
    """Words with plain line ends; those of a page without its tags."""
    if part.get_content_subtype() == "html":
        words = re.sub(r"(?is)<(style|script|head)\b.*?</\1>", "", words)
        words = re.sub(r"(?i)</?(?:p|h\d|li|div|tr|br|ul|ol|table)\b[^>]*>", "\n\n", words)
        words = unescape(re.sub(r"<[^>]*>", "", words))
    return words.replace("\r\n", "\n").replace("\r", "\n")


def tell_gone(letter: Letter, gatherer: Gatherer) -> None:
    """Say what belongs to the mail and is left out."""
    if not letter.gone:
        return
    said = "; ".join(f"{what}, {quoted(words, 400)}" for what, words in letter.gone.items())
    gatherer.warn(
        "mail-left-out",
        f"What belongs to the mail is left out: {said}",
        "What the article needs of it, write into its text",
        1,
    )
