"""A build that somebody wants no more: asked at each step, and while others are waited for."""

from __future__ import annotations

import time
from collections.abc import Collection
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from threading import Event
from typing import Final, TypeVar

from leafcast.execution.request import Watcher

LOOK_SECONDS: Final = 0.1
"""How often it is asked while others work."""

_R = TypeVar("_R")


class Cancelled(Exception):
    """Nobody wants this build any more. dist/ holds what was finished, whole."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Whether a build is still wanted; whoever has the event may say at any time that it is not."""

    event: Event = field(default_factory=Event)

    def heed(self) -> None:
        """Raise Cancelled when nobody wants it any more."""
        if self.event.is_set():
            raise Cancelled

    def first_done(
        self, futures: Collection[Future[_R]], seconds: float | None = None
    ) -> set[Future[_R]]:
        """Those of `futures` that are done, as soon as one is, or after so many seconds; of none,
        none at once.

        Raises Cancelled.
        """
        if not futures:
            return set()
        end = None if seconds is None else time.monotonic() + seconds
        while True:
            self.heed()
            left = LOOK_SECONDS if end is None else min(LOOK_SECONDS, end - time.monotonic())
            done, _ = wait(futures, max(0.0, left), FIRST_COMPLETED)
            if done or (end is not None and time.monotonic() >= end):
                return done


@dataclass(frozen=True, slots=True)
class Heeding:
    """A watcher that goes on only while the build is wanted."""

    watcher: Watcher
    cancel: Cancel

    def step(self, words: str) -> None:
        """See Watcher. Raises Cancelled."""
        self.watcher.step(words)
        self.cancel.heed()

    def why(self, slug: str, edition: str, reason: str) -> None:
        """See Watcher."""
        self.watcher.why(slug, edition, reason)

    def voicing(self, shown: str, share: float) -> None:
        """See Watcher. Raises Cancelled."""
        self.watcher.voicing(shown, share)
        self.cancel.heed()
