"""Code and comments in Markdown, set aside while the text around them is rewritten."""

from __future__ import annotations

import re
from typing import Final

CODE: Final = re.compile(
    r"^[ \t>*+\d.)-]*?(?P<fence>`{3,}|~{3,})[^\n`]*\n.*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)"
    r"|<!--.*?(?:-->|\Z)",
    re.M | re.S,
)
"""Fenced code, code in running text, and comments (CommonMark 0.31, 4.5, 6.1 and 6.6)."""
SET_ASIDE: Final = re.compile("\ufdd0(\\d+)\ufdd1(\n*)")
"""Where code stood: characters that no source has after `letters.cleaned`."""


def set_aside(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` with its code taken out, every line where it was; and the code."""
    code: list[str] = []

    def keep(found: re.Match[str]) -> str:
        code.append(found[0])
        return f"\ufdd0{len(code) - 1}\ufdd1" + "\n" * found[0].count("\n")

    return CODE.sub(keep, text), tuple(code)


def put_back(text: str, code: tuple[str, ...]) -> str:
    """`text` with its code where it was."""

    def code_of(found: re.Match[str]) -> str:
        kept = code[int(found[1])] if int(found[1]) < len(code) else ""
        return kept + found[2][kept.count("\n") :]

    return SET_ASIDE.sub(code_of, text)
