"""Addresses in files from elsewhere: what may be followed, as the model has it."""

from __future__ import annotations

import re
from typing import Final

FOLLOWED: Final = re.compile(r"(https?://[^/]|mailto:.|tel:.)", re.I)


def safe_target(address: str) -> str:
    """`address` where a reader may be led, percent-encoded as in Markdown; "" where not."""
    from markdown_it.common.normalize_url import normalizeLink

    bare = re.sub(r"[\x00-\x1f\x7f]", "", address).strip()
    if not FOLLOWED.match(bare):
        return ""
    target = normalizeLink(bare.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C"))
    return target if FOLLOWED.match(target) else ""
