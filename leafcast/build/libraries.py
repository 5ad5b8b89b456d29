"""The versions of what leafcast does not bring along: packages, and what the system opens for them.

A package stands for all that it requires itself: WeasyPrint lays out by what tinycss2 reads. The
libraries of the system that draw and spell (Pango breaks every line) have no package that tells
their version; they are asked themselves.
"""

from __future__ import annotations

import ctypes
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final, cast

from leafcast.execution.lazy import named
from leafcast.state.cache import Cache, digest, user_folder
from leafcast.state.hashes import read_hash

KIND: Final = "packages"
REQUIRED: Final = re.compile(r"([\w.-]+)(?!.*\bextra\s*==)", re.DOTALL)
"""The name at the beginning of a requirement (PEP 508) that is none of an extra."""

OPENED: Final = {
    "weasyprint": "leafcast.build.libraries:text_libraries",
    "leafcast.braille.liblouis": "leafcast.braille.liblouis:version",
    "leafcast.narration.sound.ffmpeg": "leafcast.narration.sound.ffmpeg:identity",
    "leafcast.design.webfonts": "leafcast.build.libraries:font_compressor",
}
"""Packages and modules that open a library or start a program which no import tells of: what tells
which one.
"""

TEXT_LIBRARIES: Final = {
    "pango_version_string": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "hb_version_string": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
}
"""What WeasyPrint lays text out with: the function that tells a version, and the library's names on
Linux, macOS and Windows."""


def system_version(opener: str) -> str:
    """The version of what one of `OPENED` opens; "" where it is missing."""
    return cast("Callable[[], str]", named(OPENED[opener]))()


class Libraries:
    """What is installed here, as it is now; each is asked once."""

    def __init__(self) -> None:
        self._packages = installed_packages()
        self._opened: dict[str, str] = {}

    def versions(self, packages: Iterable[str], modules: Iterable[str] = ()) -> tuple[str, ...]:
        """The versions of all that these packages (as they are imported) and modules use."""
        names = tuple(packages)
        found = {each for name in names for each in self._packages.get(name, (f"{name} missing",))}
        opened = OPENED.keys() & {*names, *modules}
        python = "python {}.{}".format(*sys.version_info)
        return (python, *sorted(found), *(f"{name}: {self._of(name)}" for name in sorted(opened)))

    def _of(self, opener: str) -> str:
        if opener not in self._opened:
            self._opened[opener] = system_version(opener)
        return self._opened[opener]


@cache
def text_libraries() -> str:
    """The versions of Pango and HarfBuzz that WeasyPrint will open, as far as they are there."""
    return " ".join(f"{ask} {_ask(ask, names)}" for ask, names in TEXT_LIBRARIES.items())


@cache
def font_compressor() -> str:
    """The version of brotli, with which fontTools writes WOFF2; it is no requirement of its own."""
    try:
        return metadata.version("brotli")
    except metadata.PackageNotFoundError:
        return ""


def _ask(function: str, names: Iterable[str]) -> str:
    for name in names:
        with suppress(OSError, AttributeError):
            tell = getattr(ctypes.CDLL(name), function)
            tell.restype = ctypes.c_char_p
            return bytes(tell()).decode("ascii", "replace")
    return "missing"


# ---------------------------------------------------------------- packages


def installed_packages() -> Mapping[str, tuple[str, ...]]:
    """By the name that is imported, the distribution and its version, and what that requires.

    It is reckoned once for what stands on the import path, and kept for the user.
    """
    return _installed(tuple(_path_states()))


@cache
def _installed(states: tuple[tuple[str, int], ...]) -> Mapping[str, tuple[str, ...]]:
    store, key = Cache(user_folder()), digest(read_hash(Path(__file__)), sys.prefix)
    asked = [list(each) for each in states]
    if (kept := store.read(KIND, key)) is not None:
        before, found = json.loads(kept)
        if before == asked:
            return {name: tuple(each) for name, each in found.items()}
    found = _find_installed()
    with suppress(OSError):
        store.write(KIND, key, json.dumps([asked, found]).encode())
    return found


def _path_states() -> Iterable[tuple[str, int]]:
    """The folders that are imported from; each time that a package comes or goes, one changes."""
    for entry in dict.fromkeys(sys.path):
        with suppress(OSError):
            if entry and entry != str(Path(__file__).parents[2]):
                yield entry, Path(entry).stat().st_mtime_ns


def _find_installed() -> dict[str, tuple[str, ...]]:
    versions = {_normal(each.name): each for each in metadata.distributions()}
    required = {
        name: {_normal(found[1]) for line in each.requires or () if (found := REQUIRED.match(line))}
        for name, each in versions.items()
    }
    return {
        package: tuple(
            f"{name} {versions[name].version}"
            for name in sorted(_with_required({_normal(each) for each in names}, required))
        )
        for package, names in metadata.packages_distributions().items()
    }


def _with_required(names: set[str], required: Mapping[str, set[str]]) -> set[str]:
    """These distributions and all that they require, as far as it is installed."""
    seen: set[str] = set()
    while names:
        seen |= names
        names = {each for name in names for each in required[name]} & required.keys() - seen
    return seen & required.keys()


def _normal(name: str) -> str:
    """A distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()
