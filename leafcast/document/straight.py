"""Curly quotation marks that a word processor put where straight ones were meant.

TextEdit and Word make “ and ” of " as one types. In settings and front matter they enclose words
just as well.
"""

from __future__ import annotations

import re
from typing import Final

OPENING: Final = "“„‟‘‚‹«"
CLOSING: Final = "”“‟’‘›»"
_CURLY: Final = re.compile(
    r"(?P<kept>\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|#.*)"
    r"|[“”„‟](?P<double>[^\n]*?)[”“‟\"](?=\s*(?:[\],=#}]|$))"
    r"|[‘’‚](?P<single>[^\n]*?)[’‘'](?=\s*(?:[\],=#}]|$))"
    r"|\"(?P<half>[^\"\n]*?)[”“‟](?=\s*(?:[\],=#}]|$))",
    re.M,
)


def straightened(text: str) -> str:
    """`text` in TOML with straight quotation marks where curly ones enclose words."""
    return _CURLY.sub(_straight, text)


def _straight(found: re.Match[str]) -> str:
    if found["kept"] is not None:
        return found["kept"]
    words = found["double"] or found["single"] or found["half"] or ""
    escaped = re.sub(r'(?<!\\)"', lambda at: f"\\{at[0]}", words)
    return f'"{escaped}"'
