"""A build tells the state of dist/, not what it happened to do: what was found, until it is mended."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import wave
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from leafcast.build import here
from leafcast.build.journal import manifest_of
from leafcast.build.pipeline import Outcome, Request, build, check_project
from leafcast.checks import CHECKS, SITE_CHECKS, Check, SiteCheck
from leafcast.checks.verdicts import Verdicts
from leafcast.commands.cli import leafcast
from leafcast.document.article import article_sentences
from leafcast.document.artifact import EditionRecord, FileRecord
from leafcast.document.errors import ToolMissing
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place, Report, Severity
from leafcast.execution.request import Silent
from leafcast.narration.model import Narration
from leafcast.practice.project import load_project
from leafcast.site.parts import Site
from leafcast.state.store import FILE, State
from tests.conftest import ARTICLE, ROOT, SHORT_ARTICLE
from tests.test_interrupted import posix_only

WORD = "a quiet hour"


def check_word(publication: Publication, folder: Path) -> Iterator[Finding]:
    """A check that finds a word of the article, as an error, a warning and advice."""
    calls.append(publication.article.slug)
    if lacking:
        raise ToolMissing("There is no microscope", "Buy one")
    place = Place(publication.article.source, 9)
    if any(WORD in sentence.text for sentence in article_sentences(publication.article)):
        for severity in (Severity.ERROR, Severity.WARNING, Severity.ADVICE):
            yield Finding(f"a-{severity}", severity, f"“{WORD}” is an {severity}", "Mend it", place)


def check_each_file(publication: Publication, folder: Path) -> Iterator[Finding]:
    for path in sorted(folder.glob("*.pdf")):
        if publication.has(path):
            place = Place(f"dist/{folder.name}/{path.name}")
            yield Finding("blot", Severity.ERROR, "There is a blot on it", "Print it", place)


def check_site(site: Site, dist: Path) -> Iterator[Finding]:
    calls.append("site")
    yield Finding("odd-feed", Severity.ERROR, "The feed is odd", "", Place("dist/podcast.xml"))


calls: list[str] = []
lacking: list[bool] = []


@pytest.fixture(autouse=True)
def checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Just one check, on the A4 leaflet, that finds a word."""
    calls.clear()
    lacking.clear()
    only(monkeypatch, Check(f"{__name__}:check_word", reads=("a4",)))


def only(monkeypatch: pytest.MonkeyPatch, check: Check) -> None:
    for name in tuple(CHECKS):
        monkeypatch.delitem(CHECKS, name)
    monkeypatch.setitem(CHECKS, "word", check)


def built(practice: Path, *editions: str, strict: bool = False, **wanted: object) -> Outcome:
    request = Request(editions=editions or ("a4",), jobs=1, **wanted)  # type: ignore[arg-type]
    return build(load_project(practice), request, Silent(), Report(strict=strict))


def codes(outcome: Outcome) -> list[str]:
    return [each.code for each in outcome.report.findings]


def edit(practice: Path, what: str, there: str, slug: str = "quiet-hour") -> None:
    path = practice / f"source/{slug}.md"
    path.write_text(path.read_text("utf-8").replace(what, there), encoding="utf-8")


FOUND = ["a-error", "a-warning", "a-advice"]

# ---------------------------------------------------------------- told again


def test_what_was_found_is_told_by_every_build_until_it_is_mended(practice: Path) -> None:
    first = built(practice)
    for _ in range(2):
        again = built(practice)
        assert not any(made.new for made in again.made)
        assert again.report.findings == first.report.findings
        assert codes(again) == FOUND
        assert again.report.exit_code == 1
    assert calls == ["quiet-hour"]  # it was found once
    edit(practice, "It is a quiet hour.", "It is a calm hour.")
    assert codes(built(practice)) == codes(built(practice)) == []


def test_a_warning_fails_under_strict_at_every_build(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(ARTICLE, practice / "source/quiet-hour.md")
    only(monkeypatch, Check("leafcast.checks.fit:check_fit", reads=("trifold",)))
    for _ in range(3):
        outcome = built(practice, "trifold", strict=True)
        assert codes(outcome) == ["trifold-cut"]
        assert outcome.report.exit_code == 1
    assert built(practice, "trifold").report.exit_code == 0


def test_a_silent_recording_is_told_at_every_build(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, Check("leafcast.checks.takes:check_takes", reads=("sections",)))
    take = practice / "audio/takes/quiet-hour/what-happens.wav"
    take.parent.mkdir(parents=True)
    with wave.open(str(take), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(44_100)
        file.writeframes(bytes(2 * 44_100 * 20))
    for _ in range(2):
        outcome = built(practice, "sections", strict=True)
        assert "take-silent" in codes(outcome)
        assert outcome.report.exit_code == 1
    take.unlink()
    assert codes(built(practice, "sections", strict=True)) == []


def test_the_words_of_a_build_are_true_of_what_was_found(practice: Path) -> None:
    command = ["build", "--edition", "a4", "--jobs", "1", "--project", str(practice)]
    for expected in ("\n1 thing to put right", "Nothing new was made; 1 file in "):
        done = CliRunner().invoke(leafcast, command)
        assert done.exit_code == 1
        assert expected in done.output and "“a quiet hour” is an error [a-error]" in done.output
        assert "should be" not in done.output and "Nothing to do" not in done.output
    edit(practice, "a quiet hour", "a calm hour")
    for expected in ("All is well", "is as it should be"):
        done = CliRunner().invoke(leafcast, command)
        assert done.exit_code == 0
        assert expected in done.output


# ---------------------------------------------------------------- not checked yet


KILLED = """
import os, signal, sys
from leafcast.build import here
from leafcast.commands.cli import main
here.run_checks = lambda *given: os.kill(os.getpid(), signal.SIGKILL)
sys.argv = ["leafcast", "build", "--edition", "a4", "--jobs", "1", "--project", sys.argv[1]]
main()
"""


@posix_only
def test_a_build_killed_before_its_checks_checks_next_time(practice: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(practice)], cwd=ROOT, capture_output=True, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == -9, done.stderr
    assert manifest_of(load_project(practice)).edition("quiet-hour", "a4")
    outcome = built(practice)
    assert not any(made.new for made in outcome.made)
    assert codes(outcome) == FOUND


def test_a_build_stopped_in_a_check_keeps_what_others_found(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(here, "run_checks", stop)
        with pytest.raises(KeyboardInterrupt):
            built(practice)
    assert codes(built(practice, slugs=("quiet-hour",))) == FOUND


def test_what_could_not_be_checked_is_tried_again(practice: Path) -> None:
    lacking.append(True)
    for _ in range(2):
        outcome = built(practice)
        assert codes(outcome) == ["not-checked"]
        assert outcome.report.exit_code == 1
    lacking.clear()
    assert codes(built(practice)) == codes(built(practice)) == FOUND
    assert len(calls) == 3


@pytest.mark.parametrize(
    "harm", ["flip", "cut", "empty", "garbage", "version", "delete", "folder", "clean"]
)
def test_a_damaged_verdict_means_check_again(practice: Path, harm: str) -> None:
    built(practice)
    kept = practice / ".leafcast" / FILE
    content = kept.read_bytes()
    match harm:
        case "flip":
            assert b"a-error" in content
            kept.write_bytes(content.replace(b"a-error", b"a-eqror"))
        case "cut":
            kept.write_bytes(content[: len(content) // 2])
        case "empty":
            kept.write_bytes(b"")
        case "garbage":
            kept.write_bytes(b"\xff" * len(content))
        case "version":
            with closing(sqlite3.connect(kept)) as other:
                other.execute("PRAGMA user_version = 99")
        case "clean":
            assert (
                CliRunner().invoke(leafcast, ["clean", "--project", str(practice)]).exit_code == 0
            )
        case _:
            kept.unlink()
    if harm == "folder":
        kept.mkdir()
    for _ in range(2):
        assert codes(built(practice)) == FOUND
    assert calls == ["quiet-hour", "quiet-hour"]


# ---------------------------------------------------------------- of all that stands in dist/


def test_an_edition_that_is_not_asked_for_is_told_of_too(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(practice)
    assert codes(built(practice, "test-sheet")) == FOUND
    edit(practice, "a quiet hour", "a calm hour")  # but the A4 leaflet is as it was
    assert codes(built(practice, "test-sheet")) == FOUND
    assert codes(built(practice)) == []


def test_what_was_found_of_a_file_of_the_words_before_stays(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, Check(f"{__name__}:check_each_file", reads=("a4", "dyslexia")))
    first = built(practice, "a4", "dyslexia")
    assert len(codes(first)) > 1
    edit(practice, "a quiet hour", "a calm hour")
    for edition in ("a4", "test-sheet"):
        again = built(practice, edition)
        assert set(again.report.findings) == set(first.report.findings)


def test_every_article_is_told_of_whichever_is_asked_for(practice: Path) -> None:
    other = SHORT_ARTICLE.replace("a quiet hour", "a calm hour")
    (practice / "source/second.md").write_text(other, encoding="utf-8")
    built(practice)
    assert codes(built(practice, slugs=("second",))) == FOUND
    edit(practice, "title: A Quiet Hour\n", "")  # it cannot be read; what stands there is as it was
    told = codes(built(practice))
    assert set(FOUND) < set(told)
    (practice / "source/quiet-hour.md").unlink()
    assert codes(built(practice)) == []


def test_an_article_that_was_never_checked_and_is_not_asked_for_is_named(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (practice / "source/second.md").write_text(SHORT_ARTICLE, encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(here, "run_checks", lambda *given: [])
        built(practice)
    assert sorted(codes(built(practice, slugs=("second",)))) == sorted([*FOUND, "not-checked-yet"])
    assert codes(built(practice)) == [*FOUND, *FOUND]


def test_an_edition_that_is_done_without_takes_its_findings_along(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, Check(f"{__name__}:check_word", reads=("slower",)))
    assert codes(built(practice, "slower")) == FOUND
    settings = practice / "source/practice.toml"
    settings.write_text(settings.read_text() + "slower = false\n")
    assert codes(built(practice, "sections")) == []


def test_what_was_found_of_all_publications_together_is_told_again(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = SiteCheck(f"{__name__}:check_site", reads=("sums",))
    for name in tuple(SITE_CHECKS):
        monkeypatch.delitem(SITE_CHECKS, name)
    monkeypatch.setitem(SITE_CHECKS, "odd", odd)
    edit(practice, "a quiet hour", "a calm hour")
    for editions in (("a4", "sums"), ("a4", "sums"), ("a4",)):
        outcome = built(practice, *editions)
        assert codes(outcome) == ["odd-feed"]
        assert outcome.report.exit_code == 1
    assert calls.count("site") == 1
    (practice / "source/quiet-hour.md").unlink()
    assert codes(built(practice, "a4", "sums")) == ["no-article"]


def test_a_check_made_on_request_is_told_of_until_its_edition_is_another(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, Check(f"{__name__}:check_word", reads=("a4",), on_request=True))
    assert codes(built(practice)) == []
    assert codes(built(practice, checks=("word",))) == FOUND
    assert codes(built(practice)) == FOUND
    edit(practice, "You go home.", "You walk home.")
    assert codes(built(practice)) == []


def test_check_looks_itself(practice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(practice)
    only(monkeypatch, replace(CHECKS["word"], checker=f"{__name__}:check_each_file"))
    report = Report()
    check_project(load_project(practice), (), report)
    assert [each.code for each in report.findings] == ["blot"]


# ---------------------------------------------------------------- what is kept


def a_record(sha256: str = "0" * 64, **made_from: str) -> EditionRecord:
    return EditionRecord(made_from, (FileRecord("x/x.pdf", 1, "application/pdf", sha256),))


def test_a_verdict_is_of_one_check_and_of_just_what_it_read(tmp_path: Path) -> None:
    store, found = Verdicts(State(None), str), (
        Finding("odd", Severity.WARNING, "It is “odd”\n", "Even it", Place("x.md", 3)),
        Finding("even", Severity.NOT_CHECKED, "It is even"),
        Finding("at", Severity.ADVICE, "It is at", "", Place("y")),
    )  # fmt: skip
    record = {"a4": a_record(article="1")}
    store.keep("word", record, found)
    assert store.read("word", {"a4": a_record(article="1")}) == found
    assert store.read("sound", record) is None
    for other in (
        {"a4": a_record(article="2")},
        {"a4": a_record("1" * 64, article="1")},
        {"a4": a_record(article="1", voice="2")},
        {**record, "booklet": a_record()},
        {"booklet": record["a4"]},
    ):
        assert store.read("word", other) is None


def test_where_nothing_can_be_kept_it_is_found_again(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = State.write

    def full(state: State, kind: str, key: str, value: bytes) -> None:
        if kind != "verdicts":
            real(state, kind, key, value)

    with monkeypatch.context() as patch:
        patch.setattr(State, "write", full)
        assert codes(built(practice)) == FOUND
    assert codes(built(practice)) == FOUND
    assert len(calls) == 2


def test_what_was_found_while_it_was_told_is_told_again(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as the advice that words cannot be marked as they are heard."""
    from leafcast.build import schedule as making

    real = making.narrate

    def narrate(*given: object) -> Narration | None:
        told = given[3]
        assert isinstance(told, Report)
        told.add([Finding("words-not-timed", Severity.ADVICE, "Words are not timed")])
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "narrate", narrate)
    for _ in range(2):
        assert codes(built(practice, "sections")) == ["words-not-timed"]
    monkeypatch.setattr(making, "narrate", real)
    edit(practice, "a quiet hour", "a calm hour")
    assert codes(built(practice, "sections")) == []
