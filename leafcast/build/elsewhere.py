"""One article built anywhere: plain data goes there, plain data and blobs come back.

`build_article` is a function of a module and of what it is given: in this process, in another, on
another machine. The files that it needs are blobs in a store, and so are those that it makes; the
practice's folder is laid out from them in a place of its own, and the same build works there as
everywhere. Only the build that gave the order writes dist/.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import tempfile
import threading
import time as clock
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Final

from leafcast.build.context import Build, begin
from leafcast.build.here import Made, build_here, order_of
from leafcast.build.keys import Keys
from leafcast.build.libraries import Libraries
from leafcast.build.plan import Job
from leafcast.build.publish import staged
from leafcast.build.schedule import Order, needs_making
from leafcast.checks import standing_of
from leafcast.checks.verdicts import KIND as VERDICTS
from leafcast.document.article import Article
from leafcast.document.artifact import EditionRecord, FileRecord, Manifest
from leafcast.document.errors import LeafcastError
from leafcast.document.publication import Neighbour, Publication
from leafcast.document.report import Finding, Place, Report, Severity
from leafcast.execution.cancel import Cancel
from leafcast.execution.environment import with_variable
from leafcast.execution.request import Request, Silent
from leafcast.locale.days import today
from leafcast.narration.kept import KIND as NARRATIONS
from leafcast.narration.model import VoiceSpec
from leafcast.narration.voices import fingerprint, prepare, variant
from leafcast.narration.voices.forms import telling_forms
from leafcast.practice.project import PRACTICE_FILE, Project, load_project
from leafcast.readers import READERS
from leafcast.readers.folder import read_articles
from leafcast.state.blobs import Store, keep_blob, open_store, read_blob
from leafcast.state.cache import sharing, write_beside
from leafcast.state.hashes import file_hash
from leafcast.state.imports import Program, read_installed
from leafcast.state.manifest import parse_editions, plain_editions
from leafcast.state.store import State
from leafcast.state.uses import KIND as USES

PROGRAM: Final = "leafcast.build.elsewhere:build_article"
EPOCH: Final = "SOURCE_DATE_EPOCH"
TOLD: Final = (VERDICTS, NARRATIONS, USES)
"""The kinds of facts about an article that the state keeps, wherever it was made."""
LAID_OUT: Final = "leafcast-article-"
LEFT_AFTER_SECONDS: Final = 86_400
"""No article takes a day."""
LEFT_OUT: Final = ("originals",)
"""Folders in source/ that no build reads."""

Editions = Mapping[str, EditionRecord]
Files = tuple[tuple[str, str], ...]
"""Paths in the practice's folder, each with the hash of the file."""


@dataclass(frozen=True, slots=True)
class ArticleOrder:
    """All that decides what is made of an article.

    `next` is the article after it. `files` are the paths in the practice's folder, and the hashes,
    of what it is made from; `records` are the editions that are published, as JSON, whose files are
    blobs too; `voices` are the names, forms and fingerprints of the voices; `program` is the hash
    of leafcast and of the libraries it uses, `epoch` the day in seconds since 1970.
    """

    slug: str
    title: str
    next: Neighbour | None
    request: Request
    files: Files
    records: str
    voices: tuple[tuple[str, str, str], ...]
    program: str
    epoch: str
    store: str


@dataclass(frozen=True, slots=True)
class ArticleMade:
    """What became of an order: the records of all editions as JSON, which of them stand as they
    should and whether each is new, what was found, and the facts that the state keeps of it, by
    kind and key. Files are blobs by the hash in their record.
    """

    slug: str
    records: str
    reasons: tuple[tuple[str, str], ...]
    standing: tuple[tuple[str, bool], ...]
    findings: tuple[Finding, ...]
    facts: tuple[tuple[str, str, bytes], ...]


@dataclass(slots=True)
class _Reasons(Silent):
    """A watcher that remembers why what is made."""

    given: list[tuple[str, str]] = field(default_factory=list)

    def why(self, slug: str, edition: str, reason: str) -> None:
        """See Watcher."""
        self.given.append((edition, reason))


# ---------------------------------------------------------------- where the order is given


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What carries out orders: an executor of whatever kind, the address of a store that it and
    this process reach, and what is raised where the machine at work was lost.
    """

    executor: Executor
    store: str
    lost: tuple[type[Exception], ...] = (BrokenExecutor,)


def build_articles_elsewhere(
    work: Build, publications: Sequence[Publication], elsewhere: Elsewhere
) -> list[Made]:
    """Let each article that is to be made be made elsewhere, and publish it as it comes.

    What is told of them is told in their order, whichever came first.
    """
    store = open_store(elsewhere.store)
    articles = [each.article for each in publications]
    works = {article.slug: replace(work, report=Report()) for article in articles}
    shared = cache(lambda: _kept(work.project, _shared_files(work.project), store))
    made: dict[str, list[Made]] = {}
    under_way: dict[Future[ArticleMade], Article] = {}
    try:
        for publication in publications:
            article = publication.article
            if order := article_order(works[article.slug], publication, elsewhere.store, shared):
                under_way[elsewhere.executor.submit(build_article, order)] = article
            else:
                made[article.slug] = build_here(works[article.slug], publication)
        failures: tuple[type[Exception], ...] = (LeafcastError, OSError, *elsewhere.lost)
        total, count = len(under_way), 0
        if total:
            work.watcher.step(f"Making {total} article{'s' if total > 1 else ''} on the cluster")
        for future in _as_done(under_way, work.cancel):
            article, count = under_way[future], count + 1
            own = works[article.slug]
            try:
                made[article.slug] = publish_made(own, article, future.result(), store)
            except failures as error:
                own.report.add([_not_made(article, error)])
            work.watcher.step(f"{count} of {total} articles done")
    finally:
        for future in under_way:  # what nobody wants any more is not begun
            future.cancel()
    for article in articles:
        work.report.add(works[article.slug].report.findings)
    return [each for article in articles for each in made.get(article.slug, [])]


def _as_done(
    under_way: Collection[Future[ArticleMade]], cancel: Cancel
) -> Iterator[Future[ArticleMade]]:
    """Each as it is done. Raises Cancelled."""
    left = set(under_way)
    while left:
        done = cancel.first_done(left)
        left -= done
        yield from done


def _not_made(article: Article, error: Exception) -> Finding:
    words = str(error) if isinstance(error, LeafcastError) else f"Its machine was lost: {error}"
    hint = getattr(error, "hint", "") or "Build again: what was finished is kept"
    return Finding(
        "article-not-made",
        Severity.ERROR,
        f"{article.slug}: it could not be made on the cluster. {words}",
        f"{hint}. Or build it here, without --cluster",
        Place(article.source),
    )


def article_order(
    work: Build, publication: Publication, store: str, shared: Callable[[], Files]
) -> ArticleOrder | None:
    """The order for an article, its files kept in `store`; None where there is nothing to make.

    `shared` keeps what is no article's own, and gives it; it is asked only where there is an order.
    """
    article, order = publication.article, order_of(work, publication)
    records = work.published.manifest.publications.get(article.slug, {})
    if not needs_making(order, work) and not standing_of(work.verdicts, records).unchecked:
        return None
    opened = open_store(store)
    voices = _prepared(order, work)
    return ArticleOrder(
        article.slug,
        article.title,
        publication.next,
        replace(work.request, slugs=(article.slug,), jobs=1),
        (*shared(), *_kept(work.project, _own_files(work.project, article), opened)),
        _kept_records(work.project, records, opened),
        tuple((each.name, variant(each), fingerprint(each)) for each in voices),
        _program(work),
        os.environ.get(EPOCH) or str(int(datetime.combine(today(), time(12), UTC).timestamp())),
        store,
    )


def _prepared(order: Order, work: Build) -> tuple[VoiceSpec, ...]:
    """The voices of an article, each in the form that it takes on this machine."""
    voices = tuple({v: v for each in order.tellings.values() for v in each.cast.voices})
    for voice in voices:
        prepare(voice, lambda: work.watcher.step("Getting the voice ready, once on this machine"))
    return voices


def _own_files(project: Project, article: Article) -> Iterator[Path]:
    """An article's source, and the recordings of it."""
    yield project.folder / article.source
    yield from (project.folder / f"audio/takes/{article.slug}").rglob("*")


def _shared_files(project: Project) -> Iterator[Path]:
    """What articles are made from, and is no article's own."""
    yield project.folder / PRACTICE_FILE
    yield from (
        path
        for path in project.source.rglob("*")
        if path.suffix.lower() not in READERS
        and path.relative_to(project.source).parts[0] not in LEFT_OUT
    )
    yield from (project.folder / "templates").rglob("*")
    yield from (project.folder / "audio/voices").rglob("*")
    yield from project.audio.glob("*.toml")


def _kept(project: Project, paths: Iterable[Path], store: Store) -> Files:
    """Files by their paths in the practice's folder, with the hashes that the store has them by."""
    return tuple(
        (path.relative_to(project.folder).as_posix(), keep_blob(store, path.read_bytes()))
        for path in sorted(set(paths))
        if path.is_file()
    )


def _kept_records(project: Project, records: Editions, store: Store) -> str:
    """The records of what is published, its files kept in the store; without what is not whole."""
    whole = {
        name: record
        for name, record in records.items()
        if all(_is_kept(project.dist / file.path, file, store) for file in record.files)
    }
    return json.dumps(plain_editions(whole))


def _is_kept(path: Path, file: FileRecord, store: Store) -> bool:
    try:
        return file_hash(path) == file.sha256 and keep_blob(store, path.read_bytes()) == file.sha256
    except OSError:
        return False


def _program(work: Build) -> str:
    """The hash of leafcast and of all that it is made with here."""
    return work.planner.keys.rules(PROGRAM)


def publish_made(work: Build, article: Article, made: ArticleMade, store: Store) -> list[Made]:
    """Move what was made elsewhere into dist/, and remember what was found of it.

    Raises LeafcastError where a file is missing in the store, or dist/ cannot be written.
    """
    records, reasons = parse_editions(json.loads(made.records)), dict(made.reasons)
    new: dict[Job, EditionRecord] = {}
    for name in (name for name, is_new in made.standing if is_new):
        job = Job(article.slug, name, records[name].made_from, reasons[name])
        new[job] = records[name]
        for file in records[name].files:
            write_beside(staged(work.project, job, file), read_blob(store, file.sha256))
        work.watcher.why(job.slug, name, job.reason)
    if new:
        work.watcher.step(f"Publishing {article.title}")
        work.published.article(article, new)
    for kind, key, fact in made.facts:
        work.state.write(kind, key, fact)
    work.report.add(made.findings)
    return [Made(article.slug, name, records[name].files, is_new) for name, is_new in made.standing]


# ---------------------------------------------------------------- where it is carried out

_one_at_a_time = threading.Lock()
"""A build has the process to itself: fonts are chosen by its environment."""


def build_article(order: ArticleOrder) -> ArticleMade:
    """Make an article's editions, and check them. What is made lies in the order's store.

    Raises LeafcastError where this machine cannot make the same as the one that gave the order.
    """
    store = open_store(order.store)
    with (
        _one_at_a_time,
        _laid_out() as name,
        with_variable(EPOCH, order.epoch),
        telling_forms({each: form for each, form, _ in order.voices if form}),
        sharing(store),
    ):
        folder = Path(name)
        for path, sha256 in order.files:
            write_beside(folder / path, read_blob(store, sha256))
        return _build_in(load_project(folder), order, store)


@contextmanager
def _laid_out() -> Iterator[str]:
    """A folder to lay a practice out in; those of workers that were killed are cleared away."""
    for left in Path(tempfile.gettempdir()).glob(f"{LAID_OUT}*"):
        with suppress(OSError):
            if clock.time() - left.stat().st_mtime > LEFT_AFTER_SECONDS:
                shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=LAID_OUT) as name:
        yield name


def _build_in(project: Project, order: ArticleOrder, store: Store) -> ArticleMade:
    """Build the article of a project that was laid out from an order."""
    records = parse_editions(json.loads(order.records))
    for file in (file for record in records.values() for file in record.files):
        write_beside(project.dist / file.path, read_blob(store, file.sha256))
    project = project.for_print_shop() if order.request.print_shop else project
    report, reasons = Report(), _Reasons()
    with begin(project, order.request, reasons, report, keys_of=_keys_here) as work:
        if _program(work) != order.program:
            raise _unlike("has another leafcast, or other libraries")
        work.published.manifest = Manifest().with_publication(order.slug, order.title, records)
        article = read_articles(project, report, (order.slug,))[order.slug]
        assert article
        publication = Publication(article, project, next=order.next)
        _refuse_other_voices(work, publication, order)
        return _made(work, build_here(work, publication), store, reasons)


def _keys_here(project: Project, state: State) -> Keys:
    """Keys by the program that this process has at work."""
    return Keys(project, state, *_at_work())


@cache
def _at_work() -> tuple[Program, Libraries]:
    """The program and the libraries as they were at this process's first article.

    A worker lives long. What it has imported stays as it was when leafcast is brought up to date
    on its machine, and it has to be told from one that began later.
    """
    return read_installed(), Libraries()


def _refuse_other_voices(work: Build, publication: Publication, order: ArticleOrder) -> None:
    here = {fingerprint(each) for each in _prepared(order_of(work, publication), work)}
    for name, form, wanted in order.voices:
        if wanted not in here:
            raise _unlike(f"cannot let the voice “{name}” take the form {form or 'it has'}")


def _unlike(how: str) -> LeafcastError:
    return LeafcastError(
        f"The machine {platform.node()} {how}, and would make other files than this one",
        "Install the same leafcast there, from the same lock, and build again",
    )


def _made(work: Build, done: list[Made], store: Store, reasons: _Reasons) -> ArticleMade:
    """What was made, its files kept in the store."""
    (slug,) = work.request.slugs
    records = work.published.manifest.publications[slug]
    for file in (file for each in done if each.new for file in each.files):
        keep_blob(store, (work.project.dist / file.path).read_bytes())
    return ArticleMade(
        slug,
        json.dumps(plain_editions(records)),
        tuple(reasons.given),
        tuple((each.edition, each.new) for each in done),
        tuple(work.report.findings),
        tuple(
            (kind, key, fact)
            for kind in TOLD
            for key, fact in sorted(work.state.read_all(kind).items())
        ),
    )
