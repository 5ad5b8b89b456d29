"""What a style says of a property that no rule names, said at once.

WeasyPrint asks the style of each element for some hundred properties. Nearly all are inherited, or
as they are initially (CSS Cascade 5, 7.1 and 7.2), which it finds out in the long way of those that
a rule names: a tenth of the time of a layout.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, Final

Missing = Callable[[Any, str], Any]
"""WeasyPrint's `ComputedStyle.__missing__`, of a style and a property that it was not asked for."""
APART: Final = frozenset(("display", "float", "page", "position"))
"""Properties that depend on others, besides those of the decoration of text."""


def said_at_once(missing: Missing) -> Missing:
    """`missing`, which needs no rules where there are none: the root's are always looked at."""
    inherited, initial, logical = _properties()

    def known(style: Any, name: str) -> Any:
        parent, rules = style.parent_style, style.cascaded
        if parent is None or name in rules or not logical.get(name, NONE).isdisjoint(rules):
            return missing(style, name)
        if name in inherited:
            value = style[name] = parent[name]
        elif name in initial:
            value = style[name] = initial[name]
        else:
            value = missing(style, name)
        return value

    return known


NONE: Final = frozenset[str]()


@cache
def _properties() -> tuple[frozenset[str], dict[str, Any], dict[str, frozenset[str]]]:
    """The properties that are inherited, the others' initial values as far as they are computed,
    and by which logical names a rule may name one (CSS Logical Properties 1, 4).
    """
    properties: Any = import_module("weasyprint.css.properties")
    computed: Any = import_module("weasyprint.css.computed_values")
    every = properties.INITIAL_VALUES
    plain = {name for name in every if name not in APART and "decoration" not in name}
    initial = plain - properties.INHERITED - properties.INITIAL_NOT_COMPUTED
    logical = {
        name: frozenset(named(block="ttb", inline=way) for way in ("ltr", "rtl"))
        for name, named in computed.PHYSICAL_FUNCTIONS.items()
    }
    inherited = frozenset(plain & properties.INHERITED)
    return inherited, {name: every[name] for name in initial}, logical
