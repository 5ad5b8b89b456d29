"""Article → passages: what is brailled in which order, and how each stands on the page.

The layout is what is usual in the UK: centred title, headings from cell 5, paragraphs from cell 3
with runovers in cell 1, lists from cell 1 with runovers further in than any of their entries.
Bullets are left out: that a point begins is felt by where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count

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
from leafcast.locale.days import today
from leafcast.locale.language import Language, language_of
from leafcast.practice.project import CrisisLine, Practice


def statement(language: Language) -> str:
    """Who made the braille, and that nobody has checked it."""
    return language.gettext(
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
    language = language_of(article.language)
    parts = (
        _opening(article, language),
        _blocks(article.introduction, language),
        *(_section(section, language) for section in article.sections),
        _ending(article, language),
        _notes(article.notes, language),
        _contact(practice, language),
        _crisis(practice.crisis, language),
        _formats(article, practice, language),
    )
    return tuple(passage for part in parts for passage in part if passage.words)


# ---------------------------------------------------------------- before and after the article


def _opening(article: Article, language: Language) -> Iterator[Passage]:
    yield Passage(plain_words(article.title), centred=True, after=True, kept=True)
    yield Passage(plain_words(article.subtitle), centred=True, after=True, kept=True)
    yield Passage(plain_words(article.author), centred=True, after=True)
    yield _note(note_words(statement(language)))


def _note(words: Words) -> Passage:
    """What a transcriber adds: from cell 7, runovers in cell 5."""
    return Passage(words, first=6, rest=4, before=True, after=True)


def _ending(article: Article, language: Language) -> Iterator[Passage]:
    if article.byline:
        yield Passage(sentence_words(article.byline.sentences, emphasis=False), before=True)
    yield from _blocks(article.call_to_action, language)


def _notes(notes: tuple[Note, ...], language: Language) -> Iterator[Passage]:
    if notes:
        yield heading(plain_words(language.gettext("Notes")))
    for note in notes:
        yield from _labelled(f"[{note.number}]", note.blocks, (0, 2), language)


def _contact(practice: Practice, language: Language) -> Iterator[Passage]:
    contact = practice.contact
    yield heading(plain_words(language.gettext("Get in touch")))
    yield Passage(plain_words(practice.name))
    yield Passage(plain_words(contact.invitation))
    yield Passage(plain_words(practice.short_website))
    phone = language.gettext("Telephone {phone}").format(phone=contact.phone)
    email = language.gettext("E-mail {email}").format(email=contact.email)
    yield Passage(plain_words(phone if contact.phone else ""))
    yield Passage(plain_words(email if contact.email else ""))
    yield Passage(plain_words(contact.address))
    for name in practice.valid_credentials(today()):
        yield Passage(plain_words(name))


def _crisis(lines: tuple[CrisisLine, ...], language: Language) -> Iterator[Passage]:
    if lines:
        yield heading(plain_words(language.gettext("If you need help straight away")))
    for line in lines:
        yield Passage(plain_words(f"{line.name}: {line.how}"), first=0, rest=2)


def _formats(article: Article, practice: Practice, language: Language) -> Iterator[Passage]:
    yield heading(plain_words(language.gettext("Hear it, or have it in print")))
    address = practice.short_address(article.slug)
    if address:
        how = language.gettext("To listen to this leaflet, or to have it in print, visit {address}")
    else:
        how = language.gettext(
            "To listen to this leaflet, or to have it in print, please ask {name}."
        )
    yield Passage(plain_words(how.format(address=address, name=practice.name)))
    dates = language.gettext("Published {published}. To be reviewed by {review}.").format(
        published=language.in_words(article.published), review=language.in_words(article.review)
    )
    yield Passage(plain_words(dates), before=True)


# ---------------------------------------------------------------- the article


def heading(words: Words, level: int = 2) -> Passage:
    """A heading from cell 5 (level 2) or cell 7 (deeper), kept with what follows."""
    cells = 4 if level == 2 else 6
    return Passage(words, first=cells, rest=cells, before=True, kept=True)


def _section(section: Section, language: Language) -> Iterator[Passage]:
    yield heading(sentence_words(section.heading.sentences, emphasis=False), section.heading.level)
    yield from _blocks(section.blocks, language)
    for inner in section.sections:
        yield from _section(inner, language)


def _blocks(blocks: Iterable[Block], language: Language) -> Iterator[Passage]:
    for block in blocks:
        match block:
            case Paragraph(sentences=sentences):
                yield Passage(sentence_words(sentences))
            case ListBlock():
                yield from _parted(_list(block, (0, 2 * _depth(block)), language))
            case Quote(blocks=inner):
                yield from _parted(_further_in(_blocks(inner, language), 2))
            case Table():
                yield from _parted(_table(block, language))
            case Figure(alt=alt, caption=caption):
                told = language.gettext("Picture: {words}").format(words=alt)
                shown = _note(note_words(told if alt else ""))
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


def _list(block: ListBlock, at: tuple[int, int], language: Language) -> Iterator[Passage]:
    """Entries behind so many blank cells; runovers are two further in than the deepest entry."""
    for number, entry in zip(count(block.start), block.entries, strict=False):
        yield from _labelled(f"{number}." if block.ordered else "", entry.blocks, at, language)


def _labelled(
    label: str, blocks: tuple[Block, ...], place: tuple[int, int], language: Language
) -> Iterator[Passage]:
    """Blocks after a label, which stands before the first words of the first."""
    cells, rest = place
    for at, block in enumerate(blocks):
        before = plain_words(label) if not at else ()
        match block:
            case Paragraph(sentences=sentences):
                words = (*before, *sentence_words(sentences))
                yield Passage(words, first=cells if not at else rest, rest=rest)
            case ListBlock():
                yield Passage(before, first=cells, rest=rest)
                yield from _list(block, (cells + 2, rest), language)
            case _:
                yield Passage(before, first=cells, rest=rest)
                yield from _further_in(_blocks((block,), language), rest)


# ---------------------------------------------------------------- tables


def _table(table: Table, language: Language) -> Iterator[Passage]:
    """A table as a list: a row begins at the margin, each cell after its column's name."""
    told = language.gettext(
        "Table of {columns} columns and {rows} rows, row by row, each with its header first."
        if table.names_rows
        else "Table of {columns} columns and {rows} rows, row by row."
    ).format(columns=len(table.head), rows=len(table.body))
    yield replace(_close(_note(note_words(told))), kept=True)
    if not table.body:
        yield from (Passage(_header(cell), first=0, rest=4) for cell in table.head)
    for row in table.body:
        for at, (names, cell) in enumerate(table.told(row)):
            words = sentence_words(cell.sentences) or noted(
                plain_words(language.gettext("left empty"))
            )
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
