"""`leafcast check`: the sources and dist/ looked over."""

from __future__ import annotations

from pathlib import Path

import click

from leafcast.build.journal import manifest_of
from leafcast.build.pipeline import check_project
from leafcast.commands.findings import show_findings
from leafcast.commands.options import asked_checks, open_project, project_option
from leafcast.commands.running import reporting
from leafcast.commands.terminal import many, say
from leafcast.document.report import Report, Severity
from leafcast.locale.days import in_words
from leafcast.practice.project import Project
from leafcast.readers.folder import read_articles


@click.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--strict", is_flag=True, help="Fail on warnings and on what was not checked.")
@click.option("--listen", is_flag=True, help="Also let a machine listen to every sentence.")
@project_option
@reporting
def command(slugs: tuple[str, ...], strict: bool, listen: bool, folder: Path | None) -> int:
    """Check the sources and everything in dist/, and change nothing."""

    report = Report(strict=strict)
    project = open_project(folder)
    check_project(project, slugs, report, asked_checks(listen=listen))
    show_findings(report, quiet=False)
    say(_verdict(project, report))
    return report.exit_code


def _verdict(project: Project, report: Report) -> str:
    """One line: whether all is in order, and which article is to be read again first."""
    articles = [each for each in read_articles(project, Report()).values() if each]
    manifest = manifest_of(project)
    count = sum(
        len(record.files)
        for editions in (*manifest.publications.values(), manifest.site)
        for record in editions.values()
    )
    files = f"{many(len(articles), 'article')}, {many(count, 'file')}"
    looks = [f for f in report.findings if f.severity is not Severity.ADVICE]
    well = "all in order" if not looks else f"{many(len(looks), 'thing')} to look at, above"
    due = min(articles, key=lambda each: each.review, default=None)
    again = f" Next to be read again: “{due.title}”, by {in_words(due.review)}." if due else ""
    return f"{files}: {well}.{again}"
