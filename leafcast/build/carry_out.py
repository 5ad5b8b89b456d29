"""Orders carried out: articles made anywhere, of plain data and blobs alone.

`build_articles` is a function of a module and of what it is given: in this process, in another, on
another machine. The practice's folder is laid out from blobs in a place of its own, and the same
build works there as everywhere.
"""

from __future__ import annotations

import json
import platform
import shutil
import tempfile
import threading
import time as clock
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Final

from leafcast.build.context import Build, begin
from leafcast.build.here import Made, build_here, order_of
from leafcast.build.keys import Keys
from leafcast.build.libraries import Libraries
from leafcast.build.orders import (
    EPOCH,
    ArticleMade,
    ArticleOrder,
    Failure,
    prepared_voices,
    program_hash,
)
from leafcast.checks.verdicts import KIND as VERDICTS
from leafcast.document.artifact import Manifest
from leafcast.document.errors import LeafcastError
from leafcast.document.publication import Publication
from leafcast.document.report import Report
from leafcast.execution.cancel import Heeding
from leafcast.execution.environment import with_variable
from leafcast.execution.request import Silent
from leafcast.narration.kept import KIND as NARRATIONS
from leafcast.narration.voices import fingerprint
from leafcast.narration.voices.forms import telling_forms
from leafcast.practice.project import Project, load_project
from leafcast.state.blobs import Store, keep_blob, open_store, read_blob
from leafcast.state.cache import sharing, write_beside
from leafcast.state.imports import Program, read_installed
from leafcast.state.manifest import parse_editions, plain_editions
from leafcast.state.store import State
from leafcast.state.uses import KIND as USES

TOLD: Final = (VERDICTS, NARRATIONS, USES)
"""The kinds of facts about an article that the state keeps, wherever it was made."""
LAID_OUT: Final = "leafcast-article-"
LEFT_AFTER_SECONDS: Final = 86_400
"""No article takes a day."""


@dataclass(slots=True)
class _Reasons(Silent):
    """A watcher that remembers why what is made."""

    given: list[tuple[str, str]] = field(default_factory=list)

    def why(self, slug: str, edition: str, reason: str) -> None:
        """See Watcher."""
        self.given.append((edition, reason))


_one_at_a_time = threading.Lock()
"""A build has the process to itself: fonts are chosen by its environment."""


def build_articles(orders: Sequence[ArticleOrder]) -> tuple[ArticleMade | Failure, ...]:
    """Make the editions of articles of one practice, and check them; gives for each what became of
    it, or why it could not be made. What is made lies in the orders' store.

    Raises LeafcastError where this machine cannot make the same as the one that gave the orders,
    or has not what they are made from.
    """
    store = open_store(orders[0].store)
    with (
        _one_at_a_time,
        _laid_out() as name,
        with_variable(EPOCH, orders[0].epoch),
        sharing(store),
    ):
        folder = Path(name)
        for path, sha256 in sorted({each for order in orders for each in order.files}):
            write_beside(folder / path, read_blob(store, sha256))
        return _build_in(load_project(folder), orders, store)


@contextmanager
def _laid_out() -> Iterator[str]:
    """A folder to lay a practice out in; those of workers that were killed are cleared away."""
    for left in Path(tempfile.gettempdir()).glob(f"{LAID_OUT}*"):
        with suppress(OSError):
            if clock.time() - left.stat().st_mtime > LEFT_AFTER_SECONDS:
                shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=LAID_OUT) as name:
        yield name


def _build_in(
    project: Project, orders: Sequence[ArticleOrder], store: Store
) -> tuple[ArticleMade | Failure, ...]:
    """Build the articles of a project that was laid out from their orders."""
    request, manifest = orders[0].request, Manifest()
    for order in orders:
        records = parse_editions(json.loads(order.records))
        for file in (file for record in records.values() for file in record.files):
            write_beside(project.dist / file.path, read_blob(store, file.sha256))
        manifest = manifest.with_publication(order.article.slug, order.article.title, records)
    project = project.for_print_shop() if request.print_shop else project
    with begin(project, request, Silent(), Report(), keys_of=_keys_here) as work:
        if program_hash(work) != orders[0].program:
            raise _unlike("has another leafcast, or other libraries")
        work.published.manifest = manifest
        return tuple(_build(work, order, store) for order in orders)


def _build(work: Build, order: ArticleOrder, store: Store) -> ArticleMade | Failure:
    """Build one of them, its findings and reasons apart."""
    reasons = _Reasons()
    own = replace(work, watcher=Heeding(reasons, work.cancel), report=Report())
    try:
        with telling_forms({each: form for each, form, _ in order.voices if form}):
            publication = Publication(order.article, work.project, next=order.next)
            _refuse_other_voices(own, publication, order)
            return _made(own, order.article.slug, build_here(own, publication), store, reasons)
    except (LeafcastError, OSError) as error:
        return error


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
    here = {fingerprint(each) for each in prepared_voices(order_of(work, publication), work)}
    for name, form, wanted in order.voices:
        if wanted not in here:
            raise _unlike(f"cannot let the voice “{name}” take the form {form or 'it has'}")


def _unlike(how: str) -> LeafcastError:
    return LeafcastError(
        f"The machine {platform.node()} {how}, and would make other files than this one",
        "Install the same leafcast there, from the same lock, and build again",
    )


def _made(work: Build, slug: str, done: list[Made], store: Store, reasons: _Reasons) -> ArticleMade:
    """What was made, its files kept in the store. The facts of it leave with it."""
    records = work.published.manifest.publications[slug]
    for file in (file for each in done if each.new for file in each.files):
        keep_blob(store, (work.project.dist / file.path).read_bytes())
    facts = tuple(
        (kind, key, fact)
        for kind in TOLD
        for key, fact in sorted(work.state.read_all(kind).items())
    )
    for kind in TOLD:
        work.state.forget(kind, [key for each, key, _ in facts if each == kind])
    return ArticleMade(
        slug,
        json.dumps(plain_editions(records)),
        tuple(reasons.given),
        tuple((each.edition, each.new) for each in done),
        tuple(work.report.findings),
        facts,
    )
