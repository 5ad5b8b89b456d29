"""What was found of what stands in dist/, kept until its cause is gone.

A verdict is kept under the hash of what was judged, the records of the editions that a check reads,
which say what they were made from and what is in their files, and of the rules it was judged by.
So an edition is published without one, a build that is killed before its checks ended checks next
time, and what is damaged, or was cleaned away, counts as not checked yet.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any, Final

from leafcast.document.artifact import EditionRecord
from leafcast.document.report import Finding, Place, Severity
from leafcast.state.cache import digest
from leafcast.state.identity import Same
from leafcast.state.store import State

KIND: Final = "verdicts"
NOT_CHECKED: Final = "not-checked"
"""The code of a check that could not be made; it is made again next time."""
MAKING: Final = "making"
"""The verdict of an edition's own making: what was found on the way to it."""

Records = Mapping[str, EditionRecord]
"""The records of editions, or of parts of the site, by name."""
Findings = tuple[Finding, ...]


def _not_checked_yet(slug: str, checks: tuple[str, ...]) -> Finding:
    return Finding(
        "not-checked-yet",
        Severity.NOT_CHECKED,
        f"{slug}: what is published was not checked yet for: {', '.join(checks)}",
        f"Build it without naming others: leafcast build {slug}",
        Place(f"dist/{slug}"),
    )


def among(records: Records, names: Iterable[str]) -> dict[str, EditionRecord]:
    """The records of these names, as far as there are any."""
    return {name: records[name] for name in names if name in records}


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The verdicts kept in `state`; `rules` gives the hash of what a check judges by."""

    state: State
    rules: Callable[[str], str]
    _keys: dict[tuple[object, ...], str] = field(default_factory=dict, repr=False, compare=False)

    def read(self, check: str, records: Records) -> Findings | None:
        """What a check found of just these editions; None where it did not check them yet."""
        stored = self.state.read(KIND, self._key(check, records))
        return None if stored is None else tuple(map(_finding, json.loads(stored)))

    def keep(self, check: str, records: Records, found: Iterable[Finding]) -> None:
        """Keep what a check found; where that cannot be written, it is made again."""
        stored = json.dumps(list(map(_stored, found))).encode()
        self.state.write(KIND, self._key(check, records), stored)

    def keep_only(self, kept: Iterable[tuple[str, Records]]) -> None:
        """Forget all verdicts but those of these checks and editions."""
        keys = {self._key(check, records) for check, records in kept if records}
        self.state.forget(KIND, self.state.keys(KIND) - keys)

    def _key(self, check: str, records: Records) -> str:
        asked = (check, *((name, Same(record)) for name, record in records.items()))
        if (key := self._keys.get(asked)) is None:
            judged = {name: _record_digest(Same(record)) for name, record in records.items()}
            key = self._keys[asked] = digest(self.rules(check), check, judged)
        return key


@dataclass(frozen=True, slots=True)
class Standing:
    """What is published of an article, and what was found of it.

    `verdicts` are by the name of a check, None where it did not check this yet; `made` was found in
    making the editions; `earlier` are the verdicts of what stood there before this build.
    """

    store: Verdicts
    records: Records
    verdicts: Mapping[str, Findings | None]
    made: Findings = ()
    earlier: Mapping[str, Findings | None] = field(default_factory=dict)

    @property
    def unchecked(self) -> tuple[str, ...]:
        """The checks that have not checked this yet."""
        return tuple(name for name, found in self.verdicts.items() if found is None)

    def told(self, slug: str) -> list[Finding]:
        """What was found of an article that this build does not look at, or cannot read."""
        found = [*self.made, *chain(*(verdict or () for verdict in self.verdicts.values()))]
        return [*found, _not_checked_yet(slug, self.unchecked)] if self.unchecked else found


@lru_cache(500)
def _record_digest(record: Same[EditionRecord]) -> str:
    """The hash of an edition: of what it was made from, and of its files."""
    made = record.value
    return digest(dict(made.made_from), [[file.path, file.sha256] for file in made.files])


def _stored(found: Finding) -> list[Any]:
    place = found.place or Place("")
    return [found.code, found.severity, found.message, found.fix, place.path, place.line]


def _finding(stored: list[Any]) -> Finding:
    code, severity, message, fix, path, line = stored
    place = Place(path, line) if path else None
    return Finding(code, Severity(severity), message, fix, place)
