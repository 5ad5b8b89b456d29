"""WeasyPrint is opened without a detour, and what is done for that is undone again."""

from __future__ import annotations

import ctypes.util
import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from leafcast.document.publication import Publication
from leafcast.practice.project import load_project
from leafcast.print.layout import lay_out
from leafcast.print.startup import libraries_by_soname, nothing_thrown_away
from leafcast.print.typesetting import A4
from leafcast.readers import read_article
from tests.conftest import ROOT

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems look up otherwise")

LAY_OUT = """\
import sys
from pathlib import Path
started = []
sys.addaudithook(lambda event, _: started.append(event) if event == "subprocess.Popen" else None)
from leafcast.print.editions import write_a4
from leafcast.practice.project import load_project
from leafcast.document.publication import Publication
from leafcast.readers import read_article
project = load_project(Path(sys.argv[1]))
article = read_article(project.source / "quiet-hour.md", project.source).article
{before}
write_a4(Publication(article, project), Path(sys.argv[1]))
print(len(started))
"""


def lay_out_alone(practice: Path, before: str = "") -> int:
    """How many processes a process starts that writes an A4 leaflet."""
    code = LAY_OUT.format(before=before)
    done = subprocess.run(
        [sys.executable, "-c", code, str(practice)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(done.stdout.splitlines()[-1])


@on_linux
def test_a_leaflet_starts_no_process(practice: Path) -> None:
    assert lay_out_alone(practice) == 0


@on_linux
def test_the_detour_is_real(practice: Path) -> None:
    """When WeasyPrint finds its libraries at once by itself, `libraries_by_soname` can go."""
    assert lay_out_alone(practice, before="import weasyprint") > 0


def test_look_ups_are_as_before_afterwards() -> None:
    before = ctypes.util.find_library
    with pytest.raises(OSError, match="no such"), libraries_by_soname():
        raise OSError("no such library")
    assert ctypes.util.find_library is before


def trip() -> None:
    with nothing_thrown_away():
        assert not gc.isenabled()
        raise ValueError("tripped")


@pytest.mark.parametrize("collecting", [True, False])
def test_the_collector_is_as_before_afterwards(*, collecting: bool) -> None:
    was = gc.isenabled()
    try:
        (gc.enable if collecting else gc.disable)()
        with pytest.raises(ValueError, match="tripped"):
            trip()
        assert gc.isenabled() == collecting
    finally:
        (gc.enable if was else gc.disable)()


def boxes_alive() -> int:
    from weasyprint.formatting_structure.boxes import Box

    return sum(isinstance(each, Box) for each in gc.get_objects())


def test_a_leaflets_boxes_are_thrown_away_when_it_is_written(practice: Path) -> None:
    project = load_project(practice)
    article = read_article(project.source / "quiet-hour.md", project.source).article
    assert article
    lay_out(Publication(article, project), A4)
    gc.collect()
    before = boxes_alive()
    for _ in range(3):
        lay_out(Publication(article, project), A4)
    assert boxes_alive() <= before


def test_without_pango_the_owner_is_told_what_to_install(practice: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken" / "weasyprint"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise OSError('cannot load library libpango-1.0-0')\n")
    code = (
        "import sys\n"
        f"sys.argv = ['leafcast', 'build', '--edition', 'a4', '--project', {str(practice)!r}]\n"
        "from leafcast.commands.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(broken.parent), str(ROOT)])},
    )  # fmt: skip
    assert done.returncode == 1
    assert "The libraries that lay out text (Pango) are not on this machine" in done.stderr
