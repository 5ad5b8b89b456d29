"""Frozen data as plain lists: the same data always gives the same plain value, ready to hash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date


def plain(value: object) -> object:
    """`value` as lists, strings, numbers and None, with the names of its types.

    Places are left out: a line that moves down changes nothing that is made from it.
    Raises TypeError for a value whose text might change from run to run.
    """
    match value:
        case None | bool() | int() | float() | str():
            return value
        case date():
            return value.isoformat()
        case tuple() | list():
            return [plain(each) for each in value]
        case Mapping():
            return [[plain(key), plain(each)] for key, each in sorted(value.items())]
    if is_dataclass(value):
        names = [field.name for field in fields(value) if field.name != "place"]
        return [type(value).__name__, *(plain(getattr(value, name)) for name in names)]
    raise TypeError(f"{type(value).__name__} has no plain form")
