"""What has to be made: each edition's ingredients, against what dist/ says it was made from.

Nothing here imports a library that makes anything; a build with nothing to do ends here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from importlib import metadata
from pathlib import Path
from typing import Final

from leafcast.cache import digest
from leafcast.document.article import Article, Figure, article_blocks
from leafcast.document.publication import Publication
from leafcast.document.report import Finding
from leafcast.fixity import State, state_of
from leafcast.locale.days import today
from leafcast.manifest import EditionRecord, Manifest, is_intact
from leafcast.narration.heard import as_heard, as_printed
from leafcast.narration.model import Cast, Passage, Script, Utterance
from leafcast.narration.pace import Pace
from leafcast.narration.takes.files import TakeFiles
from leafcast.narration.takes.reading import Readers
from leafcast.narration.voices import fingerprint
from leafcast.plain import plain
from leafcast.practice.project import LEXICON_FILE, PACKAGE, Project
from leafcast.publish import EDITIONS, SYSTEM_LIBRARIES, Edition, system_version
from leafcast.same import Same
from leafcast.site.parts import SITE, Shelved, Site, SitePart

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
    "packages": "a library it is made with changed",
}


@dataclass(frozen=True, slots=True)
class Job:
    """One edition of one article: what it is made from, and why it must be made (or "")."""

    slug: str
    edition: str
    made_from: Mapping[str, str] = field(hash=False)
    reason: str


@dataclass(frozen=True)
class Telling:
    """Who tells an article and how fast, and the script, once that is needed.

    `findings` say which voices that the article names could not be cast. `only` are the ids of
    the passages that are told, all of them where it is empty.

    `takes` are recordings of a person; once they are looked over, `readers` says who reads, `hers`
    are the utterances the person says, and `left_out` those that nobody is to say.
    """

    project: Project
    article: Article
    cast: Cast
    pace: Pace
    findings: tuple[Finding, ...] = ()
    only: tuple[str, ...] = ()
    takes: TakeFiles = field(default_factory=TakeFiles)
    readers: Readers | None = None
    hers: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()

    @cached_property
    def script(self) -> Script:
        """What is said. Raises SettingsError for a slip in the lexicon."""
        from leafcast.narration.lexicon import read_lexicon
        from leafcast.narration.pace import paced
        from leafcast.narration.script import write_script

        script = write_script(
            self.article,
            self.project.practice,
            synthetic=any(voice.synthetic for voice in self.cast.voices),
            lexicon=read_lexicon(self.project, self.cast.own),
            parts={voice.name: read_lexicon(self.project, voice) for voice in self.cast.parts},
            readers=self.readers,
        )
        chosen = tuple(p for p in script.passages if p.id in (self.only or (p.id,)))
        return paced(self._heard(replace(script, passages=chosen)), self.pace)

    @property
    def voiced(self) -> tuple[Utterance, ...]:
        """What voices say of it: all that no person does."""
        return tuple(each for each in self.script.utterances if each.id not in self.hers)

    def _heard(self, script: Script) -> Script:
        """The script without what nobody is to say."""
        return replace(script, passages=tuple(map(self._heard_of, script.passages)))

    def _heard_of(self, passage: Passage) -> Passage:
        from leafcast.narration.pauses import joined

        if not self.left_out.intersection(each.id for each in passage.utterances):
            return passage
        kept = (each for each in passage.parts if getattr(each, "id", "") not in self.left_out)
        return replace(passage, parts=joined(kept))


def plan_edition(
    publication: Publication, name: str, telling: Telling | None, manifest: Manifest
) -> Job:
    """The job that makes an edition; `telling` is at the pace it needs.

    The publication offers the files of other editions as they will be published.
    """
    project, article = publication.project, publication.article
    edition = EDITIONS[name]
    made_from = {
        **ingredients(project, article, edition, telling),
        **_files(edition, publication),
    }
    published = manifest.edition(article.slug, name)
    return Job(article.slug, name, made_from, why(project.dist, made_from, published))


def _files(edition: Edition, publication: Publication) -> dict[str, str]:
    """The hash of the files of others that are in an edition, or that it names."""
    if not edition.waits_for:
        return {}
    named = (
        offer.file for offer in publication.offers if edition.heeds(offer.edition, offer.file.path)
    )
    return {"files": digest(*(part for file in named for part in (file.path, file.sha256)))}


def ingredients(
    project: Project, article: Article, edition: Edition, telling: Telling | None
) -> dict[str, str]:
    """The hash of everything that decides what an edition looks or sounds like."""
    made_from = {
        "article": _words_digest(Same(article), shown=edition.show_text, heard=telling is not None),
        **_standing(Same(project), edition, today()),
    }
    if telling:
        made_from["voice"] = digest(*map(fingerprint, telling.cast.voices))
        made_from["recordings"] = _recordings(telling.takes)
    else:
        made_from["leaflet"] = _leaflet_digest(Same(project))
    if edition.reads:
        made_from["pictures"] = digest(*(_picture_digests(project, article)))
    return made_from


@lru_cache(16)
def _words_digest(article: Same[Article], *, shown: bool, heard: bool) -> str:
    """The hash of the article as it is shown and as it is heard, as far as one heeds either.

    It is reckoned once for all editions of an article that heed the same.
    """
    words = [plain(as_printed(article.value))] if shown else []
    return digest(*words, *([plain(as_heard(article.value))] if heard else ()))


@lru_cache(100)
def _standing(project: Same[Project], edition: Edition | SitePart, day: date) -> dict[str, str]:
    """The hashes of what an edition is made from besides its article: the same for all of them."""
    made_from = {
        **_practice_digest(project.value, day),
        "templates": digest(*(_tree_digest(project.value, name) for name in edition.reads)),
        "program": digest(*(_program_digest(room) for room in edition.rooms)),
        "packages": digest(*(_version(package) for package in edition.packages)),
    }
    if isinstance(edition, Edition):
        made_from["lexicon"] = _tree_digest(project.value, LEXICON_FILE)
    return made_from


@lru_cache(8)
def _leaflet_digest(project: Same[Project]) -> str:
    return digest(plain(asdict(project.value.practice.leaflet)))


def plan_part(site: Site, name: str, published: EditionRecord | None) -> Job:
    """The job that makes a part of the site."""
    part = SITE[name]
    articles = () if part.files else _article_digests(Same(site.publications))
    told = {slug: _told(editions, part) for slug, editions in site.standing.items()}
    made_from = {
        "publications": digest(*articles, told),
        **_standing(Same(site.project), part, today()),
    }
    if part.parts:
        records = [site.parts[each] for each in part.parts if each in site.parts]
        made_from["parts"] = digest(*(_contents(record) for record in records))
    return Job("", name, made_from, why(site.project.dist, made_from, published))


@lru_cache(4)
def _article_digests(publications: Same[tuple[Shelved, ...]]) -> tuple[str, ...]:
    """The hash of each article on the shelf, reckoned once for all parts."""
    return tuple(digest(plain(each.article)) for each in publications.value)


def _told(editions: Mapping[str, EditionRecord], part: SitePart) -> dict[str, list[list[str]]]:
    """The files that a part tells of."""
    return {name: _contents(made) for name, made in editions.items() if part.tells_of(name)}


def _contents(record: EditionRecord) -> list[list[str]]:
    return [[file.path, file.sha256] for file in record.files]


def _practice_digest(project: Project, day: date) -> dict[str, str]:
    """The hash of practice.toml, but for what concerns leaflets alone."""
    practice = asdict(project.practice)
    del practice["leaflet"]
    return {"practice": digest(plain(practice), project.practice.valid_credentials(day))}


def why(dist: Path, made_from: Mapping[str, str], published: EditionRecord | None) -> str:
    """Why an edition must be made, in a few words; "" when it stands as it should."""
    if published is None:
        return "it was not made yet"
    for name, value in made_from.items():
        if published.made_from.get(name) != value:
            return WORDS[name]
    for record in published.files:
        if not is_intact(dist, record):
            missing = not (dist / record.path).exists()
            return f"{record.path} is {'missing' if missing else 'not as it was made'}"
    return ""


WRITTEN: Final = ("article", "pictures", "practice", "leaflet")
"""What the owner writes, of what an edition is made from."""


def stale_editions(
    project: Project, article: Article, tellings: Mapping[str, Telling], manifest: Manifest
) -> tuple[str, ...]:
    """The editions in dist/ that are of other words or settings than there are now."""
    stale = []
    for name, record in manifest.publications.get(article.slug, {}).items():
        edition = EDITIONS[name]
        now = ingredients(project, article, edition, tellings.get(edition.pace))
        if any(record.made_from.get(each) != now.get(each) for each in WRITTEN):
            stale.append(name)
    return tuple(stale)


def is_as_written(
    project: Project, article: Article, name: str, record: EditionRecord, day: date
) -> bool:
    """Whether an edition in dist/ is of the words and settings there are on `day`.

    It looks at nothing but the article and practice.toml: not at pictures, voices or the program.
    """
    edition = EDITIONS[name]
    now = {
        "article": _words_digest(Same(article), shown=edition.show_text, heard=bool(edition.pace)),
        "leaflet": _leaflet_digest(Same(project)),
        **_practice_digest(project, day),
    }
    return all(record.made_from[each] == now[each] for each in now if each in record.made_from)


def files_of(
    project: Project, manifest: Manifest, slug: str, names: Iterable[str]
) -> frozenset[Path]:
    """The files in dist/ of some editions of an article."""
    published = manifest.publications.get(slug, {})
    return frozenset(project.dist / file.path for name in names for file in published[name].files)


def _recordings(takes: TakeFiles) -> str:
    """The hash of what is heard of recordings; what listens to them counts where there are any."""
    listening = map(_version, ("faster-whisper", "pocketsphinx")) if takes else ()
    return digest(takes.digest, *listening)


def _picture_digests(project: Project, article: Article) -> Iterable[str]:
    for block in article_blocks(article):
        if isinstance(block, Figure):
            path = project.source / block.path
            yield _picture_digest(path, state_of(path))


@lru_cache(500)
def _picture_digest(path: Path, _state: State) -> str:
    """The hash of a picture, reckoned once for all editions."""
    return digest(path.read_bytes())


@cache
def _tree_digest(project: Project, name: str) -> str:
    """The hash of a folder's files, or of one file, as they are looked up.

    The project's win over leafcast's own; of a single file both count, for they are read together.
    Where the folders lie does not count.
    """
    files: dict[str, Path] = {}
    for place, folder in enumerate(reversed(project.data)):
        root = folder / name
        files |= {p.relative_to(root).as_posix(): p for p in root.rglob("*") if p.is_file()}
        files |= {f"{place}/{name}": root} if root.is_file() else {}
    return digest(*(part for key in sorted(files) for part in (key, files[key].read_bytes())))


@cache
def _program_digest(room: str) -> str:
    """The hash of one room of the program."""
    path = PACKAGE / room
    modules = [path] if path.is_file() else sorted(path.rglob("*.py"))
    return digest(*(module.read_bytes() for module in modules))


@cache
def _version(package: str) -> str:
    if package in SYSTEM_LIBRARIES:
        return f"{package} {system_version(package) or 'missing'}"
    try:
        return f"{package} {metadata.version(package)}"
    except metadata.PackageNotFoundError:
        return f"{package} missing"
