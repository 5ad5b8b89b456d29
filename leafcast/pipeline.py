"""Plan a build and run it: sources in, dist/ out, nothing half-written.

An article's editions are made in .leafcast/staging and moved into dist/ together at the end, so
a build that is killed leaves dist/ as it was; clips already voiced are in the cache.
"""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from leafcast.checks import run_checks, run_site_checks, standing_of
from leafcast.checks.languages import heard_editions, is_spoken, not_spoken
from leafcast.dist import (
    drop_deleted,
    only_build,
    publish,
    publish_site,
    record_part,
    staging,
    take_out_left_behind,
)
from leafcast.document.article import Article, Reading
from leafcast.document.errors import LeafcastError, UsageError
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place, Report, Severity, finding_of
from leafcast.fixity import remembering
from leafcast.making import Order, edition_failed, make_editions
from leafcast.manifest import EditionRecord, FileRecord, Manifest, read_manifest
from leafcast.mistakes import read_or_told
from leafcast.narration.kept import keep_narration, kept_file
from leafcast.narration.model import Narration
from leafcast.narration.pace import PACES, USUAL
from leafcast.narration.takes.files import TAKES
from leafcast.plan import Job, files_of, plan_part, stale_editions
from leafcast.practice.project import Project
from leafcast.publish import EDITIONS, turned_off
from leafcast.readers import READERS, article_slug, read_article
from leafcast.readers.other_files import LOCK, UNREAD
from leafcast.recital import tell
from leafcast.request import Request, Watcher
from leafcast.rooms import Rooms
from leafcast.site.parts import SITE, Site, SitePart, shelve


@dataclass(frozen=True, slots=True)
class Numbered:
    """A watcher that says with each step at which of many articles it is."""

    watcher: Watcher
    place: str

    def step(self, words: str) -> None:
        """See Watcher."""
        self.watcher.step(f"{words}{self.place}")

    def why(self, slug: str, edition: str, reason: str) -> None:
        """See Watcher."""
        self.watcher.why(slug, edition, reason)

    def voicing(self, shown: str, share: float) -> None:
        """See Watcher."""
        self.watcher.voicing(shown, share)


@dataclass(frozen=True, slots=True)
class Made:
    """One edition as it stands in dist/ after the build, and whether this build made it."""

    slug: str
    edition: str
    files: tuple[FileRecord, ...]
    new: bool


@dataclass(slots=True)
class Outcome:
    """What a build did."""

    report: Report
    made: list[Made] = field(default_factory=list)
    removed: tuple[str, ...] = ()


# ---------------------------------------------------------------- one build


def build(project: Project, request: Request, watcher: Watcher, report: Report) -> Outcome:
    """Make what is missing or changed.

    Raises UsageError for a slug, edition or voice that does not exist, BusyError when another
    build is at work here, LeafcastError when dist/ cannot be written.
    """
    check_request(project, request)
    project = replace(project, jobs=request.jobs)
    project = project.for_print_shop() if request.print_shop else project
    with only_build(project), remembering(project), closing(Rooms(request.jobs, watcher)) as rooms:
        _clear(project.work / "staging")
        manifest = read_manifest(project.dist)
        take_out_left_behind(project, manifest)
        outcome = Outcome(report)
        articles = read_articles(project, report)
        manifest, outcome.removed = drop_deleted(project.dist, manifest, articles)
        wanted = [each for slug, each in articles.items() if slug in (request.slugs or articles)]
        for number, article in enumerate(wanted, 1):
            if article:
                work = (project, request, rooms)
                told = Numbered(watcher, f" ({number} of {len(wanted)})" if wanted[1:] else "")
                manifest = _build_article(work, article, (manifest, told, outcome))
        looked_at = {article.slug for article in wanted if article}
        for slug in (slug for slug in manifest.publications if slug not in looked_at):
            standing = standing_of(project, manifest.publications[slug])
            report.add(standing.told(slug))
        _build_site(project, (request, articles), (manifest, watcher, outcome))
        _clear(project.work / "staging")
        return outcome


def clean_project(project: Project) -> int:
    """Empty the cache and remove the section masters; gives the number of bytes freed."""
    with only_build(project):
        folders = [project.work / name for name in ("cache", "staging", "templates")]
        masters = [
            path
            for names in ("*/[0-9][0-9]-*.wav", "*/preview/[0-9][0-9]-*.*")
            for path in project.audio.glob(names)
            if path.is_file() and TAKES not in path.relative_to(project.audio).parts[:1]
        ]
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        freed = sum(path.stat().st_size for path in (*files, *masters))
        for folder in folders:
            _clear(folder)
        for master in masters:
            master.unlink()
    return freed


def check_request(project: Project, request: Request) -> None:
    """Raise UsageError for a slug or edition that does not exist."""
    known = {article_slug(path) for path in source_files(project)}
    for names, wanted, what in (
        (known, request.slugs, "article"),
        ({*EDITIONS, *SITE}, request.editions, "edition"),
    ):
        for name in wanted:
            if name not in names:
                near = difflib.get_close_matches(name, sorted(names), 1, 0.6)
                there = ", ".join(sorted(names)) or "none yet"
                meant = f"Did you mean “{near[0]}”?" if near else f"There are: {there}"
                raise UsageError(f"There is no {what} called “{name}”", meant)


def source_files(project: Project) -> tuple[Path, ...]:
    """The files in source/ that a reader knows, by name; of one name the Markdown first."""
    there = [
        path
        for path in project.source.glob("*")
        if path.suffix.lower() in READERS and not LOCK.match(path.name) and path.is_file()
    ]
    return tuple(sorted(there, key=_rank))


def _rank(path: Path) -> tuple[str, int, bool, str]:
    """By the article's name; of several with one name, the Markdown and the exact name first."""
    slug = article_slug(path)
    return slug, list(READERS).index(path.suffix.lower()), path.stem != slug, path.name


def shown_as(project: Project, path: Path) -> str:
    """A file of the project as its owner knows it."""
    return path.relative_to(project.folder).as_posix()


def read_source(project: Project, path: Path) -> Reading:
    """The article in a file of source/. Raises SourceError when it cannot be read at all."""
    shown = shown_as(project, path)
    return read_or_told(lambda: read_article(path, project.source), shown, project.work)


def read_articles(project: Project, report: Report) -> dict[str, Article | None]:
    """Every article by its slug; None where it cannot be built, so that nothing is deleted.

    One that is not written yet is none, unless it was published before.
    """
    articles: dict[str, Article | None] = {}
    sources: dict[str, Path] = {}
    unwritten = False
    for path in source_files(project):
        shown, slug = shown_as(project, path), article_slug(path)
        if slug in sources:
            report.add([_two_of_a_name(shown, sources[slug])])
            continue
        sources[slug] = path
        try:
            reading = read_source(project, path)
        except LeafcastError as error:
            report.add([finding_of(error, "article-unreadable", shown)])
            articles[slug] = None
            continue
        report.add(reading.findings)
        unwritten = unwritten or reading.unwritten
        if not reading.unwritten or slug in read_manifest(project.dist).publications:
            articles[slug] = reading.article
    report.add(_not_read(project))
    if not articles and not unwritten:
        report.add([_no_articles()])
    return articles


def _build_article(
    work: tuple[Project, Request, Rooms],
    article: Article,
    state: tuple[Manifest, Watcher, Outcome],
) -> Manifest:
    """Make one article's editions, publish them together, check them; gives the new manifest."""
    project, request, rooms = work
    manifest, watcher, outcome = state
    tellings = {name: tell(project, article, request.voice, pace) for name, pace in PACES.items()}
    outcome.report.add(tellings[USUAL.name].findings)
    wanted = _editions(article.slug, (project, request), manifest)
    outcome.report.add(not_spoken(article, request.voice))
    if not is_spoken(article, request.voice):
        wanted -= heard_editions()
    order = Order(Publication(article, project), tellings, wanted)
    before = manifest.publications.get(article.slug, {})
    finished = make_editions(order, manifest, rooms, (watcher, outcome.report))
    if finished.made:
        watcher.step(f"Publishing {article.title}")
        manifest = publish(project, article, finished.made, manifest)
        if finished.narration and any(job.edition == "episode" for job in finished.made):
            outcome.report.add(_keep(finished.narration, kept_file(project, article.slug)))
    for job in finished.jobs:
        record = manifest.edition(job.slug, job.edition)
        new = job in finished.made
        if record and (new or not job.reason):
            outcome.made.append(Made(job.slug, job.edition, record.files, new))
    told = Publication(article, project.told_by(request.voice))
    published = manifest.publications.get(article.slug, {})
    standing = standing_of(project, published, before)
    if finished.made or standing.unchecked:
        stale = stale_editions(project, article, tellings, manifest)
        told = replace(told, stale=files_of(project, manifest, article.slug, stale))
    new_ones = [job.edition for job in finished.made]
    outcome.report.add(run_checks(told, new_ones, rooms.prints, request.checks, standing))
    return manifest


def _keep(narration: Narration, path: Path) -> Iterator[Finding]:
    """Keep a narration for the preview; what is published is whole without it."""
    try:
        keep_narration(narration, path)
    except OSError as error:
        found = finding_of(error, "narration-not-kept", f".leafcast/narrations/{path.name}")
        yield replace(found, severity=Severity.WARNING)


def _editions(slug: str, asked: tuple[Project, Request], manifest: Manifest) -> frozenset[str]:
    """What is named, with what that plays and holds; or all but what is made on request and never
    was, and what the practice does without.
    """
    project, request = asked
    if request.editions:
        named = [name for name in request.editions if name in EDITIONS]
        return frozenset(named).union(*(EDITIONS[name].entails for name in named))
    published = manifest.publications.get(slug, {})
    usual = {name for name, each in EDITIONS.items() if not each.on_request or name in published}
    return frozenset(usual - turned_off(project.practice))


def _build_site(
    project: Project,
    asked: tuple[Request, Mapping[str, Article | None]],
    state: tuple[Manifest, Watcher, Outcome],
) -> None:
    """Make what belongs to all publications together, and publish it."""
    request, articles = asked
    manifest, watcher, outcome = state
    site = replace(shelve(project, articles, manifest), parts={})
    made: dict[Job, EditionRecord] = {}
    wanted = _parts(request, manifest)
    for name, part in SITE.items() if site.publications or site.unread else ():
        record = manifest.site.get(name)
        if name not in wanted or (site.unread and not part.files):  # it stays as it was
            site = replace(site, parts={**site.parts, name: record} if record else site.parts)
            continue
        job = plan_part(site, name, record)
        if job.reason:
            watcher.why("all", name, job.reason)
            try:
                record = made[job] = _write_part(site, job, part)
            except (LeafcastError, OSError) as error:
                outcome.report.add([edition_failed(job, error)])
                continue
        if record:
            outcome.made.append(Made("", name, record.files, job in made))
            site = replace(site, parts={**site.parts, name: record})
    if made or not (site.publications or site.unread):
        manifest = publish_site(project, made, manifest)
    site = replace(site, parts=manifest.site)
    run_site_checks(site, [job.edition for job in made], outcome.report)


def _parts(request: Request, manifest: Manifest) -> set[str]:
    """The parts asked for, all of them when nothing is named; and the sums, for they are false
    once anything changed.
    """
    wanted = request.editions or SITE
    return {
        name
        for name, part in SITE.items()
        if name in wanted or (part.files and name in manifest.site)
    }


def _write_part(site: Site, job: Job, part: SitePart) -> EditionRecord:
    """A part's files in staging. Raises LeafcastError or OSError where they cannot be made."""
    folder = staging(site.project, job)
    folder.mkdir(parents=True, exist_ok=True)
    return record_part(site.project, job, part.write(site, folder), site.before.get(job.edition))


# ---------------------------------------------------------------- findings


def _clear(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)


def _two_of_a_name(shown: str, used: Path) -> Finding:
    """What to say of a file whose name another has: beside Markdown it is what that was made of."""
    made_of = used.suffix.lower() == ".md" and not shown.casefold().endswith(".md")
    return Finding(
        "two-articles-of-a-name",
        Severity.ADVICE if made_of else Severity.ERROR,
        f"{used.name} has the same name and is used; this file is left out",
        "Move it into source/originals/" if made_of else "Rename or remove one of them",
        Place(shown),
    )


def _not_read(project: Project) -> Iterator[Finding]:
    """What to say of files in source/ that hold an article, and that no reader knows."""
    for path in sorted(project.source.glob("*")):
        remedy = UNREAD.get(path.suffix.casefold())
        if remedy and path.suffix.casefold() not in READERS and not LOCK.match(path.name):
            yield Finding(
                "file-not-read",
                Severity.ADVICE,
                "This is not a kind of file leafcast can read",
                remedy,
                Place(shown_as(project, path)),
            )


def _no_articles() -> Finding:
    return Finding(
        "no-article",
        Severity.WARNING,
        "There is no article in source/ yet",
        'Start one with: leafcast new "Its title"',
        Place("source"),
    )
