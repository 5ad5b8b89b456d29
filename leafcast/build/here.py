"""One article: what is to be made of it, made, published and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from leafcast.build.context import Build
from leafcast.build.plan import files_of
from leafcast.build.schedule import ArticleResult, Order, make_editions
from leafcast.checks import run_checks, standing_of
from leafcast.checks.languages import is_spoken, not_spoken
from leafcast.document.article import Article
from leafcast.document.artifact import EditionRecord, FileRecord
from leafcast.document.errors import InTheWay
from leafcast.document.publication import Publication
from leafcast.document.report import finding_of
from leafcast.editions.table import EDITIONS, heard_editions, turned_off
from leafcast.narration.kept import keep_narration
from leafcast.narration.narrate import tell
from leafcast.narration.pace import PACES, USUAL
from leafcast.narration.telling import Telling
from leafcast.practice.project import Project
from leafcast.state.cache import noting
from leafcast.state.uses import keep_uses

IN_THE_WAY: Final = "file-in-the-way"


@dataclass(frozen=True, slots=True)
class Made:
    """One edition as it stands in dist/ after the build, and whether this build made it."""

    slug: str
    edition: str
    files: tuple[FileRecord, ...]
    new: bool


def tellings_of(project: Project, article: Article, voice: str = "") -> dict[str, Telling]:
    """How the article is told, at each pace."""
    return {name: tell(project, article, voice, pace) for name, pace in PACES.items()}


def order_of(work: Build, publication: Publication) -> Order:
    """What is to be made of an article, if it has changed; what cannot be is told."""
    project, request, article = work.project, work.request, publication.article
    before = work.published.manifest.publications.get(article.slug, {})
    tellings = tellings_of(project, article, request.voice)
    work.report.add(tellings[USUAL.name].findings)
    wanted = _editions(work, before)
    work.report.add(not_spoken(article, request.voice))
    if not is_spoken(article, request.voice):
        wanted -= heard_editions()
    return Order(publication, tellings, wanted)


def build_here(work: Build, publication: Publication) -> list[Made]:
    """Make one article's editions, publish them together, check them."""
    with noting() as used:
        made = _build(work, publication)
    slug = publication.article.slug
    records = work.published.manifest.publications.get(slug, {})
    new = {each.edition: records[each.edition] for each in made if each.new}
    keep_uses(work.state, slug, new, used)
    return made


def _build(work: Build, publication: Publication) -> list[Made]:
    article, request = publication.article, work.request
    slug = article.slug
    order = order_of(work, publication)
    before = work.published.manifest.publications.get(slug, {})
    result = make_editions(order, work)
    work.report.add(result.findings)
    result = _publish(work, article, result)
    records = work.published.manifest.publications.get(slug, {})
    told = Publication(article, work.project.told_by(request.voice), records=records)
    standing = standing_of(work.verdicts, records, before)
    if result.made or standing.unchecked:
        manifest = work.published.manifest
        stale = work.planner.stale(article, order.tellings, manifest)
        told = replace(told, stale=files_of(work.project, manifest, slug, stale))
    new_ones = [job.edition for job in result.made]
    work.report.add(run_checks(told, new_ones, work.pools.prints, request.checks, standing))
    return list(_made(result, records))


def _publish(work: Build, article: Article, result: ArticleResult) -> ArticleResult:
    """Move what was made of an article into dist/, and keep its narration for the preview.

    Where something is in the way that is told, and nothing counts as made.
    """
    if not result.made:
        return result
    work.watcher.step(f"Publishing {article.title}")
    try:
        work.published.article(article, result.made)
    except InTheWay as error:
        work.report.add([finding_of(error, IN_THE_WAY)])
        return replace(result, made={})
    if result.narration and any(job.edition == "episode" for job in result.made):
        keep_narration(work.state, article.slug, result.narration)
    return result


def _made(result: ArticleResult, records: Mapping[str, EditionRecord]) -> Iterator[Made]:
    """The editions that stand in dist/ as they should, new ones and others."""
    for job in result.jobs:
        record = records.get(job.edition)
        new = job in result.made
        if record and (new or not job.reason):
            yield Made(job.slug, job.edition, record.files, new)


def _editions(work: Build, published: Mapping[str, EditionRecord]) -> frozenset[str]:
    """What is named, with what that plays and holds; or all but what is made on request and never
    was `published`, and what the practice does without.
    """
    if work.request.editions:
        named = [name for name in work.request.editions if name in EDITIONS]
        return frozenset(named).union(*(EDITIONS[name].made_with for name in named))
    usual = {name for name, each in EDITIONS.items() if not each.on_request or name in published}
    return frozenset(usual - turned_off(work.project.practice))
