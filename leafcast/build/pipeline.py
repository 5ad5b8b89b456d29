"""Plan a build and run it: sources in, dist/ out, nothing half-written.

An article's editions are made in .leafcast/staging and moved into dist/ together at the end, so
a build that is killed leaves dist/ as it was; clips already voiced are in the cache.
"""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from leafcast.build.context import Build, begin
from leafcast.build.elsewhere import Elsewhere, build_articles_elsewhere
from leafcast.build.here import IN_THE_WAY, Made, build_here, tellings_of
from leafcast.build.lock import only_build
from leafcast.build.parts import SITE
from leafcast.build.plan import Job, files_of
from leafcast.build.publish import record_part, staging
from leafcast.build.schedule import edition_failed
from leafcast.build.sweep import sweep
from leafcast.checks import needed_verdicts, run_checks, run_site_checks, standing_of
from leafcast.checks.files import check_files, check_left, check_unknown
from leafcast.checks.languages import not_spoken
from leafcast.checks.verdicts import KIND as VERDICTS
from leafcast.document.article import Article
from leafcast.document.artifact import EditionRecord, Manifest
from leafcast.document.errors import InTheWay, LeafcastError, UsageError
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place, Report, Severity, finding_of
from leafcast.editions.table import EDITIONS
from leafcast.execution.cancel import Cancel, Cancelled
from leafcast.execution.extensions import refused
from leafcast.execution.request import Request, Silent, Watcher
from leafcast.narration.kept import keep_narrations
from leafcast.narration.pace import USUAL
from leafcast.narration.takes.files import TAKES
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


@dataclass(slots=True)
class Outcome:
    """What a build did."""

    report: Report
    made: list[Made] = field(default_factory=list)
    removed: tuple[str, ...] = ()
    freed_bytes: int = 0


# ---------------------------------------------------------------- one build


def build(
    project: Project,
    request: Request,
    watcher: Watcher,
    report: Report,
    elsewhere: Elsewhere | None = None,
    cancel: Cancel | None = None,
) -> Outcome:
    """Make what is missing or changed: articles `elsewhere`, where that is given.

    Raises UsageError for a slug, edition or voice that does not exist, BusyError when another
    build is at work here, LeafcastError when dist/ cannot be written, Cancelled when nobody wants
    it any more; dist/ then holds what was finished.
    """
    check_request(project, request)
    project = replace(project, jobs=request.jobs)
    project = project.for_print_shop() if request.print_shop else project
    with only_build(project), begin(project, request, watcher, report, cancel) as work:
        _clear(project.work / "staging")
        outcome = Outcome(report)
        report.add(refused())
        with _finished(work):
            _build_all(work, outcome, elsewhere)
        work.verdicts.keep_only(needed_verdicts(work.published.manifest))
        keep_narrations(work.state, work.published.manifest.publications)
        outcome.freed_bytes = sweep(work)
        _clear(project.work / "staging")
        return outcome


def _build_all(work: Build, outcome: Outcome, elsewhere: Elsewhere | None) -> None:
    """Every article that was asked for, and what belongs to all of them."""
    published = work.published
    published.take_out_left_behind()
    known = published.manifest.publications
    articles = read_articles(work.project, work.report, known, work.readings)
    outcome.removed = published.drop_deleted(articles)
    asked = [slug for slug in articles if slug in (work.request.slugs or articles)]
    published.expect(asked)
    paged = [each for slug, each in articles.items() if each and _has_page(work, slug, asked)]
    after = following(paged, work.project.practice.library)
    there = [
        Publication(article, work.project, next=after.get(slug))
        for slug in asked
        if (article := articles[slug])
    ]
    outcome.made += (
        build_articles_elsewhere(work, there, elsewhere)
        if elsewhere
        else _build_articles(work, there)
    )
    looked_at = {slug for slug in asked if articles[slug]}
    for slug, records in published.manifest.publications.items():
        if slug not in looked_at:
            work.report.add(standing_of(work.verdicts, records).told(slug))
    _build_site(work, articles, outcome)
    work.report.add(check_left(work.project.dist, published.manifest))


def _build_articles(work: Build, publications: Sequence[Publication]) -> list[Made]:
    """Each article, one after the other."""
    made: list[Made] = []
    for number, publication in enumerate(publications, 1):
        place = f" ({number} of {len(publications)})" if publications[1:] else ""
        made += build_here(replace(work, watcher=Numbered(work.watcher, place)), publication)
    return made


@contextmanager
def _finished(work: Build) -> Iterator[None]:
    """At the end dist/manifest.json says what is published, whether all was built or not."""
    try:
        yield
    except (KeyboardInterrupt, Cancelled, LeafcastError):
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
    tellings = tellings_of(project, article)
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


def _has_page(work: Build, slug: str, asked: Collection[str]) -> bool:
    """Whether an article has a page, or is about to have one."""
    return "page" in work.published.manifest.publications.get(slug, {}) or (
        slug in asked and "page" in (work.request.editions or EDITIONS)
    )


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
        try:
            work.published.site(made)
        except InTheWay as error:
            work.report.add([finding_of(error, IN_THE_WAY)])
            outcome.made = [each for each in outcome.made if each.slug or not each.new]
            made = {}
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
