"""Plan a build and run it: sources in, dist/ out, nothing half-written.

An article's editions are made in .leafcast/staging and moved into dist/ together at the end, so
a build that is killed leaves dist/ as it was; clips already voiced are in the cache.
"""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from leafcast.build.context import Build, begin
from leafcast.build.lock import only_build
from leafcast.build.parts import SITE
from leafcast.build.plan import Job, files_of
from leafcast.build.publish import record_part, staging
from leafcast.build.schedule import ArticleResult, Order, edition_failed, make_editions
from leafcast.checks import needed_verdicts, run_checks, run_site_checks, standing_of
from leafcast.checks.files import check_files, check_unknown
from leafcast.checks.languages import is_spoken, not_spoken
from leafcast.checks.verdicts import KIND as VERDICTS
from leafcast.document.article import Article
from leafcast.document.artifact import EditionRecord, FileRecord, Manifest
from leafcast.document.errors import LeafcastError, UsageError
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place, Report, Severity, finding_of
from leafcast.editions.table import EDITIONS, heard_editions, turned_off
from leafcast.execution.extensions import refused
from leafcast.execution.request import Request, Watcher
from leafcast.narration.kept import keep_narration, kept_file
from leafcast.narration.model import Narration
from leafcast.narration.narrate import tell
from leafcast.narration.pace import PACES, USUAL
from leafcast.narration.takes.files import TAKES
from leafcast.narration.telling import Telling
from leafcast.practice.project import Project
from leafcast.readers import article_slug
from leafcast.readers.folder import read_articles, source_files
from leafcast.site.order import following
from leafcast.site.parts import Site, SitePart, shelve
from leafcast.state.store import open_state


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


class Silent:
    """A watcher of what nobody waits for."""

    def step(self, words: str) -> None:
        """See Watcher."""

    def why(self, slug: str, edition: str, reason: str) -> None:
        """See Watcher."""

    def voicing(self, shown: str, share: float) -> None:
        """See Watcher."""


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
    with only_build(project), begin(project, request, watcher, report) as work:
        _clear(project.work / "staging")
        outcome = Outcome(report)
        report.add(refused())
        with _finished(work):
            _build_all(work, outcome)
        work.verdicts.keep_only(needed_verdicts(work.published.manifest))
        _clear(project.work / "staging")
        return outcome


def _build_all(work: Build, outcome: Outcome) -> None:
    """Every article that was asked for, one after the other, and what belongs to all of them."""
    published = work.published
    published.take_out_left_behind()
    known = published.manifest.publications
    articles = read_articles(work.project, work.report, known, work.readings)
    outcome.removed = published.drop_deleted(articles)
    asked = [slug for slug in articles if slug in (work.request.slugs or articles)]
    published.expect(asked)
    paged = [each for slug, each in articles.items() if each and _has_page(work, slug, asked)]
    after = following(paged, work.project.practice.library)
    for number, slug in enumerate(asked, 1):
        if article := articles[slug]:
            place = f" ({number} of {len(asked)})" if asked[1:] else ""
            told = replace(work, watcher=Numbered(work.watcher, place))
            publication = Publication(article, work.project, next=after.get(slug))
            _build_article(told, publication, outcome)
    looked_at = {slug for slug in asked if articles[slug]}
    for slug, records in published.manifest.publications.items():
        if slug not in looked_at:
            work.report.add(standing_of(work.verdicts, records).told(slug))
    _build_site(work, articles, outcome)


@contextmanager
def _finished(work: Build) -> Iterator[None]:
    """At the end dist/manifest.json says what is published, whether all was built or not."""
    try:
        yield
    except (KeyboardInterrupt, LeafcastError):
        with suppress(LeafcastError):
            work.published.finish()
        raise
    work.published.finish()


def check_project(
    project: Project, slugs: tuple[str, ...], report: Report, asked: tuple[str, ...] = ()
) -> None:
    """Check the sources and everything in dist/, and what is `asked`: `leafcast check`."""
    request = Request(slugs)
    check_request(project, request)
    with begin(project, request, Silent(), report) as work:
        manifest = work.published.manifest
        report.add(check_files(project.dist, manifest))
        report.add(check_unknown(project.dist, manifest))
        report.add(refused())
        articles = read_articles(project, report, manifest.publications)
        for slug, article in articles.items():
            if article and slug in (slugs or (slug,)):
                _check_article(work, article, asked)
        site = shelve(project, articles, manifest)
        run_site_checks(site, manifest.site, report, work.verdicts)


def _check_article(work: Build, article: Article, asked: tuple[str, ...]) -> None:
    project, slug, manifest = work.project, article.slug, work.published.manifest
    tellings = _tellings(project, article)
    work.report.add((*tellings[USUAL.name].findings, *not_spoken(article)))
    stale = work.planner.stale(article, tellings, manifest)
    work.report.add([_stale(article, stale)] if stale else ())
    records = manifest.publications.get(slug, {})
    files = files_of(project, manifest, slug, stale)
    told = Publication(article, project, stale=files, records=records)
    work.report.add(run_checks(told, records.keys() - set(stale), work.pools.prints, asked))


def _stale(article: Article, stale: tuple[str, ...]) -> Finding:
    """What in dist/ is of the article as it was; it is not judged by what the article is now."""
    return Finding(
        "not-built-yet",
        Severity.WARNING,
        f"What is published as {', '.join(stale)} is as the article or practice.toml was before",
        "Run the build, and it will be as they are now",
        Place(article.source),
    )


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
        with open_state(project.work) as state:
            state.forget(VERDICTS, state.keys(VERDICTS))
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


def _tellings(project: Project, article: Article, voice: str = "") -> dict[str, Telling]:
    """How the article is told, at each pace."""
    return {name: tell(project, article, voice, pace) for name, pace in PACES.items()}


def _has_page(work: Build, slug: str, asked: Collection[str]) -> bool:
    """Whether an article has a page, or is about to have one."""
    return "page" in work.published.manifest.publications.get(slug, {}) or (
        slug in asked and "page" in (work.request.editions or EDITIONS)
    )


def _build_article(work: Build, publication: Publication, outcome: Outcome) -> None:
    """Make one article's editions, publish them together, check them."""
    project, request, article = work.project, work.request, publication.article
    slug = article.slug
    before = work.published.manifest.publications.get(slug, {})
    tellings = _tellings(project, article, request.voice)
    work.report.add(tellings[USUAL.name].findings)
    wanted = _editions(work, before)
    work.report.add(not_spoken(article, request.voice))
    if not is_spoken(article, request.voice):
        wanted -= heard_editions()
    result = make_editions(Order(publication, tellings, wanted), work)
    work.report.add(result.findings)
    _publish(work, article, result)
    records = work.published.manifest.publications.get(slug, {})
    outcome.made += _made(result, records)
    told = Publication(article, project.told_by(request.voice), records=records)
    standing = standing_of(work.verdicts, records, before)
    if result.made or standing.unchecked:
        manifest = work.published.manifest
        stale = work.planner.stale(article, tellings, manifest)
        told = replace(told, stale=files_of(project, manifest, slug, stale))
    new_ones = [job.edition for job in result.made]
    work.report.add(run_checks(told, new_ones, work.pools.prints, request.checks, standing))


def _publish(work: Build, article: Article, result: ArticleResult) -> None:
    """Move what was made of an article into dist/, and keep its narration for the preview."""
    if not result.made:
        return
    work.watcher.step(f"Publishing {article.title}")
    work.published.article(article, result.made)
    if result.narration and any(job.edition == "episode" for job in result.made):
        work.report.add(_keep(result.narration, kept_file(work.project, article.slug)))


def _made(result: ArticleResult, records: Mapping[str, EditionRecord]) -> Iterator[Made]:
    """The editions that stand in dist/ as they should, new ones and others."""
    for job in result.jobs:
        record = records.get(job.edition)
        new = job in result.made
        if record and (new or not job.reason):
            yield Made(job.slug, job.edition, record.files, new)


def _keep(narration: Narration, path: Path) -> Iterator[Finding]:
    """Keep a narration for the preview; what is published is whole without it."""
    try:
        keep_narration(narration, path)
    except OSError as error:
        found = finding_of(error, "narration-not-kept", f".leafcast/narrations/{path.name}")
        yield replace(found, severity=Severity.WARNING)


def _editions(work: Build, published: Mapping[str, EditionRecord]) -> frozenset[str]:
    """What is named, with what that plays and holds; or all but what is made on request and never
    was `published`, and what the practice does without.
    """
    if work.request.editions:
        named = [name for name in work.request.editions if name in EDITIONS]
        return frozenset(named).union(*(EDITIONS[name].made_with for name in named))
    usual = {name for name, each in EDITIONS.items() if not each.on_request or name in published}
    return frozenset(usual - turned_off(work.project.practice))


def _build_site(work: Build, articles: Mapping[str, Article | None], outcome: Outcome) -> None:
    """Make what belongs to all publications together, and publish it."""
    manifest = work.published.manifest
    site = replace(shelve(work.project, articles, manifest), parts={})
    made: dict[Job, EditionRecord] = {}
    wanted = _parts(work.request, manifest)
    for name, part in SITE.items() if site.publications or site.unread else ():
        record = manifest.site.get(name)
        if name not in wanted or (site.unread and not part.files):  # it stays as it was
            site = replace(site, parts={**site.parts, name: record} if record else site.parts)
            continue
        job = work.planner.part(site, name, record)
        if job.reason:
            work.watcher.why("all", name, job.reason)
            try:
                record = made[job] = _write_part(site, job, part)
            except (LeafcastError, OSError) as error:
                work.report.add([edition_failed(job, error)])
                continue
        if record:
            outcome.made.append(Made("", name, record.files, job in made))
            site = replace(site, parts={**site.parts, name: record})
    if made or not (site.publications or site.unread):
        work.published.site(made)
    site = replace(site, parts=work.published.manifest.site)
    run_site_checks(site, [job.edition for job in made], work.report, work.verdicts)


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


# ---------------------------------------------------------------- folders


def _clear(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)
