"""`leafcast licences`: what is installed, and under which licences."""

from __future__ import annotations

from collections.abc import Sequence

import click

from leafcast.commands.licensed import Licensed, licensed
from leafcast.commands.running import reporting
from leafcast.commands.terminal import say


@click.command()
@reporting
def command() -> int:
    """List the licences of everything that is installed with leafcast."""
    show_licences(licensed())
    return 0


def show_licences(packages: Sequence[Licensed]) -> None:
    """A line a package, what it carries below it, and what that means."""
    wide = max(len(f"{each.name} {each.version}") for each in packages)
    for each in packages:
        say(f"{f'{each.name} {each.version}':<{wide}}  {each.licence}")
        if within := each.carried:
            say(f"{f'  with {within.name}':<{wide}}  {within.licence}, from {within.home}")
    say(
        "\nleafcast itself is under the MIT licence. Whoever hands on a finished installation hands"
    )
    say("these on too, and must keep their terms; more in the file NOTICE.")
