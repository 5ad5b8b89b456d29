"""The program: its commands, found by name, each in a module of its own."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from importlib import import_module
from pathlib import Path
from types import FrameType, TracebackType

import click

from leafcast import __version__
from leafcast.commands.terminal import say

COMMANDS = (
    "build", "changes", "check", "clean", "lexicon", "licences", "new", "preview", "record",
    "script", "studio", "voices",
)  # fmt: skip
"""Each is `command` in the module of its name, imported when it is asked for."""


class DefaultToBuild(click.Group):
    """`leafcast` alone, or followed by an option or a slug, means `leafcast build`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands by name."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"leafcast.commands.{cmd_name}").command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command in front of its options: `build` unless one, or --help, is asked for."""
        if args and args[0] in {"--help", "-h", "--version"}:
            return super().parse_args(ctx, args)
        at = self._first_word(ctx, args)
        if at < len(args) and args[at] in COMMANDS:
            args = [args[at], *args[:at], *args[at + 1 :]]
        else:
            args = ["build", *args]
        return super().parse_args(ctx, args)

    def _first_word(self, ctx: click.Context, args: list[str]) -> int:
        """Where the first word is that is neither an option nor the value of one."""
        if not args or not args[0].startswith("-"):
            return 0
        valued = {
            name
            for command in (self.get_command(ctx, each) for each in COMMANDS)
            for option in (command.params if command else ())
            if isinstance(option, click.Option) and not option.is_flag
            for name in option.opts
        }
        at = 0
        while at < len(args) and args[at].startswith("-"):
            at += 2 if args[at] in valued else 1
        return at

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """A whole sentence about each command."""
        rows = [
            (name, command.get_short_help_str(limit=200))
            for name in COMMANDS
            if (command := self.get_command(ctx, name))
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(cls=DefaultToBuild, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="leafcast")
def leafcast() -> None:
    """Turn articles into accessible leaflets and narrations.

    Without a command, everything that is missing or changed is built.
    """


def main() -> None:
    """Run leafcast, as the console script and build.py do."""
    signal.signal(signal.SIGTERM, _stop)
    sys.excepthook = _show_fault
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    leafcast(prog_name=os.environ.get("LEAFCAST_COMMAND", "leafcast"))


def _stop(number: int, frame: FrameType | None) -> None:
    """A polite request to end is treated as Ctrl-C."""
    raise KeyboardInterrupt


def _show_fault(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """A fault in leafcast itself: one line for the owner, the details in a file for us."""
    details = "".join(traceback.format_exception(kind, error, trace))
    path = Path.cwd() / "leafcast-fault.txt"
    try:
        path.write_text(details, encoding="utf-8")
        where = f"The details are in {path}; please send them to whoever looks after leafcast."
    except OSError:
        where = details
    say(f"leafcast itself made a mistake ({kind.__name__}: {error}). {where}", err=True)


if __name__ == "__main__":
    main()
