"""Every PDF the build makes, against veraPDF's profiles; and files spoilt on purpose."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from leafcast.print.layout import lay_out
from leafcast.print.typesetting import A4
from tests.conftest import ARTICLE
from tests.integration.verapdf import BY_DEFAULT, UA_2_MODE, failed_rules, failures
from tests.printed import EDITIONS, printed_once, wanting_all
from tests.small_pdfs import elements
from tests.test_leaflet import TORTURE, publication_of, publications
from tests.test_oracle import CORNERS

__all__ = ["publications"]
pytestmark = pytest.mark.integration
STANDARDS = [
    pytest.param("ua-1", BY_DEFAULT, id="ua-1"),
    pytest.param("ua-2", UA_2_MODE, id="ua-2"),
]


@pytest.mark.parametrize("name", [ARTICLE.stem, TORTURE.stem])
@pytest.mark.parametrize(("standard", "flavours"), STANDARDS)
def test_every_edition_conforms(
    publications: Any,
    name: str,
    standard: str,
    flavours: tuple[str, ...],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = printed_once(wanting_all(publications[name], standard), tmp_path_factory)
    files = sorted(folder.glob("*.pdf"))
    assert len(files) >= 20
    found = {path.name: failures(path, of(path, flavours)) for path in files}
    assert found == {path.name: {} for path in files}


def of(path: Path, flavours: tuple[str, ...]) -> tuple[str, ...]:
    """What a file keeps to: a print shop's is PDF/X-4, and so of an older PDF than UA-2 is."""
    return BY_DEFAULT if path.stem.endswith("-print-shop") else flavours


@pytest.mark.parametrize(("standard", "flavours"), STANDARDS)
def test_merged_cells_and_rows_with_names_conform(
    standard: str, flavours: tuple[str, ...], tmp_path: Path
) -> None:
    """With `Headers`, `ColSpan` and `RowSpan`, two rows of headers, and rows set one by one."""
    corners = wanting_all(publication_of(CORNERS, tmp_path / "practice"), standard)
    written = [path for each in EDITIONS for path in each.write(corners, tmp_path)]
    files = [path for path in written if path.suffix == ".pdf"]
    found = {path.name: failures(path, of(path, flavours)) for path in files}
    assert found == {path.name: {} for path in files}


# ---------------------------------------------------------------- it can fail


def without_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def without_title_in_window(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences.DisplayDocTitle


def without_mark(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def without_alt(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf):
        if element.S == "/Figure":
            del element.Alt


def without_tabs(pdf: pikepdf.Pdf) -> None:
    for each in pdf.pages:
        if "/Tabs" in each.obj:
            del each.obj.Tabs


def with_a_skipped_level(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf):
        if element.S == "/H2":
            element.S = pikepdf.Name.H4


def with_untagged_words(pdf: pikepdf.Pdf) -> None:
    first = pdf.pages[0].obj
    first.Contents = pdf.make_stream(first.Contents.read_bytes() + b"0 0 10 10 re f\n")


def with_an_item_outside_a_list(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf):
        if element.S == "/L":
            element.S = pikepdf.Name.Div


FAULTS: list[tuple[Callable[[pikepdf.Pdf], None], str]] = [
    (without_tags, "7.1-11"),
    (without_language, "7.2-"),
    (without_title_in_window, "7.1-10"),
    (without_mark, "6.2-1"),
    (without_alt, "7.3-1"),
    (without_tabs, "7.18.3-1"),
    (with_a_skipped_level, "7.4.2-1"),
    (with_untagged_words, "7.1-3"),
    (with_an_item_outside_a_list, "7.2-"),
]


@pytest.fixture(scope="module")
def good(publications: Any) -> bytes:
    """A leaflet of which veraPDF has nothing to say."""
    pdf = lay_out(publications[TORTURE.stem], A4)
    assert failed_rules(pdf) == {}
    return pdf


@pytest.mark.parametrize(("spoil", "rule"), FAULTS, ids=[fault.__name__ for fault, _ in FAULTS])
def test_a_seeded_fault_is_found(
    good: bytes, spoil: Callable[[pikepdf.Pdf], None], rule: str
) -> None:
    bad = io.BytesIO()
    with pikepdf.open(io.BytesIO(good)) as pdf:
        spoil(pdf)
        pdf.save(bad)
    found = failed_rules(bad.getvalue())
    assert any(each.startswith(rule) for each in found), found
