"""Rows of our tables that other packages bring, by entry points.

A package that has in its pyproject.toml

    [project.entry-points."leafcast.editions"]
    card = "leafcast_card:CARD"

adds the row `CARD` to the table of editions, by the name `card`. A row that cannot be used is left
out and told; one by a name that a table has already does not replace it.
"""

from __future__ import annotations

from collections import UserDict
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from importlib.metadata import EntryPoint
from typing import Final, Generic, Literal, TypeVar

from leafcast.document.report import Finding, Severity
from leafcast.locale.installed import installed_points

Name = Literal["editions", "voices", "readers", "checks"]
UNUSABLE: Final = (ImportError, AttributeError, SyntaxError, TypeError, ValueError, LookupError)
"""What the import of a package raises that is broken, or is none."""

Row = TypeVar("Row")
_faults: dict[tuple[str, str], Finding] = {}


class Table(UserDict[str, Row], Generic[Row]):
    """Our own rows by name, then those that packages bring.

    These are loaded when somebody first looks, for a package may import whatever it describes.
    `key` makes a row's name of an entry point's; `completed` is each row as it stands in the table.
    """

    def __init__(
        self,
        name: Name,
        kind: type[Row],
        own: Mapping[str, Row],
        key: Callable[[str], str] = str,
        completed: Callable[[str, Row], Row] = lambda _, row: row,
    ) -> None:
        self._name, self._kind, self._own = name, kind, own
        self._key, self._completed = key, completed

    @cached_property
    def data(self) -> dict[str, Row]:  # type: ignore[override]
        """The rows by name."""
        rows = dict(self._own)
        for point in sorted(_points(self._name), key=lambda each: (each.name, each.value)):
            name = self._key(point.name)
            if why := self._add(rows, name, point):
                _refuse(self._name, point, why)
        return {name: self._completed(name, row) for name, row in rows.items()}

    def _add(self, rows: dict[str, Row], name: str, point: EntryPoint) -> str:
        """Add a row that a package brings; why it cannot be used, where it cannot."""
        if name in rows:
            return "there is one of that name already"
        try:
            row = point.load()
        except UNUSABLE as error:
            return f"it cannot be loaded ({type(error).__name__}: {error})"
        if not isinstance(row, self._kind):
            return f"it is no {self._kind.__name__}"
        rows[name] = row
        return ""


def refused() -> tuple[Finding, ...]:
    """What of the rows that packages bring cannot be used, as far as tables were asked for."""
    return tuple(_faults[each] for each in sorted(_faults))


def brought_modules(*tables: Name) -> tuple[str, ...]:
    """The modules that bring rows to these tables, or to any."""
    every: tuple[Name, ...] = ("editions", "voices", "readers", "checks")
    points = [point for table in tables or every for point in _points(table)]
    return tuple(sorted({point.module for point in points}))


def brought_packages() -> tuple[str, ...]:
    """The packages, as they are imported, that bring rows to any table."""
    return tuple(sorted({module.partition(".")[0] for module in brought_modules()}))


@cache
def _points(table: Name) -> tuple[EntryPoint, ...]:
    return tuple(installed_points().select(group=f"leafcast.{table}"))


def _refuse(table: Name, point: EntryPoint, why: str) -> None:
    package = point.dist.name if point.dist else point.module
    _faults[table, point.name] = Finding(
        "extension-not-used",
        Severity.WARNING,
        f"The package {package} brings “{point.name}” for the {table}, but {why}",
        f"Bring that package up to date, or take it away: pip uninstall {package}",
    )
