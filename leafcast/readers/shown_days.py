"""Lines that say when an article was published, and when it is to be read again.

They stand below the title or at the end. Each leaflet says both days itself, from the article's
facts, so that such a line becomes a fact, and would say another day once the article is reviewed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from leafcast.locale.days import read_day
from leafcast.readers.drafts import (
    BlockDraft,
    Gatherer,
    ParagraphDraft,
    block_words,
    counted,
    quoted,
)
from leafcast.readers.facts import Fact, Standing

PUBLISHED: Final = re.compile(
    r"(?:(?:this\s+)?(?:page|leaflet|article|text|content)\s+(?:was\s+)?)?"
    r"(?:(?:first|originally|last|date)\s+)?"
    r"(?:published|posted|written|created|issued|updated|revised|modified|reviewed|produced)"
    r"(?:\s+on)?|date(?:\s+(?:of\s+(?:publication|issue)|published|issued|written))?"
    r"|(?:publication|issue)\s+date",
    re.I,
)
REVIEW: Final = re.compile(
    r"(?:next\s+|to\s+be\s+|due\s+(?:for|to\s+be)\s+|for\s+)?review(?:ed)?"
    r"(?:\s+(?:date|due|by|on|again))*",
    re.I,
)
LABEL: Final = re.compile(
    r"\W*([a-z][a-z ]*?)\s*(?::|[-–—]\s|(?<=[a-z])\s)\s*(?=\S*\d|[a-z]{3,9}\.? \d)", re.I
)
"""What stands before a day: words and a colon, a dash or a space."""
DIVIDED: Final = re.compile(r"\s*[|·•;]\s*|\.\s+(?=[A-Z])|\s+[-–—]\s+(?=[A-Z][a-z]+ )|\n")
"""What stands between two such sayings on a line."""
BELOW_TITLE: Final = 5
AT_END: Final = 3
"""Blocks at the start and at the end among which such lines are looked for."""
SENTENCE: Final = 20
"""Words of a paragraph below which there is no head any more."""


def take_days(
    blocks: Sequence[BlockDraft], gatherer: Gatherer
) -> tuple[tuple[Fact, ...], tuple[BlockDraft, ...]]:
    """The days that `blocks` show of their article, told, and the blocks that are left."""
    places = {*_head(blocks), *range(max(len(blocks) - AT_END, 0), len(blocks))}
    found = {at: _facts(blocks[at]) for at in sorted(places)}
    taken = [blocks[at] for at, facts in found.items() if facts]
    for block in taken:
        gatherer.leave_out("details-left-out", block_words(block), block.line)
    if taken:
        words = [block_words(block) for block in taken]
        named = ", ".join(map(quoted, words))
        gatherer.advise(
            "details-left-out",
            "What the file says of its days was read as facts, which each leaflet says itself, and "
            f"is left out of the text, {counted(' '.join(words))}: {named}",
            "If it is part of the text, write it there once more, in a sentence",
            taken[0].line,
        )
    left = tuple(block for at, block in enumerate(blocks) if not found.get(at))
    return tuple(fact for facts in found.values() for fact in facts), left


def _head(blocks: Sequence[BlockDraft]) -> Iterator[int]:
    """The places of what stands before the first paragraph of some length."""
    for at, block in enumerate(blocks[:BELOW_TITLE]):
        if len(block_words(block).split()) >= SENTENCE:
            return
        yield at


def _facts(block: BlockDraft) -> tuple[Fact, ...]:
    """The days that a paragraph says, where it says nothing else."""
    if not isinstance(block, ParagraphDraft):
        return ()
    words = block_words(block).strip(" .()[]")
    facts = [_fact(said, words, block.line) for said in DIVIDED.split(words)]
    known = [fact for fact in facts if fact]
    return tuple(known) if len(known) == len(facts) else ()


def _fact(said: str, words: str, line: int) -> Fact | None:
    label = LABEL.match(said)
    if not label:
        return None
    kinds = {"published": PUBLISHED, "review": REVIEW}
    key = next((key for key, kind in kinds.items() if kind.fullmatch(label[1])), "")
    try:
        day = read_day(said[label.end() :])
    except ValueError:
        return None
    where = f"the line {quoted(words)}"
    return Fact(key, day.isoformat(), Standing.SHOWN, where, line) if key else None
