"""Article → Script: what is said, what is announced, where the voice pauses. Nothing else decides.

Every sentence of the article is said once, in reading order. What the article does not say (the
opening, section numbers, the closing) has no sentence id, and no cue; its words are in
announcements.py, the lengths of the pauses in pauses.py.
"""

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
    Section,
    Sentence,
    Table,
)
from leafcast.narration import announcements as words
from leafcast.narration import timing
from leafcast.narration.footnotes import called_notes, note_homes
from leafcast.narration.lexicon import Lexicon
from leafcast.narration.model import Passage, Script, Utterance
from leafcast.narration.pauses import PAUSES_MS, Part, joined, pause, with_last_pause
from leafcast.narration.spoken import spoken_text
from leafcast.project import Practice

__all__ = ["PAUSES_MS", "write_script"]


def write_script(
    article: Article,
    practice: Practice,
    *,
    synthetic: bool,
    lexicon: Lexicon,
    words_a_minute: float = timing.USUAL,
) -> Script:
    """The script of `article`: a passage for the introduction and one for each section.

    `synthetic` says whether listeners must be told that no person is reading; `words_a_minute`
    tells them how long it lasts.
    """
    scribe = _Scribe(article, practice, lexicon)
    return scribe.script(synthetic=synthetic, words_a_minute=words_a_minute)


class _Scribe:
    """Writes one script."""

    def __init__(self, article: Article, practice: Practice, lexicon: Lexicon) -> None:
        self.article = article
        self.practice = practice
        self.lexicon = lexicon
        self.announced = 0
        self.notes = {note.id: note for note in article.notes}

    def script(self, *, synthetic: bool, words_a_minute: float) -> Script:
        """All passages; the byline, the call to action, notes and the closing end the last."""
        article = self.article
        opening = [*self.opening(synthetic)]
        introduction = [*self.introduction()]
        passages = []
        for number, section in enumerate(article.sections, 1):
            parts = [*self.section(section, (number, len(article.sections)))]
            passages.append((section.id, section.heading.text, parts))
        ending = [*self.ending()]
        told = [*opening, *introduction, *(p for _, _, parts in passages for p in parts), *ending]
        overview = self.overview(timing.seconds(joined(told), words_a_minute))
        passages.insert(0, ("introduction", "Introduction", [*opening, *overview, *introduction]))
        passages[-1][2].extend(ending)
        return Script(
            article.title,
            article.language,
            tuple(
                Passage(passage_id, number, title, joined([*parts, pause("end")]))
                for number, (passage_id, title, parts) in enumerate(passages, 1)
            ),
        )

    # ------------------------------------------------------------ announced

    def opening(self, synthetic: bool) -> Iterator[Part]:
        """Title, author, how it is read, and how many sections there are (UKAAF MS01)."""
        article = self.article
        yield pause("start")
        yield from self.say(article.title, after="announcement", heading=True)
        if article.subtitle:
            yield from self.say(f"{article.subtitle}.", after="announcement", heading=True)
        yield from self.say(f"By {article.author}.", after="announcement")
        if synthetic:
            yield from self.say(
                "This recording is read by a synthetic voice.", after="announcement"
            )
        yield from self.say(words.outline(article), after="announcement")

    def overview(self, seconds: float) -> Iterator[Part]:
        """How long it lasts and what it is about (UKAAF MS01)."""
        yield from self.say(words.length(seconds), after="announcement")
        if self.article.summary:
            yield from self.say(f"In short: {self.article.summary}", after="announcement")
        yield pause("before a heading")

    def ending(self) -> Iterator[Part]:
        """Byline, call to action, notes; then how to get in touch, and where help is."""
        article = self.article
        if article.byline or article.call_to_action:
            yield pause("before a heading")
            if self.announces_sections():
                yield from self.say(words.sections_end(), after="paragraph")
        if article.byline:
            yield from self.sentences(article.byline.sentences, "paragraph")
        yield from self.blocks(article.call_to_action)
        yield from self.last_notes()
        yield pause("before the closing")
        yield from self.contact()
        if self.practice.crisis:
            yield pause("before a heading")
            yield from self.say("If you need help straight away.", after="announcement")
        for line in self.practice.crisis:
            yield from self.say(words.crisis(line), after="contact")
        yield pause("before a heading")
        yield from self.say(words.dates(article), after="announcement")
        yield from self.say(f"That was: {article.title}", after="end", heading=True)

    def contact(self) -> Iterator[Part]:
        """Every way to get in touch, then once more; a telephone number group by group."""
        ways = words.contact(self.practice)
        for first, _, _ in ways:
            yield from self.say(first, after="contact")
        for _, again, detail in ways:
            yield from self.say(again, after="slowly" if again.endswith(":") else "contact")
            if again.endswith(":"):
                yield from with_last_pause(self.slowly(detail), "contact")

    def slowly(self, number: str) -> Iterator[Part]:
        """A telephone number, a breath after each group."""
        groups = self.spoken(number).rstrip(".").split(", ")
        for group in groups:
            mark = "." if group is groups[-1] else ","
            yield self.announcement(number, f"{group}{mark}")
            yield pause("slowly")

    def last_notes(self) -> Iterator[Part]:
        """The notes that were not said where they are called."""
        if not self.notes:
            return
        yield pause("before a heading")
        if self.practice.sound.footnotes == "skipped":
            yield from self.say(words.notes_left_out(len(self.notes)), after="paragraph")
            return
        yield from self.say(words.notes_begin(len(self.notes)), after="announcement")
        homes = note_homes(self.article)
        for note in self.notes.values():
            yield from self.say(f"Note {note.number}.", after="sentence")
            if note.id in homes and len(self.article.sections) > 1:
                yield from self.say(words.note_home(homes[note.id]), after="sentence")
            yield from self.blocks(note.blocks)

    def say(self, said: str, *, after: str, heading: bool = False) -> Iterator[Part]:
        """An announcement, and the pause after it; nothing where there are no words."""
        if said:
            yield self.announcement(said, self.spoken(said, heading=heading))
            yield pause(after)

    def announcement(self, shown: str, spoken: str) -> Utterance:
        """What the article does not say, with an id of its own."""
        self.announced += 1
        said_id = f"say-{digest(shown)[:10]}-{self.announced}"
        return Utterance(said_id, spoken, shown, None, self.article.language)

    def say_list(self, said: str, *, after: str = "announcement") -> Iterator[Part]:
        """An announcement about a list, unless the owner wants none."""
        if self.practice.sound.announce_lists:
            yield from self.say(said, after=after)

    # ------------------------------------------------------------ the article's own words

    def introduction(self) -> Iterator[Part]:
        """The blocks before the first heading."""
        if self.article.introduction and self.announces_sections():
            yield from self.say("Introduction.", after="after a heading")
        yield from self.blocks(self.article.introduction)

    def announces_sections(self) -> bool:
        """Whether there are sections to tell apart, and the owner wants to hear which."""
        return self.practice.sound.announce_sections and len(self.article.sections) > 1

    def section(self, section: Section, place: tuple[int, int], outer: str = "") -> Iterator[Part]:
        """A section: its place, its heading, its blocks, what is nested in it.

        `outer` is the heading of the section around it, if there is one.
        """
        title = section.heading.text
        yield pause("before a heading" if outer else "start")
        if self.announces_sections():
            told = words.part(outer, place) if outer else words.section(self.practice, title, place)
            yield from self.say(told, after="sentence")
        yield from self.sentences(section.heading.sentences, "after a heading", heading=True)
        yield from self.blocks(section.blocks)
        for number, inner in enumerate(section.sections, 1):
            yield from self.section(inner, (number, len(section.sections)), title)

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

    def spoken(self, said: str, *, heading: bool = False) -> str:
        """Words as they are read; a heading's end is made heard, symbols alone say nothing."""
        spoken = spoken_text(said, self.lexicon, heading=heading)
        if not any(character.isalnum() for character in spoken):
            return ""
        return spoken if spoken[-1] in ".!?…:;,”’)\"'" else f"{spoken}."
