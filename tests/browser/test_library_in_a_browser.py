"""The library of two hundred articles in a real Chromium: at once there, and quick to search."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pypdfium2
import pytest

from benchmarks.many import write_practice
from leafcast.document.artifact import EditionRecord, FileRecord
from leafcast.document.report import Report
from leafcast.practice.project import load_project
from leafcast.readers.folder import read_articles
from leafcast.site.library import words_of, write_library
from leafcast.site.parts import Shelved, Site
from leafcast.studio.serving import Served, serving
from tests.browser.test_page_in_a_browser import MODES, browser, opened, until

__all__ = ["browser"]
pytestmark = pytest.mark.integration
COUNT = 200
LONGEST_TASK_MS = 200
ANSWER_MS = 100
FILES = {
    "episode": {".mp3": (None, 412.0), ".m4b": (None, 412.0)},
    "slower": {"-slower.mp3": (None, 470.0)},
    "a4": {"-a4.pdf": (3, None)},
    "booklet": {"-booklet-print.pdf": (4, None)},
    "large-print": {"-large-print.pdf": (7, None)},
    "dyslexia": {"-dyslexia.pdf": (6, None)},
    "epub": {".epub": (None, None)},
    "daisy": {"-daisy.zip": (None, None)},
    "braille": {".brf": (9, None)},
}


def shelved(article: Any) -> Shelved:
    """The article with every form that the library shows."""
    slug = article.slug
    editions = {
        name: EditionRecord(
            {},
            tuple(
                FileRecord(f"{slug}/{slug}{end}", 2_345_678, "", "", pages, seconds)
                for end, (pages, seconds) in files.items()
            ),
        )
        for name, files in FILES.items()
    }
    page = EditionRecord({}, (FileRecord(f"{slug}/index.html", 40_000, "text/html", ""),))
    return Shelved(article, editions | {"page": page})


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Site:
    practice = tmp_path_factory.mktemp("many") / "practice"
    write_practice(practice, COUNT)
    project = load_project(practice)
    articles = read_articles(project, Report())
    site = Site(project, tuple(shelved(each) for each in articles.values() if each), {})
    write_library(site, project.dist)
    return site


@pytest.fixture(scope="module")
def site(library: Site) -> Iterator[Served]:
    with serving(library.project.dist) as served:
        yield served


TASKS = """
window.tasks = [];
new PerformanceObserver((list) => tasks.push(...list.getEntries().map((each) => each.duration)))
  .observe({ type: "longtask", buffered: true });
"""
BLOCK = (
    "setTimeout(() => { const end = performance.now() + 300; while (performance.now() < end); })"
)


def test_it_opens_without_a_long_task(browser: Any, site: Served) -> None:
    context = browser.new_context(viewport=MODES["phone"]["viewport"])
    page = context.new_page()
    page.add_init_script(TASKS)
    page.goto(f"{site.address}/")
    page.wait_for_timeout(300)
    assert page.locator("[data-slug]").count() == COUNT
    assert max(page.evaluate("tasks"), default=0) <= LONGEST_TASK_MS
    page.evaluate(BLOCK)  # that a long task would have been seen
    until(page, f"tasks.some((each) => each > {LONGEST_TASK_MS})")
    context.close()


TYPE = """async (word) => {
  const box = document.getElementById("search");
  const painted = () => new Promise((on) => requestAnimationFrame(() => setTimeout(on)));
  const took = [];
  for (const letter of word) {
    await painted();
    const began = performance.now();
    box.value += letter;
    box.dispatchEvent(new Event("input"));
    await painted();
    took.push(performance.now() - began);
  }
  return took;
}"""


def test_a_search_answers_as_one_types(browser: Any, site: Served, library: Site) -> None:
    with opened(browser, f"{site.address}/") as page:
        page.focus("#search")
        until(page, "!!window.libraryWords")
        for word in ("grief", "rhythm", "seventh"):
            page.fill("#search", "")
            took = page.evaluate(TYPE, word)
            assert median(took) <= ANSWER_MS, took
            found = [
                each
                for each in library.publications
                if any(known.startswith(word) for known in words_of(each.article))
            ]
            shown = page.locator("[data-slug]:visible").count()
            assert shown == len(found), word
            said = page.locator("[data-found]").inner_text()
            assert said.startswith(f"{shown} articles" if shown else "Nothing found")
        page.fill("#search", "")
        assert page.locator("[data-slug]:visible").count() == COUNT


def test_without_scripts_all_are_there(browser: Any, site: Served) -> None:
    with opened(browser, f"{site.address}/", java_script_enabled=False) as page:
        assert page.locator("[data-slug]:visible").count() == COUNT
        assert page.locator("[data-slug] h2 a:visible").count() == COUNT
        assert page.locator("[data-slug] a").count() == COUNT * 3
        assert not page.locator("#search").is_visible()


def test_from_a_folder_it_searches_too(browser: Any, library: Site) -> None:
    with opened(browser, (library.project.dist / "index.html").as_uri()) as page:
        page.focus("#search")
        until(page, "!!window.libraryWords")
        title = library.publications[0].article.title
        page.fill("#search", title)
        assert page.locator("[data-slug]:visible").count() == 1


@pytest.mark.parametrize("mode", ["light", "dark", "phone", "320"])
def test_nothing_is_wider_than_the_screen(
    mode: str, browser: Any, site: Served, tmp_path: Path
) -> None:
    with opened(browser, f"{site.address}/", **MODES[mode]) as page:
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        page.screenshot(path=tmp_path / f"{mode}.png")
        assert wide <= 0
        styled = page.evaluate("getComputedStyle(document.body).fontFamily")
        assert "Atkinson Hyperlegible" in styled  # the stylesheet came, and was taken


CHOSEN = """document.querySelector("[data-leaflet]").classList.add("chosen"),
  document.body.classList.add("only")"""


def test_the_sheet_for_the_desk_is_one_page_with_its_files(browser: Any, site: Served) -> None:
    with opened(browser, f"{site.address}/print.html") as page:
        title = page.inner_text("[data-leaflet] h2")
        page.evaluate(CHOSEN)
        pdf = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(pdf) == 1
    words = pdf[0].get_textpage().get_text_range()
    for each in ("Printing the leaflets", title, "Booklet", "A4 leaflet", "Large print, 18 point"):
        assert each in words
