"""Handing out: what can be printed, what changed since it was saved, what is pasted where."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from leafcast.document.artifact import EditionRecord, FileRecord, Manifest
from leafcast.practice.project import Practice, Project, load_project
from leafcast.readers.folder import read_source
from leafcast.studio import handing
from leafcast.studio.server import running
from tests.studio.test_access import ask

HOUR = {
    "trifold": ("h/h-trifold-print.pdf", "h/h-trifold-print-long-edge.pdf", "h/h-trifold.pdf"),
    "large-print": (
        "h/h-large-print.pdf",
        "h/h-large-print-24.pdf",
        "h/h-large-print-dyslexia.pdf",
    ),
    "episode": ("h/h.mp3", "h/h.m4b"),
    "page": ("h/index.html", "h/player.html"),
}


def manifest(**slugs: str) -> Manifest:
    """Articles by their slug, each with the same files, whose content is told."""
    made = {slug: records(slug, content) for slug, content in slugs.items()}
    feed = EditionRecord({}, (FileRecord("podcast.xml", 1, "text/xml", "0"),))
    return replace(Manifest(), publications=made, site={"podcast": feed})


def records(slug: str, content: str) -> dict[str, EditionRecord]:
    return {
        edition: EditionRecord(
            {}, tuple(FileRecord(f"{slug}/{path[2:]}", 1, "x/y", content) for path in paths)
        )
        for edition, paths in HOUR.items()
    }


def with_website(practice: Path, website: str) -> Project:
    file = practice / "source" / "practice.toml"
    line = f'website = "{website}"' if website else ""
    text = file.read_text("utf-8").replace('website = "https://example.org"', line)
    file.write_text(text, "utf-8")
    return load_project(practice)


def test_what_is_printed_is_for_her_printer() -> None:
    hour = records("h", "1")
    practice = Practice("Anna")
    short = [each.href for each in handing.printed("h", hour, practice, "print")]
    assert short == ["h/h-trifold-print.pdf", "h/h-large-print.pdf", "h/h-large-print-24.pdf"]
    long = next(handing.printed("h", hour, practice, "print-long-edge"))
    assert long.href == "h/h-trifold-print-long-edge.pdf"
    assert [(each.words, each.then) for each in handing.printed("h", hour, practice, "print")] == [
        ("Three-panel leaflet", "Fold in three"),
        ("Large print, 18 point", "Nothing more"),
        ("Large print, 24 point", "Nothing more"),
    ]


def test_answers_are_remembered_and_what_is_unknown_is_not_taken(practice: Path) -> None:
    project = load_project(practice)
    usual = handing.answers_of(project)
    assert usual == {"printer": "print", "builder": "WordPress"}
    handing.remember(project, {"builder": "Wix"})
    handing.remember(project, {"printer": "print-long-edge"})
    assert handing.answers_of(project) == {"printer": "print-long-edge", "builder": "Wix"}
    handing.remember(project, {"printer": "../x"})
    assert handing.answers_of(project)["printer"] == "print"
    (project.work / "studio" / "answers.json").write_text("[1", "utf-8")
    assert handing.answers_of(project) == usual


def test_what_changed_since_it_was_saved_is_told(practice: Path) -> None:
    project = load_project(practice)
    assert handing.changed_since_saved(project, manifest(a="1", b="1")) is None
    handing.saved(project, manifest(a="1", b="1"))
    assert handing.changed_since_saved(project, manifest(a="1", b="1")) == ()
    assert set(handing.changed_since_saved(project, manifest(a="2", c="1")) or ()) == {
        ("a", "changed"),
        ("b", "taken away"),
        ("c", "new"),
    }


@pytest.mark.parametrize("there_is_a_window", [True, False])
def test_the_website_is_a_file_or_a_folder_and_both_count_as_saved(
    practice: Path, monkeypatch: pytest.MonkeyPatch, there_is_a_window: bool
) -> None:
    shown: list[str] = []

    def launch(folder: str) -> int:
        shown.append(folder)
        return 0 if there_is_a_window else 1

    monkeypatch.setattr("click.launch", launch)
    project = load_project(practice)
    with running(practice) as studio:
        assert handing.changed_since_saved(project, Manifest()) is None
        said = json.loads(ask(studio, "/website-folder", "POST").read())["words"]
        assert ("another window" in said) == there_is_a_window
        assert f"“{project.dist.name}” in “{practice.name}”" in said
        assert handing.changed_since_saved(project, Manifest()) == ()
        (project.work / "studio" / "saved.json").unlink()
        assert ask(studio, "/website.zip").read().startswith(b"PK")
        assert handing.changed_since_saved(project, Manifest()) == ()
    assert shown == [str(project.dist)]


def test_the_player_and_the_podcast_are_where_the_website_is(practice: Path) -> None:
    project = with_website(practice, "https://example.co.uk/leaflets/")
    made = manifest(hour="1")
    file = practice / "source" / "quiet-hour.md"
    article = read_source(project, file).article
    assert article
    hour = replace(article, slug="hour", title='An "hour" & more')
    frame = handing.player(project, made, hour)
    assert 'src="https://example.co.uk/leaflets/hour/player.html"' in frame
    assert 'title="Listen: An &quot;hour&quot; &amp; more"' in frame
    assert handing.feed(project, made) == "https://example.co.uk/leaflets/podcast.xml"
    assert handing.player(project, made, article) == ""
    assert handing.feed(project, Manifest()) == ""


def test_without_a_website_nothing_is_offered_that_needs_one(practice: Path) -> None:
    project = with_website(practice, "")
    article = read_source(project, practice / "source" / "quiet-hour.md").article
    assert article
    assert handing.player(project, manifest(**{"quiet-hour": "1"}), article) == ""
    assert handing.feed(project, manifest(hour="1")) == ""


def test_what_is_saved_is_what_was_made(practice: Path, tmp_path: Path) -> None:
    project = load_project(practice)
    for path in ("h/index.html", "h/mine.txt", "manifest.json"):
        file = project.dist / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(path), "utf-8")
    handing.write_zip(project, manifest(h="1"), tmp_path / "website.zip")
    with zipfile.ZipFile(tmp_path / "website.zip") as packed:
        assert packed.namelist() == ["h/index.html", "manifest.json"]
