"""EPUB 3.3 with media overlays by sentence, and what EPUB Accessibility 1.1 asks for.

One XHTML file a chapter, each with its own overlay; the sound is that of the published sections.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from leafcast.books.accessibility import access_of, book_id, narrator
from leafcast.books.chapters import chapters_of
from leafcast.books.container import zipped
from leafcast.books.content_documents import ACTIVE, PLAYING, Screens, Told, logo_of
from leafcast.books.contents import KINDS, narration_of, pictures_of
from leafcast.books.overlay import clock
from leafcast.books.page_list import page_breaks
from leafcast.design.cover_art import cover_of
from leafcast.design.pictures import picture_size
from leafcast.document.article import article_sentences
from leafcast.document.publication import Publication
from leafcast.locale.language import language_of
from leafcast.markup.html import Picture, render
from leafcast.narration.lexicon import Lexicon, read_lexicon
from leafcast.narration.pls import write_pls
from leafcast.narration.section_sounds import section_sounds
from leafcast.page.media import media_type
from leafcast.state.cache import write_beside

FOLDER: Final = "EPUB"
COVER_HIGH: Final = 1600
"""Pixels: what shelves and shops show."""
XHTML: Final = "application/xhtml+xml"
SMIL: Final = "application/smil+xml"
CONTAINER: Final = b"""\
<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the book as its manifest names it; `overlay` is the id of its overlay's entry."""

    id: str
    href: str
    kind: str
    content: bytes
    properties: str = ""
    overlay: str = ""


def write_epub(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """`<slug>.epub`. Raises SoundError when there is no narration to put into it."""
    path = folder / f"{publication.article.slug}.epub"
    screens = _screens(publication)
    entries = tuple(_entries(publication, screens))
    files = [
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        (f"{FOLDER}/package.opf", _package(screens, entries).encode()),
        *((f"{FOLDER}/{entry.href}", entry.content) for entry in entries),
    ]
    write_beside(path, zipped(files, publication.article.published, stored=("mimetype",)))
    return (path,)


def _screens(publication: Publication) -> Screens:
    narration = narration_of(publication)
    footnotes = publication.project.practice.sound.footnotes
    told = tuple(
        Told(chapter, f"{number:02}-{chapter.kind}", f"audio/{chapter.passage:02}.mp3")
        for number, chapter in enumerate(
            chapters_of(publication.article, narration, footnotes, announced=False)
        )
    )
    breaks = page_breaks(publication.article, publication.offered("a4", "-a4.pdf"))
    return Screens(publication, told, breaks, lexicon=_lexicon(publication))


def _lexicon(publication: Publication) -> str:
    """The lexicon's words that the article has, as PLS; "" where there are none."""
    article, lexicon = publication.article, read_lexicon(publication.project)
    text = " ".join(sentence.text for sentence in article_sentences(article))
    words, sounds = (
        tuple(pair for pair in pairs if re.search(rf"(?<!\w){re.escape(pair[0])}(?!\w)", text))
        for pairs in (lexicon.words, lexicon.ipa)
    )
    return write_pls(Lexicon(words, sounds), article.language) if words or sounds else ""


def _entries(publication: Publication, screens: Screens) -> Iterator[Entry]:
    """Every file that the manifest names."""
    pictures = dict(_pictures(publication))
    sizes = {path: picture_size(entry.content) for path, entry in pictures.items()}
    shown = {path: Picture(entry.href, *sizes[path]) for path, entry in pictures.items()}
    yield Entry("nav", "nav.xhtml", XHTML, screens.nav().encode(), "nav")
    for told in screens.told:
        words = screens.words(told, shown).encode()
        yield Entry(f"words-{told.stem}", told.words, XHTML, words, "", told.overlay)
        if told.overlay:
            yield Entry(told.overlay, f"{told.stem}.smil", SMIL, screens.overlay(told).encode())
    yield Entry("style", "book.css", "text/css", screens.style().encode())
    if screens.lexicon:
        yield Entry("lexicon", "lexicon.pls", "application/pls+xml", screens.lexicon.encode())
    yield Entry("cover", "cover.png", "image/png", _cover(publication), "cover-image")
    if logo := logo_of(publication.project):
        name, content = logo
        yield Entry("logo", name, media_type(Path(name)), content)
    yield from pictures.values()
    for number, sound in enumerate(section_sounds(publication), 1):
        yield Entry(f"sound-{number:02}", f"audio/{number:02}.mp3", "audio/mpeg", sound)


def _cover(publication: Publication) -> bytes:
    """The booklet's first page as a picture; the episode's cover where there is no booklet."""
    from PIL import Image

    from leafcast.print.pictures import as_png, render_pages

    booklet = publication.offered("booklet", "-booklet.pdf")
    if booklet:
        (page,) = render_pages(booklet, (0,), COVER_HIGH)
        return as_png(page)
    with Image.open(io.BytesIO(cover_of(publication).published)) as square:
        return as_png(square.convert("RGB"))


def _pictures(publication: Publication) -> Iterator[tuple[str, Entry]]:
    for number, (path, kind, content) in enumerate(pictures_of(publication), 1):
        name = f"picture-{number:02}"
        yield path, Entry(name, f"pictures/{name}{KINDS[kind]}", kind, content)


# ---------------------------------------------------------------- the package


def _package(screens: Screens, entries: tuple[Entry, ...]) -> str:
    publication = screens.publication
    chapters = [told.chapter for told in screens.told]
    durations = {told.overlay: clock(told.chapter.length) for told in screens.told if told.overlay}
    return render(
        publication.project,
        "epub/package.opf.j2",
        language_of(publication.article.language),
        article=publication.article,
        practice=publication.project.practice,
        identifier=book_id(publication),
        modified=f"{publication.article.published.isoformat()}T00:00:00Z",
        durations=durations,
        total=clock(sum(chapter.length for chapter in chapters)),
        narrator=narrator(narration_of(publication)),
        access=access_of(publication, paged=bool(screens.breaks), lexicon=bool(screens.lexicon)),
        pages=_page_source(publication) if screens.breaks else "",
        active=ACTIVE,
        playing=PLAYING,
        entries=entries,
        spine=[f"words-{told.stem}" for told in screens.told],
    )


def _page_source(publication: Publication) -> str:
    """What the page numbers are those of (EPUB Accessibility 1.1, 4.3.2)."""
    slug = publication.article.slug
    address = publication.project.practice.address(slug)
    return f"{address}/{slug}-a4.pdf" if address else f"{slug}-a4.pdf"
