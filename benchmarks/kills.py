"""Builds that are killed at random moments: is anything torn, left behind, or told wrongly?

A small practice goes from one state to another (headings renamed, sentences changed, an article
taken away), and the build that is to make it so is killed: at one of its steps, which are the calls
that change files or facts, and in checks those that open files, or after a random time. Then dist/
is looked over as it stands, the edit is taken back or not, and the next build is held to a build
that nobody disturbed, to the last byte and the last finding. All builds are forks of one process,
so that a thousand take minutes.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
import wave
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Final

from benchmarks.many import PRACTICE, SEED
from benchmarks.measures import Figure
from leafcast.build import pipeline
from leafcast.build.elsewhere import Elsewhere
from leafcast.build.journal import manifest_of
from leafcast.document.report import Report
from leafcast.execution.request import Request, Silent
from leafcast.practice.project import Project, load_project

FAILED: Final = 99
"""The exit code of a build that ended with an exception, which is written to stderr."""
EDITIONS: Final = ("sections", "library", "sitemap", "sums")
CHANGING: Final = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "open", "sqlite3.connect"}
"""What a build does to files, as Python's audit events name it."""
AT_WORK: Final = {
    "leafcast.checks": "in checks",
    "leafcast.build.publish": "publishing",
    "leafcast.build.journal": "publishing",
    "leafcast.site.parts": "making the site",
}
"""What a build is at, by the module that runs; else it makes something."""
ARTICLE: Final = """\
---
title: {title}
author: Jo Example
published: 2026-03-01
review: 2028-03-01
summary: What an hour of therapy is like.
---

This is how it begins. It is {word} hour.

## {heading}

You sit down, and {word} clock ticks. Nothing has to be decided, says Siân Bevan-Xu.
"""
STATES: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "as it was": {"first": ("What happens", "a quiet"), "second": ("What comes after", "another")},
    "headings": {"first": ("What will happen", "a quiet"), "second": ("What came", "another")},
    "sentences": {"first": ("What happens", "a loud"), "second": ("What comes after", "one more")},
    "one gone": {"first": ("What happens", "a quiet")},
    "another": {"first": ("What happens", "a quiet"), "third": ("What comes after", "another")},
}
"""States of source/: by slug the heading and a word of an article."""
SILENT_TAKES: Final = {"headings": "second/what-came", "sentences": "first/what-happens"}
"""Recordings of nothing, which a check of the sound finds: by state the article and section."""


@dataclass(slots=True)
class Seen:
    """What kills did: how many, at which events, and what was found wrong, in words."""

    kills: int = 0
    events: Counter[str] = field(default_factory=Counter)
    torn: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    false_sums: list[str] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        """All that was found wrong."""
        return [*self.torn, *self.orphans, *self.false_sums, *self.unlike]


@dataclass(frozen=True, slots=True)
class Clean:
    """What a build that nobody disturbed makes of a state: its files by hash, and what it tells."""

    files: dict[str, str]
    told: str


def write_state(practice: Path, name: str) -> None:
    """Let source/ be in one of STATES, with its recording."""
    (practice / "source").mkdir(parents=True, exist_ok=True)
    (practice / "source/practice.toml").write_text(PRACTICE, encoding="utf-8")
    for path in (practice / "source").glob("*.md"):
        if path.stem not in STATES[name]:
            path.unlink()
    for slug, (heading, word) in STATES[name].items():
        text = ARTICLE.format(title=f"The {slug} hour", heading=heading, word=word)
        (practice / f"source/{slug}.md").write_text(text, encoding="utf-8")
    shutil.rmtree(practice / "audio/takes", ignore_errors=True)
    if name in SILENT_TAKES:
        path = practice / f"audio/takes/{SILENT_TAKES[name]}.wav"
        path.parent.mkdir(parents=True)
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, 44_100, 0, "NONE", ""))
            file.writeframes(bytes(2 * 2 * 44_100))


def hashes(dist: Path) -> dict[str, str]:
    """The hash of every file in dist/, by its path."""
    return {
        path.relative_to(dist).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(dist.rglob("*"))
        if path.is_file()
    }


# ---------------------------------------------------------------- builds in a fork


def forked(work: Callable[[], int]) -> int:
    """Run `work` in a fork; gives its pid."""
    if pid := os.fork():
        return pid
    code = FAILED
    try:
        os.setpgid(0, 0)
        code = work()
    except BaseException:  # noqa: BLE001  (what is looked for)
        traceback.print_exc()
    os._exit(code)


def build_here(practice: Path, told: Path) -> int:
    """Build in this process; what is found is written to `told`."""
    return build(load_project(practice), told, None)


def build(project: Project, told: Path, elsewhere: Elsewhere | None) -> int:
    """Build in this process, articles `elsewhere`; what is found is written to `told`."""
    report = Report()
    pipeline.build(project, Request(editions=EDITIONS, jobs=1), Silent(), report, elsewhere)
    told.write_text("\n".join(sorted(f"{each.code} {each.place}" for each in report.findings)))
    return report.exit_code


def killed_at(work: Callable[[], int], after: int, where: Path) -> int:
    """Do `work` in this process, and be killed before the step of number `after`, in a build that
    is at what is then written to `where`.
    """
    count = 0

    def heed(event: str, given: tuple[object, ...]) -> None:
        nonlocal count
        if _is_step(event, given):
            count += 1
            if count == after + 1:  # what is opened below is a step too
                os.write(os.open(where, os.O_WRONLY | os.O_CREAT), _at_work().encode())
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(heed)
    return work()


def count_steps(work: Callable[[], int], counted: Path) -> int:
    """Do `work` in this process, and write how many steps that takes."""
    count = 0

    def heed(event: str, given: tuple[object, ...]) -> None:
        nonlocal count
        count += _is_step(event, given)

    sys.addaudithook(heed)
    code = work()
    counted.write_text(str(count))
    return code


def _is_step(event: str, given: tuple[object, ...]) -> bool:
    """Whether files are changed, or a check, which changes none, opens one."""
    if event not in CHANGING:
        return False
    return event != "open" or _writes(given) or _at_work().endswith("checks")


def _writes(given: tuple[object, ...]) -> bool:
    mode = given[1] if len(given) > 1 else None
    return isinstance(mode, str) and bool(set(mode) & set("wax+"))


def _at_work() -> str:
    """What the build in this process is at, and of which article."""
    what, whose = "", ""
    frame: FrameType | None = sys._getframe(1)
    while frame:
        name = frame.f_globals.get("__name__", "")
        what = what or next((at for each, at in AT_WORK.items() if name.startswith(each)), "")
        if frame.f_code.co_name == "_build_articles" and "number" in frame.f_locals:
            whose = f", article {frame.f_locals['number']}"
        frame = frame.f_back
    return f"{what or 'making'}{whose}"


def done(pid: int) -> int:
    """How a fork ended, once it has: its exit code, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


# ---------------------------------------------------------------- the trial


class Trial:
    """A practice whose builds are killed, and the clean builds of each of its states.

    Its `build` makes what is killed, and what is held to the clean builds.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.build = partial(build_here, folder / "practice", folder / "told.txt")
        self.practice = folder / "practice"
        self.told = folder / "told.txt"
        self.chance = random.Random(seed)
        self.seen = Seen()
        self.clean: dict[str, Clean] = {}
        self.calls: dict[str, int] = {}
        self.seconds = 0.0
        self.state = next(iter(STATES))
        write_state(self.practice, self.state)
        build_here(self.practice, self.told)  # whatever is imported is in every fork
        for self.state in (*STATES, *STATES):  # the second time its sound is there
            self._build_clean(folder, self.state)
        self.known = {sha for each in self.clean.values() for sha in each.files.values()}

    def _build_clean(self, folder: Path, name: str) -> None:
        write_state(self.practice, name)
        counted, began = folder / "counted.txt", time.monotonic()
        assert not done(forked(lambda: count_steps(self.build, counted)))
        self.seconds = time.monotonic() - began
        self.calls[name] = int(counted.read_text())
        self.clean[name] = Clean(hashes(self.practice / "dist"), self.told.read_text())

    def kill_once(self) -> None:
        """One build killed, dist/ looked over, and the next build held to a clean one."""
        before, wanted = self.state, self.chance.choice([n for n in STATES if n != self.state])
        write_state(self.practice, wanted)
        how = self._kill(wanted)
        what = f"from “{before}” to “{wanted}”, {how}"
        self._look_over(what)
        self.state = self.chance.choice((before, wanted, wanted))
        write_state(self.practice, self.state)
        code = done(forked(self.build))
        self._compare(f"{what}, then “{self.state}”", code)

    def _kill(self, wanted: str) -> str:
        """Kill a build; says how."""
        where = self.told.with_name("where.txt")
        where.unlink(missing_ok=True)
        if self.chance.random() < 0.2:
            after = self.chance.uniform(0, self.seconds)
            pid = forked(self.build)
            time.sleep(after)
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
            how = f"after {after:.2f} s"
        else:
            number = self.chance.randrange(self.calls[wanted])
            pid = forked(lambda: killed_at(self.build, number, where))
            how = f"at step {number}"
        killed = done(pid) == -signal.SIGKILL
        self.seen.kills += killed
        at_work = where.read_text() if where.exists() else "at some time"
        self.seen.events[at_work if killed else "too late"] += 1
        return how

    def _look_over(self, what: str) -> None:
        """What stands in dist/ right after a kill: whole files, and sums that are true."""
        dist = self.practice / "dist"
        there = hashes(dist)
        for path, sha in there.items():
            own = path in ("manifest.json", "SHA256SUMS") or path.endswith(".xml")
            if sha not in self.known and not own:
                self.seen.torn.append(f"{what}: {path}")
        manifest_of(load_project(self.practice))  # it reads
        for line in (dist / "SHA256SUMS").read_text().splitlines():
            sha, _, path = line.partition("  ")
            if there.get(path) != sha:
                self.seen.false_sums.append(f"{what}: {path}")

    def _compare(self, what: str, code: int) -> None:
        """What the next build made, beside what a build makes that nobody disturbed."""
        clean, there = self.clean[self.state], hashes(self.practice / "dist")
        self.seen.orphans += [f"{what}: {path}" for path in there.keys() - clean.files.keys()]
        lacking = [path for path, sha in clean.files.items() if there.get(path) != sha]
        if lacking or code or self.told.read_text() != clean.told:
            self.seen.unlike.append(f"{what}: exit {code}, {lacking}")


def kills(times: int = 200, seed: int = SEED) -> Iterator[Figure]:
    """Builds killed at random; `--times` says how many."""
    with tempfile.TemporaryDirectory(prefix="leafcast-kills-") as name:
        trial = Trial(Path(name), seed)
        for _ in range(times):
            trial.kill_once()
    yield Figure("builds killed", trial.seen.kills, "")
    for event, count in sorted(trial.seen.events.items()):
        yield Figure(f"  {event}", count, "")
    yield from found_wrong(trial.seen)


def found_wrong(seen: Seen) -> Iterator[Figure]:
    """What was found wrong, of which there should be nothing."""
    yield Figure("torn files", len(seen.torn), "", 0)
    yield Figure("files that no build would make now", len(seen.orphans), "", 0)
    yield Figure("false lines of SHA256SUMS", len(seen.false_sums), "", 0)
    yield Figure("next builds unlike a clean one", len(seen.unlike), "", 0)
    for words in seen.wrong[:20]:
        print("   ", words)
