"""The program as an owner starts it, in a process that is forked from one that has imported it."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from leafcast.commands.cli import main
from leafcast.execution.workers import start_with
from leafcast.state import cache

IMPORTS = ("leafcast.checks.preload", "tests.warm")


def run_warm(
    arguments: tuple[str, ...], folder: Path, environment: Mapping[str, str]
) -> tuple[int, str]:
    """The exit code of the program in `folder`, and all that it printed: first what was asked for,
    then what was told beside it."""
    with tempfile.TemporaryDirectory() as beside:
        files = (Path(beside) / "out", Path(beside) / "err")
        given = (arguments, str(folder), dict(environment), tuple(map(str, files)), cache._shared)
        process = start_with(IMPORTS).Process(target=_run, args=given)
        process.start()
        process.join()
        printed = "".join(each.read_text("utf-8") for each in files)
        code = process.exitcode
        process.close()
    return code, printed


def _run(
    arguments: tuple[str, ...],
    folder: str,
    environment: dict[str, str],
    files: tuple[str, str],
    together: cache.Shared | None,
) -> None:
    cache._shared = together
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, path in enumerate(files, 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
    sys.stdout, sys.stderr = (open(n, "w", encoding="utf-8", closefd=False) for n in (1, 2))  # noqa: SIM115
    sys.argv = ["leafcast", *arguments]
    try:
        main()
    except Exception:  # noqa: BLE001  (as an interpreter does at its end)
        sys.excepthook(*sys.exc_info())
        sys.exit(1)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
