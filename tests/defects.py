"""Defects: ways to spoil a conforming leaflet, each with what must notice it.

Every defect is a function that spoils an open PDF in place. What holds it against the article
must find `code`; of the validators, veraPDF finds `rules` (PDF/UA-1), which for most is nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

Spoil = Callable[[pikepdf.Pdf], None]


@dataclass(frozen=True, slots=True)
class Defect:
    """A way to spoil a file. `code` is the finding it must lead to.

    `needs` is what the article must have for it: "" (any has it), "table", "note", and so on.
    """

    spoil: Spoil
    code: str
    needs: str = ""

    @property
    def name(self) -> str:
        return self.spoil.__name__.replace("_", " ")


DEFECTS: list[Defect] = []


def defect(code: str, needs: str = "") -> Callable[[Spoil], Spoil]:
    """Enter a function into the table of defects."""

    def enter(spoil: Spoil) -> Spoil:
        DEFECTS.append(Defect(spoil, code, needs))
        return spoil

    return enter


def spoiled(pdf_bytes: bytes, spoil: Spoil) -> bytes:
    """The file, spoiled."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        spoil(pdf)
        pdf.save(written)
    return written.getvalue()


# ---------------------------------------------------------------- finding one's way


def in_order(element: Any) -> Iterator[Any]:
    """Every structure element, in reading order."""
    for kid in element.get("/K", ()):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from in_order(kid)


def elements(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    """The elements of a type, in reading order."""
    return [each for each in in_order(pdf.Root.StructTreeRoot) if f"/{kind}" == each.S]


def article(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    """The article's elements of a type."""
    (art,) = elements(pdf, "Art")
    return [each for each in in_order(art) if f"/{kind}" == each.S]


def long_paragraph(pdf: pikepdf.Pdf, of: list[Any] | None = None) -> Any:
    """The article's first paragraph of several lines, all on one page; or the first of others."""
    return next(
        p
        for p in of or article(pdf, "P")
        if len(p.K) > 1 and all(isinstance(kid, int) for kid in p.K)
    )


def neighbours(pdf: pikepdf.Pdf) -> tuple[Any, Any]:
    """The article's first two paragraphs that follow one another, on one page."""
    all_of_them = article(pdf, "P")
    return next(
        (first, second)
        for first, second in pairwise(all_of_them)
        if first.P.objgen == second.P.objgen and first.Pg.objgen == second.Pg.objgen
    )


def position(element: Any) -> int:
    """Where it stands among its parent's kids."""
    return next(
        at
        for at, kid in enumerate(element.P.K)
        if isinstance(kid, Dictionary) and kid.objgen == element.objgen
    )


def take_out(element: Any) -> None:
    del element.P.K[position(element)]


def put(element: Any, parent: Any, at: int) -> None:
    element.P = parent
    parent.K.insert(at, element)


def swap(first: Any, second: Any) -> None:
    """Swap two elements of one parent."""
    a, b = position(first), position(second)
    first.P.K[a], first.P.K[b] = second, first


def page_of(pdf: pikepdf.Pdf, element: Any) -> Any:
    at = next(e for e in (element, *in_order(element)) if "/Pg" in e)
    return next(page.obj for page in pdf.pages if page.obj.objgen == at.Pg.objgen)


def first_mark(element: Any) -> int:
    return next(
        int(kid) for e in (element, *in_order(element)) for kid in e.K if isinstance(kid, int)
    )


def rewrite(pdf: pikepdf.Pdf, page: Any, change: Callable[[bytes], bytes]) -> None:
    """Change a page's content."""
    before = page.Contents.read_bytes()
    after = change(before)
    assert after != before
    page.Contents = pdf.make_stream(after)


def marked(number: int) -> re.Pattern[bytes]:
    """Marked content: how it begins, what it draws, how it ends."""
    return re.compile(rb"(/Span\n<</MCID %d>>\nBDC\n)(.*?)(\nEMC)" % number, re.DOTALL)


def redraw(pdf: pikepdf.Pdf, element: Any, change: Callable[[re.Match[bytes]], bytes]) -> None:
    """Change how an element's first mark is drawn."""
    pattern = marked(first_mark(element))
    rewrite(pdf, page_of(pdf, element), lambda content: pattern.sub(change, content, count=1))


def annotations(pdf: pikepdf.Pdf) -> list[Any]:
    return [each for page in pdf.pages for each in page.obj.get("/Annots", ())]


def bookmarks(pdf: pikepdf.Pdf) -> list[Any]:
    """The bookmarks under the title's."""
    found, bookmark = [], pdf.Root.Outlines.First.get("/First")
    while bookmark is not None:
        found.append(bookmark)
        bookmark = bookmark.get("/Next")
    return found


def end(pdf: pikepdf.Pdf, page: Any, content: bytes) -> None:
    """Add to the end of a page's content."""
    rewrite(pdf, page, lambda before: b"q\n" + before + b"\nQ\n" + content)


# ---------------------------------------------------------------- pictures


@defect("pdf-picture-words")
def a_picture_without_alt(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "Figure")[0].Alt


@defect("pdf-picture-words")
def a_file_name_as_alt(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "Figure")[0].Alt = String("img_2041.jpg")


@defect("pdf-picture-words")
def an_empty_alt(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "Figure")[0].Alt = String("")


@defect("pdf-picture-words")
def an_alt_that_says_picture(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "Figure")[0].Alt = String("A picture")


@defect("pdf-picture-words", "picture")
def the_alt_of_another_picture(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "Figure")[0].Alt = String("Two cats on a window sill")


@defect("pdf-foreign-words")
def an_alt_in_the_wrong_language(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "Figure")[0].Lang = String("fr")


@defect("pdf-block-missing", "picture")
def a_caption_lost(pdf: pikepdf.Pdf) -> None:
    take_out(elements(pdf, "Caption")[0])


@defect("pdf-picture-place")
def a_picture_without_its_place(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "Figure")[0].A


@defect("pdf-picture-place")
def a_picture_placed_upside_down(pdf: pikepdf.Pdf) -> None:
    box = elements(pdf, "Figure")[0].A.BBox
    box[1], box[3] = box[3], box[1]


# ---------------------------------------------------------------- what the file says of itself


@defect("pdf-language")
def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


@defect("pdf-language")
def the_wrong_language(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = String("de")


@defect("pdf-window-title")
def no_title_in_the_window(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences.DisplayDocTitle


@defect("pdf-title")
def another_title(pdf: pikepdf.Pdf) -> None:
    pdf.trailer.Info.Title = String("Untitled")


@defect("pdf-untagged")
def tags_not_vouched_for(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


@defect("pdf-untagged")
def no_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


@defect("pdf-identifier")
def no_identifier(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(packet.replace(b"pdfuaid:part>", b"pdfuaid:past>"))


@defect("pdf-tab-order")
def no_tab_order(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        if "/Annots" in page.obj:
            del page.obj.Tabs


# ---------------------------------------------------------------- bookmarks


@defect("pdf-bookmarks-missing")
def no_bookmarks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Outlines


@defect("pdf-bookmark")
def two_bookmarks_swapped(pdf: pikepdf.Pdf) -> None:
    first, second = bookmarks(pdf)[:2]
    first.Title, second.Title = second.Title, first.Title


@defect("pdf-bookmark")
def a_bookmark_lost(pdf: pikepdf.Pdf) -> None:
    parent = pdf.Root.Outlines.First
    parent.First = parent.First.Next
    del parent.First.Prev


@defect("pdf-bookmark")
def bookmarks_not_nested(pdf: pikepdf.Pdf) -> None:
    title = pdf.Root.Outlines.First
    pdf.Root.Outlines.Last = title.Last
    title.Next = title.First
    for each in bookmarks(pdf):
        each.Parent = pdf.Root.Outlines
    del title.First, title.Last, title.Count


@defect("pdf-bookmark-zoom")
def a_bookmark_that_changes_the_zoom(pdf: pikepdf.Pdf) -> None:
    bookmarks(pdf)[1].Dest[4] = 2


@defect("pdf-bookmark-zoom")
def a_bookmark_that_fits_the_page(pdf: pikepdf.Pdf) -> None:
    bookmarks(pdf)[1].Dest = Array([bookmarks(pdf)[1].Dest[0], Name.Fit])


@defect("pdf-bookmark-place")
def a_bookmark_that_leads_elsewhere(pdf: pikepdf.Pdf) -> None:
    first, *_, last = bookmarks(pdf)
    first.Dest = last.Dest


# ---------------------------------------------------------------- blocks


@defect("pdf-block-type")
def a_level_skipped(pdf: pikepdf.Pdf) -> None:
    article(pdf, "H2")[0].S = Name.H4


@defect("pdf-block-type")
def a_heading_as_a_paragraph(pdf: pikepdf.Pdf) -> None:
    article(pdf, "H2")[1].S = Name.P


@defect("pdf-block-type")
def a_paragraph_as_a_heading(pdf: pikepdf.Pdf) -> None:
    long_paragraph(pdf).S = Name.H2


@defect("pdf-block-moved")
def two_blocks_swapped(pdf: pikepdf.Pdf) -> None:
    swap(*neighbours(pdf))


@defect("pdf-block-moved")
def two_sections_swapped(pdf: pikepdf.Pdf) -> None:
    first, second = [s for s in article(pdf, "Sect") if s.P.S == "/Art"][1:3]
    swap(first, second)


@defect("pdf-block-missing")
def a_paragraph_dropped_from_the_tree(pdf: pikepdf.Pdf) -> None:
    take_out(article(pdf, "P")[0])


@defect("pdf-words-outside-tags")
def words_that_no_tag_leads_to(pdf: pikepdf.Pdf) -> None:
    take_out(article(pdf, "P")[1])


@defect("pdf-block-in-pieces")
def a_paragraph_in_two_pieces(pdf: pikepdf.Pdf) -> None:
    whole = long_paragraph(pdf)
    piece = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, Pg=whole.Pg))
    piece.K = Array(list(whole.K)[1:])
    at = position(whole) + 1
    whole.K = Array([whole.K[0]])
    put(piece, whole.P, at)


@defect("pdf-blocks-run-together")
def two_paragraphs_in_one(pdf: pikepdf.Pdf) -> None:
    first, second = neighbours(pdf)
    for kid in list(second.K):
        first.K.append(kid)
    take_out(second)


@defect("pdf-block-text")
def words_in_the_wrong_order(pdf: pikepdf.Pdf) -> None:
    paragraph = long_paragraph(pdf)
    paragraph.K = Array(list(paragraph.K)[::-1])


@defect("pdf-block-extra")
def a_sentence_twice(pdf: pikepdf.Pdf) -> None:
    """Drawn once more where it was, and tagged as one paragraph more."""
    once = article(pdf, "P")[0]
    page = page_of(pdf, once)
    found = marked(first_mark(once)).search(page.Contents.read_bytes())
    number = len(parent_array(pdf, page))
    again = found[0].replace(b"MCID %d" % first_mark(once), b"MCID %d" % number)
    rewrite(pdf, page, lambda content: content.replace(found[0], found[0] + b"\n" + again))
    element = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.P, Pg=page, K=Array([number]))
    )
    put(element, once.P, position(once) + 1)
    parent_array(pdf, page).append(element)


def parent_array(pdf: pikepdf.Pdf, page: Any) -> Any:
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    return next(
        nums[at + 1] for at in range(0, len(nums), 2) if int(nums[at]) == int(page.StructParents)
    )


@defect("pdf-mark-twice")
def words_twice_in_the_tree(pdf: pikepdf.Pdf) -> None:
    paragraph = long_paragraph(pdf)
    paragraph.K.append(paragraph.K[0])


@defect("pdf-mark-missing")
def a_tag_that_leads_to_nothing(pdf: pikepdf.Pdf) -> None:
    long_paragraph(pdf).K.append(9999)


@defect("pdf-parent-tree")
def a_way_back_to_another_tag(pdf: pikepdf.Pdf) -> None:
    array = parent_array(pdf, page_of(pdf, long_paragraph(pdf)))
    array[first_mark(long_paragraph(pdf))] = elements(pdf, "H1")[0]


@defect("pdf-blocks-run-together")
def a_section_inside_another(pdf: pikepdf.Pdf) -> None:
    first, second = [s for s in article(pdf, "Sect") if s.P.S == "/Art"][:2]
    take_out(second)
    put(second, first, len(first.K))


@defect("pdf-block-id", "note")
def a_note_without_its_id(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "Note")[0].ID = String("something-else")


@defect("pdf-block-type", "quote")
def a_quotation_as_paragraphs(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "BlockQuote")[0].S = Name.Div


# ---------------------------------------------------------------- lists and tables


@defect("pdf-block-missing")
def a_list_turned_into_paragraphs(pdf: pikepdf.Pdf) -> None:
    whole = article(pdf, "L")[-1]
    for entry in list(whole.K):
        entry.S = Name.P
        entry.Pg = page_of(pdf, entry)
        entry.K = Array([kid for each in in_order(entry) for kid in each.K if isinstance(kid, int)])
    whole.S = Name.Div


@defect("pdf-tag-outside")
def an_entry_outside_a_list(pdf: pikepdf.Pdf) -> None:
    article(pdf, "L")[0].S = Name.Div


@defect("pdf-list-label")
def a_label_lost(pdf: pikepdf.Pdf) -> None:
    take_out(article(pdf, "Lbl")[0])


@defect("pdf-list-label", "numbered list")
def a_wrong_number(pdf: pikepdf.Pdf) -> None:
    lists = [each for each in article(pdf, "L") if each.A.ListNumbering == "/Decimal"]
    first, second = (each.K[0] for each in lists[0].K)
    first.K, second.K = second.K, first.K


@defect("pdf-list-numbering")
def a_list_said_to_have_no_labels(pdf: pikepdf.Pdf) -> None:
    article(pdf, "L")[0].A.ListNumbering = Name("/None")


@defect("pdf-block-in-pieces", "nested list")
def a_nested_list_flattened(pdf: pikepdf.Pdf) -> None:
    inner = next(each for each in article(pdf, "L") if each.P.S == "/LBody")
    entry = inner.P.P
    at = position(entry)
    take_out(inner)
    for offset, nested in enumerate(list(inner.K), 1):
        put(nested, entry.P, at + offset)


@defect("pdf-block-type", "table")
def headers_turned_into_cells(pdf: pikepdf.Pdf) -> None:
    for header in elements(pdf, "TH"):
        header.S = Name.TD
        del header.A


@defect("pdf-table-header", "table")
def a_header_without_scope(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "TH")[0].A


@defect("pdf-block-missing", "table")
def a_row_lost(pdf: pikepdf.Pdf) -> None:
    take_out(elements(pdf, "TR")[2])


@defect("pdf-block-moved", "table")
def two_columns_swapped_in_a_row(pdf: pikepdf.Pdf) -> None:
    swap(*elements(pdf, "TD")[1:3])


# ---------------------------------------------------------------- languages and words


@defect("pdf-foreign-words", "foreign")
def a_foreign_phrase_without_its_language(pdf: pikepdf.Pdf) -> None:
    del next(each for each in elements(pdf, "Span") if "/Lang" in each).Lang


@defect("pdf-foreign-words")
def a_paragraph_in_the_wrong_language(pdf: pikepdf.Pdf) -> None:
    long_paragraph(pdf).Lang = String("fr")


@defect("pdf-foreign-words")
def marked_content_in_the_wrong_language(pdf: pikepdf.Pdf) -> None:
    redraw(
        pdf,
        article(pdf, "H2")[0],
        lambda found: found[0].replace(b"<</MCID", b"<</Lang (fr) /MCID", 1),
    )


@defect("pdf-actual-text")
def words_replaced_for_listeners(pdf: pikepdf.Pdf) -> None:
    article(pdf, "H2")[0].ActualText = String("Something else altogether")


@defect("pdf-block-text")
def words_replaced_in_a_mark(pdf: pikepdf.Pdf) -> None:
    redraw(
        pdf,
        article(pdf, "H2")[0],
        lambda found: found[0].replace(b"<</MCID", b"<</ActualText (Something else) /MCID", 1),
    )


@defect("pdf-block-text")
def a_space_at_a_lines_end_lost(pdf: pikepdf.Pdf) -> None:
    """The first mark of a long paragraph is a line; its last glyph is a space."""
    redraw(
        pdf,
        long_paragraph(pdf),
        lambda found: re.sub(rb"<[0-9a-f]{4}>(?:-?\d+)?\] TJ", b"] TJ", found[0]),
    )


@defect("pdf-abbreviation")
def an_abbreviation_that_stands_for_nothing(pdf: pikepdf.Pdf) -> None:
    paragraph = long_paragraph(pdf)
    span = pdf.make_indirect(
        Dictionary(
            Type=Name.StructElem, S=Name.Span, Pg=paragraph.Pg, K=Array([paragraph.K[0]]),
            E=String("It is not so"), P=paragraph,
        )
    )  # fmt: skip
    paragraph.K[0] = span


# ---------------------------------------------------------------- links


@defect("pdf-link-words")
def a_link_without_words(pdf: pikepdf.Pdf) -> None:
    del annotations(pdf)[0].Contents


@defect("pdf-link-words")
def a_link_read_as_its_address(pdf: pikepdf.Pdf) -> None:
    annotations(pdf)[0].Contents = String("https://example.org/a/long/address")


@defect("pdf-link-words")
def a_link_read_as_here(pdf: pikepdf.Pdf) -> None:
    annotations(pdf)[0].Contents = String("Click here")


@defect("pdf-link-words")
def two_links_read_as_each_other(pdf: pikepdf.Pdf) -> None:
    first, *_, last = annotations(pdf)
    first.Contents, last.Contents = last.Contents, first.Contents


@defect("pdf-link-untagged")
def a_link_that_is_no_link_in_the_tags(pdf: pikepdf.Pdf) -> None:
    link = elements(pdf, "Link")[0]
    link.S = Name.Span
    link.K = Array([kid for kid in link.K if isinstance(kid, int)])


@defect("pdf-link-missing")
def a_link_tagged_as_a_span(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "Link")[0].S = Name.Span


@defect("pdf-link-empty")
def a_link_that_leads_nowhere(pdf: pikepdf.Pdf) -> None:
    link = elements(pdf, "Link")[0]
    link.K = Array([kid for kid in link.K if isinstance(kid, int)])


@defect("pdf-link-target")
def a_link_that_leads_elsewhere(pdf: pikepdf.Pdf) -> None:
    next(each for each in annotations(pdf) if "/A" in each).A.URI = String("https://example.com")


@defect("pdf-link-target", "note")
def a_note_that_leads_elsewhere(pdf: pikepdf.Pdf) -> None:
    first, second = [each for each in annotations(pdf) if "/Dest" in each][:2]
    first.Dest, second.Dest = second.Dest, first.Dest


@defect("pdf-link-target", "note")
def a_place_that_is_another(pdf: pikepdf.Pdf) -> None:
    """The name of the note's place is right; the place is the title's."""
    name = next(each for each in annotations(pdf) if "/Dest" in each).Dest
    names = pdf.Root.Names.Dests.Names
    at = next(n for n in range(0, len(names), 2) if str(names[n]) == str(name))
    names[at + 1] = pdf.Root.Outlines.First.Dest


@defect("pdf-link-print")
def a_link_that_is_not_printed(pdf: pikepdf.Pdf) -> None:
    annotations(pdf)[0].F = 0


@defect("pdf-link-place")
def a_link_beside_its_words(pdf: pikepdf.Pdf) -> None:
    link = annotations(pdf)[0]
    link.Rect = Array([float(edge) + (0, 40)[at % 2] for at, edge in enumerate(link.Rect)])


@defect("pdf-parent-tree")
def a_link_without_a_way_back(pdf: pikepdf.Pdf) -> None:
    del annotations(pdf)[0].StructParent


# ---------------------------------------------------------------- what is left out of the tags


@defect("pdf-words-as-artifact")
def body_text_as_an_artifact(pdf: pikepdf.Pdf) -> None:
    paragraph = long_paragraph(pdf)
    number = first_mark(paragraph)
    redraw(pdf, paragraph, lambda found: b"/Artifact BMC\n" + found[2] + found[3])
    paragraph.K = Array([kid for kid in paragraph.K if kid != number])


@defect("pdf-words-as-artifact")
def the_title_as_an_artifact_of_no_page(pdf: pikepdf.Pdf) -> None:
    """At the head or foot of a page the title may stand again; here it stands in the page."""
    redraw(
        pdf, elements(pdf, "H1")[0],
        lambda found: found[0] + b"\n/Artifact BMC\n" + found[2] + found[3],
    )  # fmt: skip


@defect("pdf-words-as-artifact")
def body_text_as_pagination(pdf: pikepdf.Pdf) -> None:
    paragraph = long_paragraph(pdf)
    number = first_mark(paragraph)
    redraw(
        pdf, paragraph,
        lambda found: b"/Artifact\n<</Type /Pagination>>\nBDC\n" + found[2] + found[3],
    )  # fmt: skip
    paragraph.K = Array([kid for kid in paragraph.K if kid != number])


@defect("pdf-untagged-words")
def words_without_a_mark(pdf: pikepdf.Pdf) -> None:
    paragraph = long_paragraph(pdf)
    number = first_mark(paragraph)
    redraw(pdf, paragraph, lambda found: found[2])
    paragraph.K = Array([kid for kid in paragraph.K if kid != number])


@defect("pdf-untagged-drawing")
def a_line_without_a_mark(pdf: pikepdf.Pdf) -> None:
    end(pdf, pdf.pages[0].obj, b"0 0 10 10 re f\n")


@defect("pdf-block-extra")
def a_folio_as_content(pdf: pikepdf.Pdf) -> None:
    folio = re.compile(rb"/Artifact\n<</Type /Pagination[^>]*>>\nBDC\n")
    page = next(p.obj for p in pdf.pages if folio.search(p.obj.Contents.read_bytes()))
    array = parent_array(pdf, page)
    number = len(array)
    rewrite(
        pdf, page,
        lambda content: folio.sub(b"/Span\n<</MCID %d>>\nBDC\n" % number, content, count=1),
    )  # fmt: skip
    (art,) = elements(pdf, "Art")
    element = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.P, Pg=page, K=Array([number]))
    )
    put(element, art, 0)
    array.append(element)


# ---------------------------------------------------------------- fonts


def font_of(pdf: pikepdf.Pdf) -> Any:
    """The font of the article's paragraphs."""
    fonts = pdf.pages[0].obj.Resources.Font
    return next(fonts[name] for name in fonts if "Bold" not in str(fonts[name].BaseFont))


@defect("font-without-unicode")
def a_font_without_a_map(pdf: pikepdf.Pdf) -> None:
    del font_of(pdf).ToUnicode


@defect("font-wrong-unicode")
def a_letter_that_says_another(pdf: pikepdf.Pdf) -> None:
    """Every “e” is shown, and read as an “o”."""
    font = font_of(pdf)
    cmap = re.sub(rb"(?i)> <0065>", b"> <006f>", font.ToUnicode.read_bytes())
    font.ToUnicode = pdf.make_stream(cmap)


@defect("pdf-block-text")
def a_letter_that_says_nothing(pdf: pikepdf.Pdf) -> None:
    font = font_of(pdf)
    cmap = re.sub(rb"(?i)> <0065>", b"> <0020>", font.ToUnicode.read_bytes())
    font.ToUnicode = pdf.make_stream(cmap)


@defect("font-not-embedded")
def a_font_that_is_not_in_the_file(pdf: pikepdf.Pdf) -> None:
    descriptor = font_of(pdf).DescendantFonts[0].FontDescriptor
    for key in ("/FontFile2", "/FontFile3"):
        if key in descriptor:
            del descriptor[key]


# ---------------------------------------------------------------- looks


@defect("pdf-text-small")
def text_of_nine_points(pdf: pikepdf.Pdf) -> None:
    redraw(pdf, long_paragraph(pdf), lambda found: re.sub(rb"[\d.]+ Tf", b"12 Tf", found[0]))


@defect("pdf-text-small")
def text_made_small_by_its_matrix(pdf: pikepdf.Pdf) -> None:
    redraw(pdf, long_paragraph(pdf), lambda found: found[0].replace(b"1 0 0 -1", b".7 0 0 -.7", 1))


@defect("pdf-text-faint")
def grey_text_on_white(pdf: pikepdf.Pdf) -> None:
    redraw(
        pdf, long_paragraph(pdf), lambda found: found[0].replace(b"BT", b"0.6 0.6 0.6 rg\nBT", 1)
    )


@defect("pdf-text-faint")
def text_on_a_dark_ground(pdf: pikepdf.Pdf) -> None:
    """An artifact drawn before the page's own content."""
    ground = b"/Artifact BMC q 0.2 0.2 0.2 rg 0 0 2000 2000 re f Q EMC\n"
    rewrite(pdf, page_of(pdf, long_paragraph(pdf)), lambda content: ground + content)


@defect("pdf-text-hidden")
def white_text_on_white(pdf: pikepdf.Pdf) -> None:
    redraw(pdf, long_paragraph(pdf), lambda found: found[0].replace(b"BT", b"1 1 1 rg\nBT", 1))


@defect("pdf-text-hidden")
def text_that_is_not_drawn(pdf: pikepdf.Pdf) -> None:
    redraw(pdf, long_paragraph(pdf), lambda found: found[0].replace(b"BT", b"BT 3 Tr", 1))


@defect("pdf-text-hidden")
def text_under_a_box(pdf: pikepdf.Pdf) -> None:
    box = b"/Artifact BMC q 1 1 1 rg 0 0 2000 2000 re f Q EMC\n"
    end(pdf, page_of(pdf, long_paragraph(pdf)), box)


@defect("pdf-text-off-page")
def text_off_the_page(pdf: pikepdf.Pdf) -> None:
    redraw(
        pdf, long_paragraph(pdf),
        lambda found: re.sub(rb"1 0 0 -1 [\d.]+", b"1 0 0 -1 1500", found[0], count=1),
    )  # fmt: skip


@defect("pdf-text-overlaps")
def text_drawn_over_text(pdf: pikepdf.Pdf) -> None:
    """The second line of a paragraph is drawn where the first is."""
    paragraph = long_paragraph(pdf)
    page = page_of(pdf, paragraph)
    first, second = (marked(int(kid)) for kid in list(paragraph.K)[:2])
    matrix = re.search(rb"1 0 0 -1 \S+ \S+ Tm", first.search(page.Contents.read_bytes())[2])
    assert matrix
    rewrite(
        pdf, page,
        lambda content: second.sub(
            lambda found: re.sub(rb"1 0 0 -1 \S+ \S+ Tm", matrix[0], found[0]), content
        ),
    )  # fmt: skip


# ---------------------------------------------------------------- what a client's program finds


@defect("pdf-word-apart")
def letters_that_stand_apart(pdf: pikepdf.Pdf) -> None:
    """A fifth of an em after each letter, as a style sheet's letter-spacing is written."""

    def apart(shown: re.Match[bytes]) -> bytes:
        return b"".join(b"<%s> -200 " % glyph for glyph in re.findall(rb".{4}", shown[1]))

    redraw(pdf, long_paragraph(pdf), lambda found: re.sub(rb"<([0-9a-f]+)>", apart, found[0]))


@defect("pdf-line-short")
def a_line_that_ends_after_a_few_letters(pdf: pikepdf.Pdf) -> None:
    """The rest of it stands on the next line."""
    paragraph = long_paragraph(pdf, of=article(pdf, "P")[::-1])
    first, second = (marked(int(kid)) for kid in list(paragraph.K)[:2])
    shown = re.compile(rb"\[(.*?)\] TJ")

    def cut(content: bytes) -> bytes:
        line = first.search(content)
        assert line
        glyphs = re.findall(
            rb"<[0-9a-f]{4}>[-.\d]*", re.sub(rb"([0-9a-f]{4})(?=[0-9a-f])", rb"\1><", line[0])
        )
        kept, rest = b"".join(glyphs[:6]), b"".join(glyphs[6:])
        shorter = shown.sub(lambda _: b"[" + kept + b"] TJ", line[0], count=1)
        content = content.replace(line[0], shorter)
        return second.sub(
            lambda found: shown.sub(
                lambda array: b"[" + rest + array[1] + b"] TJ", found[0], count=1
            ),
            content,
        )

    rewrite(pdf, page_of(pdf, paragraph), cut)


@defect("pdf-reading-order")
def lines_painted_in_another_order(pdf: pikepdf.Pdf) -> None:
    """Each where it was, but the second before the first."""
    paragraph = long_paragraph(pdf)
    first, second = (marked(int(kid)) for kid in list(paragraph.K)[:2])

    def turned(content: bytes) -> bytes:
        one, other = first.search(content), second.search(content)
        assert one
        assert other
        between = content[one.end() : other.start()]
        rest = content[: one.start()], content[other.end() :]
        return rest[0] + other[0] + between + one[0] + rest[1]

    rewrite(pdf, page_of(pdf, paragraph), turned)


# ---------------------------------------------------------------- QR code


@defect("pdf-qr-wrong")
def a_code_that_leads_elsewhere(pdf: pikepdf.Pdf) -> None:
    draw_code(pdf, "https://example.com/elsewhere")


@defect("pdf-qr-unreadable")
def a_code_that_cannot_be_read(pdf: pikepdf.Pdf) -> None:
    left, bottom, right, top = code_box(pdf)
    cover = f"1 1 1 rg {left} {bottom} {(right - left) / 2} {top - bottom} re f"
    end(pdf, page_of(pdf, elements(pdf, "Figure")[-1]), f"/Artifact BMC q {cover} Q EMC\n".encode())


@defect("pdf-qr-missing")
def a_code_that_is_no_picture(pdf: pikepdf.Pdf) -> None:
    take_out(elements(pdf, "Figure")[-1])


def code_box(pdf: pikepdf.Pdf) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(edge) for edge in elements(pdf, "Figure")[-1].A.BBox)
    return left, bottom, right, top


def draw_code(pdf: pikepdf.Pdf, address: str) -> None:
    """Another code over the one that is there."""
    import segno

    left, bottom, right, top = code_box(pdf)
    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix_iter(border=4)]
    module = (right - left) / len(rows)
    squares = [f"1 1 1 rg {left} {bottom} {right - left} {top - bottom} re f 0 g"]
    squares += [
        f"{left + x * module:.3f} {top - (y + 1) * module:.3f} {module:.3f} {module:.3f} re"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    ]
    content = f"/Artifact BMC q {' '.join(squares)} f Q EMC\n"
    end(pdf, page_of(pdf, elements(pdf, "Figure")[-1]), content.encode())
