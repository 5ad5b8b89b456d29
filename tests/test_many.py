"""Many publications: each costs what one of few costs. Counts stand for time."""

from __future__ import annotations

import json
import re
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.many import write_practice
from leafcast.build import plan, templates
from leafcast.build.keys import Keys
from leafcast.build.pipeline import Outcome, Request, build
from leafcast.checks.podcast import check_podcast
from leafcast.document.artifact import EditionRecord, FileRecord, Manifest
from leafcast.document.report import Finding, Report, Severity
from leafcast.editions.table import EDITIONS
from leafcast.narration.narrate import tell
from leafcast.narration.voices import specs
from leafcast.page import media
from leafcast.practice.project import load_project
from leafcast.readers.folder import read_articles
from leafcast.site.parts import shelve
from leafcast.state import hashes, manifest
from leafcast.state.manifest import read_manifest, write_manifest
from leafcast.state.store import State
from tests.test_interrupted import posix_only, start, wait_until
from tests.test_pipeline import Notes, everything, run

PRINTED = ("a4", "library", "sitemap", "sums")


def edit(practice: Path, slug: str) -> None:
    path = practice / "source" / f"{slug}.md"
    path.write_text(path.read_text("utf-8") + "\nOne sentence more.\n", encoding="utf-8")


# ---------------------------------------------------------------- what is done how often


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often files are hashed, and what is reckoned of articles, settings and the manifest."""
    found: Counter[str] = Counter()

    def count(module: object, name: str) -> None:
        real: Callable[..., object] = getattr(module, name)

        def counted(*args: object, **kwargs: object) -> object:
            found[name] += 1
            return real(*args, **kwargs)

        monkeypatch.setattr(module, name, counted)

    real_hash = hashes.read_hash

    def read_hash(path: Path) -> str:
        found["read_hash"] += "dist" in path.parts
        return real_hash(path)

    monkeypatch.setattr(hashes, "read_hash", read_hash)
    count(plan, "as_printed")
    count(plan, "as_heard")
    count(templates, "file_hash")
    count(specs, "read_settings")
    count(manifest, "_record_text")
    count(media, "pages_of")
    monkeypatch.setattr(hashes, "_current", hashes.Hashes(Path()))
    for kept in (media._record, specs._read):
        kept.cache_clear()
    return found


def built(folder: Path, count: int) -> Path:
    write_practice(folder, count)
    assert run(folder, editions=PRINTED).report.exit_code == 0
    return folder


def test_the_first_build_records_each_edition_and_each_file_once(
    tmp_path: Path, counts: Counter[str]
) -> None:
    """The manifest is written once, when all articles are published."""
    built(tmp_path / "practice", 6)
    editions, files = 6 * 1, 6 * 1
    site = len(PRINTED) - 1
    assert counts["_record_text"] == editions + site
    site_files = sum(len(r.files) for r in read_manifest(tmp_path / "practice/dist").site.values())
    assert counts["pages_of"] == files + site_files
    assert counts["read_hash"] == 0


def test_a_build_with_nothing_to_do_reads_no_file_and_reckons_each_article_once(
    tmp_path: Path, counts: Counter[str]
) -> None:
    practice = built(tmp_path / "practice", 6)
    counts.clear()
    outcome = run(practice, editions=PRINTED)
    assert not any(made.new for made in outcome.made)
    assert counts["read_hash"] == counts["_record_text"] == counts["read_settings"] == 0
    assert (counts["as_printed"], counts["as_heard"]) == (6, 0)  # an A4 leaflet is not heard
    few = counts["file_hash"]
    counts.clear()
    run(built(tmp_path / "more", 9), editions=PRINTED)
    counts.clear()
    run(tmp_path / "more", editions=PRINTED)
    assert counts["file_hash"] == few  # templates are for all articles


def test_all_editions_of_an_article_reckon_its_words_together(
    tmp_path: Path, counts: Counter[str]
) -> None:
    """Heard, shown, or both, or shown without its text: these are the ways to heed an article,
    however many editions do.
    """
    write_practice(tmp_path / "practice", 1)
    project = load_project(tmp_path / "practice")
    (article,) = read_articles(project, Report()).values()
    assert article
    telling = tell(project, article, "")
    planner = plan.Planner(project, Keys(project, State(None)))
    for name, edition in EDITIONS.items():
        planner.ingredients(article, name, telling if edition.pace else None)
    assert (counts["as_printed"], counts["as_heard"]) == (3, 2)
    assert len(EDITIONS) > 10


def test_one_article_of_many_edited_costs_no_other(tmp_path: Path, counts: Counter[str]) -> None:
    practice = built(tmp_path / "practice", 6)
    slug = sorted(read_manifest(practice / "dist").publications)[3]
    edit(practice, slug)
    counts.clear()
    outcome = run(practice, editions=PRINTED)
    new = {(made.slug, made.edition) for made in outcome.made if made.new}
    assert new == {(slug, "a4"), ("", "library"), ("", "sitemap"), ("", "sums")}
    assert counts["read_hash"] == 0
    assert counts["_record_text"] == 6 + len(PRINTED) - 1  # the manifest is written once


def test_sounds_of_other_articles_stay_where_they_are(tmp_path: Path) -> None:
    practice = tmp_path / "practice"
    slugs = sorted(write_practice(practice, 2))
    wanted = ("episode", "podcast", "sums")
    run(practice, editions=wanted)
    before = {path: path.stat() for path in (practice / "dist/podcast").glob("*.mp3")}
    edit(practice, slugs[1])
    assert run(practice, editions=wanted).report.exit_code == 0
    after = {path: path.stat() for path in (practice / "dist/podcast").glob("*.mp3")}
    kept = [path for path in after if path in before]
    assert len(before) == len(after) == 2 and len(kept) == 1
    assert kept[0].name.startswith(slugs[0])
    assert after[kept[0]].st_ctime_ns == before[kept[0]].st_ctime_ns  # never even moved
    named = {file.path: file.sha256 for file in read_manifest(practice / "dist").files}
    there = everything(practice / "dist")
    del there["manifest.json"]
    assert named == there


def test_a_sound_of_the_podcast_that_was_damaged_is_made_whole(tmp_path: Path) -> None:
    practice = tmp_path / "practice"
    write_practice(practice, 2)
    run(practice, editions=("episode", "podcast"))
    before = everything(practice / "dist")
    damaged, gone = sorted((practice / "dist/podcast").glob("*.mp3"))
    damaged.write_bytes(b"x" * damaged.stat().st_size)
    gone.unlink()
    project, report = load_project(practice), Report()
    site = shelve(project, read_articles(project, report), read_manifest(project.dist))
    assert len(list(check_podcast(site, project.dist))) >= 2
    run(practice, editions=("episode", "podcast"))
    assert everything(practice / "dist") == before


# ---------------------------------------------------------------- the manifest and the report


def records(slug: str) -> dict[str, EditionRecord]:
    file = FileRecord(f"{slug}/“{slug}”.pdf", 7, "application/pdf", "ab" * 32, pages=2)
    return {"a4": EditionRecord({"b": "2", "a": "1"}, (file, file)), "epub": EditionRecord({}, ())}


def test_the_manifest_is_json_with_a_line_a_file(tmp_path: Path) -> None:
    whole = Manifest(site={"library": records("x")["a4"]})
    for number in range(3):
        whole = whole.with_publication(f"s{number}", f"“Title” \\ {number}", records(f"s{number}"))
    write_manifest(tmp_path, whole)
    text = (tmp_path / "manifest.json").read_text("utf-8")
    assert read_manifest(tmp_path) == whole
    stored = json.loads(text)
    assert list(stored) == ["made_by", "publications", "site"]
    assert stored["publications"]["s1"]["title"] == "“Title” \\ 1"
    assert [line.count('"path"') for line in text.splitlines() if '"path"' in line] == [1] * 8
    write_manifest(tmp_path, Manifest())
    assert json.loads((tmp_path / "manifest.json").read_bytes())["publications"] == {}


def test_names_of_the_sites_own_folders_are_kept_apart(tmp_path: Path) -> None:
    """An episode called podcast.mp3 and the folder podcast/ would be in each other's way."""
    practice = tmp_path / "practice"
    (first,) = write_practice(practice, 1)
    source = practice / f"source/{first}.md"
    for name in ("podcast", "library", "samples", "pictures"):
        (practice / f"source/{name}.md").write_text(source.read_text("utf-8"), encoding="utf-8")
    source.unlink()
    wanted = ("episode", "podcast", "library", "sums")
    assert run(practice, editions=wanted).report.exit_code == 0
    manifest = read_manifest(practice / "dist")
    folders = {file.path.partition("/")[0] for file in manifest.files}
    slugs = {"about-podcast", "about-library", "about-samples", "pictures"}
    assert set(manifest.publications) == slugs
    own = {
        file.path.partition("/")[0] for record in manifest.site.values() for file in record.files
    }
    assert not slugs & own and slugs < folders
    assert not any(made.new for made in run(practice, editions=wanted).made)


def test_a_finding_is_kept_once_and_in_its_order() -> None:
    findings = [Finding(f"code-{n % 3}", Severity.ADVICE, "words") for n in range(9)]
    report = Report()
    report.add(findings)
    report.add(reversed(findings))
    assert [finding.code for finding in report.findings] == ["code-0", "code-1", "code-2"]


def test_where_the_folder_lies_does_not_matter(tmp_path: Path) -> None:
    """A practice with a lexicon of its own, moved elsewhere, is not made anew."""
    practice = tmp_path / "practice"
    write_practice(practice, 1)
    (practice / "audio").mkdir()
    (practice / "audio/lexicon.toml").write_text('[words]\ngrief = "greef"\n')
    run(practice, editions=PRINTED)
    notes = Notes()
    run(practice.rename(tmp_path / "elsewhere"), notes, editions=PRINTED)
    assert notes.reasons == {}


# ---------------------------------------------------------------- what goes wrong, and what is said


def test_an_article_that_cannot_be_read_stops_no_other(tmp_path: Path) -> None:
    practice = tmp_path / "practice"
    slugs = sorted(write_practice(practice, 5))
    broken = practice / "source" / f"{slugs[3]}.md"
    whole = broken.read_bytes()
    broken.write_bytes(re.sub(rb"title: .*\n", b"", whole))
    outcome = run(practice, editions=PRINTED)
    failed = [f for f in outcome.report.findings if f.severity is Severity.ERROR]
    assert [f.place.path for f in failed if f.place] == [f"source/{slugs[3]}.md"]
    assert outcome.report.exit_code == 1
    published = read_manifest(practice / "dist").publications
    assert sorted(published) == [slug for slug in slugs if slug != slugs[3]]
    library = (practice / "dist/index.html").read_text("utf-8")
    assert [slug in library for slug in slugs] == [True, True, True, False, True]
    broken.write_bytes(whole)
    outcome = run(practice, editions=PRINTED)
    made = {(made.slug, made.edition) for made in outcome.made if made.new}
    assert made == {(slugs[3], "a4"), ("", "library"), ("", "sitemap"), ("", "sums")}


def steps(practice: Path, *slugs: str) -> tuple[list[str], Outcome]:
    notes = Notes()
    project, request = load_project(practice), Request(slugs, editions=("a4",), jobs=1)
    return notes.steps, build(project, request, notes, Report())


def test_of_many_articles_each_step_says_which_it_is(tmp_path: Path) -> None:
    practice = tmp_path / "practice"
    slugs = sorted(write_practice(practice, 3))
    said, _ = steps(practice)
    assert [step[-8:] for step in said] == [f"({n} of 3)" for n in (1, 1, 2, 2, 3, 3)]
    edit(practice, slugs[1])
    said, _ = steps(practice)
    assert {step[-8:] for step in said} == {"(2 of 3)"}
    edit(practice, slugs[1])
    said, _ = steps(practice, slugs[1])
    assert said and not any("of" in step.rpartition("(")[1:] for step in said if "(" in step)


@posix_only
def test_a_build_that_is_stopped_keeps_the_articles_it_finished(tmp_path: Path) -> None:
    practice = tmp_path / "practice"
    first, second, third = sorted(write_practice(practice, 3))
    (practice / "once").mkdir()
    (practice / "audio").mkdir()
    (practice / "audio/voices.toml").write_text(
        f'[voices.faulty]\nengine = "tests.engines"\nonce = "{(practice / "once").as_posix()}"\n'
        'faults = "hang"\n'
    )
    for slug in (first, second, third):  # a voice that hangs would do so at “change”, too
        path = practice / "source" / f"{slug}.md"
        words = path.read_text("utf-8").replace("change", "turn")
        path.write_text(words + ("\nYou hang about.\n" if slug == second else ""), "utf-8")
    process = start(practice, "build", "--edition", "sections")
    wait_until(lambda: (practice / "once/hang").exists())
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "dist/ holds what was finished, whole" in said
    published = read_manifest(practice / "dist")
    assert list(published.publications) == [first]
    there = everything(practice / "dist")
    assert {file.path: file.sha256 for file in published.files}.items() <= there.items()
    assert set(there) == {file.path for file in published.files} | {"manifest.json"}
    outcome = run(practice, voice="faulty", editions=("sections",))
    assert outcome.report.exit_code == 0
    assert [(made.slug, made.new) for made in outcome.made] == [
        (first, False), (second, True), (third, True),
    ]  # fmt: skip
