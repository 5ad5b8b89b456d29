"""What a reader did not foresee costs one file: it is told, and the others are built."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from leafcast.build import pipeline
from leafcast.commands.cli import leafcast
from leafcast.document.article import Reading
from leafcast.document.errors import SourceError, UsageError
from leafcast.document.origin import Origin
from leafcast.document.report import Finding, Report
from leafcast.practice.project import load_project
from leafcast.readers import READERS
from leafcast.readers.guard import read_or_told
from leafcast.studio.live import Live
from tests.test_pipeline import run
from tests.word_files import with_xml


class Odd(Exception):
    """Of no kind that anybody catches."""


RAISED = [
    ValueError("negative seek value -46"),
    KeyError("w:p"),
    RecursionError("maximum recursion depth exceeded"),
    OverflowError("too large"),
    AssertionError(),
    Odd("x" * 5000),
    StopIteration(),
    UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"),
    MemoryError(),
]


def read_badly(content: str | bytes, origin: Origin) -> Reading:
    raise raised[0]


raised: list[Exception] = []


@pytest.fixture
def odd(practice: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A practice with a second file, whose reader makes a mistake."""
    monkeypatch.setitem(
        READERS, ".html", replace(READERS[".html"], function=f"{__name__}:read_badly")
    )
    (practice / "source/other.html").write_text("<p>Words</p>")
    raised[:] = RAISED[:1]
    return practice


@pytest.mark.parametrize("error", RAISED, ids=lambda error: type(error).__name__)
def test_a_mistake_in_reading_costs_one_file(odd: Path, error: Exception) -> None:
    raised[:] = [error]
    report = Report()
    articles = pipeline.read_articles(load_project(odd), report)
    assert articles["other"] is None and articles["quiet-hour"]
    (found,) = report.findings
    assert (found.code, str(found.place)) == ("article-unreadable", "source/other.html")
    assert len(found.message) < 300
    assert found.fix
    assert report.exit_code == 1


def test_the_others_are_built(odd: Path) -> None:
    outcome = run(odd, editions=("a4",))
    assert [made.slug for made in outcome.made] == ["quiet-hour"]
    assert outcome.report.exit_code == 1


def test_its_details_are_kept_for_whoever_mends_it(odd: Path) -> None:
    report = Report()
    pipeline.read_articles(load_project(odd), report)
    (found,) = report.findings
    assert "negative seek value" in found.message
    assert ".leafcast/mistakes/other.html.txt" in found.fix
    assert "read_badly" in (odd / ".leafcast/mistakes/other.html.txt").read_text()


def test_where_nothing_can_be_written_it_is_told_all_the_same(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.write_text("a file in place of the folder")

    def read() -> None:
        raise Odd

    with pytest.raises(SourceError) as told:
        read_or_told(read, "source/x.md", work)
    assert told.value.path == "source/x.md"
    assert str(work.name) not in told.value.hint


def test_what_leafcast_says_itself_is_said_as_it_is(tmp_path: Path) -> None:
    def read() -> None:
        raise UsageError("This is another article")

    with pytest.raises(UsageError, match="another article"):
        read_or_told(read, "source/x.md", tmp_path)


def test_whoever_stops_it_stops_it(tmp_path: Path) -> None:
    def read() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_or_told(read, "source/x.md", tmp_path)


def test_check_and_new_tell_it_too(odd: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(leafcast, ["check", "--project", str(odd)])
    assert done.exit_code == 1
    assert "leafcast made a mistake in reading this file (ValueError" in done.output


def test_the_preview_goes_on(odd: Path) -> None:
    told: list[tuple[str, tuple[Finding, ...]]] = []
    Live(odd, lambda words, findings: told.append((words, findings))).show({"source/other.html"})
    assert "cannot be shown yet" in told[0][0]


CUTS = ((40, 540), (40, 140), (0, 30), (100, 101), (200, 500), (1000, 1040), (0, 2000))


@pytest.fixture(scope="module")
def document() -> bytes:
    return with_xml("<w:p><w:r><w:t>Words of an hour.</w:t></w:r></w:p>")


@pytest.mark.parametrize(("start", "end"), CUTS)
def test_a_broken_copy_of_a_word_file_is_named(
    practice: Path, document: bytes, start: int, end: int
) -> None:
    """As from a memory stick that was drawn out too soon."""
    broken = document[:start] + document[end:]
    (practice / "source/hour.docx").write_bytes(broken)
    report = Report()
    articles = pipeline.read_articles(load_project(practice), report)
    assert articles["quiet-hour"]
    if articles["hour"] is None:  # else the part that is broken is one that nobody reads
        assert {found.code for found in report.findings} <= {"word-damaged", "not-word"}
