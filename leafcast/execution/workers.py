"""Worker processes: opened, told to leave Ctrl-C to their parent, ended when no longer needed.

Each process has a pipe of its own to this one. The pool of the standard library has one for all,
with locks in shared memory: a process killed while it sends leaves half an answer and a held lock,
and the pool waits for ever; a pool that is left without being waited for races with the end of the
program (python/cpython#84176). Here the end of a process is the end of its pipe, which whoever
waits for it sees at once.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import LifoQueue
from typing import Any, Final, ParamSpec, TypeVar

PATIENCE_SECONDS: Final = 10.0
"""How long a killed process may take to be gone."""

UNSENDABLE: Final = (pickle.PickleError, TypeError, AttributeError, ValueError, RecursionError)
"""What is raised where something cannot be sent to another process, or not be made anew there."""

_P = ParamSpec("_P")
_R = TypeVar("_R")


def open_workers(workers: int, imports: Sequence[str] = ()) -> Executor:
    """A pool of processes. Where Linux can, those start with `imports` done, once for all of them.

    Each starts afresh, when it is first needed, and shares no thread, lock or engine with its
    parent. In a process that may have no children, as a cluster's often are, they are threads.
    """
    if multiprocessing.current_process().daemon:
        return ThreadPoolExecutor(workers)
    return Workers(workers, start_with(imports))


def start_with(imports: Sequence[str]) -> Any:
    """How processes start that have `imports` done, and all that were named before: one server
    forks for every pool, from when the first of its processes is needed.

    macOS lets no process go on that was forked after it opened Pango.
    """
    if not imports or sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    _imports.update(dict.fromkeys(imports))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_imports))
    return context


_imports: dict[str, None] = {}


def _begin_own_server() -> None:
    """A process that was forked from this one can wait for no server of its parent's
    (waitpid(2), ECHILD): it begins one of its own, when it needs it.
    """
    server = forkserver.ForkServer()
    forkserver.ensure_running = server.ensure_running
    forkserver.connect_to_new_process = server.connect_to_new_process
    forkserver.set_forkserver_preload = server.set_forkserver_preload


if sys.platform == "linux":
    from multiprocessing import forkserver

    os.register_at_fork(after_in_child=_begin_own_server)


def end_workers(pool: Executor) -> None:
    """End a pool at once; of threads, which nobody can kill, as soon as what was begun is done.

    Nothing that it began goes on beside the next build.
    """
    if isinstance(pool, Workers):
        pool.end()
    else:
        pool.shutdown(cancel_futures=True)


class Workers(Executor):
    """At most `workers` processes, each waited for in a thread; what one cannot do breaks no other.

    A process that ends before its work is done breaks that work's future (BrokenExecutor), and
    another takes its place when there is more to do.
    """

    def __init__(self, workers: int, context: Any) -> None:
        self._threads = ThreadPoolExecutor(workers)
        self._workers = [_Worker(context) for _ in range(workers)]
        self._free: LifoQueue[_Worker] = LifoQueue()
        for worker in reversed(self._workers):
            self._free.put(worker)

    def submit(self, fn: Callable[_P, _R], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_R]:
        """Begin `fn`, a function of a module, with what can be pickled; raises where it cannot."""
        call = pickle.dumps((fn, args, kwargs))
        try:
            return self._threads.submit(self._do, call)
        except RuntimeError as error:  # the pool has ended, or no thread can be had
            broken: Future[_R] = Future()
            broken.set_exception(BrokenExecutor(str(error)))
            return broken

    def _do(self, call: bytes) -> Any:
        worker = self._free.get()
        try:
            return worker.do(call)
        finally:
            self._free.put(worker)

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes that are there, by their number."""
        return tuple(pid for worker in self._workers if (pid := worker.pid))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more work; the processes end when what was begun is done, if one waits for it."""
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        if wait:
            self.end()

    def end(self) -> None:
        """Kill the processes; what is not done by now is broken. None of them is left."""
        for worker in self._workers:
            worker.kill()
        self._threads.shutdown()
        for worker in self._workers:
            worker.close()


class _Worker:
    """One process, started when there is work, and our end of its pipe.

    Only the thread that waits for an answer closes the pipe: a number that another thread still
    reads from may by then be another file's.
    """

    def __init__(self, context: Any) -> None:
        self._context = context
        self._lock = threading.Lock()
        self._ended = False
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def do(self, call: bytes) -> Any:
        """The value of a call. Raises what it raises, and BrokenExecutor where the process ends."""
        try:
            answer = self._answer(call)
        except (EOFError, OSError, MemoryError) as error:
            self.close()
            raise BrokenExecutor("The process ended before its work was done") from error
        succeeded, value = pickle.loads(answer)
        if succeeded:
            return value
        if isinstance(value, MemoryError):
            raise BrokenExecutor("The process lacked memory") from value
        raise value

    def _answer(self, call: bytes) -> bytes:
        """What a process answers. A call that it did not read, for it ended while it was idle, is
        another's: the system tells by a reset.
        """
        pipe = self._opened()
        with suppress(ConnectionResetError, BrokenPipeError):
            pipe.send_bytes(call)
            return pipe.recv_bytes()
        self.close()
        pipe = self._opened()
        pipe.send_bytes(call)
        return pipe.recv_bytes()

    def _opened(self) -> Connection:
        """Our end of the pipe to a living process. Raises OSError where none can be started."""
        with self._lock:
            if self._ended:
                raise BrokenPipeError("The pool has ended")
            if self._pipe and _has_ended(self._pipe):  # while it was idle
                self._forget()
            if not self._pipe:
                self._start()
            assert self._pipe
            return self._pipe

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, dict(os.environ)), daemon=True)
        try:
            process.start()
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        self._process, self._pipe = process, ours

    def kill(self) -> None:
        """End the process for good, in the midst of its work."""
        with self._lock:
            self._ended = True
            if self._process:
                self._process.kill()

    def close(self) -> None:
        """Take leave of a process that has ended, or is to end."""
        with self._lock:
            self._forget()

    def _forget(self) -> None:
        if self._process:
            self._process.kill()
            self._process.join(PATIENCE_SECONDS)
        if self._pipe:
            self._pipe.close()
        self._process = self._pipe = None


def _has_ended(pipe: Connection) -> bool:
    """Whether the other end of an idle pipe is closed: nobody answers who was not asked."""
    try:
        return pipe.poll()
    except OSError:  # as Windows tells it
        return True


# ---------------------------------------------------------------- in a process


def _serve(pipe: Connection, environment: dict[str, str]) -> None:
    """Do what comes through the pipe, until that ends; in the parent's environment as it was when
    this process began, not the server's when that did.
    """
    os.environ.clear()
    os.environ.update(environment)
    quieten()
    with suppress(EOFError, OSError):
        while True:
            pipe.send_bytes(_answer(pipe.recv_bytes()))


def _answer(call: bytes) -> bytes:
    """What a call gives, or the error it raises, with the lines where that happened."""
    try:
        function, args, kwargs = pickle.loads(call)
        return pickle.dumps((True, function(*args, **kwargs)))
    except BaseException as error:  # noqa: BLE001  (as any executor does)
        return _told(error, traceback.format_exc())


def _told(error: BaseException, lines: str) -> bytes:
    error.add_note(lines)
    try:
        told = pickle.dumps((False, error))
        pickle.loads(told)
    except UNSENDABLE:
        return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}\n{lines}")))
    return told


def quieten() -> None:
    """A worker leaves Ctrl-C to its parent, and its libraries keep to one thread."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    try:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    except RuntimeError:  # not even memory for a thread: the parent is told by the pipe's end
        os._exit(1)


def _end_with_parent() -> None:
    """A worker whose parent was killed would do its work to the end for nobody; end it."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
