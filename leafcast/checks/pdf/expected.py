"""What an article's tags must say: the blocks of the model, each once, in its order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from leafcast.checks.pdf.blocks import Block, Linked, Phrase, gather, same_target
from leafcast.checks.wording import same_words
from leafcast.document.article import (
    Article,
    Cell,
    Code,
    Figure,
    Foreign,
    Heading,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    ListEntry,
    Note,
    NoteMark,
    Paragraph,
    Quote,
    Section,
    Sentence,
    Table,
    Text,
    joined_sentences,
)
from leafcast.document.article import Block as ArticleBlock
from leafcast.locale.language import language_of

BULLET = "•"
"""Stands for any mark that a style sheet may give an entry."""


def expected_elements(
    article: Article,
    notes_heading: Block | None = None,
    stacked: frozenset[str] = frozenset(),
) -> tuple[Block, ...]:
    """The blocks under the article's own element.

    `notes_heading` stands over the notes; its words are the template's. Each row of the tables
    `stacked`, by their ids, says all that stands in it.
    """
    blocks = [*_blocks(article.introduction, stacked)]
    blocks += [expected_section(each, stacked) for each in article.sections]
    if article.byline:
        blocks += _blocks((article.byline,), stacked)
    blocks += _blocks(article.call_to_action, stacked)
    if article.notes:
        heading = (notes_heading,) if notes_heading else ()
        notes = (_note(note, article.language, stacked) for note in article.notes)
        blocks.append(Block("Sect", children=(*heading, *notes)))
    return tuple(blocks)


def expected_section(section: Section, stacked: frozenset[str] = frozenset()) -> Block:
    """A section: its heading, its blocks, its sub-sections."""
    inside = (
        _heading(section.heading),
        *_blocks(section.blocks, stacked),
        *(expected_section(each, stacked) for each in section.sections),
    )
    return Block("Sect", children=inside, id=section.id)


def _heading(heading: Heading) -> Block:
    return _said(f"H{heading.level}", heading.sentences, heading)


def _note(note: Note, tag: str, stacked: frozenset[str]) -> Block:
    """A note of an article in the language `tag`; the words of its number may be in another
    (WCAG 2.2, 3.1.2).
    """
    language = language_of(tag)
    words, own = language.gettext("Note {number}").format(number=note.number), language.within(tag)
    phrases = ((own, words),) if own else ()
    inside = tuple(_blocks(note.blocks, stacked))
    return Block("Note", children=inside, id=note.id, label=words, phrases=phrases)


def _blocks(blocks: Iterable[ArticleBlock], stacked: frozenset[str]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Paragraph():
                yield _said("P", block.sentences, block)
            case ListBlock():
                yield _list(block, stacked)
            case Quote():
                inside = tuple(_blocks(block.blocks, stacked))
                yield Block("BlockQuote", children=inside, id=block.id, place=block.place)
            case Table():
                yield _table(block, stacked=block.id in stacked)
            case Figure():
                yield Block("Figure", id=block.id, alt=same_words(block.alt), place=block.place)
                if block.caption:
                    yield _said("Caption", block.caption, None)


def _list(block: ListBlock, stacked: frozenset[str]) -> Block:
    entries = tuple(
        _entry(entry, str(number) if block.ordered else BULLET, stacked)
        for number, entry in enumerate(block.entries, block.start)
    )
    numbering = "Decimal" if block.ordered else "Disc"
    return Block("L", children=entries, id=block.id, numbering=numbering, place=block.place)


def _entry(entry: ListEntry, label: str, stacked: frozenset[str]) -> Block:
    body = Block("LBody", children=tuple(_blocks(entry.blocks, stacked)))
    return Block("LI", children=(body,), id=entry.id, label=label, place=entry.place)


def _table(table: Table, *, stacked: bool) -> Block:
    """A table; of one that is `stacked` each row says all that stands in it."""
    joined = table.is_merged and not stacked
    heads = (table.head, *table.rows[: table.heads])
    inside = (
        Block("THead", children=tuple(_row(table, row, "Column", joined) for row in heads)),
        Block("TBody", children=tuple(_row(table, row, "", joined) for row in table.body)),
    )
    return Block("Table", children=inside, id=table.id, place=table.place)


def _row(table: Table, row: tuple[Cell, ...], scope: str, joined: bool) -> Block:
    """A row whose cells are `joined` where they are merged; of headers where it has a `scope`."""
    cells = []
    for column, cell in enumerate(row):
        if joined and cell.part_of:
            continue
        heads = scope or ("Row" if cell.header == "row" else "")
        block = _said("TH" if heads else "TD", cell.sentences, None, scope=heads)
        if joined:
            headers = () if scope else table.header_ids(row, column)
            named = cell.id if heads else ""
            block = replace(block, id=named, spans=(cell.columns, cell.rows), headers=headers)
        cells.append(block)
    return Block("TR", children=tuple(cells))


# ---------------------------------------------------------------- what stands in a line


def _said(
    kind: str, sentences: tuple[Sentence, ...], source: Paragraph | Heading | None, scope: str = ""
) -> Block:
    """A block of sentences: its words as shown, with the calls of its notes."""
    content = joined_sentences(sentences)
    return Block(
        kind,
        text=same_words(_shown(content)),
        id=source.id if source else "",
        phrases=gather(_phrases(content, "")),
        links=tuple(_links(content)),
        scope=scope,
        place=source.place if source else None,
    )


def _shown(content: Iterable[Inline]) -> str:
    return "".join(words for _, words in _phrases(content, ""))


def _phrases(content: Iterable[Inline], language: str) -> Iterator[Phrase]:
    """Words with the language they are in, "" for the article's own."""
    for inline in content:
        match inline:
            case Text(words) | Code(words):
                yield language, words
            case LineBreak():
                yield language, " "
            case NoteMark(number=number):
                yield language, f"[{number}]"
            case Foreign(inner, lang):
                yield from _phrases(inner, lang)
            case _:
                yield from _phrases(inline.content, language)


def _links(content: Iterable[Inline]) -> Iterator[Linked]:
    for inline in content:
        match inline:
            case NoteMark(note_id, number):
                yield Linked(f"[{number}]", f"#{note_id}")
            case Link(inner, target):
                yield Linked(same_words(_shown(inner)), same_target(target))
            case Text() | Code() | LineBreak():
                pass
            case _:
                yield from _links(inline.content)
