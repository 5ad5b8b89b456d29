"""The practice's folder: practice.toml and its neighbours, as frozen settings."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from math import log10
from pathlib import Path
from string import Formatter
from typing import Any, Final
from urllib.parse import quote, urlsplit

from leafcast.document.errors import SettingsError
from leafcast.practice import profiles
from leafcast.practice.settings import SettingsFile, build, check_keys, nearest, read_settings

PACKAGE = Path(__file__).parent.parent
CHECKOUT = PACKAGE.parent
PRACTICE_FILE = "source/practice.toml"
LEXICON_FILE = "audio/lexicon.toml"
PDF_STANDARDS = ("ua-1", "ua-2")
"""ua-1: PDF/UA-1 and PDF/A-3a; ua-2: PDF/UA-2, WTPDF 1.0 (accessibility) and PDF/A-4f."""
FOOTNOTES = ("end", "in place", "skipped")
"""Where footnotes are said: after the last section, where they are called, or not at all."""
LARGE_PRINT_PT = (16, 36)
"""UKAAF: large print begins at 16 point; beyond 36 a line holds too few words to read on."""
ANNOUNCED = {(word, "", None) for word in ("number", "count", "title")}
"""What an announcement may hold in braces, as `string.Formatter` takes it apart."""
BITRATES_KBPS = (64, 80, 96, 112, 128, 160, 192)


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
    """The practice's face: colours as #RRGGBB, fonts by family, pictures by path in source/.

    `look` is one of `LOOKS`, which says what the rest is where it is not given. `accent` is what
    all colours are made of (see `design/palette.py`); `second` and `panel` are made too where they
    are empty. `headline` is the family of titles, `font` that of the text. `logo_alt` says what
    the logo shows, `portrait_alt` the portrait.
    """

    accent: str = "#1F5A5E"
    second: str = ""
    look: str = "calm"
    ink: str = "#1E2A2B"
    paper: str = "#FBF7F0"
    panel: str = ""
    font: str = "Atkinson Hyperlegible Next"
    headline: str = "Literata"
    logo: str = ""
    logo_alt: str = ""
    portrait: str = ""
    portrait_alt: str = ""


LOOKS: Final[Mapping[str, Mapping[str, str]]] = {
    "calm": {},
    "warm": {"accent": "#7A402E", "paper": "#FCF4E8"},
    "plain": {"paper": "#FFFFFF", "headline": "Atkinson Hyperlegible Next"},
    "bold": {"accent": "#364D76", "second": "#E8A33D", "headline": "Atkinson Hyperlegible Next"},
}
"""Looks that are ready to use, each with the settings of [look] that make it."""
COLOUR_ROLES: Final = ("accent", "second", "ink", "paper", "panel")
MADE_IF_EMPTY: Final = ("second", "panel")


@dataclass(frozen=True, slots=True)
class Sound:
    """How the narration is made: the voice's name in voices.toml, the level, what is announced.

    `profile` is one of `PROFILES`: it says what the level and the form are unless they are given.
    `slower` says whether a slower edition is made too. `announcement` is said before each
    section, where it is not as usual; `footnotes` is one of `FOOTNOTES`.

    `bitrate_kbps` is the rate of the MP3 of the whole, which the podcast gives; `sections_kbps` of
    every other: the sections, the books and the page in one file that are made of them, and the
    slower reading.
    """

    voice: str = "kokoro"
    profile: str = profiles.USUAL
    target_lufs: float = -16.0
    peak_dbtp: float = -1.0
    announce_sections: bool = True
    announcement: str = ""
    announce_lists: bool = True
    footnotes: str = "end"
    bitrate_kbps: int = 96
    sections_kbps: int = 64
    channels: int = 1
    slower: bool = True

    @property
    def mono_lufs(self) -> float:
        """The loudness of one channel: two that say the same are 3 LU louder."""
        return self.target_lufs - 10 * log10(self.channels)

    @property
    def of_sections(self) -> Sound:
        """The same, its MP3s as sections and the slower reading have them."""
        return replace(self, bitrate_kbps=self.sections_kbps)


@dataclass(frozen=True, slots=True)
class Podcast:
    """What the feed says of itself; what is left empty is taken from [practice].

    `category` is one of Apple's, its inner one after `>`. `sections` adds a feed in which each
    section is an episode. `licence` is an SPDX name or a web address, such as CC-BY-NC-4.0.
    """

    title: str = ""
    description: str = ""
    category: str = "Health & Fitness > Mental Health"
    sections: bool = False
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Epub:
    """What the e-book says of itself: who vouches that it meets WCAG 2.2 AA, or nobody.

    Only a person can say that it does; without one it does not claim to conform.
    """

    assessor: str = ""


@dataclass(frozen=True, slots=True)
class Leaflet:
    """How the PDFs are made: the standard they conform to, one of `PDF_STANDARDS`.

    `print_shop` adds files for a print shop, in inks and with bleed, to the folded editions.
    `large_print` are its sizes in points, each a file; `high_contrast` says whether the first
    is also made in white and yellow on black, for screens.
    """

    pdf_standard: str = "ua-1"
    print_shop: bool = False
    large_print: tuple[int, ...] = (18, 24)
    high_contrast: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """Articles that belong together, by their slugs, in the order in which they are shown."""

    name: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """The owner's order on the library's page: `start_here` are slugs of articles, shown first."""

    start_here: tuple[str, ...] = ()
    topic: tuple[Topic, ...] = ()

    @property
    def topics(self) -> tuple[str, ...]:
        """The names of the topics."""
        return tuple(each.name for each in self.topic)

    @property
    def all_topical(self) -> tuple[str, ...]:
        """The slugs of all articles that have a topic, in their order."""
        return tuple(slug for each in self.topic for slug in each.articles)

    def topics_of(self, slug: str) -> tuple[int, ...]:
        """The numbers, from 1, of the topics that an article belongs to."""
        return tuple(at for at, each in enumerate(self.topic, 1) if slug in each.articles)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An article that is no longer to be used, and since when: its address, which stands in codes
    on paper, then says so. `instead` are slugs of articles that one may like.
    """

    article: str
    title: str
    on: date
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Practice:
    """Everything practice.toml says.

    `website` is the practice's, as it is printed and spoken. `published_at` is where what is made
    here lies, and where QR codes and the feed lead; it is the website where it is not given.
    """

    name: str
    website: str = ""
    published_at: str = ""
    description: str = ""
    feedback: str = ""
    contact: Contact = Contact()
    credentials: tuple[Credential, ...] = ()
    crisis: tuple[CrisisLine, ...] = ()
    review_months: int = 36
    look: Look = Look()
    sound: Sound = Sound()
    leaflet: Leaflet = Leaflet()
    podcast: Podcast = Podcast()
    epub: Epub = Epub()
    library: Library = Library()
    withdrawn: tuple[Withdrawn, ...] = ()

    def valid_credentials(self, day: date) -> tuple[str, ...]:
        """The names of the credentials that may be shown on `day`."""
        return tuple(c.name for c in self.credentials if not c.expires or c.expires >= day)

    def address(self, slug: str) -> str:
        """The web address of the article `slug`, where its page and sound will be found.

        It is "" where the practice has no place on the web.
        """
        return f"{self.published}/{slug}" if self.published else ""

    @property
    def published(self) -> str:
        """Where the publications lie on the web, without a closing slash; "" for nowhere."""
        return (self.published_at or self.website).rstrip("/")

    def identifier(self, slug: str) -> uuid.UUID:
        """What the article is known by in books, the same in every format: UUID 5 of its address,
        or, where it has none, of the practice's name and its own.
        """
        address = self.address(slug) or f"urn:leaflet:{quote(self.name)}:{quote(slug)}"
        return uuid.uuid5(uuid.NAMESPACE_URL, address)

    @property
    def short_website(self) -> str:
        """The website as a person would type it: no scheme, no `www.`, no closing slash."""
        return self.website.split("://", 1)[-1].removeprefix("www.").rstrip("/")

    def short_address(self, slug: str) -> str:
        """The same address as a person would type it: no scheme, no `www.`."""
        return self.address(slug).split("://", 1)[-1].removeprefix("www.")


@dataclass(frozen=True, slots=True)
class Project:
    """A practice's folder and its settings.

    `data` are the folders in which templates/ and audio/ are looked up, nearest first: the
    project itself, then what leafcast brings along. `jobs` is how much is worked on at a time.
    """

    folder: Path
    practice: Practice
    data: tuple[Path, ...] = field(default=())
    jobs: int = field(default=1, compare=False)

    def for_print_shop(self) -> Project:
        """This project, with files for a print shop whatever practice.toml says."""
        leaflet = replace(self.practice.leaflet, print_shop=True)
        return replace(self, practice=replace(self.practice, leaflet=leaflet))

    def told_by(self, voice: str) -> Project:
        """This project, told by the voice of this name; "" changes nothing."""
        if not voice:
            return self
        sound = replace(self.practice.sound, voice=voice)
        return replace(self, practice=replace(self.practice, sound=sound))

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
            if path.is_file() or path.is_dir():
                return path
        raise FileNotFoundError(relative)


# ---------------------------------------------------------------- reading


def shipped_folder() -> Path:
    """Where leafcast's own templates/ and audio/ are: inside the wheel, or in the checkout."""
    shipped = PACKAGE / "shipped"
    return shipped if shipped.is_dir() else CHECKOUT


def load_project(folder: Path) -> Project:
    """The project in `folder`. Raises SettingsError, with file, line and fix."""
    folder = folder.resolve()
    file = read_settings(folder / PRACTICE_FILE, PRACTICE_FILE)
    data = tuple(dict.fromkeys((folder, shipped_folder())))
    return Project(folder, read_practice(file), data)


def read_practice(file: SettingsFile) -> Practice:
    """practice.toml as settings. Raises SettingsError for anything misspelt or impossible."""
    values = dict(file.values)
    tables = {
        "practice",
        "contact",
        "credential",
        "crisis",
        "look",
        "sound",
        "leaflet",
        "podcast",
        "epub",
        "library",
        "topic",
        "withdrawn",
    }
    check_keys(file, values, tables, "")
    if "practice" not in values:
        raise SettingsError(
            "[practice] is missing", 'Add [practice], and under it name = "…"', file.shown, 1
        )
    inside = {"name", "website", "published_at", "description", "feedback", "review_months"}
    check_keys(file, values["practice"], inside, "practice")
    practice = replace(
        build(file, values["practice"], Practice, "practice"),
        contact=build(file, values.get("contact", {}), Contact, "contact"),
        credentials=_each(file, values, Credential, "credential"),
        crisis=_each(file, values, CrisisLine, "crisis"),
        look=_look(file, values.get("look", {})),
        sound=_sound(file, values.get("sound", {})),
        leaflet=build(file, values.get("leaflet", {}), Leaflet, "leaflet"),
        podcast=build(file, values.get("podcast", {}), Podcast, "podcast"),
        epub=build(file, values.get("epub", {}), Epub, "epub"),
        library=replace(
            build(file, values.get("library", {}), Library, "library"),
            topic=_each(file, values, Topic, "topic"),
        ),
        withdrawn=_each(file, values, Withdrawn, "withdrawn"),
    )
    _check_values(file, practice)
    return practice


def _sound(file: SettingsFile, given: Any) -> Sound:
    """[sound]: what is given, and for the rest what its profile says."""
    sound = build(file, given, Sound, "sound")
    if sound.profile not in profiles.PROFILES:
        raise file.error(
            f"“{sound.profile}” is not a profile for the sound",
            nearest(sound.profile, profiles.PROFILES),
            "profile",
            "sound",
        )
    return build(file, {**profiles.PROFILES[sound.profile].settings(), **given}, Sound, "sound")


def _look(file: SettingsFile, given: Any) -> Look:
    """[look]: what is given, and for the rest what its ready look says."""
    look = build(file, given, Look, "look")
    if look.look not in LOOKS:
        raise file.error(
            f"“{look.look}” is not a look known here", nearest(look.look, LOOKS), "look", "look"
        )
    return build(file, {**LOOKS[look.look], **given}, Look, "look")


def _each(
    file: SettingsFile, values: dict[str, Any], kind: type[Any], table: str
) -> tuple[Any, ...]:
    """All tables `[[table]]` of the file."""
    tables = values.get(table, [])
    if not isinstance(tables, list):
        raise file.error(f"[{table}] may stand more than once", f"Write [[{table}]]", table)
    return tuple(build(file, each, kind, table) for each in tables)


def _check_values(file: SettingsFile, practice: Practice) -> None:
    """Values of the right type that still cannot be."""
    for key in ("website", "published_at"):
        if (address := getattr(practice, key)) and not _is_website(address):
            raise file.error(
                f"“{address}” is not a web address",
                f'Write it in full: {key} = "https://example.co.uk"',
                key,
                "practice",
            )
    _check_look(file, practice.look)
    if practice.leaflet.pdf_standard not in PDF_STANDARDS:
        raise file.error(
            f"“{practice.leaflet.pdf_standard}” is not a PDF standard known here",
            f"Choose one of {', '.join(PDF_STANDARDS)}; ua-1 is the one most readers expect",
            "pdf_standard",
            "leaflet",
        )
    _check_large_print(file, practice.leaflet.large_print)
    _check_range(file, "practice", "review_months", practice.review_months, (1, 36))
    _check_range(file, "sound", "target_lufs", practice.sound.target_lufs, (-30.0, -10.0))
    _check_range(file, "sound", "peak_dbtp", practice.sound.peak_dbtp, (-9.0, -1.0))
    _check_narration(file, practice.sound)
    _check_range(file, "sound", "channels", practice.sound.channels, (1, 2))
    _check_rates(file, practice.sound)


def _check_rates(file: SettingsFile, sound: Sound) -> None:
    """Bit rates that MPEG-1 layer III has, and that are enough for a voice."""
    rates = ", ".join(map(str, BITRATES_KBPS))
    for key, good in (("bitrate_kbps", 96), ("sections_kbps", 64)):
        if (kbps := getattr(sound, key)) not in BITRATES_KBPS:
            raise file.error(
                f"{kbps} kbit/s is not a rate for MP3",
                f"Choose one of {rates}; {good} is a good one for speech",
                key,
                "sound",
            )


def _check_look(file: SettingsFile, look: Look) -> None:
    """Colours and names of fonts as they are written."""
    for role in COLOUR_ROLES:
        colour = getattr(look, role)
        if colour == "" and role in MADE_IF_EMPTY:
            continue
        if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
            raise file.error(
                f"“{colour}” is not a colour", f'Write it like {role} = "#1F5A5E"', role, "look"
            )
    for key in ("font", "headline"):
        if not re.fullmatch(r"[\w .'&+-]{1,60}", getattr(look, key)):
            raise file.error(
                f"“{getattr(look, key)}” is not the name of a font",
                f'Write its family’s name, such as {key} = "Atkinson Hyperlegible Next"',
                key,
                "look",
            )
    for key in ("logo", "portrait"):
        if getattr(look, key) and not getattr(look, f"{key}_alt").strip():
            raise file.error(
                f"The {key} has no words for readers who cannot see it",
                f'Say in a few words what it shows: {key}_alt = "…"',
                key,
                "look",
            )


def _is_website(address: str) -> bool:
    """Whether an address is one of the web, with nothing in it that is none."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    plain = not re.search(r"[\x00-\x1f<>\"`{}\\^|]", address) and "@" not in parts.netloc
    return parts.scheme in ("http", "https") and bool(host) and plain


def _check_narration(file: SettingsFile, sound: Sound) -> None:
    """The settings that say what is announced."""
    if sound.footnotes not in FOOTNOTES:
        raise file.error(
            f"“{sound.footnotes}” is no place for footnotes",
            f"Choose one of {', '.join(FOOTNOTES)}",
            "footnotes",
            "sound",
        )
    try:
        asked = [part[1:] for part in Formatter().parse(sound.announcement) if part[1] is not None]
    except ValueError:
        asked = [("", "", "")]
    if any(part not in ANNOUNCED for part in asked):
        raise file.error(
            f"“{sound.announcement}” cannot be announced",
            "Write it with {number}, {count} or {title}, such as “Section {number} of {count}.”",
            "announcement",
            "sound",
        )


def _check_large_print(file: SettingsFile, sizes: tuple[int, ...]) -> None:
    """Sizes that large print can have, each once, and one at the least."""
    low, high = LARGE_PRINT_PT
    for size in sizes:
        if not low <= size <= high:
            raise file.error(
                f"{size} point is not a size for large print",
                f"Choose whole numbers from {low} to {high}, such as large_print = [18, 24]",
                "large_print",
                "leaflet",
            )
    if not sizes or len(set(sizes)) < len(sizes):
        raise file.error(
            "large_print names a size twice" if sizes else "large_print names no size",
            "Name each size once, such as large_print = [18, 24]",
            "large_print",
            "leaflet",
        )


def _check_range(
    file: SettingsFile, table: str, key: str, value: float, allowed: tuple[float, float]
) -> None:
    low, high = allowed
    if not low <= value <= high:
        raise file.error(
            f"{key} = {value} is out of reach", f"Choose from {low} to {high}", key, table
        )
