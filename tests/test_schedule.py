"""Which edition is made when, and what becomes of one that fails: with nothing really made."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from leafcast.build import schedule
from leafcast.build.context import Build
from leafcast.build.plan import Job
from leafcast.build.publish import staging
from leafcast.build.schedule import ArticleResult, Order, edition_failed, make_editions
from leafcast.checks.verdicts import MAKING
from leafcast.document.artifact import EditionRecord, FileRecord, Manifest
from leafcast.document.errors import DoesNotFit, LeafcastError
from leafcast.document.publication import Missing, Publication
from leafcast.document.report import Finding, Report, Severity
from leafcast.editions.table import EDITIONS, Edition
from leafcast.execution.cancel import Cancel
from leafcast.execution.request import Silent
from leafcast.narration.narrate import tell
from leafcast.narration.pace import PACES
from leafcast.practice.project import load_project
from leafcast.readers.folder import read_articles
from tests.conftest import write_practice

NAMES = (
    "booklet", "a4", "pictures", "braille", "sections", "episode", "slower", "epub", "daisy", "page",
)  # fmt: skip
ADVICE = Finding("said-twice", Severity.ADVICE, "A word is said twice", "Look")


class Watching(Silent):
    """Remembers what it is told."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.reasons: list[tuple[str, str, str]] = []

    def step(self, words: str) -> None:
        self.steps.append(words)

    def why(self, slug: str, edition: str, reason: str) -> None:
        self.reasons.append((slug, edition, reason))


@dataclass
class World:
    """A build of which nothing is real but the order of things."""

    publication: Publication
    reasons: dict[str, str]
    failures: dict[str, Exception] = field(default_factory=dict)
    unheard: set[str] = field(default_factory=set)
    published: dict[str, EditionRecord] = field(default_factory=dict)
    watcher: Watching = field(default_factory=Watching)
    planned: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    given: dict[str, Publication] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    kept: list[tuple[str, tuple[str, ...], tuple[Finding, ...]]] = field(default_factory=list)
    prepared: list[Any] = field(default_factory=list)

    # what stands for the planner
    def edition(self, publication: Publication, name: str, telling: object, _: Manifest) -> Job:
        assert (telling is not None) == bool(EDITIONS[name].pace)
        self.planned.append((name, tuple(offer.edition for offer in publication.offers)))
        return Job("quiet-hour", name, {"made": name}, self.reasons.get(name, ""))

    # what stands for the print pool
    def submit(self, work: Callable[..., EditionRecord], *given: Any) -> Future[EditionRecord]:
        self.elsewhere.append(given[1].edition)
        future: Future[EditionRecord] = Future()
        try:
            future.set_result(work(*given))
        except (LeafcastError, OSError) as error:
            future.set_exception(error)
        return future

    def result(self, future: Future[EditionRecord], *_: object) -> EditionRecord:
        return future.result()

    # what stands for the store of verdicts
    def keep(self, check: str, records: Mapping[str, EditionRecord], found: Any) -> None:
        self.kept.append((check, tuple(records), tuple(found)))

    def write(self, publication: Publication, job: Job) -> EditionRecord:
        self.written.append(job.edition)
        self.given[job.edition] = publication
        if job.edition in self.failures:
            raise self.failures[job.edition]
        path = f"quiet-hour/quiet-hour-{job.edition}.pdf"
        return EditionRecord(job.made_from, (FileRecord(path, 1, "", job.edition),))

    def narrate(self, telling: Any, voices: object, watcher: object, report: Report) -> object:
        assert voices == "voices" and watcher is self.watcher
        self.told.append(telling.pace.name)
        report.add([ADVICE])
        return None if telling.pace.name in self.unheard else f"narration {telling.pace.name}"

    @property
    def build(self) -> Build:
        manifest = Manifest().with_publication("quiet-hour", "A Quiet Hour", self.published)
        pools = SimpleNamespace(prints=self, voices="voices")
        return cast(
            "Build",
            SimpleNamespace(
                planner=self, pools=pools, watcher=self.watcher, verdicts=self, cancel=Cancel(),
                published=SimpleNamespace(manifest=manifest),
            ),
        )  # fmt: skip

    def order(self, names: Collection[str]) -> Order:
        told = {
            name: tell(self.publication.project, self.publication.article, "", pace)
            for name, pace in PACES.items()
        }
        return Order(self.publication, told, frozenset(names))

    def make(self, *names: str) -> ArticleResult:
        return make_editions(self.order(names or NAMES), self.build)


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    project = load_project(write_practice(tmp_path_factory.mktemp("schedule") / "practice"))
    (article,) = read_articles(project, Report()).values()
    assert article
    return Publication(article, project)


@pytest.fixture
def world(publication: Publication, monkeypatch: pytest.MonkeyPatch) -> World:
    world = World(publication, dict.fromkeys(NAMES, "it changed"))
    monkeypatch.setattr(schedule, "write_edition", world.write)
    monkeypatch.setattr(schedule, "narrate", world.narrate)
    monkeypatch.setattr(schedule, "prepare", lambda voice, say: world.prepared.append((voice, say)))
    monkeypatch.setattr(Edition, "missing", lambda self, given: None)
    return world


def made(result: ArticleResult) -> list[str]:
    return [job.edition for job in result.made]


def in_order(*names: str) -> list[str]:
    return [name for name in EDITIONS if name in names]


# ---------------------------------------------------------------- what is made, and when


def test_all_that_has_a_reason_is_made_and_told_in_the_tables_order(world: World) -> None:
    result = world.make()
    assert [job.edition for job in result.jobs] == in_order(*NAMES)
    assert set(made(result)) == set(NAMES)
    assert sorted(world.written) == sorted(NAMES)
    assert cast("Any", result.narration) == "narration usual"
    assert result.findings == (ADVICE,)  # which was found at either pace
    assert {record.files[0].sha256 for record in result.made.values()} == set(NAMES)


def test_where_nothing_changed_nothing_is_made(world: World) -> None:
    world.reasons.clear()
    result = world.make()
    assert [job.edition for job in result.jobs] == in_order(*NAMES)
    assert (result.made, result.narration, result.findings) == ({}, None, ())
    assert not world.written and not world.told and not world.prepared
    assert not world.watcher.steps and not world.watcher.reasons


def test_only_what_was_ordered_is_looked_at(world: World) -> None:
    result = world.make("a4", "braille")
    assert [job.edition for job in result.jobs] == ["a4", "braille"] == in_order("a4", "braille")
    assert sorted(world.written) == ["a4", "braille"]
    assert [name for name, _ in world.planned] == ["a4", "braille"]


def test_what_waits_for_others_is_planned_with_their_new_files(world: World) -> None:
    result = world.make()
    planned = dict(world.planned)
    names = [name for name, _ in world.planned]
    assert planned["pictures"] == ("booklet", "a4")
    assert planned["epub"] == ("booklet", "a4", "sections")
    assert planned["daisy"] == ("sections",)
    readers = in_order(*(set(NAMES) - {"page", "pictures"}))
    assert planned["page"] == tuple(readers)
    assert names.index("pictures") > max(names.index(each) for each in ("booklet", "a4"))
    assert names.index("page") > max(names.index(each) for each in readers)
    project = world.publication.project
    for name in ("pictures", "page"):
        for offer in world.given[name].offers:
            (job,) = (each for each in result.made if each.edition == offer.edition)
            assert offer.where.is_relative_to(staging(project, job))


def test_what_was_not_made_anew_is_offered_as_it_stands(world: World) -> None:
    old = FileRecord("quiet-hour/quiet-hour-a4.pdf", 1, "", "old")
    world.published["a4"] = EditionRecord({}, (old,))
    del world.reasons["a4"]
    world.make("a4", "pictures")
    (offer,) = world.given["pictures"].offers
    assert offer.file == old and offer.where.is_relative_to(world.publication.project.dist)


def test_what_holds_nothing_is_offered_nothing(world: World) -> None:
    world.published["a4"] = EditionRecord({}, (FileRecord("quiet-hour/x-a4.pdf", 1, "", "old"),))
    world.make("booklet")
    assert world.given["booklet"].offers == ()


def test_sound_is_planned_once_where_it_stands(world: World) -> None:
    del world.reasons["sections"], world.reasons["slower"]
    result = world.make("sections", "episode", "slower")
    names = [name for name, _ in world.planned]
    assert names.count("sections") == names.count("slower") == 1
    assert names.count("episode") == 2  # its voice may have taken another form by then
    assert set(made(result)) == {"episode"}
    assert world.told == ["usual"]


def test_each_pace_is_told_once_and_its_voices_prepared_once(world: World) -> None:
    world.make()
    assert world.told == ["usual", "slower"]
    voices = [voice for voice, _ in world.prepared]
    assert len(set(voices)) == len(voices) > 0
    world.prepared[0][1]()
    assert world.watcher.steps[-1] == "Getting the voice ready, once on this machine"


def test_no_voice_is_prepared_for_what_only_plays(world: World) -> None:
    """A page plays the episode; where that stands, nobody speaks."""
    del world.reasons["episode"]
    world.published["episode"] = EditionRecord({}, (FileRecord("quiet-hour/x.mp3", 1, "", "s"),))
    world.make("episode", "page")
    assert not world.prepared and world.told == ["usual"]
    assert cast("Any", world.given["page"].narration) == "narration usual"


def test_what_is_read_is_printed_elsewhere_and_what_is_heard_is_written_here(world: World) -> None:
    world.make()
    assert set(world.elsewhere) == {"booklet", "a4", "pictures", "braille"}
    for name in ("sections", "episode", "epub", "daisy", "page"):
        assert cast("Any", world.given[name].narration) == "narration usual"
    assert cast("Any", world.given["slower"].narration) == "narration slower"
    assert world.given["a4"].narration is None


def test_each_is_told_why_it_is_made(world: World) -> None:
    world.reasons["a4"] = "a picture changed"
    world.make("a4", "episode")
    assert sorted(world.watcher.reasons) == [
        ("quiet-hour", "a4", "a picture changed"),
        ("quiet-hour", "episode", "it changed"),
    ]


@pytest.mark.parametrize("prints", [("a4",), ("booklet", "a4"), ("booklet", "trifold", "a4")])
def test_the_owner_is_told_what_is_at_work(world: World, prints: tuple[str, ...]) -> None:
    world.make(*prints, "sections", "episode", "slower")
    assert world.watcher.steps == [
        "Laying out the leaflets", "Making sections and episode", "Making slower",
    ]  # fmt: skip


# ---------------------------------------------------------------- what fails


def codes(result: ArticleResult) -> list[str]:
    return [found.code for found in result.findings if found is not ADVICE]


def test_one_that_fails_stops_no_other(world: World) -> None:
    world.failures["a4"] = LeafcastError("No", "Do", "x.md", 3)
    result = world.make()
    assert set(made(result)) == set(NAMES) - {"a4"}
    (found,) = (each for each in result.findings if each is not ADVICE)
    assert (found.code, found.severity) == ("edition-not-made", Severity.ERROR)
    assert found.message == "quiet-hour: a4 could not be made. No" and found.fix == "Do"
    assert found.place and (found.place.path, found.place.line) == ("x.md", 3)


def test_what_failed_is_not_offered_though_an_older_one_stands(world: World) -> None:
    """It may have other words by now."""
    world.published["a4"] = EditionRecord({}, (FileRecord("quiet-hour/q-a4.pdf", 1, "", "old"),))
    world.failures["a4"] = OSError(28, "No space left on device", "x")
    result = world.make("booklet", "a4", "pictures")
    assert [offer.edition for offer in world.given["pictures"].offers] == ["booklet"]
    assert codes(result) == ["edition-not-made"] and "disk is full" in result.findings[0].message


def test_what_cannot_be_without_it_is_not_made_and_told_with_it(world: World) -> None:
    world.failures["sections"] = LeafcastError("No sound")
    result = world.make("sections", "epub", "daisy")
    assert made(result) == [] and codes(result) == ["edition-not-made"]
    assert world.written == ["sections"]
    assert [job.edition for job in result.jobs] == in_order("sections", "epub", "daisy")


def test_what_holds_others_is_made_as_long_as_there_is_one(world: World) -> None:
    for name in ("booklet", "trifold", "large-print", "dyslexia"):
        world.failures[name] = LeafcastError("No")
        world.reasons[name] = "it changed"
    names = ("booklet", "trifold", "a4", "large-print", "dyslexia", "pictures")
    assert set(made(world.make(*names))) == {"a4", "pictures"}
    world.failures["a4"] = LeafcastError("No")
    world.written.clear()
    result = world.make(*names)
    assert made(result) == [] and codes(result) == ["edition-not-made"] * 5
    assert "pictures" not in world.written


def test_findings_come_in_the_tables_order_whichever_failed_first(world: World) -> None:
    for name in ("episode", "braille", "booklet"):
        world.failures[name] = LeafcastError(name)
    result = world.make("episode", "braille", "booklet")
    words = [found.message.rpartition(" ")[2] for found in result.findings if found is not ADVICE]
    assert words == in_order("booklet", "braille", "episode")


def test_where_nothing_can_be_told_aloud_what_is_read_is_made(world: World) -> None:
    world.unheard = {"usual"}
    result = world.make()
    assert set(made(result)) == {"booklet", "a4", "pictures", "braille", "slower", "page"}
    assert world.given["page"].narration is None
    assert world.told == ["usual", "slower"] and result.narration is None
    assert codes(result) == []  # the narration's own finding says why


def test_a_page_without_the_sections_it_holds_is_made_and_plays(world: World) -> None:
    world.failures["sections"] = LeafcastError("No sound")
    result = world.make("sections", "episode", "page")
    assert set(made(result)) == {"episode", "page"} and codes(result) == ["edition-not-made"]
    assert world.given["page"].narration is not None
    assert "sections" not in {offer.edition for offer in world.given["page"].offers}


def test_what_does_not_fit_is_told_by_its_own_code(world: World) -> None:
    world.failures["booklet"] = DoesNotFit("Too long", "Shorten it")
    assert codes(world.make("booklet")) == ["booklet-over"]


def test_what_this_machine_lacks_is_advice_and_an_older_one_stays(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(self: Edition, given: Publication) -> Missing | None:
        return Missing("No braille here.", "Install it") if "braille" in self.writer else None

    monkeypatch.setattr(Edition, "missing", missing)
    result = world.make("a4", "braille")
    assert made(result) == ["a4"] and world.written == ["a4"]
    (found,) = result.findings
    assert (found.code, found.severity) == ("braille-not-here", Severity.ADVICE)
    assert (found.message, found.fix) == ("quiet-hour: No braille here.", "Install it")
    assert schedule.needs_making(world.order(["a4"]), world.build)
    assert not schedule.needs_making(world.order(["braille"]), world.build)
    del world.reasons["braille"]
    assert world.make("braille").findings == ()  # it stands


def test_a_part_of_the_site_that_fails_is_told_by_its_name() -> None:
    found = edition_failed(Job("", "podcast", {}, ""), LeafcastError("No"))
    assert (found.code, found.message) == ("edition-not-made", "podcast could not be made. No")


def test_another_error_is_nobodys_finding(world: World) -> None:
    world.failures["sections"] = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        world.make("sections")


# ---------------------------------------------------------------- what was found on the way


def test_what_was_found_while_it_was_told_is_kept_with_each_that_was_heard(world: World) -> None:
    world.failures["episode"] = LeafcastError("No")
    world.make("a4", "sections", "episode", "slower", "page")
    assert sorted(world.kept) == [
        (MAKING, ("page",), (ADVICE,)),
        (MAKING, ("sections",), (ADVICE,)),
        (MAKING, ("slower",), (ADVICE,)),
    ]


def test_whether_there_is_anything_to_make(world: World) -> None:
    assert schedule.needs_making(world.order(NAMES), world.build)
    world.reasons = {"page": "it changed"}
    assert schedule.needs_making(world.order(NAMES), world.build)
    world.reasons = {}
    assert not schedule.needs_making(world.order(NAMES), world.build)
    assert not world.written and not world.watcher.reasons


def test_an_edition_is_written_into_staging_and_looked_at_ahead(
    publication: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[tuple[str, tuple[Path, ...]]] = []

    def write(self: Edition, given: Publication, folder: Path) -> tuple[Path, ...]:
        (folder / "x.txt").write_text("words")
        return (folder / "x.txt",)

    monkeypatch.setattr(Edition, "write", write)
    monkeypatch.setattr(schedule, "look_ahead", lambda p, name, files: looked.append((name, files)))
    job = Job("quiet-hour", "a4", {"article": "1"}, "it changed")
    shutil.rmtree(publication.project.work, ignore_errors=True)
    for _ in range(2):  # what lies there from before is no hindrance
        record = schedule.write_edition(publication, job)
    folder = staging(publication.project, job)
    assert looked == [("a4", (folder / "x.txt",))] * 2
    assert record.made_from == {"article": "1"}
    (file,) = record.files
    assert (file.path, file.bytes) == ("quiet-hour/x.txt", 5)


def test_an_offer_is_of_the_order_alone(world: World) -> None:
    """The publication that was ordered is changed by nothing that is made."""
    world.make()
    assert world.publication.offers == () and replace(world.publication) == world.publication
