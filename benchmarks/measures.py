"""What is measured. Each measure works in a folder of its own and runs whole processes."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
SLUG = "therapeutic-relationship"
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
HEAVY = ("numpy", "weasyprint", "pikepdf", "onnxruntime", "jinja2", "soundfile")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, and the most or the least it may be where that is held.

    `goal` is what a figure is still to come down to: it is told, and fails nothing.
    """

    what: str
    value: float
    unit: str = ""
    most: float | None = None
    least: float | None = None
    goal: float | None = None

    @property
    def kept(self) -> bool:
        """Whether it is what it may be, if that is held."""
        return (self.most is None or self.value <= self.most) and (
            self.least is None or self.value >= self.least
        )


@dataclass(frozen=True, slots=True)
class Lines:
    """What is told beside the figures, such as a table."""

    lines: tuple[str, ...]


@contextmanager
def practice(times: int = 1, voice: str = "tone") -> Iterator[Path]:
    """A practice's folder with the real article, its sections repeated `times` times."""
    with tempfile.TemporaryDirectory(prefix="leafcast-benchmark-") as name:
        folder = Path(name)
        shutil.copytree(ROOT / "source", folder / "source")
        settings = folder / "source/practice.toml"
        text = settings.read_text("utf-8").replace('voice = "kokoro"', f'voice = "{voice}"')
        settings.write_text(text, encoding="utf-8")
        article = folder / "source" / f"{SLUG}.md"
        head, *sections = article.read_text("utf-8").partition("\n---\n\n**")[0].split("\n## ")
        repeated = [
            f"\n## {section.replace(chr(10), f' ({n}){chr(10)}', 1) if n else section}"
            for n in range(times)
            for section in sections
        ]
        article.write_text(head + "".join(repeated) + "\n", encoding="utf-8")
        yield folder


@dataclass(frozen=True, slots=True)
class Run:
    """A process that ended: its wall time, CPU time, peak memory, and the JSON it printed last."""

    wall: float
    cpu: float
    rss_mib: float
    said: dict[str, float]


def run(*command: str) -> Run:
    """Run Python with `command`, its bytecode kept from one run to the next, as it is for whoever
    builds. Raises CalledProcessError when it fails."""
    told = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    return weigh([sys.executable, *command], told | {"PYTHONPATH": str(ROOT)})


def weigh(command: list[str], environment: Mapping[str, str]) -> Run:
    """Run any command in the project's folder. Raises CalledProcessError when it fails."""
    _adopt_orphans()
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    )
    assert process.stdout
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    cpu = usage.ru_utime + usage.ru_stime + _orphans_cpu()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    lines = printed.strip().splitlines()
    said = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}
    return Run(wall, cpu, usage.ru_maxrss / 1024, said)


def _adopt_orphans() -> None:
    """On Linux, become the parent of processes whose own parent ended before them: those that
    lay leaflets out are nobody's to wait for (prctl(2), PR_SET_CHILD_SUBREAPER)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)


def _orphans_cpu() -> float:
    """The CPU seconds of processes that were adopted, once the last has ended."""
    seconds = 0.0
    with suppress(ChildProcessError):
        while True:
            _, _, usage = os.wait4(-1, 0)
            seconds += usage.ru_utime + usage.ru_stime
    return seconds


def build(folder: Path, *arguments: str) -> Run:
    """Build a practice in a process of its own."""
    return run("-m", "leafcast", "build", "--quiet", "--project", str(folder), *arguments)


# ---------------------------------------------------------------- measures


def unchanged() -> Iterator[Figure]:
    """A second build with nothing changed, start of Python and all."""
    with practice() as folder:
        build(folder)
        runs = [build(folder) for _ in range(7)]
        yield Figure("nothing changed: the whole build", median(r.wall for r in runs), "s", 0.4)
        code = (
            "import json, sys\n"
            "sys.argv = ['leafcast', 'build', '--quiet', '--project', sys.argv[1]]\n"
            "from leafcast.commands.cli import main\n"
            "try: main()\n"
            "except SystemExit: pass\n"
            f"print(json.dumps({{'heavy': sum(n in sys.modules for n in {HEAVY!r})}}))"
        )
        heavy = run("-c", code, str(folder)).said["heavy"]
        yield Figure("nothing changed: heavy libraries imported", heavy, "", 0)


def prints() -> Iterator[Figure]:
    """All print editions in one process, against WeasyPrint's own work for the same pages."""
    with practice() as folder:
        runs = [run("-m", "benchmarks.prints", str(folder)) for _ in range(5)]
        ratio = median(r.said["ours"] / r.said["weasyprint"] for r in runs)
        what = "all PDFs ÷ WeasyPrint's own time for the same pages"
        yield Figure(what, ratio, "", 1.4, goal=1.2)
        yield Figure("all PDFs: wall, imports and all", median(r.wall for r in runs), "s")
        rss = max(r.rss_mib for r in runs)
        yield Figure("all PDFs: peak memory", rss, "MiB", 200)


def edit() -> Iterator[Figure]:
    """One sentence edited: what is made again, and how long it takes besides its clip."""
    with practice() as folder:
        build(folder)
        clips, files = _clips(folder), _published(folder)
        article = folder / "source" / f"{SLUG}.md"
        words = article.read_text("utf-8").replace("That’s completely normal.", "That is normal.")
        article.write_text(words, encoding="utf-8")
        took = build(folder)
        changed = {p for p, content in _published(folder).items() if files.get(p) != content}
        yield Figure("one sentence edited: wall, the clip a tone", took.wall, "s", 4)
        yield Figure("one sentence edited: CPU", took.cpu, "s", 7)
        yield Figure(
            "one sentence edited: new clips, one a pace", len(_clips(folder) - clips), "", 2
        )
        sections = [path for path in changed if path.startswith("audio/")]
        yield Figure("one sentence edited: section MP3s made again", len(sections), "", 1)


def post() -> Iterator[Figure]:
    """From cached clips to all files one hears, checked: nothing else is there from before."""
    sounds = [word for name in ("sections", "episode", "slower") for word in ("--edition", name)]
    with practice() as folder:
        build(folder, *sounds)
        for kept in (folder / ".leafcast/cache").iterdir():
            if kept.name != "clips":
                shutil.rmtree(kept)
        for made in (folder / "audio", folder / "dist"):
            shutil.rmtree(made)
        took = build(folder, *sounds)
        yield Figure("from clips to all sound files: wall", took.wall, "s", 6)
        yield Figure("from clips to all sound files: CPU", took.cpu, "s")
        yield Figure("from clips to all sound files: peak memory", took.rss_mib, "MiB", 400)
        alone = _encoders_alone(folder)
        yield Figure("the encoders alone, on the same masters: CPU", alone, "s")
        what = "from clips to all sound files ÷ the encoders alone"
        yield Figure(what, took.cpu / alone, "", 1.65, goal=1.4)


def _encoders_alone(folder: Path) -> float:
    """CPU seconds of ffmpeg for the same files: at the usual pace MP3 at both rates, AAC and Opus;
    at the slower one MP3 at the rate of sections."""
    from leafcast.narration.sound.encoders import CODECS
    from leafcast.narration.sound.ffmpeg import chosen
    from leafcast.practice.project import Sound

    usual, whole = folder / "audio" / SLUG, Sound()
    sets = [(usual, name, whole) for name in CODECS]
    sets += [(masters, "mp3", whole.of_sections) for masters in (usual, usual / "slower")]
    cpu = 0.0
    for masters, name, wanted in sets:
        listed = folder / "masters.txt"
        listed.write_text("".join(f"file '{each}'\n" for each in sorted(masters.glob("*.wav"))))
        codec = CODECS[name]
        command = [chosen().path, "-loglevel", "error", "-y", "-threads", "1", "-f", "concat"]
        command += ["-safe", "0", "-i", str(listed), *codec.settings(wanted)]
        cpu += weigh([*command, str(folder / f"alone.{codec.suffix}")], os.environ).cpu
    return cpu


def published() -> Iterator[Figure]:
    """From cached sound to everything that is published, checked: dist/ made from nothing."""
    with practice() as folder:
        build(folder)
        runs = []
        for _ in range(5):
            shutil.rmtree(folder / "dist")
            runs.append(build(folder))
        yield Figure("from cached sound, everything: wall", median(r.wall for r in runs), "s", 4)
        yield Figure("from cached sound, everything: CPU", median(r.cpu for r in runs), "s")
        yield Figure("dist ÷ the MP3 of the whole", _weight(folder), "", 6.8, goal=6.5)


def _weight(folder: Path) -> float:
    """The bytes of dist/, one file under two names counted once, over those of its one MP3."""
    files = {path.stat().st_ino: path for path in (folder / "dist").rglob("*") if path.is_file()}
    whole = folder / "dist" / SLUG / f"{SLUG}.mp3"
    return sum(path.stat().st_size for path in files.values()) / whole.stat().st_size


def growth() -> Iterator[Figure]:
    """Ten and a hundred times the article: time and memory over those of one, by its length."""
    first: Run | None = None
    for times in (1, 10, 100):
        with practice(times) as folder:
            took = run("-m", "benchmarks.prints", str(folder), "once")
            first = first or took
            yield Figure(f"PDFs of {times}×: wall", took.wall, "s")
            yield Figure(f"PDFs of {times}×: peak memory", took.rss_mib, "MiB")
            if times > 1:
                share = took.said["ours"] / first.said["ours"] / times
                yield Figure(f"PDFs of {times}×: time ÷ {times} times that of 1×", share, "", 1.1)
    first = None
    for times in (1, 10):
        with practice(times) as folder:
            took = build(folder, "--edition", "sections", "--edition", "episode")
            first = first or took
            yield Figure(f"sound of {times}×, by tones: wall", took.wall, "s")
            yield Figure(f"sound of {times}×: peak memory", took.rss_mib, "MiB")
            if times > 1:
                share = took.wall / first.wall / times
                yield Figure(f"sound of {times}×: time ÷ {times} times that of 1×", share, "", 1.1)


def _clips(folder: Path) -> set[str]:
    return {path.name for path in (folder / ".leafcast/cache/clips").rglob("*") if path.is_file()}


def _published(folder: Path) -> dict[str, bytes]:
    dist = folder / "dist" / SLUG
    return {
        path.relative_to(dist).as_posix(): path.read_bytes()
        for path in sorted(dist.rglob("*"))
        if path.is_file()
    }
