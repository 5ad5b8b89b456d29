"""Blocks as they are told: paragraphs, lists, quotations, tables, pictures, notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from leafcast.document.article import (
    Article,
    Block,
    Cell,
    Code,
    Emphasis,
    Figure,
    Foreign,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    Sentence,
    Strong,
    Table,
    VoiceMark,
    called_notes,
    plain_text,
)
from leafcast.locale.language import language_of
from leafcast.narration.announcements import Announcements, ended, has_inner_list, has_long_points
from leafcast.narration.lexicon import Lexicon
from leafcast.narration.model import PauseReason, Utterance
from leafcast.narration.pauses import Part, pause, with_last_pause
from leafcast.narration.spoken import spoken_text
from leafcast.practice.project import Practice
from leafcast.state.cache import digest


class BlockTeller:
    """Tells the blocks of one article, counting its announcements and the notes not yet told.

    `lexicons` are by the name of a voice: those that have a part, and the article's own as "".
    Announcements are always in the article's own voice, so that one knows who says what.
    """

    def __init__(
        self, article: Article, practice: Practice, lexicons: Mapping[str, Lexicon]
    ) -> None:
        self.article = article
        self.language = language_of(article.language)
        self.words = Announcements(self.language)
        self.says = self.language.spoken or spoken_text
        self.practice = practice
        self.lexicons = lexicons
        self.voice = ""
        self.quotes = 0
        self.announced = 0
        self.notes = {note.id: note for note in article.notes}

    @contextmanager
    def read_by(self, mark: VoiceMark | None) -> Iterator[None]:
        """Sentences are read by the voice of `mark`, if it has one; by the article's own, where
        that voice has no part.
        """
        before = self.voice
        if mark:
            self.voice = mark.name if mark.name in self.lexicons else ""
        try:
            yield
        finally:
            self.voice = before

    # ------------------------------------------------------------ blocks

    def blocks(self, blocks: Iterable[Block], depth: int = 0) -> Iterator[Part]:
        """Blocks in order; `depth` is the number of lists around them."""
        for block in blocks:
            yield from self.block(block, depth)

    def block(self, block: Block, depth: int = 0) -> Iterator[Part]:
        """One block, by what it is."""
        match block:
            case Paragraph(sentences=sentences):
                yield from self.say(self.words.typed() if is_code(block) else "", after="sentence")
                yield from self.sentences(sentences, "paragraph")
            case ListBlock():
                yield from self.list_block(block, depth)
            case Quote():
                yield from self.quote(block, depth)
            case Table():
                yield from self.table(block)
            case Figure(caption=caption):
                yield from self.say(
                    self.words.picture(block) if block.alt else "", after="sentence"
                )
                yield from self.say(self.words.caption() if caption else "", after="column")
                yield from self.sentences(caption, "paragraph")

    def quote(self, quote: Quote, depth: int) -> Iterator[Part]:
        """A quotation, by its own voice if it has one; and where it ends."""
        begins, ends = self.words.quotation(inner=bool(self.quotes))
        yield from self.say(begins, after="sentence")
        self.quotes += 1
        with self.read_by(quote.voice):
            yield from self.blocks(quote.blocks, depth)
        self.quotes -= 1
        yield from self.say(ends, after="paragraph")

    def list_block(self, block: ListBlock, depth: int) -> Iterator[Part]:
        """A list: how many points, each with its number, and where one is after inner lists."""
        yield from self.say_list(self.words.list_begins(block, depth))
        long, returned = has_long_points(block), False
        for at, entry in enumerate(block.entries, 1):
            if returned:
                goes_on = self.words.list_goes_on(block, at, depth)
                yield from self.say_list(goes_on, after="sentence")
            if block.ordered:
                yield from self.say(f"{block.start + at - 1}.", after="sentence")
            elif long and not returned and len(block.entries) > 1:
                yield from self.say_list(self.words.point(at), after="sentence")
            yield from self.entry(block, at, depth)
            returned = any(isinstance(inner, ListBlock) for inner in entry.blocks)
        if not depth and (long or has_inner_list(block)):
            yield from self.say_list(self.words.list_ends())
        yield pause("paragraph")

    def entry(self, block: ListBlock, at: int, depth: int) -> Iterator[Part]:
        """Point `at` of a list; what follows a list within it is still this point."""
        after_list = False
        for inner in block.entries[at - 1].blocks:
            if after_list and not isinstance(inner, ListBlock):
                yield from self.say_list(self.words.point_goes_on(block, at), after="sentence")
            yield from with_last_pause(self.block(inner, depth + 1), "list point")
            after_list = isinstance(inner, ListBlock)

    def table(self, table: Table) -> Iterator[Part]:
        """A table: its columns, then row by row, each cell after its column's name."""
        yield from self.say(self.words.table_begins(table), after="announcement")
        yield from self.say(self.words.columns(), after="column")
        for row in (table.head, *table.rows[: table.heads]):
            for cell in row:
                yield from self.sentences(() if cell.part_of else cell.sentences, "cell")
        for number, row in enumerate(table.body, 1):
            yield pause("row")
            yield from self.say(self.words.row(number), after="cell")
            for names, cell in table.told(row):
                yield from self.say(self.words.cell_begins(names, cell), after="column")
                yield from self.cell(cell)
        yield from self.say(self.words.table_ends(), after="paragraph")

    def cell(self, cell: Cell) -> Iterator[Part]:
        """A cell's words; those of one that reaches down from a row above are said once more."""
        if not cell.sentences:
            yield from self.say(self.words.cell_empty(), after="cell")
        elif cell.part_of:
            yield from self.say(ended(cell.text), after="cell")
        else:
            yield from self.sentences(cell.sentences, "cell")

    # ------------------------------------------------------------ sentences and their notes

    def sentences(
        self, sentences: Iterable[Sentence], last: PauseReason, *, heading: bool = False
    ) -> Iterator[Part]:
        """Sentences with the pause between them, and the pause `last` after the last."""
        parts: list[Part] = []
        voice = "" if heading else self.voice
        for sentence in sentences:
            lines = lines_as_phrases(sentence.content)
            spoken = self.spoken(lines, heading=heading, voice=voice)
            said = Utterance(sentence.id, spoken, sentence.text, sentence.id, voice=voice)
            parts.append(replace(said, language=self.article.language))
            parts.append(pause("sentence"))
            if self.practice.sound.footnotes == "in place":
                parts.extend(self.notes_of(sentence))
        if parts:
            yield from with_last_pause(parts, last)

    def notes_of(self, sentence: Sentence) -> Iterator[Part]:
        """The notes that a sentence calls, right after it; each is said once."""
        for note_id in called_notes(sentence.content):
            if note := self.notes.pop(note_id, None):
                yield from self.note(note)

    def note(self, note: Note) -> Iterator[Part]:
        """A footnote where it is called, which is the article's, whoever calls it."""
        yield from self.say(self.words.note_begins(), after="sentence")
        before, self.voice = self.voice, ""
        yield from self.blocks(note.blocks)
        self.voice = before
        yield from self.say(self.words.note_ends(), after="announcement")

    # ------------------------------------------------------------ announcements

    def say(self, said: str, *, after: PauseReason, heading: bool = False) -> Iterator[Part]:
        """An announcement, and the pause after it; nothing where there are no words."""
        if said:
            yield self.announcement(said, self.spoken(said, heading=heading))
            yield pause(after)

    def say_list(self, said: str, *, after: PauseReason = "announcement") -> Iterator[Part]:
        """An announcement about a list, unless the owner wants none."""
        if self.practice.sound.announce_lists:
            yield from self.say(said, after=after)

    def announcement(self, shown: str, spoken: str, begins: str = "say-") -> Utterance:
        """What the article does not say, with an id of its own that begins so."""
        self.announced += 1
        said_id = f"{begins}{digest(shown)[:10]}-{self.announced}"
        return Utterance(said_id, spoken, shown, None, self.language.tag)

    def spoken(self, said: str, *, heading: bool = False, voice: str = "") -> str:
        """Words as `voice` reads them; a heading's end is made heard, symbols alone say nothing."""
        spoken = self.says(said, self.lexicons[voice], heading=heading)
        if not any(character.isalnum() for character in spoken):
            return ""
        return spoken if spoken[-1] in ".!?…:;,”’)\"'" else f"{spoken}."


def is_code(paragraph: Paragraph) -> bool:
    """Whether a paragraph is all code."""
    content = [inline for sentence in paragraph.sentences for inline in sentence.content]
    typed = [inline for inline in content if not isinstance(inline, LineBreak)]
    return bool(typed) and all(isinstance(inline, Code) for inline in typed)


LINE_END: Final = re.compile(r"(?<=[\w)\]”’%])\s*\n\s*")


def lines_as_phrases(content: tuple[Inline, ...]) -> str:
    """The words of a sentence with a comma, which is heard, where the author ended a line, as in an
    address or a poem.
    """
    return LINE_END.sub(", ", "".join(_lines(content))).replace("\n", " ")


def _lines(content: tuple[Inline, ...]) -> Iterator[str]:
    for inline in content:
        match inline:
            case LineBreak():
                yield "\n"
            case Strong(inside) | Emphasis(inside) | Link(content=inside) | Foreign(content=inside):
                yield from _lines(inside)
            case _:
                yield plain_text((inline,))
