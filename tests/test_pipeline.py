"""A build makes what is missing, keeps what stands, and never leaves a half of anything."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from leafcast.build import pipeline
from leafcast.build.parts import SITE
from leafcast.build.pipeline import Outcome, Request, build, check_project
from leafcast.document.errors import BusyError, LayoutError, LeafcastError, UsageError, VoiceError
from leafcast.document.report import Finding, Place, Report, Severity
from leafcast.editions.table import EDITIONS
from leafcast.execution.print_pool import PrintPool
from leafcast.practice.project import load_project
from leafcast.state.manifest import read_manifest
from tests.conftest import SHORT_ARTICLE, TODAY, UNASKED, write_practice


class Notes:
    """A watcher that remembers."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.reasons: dict[str, str] = {}
        self.voiced: list[str] = []

    def step(self, words: str) -> None:
        self.steps.append(words)

    def why(self, slug: str, edition: str, reason: str) -> None:
        self.reasons[edition] = reason

    def voicing(self, shown: str, share: float) -> None:
        self.voiced.append(shown)


def run(practice: Path, notes: Notes | None = None, **wanted: object) -> Outcome:
    request = Request(**{"jobs": 1, **wanted})  # type: ignore[arg-type]
    return build(load_project(practice), request, notes or Notes(), Report())


def everything(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def edit(practice: Path, what: str, there: str) -> None:
    path = practice / "source" / "quiet-hour.md"
    path.write_text(path.read_text("utf-8").replace(what, there), encoding="utf-8")


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", TODAY)
        practice = write_practice(tmp_path_factory.mktemp("built") / "practice")
        outcome = run(practice)
    assert outcome.report.exit_code == 0, outcome.report.findings
    return practice


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    """A practice of which everything was made: a copy, for each test its own."""
    return Path(shutil.copytree(built_once, tmp_path / "practice"))


# ---------------------------------------------------------------- what is made


def test_a_build_makes_every_edition(built: Path) -> None:
    there = everything(built / "dist")
    assert set(there) == {
        "manifest.json",
        "SHA256SUMS",
        "podcast.xml",
        "sitemap.xml",
        "index.html",
        "print.html",
        "404.html",
        "_headers",
        ".htaccess",
        "farewell/farewell.css",
        "library/words.js",
        "library/library.css",
        "library/print.css",
        "library/quiet-hour.svg",
        "library/icon.svg",
        "library/AtkinsonHyperlegibleNext-Regular.woff2",
        "library/AtkinsonHyperlegibleNext-Bold.woff2",
        "library/Literata-SemiBold.woff2",
        "podcast/cover.jpg",
        f"podcast/quiet-hour-{there['quiet-hour/quiet-hour.mp3'][:10]}.mp3",
        "quiet-hour/quiet-hour-booklet.pdf",
        "quiet-hour/quiet-hour-booklet-print.pdf",
        "quiet-hour/quiet-hour-booklet-print-long-edge.pdf",
        "quiet-hour/quiet-hour-trifold.pdf",
        "quiet-hour/quiet-hour-trifold-print.pdf",
        "quiet-hour/quiet-hour-trifold-print-long-edge.pdf",
        "quiet-hour/quiet-hour-a4.pdf",
        "quiet-hour/quiet-hour-large-print.pdf",
        "quiet-hour/quiet-hour-large-print-24.pdf",
        "quiet-hour/quiet-hour-test-sheet.pdf",
        "quiet-hour/quiet-hour-dyslexia.pdf",
        "quiet-hour/quiet-hour-dyslexia-print.pdf",
        "quiet-hour/pictures/cover.png",
        "quiet-hour/pictures/folded.png",
        "quiet-hour/pictures/booklet.png",
        "quiet-hour/pictures/trifold.png",
        "quiet-hour/pictures/a4.png",
        "quiet-hour/pictures/large-print.png",
        "quiet-hour/pictures/dyslexia.png",
        "quiet-hour/audio/01-introduction.mp3",
        "quiet-hour/audio/02-what-happens.mp3",
        "quiet-hour/audio/03-what-comes-after.mp3",
        "quiet-hour/quiet-hour.epub",
        "quiet-hour/quiet-hour-daisy.zip",
        "quiet-hour/quiet-hour.mp3",
        "quiet-hour/quiet-hour.m4b",
        "quiet-hour/quiet-hour.opus",
        "quiet-hour/quiet-hour.vtt",
        "quiet-hour/index.html",
        "quiet-hour/player.html",
        "quiet-hour/embed.txt",
        "quiet-hour/quiet-hour-offline.html",
        "quiet-hour/page/AtkinsonHyperlegibleNext-Regular.woff2",
        "quiet-hour/page/AtkinsonHyperlegibleNext-Bold.woff2",
        "quiet-hour/page/Literata-SemiBold.woff2",
        "quiet-hour/page/icon.svg",
        "quiet-hour/page/touch-icon.png",
        "quiet-hour/page/cover.jpg",
        "quiet-hour/quiet-hour.srt",
        "quiet-hour/quiet-hour.json",
        "quiet-hour/quiet-hour-words.json",
        "quiet-hour/quiet-hour-chapters.json",
        "quiet-hour/quiet-hour-cover.jpg",
        "quiet-hour/quiet-hour-slower.mp3",
        "quiet-hour/quiet-hour-slower.vtt",
    } | (
        {f"quiet-hour/quiet-hour.{end}" for end in ("brf", "pef")}
        if "braille" in UNASKED
        else set()
    )


def test_the_manifest_names_every_file_as_it_is(built: Path) -> None:
    named = {file.path: file.sha256 for file in read_manifest(built / "dist").files}
    there = everything(built / "dist")
    del there["manifest.json"]
    assert named == there


def test_a_second_build_does_nothing(built: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in (built / "dist").rglob("*") if p.is_file()}
    notes = Notes()
    outcome = run(built, notes)
    assert not any(made.new for made in outcome.made)
    assert (notes.steps, notes.reasons, notes.voiced) == ([], {}, [])
    assert before == {p: p.stat().st_mtime_ns for p in (built / "dist").rglob("*") if p.is_file()}


@pytest.mark.usefixtures("made_here")
def test_two_builds_of_the_same_source_are_byte_identical(built: Path, tmp_path: Path) -> None:
    twin = tmp_path / "twin"
    (built / "source").rename(tmp_path / "source")
    twin.mkdir()
    (tmp_path / "source").rename(twin / "source")
    run(twin)
    assert everything(twin / "dist") == everything(built / "dist")


def test_only_the_editions_asked_for_are_made(practice: Path) -> None:
    run(practice, editions=("a4",))
    assert set(everything(practice / "dist")) == {"manifest.json", "quiet-hour/quiet-hour-a4.pdf"}


@pytest.mark.parametrize(
    "wanted", [{"slugs": ("quiet-our",)}, {"editions": ("a5",)}, {"voice": "kokorro"}]
)
def test_asking_for_what_is_not_there_names_what_is(
    practice: Path, wanted: dict[str, object]
) -> None:
    with pytest.raises(UsageError) as caught:
        run(practice, **wanted)
    assert any(word in caught.value.hint for word in ("quiet-hour", "a4", "kokoro"))


# ---------------------------------------------------------------- what is made again


def test_one_sentence_edited_is_one_clip_a_pace_one_section_the_episodes_and_the_prints(
    built: Path,
) -> None:
    before = everything(built / "dist")
    edit(built, "You go home.", "You walk home.")
    notes = Notes()
    run(built, notes)
    after = everything(built / "dist")
    assert notes.voiced == ["You walk home."] * 2
    changed = {path for path in after if after[path] != before.get(path)}
    assert {path for path in changed if path.endswith(".mp3")} == {
        "quiet-hour/audio/03-what-comes-after.mp3",
        "quiet-hour/quiet-hour.mp3",
        "quiet-hour/quiet-hour-slower.mp3",
        f"podcast/quiet-hour-{after['quiet-hour/quiet-hour.mp3'][:10]}.mp3",
    }
    printed = {path for path in after if path.endswith(".pdf")}
    assert printed - changed == {"quiet-hour/quiet-hour-test-sheet.pdf"}  # it has no such words
    assert notes.reasons.pop("pictures") == "a file that it holds or names changed"
    assert set(notes.reasons.values()) == {"the article changed", "a publication changed"}


SHOP_FILES = {f"quiet-hour/quiet-hour-{name}-print-shop.pdf" for name in ("booklet", "trifold")}
PRINTED = {name for name in UNASKED if not EDITIONS[name].needs_sound}


def test_a_print_shop_gets_its_file_when_asked_for_and_no_sound_is_made_again(built: Path) -> None:
    before = everything(built / "dist")
    notes = Notes()
    run(built, notes, print_shop=True)
    after = everything(built / "dist")
    assert set(after) - set(before) == SHOP_FILES
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {"manifest.json", "SHA256SUMS", "quiet-hour/index.html", "print.html"}
    assert set(notes.reasons) == {*PRINTED, "page", *SITE} - {"podcast"}
    (reason,) = {notes.reasons[name] for name in PRINTED}
    assert "--print-shop" in reason
    assert not any(made.new for made in run(built, print_shop=True).made)
    run(built)
    assert everything(built / "dist") == before


def test_practice_toml_may_want_a_print_shops_files_always(practice: Path) -> None:
    path = practice / "source/practice.toml"
    path.write_text(path.read_text("utf-8") + "\n[leaflet]\nprint_shop = true\n", "utf-8")
    run(practice, editions=("booklet",))
    assert "quiet-hour/quiet-hour-booklet-print-shop.pdf" in everything(practice / "dist")


def test_a_file_that_went_missing_or_was_changed_is_made_again(built: Path) -> None:
    before = everything(built / "dist")
    (built / "dist/quiet-hour/quiet-hour-a4.pdf").unlink()
    (built / "dist/quiet-hour/quiet-hour.vtt").write_text("not ours")
    notes = Notes()
    run(built, notes)
    assert everything(built / "dist") == before
    assert notes.reasons == {
        "a4": "quiet-hour/quiet-hour-a4.pdf is missing",
        "episode": "quiet-hour/quiet-hour.vtt is not as it was made",
    }
    assert notes.voiced == []


def test_a_changed_setting_makes_again_what_shows_it(built: Path) -> None:
    settings = built / "source" / "practice.toml"
    settings.write_text(settings.read_text().replace('"Samaritans"', '"The Samaritans"'))
    notes = Notes()
    run(built, notes)
    assert set(notes.reasons) == {*UNASKED, *SITE}


def test_another_voice_makes_only_the_sound_again_and_what_plays_it(built: Path) -> None:
    voices = built / "audio" / "voices.toml"
    voices.parent.mkdir(exist_ok=True)
    voices.write_text('[voices.low]\nengine = "tone"\nspeed = 0.9\n')
    notes = Notes()
    outcome = run(built, notes, voice="low")
    assert outcome.report.exit_code == 0
    assert set(notes.reasons) == {"sections", "episode", "slower", "epub", "daisy", "page", *SITE}


# ---------------------------------------------------------------- what is taken away


def test_a_slower_edition_that_is_not_wanted_leaves_dist(built: Path) -> None:
    slower = {"quiet-hour/quiet-hour-slower.mp3", "quiet-hour/quiet-hour-slower.vtt"}
    assert slower <= set(everything(built / "dist"))
    settings = built / "source" / "practice.toml"
    text = settings.read_text()
    settings.write_text(text.replace("[sound]\n", "[sound]\nslower = false\n"))
    run(built)
    assert not slower & set(everything(built / "dist"))
    run(built, editions=("slower",))
    assert slower <= set(everything(built / "dist"))


def test_a_voice_is_got_ready_before_it_speaks_and_only_then(
    practice: Path, tmp_path: Path
) -> None:
    voices = practice / "audio/voices.toml"
    voices.parent.mkdir(exist_ok=True)
    voices.write_text(
        f'[voices.changing]\nengine = "tests.changing"\nverdict = "{tmp_path / "verdict"}"\n'
    )
    ready = "Getting the voice ready, once on this machine"
    printed, told, again = Notes(), Notes(), Notes()
    run(practice, printed, voice="changing", editions=("a4",))
    assert ready not in printed.steps
    outcome = run(practice, told, voice="changing", editions=("sections",))
    assert told.steps[0] == ready
    assert [made.new for made in outcome.made] == [True]
    run(practice, again, voice="changing", editions=("a4", "sections"))
    assert (again.steps, again.reasons) == ([], {})


def test_what_was_deleted_from_the_source_leaves_dist(built: Path) -> None:
    (built / "source/quiet-hour.md").rename(built / "source/quiet-hour.md.off")
    outcome = run(built)
    assert set(everything(built / "dist")) == {"manifest.json"}
    assert "quiet-hour/quiet-hour-a4.pdf" in outcome.removed


def test_a_section_taken_out_takes_its_sound_along(built: Path) -> None:
    edit(built, "## What comes after\n\nYou go home. Nothing has to be decided.\n", "")
    run(built)
    names = [path.name for path in (built / "dist/quiet-hour/audio").iterdir()]
    assert sorted(names) == ["01-introduction.mp3", "02-what-happens.mp3"]


def test_a_strangers_file_is_left_alone(built: Path) -> None:
    stranger = built / "dist/quiet-hour/notes-from-the-webmaster.txt"
    stranger.write_text("keep me")
    (built / "source/quiet-hour.md").unlink()
    run(built)
    assert stranger.read_text() == "keep me"


def test_an_article_that_cannot_be_read_keeps_what_it_had(built: Path) -> None:
    before = everything(built / "dist")
    edit(built, "title: A Quiet Hour\n", "")
    outcome = run(built)
    assert outcome.report.exit_code == 1
    assert any(f.place and f.place.path.endswith("quiet-hour.md") for f in outcome.report.findings)
    assert everything(built / "dist") == before


# ---------------------------------------------------------------- what goes wrong


def test_an_edition_that_fails_stops_no_other(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import leafcast.print.editions as leaflet

    def fail(publication: object, folder: Path) -> tuple[Path, ...]:
        raise LayoutError("The table is too wide", "Make it narrower")

    monkeypatch.setattr(leaflet, "write_a4", fail)
    outcome = run(practice)
    assert outcome.report.exit_code == 1
    assert [f.code for f in outcome.report.findings if f.severity == "error"] == [
        "edition-not-made"
    ]
    names = {Path(path).name for path in everything(practice / "dist")}
    assert "quiet-hour-a4.pdf" not in names
    assert {"quiet-hour.mp3", "quiet-hour-booklet.pdf"} <= names


@pytest.mark.usefixtures("made_here")
def test_a_full_disk_is_one_clear_finding_and_leaves_dist_as_it_was(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(built / "dist")
    edit(built, "You go home.", "You walk home.")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "somewhere")

    monkeypatch.setattr("leafcast.state.cache.os.replace", full)
    outcome = run(built)
    assert outcome.report.exit_code == 1
    assert any("disk is full" in finding.message for finding in outcome.report.findings)
    assert {k: v for k, v in everything(built / "dist").items() if k.endswith(".mp3")} == {
        k: v for k, v in before.items() if k.endswith(".mp3")
    }


def test_a_read_only_dist_is_one_clear_line(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def read_only(source: str, target: str) -> None:
        if "dist" in Path(target).parts:
            raise OSError(errno.EROFS, "Read-only file system", str(target))
        real(source, target)

    monkeypatch.setattr("leafcast.build.moving.os.replace", read_only)
    with pytest.raises(LeafcastError, match="dist/ cannot be written: Read-only") as caught:
        run(practice, editions=("a4",))
    assert "nothing is lost" in caught.value.hint
    assert set(everything(practice / "dist")) <= {"manifest.json"}


def test_two_builds_at_once_are_one_build_and_one_clear_line(practice: Path) -> None:
    with pipeline.only_build(load_project(practice)), pytest.raises(BusyError, match="Another"):
        run(practice)
    assert run(practice, editions=("a4",)).report.exit_code == 0


@pytest.mark.parametrize("count", [1, 3])
def test_damaged_clips_are_voiced_again(built: Path, count: int) -> None:
    before = everything(built / "dist")
    clips = sorted(p for p in (built / ".leafcast/cache/clips").rglob("*") if p.is_file())
    for clip in clips[:count]:
        clip.write_bytes(clip.read_bytes()[:-9] + b"noise!!!!")
    for path in (built / "dist/quiet-hour").rglob("*.mp3"):
        path.unlink()
    notes = Notes()
    run(built, notes)
    assert len(notes.voiced) == count
    assert everything(built / "dist") == before


def test_two_articles_of_a_name_are_named(practice: Path) -> None:
    (practice / "source/quiet-hour.txt").write_text(SHORT_ARTICLE)
    outcome = run(practice, editions=("a4",))
    assert "two-articles-of-a-name" in [f.code for f in outcome.report.findings]


def test_no_article_says_how_to_start_one(practice: Path) -> None:
    (practice / "source/quiet-hour.md").unlink()
    (finding,) = run(practice).report.findings
    assert "leafcast new" in finding.fix


def test_clean_empties_the_cache_and_leaves_dist(built: Path) -> None:
    before = everything(built / "dist")
    assert pipeline.clean_project(load_project(built)) > 0
    assert not (built / ".leafcast/cache").exists()
    assert everything(built / "dist") == before
    run(built)
    assert everything(built / "dist") == before


def test_what_is_made_on_request_is_kept_up_to_date_from_then_on(built: Path) -> None:
    folded = "quiet-hour/quiet-hour-z-fold.pdf"
    assert folded not in everything(built / "dist")
    run(built, editions=("z-fold",))
    before = everything(built / "dist")
    edit(built, "You go home.", "You walk home.")
    run(built)
    assert everything(built / "dist")[folded] != before[folded]


# ---------------------------------------------------------------- the print pool


def test_two_processes_make_the_same_bytes_as_one_thread(built: Path, tmp_path: Path) -> None:
    """What is laid out in processes of its own, and looked over there, is what it always is."""
    before = everything(built / "dist")
    shutil.rmtree(built / "dist")
    shutil.rmtree(built / ".leafcast" / "cache" / "pdf")
    outcome = run(built, jobs=2)
    assert outcome.report.exit_code == 0, outcome.report.findings
    assert everything(built / "dist") == before
    assert any((built / ".leafcast/cache/pdf").rglob("*"))


class Mortal(ThreadPoolExecutor):
    """A pool whose process ends at some editions, `times` for each."""

    def __init__(self, deaths: dict[str, int]) -> None:
        super().__init__(1)
        self.deaths = deaths

    def submit(self, fn: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        edition = getattr(given[1], "edition", given[1])
        if not self.deaths.get(edition, 0):
            return super().submit(fn, *given, **named)
        self.deaths[edition] -= 1
        dead: Future[Any] = Future()
        dead.set_exception(BrokenExecutor("A process ended"))
        return dead


@pytest.mark.parametrize(("times", "failed"), [(1, False), (2, True)])
def test_a_process_that_ends_is_tried_again_and_then_named(
    practice: Path, monkeypatch: pytest.MonkeyPatch, times: int, failed: bool
) -> None:
    deaths = {"a4": times, "fit": times}
    monkeypatch.setattr("leafcast.execution.print_pool.open_workers", lambda *_: Mortal(deaths))
    outcome = run(practice, jobs=2, editions=("a4", "trifold", "page"))
    findings = [each for each in outcome.report.findings if each.severity == Severity.ERROR]
    assert [each.code for each in findings] == ["edition-not-made", "not-checked"][: 2 * failed]
    assert (practice / "dist/quiet-hour/quiet-hour-trifold.pdf").is_file()
    assert (practice / "dist/quiet-hour/index.html").is_file()
    assert (practice / "dist/quiet-hour/quiet-hour-a4.pdf").is_file() != failed
    assert all("quiet-hour" in each.message for each in findings)


def test_a_closed_print_room_leaves_nobody_waiting() -> None:
    room = PrintPool(2)
    lost = [room.submit(time.sleep, 30) for _ in range(5)]
    began = time.monotonic()
    room.close()
    for each in lost:
        with pytest.raises(BrokenExecutor):
            each.result(timeout=10)
    assert time.monotonic() - began < 10


# ---------------------------------------------------------------- what is of yesterday


def test_what_was_not_made_anew_is_not_judged_by_new_words(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A voice that fails leaves the old sound and books there: one finding, and no more."""
    edit(built, "You go home.", "You walk home.")
    found = failing_voice(built, monkeypatch)
    assert [each.code for each in found] == ["narration-not-made"], found
    (finding,) = found
    assert finding.code == "narration-not-made"
    report = Report()
    check_project(load_project(built), (), report)
    (stale,) = [each for each in report.findings if each.severity != Severity.ADVICE]
    assert (stale.code, stale.place) == ("not-built-yet", Place("source/quiet-hour.md"))
    assert "sections, episode, slower, epub, daisy is as the article" in stale.message
    run(built)
    report = Report()
    check_project(load_project(built), (), report)
    assert [each for each in report.findings if each.severity != Severity.ADVICE] == []


def failing_voice(practice: Path, monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """What a build finds whose voice cannot say a word."""

    def silent(*_: object) -> bool:
        raise VoiceError("It has lost its voice")

    with monkeypatch.context() as patch:
        patch.setattr("leafcast.narration.narrate.voice_script", silent)
        found = run(practice).report.findings
    return [each for each in found if each.severity != Severity.ADVICE]


# ---------------------------------------------------------------- in the way


@pytest.mark.parametrize("harm", ["a file in place of staging", "a link in place of staging"])
def test_what_is_in_the_way_of_staging_goes(practice: Path, tmp_path: Path, harm: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine.txt").write_text("mine")
    (practice / ".leafcast").mkdir()
    if harm.startswith("a file"):
        (practice / ".leafcast/staging").write_text("in the way")
    else:
        (practice / ".leafcast/staging").symlink_to(outside)
    assert run(practice, editions=("test-sheet",)).report.exit_code == 0
    assert (outside / "mine.txt").read_text() == "mine"
