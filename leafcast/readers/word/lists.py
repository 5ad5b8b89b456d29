"""Word's paragraphs, each of which says on its own how it is numbered, gathered into lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from leafcast.readers.drafts import (
    BlockDraft,
    EntryDraft,
    ListDraft,
    ParagraphDraft,
    PictureDraft,
    QuoteDraft,
    words_of,
)
from leafcast.readers.word.styles import Numbered, Numberings, Styles


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph or another block, and how it stands among its neighbours.

    `continues` where it goes on with the point before it, `captions` where it is the caption of
    the picture before it. No draft: it is shown elsewhere, or a number without words.
    """

    draft: BlockDraft | None
    numbered: Numbered | None = None
    continues: bool = False
    captions: bool = False
    line: int = 0


@dataclass(slots=True)
class Numbers:
    """The numbers of a file's lists as Word counts them: on and on, unless a list restarts."""

    numberings: Numberings
    counted: dict[str, int] = field(default_factory=dict)

    def without_words(self, paragraph: Element, styles: Styles) -> Numbered | None:
        """How a paragraph without words is numbered; it is not counted."""
        numbered = self.numberings.of(paragraph, styles)
        if numbered is None:
            return None
        return replace(numbered, start=self.counted.get(numbered.counter, numbered.start - 1) + 1)

    def of(self, paragraph: Element, styles: Styles) -> Numbered | None:
        """How a paragraph is numbered; `start` is the very number it bears."""
        numbered = self.numberings.of(paragraph, styles)
        if numbered is None:
            return None
        number = self.counted.get(numbered.counter, numbered.start - 1) + 1
        self.counted[numbered.counter] = number
        base = numbered.counter.rpartition("/")[0]
        for deeper in range(numbered.level + 1, 10):
            self.counted.pop(f"{base}/{deeper}", None)
        return replace(numbered, start=number)


def gather_lists(items: Iterable[Item]) -> tuple[BlockDraft, ...]:
    """Items as blocks: numbered neighbours as lists, quotes as one, captions with pictures."""
    blocks: list[BlockDraft] = []
    listed: list[Item] = []
    for item in _without_empty_points(items):
        if item.numbered or (item.continues and listed):
            listed.append(item)
            continue
        blocks += _lists(listed)
        listed = []
        if item.draft is not None:
            _add(blocks, item)
    return (*blocks, *_lists(listed))


def _without_empty_points(items: Iterable[Item]) -> Iterator[Item]:
    """`items` without numbers that have no words and no points of their own below them."""
    waiting: list[Item] = []
    for item in items:
        if item.draft is None and item.numbered:
            waiting.append(item)
            continue
        level = item.numbered.level if item.numbered else 0
        for empty in reversed(waiting):
            assert empty.numbered is not None
            if empty.numbered.level < level:
                level = empty.numbered.level
            else:
                waiting.remove(empty)
        yield from waiting
        waiting = []
        yield item


def _add(blocks: list[BlockDraft], item: Item) -> None:
    """Add a block; a caption and a quote may belong to the one before."""
    last, draft = (blocks[-1] if blocks else None), item.draft
    if item.captions and isinstance(last, PictureDraft) and isinstance(draft, ParagraphDraft):
        blocks[-1] = replace(last, caption=words_of(draft.runs))
    elif isinstance(draft, QuoteDraft) and isinstance(last, QuoteDraft):
        blocks[-1] = replace(last, blocks=(*last.blocks, *draft.blocks))
    elif draft is not None:
        blocks.append(draft)


def _lists(items: Sequence[Item]) -> list[BlockDraft]:
    """Lists of `items`; what stands deeper is nested in the point before it."""
    lists: list[BlockDraft] = []
    at = 0
    while at < len(items):
        first = items[at].numbered
        assert first is not None
        end = at + 1
        while end < len(items) and _same_list(items[end].numbered, first):
            end += 1
        lists.append(_list(items[at:end], first))
        at = end
    return lists


def _same_list(numbered: Numbered | None, first: Numbered) -> bool:
    if numbered is None or numbered.level > first.level:
        return True
    same = (numbered.level, numbered.ordered) == (first.level, first.ordered)
    return same and (not first.ordered or numbered.counter == first.counter)


def _list(items: Sequence[Item], first: Numbered) -> ListDraft:
    starts = [
        at for at, item in enumerate(items) if item.numbered and item.numbered.level <= first.level
    ]
    entries = []
    for start, end in zip(starts, [*starts[1:], len(items)], strict=True):
        blocks: list[BlockDraft] = []
        deeper: list[Item] = []
        for item in items[start:end]:
            if (item.numbered and item.numbered.level > first.level) or (item.continues and deeper):
                deeper.append(item)
            elif item.draft is not None:
                blocks.append(item.draft)
        entries.append(EntryDraft((*blocks, *_lists(deeper)), _line(items[start])))
    return ListDraft(tuple(entries), _line(items[0]), first.ordered, first.start)


def _line(item: Item) -> int:
    return item.draft.line if item.draft else item.line
