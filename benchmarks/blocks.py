"""An article's blocks, and how many of them a PDF's tags keep whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.structure import Element, read_elements
from leafcast.document.article import (
    Article,
    Block,
    Figure,
    ListBlock,
    Paragraph,
    Quote,
    Sentence,
    Table,
    walk_sections,
)

HEADINGS: Final = frozenset({"H", "H1", "H2", "H3", "H4", "H5", "H6", "Title"})
PARAGRAPHS: Final = frozenset({"P"})
ENTRIES: Final = frozenset({"P", "LBody"})
CELLS: Final = frozenset({"P", "TH", "TD"})
CAPTIONS: Final = frozenset({"P", "Caption"})
NOTES: Final = frozenset({"P", "Note", "FENote"})


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """Words that a reader takes as one, and the structure types that may hold them."""

    words: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kept:
    """Of all blocks: those that are one element with every letter, and with spaces right too."""

    blocks: int
    letters: int
    exact: int


def count_whole(article: Article, pdf: Path) -> Kept:
    """How many blocks of the article are exactly one element of the PDF, in its order."""
    blocks = list(source_blocks(article))
    elements = read_elements(pdf)
    return Kept(
        len(blocks),
        _whole(blocks, elements, separator=""),
        _whole(blocks, elements, separator=" "),
    )


def _whole(blocks: list[SourceBlock], elements: list[Element], *, separator: str) -> int:
    """Blocks that are found one after another; what lies between their words is `separator`."""
    words = [separator.join(element.words.split()) for element in elements]
    at = count = 0
    for block in blocks:
        wanted = separator.join(block.words.split())
        for place in range(at, len(elements)):
            if words[place] == wanted and elements[place].kind in block.kinds:
                at, count = place + 1, count + 1
                break
    return count


def source_blocks(article: Article) -> Iterator[SourceBlock]:
    """Title, headings, paragraphs, entries, cells, captions and notes, in reading order."""
    yield SourceBlock(article.title, HEADINGS)
    if article.subtitle:
        yield SourceBlock(article.subtitle, PARAGRAPHS)
    yield from _blocks(article.introduction, PARAGRAPHS)
    for section in walk_sections(article.sections):
        yield SourceBlock(section.heading.text, HEADINGS)
        yield from _blocks(section.blocks, PARAGRAPHS)
    if article.byline:
        yield from _blocks((article.byline,), PARAGRAPHS)
    yield from _blocks(article.call_to_action, PARAGRAPHS)
    for note in article.notes:
        yield from _blocks(note.blocks, NOTES)


def _blocks(blocks: tuple[Block, ...], kinds: frozenset[str]) -> Iterator[SourceBlock]:
    for block in blocks:
        match block:
            case Paragraph(sentences=sentences):
                yield SourceBlock(_words(sentences), kinds)
            case ListBlock(entries=entries):
                for entry in entries:
                    yield from _blocks(entry.blocks, ENTRIES)
            case Quote(blocks=inside):
                yield from _blocks(inside, PARAGRAPHS)
            case Table(head=head, rows=rows):
                for cell in (cell for row in (head, *rows) for cell in row):
                    yield SourceBlock(_words(cell.sentences), CELLS)
            case Figure(caption=caption):
                if caption:
                    yield SourceBlock(_words(caption), CAPTIONS)


def _words(sentences: tuple[Sentence, ...]) -> str:
    return " ".join(sentence.text for sentence in sentences)
