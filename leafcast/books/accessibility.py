"""What a book says of its accessibility: EPUB Accessibility 1.1, in schema.org's words.

It says what is true of this book: a picture without words, or a section that is not read aloud,
takes away the claim that rests on it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from leafcast.document.article import Figure, article_blocks, article_sentences
from leafcast.document.publication import Publication
from leafcast.locale.language import language_of, marked
from leafcast.narration.model import Narration

CONFORMS_TO = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
"""The exact words of EPUB Accessibility 1.1, 4.2.2; written only when somebody vouches for them."""


@dataclass(frozen=True, slots=True)
class Access:
    """`modes` and `sufficient` are schema.org's accessMode and accessModeSufficient."""

    modes: tuple[str, ...]
    sufficient: tuple[str, ...]
    features: tuple[str, ...]
    summary: str
    assessor: str
    conforms_to: str = CONFORMS_TO


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides the claims. `whole` says whether every sentence is read aloud."""

    pictures: bool
    described: bool
    whole: bool
    paged: bool
    lexicon: bool


def access_of(publication: Publication, *, paged: bool, lexicon: bool) -> Access:
    """What is true of the book; `paged` says whether it has a page list."""
    language = language_of(publication.article.language)
    figures = [each for each in article_blocks(publication.article) if isinstance(each, Figure)]
    cues = publication.narration.cues if publication.narration else ()
    heard = {cue.sentence_id for cue in cues}
    facts = Facts(
        pictures=bool(figures),
        described=all(figure.alt for figure in figures),
        whole=all(sentence.id in heard for sentence in article_sentences(publication.article)),
        paged=paged,
        lexicon=lexicon,
    )
    return Access(
        modes=("textual", "auditory", *(("visual",) if figures else ())),
        sufficient=tuple(_sufficient(facts)),
        features=tuple(_features(facts)),
        summary=" ".join(map(language.gettext, _summary(facts))),
        assessor=publication.project.practice.epub.assessor,
    )


def _sufficient(facts: Facts) -> Iterator[str]:
    """Sound alone is enough where all is said; a picture is not said with the sentences."""
    if facts.described:
        yield "textual"
    if facts.whole and not facts.pictures:
        yield "auditory"
    yield "textual,visual" if facts.pictures else "textual,auditory"


def _features(facts: Facts) -> Iterator[str]:
    yield from ("tableOfContents", "structuralNavigation", "readingOrder", "synchronizedAudioText")
    yield from ("displayTransformability", "ARIA", "unlocked")
    if facts.pictures and facts.described:
        yield "alternativeText"
    if facts.paged:
        yield from ("pageBreakMarkers", "pageNavigation")
    if facts.lexicon:
        yield "ttsMarkup"


def _summary(facts: Facts) -> Iterator[str]:
    if facts.whole:
        yield marked("Every sentence is read aloud, and shown while it is heard.")
    else:
        yield marked(
            "Most of the words are read aloud, and each sentence is shown while it is heard."
        )
    yield marked(
        "Headings, a table of contents and the order of reading are marked for assistive "
        "technology, and the text takes the size, typeface and colours that the reader chooses."
    )
    if facts.pictures and facts.described:
        yield marked("Every picture is described in words.")
    elif facts.pictures:
        yield marked("Not every picture is described in words.")
    if facts.paged:
        yield marked("The page numbers are those of the A4 leaflet.")
    yield marked("Nothing flashes, moves by itself or makes a sudden noise.")


def narrator(narration: Narration) -> str:
    """Who reads aloud."""
    if not narration.synthetic:
        return narration.voice
    told = language_of(narration.language).gettext("Synthetic voice ({name})")
    return told.format(name=narration.voice)


def book_id(publication: Publication) -> uuid.UUID:
    """The book's identifier: see `Practice.identifier`."""
    return publication.project.practice.identifier(publication.article.slug)
