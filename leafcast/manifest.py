"""dist/manifest.json: every published file, and what it was made from.

Only what the manifest names is ever replaced or deleted; a stranger's file in dist/ is left.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from leafcast import __version__
from leafcast.cache import write_beside
from leafcast.fixity import State, file_hash, state_of
from leafcast.publish.measure import media_type, pages_of, seconds_of
from leafcast.same import Same

ENCODER: Final = json.JSONEncoder(ensure_ascii=False)
KEPT_TEXTS: Final = 1000
"""Publications whose part of the manifest is kept as text while others are added."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One published file. `path` is relative to dist/, with forward slashes."""

    path: str
    bytes: int
    media_type: str
    sha256: str
    pages: int | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """One edition: the hashes of all it was made from, and its files."""

    made_from: Mapping[str, str]
    files: tuple[FileRecord, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is published: slug → edition → record; each publication's title; and by name what is
    made for all of them together."""

    titles: Mapping[str, str] = field(default_factory=dict)
    publications: Mapping[str, Mapping[str, EditionRecord]] = field(default_factory=dict)
    site: Mapping[str, EditionRecord] = field(default_factory=dict)

    def edition(self, slug: str, edition: str) -> EditionRecord | None:
        """The record of one edition, or None when it was never published."""
        return self.publications.get(slug, {}).get(edition)

    def with_publication(
        self, slug: str, title: str, editions: Mapping[str, EditionRecord]
    ) -> Manifest:
        """This manifest with `slug` as given."""
        return replace(
            self,
            titles={**self.titles, slug: title},
            publications={**self.publications, slug: editions},
        )

    def without(self, slug: str) -> Manifest:
        """This manifest without the publication `slug`."""
        return replace(
            self,
            titles={k: v for k, v in self.titles.items() if k != slug},
            publications={k: v for k, v in self.publications.items() if k != slug},
        )

    @property
    def files(self) -> Iterator[FileRecord]:
        """Every published file."""
        for editions in (*self.publications.values(), self.site):
            for record in editions.values():
                yield from record.files

    @property
    def paths(self) -> set[str]:
        """The path of every published file, relative to dist/."""
        return {file.path for file in self.files}


def record_file(path: Path, relative: str) -> FileRecord:
    """The record of the file at `path`, published as `relative`."""
    return _record(path, relative, state_of(path))


@lru_cache(500)
def _record(path: Path, relative: str, _state: State) -> FileRecord:
    """The record, reckoned once while a publication is made, though each wave asks."""
    content = path.read_bytes()
    return FileRecord(
        path=relative,
        bytes=len(content),
        media_type=media_type(path),
        sha256=hashlib.sha256(content).hexdigest(),
        pages=pages_of(path),
        seconds=seconds_of(path),
    )


def is_intact(dist: Path, record: FileRecord, hash_of: Callable[[Path], str] = file_hash) -> bool:
    """Whether the published file is there and is what was made, by the hash `hash_of` gives."""
    try:
        return hash_of(dist / record.path) == record.sha256
    except OSError:
        return False


def read_manifest(dist: Path) -> Manifest:
    """What dist/ says it holds; nothing when there is no manifest or it cannot be trusted."""
    try:
        stored = json.loads((dist / "manifest.json").read_bytes())
        publications = {
            slug: {name: _edition(record) for name, record in each["editions"].items()}
            for slug, each in stored["publications"].items()
        }
        titles = {slug: str(each["title"]) for slug, each in stored["publications"].items()}
        site = {name: _edition(record) for name, record in stored.get("site", {}).items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest()
    return Manifest(titles, publications, site)


def _edition(stored: Mapping[str, Any]) -> EditionRecord:
    files = tuple(FileRecord(**each) for each in stored["files"])
    for file in files:
        if not is_inside(file.path):
            raise ValueError(f"{file.path} is outside dist/")
    return EditionRecord(dict(stored["made_from"]), files)


def is_inside(path: str) -> bool:
    """Whether a path relative to dist/ stays in it."""
    return {"..", ""}.isdisjoint(path.split("/"))


def write_manifest(dist: Path, manifest: Manifest) -> None:
    """Write dist/manifest.json, whole or not at all; untouched when nothing changed."""
    text = "".join(_text(manifest))
    path = dist / "manifest.json"
    if not path.is_file() or path.read_bytes() != text.encode():
        write_beside(path, text.encode())


def _text(manifest: Manifest) -> Iterator[str]:
    """The manifest as JSON, a line a file: each publication's part is made when it changed."""
    publications = (
        (slug, _publication_text(manifest.titles[slug], Same(editions)))
        for slug, editions in sorted(manifest.publications.items())
    )
    yield f'{{\n"made_by": {_json(f"leafcast {__version__}")},\n"publications": '
    yield _object(publications)
    yield f',\n"site": {_editions_text(manifest.site)}\n}}\n'


@lru_cache(KEPT_TEXTS)
def _publication_text(title: str, editions: Same[Mapping[str, EditionRecord]]) -> str:
    return _object([("title", _json(title)), ("editions", _editions_text(editions.value))])


def _editions_text(editions: Mapping[str, EditionRecord]) -> str:
    return _object((name, _record_text(record)) for name, record in editions.items())


def _record_text(record: EditionRecord) -> str:
    files = ",\n".join(_json(_stored(file)) for file in record.files)
    made_from = _json(dict(sorted(record.made_from.items())))
    return _object([("made_from", made_from), ("files", f"[\n{files}\n]" if files else "[]")])


def _object(members: Iterable[tuple[str, str]]) -> str:
    inside = ",\n".join(f"{_json(name)}: {text}" for name, text in members)
    return f"{{\n{inside}\n}}" if inside else "{}"


def _json(value: object) -> str:
    return ENCODER.encode(value)


def _stored(file: FileRecord) -> dict[str, Any]:
    values = {each.name: getattr(file, each.name) for each in fields(file)}
    return {name: value for name, value in values.items() if value is not None}
