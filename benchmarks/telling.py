"""One process: the article voiced cold by its voice, every core busy. Prints JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

from leafcast.cache import Cache
from leafcast.narration.model import VoiceSpec
from leafcast.narration.studio import Studio, open_process_pool, voice_missing
from leafcast.pipeline import available_cores, tell
from leafcast.project import load_project
from leafcast.readers import read_article


def main() -> None:
    """Voice everything, with one engine a core."""
    project = load_project(Path(sys.argv[1]))
    (path,) = project.source.glob("*.md")
    article = read_article(path, project.source).article
    assert article
    telling = tell(project, article, "")
    cores = available_cores()
    opened, pool = _counted()
    began = time.perf_counter()
    voiced = voice_missing(
        telling.script.utterances,
        telling.cast.own,
        Cache(project.work / "cache"),
        Studio(cores, open_pool=pool),
    )
    wall = time.perf_counter() - began
    figures = {
        "wall": wall,
        "engine": voiced.engine_seconds,
        "clips": voiced.clips_made,
        "cores": cores,
        "engines": max(opened),
    }
    print(json.dumps(figures))


def _counted() -> tuple[list[int], Callable[[int, VoiceSpec], Executor]]:
    """A pool as the studio opens it, and how many engines each had."""
    opened: list[int] = []

    def open_pool(workers: int, spec: VoiceSpec) -> Executor:
        opened.append(workers)
        return open_process_pool(workers, spec)

    return opened, open_pool


if __name__ == "__main__":
    main()
