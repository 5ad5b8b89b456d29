"""Another package adds an edition, an engine, a reader and a check, each by one row."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import PathDistribution
from pathlib import Path
from zipfile import ZipFile

import pytest

from leafcast.execution import extensions
from leafcast.execution.extensions import Table, refused
from tests.conftest import ROOT, TODAY, write_practice

PACKAGE = ROOT / "tests/extension"
BUILD = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
HANDED = """
import sys
from pathlib import Path
from leafcast.build.journal import manifest_of
from leafcast.practice.project import load_project
from leafcast.studio.handing import printed
from leafcast.studio.work import leaflets
project = load_project(Path(sys.argv[1]))
records = manifest_of(project).publications["told"]
for each in printed("told", records, project.practice, "print"):
    print(each.words, each.href, each.edition in leaflets())
"""
"""What the studio says can be printed: its words, its file, whether it is made first."""

ARTICLE = """\
#+title: Told in Org
#+author: Jo Example
#+language: en-GB
#+published: 2026-03-01
#+review: 2028-03-01
#+summary: What an hour is like.

This is how it begins.

* What happens

YOU SIT DOWN.
"""


def installed(folder: Path) -> Path:
    """A folder to import from, with the wheel of the package in it."""
    source = folder / "source"
    shutil.copytree(PACKAGE, source, ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run([sys.executable, "-c", BUILD, str(folder)], cwd=source, check=True)
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def leafcast(practice: Path, *command: str, site: Path | None = None) -> str:
    """What the command line says, in a process of its own that may import from `site`."""
    paths = [str(ROOT), *([str(site)] if site else [])]
    done = subprocess.run(
        [sys.executable, "-m", "leafcast", *command, "--project", str(practice)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "SOURCE_DATE_EPOCH": TODAY},
        cwd=practice, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def assert_it_is_offered_wherever_forms_are(practice: Path, site: Path) -> None:
    """In the library, on the page for the reception desk, and where the owner hands it out."""
    assert "Plain text" in (practice / "dist/index.html").read_text("utf-8")
    desk = (practice / "dist/print.html").read_text("utf-8")
    assert "The words, typed" in desk and "One paper clip" in desk
    done = subprocess.run(
        [sys.executable, "-c", HANDED, str(practice)], check=True, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(site)])},
    )  # fmt: skip
    assert done.stdout.splitlines() == ["The words, typed told/told-words.txt True"]


def test_a_package_adds_one_of_each(tmp_path: Path) -> None:
    site = installed(tmp_path)
    practice = write_practice(tmp_path / "practice")
    (practice / "source/quiet-hour.md").unlink()
    (practice / "source/told.org").write_text(ARTICLE, "utf-8")
    (practice / "audio").mkdir()
    (practice / "audio/voices.toml").write_text('[voices.hum]\nengine = "hum"\npitch = 220\n')
    wanted = ("words", "sections", "page", "library")
    build = ["build", *(word for name in wanted for word in ("--edition", name))]
    told = leafcast(practice, *build, "--voice", "hum", site=site)
    folder = practice / "dist/told"
    words = (folder / "told-words.txt").read_text("utf-8")
    assert words.startswith("Told in Org\n") and "What happens\n\nYOU SIT DOWN." in words
    assert "“YOU SIT DOWN.” is in capitals" in told
    made = json.loads((practice / "dist/manifest.json").read_bytes())["publications"]["told"]
    (file,) = made["editions"]["words"]["files"]
    assert file["media_type"] == "text/plain"
    first = next(each for each in made["editions"]["sections"]["files"] if "/01-" in each["path"])
    assert first["seconds"] > 10  # half a second for each of its words, and pauses
    page = (folder / "index.html").read_text("utf-8")
    assert "To read on a screen" in page and "The words alone" in page
    assert_it_is_offered_wherever_forms_are(practice, site)

    assert "Nothing to do" in leafcast(practice, *build, "--voice", "hum", site=site)
    module = site / "leafcast_example/words.py"
    module.write_text(module.read_text().replace("article_text(publication.article)", '"Anew"'))
    assert "leafcast itself changed" in leafcast(
        practice, *build, "--why", "--voice", "hum", site=site
    )
    assert (folder / "told-words.txt").read_text() == "Anew"

    shutil.rmtree(site)  # and without the package, all goes on without its rows
    (practice / "audio/voices.toml").unlink()
    (practice / "source/told.org").unlink()
    markdown = ARTICLE.replace("#+", "").replace("\n\nThis", "\n---\n\nThis").replace("* ", "## ")
    (practice / "source/told.md").write_text(f"---\n{markdown}", "utf-8")
    leafcast(practice, "build", "--edition", "a4")
    assert (folder / "told-a4.pdf").exists() and not (folder / "told-words.txt").exists()


# ---------------------------------------------------------------- rows that cannot be used


@pytest.fixture
def brings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Says which entry points a package called `odd` has."""

    def say(**points: str) -> None:
        info = tmp_path / "odd-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 1.0\n")
        lines = [f"{name} = {value}" for name, value in points.items()]
        (info / "entry_points.txt").write_text("[leafcast.checks]\n" + "\n".join(lines))
        found = PathDistribution(info).entry_points
        monkeypatch.setattr(
            extensions, "_points", lambda table: found.select(group=f"leafcast.{table}")
        )
        monkeypatch.setattr(extensions, "_faults", {})

    return say


@pytest.mark.parametrize(
    ("point", "why"),
    [
        ({"a": "no.such.module:ROW"}, "it cannot be loaded (ModuleNotFoundError"),
        ({"a": "math:nothing"}, "it cannot be loaded (AttributeError"),
        ({"a": "math:pi"}, "it is no str"),
        ({"own": "string:digits"}, "there is one of that name already"),
    ],
)
def test_a_row_that_cannot_be_used_is_left_out_and_told(brings, point, why) -> None:  # type: ignore[no-untyped-def]
    brings(**point)
    table = Table("checks", str, {"own": "ours"})
    assert dict(table) == {"own": "ours"}
    (finding,) = refused()
    assert finding.code == "extension-not-used" and why in finding.message
    assert "package odd" in finding.message and finding.fix.endswith("pip uninstall odd")


def test_rows_of_packages_stand_behind_ours(brings) -> None:  # type: ignore[no-untyped-def]
    brings(b="string:digits", a="string:ascii_letters")
    table = Table("checks", str, {"own": "ours"}, key=lambda name: f".{name}")
    assert list(table) == ["own", ".a", ".b"] and table[".b"] == "0123456789"
    assert not refused()
