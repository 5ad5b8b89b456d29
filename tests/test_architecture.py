"""ARCHITECTURE.md is short and true: what it names is there, and the walks it lists are those taken."""

from __future__ import annotations

import re
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from leafcast.build import pipeline
from leafcast.document.report import Report
from leafcast.execution.request import Request, Silent
from leafcast.practice.project import load_project
from tests.conftest import ROOT, write_practice
from tests.test_rooms import MODULES, ROOMS

TEXT = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
DRIVER = "build"
"""The room that calls each other one, and gets its value back."""


def walks(text: str) -> list[list[str]]:
    """The lists of calls, each from `build.pipeline.build` on."""
    blocks = re.findall(r"```\n(.*?)```", text, re.S)
    return [
        [line.split()[0] for line in block.splitlines()]
        for block in blocks
        if block.startswith("build.pipeline.build\n")
    ]


PRINTED, HEARD = walks(TEXT)


def named_paths(text: str) -> set[str]:
    """The files and folders that the text names, from the project's folder."""
    shown = re.findall(r"`([\w./]+(?:/|\.\w{2,4}))`|\]\(([\w./-]+)\)", text)
    return {first or second for first, second in shown}


def missing(names: set[str]) -> set[str]:
    """Those that are neither at the project's folder nor rooms, nor folders within the rooms."""
    within = {f"{path.name}/" for path in (ROOT / "leafcast").rglob("*") if path.is_dir()}
    return {name for name in names if not (ROOT / name).exists() and name not in within}


def test_it_can_be_read_in_one_sitting() -> None:
    assert len(TEXT.splitlines()) <= 150


def test_what_it_names_is_there() -> None:
    names = named_paths(TEXT)
    assert len(names) > 30
    assert not missing(names)


def test_what_is_not_there_is_seen() -> None:
    assert missing(named_paths("`leafcast/publish/page.py`, `build.py` and [x](docs/none.md)")) == {
        "leafcast/publish/page.py",
        "docs/none.md",
    }


def test_the_table_of_rooms_is_the_house() -> None:
    assert re.findall(r"^\| `(\w+)/` \|", TEXT, re.M) == list(ROOMS)


WHERE = {
    "a new edition": "OWN: Final[dict[str, Edition]]",
    "a new voice engine": '"tone": Engine(',
    "a new reader": '".docx": Reader(',
    "a new check": '"fit": Check(',
    "a new part of the site": '"podcast": SitePart(',
    "a new language": "class Language:",
    "a new fold": "Z_FOLD: Final = Fold(",
    "a new motif, a new PDF standard": "MOTIFS",
    "why was this rebuilt": '"pictures": "a picture changed"',
    "where is a page number drawn": "counter(page)",
    "what is said for “£12.50”": "pounds",
}
"""What one wants to find, in the first file that each question is answered with."""


def test_where_to_look_has_what_is_looked_for() -> None:
    rows = dict(re.findall(r"^\| ([^|]+?) \| `([\w./]+)`", TEXT, re.M))
    asked = {question: file for question, file in rows.items() if not question.startswith("`")}
    assert asked.keys() == WHERE.keys()
    for question, wanted in WHERE.items():
        assert wanted in (ROOT / asked[question]).read_text("utf-8"), question


def test_the_calls_it_lists_are_functions() -> None:
    for call in (*PRINTED, *HEARD):
        parts = call.split(".")
        module = next(
            name
            for end in range(len(parts), 0, -1)
            if (name := ".".join(("leafcast", *parts[:end]))) in MODULES
        )
        assert re.search(rf"^ *def {parts[-1]}\(", MODULES[module].read_text("utf-8"), re.M), call


# ---------------------------------------------------------------- the walks


@dataclass
class Walk:
    """What of a list is called: every call as it comes, and the rooms that the driver enters."""

    calls: dict[str, str]
    taken: list[str] = field(default_factory=list)
    rooms: list[str] = field(default_factory=list)
    within: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def watch(self, frame: FrameType, event: str, _: Any) -> None:
        """A profile function; see `sys.setprofile`."""
        if event not in ("call", "return"):
            return
        call = self.calls.get(f"{frame.f_globals.get('__name__')}.{frame.f_code.co_qualname}")
        if call:
            self.note(call, event, threading.get_ident())

    def note(self, call: str, event: str, thread: int) -> None:
        """A room that a room asks for something, such as a check what is wanted, is not entered."""
        room, open_rooms = call.partition(".")[0], self.within[thread]
        if event == "return":
            if room != DRIVER:
                open_rooms.pop()
            return
        self.taken.append(call)
        if room != DRIVER:
            if not open_rooms:
                self.rooms.append(room)
            open_rooms.append(room)


@contextmanager
def followed(calls: list[str]) -> Iterator[Walk]:
    """The walk that is taken in the threads of this process."""
    walk = Walk({f"leafcast.{call}": call for call in calls})
    threading.setprofile(walk.watch)
    sys.setprofile(walk.watch)
    try:
        yield walk
    finally:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]


def turns_back(rooms: list[str]) -> list[str]:
    """Rooms that are entered again after they were left."""
    visits = [room for room, _ in groupby(rooms)]
    return sorted({room for room in visits if visits.count(room) > 1})


@pytest.mark.parametrize(
    ("calls", "edition"), [(PRINTED, "booklet"), (HEARD, "sections")], ids=["PDF", "MP3"]
)
def test_a_walk_is_as_it_is_written_and_never_turns_back(
    calls: list[str], edition: str, tmp_path: Path
) -> None:
    folder = write_practice(tmp_path / "practice")
    for article in (folder / "source").glob("*.md"):
        article.unlink()
    (folder / "source/short.md").write_text(SHORT, "utf-8")
    report = Report()
    request = Request(editions=(edition,), voice="tone", jobs=1)
    with followed(calls) as walk:
        pipeline.build(load_project(folder), request, Silent(), report)
    assert not report.exit_code
    assert list(dict.fromkeys(walk.taken)) == calls
    assert len(set(walk.rooms)) == 3
    assert not turns_back(walk.rooms)


SHORT = """\
---
title: Short
author: A B
language: en-GB
summary: What it is.
published: 2026-01-01
review: 2028-01-01
---

Hello there, this is an introduction.

## One

We met once, and it cost £12.50.
"""


def test_a_way_back_is_seen() -> None:
    walk = Walk({})
    for call, event in (
        ("build.pipeline.build", "call"),
        ("readers.read_article", "call"),
        ("readers.read_article", "return"),
        ("checks.run_checks", "call"),
        ("readers.read_article", "call"),  # asked by a check
        ("readers.read_article", "return"),
        ("checks.run_checks", "return"),
    ):
        walk.note(call, event, 1)
    assert walk.rooms == ["readers", "checks"]
    assert not turns_back(walk.rooms)
    walk.note("readers.read_article", "call", 1)
    assert turns_back(walk.rooms) == ["readers"]
