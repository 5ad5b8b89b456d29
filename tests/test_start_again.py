"""`new --again`: what changed in a file is taken over, and no correction is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from leafcast.commands.cli import leafcast as command
from leafcast.practice.project import Project, load_project
from leafcast.starting.merge import merge
from tests.word_files import written

HEAD = "---\ntitle: Grief\n---\n\n"


def text(*paragraphs: str) -> str:
    return HEAD + "\n\n".join(paragraphs) + "\n"


CASES = [
    ("abc", "abc", "abc", "abc", []),
    ("abc", "abc", "aXc", "aXc", ["taken"]),
    ("abc", "Abc", "aXc", "AXc", ["taken"]),
    ("abc", "aBc", "aXc", "aBc", ["left"]),
    ("abc", "aXc", "aXc", "aXc", []),
    ("abc", "Abc", "abcd", "Abcd", ["taken"]),
    ("abc", "abC", "zabc", "zabC", ["taken"]),
    ("abc", "ac", "aXc", "ac", ["left"]),
    ("abc", "abc", "ac", "ac", ["taken"]),
    ("abc", "abc1", "abXc", "abXc1", ["taken"]),
    ("abcd", "aBcd", "XbcY", "XBcY", ["taken", "taken"]),
]


@pytest.mark.parametrize(("first", "own", "now", "wanted", "told"), CASES)
def test_a_change_is_taken_over_where_nothing_was_corrected(
    first: str, own: str, now: str, wanted: str, told: list[str]
) -> None:
    merged = merge(text(*first), text(*own), text(*now), "source/grief.md")
    assert merged.text == text(*wanted)
    assert [each.code.removeprefix("again-") for each in merged.findings] == told


def test_what_is_left_is_told_with_its_words_and_line() -> None:
    merged = merge(text("One.", "Two."), text("One.", "My two."), text("One.", "2."), "source/a.md")
    (left,) = merged.findings
    assert "“2.”" in left.message and "“Two.”" in left.message
    assert left.place and left.place.line == 5


PARAGRAPHS = st.lists(st.sampled_from("abcdefg"), max_size=6)


@given(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS)
def test_no_correction_is_ever_lost(first: list[str], own: list[str], now: list[str]) -> None:
    merged = merge(text(*first), text(*own), text(*now), "a.md")
    kept = merged.text.removeprefix(HEAD).split()
    added = [each for each in own if each not in first]
    assert [each for each in kept if each in added] == [each for each in own if each in added] or (
        set(added) <= set(kept)
    )


@given(PARAGRAPHS, PARAGRAPHS)
def test_an_article_nobody_corrected_becomes_what_the_file_says(
    first: list[str], now: list[str]
) -> None:
    assert merge(text(*first), text(*first), text(*now), "a.md").text == text(*now)


@pytest.fixture
def project(practice: Path) -> Project:
    (practice / "source/quiet-hour.md").unlink()
    return load_project(practice)


LEAD = "This is how it begins, and so it goes on for a while, until there are words enough."


def word(*paragraphs: str) -> bytes:
    def fill(document: object) -> None:
        for words in (LEAD, *paragraphs):
            document.add_paragraph(words)  # type: ignore[attr-defined]

    return written(fill, title="Grief")


def new(project: Project, file: Path, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(
        command, ["new", *options, str(file), "--project", str(project.folder)]
    )
    return done.exit_code, done.output


def test_a_word_file_that_changed_is_taken_over(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "grief.docx"
    file.write_bytes(word("It hurts in waves, and they come.", "Rest helps, and so do friends."))
    assert new(project, file)[0] == 0
    article = project.source / "grief.md"
    corrected = article.read_text("utf-8").replace("It hurts", "It aches")
    article.write_text(corrected, "utf-8")
    file.write_bytes(word("It hurts in waves, and they come.", "Rest helps, and so does a walk."))
    code, said = new(project, file)
    assert code == 2 and "--again" in said
    assert article.read_text("utf-8") == corrected
    code, said = new(project, file, "--again")
    assert code == 0 and "1 change of the file taken over" in said
    now = article.read_text("utf-8")
    assert now == corrected.replace("so do friends", "so does a walk")
    originals = project.source / "originals"
    assert (originals / "grief-1.md").read_text("utf-8") == corrected
    assert (originals / "grief.docx").read_bytes() == file.read_bytes()
    assert (originals / "grief-1.docx").exists()


def test_again_needs_an_article_that_was_started(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "grief.docx"
    file.write_bytes(word("It hurts."))
    code, said = new(project, file, "--again")
    assert code == 2 and "without --again" in said
    assert not list(project.source.glob("*.md"))
