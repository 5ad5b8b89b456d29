"""One article's editions: each is made as soon as what it waits for is there.

What one reads is laid out in the print pool, while this process sees to the sound. One edition that
fails is a finding and stops no other.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from leafcast.build.context import Build
from leafcast.build.plan import Job
from leafcast.build.publish import offers, record_staged, staging
from leafcast.checks import look_ahead
from leafcast.checks.verdicts import MAKING
from leafcast.document.artifact import EditionRecord
from leafcast.document.errors import DoesNotFit, LeafcastError
from leafcast.document.publication import Missing, Offer, Publication
from leafcast.document.report import Finding, Report, Severity, finding_of
from leafcast.editions.table import EDITIONS
from leafcast.narration.model import Narration
from leafcast.narration.narrate import narrate
from leafcast.narration.pace import PACES, USUAL
from leafcast.narration.telling import Telling
from leafcast.narration.voices import prepare


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made of an article: `wanted` are editions, `tellings` by their pace's name."""

    publication: Publication
    tellings: Mapping[str, Telling]
    wanted: frozenset[str]


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """What became of an order: every job in the table's order, what was made in staging, and what
    was found on the way.
    """

    jobs: tuple[Job, ...]
    made: Mapping[Job, EditionRecord]
    narration: Narration | None
    findings: tuple[Finding, ...]


def make_editions(order: Order, build: Build) -> ArticleResult:
    """Make what is missing or changed of what was ordered, in staging.

    Raises SettingsError for a slip in the lexicon.
    """
    making = _Making(order, build)
    making.run()
    jobs = tuple(making.jobs[name] for name in EDITIONS if name in making.jobs)
    narration = making.narrations.get(USUAL.name)
    return ArticleResult(jobs, making.made, narration, tuple(making.report.findings))


def needs_making(order: Order, build: Build) -> bool:
    """Whether anything of what was ordered is missing or changed, and can be made here."""
    making = _Making(order, build)
    return any(making._has_to_be_made(making._plan(name)) for name in making.open)


def write_edition(publication: Publication, job: Job) -> EditionRecord:
    """Write an edition's files into staging, and look at what can be looked at before all is there.

    Raises LeafcastError or OSError where they cannot be made.
    """
    folder = staging(publication.project, job)
    folder.mkdir(parents=True, exist_ok=True)
    files = EDITIONS[job.edition].write(publication, folder)
    look_ahead(publication, job.edition, files)
    return record_staged(publication.project, job, files)


class _Making:
    """An order in the making: what is open, planned, at work, made, and what failed."""

    def __init__(self, order: Order, build: Build) -> None:
        self.order = order
        self.build = build
        self.manifest = build.published.manifest
        self.pools = build.pools
        self.watcher = build.watcher
        self.report = Report()
        self.open = [name for name in EDITIONS if name in order.wanted]
        self.waiting = {name: EDITIONS[name].waits_for for name in self.open}
        self.jobs: dict[str, Job] = {}
        self.standing: dict[str, Job] = {}
        self.to_tell: list[Job] = []
        self.running: dict[Future[EditionRecord], tuple[Job, Publication]] = {}
        self.made: dict[Job, EditionRecord] = {}
        self.found: dict[str, Finding | None] = {}
        self.narrations: dict[str, Narration | None] = {}
        self.heard: dict[str, tuple[Finding, ...]] = {}

    def run(self) -> None:
        """Make everything; what fails is told at the end, in the table's order."""
        self._prepare()
        writers = ThreadPoolExecutor(len(EDITIONS))
        try:
            self._begin()
            while self.to_tell or self.running:
                self._tell(writers)
                for future in self.build.cancel.first_done(self.running):
                    self._take(future)
                self._begin()
        finally:
            writers.shutdown(cancel_futures=True)
        self.report.add(found for name in EDITIONS if (found := self.found.get(name)))

    # ------------------------------------------------------------ planning

    def _prepare(self) -> None:
        """Let voices that are to speak decide on their form; their fingerprint may be another."""
        sounds = [name for name in self.open if EDITIONS[name].pace and not EDITIONS[name].plays]
        planned = {name: self._plan(name) for name in sounds}
        self.standing = {name: job for name, job in planned.items() if not job.reason}
        paces = {EDITIONS[name].pace for name in planned if name not in self.standing}
        tellings = (self.order.tellings[pace] for pace in PACES if pace in paces)
        for voice in dict.fromkeys(voice for each in tellings for voice in each.cast.voices):
            prepare(
                voice, lambda: self.watcher.step("Getting the voice ready, once on this machine")
            )

    def _plan(self, name: str) -> Job:
        edition = EDITIONS[name]
        publication = replace(self.order.publication, offers=self._offers(name))
        telling = self.order.tellings.get(edition.pace)
        return self.build.planner.edition(publication, name, telling, self.manifest)

    def _offers(self, name: str) -> tuple[Offer, ...]:
        """The files that an edition holds or names; what failed may have other words by now."""
        if not EDITIONS[name].waits_for:
            return ()
        there = offers(self.order.publication, EDITIONS[name], self.made, self.manifest)
        return tuple(offer for offer in there if offer.edition not in self.found)

    def _begin(self) -> None:
        """Plan what need not wait any longer, and begin what has a reason."""
        while ready := [
            name
            for name in self.open
            if name not in self.jobs and self.waiting[name].isdisjoint(self.open)
        ]:
            for name in ready:
                self.jobs[name] = job = self.standing.get(name) or self._plan(name)
                if self._has_to_be_made(job):
                    self._hand_out(job)
                else:
                    self.open.remove(name)

    def _has_to_be_made(self, job: Job) -> bool:
        """Whether there is a reason, and all that is needed; the owner is told what is lacking."""
        edition = EDITIONS[job.edition]
        if not job.reason:
            return False
        if edition.needed in self.found or (
            edition.holds and not edition.names_all and edition.made_with.issubset(self.found)
        ):  # which was told with that
            self.found[job.edition] = None
            return False
        if missing := edition.missing(self.order.publication):
            self.found[job.edition] = _not_here(job, missing)
            return False
        return True

    def _hand_out(self, job: Job) -> None:
        """What is read goes to the print pool at once; what is heard waits to be told."""
        self.watcher.why(job.slug, job.edition, job.reason)
        if EDITIONS[job.edition].needs_sound:
            self.to_tell.append(job)
            return
        if not any(not EDITIONS[each.edition].needs_sound for each, _ in self.running.values()):
            self.watcher.step("Laying out the leaflets")
        publication = replace(self.order.publication, offers=self._offers(job.edition))
        self.running[self.pools.prints.submit(write_edition, publication, job)] = (job, publication)

    # ------------------------------------------------------------ telling

    def _tell(self, writers: ThreadPoolExecutor) -> None:
        """Begin what is heard, pace by pace; its files are written while the next is told."""
        to_tell, self.to_tell = self.to_tell, []
        for pace in PACES:
            jobs = [job for job in to_tell if EDITIONS[job.edition].pace == pace]
            heard = [(job, each) for job in jobs if (each := self._heard(job))]
            if heard:
                self.watcher.step(f"Making {' and '.join(job.edition for job, _ in heard)}")
            for job, publication in heard:
                self.running[writers.submit(write_edition, publication, job)] = (job, publication)

    def _heard(self, job: Job) -> Publication | None:
        """The publication with its narration; without, where only its words can be published."""
        edition, publication = EDITIONS[job.edition], self.order.publication
        publication = replace(publication, offers=self._offers(job.edition))
        if edition.plays and edition.plays not in {o.edition for o in publication.offers}:
            return publication
        if edition.pace not in self.narrations:
            telling = self.order.tellings[edition.pace]
            found = Report()
            self.narrations[edition.pace] = narrate(telling, self.pools.voices, self.watcher, found)
            self.heard[edition.pace] = tuple(found.findings)
            self.report.add(found.findings)
        if narration := self.narrations[edition.pace]:
            return replace(publication, narration=narration)
        self._settle(job, None)
        return None

    # ------------------------------------------------------------ done

    def _take(self, future: Future[EditionRecord]) -> None:
        job, publication = self.running.pop(future)
        try:
            self.made[job] = self.pools.prints.result(future, write_edition, publication, job)
            self._keep_heard(job)
            self.open.remove(job.edition)
        except (LeafcastError, OSError) as error:
            self._settle(job, edition_failed(job, error))

    def _keep_heard(self, job: Job) -> None:
        """Keep what was found while it was told, for whatever build tells of it later."""
        if found := self.heard.get(EDITIONS[job.edition].pace):
            self.build.verdicts.keep(MAKING, {job.edition: self.made[job]}, found)

    def _settle(self, job: Job, found: Finding | None) -> None:
        """It was not made; what waited for it goes on without."""
        self.found[job.edition] = found
        self.open.remove(job.edition)


def edition_failed(job: Job, error: LeafcastError | OSError) -> Finding:
    """A finding for an edition, or a part of the site, that could not be made."""
    over = isinstance(error, DoesNotFit)
    found = finding_of(error, f"{job.edition}-over" if over else "edition-not-made")
    what = f"{job.slug}: {job.edition}" if job.slug else job.edition
    return replace(found, message=f"{what} could not be made. {found.message}")


def _not_here(job: Job, missing: Missing) -> Finding:
    code = f"{job.edition}-not-here"
    return Finding(code, Severity.ADVICE, f"{job.slug}: {missing.message}", missing.fix)
