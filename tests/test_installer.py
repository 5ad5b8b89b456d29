"""The program that is installed: one file that is the studio, a module of it, or the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

START = ROOT / "installer" / "start.py"


def started(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    own = {**os.environ, "HOME": str(home), "USERPROFILE": str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(START), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=own, timeout=120)


def test_it_is_the_command_line_where_something_is_asked(tmp_path: Path) -> None:
    done = started("--version", home=tmp_path)
    assert done.returncode == 0 and "leafcast" in done.stdout


def test_it_is_a_module_as_python_would_be(practice: Path, tmp_path: Path) -> None:
    """So the studio begins a build: `making.Maker.start`."""
    done = started("-P", "-m", "leafcast.studio.work", str(practice), "nothing", home=tmp_path)
    assert done.returncode == 1
    assert '"done": false' in done.stdout


@pytest.mark.parametrize("documents", [True, False])
def test_the_practice_lies_among_her_documents(tmp_path: Path, documents: bool) -> None:
    if documents:
        (tmp_path / "Documents").mkdir()
    code = (
        "import runpy, sys, pathlib; "
        f"print(runpy.run_path({str(START)!r}, run_name='start')['folder']())"
    )
    own = {**os.environ, "HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=own)
    place = tmp_path / ("Documents/leafcast" if documents else "leafcast")
    assert done.stdout.strip() == str(place) and place.is_dir()


def test_it_says_that_it_starts_where_it_is_and_why_it_cannot(tmp_path: Path) -> None:
    """Without a screen, on the terminal; the door is told once it is open."""
    code = f"""
import runpy, sys, threading
start = runpy.run_path({str(START)!r}, run_name="start")
studio = start["studio"]
studio.__globals__["a_window"] = lambda: None
studio.__globals__["webbrowser"].open = lambda door: None
start["Window"].wait = lambda self: None
studio()
def nowhere(): raise OSError(30, "Read-only file system")
studio.__globals__["folder"] = nowhere
studio()
"""
    own = {**os.environ, "HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    own["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=own, check=True
    )
    first, door, opened = done.stdout.split("\n")[:3]
    assert first == "leafcast is starting …"
    assert door.startswith("http://127.0.0.1:") and "?key=" in door
    assert opened == "leafcast is open in your browser."
    assert done.stdout.endswith("Your words are safe.\n\nRead-only file system\n")
