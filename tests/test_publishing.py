"""Between two states of dist/ there is none that nobody can tell: killed while moving, or watched."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from leafcast.build import journal, moving
from leafcast.build import publish as publishing
from leafcast.build.journal import MOVING, PUBLISHED, Journal, manifest_of
from leafcast.build.lock import only_build
from leafcast.build.pipeline import build, check_project
from leafcast.checks.files import check_files, check_left, check_unknown, unknown_files
from leafcast.commands.cli import leafcast
from leafcast.document.artifact import Manifest
from leafcast.document.errors import InTheWay, LeafcastError
from leafcast.document.report import Finding, Place, Report, Severity
from leafcast.execution.request import Request, Silent
from leafcast.practice.project import load_project
from leafcast.state.manifest import read_manifest, write_manifest
from leafcast.state.store import State, open_state
from tests.conftest import SHORT_ARTICLE, write_practice
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


def told_of(practice: Path, slug: str) -> set[str]:
    """The codes of what `leafcast check` finds of an article."""
    report = Report()
    check_project(load_project(practice), (slug,), report)
    return {each.code for each in report.findings}


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
        real: Callable[..., object] = getattr(moving.os, name)

        def looked(*given: object, **named: object) -> object:
            done = real(*given, **named)
            false.extend(f"{name} {given}: {each}" for each in false_sums(built / "dist"))
            return done

        monkeypatch.setattr(moving.os, name, looked)

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
        kill_at(patch, "remove_files", after=1)
        with pytest.raises(Killed):
            make(built)
    assert not false_sums(built / "dist")
    lines = (built / "dist/SHA256SUMS").read_text().splitlines()
    assert 0 < len(lines) < len(read_manifest(built / "dist").paths)
    make(built)
    clean = clean_build(built)
    assert everything(built / "dist") == everything(clean / "dist")


@pytest.mark.parametrize("order", ["reversed", "no line end"])
def test_sums_in_another_order_lose_the_same_lines(
    built: Path, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    path = built / "dist/SHA256SUMS"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(reversed(lines)) if order == "reversed" else "".join(lines).rstrip())
    edit(built, "You go home.", "You walk home.")
    with monkeypatch.context() as patch:
        kill_at(patch, "publication")
        with pytest.raises(Killed):
            make(built)
    assert not false_sums(built / "dist")
    left = {line.strip() for line in path.read_text().splitlines()}
    assert left and left < {line.strip() for line in lines}


def test_sums_of_the_owners_own_are_left_alone(practice: Path) -> None:
    (practice / "dist").mkdir()
    (practice / "dist/SHA256SUMS").write_text("0  quiet-hour/quiet-hour-test-sheet.pdf\n")
    make(practice, "test-sheet")
    assert (practice / "dist/SHA256SUMS").read_text().startswith("0  ")


# ---------------------------------------------------------------- killed while moving


def kill_at(patch: pytest.MonkeyPatch, name: str, after: int = 0) -> None:
    """Kill the build at a call of one of dist's functions, after so many."""
    owner: object = publishing if hasattr(publishing, name) else journal
    owner = owner if hasattr(owner, name) else Journal
    real, calls = getattr(owner, name), []

    def killed(*given: object) -> object:
        calls.append(name)
        if len(calls) > after:
            raise Killed
        return real(*given)

    patch.setattr(owner, name, killed)


def clean_build(practice: Path) -> Path:
    """The same practice, built by nobody before."""
    clean = practice.parent / "clean"
    shutil.copytree(practice / "source", clean / "source")
    make(clean)
    return clean


@pytest.mark.parametrize(
    ("where", "after"),
    [("move", 0), ("move", 1), ("move", 2), ("remove_files", 1), ("publication", 0),
     ("site", 0), ("write_manifest", 0), ("close", 0)],
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


@pytest.mark.parametrize("where", ["site", "write_manifest"])
def test_what_was_published_is_known_before_the_manifest_says_so(
    built: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    edit(built, "## What happens", "## What happens again")
    with monkeypatch.context() as patch:
        kill_at(patch, where)
        with pytest.raises(Killed):
            make(built)
    project, new = load_project(built), "quiet-hour/audio/02-what-happens-again.mp3"
    assert new not in read_manifest(project.dist).paths
    assert new in manifest_of(project).paths
    before = (project.dist / new).stat().st_ino
    assert make(built).exit_code == 0
    assert (project.dist / new).stat().st_ino == before  # nothing was made again
    assert read_manifest(project.dist) == manifest_of(project)
    with open_state(project.work) as state:
        assert not state.keys(PUBLISHED) and not state.keys(MOVING)


def test_the_manifest_is_written_once_however_many_articles(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    monkeypatch.setattr(
        journal, "write_manifest", lambda *given: written.append(1) or write_manifest(*given)
    )
    for slug in ("quiet-hour", "second"):
        edit(built, "You go home.", "You walk home.", slug)
    make(built)
    make(built)  # nothing to do
    assert written == [1]


def test_a_build_that_is_stopped_says_what_it_published(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*given: object) -> None:
        raise KeyboardInterrupt

    edit(built, "## What happens", "## What happens again")
    monkeypatch.setattr(Journal, "site", stopped)
    with pytest.raises(KeyboardInterrupt):
        make(built)
    assert "quiet-hour/audio/02-what-happens-again.mp3" in read_manifest(built / "dist").paths
    assert not false_sums(built / "dist")


def test_beside_another_manifest_what_was_published_says_nothing(
    built: Path, built_once: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """dist/ was put back as it was, from a copy, after a build that was killed."""
    edit(built, "You go home.", "You walk home.")
    make(built)
    edit(built, "You walk home.", "You run home.")
    with monkeypatch.context() as patch:
        kill_at(patch, "write_manifest")
        with pytest.raises(Killed):
            make(built)
    shutil.rmtree(built / "dist")
    shutil.copytree(built_once / "dist", built / "dist")
    assert manifest_of(load_project(built)) == read_manifest(built_once / "dist")
    edit(built, "You run home.", "You go home.")
    assert make(built).exit_code == 0
    assert everything(built / "dist") == everything(built_once / "dist")


def test_an_article_taken_away_while_the_manifest_still_names_it(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (built / "source/second.md").unlink()
    with monkeypatch.context() as patch:
        kill_at(patch, "write_manifest")
        with pytest.raises(Killed):
            make(built)
    assert "second" in read_manifest(built / "dist").publications
    assert "second" not in manifest_of(load_project(built)).publications
    make(built)
    assert everything(built / "dist") == everything(clean_build(built) / "dist")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with open_state(tmp_path / "work") as opened:
        yield opened


def test_a_journal_leads_nowhere_else(state: State, tmp_path: Path) -> None:
    kept = Journal(tmp_path / "dist", state)
    kept.coming({"../source/practice.toml", "/etc/passwd", "a//b", "x/y.mp3", "z.pdf"})
    assert kept.left_behind(Manifest()) == {"x/y.mp3", "z.pdf"}
    kept.close(Manifest(), tmp_path / "through")
    assert kept.left_behind(Manifest()) == set()


def test_a_damaged_journal_says_nothing(tmp_path: Path) -> None:
    with open_state(tmp_path) as state:
        Journal(tmp_path / "dist", state).coming({"x/y.mp3"})
    with sqlite3.connect(tmp_path / "state.sqlite") as damaged:
        damaged.execute("UPDATE facts SET value = ?", (b'["z.mp3"]',))
    damaged.close()
    with open_state(tmp_path) as state:
        assert Journal(tmp_path / "dist", state).left_behind(Manifest()) == set()


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


@pytest.mark.parametrize("harm", ["gone", "cut short"])
def test_what_an_article_left_behind_is_told_until_it_is_gone(built: Path, harm: str) -> None:
    """Its manifest was gone when it was taken away: nobody can prove whose its files are."""
    manifest, own = built / "dist/manifest.json", built / "dist/pictures"
    own.mkdir()
    (own / "door.jpg").write_bytes(b"the webmaster's")
    (built / "dist/second/second-own.pdf").write_bytes(b"a file that is called so")
    manifest.unlink() if harm == "gone" else manifest.write_bytes(manifest.read_bytes()[:99])
    (built / "source/second.md").unlink()
    there = everything(built / "dist/second")
    for _ in range(2):
        (told,) = (each for each in make(built).findings if each.code == "files-left")
        assert told.severity is Severity.WARNING and told.place == Place("dist/second")
        assert "audio/01-" in told.message and "3 more" in told.message
        assert everything(built / "dist/second") == there and (own / "door.jpg").exists()
    shutil.rmtree(built / "dist/second")
    assert "files-left" not in {each.code for each in make(built).findings}


def test_what_an_edition_left_behind_is_told_by_its_name(built: Path) -> None:
    folder = built / "dist/quiet-hour"
    (folder / "quiet-hour-a4.pdf").write_bytes(b"of an earlier build")
    (folder / "notes.txt").write_bytes(b"mine")
    (told,) = (each for each in make(built).findings if each.code == "files-left")
    assert told.message.startswith("No build knows of quiet-hour-a4.pdf, which would")
    assert told.place == Place("dist/quiet-hour")
    make(built, "a4")
    assert [*check_left(built / "dist", read_manifest(built / "dist"))] == []
    assert [*check_left(built / "nowhere", Manifest())] == []


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


def in_the_way(report: Report) -> Finding:
    assert report.exit_code == 1
    (found,) = (each for each in report.findings if each.code == "file-in-the-way")
    return found


def test_a_folder_with_somebodys_files_is_named(built: Path) -> None:
    path = built / "dist/sitemap.xml"
    path.unlink()
    path.mkdir()
    (path / "mine.txt").write_text("mine")
    found = in_the_way(make(built))
    assert found.message.startswith("This folder is not leafcast's")
    assert str(found.place) == str(path) and "Move it out of dist/" in found.fix
    assert (path / "mine.txt").is_file()
    assert in_the_way(make(built)) == found


@pytest.mark.parametrize("where", ["quiet-hour", "quiet-hour/audio"])
def test_a_file_in_place_of_a_folder_is_named(built: Path, where: str) -> None:
    shutil.rmtree(built / "dist" / where)
    (built / "dist" / where).write_text("mine")
    found = in_the_way(make(built))
    assert found.message.startswith("This file is not leafcast's")
    assert str(found.place) == str(built / "dist" / where)
    assert (built / "dist" / where).read_text() == "mine"


def test_what_is_in_the_way_of_one_article_is_in_that_of_no_other(built: Path) -> None:
    """Of the one nothing is moved in; once the way is clear all is as it is to be."""
    first, *others = sorted((built / "dist/quiet-hour").rglob("*.mp3"))
    others[-1].unlink()
    others[-1].mkdir()
    (others[-1] / "mine.txt").write_text("mine")
    stood = first.read_bytes()
    for slug in ("quiet-hour", "second"):
        edit(built, "This is how it begins", "So it begins", slug)
    report = make(built)
    assert in_the_way(report).place == Place(str(others[-1]))
    assert first.read_bytes() == stood
    assert make(built, "sections").exit_code == 1
    assert "not-built-yet" not in told_of(built, "second")
    shutil.rmtree(others[-1])
    assert make(built).exit_code == 0
    assert first.read_bytes() != stood and not false_sums(built / "dist")


def test_a_folder_in_place_of_the_manifest_is_named(built: Path) -> None:
    path = built / "dist/manifest.json"
    path.unlink()
    path.mkdir()
    with pytest.raises(InTheWay, match="This folder is not leafcast's") as told:
        make(built)
    assert told.value.path == str(path)


def test_a_link_that_leads_nowhere_is_named(built: Path) -> None:
    """The disk that dist/ is on is not there."""
    shutil.rmtree(built / "dist")
    (built / "dist").symlink_to(built / "nowhere", target_is_directory=True)
    found = in_the_way(make(built))
    assert found.message.startswith("This link leads nowhere") and "is there" in found.fix
    assert str(found.place) == str(built / "dist") and (built / "dist").is_symlink()


def test_a_folder_of_somebodys_in_place_of_a_file_that_goes_is_left(built: Path) -> None:
    (gone := next((built / "dist/second").rglob("*.mp3"))).unlink()
    gone.mkdir()
    (gone / "mine.txt").write_text("mine")
    (built / "source/second.md").unlink()
    assert make(built).exit_code == 0
    assert (gone / "mine.txt").read_text() == "mine"


def test_a_file_in_place_of_the_work_folder_is_named(practice: Path) -> None:
    (practice / ".leafcast").write_text("mine")
    with pytest.raises(LeafcastError, match="leafcast cannot be written") as told:
        make(practice)
    assert "another name" in told.value.hint
    assert (practice / ".leafcast").read_text() == "mine"


def test_a_folder_in_place_of_the_lock_is_no_hindrance(built: Path) -> None:
    (built / ".leafcast/lock").unlink()
    (built / ".leafcast/lock/x").mkdir(parents=True)
    assert make(built).exit_code == 0


@pytest.mark.parametrize("to", ["nowhere/at/all", "lock", "/dev/zero"])
def test_a_link_in_place_of_the_lock_is_no_hindrance(practice: Path, to: str) -> None:
    (practice / ".leafcast").mkdir()
    (practice / ".leafcast/lock").symlink_to(to)
    with only_build(load_project(practice)):
        assert not (practice / ".leafcast/lock").is_symlink()


def test_no_temporary_name_is_shown(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(through: Path, path: Path, data: bytes) -> None:
        raise OSError(30, "Read-only file system", str(path.parent / ".x7.part"))

    edit(built, "You go home.", "You walk home.")
    monkeypatch.setattr(publishing, "write_through", refuse)
    with pytest.raises(LeafcastError) as told:
        make(built)
    assert told.value.path == str(built / "dist")
    assert "Read-only" in told.value.message
