"""The page: its words and colours, what it offers, when it is made, and that its check can fail."""

from __future__ import annotations

import io
import json
import re
import shutil
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import tinycss2
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from leafcast.build.pipeline import Request, build
from leafcast.checks.html import embedded, read_html
from leafcast.checks.page import CHECKS, check_page
from leafcast.checks.page.found import Found
from leafcast.design.colours import contrast
from leafcast.design.webfonts import web_fonts
from leafcast.document.article import Article, Paragraph, Section, Sentence, Text, article_sentences
from leafcast.document.artifact import FileRecord
from leafcast.document.errors import SoundError
from leafcast.document.publication import Offer, Publication
from leafcast.document.report import Place, Report
from leafcast.markup.contact import feedback, reach, ways_to_help
from leafcast.narration.model import Cue, Narration, SpokenPassage, WordCue
from leafcast.narration.sound.formats import mp3
from leafcast.narration.sound.formats.id3 import after_id3
from leafcast.page.cue_times import parts_of, script_json, times
from leafcast.page.downloads import details, lasting, section_files, shelves
from leafcast.page.linked_data import iso_duration
from leafcast.page.page import as_html, page_html, player_script
from leafcast.page.palette import PALETTES
from leafcast.page.policy import hash_of, policy
from leafcast.page.style import emphasised
from leafcast.practice.project import CrisisLine, Leaflet, Look, load_project
from leafcast.readers import read_article
from leafcast.state.manifest import read_manifest
from tests.conftest import ARTICLE, ROOT, TODAY, write_practice
from tests.test_pipeline import Notes, edit, everything, run

CASES = ROOT / "tests" / "cases" / "articles"
EDITIONS = ("page", "a4", "sections")


# ---------------------------------------------------------------- a page that was built


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice with the page of everything that an article can have."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", TODAY)
        practice = write_practice(tmp_path_factory.mktemp("page") / "practice")
        for name in ("torture.md", "armchairs.png"):
            shutil.copy(CASES / name, practice / "source")
        (practice / "source" / "torture.md").rename(practice / "source" / "quiet-hour.md")
        outcome = run(practice, editions=EDITIONS)
    assert outcome.report.exit_code == 0, outcome.report.findings
    return practice


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    """The same, for each test its own."""
    return Path(shutil.copytree(built_once, tmp_path / "practice"))


def publication_of(practice: Path) -> Publication:
    source = practice / "source"
    article = read_article(source / "quiet-hour.md", source).article
    assert article
    return Publication(article, load_project(practice))


def folder_of(practice: Path) -> Path:
    return practice / "dist" / "quiet-hour"


def test_what_was_built_is_as_it_should_be(built_once: Path) -> None:
    assert list(check_page(publication_of(built_once), folder_of(built_once))) == []


Spoil = Callable[[str], str]


def swap(what: str, there: str) -> Spoil:
    def spoil(html: str) -> str:
        spoilt = re.sub(what, there, html, count=1, flags=re.S)
        assert spoilt != html, what
        return spoilt

    return spoil


FAULTS: dict[str, tuple[str, Spoil]] = {
    "a word is missing": ("page-words-differ", swap("Nothing at all|nothing at all", "nothing")),
    "a sentence is missing": ("page-words-differ", swap(r'<span id="s\w+">You sit down.</span>', "")),
    "two sentences are swapped": (
        "page-words-differ",
        swap(r"(<li id=\"\w+\"><p id=\"\w+\"><span id=\"\w+\">You sit down.*?</li>)(<li.*?</li>)", r"\2\1"),
    ),
    "a word stands between": ("page-words-differ", swap(r"</blockquote>", "</blockquote>More.")),
    "another title": ("page-title-wrong", swap("<title>.*?</title>", "<title>Page</title>")),
    "another language": ("page-language-wrong", swap('<html lang="en-GB"', '<html lang="en"')),
    "no heading of level 1": ("page-headings-wrong", swap(r"<h1>(.*?)</h1>", r"<p>\1</p>")),
    "a level is skipped": ("page-headings-wrong", swap(r"<h3 (.*?)</h3>", r"<h5 \1</h5>")),
    "a picture without words": ("page-picture-without-alt", swap(r'alt="Two[^"]*"', 'alt=""')),
    "an id twice": ("page-id-twice", swap('<ul id="', '<ul id="lists" data-old="')),
    "a contents link leads nowhere": ("page-link-broken", swap('href="#lists"', 'href="#list"')),
    "a note's link leads nowhere": (
        "page-link-broken",
        swap(r'role="doc-noteref" href="#\w+', 'role="doc-noteref" href="#n99'),
    ),
    "a label leads nowhere": (
        "page-link-broken", swap(r'aria-labelledby="b\w+', 'aria-labelledby="x'),
    ),
    "a link without words": (
        "page-link-without-words", swap(r'(<p class="practice"><a [^>]*>)[^<]*', r"\1"),
    ),
    "a file that is not there": ("page-file-missing", swap("quiet-hour-a4.pdf", "a5.pdf")),
    "a picture that is not there": ("page-file-missing", swap("page/1-armchairs", "page/2-arms")),
    "a size that is not true": ("page-size-wrong", swap(r"(PDF, \d+ pages?), \d+ kB", r"\1, 1 kB")),
    "a length that is not true": ("page-size-wrong", swap(r"\(MP3, \d", "(MP3, 9")),
    "pages that are not true": ("page-size-wrong", swap(r"PDF, \d+ page", "PDF, 77 page")),
    "a link that tells no size": (
        "page-size-untold", swap(r'<span class="details">.*?</span>', ""),
    ),
    "a script from elsewhere": (
        "page-foreign", swap("</main>", '<script src="https://cdn.example/x.js"></script></main>'),
    ),
    "a picture from elsewhere": ("page-foreign", swap('src="page/1-', 'src="//cdn.example/1-')),
    "a font from elsewhere": ("page-foreign", swap(r"url\(page/", "url(https://fonts.example/")),
    "a style from elsewhere": (
        "page-foreign",
        swap('<link rel="icon"', '<link rel="stylesheet" href="https://x.example/a.css"><link rel="icon"'),
    ),
    "a link that says where from": ("page-referrer", swap(' rel="noreferrer"', "")),
    "an inline handler": ("page-inline-handler", swap("<h1>", '<h1 onclick="go()">')),
    "an inline style": ("page-inline-handler", swap("<h1>", '<h1 style="color: red">')),
    "a link that is run": (
        "page-inline-handler", swap('href="#lists"', 'href="javascript:alert(1)"'),
    ),
    "no policy": ("page-policy-missing", swap("Content-Security-Policy", "X-Policy")),
    "a policy that lets anything in": ("page-policy-loose", swap("default-src 'none'", "default-src *")),
    "a policy that lets in a stranger": (
        "page-policy-loose", swap("img-src 'self'", "img-src 'self' https://x.example"),
    ),
    "a script that was changed": ("page-policy-hash", swap('"use strict";', '"use strict"; ;')),
    "a style that was changed": ("page-policy-hash", swap(":focus-visible", ":focus")),
    "a second script": ("page-policy-hash", swap("</main>", "<script>1</script></main>")),
    "no player": ("page-sound-wrong", swap(r"<audio.*?</audio>", "")),
    "another sound": ("page-sound-wrong", swap(r'<audio(.*?)src="[^"]*"', r'<audio\1src="x.mp3"')),
    "a cue is missing": ("page-times-wrong", swap(r'\["s\w{10}",[\d.]+,[\d.]+(,\[[^]]*\])?\],', "")),
    "a cue is late": (
        "page-times-wrong",
        lambda html: re.sub(
            r'(\["s\w{10}",)([\d.]+)', lambda m: f"{m[1]}{float(m[2]) + 0.2:.3f}", html, count=1
        ),
    ),
    "the words of a cue are not in order": (
        "page-times-wrong", swap(r'(\["s\w{10}",[\d.]+,[\d.]+,\[)[\d.]+', r"\g<1>9999"),
    ),
    "a word is heard before the one ahead of it": (
        "page-times-wrong", swap(r'(\["s\w{10}",[\d.]+,[\d.]+,\[\d+,\d+,\d+,)(?=\d)', r"\1-"),
    ),
    "a part ends after the sound": (
        "page-times-wrong", swap(r'(\["a-picture",[\d.]+),[\d.]+', r"\1,9999"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_found(name: str, built_once: Path) -> None:
    code, spoil = FAULTS[name]
    path = folder_of(built_once) / "index.html"
    page = Found(publication_of(built_once), path, spoil(path.read_text("utf-8")))
    findings = [finding for check in CHECKS for finding in check(page)]
    assert code in {finding.code for finding in findings}
    assert all("index.html" in str(finding.place) for finding in findings)


def test_the_page_in_one_file_must_hold_the_very_sound(built: Path) -> None:
    page = folder_of(built) / "quiet-hour-offline.html"
    html = page.read_text("utf-8")
    (sound,) = embedded(html, "audio/mpeg")
    assert len(sound) < (folder_of(built) / "quiet-hour.mp3").stat().st_size
    for other in other_sounds(b64decode(sound), folder_of(built)):
        page.write_text(html.replace(sound, b64encode(other).decode()), encoding="utf-8")
        codes = {finding.code for finding in check_page(publication_of(built), folder_of(built))}
        assert codes - {"page-size-wrong"} == {"page-sound-wrong"}


def other_sounds(within: bytes, folder: Path) -> Iterator[bytes]:
    """Cut short, at another rate, another section first, one frame of another, no MP3 at all."""
    yield within[:-6]
    episode = (folder / "quiet-hour.mp3").read_bytes()
    yield episode[after_id3(episode) :]
    bare = [each[after_id3(each) :] for each in map(Path.read_bytes, sections_of(folder))]
    parts = [(b"".join(mp3.sound_frames(each)), mp3.samples_of(each)) for each in bare]
    assert mp3.joined(parts) == within
    yield mp3.joined(parts[::-1])
    frames = mp3.frames(within)
    yield b"".join((*frames[:40], frames[30], *frames[41:]))
    yield b"no sound"


def test_where_no_section_could_be_made_the_page_in_one_file_holds_the_episode(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> tuple[Path, ...]:
        raise SoundError("No sections")

    monkeypatch.setattr("leafcast.narration.editions.write_sections", failing)
    outcome = run(practice, editions=("page",))
    assert [found.code for found in outcome.report.findings] == ["edition-not-made"]
    (sound,) = embedded(
        (folder_of(practice) / "quiet-hour-offline.html").read_text("utf-8"), "audio/mpeg"
    )
    episode = (folder_of(practice) / "quiet-hour.mp3").read_bytes()
    assert b64decode(sound) == episode[after_id3(episode) :]
    assert not list(check_page(publication_of(practice), folder_of(practice)))


def sections_of(folder: Path) -> list[Path]:
    return sorted((folder / "audio").glob("*.mp3"))


def test_the_page_in_one_file_needs_nothing_beside_it(built: Path) -> None:
    page = folder_of(built) / "quiet-hour-offline.html"
    html = re.sub(r"data:font/woff2;base64,[\w+/=]+", "page/font.woff2", page.read_text("utf-8"))
    page.write_text(f"{html}<!-- {'x' * 300_000} -->", encoding="utf-8")
    codes = {finding.code for finding in check_page(publication_of(built), folder_of(built))}
    assert codes == {"page-file-missing", "page-policy-hash", "page-size-wrong"}


def test_the_page_says_what_the_owner_says_and_when(built_once: Path) -> None:
    page = read_html((folder_of(built_once) / "index.html").read_text("utf-8"))
    words = " ".join(page.text("script", "style").split())
    for each in (
        "Published 1 March 2026. To be reviewed by 1 March 2028.",
        "If you need help straight away",
        "please ask: example.org",
        "Please visit the website to get in touch.",
        "read by a synthetic voice",
    ):
        assert each in words
    assert [each.get("href") for each in page.all("a") if each.text() == "116 123"] == [
        "tel:116123"
    ]


def test_machines_are_told_the_same(built_once: Path) -> None:
    page = read_html((folder_of(built_once) / "index.html").read_text("utf-8"))
    (data,) = [e for e in page.all("script") if e.get("type") == "application/ld+json"]
    article, audio, episode = json.loads(data.text())["@graph"]
    record = next(
        f for f in read_manifest(built_once / "dist").files if f.path.endswith("hour.mp3")
    )
    assert article["headline"] == publication_of(built_once).article.title
    assert article["url"] == "https://example.org/quiet-hour/"
    assert audio["contentSize"] == f"{record.bytes} B"
    assert audio["duration"] == iso_duration(record.seconds or 0)
    assert article["audio"] == episode["associatedMedia"] == {"@id": audio["@id"]}
    assert article["image"] == "https://example.org/quiet-hour/quiet-hour-cover.jpg"
    assert (folder_of(built_once) / "quiet-hour-cover.jpg").is_file()


# ---------------------------------------------------------------- when it is made


def test_nothing_changed_nothing_is_made(built: Path) -> None:
    before = everything(built / "dist")
    notes = Notes()
    run(built, notes, editions=EDITIONS)
    assert notes.reasons == {}
    assert everything(built / "dist") == before


def test_a_page_comes_with_the_episode_that_it_plays_and_the_sections_within(
    practice: Path,
) -> None:
    notes = Notes()
    run(practice, notes, editions=("page",))
    assert set(notes.reasons) == {"page", "episode", "sections"}
    assert "quiet-hour/quiet-hour.mp3" in everything(practice / "dist")


def test_a_new_file_to_offer_makes_the_page_anew(practice: Path) -> None:
    run(practice, editions=("page",))
    notes = Notes()
    run(practice, notes, editions=("page", "a4"))
    assert notes.reasons["page"] == "a file that it holds or names changed"
    assert "quiet-hour-a4.pdf" in (practice / "dist/quiet-hour/index.html").read_text("utf-8")


def test_a_changed_sentence_makes_words_and_times_anew_together(practice: Path) -> None:
    run(practice, editions=("page",))
    edit(practice, "You go home.", "You go home, slowly, when the hour is over.")
    outcome = run(practice, editions=("page",))
    assert outcome.report.exit_code == 0, outcome.report.findings
    assert "when the hour is over" in (practice / "dist/quiet-hour/index.html").read_text("utf-8")


def test_without_a_voice_there_is_a_page_of_words_alone(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leafcast.build.schedule.narrate", lambda *_: None)
    run(practice, editions=("page", "a4"))
    page = (practice / "dist/quiet-hour/index.html").read_text("utf-8")
    assert "You sit down." in page and "quiet-hour-a4.pdf" in page
    assert "<audio" not in page and "<script>" not in page
    publication = publication_of(practice)
    assert list(check_page(publication, folder_of(practice))) == []
    monkeypatch.undo()
    notes = Notes()
    run(practice, notes, editions=("page",))
    assert notes.reasons["page"] == "a file that it holds or names changed"
    assert "<audio" in (practice / "dist/quiet-hour/index.html").read_text("utf-8")


@pytest.mark.usefixtures("made_here")
def test_two_builds_are_the_same_to_the_byte(built_once: Path, tmp_path: Path) -> None:
    other = tmp_path / "practice"
    shutil.copytree(built_once / "source", other / "source")
    build(load_project(other), Request(editions=EDITIONS, jobs=1), Notes(), Report())
    pages = {p for p in everything(other / "dist") if p.endswith((".html", ".woff2", ".svg"))}
    assert len(pages) == 8
    first, second = everything(built_once / "dist"), everything(other / "dist")
    assert {path: first[path] for path in pages} == {path: second[path] for path in pages}


# ---------------------------------------------------------------- untrusted words


HOSTILE = '</script><img src=x onerror="alert(1)">{{ 7 * 7 }} & <b>'


def test_words_stay_words(practice: Path) -> None:
    source = practice / "source" / "quiet-hour.md"
    text = (
        source.read_text("utf-8").replace("A Quiet Hour", "Quiet").replace("You go home.", "Home.")
    )
    source.write_text(text, encoding="utf-8")
    publication = publication_of(practice)
    section = publication.article.sections[0]
    sentence = Sentence("s0123456789", (Text(HOSTILE),))
    block = Paragraph("b1", Place("x"), (sentence,))
    article = replace(
        publication.article,
        title=HOSTILE, author=HOSTILE, summary=HOSTILE, sections=(replace(section, blocks=(block,)),),
    )  # fmt: skip
    html = page_html(replace(publication, article=article), lambda name, _: name, "")
    assert "<img" not in html and "<b>" not in html and "49 &" not in html
    root = read_html(html)
    assert next(root.all("h1")).text() == HOSTILE
    assert [e.text() for e in root.walk() if e.get("id") == sentence.id] == [HOSTILE]


def test_json_cannot_end_its_script() -> None:
    words = "</script><!-- \u2028"
    assert "<" not in script_json(words) and "\u2028" not in script_json(words)
    assert json.loads(script_json(words)) == words


TITLES = "Words", "Help", "Listen", "Forms", "Times", "Notes title", "Introduction"


def test_a_section_may_be_called_as_anything_of_the_page(practice: Path) -> None:
    source = practice / "source" / "quiet-hour.md"
    head = source.read_text("utf-8").partition("This is how")[0]
    body = "".join(f"\n## {title}\n\nThis is {title.lower()}.\n" for title in TITLES)
    source.write_text(head + body, encoding="utf-8")
    outcome = run(practice, editions=("page",))
    assert outcome.report.exit_code == 0, outcome.report.findings


def test_an_article_may_have_no_section(practice: Path) -> None:
    source = practice / "source" / "quiet-hour.md"
    source.write_text(source.read_text("utf-8").partition("## What")[0], encoding="utf-8")
    outcome = run(practice, editions=("page",))
    assert outcome.report.exit_code == 0, outcome.report.findings
    page = read_html((practice / "dist/quiet-hour/index.html").read_text("utf-8"))
    assert [each.get("class") for each in page.all("nav")] == ["skips", "onwards"]


# ---------------------------------------------------------------- colours and type


@pytest.mark.parametrize("name", PALETTES)
def test_the_house_colours_can_be_read(name: str) -> None:
    for role, colour, ground, least in PALETTES[name](Look()).pairs:
        assert contrast(colour, ground) >= least, role


@given(st.integers(0, 0xFFFFFF))
def test_any_accent_can_be_read_in_every_palette(accent: int) -> None:
    look = Look(accent=f"#{accent:06X}")
    for palette in PALETTES.values():
        for role, colour, ground, least in palette(look).pairs:
            assert contrast(colour, ground) >= least, (role, colour, ground)


def test_the_style_is_css_and_names_no_size_in_pixels_for_type() -> None:
    css = (ROOT / "templates/page/page.css").read_text("utf-8")
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    assert not [rule for rule in rules if rule.type == "error"]
    assert not re.search(r"font(-size)?:[^;]*\dpx", css)
    assert "!important" not in css.replace("display: none !important", "")


def test_the_script_is_small() -> None:
    assert (ROOT / "templates/page/page.js").stat().st_size < 12_000


def test_a_page_has_the_letters_of_its_title_and_of_what_is_emphasised(practice: Path) -> None:
    project = load_project(practice)
    *_, title = web_fonts(project, "Ŵy ffi?")
    italic = {font.style: font for font in web_fonts(project, "A", "On Death")}["italic"]
    for font, letters in ((title, "Ŵy ffi?"), (italic, "On Death")):
        with TTFont(io.BytesIO(font.content)) as opened:
            assert {ord(letter) for letter in letters} <= set(opened.getBestCmap())
        assert len(font.content) < 6_000
    assert [font.style for font in web_fonts(project, "A")] == ["normal"] * 3


def test_what_is_emphasised_is_found_wherever_it_stands(practice: Path) -> None:
    (practice / "source/quiet-hour.md").write_text(
        "---\ntitle: A\nauthor: B\npublished: 2026-01-01\nreview: 2027-01-01\nsummary: C\n---\n\nOne *two* **three *four***.[^1]\n\n"
        "## The *five* and\n\n- [*six*](https://x.uk)\n\n> *seven*\n\n| a | b |\n|---|---|\n| *8* | c |\n\n"
        "[^1]: *nine*\n",
        "utf-8",
    )
    assert emphasised(publication_of(practice).article) == "twofourfivesixseven8nine"


@pytest.mark.usefixtures("made_here")
def test_the_fonts_are_whole_and_always_the_same(practice: Path) -> None:
    project = load_project(practice)
    first, second = list(web_fonts(project)), list(web_fonts(project))
    shutil.rmtree(project.work / "cache" / "woff2")
    assert list(web_fonts(project)) == first
    assert [(font.family[:8], font.weight) for font in first] == [
        ("Atkinson", 400),
        ("Atkinson", 700),
        ("Literata", 600),
    ]
    assert all(font.content[:4] == b"wOF2" for font in first)
    assert first == second


def test_a_policy_names_what_the_page_has() -> None:
    assert hash_of("alert('Hello, world.');") == (
        "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="  # the example of CSP 3, 1.2
    )
    assert "script-src 'none'" in policy("", "x")


def test_what_is_void_is_not_closed() -> None:
    assert as_html('a<br/>b<img src="x" alt="1 > 0"/>') == 'a<br>b<img src="x" alt="1 > 0"/>'
    assert as_html('<img src="x" alt="1 &gt; 0"/>') == '<img src="x" alt="1 &gt; 0">'


# ---------------------------------------------------------------- words for files and numbers


def an_offer(edition: str, name: str, size: int = 12_345, **extent: float) -> Offer:
    record = FileRecord(f"quiet-hour/{name}", size, "x/y", "0" * 64, **extent)  # type: ignore[arg-type]
    return Offer(edition, record, Path(name))


@pytest.mark.parametrize(
    ("edition", "name", "group", "words"),
    [
        ("episode", "quiet-hour.mp3", "To listen to", "The whole article"),
        ("episode", "quiet-hour.m4b", "To listen to", "The whole article with chapters, as an audiobook"),
        ("slower", "quiet-hour-slower.mp3", "To listen to", "The whole article, read more slowly"),
        ("a4", "quiet-hour-a4.pdf", "To read on a screen", "A4 leaflet, 12 point"),
        ("large-print", "quiet-hour-large-print.pdf", "To read on a screen", "Large print, 20 point"),
        ("large-print", "quiet-hour-large-print-28.pdf", "To read on a screen", "Large print, 28 point"),
        ("trifold", "quiet-hour-trifold-print-long-edge.pdf", "To print",
         "Three-panel leaflet, to print on both sides and fold, flipped on the long edge"),
        ("braille", "quiet-hour.brf", "For braille displays and other devices",
         "Braille, contracted (UEB grade 2), for an embosser or a display"),
        ("daisy", "quiet-hour-daisy.zip", "To listen to", "DAISY talking book"),
        ("song-sheet", "quiet-hour-songs.pdf", "For braille displays and other devices", "Song sheet"),
    ],
)  # fmt: skip
def test_every_file_is_called_by_its_use(edition: str, name: str, group: str, words: str) -> None:
    offer = an_offer(edition, name)
    (shelf,) = shelves("quiet-hour", (offer,), Leaflet(large_print=(20, 28)))
    assert (shelf.name, shelf.files[0].href, shelf.files[0].words) == (group, name, words)


@pytest.mark.parametrize(
    ("edition", "name"),
    [("pictures", "pictures/cover.png"), ("test-sheet", "quiet-hour-test-sheet.pdf"),
     ("sections", "audio/01-introduction.mp3"), ("episode", "quiet-hour-chapters.json"),
     ("slower", "quiet-hour-slower.vtt"), ("episode", "quiet-hour.srt")],
)  # fmt: skip
def test_what_is_for_machines_or_the_practice_is_not_offered(edition: str, name: str) -> None:
    assert shelves("quiet-hour", (an_offer(edition, name),), Leaflet()) == ()


def test_sections_are_called_by_their_titles() -> None:
    offers = [an_offer("sections", f"audio/0{n}-x.mp3", seconds=61.0) for n in (1, 2)]
    first, second = section_files(offers, {1: "Introduction"})
    assert (first.words, second.words) == ("1. Introduction", "2. 02-x")
    assert first.details == "MP3, 1 minute 1 second, 12 kB"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "0 seconds"), (1, "1 second"), (61, "1 minute 1 second"), (394.2, "6 minutes 34 seconds"),
     (120, "2 minutes"), (3600, "1 hour"), (7384, "2 hours 3 minutes")],
)  # fmt: skip
def test_durations_are_words(seconds: float, words: str) -> None:
    assert lasting(seconds) == words


def test_details_are_what_is_known() -> None:
    assert details(an_offer("a4", "x.pdf", pages=1).file) == "PDF, 1 page, 12 kB"
    assert details(an_offer("m4b", "x.m4b", 4_700_000).file) == "M4B, 4.7 MB"


@pytest.mark.parametrize(
    ("words", "links"),
    [
        ("Call 999 or go to A&E", ["tel:999"]),
        ("Call NHS 111 and choose option 2", ["tel:111"]),
        ("Call free on 116 123", ["tel:116123"]),
        ("Text SHOUT, free, to 85258", ["sms:85258"]),
        ("Call 0300 123 3393. Text 86463.", ["tel:03001233393", "sms:86463"]),
        ("From +44 20 7946 0000", ["tel:+442079460000"]),
        ("Open 24/7, 9.30 to 17.00, for £120", []),
        ("See www.example.org/2026, since 1999 for 100 people", []),
    ],
)
def test_numbers_can_be_dialled(words: str, links: list[str]) -> None:
    root = read_html(str(reach(words)))
    assert [each.get("href") for each in root.all("a")] == links
    assert root.text() == words


WAYS = {
    "Call 999 or go to A&E": ("Call, or go to A&E", "999", "tel:999"),
    "Call NHS 111 and choose option 2": ("Call, and choose option 2", "NHS 111", "tel:111"),
    "Call free on 116 123": ("Call free", "116 123", "tel:116123"),
    "Text SHOUT, free, to 85258": ("Text SHOUT, free", "85258", "sms:85258"),
    "Ring (0191) 498 0000": ("Ring", "(0191) 498 0000", "tel:01914980000"),
    "Ring us at 0300 123 3393, from 9 to 5": (
        "Ring us, from 9 to 5", "0300 123 3393", "tel:03001233393",
    ),
    "Call 0300 123 3393 or 0300 304 7000": (
        "Call 0300 123 3393 or 0300 304 7000", "0300 123 3393", "tel:03001233393",
    ),
    "Go to the nearest hospital": ("Go to the nearest hospital", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("how", WAYS)
def test_a_number_for_help_stands_apart_and_the_words_still_say_what_to_do(how: str) -> None:
    (way,) = ways_to_help([CrisisLine("Samaritans", how)])
    words, number, target = WAYS[how]
    assert (read_html(f"<p>{way.words}</p>").text(), way.number, way.target) == (
        words, number, target,
    )  # fmt: skip
    if number:
        (link,) = read_html(str(way.link)).all("a")
        does = "Text" if target.startswith("sms") else "Call"
        assert link.get("aria-label") == f"{does} {number}, Samaritans"


def test_a_page_without_its_sound_weighs_little(built_once: Path) -> None:
    folder = folder_of(built_once)
    html = (folder / "index.html").read_text("utf-8")
    fonts = set(re.findall(r"url\((page/[^)]+)\)", html))
    weight = len(html.encode()) + sum((folder / font).stat().st_size for font in fonts)
    assert weight <= 150_000


def test_the_shipped_articles_page_weighs_little_too(practice: Path) -> None:
    """Without its sound and its times, which are a part of it: 25 bytes a word."""
    shutil.copy(ARTICLE, practice / "source/quiet-hour.md")
    files: dict[str, int] = {}

    def place(name: str, content: bytes) -> str:
        files[name] = len(content)
        return name

    html = page_html(publication_of(practice), place, "")
    words = sum(
        len(each.text.split()) for each in article_sentences(publication_of(practice).article)
    )
    script = player_script(load_project(practice), "page/page.js")
    assert len(html.encode()) + len(script.encode()) + sum(files.values()) + 11 * words <= 145_000


def test_a_page_with_the_owners_own_pictures_is_within_its_weight(
    practice: Path,
) -> None:
    """A logo, a portrait that is see-through, and a photograph of leaves, as hard as they come."""
    seen = leaves()
    seen.save(practice / "source/leaves.jpg", quality=92)
    portrait = seen.convert("RGBA")
    portrait.putalpha(Image.radial_gradient("L").resize(portrait.size))
    portrait.save(practice / "source/me.png")
    portrait.crop((0, 0, 900, 300)).save(practice / "source/logo.png")
    text = ARTICLE.read_text("utf-8").replace("\n---", "\ncover: leaves.jpg\n---", 1)
    (practice / "source/quiet-hour.md").write_text(text, "utf-8")
    with (practice / "source/practice.toml").open("a") as settings:
        settings.write(
            '[look]\nlogo = "logo.png"\nlogo_alt = "Leaves"\n'
            'portrait = "me.png"\nportrait_alt = "Jo"\n'
        )
    files: dict[str, int] = {}

    def place(name: str, content: bytes) -> str:
        files[name] = len(content)
        return name

    publication = publication_of(practice)
    html = page_html(publication, place, "")
    words = sum(len(each.text.split()) for each in article_sentences(publication.article))
    script = player_script(publication.project, "page/page.js")
    assert {"photograph.jpg", "portrait.webp", "logo.png"} <= files.keys()
    assert len(html.encode()) + len(script.encode()) + sum(files.values()) + 11 * words <= 145_000


def leaves() -> Image.Image:
    """Noise of every size, which no compression can do much about."""
    chance = np.random.default_rng(1)
    light = np.zeros((600, 900, 3))
    for size in (1, 2, 4, 20):
        light += np.kron(
            chance.uniform(-1, 1, (600 // size, 900 // size, 3)), np.ones((size, size, 1))
        )
    return Image.fromarray((128 + 60 * light).clip(0, 255).astype(np.uint8))


def test_feedback_is_a_link_where_it_is_an_address() -> None:
    assert 'href="https://example.org/say"' in feedback("https://example.org/say")
    assert 'href="mailto:jo@example.org"' in feedback("jo@example.org")
    assert feedback("Tell <us>") == "Tell &lt;us&gt;"


# ---------------------------------------------------------------- times


def an_article(*sections: str) -> Article:
    place = Place("x")
    from leafcast.document.article import Heading

    return Article(
        "quiet-hour", "x", "Quiet", "Jo", "en-GB", date(2026, 3, 1), date(2028, 3, 1),
        sections=tuple(
            Section(name, Heading(f"h-{name}", place, 2, (Sentence(f"t-{name}", (Text(name),)),)), ())
            for name in sections
        ),
    )  # fmt: skip


def test_times_are_seconds_with_words_where_they_are_known() -> None:
    words = (WordCue(44_100, 66_150, 0, 3), WordCue(66_150, 88_200, 4, 7))
    cues = (Cue("s1", "one two", 44_100, 88_200, words), Cue("s2", "three", 88_200, 99_225))
    passages = (
        SpokenPassage("introduction", 1, "Introduction", 0, 44_100, (), ""),
        SpokenPassage("start", 2, "Start", 44_100, 110_250, cues, ""),
    )
    narration = Narration("Quiet", "en-GB", "tone", True, 44_100, passages)
    article = an_article("start")
    assert json.loads(times(article, narration)) == {
        "parts": [["_words", 0.0, 1.0], ["start", 1.0, 2.5]],
        "cues": [
            ["s1", 1.0, 2.0, [0, 0, 3, 500, 1, 3]],
            ["s2", 2.0, 2.25],
        ],
    }
    _, part = parts_of(article, narration)
    assert (part.fragment, part.onwards) == ("#t=1,2.5", "#t=1")
