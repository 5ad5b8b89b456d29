"""Every PDF the build makes, against veraPDF's PDF/UA-1 profile; and good and bad files of our own."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from leafcast.leaflet.editions import (
    write_a4,
    write_booklet,
    write_dyslexia,
    write_large_print,
)
from leafcast.leaflet.layout import lay_out
from leafcast.leaflet.settings import A4
from leafcast.leaflet.tags import structure_elements
from tests.conftest import ARTICLE
from tests.integration.verapdf import failed_rules, rule_count
from tests.test_leaflet import TORTURE, publications

__all__ = ["publications"]
pytestmark = pytest.mark.integration


@pytest.mark.parametrize("name", [ARTICLE.stem, TORTURE.stem])
def test_every_edition_conforms(publications: Any, name: str, tmp_path: Path) -> None:
    publication = publications[name]
    files = [
        *write_booklet(publication, tmp_path),
        *write_a4(publication, tmp_path),
        *write_large_print(publication, tmp_path),
        *write_dyslexia(publication, tmp_path),
    ]
    assert len(files) == 9
    assert {path.name: failed_rules(path) for path in files} == {path.name: {} for path in files}


def test_the_whole_profile_is_used() -> None:
    assert rule_count() == 106


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
    for element in structure_elements(pdf):
        if element.S == "/Figure":
            del element.Alt


def without_tabs(pdf: pikepdf.Pdf) -> None:
    for each in pdf.pages:
        if "/Tabs" in each.obj:
            del each.obj.Tabs


def with_a_skipped_level(pdf: pikepdf.Pdf) -> None:
    for element in structure_elements(pdf):
        if element.S == "/H2":
            element.S = pikepdf.Name.H4


def with_untagged_words(pdf: pikepdf.Pdf) -> None:
    first = pdf.pages[0].obj
    first.Contents = pdf.make_stream(first.Contents.read_bytes() + b"0 0 10 10 re f\n")


def with_an_item_outside_a_list(pdf: pikepdf.Pdf) -> None:
    for element in structure_elements(pdf):
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


@pytest.mark.parametrize(("spoil", "rule"), FAULTS, ids=[fault.__name__ for fault, _ in FAULTS])
def test_a_seeded_fault_is_found(
    publications: Any, tmp_path: Path, spoil: Callable[[pikepdf.Pdf], None], rule: str
) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(lay_out(publications[TORTURE.stem], A4))
    with pikepdf.open(io.BytesIO(good.read_bytes())) as pdf:
        spoil(pdf)
        pdf.save(bad)
    shutil.copy(good, tmp_path / "copy.pdf")
    assert failed_rules(tmp_path / "copy.pdf") == {}
    assert any(found.startswith(rule) for found in failed_rules(bad)), failed_rules(bad)
