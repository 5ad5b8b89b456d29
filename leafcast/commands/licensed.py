"""Under which licences everything is that an installation of leafcast holds.

What a package says of itself (core metadata 2.4: License-Expression, else its classifiers, else
License) is told in SPDX's names; what it carries without saying so stands in `CARRIED`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import Final

from leafcast.document.errors import ToolMissing

OWN: Final = "leafcast"
NOT_TOLD: Final = "not told"
LONGEST: Final = 60
"""Letters of a licence's name; what is longer is its text."""
NAMES: Final = {
    "MIT License": "MIT",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "PSF": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-2.1-or-later",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}
"""What packages call their licences, in SPDX's names; of the BSD ones the commonest."""
UNTOLD: Final = {"espeakng-loader": "MIT", "axe-playwright-python": "MIT"}
"""What packages with no word of it in their metadata say elsewhere: their repositories' LICENSE."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A program or library inside a package: its own licence, and where it comes from."""

    name: str
    licence: str
    home: str


CARRIED: Final = {
    "av": Carried("FFmpeg's libraries", "LGPL-3.0-or-later", "https://ffmpeg.org"),
    "espeakng-loader": Carried(
        "libespeak-ng", "GPL-3.0-or-later", "https://github.com/espeak-ng/espeak-ng"
    ),
    "imageio-ffmpeg": Carried("the program ffmpeg", "GPL-3.0-or-later", "https://ffmpeg.org"),
    "numpy": Carried(
        "libgfortran", "GPL-3.0-or-later WITH GCC-exception-3.1", "https://gcc.gnu.org"
    ),
    "soundfile": Carried(
        "libsndfile, mpg123 and LAME",
        "LGPL-2.1-or-later",
        "https://github.com/bastibe/libsndfile-binaries",
    ),
}
"""By the package that brings it, whose own metadata does not say so."""


@dataclass(frozen=True, slots=True)
class Licensed:
    """A package, its version and licence, and what it carries under another."""

    name: str
    version: str
    licence: str
    carried: Carried | None = None


def licensed() -> tuple[Licensed, ...]:
    """Every package that is installed beside this program, by name; its own is not among them.

    Raises ToolMissing where it cannot be seen what is installed.
    """
    found = {each.name: each for each in _licensed(metadata.distributions()) if each.name != OWN}
    if not found:
        raise ToolMissing(
            "It cannot be seen what is installed", "The licences are named in the file NOTICE"
        )
    return tuple(found[name] for name in sorted(found))


def _licensed(installed: Iterable[metadata.Distribution]) -> Iterator[Licensed]:
    for each in installed:
        name = (each.metadata["Name"] or "").lower().replace("_", "-")
        if name:
            yield Licensed(name, each.version, licence_of(each), CARRIED.get(name))


def licence_of(package: metadata.Distribution) -> str:
    """The licence of a package, as it says itself, in SPDX's names."""
    told = package.metadata
    for expression in told.get_all("License-Expression", []):
        return str(expression)
    words = " ".join(told.get_all("License", []))
    given = " ".join(words.split()).removeprefix("OSI Approved :: ")
    if "-" in given and " " not in given:
        return given
    kinds = [line.split(" :: ") for line in told.get_all("Classifier", [])]
    classes = [NAMES.get(kind[-1], kind[-1]) for kind in kinds if kind[0] == "License"]
    if len(classes) > 1:
        return " OR ".join(classes)
    name = (told["Name"] or "").lower().replace("_", "-")
    short = NAMES.get(given, given if len(given) <= LONGEST else "")
    return next(filter(None, (*classes, short, UNTOLD.get(name))), NOT_TOLD)
