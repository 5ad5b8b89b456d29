"""The wheel carries all that a build needs: installed elsewhere, it builds from a copy of source/."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    checkout = folder / "checkout"
    names = ["leafcast", "templates", "audio", "pyproject.toml", "LICENSE", "NOTICE", "README.md"]
    checkout.mkdir()
    for name in names:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, checkout / name, ignore=shutil.ignore_patterns("*.wav", "__pycache__")
            )
        else:
            shutil.copy(ROOT / name, checkout / name)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=checkout, check=True, capture_output=True,
    )  # fmt: skip
    return next(folder.glob("leafcast-*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel installed; the libraries come from the one the tests run in."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    probe = [str(python), "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"]
    packages = subprocess.run(probe, check=True, capture_output=True, text=True).stdout.strip()
    libraries = folder / "libraries"
    libraries.mkdir()
    for entry in Path(sysconfig.get_paths()["purelib"]).iterdir():
        if not entry.name.startswith("leafcast") and entry.suffix != ".pth":
            (libraries / entry.name).symlink_to(entry)
    (Path(packages) / "libraries.pth").write_text(f"{libraries}\n")
    return python


def test_it_builds_from_a_copy_of_the_source(elsewhere: Path, practice: Path) -> None:
    command = [str(elsewhere.parent / "leafcast"), "build", "--project", str(practice)]
    done = subprocess.run(
        command, cwd=practice.parent, capture_output=True, text=True, check=False,
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    made = {path.name for path in (practice / "dist/quiet-hour").iterdir()}
    assert {"quiet-hour-booklet-print.pdf", "quiet-hour.mp3", "audio"} <= made


def test_it_is_not_the_checkout_that_ran(elsewhere: Path, tmp_path: Path) -> None:
    code = "import leafcast, leafcast.practice.project as p; print(leafcast.__file__, p.shipped_folder())"
    done = subprocess.run(
        [str(elsewhere), "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert str(ROOT / "leafcast") not in done.stdout
    assert done.stdout.strip().endswith("shipped")


def test_its_voices_and_fonts_are_inside(elsewhere: Path, practice: Path) -> None:
    done = subprocess.run(
        [str(elsewhere), "-m", "leafcast", "voices", "--project", str(practice)],
        cwd=practice, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert any("kokoro" in line and "ready" in line for line in done.stdout.splitlines())
