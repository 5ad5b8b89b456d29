"""The report alone knows the exit code; errors travel between processes."""

from __future__ import annotations

import pickle

import pytest

from leafcast.document.errors import BusyError, LeafcastError, SettingsError, UsageError
from leafcast.document.report import Finding, Place, Report, Severity


@pytest.mark.parametrize(
    ("severity", "plain", "strict"),
    [
        (Severity.ERROR, 1, 1),
        (Severity.WARNING, 0, 1),
        (Severity.NOT_CHECKED, 0, 1),
        (Severity.ADVICE, 0, 0),
    ],
)
def test_the_exit_code_follows_the_worst_finding(
    severity: Severity, plain: int, strict: int
) -> None:
    finding = Finding("a-code", severity, "words")
    for wanted, is_strict in ((plain, False), (strict, True)):
        report = Report(strict=is_strict)
        report.add([finding])
        assert report.exit_code == wanted


def test_no_findings_is_fine() -> None:
    assert Report(strict=True).exit_code == 0


def test_the_same_finding_is_kept_once() -> None:
    report = Report()
    report.add([Finding("a", Severity.ADVICE, "words")] * 2)
    assert len(report.findings) == 1


@pytest.mark.parametrize("kind", [LeafcastError, UsageError, SettingsError, BusyError])
def test_an_error_survives_pickling(kind: type[LeafcastError]) -> None:
    error = pickle.loads(pickle.dumps(kind("what", "hint", "file", 3)))
    assert type(error) is kind
    assert (error.message, error.hint, error.path, error.line) == ("what", "hint", "file", 3)
    assert str(error) == "file:3: what"


def test_a_place_reads_as_file_and_line() -> None:
    assert str(Place("source/x.md", 12)) == "source/x.md:12"
    assert str(Place("source/x.md")) == "source/x.md"
