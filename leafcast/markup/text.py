"""An article's words as plain text: for the PDF that carries them along."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from leafcast.document.article import (
    Article,
    Block,
    Figure,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    Section,
    Sentence,
    Table,
)


def article_text(article: Article) -> str:
    """Every word of the article in reading order; a blank line between blocks."""
    parts = [article.title, article.subtitle, article.author]
    parts += _blocks(article.introduction)
    for section in article.sections:
        parts += _section(section)
    if article.byline:
        parts += _blocks((article.byline,))
    parts += _blocks(article.call_to_action)
    for note in article.notes:
        parts += _note(note)
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield section.heading.text
    yield from _blocks(section.blocks)
    for inner in section.sections:
        yield from _section(inner)


def _note(note: Note) -> Iterator[str]:
    words = list(_blocks(note.blocks))
    yield f"[{note.number}] " + "\n\n".join(words)


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(sentences=sentences):
                yield _words(sentences)
            case ListBlock():
                yield "\n".join(_entries(block))
            case Quote(blocks=inner):
                yield "\n\n".join(f"    {words}" for words in _blocks(inner))
            case Table(head=head, rows=rows):
                cells = ((_words(cell.sentences) for cell in row) for row in (head, *rows))
                yield "\n".join(" | ".join(row) for row in cells)
            case Figure(alt=alt, caption=caption):
                yield " ".join(part for part in (f"[Picture: {alt}]", _words(caption)) if part)


def _entries(block: ListBlock) -> Iterator[str]:
    """A line an entry; what is nested in it is set in by four spaces."""
    for number, entry in zip(count(block.start), block.entries, strict=False):
        label = f"{number}." if block.ordered else "-"
        lines = "\n".join(_blocks(entry.blocks)).split("\n")
        yield f"{label} {lines[0]}"
        yield from (f"    {line}" for line in lines[1:])


def _words(sentences: tuple[Sentence, ...]) -> str:
    return " ".join(sentence.text for sentence in sentences)
