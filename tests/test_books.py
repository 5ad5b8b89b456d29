"""Books that read themselves aloud: what stands where, when it is heard, and what is claimed."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leafcast.books.accessibility import access_of, narrator
from leafcast.books.chapters import CLOSING, ENDING, INTRODUCTION, TITLE, Chapter, chapters_of
from leafcast.books.clips import Clip, cut_passage, joined, length_of
from leafcast.books.container import zipped
from leafcast.books.contents import reach_by_call, words_of
from leafcast.books.daisy import clock as daisy_clock
from leafcast.books.daisy import seconds, seconds_of
from leafcast.books.epub import write_epub
from leafcast.books.overlay import clock, groups
from leafcast.books.page_list import page_breaks, pages_of
from leafcast.checks.sync.rules import targets as heard_targets
from leafcast.document.article import Article, Section, article_sentences, walk_sections
from leafcast.document.errors import SettingsError, SoundError
from leafcast.document.publication import Publication
from leafcast.narration.footnotes import note_sentences, told_sentences
from leafcast.narration.model import Announcement, Cue, Narration, SpokenPassage
from leafcast.practice.project import FOOTNOTES, Project, load_project
from leafcast.readers import read_article
from tests.conftest import ARTICLE, ROOT, TODAY, write_practice
from tests.narrations import RATE, narrated
from tests.test_pipeline import Notes, edit, run

CASES = ROOT / "tests" / "cases" / "articles"
SOURCES = (ARTICLE, CASES / "torture.md", CASES / "corners.md")
EPUB, DAISY = "quiet-hour.epub", "quiet-hour-daisy.zip"


@pytest.fixture(scope="module")
def project() -> Project:
    return load_project(ROOT)


def read(path: Path) -> Article:
    article = read_article(path, path.parent).article
    assert article
    return article


def told(
    article: Article, project: Project, footnotes: str = "end", *, announced: bool = False
) -> tuple[Narration, tuple[Chapter, ...]]:
    sound = replace(project.practice.sound, footnotes=footnotes)
    narration = narrated(article, replace(project.practice, sound=sound))
    return narration, chapters_of(article, narration, footnotes, announced=announced)


def sections(article: Article) -> list[Section]:
    return list(walk_sections(article.sections))


def targets(chapters: tuple[Chapter, ...]) -> list[str]:
    return [clip.target for chapter in chapters for clip in chapter.clips]


# ---------------------------------------------------------------- when it is heard


@pytest.mark.parametrize("footnotes", FOOTNOTES)
@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_what_is_told_has_a_clip_in_the_order_of_its_sound(
    path: Path, footnotes: str, project: Project
) -> None:
    article = read(path)
    _, chapters = told(article, project, footnotes)
    wanted = [sentence.id for sentence in told_sentences(article, footnotes)]
    assert targets(chapters) == [TITLE, *wanted, CLOSING]
    for chapter in chapters:
        assert all(one.end <= other.start for one, other in pairwise(chapter.clips))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_clip_holds_its_sentence_and_ends_before_anything_else_is_said(
    path: Path, project: Project
) -> None:
    article = read(path)
    narration, chapters = told(article, project)
    clips = {clip.target: (chapter, clip) for chapter in chapters for clip in chapter.clips}
    for passage in narration.passages:
        begins = [cue.start for cue in passage.cues] + [each.start for each in passage.announced]
        for cue in passage.cues:
            chapter, clip = clips[cue.sentence_id]
            start, end = ((at - passage.start) * 1000 / RATE for at in (cue.start, cue.end))
            after = min((at for at in begins if at > cue.start), default=passage.end)
            assert chapter.passage == passage.number
            assert start - 1 < clip.start <= start
            assert end - 1 < clip.end <= (after - passage.start) * 1000 / RATE


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_with_what_is_announced_the_clips_are_all_of_the_sound(
    path: Path, project: Project
) -> None:
    article = read(path)
    narration, chapters = told(article, project, announced=True)
    for passage in narration.passages:
        clips = [
            c for chapter in chapters if chapter.passage == passage.number for c in chapter.clips
        ]
        assert clips[0].start == 0
        assert clips[-1].end == length_of(narration, passage)
        assert all(one.end == other.start for one, other in pairwise(clips))


spans = st.lists(
    st.tuples(st.booleans(), st.integers(1, 90_000), st.integers(0, 90_000)), max_size=12
)


@given(spans, st.booleans())
def test_clips_never_overlap_nor_end_after_their_sound(
    parts: list[tuple[bool, int, int]], announced: bool
) -> None:
    cues, said, at = [], [], 7
    for number, (sentence, length, pause) in enumerate(parts):
        if sentence:
            cues.append(Cue(f"s{number}", "", at, at + length))
        else:
            said.append(Announcement(at, at + length, ""))
        at += length + pause
    passage = SpokenPassage("x", 1, "", 7, at, tuple(cues), "", tuple(said))
    narration = Narration("", "en-GB", "tone", True, RATE, (passage,))
    pieces = cut_passage(narration, passage, announced=announced)
    assert [piece.sentence_id for piece in pieces] == [cue.sentence_id for cue in cues]
    assert all(one.end <= other.start for one, other in pairwise(pieces))
    assert all(0 <= piece.start <= piece.end <= length_of(narration, passage) for piece in pieces)


def test_what_is_said_in_a_sections_place_is_one_clip_of_the_section(project: Project) -> None:
    article = read(CASES / "torture.md")
    narration = narrated(article, project.practice)
    passage = narration.passages[1]
    heading, first, *rest = passage.cues
    said = [replace(first, sentence_id="other-1"), replace(rest[0], sentence_id="other-2")]
    passages = list(narration.passages)
    passages[1] = replace(passage, cues=(heading, *said))
    changed = replace(narration, passages=tuple(passages))
    chapters = chapters_of(article, changed, "end", announced=False)
    (chapter,) = (each for each in chapters if each.passage == 2)
    assert [clip.target for clip in chapter.clips] == [heading.sentence_id, article.sections[0].id]
    assert chapter.clips[1].start < (first.end - passage.start) / RATE * 1000 < chapter.clips[1].end


def test_what_the_owner_lets_listeners_hear_is_heard_with_its_section(
    project: Project, tmp_path: Path
) -> None:
    said = '## Lists\nsay: "You may bring what you like. It may be nothing."\n'
    skipped = "## What it costs\nsay: skip\n"
    text = (CASES / "torture.md").read_text("utf-8").replace("## Lists\n", said)
    path = tmp_path / "torture.md"
    path.write_text(text.replace("## What it costs\n", skipped), encoding="utf-8")
    shutil.copy(CASES / "armchairs.png", tmp_path)
    article = read(path)
    heard = [sentence.id for sentence in told_sentences(article, "end")]
    _, chapters = told(article, project)
    found = [target for target in targets(chapters) if not target.startswith("book_")]
    assert found == heard_targets(article, heard)
    clips = {chapter.id: [clip.target for clip in chapter.clips] for chapter in chapters}
    lists, _, _, costs, *_ = article.sections
    assert clips["lists"] == [lists.heading.sentences[0].id, "lists"]
    assert clips["what-it-costs"] == [costs.heading.sentences[0].id]


def test_clips_of_one_element_that_follow_each_other_are_one() -> None:
    clips = [Clip("a", 0, 1), Clip("a", 1, 2), Clip("b", 2, 3), Clip("a", 3, 4)]
    assert list(joined(iter(clips))) == [Clip("a", 0, 2), Clip("b", 2, 3), Clip("a", 3, 4)]
    assert list(joined(iter([]))) == []


# ---------------------------------------------------------------- what stands where


@pytest.mark.parametrize("footnotes", FOOTNOTES)
@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_sentence_stands_in_one_chapter(path: Path, footnotes: str, project: Project) -> None:
    article = read(path)
    _, chapters = told(article, project, footnotes)
    standing = [s.id for chapter in chapters for s in article_sentences(words_of(article, chapter))]
    assert sorted(standing) == sorted(sentence.id for sentence in article_sentences(article))
    for chapter in chapters:
        here = {s.id for s in article_sentences(words_of(article, chapter))}
        own = {clip.target for clip in chapter.clips} - {TITLE, CLOSING}
        assert own <= here


def test_a_note_that_is_told_in_place_stands_where_it_is_called(project: Project) -> None:
    article = read(CASES / "torture.md")
    _, chapters = told(article, project, "in place")
    assert [(c.id, [n.number for n in c.notes]) for c in chapters if c.notes] == [
        (INTRODUCTION, [1]),
        ("what-it-costs", [2]),
    ]
    _, chapters = told(article, project, "end")
    assert [(c.id, len(c.notes)) for c in chapters if c.notes] == [(ENDING, 2)]


def test_an_article_without_introduction_or_sections_is_a_book_too(project: Project) -> None:
    article = read(ARTICLE)
    _, chapters = told(replace(article, introduction=()), project)
    assert [chapter.kind for chapter in chapters][:2] == ["title", "section"]
    _, chapters = told(replace(article, sections=()), project)
    assert [chapter.kind for chapter in chapters] == ["title", "introduction", "ending"]
    assert all(chapter.clips for chapter in chapters)


def test_lists_tables_and_notes_can_be_skipped(project: Project) -> None:
    article = read(CASES / "torture.md")
    _, chapters = told(article, project)
    kinds = {
        chapter.id: [group.kind for group in groups(words_of(article, chapter), chapter.clips)]
        for chapter in chapters
    }
    assert kinds["lists"] == ["", "list", "", "list", "", "list"]
    assert kinds["what-it-costs"] == ["", "table", ""]
    assert kinds["a-picture"] == ["", "figure", ""]
    assert kinds[ENDING] == ["", "footnote", "footnote", ""]
    notes = {s.id for note in article.notes for s in note_sentences(note)}
    assert notes <= set(targets(chapters))


# ---------------------------------------------------------------- what is claimed


def test_a_book_claims_what_is_true_of_it(project: Project) -> None:
    article = read(ARTICLE)
    narration = narrated(article, project.practice)
    whole = access_of(Publication(article, project, narration), paged=True, lexicon=False)
    assert whole.modes == ("textual", "auditory")
    assert whole.sufficient == ("textual", "auditory", "textual,auditory")
    assert {"synchronizedAudioText", "pageNavigation"} <= set(whole.features)
    assert "ttsMarkup" not in whole.features and whole.assessor == ""
    passages = (replace(narration.passages[0], cues=()), *narration.passages[1:])
    partly = replace(narration, passages=passages)
    less = access_of(Publication(article, project, partly), paged=False, lexicon=True)
    assert "auditory" not in less.sufficient
    assert "Most of the words" in less.summary and "page numbers" not in less.summary
    assert "ttsMarkup" in less.features and "pageNavigation" not in less.features


def test_sound_alone_does_not_show_a_picture(project: Project) -> None:
    article = read(CASES / "torture.md")
    publication = Publication(article, project, narrated(article, project.practice))
    access = access_of(publication, paged=False, lexicon=False)
    assert access.sufficient == ("textual", "textual,visual")
    assert "alternativeText" in access.features


def test_who_reads_is_named(project: Project) -> None:
    narration = narrated(read(ARTICLE), project.practice)
    assert narrator(narration) == "Synthetic voice (tone)"
    assert narrator(replace(narration, voice="Jo Example", synthetic=False)) == "Jo Example"


def test_a_book_without_sound_is_not_made(project: Project, tmp_path: Path) -> None:
    article = read(ARTICLE)
    with pytest.raises(SoundError, match="no narration"):
        write_epub(Publication(article, project), tmp_path)
    with pytest.raises(SoundError, match="0 files of sections for 10"):
        write_epub(Publication(article, project, narrated(article, project.practice)), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_numbers_are_dialled_and_not_texted() -> None:
    assert reach_by_call("Text SHOUT to 85258") == 'Text SHOUT to <span class="tied">85258</span>'
    assert 'href="tel:999"' in reach_by_call("Call 999 or go to A&E")
    assert "A&amp;E" in reach_by_call("Call 999 or go to A&E")


@pytest.mark.parametrize(
    ("milliseconds", "smil", "npt"),
    [(0, "0:00:00.000", "0.000"), (61_005, "0:01:01.005", "61.005"), (3_600_000, "1:00:00.000", "3600.000")],
)  # fmt: skip
def test_times_are_written_as_their_formats_want(milliseconds: int, smil: str, npt: str) -> None:
    assert (clock(milliseconds), seconds(milliseconds)) == (smil, npt)


def test_whole_seconds_add_up() -> None:
    lengths = [1_499, 1_499, 1_499, 500]
    ends = [sum(lengths[: at + 1]) for at in range(len(lengths))]
    parts = [seconds_of(after) - seconds_of(before) for before, after in pairwise([0, *ends])]
    assert sum(parts) == seconds_of(sum(lengths)) == 5
    assert daisy_clock(3_725) == "01:02:05"


def test_a_zip_is_the_same_for_the_same_content() -> None:
    files = [("mimetype", b"x"), ("a.xhtml", b"y" * 999), ("b.mp3", b"z" * 999)]
    once = zipped(files, date(2026, 3, 1), stored=("mimetype",))
    assert once == zipped(files, date(2026, 3, 1), stored=("mimetype",))
    with zipfile.ZipFile(io.BytesIO(once)) as archive:
        kinds = [each.compress_type for each in archive.infolist()]
        assert kinds == [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED]
        assert {each.date_time for each in archive.infolist()} == {(2026, 3, 1, 0, 0, 0)}
        assert not any(each.extra for each in archive.infolist())


# ---------------------------------------------------------------- books that were built


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", TODAY)
        practice = write_practice(tmp_path_factory.mktemp("books") / "practice")
        outcome = run(practice, editions=("epub", "daisy"))
    assert outcome.report.exit_code == 0, outcome.report.findings
    return practice


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built_once, tmp_path / "practice"))


def opened(practice: Path, name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(practice / "dist" / "quiet-hour" / name) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


def test_naming_a_book_makes_what_it_holds(built: Path) -> None:
    there = {path.name for path in (built / "dist" / "quiet-hour").iterdir()}
    assert {EPUB, DAISY, "audio", "quiet-hour-a4.pdf", "quiet-hour-booklet.pdf"} <= there
    assert "quiet-hour.mp3" not in there


def test_the_mimetype_comes_first_and_as_it_is(built: Path) -> None:
    raw = (built / "dist" / "quiet-hour" / EPUB).read_bytes()
    assert raw[30:58] == b"mimetypeapplication/epub+zip"


def test_a_second_build_leaves_books_alone(built: Path) -> None:
    notes = Notes()
    run(built, notes, editions=("epub", "daisy"))
    assert notes.reasons == {}


@pytest.mark.usefixtures("made_here")
def test_two_builds_are_the_same_to_the_last_byte(built: Path, tmp_path: Path) -> None:
    other = write_practice(tmp_path / "other")
    run(other, editions=("epub", "daisy"))
    for name in (EPUB, DAISY):
        one, two = (p / "dist" / "quiet-hour" / name for p in (built, other))
        assert one.read_bytes() == two.read_bytes()


def test_a_changed_word_is_in_both_books(built: Path) -> None:
    edit(built, "Nothing has to be decided.", "Nothing must be decided.")
    notes = Notes()
    run(built, notes, editions=("epub", "daisy"))
    assert notes.reasons["epub"] == notes.reasons["daisy"] == "the article changed"
    assert any(b"Nothing must be decided." in each for each in opened(built, EPUB).values())
    assert b"Nothing must be decided." in opened(built, DAISY)["text.html"]


def test_a_changed_page_makes_the_page_list_anew(built: Path) -> None:
    template = built / "templates" / "leaflet" / "a4.css"
    template.parent.mkdir(parents=True)
    text = (ROOT / "templates" / "leaflet" / "a4.css").read_text("utf-8")
    template.write_text(text + "\nh2 { break-before: page }\n", encoding="utf-8")
    notes = Notes()
    run(built, notes, editions=("epub", "daisy"))
    assert notes.reasons["a4"] == "a template changed"
    assert notes.reasons["epub"] == "a file that it holds or names changed"
    assert "daisy" not in notes.reasons
    nav = opened(built, EPUB)["EPUB/nav.xhtml"].decode()
    assert re.findall(r'#_page-(\d+)">', nav)[:3] == ["1", "2", "3"]


def test_pages_are_those_of_the_a4_leaflet(built: Path) -> None:
    source = built / "source"
    article = read_article(source / "quiet-hour.md", source).article
    assert article
    a4 = (built / "dist" / "quiet-hour" / "quiet-hour-a4.pdf").read_bytes()
    pages = dict(pages_of(a4))
    assert pages[article.sections[0].heading.id] >= 1
    breaks = page_breaks(article, a4)
    assert list(breaks.values()) == sorted(set(map(str, pages.values())), key=int)[: len(breaks)]
    assert page_breaks(article, b"") == {}


def test_the_sound_is_that_of_the_sections(built: Path) -> None:
    sections = sorted((built / "dist" / "quiet-hour" / "audio").iterdir())
    inside = opened(built, EPUB), opened(built, DAISY)
    for number, section in enumerate(sections, 1):
        sound = section.read_bytes()
        bare = inside[0][f"EPUB/audio/{number:02}.mp3"]
        assert sound.endswith(bare) and not bare.startswith(b"ID3")
        assert inside[1][f"{number:04}.mp3"] == bare


def test_a_word_of_the_lexicon_goes_along_when_the_article_has_it(built: Path) -> None:
    assert "EPUB/lexicon.pls" not in opened(built, EPUB)
    edit(built, "You go home.", "You go home, says the NHS.")
    run(built, editions=("epub",))
    files = opened(built, EPUB)
    lexemes = ElementTree.fromstring(files["EPUB/lexicon.pls"])
    assert [each.text for each in lexemes.iter() if each.tag.endswith("grapheme")] == ["NHS"]
    assert b'rel="pronunciation"' in files["EPUB/01-introduction.xhtml"]


def test_only_the_owner_says_who_vouches(built: Path) -> None:
    package = opened(built, EPUB)["EPUB/package.opf"]
    assert b"conformsTo" not in package and b"certifiedBy" not in package
    settings = built / "source" / "practice.toml"
    settings.write_text(settings.read_text("utf-8") + '\n[epub]\nassessor = "A. Person"\n')
    outcome = run(built, editions=("epub",))
    assert outcome.report.exit_code == 0, outcome.report.findings
    package = opened(built, EPUB)["EPUB/package.opf"]
    assert b"EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>" in package
    assert b'certifiedBy" refines="#conformance">A. Person</meta>' in package


def test_a_slip_in_the_setting_is_named(built: Path) -> None:
    settings = built / "source" / "practice.toml"
    settings.write_text(settings.read_text("utf-8") + '\n[epub]\nassesor = "A. Person"\n')
    with pytest.raises(SettingsError, match="assesor"):
        load_project(built)


def test_names_in_a_talking_book_fit_every_disk(built: Path) -> None:
    for name in opened(built, DAISY):
        assert re.fullmatch(r"[a-z0-9]{1,8}\.(?:html|smil|mp3|css)", name)
