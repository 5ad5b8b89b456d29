"""`leafcast new`: an article started from a title or a file."""

from __future__ import annotations

from pathlib import Path

import click

from leafcast.commands.findings import show_found
from leafcast.commands.options import all_option, open_project, project_option
from leafcast.commands.running import reporting
from leafcast.commands.terminal import say
from leafcast.document.report import Report
from leafcast.starting.from_file import Started, named_file, start_from_file
from leafcast.starting.from_title import start_article


@click.command()
@click.argument("title_or_file", metavar="TITLE|FILE")
@click.option("--again", is_flag=True, help="Take over what changed in FILE since.")
@all_option
@project_option
@reporting
def command(title_or_file: str, again: bool, full: bool, folder: Path | None) -> int:
    """Start an article in source/: called TITLE, or with the text of FILE.

    FILE is a Word file (.docx), a saved page of your website (.html), plain text or Markdown. It is
    kept in source/originals/, and every guess made in reading it is told. With --again, what
    changed in FILE is taken over where you have not corrected the article.
    """
    project, file = open_project(folder), named_file(title_or_file)
    if file is None:
        path = start_article(project, title_or_file)
        say(f"Started {path}. Write it there, then run the build again.")
        return 0
    started, report = start_from_file(project, file, again=again), Report()
    report.add(started.findings)
    said = show_started(started, again=again)
    show_found(report, quiet=False, full=full, said=said)
    return 0 if started.path else 1


def show_started(started: Started, *, again: bool) -> int:
    """What `new` wrote, and where the original, or `again` the article as it was, is kept; in how
    many lines.
    """
    if started.path is None:
        say("Nothing was written.", err=True)
        return 1
    if again:
        many = sum(finding.code == "again-taken" for finding in started.findings)
        lines = [
            f"{many} change{'' if many == 1 else 's'} of the file taken over.",
            f"As it was, {started.path.name} is kept as {started.original}.",
        ]
    else:
        lines = [f"Started {started.path}. Read it there, then run the build again."]
        kept = f"The original is kept as {started.original}." if started.original else ""
        names = ", ".join(path.name for path in started.pictures)
        beside = f"Pictures beside it: {names}." if names else ""
        lines += filter(None, (" ".join(filter(None, (kept, beside))),))
    for line in lines:
        say(line)
    return len(lines)
