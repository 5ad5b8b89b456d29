"""One section in seconds: voiced and mastered alone, beside what is published.

A preview lies in audio/<slug>/preview/, as WAV and MP3; dist/ and the section masters stay as they
are, whatever voice was tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from leafcast.build.lock import only_build
from leafcast.build.pipeline import check_request
from leafcast.build.pools import Pools
from leafcast.document.errors import LeafcastError, UsageError
from leafcast.document.report import Report, finding_of
from leafcast.execution.request import Request, Watcher
from leafcast.narration.excerpt import choose_passages
from leafcast.narration.narrate import narrate, tell
from leafcast.narration.telling import Telling
from leafcast.practice.project import Project
from leafcast.readers.folder import read_articles
from leafcast.state.cache import Cache, write_beside

EDITION = "sections"


@dataclass(frozen=True, slots=True)
class Preview:
    """One section to listen to: its title, its files, and how long it lasts."""

    title: str
    files: tuple[Path, Path]
    seconds: float


def preview(
    project: Project, request: Request, watcher: Watcher, report: Report
) -> tuple[Preview, ...]:
    """Voice and master the passages that `request.only` names.

    Raises UsageError for one that does not exist, or another edition than the sections; BusyError
    when a build is at work here.
    """
    check_request(project, request)
    if set(request.editions) - {EDITION}:
        raise UsageError(
            "A preview is of sound alone", f"Leave --edition out, or write --edition {EDITION}"
        )
    with only_build(project):
        tellings = tell_all(project, request, report)
        made: list[Preview] = []
        with closing(Pools(request.jobs, watcher)) as pools:
            for telling in tellings.values():
                made.extend(_preview(telling, pools, watcher, report))
        return tuple(made)


def tell_all(project: Project, request: Request, report: Report) -> Mapping[str, Telling]:
    """What is said of each article asked for, or of the passages of it that are; no article of
    which there is nothing to tell.
    """
    tellings = {
        slug: tell(project, article, request.voice)
        for slug, article in read_articles(project, report).items()
        if article and slug in (request.slugs or (slug,))
    }
    for telling in tellings.values():
        report.add(telling.findings)
    if not request.only or not tellings:
        return tellings
    chosen = choose_passages({s: telling.script for s, telling in tellings.items()}, request.only)
    return {
        slug: replace(telling, only=tuple(chosen[slug]))
        for slug, telling in tellings.items()
        if chosen[slug]
    }


def _preview(telling: Telling, pools: Pools, watcher: Watcher, report: Report) -> Iterator[Preview]:
    narration = narrate(telling, pools.voices, watcher, report)
    if narration is None:
        return
    from leafcast.narration.sound.encoding import encode_sections, plain_mp3

    project = telling.project
    cache, wanted = Cache(project.work / "cache"), project.practice.sound.of_sections
    made = set()
    for passage in narration.passages:
        master = Path(passage.master)
        sound = master.with_suffix(".mp3")
        try:
            write_beside(sound, plain_mp3(encode_sections([passage], "mp3", wanted, cache)))
        except (LeafcastError, OSError) as error:
            report.add([finding_of(error, "preview-not-made", telling.article.slug)])
            continue
        made.add(sound)
        seconds = (passage.end - passage.start) / narration.rate
        yield Preview(passage.title, (master, sound), seconds)
    for stale in {path for sound in made for path in sound.parent.glob("[0-9][0-9]-*.mp3")} - made:
        stale.unlink()
