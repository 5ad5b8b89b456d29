"""Imposition: every page once, in the order that folding needs, tags and links with it."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafcast.document.errors import LayoutError
from leafcast.document.publication import Publication
from leafcast.print.editions import write_folded
from leafcast.print.imposition.folds import BOOKLET, FOLDS, FOUR_PAGE, TRIFOLD, Z_FOLD, Fold
from leafcast.print.imposition.impose import impose
from leafcast.print.imposition.sheets import (
    MM,
    OFFICE,
    SHOP,
    Box,
    Flip,
    Printer,
    place_pages,
    sheet_for,
)
from leafcast.print.layout import lay_out
from leafcast.print.typesetting import Setting
from tests.conftest import ROOT
from tests.paper import difference, leaf_through, render, save_contact_sheet
from tests.reading_files import (
    Part,
    check_parent_tree,
    elements,
    page_widths,
    reading_file,
    tagged_words,
)
from tests.test_leaflet import TORTURE, publication_of

PRINTERS = (*OFFICE, SHOP)
each_fold = pytest.mark.parametrize("fold", FOLDS, ids=lambda fold: fold.name)
each_printer = pytest.mark.parametrize("printer", PRINTERS, ids=lambda printer: printer.suffix)


@st.composite
def folded(draw: st.DrawFn, most: int = 40) -> tuple[Fold, int]:
    """A fold, and a number of pages that it takes."""
    fold = draw(st.sampled_from(FOLDS))
    return fold, draw(st.integers(1, most if fold.nested else fold.pages_a_sheet))


def pages_on(fold: Fold, count: int) -> list[list[int | None]]:
    return [[page for _, page in side] for side in fold.sides(count)]


# ---------------------------------------------------------------- which page goes where


def test_eight_pages_fold_into_a_booklet() -> None:
    assert pages_on(BOOKLET, 8) == [[7, 0], [1, 6], [5, 2], [3, 4]]


def test_missing_pages_are_blanks_before_the_back() -> None:
    assert pages_on(BOOKLET, 5) == [[4, 0], [1, None], [None, 2], [3, None]]
    assert pages_on(TRIFOLD, 4) == [[None, 3, 0], [1, 2, None]]


def test_a_trifold_has_its_flap_left_of_the_back_and_the_cover_right() -> None:
    assert pages_on(TRIFOLD, 6) == [[4, 5, 0], [1, 2, 3]]
    assert [panel.width_mm for panel in TRIFOLD.outside] == [97, 100, 100]
    assert [panel.width_mm for panel in TRIFOLD.inside] == [100, 100, 97]


def test_four_pages_are_a_booklet_of_one_sheet() -> None:
    assert pages_on(FOUR_PAGE, 4) == pages_on(BOOKLET, 4) == [[3, 0], [1, 2]]


@each_fold
def test_every_crease_is_in_the_same_place_on_both_sides(fold: Fold) -> None:
    from_the_right = [fold.width_mm - at for at in reversed(fold.creases_mm(1))]
    assert list(fold.creases_mm(0)) == from_the_right


@given(folded(400))
def test_every_page_is_placed_once_and_blanks_fill_up(case: tuple[Fold, int]) -> None:
    fold, count = case
    placed = [page for side in pages_on(fold, count) for page in side]
    assert sorted(page for page in placed if page is not None) == list(range(count))
    assert placed.count(None) == fold.blanks(count) < fold.pages_a_sheet
    assert len(pages_on(fold, count)) % 2 == 0


@given(folded(400))
def test_recto_on_verso_the_pages_are_in_order(case: tuple[Fold, int]) -> None:
    """Behind every page, on the same piece of paper, is the one before or after it."""
    fold, count = case
    if fold.blanks(count):
        return
    sides = pages_on(fold, count)
    leaves = {
        frozenset((recto, verso))
        for front, back in zip(sides[::2], sides[1::2], strict=True)
        for recto, verso in zip(front, reversed(back), strict=True)
        if recto is not None and verso is not None
    }
    if fold in (BOOKLET, FOUR_PAGE):
        assert leaves == {frozenset((at, at + 1)) for at in range(0, count, 2)}
    else:
        assert leaves == {frozenset(pair) for pair in ((0, 1), (2, 5), (3, 4))}


@each_fold
def test_too_many_pages_are_refused_unless_sheets_are_nested(fold: Fold) -> None:
    if fold.nested:
        assert fold.full(41) == 44
        return
    with pytest.raises(LayoutError, match=f"has {fold.pages_a_sheet} pages"):
        fold.full(fold.pages_a_sheet + 1)


@given(folded(60), st.sampled_from(PRINTERS))
def test_pages_lie_side_by_side_on_the_sheet(case: tuple[Fold, int], printer: Printer) -> None:
    fold, count = case
    sheet = sheet_for(fold, printer)
    by_side: dict[int, list[tuple[float, float]]] = {}
    for placement in place_pages(fold, count, printer):
        width, height = placement.panel.width, placement.panel.height
        corners = [placement.point(0, 0), placement.point(width, height)]
        (left, right), (bottom, top) = (sorted(at) for at in zip(*corners, strict=True))
        assert Box(left, bottom, right, top) == placement.panel
        assert min(left, bottom) >= -0.01
        assert right <= sheet.width + 0.01
        assert top <= sheet.height + 0.01
        assert placement.clip.left >= left - printer.bleed_beyond(fold) * MM - 0.01
        by_side.setdefault(placement.side, []).append((left, right))
    for spans in by_side.values():
        for (_, end), (start, _) in zip(sorted(spans), sorted(spans)[1:], strict=False):
            assert end <= start + 0.01


def test_a_back_is_on_its_head_only_for_printers_that_flip_on_the_long_edge() -> None:
    turns = {
        printer.suffix: {p.side % 2: p.turn for p in place_pages(BOOKLET, 8, printer)}
        for printer in PRINTERS
    }
    assert turns == {
        "print": {0: 1, 1: 1}, "print-long-edge": {0: 1, 1: -1}, "print-shop": {0: 1, 1: 1},
    }  # fmt: skip


# ---------------------------------------------------------------- tags, whatever their shape


@st.composite
def reading_files(draw: st.DrawFn) -> tuple[Fold, Printer, bytes]:
    """A fold, a printer, and a file of elements that lie anywhere on its pages."""
    fold, count = draw(folded(9))
    kinds = st.sampled_from(["P", "H2", "Link", "Figure", "Span"])
    pages = st.lists(st.integers(0, count - 1), min_size=1, max_size=4).map(tuple)
    parts = draw(st.lists(st.builds(Part, kinds, pages), min_size=1, max_size=14))
    printer = draw(st.sampled_from(PRINTERS))
    return fold, printer, reading_file(page_widths(fold, count), parts, printer.bleed_mm)


@settings(max_examples=60, deadline=None)
@given(reading_files())
def test_what_is_read_aloud_stays_the_same(case: tuple[Fold, Printer, bytes]) -> None:
    fold, printer, reading = case
    printed = impose(reading, fold, printer)
    assert tagged_words(printed) == tagged_words(reading)
    assert tagged_words(printed)[-1] == ("lost", ())
    check_parent_tree(reading)
    check_parent_tree(printed)


def moved(fold: Fold, count: int, printer: Printer) -> dict[int, tuple[int, Any]]:
    """Which side each page went to, and a function that says where a point of it went."""
    return {p.page: (p.side, p.point) for p in place_pages(fold, count, printer)}


def numbers(place: Any) -> list[float | None]:
    return [None if at is None else float(at) for at in list(place)[2:]]


@each_fold
@each_printer
def test_bookmarks_links_and_boxes_go_with_their_pages(fold: Fold, printer: Printer) -> None:
    """Of each kind of destination one, all on page 2; see `reading_files`."""
    count = fold.pages_a_sheet
    parts = [*[Part("H2", (1,))] * 4, Part("Link", (1,)), Part("Figure", (1,))]
    parts += [Part("P", (count - 1,)), Part("Figure", (1,))]
    reading = reading_file(page_widths(fold, count), parts, printer.bleed_mm)
    side, point = moved(fold, count, printer)[1]
    x, y = point(20, 550)
    with pikepdf.open(io.BytesIO(impose(reading, fold, printer))) as pdf:
        sides = [each.obj.objgen for each in pdf.pages]
        action, left_open, box, name = bookmarks(pdf)
        heading = next(elements(pdf)).K[0]
        assert action.A.D[0].objgen == sides[side]
        assert numbers(action.A.D) == pytest.approx([x, y, None], abs=0.001)
        assert action.A.SD[0].objgen == heading.objgen
        assert numbers(action.A.SD) == pytest.approx([x, y, None], abs=0.001)
        assert numbers(left_open.Dest) == pytest.approx([None, y, 0], abs=0.001)
        corners = sorted(zip(point(10, 20), point(50, 70), strict=True), key=min)
        assert sorted(map(float, list(box.Dest)[2:])) == pytest.approx(
            sorted(at for pair in corners for at in pair), abs=0.001
        )
        assert str(name.Dest) == "first"
        first = pdf.Root.Names.Dests.Names[1]
        assert first[0].objgen == sides[moved(fold, count, printer)[0][0]]
        assert pdf.Root.OpenAction[0].objgen == first[0].objgen
        (link,) = [a for each in pdf.pages for a in each.obj.get("/Annots", ())]
        assert link.P.objgen == sides[side]
        last_side, last_point = moved(fold, count, printer)[count - 1]
        assert link.A.D[0].objgen == sides[last_side]
        assert numbers(link.A.D) == pytest.approx([*last_point(20, 550), 0], abs=0.001)
        left, bottom, right, top = (float(at) for at in link.Rect)
        assert left < right and bottom < top
        assert sorted([*point(20, 520), *point(90, 540)]) == pytest.approx(
            sorted([left, bottom, right, top]), abs=0.001
        )
        assert [float(at) for at in link.QuadPoints][:2] == pytest.approx(point(20, 540), abs=0.001)
        assert "/PageLabels" not in pdf.Root


@each_printer
def test_a_figures_box_goes_with_it(printer: Printer) -> None:
    parts = [Part("Figure", (2,)), Part("Figure", (2,))]  # attributes in an array; alone
    reading = reading_file(page_widths(TRIFOLD, 6), parts, printer.bleed_mm)
    _, point = moved(TRIFOLD, 6, printer)[2]
    expected = sorted([*point(10, 20), *point(50, 70)])
    with pikepdf.open(io.BytesIO(impose(reading, TRIFOLD, printer))) as pdf:
        in_array, alone = (e.A for e in elements(pdf) if e.S == "/Figure")
        for box in (in_array[1].BBox, alone.BBox):
            left, bottom, right, top = (float(at) for at in box)
            assert left < right and bottom < top
            assert sorted([left, bottom, right, top]) == pytest.approx(expected, abs=0.001)


def bookmarks(pdf: pikepdf.Pdf) -> Iterator[Any]:
    bookmark = pdf.Root.Outlines.First
    while bookmark is not None:
        yield bookmark
        bookmark = bookmark.get("/Next")


# ---------------------------------------------------------------- what cannot be imposed


@pytest.fixture(scope="module")
def by_hand() -> bytes:
    """Six panels of a trifold, a paragraph on each."""
    return reading_file(page_widths(TRIFOLD, 6), [Part("P", (at,)) for at in range(6)])


def spoilt(pdf_bytes: bytes, spoil: Any) -> bytes:
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        spoil(pdf)
        written = io.BytesIO()
        pdf.save(written)
        return written.getvalue()


def test_a_file_without_tags_is_refused(by_hand: bytes) -> None:
    bare = spoilt(by_hand, lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"))
    with pytest.raises(LayoutError, match="no tags"):
        impose(bare, TRIFOLD, OFFICE[0])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda content: content + b"/P <</MCID 99>> BDC EMC\n", r"\[99\] that no tag"),
        (lambda content: content.replace(b"/MCID 0", b"/Lost 0"), r"\[0\] that are not"),
    ],
)
def test_marks_and_tags_that_do_not_agree_are_noticed(
    by_hand: bytes, change: Any, words: str
) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        first = pdf.pages[0].obj
        first.Contents = pdf.make_stream(change(first.Contents.read_bytes()))

    with pytest.raises(LayoutError, match=words):
        impose(spoilt(by_hand, spoil), TRIFOLD, OFFICE[0])


def test_a_page_that_does_not_fit_its_panel_is_named() -> None:
    widths = page_widths(TRIFOLD, 6)
    widths[3] = 100
    reading = reading_file(widths, [Part("P", (0,))])
    with pytest.raises(LayoutError, match=r"Page 4 is 100\.0 × 210\.0 mm .* 97\.0 ×"):
        impose(reading, TRIFOLD, OFFICE[0])


def test_pages_with_resources_of_their_own_are_refused(by_hand: bytes) -> None:
    def part(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj.Resources = pdf.make_indirect(pikepdf.Dictionary())

    with pytest.raises(LayoutError, match="do not share"):
        impose(spoilt(by_hand, part), TRIFOLD, OFFICE[0])


# ---------------------------------------------------------------- whole leaflets

PANELS = """\
@page {{ size: {width}mm 210mm; margin: 9mm; }}
{sizes}
body {{ line-height: 1.25; }}
.cover, article > section {{ break-after: page; margin: 0; }}
.cover-panel {{ margin: -9mm -9mm 0; padding: 9mm; height: 120mm; }}
h1 {{ font-size: 1.6em; }}
.qr {{ float: none; }}
.formats-words {{ margin: 0; }}
.formats {{ display: none; }}
"""

SECTIONS = """
## How it begins

You sit down, and there is [a page](https://example.org/more) to read. {filler}

## What you may bring

- a worry, which may be small
- a question
- nothing at all

| When | How long |
|---|---|
| Mondays | an hour |

## What is said

> Nothing has to be decided.

{filler}

## How it ends

![Two armchairs](armchairs.png)

{filler}

## What it costs

An hour costs £50. {filler} {filler}

## What comes after

1. You go home.
2. Nothing has to be decided.
3. You may come again.
"""
FILLER = "It is a quiet hour, and nobody hurries you or asks what you would rather not tell. " * 4


def panel_setting(fold: Fold, folder: Path) -> Setting:
    """A setting for `fold`, with a stylesheet of its own in the practice's folder."""
    widths = page_widths(fold, fold.pages_a_sheet)
    sizes = "".join(
        f"@page :nth({at}) {{ size: {width}mm 210mm; }}\n" for at, width in enumerate(widths, 1)
    )
    style = folder / f"templates/leaflet/{fold.name}.css"
    style.parent.mkdir(parents=True, exist_ok=True)
    style.write_text(PANELS.format(width=widths[0], sizes=sizes), encoding="utf-8")
    return Setting(f"{fold.name}, 12 point", fold.name, fold.name, 12)


def panels_publication(fold: Fold, folder: Path) -> Publication:
    """An article whose sections fill the pages between cover and back, one a page, and no more."""
    sections = SECTIONS.format(filler=FILLER).split("\n## ")[1:]
    inner = 6 if fold.nested else fold.pages_a_sheet - 2
    text = (
        "---\ntitle: A Quiet Hour\nauthor: Jo Example\npublished: 2026-03-01\n"
        "review: 2028-03-01\nsummary: What an hour of therapy is like.\n---\n"
    ) + "".join(f"\n## {section}" for section in sections[:inner])
    path = folder / "made" / "quiet-hour.md"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    (path.parent / "armchairs.png").write_bytes((TORTURE.parent / "armchairs.png").read_bytes())
    return publication_of(path, folder / "practice")


@pytest.fixture(scope="module")
def leaflets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """By the fold's name: each file that is written for it, by the end of its name."""
    made = {}
    for fold in FOLDS:
        folder = tmp_path_factory.mktemp(fold.name)
        publication = panels_publication(fold, folder)
        setting = panel_setting(fold, publication.project.folder)
        project = replace(publication.project).for_print_shop()
        publication = replace(publication, project=project)
        out = folder / "out"
        out.mkdir()
        made[fold.name] = {
            path.stem.removeprefix(f"quiet-hour-{fold.name}").lstrip("-"): path.read_bytes()
            for path in write_folded(publication, out, setting, fold)
        }
    return made


@each_fold
def test_a_folded_edition_has_a_file_to_read_and_one_for_each_printer(
    fold: Fold, leaflets: Any
) -> None:
    assert list(leaflets[fold.name]) == ["", "print", "print-long-edge", "print-shop"]


@each_fold
@each_printer
def test_every_print_file_conforms(fold: Fold, printer: Printer, leaflets: Any) -> None:
    report = page.validate_pdf_bytes(leaflets[fold.name][printer.suffix], profile="ua1")
    assert report.rules.total > 100
    assert [failure.message for failure in report.failures] == []


@each_fold
@each_printer
def test_its_tags_say_what_the_reading_file_says(
    fold: Fold, printer: Printer, leaflets: Any
) -> None:
    read = tagged_words(leaflets[fold.name][""])
    assert len([words for _, words in read if words]) > 10
    if printer == SHOP:  # a link is words there
        read = [("/Span" if kind == "/Link" else kind, words) for kind, words in read]
    assert tagged_words(leaflets[fold.name][printer.suffix]) == read
    check_parent_tree(leaflets[fold.name][printer.suffix])


@each_fold
@pytest.mark.parametrize("printer", OFFICE, ids=lambda printer: printer.suffix)
def test_printed_and_folded_it_is_the_reading_file(
    fold: Fold, printer: Printer, leaflets: Any, tmp_path: Path
) -> None:
    """Each page as one comes to it, leafing through, against the same page on the screen."""
    read = render(leaflets[fold.name][""])
    folded = leaf_through(leaflets[fold.name][printer.suffix], printer.flip, fold.name)
    looked_at = Path(os.environ.get("LEAFCAST_PICTURES", tmp_path))
    save_contact_sheet([read, folded], looked_at / f"{fold.name}-{printer.suffix}.png")
    assert len(folded) == len(read) == fold.full(len(read))
    for at, printed in enumerate(folded):
        apart = [difference(printed, screen) for screen in read]
        assert apart[at] < 1, (at, apart)
        assert all(other > 3 * apart[at] + 1 for other in apart[:at] + apart[at + 1 :]), (at, apart)


@each_fold
def test_with_the_other_printers_file_the_backs_are_on_their_heads(
    fold: Fold, leaflets: Any
) -> None:
    read = render(leaflets[fold.name][""])
    wrong = leaf_through(leaflets[fold.name]["print"], Flip.LONG_EDGE, fold.name)
    assert difference(wrong[0], read[0]) < 1
    assert difference(wrong[1], read[1]) > 3


@each_fold
def test_its_words_lie_on_the_panels_where_they_belong(fold: Fold, leaflets: Any) -> None:
    """Letters of each panel, by where they are on the sheet."""
    read, printed = (pypdfium2.PdfDocument(leaflets[fold.name][name]) for name in ("", "print"))
    for placement in place_pages(fold, len(read), OFFICE[0]):
        panel = placement.panel
        words = (
            printed[placement.side]
            .get_textpage()
            .get_text_bounded(panel.left, panel.bottom, panel.right, panel.top)
        )
        expected = read[placement.page].get_textpage().get_text_bounded()
        assert words.split() == expected.split()


# ---------------------------------------------------------------- for the printer


@pytest.mark.parametrize(
    ("fold", "printer"),
    [
        pytest.param(fold, printer, id=f"{printer.suffix}-{fold.name}")
        for fold in FOLDS
        for printer in PRINTERS
        if not (printer == SHOP and fold.nested)  # it gets single pages
    ],
)
def test_a_printer_is_told_how_to_print_it(fold: Fold, printer: Printer, leaflets: Any) -> None:
    with pikepdf.open(io.BytesIO(leaflets[fold.name][printer.suffix])) as pdf:
        preferences = pdf.Root.ViewerPreferences
        assert str(preferences.Duplex) == printer.flip.value
        assert str(preferences.PrintScaling) == "/None"
        assert bool(preferences.DisplayDocTitle)
        assert len(pdf.pages) % 2 == 0


def mm_boxes(pdf_bytes: bytes, name: str) -> list[float]:
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        boxes = {tuple(round(float(at) / MM, 2) for at in each.obj[name]) for each in pdf.pages}
        (box,) = boxes
        return list(box)


@each_fold
def test_an_office_gets_a4_and_nothing_to_trim(fold: Fold, leaflets: Any) -> None:
    for printer in OFFICE:
        for name in ("/MediaBox", "/TrimBox", "/BleedBox"):
            assert mm_boxes(leaflets[fold.name][printer.suffix], name) == [0, 0, 297, 210]


FOR_SHOPS = (FOUR_PAGE, TRIFOLD, Z_FOLD)
each_for_shops = pytest.mark.parametrize("fold", FOR_SHOPS, ids=lambda fold: fold.name)


@each_for_shops
def test_a_print_shop_gets_a4_with_bleed_and_room_for_marks(fold: Fold, leaflets: Any) -> None:
    shop = leaflets[fold.name]["print-shop"]
    assert mm_boxes(shop, "/MediaBox") == [0, 0, 317, 230]
    assert mm_boxes(shop, "/TrimBox") == [10, 10, 307, 220]
    assert mm_boxes(shop, "/BleedBox") == [7, 7, 310, 223]


def test_of_a_booklet_it_gets_page_by_page_a5_with_bleed(leaflets: Any) -> None:
    shop = leaflets["booklet"]["print-shop"]
    assert mm_boxes(shop, "/TrimBox") == [0, 0, 148, 210]
    for name in ("/MediaBox", "/BleedBox"):
        assert mm_boxes(shop, name) == pytest.approx([-3, -3, 151, 213], abs=0.01)
    assert len(pikepdf.open(io.BytesIO(shop)).pages) == 8


MARKS = re.compile(rb"/Artifact << ?/Type /Page ?>> BDC\n(.*?)EMC", re.S)
LINE = re.compile(r"([\d.]+) ([\d.]+) m\s([\d.]+) ([\d.]+) l\sS")


def marks_on(pdf_bytes: bytes, side: int) -> list[tuple[float, float, float, float]]:
    """The marks of a side, in millimetres."""
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        drawn = b"".join(MARKS.findall(pdf.pages[side].obj.Contents.read_bytes())).decode()
        return [
            tuple(round(float(at) / MM, 1) for at in line)  # type: ignore[misc]
            for line in LINE.findall(drawn)
        ]


def test_an_office_finds_the_folds_by_small_marks_clear_of_the_edge(leaflets: Any) -> None:
    expected = [(97, 5, 97, 7.5), (97, 205, 97, 202.5), (197, 5, 197, 7.5), (197, 205, 197, 202.5)]
    assert marks_on(leaflets["trifold"]["print"], 0) == expected
    inside = [100, 100, 200, 200]
    assert [mark[0] for mark in marks_on(leaflets["trifold"]["print"], 1)] == inside
    turned = [mark[0] for mark in marks_on(leaflets["trifold"]["print-long-edge"], 1)]
    assert turned == [97, 97, 197, 197]
    assert {mark[0] for mark in marks_on(leaflets["booklet"]["print"], 1)} == {148.5}


@each_for_shops
def test_a_print_shops_marks_lie_outside_trim_and_bleed(fold: Fold, leaflets: Any) -> None:
    shop, width = leaflets[fold.name]["print-shop"], 297
    left = 10 + (width - fold.width_mm) / 2
    marks = marks_on(shop, 0)
    assert len(marks) == 8 + 2 * len(fold.creases_mm(0))
    for x1, y1, x2, y2 in marks:
        outside = [at <= 7 or at >= 13 + width for at in (x1, x2)]
        outside += [at <= 7 or at >= 223 for at in (y1, y2)]
        assert all(outside[:2]) or all(outside[2:])
        assert min(x1, y1, x2, y2) >= 2 and max(x1, x2) <= width + 18 and max(y1, y2) <= 228
    ends = {(x, y) for x, y, _, _ in marks}
    assert {(10, 7), (7, 10), (10 + width, 223), (13 + width, 220)} <= ends
    assert {(left + at, 7) for at in fold.creases_mm(0)} <= ends


def test_colour_that_reaches_the_edge_goes_on_into_the_bleed(tmp_path: Path) -> None:
    """The Z-fold's cover, right on the outside, coloured to its edges; nothing over the fold."""
    publication = panels_publication(Z_FOLD, tmp_path)
    setting = panel_setting(Z_FOLD, publication.project.folder)
    style = publication.project.folder / "templates/leaflet/Z-fold.css"
    style.write_text(
        style.read_text("utf-8") + "@page :first { margin: 0; }\n"
        ".cover-panel { margin: calc(0mm - var(--bleed)); margin-bottom: 0; }\n"
        "body { background: none; }\n",
        encoding="utf-8",
    )
    reading = lay_out(publication, replace(setting, bleed_mm=SHOP.bleed_mm))
    px = 2 * 25.4 / 72
    sheet = pypdfium2.PdfDocument(impose(reading, Z_FOLD, SHOP))[0]
    drawn = sheet.render(scale=px).to_pil().convert("L")
    fold_x, trim_right, trim_top = 2 * (10 + 198), 2 * (10 + 297), 2 * 10
    coloured, white = drawn.getpixel((trim_right - 20, trim_top + 20)), 255
    assert coloured < 120
    assert drawn.getpixel((trim_right + 4, trim_top + 20)) == coloured  # 2 mm beyond the trim
    assert drawn.getpixel((trim_right - 20, trim_top - 4)) == coloured
    assert drawn.getpixel((trim_right + 8, trim_top + 20)) == white  # beyond the bleed
    assert drawn.getpixel((fold_x - 4, trim_top + 20)) == white  # the panel before it


@each_fold
def test_no_page_of_the_reading_file_stays_behind(fold: Fold, leaflets: Any) -> None:
    for printer in OFFICE:
        with pikepdf.open(io.BytesIO(leaflets[fold.name][printer.suffix])) as pdf:
            kinds = [o.get("/Type") for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
            assert kinds.count(pikepdf.Name.Page) == len(pdf.pages)
        assert len(leaflets[fold.name][printer.suffix]) < 1.5 * len(leaflets[fold.name][""])


@each_fold
def test_links_lie_on_their_sheets(fold: Fold, leaflets: Any) -> None:
    with (
        pikepdf.open(io.BytesIO(leaflets[fold.name][""])) as before,
        pikepdf.open(io.BytesIO(leaflets[fold.name]["print-long-edge"])) as pdf,
    ):
        links = [a for each in pdf.pages for a in each.obj.get("/Annots", ())]
        assert len(links) == sum(len(each.obj.get("/Annots", ())) for each in before.pages) > 0
        for link in links:
            left, bottom, right, top = (float(at) for at in link.Rect)
            assert 0 <= left < right <= 297 * MM
            assert 0 <= bottom < top <= 210 * MM


def test_sheets_come_out_the_same_twice(by_hand: bytes) -> None:
    assert impose(by_hand, TRIFOLD, SHOP) == impose(by_hand, TRIFOLD, SHOP)


# ---------------------------------------------------------------- blank pages


def test_blank_pages_say_so_before_the_back(leaflets: Any, tmp_path: Path) -> None:
    path = tmp_path / "made" / "short.md"
    path.parent.mkdir()
    path.write_text((ROOT / "tests/cases/articles/torture.md").read_text("utf-8"), "utf-8")
    (path.parent / "armchairs.png").write_bytes((TORTURE.parent / "armchairs.png").read_bytes())
    publication = publication_of(path, tmp_path / "practice")
    from leafcast.print.editions import write_booklet

    reading, printed, _ = (each.read_bytes() for each in write_booklet(publication, tmp_path))
    book = pypdfium2.PdfDocument(reading)
    blank = "This page is left blank for your notes."
    said = [blank in each.get_textpage().get_text_bounded() for each in book]
    assert len(said) % 4 == 0
    count = sum(said)
    assert 1 <= count <= 3
    assert said == [*[False] * (len(said) - 1 - count), *[True] * count, False]
    assert tagged_words(printed) == tagged_words(reading)
