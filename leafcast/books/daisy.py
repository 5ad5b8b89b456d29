"""DAISY 2.02: a talking book with full text and full sound, a sentence a clip.

One text, one SMIL file and one MP3 for each part of the narration, and the navigation control
centre that players read first. All of the sound is in the clips: a player may have no screen,
and needs “Row 2” and “There are four points” where a reader of the text sees them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from leafcast import __version__
from leafcast.books.accessibility import book_id, narrator
from leafcast.books.chapters import CLOSING, Chapter, chapters_of
from leafcast.books.clips import Clip
from leafcast.books.container import zipped
from leafcast.books.contents import (
    KINDS,
    narration_of,
    pictures_of,
    reach_by_call,
    words_of,
)
from leafcast.design.palette import look_of
from leafcast.document.article import Section
from leafcast.document.publication import Publication
from leafcast.locale.language import language_of
from leafcast.markup.contact import feedback
from leafcast.markup.html import render
from leafcast.narration.section_sounds import section_sounds
from leafcast.page.palette import by_day
from leafcast.state.cache import write_beside

NCC: Final = "ncc.html"
TEXT: Final = "text.html"
GENERATOR: Final = f"leafcast {__version__}"
KIBIBYTE: Final = 1024


@dataclass(frozen=True, slots=True)
class Part:
    """One SMIL file with its sound: the chapters that are heard in it, and its clips."""

    number: int
    title: str
    clips: tuple[Clip, ...]

    @property
    def name(self) -> str:
        """The file's name, in letters that every disk and player knows."""
        return f"{self.number:04}.smil"

    @property
    def sound(self) -> str:
        """The name of its sound."""
        return f"{self.number:04}.mp3"

    @property
    def length(self) -> int:
        """Milliseconds."""
        return sum(clip.length for clip in self.clips)


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the navigation control centre: the words, and the `par` they lead to."""

    id: str
    level: int
    words: str
    smil: str
    par: str


def write_daisy(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """`<slug>-daisy.zip`. Raises SoundError when there is no narration to put into it."""
    article = publication.article
    path = folder / f"{article.slug}-daisy.zip"
    write_beside(path, zipped(_files(publication), article.published))
    return (path,)


def _files(publication: Publication) -> list[tuple[str, bytes]]:
    """Every file of the book, the navigation control centre first."""
    narration, practice = narration_of(publication), publication.project.practice
    footnotes = practice.sound.footnotes
    chapters = tuple(
        replace(each, section=_raised(each.section)) if each.section else each
        for each in chapters_of(publication.article, narration, footnotes, announced=True)
    )
    parts = tuple(_parts(chapters))
    desk = _Desk(publication)
    inside = [
        (TEXT, desk.text(chapters)),
        (
            "style.css",
            desk.render("style.css", palette=by_day(look_of(practice, publication.article))),
        ),
        ("master.smil", desk.master(parts)),
        *desk.smils(parts),
    ]
    sounds = zip((part.sound for part in parts), section_sounds(publication), strict=True)
    files = [*((name, text.encode()) for name, text in inside), *desk.pictures, *sounds]
    return [(NCC, desk.ncc(chapters, parts, files).encode()), *files]


def _parts(chapters: tuple[Chapter, ...]) -> Iterator[Part]:
    """The clips of each sound, in their order; the last part has the ending's too."""
    for number in dict.fromkeys(chapter.passage for chapter in chapters):
        inside = [chapter for chapter in chapters if chapter.passage == number]
        named = next(
            (each for each in inside if each.kind in ("introduction", "section")), inside[0]
        )
        clips = tuple(clip for chapter in inside for clip in chapter.clips)
        yield Part(number, named.title, clips)


def _raised(section: Section, level: int = 1) -> Section:
    """A section with headings from level 1: in a talking book the title stands beside them."""
    return replace(
        section,
        heading=replace(section.heading, level=level),
        sections=tuple(_raised(inner, min(level + 1, 6)) for inner in section.sections),
    )


@dataclass(slots=True)
class _Desk:
    """Writes the files of one book."""

    publication: Publication
    shown: dict[str, str] = field(default_factory=dict)
    pictures: list[tuple[str, bytes]] = field(default_factory=list)

    def text(self, chapters: tuple[Chapter, ...]) -> str:
        """All of the words, in XHTML 1.0."""
        self._put_pictures()
        article = self.publication.article
        words = [(chapter, words_of(article, chapter)) for chapter in chapters]
        return self.render(
            "text.html",
            chapters=words,
            shown=self.shown,
            closing=CLOSING,
            reach=reach_by_call,
            feedback=feedback,
        )

    def _put_pictures(self) -> None:
        """Pictures by short names; a drawing is left out, for players know no SVG."""
        for path, kind, content in pictures_of(self.publication):
            if kind != "image/svg+xml":
                self.shown[path] = f"pic{len(self.shown) + 1:04}{KINDS[kind]}"
                self.pictures.append((self.shown[path], content))

    def smils(self, parts: tuple[Part, ...]) -> Iterator[tuple[str, str]]:
        """Each part's SMIL file. Its time is what it adds to the whole seconds before it."""
        before = 0
        for part in parts:
            after = before + part.length
            yield (
                part.name,
                self.render(
                    "section.smil",
                    title=part.title,
                    clips=part.clips,
                    length=part.length,
                    sound=part.sound,
                    elapsed=clock(seconds_of(before)),
                    lasts=clock(seconds_of(after) - seconds_of(before)),
                    seconds=seconds,
                ),
            )
            before = after

    def master(self, parts: tuple[Part, ...]) -> str:
        """The order of the SMIL files."""
        return self.render("master.smil", sections=parts, lasts=clock(seconds_of(total(parts))))

    def ncc(
        self,
        chapters: tuple[Chapter, ...],
        parts: tuple[Part, ...],
        files: list[tuple[str, bytes]],
    ) -> str:
        """The navigation control centre. It says how large the book is, itself included."""
        headings = tuple(_headings(chapters, parts))
        size = sum(len(content) for _, content in files)
        own = 0
        while True:
            metadata = self._metadata(headings, parts, (len(files) + 1, size + own))
            written = self.render("ncc.html", headings=headings, metadata=metadata)
            if len(written.encode()) == own:
                return written
            own = len(written.encode())

    def _metadata(
        self, headings: tuple[Heading, ...], parts: tuple[Part, ...], size: tuple[int, int]
    ) -> dict[str, str]:
        """What a player reads first (DAISY 2.02, 2.1.2), the required before the recommended."""
        article, practice = self.publication.article, self.publication.project.practice
        files, length = size
        return {
            "dc:title": article.title,
            "dc:creator": article.author,
            "dc:date": article.published.isoformat(),
            "dc:format": "Daisy 2.02",
            "dc:identifier": self.identifier,
            "dc:language": article.language,
            "dc:publisher": practice.name,
            "ncc:charset": "utf-8",
            "ncc:pageFront": "0",
            "ncc:pageNormal": "0",
            "ncc:pageSpecial": "0",
            "ncc:maxPageNormal": "0",
            "ncc:setInfo": "1 of 1",
            "ncc:tocItems": str(len(headings)),
            "ncc:totalTime": clock(seconds_of(total(parts))),
            **({"dc:source": address} if (address := practice.address(article.slug)) else {}),
            "dc:type": "text",
            "ncc:depth": str(max(heading.level for heading in headings)),
            "ncc:files": str(files),
            "ncc:footnotes": "0",
            "ncc:generator": GENERATOR,
            "ncc:kByteSize": str(-(-length // KIBIBYTE)),
            "ncc:multimediaType": "audioFullText",
            "ncc:narrator": narrator(narration_of(self.publication)),
            "ncc:prodNotes": "0",
            "ncc:producedDate": article.published.isoformat(),
            "ncc:producer": practice.name,
            "ncc:sidebars": "0",
        }

    @property
    def identifier(self) -> str:
        """The same as the EPUB's."""
        return f"urn:uuid:{book_id(self.publication)}"

    def render(self, template: str, **values: object) -> str:
        """One of the templates of talking books."""
        project = self.publication.project
        shared = {
            "article": self.publication.article,
            "practice": project.practice,
            "identifier": self.identifier,
            "generator": GENERATOR,
        }
        tag = self.publication.article.language
        return render(project, f"daisy/{template}.j2", language_of(tag), tag, **shared, **values)


def _headings(chapters: tuple[Chapter, ...], parts: tuple[Part, ...]) -> Iterator[Heading]:
    """Every heading; a chapter without one leads to the first that is heard of it."""
    smils = {part.number: part.name for part in parts}
    for chapter in chapters:
        smil = smils[chapter.passage]
        if chapter.section:
            yield from _section_headings(chapter.section, smil)
        elif chapter.clips:
            par = f"par_{chapter.clips[0].target}"
            yield Heading(f"h_{chapter.id}", 1, chapter.title, smil, par)


def _section_headings(section: Section, smil: str) -> Iterator[Heading]:
    heading = section.heading
    par = f"par_{heading.sentences[0].id}"
    yield Heading(f"h_{heading.id}", heading.level, heading.text, smil, par)
    for inner in section.sections:
        yield from _section_headings(inner, smil)


# ---------------------------------------------------------------- times


def total(parts: tuple[Part, ...]) -> int:
    """How long the book lasts, in milliseconds."""
    return sum(part.length for part in parts)


def seconds_of(milliseconds: int) -> int:
    """Whole seconds, as the specification recommends for metadata."""
    return (milliseconds + 500) // 1000


def clock(whole_seconds: int) -> str:
    """Hours, minutes and seconds: 00:06:34."""
    minutes, rest = divmod(whole_seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}"


def seconds(milliseconds: int) -> str:
    """Seconds with thousandths, as in npt=12.345s (SMIL 1.0, 4.2.3)."""
    return f"{milliseconds // 1000}.{milliseconds % 1000:03}"
