"""`leafcast clean`: room made."""

from __future__ import annotations

from pathlib import Path

import click

from leafcast.build.pipeline import clean_project
from leafcast.commands.options import open_project, project_option
from leafcast.commands.running import reporting
from leafcast.commands.terminal import say


@click.command()
@project_option
@reporting
def command(folder: Path | None) -> int:
    """Empty the cache and the section masters; dist/, sources and recordings stay."""
    project = open_project(folder)
    freed = clean_project(project)
    say(f"Freed {freed / 1e6:.1f} MB. The next build makes all sound again.")
    return 0
