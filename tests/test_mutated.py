"""Damaged files; `python -m benchmarks mutated --times 10000` reads many more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import mutated
from benchmarks.mutated import try_files
from leafcast.document.article import Reading
from leafcast.readers import read_article
from tests.test_interrupted import posix_only

FILES = 120


@posix_only
def test_whatever_is_done_to_a_file_is_told(tmp_path: Path) -> None:
    tried = try_files(tmp_path, FILES, seed=11)
    assert sum(tried.files.values()) == FILES and len(tried.files) == 8
    assert not (tried.tracebacks or tried.hangs or tried.lost)


@posix_only
def test_the_trial_sees_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(path: Path, source: Path) -> Reading:
        if path.suffix == ".html":
            raise ZeroDivisionError
        reading = read_article(path, source)
        return Reading(reading.article and mutated_away(reading).article)

    def mutated_away(reading: Reading) -> Reading:
        assert reading.article
        return Reading(replace(reading.article, introduction=(), sections=()))

    monkeypatch.setattr(mutated, "read_article", careless)
    tried = try_files(tmp_path, 60, seed=11)
    assert tried.tracebacks and tried.lost
