"""A mail as the witness reads it: its head, and its page or, where that says less, its text."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from typing import Final

from leafcast.readers.witness.page import page_passages
from leafcast.readers.witness.passages import Passage
from leafcast.readers.witness.text import text_passages

HEADS: Final = ("From", "Sent", "Date", "Subject")
BOM: Final = b"\xef\xbb\xbf"


def mail_passages(content: bytes) -> Iterator[Passage]:
    """The words of a mail."""
    message = message_from_bytes(content, policy=policy.default)
    for key in HEADS:
        if message[key]:
            yield Passage(f"{key}: {message[key]}", 0)
    page, text = (_words(message.get_body((kind,))) for kind in ("html", "plain"))
    shown = page_passages(BOM + page.encode()) if page else ()
    in_page = [each._replace(kind="") if each.kind == "shown" else each for each in shown]
    many = sum(len(each.words.split()) for each in in_page)
    yield from text_passages(text) if 2 * many < len(text.split()) else in_page


def _words(part: EmailMessage | MIMEPart | None) -> str:
    """What a part says, its letters decoded as it says, or as Windows-1252."""
    raw = part.get_payload(decode=True) if part else b""
    if not part or not isinstance(raw, bytes):
        return ""
    try:
        return raw.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return raw.decode("cp1252", "replace")
