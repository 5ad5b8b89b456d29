"""Lists that are typed, not marked: lines that each begin with a bullet or a number, and lines that
nothing marks but a sentence before them that ends with a colon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from leafcast.readers.bullets import Bullet, bullet_of, is_emoji_led
from leafcast.readers.drafts import (
    BREAK,
    BlockDraft,
    EntryDraft,
    Gatherer,
    HeadingDraft,
    ListDraft,
    ParagraphDraft,
    QuoteDraft,
    Run,
    Runs,
    block_words,
    quoted,
    words_of,
)
from leafcast.readers.line_kinds import line_kind

FEWEST_INSET: Final = 2
"""Blanks by which a point stands further in than the one it belongs to."""
LONGEST_POINT: Final = 25
"""Words of a point that nothing marks."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A list that was guessed: its points, the first of them, its line, and how it is known."""

    count: int
    first: str
    line: int
    mark: str


def typed_lists(
    blocks: tuple[BlockDraft, ...], found: list[Typed], *, nested: bool = False
) -> tuple[BlockDraft, ...]:
    """Paragraphs that begin with a typed bullet or number as points of lists; what was made of
    them is added to `found`. Points that stand further in are a list of the point before them;
    where they are `nested` so, one alone is a list.
    """
    lines = [
        replace(block, blocks=typed_lists(block.blocks, found))
        if isinstance(block, QuoteDraft)
        else block
        for whole in blocks
        for block in split_lines(whole)
    ]
    lines, inner = _by_depth(lines)
    counted = _enumerated(lines) - numbered_headings(lines)
    clauses = sum(_kind_at(lines, at, counted).startswith("clause") for at in range(len(lines)))
    made: list[BlockDraft] = []
    for kind, group in groupby(range(len(lines)), key=lambda at: _kind_at(lines, at, counted)):
        members = [lines[at] for at in group]
        several = kind.startswith("clause") and clauses > 1
        alone = kind != "number" and not kind.startswith("sure") and not several
        holds = any(each.line in inner for each in members)
        if not kind or (len(members) < 2 and alone and not nested and not holds):
            for each in members:
                below = typed_lists(tuple(inner.get(each.line, ())), found, nested=True)
                made += (each, *below)
        elif kind == "number":
            made += [_list(run, found, inner) for run in _rising(members)]
        else:
            made.append(_list(members, found, inner))
    return tuple(made)


def _by_depth(
    lines: list[BlockDraft],
) -> tuple[list[BlockDraft], dict[int, list[BlockDraft]]]:
    """Points that stand as far out as those around them, and what stands further in below each of
    them, by its line.
    """
    kept: list[BlockDraft] = []
    inner: dict[int, list[BlockDraft]] = {}
    for each in lines:
        outer = kept[-1] if kept else None
        points = _bullet(each) and outer is not None and _bullet(outer)
        if (
            points
            and isinstance(each, ParagraphDraft)
            and isinstance(outer, ParagraphDraft)
            and each.inset >= outer.inset + FEWEST_INSET
            and not _goes_on(outer, each)
        ):
            inner.setdefault(outer.line, []).append(each)
        else:
            kept.append(each)
    return kept, inner


def _goes_on(before: BlockDraft, block: BlockDraft) -> bool:
    """Whether a numbered point has the next number, however far in it stands."""
    one, other = _bullet(before), _bullet(block)
    numbered = one and other and one.kind == other.kind == "number"
    return bool(numbered and one and other and other.number == one.number + 1)


def _kind_at(lines: Sequence[BlockDraft], at: int, counted: set[int]) -> str:
    """What groups a paragraph with those beside it; "" where it is no point."""
    bullet = _bullet(lines[at])
    if not bullet:
        return ""
    if bullet.kind == "number":
        return "number" if at in counted else ""
    if bullet.kind == "sure":
        emoji = is_emoji_led(block_words(lines[at]))
        return "pictures" if emoji else "sure"
    return f"{bullet.kind} {bullet.mark}"


def _bullet(block: BlockDraft) -> Bullet | None:
    return bullet_of(_raw(block.runs)) if isinstance(block, ParagraphDraft) else None


def _raw(runs: Runs) -> str:
    return "".join(run.text for run in runs)


# ---------------------------------------------------------------- numbers


def _enumerated(lines: Sequence[BlockDraft]) -> set[int]:
    """Where the points of enumerations stand: numbers that rise one by one, text between or not."""
    points: set[int] = set()
    run: list[int] = []
    for at, block in enumerate(lines):
        bullet = _bullet(block)
        if isinstance(block, HeadingDraft):
            points |= _whole(run)
            run = []
        if not bullet or bullet.kind != "number":
            continue
        before = _bullet(lines[run[-1]]) if run else None
        lazy = before and bullet.number == before.number and run[-1] == at - 1
        if before and not lazy and bullet.number != before.number + 1:
            points |= _whole(run)
            run = []
        run.append(at)
    return points | _whole(run)


def _whole(run: Sequence[int]) -> set[int]:
    return set(run) if len(run) > 1 else set()


def _rising(members: Sequence[BlockDraft]) -> Iterator[list[BlockDraft]]:
    """Adjoining points cut where an enumeration begins anew."""
    gathered: list[BlockDraft] = []
    for each in members:
        bullet, before = _bullet(each), _bullet(gathered[-1]) if gathered else None
        if bullet and before and bullet.number not in (before.number, before.number + 1):
            yield gathered
            gathered = []
        gathered.append(each)
    yield gathered


def numbered_headings(blocks: Sequence[BlockDraft]) -> set[int]:
    """Where numbered lines are headings and no points: short, open, with text below each."""
    found: set[int] = set()
    for run in _runs(blocks):
        heads = [at for at in run if _is_short_line(blocks[at])]
        followed = all(at + 1 < len(blocks) and _is_text(blocks[at + 1]) for at in run)
        if len(heads) == len(run) > 1 and followed:
            found |= set(run)
    return found


def _runs(blocks: Sequence[BlockDraft]) -> Iterator[list[int]]:
    points = sorted(_enumerated(blocks))
    run: list[int] = []
    for at in points:
        bullet, before = _bullet(blocks[at]), _bullet(blocks[run[-1]]) if run else None
        if bullet and before and bullet.number != before.number + 1:
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _is_short_line(block: BlockDraft) -> bool:
    """Whether a numbered paragraph is as short and as open as a heading."""
    bullet = _bullet(block)
    if not isinstance(block, ParagraphDraft) or not bullet:
        return False
    words = " ".join(_raw(block.runs)[bullet.end :].split())
    short = len(words.split()) <= 14 and BREAK not in _raw(block.runs).strip()
    return short and bool(re.search(r"[^.!:;,…][”’\"')]*$", words)) and not line_kind(words)


def _is_text(block: BlockDraft) -> bool:
    """Whether a block is what stands under a heading: no numbered line, no other heading."""
    if isinstance(block, ParagraphDraft):
        bullet = _bullet(block)
        return not (bullet and bullet.kind == "number")
    return not isinstance(block, HeadingDraft)


# ---------------------------------------------------------------- making lists


def split_lines(block: BlockDraft) -> Iterator[BlockDraft]:
    """A paragraph cut at those of its line breaks after which a bullet stands."""
    if not isinstance(block, ParagraphDraft):
        yield block
        return
    lines: list[Runs] = [()]
    for run in block.runs:
        if run.text == BREAK:
            lines.append(())
        else:
            lines[-1] = (*lines[-1], run)
    if not any(bullet_of(_raw(line)) for line in lines[1:]):
        yield block
        return
    gathered: Runs = ()
    for line in lines:
        if gathered and bullet_of(_raw(line)):
            yield replace(block, runs=gathered)
            gathered = ()
        gathered = (*gathered, Run(BREAK), *line) if gathered else line
    yield replace(block, runs=gathered)


def _list(
    members: Sequence[BlockDraft], found: list[Typed], inner: Mapping[int, Sequence[BlockDraft]]
) -> ListDraft:
    """A list of the points that `members` are, with those further in."""
    entries = tuple(
        _entry(each, typed_lists(tuple(inner.get(each.line, ())), found, nested=True))
        for each in members
        if isinstance(each, ParagraphDraft)
    )
    bullet = _bullet(members[0])
    assert bullet
    ordered = bullet.kind == "number"
    first = block_words(entries[0].blocks[0])
    mark = "number" if bullet.mark in ("number", "letter") else "bullet"
    found.append(Typed(len(entries), first, members[0].line, mark))
    return ListDraft(entries, members[0].line, ordered, bullet.number if ordered else 1)


def _entry(block: ParagraphDraft, inner: tuple[BlockDraft, ...]) -> EntryDraft:
    """A point without its typed bullet, and what belongs to it."""
    bullet = _bullet(block)
    left = bullet.end if bullet else 0
    runs = []
    for run in block.runs:
        runs.append(replace(run, text=run.text[left:]))
        left = max(0, left - len(run.text))
    return EntryDraft((replace(block, runs=tuple(runs)), *inner), block.line)


# ---------------------------------------------------------------- lists that nothing marks


def led_lists(blocks: tuple[BlockDraft, ...], found: list[Typed]) -> tuple[BlockDraft, ...]:
    """Short lines after a line that ends with a colon as points of a list, where they are alike."""
    made: list[BlockDraft] = []
    at = 0
    while at < len(blocks):
        made.append(blocks[at])
        at += 1
        if not block_words(made[-1]).endswith(":") or not isinstance(made[-1], ParagraphDraft):
            continue
        points = _led(blocks[at:])
        if len(points) > 1:
            entries = tuple(EntryDraft((point,), point.line) for point in points)
            found.append(Typed(len(points), block_words(points[0]), points[0].line, ""))
            made.append(ListDraft(entries, points[0].line))
            at += len(points)
    return tuple(made)


def _led(blocks: Sequence[BlockDraft]) -> list[ParagraphDraft]:
    """The points that follow a colon: all begin small, or all but the last end open and alike."""
    points: list[ParagraphDraft] = []
    for block in blocks:
        if not isinstance(block, ParagraphDraft) or block.stands_out or not _may_be_point(block):
            break
        points.append(block)
        if re.search(r"[.!]$", words_of(block.runs)):
            break
    small = [words_of(point.runs)[:1].islower() for point in points]
    if all(small):
        return points
    first_capital = small.index(False)
    if first_capital > 1:
        return points[:first_capital]
    ends = [words_of(point.runs)[-1:] for point in points[:-1]]
    return points if points and all(end in ",;" for end in ends) else []


def _may_be_point(block: ParagraphDraft) -> bool:
    words = words_of(block.runs)
    if not words or len(words.split()) > LONGEST_POINT or bullet_of(words):
        return False
    closed = re.search(r"[.!?]\s+\S", words)
    return not closed and not words.endswith((":", "?")) and line_kind(words) not in ("blank",)


# ---------------------------------------------------------------- telling


def tell_lists(found: Sequence[Typed], gatherer: Gatherer, fix: str) -> None:
    """Say which lines were read as lists: once of all that are typed, once of all that are not."""
    for typed in (True, False):
        lists = [each for each in found if bool(each.mark) == typed]
        if lists:
            gatherer.advise("guessed", _said(lists, typed=typed), fix, lists[0].line)


def _said(lists: Sequence[Typed], *, typed: bool) -> str:
    marks = " or ".join(dict.fromkeys(each.mark for each in lists))
    why = (
        f"because each begins with a typed {marks}"
        if typed
        else "though nothing marks them, because they follow a colon"
    )
    if len(lists) == 1:
        only = lists[0]
        lines = f"{only.count} paragraphs" if only.count > 1 else "1 paragraph"
        were = "were" if only.count > 1 else "was"
        return f"{lines} from {quoted(only.first)} on {were} read as a list, {why}"
    count = sum(each.count for each in lists)
    shown = ", ".join(quoted(each.first, 30) for each in lists[:4])
    more = f" and {len(lists) - 4} more" if len(lists) > 4 else ""
    return f"{count} paragraphs were read as {len(lists)} lists, {why}: from {shown}{more} on"
