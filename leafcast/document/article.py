"""What an article is, whatever file it came from.

    Article
    ├── introduction    blocks before the first heading
    ├── sections        Section: a heading, its blocks, its sub-sections
    ├── byline          one paragraph near the end that names the author
    └── call_to_action  the blocks after it that invite the reader

Text lives in sentences, so that print, sound and page can point at the same one. A sentence
holds inlines; a block holds sentences or blocks. Everything is frozen and made of tuples.

Ids are given once, by the reader, from the content (see `readers/identify.py`), and used
everywhere: HTML, PDF tags, cues, chapters and file names. An id is a valid HTML id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from typing import Final, Literal

from leafcast.document.report import Finding, Place

UNSEEN: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""For `str.translate`: characters that say where a line may break, and nothing else."""

# ---------------------------------------------------------------- inlines


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words, with straight spaces; line ends of the source are spaces here."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words the author makes strong."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words the author emphasises; print shows them bold, never italic (UKAAF G003)."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere. `target` is http(s), mailto, tel or `#id`; nothing else passes."""

    content: tuple[Inline, ...]
    target: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language, `lang` by BCP 47. Markdown: `[mot juste]{lang=fr}`."""

    content: tuple[Inline, ...]
    lang: str


@dataclass(frozen=True, slots=True)
class Code:
    """Words to be shown exactly as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break the author asked for, as in an address. It reads as a space."""


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The place in the text where a footnote is called. It has no words of its own."""

    note_id: str
    number: int


Inline = Text | Strong | Emphasis | Link | Foreign | Code | LineBreak | NoteMark


def plain_text(inlines: tuple[Inline, ...]) -> str:
    """The words of `inlines` as a reader sees them, without marks."""
    words = []
    for inline in inlines:
        match inline:
            case Text(text) | Code(text):
                words.append(text)
            case LineBreak():
                words.append(" ")
            case NoteMark():
                pass
            case _:
                words.append(plain_text(inline.content))
    return "".join(words)


# ---------------------------------------------------------------- sentences and blocks


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as shown. Two sentences of a block are joined by one space, or, where the first
    `ends_line`, by a line break.
    """

    id: str
    content: tuple[Inline, ...]
    ends_line: bool = False

    @property
    def text(self) -> str:
        """The sentence as a reader sees it."""
        return plain_text(self.content)


def joined_sentences(sentences: Sequence[Sentence]) -> tuple[Inline, ...]:
    """The content of the sentences of a block, with what stands between them."""
    content: list[Inline] = []
    for at, sentence in enumerate(sentences):
        if at:
            content.append(LineBreak() if sentences[at - 1].ends_line else Text(" "))
        content += sentence.content
    return tuple(content)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that belong together."""

    id: str
    place: Place
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One point of a list: paragraphs, and lists within it."""

    id: str
    place: Place
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list. `ordered` counts from `start`."""

    id: str
    place: Place
    entries: tuple[ListEntry, ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words, or a case vignette; `voice` may name who reads them."""

    id: str
    place: Place
    blocks: tuple[Block, ...]
    voice: VoiceMark | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a table. `align` is "", "left", "right" or "center".

    `header` is "row" where its words name its row, "column" where they name what stands under it.
    A merged cell goes over `columns` and `rows`. Each further place it goes over is a cell with the
    same words, `part_of` its id, for who hears or reads one cell after the other.
    """

    id: str
    sentences: tuple[Sentence, ...]
    align: str = ""
    header: str = ""
    columns: int = 1
    rows: int = 1
    part_of: str = ""

    @property
    def text(self) -> str:
        """The cell's words as a reader sees them."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row of headers; `rows` are as long as `head`.

    The first of them may be further rows of headers, which `heads` counts.
    """

    id: str
    place: Place
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def heads(self) -> int:
        """How many of `rows` hold the names of columns alone."""
        named = (all(cell.header == "column" for cell in row) for row in self.rows)
        return sum(1 for _ in takewhile(bool, named))

    @property
    def body(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows under the headers."""
        return self.rows[self.heads :]

    @property
    def is_merged(self) -> bool:
        """Whether a cell goes over more than one place."""
        return any(cell.part_of for row in (self.head, *self.rows) for cell in row)

    @property
    def names_rows(self) -> bool:
        """Whether each row begins with its name."""
        return bool(self.body) and all(row[0].header == "row" for row in self.body)

    @property
    def headers(self) -> Iterator[Cell]:
        """Every header: the names of columns, then those of rows."""
        heads = 1 + self.heads
        for at, row in enumerate((self.head, *self.rows)):
            for cell in row:
                if not cell.part_of and (at < heads or cell.header == "row"):
                    yield cell

    def over(self, column: int) -> tuple[Cell, ...]:
        """The names of a column, the widest first."""
        return tuple(row[column] for row in (self.head, *self.rows[: self.heads]))

    def told(self, row: tuple[Cell, ...]) -> Iterator[tuple[tuple[Cell, ...], Cell]]:
        """The cells of a row of the body with the names of their columns, a wide cell once."""
        column = 0
        while column < len(row):
            cell, first = row[column], column
            owner = cell.part_of or cell.id
            column += 1
            while column < len(row) and row[column].part_of == owner:
                column += 1
            names = (name for at in range(first, column) for name in self.over(at))
            yield tuple({name.part_of or name.id: name for name in names}.values()), cell

    def header_ids(self, row: tuple[Cell, ...], column: int) -> tuple[str, ...]:
        """The ids of the headers of a cell of the body: of its columns, then of its rows."""
        cell = row[column]
        first = next(at for at, other in enumerate(self.body) if other is row)
        beside = (each for line in self.body[first : first + cell.rows] for each in line)
        columns = range(column, column + cell.columns)
        headers = [
            *(name for at in columns for name in self.over(at)),
            *(each for each in beside if each.header == "row"),
        ]
        ids = dict.fromkeys(each.part_of or each.id for each in headers)
        return tuple(each for each in ids if each != cell.id)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture. `path` is relative to the project's source folder; `alt` says what it shows."""

    id: str
    place: Place
    path: str
    alt: str
    caption: tuple[Sentence, ...] = ()


Block = Paragraph | ListBlock | Quote | Table | Figure


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading. `level` is 2 for a section of the article (1 is the title)."""

    id: str
    place: Place
    level: int
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The heading as a reader sees it."""
        return " ".join(sentence.text for sentence in self.sentences)


LeafletChoice = Literal["keep", "drop", "shorter"]
SayChoice = Literal["skip", "words"]


@dataclass(frozen=True, slots=True)
class LeafletMark:
    """What the owner says of a section for the short, folded leaflet; for nothing else it counts.

    `shorter`, where that is the choice, stands in the section's place, under its heading.
    """

    choice: LeafletChoice
    place: Place
    shorter: Paragraph | None = None


@dataclass(frozen=True, slots=True)
class SayMark:
    """What the owner lets a listener hear in a section's place; in print it does not count.

    With "skip" nothing of it is read aloud, with "words" those of `words`, under its heading.
    """

    choice: SayChoice
    place: Place
    words: Paragraph | None = None


@dataclass(frozen=True, slots=True)
class VoiceMark:
    """Who reads a section or a quotation aloud: a voice by its name in voices.toml."""

    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. `id` is the heading as a slug, such as `how-it-helps`."""

    id: str
    heading: Heading
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    leaflet: LeafletMark | None = None
    say: SayMark | None = None
    voice: VoiceMark | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, called by a `NoteMark` with the same `note_id`."""

    id: str
    number: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Face:
    """How one article's cover differs from the practice's others; what is empty does not.

    `accent` is #RRGGBB; `motif` is a name in `design/motifs.py`; `cover` is a picture, its path
    relative to the project's source folder.
    """

    accent: str = ""
    motif: str = ""
    cover: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One article, ready for every edition.

    `slug` names its folder and address. `source` is the file as the owner knows it.
    `language` is BCP 47, such as `en-GB`. `published` and `review` are dates the owner wrote.
    `leaflet`, `say` and `voice` mark the introduction; `narrator` is the voice of the whole,
    `face` what its cover has of its own.
    """

    slug: str
    source: str
    title: str
    author: str
    language: str
    published: date
    review: date
    subtitle: str = ""
    summary: str = ""
    introduction: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    byline: Paragraph | None = None
    call_to_action: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    leaflet: LeafletMark | None = None
    say: SayMark | None = None
    voice: VoiceMark | None = None
    narrator: VoiceMark | None = None
    face: Face = Face()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words of the file that a reader left out on purpose; a finding with this code says so."""

    code: str
    words: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader gives: the article, or None where it cannot be built, what it found, and what
    it left out on purpose.

    `unwritten` where there is no article yet: a draft, or an example that nobody changed.
    """

    article: Article | None
    findings: tuple[Finding, ...] = ()
    unwritten: bool = False
    left_out: tuple[LeftOut, ...] = ()


# ---------------------------------------------------------------- walking


def walk_blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block of `blocks` and inside them, in reading order, each before what it holds."""
    for block in blocks:
        yield block
        match block:
            case ListBlock(entries=entries):
                for entry in entries:
                    yield from walk_blocks(entry.blocks)
            case Quote(blocks=inner):
                yield from walk_blocks(inner)


def block_sentences(block: Block) -> tuple[Sentence, ...]:
    """The sentences that stand in `block` itself, not in blocks inside it."""
    match block:
        case Paragraph(sentences=sentences):
            return sentences
        case Figure(caption=caption):
            return caption
        case Table(head=head, rows=rows):
            cells = (cell for row in (head, *rows) for cell in row if not cell.part_of)
            return tuple(sentence for cell in cells for sentence in cell.sentences)
        case _:
            return ()


def walk_sections(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Every section and sub-section, in reading order."""
    for section in sections:
        yield section
        yield from walk_sections(section.sections)


def section_sentences(section: Section) -> Iterator[Sentence]:
    """Every sentence of a section in reading order: heading, blocks, sub-sections."""
    yield from section.heading.sentences
    for block in walk_blocks(section.blocks):
        yield from block_sentences(block)
    for inner in section.sections:
        yield from section_sentences(inner)


def article_blocks(article: Article) -> Iterator[Block]:
    """Every block of the article in reading order, each before what it holds; notes come last."""
    yield from walk_blocks(article.introduction)
    for section in walk_sections(article.sections):
        yield from walk_blocks(section.blocks)
    yield from walk_blocks((article.byline,) if article.byline else ())
    yield from walk_blocks(article.call_to_action)
    for note in article.notes:
        yield from walk_blocks(note.blocks)


def without_text(article: Article) -> Article:
    """The article with nothing of its text: what it is called, whose it is, its dates and looks."""
    return replace(
        article,
        introduction=(), sections=(), byline=None, call_to_action=(), notes=(), leaflet=None,
    )  # fmt: skip


def article_sentences(article: Article) -> Iterator[Sentence]:
    """Every sentence of the article in reading order; notes come last."""
    for block in walk_blocks(article.introduction):
        yield from block_sentences(block)
    for section in article.sections:
        yield from section_sentences(section)
    if article.byline:
        yield from article.byline.sentences
    for block in walk_blocks(article.call_to_action):
        yield from block_sentences(block)
    for note in article.notes:
        for block in walk_blocks(note.blocks):
            yield from block_sentences(block)


def placed_sentences(article: Article) -> Iterator[tuple[Sentence, Place]]:
    """Every sentence with the place of its block in the file: headings first, then all blocks."""
    for section in walk_sections(article.sections):
        yield from ((sentence, section.heading.place) for sentence in section.heading.sentences)
    for block in article_blocks(article):
        yield from ((sentence, block.place) for sentence in block_sentences(block))


# ---------------------------------------------------------------- notes


def called_notes(content: tuple[Inline, ...]) -> Iterator[str]:
    """The ids of the notes that are called in `content`."""
    for inline in content:
        if isinstance(inline, NoteMark):
            yield inline.note_id
        else:
            yield from called_notes(getattr(inline, "content", ()))


def _calls_in(sentences: Iterable[Sentence]) -> set[str]:
    """The ids of the notes that `sentences` call."""
    return {note_id for each in sentences for note_id in called_notes(each.content)}


def with_called_notes(article: Article) -> Article:
    """The article without notes that nothing calls, such as those of a section left out; a note
    that another one calls stays with it. Those that stay keep their numbers, so that they are the
    same in every edition.
    """
    if not article.notes:
        return article
    calls = {
        note.id: _calls_in(s for block in walk_blocks(note.blocks) for s in block_sentences(block))
        for note in article.notes
    }
    called: set[str] = set()
    found = _calls_in(article_sentences(replace(article, notes=())))
    while found - called:
        called |= found
        found = {inner for note_id in called for inner in calls.get(note_id, ())}
    return replace(article, notes=tuple(note for note in article.notes if note.id in called))
