"""Blocks as they are told: paragraphs, lists, quotations, tables, pictures, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leafcast.cache import digest
from leafcast.model import (
    Article,
    Block,
    Figure,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    Sentence,
    Table,
)
from leafcast.narration import announcements as words
from leafcast.narration.footnotes import called_notes
from leafcast.narration.lexicon import Lexicon
from leafcast.narration.model import Utterance
from leafcast.narration.pauses import Part, pause, with_last_pause
from leafcast.narration.spoken import spoken_text
from leafcast.project import Practice


class BlockTeller:
    """Tells the blocks of one article, counting its announcements and the notes not yet told."""

    def __init__(self, article: Article, practice: Practice, lexicon: Lexicon) -> None:
        self.article = article
        self.practice = practice
        self.lexicon = lexicon
        self.announced = 0
        self.notes = {note.id: note for note in article.notes}

    # ------------------------------------------------------------ blocks

    def blocks(self, blocks: Iterable[Block], depth: int = 0) -> Iterator[Part]:
        """Blocks in order; `depth` is the number of lists around them."""
        for block in blocks:
            yield from self.block(block, depth)

    def block(self, block: Block, depth: int = 0) -> Iterator[Part]:
        """One block, by what it is."""
        match block:
            case Paragraph(sentences=sentences):
                yield from self.sentences(sentences, "paragraph")
            case ListBlock():
                yield from self.list_block(block, depth)
            case Quote(blocks=inside):
                yield from self.say("A quotation.", after="sentence")
                yield from self.blocks(inside, depth)
                yield from self.say("End of the quotation.", after="paragraph")
            case Table():
                yield from self.table(block)
            case Figure(caption=caption):
                yield from self.say(words.picture(block) if block.alt else "", after="sentence")
                yield from self.sentences(caption, "paragraph")

    def list_block(self, block: ListBlock, depth: int) -> Iterator[Part]:
        """A list: how many points, each with its number, and where one is after inner lists."""
        yield from self.say_list(words.list_begins(block, depth))
        count, returned = len(block.entries), False
        for at, entry in enumerate(block.entries, 1):
            if returned:
                yield from self.say_list(words.list_goes_on(at, count, depth), after="sentence")
            if block.ordered:
                yield from self.say(f"{block.start + at - 1}.", after="sentence")
            for inner in entry.blocks:
                yield from with_last_pause(self.block(inner, depth + 1), "list point")
            returned = any(isinstance(inner, ListBlock) for inner in entry.blocks)
        if not depth and words.has_inner_list(block):
            yield from self.say_list("End of the list.")
        yield pause("paragraph")

    def table(self, table: Table) -> Iterator[Part]:
        """A table: its columns, then row by row, each cell after its column's name."""
        yield from self.say(words.table_begins(table), after="announcement")
        yield from self.say("The columns are:", after="column")
        for cell in table.head:
            yield from self.sentences(cell.sentences, "cell")
        for number, row in enumerate(table.rows, 1):
            yield pause("row")
            yield from self.say(f"Row {number}.", after="cell")
            for head, cell in zip(table.head, row, strict=True):
                name = " ".join(sentence.text for sentence in head.sentences)
                yield from self.say(f"{name}:" if name else "", after="column")
                yield from self.say("" if cell.sentences else "left empty.", after="cell")
                yield from self.sentences(cell.sentences, "cell")
        yield from self.say("End of the table.", after="paragraph")

    # ------------------------------------------------------------ sentences and their notes

    def sentences(
        self, sentences: Iterable[Sentence], last: str, *, heading: bool = False
    ) -> Iterator[Part]:
        """Sentences with the pause between them, and the pause `last` after the last."""
        parts: list[Part] = []
        for sentence in sentences:
            spoken = self.spoken(sentence.text, heading=heading)
            language = self.article.language
            parts.append(Utterance(sentence.id, spoken, sentence.text, sentence.id, language))
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
        """A footnote where it is called."""
        yield from self.say("A note:", after="sentence")
        yield from self.blocks(note.blocks)
        yield from self.say("End of the note.", after="announcement")

    # ------------------------------------------------------------ announcements

    def say(self, said: str, *, after: str, heading: bool = False) -> Iterator[Part]:
        """An announcement, and the pause after it; nothing where there are no words."""
        if said:
            yield self.announcement(said, self.spoken(said, heading=heading))
            yield pause(after)

    def say_list(self, said: str, *, after: str = "announcement") -> Iterator[Part]:
        """An announcement about a list, unless the owner wants none."""
        if self.practice.sound.announce_lists:
            yield from self.say(said, after=after)

    def announcement(self, shown: str, spoken: str) -> Utterance:
        """What the article does not say, with an id of its own."""
        self.announced += 1
        said_id = f"say-{digest(shown)[:10]}-{self.announced}"
        return Utterance(said_id, spoken, shown, None, self.article.language)

    def spoken(self, said: str, *, heading: bool = False) -> str:
        """Words as they are read; a heading's end is made heard, symbols alone say nothing."""
        spoken = spoken_text(said, self.lexicon, heading=heading)
        if not any(character.isalnum() for character in spoken):
            return ""
        return spoken if spoken[-1] in ".!?…:;,”’)\"'" else f"{spoken}."
