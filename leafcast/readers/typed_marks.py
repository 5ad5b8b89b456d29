"""Marks before points as people type them where they have no others: “o” for a bullet, “[ ]” for a
box to tick.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from leafcast.readers.drafts import BlockDraft, ParagraphDraft

LETTER_O: Final = re.compile(r"(\s*o) (?=\S)")
BOX: Final = re.compile(r"\s*\[[ \u00a0]?\]\s+(?=\S)")


def with_typed_marks(blocks: Sequence[BlockDraft]) -> tuple[BlockDraft, ...]:
    """`blocks` with boxes as such, and the letter o as a bullet where several lines begin so."""
    made: list[BlockDraft] = []
    for pointed, group in groupby(blocks, key=_begins_with_o):
        members = list(group)
        several = pointed and len(members) > 1
        made += [_begun(each, several=several) for each in members]
    return tuple(made)


def _begins_with_o(block: BlockDraft) -> bool:
    return isinstance(block, ParagraphDraft) and bool(LETTER_O.match(_first(block)))


def _first(block: ParagraphDraft) -> str:
    return block.runs[0].text if block.runs else ""


def _begun(block: BlockDraft, *, several: bool) -> BlockDraft:
    """A paragraph with the mark that is meant where it begins with one that is typed."""
    if not isinstance(block, ParagraphDraft) or not block.runs:
        return block
    text = _first(block)
    meant = LETTER_O.sub("\\1\t", text, count=1) if several else BOX.sub("☐ ", text, count=1)
    if meant == text or not (several or BOX.match(text)):
        return block
    return replace(block, runs=(replace(block.runs[0], text=meant), *block.runs[1:]))
