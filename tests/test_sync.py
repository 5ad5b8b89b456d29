"""Words and sound are together in every format; and where they are not, the check says so."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leafcast.checks.sync import SOURCES, check_sync
from leafcast.checks.sync.highlight import highlight_faults
from leafcast.checks.sync.mp3 import mp3_milliseconds
from leafcast.checks.sync.overlay import seconds
from leafcast.checks.sync.rules import targets
from leafcast.document.article import article_sentences
from leafcast.document.publication import Publication
from leafcast.narration.sound.wave import decode
from leafcast.practice.project import load_project
from leafcast.readers import read_article
from leafcast.state.manifest import read_manifest
from tests import book_faults
from tests.book_faults import Fault, Files, SpoilText
from tests.conftest import ROOT, TODAY, write_practice
from tests.test_pipeline import run

CASES = ROOT / "tests" / "cases" / "articles"
EDITIONS = ("epub", "daisy", "page", "episode")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice with the books, page and transcript of everything that an article can have."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", TODAY)
        practice = write_practice(tmp_path_factory.mktemp("sync") / "practice")
        shutil.copy(CASES / "armchairs.png", practice / "source")
        shutil.copy(CASES / "torture.md", practice / "source" / "quiet-hour.md")
        outcome = run(practice, editions=EDITIONS)
    assert outcome.report.exit_code == 0, outcome.report.findings
    return practice


def publication_of(practice: Path) -> Publication:
    source = practice / "source"
    article = read_article(source / "quiet-hour.md", source).article
    assert article
    project = load_project(practice)
    records = read_manifest(project.dist).publications["quiet-hour"]
    return Publication(article, project, records=records)


def folder_of(practice: Path) -> Path:
    return practice / "dist" / "quiet-hour"


def beside(practice: Path, folder: Path, *without: str) -> Path:
    """A folder with the sound and its transcript, and whatever is put there."""
    for name in ("quiet-hour.mp3", "quiet-hour.vtt"):
        if name not in without:
            shutil.copy(folder_of(practice) / name, folder)
    return folder


def codes(practice: Path, folder: Path) -> set[str]:
    return {
        finding.code.removeprefix("sync-")
        for finding in check_sync(publication_of(practice), folder)
    }


def files_of(path: Path) -> Files:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Files) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


# ---------------------------------------------------------------- it finds nothing, and everything


def test_every_format_is_read_and_nothing_is_wrong(built: Path) -> None:
    publication, folder = publication_of(built), folder_of(built)
    assert {name.format(slug="quiet-hour") for name, _ in SOURCES.values()} <= {
        path.name for path in folder.iterdir()
    }
    assert list(check_sync(publication, folder)) == []


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        *(("quiet-hour.epub", fault) for fault in book_faults.EPUB),
        *(("quiet-hour-daisy.zip", fault) for fault in book_faults.DAISY),
    ],
    ids=lambda each: each.name if isinstance(each, Fault) else "",
)
def test_a_spoilt_book_is_found_out(name: str, fault: Fault, built: Path, tmp_path: Path) -> None:
    files = files_of(folder_of(built) / name)
    fault.spoil(files)
    (beside(built, tmp_path) / name).write_bytes(zipped(files))
    assert fault.code in codes(built, tmp_path)


@pytest.mark.parametrize(("code", "spoil"), book_faults.PAGE.values(), ids=book_faults.PAGE)
def test_a_spoilt_page_is_found_out(
    code: str, spoil: SpoilText, built: Path, tmp_path: Path
) -> None:
    page = (folder_of(built) / "index.html").read_text("utf-8")
    (beside(built, tmp_path) / "index.html").write_text(spoil(page), encoding="utf-8")
    assert code in codes(built, tmp_path)


@pytest.mark.parametrize(("code", "spoil"), book_faults.VTT.values(), ids=book_faults.VTT)
def test_a_spoilt_transcript_is_found_out(
    code: str, spoil: SpoilText, built: Path, tmp_path: Path
) -> None:
    vtt = beside(built, tmp_path) / "quiet-hour.vtt"
    vtt.write_text(spoil(vtt.read_text("utf-8")), encoding="utf-8")
    assert code in codes(built, tmp_path)


def test_a_book_that_is_no_archive_is_found_out(built: Path, tmp_path: Path) -> None:
    (beside(built, tmp_path) / "quiet-hour.epub").write_bytes(b"nothing")
    assert {"file-missing", "not-heard", "not-shown"} <= codes(built, tmp_path)


def test_a_book_of_another_narration_is_not_held_against_the_transcript(
    built: Path, tmp_path: Path
) -> None:
    """What is in dist/ may be of yesterday where one edition alone was made."""
    practice = Path(shutil.copytree(built, tmp_path / "practice"))
    vtt = folder_of(practice) / "quiet-hour.vtt"
    late = vtt.read_text("utf-8").replace("00:00:3", "00:00:4")
    vtt.write_text(late, encoding="utf-8")
    assert "apart" in codes(practice, folder_of(practice))
    manifest = practice / "dist" / "manifest.json"
    stored = manifest.read_text("utf-8")
    episode = stored.index('"episode"')
    voice = stored.index('"voice"', episode)
    other = stored[:voice] + stored[voice:].replace('"voice": "', '"voice": "x', 1)
    manifest.write_text(other, encoding="utf-8")
    assert "apart" not in codes(practice, folder_of(practice))


# ---------------------------------------------------------------- what it is made of


def test_what_is_said_otherwise_belongs_to_its_section(built: Path) -> None:
    article = publication_of(built).article
    first, second = (article.sections[at] for at in (0, 1))
    heading, other = first.heading.sentences[0].id, second.heading.sentences[0].id
    heard = ["of-the-introduction", heading, "said", "said-too", other, "s-more"]
    assert targets(article, heard) == [heading, first.id, other, second.id]


def test_the_claim_to_conform_needs_its_assessor(built: Path, tmp_path: Path) -> None:
    files = files_of(folder_of(built) / "quiet-hour.epub")
    (beside(built, tmp_path) / "quiet-hour.epub").write_bytes(zipped(files))
    publication = publication_of(built)
    practice = publication.project.practice
    vouched = replace(practice, epub=replace(practice.epub, assessor="A. Person"))
    asked = replace(publication, project=replace(publication.project, practice=vouched))
    found = {finding.code for finding in check_sync(asked, tmp_path)}
    assert found == {"sync-conformance-claimed"}


def test_the_length_of_an_mp3_is_what_is_decoded(built: Path) -> None:
    for path in sorted((folder_of(built) / "audio").glob("*.mp3")):
        assert mp3_milliseconds(path.read_bytes()) == pytest.approx(len(decode(path)) / 44.1)


@pytest.mark.parametrize("sound", [b"", b"ID3", b"\xff\xfb", b"nothing of the kind", b"\xff" * 99])
def test_what_is_no_mp3_lasts_no_time(sound: bytes) -> None:
    assert mp3_milliseconds(sound) == 0.0


@given(st.binary(max_size=200), st.sampled_from([b"", b"ID3\x03\x00\x00", b"\xff\xfb\x90\x00"]))
def test_no_bytes_are_too_strange_to_be_measured(rest: bytes, start: bytes) -> None:
    assert mp3_milliseconds(start + rest) >= 0.0


@pytest.mark.parametrize(
    ("clock", "wanted"),
    [("0:00:02.500", 2.5), ("02:10", 130.0), ("2.5s", 2.5), ("7", 7.0), ("90min", 5400.0),
     ("250ms", 0.25), ("1h", 3600.0), ("soon", -1.0), ("0:99:00", -1.0), ("", -1.0)],
)  # fmt: skip
def test_clock_values(clock: str, wanted: float) -> None:
    assert seconds(clock) == pytest.approx(wanted)


def test_a_highlight_needs_two_colours_and_more_than_colour() -> None:
    def found(css: str) -> set[str]:
        return {fault.code for fault in highlight_faults(css, "on", "playing")}

    good = ".on { color: #000000; background-color: #FFE9A8; text-decoration: underline }"
    assert found(f"{good} html.playing {{ color: #000000 }}") == set()
    assert found(good) == {"class-undefined"}
    assert found(".on-and-off { color: #000000 } .playing {}") == {"class-undefined"}
    faint = "@media (prefers-color-scheme: dark) { .on { color: #888888; background-color: #777777; outline: 1px } }"
    assert found(f"{good} {faint} .playing {{}}") == {"highlight-faint"}


def test_a_page_without_sound_has_none_to_miss(built: Path, tmp_path: Path) -> None:
    page = (folder_of(built) / "index.html").read_text("utf-8")
    silent = "".join(without_sound(page))
    (tmp_path / "index.html").write_text(silent, encoding="utf-8")
    assert codes(built, tmp_path) == set()
    words = [sentence.text for sentence in article_sentences(publication_of(built).article)]
    assert len(words) > 30


def without_sound(page: str) -> Iterator[str]:
    """The page without its player and its times."""
    before, _, rest = page.partition("<audio")
    middle, _, rest = rest.partition("</audio>")[2].partition('<script type="application/json"')
    yield from (before, middle, rest.partition("</script>")[2])
