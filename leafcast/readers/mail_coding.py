"""The words of a mail as it is sent and saved: parts, and letters that are coded (RFC 2045)."""

from __future__ import annotations

import quopri
import re
from email import message_from_bytes, message_from_string
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from html import unescape
from typing import Any, Final, cast

from leafcast.readers.drafts import Gatherer, quoted

Part = EmailMessage | MIMEPart
CODINGS: Final = ("quoted-printable", "base64")
HEAD: Final = re.compile(r"\s*(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t]+[^\n]*\n)*)+")
CODED: Final = re.compile(
    r"^content-(?:transfer-encoding:\s*(?:quoted-printable|base64)|type:\s*multipart)", re.I | re.M
)
BARE: Final = re.compile(r"=[0-9A-F]{2}")
"""A letter coded (RFC 2045, 6.7), where the head that says so is gone."""
FEWEST: Final = 3
LINKED: Final = re.compile(r"(?:https?://|mailto:|tel:)[^\s()]+", re.I)
PART_HEADS: Final = ("From", "Sent", "Date", "Subject")


FAILURES: Final = (
    LookupError, ValueError, TypeError, AttributeError, AssertionError, NameError, RecursionError,
    MessageError,
)  # fmt: skip
"""What Python's parser of heads raises at some that are cut off or damaged: its own faults too."""


class _Forgiving(EmailPolicy):
    """Reads a head that is cut off or damaged as plain words, where Python's parser fails at it."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        """See EmailPolicy."""
        try:
            return super().header_fetch_parse(name, value)
        except FAILURES:
            kept = name.casefold().startswith("content-")  # whose words nobody reads
            return self.header_factory(name if kept else "Comments", "" if kept else str(value))


POLICY: Final = cast("EmailPolicy[EmailMessage]", _Forgiving())


def uncoded(text: str) -> str:
    """A mail saved as text with its letters decoded; any other text as it is."""
    head = HEAD.match(text)
    if head and CODED.search(head[0]):
        message = message_from_string(text.lstrip("\n"), policy=POLICY)
        assert isinstance(message, EmailMessage)
        return _with_head(message, _text_of(body_of(message) or message))
    if len(BARE.findall(text)) >= FEWEST and re.search(r"=\n", text):
        return _decoded(quopri.decodestring(text.encode()), "utf-8")
    return text


def _with_head(message: EmailMessage, words: str) -> str:
    head = [f"{key}: {' '.join(str(message[key]).split())}" for key in PART_HEADS if message[key]]
    return "\n".join((*head, "", words))


def _text_of(part: Part) -> str:
    """The words of a part that was itself read from text."""
    if str(part.get("Content-Transfer-Encoding", "")).casefold() in CODINGS:
        return _content(part)
    return _lines(str(part.get_payload()), part)


def mail_as_text(content: bytes, gatherer: Gatherer) -> str:
    """A mail saved as a file, as the text that other programs save of it; what is attached is told.

    The words of its page are taken, or, where it has none, its text.
    """
    message = message_from_bytes(content, policy=POLICY)
    names = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    if names:
        gatherer.warn(
            "attachment-left-out",
            f"What is attached to the mail is not read: {', '.join(map(quoted, names))}",
            "Save it, and start from it: leafcast new, and its name",
            1,
        )
    part = body_of(message)
    words = _content(part) if part else ""
    return _with_head(message, words)


def body_of(message: EmailMessage) -> Part | None:
    """The part with the mail's own words: its page, which has headings and links, unless that says
    much less than its text.
    """
    page, text = message.get_body(("html",)), message.get_body(("plain",))
    if page is None or text is None:
        return page or text
    less = 2 * len(_content(page).split()) < len(_content(text).split())
    return text if less else page


def _content(part: Part) -> str:
    """The words of a part, whatever its letters."""
    raw = part.get_payload(decode=True)
    words = _decoded(raw, _charset(part)) if isinstance(raw, bytes) else ""
    return _lines(words, part)


def _decoded(raw: bytes, charset: str) -> str:
    """Bytes as letters; as Windows-1252 where they are not what the mail says."""
    try:
        return raw.decode(charset)
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _charset(part: Part) -> str:
    name = part.get_content_charset() or "utf-8"
    try:
        "".encode(name)
    except LookupError:
        return "utf-8"
    return name


def _lines(words: str, part: Part) -> str:
    """Words with plain line ends; those of a page as people type them."""
    if part.get_content_subtype() == "html":
        words = _typed(words)
    return words.replace("\r\n", "\n").replace("\r", "\n")


def _typed(page: str) -> str:
    """The words of a mail's page, its headings, points and bold words marked as in a text."""
    words = re.sub(r"(?is)<(style|script|head)\b.*?</\1>|<!--.*?-->", "", page)
    words = re.sub(r"\s+", " ", words)
    words = re.sub(r"(?is)<(b|strong)\b[^>]*>(.*?)</\1>", _marked, words)
    words = re.sub(r"(?is)<(i|em)\b[^>]*>(.*?)</\1>", _marked, words)
    words = re.sub(r"(?is)<a\b[^>]*?\bhref\s*=\s*[\"']?([^\s\"'>]+)[^>]*>(.*?)</a>", _linked, words)
    words = re.sub(r"(?i)</t[dh]>", " ", words)
    words = re.sub(r"(?i)<h([1-6])\b[^>]*>", lambda found: f"\n\n{'#' * int(found[1])} ", words)
    words = re.sub(r"(?i)<li\b[^>]*>(?:\s*<p\b[^>]*>)?", "\n\n• ", words)
    words = re.sub(r"(?i)<br\b[^>]*>", "\n", words)
    words = re.sub(r"(?i)</?(?:p|h\d|li|div|tr|ul|ol|table|blockquote|hr)\b[^>]*>", "\n\n", words)
    words = unescape(re.sub(r"<[^>]*>", "", words)).replace("\u00a0", " ")
    return "\n".join(line.strip() for line in words.split("\n"))


def _marked(found: re.Match[str]) -> str:
    """Bold or slanted words of one line with the stars that people type around them."""
    kept, words = _plain(found[2])
    stars = "**" if found[1].casefold() in ("b", "strong") else "*"
    return words.replace(kept, f"{stars}{kept}{stars}") if kept and "*" not in kept else found[2]


def _linked(found: re.Match[str]) -> str:
    """The words of a link with its address, where that is not what they say."""
    kept, words = _plain(found[2])
    address = unescape(found[1])
    if not kept or not LINKED.fullmatch(address) or re.search(r"[\[\]]", kept):
        return found[2]
    if address.casefold().rstrip("/").endswith(kept.casefold().rstrip("/")):
        return words
    return words.replace(kept, f"[{kept}]({address})")


def _plain(inner: str) -> tuple[str, str]:
    """The words of one line in an element, without blanks around and with; none of several."""
    if re.search(r"(?i)<(?:p|div|br|li|tr|h\d)\b", inner):
        return "", inner
    words = re.sub(r"<[^>]*>", "", inner)
    return words.strip(), words
