"""What is double-clicked: each starts the studio in its own folder, wherever that is."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

posix = pytest.mark.skipif("sys.platform == 'win32'", reason="for macOS and Linux")


def unpacked(folder: Path, code: int) -> Path:
    """The launchers beside a `run` that says how it was called, in a folder whose name has blanks."""
    place = folder / "Sarah’s leaf cast"
    place.mkdir()
    for name in ("leafcast.command", "leafcast.desktop"):
        shutil.copy(ROOT / name, place)
    run = place / "run"
    run.write_text(f'#!/bin/sh\necho "run $* in $(pwd)"\nexit {code}\n')
    run.chmod(0o755)
    return place


@posix
@pytest.mark.parametrize("code", [0, 1, 130])
def test_a_double_click_starts_the_studio_in_its_own_folder(tmp_path: Path, code: int) -> None:
    place = unpacked(tmp_path, code)
    done = subprocess.run(
        ["sh", str(place / "leafcast.command")],
        cwd="/", input="\n", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert f"run studio in {place}" in done.stdout
    assert done.returncode == code
    assert ("could not start" in done.stdout) == (code == 1)


@posix
def test_the_desktop_file_leads_there_too(tmp_path: Path) -> None:
    place = unpacked(tmp_path, 0)
    lines = (place / "leafcast.desktop").read_text("utf-8").splitlines()
    (command,) = [line.removeprefix("Exec=") for line in lines if line.startswith("Exec=")]
    assert command.startswith("sh -c '") and command.endswith("' leafcast %k")
    script = command[len("sh -c '") : command.rindex("'")]
    done = subprocess.run(
        ["sh", "-c", script, "leafcast", str(place / "leafcast.desktop")],
        cwd="/", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert f"run studio in {place}" in done.stdout


def test_windows_has_its_own_line_ends_and_no_place_of_ours() -> None:
    content = (ROOT / "leafcast.bat").read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert b'cd /d "%~dp0"' in content and b"py build.py studio" in content
    assert content.isascii()


@posix
def test_they_may_be_started() -> None:
    assert sys.platform == "win32" or (ROOT / "leafcast.command").stat().st_mode & 0o111
