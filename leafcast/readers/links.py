"""Addresses that an article names: which may be followed, as the model has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from leafcast.document.article import Emphasis, Foreign, Inline, Link, Strong, Text

FOLLOWED: Final = re.compile(r"(https?://[^/]|mailto:.|tel:.)", re.I)

BARE_HINT: Final = re.compile(r"://|www\.|@", re.I)
BARE: Final = re.compile(
    r"(?<![\w/@.:-])(?:(?P<address>https?://[^\s<>\[\]{}|\\^`\"“”]+)"
    r"|(?P<site>www\.[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[^\s<>\[\]{}|\\^`\"“”]*)?)"
    r"|(?P<mail>[a-z0-9][a-z0-9.+_-]*@[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]{2,24})(?![\w@-]))",
    re.I,
)
"""An address as people type it; one without https:// begins with www."""

HOST: Final = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
"""A host as `urlsplit` gives it, other letters in Punycode (RFC 3492); or an address of IPv6."""


def safe_target(address: str) -> str:
    """`address` where a reader may be led, percent-encoded as in Markdown; "" where not.

    One that begins with www. is meant to lead there; one with a name and a password in it shows
    another host than it leads to.
    """
    from markdown_it.common.normalize_url import normalizeLink

    bare = re.sub(r"[\x00-\x1f\x7f]", "", address).strip()
    bare = re.sub(r"(?i)^(?=www\.[a-z0-9-]+\.)", "https://", bare)
    if not FOLLOWED.match(bare):
        return ""
    target = normalizeLink(bare.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C"))
    return (
        target if FOLLOWED.match(target) and (target[:4].lower() != "http" or _host(target)) else ""
    )


def with_links(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """`content` with the addresses and e-mail addresses in its words as links.

    Nobody who types one means anything else. Those in code, and in a link, are left.
    """
    linked: list[Inline] = []
    for inline in content:
        match inline:
            case Text(text) if BARE_HINT.search(text):
                linked += _linked(text)
            case Strong(inner) | Emphasis(inner) | Foreign(inner):
                linked.append(replace(inline, content=with_links(inner)))
            case _:
                linked.append(inline)
    return tuple(linked)


def _linked(text: str) -> Iterator[Inline]:
    at = 0
    for found in BARE.finditer(text):
        address = _without_end(found[0])
        target = safe_target(f"{_scheme(found)}{address}")
        if not target:
            continue
        if found.start() > at:
            yield Text(text[at : found.start()])
        yield Link((Text(address),), target)
        at = found.start() + len(address)
    if at < len(text):
        yield Text(text[at:])


def _scheme(found: re.Match[str]) -> str:
    return "mailto:" if found["mail"] else "https://" if found["site"] else ""


def _without_end(address: str) -> str:
    """An address without the signs that end the sentence or the brackets around it."""
    bare = address
    while bare:
        shorter = bare.rstrip(".,;:!?…'\"’”*_~")
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == bare:
            return bare
        bare = shorter
    return address


def shortened(address: str, most: int = 100) -> str:
    """An address as a finding shows it."""
    return address if len(address) <= most else f"{address[:most]} …"


def _host(target: str) -> str:
    """The host alone that an address leads to; "" where there is none, or more."""
    try:
        parts = urlsplit(target)
        host = "" if "@" in parts.netloc or parts.port == 0 else parts.hostname or ""
    except ValueError:  # brackets and ports that are none
        return ""
    return host if HOST.fullmatch(host) else ""
