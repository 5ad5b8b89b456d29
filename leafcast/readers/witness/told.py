"""What an article says, for the witness: its words in reading order, and what it says elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leafcast.document.article import (
    Article,
    Block,
    Figure,
    Inline,
    ListBlock,
    NoteMark,
    Paragraph,
    Quote,
    Section,
    Sentence,
    Table,
    article_blocks,
    plain_text,
    walk_sections,
)
from leafcast.readers.witness.passages import CALL


@dataclass(frozen=True, slots=True)
class Beside:
    """What an article says beside its text: facts of its front matter, each in the forms in which
    a file may write it, and the owner's marks.
    """

    facts: tuple[tuple[str, ...], ...]
    marks: tuple[str, ...]


def told_texts(article: Article) -> Iterator[str]:
    """The text of each paragraph, heading, cell, picture and caption in reading order; notes come
    last.
    """
    yield from _blocks(article.introduction)
    for section in article.sections:
        yield from _section(section)
    if article.byline:
        yield from _blocks((article.byline,))
    yield from _blocks(article.call_to_action)
    yield from note_texts(article)


def note_texts(article: Article) -> Iterator[str]:
    """The text of each paragraph of the notes."""
    for note in article.notes:
        yield from _blocks(note.blocks)


def picture_texts(article: Article) -> Iterator[str]:
    """What the article says its pictures show, and their captions."""
    for block in article_blocks(article):
        if isinstance(block, Figure):
            yield from (block.alt, _joined(block.caption))


def _section(section: Section) -> Iterator[str]:
    yield _joined(section.heading.sentences)
    yield from _blocks(section.blocks)
    for inner in section.sections:
        yield from _section(inner)


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(sentences=sentences):
                yield _joined(sentences)
            case ListBlock(entries=entries):
                for entry in entries:
                    yield from _blocks(entry.blocks)
            case Quote(blocks=inner):
                yield from _blocks(inner)
            case Table(head=head, rows=rows):
                for row in (head, *rows):
                    yield from (_joined(cell.sentences) for cell in row if not cell.part_of)
            case Figure(alt=alt, caption=caption):
                yield alt
                yield _joined(caption)


def _joined(sentences: tuple[Sentence, ...]) -> str:
    """Sentences of a block, which a space divides."""
    return " ".join(map(_text, sentences))


def _text(sentence: Sentence) -> str:
    return "".join(map(_inline, sentence.content))


def _inline(inline: Inline) -> str:
    """The words of an inline, with a sign for each call of a note."""
    if isinstance(inline, NoteMark):
        return CALL
    inner = getattr(inline, "content", None)
    return "".join(map(_inline, inner)) if inner else plain_text((inline,)).replace(CALL, "")


def beside(article: Article) -> Beside:
    """The facts and marks of an article, as its file may write them."""
    return Beside(tuple(_facts(article)), tuple(_marks(article)))


def _facts(article: Article) -> Iterator[tuple[str, ...]]:
    facts = {
        "title": article.title,
        "subtitle": article.subtitle,
        "summary": article.summary,
        "author": article.author,
        "language": article.language,
        "published": article.published.isoformat(),
        "review": article.review.isoformat(),
        "voice": article.narrator.name if article.narrator else "",
    }
    for key, words in facts.items():
        if words:
            yield words, f"{key} {words}", *((f"by {words}",) if key == "author" else ())


def _marks(article: Article) -> Iterator[str]:
    yield from _marks_of(article)
    yield from _voices((*article.introduction, *article.call_to_action))
    for section in walk_sections(article.sections):
        yield from _marks_of(section)
        yield from _voices(section.blocks)


def _marks_of(part: Article | Section) -> Iterator[str]:
    """The marks of a section, or of the introduction."""
    if part.leaflet:
        yield f"leaflet {_words(part.leaflet.shorter) or part.leaflet.choice}"
    if part.say:
        yield f"say {_words(part.say.words) or part.say.choice}"
    if part.voice:
        yield f"voice {part.voice.name}"


def _voices(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The marks that name the voices of quotations."""
    for block in blocks:
        match block:
            case Quote(blocks=inner, voice=voice):
                if voice:
                    yield f"voice {voice.name}"
                yield from _voices(inner)
            case ListBlock(entries=entries):
                for entry in entries:
                    yield from _voices(entry.blocks)


def _words(paragraph: Paragraph | None) -> str:
    return _joined(paragraph.sentences) if paragraph else ""
