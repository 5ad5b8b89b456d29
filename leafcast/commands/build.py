"""`leafcast build`: what is missing or changed is made, and what came of it is told."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from leafcast.build import pipeline
from leafcast.build.here import Made
from leafcast.build.pipeline import Outcome
from leafcast.commands.cli import COMMANDS
from leafcast.commands.findings import show_findings, show_found
from leafcast.commands.options import (
    all_option,
    asked_checks,
    only_option,
    open_project,
    project_option,
)
from leafcast.commands.progress import watcher as watching
from leafcast.commands.running import reporting
from leafcast.commands.terminal import duration, extent, many, say
from leafcast.document.artifact import FileRecord
from leafcast.document.errors import UsageError
from leafcast.document.report import Report, Severity
from leafcast.execution.request import Request, Watcher, available_cores
from leafcast.page.media import megabytes
from leafcast.practice.project import Project
from leafcast.readers import article_slug
from leafcast.readers.folder import source_files

if TYPE_CHECKING:
    from leafcast.build.elsewhere import Elsewhere
    from leafcast.commands.excerpts import Preview


@click.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--edition", "editions", multiple=True, metavar="NAME", help="Only this edition.")
@click.option("--voice", default="", metavar="NAME", help="Another voice; see `voices`.")
@only_option
@click.option(
    "--print-shop", is_flag=True, help="Also files for a print shop: in four inks, with bleed."
)
@click.option("--jobs", type=click.IntRange(min=1), help="How many cores to use (all).")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--why", is_flag=True, help="Say why each thing is made.")
@click.option("--quiet", is_flag=True, help="Say only what went wrong.")
@click.option("--listen", is_flag=True, help="Also let a machine listen to every sentence.")
@click.option(
    "--cluster",
    default="",
    metavar="ADDRESS",
    help="Build articles on a Dask cluster; `local` is one of this machine's own processes.",
)
@click.option(
    "--store",
    default="",
    metavar="URL",
    help="Where the machines of a cluster put files: a folder that all see, or s3://….",
)
@all_option
@click.option("--files", is_flag=True, help="Name every file, with its size and length.")
@project_option
@reporting
def command(
    slugs: tuple[str, ...],
    editions: tuple[str, ...],
    voice: str,
    only: tuple[str, ...],
    print_shop: bool,
    jobs: int | None,
    strict: bool,
    why: bool,
    quiet: bool,
    listen: bool,
    cluster: str,
    store: str,
    full: bool,
    files: bool,
    folder: Path | None,
) -> int:
    """Make the leaflets and the narration; only what changed is made again.

    With --only, one section is voiced to be listened to, and dist/ stays as it is.
    """
    project = open_project(folder)
    _refuse_no_command(project, slugs)
    request = Request(
        slugs,
        editions,
        voice,
        print_shop,
        jobs or available_cores(),
        only,
        asked_checks(listen=listen),
    )
    report = Report(strict=strict)
    if only:
        return _preview(project, request, report, quiet=quiet)
    with (
        watching(why=why, quiet=quiet) as watcher,
        _elsewhere(project, (cluster, store), request, watcher) as elsewhere,
    ):
        outcome = pipeline.build(project, request, watcher, report, elsewhere)
    show_outcome(outcome, project, quiet=quiet, full=full, files=files)
    return report.exit_code


@contextmanager
def _elsewhere(
    project: Project, asked: tuple[str, str], request: Request, watcher: Watcher
) -> Iterator[Elsewhere | None]:
    """The cluster that is asked for, and its store; None where none is."""
    address, store = asked
    if not address:
        if store:
            raise UsageError("--store is for a build on a cluster", "Say which: --cluster ADDRESS")
        yield None
        return
    from leafcast.build.cluster import on_cluster

    with on_cluster(project, address, store, request.jobs, watcher) as elsewhere:
        yield elsewhere


def _refuse_no_command(project: Project, slugs: tuple[str, ...]) -> None:
    """Raise UsageError for a word that is no article, where a command or an article is near."""
    articles = {article_slug(path) for path in source_files(project)}
    for word in slugs:
        near = difflib.get_close_matches(word, (*COMMANDS, *articles), 1, 0.6)
        if word not in articles and near:
            meant = f"Did you mean “{near[0]}”?"
            raise UsageError(f"“{word}” is neither a command nor an article", meant)


def _preview(project: Project, request: Request, report: Report, *, quiet: bool) -> int:
    from leafcast.commands.excerpts import preview

    with watching(why=False, quiet=quiet) as watcher:
        made = preview(project, request, watcher, report)
    show_previews(made, project)
    show_findings(report, quiet=quiet)
    return report.exit_code


def show_outcome(
    outcome: Outcome, project: Project, *, quiet: bool, full: bool, files: bool
) -> None:
    """How it went, what deserves a look, what to print and to hear, and where everything is."""
    new = [made for made in outcome.made if made.new]
    removed: list[str] = []
    places: list[str] = []
    if not quiet:
        if files and new:
            _show_table(outcome.made)
        removed = [*_gone(outcome), *_freed(outcome)]
        places = _places(outcome.made, project) if new else []
        for line in (*removed, _verdict(outcome, project)):
            say(line)
    show_found(outcome.report, quiet=quiet, full=full, said=len(removed) + 1 + len(places))
    for line in places:
        say(line)


def _freed(outcome: Outcome) -> Iterator[str]:
    if outcome.freed_bytes:
        size = megabytes(outcome.freed_bytes)
        yield f"Made room: {size} of sound and pictures from before, which nothing here needs"


def _gone(outcome: Outcome) -> list[str]:
    folders = [path.split("/")[0] for path in outcome.removed]
    gone = [f"dist/{slug}, {many(len(list(paths)), 'file')}" for slug, paths in groupby(folders)]
    if not gone:
        return []
    more = len(gone) - ARTICLES_SHOWN
    named = "; ".join(gone[:ARTICLES_SHOWN]) + (f"; and {more} more" if more > 0 else "")
    return [f"Removed {named}: {'its source is' if len(gone) == 1 else 'their sources are'} gone"]


def _verdict(outcome: Outcome, project: Project) -> str:
    """One line: whether anything was to do, and whether all is well."""
    kept = [made for made in outcome.made if not made.new]
    looks = [f for f in outcome.report.findings if f.severity is not Severity.ADVICE]
    wrong = [f for f in looks if f.severity is Severity.ERROR]
    nothing_new = bool(kept) and len(kept) == len(outcome.made)
    count = sum(len(made.files) for made in kept)
    was = "was" if count == 1 else "were"
    there = f"{many(count, 'file')} in {project.dist} {'is as it' if count == 1 else 'are as they'}"
    if not looks and nothing_new:
        return f"Nothing to do: {there} should be."
    if not looks:
        return "\nAll is well." if outcome.made else ""
    mend = many(len(wrong), "thing") + " to put right" if wrong else ""
    rest = len(looks) - len(wrong)
    look = f"{many(rest, 'thing')} to look at" if rest else ""
    before = f"Nothing new was made; {there} {was} before. " if nothing_new else "\n"
    return before + ", ".join(filter(None, (mend, look))) + ":"


TO_PRINT: Final = (
    "-trifold-print.pdf", "-booklet-print.pdf", "-a4.pdf", "-large-print.pdf", ".pdf"
)  # fmt: skip
TO_HEAR: Final = (".mp3", ".m4b")
TO_READ: Final = ("/index.html", ".epub", "-daisy.zip", ".brf")
ARTICLES_SHOWN: Final = 2
"""Of several articles, how many are named; the others are counted."""


def _places(made: Sequence[Made], project: Project) -> list[str]:
    """What to print, hear and read of a new article, or what to print of several, and how many
    files there are.
    """
    articles = list(dict.fromkeys(each.slug for each in made if each.new and each.slug))
    kinds = (("To print", TO_PRINT), ("To listen", TO_HEAR), ("To read", TO_READ))
    lines: list[str] = []
    for slug in articles[:ARTICLES_SHOWN]:
        there = [file for each in made if each.slug == slug for file in each.files]
        told = []
        for what, endings in kinds:
            if file := _first(there, endings):
                long = f", {extent(file)}" if extent(file) else ""
                told.append(f"{what + ':':<11} {(project.dist / file.path).as_posix()}{long}")
        lines += told if len(articles) == 1 else told[:1]
    if articles[ARTICLES_SHOWN:]:
        lines.append(f"And {many(len(articles) - ARTICLES_SHOWN, 'more article')}.")
    count = sum(len(each.files) for each in made)
    all_files = f"All {many(count, 'file')} are" if count > 1 else "The file is"
    return [*lines, f"{all_files} in {project.dist}; --files names each."]


def _first(files: Sequence[FileRecord], endings: tuple[str, ...]) -> FileRecord | None:
    """The file with the first of `endings` that any has."""
    return next((each for end in endings for each in files if each.path.endswith(end)), None)


def _show_table(made: list[Made]) -> None:
    for slug, editions in groupby(made, key=lambda each: each.slug):
        rows = [row for each in editions for row in _rows(each)]
        wide = max(len(name) for _, name, _, _ in rows)
        say(f"\n{slug or 'all publications together'}")
        for edition, name, length, size in rows:
            say(f"  {edition:<12} {name:<{wide}}  {length:>12}  {size:>9}")


def _rows(made: Made) -> Iterator[tuple[str, str, str, str]]:
    """A row a file; many sound files of one edition share a row."""
    mark = made.edition if made.new else f"({made.edition})"
    first = made.files[0].path.removeprefix(f"{made.slug}/") if made.files else ""
    folder = first.rpartition("/")[0]
    if folder and len(made.files) > 4:
        seconds = sum(file.seconds or 0 for file in made.files)
        size = sum(file.bytes for file in made.files)
        lasts = duration(seconds) if seconds else ""
        yield mark, f"{folder}/ ({len(made.files)} files)", lasts, megabytes(size)
        return
    for file in made.files:
        name = file.path.removeprefix(f"{made.slug}/")
        yield mark, name, extent(file), megabytes(file.bytes)
        mark = ""


def show_previews(made: Sequence[Preview], project: Project) -> None:
    """Where the previews are, and how long they last."""
    for each in made:
        say(f"{each.title}  {duration(each.seconds)}")
        for path in each.files:
            say(f"  {path.relative_to(project.folder).as_posix()}")
    if made:
        say("These are to listen to; dist/ stays as it was.")
