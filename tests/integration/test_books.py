"""EPUB against EPUBCheck, Ace and axe, talking books against their document types; spoilt books."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from tests import book_faults
from tests.conftest import ARTICLE, ROOT, TODAY, write_practice
from tests.integration.dtd import dtd_faults
from tests.integration.epubcheck import KNOWN_USAGE, messages
from tests.integration.npm import ace_faults
from tests.test_pipeline import run
from tests.test_sync import files_of, zipped

pytestmark = pytest.mark.integration
CASES = ROOT / "tests" / "cases" / "articles"
GOLDEN = ROOT / "tests" / "golden" / "book-faults.txt"
NAMES = (ARTICLE.stem, "torture", "corners", "said")
SAID = {
    "## Lists\n": '## Lists\nsay: "You may bring what you like. It may be nothing."\n',
    "## What it costs\n": "## What it costs\nsay: skip\n",
}
"""Marks that make `said` of `torture`: other words for listeners, and none at all."""


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The books of the first article, and of those that have everything; notes told in place."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", TODAY)
        practice = write_practice(tmp_path_factory.mktemp("books") / "practice")
        (practice / "source" / "quiet-hour.md").unlink()
        for path in (ARTICLE, *CASES.glob("*.md"), *CASES.glob("*.png")):
            if path.stem in (*NAMES, "armchairs"):
                shutil.copy(path, practice / "source")
        said = (CASES / "torture.md").read_text("utf-8")
        for heading, marked in SAID.items():
            said = said.replace(heading, marked)
        (practice / "source" / "said.md").write_text(said, encoding="utf-8")
        outcome = run(practice, editions=("epub", "daisy", "episode", "page"))
    assert outcome.report.exit_code == 0, outcome.report.findings
    return practice / "dist"


@pytest.mark.parametrize("name", NAMES)
def test_epubcheck_reports_nothing(name: str, dist: Path) -> None:
    found = set(messages(dist / name / f"{name}.epub")) - {f"USAGE {KNOWN_USAGE}"}
    assert {each for each in found if not (name == "said" and each.startswith(ANCESTOR))} == set()


ANCESTOR = "USAGE MED_015"
"""Words of `say:` are heard with their section, which begins before the heading heard before it."""


def test_notes_told_in_place_are_valid_too(tmp_path: Path) -> None:
    practice = write_practice(tmp_path)
    shutil.copy(CASES / "corners.md", practice / "source" / "quiet-hour.md")
    shutil.copy(CASES / "armchairs.png", practice / "source")
    settings = practice / "source" / "practice.toml"
    settings.write_text(settings.read_text("utf-8") + 'footnotes = "in place"\n', encoding="utf-8")
    outcome = run(practice, editions=("epub",))
    assert outcome.report.exit_code == 0, outcome.report.findings
    found = messages(practice / "dist" / "quiet-hour" / "quiet-hour.epub")
    assert [each for each in found if not each.startswith("USAGE")] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_talking_book_keeps_its_document_types(name: str, dist: Path) -> None:
    with zipfile.ZipFile(dist / name / f"{name}-daisy.zip") as archive:
        for each in archive.namelist():
            kind = {".html": "xhtml", ".smil": "smil"}.get(Path(each).suffix)
            if kind:
                assert dtd_faults(archive.read(each), kind) == [], each


def test_a_document_type_can_be_broken(dist: Path) -> None:
    with zipfile.ZipFile(dist / "torture" / "torture-daisy.zip") as archive:
        text, smil = archive.read("text.html"), archive.read("0001.smil")
    assert dtd_faults(
        text.replace(b"<div ", b"<section ").replace(b"</div>", b"</section>"), "xhtml"
    )
    assert dtd_faults(
        smil.replace(b"<par ", b"<parallel ").replace(b"</par>", b"</parallel>"), "smil"
    )
    assert dtd_faults(smil.replace(b' id="textView"', b""), "smil")


def test_which_gate_each_fault_is_caught_by(dist: Path, tmp_path: Path) -> None:
    """Every fault by ours; the golden file says which EPUBCheck would have let through."""
    lines = []
    path = dist / "torture" / "torture.epub"
    for fault in book_faults.EPUB:
        files = files_of(path)
        fault.spoil(files)
        spoilt = tmp_path / "torture.epub"
        spoilt.write_bytes(zipped(files))
        found = [each for each in messages(spoilt) if not each.startswith("USAGE")]
        lines.append(f"{fault.name}: sync-{fault.code} | EPUBCheck {', '.join(found) or 'nothing'}")
    assert "\n".join(lines) + "\n" == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("name", [ARTICLE.stem, "torture"])
def test_ace_finds_nothing(name: str, dist: Path, node_modules: Path, chromium: str) -> None:
    assert ace_faults(node_modules, dist / name / f"{name}.epub", chromium) == ("pass", set())


INACCESSIBLE = {
    "EPUB/package.opf metadata-accessmode": (
        "*.opf", r'<meta property="schema:accessMode">.*?</meta>\n'
    ),
    "02-section.xhtml html-has-lang": ("*02-section.xhtml", ' lang="en-GB" xml:lang="en-GB"'),
    "06-section.xhtml image-alt": ("*06-section.xhtml", r' alt="[^"]*"'),
    "EPUB/package.opf metadata-accessibilityhazard": (
        "*.opf", r'<meta property="schema:accessibilityHazard">.*?</meta>\n'
    ),
    "02-section.xhtml document-title": ("*02-section.xhtml", "<title>.*?</title>"),
}  # fmt: skip
"""Where Ace must find which rule broken, and what is taken out of which file for that."""


def test_ace_would_find_it(dist: Path, tmp_path: Path, node_modules: Path, chromium: str) -> None:
    files = files_of(dist / "torture" / "torture.epub")
    for where, what in INACCESSIBLE.values():
        book_faults.swap(where, what, "", count=0)(files)
    spoilt = tmp_path / "torture.epub"
    spoilt.write_bytes(zipped(files))
    outcome, found = ace_faults(node_modules, spoilt, chromium)
    assert (outcome, set(INACCESSIBLE) - found) == ("fail", set())


def test_axe_finds_nothing_in_any_chapter(dist: Path, tmp_path: Path) -> None:
    api = pytest.importorskip("playwright.sync_api")
    from tests.browser.test_page_in_a_browser import CHROMIUM, OPTIONS, axe

    found: list[tuple[str, str, str]] = []
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        for name in NAMES:
            shutil.unpack_archive(dist / name / f"{name}.epub", tmp_path / name, "zip")
            page = chromium.new_page()
            for chapter in sorted((tmp_path / name / "EPUB").glob("*.xhtml")):
                page.goto(chapter.as_uri())
                page.evaluate(HEARD)
                page.evaluate(axe().read_text("utf-8"))
                for scheme in ("light", "dark"):
                    page.emulate_media(color_scheme=scheme)
                    for each in page.evaluate(VIOLATIONS):
                        nodes = [n["html"] for n in each["nodes"] if PAGE_BREAK not in n["html"]]
                        if nodes and each["id"] not in OF_WHOLE_PAGES:
                            found.append((f"{name} {scheme}", chapter.name, each["id"]))
        chromium.close()
    assert found == []


VIOLATIONS = 'axe.run({ resultTypes: ["violations"] }).then((found) => found.violations)'
HEARD = """() => {
  document.documentElement.classList.add("-epub-media-overlay-playing");
  const heard = document.querySelectorAll("span[id^=s], #book_title, #book_closing");
  heard.forEach((each, at) => { if (at % 2 == 0) each.classList.add("-epub-media-overlay-active") });
}"""
PAGE_BREAK = 'role="doc-pagebreak"'
"""DPUB-ARIA 1.1 and EPUB Accessibility name it by aria-label; this version of axe does not know."""
OF_WHOLE_PAGES = {"landmark-one-main", "page-has-heading-one", "region", "bypass"}
"""What axe asks of a page that stands alone; a chapter is shown in a reader (Ace leaves them out)."""
