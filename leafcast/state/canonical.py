"""Frozen data as plain lists: the same data always gives the same plain value, ready to hash."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import cast


def plain(value: object) -> object:
    """`value` as lists, strings, numbers and None, with the names of its types.

    Places are left out: a line that moves down changes nothing that is made from it.
    Raises TypeError for a value whose text might change from run to run.
    """
    if type(value) is str:  # most values are
        return value
    match value:
        case None | bool() | int() | float() | str():
            return value
        case date():
            return value.isoformat()
        case tuple() | list():
            return [plain(each) for each in value]
        case Mapping():
            return [[plain(key), plain(each)] for key, each in sorted(value.items())]
    kind = cast("Hashable", type(value))  # mypy takes no class for hashable
    return [type(value).__name__, *[plain(getattr(value, name)) for name in _fields(kind)]]


@cache
def _fields(kind: type[object]) -> tuple[str, ...]:
    """The names of what a dataclass holds. Raises TypeError for any other type."""
    if not is_dataclass(kind):
        raise TypeError(f"{kind.__name__} has no plain form")
    return tuple(field.name for field in fields(kind) if field.name != "place")
