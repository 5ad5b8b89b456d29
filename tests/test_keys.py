"""What an edition is made from is found out, not listed: what changed, and what is made anew."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from datetime import date
from pathlib import Path

import pytest

from leafcast.braille import liblouis
from leafcast.build import libraries, plan
from leafcast.build.context import Build
from leafcast.build.keys import CHOSEN, GIVEN, Keys
from leafcast.build.libraries import Libraries
from leafcast.build.parts import SITE
from leafcast.build.pipeline import build
from leafcast.build.plan import WORDS, Job, Planner, files_of, is_as_written, why
from leafcast.build.schedule import ArticleResult, Order
from leafcast.build.templates import Templates
from leafcast.document.article import Article, Face, Figure, article_blocks
from leafcast.document.artifact import EditionRecord, FileRecord, Manifest
from leafcast.document.publication import Neighbour, Offer, Publication
from leafcast.document.report import Place, Report
from leafcast.editions import table
from leafcast.editions.table import EDITIONS
from leafcast.execution.request import Request, Silent
from leafcast.locale.language import ENGLISH
from leafcast.narration.model import VoiceSpec
from leafcast.narration.narrate import tell
from leafcast.narration.pace import PACES
from leafcast.narration.takes.files import TakeFiles
from leafcast.narration.telling import Telling
from leafcast.page.media import record_file
from leafcast.practice.project import Credential, Project, load_project, shipped_folder
from leafcast.readers.folder import read_articles
from leafcast.site.parts import Shelved, Site
from leafcast.state import imports
from leafcast.state.cache import digest
from leafcast.state.imports import Closure, Module, Program, read_module, read_program
from leafcast.state.store import State
from tests.conftest import write_practice
from tests.test_pipeline import everything

DAY = date(2026, 11, 24)
PRINTS = {
    "booklet", "trifold", "z-fold", "four-page", "a4", "large-print", "dyslexia", "test-sheet",
}  # fmt: skip
SOUND = {"sections", "episode", "slower"}
BOOKS = {"epub", "daisy"}
HEARD = SOUND | BOOKS | {"page"}
DRAWN = PRINTS | BOOKS | {"page"}
ALL = set(EDITIONS)
REFERENCES = State(None)
"""What templates refer to, read once for all of these tests."""


@pytest.fixture(scope="module")
def program() -> Program:
    return read_program()


class Installed(Libraries):
    """Every package in version 1, but for those said to be `newer`."""

    def __init__(self, *newer: str) -> None:
        self._newer = newer
        self._opened = {name: "2" if name in newer else "1" for name in libraries.OPENED}
        self._packages = _Any(newer)


class _Any(dict[str, tuple[str, ...]]):
    def __init__(self, newer: tuple[str, ...]) -> None:
        self._newer = newer

    def get(self, name: str, default: object = None) -> tuple[str, ...]:  # type: ignore[override]
        return (f"{name} {2 if name in self._newer else 1}",)


@dataclass(frozen=True)
class World:
    """All that decides what a publication is made from, as one changes it."""

    project: Project
    program: Program
    article: Article
    day: date = DAY
    installed: Libraries = field(default_factory=Installed)
    takes: TakeFiles = field(default_factory=TakeFiles)
    voice: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    next: Neighbour | None = None

    @property
    def planner(self) -> Planner:
        keys = Keys(self.project, REFERENCES, self.program, self.installed)
        return Planner(self.project, keys, self.day)

    def tellings(self) -> dict[str, Telling]:
        told = {name: tell(self.project, self.article, self.voice, p) for name, p in PACES.items()}
        return {name: replace(each, takes=self.takes) for name, each in told.items()}

    def made_from(self) -> dict[str, Mapping[str, str]]:
        tellings, planner = self.tellings(), self.planner
        offers = tuple(
            Offer(name, FileRecord(f"x/{name}-{name}.pdf", 1, "", self.files.get(name, "")), Path())
            for name in EDITIONS
        )
        publication = Publication(self.article, self.project, offers=offers, next=self.next)
        return {
            name: planner.edition(publication, name, tellings.get(each.pace), Manifest()).made_from
            for name, each in EDITIONS.items()
        }

    def parts(self) -> dict[str, Mapping[str, str]]:
        record = EditionRecord({}, (FileRecord("x/x.mp3", 1, "", self.files.get("episode", "")),))
        shelved = (Shelved(self.article, {"episode": record, "page": record}),)
        other = EditionRecord(
            {}, (FileRecord("podcast.xml", 1, "", self.files.get("podcast", "")),)
        )
        site = Site(self.project, shelved, {"podcast": other})
        return {name: self.planner.part(site, name, None).made_from for name in SITE}


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_practice(tmp_path_factory.mktemp("keys") / "practice")


@pytest.fixture
def world(practice: Path, program: Program) -> Iterator[World]:
    """A practice that has no templates of its own yet."""
    project = load_project(practice)
    (article,) = read_articles(project, Report()).values()
    assert article
    yield World(project, program, article)
    for folder in ("templates", "audio"):
        shutil.rmtree(practice / folder, ignore_errors=True)


@pytest.fixture(scope="module")
def before(practice: Path, program: Program) -> Mapping[str, Mapping[str, str]]:
    project = load_project(practice)
    (article,) = read_articles(project, Report()).values()
    assert article
    return World(project, program, article).made_from()


Change = Callable[[World], World]


def with_file(path: str, content: bytes = b"\n/* more */\n") -> Change:
    def change(world: World) -> World:
        own = world.project.folder / path
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_bytes((shipped_folder() / path).read_bytes() + content)
        return world

    return change


def with_module(name: str) -> Change:
    def change(world: World) -> World:
        modules = dict(world.program.modules)
        modules[name] = replace(modules[name], sha256="0" * 64)
        return replace(world, program=Program(modules))

    return change


def with_practice(**values: object) -> Change:
    def change(world: World) -> World:
        practice = replace(world.project.practice, **values)  # type: ignore[arg-type]
        return replace(world, project=replace(world.project, practice=practice))

    return change


def with_leaflet(world: World) -> World:
    return replace(world, project=world.project.for_print_shop())


def with_newer(name: str) -> Change:
    return lambda world: replace(world, installed=Installed(name))


def retold(world: World) -> World:
    return replace(world, article=replace(world.article, title="Another Hour"))


def with_sentence(world: World) -> World:
    introduction = (*world.article.introduction, *world.article.introduction)
    return replace(world, article=replace(world.article, introduction=introduction))


def recorded(world: World) -> World:
    return replace(world, takes=TakeFiles(choices="of a recording"))


def with_credential(world: World) -> World:
    return with_practice(credentials=(Credential("MBACP", date(2026, 12, 1)),))(world)


def later(world: World) -> World:
    return replace(world, day=date(2026, 12, 2))


def revoiced(world: World) -> World:
    own = world.project.folder / "audio/voices.toml"
    own.parent.mkdir()
    own.write_text('[voices.other]\nengine = "tone"\naccent = "no words"\nspeed = 1.1\n', "utf-8")
    return replace(world, voice="other")


def filed(name: str) -> Change:
    return lambda world: replace(world, files={name: "f" * 64})


def followed(world: World) -> World:
    return replace(world, next=Neighbour("grief", "What Is Grief?", "en-GB"))


CHANGES: tuple[tuple[str, Change, str, set[str]], ...] = (
    ("the article's title", retold, "article", ALL - {"pictures"}),
    ("a sentence", with_sentence, "article", ALL - {"pictures", "test-sheet"}),
    ("practice.toml", with_practice(description="Therapist"), "practice", ALL),
    ("[leaflet]", with_leaflet, "leaflet", ALL - HEARD),
    ("the lexicon", with_file("audio/lexicon.toml", b"\n# more\n"), "lexicon", ALL),
    ("a print's style", with_file("templates/leaflet/base.css"), "templates", PRINTS),
    ("a drawing", with_file("templates/leaflet/drawings/ruled.svg.j2"), "templates", PRINTS),
    ("the words' template", with_file("templates/shared/article.html.j2"), "templates", DRAWN),
    ("the screens' template", with_file("templates/shared/screen.html.j2"), "templates",
     {"epub", "page"}),
    ("the closing", with_file("templates/shared/closing.html.j2"), "templates", BOOKS),
    ("the page's style", with_file("templates/page/page.css"), "templates", {"page"}),
    ("the page's shell", with_file("templates/page/shell.html.j2"), "templates", {"page"}),
    ("the EPUB's style", with_file("templates/epub/book.css.j2"), "templates", {"epub"}),
    ("the DAISY book's words", with_file("templates/daisy/parts.html.j2"), "templates", {"daisy"}),
    ("the test sheet's words", with_file("templates/leaflet/test-sheet.md"), "templates",
     {"test-sheet"}),
    ("the library's template", with_file("templates/page/library.html.j2"), "templates", set()),
    ("a month's name", with_module("leafcast.locale.days"), "program", ALL),
    ("what refuses drawings", with_module("leafcast.design.svg"), "program", DRAWN | SOUND),
    ("tags", with_module("leafcast.print.tagging.tags"), "program", PRINTS),
    ("the script", with_module("leafcast.narration.script"), "program", HEARD),
    ("how numbers are said", with_module("leafcast.narration.spoken.numbers"), "program", HEARD),
    ("the tone", with_module("leafcast.narration.voices.tone"), "program", HEARD),
    ("a voice nobody chose", with_module("leafcast.narration.voices.kokoro"), "program", set()),
    ("what hears recordings", with_module("leafcast.narration.takes.align"), "program", set()),
    ("braille's layout", with_module("leafcast.braille.layout"), "program", {"braille"}),
    ("the Markdown reader", with_module("leafcast.readers.markdown"), "program", {"test-sheet"}),
    ("a check", with_module("leafcast.checks.words"), "program", set()),
    ("WeasyPrint, or Pango", with_newer("weasyprint"), "packages", PRINTS),
    ("num2words", with_newer("num2words"), "packages", HEARD),
    ("Pillow", with_newer("PIL"), "packages", ALL - {"braille"}),
    ("liblouis", with_newer("leafcast.braille.liblouis"), "packages", {"braille"}),
    ("ffmpeg", with_newer("leafcast.narration.sound.ffmpeg"), "packages", HEARD),
    ("brotli", with_newer("leafcast.design.webfonts"), "packages", {"page"}),
    ("the voice", revoiced, "voice", HEARD),
    ("a recording", recorded, "recordings", HEARD),
    ("the next article", followed, "next", {"page"}),
    ("the A4 leaflet's file", filed("a4"), "files", {"epub", "page", "pictures"}),
    ("the sections' files", filed("sections"), "files", {"epub", "daisy", "page"}),
    ("the test sheet's file", filed("test-sheet"), "files", set()),
)  # fmt: skip


def changed(
    before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str]]:
    for name, made_from in after.items():
        for each in made_from.keys() | before[name].keys():
            if made_from.get(each) != before[name].get(each):
                yield name, each


@pytest.mark.parametrize(
    ("change", "reason", "anew"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES]
)
def test_what_changed_makes_just_these_anew(
    world: World,
    before: Mapping[str, Mapping[str, str]],
    change: Change,
    reason: str,
    anew: set[str],
) -> None:
    found = set(changed(before, change(world).made_from()))
    assert {name for name, _ in found} == anew
    assert {(name, reason) for name in anew} <= found
    others = {"voice": {"program", "voice"}, "recordings": {"recordings", "program", "packages"}}
    assert {each for _, each in found} <= others.get(reason, {reason})
    assert reason in WORDS


def test_an_engine_of_another_package_counts_where_it_is_chosen(world: World) -> None:
    told = world.tellings()["usual"]
    voice = VoiceSpec("own", "brought.engine")
    spoken = replace(told, cast=replace(told.cast, own=voice, parts=()))
    program = Program(
        {**world.program.modules, "brought.engine": Module((), "its hash", (), (), ())}
    )
    keys = Keys(world.project, REFERENCES, program, world.installed)
    writer = EDITIONS["episode"].writer
    assert "brought.engine" in keys.closure(writer, spoken).modules
    assert "brought.engine" not in keys.closure(writer, told).modules


@pytest.mark.parametrize("what", ["as_printed", "article_blocks"])
def test_words_and_pictures_of_an_article_are_reckoned_once_for_all_its_editions(
    what: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Article] = []
    real = getattr(plan, what)
    monkeypatch.setattr(plan, what, lambda each: (looked.append(each), real(each))[1])
    article = replace(world.article)
    for name in ("a4", "large-print", "booklet"):
        world.planner.ingredients(article, name, None)
    assert looked == [article]


def test_an_edition_is_given_as_much_of_an_article_as_decides_what_it_makes(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Article] = []

    def write(publication: Publication, folder: Path) -> tuple[Path, ...]:
        given.append(publication.article)
        return ()

    monkeypatch.setattr(table, "named", lambda _: write)
    publication = Publication(world.article, world.project)
    for name in ("a4", "test-sheet"):
        EDITIONS[name].write(publication, tmp_path)
    assert given[0] is world.article
    assert given[1] is EDITIONS["test-sheet"].given(world.article)
    assert given[1].title == world.article.title and not list(article_blocks(given[1]))


def test_every_reason_of_an_edition_is_in_the_table() -> None:
    assert {reason for _, _, reason, anew in CHANGES if anew} == set(WORDS) - {
        "pictures", "publications", "parts", "language",
    }  # fmt: skip


@pytest.mark.parametrize("version", ["1", "2"])
def test_a_language_that_a_package_brings_makes_all_anew(
    world: World,
    before: Mapping[str, Mapping[str, str]],
    version: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    brought = replace(ENGLISH, version=version)
    monkeypatch.setattr("leafcast.build.plan.language_of", lambda _: brought)
    after = world.made_from()
    assert set(changed(before, after)) == {(name, "language") for name in ALL}
    assert {each["language"] for each in after.values()} == {digest(("en-GB", version))}


def test_a_credential_that_expires_makes_what_shows_it_anew(world: World) -> None:
    """It must not stay in the waiting room."""
    told = with_credential(world)
    valid = told.made_from()
    assert not set(changed(valid, replace(told, day=date(2026, 12, 1)).made_from()))
    assert set(changed(valid, later(told).made_from())) == {(name, "practice") for name in ALL}
    assert {each for _, each in changed(told.parts(), later(told).parts())} == {"practice"}


def test_a_logo_that_changes_makes_what_shows_it_anew(world: World) -> None:
    look = replace(world.project.practice.look, logo="logo.png", logo_alt="A leaf")
    practice = replace(world.project.practice, look=look)
    told = replace(world, project=replace(world.project, practice=practice))
    logo = world.project.source / "logo.png"
    before, parts = told.made_from(), told.parts()  # it is not there yet
    logo.write_bytes(b"a leaf")
    assert {why for _, why in changed(before, told.made_from())} == {"pictures"}
    assert {name for name, _ in changed(before, told.made_from())} >= {"page", "a4", "booklet"}
    assert ("library", "pictures") in changed(parts, told.parts())
    assert ("sums", "pictures") not in changed(parts, told.parts())
    logo.unlink()


def test_a_picture_that_changes_makes_what_shows_it_anew(world: World) -> None:
    picture = world.project.source / "door.png"
    figure = Figure("door", Place("x.md"), "door.png", "A door")
    first, *rest = world.article.sections
    shown = replace(first, blocks=(*first.blocks, figure))
    told = replace(world, article=replace(world.article, sections=(shown, *rest)))
    picture.write_bytes(b"a door")
    before = told.made_from()
    picture.write_bytes(b"a gate")
    shown_in = DRAWN - {"test-sheet"}
    assert set(changed(before, told.made_from())) == {(name, "pictures") for name in shown_in}
    picture.unlink()


def test_a_cover_that_changes_makes_what_is_heard_anew_too(world: World) -> None:
    picture = world.project.source / "window.jpg"
    told = replace(world, article=replace(world.article, face=Face(cover="window.jpg")))
    picture.write_bytes(b"a window")
    before = told.made_from()
    picture.write_bytes(b"a door")
    assert set(changed(before, told.made_from())) == {(name, "pictures") for name in DRAWN | SOUND}
    picture.unlink()


SITE_CHANGES: tuple[tuple[str, Change, str, set[str]], ...] = (
    ("an article", retold, "publications", {"podcast", "library", "hosting", "sitemap"}),
    (
        "an episode",
        filed("episode"),
        "publications",
        {"podcast", "library", "hosting", "sitemap", "sums"},
    ),
    ("the podcast", filed("podcast"), "parts", {"library", "sums"}),
    ("practice.toml", with_practice(description="Therapist"), "practice", set(SITE)),
    (
        "the library's script",
        with_file("templates/page/library.js"),
        "templates",
        {"library", "hosting"},
    ),
    ("the page's style", with_file("templates/page/page.css"), "templates", {"library", "hosting"}),
    ("a month's name", with_module("leafcast.locale.days"), "program", set(SITE)),
    (
        "the cover",
        with_module("leafcast.design.cover_art"),
        "program",
        {"podcast", "library", "hosting"},
    ),
    ("a print's tags", with_module("leafcast.print.tagging.tags"), "program", {"podcast"}),
    ("Pillow", with_newer("PIL"), "packages", {"podcast", "library", "hosting"}),
)


@pytest.mark.parametrize(
    ("change", "reason", "anew"),
    [case[1:] for case in SITE_CHANGES],
    ids=[case[0] for case in SITE_CHANGES],
)
def test_what_changed_makes_just_these_parts_anew(
    world: World, change: Change, reason: str, anew: set[str]
) -> None:
    before = world.parts()
    assert set(changed(before, change(world).parts())) == {(name, reason) for name in anew}


# ---------------------------------------------------------------- reasons in words


def test_the_first_thing_that_changed_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.css").write_bytes(b"a{}")
    record = record_file(tmp_path / "x.css", "x.css")
    now = dict.fromkeys(WORDS, "1")
    made = EditionRecord(now, (record,))
    assert why(tmp_path, now, made) == ""
    assert why(tmp_path, now, None) == "it was not made yet"
    for name, words in WORDS.items():
        assert why(tmp_path, now, EditionRecord({**now, name: "0"}, (record,))) == words
        assert why(tmp_path, now, EditionRecord({**now, name: "0"}, ())) == words
        less = {each: "1" for each in WORDS if each != name}
        assert why(tmp_path, less, made) == words == why(tmp_path, now, EditionRecord(less, ()))
    several = {**now, "article": "0", "packages": "0"}
    assert why(tmp_path, several, made) == WORDS["article"]
    (tmp_path / "x.css").write_bytes(b"b{}")
    assert why(tmp_path, now, made) == "x.css is not as it was made"
    (tmp_path / "x.css").unlink()
    assert why(tmp_path, now, made) == "x.css is missing"


def test_what_is_of_other_words_or_settings_is_stale(world: World) -> None:
    made = world.made_from()
    records = {name: EditionRecord(made[name], ()) for name in made}
    manifest = Manifest().with_publication(world.article.slug, "", records)

    def stale(now: World) -> set[str]:
        return set(now.planner.stale(now.article, now.tellings(), manifest))

    assert stale(world) == set()
    assert stale(retold(world)) == ALL - {"pictures"}
    assert stale(with_leaflet(world)) == ALL - HEARD
    assert stale(with_practice(description="Therapist")(world)) == ALL
    assert (
        stale(with_module("leafcast.document.article")(world)) == set()
    )  # it is of the same words
    assert stale(recorded(world)) == set()
    others = {"of-another-package": EditionRecord({}, ()), **records}
    manifest = Manifest().with_publication(world.article.slug, "", others)
    assert stale(retold(world)) == ALL - {"pictures"}  # and of a package that is gone, nothing


def test_whether_an_edition_is_as_its_words_are_written(world: World) -> None:
    """What the studio asks at every step: it looks at no file, voice or program."""
    made = {name: EditionRecord(each, ()) for name, each in world.made_from().items()}

    def changed(now: World, day: date = DAY) -> set[str]:
        return {
            name
            for name, record in made.items()
            if not is_as_written(now.project, now.article, name, record, day)
        }

    assert changed(world) == set()
    assert changed(retold(world)) == ALL - {"pictures"}
    assert changed(with_leaflet(world)) == ALL - HEARD
    assert changed(with_practice(description="Therapist")(world)) == ALL
    assert changed(with_module("leafcast.document.article")(world)) == set()
    made["of-another-package"] = EditionRecord({}, ())
    assert "of-another-package" not in changed(retold(world))
    told = with_credential(world)
    made = {name: EditionRecord(each, ()) for name, each in told.made_from().items()}
    assert changed(told, date(2026, 12, 1)) == set() and changed(told, date(2026, 12, 2)) == ALL


def test_the_files_of_some_editions(world: World) -> None:
    records = {
        name: EditionRecord({}, (FileRecord(f"x/{name}.pdf", 1, "", ""),))
        for name in ("a4", "booklet", "page")
    }
    manifest = Manifest().with_publication("x", "X", records)
    dist = world.project.dist
    assert files_of(world.project, manifest, "x", ["a4", "page"]) == {
        dist / "x/a4.pdf", dist / "x/page.pdf",
    }  # fmt: skip
    assert files_of(world.project, manifest, "y", []) == frozenset()


def test_what_a_check_judges_by_changes_with_what_it_runs(world: World) -> None:
    check = "leafcast.checks.words:check_words"

    def rules(now: World) -> str:
        return now.planner.keys.rules(check)

    same = rules(world)
    assert same == rules(world) != now_of_another_check(world)
    assert rules(with_module("leafcast.checks.words")(world)) != same
    assert rules(with_module("leafcast.document.article")(world)) != same
    assert rules(with_module("leafcast.narration.voices.kokoro")(world)) == same
    assert rules(with_module("leafcast.print.tagging.tags")(world)) == same


def now_of_another_check(world: World) -> str:
    return world.planner.keys.rules("leafcast.checks.braille:check_braille")


# ---------------------------------------------------------------- the import closure


SOURCE = b'''
"""A docstring names leafcast.nothing and templates/nothing.css."""
from __future__ import annotations
import json, numpy as np, leafcast.first
from typing import TYPE_CHECKING
from leafcast.second import name, third
from . import fourth
from ..inner.fifth import deep
if TYPE_CHECKING:
    import lxml
    from leafcast.sixth import Type
FOLDER = "page"
TABLE = {"a": "leafcast.seventh:function"}
def late(name):
    import PIL.Image
    from leafcast import eighth
    return f"{FOLDER}/{name}.html.j2", f"templates/{name}", "shared/fonts", f"{name}/{FOLDER}"
'''


def test_what_a_module_imports_and_names() -> None:
    imports, packages, files = read_module(SOURCE, "leafcast.inner.module")
    assert imports == (
        "leafcast.eighth", "leafcast.first", "leafcast.inner.fifth.deep", "leafcast.inner.fourth",
        "leafcast.second.name", "leafcast.second.third", "leafcast.seventh", "leafcast.sixth.Type",
    )  # fmt: skip
    assert packages == ("PIL", "numpy")
    assert files == ("page/*.html.j2", "shared/fonts")
    relative = read_module(b"from . import x\nfrom .y import z", "leafcast.inner", is_package=True)
    assert relative[0] == ("leafcast.inner.x", "leafcast.inner.y.z")


def test_a_package_that_is_brought_is_read_beside_leafcast() -> None:
    """What it imports of either counts; other packages by their first name; names of neither not."""
    source = b"""
from leafcast.first import name
from brought.second import name
from other.third import name
ROWS = "brought.fourth:row", "leafcast.fifth:row", "other.sixth:row", "broughtish:row", "leafcast"
"""
    imported, packages, _ = read_module(source, "brought.module")
    assert imported == (
        "brought.fourth", "brought.second.name", "leafcast.fifth", "leafcast.first.name",
    )  # fmt: skip
    assert packages == ("other",)


def test_a_package_imports_beside_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "user_folder", lambda: tmp_path / "user")
    (tmp_path / "leafcast/inner").mkdir(parents=True)
    (tmp_path / "leafcast/inner/__init__.py").write_text("from . import beside")
    (tmp_path / "leafcast/inner/beside.py").write_text("from . import again")
    modules = read_program(tmp_path / "leafcast").modules
    assert modules["leafcast.inner"].imports == ("leafcast.inner.beside",)
    assert modules["leafcast.inner.beside"].imports == ("leafcast.inner.again",)


def test_dots_lead_up_as_many_packages_as_there_are_more_of_them() -> None:
    source = b"from . import a\nfrom .. import b\nfrom ...c import d\nfrom .... import e"
    imported, _, _ = read_module(source, "leafcast.one.two.three.module")
    assert imported == (
        "leafcast.e", "leafcast.one.c.d", "leafcast.one.two.b", "leafcast.one.two.three.a",
    )  # fmt: skip


def test_a_module_is_what_its_file_says_whichever_came_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "user_folder", lambda: tmp_path / "user")
    (tmp_path / "leafcast").mkdir()
    for name in ("first", "second", "first"):
        (tmp_path / "leafcast/a.py").write_text(f"import leafcast.{name}")
        assert read_program(tmp_path / "leafcast").modules["leafcast.a"].imports == (
            f"leafcast.{name}",
        )


def test_what_is_known_of_the_program_is_written_where_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "user_folder", lambda: tmp_path / "user")
    (tmp_path / "leafcast").mkdir()
    module = tmp_path / "leafcast/a.py"
    module.write_text("import leafcast.first")
    written: list[str] = []
    real = imports.Cache.write

    def write(self: imports.Cache, kind: str, key: str, data: bytes) -> None:
        written.append(kind)
        real(self, kind, key, data)

    monkeypatch.setattr(imports.Cache, "write", write)
    for times, words in ((1, "first"), (1, "first"), (2, "other")):
        if words == "other":
            module.write_text("import leafcast.other")
        read_program(tmp_path / "leafcast")
        assert written == [imports.KIND] * times


@pytest.mark.parametrize("ages", [(10, 10), (0, 10), (10, 0)])
def test_only_a_module_that_stood_for_seconds_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ages: tuple[int, int]
) -> None:
    """By the times of its content and of its entry: what was just written may be again."""
    monkeypatch.setattr(imports, "user_folder", lambda: tmp_path / "user")
    content, entry = (time.time_ns() + 10**9 - age * 10**9 for age in ages)
    monkeypatch.setattr(imports, "state_of", lambda path: (1, content, entry, 1))
    (tmp_path / "leafcast").mkdir()
    (tmp_path / "leafcast/a.py").write_text("import leafcast.first")
    first = read_program(tmp_path / "leafcast")
    (tmp_path / "leafcast/a.py").write_text("import leafcast.other")
    assert (read_program(tmp_path / "leafcast") == first) is (min(ages) > 0)


@pytest.mark.parametrize("kind", [Job, Order, ArticleResult, Module, Closure, Build])
def test_what_is_handed_on_stays_as_it_is(kind: type[object]) -> None:
    assert all(hasattr(kind, each) for each in ("__dataclass_fields__", "__slots__"))
    empty = object.__new__(kind)
    for name in fields(kind):  # type: ignore[arg-type]
        with pytest.raises(FrozenInstanceError):
            setattr(empty, name.name, None)


def a_program(**imports: str) -> Program:
    return Program(
        {
            f"p.{name}": Module((), name, tuple(named.split()), (f"of_{name}",), (f"{name}/x.css",))
            for name, named in imports.items()
        }
    )


def test_a_closure_follows_imports_round_and_round() -> None:
    program = a_program(a="p.b.thing p.missing.x", b="p.c", c="p.a", d="p.a", e="")
    closure = program.closure(["p.a"])
    assert closure.modules == {"p.a", "p.b", "p.c"}
    assert closure.packages == ("of_a", "of_b", "of_c")
    assert closure.files == ("a/x.css", "b/x.css", "c/x.css")
    assert program.closure(["p.a"], ["p.c"]).modules == {"p.a", "p.b"}
    assert program.closure(["p.c"], ["p.c"]).modules == frozenset()
    assert program.closure(["elsewhere.module"]).modules == frozenset()
    assert program.closure(["p.d"]).program != closure.program


def test_a_closure_changes_with_each_of_its_modules_alone() -> None:
    program = a_program(a="p.b", b="", c="")
    before = program.closure(["p.a"]).program
    for name in ("a", "b", "c"):
        other = replace(program.modules[f"p.{name}"], sha256="another")
        now = Program({**program.modules, f"p.{name}": other}).closure(["p.a"]).program
        assert (now != before) is (name != "c")


def test_a_module_that_was_touched_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "user_folder", lambda: tmp_path / "user")
    monkeypatch.setattr(imports, "SETTLED_NS", 0)
    folder = tmp_path / "leafcast"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner/__init__.py").write_text("")
    (folder / "a.py").write_text("import leafcast.inner")
    reads: list[str] = []
    real = imports.read_module

    def counted(source: bytes, name: str, is_package: bool = False) -> object:
        reads.append(name)
        return real(source, name, is_package)

    monkeypatch.setattr(imports, "read_module", counted)
    hashed: list[Path] = []
    real_hash = imports.read_hash
    monkeypatch.setattr(
        imports, "read_hash", lambda path: (hashed.append(path), real_hash(path))[1]
    )
    first = read_program(folder)
    assert first.closure(["leafcast.a"]).modules == {"leafcast.a", "leafcast.inner"}
    hashed.clear()
    assert read_program(folder) == first and len(reads) == 2
    assert hashed == [Path(imports.__file__)]  # by whose rules it is read
    with monkeypatch.context() as patch:
        patch.setattr(imports, "SETTLED_NS", 10**15)
        hashed.clear()
        assert read_program(folder) == first and len(hashed) == 3  # it may still change
    (folder / "a.py").touch()
    assert read_program(folder).modules["leafcast.a"].imports == ("leafcast.inner",)
    assert len(reads) == 2  # its words are the same
    (folder / "a.py").write_text("")
    assert read_program(folder).closure(["leafcast.a"]).modules == {"leafcast.a"}
    (folder / "a.py").unlink()
    assert set(read_program(folder).modules) == {"leafcast.inner"}
    for kept in (tmp_path / "user").rglob("*"):
        if kept.is_file():
            kept.write_bytes(b"damaged")
    assert set(read_program(folder).modules) == {"leafcast.inner"}


GROUND = {"locale", "document", "execution", "practice", "state", "design", "narration", "markup"}
"""Rooms that any edition may use."""
BESIDES = {
    "books": {"editions", "page", "print"},
    "page": {"editions"},
    "site": {"editions", "page", "print"},
    "test-sheet": {"readers"},
}
"""Rooms that editions of one room, or one of them, use besides that room."""
SILENT = {"print", "braille"}
ONLY_HEARD = tuple(
    f"leafcast.narration.{each}." for each in ("sound", "voices", "takes", "listening", "spoken")
)
REMEMBERS = {f"leafcast.state.{each}" for each in ("store", "manifest", "blobs", "uses")}
NAME_FILES = {"books", "page", "site"}
"""Rooms that tell of files by their hash, which is remembered."""
MOST_MODULES = 120
"""Beside readers, which a sheet of words is read with: an edition is not half of the program."""


def test_a_change_of_what_has_nothing_to_do_with_an_edition_does_not_make_it_anew(
    program: Program,
) -> None:
    """A change in one room must not make everything anew; a noun in the wrong room is seen here."""
    for name, edition in (*EDITIONS.items(), *SITE.items()):
        modules = program.closure({edition.writer.partition(":")[0], *GIVEN}, CHOSEN).modules
        own = edition.writer.split(".")[1]
        known = GROUND | {own} | BESIDES.get(own, set()) | BESIDES.get(name, set())
        rooms = {module.split(".")[1] for module in modules if "." in module}
        assert rooms <= known, name
        assert own in NAME_FILES or not modules & REMEMBERS, name
        assert own not in SILENT or not any(m.startswith(ONLY_HEARD) for m in modules), name
        read = {module for module in modules if module.startswith("leafcast.readers.")}
        assert len(modules - read) < MOST_MODULES, name


# ---------------------------------------------------------------- templates and packages


def test_templates_lead_to_others(world: World) -> None:
    own = world.project.folder / "templates"
    (own / "a").mkdir(parents=True)
    (own / "b").mkdir()
    (own / "a/one.html.j2").write_text('{% include "b/two.j2" %}{% extends "b/" ~ name %}')
    (own / "b/two.j2").write_text("{% if %}")  # it is told when it is filled
    (own / "a/style.css").write_text("@import 'more.css'; p { background: url( \"../b/x.png\" ) }")
    (own / "a/more.css").write_text("p { src: url(a/one.html.j2) }")
    (own / "b/x.png").write_bytes(b"x")
    templates = Templates(replace(world.project, data=(world.project.folder,)), State(None))
    assert templates.found(["b/two.j2"]) == ("b/two.j2",)
    assert templates.found(["a/style.css"])[:3] == ("a/more.css", "a/one.html.j2", "a/style.css")
    assert len(templates.found(["templates/a/one.html.j2"])) == 5  # one is named as it is filled
    assert templates.found(["b"]) == ("b/two.j2", "b/x.png")
    assert templates.found(["*/x.png", "c/*.css"]) == ("b/x.png",)
    assert templates.found(["templates"]) == ()


def test_a_package_stands_for_what_it_requires() -> None:
    weasyprint = Libraries().versions(["weasyprint", "no_such_package"], ["leafcast.locale.days"])
    names = {each.partition(" ")[0] for each in weasyprint}
    assert {"weasyprint", "tinycss2", "pydyf", "fonttools", "python"} <= names
    assert "no_such_package missing" in weasyprint
    (text,) = (each for each in weasyprint if each.startswith("weasyprint: "))
    assert re.fullmatch(r"weasyprint: pango_version_string \d.*hb_version_string \d.*", text)
    assert not any("louis" in each for each in weasyprint)


def test_packages_are_looked_for_again_when_one_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libraries, "user_folder", lambda: tmp_path / "user")
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(site)
    assert "new_module" not in libraries.installed_packages()
    info = site / "New.Module-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: New.Module\nVersion: 1.0\n"
        "Requires-Dist: numpy (>1)\nRequires-Dist: pillow ; extra == 'x'\n"
    )
    (info / "top_level.txt").write_text("new_module\n")
    (info / "RECORD").write_text("new_module.py,,\n")
    first, *others = libraries.installed_packages()["new_module"]
    assert first == "new-module 1.0" and [each.split()[0] for each in others] == ["numpy"]
    assert libraries._installed.__wrapped__(tuple(libraries._path_states()))["new_module"]


# ---------------------------------------------------------------- a second build in one process


def built(practice: Path, *editions: str) -> tuple[set[str], Report]:
    report = Report()
    request = Request(editions=editions, jobs=1, voice="tone")
    outcome = build(load_project(practice), request, Silent(), report)
    return {made.edition for made in outcome.made if made.new}, report


def test_a_second_build_in_the_process_sees_what_changed(tmp_path: Path) -> None:
    """Templates, practice.toml, and templates of one's own over leafcast's, where none stood."""
    practice = write_practice(tmp_path / "practice")
    both = {"a4", "braille"} if liblouis.version() else {"a4"}
    assert built(practice, *both)[0] == both
    assert built(practice, *both)[0] == set()
    own = practice / "templates/leaflet"
    own.mkdir(parents=True)
    shipped = (shipped_folder() / "templates/leaflet/leaflet.html.j2").read_text("utf-8")
    for words in ("Carry this", "Keep this"):
        (own / "leaflet.html.j2").write_text(shipped.replace("<body", f"<!-- {words} --><body"))
        made, report = built(practice, *both)
        assert made == {"a4"} and report.exit_code == 0
    settings = practice / "source/practice.toml"
    settings.write_text(settings.read_text().replace('"Counsellor"', '"Therapist"'))
    assert built(practice, *both)[0] == both


class Cancelled(Exception):
    """What a watcher raises when the owner has had enough."""


@dataclass
class Cancelling(Silent):
    at: int
    steps: int = 0

    def step(self, words: str) -> None:
        self.steps += 1
        if self.steps == self.at:
            raise Cancelled(words)


@pytest.mark.parametrize("at", [1, 2])
def test_a_build_that_is_cancelled_leaves_all_true(tmp_path: Path, at: int) -> None:
    practice = write_practice(tmp_path / "practice")
    built(practice, "a4")
    before = everything(practice / "dist")
    source = practice / "source/quiet-hour.md"
    source.write_text(source.read_text() + "\nOne sentence more.\n")
    request = Request(editions=("a4", "test-sheet"), jobs=1)
    with pytest.raises(Cancelled):
        build(load_project(practice), request, Cancelling(at), Report())
    assert everything(practice / "dist") == before
    assert built(practice, "a4", "test-sheet")[0] == {"a4", "test-sheet"}
