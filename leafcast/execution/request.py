"""What a build is asked for, and who is told how it goes."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for. Empty `slugs`, `editions` or `only` (passages) mean all of them.

    `checks` are those made on request.
    """

    slugs: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    voice: str = ""
    print_shop: bool = False
    jobs: int = field(default_factory=lambda: available_cores())
    only: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()


class Watcher(Protocol):
    """Is told how the work goes."""

    def step(self, words: str) -> None:
        """A new piece of work begins."""

    def why(self, slug: str, edition: str, reason: str) -> None:
        """An edition is made anew, for this reason."""

    def voicing(self, shown: str, share: float) -> None:
        """A sentence was voiced; `share` of the missing ones is done, by their length, 0 to 1."""


class Silent:
    """A watcher of what nobody waits for."""

    def step(self, words: str) -> None:
        """See Watcher."""

    def why(self, slug: str, edition: str, reason: str) -> None:
        """See Watcher."""

    def voicing(self, shown: str, share: float) -> None:
        """See Watcher."""


def available_cores() -> int:
    """How many cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
