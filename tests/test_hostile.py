"""Hostile sources through every edition: one finding for each thing, the rest is built, no harm."""

from __future__ import annotations

import json
import re
import socket
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pikepdf
import pytest
import tinyhtml5
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from leafcast.build.pipeline import build
from leafcast.commands.cli import leafcast
from leafcast.document.article import article_sentences
from leafcast.document.errors import LeafcastError, SettingsError
from leafcast.document.origin import Origin
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Report
from leafcast.execution.request import Request, Silent
from leafcast.narration import transcript
from leafcast.narration.lexicon import Lexicon
from leafcast.narration.script import write_script
from leafcast.narration.sound.formats.id3 import Chapter, Tags, chapter_starts_ms, id3
from leafcast.page.cue_times import script_json
from leafcast.page.page import page_html
from leafcast.practice.project import load_project
from leafcast.print.html import write_html
from leafcast.print.layout import lay_out
from leafcast.print.typesetting import A4, settings_of
from leafcast.readers import READERS, read_article
from leafcast.readers.starter import INTRODUCTION
from leafcast.site.library import Entry, search_words
from leafcast.starting.from_file import start_from_file
from leafcast.starting.from_title import start_article
from leafcast.state.manifest import read_manifest
from tests.conftest import PRACTICE, TODAY, UNASKED, write_practice
from tests.hostile_sources import (
    SECRET,
    SHELF_WORDS,
    Scene,
    marked_word,
    set_up,
    untouched,
)
from tests.narrations import narrated

# ---------------------------------------------------------------- one build of it all


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the scene, all that was told, and every file that was opened."""

    scene: Scene
    report: Report
    opened: tuple[str, ...]

    @property
    def dist(self) -> Path:
        """What was published."""
        return self.scene.folder / "dist"

    def files(self, *endings: str) -> Iterator[Path]:
        """Published files whose names end so."""
        found = sorted(each for each in self.dist.rglob("*") if each.is_file())
        yield from (each for each in found if not endings or each.name.endswith(endings))


OPENED: list[str] = []
LISTENING: list[bool] = []


def _note_opened(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook, which stays for good; it notes nothing but what this module asks it to."""
    if LISTENING and event == "open" and isinstance(arguments[0], str):
        OPENED.append(arguments[0])


def _no_network(*arguments: object, **options: object) -> Any:
    raise AssertionError(f"the network was asked: {arguments}")


@contextmanager
def watched() -> Iterator[None]:
    """Notes what files this process opens, and lets it reach no other machine."""
    connect = socket.socket.connect

    def to_a_process(own: socket.socket, address: Any) -> None:
        return connect(own, address) if own.family == socket.AF_UNIX else _no_network(address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", TODAY)
        for name in ("create_connection", "getaddrinfo", "gethostbyname"):
            patch.setattr(socket, name, _no_network)
        patch.setattr(socket.socket, "connect", to_a_process)
        LISTENING.append(True)
        yield
        LISTENING.clear()


@pytest.fixture(scope="module", autouse=True)
def _hook() -> None:
    sys.addaudithook(_note_opened)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory, cores: int) -> Outcome:
    scene = set_up(tmp_path_factory.mktemp("hostile"))
    report = Report()
    with watched():
        build(load_project(scene.folder), Request(jobs=cores), Silent(), report)
        _laid_out_here(scene)
    return Outcome(scene, report, tuple(OPENED))


def _laid_out_here(scene: Scene) -> None:
    """Lay out the worst of them in this process too, where it is seen what is opened."""
    path = scene.folder / "source" / "markdown.md"
    article = read_article(path, path.parent).article
    assert article
    assert lay_out(Publication(article, load_project(scene.folder)), A4).startswith(b"%PDF")


OF_FORM = ("four-pages-would-suit", None)
"""Advice that all these articles have, harmful or not: none fills the panels of its trifold."""


def test_each_thing_has_one_finding_with_its_file_and_line(outcome: Outcome) -> None:
    told: dict[str, Counter[Any]] = {}
    for finding in outcome.report.findings:
        assert finding.place, finding
        at = told.setdefault(finding.place.path, Counter())
        at[finding.code, finding.place.line] += 1
    wanted = {
        f"source/{each.name}": Counter([*each.told, *([OF_FORM] if each.built else [])])
        for each in outcome.scene.sources
    }
    assert told.pop("source/quiet-hour.md") == Counter([OF_FORM])
    assert told == {path: found for path, found in wanted.items() if found}


def test_each_finding_says_what_to_do(outcome: Outcome) -> None:
    for finding in outcome.report.findings:
        assert finding.message and finding.fix, finding
        assert len(finding.message) < 400
    assert outcome.report.exit_code == 1


def test_all_the_rest_is_built_in_every_edition(outcome: Outcome) -> None:
    manifest = read_manifest(outcome.dist)
    slugs = {Path(each.name).stem for each in outcome.scene.sources if each.built}
    assert set(manifest.publications) == {*slugs, "quiet-hour"}
    for editions in manifest.publications.values():
        assert set(editions) == UNASKED


def test_nothing_outside_is_read_or_written(outcome: Outcome) -> None:
    assert untouched(outcome.scene)
    outside = str(outcome.scene.outside)
    assert len(outcome.opened) > 1000
    assert [path for path in outcome.opened if path.startswith((outside, "/etc/passwd"))] == []
    for path in (*outcome.files(), *(outcome.scene.folder / ".leafcast").rglob("*")):
        if path.is_file():
            assert not any(SECRET.encode() in content for _, content in contents_of(path)), path


def contents_of(path: Path) -> Iterator[tuple[str, bytes]]:
    """A file's bytes, and those of the files in it."""
    content = path.read_bytes()
    yield path.name, content
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as file:
            for name in file.namelist():
                assert not name.startswith("/") and ".." not in name
                yield name, file.read(name)


# ---------------------------------------------------------------- pages, books, feeds

NEVER = {
    "script", "iframe", "frame", "object", "embed", "applet", "base", "form", "foreignobject",
}  # fmt: skip
SCHEMES = {"", "https", "http", "mailto", "tel", "sms", "data"}
DATA = re.compile(r"data:(image/(png|jpeg|svg\+xml)|font/woff2|audio/mpeg)[;,]")
ADDRESSES = {"href", "src", "action", "data", "content", "srcset", "poster", "formaction"}


def harms(root: Any, *, own: frozenset[str] = frozenset()) -> list[str]:
    """What in a tree would run or fetch; `own` are the scripts that leafcast wrote."""
    found = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rpartition("}")[2].lower()
        is_data = "json" in element.get("type", "")
        if name == "script" and not is_data and (element.text or "") not in own:
            found.append(f"script {element.text!r}")
        if name in NEVER - {"script"} and not (name == "form" and element.get("role") == "search"):
            found.append(name)
        if name == "meta" and element.get("http-equiv", "").lower() == "refresh":
            found.append("refresh")
        found += [
            f"{name} {key}={value[:80]!r}"
            for key, value in element.attrib.items()
            if _is_harm(key.rpartition("}")[2].lower(), value)
        ]
    return found


def _is_harm(key: str, value: str) -> bool:
    bare = re.sub(r"[\x00-\x20]", "", value)
    scheme = bare.partition(":")[0].lower() if re.match(r"[A-Za-z][\w+.-]*:", bare) else ""
    if key.startswith("on"):
        return True
    if key not in ADDRESSES - {"content"}:
        return bool(re.match(r"\s*(java|vb)script:", value, re.I))
    return scheme not in SCHEMES or (scheme == "data" and not DATA.match(bare))


def own_scripts(outcome: Outcome) -> frozenset[str]:
    templates = Path(__file__).parent.parent / "templates/page"
    own = {path.name: path.read_text("utf-8") for path in templates.glob("*.js")}
    players = {own["player.js"] + own[name] for name in ("page.js", "embedded.js")}
    lists = {own["library.js"], own["print.js"]}
    sent = (re.sub(r"(?m)^[ \t]+|^[ \t]*//.*\n", "", own["say.js"] + each) for each in players)
    return frozenset((*sent, *(own["say.js"] + script for script in lists)))


def test_no_page_runs_or_fetches_what_it_should_not(outcome: Outcome) -> None:
    pages = list(outcome.files(".html"))
    assert {each.name for each in pages} > {"index.html", "print.html", "markdown-offline.html"}
    own = own_scripts(outcome)
    for path in pages:
        root = tinyhtml5.parse(path.read_text("utf-8"))
        assert harms(root, own=own) == [], path
        for element in root.iter():
            if str(element.tag).endswith("script") and "json" in element.get("type", ""):
                json.loads(element.text)


def test_harm_in_a_page_would_be_found() -> None:
    for html in (
        "<p onclick=x>", "<script>1</script>", "<svg onload=x>", "<a href=' java\tscript:x'>",
        "<iframe>", "<meta http-equiv=refresh>", "<img src='data:text/html,x'>", "<base href=x>",
        "<a href=file:///x>", "<form action=x>",
    ):  # fmt: skip
        assert len(harms(tinyhtml5.parse(html))) == 1, html


def test_the_words_for_searching_are_data(outcome: Outcome) -> None:
    text = (outcome.dist / "library" / "words.js").read_text("utf-8")
    found = re.fullmatch(r"window\.libraryWords=(\{[^<>]*\});\n", text)
    assert found and "pwn" in json.loads(found[1])["markdown"]


def test_books_are_well_formed_and_hold_no_script(outcome: Outcome) -> None:
    seen: Counter[str] = Counter()
    for book in outcome.files(".epub", "-daisy.zip"):
        for name, content in contents_of(book):
            suffix = Path(name).suffix
            if suffix in (".xhtml", ".html", ".opf", ".smil", ".pls", ".xml", ".svg"):
                assert harms(ElementTree.fromstring(content)) == [], (book, name)
                seen[suffix] += 1
    assert all(seen[each] >= 5 for each in (".xhtml", ".html", ".opf", ".smil")), seen


def test_feeds_lists_and_drawings_are_well_formed(outcome: Outcome) -> None:
    found = list(outcome.files(".xml", ".svg", ".pef"))
    assert {each.name for each in found} >= {"podcast.xml", "podcast-sections.xml", "sitemap.xml"}
    for path in found:
        root = ElementTree.fromstring(path.read_bytes())
        assert harms(root) == [], path
        for link in root.iter("link"):
            assert urlsplit(link.text or "").scheme in ("", "https"), path
    guids = [each.text for each in ElementTree.parse(found[0]).getroot().iter("guid")]
    assert len(guids) == len(set(guids))


# ---------------------------------------------------------------- words with times

CUE = re.compile(r"(?:\d\d:)?\d\d:\d\d[.,]\d{3} --> (?:\d\d:)?\d\d:\d\d[.,]\d{3}")


def test_no_words_pass_for_a_cue(outcome: Outcome) -> None:
    for path in outcome.files(".vtt", ".srt"):
        blocks = path.read_text("utf-8").rstrip("\n").split("\n\n")
        cues = [each.split("\n") for each in blocks if each != "WEBVTT"]
        assert len(cues) >= 3
        for _, times, *words in cues:
            assert CUE.fullmatch(times) and len(words) == 1, (path, words)
            if path.suffix == ".vtt":
                assert "<" not in words[0] and "-->" not in words[0]


def test_chapters_and_transcripts_are_json(outcome: Outcome) -> None:
    titles = set()
    for path in outcome.files(".json"):
        found = json.loads(path.read_text("utf-8"))
        titles |= {found.get("title")}
    assert any(title and "<script>" in title for title in titles)


def test_the_sound_says_its_title_and_no_more(outcome: Outcome) -> None:
    sound = (outcome.dist / "markdown" / "markdown.mp3").read_bytes()
    title = next(t for t in (_frame(sound, b"TIT2"),) if t)
    assert title.startswith("A </title><script>") and "\0" not in title
    assert all("\0" not in words for words in (_frame(sound, b"TPE1"), _frame(sound, b"TALB")))


def _frame(sound: bytes, name: bytes) -> str:
    """A text frame of an ID3 tag."""
    at = sound.index(name)
    size = int.from_bytes(sound[at + 4 : at + 8], "big")
    return sound[at + 11 : at + 10 + size].decode("utf-16")


# ---------------------------------------------------------------- print and braille

ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition"}


def pdf_harms(path: Path) -> list[str]:
    """What in a PDF would run, send, or lead where no reader should go."""
    found = []
    with pikepdf.open(path) as pdf:
        for each in pdf.objects:
            if not isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
                continue
            found += [str(key) for key in ("/JS", "/AA", "/OpenAction", "/XFA") if key in each]
            kind = str(each.get("/S", ""))
            found += [kind] if kind in ACTIONS else []
            if "/URI" in each and kind == "/URI":
                address = str(each.URI)
                good = urlsplit(address).scheme in ("https", "http", "mailto", "tel")
                found += [] if good else [address]
            if str(each.get("/Type", "")) == "/Filespec":
                name = str(each.get("/UF", each.get("/F", "")))
                found += [] if re.fullmatch(r"[a-z0-9-]+\.txt", name) else [name]
    return found


def test_no_leaflet_runs_or_leads_astray(outcome: Outcome) -> None:
    leaflets = list(outcome.files(".pdf"))
    assert len(leaflets) > 50
    assert {path.name: found for path in leaflets if (found := pdf_harms(path))} == {}


def test_harm_in_a_leaflet_would_be_found(tmp_path: Path) -> None:
    for action in ("/JavaScript", "/Launch", "/URI"):
        with pikepdf.new() as pdf:
            made = pikepdf.Dictionary(S=pikepdf.Name(action), URI="javascript:pwn()")
            pdf.Root.Names = pdf.make_indirect(made)
            pdf.save(tmp_path / "x.pdf")
        assert len(pdf_harms(tmp_path / "x.pdf")) == 1


def test_braille_has_braille_alone(outcome: Outcome) -> None:
    if "braille" not in UNASKED:
        pytest.skip("liblouis is not on this machine")
    for path in outcome.files(".brf"):
        assert re.fullmatch(rb"[\x20-\x5f\r\n\f]+", path.read_bytes().upper()), path


# ---------------------------------------------------------------- ids


def test_no_title_of_a_section_is_taken_for_a_part_of_a_template(outcome: Outcome) -> None:
    folder = outcome.dist / "ids"
    for name in ("index.html", "ids-offline.html"):
        root = tinyhtml5.parse((folder / name).read_text("utf-8"))
        assert _twice(root) == []
    for book in ("ids.epub", "ids-daisy.zip"):
        for name, content in contents_of(folder / book):
            if name.endswith((".xhtml", ".html", ".smil", ".opf")):
                assert _twice(ElementTree.fromstring(content)) == [], name
    with pikepdf.open(folder / "ids-a4.pdf") as pdf:
        outline = [str(each.title) for each in _outline(pdf)]
    assert [words for words in SHELF_WORDS if words not in outline] == []


def _twice(root: Any) -> list[str]:
    names = Counter(each.get("id") for each in root.iter() if each.get("id"))
    return [name for name, times in names.items() if times > 1]


def _outline(pdf: pikepdf.Pdf) -> Iterator[pikepdf.OutlineItem]:
    with pdf.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            each = waiting.pop()
            yield each
            waiting += each.children


def test_the_leaflets_own_ids_are_no_sections(tmp_path: Path) -> None:
    practice = write_practice(tmp_path / "practice")
    from tests.hostile_sources import shelf_article

    path = practice / "source" / "ids.md"
    path.write_text(shelf_article(), encoding="utf-8")
    article = read_article(path, path.parent).article
    assert article
    publication, ids = Publication(article, load_project(practice)), set()
    for setting in settings_of(publication.project.practice.leaflet):
        root = tinyhtml5.parse(write_html(publication, setting))
        assert _twice(root) == []
        ids |= {each.get("id") for each in root.iter() if each.get("id")}
    assert {"_contents", "_get-in-touch", "_formats", "contents", "section-introduction"} <= ids


# ---------------------------------------------------------------- the commands


def test_check_tells_the_same_and_shows_no_traceback(outcome: Outcome) -> None:
    run = CliRunner().invoke(leafcast, ["check", "--project", str(outcome.scene.folder)])
    assert run.exit_code == 1
    assert "Traceback" not in run.output
    for finding in outcome.report.findings:
        assert finding.place and finding.place.path in run.output


def test_a_misspelt_voice_is_told_by_check_without_a_voice(tmp_path: Path) -> None:
    practice = write_practice(tmp_path / "practice")
    path = practice / "source" / "quiet-hour.md"
    path.write_text(
        path.read_text("utf-8").replace("## What happens", "## What happens\nvoice: kokorro"),
        encoding="utf-8",
    )
    run = CliRunner().invoke(leafcast, ["check", "--project", str(practice)])
    assert "There is no voice called “kokorro”" in run.output
    assert "source/quiet-hour.md:12" in run.output
    assert run.exit_code == 0
    strict = CliRunner().invoke(leafcast, ["check", "--strict", "--project", str(practice)])
    assert strict.exit_code == 1


def test_new_takes_nothing_out_of_a_word_file_into_other_folders(tmp_path: Path) -> None:
    practice = write_practice(tmp_path / "practice")
    file = tmp_path / "word.docx"
    file.write_bytes(marked_word()[0])
    started = start_from_file(load_project(practice), file)
    assert started.path and started.path.parent == practice / "source"
    assert {each.name for each in tmp_path.iterdir()} == {"practice", "word.docx"}
    assert not list(practice.rglob("evil*"))


@pytest.mark.parametrize("title", ["Con", "A long title " * 40, "x" * 300])
def test_new_gives_a_file_a_name_that_can_be_built(title: str, tmp_path: Path) -> None:
    project = load_project(write_practice(tmp_path / "practice"))
    path = start_article(project, title)
    path.write_text(path.read_text("utf-8").replace(INTRODUCTION, "It hurts."), "utf-8")
    reading = read_article(path, project.source)
    assert reading.article and reading.article.title == " ".join(title.split())


BAD_SETTINGS = {
    "a script for a website": ('"https://example.org"', '"javascript:pwn()"', 4),
    "markup in the website": ('"https://example.org"', "'https://x.org/\"><script>'", 4),
    "a name in the website": ('"https://example.org"', '"https://jo:pw@example.org"', 4),
    "half a bracket": ('"https://example.org"', '"https://[x"', 4),
    "an unseen sign": ('"Jo Example"', '"Jo \\u202eExample"', 2),
    "a control": ('"Jo Example"', '"Jo \\u0001Example"', 2),
    "a font that is style": ("[contact]", '[look]\nfont = "x</style>"\n[contact]', 7),
    "an endless announcement": (
        'voice = "tone"', 'voice = "tone"\nannouncement = "{number:>999999999}"', 15,
    ),
    "a prying announcement": (
        'voice = "tone"', 'voice = "tone"\nannouncement = "{title.__class__}"', 15,
    ),
    "a number without end": ("[contact]", f"review_months = {'9' * 5000}\n[contact]", None),
    "brackets without end": ("[contact]", f"x = {'[' * 50_000}\n[contact]", None),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line"), BAD_SETTINGS.values(), ids=BAD_SETTINGS.keys())
def test_settings_that_mean_harm_are_named(
    old: str, new: str, line: int | None, tmp_path: Path
) -> None:
    practice = write_practice(tmp_path / "practice")
    assert old in PRACTICE
    path = practice / "source" / "practice.toml"
    path.write_text(PRACTICE.replace(old, new), encoding="utf-8")
    with pytest.raises(SettingsError) as told:
        load_project(practice)
    assert (told.value.path, told.value.line) == ("source/practice.toml", line)
    assert told.value.hint


# ---------------------------------------------------------------- whatever is written


def read(text: str, suffix: str = ".md") -> tuple[Any, tuple[Finding, ...]]:
    reading = READERS[suffix](text, Origin(f"source/x{suffix}", "x", Path("source")))
    return reading.article, reading.findings


FRONT = "---\ntitle: {}\nauthor: {}\npublished: 2026-03-01\nreview: 2028-03-01\n---\n\n"


@pytest.fixture(scope="module")
def project() -> Any:
    with tempfile.TemporaryDirectory() as folder:
        yield load_project(write_practice(Path(folder) / "practice"))


PIECES = st.one_of(
    st.text(max_size=20),
    st.sampled_from([
        "<script>", "</script>", "</title>", "]]>", "<!--", "-->", "&#x202E;", "&lt;", "'", '"', "{{",
        "<v Eve>", "[a](javascript:pwn())", "[b]{lang=fr onclick=x}", "\n\n", "`", "\\", "&#0;", "\f",
    ]),
)  # fmt: skip


@given(st.lists(PIECES, max_size=8).map("".join), st.lists(PIECES, max_size=8).map("".join))
@settings(max_examples=120, deadline=None)
def test_whatever_is_written_stays_words(project: Any, title: str, words: str) -> None:
    content = (FRONT.format(json.dumps(title), json.dumps(title)) + words).encode(
        "utf-8", "surrogatepass"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "source" / "x.md"
        path.parent.mkdir()
        path.write_bytes(content)
        try:
            article = read_article(path, path.parent).article
        except LeafcastError:
            return
    if article is None:
        return
    publication = Publication(article, project)
    leaflet = write_html(publication, A4)
    ElementTree.fromstring(_as_xml(leaflet))
    page = page_html(publication, lambda name, content: name, "")
    assert harms(tinyhtml5.parse(leaflet.replace("leafcast:qr.svg", "qr.svg"))) == []
    assert harms(tinyhtml5.parse(page)) == []
    assert tinyhtml5.parse(leaflet).find(".//{*}title").text == article.title
    narration = narrated(article, project.practice)
    told = len(transcript.captions(narration))
    assert _cues(transcript.write_vtt(narration)) == told >= len(narration.cues)
    assert _cues(transcript.write_srt(narration)) == told
    assert json.loads(transcript.write_chapters(narration, article.author))["title"]
    assert json.loads(script_json({"title": title}))["title"] == title
    assert "<" not in script_json({"title": title})
    assert "<" not in search_words((Entry(article, "", 1, "", (), (), ()),))


def _cues(text: str) -> int:
    """How many cues a player would find."""
    lines = re.split(r"\r\n|\r|\n", text)
    return sum(bool(CUE.fullmatch(line)) and bool(lines[at + 1]) for at, line in enumerate(lines))


def _as_xml(html: str) -> str:
    """A leaflet's page with HTML's void elements closed."""
    return re.sub(r"<(meta|img|br|hr|wbr)\b([^>]*?)/?>", r"<\1\2/>", html.partition("\n")[2])


@pytest.mark.parametrize(
    "form",
    [
        "{}",
        "£{}",
        "£1.{}",
        "{}th",
        "{}%",
        "{} kg",
        "{}/3",
        "1/{}",
        "{}½",
        "{}–{}",
        "{}.{}",
        "no. {}",
        "1,{}",
        "+44 {}",
        "{}:00",
        "{}am",
        "{}s",
        "-{}",
        "20{}/1",
        "aged {}",
        "{}m",
    ],
)
def test_numbers_without_end_are_told_aloud(form: str, project: Any) -> None:
    words = form.format("9" * 5000, "8" * 5000)
    article, _ = read(f"{FRONT.format('T', 'A')}They stay at {words} here.", ".txt")
    assert article and any(words[:100] in each.text for each in article_sentences(article))
    script = write_script(article, project.practice, synthetic=True, lexicon=Lexicon())
    assert script.passages


def test_a_tag_lists_no_more_chapters_than_a_byte_can_count() -> None:
    chapters = tuple(Chapter(f"{at}", at * 1000, at * 1000 + 1000) for at in range(300))
    tag = id3(Tags("T", "A", "B", "en-GB", 2026, chapters=chapters))
    assert len(chapter_starts_ms(tag)) == 300
    at = tag.index(b"CTOC")
    assert tag[at + 10 : at + 16] == b"toc\0\x03\xff"


def test_a_link_may_hold_words_in_another_language() -> None:
    article, findings = read(
        f"{FRONT.format('T', 'A')}See [**a** [mot]{{lang=fr}} b](https://example.org/) and "
        "[le [beau]{lang=de} mot]{lang=fr}."
    )
    from leafcast.document.article import Foreign, Link, Strong, Text

    (block,) = article.introduction
    _, link, _, foreign, _ = block.sentences[0].content
    assert link == Link(
        (Strong((Text("a"),)), Text(" "), Foreign((Text("mot"),), "fr"), Text(" b")),
        "https://example.org/",
    )
    assert foreign == Foreign((Text("le "), Foreign((Text("beau"),), "de"), Text(" mot")), "fr")
    assert findings == ()
