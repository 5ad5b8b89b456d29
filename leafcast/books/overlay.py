"""Media overlays: a chapter's clips, and which of them a reader may skip together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from leafcast.books.clips import Clip
from leafcast.document.article import (
    Article,
    Block,
    Figure,
    ListBlock,
    Table,
    block_sentences,
    walk_blocks,
    walk_sections,
)


@dataclass(frozen=True, slots=True)
class Group:
    """Clips that a reader may skip together. `id` is the element that holds what they say.

    `kind` is a term of the EPUB structural semantics vocabulary; "" for clips in no such group.
    """

    id: str
    kind: str
    clips: tuple[Clip, ...]


def groups(words: Article, clips: tuple[Clip, ...]) -> Iterator[Group]:
    """Clips in their order, those of one list, table, picture or note together."""
    homes = dict(_homes(words))
    for (id, kind), inner in groupby(clips, lambda clip: homes.get(clip.target, ("", ""))):
        yield Group(id, kind, tuple(inner))


def _homes(words: Article) -> Iterator[tuple[str, tuple[str, str]]]:
    """The outermost thing to skip that holds each sentence: its id and its kind."""
    blocks = [*words.introduction, *words.call_to_action]
    for section in walk_sections(words.sections):
        blocks.extend(section.blocks)
    for block in blocks:
        if kind := _kind(block):
            yield from _all_of(block, (block.id, kind))
    for note in words.notes:
        for block in note.blocks:
            yield from _all_of(block, (note.id, "footnote"))


def _all_of(block: Block, home: tuple[str, str]) -> Iterator[tuple[str, tuple[str, str]]]:
    for inner in walk_blocks((block,)):
        for sentence in block_sentences(inner):
            yield sentence.id, home


def _kind(block: Block) -> str:
    match block:
        case ListBlock():
            return "list"
        case Table():
            return "table"
        case Figure():
            return "figure"
        case _:
            return ""


def clock(milliseconds: int) -> str:
    """A clock value (SMIL 3.0): hours, minutes, seconds and thousandths."""
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}.{thousandths:03}"
