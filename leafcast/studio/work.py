"""A build as the studio runs it, in a process of its own: a line of JSON for whatever happens.

python -m leafcast.studio.work FOLDER SLUG [EDITION ...]
"""

from __future__ import annotations

import json
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import NoReturn

from leafcast.document.errors import BusyError, LeafcastError
from leafcast.document.report import Report, Severity
from leafcast.pipeline import build
from leafcast.practice.project import load_project
from leafcast.request import Request
from leafcast.studio.wording import notice_of

BUSY = "leafcast is already making something in another window. Wait for it, then press Make again."


@dataclass(slots=True)
class Teller:
    """A watcher that tells the studio."""

    lock: Lock

    def step(self, words: str) -> None:
        """See Watcher."""
        self.tell(step=words)

    def why(self, slug: str, edition: str, reason: str) -> None:
        """See Watcher."""

    def voicing(self, shown: str, share: float) -> None:
        """See Watcher."""
        self.tell(share=share)

    def tell(self, **what: object) -> None:
        """One line."""
        with self.lock:
            sys.stdout.write(json.dumps(what) + "\n")
            sys.stdout.flush()


def main(folder: str, slug: str, *editions: str) -> int:
    """Build one article; gives the exit code."""
    teller, report = Teller(Lock()), Report()
    try:
        outcome = build(load_project(Path(folder)), Request((slug,), editions), teller, report)
    except BusyError:
        teller.tell(done=False, words=BUSY)
        return 1
    except LeafcastError as error:
        teller.tell(done=False, words=error.message)
        return 1
    failed = [each for each in report.findings if each.severity is Severity.ERROR]
    words = notice_of(failed[0]).words if failed else "All made, and all is well"
    teller.tell(done=bool(outcome.made), words=words)
    return report.exit_code


def _end(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    sys.exit(main(*sys.argv[1:]))
