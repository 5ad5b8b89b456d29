"""What the studio knows of the practice it serves: its folder, and the work under way."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock, Thread

from leafcast.build.journal import manifest_of
from leafcast.document.errors import LeafcastError
from leafcast.practice.project import PRACTICE_FILE, Project, load_project, shipped_folder
from leafcast.studio.articles import Articles, Entry
from leafcast.studio.differing import article_in
from leafcast.studio.hearing import Speaker
from leafcast.studio.judging import Judge
from leafcast.studio.making import Maker
from leafcast.studio.seeing import Viewer
from leafcast.studio.tidying import tidy
from leafcast.studio.versions import Versions


class NotThere(LeafcastError):
    """What was asked for is not there (any more)."""


@dataclass(slots=True)
class Studio:
    """One practice's studio. `writing` is held while files of hers are written."""

    folder: Path
    articles: Articles = field(default_factory=Articles)
    writing: RLock = field(default_factory=RLock)
    maker: Maker = field(init=False)
    viewer: Viewer = field(init=False)
    speaker: Speaker = field(init=False)
    quick_speaker: Speaker = field(init=False)
    judge: Judge = field(init=False)
    versions: Versions = field(init=False)

    def __post_init__(self) -> None:
        self.maker = Maker(self.folder)
        self.viewer = Viewer(self.folder)
        self.speaker = Speaker(self.folder)
        self.quick_speaker = Speaker(self.folder, quick=True)
        self.judge = Judge(self.folder)
        self.versions = Versions(self.folder)

    @property
    def begun(self) -> bool:
        """Whether there are answers to the first questions."""
        return (self.folder / PRACTICE_FILE).is_file()

    @property
    def project(self) -> Project:
        """The practice as its files say. Raises SettingsError where they cannot be used."""
        return load_project(self.folder)

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
        project = self.project
        return self.articles.entry(project, self.path(slug), manifest_of(project))

    def title(self, slug: str) -> str:
        """The title of an article that is there, or was."""
        path = self.articles.find(self.project, slug)
        article = self.articles.read(self.project, path).article if path else None
        return article.title if article else slug.replace("-", " ").capitalize()

    def title_in(self, slug: str, number: int) -> str:
        """The title of an article in one of its versions."""
        version = self.versions.find(number)
        text = self.versions.text(version, slug) if version else None
        article = article_in(self.project, text, slug)
        return article.title if article else slug.replace("-", " ").capitalize()

    def begin(self) -> None:
        """Keep what there is, so that there is a way back to it; a full disk is told later."""
        if self.begun:
            with suppress(OSError):
                self.versions.begin()

    def warm(self) -> None:
        """Make ready what the first page and the first picture would wait for."""
        self.viewer.warm()
        Thread(target=self._read_all, daemon=True).start()

    def _read_all(self) -> None:
        with suppress(LeafcastError, OSError):  # told where they are shown
            self.articles.entries(self.project)
            self.versions.thin()
            tidy(self.folder)

    def close(self) -> None:
        """End what is under way; nothing is lost."""
        self.maker.close()
        self.viewer.close()
        self.speaker.close()
        self.quick_speaker.close()
        self.judge.close()
