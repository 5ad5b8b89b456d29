"""How a command ends: its exit code, an error told once, Ctrl-C, and little memory."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

from leafcast.commands.terminal import in_a_line, say
from leafcast.document.errors import LeafcastError

STOPPED = 130  # what a shell expects of a program stopped by Ctrl-C

NO_MEMORY = re.compile(r"can't start new thread|failed to map segment|[Cc]annot allocate memory")
"""How Python tells that a thread has no room, and loaders that a library has none."""


def reporting(command: Callable[..., int]) -> Callable[..., None]:
    """Run a command that returns an exit code; show an error once, with its hint."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            code = command(*args, **kwargs)
        except LeafcastError as error:
            say(in_a_line(f"{error}"), err=True)
            if error.hint:
                say(in_a_line(f"  → {error.hint}"), err=True)
            code = error.exit_code
        except KeyboardInterrupt:
            say(
                "\nStopped. dist/ holds what was finished, whole, and every sentence voiced so far "
                "is kept.",
                err=True,
            )
            _leave_at_once(STOPPED)
        except (MemoryError, RuntimeError, ImportError, OSError) as error:
            if not lacks_memory(error):
                raise
            say(
                "There is not enough memory for this. Nothing is lost, and dist/ is whole.",
                err=True,
            )
            say(
                "  → Close other programs, or build less at once: --jobs 1, or one article",
                err=True,
            )
            _leave_at_once(1)
        sys.exit(code)

    return run


def lacks_memory(error: Exception) -> bool:
    """Whether it was raised for want of memory, in one of the ways in which that is told."""
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    return isinstance(error, MemoryError) or bool(NO_MEMORY.search(str(error)))


def _leave_at_once(code: int) -> NoReturn:
    """End now: threads may still wait for workers that were just killed, and nobody else does."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
