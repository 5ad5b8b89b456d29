"""`leafcast studio`: the owner’s own program, in a browser on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from leafcast.commands.options import project_option
from leafcast.commands.running import reporting
from leafcast.commands.terminal import say
from leafcast.document.errors import UsageError
from leafcast.practice.project import CHECKOUT, PRACTICE_FILE


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), help="The address's number (the one of last time)."
)
@click.option("--no-browser", is_flag=True, help="Only say the address.")
@project_option
@reporting
def command(port: int | None, no_browser: bool, folder: Path | None) -> int:
    """Open the studio: write, see, hear and hand out, all in a browser on this machine."""
    from leafcast.studio.server import serve

    here = Path.cwd()
    folder = folder or (here if (here / PRACTICE_FILE).exists() else CHECKOUT)
    try:
        serve(folder, port, lambda address: say(address), browser=not no_browser)
    except OSError as error:
        raise UsageError(
            f"The studio cannot be opened here: {error.strerror}", "Try: studio --port 8001"
        ) from error
    return 0
