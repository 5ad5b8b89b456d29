"""Earlier versions: kept once by their bytes, told in words, and gone back to."""

from __future__ import annotations

from pathlib import Path

import pytest

from leafcast.practice.project import load_project
from leafcast.studio.differing import article_in, differences, lines
from leafcast.studio.versions import Versions, slugs_in, together


@pytest.fixture
def versions(practice: Path) -> Versions:
    kept = Versions(practice)
    kept.begin()
    return kept


def rewrite(versions: Versions, old: str, new: str) -> None:
    path = versions.folder / "source" / "quiet-hour.md"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_what_she_wrote_is_there_again(versions: Versions) -> None:
    first = (versions.folder / "source" / "quiet-hour.md").read_bytes()
    rewrite(versions, "You go home.", "You walk home.")
    versions.keep("wrote", "quiet-hour", "You changed the words")
    began, wrote = versions.all()
    versions.go_back(began, "quiet-hour")
    assert (versions.folder / "source" / "quiet-hour.md").read_bytes() == first
    versions.keep("back", "quiet-hour", "You went back")
    versions.go_back(wrote, "quiet-hour")
    assert "You walk home." in (versions.folder / "source" / "quiet-hour.md").read_text("utf-8")


def test_changes_that_follow_each_other_are_one_step(versions: Versions) -> None:
    for words in ("runs", "walks", "flies"):
        rewrite(versions, "You go home.", f"You go home. A bird {words}.")
        versions.keep("wrote", "quiet-hour", "You changed the words")
    assert [each.kind for each in versions.all()] == ["found", "wrote"]
    assert "A bird flies." in (versions.text(versions.all()[-1], "quiet-hour") or "")


def test_what_another_window_wrote_stands_when_it_is_written_over(versions: Versions) -> None:
    rewrite(versions, "You go home.", "You go home by train.")
    versions.keep("wrote", "quiet-hour", "You changed the words")
    versions.stand()
    rewrite(versions, "by train", "on foot")
    versions.keep("wrote", "quiet-hour", "You changed the words")
    rewrite(versions, "on foot", "on foot, slowly")
    versions.keep("wrote", "quiet-hour", "You changed the words")
    texts = [versions.text(each, "quiet-hour") or "" for each in versions.all()]
    assert ["by train" in each for each in texts] == [False, True, False]
    assert "on foot, slowly" in texts[-1]


def test_nothing_changed_is_no_step(versions: Versions) -> None:
    versions.keep("found", "", "Changed outside the studio")
    Versions(versions.folder).begin()
    assert len(versions.all()) == 1


def test_a_change_by_hand_is_a_step_of_its_own(versions: Versions) -> None:
    rewrite(versions, "You go home.", "You walk home.")
    Versions(versions.folder).begin()
    assert [each.words for each in versions.all()] == [
        "As it was at first",
        "Changed outside the studio",
    ]


def test_what_differs_is_told_in_words(versions: Versions) -> None:
    project = load_project(versions.folder)
    then = article_in(project, versions.text(versions.all()[0], "quiet-hour"), "quiet-hour")
    rewrite(versions, "You go home.", "You walk home slowly.")
    text = (versions.folder / "source" / "quiet-hour.md").read_text("utf-8")
    now = article_in(project, text, "quiet-hour")
    (found,) = differences(lines(then), lines(now))
    assert found.then == ((False, "You "), (True, "go home."))
    assert found.now == ((False, "You "), (True, "walk home slowly."))


@pytest.mark.parametrize("kind", ["away", "found"])
def test_an_article_that_is_gone_can_be_brought_back(versions: Versions, kind: str) -> None:
    """Taken away here, or outside; or here, and killed before it was told."""
    path = versions.folder / "source" / "quiet-hour.md"
    words = path.read_bytes()
    path.unlink()
    versions.keep(kind, "", "Gone")
    ((slug, number),) = versions.away(set())
    assert slug == "quiet-hour"
    assert versions.away({"quiet-hour"}) == []
    version = versions.find(number)
    assert version and slug in slugs_in(version)
    versions.go_back(version, slug)
    assert path.read_bytes() == words


def test_what_is_kept_is_held_against_its_hash(versions: Versions) -> None:
    """A damaged copy is never written over what she has."""
    began = versions.all()[0]
    for path in versions.store.glob("??/*"):
        path.write_bytes(b"damaged")
    rewrite(versions, "You go home.", "You walk home.")
    versions.go_back(began, "quiet-hour")
    assert "You walk home." in (versions.folder / "source" / "quiet-hour.md").read_text("utf-8")


def test_a_version_that_was_cut_off_is_left_out(versions: Versions) -> None:
    (versions.store / "000002.json").write_text('{"when": "2026-', "utf-8")
    assert len(versions.all()) == 1
    rewrite(versions, "You go home.", "You walk home.")
    versions.keep("wrote", "quiet-hour", "You changed the words")
    assert [each.kind for each in versions.all()] == ["found", "wrote"]


def test_readings_that_follow_each_other_are_told_as_one(versions: Versions) -> None:
    takes = versions.folder / "audio" / "takes" / "quiet-hour" / "what-happens"
    takes.mkdir(parents=True)
    for at in range(3):
        (takes / f"0{at}.wav").write_bytes(bytes([at]))
        versions.keep("read", "quiet-hour", "You read a sentence")
    rewrite(versions, "You go home.", "You walk home.")
    versions.keep("wrote", "quiet-hour", "You changed the words")
    assert [each.words for each in together(versions.all())] == [
        "As it was at first",
        "You recorded 3 times",
        "You changed the words",
    ]
    assert together(versions.all())[1].number == 4
