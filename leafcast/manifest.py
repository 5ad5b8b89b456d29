"""dist/manifest.json: every published file, and what it was made from.

Only what the manifest names is ever replaced or deleted; a stranger's file in dist/ is left.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from leafcast import __version__
from leafcast.cache import write_beside
from leafcast.publish.measure import media_type, pages_of, seconds_of


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


def record_file(path: Path, relative: str) -> FileRecord:
    """The record of the file at `path`, published as `relative`."""
    content = path.read_bytes()
    return FileRecord(
        path=relative,
        bytes=len(content),
        media_type=media_type(path),
        sha256=hashlib.sha256(content).hexdigest(),
        pages=pages_of(path),
        seconds=seconds_of(path),
    )


def is_intact(dist: Path, record: FileRecord) -> bool:
    """Whether the published file is there and is what was made."""
    path = dist / record.path
    try:
        if path.stat().st_size != record.bytes:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == record.sha256
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
        parts = PurePosixPath(file.path).parts
        if not parts or ".." in parts or file.path.startswith("/"):
            raise ValueError(f"{file.path} is outside dist/")
    return EditionRecord(dict(stored["made_from"]), files)


def write_manifest(dist: Path, manifest: Manifest) -> None:
    """Write dist/manifest.json, whole or not at all; untouched when nothing changed."""
    publications = {
        slug: {
            "title": manifest.titles[slug],
            "editions": {name: _stored(record) for name, record in editions.items()},
        }
        for slug, editions in sorted(manifest.publications.items())
    }
    stored = {
        "made_by": f"leafcast {__version__}",
        "publications": publications,
        "site": {name: _stored(record) for name, record in manifest.site.items()},
    }
    text = json.dumps(stored, ensure_ascii=False, indent=1) + "\n"
    path = dist / "manifest.json"
    if not path.is_file() or path.read_bytes() != text.encode():
        write_beside(path, text.encode())


def _stored(record: EditionRecord) -> dict[str, Any]:
    return {
        "made_from": dict(sorted(record.made_from.items())),
        "files": [_without_none(asdict(file)) for file in record.files],
    }


def _without_none(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
