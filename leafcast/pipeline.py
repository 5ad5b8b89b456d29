"""Plan a build and run it: sources in, dist/ out, nothing half-written.

An article's editions are made in .leafcast/staging and moved into dist/ together at the end, so
a build that is killed leaves dist/ as it was; clips already voiced are in the cache.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from leafcast.cache import Cache
from leafcast.checks import run_checks, run_site_checks
from leafcast.dist import (
    drop_deleted,
    offers,
    only_build,
    publish,
    publish_site,
    record_staged,
    staging,
    with_staged,
)
from leafcast.errors import DoesNotFit, LeafcastError, UsageError, VoiceUnavailable
from leafcast.manifest import FileRecord, Manifest, read_manifest
from leafcast.model import Article
from leafcast.narration.casting import cast_article, ready_voices
from leafcast.narration.kept import keep_narration, kept_file
from leafcast.narration.model import Cast, Clip, Narration, Utterance
from leafcast.narration.pace import PACES, USUAL, Pace
from leafcast.narration.takes.files import TAKES, find_takes
from leafcast.narration.voices import fingerprint, prepare
from leafcast.plan import Job, Telling, plan_article, plan_part
from leafcast.project import Project
from leafcast.publish import EDITIONS, WAVES, Lack, turned_off
from leafcast.publish.model import Publication
from leafcast.publish.site import SITE, Site, SitePart, shelve
from leafcast.readers import READERS, read_article
from leafcast.report import Finding, Place, Report, Severity

if TYPE_CHECKING:
    from leafcast.narration.takes.performance import Performance


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for. Empty `slugs`, `editions` or `only` (passages) mean all of them.

    `checks` are those made on request.
    """

    slugs: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    voice: str = ""
    print_shop: bool = False
    jobs: int = field(default_factory=lambda: available_cores())
    only: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()


class Watcher(Protocol):
    """Is told how the work goes."""

    def step(self, words: str) -> None:
        """A new piece of work begins."""

    def why(self, slug: str, edition: str, reason: str) -> None:
        """An edition is made anew, for this reason."""

    def voicing(self, shown: str, share: float) -> None:
        """A sentence was voiced; `share` of the missing ones is done, by their length, 0 to 1."""


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


def available_cores() -> int:
    """How many cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


# ---------------------------------------------------------------- one build


def build(project: Project, request: Request, watcher: Watcher, report: Report) -> Outcome:
    """Make what is missing or changed.

    Raises UsageError for a slug, edition or voice that does not exist, BusyError when another
    build is at work here, LeafcastError when dist/ cannot be written.
    """
    check_request(project, request)
    project = project.for_print_shop() if request.print_shop else project
    with only_build(project):
        _clear(project.work / "staging")
        manifest = read_manifest(project.dist)
        outcome = Outcome(report)
        articles = read_articles(project, report)
        manifest, outcome.removed = drop_deleted(project.dist, manifest, articles)
        for slug, article in articles.items():
            if article and slug in (request.slugs or articles):
                manifest = _build_article(project, request, article, (manifest, watcher, outcome))
                new = [made.edition for made in outcome.made if made.slug == slug and made.new]
                told = Publication(article, project.told_by(request.voice))
                run_checks(told, new, report, request.checks)
        _build_site(project, (request, articles), (manifest, watcher, outcome))
        _clear(project.work / "staging")
        return outcome


def clean_project(project: Project) -> int:
    """Empty the cache and remove the section masters; gives the number of bytes freed."""
    with only_build(project):
        folders = [project.work / "cache", project.work / "staging"]
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
    known = {path.stem for path in source_files(project)}
    for names, wanted, what in (
        (known, request.slugs, "article"),
        ({*EDITIONS, *SITE}, request.editions, "edition"),
    ):
        for name in wanted:
            if name not in names:
                there = ", ".join(sorted(names)) or "none yet"
                raise UsageError(f"There is no {what} called “{name}”", f"There are: {there}")


def source_files(project: Project) -> tuple[Path, ...]:
    """The files in source/ that a reader knows, by name."""
    return tuple(
        path
        for path in sorted(project.source.glob("*"))
        if path.suffix.lower() in READERS and path.is_file()
    )


def read_articles(project: Project, report: Report) -> dict[str, Article | None]:
    """Every article by its slug; None where it cannot be built, so that nothing is deleted."""
    articles: dict[str, Article | None] = {}
    for path in source_files(project):
        shown = path.relative_to(project.folder).as_posix()
        if path.stem in articles:
            report.add([_two_of_a_name(shown, path.stem)])
            continue
        try:
            reading = read_article(path, project.source)
        except LeafcastError as error:
            report.add([finding_of(error, "article-unreadable", shown)])
            articles[path.stem] = None
            continue
        report.add(reading.findings)
        articles[path.stem] = reading.article
    if not articles:
        report.add([_no_articles()])
    return articles


def _build_article(
    project: Project,
    request: Request,
    article: Article,
    state: tuple[Manifest, Watcher, Outcome],
) -> Manifest:
    """Make one article's editions and publish them together; gives the new manifest."""
    manifest, watcher, outcome = state
    tellings = {name: tell(project, article, request.voice, pace) for name, pace in PACES.items()}
    outcome.report.add(tellings[USUAL.name].findings)
    work = Work(Publication(article, project), tellings, request)
    wanted = _editions(article.slug, (project, request), manifest)
    jobs: list[Job] = []
    staged: dict[Job, tuple[Path, ...]] = {}
    for wave in range(WAVES):
        publication = _offering(work.publication, (jobs, staged), manifest)
        work = replace(work, publication=publication)
        planned = plan_article(publication, tellings, manifest, wave)
        todo = [job for job in planned if job.edition in wanted]
        if _prepare(tellings, todo, watcher):  # a voice has another fingerprint now
            return _build_article(project, request, article, state)
        staged |= _make(work, todo, watcher, outcome.report)
        jobs += todo
    if staged:
        watcher.step(f"Publishing {article.title}")
        manifest = publish(project, article, staged, manifest)
        _keep_told(work, staged)
    for job in jobs:
        record = manifest.edition(job.slug, job.edition)
        if record and not (job.reason and job not in staged):
            outcome.made.append(Made(job.slug, job.edition, record.files, job in staged))
    return manifest


def _keep_told(work: Work, staged: Mapping[Job, tuple[Path, ...]]) -> None:
    """Keep the narration that was published, for pages that are shown before it is made anew."""
    narration = work.narrations.get(USUAL.name)
    if narration and any(job.edition == "episode" for job in staged):
        project, article = work.publication.project, work.publication.article
        keep_narration(narration, kept_file(project, article.slug))


def _offering(
    publication: Publication,
    done: tuple[list[Job], dict[Job, tuple[Path, ...]]],
    manifest: Manifest,
) -> Publication:
    """The publication with the files it will have; those of an edition that failed are of old."""
    jobs, staged = done
    project, article = publication.project, publication.article
    after = with_staged(project, article, staged, manifest) if staged else manifest
    failed = {job.edition for job in jobs if job.reason and job not in staged}
    named = offers(project, article, staged, after)
    return replace(publication, offers=tuple(o for o in named if o.edition not in failed))


def _build_site(
    project: Project,
    asked: tuple[Request, Mapping[str, Article | None]],
    state: tuple[Manifest, Watcher, Outcome],
) -> None:
    """Make what belongs to all publications together, and publish it."""
    request, articles = asked
    manifest, watcher, outcome = state
    if any(article is None and slug in manifest.publications for slug, article in articles.items()):
        return  # one cannot be read, which was said; it stays on the shelf as it was
    site = replace(shelve(project, articles, manifest), parts={})
    staged: dict[Job, tuple[Path, ...]] = {}
    for name, part in (_parts(request) if site.publications else {}).items():
        published = manifest.site.get(name)
        job = plan_part(site, name, published)
        if job.reason:
            watcher.why("all", name, job.reason)
            staged |= _kept_parts(site, (job, part), outcome.report)
        record = record_staged(project, job, staged[job]) if job in staged else published
        if record and (job in staged or not job.reason):
            outcome.made.append(Made("", name, record.files, job in staged))
            site = replace(site, parts={**site.parts, name: record})
    if staged or not site.publications:
        manifest = publish_site(project, staged, manifest)
        site = replace(site, parts=manifest.site)
    run_site_checks(site, [job.edition for job in staged], outcome.report)


def _parts(request: Request) -> dict[str, SitePart]:
    """The parts asked for; all of them when nothing is named."""
    wanted = request.editions or SITE
    return {name: part for name, part in SITE.items() if name in wanted}


def _kept_parts(
    site: Site, work: tuple[Job, SitePart], report: Report
) -> dict[Job, tuple[Path, ...]]:
    """A part's files in staging; or a finding, where they could not be made."""
    job, part = work
    folder = staging(site.project, job)
    folder.mkdir(parents=True, exist_ok=True)
    return dict(_kept(job, lambda: part.write(site, folder), report))


def _prepare(tellings: Mapping[str, Telling], jobs: list[Job], watcher: Watcher) -> bool:
    """Let voices that are to speak decide on their form; whether a fingerprint may differ now."""
    paces = {EDITIONS[job.edition].pace for job in jobs if job.reason}
    voices = {voice for pace in paces & set(tellings) for voice in tellings[pace].cast.voices}
    changed = [
        prepare(voice, lambda: watcher.step("Getting the voice ready, once on this machine"))
        for voice in voices
    ]
    return any(changed)


def _editions(slug: str, asked: tuple[Project, Request], manifest: Manifest) -> set[str]:
    """What is named, with what that plays and holds; or all but what is made on request and never
    was, and what the practice does without.
    """
    project, request = asked
    if request.editions:
        named = (EDITIONS[name] for name in request.editions if name in EDITIONS)
        return {*request.editions}.union(*(each.entails for each in named))
    published = manifest.publications.get(slug, {})
    usual = {name for name, each in EDITIONS.items() if not each.on_request or name in published}
    return usual - turned_off(project.practice)


def _possible(publication: Publication, jobs: list[Job], report: Report) -> Iterator[Job]:
    """The jobs that can be done on this machine; of the others the owner is told."""
    for job in jobs:
        if lack := EDITIONS[job.edition].lack(publication):
            report.add([_not_here(job, lack)])
        else:
            yield job


def tell(project: Project, article: Article, voice: str, pace: Pace = USUAL) -> Telling:
    """What is said of the article, by whom, and how fast."""
    cast, findings = cast_article(project, article, voice, pace)
    takes = find_takes(project, article.slug)
    return Telling(project, article, cast, pace, findings, takes=takes)


# ---------------------------------------------------------------- making


@dataclass(frozen=True, slots=True)
class Work:
    """What an article's editions are made from. A narration is made once, and kept by its pace."""

    publication: Publication
    tellings: Mapping[str, Telling]
    request: Request
    narrations: dict[str, Narration | None] = field(default_factory=dict)


def _make(
    work: Work, jobs: list[Job], watcher: Watcher, report: Report
) -> Iterator[tuple[Job, tuple[Path, ...]]]:
    """Make the files of each job that has a reason, in staging.

    One that fails is a finding and stops no other. The press, which is all Python, works while
    the sound waits for engines and encoders.
    """
    todo = list(_possible(work.publication, [job for job in jobs if job.reason], report))
    if todo:  # a slip in the lexicon is told once, before anything is made
        _ = work.tellings[USUAL.name].script
    for job in todo:
        watcher.why(job.slug, job.edition, job.reason)
    prints, sounds = ([job for job in todo if _is_sound(job) == sound] for sound in (False, True))
    with ThreadPoolExecutor(1) as press:
        if prints:
            watcher.step("Laying out the leaflets")
        pressed = [(job, press.submit(_write, work.publication, job)) for job in prints]
        for pace in work.tellings:
            told = [job for job in sounds if EDITIONS[job.edition].pace == pace]
            heard = _heard(work, told, watcher, report)
            if heard:
                watcher.step(f"Making {' and '.join(job.edition for job in told)}")
                with ThreadPoolExecutor(len(told)) as desks:
                    made = [(job, desks.submit(_write, heard, job)) for job in told]
                for job, sound in made:
                    yield from _kept(job, sound.result, report)
        for job, printed in pressed:
            yield from _kept(job, printed.result, report)


def _heard(work: Work, told: list[Job], watcher: Watcher, report: Report) -> Publication | None:
    """The publication with its narration; without, where only its words are there to publish."""
    if not told:
        return None
    plays = {EDITIONS[job.edition].plays for job in told}
    pace = EDITIONS[told[0].edition].pace
    if plays != {""} and plays.isdisjoint(offer.edition for offer in work.publication.offers):
        return work.publication
    if pace not in work.narrations:
        telling = work.tellings[pace]
        work.narrations[pace] = narrate((telling, work.request), watcher, report)
    narration = work.narrations[pace]
    return replace(work.publication, narration=narration) if narration else None


def _is_sound(job: Job) -> bool:
    return EDITIONS[job.edition].needs_sound


def _write(publication: Publication, job: Job) -> tuple[Path, ...]:
    folder = staging(publication.project, job)
    folder.mkdir(parents=True, exist_ok=True)
    return EDITIONS[job.edition].write(publication, folder)


def _kept(
    job: Job, result: Callable[[], tuple[Path, ...]], report: Report
) -> Iterator[tuple[Job, tuple[Path, ...]]]:
    """The job with its files; or a finding, where they could not be made."""
    try:
        yield job, result()
    except (LeafcastError, OSError) as error:
        report.add([_edition_failed(job, error)])


def narrate(work: tuple[Telling, Request], watcher: Watcher, report: Report) -> Narration | None:
    """Voice what is missing, and master it; None (and findings) where that cannot be done."""
    telling, request = work
    project = telling.project
    cache = Cache(project.work / "cache")
    try:
        from leafcast.narration.takes.performance import perform

        performance = perform(telling, cache, lambda: watcher.step("Listening to the recordings"))
        report.add(performance.findings)
        watcher.step("Reading aloud")
        if voice_script(performance.telling, (cache, request.jobs), watcher, report):
            return None
        watcher.step("Mastering the sound")
        return _mastered(performance, cache)
    except (LeafcastError, OSError) as error:
        report.add([_narration_failed(telling, error)])
        return None


def _mastered(performance: Performance, cache: Cache) -> Narration:
    """The narration; passages that a person reads are her recordings."""
    from leafcast.narration.mastering import Bench, master

    telling = performance.telling
    read_clip = clip_reader(telling.cast, cache)
    bench = Bench(telling.project.practice.sound, _masters(telling), cache)
    if not performance.own:
        return master(telling.script, read_clip, telling.cast, bench)
    from leafcast.narration.voices.take import credited, joiner

    join = joiner(performance, read_clip, cache)
    narration = master(telling.script, read_clip, telling.cast, bench, join=join)
    return credited(narration, telling.readers)


def voice_script(
    telling: Telling, work: tuple[Cache, int], watcher: Watcher, report: Report
) -> bool:
    """Voice what is missing, each voice its parts; whether something could not be voiced."""
    from leafcast.narration.clips import clip_key
    from leafcast.narration.studio import Studio, voice_missing
    from leafcast.narration.timed import time_words

    cache, jobs = work
    studio = Studio(jobs, lambda done: watcher.voicing(done.shown, done.share))
    failed = False
    for spec in telling.cast.voices:
        part = [each for each in telling.voiced if telling.cast.voice_of(each) == spec]
        voiced = voice_missing(part, spec, cache, studio)
        report.add(voiced.findings)
        failed = failed or bool(voiced.findings)
        if not voiced.findings:
            prints = fingerprint(spec)
            keyed = [(clip_key(prints, each), each) for each in part]
            report.add(time_words(keyed, spec, (cache, jobs)))
    return failed


def clip_reader(cast: Cast, cache: Cache) -> Callable[[Utterance], Clip | None]:
    """Finds the clip of an utterance, as its voice said it."""
    from leafcast.narration.clips import clip_key, read_clip

    prints = {spec: fingerprint(spec) for spec in cast.voices}
    return lambda said: read_clip(cache, clip_key(prints[cast.voice_of(said)], said))


def _masters(telling: Telling) -> Path:
    """Where the section masters are: audio/<slug>, those of another pace in a folder of it, and
    those of a preview too. audio/takes holds recordings, so an article called “takes” has its
    masters beside it.
    """
    slug = telling.article.slug
    folder = telling.project.audio / (f"{slug}-masters" if slug == TAKES else slug)
    if telling.only:
        return folder / "preview"
    return folder / ("" if telling.pace == USUAL else telling.pace.name)


# ---------------------------------------------------------------- findings


def finding_of(error: LeafcastError | OSError, code: str, shown: str = "") -> Finding:
    """A finding for an error that stopped one piece of work."""
    if isinstance(error, LeafcastError):
        place = Place(error.path or shown, error.line) if error.path or shown else None
        return Finding(code, Severity.ERROR, error.message, error.hint, place)
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    message = "The disk is full" if full else f"A file cannot be written: {error.strerror}"
    fix = "Make room and build again; what was voiced is kept" if full else str(error.filename)
    return Finding(code, Severity.ERROR, message, fix, Place(shown) if shown else None)


def _edition_failed(job: Job, error: LeafcastError | OSError) -> Finding:
    over = isinstance(error, DoesNotFit)
    found = finding_of(error, f"{job.edition}-over" if over else "edition-not-made")
    what = f"{job.slug}: {job.edition}" if job.slug else job.edition
    return replace(found, message=f"{what} could not be made. {found.message}")


def _narration_failed(telling: Telling, error: LeafcastError | OSError) -> Finding:
    found = finding_of(error, "narration-not-made")
    slug = telling.article.slug
    found = replace(found, message=f"{slug}: the narration could not be made. {found.message}")
    if isinstance(error, VoiceUnavailable):
        ready = [name for name in ready_voices(telling.project) if name != telling.cast.own.name]
        others = f"Ready on this machine: {', '.join(ready)}; choose one with --voice NAME"
        found = replace(found, fix=others if ready else found.fix)
    return found


def _not_here(job: Job, lack: Lack) -> Finding:
    code = f"{job.edition}-not-here"
    return Finding(code, Severity.ADVICE, f"{job.slug}: {lack.message}", lack.fix)


def _clear(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _two_of_a_name(shown: str, slug: str) -> Finding:
    return Finding(
        "two-articles-of-a-name",
        Severity.ERROR,
        f"Two files are called “{slug}”; this one is left out",
        "Rename or remove one of them",
        Place(shown),
    )


def _no_articles() -> Finding:
    return Finding(
        "no-article",
        Severity.WARNING,
        "There is no article in source/ yet",
        'Start one with: leafcast new "Its title"',
        Place("source"),
    )
