"""Lets the tests of one module judge its mutants, many a minute; see benchmarks/mutants.py.

Other packages are imported once, in a process that forks for each mutant. The mutant is written in
the module's place, for the program reads its own sources too, and leafcast and its tests are
imported anew. All tests judge; those that run the mutated lines come first, the quick ones before
the others. So they have to pass in any order: where nothing is changed they are run in their own,
and in such a process the slow ones first; where one fails, a kill would prove nothing.

`python -m benchmarks.jury MODULE MUTANTS TEST…` runs in a copy of the checkout, reads
`[[first line, last line, source], …]` and prints a line of JSON for each: whether tests kill it.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest

CPU_SECONDS: Final = 10
"""A mutant may take that long, and twice as long as all of its tests; then it is killed."""
WALL_SECONDS: Final = 90
MEMORY_BYTES: Final = 6 << 30
NO_TESTS: Final = 5
"""What pytest ends with where it found none."""


@dataclass(slots=True)
class Control:
    """What the tests do where nothing is changed: how long each takes, and on which lines."""

    seconds: dict[str, float] = field(default_factory=dict)
    lines: dict[int, list[str]] = field(default_factory=dict)
    packages: list[str] = field(default_factory=list)

    def turns(self, first: int, last: int) -> list[str]:
        """All tests: those that run one of these lines first, the quick before the others."""
        runs = {name for line in range(first, last + 1) for name in self.lines.get(line, ())}
        return sorted(self.seconds, key=lambda name: (name not in runs, self.seconds[name], name))


class Timed:
    """A plugin of pytest that learns how long each test takes, and which lines it runs."""

    def __init__(self, module: Path) -> None:
        from coverage import Coverage

        self.module = module
        self.seconds: dict[str, float] = {}
        self.coverage = Coverage(data_file=None, config_file=False, include=[str(module)])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Take the time of a test."""
        began = _cpu_seconds()
        self.coverage.switch_context(item.nodeid)
        done = yield
        self.coverage.switch_context("")
        self.seconds[item.nodeid] = _cpu_seconds() - began
        return done

    def lines(self) -> Mapping[int, list[str]]:
        """The tests that run each line; "" where it runs as the module is imported."""
        return self.coverage.get_data().contexts_by_lineno(str(self.module))


class Ordered:
    """A plugin of pytest that lets tests come in turn."""

    def __init__(self, turns: Iterable[str]) -> None:
        self.turns = {name: number for number, name in enumerate(turns)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Put them in order."""
        items.sort(key=lambda item: self.turns.get(item.nodeid, len(self.turns)))


class Jury:
    """The tests of one module, in the folder of a checkout that nobody else uses."""

    def __init__(self, module: Path, tests: Sequence[str], work: Path) -> None:
        self.module = module.absolute()
        self.source = module.read_text("utf-8")
        self.tests = tests
        self.work = work
        self.control = Control()
        self.control = self._control()
        for compiled in module.parent.glob(f"__pycache__/{module.stem}.*"):
            compiled.unlink()  # another mutant may be as long, and written in the same second
        for name in self.control.packages:
            with suppress(Exception):
                importlib.import_module(name)

    def kills(self, first: int, last: int, source: str) -> bool:
        """Whether a test fails, or takes too long, where `source` stands for the module."""
        ordered = Ordered(self.control.turns(first, last))
        self.module.write_text(source, "utf-8")
        try:
            return self._end(lambda: self._pytest(ordered)) != 0
        finally:
            self.module.write_text(self.source, "utf-8")

    def assert_all_pass(self) -> None:
        """Raises AssertionError where tests fail though nothing is changed."""
        turned = Ordered(self.control.turns(0, 0)[::-1])
        assert self._end(lambda: self._pytest(turned)) == 0, self._told()

    def _control(self) -> Control:
        kept = self.work / "control.json"
        assert self._end(lambda: self._timed(kept)) == 0, self._told()
        found = json.loads(kept.read_text())
        (self.work / "cache").rename(self.work / "warm")
        lines = {int(line): names for line, names in found["lines"].items()}
        return Control(found["seconds"], lines, found["packages"])

    def _timed(self, kept: Path) -> int:
        sys.dont_write_bytecode = False
        timed = Timed(self.module)
        timed.coverage.start()
        code = self._pytest(timed)
        timed.coverage.stop()
        found = {"seconds": timed.seconds, "lines": timed.lines(), "packages": [*_of_others()]}
        kept.write_text(json.dumps(found, default=list))
        return code

    def _pytest(self, plugin: object) -> int:
        options = ("-q", "-x", "-p", "no:cacheprovider", f"--basetemp={self.work / 'tests'}")
        return int(pytest.main([*options, *self.tests], [plugin]))

    def _end(self, judge: Callable[[], int]) -> int:
        """How a process of its own ends that lets them judge; killed where it takes too long."""
        cache = self.work / "cache"
        shutil.rmtree(cache, ignore_errors=True)
        if (self.work / "warm").exists():
            shutil.copytree(self.work / "warm", cache)
        pid = os.fork()
        if not pid:
            self._begin(cache)
            code = 99
            with suppress(BaseException):
                code = judge()
            os._exit(code)
        code = _waited(pid, WALL_SECONDS + 10 * self._usual)
        assert code != NO_TESTS, self._told()
        return code

    def _begin(self, cache: Path) -> None:
        """Be a process that writes nothing where it may not, and comes to an end."""
        os.setsid()
        told = os.open(self.work / "told.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(told, 1)
        os.dup2(told, 2)
        os.environ.update(HOME=str(cache), XDG_CACHE_HOME=str(cache), TMPDIR=str(self.work))
        cache.mkdir(exist_ok=True)
        if self.control.seconds:
            sys.dont_write_bytecode = True
            os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
            seconds = CPU_SECONDS + 2 * int(self._usual)
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))

    @property
    def _usual(self) -> float:
        """How long all tests take where nothing is changed, in seconds of the processor."""
        return sum(self.control.seconds.values()) or WALL_SECONDS

    def _told(self) -> str:
        return (self.work / "told.txt").read_text("utf-8", "replace")[-5000:]


def _cpu_seconds() -> float:
    """The processor's time of this process, and of those that it waited for."""
    return sum(os.times()[:4])


def _of_others() -> Iterator[str]:
    """The modules that are imported and lie outside this checkout."""
    for name, module in list(sys.modules.items()):
        where = getattr(module, "__file__", None)
        if where and not Path(where).is_relative_to(Path.cwd()):
            yield name


def _waited(pid: int, seconds: float) -> int:
    """How a process ends, and with it all that it started."""
    until = time.monotonic() + seconds
    try:
        ended, status = os.waitpid(pid, os.WNOHANG)
        while not ended and time.monotonic() < until:
            time.sleep(0.02)
            ended, status = os.waitpid(pid, os.WNOHANG)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
    if not ended:
        _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def main(module: str, mutants: str, *tests: str) -> None:
    """Judge all mutants of a module."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # who forks has no threads
    work = Path(mutants).parent
    jury = Jury(Path(module), tests, work)
    jury.assert_all_pass()
    for first, last, source in json.loads(Path(mutants).read_text("utf-8")):
        print(json.dumps(jury.kills(first, last, source)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
