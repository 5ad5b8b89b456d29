"""What has the name of a file of the owner's and is none is told, or made anew: nothing hangs."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from leafcast.design.own_pictures import own_picture_fault
from leafcast.document.artifact import FileRecord, Manifest
from leafcast.document.errors import NotAFile, SettingsError, cure_of, regular
from leafcast.document.report import Place, Report, Severity
from leafcast.practice.project import load_project
from leafcast.readers.folder import read_articles
from leafcast.site.changes import FILE as UPLOADED
from leafcast.site.changes import read_uploaded
from leafcast.state.cache import Cache
from leafcast.state.hashes import is_as_made, is_intact
from leafcast.state.manifest import read_bytes, read_manifest, write_manifest
from tests.conftest import PRACTICE, SHORT_ARTICLE

Put = Callable[[Path], object]


def a_folder(path: Path) -> None:
    path.mkdir()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


KINDS = [a_folder] if os.name == "nt" else [a_folder, a_pipe, a_device]


def instead(path: Path, put: Put) -> Path:
    """Put something in the place of a file."""
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path)
    return path


@pytest.mark.parametrize("put", KINDS)
def test_what_is_no_file_is_refused_unopened_and_has_a_cure(tmp_path: Path, put: Put) -> None:
    with pytest.raises(NotAFile) as told:
        regular(instead(tmp_path / "x", put))
    assert "no file" in told.value.strerror and "another name" in cure_of(told.value)


def test_a_file_or_a_link_to_one_is_read(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("words")
    (tmp_path / "link").symlink_to("x")
    assert regular(tmp_path / "link").read_text() == "words"
    with pytest.raises(FileNotFoundError):
        regular(tmp_path / "y")
    assert cure_of(PermissionError()) == ""


@pytest.mark.parametrize("put", KINDS)
def test_settings_that_are_no_file_are_told(practice: Path, put: Put) -> None:
    instead(practice / "source/practice.toml", put)
    with pytest.raises(SettingsError, match="no file") as told:
        load_project(practice)
    assert "another name" in told.value.hint


@pytest.mark.parametrize("put", KINDS)
def test_an_article_that_is_no_file_is_told_and_its_publication_stays(
    practice: Path, put: Put
) -> None:
    instead(practice / "source/quiet-hour.md", put)
    report = Report()
    assert read_articles(load_project(practice), report) == {"quiet-hour": None}
    (told,) = report.findings
    assert (told.code, told.severity) == ("article-unreadable", Severity.ERROR)
    assert told.place == Place("source/quiet-hour.md") and told.fix


@pytest.mark.parametrize("to", ["gone.md", "quiet-hour.md"])
def test_an_article_that_is_a_link_to_nowhere_is_told(practice: Path, to: str) -> None:
    path = practice / "source/quiet-hour.md"
    path.unlink()
    path.symlink_to(to)
    report = Report()
    assert read_articles(load_project(practice), report) == {"quiet-hour": None}
    assert "leads nowhere" in report.findings[0].fix


def test_pictures_that_are_links_to_themselves_are_not_there(practice: Path) -> None:
    (practice / "source/door.png").symlink_to("door.png")
    text = (
        SHORT_ARTICLE.replace("summary:", "cover: door.png\nsummary:") + "\n![A door](door.png)\n"
    )
    (practice / "source/quiet-hour.md").write_text(text, "utf-8")
    look = '\n[look]\nlogo = "door.png"\nlogo_alt = "A door"\n'
    (practice / "source/practice.toml").write_text(PRACTICE + look, "utf-8")
    project, report = load_project(practice), Report()
    read_articles(project, report)
    assert [each.code for each in report.findings] == ["cover-unusable", "picture-missing"]
    assert own_picture_fault(project, "logo")


@pytest.mark.parametrize("put", KINDS)
def test_what_builds_remember_is_made_anew_in_place_of_what_is_no_file(
    practice: Path, put: Put
) -> None:
    cache = Cache(practice / "cache")
    cache.write("clips", "ab12", b"sound")
    instead(cache.path("clips", "ab12"), put)
    assert cache.read("clips", "ab12") is None
    cache.write("clips", "ab12", b"sound")
    assert cache.read("clips", "ab12") == b"sound"
    project = load_project(practice)
    instead(project.work / UPLOADED, put)
    assert read_uploaded(project) is None


@pytest.mark.parametrize("put", KINDS)
def test_what_stands_in_dist_and_is_no_file_is_not_as_it_was_made(tmp_path: Path, put: Put) -> None:
    instead(tmp_path / "x.pdf", put)
    record = FileRecord("x.pdf", 0, "application/pdf", "")
    assert not is_intact(tmp_path, record) and not is_as_made(tmp_path, record)
    instead(tmp_path / "manifest.json", put)
    assert read_bytes(tmp_path) is None and read_manifest(tmp_path) == Manifest()


@pytest.mark.parametrize("put", KINDS[1:])
def test_a_manifest_that_is_no_file_is_replaced(tmp_path: Path, put: Put) -> None:
    instead(tmp_path / "manifest.json", put)
    write_manifest(tmp_path, Manifest())
    assert regular(tmp_path / "manifest.json") and not (tmp_path / "manifest.json").is_symlink()
