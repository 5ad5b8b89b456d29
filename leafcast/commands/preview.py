"""`leafcast preview`: dist/ in a browser."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import click

from leafcast.commands.findings import show_finding
from leafcast.commands.options import open_project, project_option
from leafcast.commands.running import reporting
from leafcast.commands.terminal import say
from leafcast.document.errors import UsageError
from leafcast.document.report import Finding, Severity
from leafcast.studio.live import Live
from leafcast.studio.serving import serving


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="Where (8000).")
@project_option
@reporting
def command(port: int, folder: Path | None) -> int:
    """Show dist/ in a browser on this machine; a page changes as soon as its text is saved."""
    project = open_project(folder)
    if not (project.dist / "manifest.json").is_file():
        raise UsageError("There is nothing in dist/ to show yet", "Build it first")
    live = Live(project.folder, show_live)
    live.show_unbuilt()
    ended = Event()
    try:
        with serving(project.dist, port, live.instead) as served:
            say(f"Open {served.address}/ in a browser. Ctrl-C ends it.")
            Thread(target=live.watch, args=(ended.is_set,), daemon=True).start()
            while not ended.wait(3600):
                pass
    except OSError as error:
        raise UsageError(
            f"Port {port} cannot be used: {error.strerror}", "Try another: preview --port 8001"
        ) from error
    except KeyboardInterrupt:
        say("\nEnded. dist/ is as it was.")
    finally:
        ended.set()
    return 0


def show_live(words: str, findings: tuple[Finding, ...]) -> None:
    """What the preview shows now, and what must be put right in the text."""
    say(words)
    for finding in findings:
        if finding.severity in (Severity.ERROR, Severity.WARNING):
            show_finding(finding, err=False)
