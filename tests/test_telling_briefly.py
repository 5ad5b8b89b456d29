"""What the end of a command tells: at most ten lines, worst first, like findings in one."""

from __future__ import annotations

import pytest

from leafcast.commands.findings import HEADINGS, MOST_LINES, show_found
from leafcast.document.report import Finding, Place, Report, Severity, grouped


def finding(code: str, line: int, severity: Severity = Severity.ADVICE) -> Finding:
    return Finding(code, severity, f"{code} is so", f"Mend {code}", Place("source/a.md", line))


def shown(capsys: pytest.CaptureFixture[str], *found: Finding, full: bool = False) -> list[str]:
    report = Report()
    report.add(found)
    show_found(report, quiet=False, full=full)
    told = capsys.readouterr()
    lines = [*told.err.splitlines(), *told.out.splitlines()]
    return [line for line in lines if line and line.rstrip(":") not in HEADINGS.values()]


def test_like_findings_are_one_group_with_places() -> None:
    found = [finding("long-sentence", line) for line in (3, 9, 12, 20, 31)]
    (group,) = grouped(found)
    assert group.first == found[0] and len(group.others) == 4
    assert group.places == "4 more: 9, 12, 20, …"


def test_the_worst_stands_first() -> None:
    found = [finding("a", 1), finding("b", 2, Severity.WARNING), finding("c", 3, Severity.ERROR)]
    assert [group.first.code for group in grouped(found)] == ["c", "b", "a"]


def test_a_few_are_told_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(shown(capsys, *(finding(f"code-{at}", at) for at in range(1, 6)))) == 10


@pytest.mark.parametrize("kinds", [1, 2, 9, 10, 40])
def test_many_are_told_in_ten_lines(kinds: int, capsys: pytest.CaptureFixture[str]) -> None:
    found = [finding(f"code-{at % kinds}", at + 1) for at in range(60)]
    worst = finding("worst", 99, Severity.ERROR)
    lines = shown(capsys, *found, worst)
    assert len(lines) <= MOST_LINES
    assert "[worst]" in lines[0] and "Mend worst" in lines[1]
    rest = "--all" in lines[-1]
    assert rest == (kinds > MOST_LINES - 2)
    assert len(shown(capsys, *found, worst, full=True)) == 122


def test_what_there_was_no_room_for_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    found = [finding(f"code-{at}", at + 1, Severity.WARNING) for at in range(12)]
    lines = shown(capsys, *found)
    assert len(lines) <= MOST_LINES
    assert "And 8 more (code-4, code-5, code-6, code-7 …)" in lines[-1]


def test_what_was_put_in_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    found = [finding(code, at) for at, code in enumerate(("guessed-author", "guessed-review"), 4)]
    more = [finding(f"code-{at}", at) for at in range(9)]
    lines = shown(capsys, *more, *found)
    (line,) = [each for each in lines if "guessed-author is so" in each]
    assert "guessed-review is so" in line and "a.md:4" in line


def test_what_nobody_need_follow_stands_last(capsys: pytest.CaptureFixture[str]) -> None:
    light = [finding("site-marks", at) for at in range(3)]
    lines = shown(capsys, *light, *(finding(f"code-{at}", at) for at in range(6)))
    assert "[site-marks]" in lines[-1]
