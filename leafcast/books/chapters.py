"""Which words stand in which chapter of a book, and when each is heard.

    title          title, author and date; heard while the narration opens
    introduction   the blocks before the first heading
    section        one for each section of the article
    ending         byline, call to action, notes; how to get in touch, and where help is

A chapter's sound is a part of its passage's, and every sentence that is heard has one clip.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple

from leafcast.books.clips import Clip, Piece, cut_passage, joined, length_of
from leafcast.document.article import (
    Article,
    Block,
    Note,
    Section,
    Sentence,
    block_sentences,
    section_sentences,
    walk_blocks,
    walk_sections,
)
from leafcast.locale.language import language_of
from leafcast.narration.footnotes import note_sentences
from leafcast.narration.model import Narration

TITLE: Final = "book_title"
INTRODUCTION: Final = "book_introduction"
ENDING: Final = "book_ending"
CLOSING: Final = "book_closing"
"""Ids of what is the book's own: no id of an article has an underscore. What the narration says
of itself is heard while TITLE is shown, and at its end CLOSING."""


Kind = Literal["title", "introduction", "section", "ending"]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter. `id` is its element's; `passage` counts from 1 and says which sound it has."""

    kind: Kind
    id: str
    title: str
    passage: int
    clips: tuple[Clip, ...] = ()
    section: Section | None = None
    notes: tuple[Note, ...] = ()

    @property
    def length(self) -> int:
        """How long its clips last together, in milliseconds."""
        return sum(clip.length for clip in self.clips)


def chapters_of(
    article: Article, narration: Narration, footnotes: str, *, announced: bool
) -> tuple[Chapter, ...]:
    """The book's chapters, in reading order; `footnotes` is `Sound.footnotes`.

    With `announced`, what is said before a sentence, such as “Row 2”, is a part of its clip, and
    the clips together are all of the sound; without, they hold the sentences alone.
    """
    cut = [cut_passage(narration, each, announced=announced) for each in narration.passages]
    placed = list(_placed(article, [piece for pieces in cut for piece in pieces], footnotes))
    clips: dict[str, list[Clip]] = defaultdict(list)
    clips[TITLE] = [_opening(narration, cut)]
    for each in placed:
        clips[each.chapter].append(Clip(each.target, each.piece.start, each.piece.end))
    clips[ENDING] += _closing(narration, cut)
    homes = {each.note: each.chapter for each in reversed(placed) if each.note}
    notes: dict[str, list[Note]] = defaultdict(list)
    for note in article.notes:
        notes[homes.get(note.id, ENDING)].append(note)

    return tuple(
        replace(each, clips=tuple(joined(iter(clips[each.id]))), notes=tuple(notes[each.id]))
        for each in _empty_chapters(article, narration)
    )


def _empty_chapters(article: Article, narration: Narration) -> Iterator[Chapter]:
    """The chapters without what is heard in them, and without their notes."""
    language = language_of(article.language)
    ending = language.gettext("Get in touch, and where to find help")
    yield Chapter("title", TITLE, article.title, 1)
    if article.introduction:
        yield Chapter("introduction", INTRODUCTION, language.gettext("Introduction"), 1)
    numbers = {passage.id: passage.number for passage in narration.passages[1:]}
    for section in article.sections:
        title, number = section.heading.text, numbers[section.id]
        yield Chapter("section", section.id, title, number, section=section)
    yield Chapter("ending", ENDING, ending, len(narration.passages))


def _opening(narration: Narration, cut: list[list[Piece]]) -> Clip:
    """What the narration says before the first sentence."""
    first = cut[0][0].start if cut[0] else length_of(narration, narration.passages[0])
    return Clip(TITLE, 0, first)


def _closing(narration: Narration, cut: list[list[Piece]]) -> Iterator[Clip]:
    """What the narration says after the last sentence."""
    length = length_of(narration, narration.passages[-1])
    if cut[-1] and cut[-1][-1].end < length:
        yield Clip(CLOSING, cut[-1][-1].end, length)


# ---------------------------------------------------------------- what stands where


class _Placed(NamedTuple):
    """A piece of sound, the element it is heard with, its chapter, and the note it is of."""

    piece: Piece
    target: str
    chapter: str
    note: str


def _placed(article: Article, pieces: list[Piece], footnotes: str) -> Iterator[_Placed]:
    """Each piece in its chapter: a note's where it is called, if it is heard there.

    What is heard in a section's place is no sentence that is shown; it belongs to the section
    whose heading was heard before it.
    """
    chapters = {each.id: name for name, all_ in _bodies(article) for each in all_}
    notes = {s.id: note.id for note in article.notes for s in note_sentences(note)}
    headings = {
        section.heading.sentences[0].id: section.id for section in walk_sections(article.sections)
    }
    chapter = anchor = INTRODUCTION
    for piece in pieces:
        anchor = headings.get(piece.sentence_id, anchor)
        note = notes.get(piece.sentence_id, "")
        if note and footnotes != "in place":
            chapter = ENDING
        chapter = chapters.get(piece.sentence_id, chapter)
        shown = note or piece.sentence_id in chapters
        yield _Placed(piece, piece.sentence_id if shown else anchor, chapter, note)


def _bodies(article: Article) -> Iterator[tuple[str, Iterator[Sentence]]]:
    """The sentences of each chapter but for notes, by the chapter's id."""
    yield INTRODUCTION, _sentences(article.introduction)
    for section in article.sections:
        yield section.id, section_sentences(section)
    byline = (article.byline,) if article.byline else ()
    yield ENDING, _sentences((*byline, *article.call_to_action))


def _sentences(blocks: tuple[Block, ...]) -> Iterator[Sentence]:
    return (sentence for block in walk_blocks(blocks) for sentence in block_sentences(block))
