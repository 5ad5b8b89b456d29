"""Taking an article away, and what whoever scans its code is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from leafcast.practice.project import Withdrawn, load_project
from leafcast.site.hosting import farewell_page
from leafcast.studio.studio import Studio
from leafcast.studio.withdrawing import bring_back, withdraw


def test_a_withdrawn_article_is_named_in_her_file_until_it_comes_back(practice: Path) -> None:
    file = practice / "source" / "practice.toml"
    before = file.read_text("utf-8")
    withdraw(practice, "quiet-hour", "A Quiet Hour", ("another",))
    withdraw(practice, "second", 'She said "hello"', ())
    withdrawn = load_project(practice).practice.withdrawn
    day = date(2026, 11, 24)
    assert withdrawn == (
        Withdrawn("quiet-hour", "A Quiet Hour", day, ("another",)),
        Withdrawn("second", 'She said "hello"', day),
    )
    withdraw(practice, "second", "Again", ())
    bring_back(practice, "quiet-hour")
    assert [each.title for each in load_project(practice).practice.withdrawn] == ["Again"]
    bring_back(practice, "second")
    assert load_project(practice).practice.withdrawn == ()
    assert file.read_text("utf-8").strip() == before.strip()
    bring_back(practice, "never")


def test_the_page_says_what_happened(practice: Path) -> None:
    project = load_project(practice)
    page = farewell_page(project, Withdrawn("quiet-hour", "A Quiet Hour", date(2026, 11, 24)))
    assert "This leaflet is no longer in use" in page and "24 November 2026" in page


def test_its_title_is_known_after_it_is_gone(practice: Path) -> None:
    studio = Studio(practice)
    studio.begin()
    (practice / "source" / "quiet-hour.md").unlink()
    studio.versions.keep("away", "quiet-hour", "Taken away")
    ((slug, number),) = studio.versions.away(set())
    assert studio.title_in(slug, number) == "A Quiet Hour"
    assert studio.title_in("nothing-at-all", 99) == "Nothing at all"
