"""What tables name instead of importing it: nothing waits for libraries that are not used."""

from __future__ import annotations

from importlib import import_module


def named(function: str) -> object:
    """The function called `module:function`."""
    module, name = function.split(":")
    found: object = getattr(import_module(module), name)
    return found
