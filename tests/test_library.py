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
from leafcast.practice.project import load_project
from leafcast.readers.folder import read_articles
from leafcast.site.library import LINKED, TOLD, words_of, write_library
from leafcast.site.parts import Site, shelve
from leafcast.state.manifest import read_manifest
from tests.conftest import UNASKED, write_practice
from tests.test_interrupted import Silent


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


def test_an_article_has_its_page_its_forms_and_how_long_it_takes(site: Site) -> None:
    html = (site.project.dist / "index.html").read_text("utf-8")
    assert '<a href="quiet-hour/index.html">A Quiet Hour</a>' in html
    assert "What an hour of therapy is like." in html
    assert "1 min to read, 1 min to hear" in html
    forms = re.findall(r'<li><a href="quiet-hour/([^"#]+)">[^<]+</a> \(([^)]+)\)', html)
    assert [name.removeprefix("quiet-hour") for name, _ in forms] == list(LINKED)
    (more,) = re.findall(
        r'<li><a href="quiet-hour/index.html#_forms">More forms</a>: ([^<]+)', html
    )
    told = [words for words in TOLD.values() if words != "braille" or "braille" in UNASKED]
    assert re.findall(r"([a-z -]+) \([A-Z0-9]+, [^)]*\d [kM]B\)(?:, |$)", more.strip()) == told
    for name, said in forms:
        assert (site.project.dist / "quiet-hour" / name).exists()
        assert re.search(r"\d [kM]B$", said)


def test_the_newest_stands_first(site: Site, tmp_path: Path) -> None:
    html = library(many(site, 3), tmp_path)
    assert re.findall(r"<h2>.*?(Hour \d)", html) == ["Hour 0", "Hour 1", "Hour 2"]


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
    assert "More forms" not in html
    assert '<a href="quiet-hour/quiet-hour-daisy.zip">Talking book</a>' in html


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
    assert "The three-panel leaflet" in html
    assert "The Z-fold leaflet" not in html
    for file in ("booklet-print", "trifold-print-long-edge", "a4", "test-sheet"):
        assert f'href="quiet-hour/quiet-hour-{file}.pdf"' in html


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
