"""README, manual and workflows: what they name is there, and what they count is so many."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from leafcast.commands.cli import leafcast
from leafcast.editions.table import EDITIONS
from tests.conftest import ROOT
from tests.defects import DEFECTS

DOCS = ROOT / "docs"
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    *sorted(each for each in DOCS.rglob("*.md") if "_build" not in each.parts),
]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s#]+)(?:#[^)]*)?\)")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def links(path: Path) -> list[tuple[str, str, str]]:
    """The links and pictures of a page: a mark for pictures, words, target in this repository."""
    text = re.sub(r"(?m)^ {4}.*$|`[^`]*`", "", path.read_text("utf-8"))
    return [each for each in LINK.findall(text) if not re.match(r"\w+:", each[2])]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_what_a_page_leads_to_is_there(page: Path) -> None:
    assert [target for _, _, target in links(page) if not (page.parent / target).exists()] == []


def test_pictures_say_what_they_show_and_are_all_used() -> None:
    shown = [(page, each) for page in PAGES for each in links(page) if each[0]]
    assert len(shown) > 8
    assert [each for _, each in shown if len(each[1]) < 20] == []
    used = {(page.parent / target).resolve() for page, (_, _, target) in shown}
    made = [*DOCS.glob("*.png"), *(DOCS / "owner").glob("*.png")]
    assert used == {path.resolve() for path in made}


def test_the_tests_that_a_contributor_is_sent_to_are_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = set(re.findall(r"\b(test_\w+\*?(?:\.py)?|tests/[\w/]+)(?![\w/.*])", text))
    assert len(named) > 20
    assert [
        each
        for each in sorted(named)
        if not (ROOT / each).exists() and not [*ROOT.glob(f"tests/{each.removesuffix('.py')}.py")]
    ] == []


def test_readme_is_read_in_a_minute() -> None:
    assert 70 <= len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 100


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_that_a_page_names_are_commands(page: Path) -> None:
    known = set(leafcast.list_commands(None))  # type: ignore[arg-type]
    named = set(
        re.findall(r"`(?:leafcast|python build\.py|build\.py) ([a-z]+)", page.read_text("utf-8"))
    )
    assert named - known <= {"test", "studio"}


def test_the_manual_names_every_edition() -> None:
    text = (DOCS / "owner/reference.md").read_text("utf-8")
    named = set(re.findall(r"`([a-z0-9-]+)`", text[text.index("\nEditions: ") :]))
    assert set(EDITIONS) <= named


def test_as_many_ways_to_spoil_a_leaflet_are_seeded_as_told() -> None:
    for page in (DOCS / "how-it-is-checked.md", DOCS / "owner/reference.md"):
        (told,) = re.findall(r"(\d+) ways to spoil a\s+leaflet", page.read_text("utf-8"))
        assert len(DEFECTS) - 10 < int(told) <= len(DEFECTS), page


@pytest.mark.parametrize("file", WORKFLOWS, ids=name_of)
def test_workflows_are_such(file: Path) -> None:
    read = yaml.safe_load(file.read_text("utf-8"))
    assert {"name", True, "permissions", "jobs"} <= set(read)  # YAML 1.1 reads the key `on` as true
    for job in read["jobs"].values():
        assert job["runs-on"] and job["timeout-minutes"] <= 90
        for step in job["steps"]:
            assert ("run" in step) != ("uses" in step), step
            assert isinstance(step.get("run", ""), str)
