"""What a host wants: a page for what is gone, media types, and where the publications lie."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from leafcast.checks.html import read_html
from leafcast.document.article import Article
from leafcast.document.artifact import EditionRecord, FileRecord
from leafcast.page.embedded import embed_words
from leafcast.practice.project import Practice, Project, Withdrawn, load_project
from leafcast.readers import read_article
from leafcast.site.hosting import write_hosting
from leafcast.site.parts import Shelved, Site
from leafcast.site.podcast import write_podcast
from leafcast.site.sums import write_sitemap
from tests.conftest import write_practice

GONE = Withdrawn("burnout", "What Is <Burnout>?", date(2026, 11, 24), ("quiet-hour",))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with one article, of which there is a page, and one that was withdrawn."""
    project = load_project(write_practice(tmp_path / "practice"))
    article = read_article(project.source / "quiet-hour.md", project.source).article
    assert article
    page = EditionRecord({}, (FileRecord("quiet-hour/index.html", 40_000, "text/html", ""),))
    practice = replace(project.practice, withdrawn=(GONE,))
    shelved = Shelved(article, {"page": page})
    return Site(replace(project, practice=practice), (shelved,), {})


def with_practice(site: Site, **changes: object) -> Site:
    practice = replace(site.project.practice, **changes)  # type: ignore[arg-type]
    return replace(site, project=replace(site.project, practice=practice))


def test_a_withdrawn_articles_address_says_so_and_leads_on(site: Site, tmp_path: Path) -> None:
    write_hosting(site, tmp_path)
    page = read_html((tmp_path / "burnout/index.html").read_text("utf-8"))
    words = " ".join(page.text("script", "style").split())
    assert "What Is <Burnout>? was withdrawn on 24 November 2026." in words
    assert "please recycle the paper copy" in words
    links = [each.get("href") for each in page.all("a")]
    assert {"../quiet-hour/index.html", "../index.html", "tel:116123"} <= set(links)
    robots = [each.get("content") for each in page.all("meta") if each.get("name") == "robots"]
    assert robots == ["noindex"]


def test_an_article_that_is_there_again_has_its_own_page(site: Site, tmp_path: Path) -> None:
    back = replace(GONE, article="quiet-hour")
    written = write_hosting(with_practice(site, withdrawn=(back,)), tmp_path)
    assert not (tmp_path / "quiet-hour").exists()
    assert {path.name for path in written} >= {"404.html", "_headers", ".htaccess"}


@pytest.mark.parametrize(
    ("published_at", "root"),
    [
        ("", "/"),
        ("https://example.co.uk/leaflets/", "/leaflets/"),
        ("https://l.example.co.uk", "/"),
    ],
)
def test_what_is_not_there_leads_home_from_any_depth(
    published_at: str, root: str, site: Site, tmp_path: Path
) -> None:
    write_hosting(with_practice(site, published_at=published_at), tmp_path)
    page = read_html((tmp_path / "404.html").read_text("utf-8"))
    assert f"{root}index.html" in [each.get("href") for each in page.all("a")]
    (style,) = [each.get("href") for each in page.all("link") if each.get("rel") == "stylesheet"]
    assert style == f"{root}farewell/farewell.css"
    assert f"ErrorDocument 404 {root}404.html" in (tmp_path / ".htaccess").read_text("utf-8")


def test_hosts_are_told_the_types_they_may_not_know(site: Site, tmp_path: Path) -> None:
    write_hosting(site, tmp_path)
    headers = (tmp_path / "_headers").read_text("utf-8")
    assert "/*.opus\n  Content-Type: audio/ogg\n" in headers
    assert "AddType application/epub+zip .epub\n" in (tmp_path / ".htaccess").read_text("utf-8")


# ---------------------------------------------------------------- where publications lie


PLACED = Practice("Jo", "https://jo.example", "https://jo.example/leaflets/")


def test_the_website_and_where_publications_lie_are_two_things() -> None:
    assert PLACED.address("burnout") == "https://jo.example/leaflets/burnout"
    assert PLACED.short_website == "jo.example"
    assert Practice("Jo", "https://jo.example").address("x") == "https://jo.example/x"
    assert Practice("Jo").address("x") == ""


def test_without_a_place_on_the_web_there_is_no_feed_and_no_sitemap(
    site: Site, tmp_path: Path
) -> None:
    nowhere = with_practice(site, website="")
    assert write_sitemap(nowhere, tmp_path) == () == write_podcast(nowhere, tmp_path)
    write_hosting(nowhere, tmp_path)
    assert 'href=""' not in (tmp_path / "404.html").read_text("utf-8")


def test_the_sitemap_leads_where_they_lie(site: Site, tmp_path: Path) -> None:
    write_sitemap(with_practice(site, published_at="https://jo.example/leaflets"), tmp_path)
    assert "<loc>https://jo.example/leaflets/quiet-hour/</loc>" in (
        tmp_path / "sitemap.xml"
    ).read_text("utf-8")


def test_what_to_paste_is_one_line_for_each_builder_of_websites(site: Site) -> None:
    article: Article = replace(site.publications[0].article, title='Fear & "Worry"')
    words = embed_words(article, "https://example.org/quiet-hour")
    (frame,) = [line for line in words.splitlines() if line.startswith("<iframe")]
    (found,) = read_html(frame).all("iframe")
    assert found.get("src") == "https://example.org/quiet-hour/player.html"
    assert found.get("title") == 'Listen: Fear & "Worry"'
    assert (found.get("width"), found.get("height")) == ("400", "180")
    assert all(name in words for name in ("WordPress", "Squarespace", "Wix"))


def test_a_project_is_read_with_order_topics_and_what_is_withdrawn(tmp_path: Path) -> None:
    folder = write_practice(tmp_path / "practice")
    with (folder / "source/practice.toml").open("a", encoding="utf-8") as file:
        file.write('[[withdrawn]]\narticle = "burnout"\ntitle = "Burnout"\non = 2026-11-24\n')
    project: Project = load_project(folder)
    assert project.practice.withdrawn == (Withdrawn("burnout", "Burnout", date(2026, 11, 24)),)
