"""The test sheet: two printers print it, and a hand follows what it says."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import numpy as np
import page
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from leafcast.checks.prints import check_pdf
from leafcast.design.palette import palette_of
from leafcast.document.errors import LayoutError
from leafcast.practice.project import load_project
from leafcast.print.imposition.folds import FOLDS, Fold
from leafcast.print.imposition.sheets import MM, Flip
from leafcast.print.test_sheet import test_sheet_of as proof_of
from leafcast.print.test_sheet import write_test_sheet
from tests.conftest import ARTICLE, ROOT
from tests.paper import PX_PER_MM, difference, leaf_through, print_sheets, render
from tests.reading_files import elements
from tests.test_imposition import leaflets
from tests.test_leaflet import TORTURE, publications

__all__ = ["leaflets", "publications"]
TINT = (
    Image.new("RGB", (1, 1), palette_of(load_project(ROOT).practice.look).panel)
    .convert("L")
    .getpixel((0, 0))
)
"""How light the arrow is in grey."""
each_flip = pytest.mark.parametrize("flip", Flip, ids=lambda flip: flip.name)


@pytest.fixture(scope="module")
def sheet(publications: Any, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("sheet")
    (path,) = write_test_sheet(publications[ARTICLE.stem], folder)
    assert path.name == "therapeutic-relationship-test-sheet.pdf"
    return path.read_bytes()


def test_it_conforms(sheet: bytes) -> None:
    report = page.validate_pdf_bytes(sheet, profile="ua1")
    assert report.rules.total > 100
    assert [failure.message for failure in report.failures] == []


def test_it_is_printed_as_the_leaflets_are(sheet: bytes) -> None:
    with pikepdf.open(io.BytesIO(sheet)) as pdf:
        sizes = [[float(at) / MM for at in each.mediabox] for each in pdf.pages]
        assert sizes == [pytest.approx([0, 0, 297, 210], abs=0.01)] * 2
        assert str(pdf.Root.ViewerPreferences.Duplex) == "/DuplexFlipShortEdge"
        assert str(pdf.Root.ViewerPreferences.PrintScaling) == "/None"


def points_up(side: Any) -> bool:
    """Whether the large arrow on a side points to its top: its head is wider than its shaft.

    It is the largest tinted shape in a corner: right above, or left below when on its head.
    """
    tinted = abs(side - TINT) < 3
    high, wide = 100 * PX_PER_MM, 77 * PX_PER_MM
    rows = max((tinted[:high, -wide:], tinted[-high:, :wide]), key=np.sum).sum(axis=1)
    arrow = rows[np.flatnonzero(rows)[0] : np.flatnonzero(rows)[-1]]
    middle = len(arrow) // 2
    assert arrow.max() > 25 * PX_PER_MM  # it is there
    return int(arrow[:middle].max()) > int(arrow[middle:].max())


@each_flip
def test_its_arrow_shows_how_the_printer_turns(flip: Flip, sheet: bytes) -> None:
    ((front, back),) = print_sheets(sheet, flip)
    assert points_up(front)
    assert points_up(back) == (flip is Flip.SHORT_EDGE)


@each_flip
@pytest.mark.parametrize("fold", FOLDS, ids=lambda fold: fold.name)
def test_who_follows_it_gets_a_leaflet_that_can_be_read(
    flip: Flip, fold: Fold, sheet: bytes, leaflets: Any
) -> None:
    """The file it names, from the same printer, printed, folded and read."""
    words = " ".join(words_on(sheet, 0).split())
    up, down = re.findall(
        r"back points (?:up, like the one here|down): take the files that end in -([\w-]+)\.pdf",
        words,
    )
    ((_, back),) = print_sheets(sheet, flip)
    chosen = leaflets[fold.name][up if points_up(back) else down]
    read = render(leaflets[fold.name][""])
    folded = leaf_through(chosen, flip, fold.name)
    assert all(difference(*pair) < 1 for pair in zip(folded, read, strict=True))


def words_on(pdf: bytes, side: int) -> str:
    return str(pypdfium2.PdfDocument(pdf)[side].get_textpage().get_text_bounded())


def test_the_back_says_the_same_to_whoever_reads_it_first(sheet: bytes) -> None:
    words = " ".join(words_on(sheet, 1).split())
    assert "stands the right way up: take the files that end in -print.pdf." in words
    assert (
        "turn the sheet round to read this: take the files that end in -print-long-edge.pdf."
        in (words)
    )


def test_its_ruler_is_100_mm_long(sheet: bytes) -> None:
    front = render(sheet)[0][: 150 * PX_PER_MM, : 140 * PX_PER_MM]
    dark = front < 160
    ticks = (np.diff(dark.astype(int), axis=1) > 0).sum(axis=1)
    assert ticks.max() == 101  # where the marks of single millimetres are
    first, last = np.flatnonzero(dark[int(ticks.argmax())])[[0, -1]]
    assert abs((last - first) / PX_PER_MM - 100) < 0.5


def test_its_pictures_are_told_in_words(sheet: bytes) -> None:
    with pikepdf.open(io.BytesIO(sheet)) as pdf:
        told = [str(e.Alt) for e in elements(pdf) if e.S == "/Figure"]
    assert [words.split(":")[0].split(" that")[0].split(" with")[0] for words in told] == [
        "A large arrow", "A ruler", "A large arrow", "Three steps", "Three steps",
    ]  # fmt: skip


def test_no_word_of_it_is_smaller_than_14_point(sheet: bytes) -> None:
    with pikepdf.open(io.BytesIO(sheet)) as pdf:
        sizes = {
            float(size) * 0.75
            for each in pdf.pages
            for size in re.findall(rb" ([\d.]+) Tf", each.obj.Contents.read_bytes())
        }
    assert min(sizes) >= 14 - 0.01


def test_it_is_called_by_its_own_name(publications: Any, tmp_path: Any) -> None:
    publication = publications[TORTURE.stem]
    write_test_sheet(publication, tmp_path)
    article = proof_of(publication.article, publication.project)
    assert article.title == "Test sheet for “Everything at Once: Lists, Tables & “Quotes””"
    assert list(check_pdf(publication, tmp_path)) == []
    renamed = replace(publication, article=replace(publication.article, title="Another title"))
    assert "pdf-title" in {finding.code for finding in check_pdf(renamed, tmp_path)}


def test_the_same_sheet_comes_out_twice(sheet: bytes, publications: Any, tmp_path: Any) -> None:
    (path,) = write_test_sheet(publications[ARTICLE.stem], tmp_path)
    assert path.read_bytes() == sheet


def test_a_practice_may_say_it_in_other_words(publications: Any, tmp_path: Any) -> None:
    publication = publications[ARTICLE.stem]
    project = replace(publication.project, data=(tmp_path, *publication.project.data))
    words = tmp_path / "templates/leaflet/test-sheet.md"
    words.parent.mkdir(parents=True)
    own = publication.project.find("templates/leaflet/test-sheet.md").read_text("utf-8")
    words.write_text(own.replace("Keep the settings", "Leave all as it is"), "utf-8")
    (path,) = write_test_sheet(replace(publication, project=project), tmp_path)
    assert "Leave all as it is" in words_on(path.read_bytes(), 0)


def test_words_that_cannot_be_read_are_named(publications: Any, tmp_path: Any) -> None:
    publication = publications[ARTICLE.stem]
    project = replace(publication.project, data=(tmp_path, *publication.project.data))
    words = tmp_path / "templates/leaflet/test-sheet.md"
    words.parent.mkdir(parents=True)
    words.write_text("No front matter at all.\n", "utf-8")
    with pytest.raises(LayoutError, match="cannot be read") as caught:
        proof_of(publication.article, project)
    assert caught.value.path == "templates/leaflet/test-sheet.md"
