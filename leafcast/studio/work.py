"""A build as the studio runs it, in a process of its own: a line of JSON for whatever happens.

    python -m leafcast.studio.work FOLDER SLUG

The leaflets come first, so that they can be printed while the voice still reads.
"""

from __future__ import annotations

import json
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Final, NoReturn

from leafcast.build.journal import manifest_of
from leafcast.build.pipeline import build
from leafcast.document.errors import BusyError, LeafcastError
from leafcast.document.report import Report, Severity
from leafcast.editions.table import EDITIONS
from leafcast.execution.request import Request
from leafcast.practice.project import load_project
from leafcast.studio.wording import notice_of

BUSY: Final = (
    "leafcast is already making something in another window. Wait for it, then press Make again."
)
STEPS: Final = {
    "Laying out the leaflets": "Laying out the leaflets",
    "Reading aloud": "The voice reads",
    "Mastering the sound": "Making the sound ready",
    "Listening to the recordings": "Listening to your recordings",
}
"""What the build says, as the studio says it; the rest is told as “Making all forms”."""


@dataclass(slots=True)
class Teller:
    """A watcher that tells the studio."""

    lock: Lock = field(default_factory=Lock)

    def step(self, words: str) -> None:
        """See Watcher."""
        known = (shown for said, shown in STEPS.items() if words.startswith(said))
        self.tell(step=next(known, "Making all forms"))

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


def main(folder: str, slug: str) -> int:
    """Build one article, or every one for "", leaflets first; gives the exit code."""
    teller = Teller()
    try:
        project = load_project(Path(folder))
        for editions in (leaflets(), ()):
            report = Report()
            build(project, Request((slug,) if slug else (), editions), teller, report)
            teller.tell(ready="leaflets" if editions else "all")
    except BusyError:
        teller.tell(done=False, words=BUSY)
        return 1
    except LeafcastError as error:
        teller.tell(done=False, words=error.message)
        return 1
    failed = [each for each in report.findings if each.severity is Severity.ERROR]
    words = notice_of(failed[0]).words if failed else "All made, and all is well"
    made = not slug or slug in manifest_of(project).publications
    teller.tell(done=made, words=words)
    return report.exit_code


def leaflets() -> tuple[str, ...]:
    """The editions that are printed, but for those made when somebody asks."""
    return tuple(
        name
        for name, each in EDITIONS.items()
        if any(form.edge for form in each.printed) and not each.on_request
    )


def _end(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    sys.exit(main(*sys.argv[1:]))
