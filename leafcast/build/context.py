"""One build: what it is of, what it is asked for, and what it works with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Final

from leafcast.build.keys import Keys
from leafcast.build.plan import Planner
from leafcast.build.pools import Pools
from leafcast.build.publish import Published
from leafcast.checks import verdicts_of
from leafcast.checks.verdicts import Verdicts
from leafcast.document.report import Report
from leafcast.execution.cancel import Cancel, Heeding
from leafcast.execution.request import Request, Watcher
from leafcast.locale.language import all_versions
from leafcast.practice.project import Project
from leafcast.readers.readings import KeptReadings
from leafcast.state.cache import digest
from leafcast.state.hashes import remembering
from leafcast.state.store import State, open_state

READ: Final = "leafcast.readers:read_article"


@dataclass(frozen=True, slots=True)
class Build:
    """A build of a project: what was asked, who is told, and the processes and facts it has."""

    project: Project
    request: Request
    watcher: Watcher
    report: Report
    pools: Pools
    state: State
    planner: Planner
    verdicts: Verdicts
    published: Published
    readings: KeptReadings
    cancel: Cancel


@contextmanager
def begin(
    project: Project,
    request: Request,
    watcher: Watcher,
    report: Report,
    cancel: Cancel | None = None,
    keys_of: Callable[[Project, State], Keys] = Keys,
) -> Iterator[Build]:
    """A build with all that it works with, which is let go of at the end.

    It sees the project, its templates and the program as they are at its beginning, whatever an
    earlier build in this process saw; unless `keys_of` knows the program from before.
    """
    cancel = cancel or Cancel()
    watcher = Heeding(watcher, cancel)
    with (
        open_state(project.work) as state,
        remembering(project.dist, state),
        closing(Pools(request.jobs, watcher, cancel)) as pools,
    ):
        keys = keys_of(project, state)
        planner, verdicts = Planner(project, keys), verdicts_of(state, keys)
        published = Published(project, state)
        readings = readings_of(project, state, keys)
        yield Build(
            project,
            request,
            watcher,
            report,
            pools,
            state,
            planner,
            verdicts,
            published,
            readings,
            cancel,
        )


def readings_of(project: Project, state: State, keys: Keys) -> KeptReadings:
    """What was read of the practice's files, as far as it is read by the same rules."""
    return KeptReadings(project.source, state, digest(keys.rules(READ), *all_versions()))


@contextmanager
def kept_readings(project: Project) -> Iterator[KeptReadings]:
    """What was read of the practice's files, for whoever shows many of them."""
    with open_state(project.work) as state:
        yield readings_of(project, state, Keys(project, state))


@contextmanager
def kept_verdicts(project: Project) -> Iterator[Verdicts]:
    """What builds found of what stands in dist/, for whoever shows it."""
    with open_state(project.work) as state:
        yield verdicts_of(state, Keys(project, state))
