"""Articles built elsewhere: the same bytes, the same findings, and nothing lost with a machine."""

from __future__ import annotations

import os
import pickle
import shutil
import sys
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from leafcast.build import carry_out
from leafcast.build.carry_out import build_articles
from leafcast.build.context import Build
from leafcast.build.elsewhere import Elsewhere, batch_size
from leafcast.build.orders import ArticleOrder
from leafcast.build.pipeline import Outcome, build
from leafcast.commands.cli import leafcast
from leafcast.document.errors import LeafcastError, ToolMissing
from leafcast.document.publication import Publication
from leafcast.document.report import Report
from leafcast.execution.request import Request, Silent
from leafcast.practice.project import load_project
from leafcast.state.blobs import FolderStore, keep_blob, open_store, read_blob
from tests.conftest import SHORT_ARTICLE, write_practice
from tests.test_pipeline import everything

EDITIONS = ("sections", "a4", "library", "sums")


class Inline(Executor):
    """Carries out what it is given at once, here; what goes in and out is pickled."""

    def __init__(self, *faults: BaseException) -> None:
        self.orders: list[ArticleOrder] = []
        self.given: list[int] = []
        self.faults = list(faults)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        function, given = pickle.loads(pickle.dumps((fn, args)))
        self.orders += given[0]
        self.given.append(len(given[0]))
        try:
            if self.faults:
                raise self.faults.pop(0)
            done.set_result(pickle.loads(pickle.dumps(function(*given))))
        except Exception as error:  # noqa: BLE001  (as any executor does)
            done.set_exception(error)
        return done


def write_two(folder: Path) -> Path:
    """A practice with two articles, of which one has a finding."""
    practice = write_practice(folder)
    other = SHORT_ARTICLE.replace("A Quiet Hour", "Another Hour").replace("You go", "Siân goes")
    (practice / "source/second.md").write_text(other, encoding="utf-8")
    return practice


def make(
    practice: Path, elsewhere: Elsewhere | None = None, editions: tuple[str, ...] = EDITIONS
) -> Outcome:
    request = Request(editions=editions, jobs=1)
    return build(load_project(practice), request, Silent(), Report(), elsewhere)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """The practice built as usual."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1795478400")
        practice = write_two(tmp_path_factory.mktemp("here") / "practice")
        return practice, make(practice)


@pytest.fixture
def executor() -> Inline:
    return Inline()


@pytest.fixture
def there(tmp_path: Path, executor: Inline) -> Elsewhere:
    return Elsewhere(executor, str(tmp_path / "store"))


def test_what_is_made_elsewhere_is_the_same_to_the_last_byte(
    here: tuple[Path, Outcome], tmp_path: Path, there: Elsewhere, executor: Inline
) -> None:
    practice = write_two(tmp_path / "practice")
    outcome = make(practice, there)
    assert everything(practice / "dist") == everything(here[0] / "dist")
    assert outcome.report.findings == here[1].report.findings
    assert outcome.made == here[1].made
    assert [order.article.slug for order in executor.orders] == ["quiet-hour", "second"]
    again = make(practice, there)
    assert len(executor.orders) == 2  # nothing to do
    assert again.report.findings == outcome.report.findings
    assert not any(each.new for each in again.made)


def test_only_what_changed_is_made_again_and_the_rest_goes_along(
    here: tuple[Path, Outcome], tmp_path: Path, there: Elsewhere, executor: Inline
) -> None:
    practice = Path(shutil.copytree(here[0], tmp_path / "practice"))
    settings = practice / "source/practice.toml"
    settings.write_text(settings.read_text() + "\n[leaflet]\nprint_shop = true\n")
    source = practice / "source/quiet-hour.md"
    source.write_text(source.read_text("utf-8").replace("It is a quiet", "A quiet"), "utf-8")
    (practice / "dist/second/second-a4.pdf").unlink()
    outcome = make(practice, there)
    new = {(each.slug, each.edition) for each in outcome.made if each.new and each.slug}
    assert new == {("quiet-hour", "a4"), ("quiet-hour", "sections"), ("second", "a4")}
    clean = tmp_path / "clean"
    shutil.copytree(practice / "source", clean / "source")
    make(clean)
    assert everything(practice / "dist") == everything(clean / "dist")


def test_clips_are_shared_by_those_who_work_together(
    tmp_path: Path, there: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(write_two(tmp_path / "one"), there)
    monkeypatch.setattr("leafcast.narration.voice_pool.speak_in_worker", None)
    assert make(write_two(tmp_path / "two"), there).report.exit_code == 0


@pytest.mark.parametrize(
    "error", [BrokenExecutor("it ended"), LeafcastError("no room", "Make some")]
)
def test_a_machine_that_is_lost_costs_its_article_and_is_told(
    here: tuple[Path, Outcome], tmp_path: Path, error: Exception
) -> None:
    there = Elsewhere(Inline(error), str(tmp_path / "store"))
    practice = write_two(tmp_path / "practice")
    outcome = make(practice, there)
    (found,) = [each for each in outcome.report.findings if each.code == "article-not-made"]
    assert found.message.startswith("quiet-hour: it could not be made on the cluster.")
    assert "without --cluster" in found.fix
    assert outcome.report.exit_code == 1
    assert (practice / "dist/second/second-a4.pdf").is_file()
    make(practice, there)
    assert everything(practice / "dist") == everything(here[0] / "dist")


@pytest.mark.parametrize(
    ("orders", "workers", "together"),
    [(0, 2, 1), (1, 1, 1), (7, 1, 1), (8, 1, 2), (100, 2, 8), (100, 4, 6), (400, 2, 8), (9, 50, 1)],
)
def test_articles_go_together_as_far_as_every_worker_has_enough(
    orders: int, workers: int, together: int
) -> None:
    assert batch_size(orders, workers) == together


class Killed(Exception):
    """A worker was, as Dask tells it."""


def test_articles_that_go_together_are_as_if_each_had_gone_alone(
    here: tuple[Path, Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leafcast.build.elsewhere.batch_size", lambda orders, workers: 2)
    there = Elsewhere(executor := Inline(), str(tmp_path / "store"))
    practice = write_two(tmp_path / "practice")
    outcome = make(practice, there)
    assert [each.article.slug for each in executor.orders] == ["quiet-hour", "second"]
    assert executor.given == [2]
    assert everything(practice / "dist") == everything(here[0] / "dist")
    assert (outcome.report.findings, outcome.made) == (here[1].report.findings, here[1].made)
    assert make(practice, there).report.findings == outcome.report.findings
    assert executor.given == [2], "what was found of each is remembered, so nothing is asked again"


def test_one_article_that_cannot_be_made_takes_none_with_it(
    here: tuple[Path, Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leafcast.build.elsewhere.batch_size", lambda orders, workers: 2)
    refuse = carry_out._refuse_other_voices

    def refusing(work: Build, publication: Publication, order: ArticleOrder) -> None:
        if order.article.slug == "second":
            raise LeafcastError("no room", "Make some")
        refuse(work, publication, order)

    monkeypatch.setattr(carry_out, "_refuse_other_voices", refusing)
    practice = write_two(tmp_path / "practice")
    outcome = make(practice, Elsewhere(Inline(), str(tmp_path / "store")), ("a4",))
    (found,) = [each for each in outcome.report.findings if each.code == "article-not-made"]
    assert found.message.startswith("second: it could not be made")
    assert (practice / "dist/quiet-hour/quiet-hour-a4.pdf").is_file()


def test_those_who_were_with_a_lost_machine_are_tried_one_by_one(
    here: tuple[Path, Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leafcast.build.elsewhere.batch_size", lambda orders, workers: 2)
    executor = Inline(Killed("it ended"), Killed("it ended"))
    practice = write_two(tmp_path / "practice")
    outcome = make(practice, Elsewhere(executor, str(tmp_path / "store"), lost=(Killed,)), ("a4",))
    assert executor.given == [2, 1, 1]
    (found,) = [each for each in outcome.report.findings if each.code == "article-not-made"]
    assert found.message.startswith("quiet-hour: it could not be made")
    assert (practice / "dist/second/second-a4.pdf").is_file()


def ordered(tmp_path: Path) -> ArticleOrder:
    """An order for one article, that nobody carried out."""
    executor = Inline(BrokenExecutor(), BrokenExecutor())
    make(write_two(tmp_path / "ordering"), Elsewhere(executor, str(tmp_path / "store")))
    return executor.orders[0]


def test_what_a_killed_worker_left_is_cleared_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for name, hours in (("leafcast-article-old", 25), ("leafcast-article-new", 23), ("other", 99)):
        (tmp_path / name / "source").mkdir(parents=True)
        then = time.time() - hours * 3600
        os.utime(tmp_path / name, (then, then))
    (tmp_path / "leafcast-article-link").symlink_to(tmp_path / "other")
    with carry_out._laid_out() as name:
        assert Path(name).is_dir() and Path(name).parent == tmp_path
        left = {path.name for path in tmp_path.iterdir()} - {Path(name).name}
    assert left == {"leafcast-article-new", "leafcast-article-link", "other"}
    assert (tmp_path / "other/source").is_dir() and not Path(name).exists()


def test_a_machine_that_would_make_other_files_refuses(tmp_path: Path) -> None:
    order = ordered(tmp_path)
    assert build_articles([order])[0].findings == ()
    with pytest.raises(LeafcastError, match="has another leafcast"):
        build_articles([replace(order, program="0" * 40)])
    name, form, _ = order.voices[0]
    (refused,) = build_articles([replace(order, voices=((name, form, "0" * 40),))])
    assert "cannot let the voice “tone” take the form" in str(refused)


def test_a_worker_is_told_by_the_program_that_it_began_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it has imported stays as it was when leafcast is brought up to date beside it."""
    order = ordered(tmp_path)
    carry_out._at_work.cache_clear()
    assert build_articles([order])[0].findings == ()
    monkeypatch.setattr(carry_out, "read_installed", None)
    monkeypatch.setattr(carry_out, "Libraries", None)
    assert build_articles([order])[0].findings == (), (
        "it looks at all modules once, not for each article"
    )
    with pytest.raises(LeafcastError, match="has another leafcast"):
        build_articles([replace(order, program="0" * 40)])


def test_a_file_damaged_in_the_store_is_told(tmp_path: Path) -> None:
    order = ordered(tmp_path)
    for path in (tmp_path / "store/blobs").rglob("*"):
        if path.is_file():
            path.write_bytes(b"x")
    with pytest.raises(LeafcastError, match="missing in the store, or damaged"):
        build_articles([order])


@pytest.mark.parametrize("how", ["{}", "file://{}"])
def test_a_folder_is_a_store(tmp_path: Path, how: str) -> None:
    store = open_store(how.format(tmp_path / "a b"))
    assert isinstance(store, FolderStore)
    assert store.read("x/y") is None and not store.has("x/y")
    sha256 = keep_blob(store, b"words")
    assert read_blob(open_store(str(tmp_path / "a b")), sha256) == b"words"


def test_without_dask_the_owner_is_told_how_to_have_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = write_two(tmp_path / "practice")
    monkeypatch.setitem(sys.modules, "distributed", None)
    asked = ["build", "--cluster", "local", "--project", str(practice)]
    done = CliRunner().invoke(leafcast, asked)
    assert done.exit_code == 1
    assert "pip install leafcast[cluster]" in done.output
    monkeypatch.setitem(sys.modules, "obstore", None)
    with pytest.raises(ToolMissing, match="obstore"):
        open_store("s3://leaflets")
