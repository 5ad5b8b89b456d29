"""Between two states of dist/ there is none that nobody can tell: killed while moving, or watched."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from leafcast.build import publish as publishing
from leafcast.build.journal import KEY, KIND, left_behind, strike_out, write_down
from leafcast.build.pipeline import build
from leafcast.checks.files import check_files, check_unknown, unknown_files
from leafcast.commands.cli import leafcast
from leafcast.document.artifact import Manifest
from leafcast.document.errors import LeafcastError
from leafcast.document.report import Report
from leafcast.execution.request import Request
from leafcast.practice.project import Project, load_project
from leafcast.state.cache import Cache
from leafcast.state.manifest import read_manifest
from tests.conftest import SHORT_ARTICLE, write_practice
from tests.test_interrupted import Silent
from tests.test_pipeline import everything

EDITIONS = ("sections", "sitemap", "sums")


class Killed(BaseException):
    """As if the machine had stopped."""


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    practice = write_practice(tmp_path_factory.mktemp("publishing") / "practice")
    other = SHORT_ARTICLE.replace("A Quiet Hour", "Another Hour")
    (practice / "source/second.md").write_text(other, encoding="utf-8")
    assert make(practice).exit_code == 0
    return practice


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built_once, tmp_path / "practice"))


def make(practice: Path, *editions: str) -> Report:
    report, request = Report(), Request(editions=editions or EDITIONS, jobs=1)
    build(load_project(practice), request, Silent(), report)
    return report


def edit(practice: Path, what: str, there: str, slug: str = "quiet-hour") -> None:
    path = practice / f"source/{slug}.md"
    path.write_text(path.read_text("utf-8").replace(what, there), encoding="utf-8")


def false_sums(dist: Path) -> list[str]:
    """The lines of SHA256SUMS that are not true of what stands there."""
    try:
        lines = (dist / "SHA256SUMS").read_text().splitlines()
    except FileNotFoundError:
        return []
    told = dict(reversed(line.split("  ", 1)) for line in lines)
    there = {path: dist / path for path in told}
    return [
        path
        for path, file in there.items()
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != told[path]
    ]


@pytest.fixture
def watched(built: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Looks at the sums before and after each change to dist/; what was false, and at which."""
    false: list[str] = []

    def look(name: str) -> None:
        real: Callable[..., object] = getattr(publishing.os, name)

        def looked(*given: object, **named: object) -> object:
            done = real(*given, **named)
            false.extend(f"{name} {given}: {each}" for each in false_sums(built / "dist"))
            return done

        monkeypatch.setattr(publishing.os, name, looked)

    look("replace")
    look("unlink")
    yield false
    assert not false
    assert not false_sums(built / "dist")
    said = (built / "dist/SHA256SUMS").read_text().splitlines()
    named = {line.split("  ", 1)[1] for line in said}
    assert named == read_manifest(built / "dist").paths - {"SHA256SUMS"}


# ---------------------------------------------------------------- sums


def test_the_sums_are_true_at_every_moment(built: Path, watched: list[str]) -> None:
    edit(built, "You go home.", "You walk home.")
    edit(built, "## What happens", "## What will happen", "second")
    make(built)


def test_they_are_true_where_sums_are_not_asked_for(built: Path, watched: list[str]) -> None:
    edit(built, "You go home.", "You walk home.")
    make(built, "sections")


def test_they_are_true_while_an_article_is_taken_away(built: Path, watched: list[str]) -> None:
    (built / "source/second.md").unlink()
    make(built)


def test_they_are_true_after_a_build_that_was_killed(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(built, "You go home.", "You walk home.")
    edit(built, "You go home.", "You walk home.", "second")
    with monkeypatch.context() as patch:
        kill_at(patch, "write_manifest", after=1)
        with pytest.raises(Killed):
            make(built)
    assert not false_sums(built / "dist")
    lines = (built / "dist/SHA256SUMS").read_text().splitlines()
    assert 0 < len(lines) < len(read_manifest(built / "dist").paths)
    make(built)
    clean = clean_build(built)
    assert everything(built / "dist") == everything(clean / "dist")


def test_sums_of_the_owners_own_are_left_alone(practice: Path) -> None:
    (practice / "dist").mkdir()
    (practice / "dist/SHA256SUMS").write_text("0  quiet-hour/quiet-hour-test-sheet.pdf\n")
    make(practice, "test-sheet")
    assert (practice / "dist/SHA256SUMS").read_text().startswith("0  ")


# ---------------------------------------------------------------- killed while moving


def kill_at(patch: pytest.MonkeyPatch, name: str, after: int = 0) -> None:
    """Kill the build at a call of one of dist's functions, after so many."""
    real, calls = getattr(publishing, name), []

    def killed(*given: object) -> object:
        calls.append(name)
        if len(calls) > after:
            raise Killed
        return real(*given)

    patch.setattr(publishing, name, killed)


def clean_build(practice: Path) -> Path:
    """The same practice, built by nobody before."""
    clean = practice.parent / "clean"
    shutil.copytree(practice / "source", clean / "source")
    make(clean)
    return clean


@pytest.mark.parametrize(
    ("where", "after"),
    [("_move", 0), ("_move", 1), ("_move", 2), ("_remove_files", 0), ("write_manifest", 0),
     ("strike_out", 1)],
)  # fmt: skip
def test_what_a_killed_build_moved_in_goes_when_its_cause_is_taken_back(
    built: Path, built_once: Path, monkeypatch: pytest.MonkeyPatch, where: str, after: int
) -> None:
    edit(built, "## What happens", "## What happens again")
    with monkeypatch.context() as patch:
        kill_at(patch, where, after)
        with pytest.raises(Killed):
            make(built)
    edit(built, "## What happens again", "## What happens")
    assert make(built).exit_code == 0
    assert everything(built / "dist") == everything(built_once / "dist")
    manifest = read_manifest(built / "dist")
    assert not [*check_files(built / "dist", manifest), *check_unknown(built / "dist", manifest)]


def test_what_was_moved_in_stays_once_the_manifest_names_it(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(built, "## What happens", "## What happens again")
    with monkeypatch.context() as patch:
        kill_at(patch, "strike_out", after=1)
        with pytest.raises(Killed):
            make(built)
    project = load_project(built)
    assert Cache(project.work).has(KIND, KEY)
    assert not left_behind(project, read_manifest(project.dist))
    assert make(built).exit_code == 0
    assert (built / "dist/quiet-hour/audio/02-what-happens-again.mp3").is_file()
    assert not Cache(project.work).has(KIND, KEY)


@pytest.fixture
def project(practice: Path) -> Project:
    return load_project(practice)


def test_a_journal_leads_nowhere_else(project: Project, tmp_path: Path) -> None:
    write_down(project, {"../source/practice.toml", "/etc/passwd", "a//b", "x/y.mp3", "z.pdf"})
    known = Manifest(site={})
    assert left_behind(project, known) == {"x/y.mp3", "z.pdf"}
    strike_out(project)
    assert left_behind(project, known) == set()


@pytest.mark.parametrize("content", [b"", b"[", b"{}", b"0", b'["x/y.mp3"]'])
def test_a_damaged_journal_says_nothing(project: Project, content: bytes) -> None:
    write_down(project, {"x/y.mp3"})
    Cache(project.work).path(KIND, KEY).write_bytes(content)
    assert left_behind(project, Manifest()) == set()


def test_a_strangers_file_is_left_by_builds(built: Path) -> None:
    (built / "dist/robots.txt").write_text("mine")
    (built / "dist/quiet-hour/notes.txt").write_text("mine")
    edit(built, "## What happens", "## What happens again")
    make(built)
    assert (built / "dist/robots.txt").read_text() == "mine"
    assert (built / "dist/quiet-hour/notes.txt").read_text() == "mine"


# ---------------------------------------------------------------- what no manifest names


def test_check_and_changes_name_what_no_manifest_names(built: Path) -> None:
    stale = built / "dist/quiet-hour/audio/03-how-it-ends-again.mp3"
    shutil.copy(next((built / "dist/quiet-hour/audio").glob("*.mp3")), stale)
    (built / "dist/gone").mkdir()
    (built / "dist/gone/index.html").symlink_to("nowhere")
    unknown = ["gone/index.html", "quiet-hour/audio/03-how-it-ends-again.mp3"]
    assert [*unknown_files(built / "dist", read_manifest(built / "dist"))] == unknown
    checked = CliRunner().invoke(leafcast, ["check", "--project", str(built)])
    for command in (["changes"], ["changes", "--files"]):
        done = CliRunner().invoke(leafcast, [*command, "--project", str(built)])
        assert all(f"dist/{path}" in done.output for path in unknown)
    assert all(f"dist/{path}: No build made this file" in checked.output for path in unknown)
    assert checked.output.count("[file-unknown]") == 2


def test_of_a_build_there_is_nothing_unknown(built: Path) -> None:
    assert not unknown_files(built / "dist", read_manifest(built / "dist"))
    assert not unknown_files(built / "nowhere", Manifest())


# ---------------------------------------------------------------- in the way


def test_an_empty_folder_in_place_of_a_file_is_no_hindrance(built: Path) -> None:
    path = built / "dist/sitemap.xml"
    path.unlink()
    path.mkdir()
    assert make(built).exit_code == 0
    assert path.is_file()


def test_a_folder_with_somebodys_files_is_named(built: Path) -> None:
    path = built / "dist/sitemap.xml"
    path.unlink()
    path.mkdir()
    (path / "mine.txt").write_text("mine")
    with pytest.raises(LeafcastError, match="dist/ cannot be written"):
        make(built)
    assert (path / "mine.txt").is_file()


def test_no_temporary_name_is_shown(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, data: bytes) -> None:
        raise OSError(30, "Read-only file system", str(path.parent / ".x7.part"))

    edit(built, "You go home.", "You walk home.")
    monkeypatch.setattr(publishing, "write_beside", refuse)
    with pytest.raises(LeafcastError) as told:
        make(built)
    assert told.value.path == str(built / "dist")
    assert "Read-only" in told.value.message
