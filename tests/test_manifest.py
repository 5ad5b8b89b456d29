"""dist/manifest.json: what is published, and whether it still is what was made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leafcast.document.artifact import EditionRecord, FileRecord, Manifest
from leafcast.page.media import record_file
from leafcast.state.hashes import is_intact
from leafcast.state.manifest import (
    parse_editions,
    plain_editions,
    read_manifest,
    write_manifest,
)


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    (tmp_path / "quiet-hour").mkdir()
    (tmp_path / "quiet-hour" / "quiet-hour.vtt").write_text("WEBVTT\n")
    return tmp_path


def published(dist: Path) -> Manifest:
    record = record_file(dist / "quiet-hour/quiet-hour.vtt", "quiet-hour/quiet-hour.vtt")
    return Manifest().with_publication(
        "quiet-hour", "A Quiet Hour", {"episode": EditionRecord({"article": "a1"}, (record,))}
    )


def test_a_file_is_recorded_with_size_type_and_hash(dist: Path) -> None:
    (record,) = published(dist).files
    sha256 = "73420fdc06730575e08b8a09b5b3824e0f2a9d2dd742640613490ef3abac2bd0"
    assert record == FileRecord("quiet-hour/quiet-hour.vtt", 7, "text/vtt", sha256)


def test_what_is_written_is_read(dist: Path) -> None:
    write_manifest(dist, published(dist))
    assert read_manifest(dist) == published(dist)


def test_words_are_written_as_they_are(dist: Path) -> None:
    write_manifest(dist, Manifest().with_publication("x", "Angst — “Was hilft?”", {}))
    assert '"title": "Angst — “Was hilft?”"' in (dist / "manifest.json").read_text("utf-8")


def test_editions_are_stored_plainly_and_read_back(dist: Path) -> None:
    editions = published(dist).publications["quiet-hour"]
    stored = plain_editions(editions)
    assert stored["episode"]["made_from"] == {"article": "a1"}
    assert stored["episode"]["files"][0]["path"] == "quiet-hour/quiet-hour.vtt"
    assert parse_editions(json.loads(json.dumps(stored))) == editions
    several = {"a4": EditionRecord({"b": "2", "a": "1"}, ())}
    assert list(plain_editions(several)["a4"]["made_from"]) == ["a", "b"]


def test_an_unchanged_manifest_is_not_written_again(dist: Path) -> None:
    write_manifest(dist, published(dist))
    before = (dist / "manifest.json").stat().st_mtime_ns
    write_manifest(dist, published(dist))
    assert (dist / "manifest.json").stat().st_mtime_ns == before


@pytest.mark.parametrize("change", ["longer", "same length", "gone"])
def test_a_changed_file_is_noticed(dist: Path, change: str) -> None:
    (record,) = published(dist).files
    path = dist / record.path
    assert is_intact(dist, record)
    match change:
        case "longer":
            path.write_text("WEBVTT\n\n")
        case "same length":
            path.write_text("webvtt\n")
        case "gone":
            path.unlink()
    assert not is_intact(dist, record)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"publications": 3}',
        '{"publications": {"x": {"title": "X"}}}',
        "\x00",
        '{"publications": ' + "[" * 100_000,
    ],
    ids=lambda text: f"{len(text)} letters",
)
def test_a_manifest_that_cannot_be_trusted_is_no_manifest(dist: Path, text: str) -> None:
    (dist / "manifest.json").write_text(text)
    assert read_manifest(dist) == Manifest()


@pytest.mark.parametrize(
    "path",
    ["../secret", "/etc/passwd", "x/../../secret", "", "./x", "x//y", "..\\x", "C:x", "x\0/y"],
)
def test_a_manifest_that_points_outside_is_not_believed(dist: Path, path: str) -> None:
    write_manifest(dist, published(dist))
    stored = json.loads((dist / "manifest.json").read_text())
    stored["publications"]["quiet-hour"]["editions"]["episode"]["files"][0]["path"] = path
    (dist / "manifest.json").write_text(json.dumps(stored))
    assert read_manifest(dist) == Manifest()
