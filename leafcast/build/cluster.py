"""A build on many machines: Dask distributed hands articles out, and tries again when one is lost.

`local` is a cluster of this machine's own processes; any other address is that of a scheduler that
somebody started (`dask scheduler`), with workers (`dask worker`). See docs/cluster.md.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import ExitStack, contextmanager
from typing import Any, Final

from leafcast.build.elsewhere import Elsewhere
from leafcast.document.errors import LeafcastError, ToolMissing
from leafcast.execution.request import Watcher
from leafcast.practice.project import Project

LOCAL: Final = "local"
STORE: Final = "shared"
"""The store of a build that names none: a folder of that name in .leafcast/."""
TRIES_AGAIN: Final = 2
"""How often an article is given to another machine after one was lost."""
ANSWERS_WITHIN_SECONDS: Final = 15
UNWATCHED: Final = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "500ms",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.nanny.pre-spawn-environ.DASK_LOGGING__DISTRIBUTED": "critical",
}
"""How a cluster of our own is set: Dask looks a hundred times a second into every worker for its
dashboard, which costs a twelfth of a processor and shows nothing of an article. What becomes of a
worker is told as a finding, and not by the worker, which ends with a traceback at times."""


@contextmanager
def on_cluster(
    project: Project, address: str, store: str, jobs: int, watcher: Watcher
) -> Iterator[Elsewhere]:
    """The cluster at an address, its dashboard told.

    Raises ToolMissing without Dask, LeafcastError where nothing answers.
    """
    try:
        import distributed
        from distributed.scheduler import KilledWorker
    except ModuleNotFoundError:
        raise ToolMissing(
            "A build on a cluster needs Dask, which is not installed",
            "Install it with: pip install leafcast[cluster]; docs/cluster.md says more",
        ) from None
    with ExitStack() as stack:
        try:
            client = stack.enter_context(_client(distributed, address, jobs))
        except (OSError, ValueError) as error:
            raise LeafcastError(
                f"No cluster answers at {address}: {error}",
                "Start one (docs/cluster.md says how), or take --cluster local",
            ) from error
        watcher.step(f"The cluster's dashboard is at {client.dashboard_link}")
        lost, ended = (KilledWorker,), (BrokenExecutor, distributed.client.FutureCancelledError)
        executor = stack.enter_context(client.get_executor(pure=False, retries=TRIES_AGAIN))
        workers = max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
        yield Elsewhere(executor, store or str(project.work / STORE), workers, lost, ended)


@contextmanager
def _client(distributed: Any, address: str, jobs: int) -> Iterator[Any]:
    """A client of the cluster at an address; one of this machine's own ends with it."""
    logging.getLogger("distributed").setLevel(logging.ERROR)  # what it says is told as findings
    if address != LOCAL:
        with distributed.Client(address, timeout=ANSWERS_WITHIN_SECONDS) as client:
            yield client
        return
    import dask

    with (
        dask.config.set(UNWATCHED),
        distributed.LocalCluster(
            n_workers=jobs, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0"
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client
