"""Article → Script: what is said, what is announced, where the voice pauses. Nothing else decides.

Every sentence of the article is said once, in reading order. What the article does not say (the
opening, section numbers, the closing) has no sentence id, and no cue; its words are in
announcements.py, the lengths of the pauses in pauses.py, and how blocks are told in blocks.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from leafcast.document.article import Article, Section
from leafcast.narration.announcements import crisis
from leafcast.narration.blocks import BlockTeller
from leafcast.narration.footnotes import note_homes
from leafcast.narration.heard import as_heard
from leafcast.narration.lexicon import Lexicon
from leafcast.narration.model import Passage, Script
from leafcast.narration.pauses import PAUSES_MS, Part, joined, pause, with_last_pause
from leafcast.narration.takes.narrators import READ_BY, Readers
from leafcast.practice.project import Practice

__all__ = ["PAUSES_MS", "write_script"]


def write_script(
    article: Article,
    practice: Practice,
    *,
    synthetic: bool,
    lexicon: Lexicon,
    parts: Mapping[str, Lexicon] | None = None,
    readers: Readers | None = None,
) -> Script:
    """The script of `article`: a passage for the introduction and one for each section.

    `synthetic` says whether listeners must be told that no person is reading; `readers` says it
    better, where a person reads some of it. `lexicon` is that of the article's own voice, `parts`
    are those of the voices that the source gives a part, by their names.
    """
    scribe = _Scribe(as_heard(article), practice, {**(parts or {}), "": lexicon})
    return scribe.script(readers or Readers(voice=synthetic))


class _Scribe(BlockTeller):
    """Writes one script: the opening, the sections, the closing, around the blocks."""

    def script(self, readers: Readers) -> Script:
        """All passages; the byline, the call to action, notes and the closing end the last."""
        article = self.article
        first = [*self.opening(readers), *self.introduction()]
        passages = [("introduction", self.words.introduction(), first)]
        for number, section in enumerate(article.sections, 1):
            parts = [*self.section(section, (number, len(article.sections)))]
            passages.append((section.id, section.heading.text, parts))
        passages[-1][2].extend(self.ending())
        return Script(
            article.title,
            article.language,
            tuple(
                Passage(passage_id, number, title, joined([*parts, pause("end")]))
                for number, (passage_id, title, parts) in enumerate(passages, 1)
            ),
        )

    # ------------------------------------------------------------ announced

    def opening(self, readers: Readers) -> Iterator[Part]:
        """Title, author and how it is read (UKAAF MS01); whoever came to listen hears the article
        itself within ten seconds. What else there is to say of it is said at the end.
        """
        article = self.article
        yield pause("start")
        yield from self.say(article.title, after="announcement", heading=True)
        yield from self.say(self.words.author(article.author), after="announcement")
        if told := readers.told(self.language):
            yield self.announcement(told, self.spoken(told), READ_BY)
            yield pause("after a heading")

    def ending(self) -> Iterator[Part]:
        """Byline, call to action, notes; then how to get in touch, and where help is."""
        article = self.article
        if article.byline or article.call_to_action:
            yield pause("before a heading")
            if self.announces_sections():
                yield from self.say(self.words.sections_end(), after="paragraph")
        if article.byline:
            yield from self.sentences(article.byline.sentences, "paragraph")
        yield from self.blocks(article.call_to_action)
        yield from self.last_notes()
        yield pause("before the closing")
        yield from self.contact()
        if self.practice.crisis:
            yield pause("before a heading")
            yield from self.say(self.words.help(), after="announcement")
        for line in self.practice.crisis:
            yield from self.say(crisis(line), after="contact")
        yield pause("before a heading")
        yield from self.say(self.words.dates(article), after="announcement")
        yield from self.say(self.words.again(article.title), after="announcement", heading=True)
        yield from self.about()

    def about(self) -> Iterator[Part]:
        """What the article is, in its own few words."""
        if self.article.subtitle:
            yield from self.say(f"{self.article.subtitle}.", after="announcement", heading=True)
        if self.article.summary:
            yield from self.say(self.words.summary(self.article.summary), after="end")

    def contact(self) -> Iterator[Part]:
        """Every way to get in touch, then once more; a telephone number group by group."""
        ways = tuple(self.words.ways(self.practice))
        for way in ways:
            yield from self.say(way.first, after="contact")
        for way in ways:
            yield from self.say(way.again, after="slowly" if way.dictated else "contact")
            yield from with_last_pause(self.slowly(way.dictated), "contact")

    def slowly(self, number: str) -> Iterator[Part]:
        """A telephone number, a breath after each group."""
        groups = self.spoken(number).rstrip(".").split(", ")
        for at, group in enumerate(filter(None, groups), 1):
            yield self.announcement(number, f"{group}{'.' if at == len(groups) else ','}")
            yield pause("slowly")

    def last_notes(self) -> Iterator[Part]:
        """The notes that were not said where they are called."""
        if not self.notes:
            return
        yield pause("before a heading")
        if self.practice.sound.footnotes == "skipped":
            yield from self.say(self.words.notes_left_out(len(self.notes)), after="paragraph")
            return
        yield from self.say(self.words.notes_begin(len(self.notes)), after="announcement")
        homes = note_homes(self.article)
        for note in self.notes.values():
            yield from self.say(self.words.note(note.number), after="sentence")
            if note.id in homes and len(self.article.sections) > 1:
                yield from self.say(self.words.note_home(homes[note.id]), after="sentence")
            yield from self.blocks(note.blocks)
        yield from self.say(self.words.notes_end(), after="paragraph")

    # ------------------------------------------------------------ the article's own words

    def introduction(self) -> Iterator[Part]:
        """The blocks before the first heading."""
        if self.article.say and self.article.say.choice == "skip":
            yield from self.say(self.words.introduction_left_out(), after="paragraph")
        with self.read_by(self.article.voice):
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
            told = (
                self.words.part(outer, place)
                if outer
                else self.words.section(self.practice, title, place)
            )
            yield from self.say(told, after="sentence")
        yield from self.sentences(section.heading.sentences, "after a heading", heading=True)
        if section.say and section.say.choice == "skip":
            yield from self.say(self.words.left_out(part=bool(outer)), after="paragraph")
        elif not section.blocks and not section.sections:
            yield from self.say(self.words.empty(), after="paragraph")
        with self.read_by(section.voice):
            yield from self.blocks(section.blocks)
            for number, inner in enumerate(section.sections, 1):
                yield from self.section(inner, (number, len(section.sections)), title)
