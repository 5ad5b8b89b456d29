"""Makes a quicker form of the model, once a machine, and decides whether it is taken.

`prepare` is called before a build that may have to voice something. The work is done in a process
of its own, so that its memory goes with it, and an engine that crashes on this processor takes
nothing with it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from leafcast.narration.model import VoiceSpec
from leafcast.narration.voices.kokoro.variants import (
    PLAIN,
    Verdict,
    candidate,
    chosen,
    folder,
    is_forced,
    pack_verdict,
    read_verdict,
    verdict_path,
)
from leafcast.state.cache import write_beside

LIMIT_SECONDS: Final = 300
JUDGE: Final = "leafcast.narration.voices.kokoro.trial"


def prepare(spec: VoiceSpec, told: Callable[[], None] = lambda: None) -> bool:
    """See to it that there is a verdict on the form that might be quickest here.

    `told` is called before work of some seconds. Gives whether anything was done.
    """
    wanted = candidate(spec).variant
    if wanted == PLAIN:
        return False
    path = verdict_path(wanted, forced=is_forced(spec))
    if _stands(path):
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock"), timeout=LIMIT_SECONDS):
            if not _stands(path):
                told()
                _in_its_own_process(spec, path)
    except (OSError, Timeout):
        return False  # nothing can be kept here: the model stays as shipped
    return chosen(spec).variant != PLAIN


def _stands(path: Path) -> bool:
    verdict = read_verdict(path)
    return verdict is not None and all(
        (folder() / name).is_file() for name in verdict.files.values()
    )


def _in_its_own_process(spec: VoiceSpec, path: Path) -> None:
    """Make the form in a process; where that fails, the verdict is the model as shipped."""
    path.unlink(missing_ok=True)
    command = [sys.executable, "-P", "-m", JUDGE, json.dumps(asdict(spec))]
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", errors="replace",
            timeout=LIMIT_SECONDS, check=False, stdin=subprocess.DEVNULL,
            env=os.environ | threads,
        )  # fmt: skip
        last = (done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"])[-1]
    except subprocess.TimeoutExpired:
        last = "it took too long"
    if read_verdict(path) is None:
        wanted = candidate(spec).variant
        write_beside(path, pack_verdict(Verdict(PLAIN, f"{wanted} could not be made: {last}")))
