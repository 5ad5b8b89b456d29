"""Headings that nothing marks: lines that stand out, that are numbered above text, or that read so.

What kind of line it is comes first (`line_kinds`); then whether other lines of the file are like
it, and what stands below. All that was judged alike is told in one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from leafcast.readers.bullets import TICKS, bullet_of, is_emoji_led
from leafcast.readers.drafts import (
    BREAK,
    BlockDraft,
    HeadingDraft,
    ListDraft,
    ParagraphDraft,
    PictureDraft,
    QuoteDraft,
    RuleDraft,
    TableDraft,
    block_words,
    words_of,
)
from leafcast.readers.facts import bare_name, folded
from leafcast.readers.guessed_lists import numbered_headings
from leafcast.readers.heading_findings import HEADINGS, SURE, Teller, capitals
from leafcast.readers.line_kinds import is_capitals, line_kind

LONGEST_HEADING_WORDS: Final = 14
LONGEST_HEADING: Final = 120
"""Letters."""
SENTENCE_END: Final = re.compile(r"[.!:;,…][”’\"')\]]*$")
COLON_END: Final = re.compile(r":[”’\"')\]]*$")
NOTE: Final = re.compile(
    r"((please )?(note|remember|important|nb|n\.b\.|warning)\W*|"
    r"(or|and|but|in|also|then|so|for|with|such|like|e\.g\.)\b.*)",
    re.I,
)
"""Words before a colon that lead on to what follows, and call nothing."""
ASKING: Final = re.compile(
    r"(what|how|why|when|where|who|which|is|are|do|does|can|will|should|must|may)\b.*\?", re.I
)
QUESTION: Final = re.compile(r"q(?:uestion)?\s*\d*\s*[:.)]\s*\S.*", re.I)
ANSWER: Final = re.compile(r"a(?:nswer)?\s*\d*\s*[:.)]\s*\S.*", re.I)
MOST_LED: Final = 30
"""Short lines that may follow a line with a colon and belong to it."""


def short_and_open(words: str) -> bool:
    """Whether `words`, alone on their line, are as short as a heading, and no sentence."""
    short = len(words.split()) <= LONGEST_HEADING_WORDS and len(words) <= LONGEST_HEADING
    return short and not SENTENCE_END.search(words)


def could_be_heading(block: BlockDraft) -> bool:
    """Whether a paragraph is like a heading: one short line, no sentence and nothing else."""
    if not isinstance(block, ParagraphDraft) or any(run.text == BREAK for run in block.runs):
        return False
    words = words_of(block.runs)
    if (
        not words
        or block.captions
        or line_kind(words)
        or all(run.target for run in block.runs if run.text.strip())
    ):
        return False
    if not short_and_open(words):
        return block.stands_out and bool(COLON_END.search(words)) and _is_titled(words)
    bullet = bullet_of(words)
    pictured = is_emoji_led(words) and words[0] not in TICKS
    return not bullet or bullet.kind in ("number", "clause") or pictured


def _is_titled(words: str) -> bool:
    """Whether a line with a colon at its end is more than “Please note:”."""
    return short_and_open(words.rstrip(":")) and not NOTE.fullmatch(words)


def stands_out(block: BlockDraft) -> bool:
    """Whether a paragraph could be a heading and looks it: bold, large, in capitals, an emoji."""
    if not isinstance(block, ParagraphDraft) or not could_be_heading(block):
        return False
    words = words_of(block.runs)
    return block.stands_out or is_capitals(words) or is_emoji_led(words)


@dataclass(frozen=True, slots=True)
class Lines:
    """What is known of lines before their words are looked at: those that a mark makes headings,
    those of the head that are none, and the author, whose name is none.
    """

    certain: Collection[int] = ()
    never: Collection[int] = ()
    author: str = ""


def with_headings(
    blocks: tuple[BlockDraft, ...], lines: Lines, teller: Teller
) -> tuple[BlockDraft, ...]:
    """`blocks` with headings where they are meant."""
    judged = _Judge(blocks, lines).judged()
    made: list[BlockDraft] = []
    for block, why in zip(blocks, judged, strict=True):
        if isinstance(block, ParagraphDraft) and block.line in lines.certain:
            made.append(heading(block))
        elif isinstance(block, ParagraphDraft) and why in HEADINGS:
            made.append(heading(block))
            teller.judged(why, block)
        else:
            made.append(block)
            if isinstance(block, ParagraphDraft) and why:
                teller.judged(why, block)
    return tuple(made)


def heading(block: ParagraphDraft) -> HeadingDraft:
    """A paragraph as a section's heading."""
    runs = tuple(replace(run, strong=False, emphasis=False) for run in block.runs)
    return HeadingDraft(2, runs, block.line)


class _Judge:
    """What each block of a file is, as far as headings go."""

    def __init__(self, blocks: Sequence[BlockDraft], lines: Lines) -> None:
        self.blocks = blocks
        self.author = bare_name(lines.author)
        self.could = [
            could_be_heading(block) and not self._is_name(block) and block.line not in lines.never
            for block in blocks
        ]
        self.out = [could and stands_out(b) for could, b in zip(self.could, blocks, strict=True)]
        self._drop_signatures()

    def _is_name(self, block: BlockDraft) -> bool:
        words = folded(block_words(block))
        return bool(self.author) and (words == self.author or words.startswith(self.author + " "))

    def _drop_signatures(self) -> None:
        """What stands under “With warm wishes” is a name."""
        for at, block in enumerate(self.blocks[1:], 1):
            above = self.blocks[at - 1]
            kind = line_kind(block_words(above)) if isinstance(above, ParagraphDraft) else ""
            if kind == "closing" and len(block_words(block).split()) <= 4:
                self.could[at] = self.out[at] = False

    def judged(self) -> list[str]:
        """For each block why it is a heading, or why it is none though it could be; else ""."""
        numbered = numbered_headings(self.blocks)
        if any(isinstance(block, HeadingDraft) for block in self.blocks):
            return [
                "others marked" if (out and not self._is_noted(at)) or at in numbered else ""
                for at, out in enumerate(self.out)
            ]
        asked = self._questions()
        out = {at for at, is_out in enumerate(self.out) if is_out and self._heads(at)} - numbered
        plain = self._plain() if not (out or numbered or asked) else self._besides(out)
        return [
            "numbered" if at in numbered
            else "question" if at in asked
            else "stands out" if at in out
            else plain.get(at, "")
            for at in range(len(self.blocks))
        ]  # fmt: skip

    def _is_noted(self, at: int) -> bool:
        return bool(COLON_END.search(block_words(self.blocks[at])))

    def _heads(self, at: int) -> bool:
        """Whether something stands below a line that stands out, and no other such line."""
        after = next((i for i in range(at + 1, len(self.blocks)) if not self._is_rule(i)), None)
        if after is None or self.out[after]:
            return False
        below = self.blocks[after]
        bold = isinstance(below, ParagraphDraft) and below.stands_out
        return not (bold and short_and_open(block_words(below)))

    def _is_rule(self, at: int) -> bool:
        return isinstance(self.blocks[at], RuleDraft)

    def _questions(self) -> set[int]:
        """Lines “Q: …” with a line “A: …” below."""
        words = [
            words_of(block.runs) if isinstance(block, ParagraphDraft) else ""
            for block in self.blocks
        ]
        return {
            at
            for at in range(len(words) - 1)
            if QUESTION.fullmatch(words[at])
            and ANSWER.fullmatch(words[at + 1])
            and len(words[at].split()) <= LONGEST_HEADING_WORDS + 6
        }

    def _plain(self) -> dict[int, str]:
        """Lines that nothing but their words and their place tells from others."""
        likely: dict[int, bool] = {}
        for at, could in enumerate(self.could):
            if could and self._is_above_text(at) and not self._is_led(at):
                words = block_words(self.blocks[at])
                if words[0].isupper() or words[0].isdigit():
                    likely[at] = capitals(words) >= SURE or bool(ASKING.fullmatch(words))
        doubtful = self._doubtful()
        sure = {at for at, is_sure in likely.items() if is_sure}
        alone = {at for at in sure if len(block_words(self.blocks[at]).split()) > 1}
        accepted = set(likely) if len(likely) > 1 else alone
        return {at: "reads so" if at in accepted else "doubtful" for at in doubtful | set(likely)}

    def _besides(self, out: Collection[int]) -> dict[int, str]:
        """Where a single line stands out, others that surely read so are headings as well."""
        if len(out) != 1:
            return {}
        sure = {
            at
            for at, why in self._plain().items()
            if why == "reads so" and capitals(block_words(self.blocks[at])) >= SURE
        }
        return dict.fromkeys(sure - set(out), "reads so") if len(sure) > 1 else {}

    def _doubtful(self) -> set[int]:
        """Lines that begin small and stand alone above text."""
        return {
            at
            for at, could in enumerate(self.could)
            if could and self._is_above_text(at) and block_words(self.blocks[at])[0].islower()
        }

    def _is_led(self, at: int) -> bool:
        """Whether a line before leads on to this one, with nothing but short lines between."""
        for above in range(at - 1, max(-1, at - 1 - MOST_LED), -1):
            words = block_words(self.blocks[above])
            if words.endswith((":", ",", "…")):
                return True
            if not isinstance(self.blocks[above], ParagraphDraft) or not short_and_open(words):
                return False
        return False

    def _is_above_text(self, at: int) -> bool:
        """Whether running text follows; or a list, where no list stands above."""
        if at + 1 >= len(self.blocks):
            return False
        match self.blocks[at + 1]:
            case ParagraphDraft(runs=runs):
                words = words_of(runs)
                ends = re.search(r"[^\W\d].*[.!?:…][”’\"')\]]*$", words, re.S)
                lines = any(run.text == BREAK for run in runs)
                return bool(ends or lines or len(words.split()) > LONGEST_HEADING_WORDS)
            case ListDraft():
                words = block_words(self.blocks[at])
                above = at and isinstance(self.blocks[at - 1], ListDraft)
                return len(words.split()) > 1 and (not above or capitals(words) >= SURE)
            case QuoteDraft() | TableDraft() | PictureDraft():
                return len(block_words(self.blocks[at]).split()) > 1 and self.could.count(True) > 2
        return False
