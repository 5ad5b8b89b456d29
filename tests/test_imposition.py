"""Imposition: every page once, in the order that folding needs, tags and links with it."""

from __future__ import annotations

import io
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leafcast.errors import LayoutError
from leafcast.leaflet.imposition import (
    SHEET_HEIGHT,
    SHEET_WIDTH,
    Flip,
    booklet_placements,
    booklet_sides,
    impose_booklet,
)
from leafcast.leaflet.settings import BOOKLET
from tests.test_leaflet import TORTURE, in_order, publications

__all__ = ["publications"]
A5_WIDTH = 148 / 25.4 * 72


# ---------------------------------------------------------------- which page goes where


def test_eight_pages_fold_into_a_booklet() -> None:
    assert booklet_sides(8) == ((7, 0), (1, 6), (5, 2), (3, 4))


def test_missing_pages_are_blanks_before_the_back() -> None:
    assert booklet_sides(5) == ((4, 0), (1, None), (None, 2), (3, None))


@given(st.integers(1, 400))
def test_imposition_is_a_permutation_of_the_pages(count: int) -> None:
    sides = booklet_sides(count)
    assert len(sides) % 2 == 0
    placed = [page for side in sides for page in side if page is not None]
    assert sorted(placed) == list(range(count))


@given(st.integers(2, 400))
def test_folded_and_read_leaf_by_leaf_the_pages_are_in_order(count: int) -> None:
    """Nest the sheets, fold them, and turn the leaves: right of the front, left of the back, …"""
    sides = booklet_sides(count)
    fronts, backs = sides[::2], sides[1::2]
    first_half = [p for front, back in zip(fronts, backs, strict=True) for p in (front[1], back[0])]
    second_half = [
        p for front, back in zip(fronts, backs, strict=True) for p in (back[1], front[0])
    ]
    # the second half is read from the innermost sheet outwards
    pairs = list(zip(second_half[::2], second_half[1::2], strict=True))[::-1]
    read = [p for p in (*first_half, *(p for pair in pairs for p in pair)) if p is not None]
    assert read == list(range(count))


@given(st.integers(1, 60), st.sampled_from(Flip))
def test_pages_lie_on_the_sheet_side_by_side_without_overlap(count: int, flip: Flip) -> None:
    by_side: dict[int, list[tuple[float, float]]] = {}
    for placement in booklet_placements(count, A5_WIDTH, flip):
        corners = [placement.point(0, 0), placement.point(A5_WIDTH, SHEET_HEIGHT)]
        xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
        assert xs[0] >= -0.01
        assert xs[1] <= SHEET_WIDTH + 0.01
        assert ys == pytest.approx([0, SHEET_HEIGHT])
        by_side.setdefault(placement.side, []).append((xs[0], xs[1]))
    for spans in by_side.values():
        for (_, end), (start, _) in zip(sorted(spans), sorted(spans)[1:], strict=False):
            assert end <= start + 0.01


def test_a_back_is_on_its_head_only_for_printers_that_flip_on_the_long_edge() -> None:
    turns = {
        flip: {p.side % 2: p.turn for p in booklet_placements(8, A5_WIDTH, flip)} for flip in Flip
    }
    assert turns == {Flip.SHORT_EDGE: {0: 1, 1: 1}, Flip.LONG_EDGE: {0: 1, 1: -1}}


# ---------------------------------------------------------------- the file


@pytest.fixture(scope="module")
def reading(publications: Any) -> bytes:
    from leafcast.leaflet.layout import lay_out

    return lay_out(publications[TORTURE.stem], BOOKLET)


@pytest.fixture(scope="module", params=list(Flip), ids=lambda flip: flip.name)
def printed(request: pytest.FixtureRequest, reading: bytes) -> bytes:
    return impose_booklet(reading, request.param)


def test_the_print_file_conforms_too(printed: bytes) -> None:
    report = page.validate_pdf_bytes(printed, profile="ua1")
    assert [failure.message for failure in report.failures] == []


def tagged_text(pdf_bytes: bytes) -> list[tuple[str, str]]:
    """Every structure element that has marks of its own, with its text, in the tree's order."""
    import re

    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        marks: dict[tuple[tuple[int, int], int], bytes] = {}
        for each in pdf.pages:
            content = each.obj.Contents.read_bytes()
            for found in re.finditer(rb"/MCID (\d+)>>\s*BDC(.*?)EMC", content, re.S):
                shown = b"".join(re.findall(rb"<([0-9a-f]+)>", found[2]))
                marks[each.obj.objgen, int(found[1])] = shown
        return [
            (str(e.S), marks[e.Pg.objgen, kid].decode())
            for e in in_order(pdf.Root.StructTreeRoot.K[0])
            for kid in e.get("/K", ())
            if isinstance(kid, int)
        ]


def test_its_tags_say_what_the_reading_file_says(reading: bytes, printed: bytes) -> None:
    assert len(tagged_text(reading)) > 50
    assert tagged_text(printed) == tagged_text(reading)


def test_each_page_is_drawn_as_it_was(reading: bytes) -> None:
    """The front of the first sheet, pixel for pixel: the back page left, the cover right."""
    import numpy as np

    scale = 72 / 72
    book = pypdfium2.PdfDocument(reading)
    sheet = pypdfium2.PdfDocument(impose_booklet(reading, Flip.SHORT_EDGE))[0]
    drawn = np.asarray(sheet.render(scale=scale).to_pil().convert("L"), float)
    cover = np.asarray(book[0].render(scale=scale).to_pil().convert("L"), float)
    right = drawn[: cover.shape[0], -cover.shape[1] - 1 : -1]
    assert np.abs(right[20:-20, 20:-20] - cover[20:-20, 20:-20]).mean() < 6


def test_links_and_bookmarks_lead_to_the_sheets(printed: bytes, reading: bytes) -> None:
    with pikepdf.open(io.BytesIO(printed)) as pdf, pikepdf.open(io.BytesIO(reading)) as before:
        sides = {each.obj.objgen for each in pdf.pages}
        links = [a for each in pdf.pages for a in each.obj.get("/Annots", ())]
        assert len(links) == sum(len(each.obj.get("/Annots", ())) for each in before.pages)
        for link in links:
            left, bottom, right, top = (float(at) for at in link.Rect)
            assert 0 <= left < right <= SHEET_WIDTH
            assert 0 <= bottom < top <= SHEET_HEIGHT
        with pdf.open_outline() as outline:
            assert outline.root[0].destination[0].objgen in sides
        names = list(pdf.Root.Names.Dests.Names)[1::2]
        assert names
        assert all(destination[0].objgen in sides for destination in names)


def test_a_printer_is_told_how_to_print_it(printed: bytes) -> None:
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        preferences = pdf.Root.ViewerPreferences
        assert str(preferences.Duplex) in {flip.value for flip in Flip}
        assert str(preferences.PrintScaling) == "/None"
        assert bool(preferences.DisplayDocTitle)
        assert len(pdf.pages) % 2 == 0
        assert [float(x) for x in pdf.pages[0].mediabox] == pytest.approx(
            [0, 0, 841.89, 595.28], abs=0.01
        )


def test_no_page_of_the_reading_file_stays_behind(printed: bytes, reading: bytes) -> None:
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        kinds = [o.get("/Type") for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
        assert kinds.count(pikepdf.Name.Page) == len(pdf.pages)
    assert len(printed) < 1.2 * len(reading)


def test_a_file_without_tags_is_refused(reading: bytes) -> None:
    with pikepdf.open(io.BytesIO(reading)) as pdf:
        del pdf.Root.StructTreeRoot
        bare = io.BytesIO()
        pdf.save(bare)
    with pytest.raises(LayoutError, match="no tags"):
        impose_booklet(bare.getvalue(), Flip.SHORT_EDGE)


def test_marks_that_no_tag_names_are_noticed(reading: bytes) -> None:
    with pikepdf.open(io.BytesIO(reading)) as pdf:
        first = pdf.pages[0].obj
        first.Contents = pdf.make_stream(first.Contents.read_bytes() + b"/P <</MCID 99>> BDC EMC\n")
        odd = io.BytesIO()
        pdf.save(odd)
    with pytest.raises(LayoutError, match="marked parts"):
        impose_booklet(odd.getvalue(), Flip.SHORT_EDGE)
