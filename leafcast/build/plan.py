"""What has to be made: each edition's ingredients, against what dist/ says it was made from.

Nothing here imports a library that makes anything; a build with nothing to do ends here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from leafcast.build.keys import Keys
from leafcast.build.parts import SITE
from leafcast.document.article import Article, Figure, article_blocks
from leafcast.document.artifact import EditionRecord, Manifest
from leafcast.document.publication import Publication
from leafcast.editions.table import EDITIONS, Edition
from leafcast.locale.days import today
from leafcast.locale.language import ENGLISH, language_of
from leafcast.narration.heard import as_heard, as_printed
from leafcast.narration.telling import Telling
from leafcast.narration.voices import fingerprint
from leafcast.practice.project import LEXICON_FILE, Practice, Project
from leafcast.site.parts import Shelved, Site, SitePart
from leafcast.state.cache import digest
from leafcast.state.canonical import plain
from leafcast.state.hashes import file_hash, is_intact
from leafcast.state.identity import Same

PICTURES: Final = "leafcast.design.pictures"
"""The module that opens pictures of source/."""

WORDS = {
    "article": "the article changed",
    "pictures": "a picture changed",
    "practice": "practice.toml changed",
    "lexicon": "the lexicon changed",
    "leaflet": "how leaflets are made changed: [leaflet] in practice.toml, or --print-shop",
    "templates": "a template changed",
    "voice": "the voice or its settings changed",
    "recordings": "a recording changed",
    "program": "leafcast itself changed",
    "publications": "a publication changed",
    "parts": "what stands beside it changed",
    "files": "a file that it holds or names changed",
    "next": "another article comes after it",
    "packages": "a library it is made with changed",
    "language": "our words in its language changed",
}


@dataclass(frozen=True, slots=True)
class Job:
    """One edition of one article: what it is made from, and why it must be made (or "")."""

    slug: str
    edition: str
    made_from: Mapping[str, str] = field(hash=False)
    reason: str


class Planner:
    """Plans what must be made of a project, as it is on one day.

    Made anew for each build, so that it sees what changed since the last one in the same process.
    """

    def __init__(self, project: Project, keys: Keys, day: date | None = None) -> None:
        self.project = project
        self.dist = project.dist
        self.keys = keys
        self.day = day or today()

    def edition(
        self, publication: Publication, name: str, telling: Telling | None, manifest: Manifest
    ) -> Job:
        """The job that makes an edition; `telling` is at the pace it needs.

        The publication offers the files of other editions as they will be published.
        """
        article = publication.article
        made_from = self.ingredients(article, name, telling) | _files(EDITIONS[name], publication)
        if EDITIONS[name].names_all:
            made_from["next"] = digest(plain(publication.next))
        published = manifest.edition(article.slug, name)
        return Job(article.slug, name, made_from, why(self.dist, made_from, published))

    def ingredients(self, article: Article, name: str, telling: Telling | None) -> dict[str, str]:
        """The hash of everything that decides what an edition looks or sounds like."""
        edition = EDITIONS[name]
        article = edition.given(article)
        made_from = {
            "article": _words_digest(
                Same(article), shown=edition.show_text, heard=telling is not None
            ),
            **self._settings,
            **self.keys.of(edition.writer, telling),
            "lexicon": self._lexicon,
            **_words_of(article.language),
        }
        if telling:
            made_from["voice"] = digest(*map(fingerprint, telling.cast.voices))
            made_from["recordings"] = digest(telling.takes.digest)
        else:
            made_from["leaflet"] = _leaflet(self.project.practice)
        if PICTURES in self.keys.closure(edition.writer, telling).modules:
            made_from["pictures"] = self._pictures(article, shown=edition.show_text)
        return made_from

    def part(self, site: Site, name: str, published: EditionRecord | None) -> Job:
        """The job that makes a part of the site."""
        part = SITE[name]
        articles = () if part.files else _article_digests(Same(site.publications))
        told = {slug: _told(editions, part) for slug, editions in site.standing.items()}
        made_from = {
            "publications": digest(*articles, told),
            **self._settings,
            **self.keys.of(part.writer),
            **_words_of(*sorted({each.article.language for each in site.publications})),
        }
        if PICTURES in self.keys.closure(part.writer).modules:
            made_from["pictures"] = self._own
        if part.parts:
            records = [site.parts[each] for each in part.parts if each in site.parts]
            made_from["parts"] = digest(*(_contents(record) for record in records))
        return Job("", name, made_from, why(self.dist, made_from, published))

    def stale(
        self, article: Article, tellings: Mapping[str, Telling], manifest: Manifest
    ) -> tuple[str, ...]:
        """The editions in dist/ that are of other words or settings than there are now."""
        stale = []
        for name, record in manifest.publications.get(article.slug, {}).items():
            if name not in EDITIONS:  # of a package that is there no more
                continue
            now = self.ingredients(article, name, tellings.get(EDITIONS[name].pace))
            if any(record.made_from.get(each) != now.get(each) for each in WRITTEN):
                stale.append(name)
        return tuple(stale)

    @cached_property
    def _settings(self) -> dict[str, str]:
        return _settings(self.project.practice, self.day)

    @cached_property
    def _lexicon(self) -> str:
        """The hash of the practice's lexicon and leafcast's own, which are read together."""
        paths = (folder / LEXICON_FILE for folder in reversed(self.project.data))
        return digest(*(file_hash(path) if path.is_file() else "" for path in paths))

    @cached_property
    def _own(self) -> str:
        """The hash of the practice's logo and portrait."""
        look, source = self.project.practice.look, self.project.source
        named = (source / name for name in (look.logo, look.portrait) if name)
        return digest(*(file_hash(path) if path.is_file() else "" for path in named))

    def _pictures(self, article: Article, *, shown: bool) -> str:
        """The hash of the pictures in an edition; one that is heard alone has only its cover."""
        own = self._own if shown else ""
        return digest(*map(self._picture, _pictures_of(Same(article), shown=shown)), own)

    def _picture(self, path: Path) -> str:
        """The hash of a picture in source/. Raises OSError."""
        return file_hash(self.project.source / path)


def _words_of(*tags: str) -> dict[str, str]:
    """The hash of the languages that other packages bring for text of these tags; without one, our
    words are in the program and its templates.
    """
    found = [language_of(tag) for tag in tags]
    told = [(each.tag, each.version) for each in found if each is not ENGLISH]
    return {"language": digest(*told)} if told else {}


def _files(edition: Edition, publication: Publication) -> dict[str, str]:
    """The hash of the files of others that are in an edition, or that it names."""
    if not edition.waits_for:
        return {}
    named = (
        offer.file
        for offer in publication.offers
        if edition.depends_on(offer.edition, offer.file.path)
    )
    return {"files": digest(*(part for file in named for part in (file.path, file.sha256)))}


@lru_cache(16)
def _words_digest(article: Same[Article], *, shown: bool, heard: bool) -> str:
    """The hash of the article as it is shown and as it is heard, as far as one heeds either.

    It is reckoned once for all editions of an article that heed the same.
    """
    words = [plain(as_printed(article.value))] if shown else []
    return digest(*words, *([plain(as_heard(article.value))] if heard else ()))


@lru_cache(4)
def _article_digests(publications: Same[tuple[Shelved, ...]]) -> tuple[str, ...]:
    """The hash of each article on the shelf, reckoned once for all parts."""
    return tuple(digest(plain(each.article)) for each in publications.value)


def _told(editions: Mapping[str, EditionRecord], part: SitePart) -> dict[str, list[list[str]]]:
    """The files that a part tells of."""
    return {name: _contents(made) for name, made in editions.items() if part.tells_of(name)}


def _contents(record: EditionRecord) -> list[list[str]]:
    return [[file.path, file.sha256] for file in record.files]


def why(dist: Path, made_from: Mapping[str, str], published: EditionRecord | None) -> str:
    """Why an edition must be made, in a few words; "" when it stands as it should."""
    if published is None:
        return "it was not made yet"
    for name, words in WORDS.items():
        if published.made_from.get(name) != made_from.get(name):
            return words
    for record in published.files:
        if not is_intact(dist, record):
            missing = not (dist / record.path).exists()
            return f"{record.path} is {'missing' if missing else 'not as it was made'}"
    return ""


WRITTEN: Final = ("article", "pictures", "practice", "leaflet")
"""What the owner writes, of what an edition is made from."""


def is_as_written(
    project: Project, article: Article, name: str, record: EditionRecord, day: date
) -> bool:
    """Whether an edition in dist/ is of the words and settings there are on `day`.

    It looks at nothing but the article and practice.toml: not at pictures, voices or the program.
    """
    edition = EDITIONS.get(name)
    if edition is None:  # of a package that is there no more
        return True
    article = edition.given(article)
    now = {
        "article": _words_digest(Same(article), shown=edition.show_text, heard=bool(edition.pace)),
        "leaflet": _leaflet(project.practice),
        **_settings(project.practice, day),
    }
    return all(record.made_from[each] == now[each] for each in now if each in record.made_from)


def _settings(practice: Practice, day: date) -> dict[str, str]:
    """The hash of practice.toml, but for what concerns leaflets alone."""
    settings = asdict(practice)
    del settings["leaflet"]
    return {"practice": digest(plain(settings), practice.valid_credentials(day))}


def _leaflet(practice: Practice) -> str:
    return digest(plain(asdict(practice.leaflet)))


def files_of(
    project: Project, manifest: Manifest, slug: str, names: Iterable[str]
) -> frozenset[Path]:
    """The files in dist/ of some editions of an article."""
    published = manifest.publications.get(slug, {})
    return frozenset(project.dist / file.path for name in names for file in published[name].files)


@lru_cache(16)
def _pictures_of(article: Same[Article], *, shown: bool) -> tuple[Path, ...]:
    """The pictures of an article, found once for all its editions."""
    cover, blocks = article.value.face.cover, article_blocks(article.value) if shown else ()
    figures = (Path(each.path) for each in blocks if isinstance(each, Figure))
    return (*([Path(cover)] if cover else ()), *figures)
