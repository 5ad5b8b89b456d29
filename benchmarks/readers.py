"""Readers beside their peers, over checkouts of public repositories: `python -m benchmarks readers
--suites DIR`. DIR has a folder for each repository, by its own name (pandoc, mammoth.js, poi …).

A suite is a row of SUITES. Its module measures what it knows how to read, and names the packages
of the peers it sets leafcast beside; they come with `pip install "leafcast[peers]"`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from benchmarks.measures import Figure, Lines


@dataclass(frozen=True, slots=True)
class Suite:
    """Files to read: `folders` in DIR, each by the names under which its repository may be kept;
    `measure` is `module:function`, given the folders that are there; `peers` are packages it wants.
    """

    name: str
    folders: tuple[tuple[str, ...], ...]
    measure: str
    peers: tuple[str, ...] = ()


WORD_PEERS: Final = ("pypandoc", "mammoth", "docx")
PAGE_PEERS: Final = ("readability", "trafilatura")
SUITES: Final = (
    Suite(
        "Word: pandoc, mammoth, markitdown",
        (
            ("pandoc/test/docx",),
            ("mammoth.js/test/test-data", "mammoth/test/test-data"),
            ("markitdown/packages/markitdown/tests/test_files",),
        ),
        "benchmarks.readers_word:collected",
        WORD_PEERS,
    ),
    Suite(
        "Word: Apache POI",
        (("poi/test-data/document",),),
        "benchmarks.readers_word:poi",
        WORD_PEERS,
    ),
    Suite(
        "Pages: Readability",
        (("readability/test/test-pages",),),
        "benchmarks.readers_web:readability",
        PAGE_PEERS,
    ),
    Suite(
        "Pages: trafilatura",
        (("trafilatura/tests",),),
        "benchmarks.readers_web:trafilatura",
        PAGE_PEERS,
    ),
)


def readers(suites: Path) -> Iterator[Figure | Lines]:
    """The figures of each suite that is in `suites`; what is missing is said."""
    for suite in SUITES:
        folders = [_there(suites, names) for names in suite.folders]
        found = [folder for folder in folders if folder]
        if not found:
            wanted = ", ".join(names[0] for names in suite.folders)
            yield Lines((f"{suite.name}: not measured; put {wanted} into {suites}",))
        elif lacking := [peer for peer in suite.peers if not find_spec(peer)]:
            yield Lines(
                (
                    f"{suite.name}: not measured; it is set beside {', '.join(lacking)}",
                    'To have them: pip install "leafcast[peers]", or in a checkout'
                    " pip install -e .[peers]",
                )
            )
        else:
            module, _, function = suite.measure.partition(":")
            yield from getattr(import_module(module), function)(suite.name, found)


def _there(suites: Path, names: tuple[str, ...]) -> Path | None:
    """The first of these folders that is there."""
    return next((suites / name for name in names if (suites / name).is_dir()), None)
