"""Footnotes as a listener gets them: at the end, where they are called, or left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from leafcast.document.article import (
    Article,
    Note,
    Sentence,
    article_sentences,
    block_sentences,
    called_notes,
    section_sentences,
    walk_blocks,
    walk_sections,
)
from leafcast.narration.heard import as_heard


def note_homes(article: Article) -> dict[str, str]:
    """The heading of the section that calls each note; "" for the introduction."""
    homes: dict[str, str] = {}
    for section in walk_sections(article.sections):
        for sentence in section_sentences(replace(section, sections=())):
            for note_id in called_notes(sentence.content):
                homes.setdefault(note_id, section.heading.text)
    for block in walk_blocks(article.introduction):
        for sentence in block_sentences(block):
            homes |= dict.fromkeys(called_notes(sentence.content), "")
    return homes


def note_sentences(note: Note) -> Iterator[Sentence]:
    """The sentences of one note."""
    for block in walk_blocks(note.blocks):
        yield from block_sentences(block)


def told_sentences(article: Article, footnotes: str) -> Iterator[Sentence]:
    """The sentences that are heard, in their order: the article's, or those of its `say:` marks
    (see Sound.footnotes).
    """
    article = as_heard(article)
    waiting = {} if footnotes == "skipped" else {note.id: note for note in article.notes}
    for sentence in article_sentences(replace(article, notes=())):
        yield sentence
        if footnotes == "in place":
            for note_id in called_notes(sentence.content):
                if note := waiting.pop(note_id, None):
                    yield from note_sentences(note)
    for note in waiting.values():
        yield from note_sentences(note)
