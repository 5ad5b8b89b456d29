"""The owner's order of articles, and which comes after which on their pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from leafcast.checks.html import read_html
from leafcast.checks.page.links import OF_THE_SITE
from leafcast.document.article import Article
from leafcast.document.publication import Neighbour, Publication
from leafcast.page.page import page_html
from leafcast.practice.project import Library, Topic, load_project
from leafcast.readers import read_article
from leafcast.site.order import following, ordered
from tests.conftest import write_practice
from tests.test_pipeline import Notes, run

HERS = Library(("e", "c"), (Topic("Loss", ("d", "c")), Topic("Work", ("a",))))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_practice(tmp_path_factory.mktemp("order") / "practice")


@pytest.fixture(scope="module")
def quiet(folder: Path) -> Article:
    article = read_article(folder / "source/quiet-hour.md", folder / "source").article
    assert article
    return article


def five(quiet: Article) -> list[Article]:
    """a to e; a is the oldest, and d and e came on one day."""
    days = (date(2026, 1, min(number, 4)) for number in range(1, 6))
    return [
        replace(quiet, slug=slug, title=f"Title {slug}", published=day)
        for slug, day in zip("abcde", days, strict=True)
    ]


@pytest.mark.parametrize(
    ("wanted", "order"),
    [
        (Library(), "decba"),
        (HERS, "ecdab"),
        (Library(("zz", "b")), "bdeca"),
        (Library((), (Topic("All", ("a", "b", "c", "d", "e", "a")),)), "abcde"),
    ],
)
def test_hers_come_first_then_the_newest(wanted: Library, order: str, quiet: Article) -> None:
    articles = five(quiet)
    assert "".join(each.slug for each in ordered(articles, wanted)) == order
    assert "".join(each.slug for each in ordered(reversed(articles), wanted)) == order
    after = following(articles, wanted)
    assert "".join(after[slug].slug for slug in order) == order[1:] + order[0]


def test_one_alone_has_none_after_it(quiet: Article) -> None:
    assert following([quiet], Library()) == {} == following([], Library())


def test_a_page_leads_to_the_next_twice_and_says_its_language(folder: Path, quiet: Article) -> None:
    after = Neighbour("galar", "Beth yw <galar>?", "cy")
    publication = Publication(quiet, load_project(folder), next=after)
    page = read_html(
        page_html(publication, lambda name, _: name, "", folder / "source/quiet-hour.md")
    )
    found = [each for each in page.all("a") if each.get("href") == "../galar/index.html"]
    assert [each.text() for each in found] == ["Next: Beth yw <galar>?"] * 2
    assert [each.get("lang") for link in found for each in link.all("span")].count("cy") == 2
    alone = read_html(page_html(publication, lambda name, _: name, ""))
    assert not [each for each in alone.all("a") if "galar" in each.get("href")]


@pytest.mark.parametrize(
    ("path", "others"),
    [("../index.html", True), ("../podcast.xml", True), ("../grief/index.html", True),
     ("../../index.html", False), ("../grief/x.mp3", False), ("index.html", False)],
)  # fmt: skip
def test_only_pages_of_others_need_not_be_there_yet(path: str, others: bool) -> None:
    assert bool(OF_THE_SITE.fullmatch(path)) is others


def test_what_comes_after_follows_what_there_is(tmp_path: Path) -> None:
    practice = write_practice(tmp_path / "practice")
    source = practice / "source/quiet-hour.md"
    (practice / "source/grief.md").write_text(
        source.read_text("utf-8")
        .replace("A Quiet Hour", "What Is Grief?")
        .replace("2026-03", "2026-04"),
        "utf-8",
    )

    def leads(slug: str) -> list[str]:
        html = (practice / f"dist/{slug}/index.html").read_text("utf-8")
        links = [each.get("href") for each in read_html(html).all("a")]
        return [each for each in links if OF_THE_SITE.fullmatch(each) and each.count("/") == 2]

    assert run(practice, editions=("page",), slugs=("grief",)).report.exit_code == 0
    assert leads("grief") == []  # the other has no page yet
    notes = Notes()
    assert run(practice, notes, editions=("page",)).report.exit_code == 0
    assert notes.reasons["page"]
    assert leads("grief") == ["../quiet-hour/index.html"] * 2
    assert leads("quiet-hour") == ["../grief/index.html"] * 2
    source.unlink()
    notes = Notes()
    run(practice, notes, editions=("page",))
    assert notes.reasons == {"page": "another article comes after it"}
    assert leads("grief") == []
