"""What is published: files, and editions, which are files and what they were made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace


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
