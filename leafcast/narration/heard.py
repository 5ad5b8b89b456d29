"""The article as it is heard: the owner's `say:` marks heeded, those for the leaflet left out.

Everything that tells the article, and everything that is held against what is told, starts here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from leafcast.document.article import (
    Article,
    Block,
    ListBlock,
    Quote,
    SayMark,
    Section,
    walk_sections,
    with_called_notes,
)


def as_heard(article: Article) -> Article:
    """The article with the words that are heard: a section's own, or those of its mark.

    A section that is skipped keeps its heading and its mark, and has nothing under it. Notes that
    nothing calls any more are left out; the others keep their numbers.
    """
    heard = replace(
        article,
        leaflet=None,
        introduction=_blocks(article.introduction, article.say),
        sections=tuple(_section(section) for section in article.sections),
    )
    return with_called_notes(heard) if _has_marks(article) else heard


def as_printed(article: Article) -> Article:
    """The article without what is only for listeners, for what is never heard."""
    return replace(
        article,
        say=None,
        voice=None,
        narrator=None,
        introduction=_unvoiced(article.introduction),
        sections=tuple(map(_section_as_printed, article.sections)),
        call_to_action=_unvoiced(article.call_to_action),
        notes=tuple(replace(note, blocks=_unvoiced(note.blocks)) for note in article.notes),
    )


def _section(section: Section) -> Section:
    if section.say:
        blocks = _blocks(section.blocks, section.say)
        return replace(section, leaflet=None, blocks=blocks, sections=())
    return replace(section, leaflet=None, sections=tuple(map(_section, section.sections)))


def _blocks(blocks: tuple[Block, ...], say: SayMark | None) -> tuple[Block, ...]:
    if say is None:
        return blocks
    return (say.words,) if say.words else ()


def _has_marks(article: Article) -> bool:
    return bool(article.say) or any(section.say for section in walk_sections(article.sections))


def _section_as_printed(section: Section) -> Section:
    return replace(
        section,
        say=None,
        voice=None,
        blocks=_unvoiced(section.blocks),
        sections=tuple(map(_section_as_printed, section.sections)),
    )


def _unvoiced(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(map(_unvoiced_block, blocks))


def _unvoiced_block(block: Block) -> Block:
    match block:
        case Quote(blocks=inside):
            return replace(block, voice=None, blocks=_unvoiced(inside))
        case ListBlock(entries=entries):
            return replace(
                block,
                entries=tuple(replace(each, blocks=_unvoiced(each.blocks)) for each in entries),
            )
        case _:
            return block
