"""Articles made elsewhere: orders given, and what comes of them published.

The files that an article needs are blobs in a store, and so are those that are made of it: whoever
carries an order out (`build.carry_out`) needs nothing else. Only the build that gave the orders
writes dist/.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Final

from leafcast.build.carry_out import build_articles
from leafcast.build.context import Build
from leafcast.build.here import Made, build_here, order_of
from leafcast.build.orders import (
    EPOCH,
    ArticleMade,
    ArticleOrder,
    Files,
    prepared_voices,
    program_hash,
)
from leafcast.build.plan import Job
from leafcast.build.publish import staged
from leafcast.build.schedule import needs_making
from leafcast.checks import standing_of
from leafcast.document.article import Article
from leafcast.document.artifact import EditionRecord, FileRecord
from leafcast.document.errors import LeafcastError
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place, Report, Severity
from leafcast.execution.cancel import Cancel
from leafcast.locale.days import today
from leafcast.narration.voices import fingerprint, variant
from leafcast.practice.project import PRACTICE_FILE, Project
from leafcast.readers import READERS
from leafcast.state.blobs import Store, keep_blob, open_store, read_blob
from leafcast.state.cache import write_beside
from leafcast.state.hashes import file_hash
from leafcast.state.manifest import parse_editions, plain_editions

LEFT_OUT: Final = ("originals",)
"""Folders in source/ that no build reads."""

MOST_TOGETHER: Final = 8
BATCHES_EACH: Final = 4

Editions = Mapping[str, EditionRecord]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What carries out orders: an executor of whatever kind, the address of a store that it and
    this process reach, how many workers it has, what is raised where the one at work was lost, and
    where all of them were.
    """

    executor: Executor
    store: str
    workers: int = 1
    lost: tuple[type[Exception], ...] = ()
    ended: tuple[type[Exception], ...] = (BrokenExecutor,)

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """What may be raised in place of an article that was ordered."""
        return (LeafcastError, OSError, *self.lost, *self.ended)


def build_articles_elsewhere(
    work: Build, publications: Sequence[Publication], elsewhere: Elsewhere
) -> list[Made]:
    """Let each article that is to be made be made elsewhere, and publish it as it comes.

    What is told of them is told in their order, whichever came first.
    """
    store = open_store(elsewhere.store)
    articles = {each.article.slug: each.article for each in publications}
    works = {slug: replace(work, report=Report()) for slug in articles}
    shared = cache(lambda: _kept(work.project, _shared_files(work.project), store))
    made: dict[str, list[Made]] = {}
    orders: list[ArticleOrder] = []
    for publication in publications:
        slug = publication.article.slug
        if order := article_order(works[slug], publication, elsewhere.store, shared):
            orders.append(order)
        else:
            made[slug] = build_here(works[slug], publication)
    total = len(orders)
    if total:
        work.watcher.step(f"Making {total} article{'s' if total > 1 else ''} on the cluster")
    with closing(_carried_out(orders, elsewhere, work.cancel)) as outcomes:
        for count, (slug, outcome) in enumerate(outcomes, 1):
            try:
                if isinstance(outcome, Exception):
                    raise outcome
                made[slug] = publish_made(works[slug], articles[slug], outcome, store)
            except elsewhere.failures as error:
                works[slug].report.add([_not_made(articles[slug], error)])
            work.watcher.step(f"{count} of {total} articles done")
    for slug in articles:
        work.report.add(works[slug].report.findings)
    return [each for slug in articles for each in made.get(slug, [])]


def batch_size(orders: int, workers: int) -> int:
    """How many articles go together: they share what is got ready for the first of them. Each
    worker comes back for more, so that none is idle for long at the end.
    """
    return max(1, min(MOST_TOGETHER, orders // (BATCHES_EACH * workers)))


def _carried_out(
    orders: Sequence[ArticleOrder], elsewhere: Elsewhere, cancel: Cancel
) -> Generator[tuple[str, ArticleMade | Exception]]:
    """What became of each order, by its slug, as it comes. Raises Cancelled.

    Where a machine is lost with several articles each is tried again by itself, for one of them
    may be what it was lost by.
    """
    size = batch_size(len(orders), elsewhere.workers)
    batches = [orders[at : at + size] for at in range(0, len(orders), size)]
    under_way = {elsewhere.executor.submit(build_articles, each): each for each in batches}
    try:
        while under_way:
            for future in cancel.first_done(under_way):
                batch = under_way.pop(future)
                outcomes: Sequence[ArticleMade | Exception]
                try:
                    outcomes = future.result()
                except elsewhere.failures as error:
                    if len(batch) > 1 and isinstance(error, elsewhere.lost):
                        for each in batch:
                            under_way[elsewhere.executor.submit(build_articles, [each])] = [each]
                        continue
                    outcomes = [error] * len(batch)
                yield from zip((each.article.slug for each in batch), outcomes, strict=True)
    finally:
        for future in under_way:  # what nobody wants any more is not begun
            future.cancel()


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
    voices = prepared_voices(order, work)
    return ArticleOrder(
        article,
        publication.next,
        replace(work.request, slugs=(article.slug,), jobs=1),
        (*shared(), *_kept(work.project, _own_files(work.project, article), opened)),
        _kept_records(work.project, records, opened),
        tuple((each.name, variant(each), fingerprint(each)) for each in voices),
        program_hash(work),
        os.environ.get(EPOCH) or str(int(datetime.combine(today(), time(12), UTC).timestamp())),
        store,
    )


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
