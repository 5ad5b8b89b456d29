"""Worker processes: opened, told to leave Ctrl-C to their parent, ended when no longer needed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing.context import BaseContext


def open_workers(workers: int, imports: Sequence[str] = ()) -> Executor:
    """A pool of processes. Where Linux can, those start with `imports` done, once for all of them.

    Each starts afresh and shares no thread, lock or engine with its parent.
    """
    return ProcessPoolExecutor(workers, _context(imports), initializer=quieten)


def _context(imports: Sequence[str]) -> BaseContext:
    """How they start. macOS lets no process go on that was forked after it opened Pango."""
    if not imports or sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(imports))
    return context


def quieten() -> None:
    """A worker leaves Ctrl-C to its parent, and its libraries keep to one thread."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever; end it."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def end_workers(pool: Executor) -> None:
    """End a pool at once; nobody waits for work nobody wants."""
    kill_workers(pool)
    pool.shutdown(wait=False, cancel_futures=True)


def kill_workers(pool: Executor) -> None:
    """Kill a pool's processes (ProcessPoolExecutor offers this from Python 3.14 on).

    One killed while it sent its work leaves half of it in the pipe, and the pool would wait for the
    rest for ever, at the end of the program too: with our end of the pipe closed, it gives up.
    """
    processes = getattr(pool, "_processes", None) or {}
    for process in list(processes.values()):
        with suppress(OSError, ValueError):
            process.kill()
    if results := getattr(pool, "_result_queue", None):
        results._writer.close()
