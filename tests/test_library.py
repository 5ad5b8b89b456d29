"""The library: every publication with its forms, small however many there are."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from leafcast.build.pipeline import Request, build
from leafcast.document.report import Report
from leafcast.execution.request import Silent
from leafcast.page.downloads import minutes
from leafcast.practice.project import load_project
from leafcast.readers.folder import read_articles
from leafcast.site.library import PER_PAGE, words_of, write_library
from leafcast.site.parts import Site, shelve
from leafcast.site.reception import Row, desks
from leafcast.state.manifest import read_manifest
from tests.conftest import UNASKED, write_practice


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = write_practice(tmp_path_factory.mktemp("practice"))
    project, report = load_project(folder), Report()
    build(project, Request(jobs=1), Silent(), report)
    assert report.exit_code == 0, report.findings
    return shelve(project, read_articles(project, Report()), read_manifest(project.dist))


def library(site: Site, folder: Path) -> str:
    write_library(site, folder)
    return (folder / "index.html").read_text("utf-8")


def many(site: Site, count: int) -> Site:
    """A site with `count` articles, each a month older than the one before."""
    (one,) = site.publications
    more = []
    for number in range(count):
        slug = f"what-to-expect-of-your-first-{number:03}-sessions"  # as long as they come
        editions = {
            name: replace(
                record,
                files=tuple(
                    replace(file, path=file.path.replace("quiet-hour", slug))
                    for file in record.files
                ),
            )
            for name, record in one.editions.items()
        }
        day = one.article.published - timedelta(days=30 * number)
        article = replace(one.article, slug=slug, title=f"Hour {number}", published=day)
        more.append(replace(one, article=article, editions=editions))
    return replace(site, publications=tuple(more))


def test_an_article_has_its_cover_its_page_and_how_long_it_takes(site: Site) -> None:
    html = (site.project.dist / "index.html").read_text("utf-8")
    assert '<a href="quiet-hour/index.html">A Quiet Hour</a>' in html
    assert "What an hour of therapy is like." in html
    assert 'href="quiet-hour/index.html#_listen">Listen</a>, 1 min' in html
    assert "1 min to read" in html
    braille = ", braille" if "braille" in UNASKED else ""
    forms = f'<a href="quiet-hour/index.html#_forms">Print, large print{braille}</a>'
    assert forms in html
    assert '<img src="library/quiet-hour.svg" alt=""' in html  # decoration: the title is the link
    assert (site.project.dist / "library/quiet-hour.svg").is_file()


def test_minutes_are_rounded_in_one_place(site: Site, tmp_path: Path) -> None:
    (one,) = site.publications
    episode = one.editions["episode"]
    files = tuple(
        replace(file, seconds=477.0) if file.path.endswith("hour.mp3") else file
        for file in episode.files
    )
    editions = {**one.editions, "episode": replace(episode, files=files)}
    html = library(replace(site, publications=(replace(one, editions=editions),)), tmp_path)
    assert "Listen</a>, 8 min" in html  # 7:57, on the page “8 minutes”
    assert minutes(477.0) == "8 minutes" and minutes(1) == "1 minute"


ORDER = """
[library]
start_here = ["what-to-expect-of-your-first-002-sessions"]

[[topic]]
name = "Loss & change"
articles = ["what-to-expect-of-your-first-003-sessions", "what-to-expect-of-your-first-002-sessions"]
"""


def test_the_order_and_the_topics_are_the_owners(site: Site, tmp_path: Path) -> None:
    folder = write_practice(tmp_path / "practice")
    with (folder / "source/practice.toml").open("a", encoding="utf-8") as file:
        file.write(ORDER)
    site = replace(many(site, 4), project=load_project(folder))
    html = library(site, tmp_path)
    told = re.findall(r"<h2[^>]*>([^<]*)</h2>|<h3>.*?(Hour \d)", html.partition('id="articles"')[2])
    assert ["".join(each) for each in told][:7] == [
        "Start here", "Hour 2", "Loss &amp; change", "Hour 3", "More", "Hour 0", "Hour 1",
    ]  # fmt: skip
    assert 'aria-pressed="false" data-topic="1">Loss &amp; change</button>' in html
    assert html.count('data-topics="1"') == 2


def test_beyond_some_hundred_it_goes_on_on_other_pages(site: Site, tmp_path: Path) -> None:
    written = write_library(many(site, 2 * PER_PAGE + 1), tmp_path)
    names = {path.name for path in written if path.suffix == ".html"}
    assert names == {
        *(f"{kind}{number}.html" for kind in ("index", "print") for number in ("", "-2", "-3"))
    }
    first, last = ((tmp_path / name).read_text("utf-8") for name in ("index.html", "index-3.html"))
    assert first.count("<li data-slug") == PER_PAGE and last.count("<li data-slug") == 1
    assert '<a href="index-3.html" aria-current="page" aria-label="Page 3">3</a>' in last
    words = (tmp_path / "library/words.js").read_text("utf-8")
    assert f'["Hour {2 * PER_PAGE}","what-to-expect' in words  # a search finds it from any page


def test_the_newest_stands_first(site: Site, tmp_path: Path) -> None:
    html = library(many(site, 3), tmp_path)
    assert re.findall(r"<h2><.*?(Hour \d)", html) == ["Hour 0", "Hour 1", "Hour 2"]


def test_a_hundred_articles_are_no_more_than_a_hundred_kilobytes(
    site: Site, tmp_path: Path
) -> None:
    hundred, two = (len(library(many(site, n), tmp_path / str(n)).encode()) for n in (100, 200))
    assert hundred <= 100_000
    assert two - hundred <= 100_000


def test_without_a_page_every_form_is_a_link(site: Site, tmp_path: Path) -> None:
    (one,) = site.publications
    editions = {name: each for name, each in one.editions.items() if name != "page"}
    html = library(replace(site, publications=(replace(one, editions=editions),)), tmp_path)
    assert "#_forms" not in html
    assert re.search(
        r'<a href="quiet-hour/quiet-hour-daisy.zip">DAISY talking book</a> \(ZIP, .* [kM]B\)', html
    )


def test_every_word_can_be_searched(site: Site, tmp_path: Path) -> None:
    library(site, tmp_path)
    script = (tmp_path / "library/words.js").read_text("utf-8")
    stored = json.loads(script.removeprefix("window.libraryWords=").removesuffix(";\n"))
    (shelved,) = site.publications
    assert set(stored["quiet-hour"].split()) == words_of(shelved.article)
    assert {"worry", "decided", "therapy"} <= words_of(shelved.article)


def test_reception_is_told_how_to_print_and_fold_what_there_is(site: Site, tmp_path: Path) -> None:
    library(site, tmp_path)
    html = (tmp_path / "print.html").read_text("utf-8")
    assert "Folding the three-panel leaflet" in html
    assert "Folding the Z-fold leaflet" not in html
    for file in ("booklet-print", "trifold-print-long-edge", "a4", "large-print-24", "test-sheet"):
        assert f'href="quiet-hour/quiet-hour-{file}.pdf"' in html
    assert "example.org/print.html" in html
    assert re.search(r"Print “Large print, 18 point”: \d+ sheets?, about a minute", html)


def test_the_desk_counts_sheets_and_not_pages(site: Site) -> None:
    (desk,) = desks(site.publications, site.project.practice)
    rows = {row.words: row for row in desk.rows}
    assert list(rows)[:5] == [
        "Three-panel leaflet", "Booklet", "A4 leaflet", "Large print, 18 point",
        "Large print, 24 point",
    ]  # fmt: skip
    trifold = rows["Three-panel leaflet"]
    assert (trifold.sheets, trifold.edge, trifold.then) == (1, "Short edge", "Fold in three")
    assert trifold.other == "quiet-hour/quiet-hour-trifold-print-long-edge.pdf"
    (record,) = (
        file
        for file in site.publications[0].editions["large-print"].files
        if file.path.endswith("-large-print-24.pdf")
    )
    assert rows["Large print, 24 point"].sheets == -(-(record.pages or 0) // 2)
    if "braille" in UNASKED:
        assert rows["Braille"] == Row("braille", "Braille", then="Ask Jo Example")


def test_a_hostile_title_stays_words(site: Site, tmp_path: Path) -> None:
    (one,) = site.publications
    evil = replace(one.article, title="<script>alert(1)</script>", summary='"><img src=x>')
    html = library(replace(site, publications=(replace(one, article=evil),)), tmp_path)
    assert "<script>alert" not in html and "<img src=x" not in html
    assert "</script" not in (tmp_path / "library/words.js").read_text("utf-8")


def test_nothing_is_asked_of_anyone_else(site: Site, tmp_path: Path) -> None:
    library(site, tmp_path)
    for name in ("index.html", "print.html"):
        html = (tmp_path / name).read_text("utf-8")
        asked = re.findall(r'(?:src|rel="icon"[^>]*href)="([^"]+)"', html)
        assert all(not address.startswith(("http", "//")) for address in asked)
        assert "default-src 'none'" in html
