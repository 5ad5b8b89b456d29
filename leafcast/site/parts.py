"""What is made for all publications together, at the root of dist/, and what it is made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from leafcast.execution.lazy import named
from leafcast.locale.language import ENGLISH, Language, language_of

if TYPE_CHECKING:
    from leafcast.document.article import Article
    from leafcast.document.artifact import EditionRecord, FileRecord, Manifest
    from leafcast.practice.project import Project


@dataclass(frozen=True, slots=True)
class Shelved:
    """One publication as it stands in dist/: its article, and its editions by name."""

    article: Article
    editions: Mapping[str, EditionRecord]

    def file(self, edition: str, suffix: str) -> FileRecord | None:
        """The file of an edition whose name ends so, or None."""
        record = self.editions.get(edition)
        files = record.files if record else ()
        return next((file for file in files if file.path.endswith(suffix)), None)


@dataclass(frozen=True)
class Site:
    """All publications of a practice, by slug, and the parts made for them so far.

    `before` are the parts as they stand in dist/ from the build before. `unread` are publications
    whose article cannot be read now: what was made of it is still in dist/.
    """

    project: Project
    publications: tuple[Shelved, ...]
    parts: Mapping[str, EditionRecord]
    before: Mapping[str, EditionRecord] = field(default_factory=dict)
    unread: Mapping[str, Mapping[str, EditionRecord]] = field(default_factory=dict)

    @cached_property
    def language(self) -> Language:
        """That of most articles: what is made of all of them together has our words in it."""
        return language_of(common_language(each.article for each in self.publications))

    @property
    def standing(self) -> dict[str, Mapping[str, EditionRecord]]:
        """The editions of every publication in dist/, by its slug, read or unread."""
        return {each.article.slug: each.editions for each in self.publications} | {**self.unread}


def common_language(articles: Iterable[Article]) -> str:
    """The tag of the language of most articles; of as many in two, that of the first."""
    told = Counter(each.language for each in articles)
    return told.most_common(1)[0][0] if told else ENGLISH.tag


def shelve(project: Project, articles: Mapping[str, Article | None], manifest: Manifest) -> Site:
    """What `manifest` says is published, with the articles as they are now."""
    shelved = tuple(
        Shelved(article, manifest.publications[slug])
        for slug, article in articles.items()
        if article and slug in manifest.publications
    )
    unread = {
        slug: manifest.publications[slug]
        for slug, article in articles.items()
        if article is None and slug in manifest.publications
    }
    return Site(project, shelved, manifest.site, manifest.site, unread)


WritePart = Callable[["Site", Path], tuple[Path, ...]]
"""Writes a part's files into a folder, as they will lie in dist/, and returns their paths.

Of a file that stands in dist/ as it is wanted, in `Site.before`, it may return that path instead.
"""


@dataclass(frozen=True, slots=True)
class SitePart:
    """How a part is made, and what decides its content besides the publications.

    `writer` is `module:function`. `editions` are those whose files it tells of (all, if empty);
    it is made anew when one of these files changes, or one of the `parts` before it. One that
    tells of the articles stays as it is while one of them cannot be read; what tells of `files`
    alone is true of those too.
    """

    writer: str
    editions: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    files: bool = False

    def write(self, site: Site, folder: Path) -> tuple[Path, ...]:
        """Write the files of this part into `folder`; see `WritePart`."""
        return cast("WritePart", named(self.writer))(site, folder)

    def tells_of(self, edition: str) -> bool:
        """Whether the files of `edition` decide what is in it."""
        return not self.editions or edition in self.editions
