"""A web archive (.mhtml, .mht): a page and its pictures as the parts of one mail (RFC 2557)."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from typing import Final
from urllib.parse import urljoin

SUFFIXES: Final = (".mhtml", ".mht")


@dataclass(frozen=True, slots=True)
class Archive:
    """The bytes of a page, empty where the archive has none, the address it was saved from, and
    the bytes of its pictures by their addresses.
    """

    page: bytes
    address: str
    pictures: dict[str, bytes]

    def picture(self, address: str) -> bytes:
        """The picture that the page shows from `address`; empty where it is not in the archive."""
        return self.pictures.get(address) or self.pictures.get(urljoin(self.address, address), b"")


def open_archive(content: bytes) -> Archive:
    """The archive in `content`; anything else is one without a page."""
    message = message_from_bytes(content, policy=policy.compat32)
    parts = [part for part in message.walk() if not part.is_multipart()]
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    if page is None:
        return Archive(b"", "", {})
    address = str(message.get("Snapshot-Content-Location") or page.get("Content-Location") or "")
    pictures = {
        name: _content(part)
        for part in parts
        if part.get_content_maintype() == "image"
        for name in _names(part)
    }
    return Archive(_with_address(page, address), address, pictures)


def _names(part: Message) -> Iterator[str]:
    """What the page calls a part: its address, or the name it has in the mail (RFC 2392)."""
    if location := part.get("Content-Location"):
        yield "".join(str(location).split())
    if name := part.get("Content-ID"):
        yield f"cid:{str(name).strip().strip('<>')}"


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _with_address(page: Message, address: str) -> bytes:
    """The page with its letters as the mail says they are, and where it was saved from as browsers
    write it into a page.
    """
    content = _content(page)
    charset = page.get_content_charset()
    try:
        content = content.decode(charset).encode() if charset else content
        mark = codecs.BOM_UTF8 if charset else b""
    except (LookupError, UnicodeDecodeError):
        mark = b""
    if not address.startswith(("http://", "https://")) or "-->" in address:
        return mark + content
    saved = f"<!-- saved from url=({len(address):04}){address} -->"
    return mark + saved.encode() + content
