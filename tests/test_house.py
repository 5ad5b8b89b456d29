"""The house keeps its habits: style, types, what is said where, and what may be imported when."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
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
        "heavy = {'numpy', 'scipy', 'weasyprint', 'pikepdf', 'onnxruntime', 'jinja2', 'pydub', 'justhtml', 'soundfile'}\n"
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
    for name in ("build", "fast", "test"):
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


OTHER_WORDS = frozenset({
    "chunk", "chunks", "manager", "processor", "handler", "util", "utils", "helper", "helpers", "misc",
    "porter", "hands", "booth", "recital", "heeds",
})  # fmt: skip
"""Words that say nothing of what a thing is, and private metaphors that a newcomer must translate."""
THEIR_OWN = {
    "_Handler", "handler",  # of http.server, and a box of MP4 (ISO 14496-12, 8.4.3)
    "_samples_in_chunks",  # of MP4 (8.7.4)
    "processor",  # the machine's
}  # fmt: skip


def words_of(name: str) -> set[str]:
    """The words that a name is made of, in small letters."""
    return set(re.sub(r"([a-z])([A-Z])", r"\1_\2", name).casefold().split("_"))


def test_names_are_the_trades_own() -> None:
    found = {
        name
        for path in MODULES
        for name in (path.stem, *_named(ast.parse(path.read_text("utf-8"))))
        if not OTHER_WORDS.isdisjoint(words_of(name))
    }
    assert found == THEIR_OWN


def _named(tree: ast.Module) -> Iterator[str]:
    """What a module gives a name to."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("PrintPool", {"print", "pool"}),
        ("file_manager", {"file", "manager"}),
        ("MAX_CHUNKS", {"max", "chunks"}),
    ],
)
def test_names_come_apart(name: str, words: set[str]) -> None:
    assert words_of(name) == words
