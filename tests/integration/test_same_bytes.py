"""Two builds of one source are the same to the last byte, whatever is different around them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, TODAY, write_practice
from tests.test_pipeline import everything

EDITIONS = ("a4", "page", "sections", "epub", "library", "sitemap", "sums")
HERE = {"TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}
THERE = {"TZ": "Pacific/Kiritimati", "LANG": "de_DE", "LC_ALL": "C", "PYTHONHASHSEED": "77"}


def built(folder: Path, around: dict[str, str], jobs: int, mask: int) -> dict[str, str]:
    """What a build makes in `folder`, in a process of its own."""
    write_practice(folder)
    asked = [word for name in EDITIONS for word in ("--edition", name)]
    command = [sys.executable, "-m", "leafcast", "build", "--quiet", "--jobs", str(jobs), *asked]
    done = subprocess.run(
        [*command, "--project", str(folder)],
        cwd=ROOT,
        env=os.environ | around | {"SOURCE_DATE_EPOCH": TODAY},
        umask=mask,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return everything(folder / "dist")


@pytest.mark.skipif(os.name == "nt", reason="no such names, and no umask")
def test_two_builds_differ_in_nothing(tmp_path: Path) -> None:
    here = built(tmp_path / "practice", HERE, 2, 0o022)
    odd = tmp_path / 'it\'s "ünï" 100% #1 & $(touch pwn) ;x'
    there = built(odd, THERE, 1, 0o077)
    assert len(here) > 20 and there == here
    modes = {path.stat().st_mode & 0o777 for path in (odd / "dist").rglob("*") if path.is_file()}
    assert modes == {0o644}  # whoever serves them may read them
    assert not list(tmp_path.rglob("pwn")) and not (ROOT / "pwn").exists()
