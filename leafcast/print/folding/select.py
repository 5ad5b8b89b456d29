"""What a short leaflet has of an article: by the owner's marks, or else by a proposal.

The proposal keeps the introduction, the last section, the closing words and whatever is marked
`keep`; then, from the first section to the last, each that still fits. Where the last section alone
is too much, as one with a long table is, it is left out like any other. A section is kept whole or
left out whole; nothing is ever split or rewritten.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from leafcast.document.article import (
    Article,
    Block,
    Section,
    Sentence,
    article_sentences,
    block_sentences,
    section_sentences,
    walk_blocks,
    walk_sections,
    with_called_notes,
)
from leafcast.print.folding.pack import Piece, Room, fits, words_over


def as_marked(article: Article) -> Article:
    """The article as its marks ask for it: without what is dropped, shorter where it is shorter."""
    introduction: tuple[Block, ...] = article.introduction
    if article.leaflet and article.leaflet.choice != "keep":
        introduction = (article.leaflet.shorter,) if article.leaflet.shorter else ()
    sections = tuple(_sections_as_marked(article.sections))
    return with_called_notes(replace(article, introduction=introduction, sections=sections))


def _sections_as_marked(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        mark = section.leaflet
        if mark and mark.shorter:
            yield replace(section, blocks=(mark.shorter,), sections=())
        elif not mark or mark.choice == "keep":
            yield replace(section, sections=tuple(_sections_as_marked(section.sections)))


def is_owners_cut(article: Article) -> bool:
    """Whether the owner leaves something out or shortens it; to keep alone cuts nothing."""
    marks = [article.leaflet, *(section.leaflet for section in walk_sections(article.sections))]
    return any(mark and mark.choice != "keep" for mark in marks)


def with_sections(article: Article, ids: Collection[str]) -> Article:
    """The article with the sections `ids` alone, in its own order."""
    sections = tuple(section for section in article.sections if section.id in ids)
    return with_called_notes(replace(article, sections=sections))


# ---------------------------------------------------------------- what fits


def pieces_of(article: Article, pieces: Iterable[Piece]) -> list[Piece]:
    """Those of `pieces`, measured with more sections and notes, that stand in `article`."""
    owners = {"_introduction", "_ending", *(section.id for section in article.sections)}
    if article.notes:
        owners |= {"_notes", *(note.id for note in article.notes)}
    return [piece for piece in pieces if piece.owner in owners]


def reserved(article: Article) -> tuple[str, ...]:
    """The sections a proposal never leaves out: those the owner keeps, and the last."""
    return (*kept_by_owner(article), *(section.id for section in article.sections[-1:]))


def kept_by_owner(article: Article) -> tuple[str, ...]:
    """The sections that the owner keeps."""
    return tuple(section.id for section in article.sections if section.leaflet)


def within_reach(article: Article, most_words: int) -> Article:
    """The article without the sections that begin when `most_words` are past, but with the reserved
    ones. They have no room in any case, and an article of any length is measured in no time.
    """
    words, kept = introduction_words(article), list(reserved(article))
    for section in article.sections:
        words += section_words(section)
        if words > most_words:
            break
        kept.append(section.id)
    return with_sections(article, kept)


def propose(article: Article, pieces: Sequence[Piece], room: Room) -> Article | None:
    """The article with as many sections as fit, by the rule above; None where not even what must
    be kept does, or no words would be left.
    """
    kept = next(
        (
            set(least)
            for least in (reserved(article), kept_by_owner(article))
            if fits(pieces_of(with_sections(article, least), pieces), room)
        ),
        None,
    )
    if kept is None:
        return None
    for section in article.sections:
        longer = with_sections(article, {*kept, section.id})
        if fits(pieces_of(longer, pieces), room):
            kept.add(section.id)
    proposed = with_sections(article, kept)
    return proposed if proposed.introduction or proposed.sections else None


@dataclass(frozen=True, slots=True)
class Over:
    """How many words are too many, and the fewest sections without which the rest would fit; none
    where no section helps.
    """

    words: int
    enough: tuple[Section, ...] = ()


def how_far_over(article: Article, measured: Article, pieces: Sequence[Piece], room: Room) -> Over:
    """What is too much in `article`, of which `measured` is all that was within reach."""
    far = tuple(section for section in article.sections if section not in measured.sections)
    over = words_over(pieces_of(measured, pieces), room) + sum(map(section_words, far))
    near = _enough(measured, pieces, room)
    if near is None:
        return Over(over)
    return Over(over, tuple(s for s in article.sections if s in far or s in near))


def _enough(article: Article, pieces: Sequence[Piece], room: Room) -> tuple[Section, ...] | None:
    """The fewest sections whose loss makes the rest fit, and the last of them as short as will do;
    None where none helps. Those the owner wants to keep are named only where it must be.
    """
    in_turn = sorted(article.sections, key=lambda s: (bool(s.leaflet), -section_words(s)))
    for count in range(len(in_turn) + 1):
        gone, rest = in_turn[:count], in_turn[count:]
        if _fits_without(article, gone, pieces, room):
            for last in sorted((*gone[-1:], *rest), key=section_words):
                shortest = [*gone[:-1], last]
                if not last.leaflet and _fits_without(article, shortest, pieces, room):
                    gone = shortest
                    break
            return _needed(article, gone, pieces, room)
    return None


def _needed(
    article: Article, gone: Sequence[Section], pieces: Sequence[Piece], room: Room
) -> tuple[Section, ...]:
    """Those of `gone` that cannot stay, where the others go."""
    needed = list(gone)
    for section in reversed(gone):
        others = [other for other in needed if other is not section]
        if _fits_without(article, others, pieces, room):
            needed = others
    return tuple(needed)


def _fits_without(
    article: Article, gone: Collection[Section], pieces: Sequence[Piece], room: Room
) -> bool:
    rest = with_sections(article, {s.id for s in article.sections if s not in gone})
    return fits(pieces_of(rest, pieces), room)


# ---------------------------------------------------------------- words


def words_of(sentences: Iterable[Sentence]) -> int:
    """How many words there are in `sentences`."""
    return sum(len(sentence.text.split()) for sentence in sentences)


def article_words(article: Article) -> int:
    """How many words an article has."""
    return words_of(article_sentences(article))


def section_words(section: Section) -> int:
    """How many words a section has, its heading among them."""
    return words_of(section_sentences(section))


def introduction_words(article: Article) -> int:
    """How many words stand before the first heading."""
    return words_of(s for b in walk_blocks(article.introduction) for s in block_sentences(b))
