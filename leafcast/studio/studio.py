"""What the studio knows of the practice it serves: its folder, and the work under way.

A part is imported and made when it is first asked for: the first page waits for none of them.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from threading import Event, Lock, RLock
from typing import TYPE_CHECKING, Any, Final, TypeVar

from leafcast.document.errors import LeafcastError
from leafcast.practice.project import PRACTICE_FILE, Project, load_project, shipped_folder
from leafcast.studio.tidying import tidy

if TYPE_CHECKING:
    from leafcast.document.artifact import Manifest
    from leafcast.studio.articles import Articles
    from leafcast.studio.entries import Entry
    from leafcast.studio.hearing import Speaker
    from leafcast.studio.judging import Judge
    from leafcast.studio.making import Maker
    from leafcast.studio.seeing import Viewer
    from leafcast.studio.versions import Versions

T = TypeVar("T")
ENDED: Final = ("viewer", "speaker", "quick_speaker", "judge")
"""Parts that have a process of their own, which ends with the studio."""


class NotThere(LeafcastError):
    """What was asked for is not there (any more)."""


class part(cached_property[T]):
    """A part of the studio, made once, whichever of its threads asks first."""

    def __get__(self, studio: Any, owner: type[Any] | None = None) -> T:  # type: ignore[override]
        """See cached_property, whose value is found before this is asked."""
        with studio.making:
            made: T = super().__get__(studio, owner)
        return made


class Studio:
    """One practice's studio.

    `writing` is held while files of hers are written. `read` is set once every article was read
    since the studio was opened.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.writing = RLock()
        self.making = RLock()
        self.read = Event()
        self._beginning = Lock()
        self._began = False

    @part
    def articles(self) -> Articles:
        """Its articles."""
        from leafcast.studio.articles import Articles

        return Articles()

    @part
    def maker(self) -> Maker:
        """What makes them."""
        from leafcast.studio.making import Maker

        return Maker(self.folder)

    @part
    def viewer(self) -> Viewer:
        """What makes pictures of them."""
        from leafcast.studio.seeing import Viewer

        return Viewer(self.folder)

    @part
    def speaker(self) -> Speaker:
        """What says a sentence as a build does."""
        from leafcast.studio.hearing import Speaker

        return Speaker(self.folder)

    @part
    def quick_speaker(self) -> Speaker:
        """What says it at once."""
        from leafcast.studio.hearing import Speaker

        return Speaker(self.folder, quick=True)

    @part
    def judge(self) -> Judge:
        """What listens to her readings."""
        from leafcast.studio.judging import Judge

        return Judge(self.folder)

    @part
    def versions(self) -> Versions:
        """What there was."""
        from leafcast.studio.versions import Versions

        return Versions(self.folder)

    @property
    def begun(self) -> bool:
        """Whether there are answers to the first questions."""
        return (self.folder / PRACTICE_FILE).is_file()

    @property
    def project(self) -> Project:
        """The practice as its files say. Raises SettingsError where they cannot be used."""
        return load_project(self.folder)

    @property
    def manifest(self) -> Manifest:
        """What was made of its articles."""
        from leafcast.build.journal import manifest_of

        return manifest_of(self.project)

    @property
    def templates(self) -> Path:
        """Where the studio's own templates are: the program's, whatever the practice has."""
        return shipped_folder() / "templates" / "studio"

    def path(self, slug: str) -> Path:
        """The file of an article. Raises NotThere."""
        path = self.articles.find(self.project, slug)
        if path is None:
            raise NotThere("This article is not there any more", "Go back to My articles")
        return path

    def entry(self, slug: str) -> Entry:
        """An article as it stands. Raises NotThere."""
        return self.articles.entry(self.project, self.path(slug), self.manifest)

    def title(self, slug: str) -> str:
        """The title of an article that is there, or was."""
        path = self.articles.find(self.project, slug)
        article = self.articles.read(self.project, path).article if path else None
        return article.title if article else slug.replace("-", " ").capitalize()

    def title_in(self, slug: str, number: int) -> str:
        """The title of an article in one of its versions."""
        from leafcast.studio.differing import article_in

        version = self.versions.find(number)
        text = self.versions.text(version, slug) if version else None
        article = article_in(self.project, text, slug)
        return article.title if article else slug.replace("-", " ").capitalize()

    def begin(self) -> None:
        """Keep what there is, once, so that there is a way back to it; nothing that is sent is
        answered before. A full disk is told later.
        """
        with self._beginning:
            if self.begun and not self._began:
                with suppress(OSError):
                    self.versions.begin()
            self._began = True

    def entries(self) -> tuple[Entry, ...]:
        """Every article, by its title, and how it stands."""
        entries = self.articles.entries(self.project)
        self.read.set()
        return entries

    def warm(self) -> None:
        """Read every article, make ready what the first picture would wait for, and tidy up."""
        with suppress(LeafcastError, OSError):  # told where they are shown
            self.entries()
        self.viewer.warm()
        with suppress(OSError):
            self.versions.thin()
            tidy(self.folder)

    def close(self) -> None:
        """End what is under way; nothing is lost."""
        self.maker.close()
        for name in ENDED:
            if name in vars(self):
                getattr(self, name).close()
