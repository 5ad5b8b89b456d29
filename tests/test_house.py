"""The house keeps its habits: style, types, what is said where, and what may be imported when."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.speeds import imports_of, speed

MODULES = sorted((ROOT / "leafcast").rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_room_but_the_command_line_prints(path: Path) -> None:
    if path.name not in {"terminal.py", "progress.py"}:
        assert not re.search(r"\bprint\(|click\.echo", path.read_text("utf-8"))


def test_no_error_is_swallowed_whole() -> None:
    """One place may catch whatever a reader raises, and says why."""
    whole = re.compile(r"except(?: \(?Exception\b.*)?:|suppress\((?:Base)?Exception\b")
    found = {path.name: whole.findall(path.read_text("utf-8")) for path in MODULES}
    caught = {name: len(each) for name, each in found.items() if each}
    assert caught.pop("guard.py") == 1
    assert not caught


def test_nothing_to_do_imports_nothing_heavy(practice: Path) -> None:
    code = (
        "import sys; sys.argv = ['leafcast', 'build', '--edition', 'a4', '--jobs', '1', '--project', sys.argv[1]]\n"
        "from leafcast.commands.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: print('exit', end.code)\n"
        "heavy = {'numpy', 'scipy', 'weasyprint', 'pikepdf', 'onnxruntime', 'jinja2', 'pydub', 'justhtml'}\n"
        "print('heavy', sorted(heavy & set(sys.modules)))\n"
    )
    for expected in ("weasyprint", "heavy []"):
        done = subprocess.run(
            [sys.executable, "-c", code, str(practice)], cwd=ROOT, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        assert expected in done.stdout
    assert "Nothing to do" in done.stdout


def test_the_builds_lock_is_a_part_of_the_tests_lock() -> None:
    build, test = (
        set(re.findall(r"^\S+==\S+", (ROOT / f"requirements/{name}.txt").read_text(), re.M))
        for name in ("build", "test")
    )
    assert len(build) > 30
    assert build <= test


def test_every_locked_package_has_hashes_and_no_address() -> None:
    for name in ("build", "test"):
        text = (ROOT / f"requirements/{name}.txt").read_text("utf-8")
        entries = re.split(r"\n(?=\w)", text)[1:]
        assert all("--hash=sha256:" in entry for entry in entries)
        assert not re.search(r"://|file:|@ ", text)


def test_one_place_says_how_many_cores_there_are() -> None:
    """Everything else works on as much at a time as `--jobs` asks for."""
    counting = re.compile(r"cpu_count|ThreadPoolExecutor\(\)")
    found = {path.name for path in MODULES if counting.search(path.read_text("utf-8"))}
    assert found == {"request.py"}


@pytest.mark.parametrize(
    ("marks", "imports", "fixtures", "wanted"),
    [
        ((), {"leafcast.locale.days.today"}, (), "unit"),
        ((), {"leafcast.build.pipeline.build"}, (), "build"),
        ((), {"leafcast.build.pipeline"}, (), "build"),
        ((), {"subprocess"}, (), "build"),
        ((), set(), ("published",), "build"),
        (("unit",), {"leafcast.build.pipeline"}, (), "unit"),
        (("integration", "parametrize"), set(), (), "integration"),
    ],
)
def test_how_quick_a_test_is_follows_from_what_it_imports(
    marks: tuple[str, ...], imports: set[str], fixtures: tuple[str, ...], wanted: str
) -> None:
    assert speed(marks, imports, fixtures) == wanted


def test_imports_in_functions_count(tmp_path: Path) -> None:
    path = tmp_path / "test_x.py"
    path.write_text("import os\ndef test_x():\n    from leafcast.build import pipeline\n")
    assert imports_of(path) == {"os", "leafcast.build.pipeline"}
