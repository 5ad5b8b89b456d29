"""What every edition is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from leafcast.document.article import Article
from leafcast.document.artifact import EditionRecord, FileRecord

if TYPE_CHECKING:
    from leafcast.narration.model import Narration
    from leafcast.practice.project import Project


@dataclass(frozen=True, slots=True)
class Missing:
    """Why an edition cannot be made here, and what would help; no fault of the article's."""

    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that another edition made, and where it lies until all are published."""

    edition: str
    file: FileRecord
    where: Path


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another article of the practice, as a page names it."""

    slug: str
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class Publication:
    """An article, the practice it belongs to, and its narration where there is one.

    `offers` are the other editions' files, for an edition that names them; `next` is the article
    that comes after this one. `records` are the editions in dist/, for a check; `stale` are files
    there of what the article was before.
    """

    article: Article
    project: Project
    narration: Narration | None = None
    offers: tuple[Offer, ...] = ()
    records: Mapping[str, EditionRecord] = field(default_factory=dict, compare=False)
    stale: frozenset[Path] = frozenset()
    next: Neighbour | None = None

    def offered(self, edition: str, ending: str) -> bytes:
        """The file of an edition whose name ends so; nothing where it was not made."""
        for offer in self.offers:
            if offer.edition == edition and offer.file.path.endswith(ending):
                return offer.where.read_bytes()
        return b""

    def has(self, path: Path) -> bool:
        """Whether a file is in dist/, of the article as it is now."""
        return path.is_file() and path not in self.stale
