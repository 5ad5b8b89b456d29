"""A build that is cancelled: it ends soon, dist/ is whole, nothing goes on, and the next goes on."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import Future
from pathlib import Path
from threading import Thread

import pytest

from leafcast.build import pipeline
from leafcast.build.elsewhere import Elsewhere
from leafcast.document.report import Report
from leafcast.execution.cancel import Cancel, Cancelled
from leafcast.execution.request import Request, Silent
from leafcast.practice.project import load_project
from leafcast.state.manifest import read_manifest
from tests.test_elsewhere import Inline, write_two
from tests.test_pipeline import everything
from tests.test_publishing import false_sums

FEW = ("sections", "sums")


class At(Silent):
    """Cancels the build at a step, or at the first sentence."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.cancel = Cancel()

    def step(self, words: str) -> None:
        if words.startswith(self.words):
            self.cancel.event.set()

    def voicing(self, shown: str, share: float) -> None:
        self.step("A sentence")


@pytest.mark.parametrize("moment", ["A sentence", "Publishing Another"])
def test_it_ends_at_any_moment_and_the_next_build_is_a_clean_one(
    tmp_path: Path, moment: str
) -> None:
    practice, teller = write_two(tmp_path / "practice"), At(moment)
    request = Request(editions=FEW, jobs=1)
    with pytest.raises(Cancelled):
        pipeline.build(load_project(practice), request, teller, Report(), None, teller.cancel)
    published = read_manifest(practice / "dist").publications
    assert list(published) == (["quiet-hour"] if moment == "Publishing Another" else [])
    assert not false_sums(practice / "dist")
    again, clean = Report(), Path(shutil.copytree(practice / "source", tmp_path / "clean/source"))
    for folder in (practice, clean.parent):
        pipeline.build(load_project(folder), request, Silent(), again)
    assert everything(practice / "dist") == everything(clean.parent / "dist")


def test_what_is_waited_for_is_let_go(tmp_path: Path) -> None:
    """Nobody carries out the order; the build ends all the same, and takes it back."""

    class Never(Inline):
        def submit(self, fn: object, /, *args: object, **kwargs: object) -> Future[object]:
            waiting.append(Future())
            return waiting[-1]

    waiting: list[Future[object]] = []
    cancel = Cancel()
    practice = write_two(tmp_path / "practice")
    Thread(target=lambda: (time.sleep(0.5), cancel.event.set())).start()
    there = Elsewhere(Never(), str(tmp_path / "store"))
    began = time.monotonic()
    request = Request(editions=FEW, jobs=1)
    with pytest.raises(Cancelled):
        pipeline.build(load_project(practice), request, Silent(), Report(), there, cancel)
    assert time.monotonic() - began < 30
    assert len(waiting) == 2 and all(each.cancelled() for each in waiting)


def test_first_done_waits_no_longer_than_it_may() -> None:
    done: Future[int] = Future()
    assert Cancel().first_done([done], 0.05) == set()
    done.set_result(1)
    assert Cancel().first_done([done]) == {done}
    wanted = Cancel()
    wanted.event.set()
    with pytest.raises(Cancelled):
        wanted.first_done([Future()])


def test_where_nothing_is_at_work_nothing_is_waited_for() -> None:
    assert Cancel().first_done(()) == set()
