"""Addresses that an article names: which may be followed, as the model has them."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

FOLLOWED: Final = re.compile(r"(https?://[^/]|mailto:.|tel:.)", re.I)

HOST: Final = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
"""A host as `urlsplit` gives it, other letters in Punycode (RFC 3492); or an address of IPv6."""


def safe_target(address: str) -> str:
    """`address` where a reader may be led, percent-encoded as in Markdown; "" where not.

    One with a name and a password in it shows another host than it leads to.
    """
    from markdown_it.common.normalize_url import normalizeLink

    bare = re.sub(r"[\x00-\x1f\x7f]", "", address).strip()
    if not FOLLOWED.match(bare):
        return ""
    target = normalizeLink(bare.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C"))
    return (
        target if FOLLOWED.match(target) and (target[:4].lower() != "http" or _host(target)) else ""
    )


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
