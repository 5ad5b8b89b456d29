"""The oracle: nothing to say of any leaflet we make, and of every defect something."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from leafcast.checks.pdf import oracle
from leafcast.checks.pdf.faults import Fault
from leafcast.checks.pdf.look import Demands
from leafcast.checks.pdf.oracle import pdf_faults
from leafcast.checks.prints import check_pdf, few_of_a_kind
from leafcast.checks.prints.wanted import nominally_wanted, wanted_for
from leafcast.document.article import Article
from leafcast.document.publication import Publication
from leafcast.editions.table import EDITIONS as EDITION_TABLE
from leafcast.print.html import write_html
from leafcast.print.imposition.save import structure_elements
from leafcast.print.typesetting import A4
from tests.conftest import ARTICLE, ROOT
from tests.defects import DEFECTS, Defect, spoiled
from tests.printed import printed_once, wanting_all
from tests.test_leaflet import TORTURE, publication_of
from tests.test_leaflet import publications as every_article

__all__ = ["every_article"]
CORNERS = ROOT / "tests/cases/articles/corners.md"
REAL, TORTURED = ARTICLE.stem, TORTURE.stem


@pytest.fixture(scope="module")
def publications(every_article: dict[str, Publication]) -> dict[str, Publication]:
    """Both articles, in a practice that wants every file there is."""
    return {slug: wanting_all(publication) for slug, publication in every_article.items()}


@pytest.fixture(scope="module")
def printed(
    publications: dict[str, Publication], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Every edition of both articles, by the article's slug: the folder in dist/."""
    return {slug: printed_once(each, tmp_path_factory) for slug, each in publications.items()}


# ---------------------------------------------------------------- the clean side


LEAST = Demands(12.0)


@dataclass(frozen=True)
class Plain:
    """What a PDF must be, as somebody without practice and editions says it."""

    article: Article
    page: str
    title: str = "It is set"
    standard: str = "ua-1"
    address: str = ""
    demands: Demands = LEAST
    is_leaflet: bool = True
    sheets: bool = False
    turned: bool = False
    for_shop: bool = False

    def html(self, blanks: int = 0) -> str:
        return self.page


def test_any_pdf_is_held_against_any_article(
    publications: dict[str, Publication], printed: dict[str, Path]
) -> None:
    publication = publications[REAL]
    article = publication.article
    pdf = (printed[REAL] / f"{REAL}-a4.pdf").read_bytes()
    page = write_html(publication, A4)
    assert list(pdf_faults(pdf, Plain(article, page, article.title))) == []
    one, *others = article.sections
    lost = replace(article, sections=(replace(one, blocks=one.blocks[:-1]), *others))
    (fault,) = pdf_faults(pdf, Plain(lost, page, article.title))
    assert fault.code == "pdf-block-extra"


@pytest.mark.parametrize("slug", [REAL, TORTURED])
def test_there_is_nothing_to_say_of_any_edition(
    slug: str, printed: dict[str, Path], publications: dict[str, Publication]
) -> None:
    assert len(list(printed[slug].glob("*.pdf"))) == 23
    assert list(check_pdf(publications[slug], printed[slug])) == []


@pytest.mark.parametrize("slug", [REAL, TORTURED])
def test_nor_of_any_in_the_other_standard(
    slug: str, publications: dict[str, Publication], tmp_path_factory: pytest.TempPathFactory
) -> None:
    publication = wanting_all(publications[slug], "ua-2")
    assert list(check_pdf(publication, printed_once(publication, tmp_path_factory))) == []


def test_nor_where_words_meet_and_end(tmp_path: Path) -> None:
    """Links that touch, empty cells, lists that begin at nought, quotations in quotations."""
    publication = publication_of(CORNERS, tmp_path / "practice")
    for name in ("a4", "trifold"):
        EDITION_TABLE[name].write(publication, tmp_path)
    assert list(check_pdf(publication, tmp_path)) == []


def test_nor_where_links_run_from_panel_to_panel(tmp_path: Path) -> None:
    """Every paragraph is one long link, so that some of them run over a fold or a page's end."""
    words = "a link that goes on for a good while so that it needs more than one line or even two"
    paragraphs = [f"[Number {n}: {words}, {words}](https://example.org/{n})." for n in range(25)]
    publication = written(tmp_path, "\n\n".join(paragraphs))
    for name in ("booklet", "trifold", "large-print"):
        EDITION_TABLE[name].write(publication, tmp_path)
    assert list(check_pdf(publication, tmp_path)) == []
    for name in ("booklet", "trifold"):
        with pikepdf.open(tmp_path / f"links-{name}.pdf") as pdf:
            links = [e for e in structure_elements(pdf) if str(e.S) == "/Link"]
            assert any(len(pages_of(link)) > 1 for link in links), name


def test_nor_of_soft_hyphens_and_words_from_right_to_left(tmp_path: Path) -> None:
    soft = "psycho\u00adthera\u00adpeutic " * 40
    publication = written(tmp_path, f"It is {soft}work.\n\n\u05e9\u05dc\u05d5\u05dd alone.")
    EDITION_TABLE["booklet"].write(publication, tmp_path)
    assert list(check_pdf(publication, tmp_path)) == []


def written(folder: Path, body: str) -> Publication:
    """An article called `links` with this body, in a practice of its own."""
    source = folder / "links.md"
    head = "---\ntitle: Links\nauthor: Jo\npublished: 2026-03-01\nreview: 2028-03-01\n---\n\n"
    source.write_text(head + body + "\n", encoding="utf-8")
    return publication_of(source, folder / "practice")


def pages_of(element: Any) -> set[tuple[int, int]]:
    """The objects of the pages on which the marks of an element are."""
    own = {element.Pg.objgen} if "/Pg" in element else set()
    others = {
        kid.Pg.objgen
        for kid in element.K
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR"
    }
    return own | others


# ---------------------------------------------------------------- which file is what


@pytest.mark.parametrize(
    ("name", "setting", "sheets"),
    [
        ("booklet", "booklet", False),
        ("booklet-print", "booklet", True),
        ("booklet-print-long-edge", "booklet", True),
        ("booklet-print-shop", "booklet", False),
        ("large-print", "large-print", False),
        ("large-print-24", "large-print-24", False),
        ("trifold-print", "trifold", True),
        ("dyslexia-print", "dyslexia", False),
        ("large-print-high-contrast", "large-print-high-contrast", False),
        ("test-sheet", "test-sheet", False),
        ("something-else", None, False),
    ],
)
def test_a_file_is_known_by_its_name(
    name: str, setting: str | None, sheets: bool, publications: dict[str, Publication]
) -> None:
    wanted = nominally_wanted(Path(f"{REAL}-{name}.pdf"), publications[REAL])
    assert (wanted.setting.suffix if wanted.setting else None, wanted.sheets) == (setting, sheets)


def test_large_print_promises_more_contrast(publications: dict[str, Publication]) -> None:
    def least(name: str) -> float | None:
        wanted = nominally_wanted(Path(f"{REAL}-{name}.pdf"), publications[REAL])
        return wanted.demands.contrast

    names = ("a4", "booklet-print", "large-print", "large-print-high-contrast", "dyslexia")
    assert [least(name) for name in names] == [None, None, 7.0, 7.0, 7.0]


def test_a_file_of_another_kind_is_held_against_what_every_file_must_be(
    printed: dict[str, Path], publications: dict[str, Publication], tmp_path: Path
) -> None:
    shutil.copy(printed[REAL] / f"{REAL}-a4.pdf", tmp_path / f"{REAL}-poster.pdf")
    assert list(check_pdf(publications[REAL], tmp_path)) == []
    spoil(tmp_path / f"{REAL}-poster.pdf", "grey text on white")
    findings = check_pdf(publications[REAL], tmp_path)
    assert {finding.code for finding in findings} == {"pdf-text-faint"}


# ---------------------------------------------------------------- what the owner is told


def spoil(path: Path, name: str) -> None:
    defect = next(each for each in DEFECTS if each.name == name)
    path.write_bytes(spoiled(path.read_bytes(), defect.spoil))


def test_what_is_no_pdf_is_said_so(publications: dict[str, Publication], tmp_path: Path) -> None:
    (tmp_path / f"{REAL}-a4.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    (finding,) = check_pdf(publications[REAL], tmp_path)
    assert finding.code == "pdf-unreadable"


def test_a_fault_in_several_files_is_told_once(
    printed: dict[str, Path], publications: dict[str, Publication], tmp_path: Path
) -> None:
    for name in ("a4", "booklet", "booklet-print"):
        path = Path(shutil.copy(printed[REAL] / f"{REAL}-{name}.pdf", tmp_path))
        spoil(path, "no title in the window")
    (finding,) = check_pdf(publications[REAL], tmp_path)
    assert finding.code == "pdf-window-title"
    assert finding.message.endswith("(and in 2 more files)")
    assert str(finding.place) == f"dist/{REAL}/{REAL}-a4.pdf"


def test_of_many_faults_of_a_kind_the_first_are_told_and_the_rest_counted() -> None:
    kept = few_of_a_kind([Fault("a", f"Fault {n}") for n in range(9)] + [Fault("b", "Other")])
    assert [fault.words for fault in kept] == [
        "Fault 0", "Fault 1", "Fault 2", "Fault 3 – and 5 more of this kind", "Other",
    ]  # fmt: skip


def test_a_file_that_was_held_is_not_held_again(
    printed: dict[str, Path],
    publications: dict[str, Publication],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = Path(shutil.copy(printed[REAL] / f"{REAL}-a4.pdf", tmp_path))
    spoil(path, "no bookmarks")
    found = list(check_pdf(publications[REAL], tmp_path))
    monkeypatch.setattr(oracle, "pdf_faults", None)
    assert list(check_pdf(publications[REAL], tmp_path)) == found != []


def test_another_article_is_another_matter(
    printed: dict[str, Path], publications: dict[str, Publication], tmp_path: Path
) -> None:
    """A word that the owner changed since: the file is held against what she says now."""
    shutil.copy(printed[REAL] / f"{REAL}-a4.pdf", tmp_path)
    publication = publications[REAL]
    article = replace(publication.article, subtitle="A guide for everybody")
    (missing, extra) = check_pdf(replace(publication, article=article), tmp_path)
    assert (missing.code, extra.code) == ("pdf-block-missing", "pdf-block-extra")


# ---------------------------------------------------------------- the other side

OF_READING = ("pdf-reading-order", "pdf-line-short")
FILES = [(slug, suffix) for slug in (REAL, TORTURED) for suffix in ("a4", "booklet-print")]
FILES.append((REAL, "trifold-print"))
HELD = [
    (slug, suffix, defect)
    for defect in DEFECTS
    for slug, suffix in FILES
    if (slug == TORTURED or not defect.needs)
    and not (defect.name == "a folio as content" and "trifold" in str(suffix))
    and not (defect.code in OF_READING and suffix.endswith("-print"))
]
"""On sheets for a printer the pages stand in the order of folding; nobody reads them there."""


def faults(pdf: bytes, publication: Publication, suffix: str) -> list[Fault]:
    name = Path(f"{publication.article.slug}-{suffix}.pdf")
    return list(pdf_faults(pdf, wanted_for(name, publication)))


def test_there_are_more_defects_than_thirty() -> None:
    assert len(DEFECTS) >= 30
    assert len({defect.name for defect in DEFECTS}) == len(DEFECTS)


@pytest.mark.parametrize(
    ("slug", "suffix", "defect"), HELD, ids=[f"{s[:8]}-{f}-{d.name}" for s, f, d in HELD]
)
def test_a_defect_is_found(
    slug: str,
    suffix: str,
    defect: Defect,
    printed: dict[str, Path],
    publications: dict[str, Publication],
) -> None:
    pdf = (printed[slug] / f"{slug}-{suffix}.pdf").read_bytes()
    found = faults(spoiled(pdf, defect.spoil), publications[slug], suffix)
    assert defect.code in {fault.code for fault in found}, [f"{f.code}: {f.words}" for f in found]
