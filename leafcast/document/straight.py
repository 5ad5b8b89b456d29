"""Curly quotation marks that a word processor put where straight ones were meant.

TextEdit and Word make “ and ” of " as one types. In settings and front matter they enclose words
just as well.
"""

from __future__ import annotations

import re
from typing import Final

DOUBLE: Final = '"“”„‟«»″❝❞＂'
SINGLE: Final = "'‘’‚‛‹›′´`"
"""Marks that open and close words in one way or another of typing, in any order."""
OPENS: Final = "“„‟«❝‘‚‹"
_ELIDED: Final = re.compile(
    r"[’'](?:tis|twas|twere|twill|em|cause|n|bout|round|til|till|tween|cos)\b", re.I
)
_AS_TYPED: Final = {"``": "“", "''": "”", '""': '"', "<<": "«", ">>": "»"}
_TYPED: Final = re.compile("|".join(_AS_TYPED))
"""Marks of two signs, as typewriters and TeX have them."""
_APOSTROPHE: Final = re.compile(r"(?<=\w)[’'](?=\w)")
_CURLY: Final = re.compile(
    r"(?P<kept>\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|#.*)"
    r"|[“”„‟«»″❝❞＂](?P<double>[^\n]*?)[”“‟«»″❝❞＂\"](?=\s*(?:[\],=#}]|$))"
    r"|[‘’‚](?P<single>[^\n]*?)[’‘'](?=\s*(?:[\],=#}]|$))"
    r"|\"(?P<half>[^\"\n]*?)[”“‟](?=\s*(?:[\],=#}]|$))",
    re.M,
)


def enclosed(words: str) -> str:
    """`words` without the quotation marks that stand around all of them, of whatever kind and
    whichever way round; marks around a part of them, and apostrophes, stay.
    """
    single = _TYPED.sub(lambda found: _AS_TYPED[found[0]], words)
    for marks in (DOUBLE, SINGLE):
        if len(single) < 3 or single[0] not in marks or single[-1] not in marks:
            continue
        if marks is SINGLE and _ELIDED.match(single):
            return words
        inner = single[1:-1]
        within = [each for each in _APOSTROPHE.sub("", inner) if each in marks]
        return words if within and within[0] not in OPENS else inner.strip()
    if sum(each in DOUBLE for each in single) == 1:  # a mark that nothing closes, or opens
        return single.strip(DOUBLE)
    return words


def straightened(text: str) -> str:
    """`text` in TOML with straight quotation marks where curly ones enclose words."""
    return _CURLY.sub(_straight, text)


def _straight(found: re.Match[str]) -> str:
    if found["kept"] is not None:
        return found["kept"]
    words = found["double"] or found["single"] or found["half"] or ""
    escaped = re.sub(r'(?<!\\)"', lambda at: f"\\{at[0]}", words)
    return f'"{escaped}"'
