"""What the end of a command tells: at most ten lines, worst first, like findings in one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leafcast.build.here import Made
from leafcast.build.pipeline import Outcome
from leafcast.commands.build import show_outcome
from leafcast.commands.findings import MOST_LINES, show_found
from leafcast.document.artifact import FileRecord
from leafcast.document.report import Finding, Place, Report, Severity, grouped
from leafcast.practice.project import load_project


def finding(code: str, line: int, severity: Severity = Severity.ADVICE) -> Finding:
    return Finding(code, severity, f"{code} is so", f"Mend {code}", Place("source/a.md", line))


def shown(capsys: pytest.CaptureFixture[str], *found: Finding, full: bool = False) -> list[str]:
    report = Report()
    report.add(found)
    show_found(report, quiet=False, full=full)
    told = capsys.readouterr()
    return [line for line in (*told.err.splitlines(), *told.out.splitlines()) if line]


def test_like_findings_are_one_group_with_places() -> None:
    found = [finding("long-sentence", line) for line in (3, 9, 12, 20, 31)]
    (group,) = grouped(found)
    assert group.first == found[0] and len(group.others) == 4
    assert group.places == "4 more: 9, 12, 20, …"


def test_the_worst_stands_first() -> None:
    found = [finding("a", 1), finding("b", 2, Severity.WARNING), finding("c", 3, Severity.ERROR)]
    assert [group.first.code for group in grouped(found)] == ["c", "b", "a"]


def test_a_few_are_told_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys, *(finding(f"code-{at}", at) for at in range(1, 5)))
    assert len(lines) == 9 and lines[-1] == "    → Mend code-4"


@pytest.mark.parametrize("kinds", [1, 2, 9, 10, 40])
def test_many_are_told_in_ten_lines(kinds: int, capsys: pytest.CaptureFixture[str]) -> None:
    found = [finding(f"code-{at % kinds}", at + 1) for at in range(60)]
    worst = finding("worst", 99, Severity.ERROR)
    lines = shown(capsys, *found, worst)
    assert len(lines) <= MOST_LINES
    assert "[worst]" in lines[1] and "Mend worst" in lines[2]
    rest = "--all" in lines[-1]
    assert rest == (kinds > MOST_LINES - 4)
    assert len(shown(capsys, *found, worst, full=True)) == 124


def test_what_there_was_no_room_for_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    found = [finding(f"code-{at}", at + 1, Severity.WARNING) for at in range(12)]
    lines = shown(capsys, *found)
    assert len(lines) <= MOST_LINES
    assert "And 8 more (code-4, code-5, code-6, code-7 …)" in lines[-1]


def test_what_was_put_in_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    found = [finding(code, at) for at, code in enumerate(("guessed-author", "guessed-review"), 4)]
    more = [finding(f"code-{at}", at) for at in range(8)]
    lines = shown(capsys, *more, *found)
    (line,) = [each for each in lines if "guessed-author is so" in each]
    assert "guessed-review is so" in line and "a.md:4" in line


def test_what_nobody_need_follow_stands_last(capsys: pytest.CaptureFixture[str]) -> None:
    light = [finding("site-marks", at) for at in range(3)]
    lines = shown(capsys, *light, *(finding(f"code-{at}", at) for at in range(6)))
    assert "[site-marks]" in lines[-1]


EDITIONS = {"trifold": "a-trifold-print.pdf", "episode": "a.mp3", "page": "index.html"}


def record(path: str) -> FileRecord:
    return FileRecord(path, 9, "text/plain", "", pages=2)


@pytest.mark.parametrize("articles", [1, 2, 7])
@pytest.mark.parametrize("kinds", [0, 1, 3, 30])
def test_all_that_a_build_ends_with_is_ten_lines(
    articles: int, kinds: int, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    report = Report()
    for severity in (Severity.ADVICE, Severity.WARNING, Severity.ERROR):
        report.add(finding(f"{severity.name}-{at}", at + 1, severity) for at in range(kinds))
    made = [
        Made(f"article-{at}", edition, (record(f"article-{at}/{name}"),), new=True)
        for at in range(articles)
        for edition, name in EDITIONS.items()
    ]
    gone = tuple(f"gone-{at}/{name}.pdf" for at in range(articles) for name in ("a", "b"))
    project = replace(load_project(Path(__file__).parents[1]), folder=tmp_path)
    show_outcome(Outcome(report, made, gone), project, quiet=False, full=False, files=False)
    told = capsys.readouterr()
    assert len([line for line in (told.err + told.out).splitlines() if line]) <= MOST_LINES
    said = told.out.splitlines()
    assert said[0].startswith("Removed dist/gone-0, 2 files") and said[0].endswith("gone")
    assert said[-1].startswith("All ") and any(line.startswith("To print:") for line in said)
    wrong = told.err.splitlines()
    assert not kinds or ("[ERROR-0]" in wrong[2] and "Mend ERROR-0" in wrong[3])
