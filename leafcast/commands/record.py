"""`leafcast record`: a sheet to read from."""

from __future__ import annotations

from pathlib import Path

import click

from leafcast.build import pipeline
from leafcast.commands.findings import show_findings
from leafcast.commands.options import open_project, project_option
from leafcast.commands.running import reporting
from leafcast.commands.terminal import say
from leafcast.document.errors import UsageError
from leafcast.document.report import Report
from leafcast.execution.request import Request
from leafcast.narration.narrate import tell
from leafcast.print.record_files import Sheet, make_sheet
from leafcast.readers.folder import read_articles


@click.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--only-changed", is_flag=True, help="Only the sentences to be recorded again.")
@click.option(
    "--to",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.pdf",
    help="Where to write it (audio/takes/<article>/record-<article>.pdf).",
)
@project_option
@reporting
def command(
    slugs: tuple[str, ...], only_changed: bool, path: Path | None, folder: Path | None
) -> int:
    """Make a sheet to read from, to record an article in your own voice."""
    project, report = open_project(folder), Report()
    pipeline.check_request(project, Request(slugs))
    articles = read_articles(project, report)
    wanted = [each for slug, each in articles.items() if each and slug in (slugs or (slug,))]
    if path and len(wanted) > 1:
        raise UsageError("--to names one file, and there are several articles", "Name an article")
    for article in wanted:
        made = make_sheet(tell(project, article, ""), path, only_changed=only_changed)
        show_sheet(made)
    show_findings(report, quiet=True)
    return report.exit_code


def show_sheet(made: Sheet) -> None:
    """Where the record sheet is, and what is on it."""
    if not made.path:
        say(f"{made.slug}: no sentence is to be recorded again.")
        return
    sentences = f"{made.sentences} sentence{'' if made.sentences == 1 else 's'}"
    say(f"Wrote {made.path}: {sentences} to read.")
    say(f"Put the recordings into {made.folder}, under the names it gives, and build.")
