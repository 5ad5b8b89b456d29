"""Making an article in a process of its own: told of as it goes, and stopped at any moment.

A build leaves dist/ as it was until the end, so it may simply be ended; what was voiced is kept.
A process keeps the studio quick and small, and sees every file as it is now. This is the one place
that knows how a build is begun.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Final, Literal

ENDS_WITHIN_SECONDS: Final = 5.0


Making = Literal["idle", "busy", "done", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How the making goes.

    `share` is that of the voice's work, 0 to 1; `words` say what is being done, `left_seconds` how
    long it may take, `ready` what can be handed out already.
    """

    state: Making = "idle"
    slug: str = ""
    words: str = ""
    share: float = 0.0
    left_seconds: int = 0
    ready: str = ""
    count: int = 0

    def shown(self) -> dict[str, Any]:
        """For the page."""
        return {
            "state": self.state,
            "slug": self.slug,
            "words": self.words,
            "share": round(self.share, 3),
            "left": self.left_seconds,
            "ready": self.ready,
        }


@dataclass(slots=True)
class Maker:
    """Makes one article at a time."""

    folder: Path
    progress: Progress = field(default_factory=Progress)
    lock: Lock = field(default_factory=Lock)
    process: subprocess.Popen[str] | None = None
    closed: bool = False

    def start(self, slug: str) -> None:
        """Begin an article, or all there is for "", unless something is being made already."""
        with self.lock:
            if self.progress.state == "busy":
                return
            command = [sys.executable, "-P", "-m", "leafcast.studio.work", str(self.folder), slug]
            self.process = subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                start_new_session=True,
            )
            self._put(Progress("busy", slug, "Beginning"))
        following = (self.process, time.monotonic())
        Thread(target=self._follow, args=following, daemon=True).start()

    def stop(self) -> None:
        """End what is being made; dist/ stays as it was."""
        process = self.process
        if process is None or process.poll() is not None:
            return
        with self.lock:
            self._put(replace(self.progress, state="stopped", words="Stopped"))
        end(process)

    def close(self) -> None:
        """End, and let go those who are told how it goes."""
        self.stop()
        self.closed = True

    def _follow(self, process: subprocess.Popen[str], began: float) -> None:
        """Pass on what the process tells, until it ends."""
        assert process.stdout
        last: dict[str, Any] = {}
        for line in process.stdout:
            try:
                last = json.loads(line)
            except ValueError:
                continue  # what a library prints is nothing of ours
            if "ready" in last:
                self._tell(process, ready=last["ready"])
            elif "step" in last:
                self._tell(process, words=last["step"])
            elif "share" in last:
                share = float(last["share"])
                left = (time.monotonic() - began) * (1 - share) / share if share > 0.05 else 0
                self._tell(process, share=share, left_seconds=round(left), words="The voice reads")
        process.wait()
        done = "done" if last.get("done") else "failed"
        words = last.get("words") or "It could not be made. Nothing on your website changed."
        self._tell(process, state=done, words=words, left_seconds=0)

    def _tell(self, process: subprocess.Popen[str], **changed: Any) -> None:
        with self.lock:
            if self.process is process and self.progress.state == "busy":
                self._put(replace(self.progress, **changed))

    def _put(self, progress: Progress) -> None:
        self.progress = replace(progress, count=self.progress.count + 1)


def end(process: subprocess.Popen[str]) -> None:
    """End a process and all it began."""
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGTERM)
    else:
        process.terminate()
    try:
        process.wait(ENDS_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
