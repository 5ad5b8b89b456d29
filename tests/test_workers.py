"""Pools of processes: opened, killed in the midst of their work, and ended, with nothing left over.

`LEAFCAST_POOLS=500 pytest tests/test_workers.py` does each of it five hundred times.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Future, wait
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from leafcast.execution.workers import UNSENDABLE, Workers, end_workers, open_workers
from tests.conftest import ROOT

TIMES = int(os.environ.get("LEAFCAST_POOLS", "3"))
IMPORTS = ("leafcast.document.errors",)
LONG = 60
PATIENCE_SECONDS = 30


# ---------------------------------------------------------------- what processes are given to do


def double(number: int) -> int:
    return 2 * number


def pid_of(_: int) -> int:
    return os.getpid()


def crash() -> None:
    os._exit(11)


def raise_it(error: BaseException) -> None:
    raise error


class Unsendable(Exception):
    """An error that cannot be made anew from what is sent of it."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one)


def raise_unsendable() -> None:
    raise Unsendable("no good", "at all")


def unsendable() -> object:
    return lambda: None


def large(megabytes: int) -> bytes:
    return bytes(megabytes << 20)


def send_half(sent: Path) -> None:
    """Send the first bytes of a long answer, as one does that is killed while it sends."""
    frame = sys._getframe()
    while "pipe" not in frame.f_locals:
        assert frame.f_back
        frame = frame.f_back
    os.write(frame.f_locals["pipe"].fileno(), struct.pack("!i", 1000) + b"half")
    sent.touch()
    time.sleep(LONG)


# ---------------------------------------------------------------- doing


@contextmanager
def pool(workers: int = 2, imports: tuple[str, ...] = IMPORTS) -> Iterator[Workers]:
    """A pool that has ended at the end, in good time, and left no process and no thread."""
    before = threading.active_count()
    opened = open_workers(workers, imports)
    assert isinstance(opened, Workers)
    pids: tuple[int, ...] = ()
    try:
        yield opened
        pids = opened.pids
    finally:
        began = time.monotonic()
        end_workers(opened)
        assert time.monotonic() - began < PATIENCE_SECONDS
    assert opened.pids == ()
    assert not any(_is_alive(pid) for pid in pids)
    assert threading.active_count() <= before
    assert multiprocessing.active_children() == []


def _is_alive(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def until(true: Callable[[], object]) -> None:
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < PATIENCE_SECONDS
        time.sleep(0.005)


@pytest.mark.parametrize("imports", [(), IMPORTS])
def test_work_is_done_elsewhere_and_its_value_comes_back(imports: tuple[str, ...]) -> None:
    with pool(imports=imports) as workers:
        assert list(workers.map(double, range(20))) == [2 * n for n in range(20)]
        assert os.getpid() not in set(workers.map(pid_of, range(4)))
        assert len(workers.submit(large, 4).result()) == 4 << 20


def variable(name: str) -> str:
    return os.environ.get(name, "")


@pytest.mark.parametrize("imports", [(), IMPORTS])
def test_a_process_has_the_environment_in_which_it_was_started(
    imports: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not that of the server which forks it, and which may be older."""
    for words in ("one", "two"):
        monkeypatch.setenv("LEAFCAST_TRIED", words)
        with pool(1, imports) as workers:
            assert workers.submit(variable, "LEAFCAST_TRIED").result() == words


def test_a_process_is_started_when_it_is_needed_and_kept() -> None:
    with pool() as workers:
        assert workers.pids == ()
        first = workers.submit(pid_of, 0).result()
        time.sleep(0.05)
        assert workers.submit(pid_of, 0).result() == first
        assert workers.pids == (first,)


def test_what_work_raises_comes_back_with_the_lines_where_that_was() -> None:
    with pool(1) as workers:
        with pytest.raises(ValueError, match="not good") as caught:
            workers.submit(raise_it, ValueError("not good")).result()
        assert "in raise_it" in "".join(caught.value.__notes__)
        with pytest.raises(RuntimeError, match="Unsendable: no good"):
            workers.submit(raise_unsendable).result()
        with pytest.raises((*UNSENDABLE, RuntimeError), match="lambda"):
            workers.submit(unsendable).result()
        with pytest.raises(SystemExit):
            workers.submit(raise_it, SystemExit(3)).result()
        assert workers.submit(double, 4).result() == 8


def test_what_cannot_be_sent_is_refused_at_once() -> None:
    with pool(1) as workers, pytest.raises(UNSENDABLE, match="lambda"):
        workers.submit(lambda: None)


def test_a_process_without_memory_counts_as_ended() -> None:
    """Done over alone it may have enough: whoever waits is told as of a process that was killed."""
    with pool(1) as workers:
        with pytest.raises(BrokenExecutor, match="memory"):
            workers.submit(raise_it, MemoryError()).result()
        assert workers.submit(double, 4).result() == 8


# ---------------------------------------------------------------- ending


def test_a_process_that_ends_breaks_its_own_work_alone() -> None:
    with pool() as workers:
        works = [workers.submit(double, 1), workers.submit(crash), workers.submit(double, 2)]
        wait(works, PATIENCE_SECONDS)
        assert isinstance(works[1].exception(), BrokenExecutor)
        assert (works[0].result(), works[2].result()) == (2, 4)
        assert list(workers.map(double, range(10))) == [2 * n for n in range(10)]


def test_a_process_that_was_killed_while_idle_is_replaced() -> None:
    with pool(1) as workers:
        first = workers.submit(pid_of, 0).result()
        os.kill(first, signal.SIGKILL)
        until(lambda: not _is_alive(first))
        assert workers.submit(pid_of, 0).result() != first


def test_a_call_that_an_ended_process_did_not_read_is_done_by_another() -> None:
    """Its end of the pipe may close a moment after it is gone, when the call lies there already."""
    with pool(1) as workers:
        first = workers.submit(pid_of, 0).result()
        os.kill(first, signal.SIGSTOP)  # it reads no more
        again = workers.submit(pid_of, 0)
        time.sleep(0.1)
        os.kill(first, signal.SIGKILL)
        assert again.result(PATIENCE_SECONDS) != first


def test_half_an_answer_holds_up_nobody(tmp_path: Path) -> None:
    """Neither where the pool is ended, nor where the system kills the process."""
    for times, kill in enumerate((end_workers, lambda each: os.kill(each.pids[0], signal.SIGKILL))):
        with pool(1) as workers:
            half = workers.submit(send_half, tmp_path / f"sent-{times}")
            until((tmp_path / f"sent-{times}").exists)
            time.sleep(0.1)  # by now the other half is waited for
            kill(workers)
            with pytest.raises(BrokenExecutor):
                half.result(PATIENCE_SECONDS)


def test_what_waits_when_a_pool_ends_is_broken_and_nothing_more_is_taken() -> None:
    with pool() as workers:
        works = [workers.submit(time.sleep, LONG) for _ in range(6)]
        end_workers(workers)
        for work in (*works, workers.submit(double, 1)):
            with pytest.raises(BrokenExecutor):
                work.result(PATIENCE_SECONDS)


def test_a_pool_that_is_shut_down_does_its_work_or_cancels_it() -> None:
    with pool(1) as workers:
        works = [workers.submit(double, n) for n in range(4)]
        workers.shutdown()
        assert [work.result() for work in works] == [0, 2, 4, 6]
    with pool(1) as workers:
        works = [workers.submit(time.sleep, 0.2) for _ in range(4)]
        until(works[0].running)
        workers.shutdown(cancel_futures=True)
        assert works[0].result() is None
        with pytest.raises(CancelledError):
            works[-1].result()


# ---------------------------------------------------------------- many times


def _use_up(workers: Workers, chance: random.Random) -> list[Future[bytes]]:
    works = [workers.submit(large, chance.choice((0, 1, 2))) for _ in range(chance.randrange(1, 5))]
    time.sleep(chance.random() * 0.15)
    return works


@pytest.mark.parametrize("imports", [(), IMPORTS])
def test_pools_are_ended_in_the_midst_of_their_work_again_and_again(
    imports: tuple[str, ...],
) -> None:
    chance = random.Random(len(imports))
    for _ in range(TIMES):
        with pool(imports=imports) as workers:
            works = _use_up(workers, chance)
        assert not wait(works, 0).not_done


def test_processes_are_killed_in_the_midst_of_their_work_again_and_again() -> None:
    chance = random.Random(2)
    with pool() as workers:
        for _ in range(TIMES):
            works = _use_up(workers, chance)
            for pid in workers.pids[: chance.randrange(3)]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            assert not wait(works, PATIENCE_SECONDS).not_done
            failed = [error for work in works if (error := work.exception())]
            assert all(isinstance(error, BrokenExecutor) for error in failed)
        assert workers.submit(double, 2).result(PATIENCE_SECONDS) == 4


@pytest.mark.parametrize("end", ["end_workers(pool)", "pool.shutdown(wait=False)", "pass"])
@pytest.mark.parametrize("begun", ["", "pool.submit(time.sleep, 0.05)", "pool.submit(large, 2)"])
def test_a_program_ends_quietly_whatever_its_pool_does(begun: str, end: str) -> None:
    program = (
        "import time\n"
        "from leafcast.execution.workers import end_workers, open_workers\n"
        "from tests.test_workers import large\n"
        "if __name__ == '__main__':\n"
        "    pool = open_workers(2)\n"
        f"    {begun or 'pass'}\n"
        f"    {end}\n"
    )
    for _ in range(max(1, TIMES // 9)):
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


FORKED = """\
import os
from leafcast.execution.workers import open_workers
from tests.test_workers import IMPORTS, double
if __name__ == "__main__":
    assert open_workers(1, IMPORTS).submit(double, 2).result() == 4
    if not (pid := os.fork()):
        with open_workers(1, IMPORTS) as pool:
            assert pool.submit(double, 3).result() == 6
        os._exit(0)
    os._exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="there is a server on Linux alone")
def test_a_forked_process_has_workers_too() -> None:
    assert subprocess.run([sys.executable, "-c", FORKED], cwd=ROOT, timeout=60).returncode == 0
