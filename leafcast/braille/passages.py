"""Article → passages: what is brailled in which order, and how each stands on the page.

The layout is what is usual in the UK: centred title, headings from cell 5, paragraphs from cell 3
with runovers in cell 1, lists from cell 1 with runovers further in than any of their entries.
Bullets are left out: that a point begins is felt by where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from leafcast.braille.words import Words, note_words, noted, plain_words, sentence_words
from leafcast.document.article import (
    Article,
    Block,
    Cell,
    Figure,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    Section,
    Table,
    walk_blocks,
)
from leafcast.locale.days import in_words, today
from leafcast.practice.project import CrisisLine, Practice

STATEMENT: Final = (
    "This braille was made by a program and has not been checked by a transcriber. "
    "It is in Unified English Braille, contracted."
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that run on from line to line.

    `first` and `rest` are blank cells before the first line and its runovers; an empty line stands
    `before` or `after` it where that is so; a heading is `kept` with what follows.
    """

    words: Words
    first: int = 2
    rest: int = 0
    before: bool = False
    after: bool = False
    centred: bool = False
    kept: bool = False


def article_passages(article: Article, practice: Practice) -> tuple[Passage, ...]:
    """The whole article as it is brailled; no passage is empty."""
    parts = (
        _opening(article),
        _blocks(article.introduction),
        *(_section(section) for section in article.sections),
        _ending(article),
        _notes(article.notes),
        _contact(article, practice),
        _crisis(practice.crisis),
        _formats(article, practice),
    )
    return tuple(passage for part in parts for passage in part if passage.words)


# ---------------------------------------------------------------- before and after the article


def _opening(article: Article) -> Iterator[Passage]:
    yield Passage(plain_words(article.title), centred=True, after=True, kept=True)
    yield Passage(plain_words(article.subtitle), centred=True, after=True, kept=True)
    yield Passage(plain_words(article.author), centred=True, after=True)
    yield _note(note_words(STATEMENT))


def _note(words: Words) -> Passage:
    """What a transcriber adds: from cell 7, runovers in cell 5."""
    return Passage(words, first=6, rest=4, before=True, after=True)


def _ending(article: Article) -> Iterator[Passage]:
    if article.byline:
        yield Passage(sentence_words(article.byline.sentences, emphasis=False), before=True)
    yield from _blocks(article.call_to_action)


def _notes(notes: tuple[Note, ...]) -> Iterator[Passage]:
    if notes:
        yield heading(plain_words("Notes"))
    for note in notes:
        yield from _labelled(f"[{note.number}]", note.blocks, 0, 2)


def _contact(article: Article, practice: Practice) -> Iterator[Passage]:
    contact = practice.contact
    yield heading(plain_words("Get in touch"))
    yield Passage(plain_words(practice.name))
    yield Passage(plain_words(contact.invitation))
    yield Passage(plain_words(practice.short_address("").rstrip("/")))
    yield Passage(plain_words(f"Telephone {contact.phone}" if contact.phone else ""))
    yield Passage(plain_words(f"E-mail {contact.email}" if contact.email else ""))
    yield Passage(plain_words(contact.address))
    for name in practice.valid_credentials(today()):
        yield Passage(plain_words(name))


def _crisis(lines: tuple[CrisisLine, ...]) -> Iterator[Passage]:
    if lines:
        yield heading(plain_words("If you need help straight away"))
    for line in lines:
        yield Passage(plain_words(f"{line.name}: {line.how}"), first=0, rest=2)


def _formats(article: Article, practice: Practice) -> Iterator[Passage]:
    yield heading(plain_words("Hear it, or have it in print"))
    address = practice.short_address(article.slug)
    yield Passage(
        plain_words(f"To listen to this leaflet, or to have it in print, visit {address}")
    )
    published, review = in_words(article.published), in_words(article.review)
    yield Passage(plain_words(f"Published {published}. To be reviewed by {review}."), before=True)


# ---------------------------------------------------------------- the article


def heading(words: Words, level: int = 2) -> Passage:
    """A heading from cell 5 (level 2) or cell 7 (deeper), kept with what follows."""
    cells = 4 if level == 2 else 6
    return Passage(words, first=cells, rest=cells, before=True, kept=True)


def _section(section: Section) -> Iterator[Passage]:
    yield heading(sentence_words(section.heading.sentences, emphasis=False), section.heading.level)
    yield from _blocks(section.blocks)
    for inner in section.sections:
        yield from _section(inner)


def _blocks(blocks: Iterable[Block]) -> Iterator[Passage]:
    for block in blocks:
        match block:
            case Paragraph(sentences=sentences):
                yield Passage(sentence_words(sentences))
            case ListBlock():
                yield from _parted(_list(block, 0, 2 * _depth(block)))
            case Quote(blocks=inner):
                yield from _parted(_further_in(_blocks(inner), 2))
            case Table():
                yield from _parted(_table(block))
            case Figure(alt=alt, caption=caption):
                shown = _note(note_words(f"Picture: {alt}" if alt else ""))
                yield from _parted((_close(shown), _close(_note(sentence_words(caption)))))


def _parted(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Passages with an empty line before the first and after the last."""
    all_of_them = [passage for passage in passages if passage.words]
    last = len(all_of_them) - 1
    for at, passage in enumerate(all_of_them):
        yield replace(passage, before=passage.before or at == 0, after=passage.after or at == last)


def _close(passage: Passage) -> Passage:
    return replace(passage, before=False, after=False)


def _further_in(passages: Iterable[Passage], cells: int) -> Iterator[Passage]:
    for passage in passages:
        yield replace(passage, first=passage.first + cells, rest=passage.rest + cells)


# ---------------------------------------------------------------- lists


def _depth(block: ListBlock) -> int:
    """How many lists lie within one another, this one counted."""
    inner = (
        _depth(inside)
        for entry in block.entries
        for inside in walk_blocks(entry.blocks)
        if isinstance(inside, ListBlock)
    )
    return 1 + max(inner, default=0)


def _list(block: ListBlock, cells: int, rest: int) -> Iterator[Passage]:
    """Entries from cell `cells` + 1; runovers are two cells further in than the deepest entry."""
    for number, entry in zip(count(block.start), block.entries, strict=False):
        yield from _labelled(f"{number}." if block.ordered else "", entry.blocks, cells, rest)


def _labelled(label: str, blocks: tuple[Block, ...], cells: int, rest: int) -> Iterator[Passage]:
    """Blocks after a label, which stands before the first words of the first."""
    for at, block in enumerate(blocks):
        before = plain_words(label) if not at else ()
        match block:
            case Paragraph(sentences=sentences):
                words = (*before, *sentence_words(sentences))
                yield Passage(words, first=cells if not at else rest, rest=rest)
            case ListBlock():
                yield Passage(before, first=cells, rest=rest)
                yield from _list(block, cells + 2, rest)
            case _:
                yield Passage(before, first=cells, rest=rest)
                yield from _further_in(_blocks((block,)), rest)


# ---------------------------------------------------------------- tables


def _table(table: Table) -> Iterator[Passage]:
    """A table as a list: a row begins at the margin, each cell after its column's name."""
    headed = ", each with its header first" if table.names_rows else ""
    count = f"{len(table.head)} columns and {len(table.body)} rows"
    told = f"Table of {count}, row by row{headed}."
    yield replace(_close(_note(note_words(told))), kept=True)
    if not table.body:
        yield from (Passage(_header(cell), first=0, rest=4) for cell in table.head)
    for row in table.body:
        for at, (names, cell) in enumerate(table.told(row)):
            words = sentence_words(cell.sentences) or noted(plain_words("left empty"))
            yield Passage((*_named(names), *words), first=2 if at else 0, rest=4)


def _header(cell: Cell) -> Words:
    return sentence_words(cell.sentences, emphasis=False)


def _named(names: Iterable[Cell]) -> Words:
    """The names of a cell's columns, commas between and a colon at the end (UEB 7: 2, 25)."""
    heads = [words for name in names if (words := _header(name))]
    ends = ["⠂"] * (len(heads) - 1) + ["⠒"]
    return tuple(
        word
        for head, end in zip(heads, ends[: len(heads)], strict=True)
        for word in (*head[:-1], f"{head[-1]}{end}")
    )
