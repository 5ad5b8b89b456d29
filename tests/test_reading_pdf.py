"""A PDF read back: instructions, strings of text where they stand, fonts, blocks."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from leafcast.checks.pdf.blocks import Block, Linked, gather, same_target
from leafcast.checks.pdf.comparing import compare, first_difference
from leafcast.checks.pdf.content_stream import draw_page
from leafcast.checks.pdf.document import read_document
from leafcast.checks.pdf.drawing import Drawing, FontCache, Run
from leafcast.checks.pdf.fonts import read_to_unicode
from leafcast.checks.pdf.furniture import expected_furniture, read_html
from leafcast.checks.pdf.linking import _names
from leafcast.checks.pdf.pictures import FILE_NAME, SAYS_NOTHING
from leafcast.checks.pdf.tokens import read_instructions, text_of
from leafcast.checks.wording import same_words

# ---------------------------------------------------------------- instructions


def instructions(content: bytes) -> list[tuple[str, list[Any]]]:
    pdf = pikepdf.new()
    return read_instructions(content, pdf.make_stream(content))


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (b"1 0 0 -1 .5 -7. cm", ("cm", [1.0, 0.0, 0.0, -1.0, 0.5, -7.0])),
        (b"[<0041>-12<00 42>3] TJ", ("TJ", [[b"\0A", -12.0, b"\0B", 3.0]])),
        (rb"(a\(b\)\101\n) Tj", ("Tj", [b"a(b)A\n"])),
        (b"(a(b)c) Tj", ("Tj", [b"a(b)c"])),
        (b"[(a) 3 (b)] TJ", ("TJ", [[b"a", 3.0, b"b"]])),
        (b"/Span <</MCID 3 /Lang (fr)>> BDC", ("BDC", ["/Span", {"/MCID": 3.0, "/Lang": b"fr"}])),
        (b"/Artifact BMC", ("BMC", ["/Artifact"])),
        (b"% a note\n1 g", ("g", [1.0])),
        (b"/A#20b gs", ("gs", ["/A b"])),
    ],
)
def test_an_instruction_is_read_however_it_is_written(
    content: bytes, read: tuple[str, list[Any]]
) -> None:
    assert instructions(content) == [read]


def test_a_picture_in_the_content_is_passed_over() -> None:
    content = b"1 g BI /W 1 /H 1 /BPC 8 /CS /G ID \x41 EI 0 g"
    assert instructions(content) == [("g", [1.0]), ("g", [0.0])]


@pytest.mark.parametrize(
    ("string", "text"),
    [(b"caf\xe9", "café"), (b"\xfe\xff\x20\x1c", "“"), (b"\xef\xbb\xbf\xe2\x80\x9c", "“")],
)
def test_a_text_string_has_one_of_three_encodings(string: bytes, text: str) -> None:
    assert text_of(string) == text


# ---------------------------------------------------------------- drawing


def drawing(content: bytes, **resources: Any) -> Drawing:
    """What a page of 200 by 200 points draws; its font is /F, each glyph half an em wide."""
    pdf = pikepdf.new()
    cmap = b"1 beginbfrange <0020> <007e> <0020> endbfrange"
    inner = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, DW=500)
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/House-Bold"),
        DescendantFonts=Array([inner]), ToUnicode=pdf.make_stream(cmap),
    )  # fmt: skip
    page = Dictionary(
        MediaBox=Array([0, 0, 200, 200]), Contents=pdf.make_stream(content),
        Resources=Dictionary(Font=Dictionary({"/F": font}), **resources),
    )  # fmt: skip
    return draw_page(page, 0, FontCache())


def run(content: bytes, **resources: Any) -> Run:
    (only,) = drawing(content, **resources).runs
    return only


AB = b"[<00410042>] TJ"


def test_text_is_as_large_as_every_matrix_together_makes_it() -> None:
    drawn = run(b"2 0 0 2 0 0 cm BT .5 0 0 .5 10 20 Tm /F 12 Tf " + AB + b" ET")
    assert (drawn.text, drawn.size_pt, drawn.bold) == ("AB", 12.0, True)
    assert drawn.box == pytest.approx((20, 40, 32, 40 + 12 * 0.48))


def test_text_on_its_head_is_found_where_it_is() -> None:
    drawn = run(b"-1 0 0 -1 200 200 cm BT 1 0 0 1 10 20 Tm /F 10 Tf " + AB + b" ET")
    assert drawn.size_pt == 10
    assert drawn.box == pytest.approx((180, 180 - 4.8, 190, 180))


def test_text_goes_on_where_the_last_string_ended() -> None:
    first, second = drawing(b"BT 10 20 Td /F 10 Tf " + AB + b" (\0C) Tj ET").runs
    assert (first.box[2], second.box[0]) == (20, 20)


def test_space_at_the_ends_is_no_part_of_the_box() -> None:
    drawn = run(b"BT 10 20 Td /F 10 Tf [<00200041> -100 <0020>] TJ ET")
    assert (drawn.text, drawn.box[0], drawn.box[2]) == (" A ", 15, 20)


def test_q_and_big_q_keep_the_colour() -> None:
    drawn = run(b"1 0 0 rg q 0 1 0 rg Q BT /F 10 Tf " + AB + b" ET")
    assert drawn.colour == (1, 0, 0)


@pytest.mark.parametrize(
    ("colour", "rgb"),
    [(b"0.5 g", (0.5,) * 3), (b"0 1 1 0 k", (1, 0, 0)), (b"0 0 1 scn", (0, 0, 1))],
)
def test_colours_are_read_in_every_space(colour: bytes, rgb: tuple[float, ...]) -> None:
    assert run(colour + b" BT /F 10 Tf " + AB + b" ET").colour == rgb


@pytest.mark.parametrize(
    ("condition", "rgb"),
    [("FOGRA39", (227 / 255, 6 / 255, 19 / 255)), ("FOGRA51", (1, 0, 0)), ("", (1, 0, 0))],
)
def test_inks_look_as_on_the_paper_that_the_file_names(
    condition: str, rgb: tuple[float, ...]
) -> None:
    """Magenta on yellow is #E30613 on coated paper, as printers' tables have it."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    page.obj.Resources = Dictionary(Font=Dictionary({"/F": Dictionary(Type=Name.Font)}))
    page.obj.Contents = pdf.make_stream(b"0 1 1 0 k BT /F 10 Tf (A) Tj ET")
    if condition:
        profile = pdf.make_stream(b"", N=4)
        intent = Dictionary(
            S=Name.GTS_PDFX, OutputConditionIdentifier=condition, DestOutputProfile=profile
        )
        pdf.Root.OutputIntents = Array([intent])
    (only,) = read_document(pdf).pages[0].drawing.runs
    assert only.colour == pytest.approx(rgb, abs=0.03)


def test_marks_are_kept_with_what_they_say() -> None:
    drawn = drawing(
        b"/Span <</MCID 0 /Lang (fr)>> BDC BT /F 10 Tf " + AB + b" ET EMC "
        b"/Artifact <</Type /Pagination>> BDC BT " + AB + b" ET EMC BT " + AB + b" ET"
    )
    first, second, third = (each.mark for each in drawn.runs)
    assert (first.number, first.language, first.artifact) == (0, "fr", "")
    assert (second.number, second.artifact) == (None, "Pagination")
    assert third.loose
    assert drawn.marks == [0]


def test_what_is_painted_without_a_mark_is_counted() -> None:
    assert drawing(b"/Artifact BMC 0 0 9 9 re f EMC 0 0 9 9 re f n").loose_paint == 1


def test_text_in_a_form_is_found_too() -> None:
    pdf = pikepdf.new()
    form = Stream(pdf, b"BT /F 10 Tf " + AB + b" ET")
    form.Subtype, form.Matrix = Name.Form, Array([2, 0, 0, 2, 5, 5])
    drawn = run(b"/Span <</MCID 4>> BDC /X Do EMC", XObject=Dictionary({"/X": form}))
    assert (drawn.text, drawn.size_pt, drawn.mark.number) == ("AB", 20.0, 4)


def test_a_map_is_read_in_all_its_forms() -> None:
    cmap = (
        b"beginbfchar <01> <0041> <0002> <00660069> endbfchar "
        b"beginbfrange <0010> <0012> <0061> <0020> <0021> [<0078> <0079>] endbfrange"
    )
    assert read_to_unicode(cmap) == {
        1: "A", 2: "fi", 16: "a", 17: "b", 18: "c", 32: "x", 33: "y"
    }  # fmt: skip


# ---------------------------------------------------------------- words


def test_words_are_compared_without_what_only_a_typesetter_sees() -> None:
    assert same_words(" soft\u00adly  spo\u200bken\u00a0e\u0301 ") == "softly spoken é"
    assert same_target("https://a.org/caf%C3%A9/") == same_target("https://a.org/café")


def test_phrases_of_one_language_are_joined() -> None:
    pieces = [("", "It is "), ("fr", "mot "), ("fr", "juste"), ("", ". "), ("de", "Wort")]
    assert gather(pieces) == (("fr", "mot juste"), ("de", "Wort"))


@pytest.mark.parametrize(
    ("spoken", "shown", "named"),
    [
        ("the practice, opens example.org", "the practice", True),
        ("Note 1", "[1]", True),
        ("example.org, opens the website", "example.org", True),
        ("https://example.org/x", "https://example.org/x", False),
        ("#note-1", "[1]", False),
        ("Click here", "here", False),
        ("the contents", "the practice", False),
        ("", "the practice", False),
    ],
)
def test_a_link_is_read_by_its_words(spoken: str, shown: str, named: bool) -> None:
    assert _names(spoken, shown) is named


@pytest.mark.parametrize(
    "alt", ["img_2041.jpg", "armchairs.png", "A picture", "image 3", "…", "IMG"]
)
def test_words_that_say_nothing_of_a_picture(alt: str) -> None:
    assert FILE_NAME.fullmatch(alt) or SAYS_NOTHING.fullmatch(alt)


@pytest.mark.parametrize("alt", ["Two armchairs", "A picture of two armchairs", "Figure skating"])
def test_words_that_say_something(alt: str) -> None:
    assert not (FILE_NAME.fullmatch(alt) or SAYS_NOTHING.fullmatch(alt))


# ---------------------------------------------------------------- comparing


def paragraph(text: str, **more: Any) -> Block:
    return Block("P", text, **more)


ONE, TWO, THREE = paragraph("One thing."), paragraph("Two things."), paragraph("Three things.")


@pytest.mark.parametrize(
    ("found", "codes"),
    [
        ((ONE, TWO, THREE), []),
        ((ONE, THREE), ["pdf-block-missing"]),
        ((ONE, TWO, THREE, TWO), ["pdf-block-extra"]),
        ((TWO, ONE, THREE), ["pdf-block-moved"]),
        ((ONE, Block("H2", "Two things."), THREE), ["pdf-block-type"]),
        ((ONE, paragraph("Two"), paragraph("things."), THREE), ["pdf-block-in-pieces"]),
        ((ONE, paragraph("Two things. Three things.")), ["pdf-blocks-run-together"]),
        ((ONE, paragraph("Two thinks."), THREE), ["pdf-block-text"]),
        ((), ["pdf-block-missing"] * 3),
        ((ONE, paragraph("Two things.", phrases=(("fr", "Two"),)), THREE), ["pdf-foreign-words"]),
        (
            (ONE, paragraph("Two things.", links=(Linked("Two", "#x"),)), THREE),
            ["pdf-link-missing"],
        ),
    ],
)
def test_a_row_of_blocks_is_held_against_another(
    found: tuple[Block, ...], codes: list[str]
) -> None:
    assert [fault.code for fault in compare((ONE, TWO, THREE), found)] == codes


def test_a_fault_deep_inside_is_told_once_and_where_it_is() -> None:
    inner = Block("L", children=(Block("LI", children=(Block("LBody", children=(ONE,)),)),))
    wanted = (Block("Sect", children=(TWO, inner), id="a"),)
    spoiled = Block("L", children=(Block("LI", children=(Block("LBody", "Else."),)),))
    found = (Block("Sect", children=(TWO, spoiled), id="a"),)
    (missing, extra) = compare(wanted, found)
    assert (missing.code, extra.code) == ("pdf-block-missing", "pdf-block-extra")
    assert "One thing." in missing.words


def test_a_difference_is_shown_where_it_is() -> None:
    assert first_difference("It is quiet here.", "It is quite here.") == (
        "“It is quiet here.” is “It is quite here.”"
    )


# ---------------------------------------------------------------- the page around


def test_the_page_tells_what_stands_around_the_article() -> None:
    page = read_html(
        '<html><head><title>No</title></head><body><div class="cover"><h1>Title</h1></div>'
        '<article><p>Not this.</p></article><section><h2 id="h">Head</h2>'
        "<ul><li><p><strong>A:</strong> b</p></li><li>c<br>d</li></ul>"
        '<img alt="QR code"><p>See <a href="https://a.org/">this</a> &amp; '
        '<span lang="fr">ça</span>.</p></section></body></html>'
    )
    title, article, section = expected_furniture(page)
    assert (title.type, title.text) == ("H1", "Title")
    assert article == Block("Art")
    heading, points, code, words = section.children
    assert (heading.id, heading.text) == ("h", "Head")
    assert [entry.children[0].words for entry in points.children] == ["A: b", "c d"]
    assert (code.type, code.alt) == ("Figure", "QR code")
    assert words.text == "See this & ça."
    assert words.links == (Linked("this", "https://a.org"),)
    assert words.phrases == (("fr", "ça"),)


def test_what_says_its_language_says_it_for_all_that_is_in_it() -> None:
    """But the page, whose language is that of the whole file."""
    page = read_html(
        '<html lang="cy"><body><ul><li lang="en-GB"><p>Call <b>now</b></p>'
        '<p lang="fr">Appelez</p></li><li><p>Galwch</p></li></ul></body></html>'
    )
    (points,) = expected_furniture(page)
    english, welsh = (entry.children[0].children for entry in points.children)
    told = [each.phrases for each in (*english, *welsh)]
    assert told == [(("en-GB", "Call now"),), (("fr", "Appelez"),), ()]
