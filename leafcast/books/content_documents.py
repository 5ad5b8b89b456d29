"""The pages of an EPUB: its words, its contents, its overlays and how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from leafcast.books.chapters import CLOSING, Chapter
from leafcast.books.contents import files_of_ids, reach_by_call, words_of
from leafcast.books.overlay import clock, groups
from leafcast.design.own_pictures import on_screen, own_picture
from leafcast.design.palette import look_of
from leafcast.document.publication import Publication
from leafcast.locale.language import language_of
from leafcast.markup.contact import feedback
from leafcast.markup.html import Picture, Screen, note_calls, render
from leafcast.page.palette import by_day, by_night
from leafcast.practice.project import Project

ACTIVE: Final = "-epub-media-overlay-active"
"""The class of what is heard (media:active-class)."""
PLAYING: Final = "-epub-media-overlay-playing"
"""The class of the page while it is heard (media:playback-active-class)."""


@dataclass(frozen=True, slots=True)
class Told:
    """A chapter, the stem of its files' names, and the address of its sound."""

    chapter: Chapter
    stem: str
    sound: str

    @property
    def words(self) -> str:
        """The name of its XHTML file."""
        return f"{self.stem}.xhtml"

    @property
    def overlay(self) -> str:
        """The id of its overlay; "" where nothing of it is heard."""
        return f"overlay-{self.stem}" if self.chapter.clips else ""


def logo_of(project: Project) -> tuple[str, bytes] | tuple[()]:
    """The practice's logo as a book holds it: its name and what is in it; or ()."""
    logo = own_picture(project, "logo")
    if logo is None:
        return ()
    content, ending = on_screen(project, logo)
    return f"logo{ending}", content


@dataclass(frozen=True, slots=True)
class Screens:
    """What all pages of a book share. `breaks` are the pages of the A4 leaflet by the ids of the
    blocks they begin with; `lexicon` is PLS, or "".
    """

    publication: Publication
    told: tuple[Told, ...]
    breaks: Mapping[str, str]
    lexicon: str

    def words(self, told: Told, pictures: Mapping[str, Picture]) -> str:
        """A chapter as XHTML."""
        article = self.publication.article
        screen = Screen(
            pictures=pictures,
            files=self._files(),
            calls=note_calls(article),
            pages=self.breaks,
            epub=True,
        )
        return self._render(
            "chapter.xhtml",
            chapter=told.chapter,
            words=words_of(article, told.chapter),
            screen=screen,
            closing=CLOSING,
            reach=reach_by_call,
            feedback=feedback,
            lexicon=bool(self.lexicon),
            logo=next(iter(logo_of(self.publication.project)), ""),
        )

    def nav(self) -> str:
        """The contents, the pages and the landmarks."""
        files = self._files()
        pages = {page: f"{files[id]}#_page-{page}" for id, page in self.breaks.items()}
        return self._render("nav.xhtml", told=self.told, files=files, pages=pages)

    def overlay(self, told: Told) -> str:
        """A chapter's media overlay."""
        words = words_of(self.publication.article, told.chapter)
        inner = tuple(groups(words, told.chapter.clips))
        return self._render("overlay.smil", told=told, groups=inner, clock=clock)

    def style(self) -> str:
        """The stylesheet, in the practice's colours."""
        look = look_of(self.publication.project.practice, self.publication.article)
        colours = {"day": by_day(look), "night": by_night(look)}
        return self._render("book.css", **colours, active=ACTIVE, playing=PLAYING)

    def _files(self) -> dict[str, str]:
        chapters = tuple((told.words, told.chapter) for told in self.told)
        files = files_of_ids(self.publication.article, chapters)
        return {**files, CLOSING: self.told[-1].words}

    def _render(self, template: str, **values: object) -> str:
        project, article = self.publication.project, self.publication.article
        shared = {"article": article, "practice": project.practice}
        language = language_of(article.language)
        return render(
            project, f"epub/{template}.j2", language, article.language, **shared, **values
        )
