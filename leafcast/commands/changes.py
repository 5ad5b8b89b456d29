"""`leafcast changes`: what differs from the last upload."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from leafcast.build.journal import manifest_of
from leafcast.checks.files import unknown_files
from leafcast.commands.options import open_project, project_option
from leafcast.commands.running import reporting
from leafcast.commands.terminal import say
from leafcast.document.report import Report
from leafcast.readers.folder import read_articles
from leafcast.site import changes as since
from leafcast.site.changes import Change, State
from leafcast.site.parts import shelve


@click.command()
@click.option("--uploaded", is_flag=True, help="Remember what stands in dist/ as uploaded.")
@click.option("--files", is_flag=True, help="Name every file.")
@project_option
@reporting
def command(uploaded: bool, files: bool, folder: Path | None) -> int:
    """What changed since the last upload, and which files to upload or take down."""
    project = open_project(folder)
    manifest = manifest_of(project)
    articles = read_articles(project, Report(), manifest.publications)
    now = since.state_of(shelve(project, articles, manifest))
    before = since.read_uploaded(project)
    show_changes(since.changes(before or since.NOTHING, now), before, files=files)
    show_unknown(unknown_files(project.dist, manifest))
    if uploaded:
        since.mark_uploaded(project, now)
        say("Remembered: all this is uploaded.")
    return 0


def show_changes(changes: tuple[Change, ...], before: State | None, *, files: bool) -> None:
    """What changed since the last upload, a line a publication; the files where wanted."""
    if not changes:
        say("Nothing changed since the last upload.")
    elif before is None:
        say("Nothing was marked as uploaded yet, so everything counts as new.")
    for change in changes:
        say(change.words)
        for paths, what in (
            (change.new, "new"),
            (change.changed, "changed"),
            (change.removed, "to take down"),
        ):
            if paths:
                say(f"  {len(paths)} file{'s' if len(paths) != 1 else ''} {what}")
                for path in paths if files else ():
                    say(f"    {path}")


def show_unknown(paths: Sequence[str]) -> None:
    """What lies in dist/ and is of no build, before it is uploaded with the rest."""
    if paths:
        say("Made by no build; delete what you did not put there yourself:")
    for path in paths:
        say(f"    dist/{path}")
