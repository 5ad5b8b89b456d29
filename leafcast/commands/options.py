"""What several commands take: the practice’s folder, one section, all that was found."""

from __future__ import annotations

from pathlib import Path

import click

from leafcast.practice.project import CHECKOUT, PRACTICE_FILE, Project, load_project

project_option = click.option(
    "--project",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="The practice's folder (the one with source/ in it).",
)

only_option = click.option(
    "--only",
    multiple=True,
    metavar="SECTION",
    help="Only this section: its id, the beginning of it, or its number in `script`.",
)

all_option = click.option(
    "--all", "full", is_flag=True, help="Tell all that was found, each thing in full."
)


def open_project(folder: Path | None) -> Project:
    """The project named, else the current folder's, else the checkout's."""
    if folder is None:
        here = Path.cwd()
        folder = here if (here / PRACTICE_FILE).exists() else CHECKOUT
        folder = folder if (folder / PRACTICE_FILE).exists() else here
    return load_project(folder)


def asked_checks(*, listen: bool) -> tuple[str, ...]:
    """The checks made on request."""
    return ("listening",) if listen else ()
