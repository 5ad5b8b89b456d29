"""The print pool: processes that lay out and look over what one reads, beside the sound.

Laying out is all Python, and so is much of what is done to sound; in one process they would wait
for each other. It is opened when something is first printed, and serves the next article too.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from typing import Any, Final, TypeVar

from leafcast.document.errors import LeafcastError
from leafcast.execution.cancel import Cancel
from leafcast.execution.workers import end_workers, open_workers

IMPORTS: Final = ("leafcast.checks.preload",)

_R = TypeVar("_R")


class PrintPool:
    """Does work elsewhere: in `jobs` processes, or with one job in a thread of this process."""

    def __init__(self, jobs: int, cancel: Cancel | None = None) -> None:
        self.jobs = jobs
        self.cancel = cancel or Cancel()
        self.pool: Executor | None = None

    def submit(self, work: Callable[..., _R], *given: Any) -> Future[_R]:
        """Begin `work`, a function of a module, with plain data."""
        if self.pool is None:
            several = self.jobs > 1
            self.pool = open_workers(self.jobs, IMPORTS) if several else ThreadPoolExecutor(1)
        return self.pool.submit(work, *given)

    def result(self, future: Future[_R], work: Callable[..., _R], *given: Any) -> _R:
        """What became of `work`; lost when a process ended, it is done over with nothing beside it.

        Raises what the work raises, LeafcastError where its process ends again, and Cancelled.
        """
        self.cancel.first_done([future])
        try:
            return future.result()
        except BrokenExecutor:
            return self._alone(work, *given)

    def _alone(self, work: Callable[..., _R], *given: Any) -> _R:
        self.close()
        try:
            return self.submit(work, *given).result()
        except BrokenExecutor:
            self.close()
            raise LeafcastError(
                "The process that made it ended twice before it was done",
                "It may have lacked memory: close other programs, and build again",
            ) from None

    def close(self) -> None:
        """End it at once; what is not done by now nobody wants."""
        if self.pool is not None:
            end_workers(self.pool)
            self.pool = None
