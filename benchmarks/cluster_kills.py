"""Builds on a cluster, of which the driver or a worker is killed at random moments.

A scheduler and two workers are started as anybody starts them (docs/cluster.md), and a worker that
is killed is started again by Dask. The trials are those of `benchmarks.kills`: what comes out is
held, to the last byte and the last finding, to builds that nobody disturbed, made here.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from socket import create_connection, create_server
from typing import Final

from benchmarks.kills import (
    Trial,
    build,
    count_steps,
    done,
    forked,
    found_wrong,
    write_state,
)
from benchmarks.many import SEED
from benchmarks.measures import Figure
from leafcast.build.cluster import on_cluster
from leafcast.execution.request import Silent
from leafcast.practice.project import load_project

HERE: Final = "127.0.0.1"
WORKERS: Final = 2
STARTS_WITHIN_SECONDS: Final = 120
DASK: Final = "import sys; from distributed.cli.dask_{what} import main; main()"


@contextmanager
def running(folder: Path) -> Iterator[tuple[str, int]]:
    """A scheduler and workers, as long as it is wanted: its address, and the workers' parent."""
    with closing(create_server((HERE, 0))) as free:
        port = free.getsockname()[1]
    address = f"tcp://{HERE}:{port}"
    scheduler = _dask(folder, "scheduler", "--host", HERE, "--port", str(port), "--no-dashboard")
    workers = _dask(
        folder, "worker", address, "--nworkers", str(WORKERS), "--nthreads", "1",
        "--no-dashboard", "--death-timeout", "60", "--local-directory", str(folder),
    )  # fmt: skip
    try:
        _wait_for(port)
        yield address, workers.pid
    finally:
        for each in (workers, scheduler):
            each.terminate()
            with suppress(subprocess.TimeoutExpired):
                each.wait(20)
            each.kill()


def _dask(folder: Path, what: str, *given: str) -> subprocess.Popen[bytes]:
    with (folder / f"{what}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-c", DASK.format(what=what), *given], stdout=log, stderr=log
        )


def _wait_for(port: int) -> None:
    """Wait until somebody answers there. Raises OSError where nobody does."""
    end = time.monotonic() + STARTS_WITHIN_SECONDS
    while True:
        try:
            create_connection((HERE, port), 1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


def workers_of(pid: int) -> list[int]:
    """The processes that work for the parent of workers; not what keeps count of their memory."""
    import psutil

    children = psutil.Process(pid).children()
    return [each.pid for each in children if any("spawn_main" in word for word in each.cmdline())]


def build_there(practice: Path, told: Path, address: str) -> int:
    """Build in this process, with articles made on the cluster."""
    project = load_project(practice)
    with on_cluster(project, address, "", WORKERS, Silent()) as elsewhere:
        return build(project, told, elsewhere)


class ClusterTrial(Trial):
    """Builds on a cluster, killed as others are, or robbed of a worker while they are at work."""

    def __init__(self, folder: Path, seed: int, address: str, parent: int) -> None:
        super().__init__(folder, seed)
        self.parent = parent
        self.seconds = 0.0
        self.build = partial(build_there, folder / "practice", folder / "told.txt", address=address)
        for state in self.clean:
            self.state = state
            self._measure(folder)

    def _measure(self, folder: Path) -> None:
        """How much a state's build on the cluster changes; and that it is the same to the byte."""
        write_state(self.practice, self.state)
        counted, began = folder / "counted.txt", time.monotonic()
        code = done(forked(lambda: count_steps(self.build, counted)))
        self.seconds = max(self.seconds, time.monotonic() - began)
        self.calls[self.state] = int(counted.read_text())
        self._compare(f"undisturbed, “{self.state}”", code)

    def _kill(self, wanted: str) -> str:
        if self.chance.random() < 0.5:
            return super()._kill(wanted)
        after = self.chance.uniform(0, self.seconds)
        pid = forked(self.build)
        time.sleep(after)
        robbed = self.chance.choice(workers_of(self.parent) or [0])
        if robbed:
            with suppress(ProcessLookupError):
                os.kill(robbed, signal.SIGKILL)
        code = done(pid)
        self.seen.kills += bool(robbed)
        self.seen.events["worker killed" if robbed else "no worker there"] += 1
        how = f"a worker killed after {after:.2f} s"
        was, self.state = self.state, wanted
        self._compare(how, code)  # the same build is to end as a clean one
        self.state = was
        return how


def cluster_kills(times: int = 60, seed: int = SEED) -> Iterator[Figure]:
    """Builds on a cluster whose driver or a worker is killed; `--times` says how many."""
    with tempfile.TemporaryDirectory(prefix="leafcast-kills-") as name:
        (folder := Path(name) / "cluster").mkdir()
        with running(folder) as (address, parent):
            trial = ClusterTrial(Path(name), seed, address, parent)
            for _ in range(times):
                trial.kill_once()
    for event, count in sorted(trial.seen.events.items()):
        yield Figure(f"on a cluster: {event}", count, "")
    yield from found_wrong(trial.seen)
