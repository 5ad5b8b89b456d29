"""What there is: each article of the practice, how it stands, and what is to be done next."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock
from typing import Final

from leafcast.build.context import kept_readings, kept_verdicts
from leafcast.build.journal import manifest_of
from leafcast.build.plan import is_as_written
from leafcast.checks import standing_of
from leafcast.checks.contact import check_contact
from leafcast.checks.dates import check_dates
from leafcast.checks.verdicts import Verdicts
from leafcast.checks.words import check_words
from leafcast.document.article import Article
from leafcast.document.artifact import EditionRecord, Manifest
from leafcast.document.errors import LeafcastError
from leafcast.document.publication import Publication
from leafcast.document.report import WORST_FIRST, Finding, Severity, finding_of
from leafcast.locale.days import today
from leafcast.practice.project import PRACTICE_FILE, Project
from leafcast.readers import article_slug
from leafcast.readers.folder import read_source, shown_as, source_files
from leafcast.readers.readings import KeptReadings
from leafcast.state.cache import digest
from leafcast.studio.entries import Entry, State, in_title_order, title_in
from leafcast.studio.mending import left
from leafcast.studio.wording import notice_of

AT_ONCE: Final = (check_dates, check_contact, check_words)
"""Checks that look at the words and the practice alone, and take no time."""
MANY: Final = 30
"""So many are read sooner from what is kept, though it takes a moment to see that it holds."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An article as it was read, with its findings, and the file's state and hash."""

    state: tuple[int, int]
    hash: str
    article: Article | None
    findings: tuple[Finding, ...]
    unwritten: bool = False


class Articles:
    """The practice's articles, each read again only when its file changed, by one of those who ask
    at a time.
    """

    def __init__(self) -> None:
        self._lock = RLock()
        self._kept: dict[Path, Kept] = {}
        self._advised: dict[str, tuple[object, tuple[Finding, ...]]] = {}

    def read(self, project: Project, path: Path, before: KeptReadings | None = None) -> Kept:
        """The article in a file of source/, as it stands there; as it was read `before`, where that
        is given.
        """
        stat = path.stat()
        state = (stat.st_mtime_ns, stat.st_size)
        kept = self._kept.get(path)
        if kept is None or kept.state != state:
            with self._lock:
                kept = self._kept.get(path)
                if kept is None or kept.state != state:
                    kept = self._kept[path] = _read(project, path, state, before)
        return kept

    def entries(self, project: Project) -> tuple[Entry, ...]:
        """Every article of the practice, by its title."""
        manifest, files = manifest_of(project), source_files(project)
        self._read_first(project, files)
        found: dict[str, Entry] = {}
        with kept_verdicts(project) as verdicts:
            for path in files:
                slug = article_slug(path)
                if slug not in found:
                    found[slug] = self._entry(project, path, manifest, verdicts)
        return in_title_order(found.values())

    def _read_first(self, project: Project, files: Collection[Path]) -> None:
        """Read what was not read since the studio was opened, from what is kept where it is."""
        with self._lock:
            unread = [path for path in files if path not in self._kept]
            if len(unread) > MANY:
                with kept_readings(project) as before:
                    for path in unread:
                        self.read(project, path, before)

    def entry(self, project: Project, path: Path, manifest: Manifest) -> Entry:
        """One article, and how it stands."""
        with kept_verdicts(project) as verdicts:
            return self._entry(project, path, manifest, verdicts)

    def _entry(self, project: Project, path: Path, manifest: Manifest, verdicts: Verdicts) -> Entry:
        slug, kept = article_slug(path), self.read(project, path)
        records = manifest.publications.get(slug, {})
        title = kept.article.title if kept.article else title_in(path)
        entry = Entry(slug, title, path, State.NEW, article=kept.article, made=bool(records))
        if kept.article is None and not kept.unwritten:
            notices = tuple(notice_of(each) for each in sorted_findings(kept.findings))
            return replace(entry, state=State.UNREADABLE, notices=notices)
        changed = bool(records) and _changed(project, kept.article, records)
        standing = () if changed else standing_of(verdicts, records).told(slug)
        found = (*kept.findings, *self._advice(project, kept), *standing)
        passed_over = left(project)
        notices = tuple(
            notice
            for each in sorted_findings(found)
            if (notice := notice_of(each, kept.article)).weighty or notice.key not in passed_over
        )
        weighty = any(each.weighty for each in notices)
        state = State.LOOK if weighty else State.NEW if not records else State.CHANGED
        if records and not changed and not weighty:
            state = State.WELL
        review = kept.article.review if kept.article else None
        return replace(entry, state=state, notices=notices, review=review, changed=changed)

    def _advice(self, project: Project, kept: Kept) -> tuple[Finding, ...]:
        """What is found of the words themselves, which no build is needed for."""
        if kept.article is None:
            return ()
        practice = project.folder / PRACTICE_FILE
        key = (kept.hash, practice.stat().st_mtime_ns, today())
        known = self._advised.get(kept.article.slug)
        if known is None or known[0] != key:
            publication = Publication(kept.article, project)
            found = (each for check in AT_ONCE for each in check(publication, project.dist))
            known = self._advised[kept.article.slug] = (key, tuple(found))
        return known[1]

    def find(self, project: Project, slug: str) -> Path | None:
        """The file of the article `slug`."""
        return next((path for path in source_files(project) if article_slug(path) == slug), None)


def _read(
    project: Project, path: Path, state: tuple[int, int], before: KeptReadings | None
) -> Kept:
    content = file_hash(path)
    try:
        reading = read_source(project, path, before)
    except LeafcastError as error:
        found = finding_of(error, "article-unreadable", shown_as(project, path))
        return Kept(state, content, None, (found,))
    return Kept(state, content, reading.article, reading.findings, reading.unwritten)


def file_hash(path: Path) -> str:
    """The hash of a file's bytes."""
    return digest(path.read_bytes())


def sorted_findings(found: tuple[Finding, ...]) -> Iterator[Finding]:
    """Findings worst first, in the order of the text; each once, and none that the studio itself
    puts right by making it again.
    """
    kept = dict.fromkeys(each for each in found if each.severity is not Severity.NOT_CHECKED)
    place = {each: at for at, each in enumerate(kept)}
    yield from sorted(kept, key=lambda each: (WORST_FIRST.index(each.severity), place[each]))


def _changed(
    project: Project, article: Article | None, records: Mapping[str, EditionRecord]
) -> bool:
    """Whether the article or the practice differs from what the editions were made from."""
    return article is not None and not all(
        is_as_written(project, article, name, record, today()) for name, record in records.items()
    )
