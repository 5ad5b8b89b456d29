"""Builds killed at random moments; `python -m benchmarks kills --times 1000` kills many more."""

from __future__ import annotations

import pytest

from benchmarks.kills import SILENT_TAKES, STATES, Trial
from leafcast.build.journal import Journal
from leafcast.build.publish import Published
from tests.test_interrupted import posix_only

KILLS = 8


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return Trial(tmp_path_factory.mktemp("kills"), seed=7)


@posix_only
def test_after_a_kill_dist_is_whole_and_the_next_build_ends_as_a_clean_one(trial: Trial) -> None:
    assert set(trial.clean) == set(STATES)
    assert {name for name, each in trial.clean.items() if each.told} == set(SILENT_TAKES)
    for _ in range(KILLS):
        trial.kill_once()
    assert trial.seen.kills > KILLS / 2
    assert not trial.seen.wrong


@posix_only
def test_the_trial_sees_what_is_wrong(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the sums withheld, and without a journal, kills do harm."""
    monkeypatch.setattr(Published, "_withhold_sums", lambda *given: None)
    monkeypatch.setattr(Journal, "coming", lambda *given: None)
    for _ in range(3 * KILLS):
        trial.kill_once()
        if trial.seen.false_sums and trial.seen.orphans:
            break
    assert trial.seen.false_sums
