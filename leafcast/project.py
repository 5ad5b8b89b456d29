"""The practice's folder: practice.toml and its neighbours, as frozen settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

PACKAGE = Path(__file__).parent
CHECKOUT = PACKAGE.parent


@dataclass(frozen=True, slots=True)
class Contact:
    """How a reader gets in touch. Empty strings are not shown; nothing is made up."""

    invitation: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Credential:
    """A membership or qualification, and the date after which it must not be shown."""

    name: str
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """Somewhere to turn in a crisis: for whom or what, and what to do."""

    name: str
    how: str


@dataclass(frozen=True, slots=True)
class Look:
    """Colours as #RRGGBB (see templates/shared) and the house fonts' family names."""

    accent: str = "#1F5A5E"
    ink: str = "#1E2A2B"
    paper: str = "#FBF7F0"
    panel: str = "#DCE9E6"
    font: str = "Atkinson Hyperlegible"


@dataclass(frozen=True, slots=True)
class Sound:
    """How the narration is made: the voice's name in voices.toml and the level."""

    voice: str = "kokoro"
    target_lufs: float = -16.0
    peak_dbtp: float = -1.0
    announce_sections: bool = True
    bitrate_kbps: int = 96


@dataclass(frozen=True, slots=True)
class Practice:
    """Everything practice.toml says."""

    name: str
    website: str
    description: str = ""
    feedback: str = ""
    contact: Contact = Contact()
    credentials: tuple[Credential, ...] = ()
    crisis: tuple[CrisisLine, ...] = ()
    review_months: int = 36
    look: Look = Look()
    sound: Sound = Sound()

    def address(self, slug: str) -> str:
        """The web address of the article `slug`, where its page and sound will be found."""
        return f"{self.website.rstrip('/')}/{slug}"

    def short_address(self, slug: str) -> str:
        """The same address as a person would type it: no scheme, no `www.`."""
        return self.address(slug).split("://", 1)[-1].removeprefix("www.")


@dataclass(frozen=True, slots=True)
class Project:
    """A practice's folder and its settings.

    `data` are the folders in which templates/ and audio/ are looked up, nearest first: the
    project itself, then what leafcast brings along.
    """

    folder: Path
    practice: Practice
    data: tuple[Path, ...] = field(default=())

    @property
    def source(self) -> Path:
        """Where the articles and pictures are."""
        return self.folder / "source"

    @property
    def dist(self) -> Path:
        """Where the publication goes."""
        return self.folder / "dist"

    @property
    def audio(self) -> Path:
        """The sound workshop: section masters one can listen to."""
        return self.folder / "audio"

    @property
    def work(self) -> Path:
        """leafcast's own folder: the cache, staging, the lock."""
        return self.folder / ".leafcast"

    def find(self, relative: str) -> Path:
        """The nearest file or folder called `relative`, such as `templates/leaflet/base.css`.

        Raises FileNotFoundError when neither the project nor leafcast has it.
        """
        for folder in self.data:
            path = folder / relative
            if path.exists():
                return path
        raise FileNotFoundError(relative)
