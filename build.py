"""Build the publication: `python build.py`, from any folder. `python build.py test` runs the tests,
style and types before them; `python build.py lint` these alone.

This file needs nothing but Python. It makes the project's own environment in .venv from the lock
with hashes in requirements/, then runs itself again inside it. When nothing is missing that takes
a few milliseconds and no network.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)
DOWNLOADS = {
    "build": "a download of 270 MB, 63 MB of it the voice",
    "fast": "a download of 330 MB, 63 MB of it the voice",
    "test": "600 MB in all",
}
LOCKS = {"build": ("build",), "fast": ("build", "fast"), "test": ("test",)}
"""The files in requirements/ that each kind of environment is made from: for building, for
building on a processor that multiplies bfloat16, for the tests. Each does what those before do."""
CPUINFO = Path("/proc/cpuinfo")
BFLOAT16 = {"amx_bf16", "avx512_bf16"}
LARGE = re.compile(r"\s*Downloading (\S+?)-\d\S* \((\d{2,}(?:\.\d+)? MB)\)")
MENDED = "LEAFCAST_MENDED"
ALL_TESTS = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
"""Two files of tests at a time, in the order that tests/conftest.py gives them."""
LINT = (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"])


def main() -> int:
    """Make the environment if need be, then build or test inside it."""
    if sys.version_info < OLDEST:
        return _say(
            f"leafcast needs Python 3.11 or newer; this is {sys.version.split()[0]}",
            "Install a newer one, then run it with that: python3.12 build.py",
        )
    arguments = sys.argv[1:]
    lock = "test" if arguments[:1] in (["test"], ["lint"]) else lock_for_building()
    if Path(sys.prefix).resolve() == VENV and is_ready(lock):
        return run(arguments)
    try:
        make_environment(lock)
    except KeyboardInterrupt:
        return _say("\nStopped. Run this again; it goes on where it was.", code=130)
    except (OSError, subprocess.CalledProcessError) as error:
        return _say(f"The environment could not be made: {error}", _hint(error))
    return start_again(arguments)


def _say(*lines: str, code: int = 3) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return code


def _hint(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        return "What went wrong is above. Is this machine online? Run this again; it goes on."
    return "Is there room on the disk, and may you write in this folder?"


# ---------------------------------------------------------------- the environment


def lock_for_building() -> str:
    """What building needs here: where the processor multiplies bfloat16, what makes a first
    narration quicker too, unless it could not be had."""
    if not multiplies_bfloat16():
        return "build"
    refused = refusal_file().exists() and refusal_file().read_text("utf-8") == _locked("fast")
    return "build" if refused else "fast"


def multiplies_bfloat16() -> bool:
    """Whether the processor does, as Linux tells it; OpenVINO uses it on x86 alone."""
    if sys.platform != "linux" or os.uname().machine != "x86_64":
        return False
    try:
        told = CPUINFO.read_text("utf-8", "replace")
    except OSError:
        return False
    flags = re.search(r"(?m)^flags\s*:(.*)$", told)
    return bool(flags and BFLOAT16 & set(flags[1].split()))


def make_environment(lock: str) -> None:
    """Make .venv, or mend it, so that it holds what the lock says. Its stamp comes last.

    What only makes it quicker is no condition: without it one is made that builds as well.
    """
    if is_ready(lock):
        return
    try:
        _make(lock)
    except subprocess.CalledProcessError:
        if lock != "fast":
            raise
        print("Trying without what speaks more quickly on this processor.", file=sys.stderr)
        if not is_ready("build"):
            _make("build")
        refusal_file().write_text(_locked("fast"), encoding="utf-8")


def _make(lock: str) -> None:
    print(f"{_told(lock)} …", file=sys.stderr)
    stamp_file(lock).unlink(missing_ok=True)
    if not _works():
        shutil.rmtree(VENV, ignore_errors=True)
        venv.create(VENV, with_pip=True)
    forget_damaged()
    install(lock)
    link = site_packages() / "leafcast-checkout.pth"
    link.write_text(f"{ROOT}\n", encoding="utf-8")
    stamp_file(lock).write_text(stamp(lock), encoding="utf-8")
    print("Ready.", file=sys.stderr)


def _told(lock: str) -> str:
    if lock == "fast" and is_ready("build"):
        return "Adding what speaks more quickly on this processor, once (a download of 60 MB)"
    return f"Setting up leafcast in .venv, once ({DOWNLOADS[lock]})"


def install(lock: str) -> None:
    """Install what the lock names and is not there yet, naming what is large."""
    pip = [str(python_inside()), "-m", "pip", "--disable-pip-version-check", "install"]
    exactly = ["--no-deps", "--require-hashes", "--only-binary", ":all:"]
    command = [*pip, *exactly, "--progress-bar", "off"]
    for path in lock_files(lock):
        command += ["-r", str(path)]
    said: list[str] = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        for line in process.stdout or ():
            if not line.startswith("Ignoring "):
                said.append(line)
            if large := LARGE.match(line):
                print(f"  {large[1]}: {large[2]}", file=sys.stderr, flush=True)
    if process.returncode:
        print("".join(said[-15:]), file=sys.stderr)
        raise subprocess.CalledProcessError(process.returncode, "pip install")


def forget_damaged() -> None:
    """Take the name tag off every package that has lost a file, so that pip installs it anew."""
    for tag in site_packages().glob("*.dist-info"):
        record = tag / "RECORD"
        files = record.read_text("utf-8").splitlines() if record.exists() else ["RECORD-is-missing"]
        paths = (next(csv.reader([line]), [""])[0] for line in files)
        if not all(path.endswith(".pyc") or (site_packages() / path).exists() for path in paths):
            shutil.rmtree(tag)


def is_ready(lock: str) -> bool:
    """Whether the environment is as it was when it was finished. What tests need, builds."""
    kinds = list(LOCKS)
    return any(_is_stamped(name) for name in kinds[kinds.index(lock) :])


def _is_stamped(lock: str) -> bool:
    try:
        return stamp_file(lock).read_text(encoding="utf-8") == stamp(lock)
    except OSError:
        return False


def stamp(lock: str) -> str:
    """What the environment is made of: the lock, this Python, this folder, and what is in it."""
    told = f"{_locked(lock)} {sys.version_info[:3]} {ROOT} {_contents()}"
    return hashlib.sha256(told.encode()).hexdigest()


def _locked(lock: str) -> str:
    """The hash of what a lock says."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in lock_files(lock))).hexdigest()


def _contents() -> str:
    """The packages of the environment and how many files each has at its top.

    Enough to see that something was deleted, and quick. Caches come and go and are not counted.
    """
    counts = []
    for entry in sorted(site_packages().iterdir()):
        if entry.name != "__pycache__" and entry.is_dir():
            inside = sum(name != "__pycache__" for name in os.listdir(entry))
            counts.append(f"{entry.name}:{inside}")
    return " ".join(counts)


def _works() -> bool:
    """Whether the environment's Python starts and has pip."""
    try:
        probe = [str(python_inside()), "-c", "import pip, sys; print(sys.version_info[:3])"]
        done = subprocess.run(probe, capture_output=True, text=True, check=False)
    except OSError:
        return False
    return done.returncode == 0 and done.stdout.strip() == str(sys.version_info[:3])


def lock_files(lock: str) -> list[Path]:
    """The lock's files in requirements/."""
    return [ROOT / "requirements" / f"{name}.txt" for name in LOCKS[lock]]


def stamp_file(lock: str) -> Path:
    """Where the stamp of a finished environment is."""
    return VENV / f"leafcast-{lock}.stamp"


def refusal_file() -> Path:
    """What tells which fast.txt could not be had: it is not tried again at each start."""
    return VENV / "leafcast-fast.refused"


def python_inside() -> Path:
    """The environment's Python."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def site_packages() -> Path:
    """Where the environment's packages are."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return VENV / ("Lib/site-packages" if os.name == "nt" else f"lib/{version}/site-packages")


# ---------------------------------------------------------------- running


def start_again(arguments: list[str]) -> int:
    """Run this file inside the environment; on Windows as a child, elsewhere in its place."""
    command = [str(python_inside()), str(ROOT / "build.py"), *arguments]
    if os.name == "nt":
        return subprocess.call(command)
    sys.stderr.flush()
    os.execv(command[0], command)
    return 0  # never reached


def lint() -> int:
    """Hold the project to its style and types; each tool says what it found."""
    codes = [subprocess.call([sys.executable, "-m", *each], cwd=ROOT) for each in LINT]
    return max(map(abs, codes))


def run(arguments: list[str]) -> int:
    """Build or test, here inside the environment."""
    if arguments[:1] == ["lint"]:
        return lint()
    if arguments[:1] == ["test"]:
        untidy = 0 if arguments[1:] else lint()
        wanted = arguments[1:] or ALL_TESTS
        failed = subprocess.call([sys.executable, "-m", "pytest", *wanted], cwd=ROOT)
        return failed or untidy
    os.environ.setdefault("LEAFCAST_COMMAND", "python build.py")
    try:
        from leafcast.commands.cli import main as leafcast

        leafcast()
    except ImportError as error:
        if os.environ.get(MENDED):
            raise
        print(f"The environment is damaged ({error}); mending it.", file=sys.stderr)
        os.environ[MENDED] = "once"
        for lock in DOWNLOADS:
            stamp_file(lock).unlink(missing_ok=True)
        return start_again(arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main())
