"""How a build goes, on a terminal and as plain lines in a file or a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from leafcast.commands.terminal import as_signs, duration, say

if TYPE_CHECKING:
    from leafcast.execution.request import Watcher


LINE_EVERY_SECONDS = 10.0


class PlainWatcher:
    """Plain lines, for a pipe or a log: each step, and the share voiced every ten seconds."""

    def __init__(self, *, why: bool, quiet: bool) -> None:
        self.show_why = why
        self.quiet = quiet
        self.began = self.said = time.monotonic()

    def step(self, words: str) -> None:
        """Name the new piece of work."""
        self.began = self.said = time.monotonic()
        if not self.quiet:
            say(words)

    def why(self, slug: str, edition: str, reason: str) -> None:
        """Say why an edition is made, when asked to."""
        if self.show_why:
            say(f"{slug}: {edition}: {reason}")

    def voicing(self, shown: str, share: float) -> None:
        """Say now and then how far the voice is."""
        now = time.monotonic()
        if self.quiet or (now - self.said < LINE_EVERY_SECONDS and share < 1):
            return
        self.said = now
        if share >= 1:
            say("  all voiced")
            return
        left = (now - self.began) / share * (1 - share) if share else 0
        say(f"  {share:.0%} voiced, about {duration(left)} left")


class TerminalWatcher(PlainWatcher):
    """A progress bar that shows what is being voiced and how long is left."""

    def __init__(self, *, why: bool) -> None:
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        super().__init__(why=why, quiet=False)
        self.progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.fields[shown]}", markup=False, table_column=None),
            transient=True,
        )
        self.task = self.progress.add_task("", total=None, shown="", visible=False)

    def step(self, words: str) -> None:
        """Name the new piece of work beside the bar."""
        self.progress.update(
            self.task, description=as_signs(words), total=None, completed=0, shown="", visible=True
        )

    def why(self, slug: str, edition: str, reason: str) -> None:
        """Say why an edition is made, above the bar."""
        if self.show_why:
            why = as_signs(f"{slug}: {edition}: {reason}")
            self.progress.console.print(why, highlight=False, markup=False)

    def voicing(self, shown: str, share: float) -> None:
        """Move the bar, and show the sentence just voiced."""
        words = shown if len(shown) < 48 else shown[:47].rsplit(" ", 1)[0] + " …"
        self.progress.update(self.task, total=1.0, completed=share, shown=as_signs(words))


@contextmanager
def watcher(*, why: bool, quiet: bool) -> Iterator[Watcher]:
    """The watcher that suits where the output goes."""
    if quiet or not sys.stdout.isatty():
        yield PlainWatcher(why=why, quiet=quiet)
        return
    lively = LazyTerminalWatcher(why=why)
    try:
        yield lively
    finally:
        lively.close()


class LazyTerminalWatcher:
    """Draws the bar only once there is work, so that a build with nothing to do is quick."""

    def __init__(self, *, why: bool) -> None:
        self.show_why = why
        self.drawn: TerminalWatcher | None = None

    @property
    def _watcher(self) -> TerminalWatcher:
        if self.drawn is None:
            self.drawn = TerminalWatcher(why=self.show_why)
            self.drawn.progress.start()
        return self.drawn

    def step(self, words: str) -> None:
        """See TerminalWatcher."""
        self._watcher.step(words)

    def why(self, slug: str, edition: str, reason: str) -> None:
        """See TerminalWatcher."""
        if self.show_why:
            self._watcher.why(slug, edition, reason)

    def voicing(self, shown: str, share: float) -> None:
        """See TerminalWatcher."""
        self._watcher.voicing(shown, share)

    def close(self) -> None:
        """Take the bar away."""
        if self.drawn is not None:
            self.drawn.progress.stop()
