"""The oracle: nothing to say of any leaflet we make, and of every defect something."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leafcast.checks.pdf import check_pdf
from leafcast.checks.pdf.faults import Fault
from leafcast.checks.pdf.oracle import pdf_faults
from leafcast.checks.pdf.wanted import wanted_for
from leafcast.publish import EDITIONS as EDITION_TABLE
from leafcast.publish.model import Publication
from tests.conftest import ARTICLE
from tests.defects import DEFECTS, Defect, spoiled
from tests.test_leaflet import TORTURE, publications
from tests.test_press import with_standard

__all__ = ["publications"]
EDITIONS = tuple(edition for edition in EDITION_TABLE.values() if not edition.needs_sound)
REAL, TORTURED = ARTICLE.stem, TORTURE.stem


@pytest.fixture(scope="module")
def printed(
    publications: dict[str, Publication], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Every edition of both articles, by the article's slug: the folder in dist/."""
    folders = {}
    for slug, publication in publications.items():
        folders[slug] = tmp_path_factory.mktemp(slug)
        printing = replace(publication, project=publication.project.for_print_shop())
        for edition in EDITIONS:
            edition.write(printing, folders[slug])
    return folders


# ---------------------------------------------------------------- the clean side


@pytest.mark.parametrize("slug", [REAL, TORTURED])
def test_there_is_nothing_to_say_of_any_edition(
    slug: str, printed: dict[str, Path], publications: dict[str, Publication]
) -> None:
    assert len(list(printed[slug].glob("*.pdf"))) >= 20
    assert list(check_pdf(publications[slug], printed[slug])) == []


@pytest.mark.parametrize("slug", [REAL, TORTURED])
def test_nor_of_any_in_the_other_standard(
    slug: str, publications: dict[str, Publication], tmp_path: Path
) -> None:
    publication = with_standard(publications[slug], "ua-2")
    for edition in EDITIONS:
        edition.write(publication, tmp_path)
    assert list(check_pdf(publication, tmp_path)) == []


# ---------------------------------------------------------------- the other side

FILES = ("a4", "booklet-print")
HELD = [
    (slug, suffix, defect)
    for defect in DEFECTS
    for slug in ([TORTURED] if defect.needs else [REAL, TORTURED])
    for suffix in FILES
]


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
