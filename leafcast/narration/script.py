"""Article → Script: what is said, what is announced, where the voice pauses. Nothing else decides.

Every sentence of the article is said once, in reading order. What the article does not say (the
opening, section numbers, the closing) has no sentence id, and no cue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

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
from leafcast.narration.lexicon import Lexicon
from leafcast.narration.model import Passage, Pause, Script, Utterance
from leafcast.narration.spoken import spoken_text
from leafcast.project import Practice

PAUSES_MS: Final = {
    "start": 500,
    "sentence": 400,
    "cell": 350,
    "list point": 500,
    "paragraph": 800,
    "announcement": 600,
    "before a heading": 1500,
    "after a heading": 900,
    "before the closing": 2000,
    "end": 1000,
}
"""Milliseconds of silence by what it stands after or before. No standard gives such lengths;
these suit guidance read at about 145 words a minute."""

Part = Utterance | Pause


def write_script(
    article: Article, practice: Practice, *, synthetic: bool, lexicon: Lexicon
) -> Script:
    """The script of `article`: a passage for the introduction and one for each section.

    `synthetic` says whether listeners must be told that no person is reading.
    """
    return _Scribe(article, practice, lexicon).script(synthetic=synthetic)


class _Scribe:
    """Writes one script."""

    def __init__(self, article: Article, practice: Practice, lexicon: Lexicon) -> None:
        self.article = article
        self.practice = practice
        self.lexicon = lexicon
        self.announced = 0

    def script(self, *, synthetic: bool) -> Script:
        """All passages; the byline, the call to action, notes and the closing end the last."""
        article = self.article
        passages = [
            ("introduction", "Introduction", [*self.opening(synthetic), *self.introduction()])
        ]
        for number, section in enumerate(article.sections, 1):
            passages.append((section.id, section.heading.text, [*self.section(section, number)]))
        passages[-1][2].extend(self.ending())
        return Script(
            article.title,
            article.language,
            tuple(
                Passage(passage_id, number, title, _joined([*parts, _pause("end")]))
                for number, (passage_id, title, parts) in enumerate(passages, 1)
            ),
        )

    # ------------------------------------------------------------ announced

    def opening(self, synthetic: bool) -> Iterator[Part]:
        """Title, author, how it is read, and how many sections there are (UKAAF MS01)."""
        article = self.article
        yield _pause("start")
        yield from self.say(f"{article.title}", pause="announcement")
        if article.subtitle:
            yield from self.say(f"{article.subtitle}.", pause="announcement")
        yield from self.say(f"By {article.author}.", pause="announcement")
        if synthetic:
            yield from self.say(
                "This recording is read by a synthetic voice.", pause="announcement"
            )
        count = len(article.sections)
        if count > 1:
            yield from self.say(
                f"After a short introduction, it has {count} sections.", pause="before a heading"
            )

    def ending(self) -> Iterator[Part]:
        """Byline, call to action, notes; then how to get in touch, and where help is."""
        article, practice = self.article, self.practice
        if article.byline:
            yield _pause("before a heading")
            yield from self.sentences(article.byline.sentences, "paragraph")
        yield from self.blocks(article.call_to_action)
        for note in article.notes:
            yield from self.note(note)
        yield _pause("before the closing")
        website = practice.website.split("://", 1)[-1].removeprefix("www.").rstrip("/")
        yield from self.say(f"You can reach {practice.name} at {website}.", pause="announcement")
        if practice.contact.phone:
            yield from self.say(f"Or call {practice.contact.phone}.", pause="announcement")
        yield from self.say(f"Once more, that is {website}.", pause="paragraph")
        if practice.crisis:
            yield from self.say("If you need help straight away.", pause="announcement")
        for line in practice.crisis:
            yield from self.say(f"{line.name}. {line.how}.", pause="announcement")
        yield from self.say(f"That was: {article.title}", pause="end")

    def say(self, words: str, *, pause: str) -> Iterator[Part]:
        """An announcement, and the pause after it."""
        self.announced += 1
        said_id = f"say-{digest(words)[:10]}-{self.announced}"
        yield Utterance(said_id, self.spoken(words), words, None, self.article.language)
        yield _pause(pause)

    # ------------------------------------------------------------ the article's own words

    def introduction(self) -> Iterator[Part]:
        """The blocks before the first heading."""
        yield from self.blocks(self.article.introduction)

    def section(self, section: Section, number: int = 0) -> Iterator[Part]:
        """A section: its number, its heading, its blocks, what is nested in it."""
        yield _pause("start" if number else "before a heading")
        if number and self.practice.sound.announce_sections and len(self.article.sections) > 1:
            words = f"Section {number} of {len(self.article.sections)}."
            yield from self.say(words, pause="sentence")
        yield from self.sentences(section.heading.sentences, "after a heading")
        yield from self.blocks(section.blocks)
        for inner in section.sections:
            yield from self.section(inner)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Part]:
        """Blocks in order."""
        for block in blocks:
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[Part]:
        """One block, by what it is."""
        match block:
            case Paragraph(sentences=sentences):
                yield from self.sentences(sentences, "paragraph")
            case ListBlock(entries=entries, ordered=ordered, start=start):
                for number, entry in enumerate(entries, start):
                    if ordered:
                        yield from self.say(f"{number}.", pause="sentence")
                    for inner in entry.blocks:
                        yield from _with_last_pause(self.block(inner), "list point")
                yield _pause("paragraph")
            case Quote(blocks=inside):
                yield from self.say("A quotation.", pause="sentence")
                yield from self.blocks(inside)
                yield from self.say("End of the quotation.", pause="paragraph")
            case Table():
                yield from self.table(block)
            case Figure(alt=alt, caption=caption):
                yield from self.say(f"A picture: {alt}.", pause="sentence")
                yield from self.sentences(caption, "paragraph")

    def table(self, table: Table) -> Iterator[Part]:
        """A table row by row, its headers first."""
        columns, rows = len(table.head), len(table.rows)
        words = f"A table of {columns} columns and {rows} rows."
        yield from self.say(words, pause="announcement")
        for row in (table.head, *table.rows):
            for cell in row:
                yield from self.sentences(cell.sentences, "cell")
            yield _pause("list point")
        yield _pause("paragraph")

    def note(self, note: Note) -> Iterator[Part]:
        """A footnote, at the end, with its number."""
        yield from self.say(f"Note {note.number}.", pause="sentence")
        yield from self.blocks(note.blocks)

    def sentences(self, sentences: Iterable[Sentence], last: str) -> Iterator[Part]:
        """Sentences with the pause between them, and the pause `last` after the last."""
        parts: list[Part] = []
        for sentence in sentences:
            spoken = self.spoken(sentence.text)
            language = self.article.language
            parts.append(Utterance(sentence.id, spoken, sentence.text, sentence.id, language))
            parts.append(_pause("sentence"))
        if parts:
            yield from parts[:-1]
            yield _pause(last)

    def spoken(self, words: str) -> str:
        """Words as they are read; a heading's end is made heard, symbols alone say nothing."""
        spoken = spoken_text(words, self.lexicon)
        if not any(character.isalnum() for character in spoken):
            return ""
        return spoken if spoken[-1] in ".!?…:;,”’)\"'" else f"{spoken}."


def _pause(reason: str) -> Pause:
    return Pause(PAUSES_MS[reason], reason)


def _with_last_pause(parts: Iterable[Part], reason: str) -> Iterator[Part]:
    """`parts` whose last pause is another."""
    told = list(parts)
    if told and isinstance(told[-1], Pause):
        told[-1] = _pause(reason)
    yield from told


def _joined(parts: Iterable[Part]) -> tuple[Part, ...]:
    """`parts` with neighbouring pauses as one: the longer of the two."""
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, Pause) and joined and isinstance(joined[-1], Pause):
            joined[-1] = max(joined[-1], part, key=lambda pause: pause.ms)
        else:
            joined.append(part)
    return tuple(joined)
