"""Which earlier versions stay: every one for a while, then fewer, and the last ones always."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, Protocol

EVERY_ONE: Final = timedelta(days=30)
ONE_A_DAY: Final = timedelta(days=366)
"""How long every step stays, and how long the last one of each day; older ones, one a month."""
LAST: Final = 50
LAST_OF_EACH: Final = 10
"""So many of the newest steps, and of those of each article, stay however old they are."""


class Step(Protocol):
    """What decides whether a version stays."""

    @property
    def number(self) -> int:
        """Its place among all."""

    @property
    def when(self) -> datetime:
        """When it was kept."""

    @property
    def files(self) -> Mapping[str, str]:
        """The files that there were, by their paths."""

    @property
    def slug(self) -> str:
        """The article it is about, "" for none or all."""


def let_go(steps: Sequence[Step], now: datetime) -> frozenset[int]:
    """The numbers of those of `steps`, oldest first, that need not stay.

    The first one stays, and the one before an article was gone, which brings it back.
    """
    going = {each.number for each in steps[1:-LAST]}
    going -= {before.number for before, each in pairwise(steps) if _gone(before, each)}
    days: set[str] = set()
    of_each: Counter[str] = Counter()
    for each in reversed(steps):
        of_each[each.slug] += 1
        age, local = now - each.when, each.when.astimezone()
        day = f"{local:%Y-%m-%d}" if age < ONE_A_DAY else f"{local:%Y-%m}"
        last = day not in days
        days.add(day)
        if age < EVERY_ONE or last or (each.slug and of_each[each.slug] <= LAST_OF_EACH):
            going.discard(each.number)
    return frozenset(going)


def _gone(before: Step, after: Step) -> bool:
    """Whether a file of source/ was there before, and is not after it."""
    return any(path.startswith("source/") and path not in after.files for path in before.files)
