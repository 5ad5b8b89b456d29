"""What changed since the last upload, as the owner would say it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from leafcast.build.pipeline import Request, build
from leafcast.commands.cli import leafcast
from leafcast.document.report import Report
from leafcast.execution.request import Silent
from leafcast.practice.project import load_project
from leafcast.readers.folder import read_articles
from leafcast.site import changes as since
from leafcast.site.parts import shelve
from leafcast.state.manifest import read_manifest


def publish(folder: Path) -> since.State:
    project = load_project(folder)
    build(project, Request(editions=("a4", "sums"), jobs=1), Silent(), Report())
    articles = read_articles(project, Report())
    return since.state_of(shelve(project, articles, read_manifest(project.dist)))


def edit(folder: Path, what: str, there: str) -> None:
    path = folder / "source/quiet-hour.md"
    path.write_text(path.read_text("utf-8").replace(what, there), encoding="utf-8")


@pytest.mark.parametrize(
    ("what", "there", "words"),
    [
        ("You go home.", "You walk home.", "“A Quiet Hour”: “What comes after” changed"),
        ("- a worry", "- a fear", "“A Quiet Hour”: “What happens” changed"),
        ("It is a quiet hour.", "It is quiet.", "“A Quiet Hour”: the introduction changed"),
        ("title: A Quiet Hour", "title: A Calm Hour", "“A Calm Hour”: the title changed"),
        (
            "## What comes after",
            "## Afterwards",
            "“A Quiet Hour”: “Afterwards” (new) and “What comes after” (taken out) changed",
        ),
    ],
)
def test_what_was_edited_is_named(practice: Path, what: str, there: str, words: str) -> None:
    before = publish(practice)
    edit(practice, what, there)
    found = since.changes(before, publish(practice))
    assert found[0].words == words
    assert found[0].changed == ("quiet-hour/quiet-hour-a4.pdf",)
    assert found[-1].slug == "" and found[-1].changed == ("SHA256SUMS",)


def test_new_and_taken_away(practice: Path) -> None:
    before = publish(practice)
    (practice / "source/quiet-hour.md").rename(practice / "source/calm-hour.md")
    new, gone, _ = since.changes(before, publish(practice))
    assert (new.words, new.new) == ("“A Quiet Hour” is new", ("calm-hour/calm-hour-a4.pdf",))
    assert gone.words == "“A Quiet Hour” was taken away"
    assert gone.removed == ("quiet-hour/quiet-hour-a4.pdf",)


def test_the_same_words_in_another_dress(practice: Path) -> None:
    before = publish(practice)
    settings = practice / "source/practice.toml"
    settings.write_text(settings.read_text() + '[look]\naccent = "#5A1F5E"\n')
    found = since.changes(before, publish(practice))
    assert "its words are the same" in found[0].words


def test_nothing_changed(practice: Path) -> None:
    assert since.changes(publish(practice), publish(practice)) == ()


def test_the_command_counts_names_and_remembers(practice: Path) -> None:
    publish(practice)

    def changes(*more: str) -> str:
        done = CliRunner().invoke(leafcast, ["changes", "--project", str(practice), *more])
        assert done.exit_code == 0, done.output
        return done.output

    first = changes()
    assert "everything counts as new" in first and "  1 file new" in first
    assert "quiet-hour/quiet-hour-a4.pdf" in changes("--files")
    assert "Remembered" in changes("--uploaded")
    assert changes() == "Nothing changed since the last upload.\n"
    (practice / ".leafcast/uploaded.json").write_text("{broken")
    assert "everything counts as new" in changes()
