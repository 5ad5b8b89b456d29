"""`leafcast script`: what will be said."""

from __future__ import annotations

from pathlib import Path

import click

from leafcast.build import pipeline
from leafcast.commands.excerpts import tell_all
from leafcast.commands.findings import show_findings
from leafcast.commands.options import only_option, open_project, project_option
from leafcast.commands.running import reporting
from leafcast.commands.terminal import duration, say
from leafcast.document.report import Report
from leafcast.execution.request import Request
from leafcast.narration.model import Passage
from leafcast.narration.takes.recorded_article import perform
from leafcast.narration.telling import Telling
from leafcast.narration.timing import passage_lines, passage_starts
from leafcast.narration.voices import engine_of
from leafcast.state.cache import Cache


@click.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--voice", default="", metavar="NAME", help="Another voice; see `voices`.")
@only_option
@project_option
@reporting
def command(slugs: tuple[str, ...], voice: str, only: tuple[str, ...], folder: Path | None) -> int:
    """Show what will be said, with pauses and times, before it is heard."""
    project, report = open_project(folder), Report()
    request = Request(slugs, voice=voice, only=only)
    pipeline.check_request(project, request)
    for telling in tell_all(project, request, report).values():
        show_script(perform(telling, Cache(project.work / "cache")).telling)
    show_findings(report, quiet=True)
    return report.exit_code


def show_script(telling: Telling) -> None:
    """Everything that will be said, passage by passage, with times guessed from the voice's pace.

    A star marks what the article does not say; what it shows otherwise stands below, in brackets.
    A voice that has a part is named before its words. Of an excerpt, times count from its start.
    """
    rate = engine_of(telling.cast.own).rate(telling.cast.own)
    starts = passage_starts(telling.script, rate)
    say(f"{telling.script.title}")
    say(
        f"About {duration(starts[-1])}, by the voice {telling.cast.own.name} "
        f"at {rate:.0f} words a minute between pauses. * is announced, not the article’s own."
    )
    for passage, start in zip(telling.script.passages, starts, strict=False):
        _show_passage(passage, start, rate)
    say("")


def _show_passage(passage: Passage, start: float, rate: float) -> None:
    say(f"\n{passage.number:02} {passage.title}")
    for line in passage_lines(passage, start, rate):
        at = f"{int(line.start) // 60}:{int(line.start) % 60:02}"
        silence = f"  ‖ {line.pause.ms / 1000:.2g} s, {line.pause.reason}" if line.pause else ""
        mark = "*" if line.announced else " "
        voice = f"[{line.voice}] " if line.voice else ""
        say(f"{at:>6} {mark} {voice}{line.said or '(nothing)'}{silence}")
        if line.shown and not line.announced:
            say(f"         [{line.shown}]")
