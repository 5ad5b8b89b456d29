"""What an article's tags must say: the blocks of the model, each once, in its order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leafcast.checks.pdf.blocks import Block, Linked, Phrase, gather, same_target, same_words
from leafcast.model import (
    Article,
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
)
from leafcast.model import Block as ArticleBlock

OWN = "en-GB"
"""The language of the program's own words (WCAG 2.2, 3.1.2)."""
BULLET = "•"
"""Stands for any mark that a style sheet may give an entry."""


def expected_elements(article: Article, notes_heading: Block | None = None) -> tuple[Block, ...]:
    """The blocks under the article's own element.

    `notes_heading` stands over the notes; its words are the template's.
    """
    blocks = [*_blocks(article.introduction), *map(expected_section, article.sections)]
    if article.byline:
        blocks += _blocks((article.byline,))
    blocks += _blocks(article.call_to_action)
    if article.notes:
        heading = (notes_heading,) if notes_heading else ()
        english = article.language.startswith("en")
        notes = (_note(note, own="" if english else OWN) for note in article.notes)
        blocks.append(Block("Sect", children=(*heading, *notes)))
    return tuple(blocks)


def expected_section(section: Section) -> Block:
    """A section: its heading, its blocks, its sub-sections."""
    inside = (
        _heading(section.heading),
        *_blocks(section.blocks),
        *map(expected_section, section.sections),
    )
    return Block("Sect", children=inside, id=section.id)


def _heading(heading: Heading) -> Block:
    return _said(f"H{heading.level}", heading.sentences, heading)


def _note(note: Note, own: str) -> Block:
    """A note; `own` is the language of its number's words, "" where it is the article's."""
    words = f"Note {note.number}"
    phrases = ((own, words),) if own else ()
    inside = tuple(_blocks(note.blocks))
    return Block("Note", children=inside, id=note.id, label=words, phrases=phrases)


def _blocks(blocks: Iterable[ArticleBlock]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Paragraph():
                yield _said("P", block.sentences, block)
            case ListBlock():
                yield _list(block)
            case Quote():
                inside = tuple(_blocks(block.blocks))
                yield Block("BlockQuote", children=inside, id=block.id, place=block.place)
            case Table():
                yield _table(block)
            case Figure():
                yield Block("Figure", id=block.id, alt=same_words(block.alt), place=block.place)
                if block.caption:
                    yield _said("Caption", block.caption, None)


def _list(block: ListBlock) -> Block:
    entries = tuple(
        _entry(entry, f"{number}." if block.ordered else BULLET)
        for number, entry in enumerate(block.entries, block.start)
    )
    numbering = "Decimal" if block.ordered else "Disc"
    return Block("L", children=entries, id=block.id, numbering=numbering, place=block.place)


def _entry(entry: ListEntry, label: str) -> Block:
    body = Block("LBody", children=tuple(_blocks(entry.blocks)))
    return Block("LI", children=(body,), id=entry.id, label=label, place=entry.place)


def _table(table: Table) -> Block:
    head = tuple(_said("TH", cell.sentences, None, scope="Column") for cell in table.head)
    rows = (tuple(_said("TD", cell.sentences, None) for cell in row) for row in table.rows)
    inside = (
        Block("THead", children=(Block("TR", children=head),)),
        Block("TBody", children=tuple(Block("TR", children=row) for row in rows)),
    )
    return Block("Table", children=inside, id=table.id, place=table.place)


# ---------------------------------------------------------------- what stands in a line


def _said(
    kind: str, sentences: tuple[Sentence, ...], source: Paragraph | Heading | None, scope: str = ""
) -> Block:
    """A block of sentences: its words as shown, with the calls of its notes."""
    content: list[Inline] = []
    for at, sentence in enumerate(sentences):
        content += [Text(" "), *sentence.content] if at else sentence.content
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
