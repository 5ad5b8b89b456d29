"""The rooms of a build, opened when they are first needed: one to print in, and one to speak in."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from leafcast.execution.print_pool import PrintRoom

if TYPE_CHECKING:
    from leafcast.execution.request import Watcher
    from leafcast.narration.voice_pool import Studio


class Rooms:
    """Processes that serve one article after the other, at most `jobs` to a room."""

    def __init__(self, jobs: int, watcher: Watcher) -> None:
        self.jobs = jobs
        self.watcher = watcher
        self.prints = PrintRoom(jobs)

    @cached_property
    def studio(self) -> Studio:
        """Where voices speak; the watcher is told how that goes."""
        from leafcast.narration.voice_pool import Studio

        return Studio(self.jobs, lambda done: self.watcher.voicing(done.shown, done.share))

    def close(self) -> None:
        """End all processes at once."""
        self.prints.close()
        if "studio" in vars(self):
            self.studio.close()
