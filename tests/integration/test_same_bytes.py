"""Two builds of one source are the same to the last byte, whatever is different around them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import ROOT, TODAY
from tests.test_elsewhere import write_two
from tests.test_pipeline import everything

EDITIONS = (
    "a4", "booklet", "trifold", "page", "sections", "episode", "epub", "daisy",
    "podcast", "library", "hosting", "sitemap", "sums",
)  # fmt: skip
DAY_SECONDS = 86_400
HERE = {
    "TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1",
    "SOURCE_DATE_EPOCH": TODAY, "USER": "jo", "LOGNAME": "jo",
}  # fmt: skip
THERE = {
    "TZ": "Pacific/Kiritimati", "LANG": "de_DE", "LC_ALL": "C", "PYTHONHASHSEED": "77",
    "SOURCE_DATE_EPOCH": str(int(TODAY) + 5 * DAY_SECONDS), "USER": "Siân O'Hara",
    "LOGNAME": "someone", "HOSTNAME": "elsewhere", "COLUMNS": "40", "NO_COLOR": "1",
}  # fmt: skip


def build(folder: Path, around: Mapping[str, str], *asked: str, mask: int = 0o022) -> None:
    """A build in a process of its own."""
    named = [word for name in EDITIONS for word in ("--edition", name)]
    command = [sys.executable, "-m", "leafcast", "build", "--quiet", *named, *asked]
    done = subprocess.run(
        [*command, "--project", str(folder)],
        cwd=ROOT,
        env=os.environ | around,
        umask=mask,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def modes(dist: Path) -> set[int]:
    return {path.stat().st_mode & 0o777 for path in dist.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles, built as usual."""
    practice = write_two(tmp_path_factory.mktemp("here") / "practice")
    build(practice, HERE, "--jobs", "2")
    return practice


@pytest.mark.skipif(os.name == "nt", reason="no such names, and no umask")
def test_two_builds_differ_in_nothing(here: Path, tmp_path: Path) -> None:
    """Other folder, day, time zone, language, user, hashes, jobs, order, umask and programs."""
    odd = write_two(tmp_path / 'it\'s "ünï" 100% #1 & $(touch pwn) ;x')
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("ffmpeg", "ffprobe", "gs", "pdftk"):
        (programs / name).write_text("#!/bin/sh\nexit 1\n")
        (programs / name).chmod(0o755)
    around = {
        **THERE,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "XDG_CACHE_HOME": str(tmp_path / "user"),
    }
    build(odd, around, "--jobs", "1", "second", mask=0o077)  # the other article first
    build(odd, around, "--jobs", "1", mask=0o077)
    made = everything(here / "dist")
    assert len(made) > 60 and everything(odd / "dist") == made
    assert modes(odd / "dist") == {0o644}  # whoever serves them may read them
    assert not list(tmp_path.rglob("pwn")) and not (ROOT / "pwn").exists()


def test_what_is_kept_from_before_decides_nothing(here: Path, tmp_path: Path) -> None:
    """From the cache, and from nothing; after an edit that was taken back."""
    practice = tmp_path / "practice"
    shutil.copytree(here, practice)
    made = everything(here / "dist")
    source = practice / "source/quiet-hour.md"
    text = source.read_text("utf-8")
    source.write_text(text.replace("You go home.", "You walk home."), "utf-8")
    build(practice, HERE)
    assert everything(practice / "dist") != made
    source.write_text(text, "utf-8")
    build(practice, HERE)
    assert everything(practice / "dist") == made
    shutil.rmtree(practice / "dist")
    build(practice, HERE)
    assert everything(practice / "dist") == made
    for name in ("dist", ".leafcast", "audio"):
        shutil.rmtree(practice / name)
    build(practice, HERE)
    assert everything(practice / "dist") == made


def test_a_cluster_makes_the_same(here: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    practice = write_two(tmp_path / "practice")
    store = tmp_path / "store"
    build(practice, THERE, "--jobs", "2", "--cluster", "local", "--store", str(store))
    assert everything(practice / "dist") == everything(here / "dist")
    assert list((store / "blobs").iterdir())
