"""What the first lines of a file say: its title, what stands under it, who wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from leafcast.document.article import LeftOut
from leafcast.readers.bullets import bullet_of
from leafcast.readers.drafts import (
    BREAK,
    BlockDraft,
    HeadingDraft,
    ParagraphDraft,
    RuleDraft,
    Runs,
    block_words,
    words_of,
)
from leafcast.readers.facts import Fact, Standing, alike, bare_name, folded
from leafcast.readers.guessed_headings import QUESTION, could_be_heading, stands_out
from leafcast.readers.line_kinds import byline_of, is_capitals, line_kind

LONGEST_TITLE: Final = 30
"""Words of a first line that stands out; what is longer is text."""
LONG_TITLE: Final = 80
"""Letters from which on a title is cut at its colon."""
LONGEST_SUBTITLE: Final = 25
LONGEST_HEAD: Final = 6
"""Lines of a letterhead with the title under it."""
LONGEST_LETTERHEAD: Final = 14
"""Blocks above the text of a letter: addresses, a day, a salutation."""
REGARDING: Final = re.compile(r"(?:re|ref|regarding|subject)\s*:\s*(\S.{2,100})", re.I)
HEAD: Final = 4
"""Blocks at the top that may say who wrote it."""
SUBTITLE: Final = re.compile(
    r"(?:an?|for|by|some|your|our)\b|.*\b(?:guide|leaflet|hand-?out|introduction|booklet|information"
    r"|fact ?sheet|advice|tips|ideas|story|series|part \d+)\b",
    re.I,
)
"""How a line under a title begins, or what it holds, where it says more of the same."""
LETTERHEAD: Final = re.compile(
    r".*\b(services?|practice|centre|clinic|trust|ltd|limited|associates|nhs|partnership|"
    r"information (sheet|leaflet)|fact ?sheet|hand-?out|leaflet|patient information|"
    r"for (clients|patients|parents|carers))|"
    r"(?!what|how|why|when|understanding|about|your|living|coping|dealing|starting|welcome|a |an |"
    r"the |introduc|is )(\S+ )+(counselling|therapy|psychotherapy|counsellors?|therapists?)",
    re.I,
)


class Top:
    """Reads the top of a file; `blocks` are left without what became a fact."""

    def __init__(self, blocks: tuple[BlockDraft, ...], known: Mapping[str, Fact]) -> None:
        self.blocks = blocks
        self.known = known
        self.found: list[Fact] = []
        self.letterhead: frozenset[int] = frozenset()
        self.above: tuple[BlockDraft, ...] = ()
        self.left_out: tuple[LeftOut, ...] = ()

    def read(self) -> Top:
        """Read title, subtitle and byline, in this order."""
        self._title()
        self._regarding()
        self._byline()
        return self

    def _first(self) -> int | None:
        return next((at for at, b in enumerate(self.blocks) if not isinstance(b, RuleDraft)), None)

    def _title(self) -> None:
        self._set_address_apart()
        first = self._first()
        if first is not None:
            block, rest = self.blocks[first], self.blocks[first + 1 :]
            known = self.known.get("title")
            if not isinstance(block, HeadingDraft | ParagraphDraft):
                pass
            elif known and folded(block_words(block)) == folded(known.words):
                self.blocks = rest
                self._subtitle()
            elif not known or known.standing >= Standing.KEPT:
                self._guess_title(block, rest)
        self.blocks = (*self.above, *self.blocks)

    def _set_address_apart(self) -> None:
        """A practice's address at the top is no title, and what stands below it may be one."""
        first = self._first()
        while (
            first is not None and _is_address(self.blocks[first]) and first + 1 < len(self.blocks)
        ):
            self.above = (*self.above, self.blocks[first])
            self.blocks = self.blocks[first + 1 :]
            first = self._first()

    def _guess_title(
        self, block: HeadingDraft | ParagraphDraft, rest: tuple[BlockDraft, ...]
    ) -> None:
        alone = isinstance(block, HeadingDraft) and not any(
            isinstance(each, HeadingDraft) and each.level <= block.level for each in rest
        )
        if isinstance(block, ParagraphDraft) and not _may_be_title(block):
            return
        regarded = any(map(_regards, rest[:LONGEST_LETTERHEAD]))
        if regarded and self._is_open("title") and self._is_letterhead(block):
            return  # the line “Re: …” of the letter says it
        run = self._run((block, *rest)) if isinstance(block, ParagraphDraft) else []
        lines = _head_lines(block) if rest and self._is_open("title") else []
        if lines:
            titles = [each for each in lines if could_be_heading(each)]
            others = [each for each in lines if not could_be_heading(each)]
            self._letterhead(titles, (*others, *rest))
            return
        leading = could_be_heading(block) and bool(rest) and self._is_open("title")
        if len(run) > 1 and len(run) < len(rest) + 1:
            self._letterhead(run, rest[len(run) - 1 :])
        elif alone or leading or (run and rest):
            self._take(block)
            self.blocks = rest
            self._subtitle()

    def _is_open(self, key: str) -> bool:
        """Whether nothing but a name that somebody gave the file says it."""
        known = self.known.get(key)
        return known is None or known.standing is Standing.NAMED

    def _run(self, blocks: tuple[BlockDraft, ...]) -> list[ParagraphDraft]:
        """Lines at the top that stand out, with nothing between them."""
        run: list[ParagraphDraft] = []
        for at, block in enumerate(blocks[:LONGEST_HEAD]):
            if not isinstance(block, ParagraphDraft) or not _is_title(block):
                break
            if run and any(_are_alike(block, each) for each in blocks[at + 1 :]):
                break
            run.append(block)
        return run

    def _letterhead(self, run: list[ParagraphDraft], rest: tuple[BlockDraft, ...]) -> None:
        """Of several lines the title is the first that is not the practice's own head; the line
        under it its subtitle.
        """
        at = next((i for i, each in enumerate(run) if not self._is_letterhead(each)), len(run) - 1)
        below = rest[0] if rest and could_be_heading(rest[0]) else None
        if isinstance(below, ParagraphDraft) and self._is_under_letterhead(below, run):
            self._take(below)
            self.letterhead = frozenset(each.line for each in run)
            self.blocks = (*run, *rest[1:])
            return
        mixed = is_capitals(block_words(run[at])) and not is_capitals(block_words(run[-1]))
        if mixed or len(run) - at > 2:
            at = len(run) - 1
        self._take(run[at])
        under = run[at + 1 :]
        heads: tuple[BlockDraft, ...] = ()
        if len(under) == 1 and _is_section(under[0], rest):
            heads, under = (under[0],), []
        if under and "subtitle" not in self.known:
            self._find("subtitle", block_words(under[0]), "the line under it", under[0].line)
            under = under[1:]
        self.letterhead = frozenset(each.line for each in (*run[:at], *under))
        self.blocks = (*run[:at], *under, *heads, *rest)

    def _is_under_letterhead(self, line: ParagraphDraft, run: list[ParagraphDraft]) -> bool:
        """Whether all lines above one are the practice’s own head, and it is none."""
        return all(map(self._is_letterhead, run)) and not self._is_letterhead(line)

    def _is_letterhead(self, block: ParagraphDraft | HeadingDraft) -> bool:
        words = block_words(block)
        author = self.known.get("author")
        return bool(
            LETTERHEAD.fullmatch(words) or (author and alike(words, bare_name(author.words)))
        )

    def _take(self, block: HeadingDraft | ParagraphDraft) -> None:
        """The words of a line as the title; a long one is cut at its colon."""
        words = block_words(block)
        head, colon, tail = words.partition(": ")
        cut = len(words) > LONG_TITLE and colon and len(head.split()) > 1
        self._find("title", head if cut else words, "the line that stands first", block.line)
        if cut and "subtitle" not in self.known:
            words = tail[:1].upper() + tail[1:]
            self._find("subtitle", words, "what follows its colon", block.line)

    def _subtitle(self) -> None:
        """A line in italics under the title."""
        first = self._first()
        block = None if first is None else self.blocks[first]
        known = "subtitle" in self.known or any(fact.key == "subtitle" for fact in self.found)
        if known or not isinstance(block, ParagraphDraft) or len(self.blocks) < 2:
            return
        words = words_of(block.runs)
        italic = all(run.emphasis or not run.text.strip() for run in block.runs)
        short = 0 < len(words.split()) <= LONGEST_SUBTITLE and not line_kind(words)
        if italic and short:
            self._find("subtitle", words.rstrip("."), "the line in italics under it", block.line)
            self.blocks = tuple(each for each in self.blocks if each is not block)

    def _regarding(self) -> None:
        """The line “Re: …” of a letter, between its address and its text, as the title."""
        if "title" in self.known and not self._is_open("title"):
            return
        if any(fact.key == "title" for fact in self.found):
            return
        for block in self.blocks[:LONGEST_LETTERHEAD]:
            if not isinstance(block, ParagraphDraft | HeadingDraft):
                return
            words = block_words(block)
            if found := REGARDING.fullmatch(words):
                self._find("title", found[1], f"the line “{words}”", block.line)
                self.left_out = (*self.left_out, LeftOut("guessed-title", words, block.line))
                self.blocks = tuple(each for each in self.blocks if each is not block)
                return
            if len(words.split()) > LONGEST_SUBTITLE / 2:
                return

    def _byline(self) -> None:
        """A line “By Sarah James” near the top: the author's, where no other was written."""
        known = self.known.get("author")
        if known and known.standing is Standing.WRITTEN:
            return
        for block in self.blocks[:HEAD]:
            if not isinstance(block, ParagraphDraft) or len(block_words(block)) > 120:
                continue
            if name := byline_of(block_words(block)):
                if known and known.standing is Standing.SHOWN and not alike(known.words, name):
                    return  # two authors, of whom the line names both
                self._find("author", name, f"the line “{block_words(block)}”", block.line)
                told = LeftOut("guessed-author", block_words(block), block.line)
                self.left_out = (*self.left_out, told)
                self.blocks = tuple(each for each in self.blocks if each is not block)
                return

    def _find(self, key: str, words: str, where: str, line: int) -> None:
        self.found.append(Fact(key, words, Standing.SHOWN, where, line, guessed=True))


def _regards(block: BlockDraft) -> bool:
    """Whether a block is the line of a letter that says what it is about."""
    return isinstance(block, ParagraphDraft | HeadingDraft) and bool(
        REGARDING.fullmatch(block_words(block))
    )


def _is_section(line: ParagraphDraft, rest: tuple[BlockDraft, ...]) -> bool:
    """Whether the line under a title is the heading of the text below it, as others are in `rest`,
    and does not say for whom or what the article is.
    """
    words = block_words(line)
    text = rest and isinstance(rest[0], ParagraphDraft) and not stands_out(rest[0])
    others = any(stands_out(each) for each in rest[1:])
    return bool(text and others and stands_out(line)) and not SUBTITLE.match(words)


def _is_address(block: BlockDraft) -> bool:
    """Whether a paragraph of several lines says where and how to reach somebody."""
    if not isinstance(block, ParagraphDraft):
        return False
    lines = lines_of(block)
    kinds = [line_kind(block_words(line)) for line in lines]
    return len(lines) > 1 and any(
        kind in ("street", "postcode", "telephone", "address") for kind in kinds
    )


def _head_lines(block: BlockDraft) -> list[ParagraphDraft]:
    """Two or three lines at the top that are a title and what belongs to it; else none."""
    lines = lines_of(block) if isinstance(block, ParagraphDraft) else []
    if not lines:
        return []
    first = block_words(lines[0])
    if not 1 < len(lines) < 4 or not could_be_heading(lines[0]) or not _may_be_title(lines[0]):
        return []
    fitting = all(
        (block_words(each)[:1].isupper() and could_be_heading(each))
        or line_kind(block_words(each)) in ("byline", "date")
        for each in lines[1:]
    )
    return lines if fitting and (first[0].isupper() or first[0].isdigit()) else []


def lines_of(block: ParagraphDraft) -> list[ParagraphDraft]:
    """Each line of a paragraph as a paragraph."""
    lines: list[Runs] = [()]
    for run in block.runs:
        if run.text == BREAK:
            lines.append(())
        else:
            lines[-1] = (*lines[-1], run)
    return [replace(block, runs=line) for line in lines if words_of(line)] or [block]


def _are_alike(block: ParagraphDraft, other: BlockDraft) -> bool:
    """Whether two lines that stand out begin alike, as “Chapter One” and “Chapter Two” do."""
    return stands_out(other) and block_words(other).split()[0] == block_words(block).split()[0]


def _may_be_title(block: ParagraphDraft) -> bool:
    """Whether a first line is no point, question or number of an enumeration."""
    words = block_words(block)
    bullet = bullet_of(words)
    numbered = bullet and bullet.kind in ("number", "clause")
    return not (numbered or QUESTION.fullmatch(words) or words.endswith(":"))


def _is_title(block: ParagraphDraft) -> bool:
    """Whether a first line stands out, and may be longer than a heading."""
    words = words_of(block.runs)
    if stands_out(block):
        return True
    sentence = re.search(r"[.!?;,…]$|[.!?] ", words)
    long = 0 < len(words.split()) <= LONGEST_TITLE and BREAK not in "".join(
        r.text for r in block.runs
    )
    return block.stands_out and long and not sentence and not line_kind(words)
