"""One process: the article voiced cold by its voice, every core busy. Prints JSON.

`python -m benchmarks.telling FOLDER for-others INTO` writes what another maker tells instead.
"""

from __future__ import annotations

import json
import os
import sys
import time
from concurrent.futures import Executor
from contextlib import closing
from pathlib import Path

from benchmarks.narration import OTHERS_SENTENCES
from leafcast.execution.request import available_cores
from leafcast.execution.workers import Workers as ProcessWorkers
from leafcast.execution.workers import open_workers
from leafcast.narration.clips import clip_key, read_clip
from leafcast.narration.narrate import tell
from leafcast.narration.phonemes import words_said
from leafcast.narration.telling import Telling
from leafcast.narration.voice_pool import Progress, VoicePool, voice_missing
from leafcast.narration.voices import fingerprint, form, prepare
from leafcast.practice.project import load_project
from leafcast.readers import read_article
from leafcast.state.cache import Cache


def main() -> None:
    """Voice everything, with one engine a core."""
    telling = telling_of(Path(sys.argv[1]))
    if sys.argv[2:3] == ["for-others"]:
        write_for_others(telling, Path(sys.argv[3]))
        return
    prepare(telling.cast.own)
    cache, cores, workers = Cache(telling.project.work / "cache"), available_cores(), Workers()
    began, idle_before = time.perf_counter(), idle_seconds()
    voices = VoicePool(cores, workers.look, open_pool=workers.open)
    with closing(voices):
        voiced = voice_missing(telling.script.utterances, telling.cast.own, cache, voices)
    wall, idle = time.perf_counter() - began, idle_seconds() - idle_before
    key = fingerprint(telling.cast.own)
    keys = {clip_key(key, each) for each in telling.script.utterances if each.spoken}
    clips = [read_clip(cache, each) for each in keys]
    figures = {
        "form": form(telling.cast.own),
        "wall": wall,
        "engine": voiced.engine_seconds,
        "clips": voiced.clips_made,
        "sound": sum(clip.seconds for clip in clips if clip),
        "cores": cores,
        "engines": max(workers.opened),
        "cpu": sum(workers.cpu.values()),
        "idle": idle,
        "mib": max(workers.mib.values()),
    }
    print(json.dumps(figures))


def telling_of(folder: Path) -> Telling:
    """What the default voice is to tell of a practice's one article."""
    project = load_project(folder)
    (path,) = project.source.glob("*.md")
    article = read_article(path, project.source).article
    assert article
    return tell(project, article, "")


def idle_seconds() -> float:
    """How long the cores had nothing to do since the machine started, as Linux tells it."""
    _, *times = Path("/proc/stat").read_text("utf-8").splitlines()[0].split()
    return (int(times[3]) + int(times[4])) / os.sysconf("SC_CLK_TCK")


class Workers:
    """A pool as voices are opened; how many engines each had, and what its processes took.

    A process is looked at when a clip is there, which the last does at the very end.
    """

    def __init__(self) -> None:
        self.opened: list[int] = []
        self.cpu: dict[int, float] = {}
        self.mib: dict[int, float] = {}
        self.pool: Executor | None = None

    def open(self, workers: int) -> Executor:
        """Open a pool, and count its engines."""
        self.opened.append(workers)
        self.pool = open_workers(workers)
        return self.pool

    def look(self, progress: Progress) -> None:
        """CPU seconds and peak memory of each process so far, as Linux tells them."""
        for pid in self.pool.pids if isinstance(self.pool, ProcessWorkers) else ():
            process = Path("/proc") / str(pid)
            times = (process / "stat").read_text("utf-8").rpartition(")")[2].split()
            self.cpu[pid] = (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")
            status = dict(
                line.split(":", 1) for line in (process / "status").read_text("utf-8").splitlines()
            )
            self.mib[pid] = int(status["VmHWM"].split()[0]) / 1024


def write_for_others(telling: Telling, into: Path) -> None:
    """The first sentences as text, the model and the voice, as kokoro-onnx reads them."""
    import numpy as np

    from leafcast.narration.voices.kokoro.assets import read_model, read_style

    said = [words_said(each.spoken) for each in telling.script.utterances if each.spoken]
    text = "\n\n".join(said[:OTHERS_SENTENCES])
    (into / "script.txt").write_text(text, encoding="utf-8")
    (into / "model.onnx").write_bytes(read_model(telling.cast.own))
    with (into / "voices.bin").open("wb") as file:
        np.savez(file, bf_emma=read_style(telling.cast.own)[:, np.newaxis])


if __name__ == "__main__":
    main()
