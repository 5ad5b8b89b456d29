"""One build at a time in a project."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from leafcast.document.errors import BusyError, LeafcastError
from leafcast.practice.project import Project


@contextmanager
def only_build(project: Project) -> Iterator[None]:
    """Hold the project's lock. Raises BusyError when another build has it."""
    from filelock import FileLock, Timeout

    try:
        project.work.mkdir(parents=True, exist_ok=True)
        path = project.work / "lock"
        if path.is_symlink():  # which is no lock
            path.unlink()
        elif path.is_dir():  # nothing of anybody's is in there
            shutil.rmtree(path)
        lock = FileLock(path, timeout=0)
        lock.acquire()
    except Timeout:
        raise BusyError(
            "Another build is at work in this folder", "Wait until it has finished"
        ) from None
    except OSError as error:
        in_the_way = os.path.lexists(project.work) and not project.work.is_dir()
        raise LeafcastError(
            f"{project.work} cannot be written: {error.strerror}",
            "What has this name is no folder: delete it, or give it another name"
            if in_the_way
            else "Allow writing in the project's folder, or copy it where you may write",
        ) from error
    try:
        yield
    finally:
        lock.release()
