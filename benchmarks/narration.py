"""The article told cold by the default voice, and another maker of audiobooks on the same model.

The other is kokoro-tts (PyPI, MIT): one session of onnxruntime over all cores, phonemes by espeak.
It is given the same model, the same voice and the first sentences of the same script.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import wave
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measures import Figure, Lines, Run, practice, run, weigh

OTHER = "kokoro-tts==2.3.2"
OTHERS_SENTENCES = 12


def narration() -> Iterator[Figure | Lines]:
    """Wall time over the engine's own work, how busy the cores are, and what a worker weighs."""
    with practice(voice="kokoro") as folder:
        said = run("-m", "benchmarks.telling", str(folder)).said
        yield Lines((f"the voice's form on this machine: {said['form']}",))
        yield from figures(said)
        yield from beside(folder, said["engine"] / said["sound"])


def figures(said: dict[str, float]) -> Iterator[Figure]:
    """What benchmarks.telling told, as figures.

    What others did on the machine meanwhile is taken out where there is a goal: the workers' share
    of all that was not theirs to take, and the wall time they would have needed alone.
    """
    cores = said["cores"]
    alone = (said["cpu"] + said["idle"]) / cores
    yield Figure("cold narration: clips made", said["clips"])
    yield Figure("cold narration: sound", said["sound"], "s")
    yield Figure("cold narration: CPU for a second of sound", said["engine"] / said["sound"], "s")
    yield Figure("cold narration: the engine's CPU", said["engine"], "s")
    yield Figure("cold narration: wall", said["wall"], "s")
    yield Figure("cold narration: wall, had the machine been ours alone", alone, "s")
    ratio = alone / (said["engine"] / cores)
    yield Figure("cold narration: that wall ÷ (engine CPU ÷ cores)", ratio, "", 1.25)
    busy = 100 * said["cpu"] / (said["cpu"] + said["idle"])
    yield Figure("cold narration: cores busy", busy, "%", least=90)
    yield Figure("cold narration: engines a core", said["engines"] / cores, "", 1)
    yield Figure("cold narration: a worker's memory at its most", said["mib"], "MiB", 1200)


# ---------------------------------------------------------------- another maker


def beside(folder: Path, ours: float) -> Iterator[Figure | Lines]:
    """The other maker's figures, or why there are none. `ours`: CPU s for a second of sound."""
    try:
        python = install_other()
        took, seconds = tell_with_other(python, folder)
    except (OSError, subprocess.CalledProcessError) as error:
        yield Lines((f"{OTHER} could not be measured: {error}",))
        return
    cost = took.cpu / seconds
    yield Figure("kokoro-tts: sound", seconds, "s")
    yield Figure("kokoro-tts: CPU for a second of sound, opening included", cost, "s")
    yield Figure("kokoro-tts: wall for a second of sound", took.wall / seconds, "s")
    yield Figure("kokoro-tts: memory at its most", took.rss_mib, "MiB")
    yield Figure("a second of sound: leafcast's CPU ÷ kokoro-tts's", ours / cost, "", 1)


def install_other() -> Path:
    """The other maker in an environment of its own, in the user's cache folder; its Python.

    Raises OSError or CalledProcessError where it cannot be installed.
    """
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    home = Path(base) / "leafcast/benchmarks" / OTHER.replace("==", "-")
    python = home / "bin/python"
    done = home / "installed"
    if not done.exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        command = [str(python), "-m", "pip", "install", "--quiet", OTHER]
        subprocess.run(command, check=True, capture_output=True)
        # It imports a library for loudspeakers that needs PortAudio; no loudspeaker is wanted.
        (home / "silent").mkdir(exist_ok=True)
        (home / "silent/sounddevice.py").write_text("", encoding="utf-8")
        done.touch()
    return python


def tell_with_other(python: Path, folder: Path) -> tuple[Run, float]:
    """The first sentences told by the other maker: what that took, and how long they last."""
    with tempfile.TemporaryDirectory(prefix="leafcast-benchmark-") as name:
        files = Path(name)
        run("-m", "benchmarks.telling", str(folder), "for-others", str(files))
        silent = python.parent.parent / "silent"
        command = [
            str(python.with_name("kokoro-tts")), str(files / "script.txt"), str(files / "told.wav"),
            "--voice", "bf_emma", "--lang", "en-gb",
            "--model", str(files / "model.onnx"), "--voices", str(files / "voices.bin"),
        ]  # fmt: skip
        took = weigh(command, os.environ | {"PYTHONPATH": str(silent)})
        with wave.open(str(files / "told.wav")) as sound:
            return took, sound.getnframes() / sound.getframerate()
