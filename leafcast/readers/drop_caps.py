"""Large first letters, which pages and Word files set in a box of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from leafcast.readers.drafts import BlockDraft, ParagraphDraft, words_of

CAPITAL: Final = re.compile(r"[“‘\"']?(?![AIO]$)[^\W\d_]")
"""A letter that is no word by itself."""


def with_capitals_joined(blocks: Sequence[BlockDraft]) -> tuple[BlockDraft, ...]:
    """`blocks` with a capital that stands alone joined to the small letters below it."""
    made: list[BlockDraft] = []
    for block in blocks:
        last = made[-1] if made else None
        if isinstance(block, ParagraphDraft) and isinstance(last, ParagraphDraft):
            letter = words_of(last.runs)
            small = words_of(block.runs)[:1].islower()
            if small and CAPITAL.fullmatch(letter) and letter[-1:].isupper():
                first = replace(block.runs[0], text=letter + block.runs[0].text.lstrip())
                made[-1] = replace(block, runs=(first, *block.runs[1:]), line=last.line)
                continue
        made.append(block)
    return tuple(made)
