"""Builds that are killed, stopped, or short of room: nothing lost, and the next one goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from leafcast.build.parts import SITE
from leafcast.build.pipeline import Request, build
from leafcast.document.report import Report
from leafcast.editions.table import EDITIONS
from leafcast.execution.request import Silent
from leafcast.practice.project import load_project
from tests.conftest import ROOT, UNASKED

posix_only = pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")


@pytest.fixture
def hanging(practice: Path) -> Path:
    """A practice whose voice hangs on one sentence, the first time it is asked."""
    (practice / "once").mkdir()
    (practice / "audio").mkdir()
    (practice / "audio/voices.toml").write_text(
        f'[voices.faulty]\nengine = "tests.engines"\nonce = "{(practice / "once").as_posix()}"\n'
    )
    article = practice / "source/quiet-hour.md"
    article.write_text(
        article.read_text("utf-8").replace("You go home.", "You hang about."), "utf-8"
    )
    return practice


def start(practice: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "leafcast", *arguments, "--project", str(practice)]
    return subprocess.Popen(
        [*command, "--voice", "faulty", "--jobs", "2"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        start_new_session=True,
        # a shell that starts tests in the background has them ignore Ctrl-C
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
    )


def clips(practice: Path) -> list[Path]:
    folder = practice / ".leafcast/cache/clips"
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))


def wait_until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def processes_of(practice: Path) -> list[int]:
    """Processes of the session that `start` opened and that are still alive."""
    mark = f"LEAFCAST_TEST={practice}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


@posix_only
def test_a_build_killed_while_voicing_leaves_dist_alone_and_keeps_its_clips(
    hanging: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEAFCAST_TEST", str(hanging))
    process = start(hanging, "build")
    wait_until(lambda: (hanging / "once/hang").exists() and len(clips(hanging)) >= 8)
    process.kill()
    process.wait()
    monkeypatch.delenv("LEAFCAST_TEST")
    kept = {clip: clip.stat().st_mtime_ns for clip in clips(hanging)}
    assert not [path for path in (hanging / "dist").rglob("*") if path.is_file()]
    if Path("/proc").is_dir():
        wait_until(lambda: not processes_of(hanging), 20)  # no worker is left behind
    report = Report()
    outcome = build(load_project(hanging), Request(voice="faulty", jobs=1), Silent(), report)
    assert report.exit_code == 0
    made = [made.edition for made in outcome.made]
    assert made == [*(name for name in EDITIONS if name in UNASKED), *SITE]
    assert {clip: clip.stat().st_mtime_ns for clip in kept} == kept


@posix_only
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_a_build_that_is_stopped_says_so_and_ends_at_once(
    hanging: Path, number: signal.Signals
) -> None:
    process = start(hanging, "build", "--edition", "episode")
    wait_until(lambda: (hanging / "once/hang").exists())
    began = time.monotonic()
    process.send_signal(number)
    said, _ = process.communicate(timeout=20)
    assert time.monotonic() - began < 5
    assert process.returncode == 130
    assert "Stopped. dist/ holds what was finished, whole" in said
    assert "Traceback" not in said


@posix_only
def test_a_build_killed_while_publishing_is_made_whole_by_the_next(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half the files are in dist/, the manifest is not yet: nothing is trusted, all is right after."""
    project = load_project(practice)
    request = Request(jobs=1, editions=("a4", "large-print"))
    build(project, request, Silent(), Report())
    whole = contents(practice / "dist")
    (practice / "dist/quiet-hour/quiet-hour-a4.pdf").write_bytes(b"half")
    (practice / "dist/quiet-hour/quiet-hour-large-print-24.pdf").unlink()
    (practice / "dist/manifest.json").write_bytes(whole["manifest.json"][:100])
    build(project, request, Silent(), Report())
    assert contents(practice / "dist") == whole


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is tried on Linux")
@posix_only
def test_a_disk_that_is_really_full_is_one_clear_line(practice: Path) -> None:
    """A limit on the size of files stands for a full disk: writing fails in the same place."""
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000));"
    ignore = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
    code = f"{limit}{ignore}import sys; from leafcast.commands.cli import main; sys.argv=['leafcast','build','--edition','episode','--project',{str(practice)!r}]; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert "The disk is full" in said
    assert "Traceback" not in said
    assert not (practice / "dist/quiet-hour/quiet-hour.mp3").exists()
    assert not list((practice / ".leafcast").rglob("*.part"))  # nothing half-written stays
