"""The pools of processes of a build, opened when they are first needed: one prints, one speaks."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from leafcast.execution.print_pool import PrintPool

if TYPE_CHECKING:
    from leafcast.execution.cancel import Cancel
    from leafcast.execution.request import Watcher
    from leafcast.narration.voice_pool import VoicePool


class Pools:
    """Processes that serve one article after the other, at most `jobs` to a pool."""

    def __init__(self, jobs: int, watcher: Watcher, cancel: Cancel | None = None) -> None:
        self.jobs = jobs
        self.watcher = watcher
        self.cancel = cancel
        self.prints = PrintPool(jobs, cancel)

    @cached_property
    def voices(self) -> VoicePool:
        """Where voices speak; the watcher is told how that goes."""
        from leafcast.narration.voice_pool import VoicePool

        return VoicePool(
            self.jobs,
            lambda done: self.watcher.voicing(done.shown, done.share),
            cancel=self.cancel,
        )

    def close(self) -> None:
        """End all processes at once."""
        self.prints.close()
        if "voices" in vars(self):
            self.voices.close()
