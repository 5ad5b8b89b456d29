"""A practice without a website: everything is made, leads nowhere it cannot, and asks a person."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from leafcast.checks.html import read_html
from leafcast.checks.website import check_website
from leafcast.document.article import Article
from leafcast.document.artifact import EditionRecord
from leafcast.document.report import Severity
from leafcast.editions.table import EDITIONS
from leafcast.locale.language import ENGLISH
from leafcast.narration.announcements import Announcements
from leafcast.practice.project import Contact, Library, Practice, Topic, Withdrawn, load_project
from leafcast.readers import read_article
from leafcast.site.parts import Shelved, Site
from tests.conftest import PRACTICE, SHORT_ARTICLE, UNASKED
from tests.test_pipeline import run

MADE = tuple(
    name
    for name in ("a4", "trifold", "page", "episode", "epub", "daisy", "braille")
    if name in UNASKED and name in EDITIONS
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is made for a practice that has a telephone and no website."""
    folder = tmp_path_factory.mktemp("alone")
    (folder / "source").mkdir()
    settings = PRACTICE.replace('website = "https://example.org"\n', "")
    settings = settings.replace("visit the website", "ring")
    settings = settings.replace("[contact]", '[contact]\nphone = "0191 498 0000"')
    (folder / "source/practice.toml").write_text(settings, "utf-8")
    (folder / "source/quiet-hour.md").write_text(SHORT_ARTICLE, "utf-8")
    outcome = run(folder, editions=MADE)
    assert [each for each in outcome.report.findings if each.severity != Severity.ADVICE] == []
    return folder / "dist/quiet-hour"


@pytest.mark.parametrize("name", ["a4", "trifold"])
def test_a_leaflet_leads_to_the_telephone_alone_and_says_whom_to_ask(name: str, made: Path) -> None:
    path = made / f"quiet-hour-{name}.pdf"
    with pikepdf.open(path) as pdf:
        notes = [note for page in pdf.pages for note in page.get("/Annots", ())]
        led = {str(note.A.URI) for note in notes if "/URI" in note.get("/A", {})}
    assert led and all(each.startswith("tel:") for each in led)
    with pypdfium2.PdfDocument(path) as pdf:
        words = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    assert "please ask Jo Example." in words
    assert "camera" not in words and "example.org" not in words


def test_pages_name_no_address(made: Path) -> None:
    for name in ("index.html", "quiet-hour-offline.html", "player.html"):
        page = read_html((made / name).read_text("utf-8"))
        named = [
            each.get(key) for each in page.all("a", "link", "meta") for key in ("href", "content")
        ]
        leading = [each for each in named if each and re.match(r"\w+://", each)]
        assert leading == [] and "" not in [each.get("href") for each in page.all("a")]
    assert not (made / "embed.txt").exists()


def test_books_and_braille_have_names_of_their_own(made: Path) -> None:
    with zipfile.ZipFile(made / "quiet-hour.epub") as book:
        package = book.read("EPUB/package.opf").decode()
        words = "".join(book.read(name).decode() for name in book.namelist() if "xhtml" in name)
    assert re.search(r"urn:uuid:[0-9a-f]{8}-", package)
    assert "quiet-hour-a4.pdf" in package and 'href=""' not in words
    if "braille" in MADE:
        pef = (made / "quiet-hour.pef").read_text("utf-8")
        assert re.search(r"<dc:identifier>urn:uuid:[0-9a-f-]{36}</dc:identifier>", pef)


def test_two_articles_are_two_books() -> None:
    practice = Practice("Jo")
    assert practice.identifier("grief") != practice.identifier("loss")
    assert practice.identifier("grief") != Practice("Al").identifier("grief")
    assert practice.identifier("grief") == Practice("Jo", description="x").identifier("grief")


@pytest.mark.parametrize(
    ("contact", "first"),
    [
        (Contact(phone="0191 498 0000"), "You can call Jo on 0191 498 0000."),
        (Contact(phone="1", email="jo@x.uk"), "You can call Jo on 1."),
        (Contact(email="jo@x.uk"), "You can write to Jo at jo@x.uk."),
        (Contact(address="1 High Street"), "The address is 1 High Street."),
    ],
)
def test_what_is_said_first_says_whom_one_reaches(contact: Contact, first: str) -> None:
    ways = list(Announcements(ENGLISH).ways(Practice("Jo", contact=contact)))
    assert ways[0].first == first
    assert len(ways) == sum(map(bool, (contact.phone, contact.email, contact.address)))


# ---------------------------------------------------------------- what the owner is told


@pytest.fixture
def site(made: Path) -> Site:
    """A site with one article, `quiet-hour`."""
    project = load_project(made.parents[1])
    article = read_article(project.source / "quiet-hour.md", project.source).article
    assert isinstance(article, Article)
    return Site(project, (Shelved(article, {"page": EditionRecord({}, ())}),), {})


def told(site: Site, **changes: object) -> list[tuple[str, str]]:
    practice = replace(site.project.practice, **changes)  # type: ignore[arg-type]
    changed = replace(site, project=replace(site.project, practice=practice))
    return [(each.code, each.severity) for each in check_website(changed, site.project.dist)]


def test_what_is_left_out_is_told_once(site: Site) -> None:
    assert told(site) == [("no-website", "advice")]
    assert told(site, website="https://example.co.uk") == []
    assert told(site, published_at="https://example.co.uk/leaflets") == []


def test_a_name_that_no_article_has_is_told(site: Site) -> None:
    library = Library(("quiet-hour", "greif"), (Topic("Loss", ("greif", "grief")),))
    gone = Withdrawn("old", "Old", date(2026, 1, 1), ("quiet-hour", "griefs"))
    found = told(site, published_at="https://x.uk", library=library, withdrawn=(gone,))
    assert found == [("library-unknown", "warning")] * 4


def test_a_withdrawn_article_that_is_there_is_told(site: Site) -> None:
    gone = Withdrawn("quiet-hour", "A Quiet Hour", date(2026, 1, 1))
    found = told(site, published_at="https://x.uk", withdrawn=(gone,))
    assert found == [("withdrawn-is-there", "warning")]
