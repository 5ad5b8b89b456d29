"""Braille: what is written for what is print, how it stands on the page, and what is checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafcast.braille import liblouis
from leafcast.braille.editions import write_braille
from leafcast.braille.files import BRAILLE_ASCII, read_brf, write_brf, write_pef
from leafcast.braille.layout import (
    CELLS,
    DEEPEST,
    LINES,
    TEXT_LINES,
    Page,
    divide,
    joined,
    lay_out,
    number_cells,
    passage_lines,
)
from leafcast.braille.passages import Passage, article_passages, heading
from leafcast.braille.spelling import Piece, spell
from leafcast.braille.words import BLANK, TIED, noted, plain_words, sentence_words
from leafcast.build.pipeline import Request, build
from leafcast.checks.braille import check_braille, lost_words
from leafcast.document.article import (
    Article,
    Block,
    Cell,
    Figure,
    Foreign,
    Inline,
    ListBlock,
    ListEntry,
    Note,
    NoteMark,
    Paragraph,
    Quote,
    Sentence,
    Strong,
    Table,
    Text,
)
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place, Report, Severity
from leafcast.page.media import media_type, pages_of
from leafcast.practice.project import Contact, CrisisLine, Practice, Project, load_project
from tests.conftest import ROOT
from tests.test_pipeline import Notes, everything

with_liblouis = pytest.mark.skipif(not liblouis.version(), reason="liblouis is not here")
PLACE = Place("source/quiet-hour.md", 9)
PRACTICE = Practice(
    "Jo Example",
    "https://example.org",
    contact=Contact("Please call.", "01632 960123", "jo@example.org", "2 Low Row, York YO1 7HH"),
    crisis=(CrisisLine("Samaritans", "Call free on 116 123"),),
)


def sentence(text: str) -> Sentence:
    """A sentence in which **words** are strong and [words] are French."""
    inlines: list[Inline] = []
    for part in re.split(r"(\*\*.*?\*\*|\[[^]]* [^]]*\]|\[\w+\])", text):
        if part.startswith("**"):
            inlines.append(Strong((Text(part.strip("*")),)))
        elif part.startswith("["):
            inlines.append(Foreign((Text(part.strip("[]")),), "fr") if "]" in part else Text(part))
        elif part:
            inlines.append(Text(part))
    return Sentence("s", tuple(inlines))


def paragraph(*texts: str) -> Paragraph:
    return Paragraph("b", PLACE, tuple(sentence(text) for text in texts))


def listing(*entries: Block | str, ordered: bool = False) -> ListBlock:
    made = (entry if not isinstance(entry, str) else paragraph(entry) for entry in entries)
    return ListBlock("l", PLACE, tuple(ListEntry("e", PLACE, (each,)) for each in made), ordered)


def an_article(*blocks: Block, title: str = "A Quiet Hour") -> Article:
    return Article(
        slug="quiet-hour",
        source="source/quiet-hour.md",
        title=title,
        author="Jo Example",
        language="en-GB",
        published=date(2026, 3, 1),
        review=date(2028, 3, 1),
        introduction=blocks,
    )


def a_publication(folder: Path, *blocks: Block) -> Publication:
    return Publication(an_article(*blocks), Project(folder, PRACTICE))


def lines_of(*blocks: Block) -> list[str]:
    """The lines of these blocks alone, in Braille ASCII."""
    pages = lay_out(article_passages(an_article(*blocks), PRACTICE))
    lines = [line for page in pages for line in page[:-1]]
    start = next(at for at, line in enumerate(lines) if line.endswith("⠈⠨⠜")) + 1
    end = next(at for at, line in enumerate(lines) if line.strip(BLANK) == "⠠⠛⠑⠞⠀⠔⠀⠞⠳⠡")
    return [in_ascii(line) for line in lines[start:end]]


def in_ascii(cells: str) -> str:
    return "".join(BRAILLE_ASCII[ord(cell) - 0x2800] for cell in cells)


# ---------------------------------------------------------------- print and braille

CASES = [
    case.split("\n")
    for case in (ROOT / "tests/cases/braille.txt").read_text("utf-8").strip().split("\n\n")[1:]
]


@with_liblouis
@pytest.mark.parametrize(("rule", "printed", "braille"), CASES, ids=[case[1] for case in CASES])
def test_print_is_brailled_by_the_rules(rule: str, printed: str, braille: str) -> None:
    words = sentence_words((sentence(printed),))
    assert BLANK.join(words).replace(TIED, BLANK) == braille, rule


@with_liblouis
def test_a_heading_and_a_byline_are_not_marked_as_bold() -> None:
    told = (sentence("It is **not** so"),)
    assert "⠘" in "".join(sentence_words(told))
    assert "⠘" not in "".join(sentence_words(told, emphasis=False))


@with_liblouis
def test_a_postcode_is_one_word_and_so_is_a_number_to_dial() -> None:
    assert len(plain_words("York YO1 7HH")) == 2
    assert len(plain_words("Call 0300 123 3393")) == 2


@with_liblouis
@pytest.mark.parametrize(
    ("text", "brailled"),
    [
        ("SW1A 1AA, NE1 4AB", "⠠⠠⠠⠎⠺⠼⠁⠰⠁\u00a0⠼⠁⠰⠁⠁⠂ ⠝⠑⠼⠁\u00a0⠼⠙⠰⠁⠃⠠⠄"),
        ("EC1A 1BB; M1 1JE; B33 8TH", "⠠⠠⠠⠑⠉⠼⠁⠰⠁\u00a0⠼⠁⠰⠃⠃⠆ ⠍⠼⠁\u00a0⠼⠁⠰⠚⠑⠆ ⠃⠼⠉⠉\u00a0⠼⠓⠞⠓⠠⠄"),
        ("Go to SW1A 1AA", "⠠⠛ ⠞⠕ ⠠⠠⠎⠺⠼⠁⠠⠁\u00a0⠼⠁⠠⠠⠁⠁"),
        ("5A or 5a", "⠼⠑⠠⠁ ⠕⠗ ⠼⠑⠰⠁"),
    ],
)
def test_a_letter_after_a_figure_is_never_read_as_one(text: str, brailled: str) -> None:
    """Within a passage of capitals too: SW1A is not SW11 (UEB 6.5)."""
    assert " ".join(plain_words(text)) == brailled


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Україна", ["7 Cyrillic letters"]),
        ("ёлка", ["4 Cyrillic letters"]),
        ("noël", ["noël"]),
    ],
)
def test_no_letter_is_taken_for_one_of_another_script(text: str, pieces: list[str]) -> None:
    """The English table has ё and ї, as ë and ï."""
    assert [piece.text for piece in spell(Piece(text))] == pieces


@with_liblouis
@pytest.mark.parametrize(
    "text",
    [
        "SW1A 1AA, NE1 4AB",
        "C++, C#, .NET, Node.js",
        "A1, B2, C3, 4D",
        "BACP, UKCP, NCPS 2B",
        "No, no, .No",
    ],
)
def test_words_in_a_passage_of_capitals_are_found(text: str) -> None:
    brailled = plain_words(text)
    assert list(lost_words([text], brailled)) == []
    assert list(lost_words([text], brailled[:-1])) != []


@with_liblouis
@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=40))
def test_any_text_is_braille_of_six_dots_and_no_letter_goes_unsaid(text: str) -> None:
    words = plain_words(text)
    assert all("\u2801" <= cell <= "\u283f" or cell == TIED for word in words for cell in word)
    assert words or not re.search(r"[^\W_]", text)


@with_liblouis
@pytest.mark.parametrize(
    "hard", ["心", "😀", "ℵ", "привет", "🏳️‍🌈", "ა", "Ș", "ά", "𝐀", "x¹", "ﬁ", "①"]
)
def test_hard_letters_are_said(hard: str) -> None:
    assert "".join(plain_words(hard))
    assert "⡳" not in "".join(plain_words(hard))  # how liblouis spells what it does not know


# ---------------------------------------------------------------- pages


@with_liblouis
def test_a_paragraph_begins_in_cell_three_and_a_list_in_cell_one() -> None:
    two = "Something long enough to run over the end of a line of braille."
    assert lines_of(paragraph("You may bring:"), listing("a worry", two), paragraph("Done.")) == [
        "",
        "  ,Y MAY BR+3",
        "",
        "A WORRY",
        ',"S?+ L;G 5 TO RUN OV] ! 5D ( A L9E (',
        "  BRL4",
        "",
        '  ,D"O4',
        "",
    ]


@with_liblouis
def test_a_list_in_a_list_is_two_cells_further_in_and_runs_over_beyond_both() -> None:
    long = "a question that is long enough to run over the end of its line"
    inner = ListEntry("e", PLACE, (paragraph("one"), listing(long)))
    lines = lines_of(ListBlock("l", PLACE, (inner,), ordered=True, start=4))
    assert lines[1] == '#D4 "O'
    assert lines[2].startswith('  A "Q T IS')
    assert lines[3].startswith("    ") and lines[3][4] != " "


@with_liblouis
def test_a_quotation_is_further_in() -> None:
    assert "    ,Y SIT4" in lines_of(Quote("q", PLACE, (paragraph("You sit."),)))


@with_liblouis
def test_a_table_is_told_row_by_row_each_cell_after_its_column() -> None:
    def cell(text: str) -> Cell:
        return Cell("c", (sentence(text),) if text else ())

    rows = ((cell("Brief"), cell("£60")), (cell("Long"), cell("")))
    lines = lines_of(Table("t", PLACE, (cell("Kind"), cell("Cost")), rows))
    assert lines[3:7] == [",K9D3 ,BRIEF", "  ,CO/3 @L#FJ", ",K9D3 ,L;G", "  ,CO/3 @.<LEFT EMPTY@.>"]


@with_liblouis
def test_a_picture_is_said_in_a_transcribers_note_and_its_caption_follows() -> None:
    figure = Figure("f", PLACE, "two.png", "Two chairs", (sentence("The room."),))
    assert lines_of(figure) == ["", "      @.<,PICTURE3 ,TWO *AIRS@.>", "      ,! ROOM4", ""]


@with_liblouis
def test_a_note_is_called_as_in_print_and_stands_at_the_end() -> None:
    called = Sentence("s", (Text("So it is."), NoteMark("n1", 1)))
    article = an_article(Paragraph("b", PLACE, (called,)))
    article = replace(article, notes=(Note("n1", 1, (paragraph("Perhaps."),)),))
    (page, *_) = lay_out(article_passages(article, PRACTICE))
    lines = [in_ascii(line) for line in page]
    assert "  ,S X IS4.<#A.>" in lines
    assert lines[lines.index("    ,NOTES") + 1] == ".<#A.> ,P]H4"


@with_liblouis
def test_the_first_page_says_whose_it_is_and_that_nobody_checked_it() -> None:
    (page, *_) = lay_out(article_passages(an_article(paragraph("It is.")), PRACTICE))
    lines = [in_ascii(line) for line in page]
    assert lines[0] == " " * 13 + ",A ,QUIET ,H\\R"
    assert lines[2] == " " * 14 + ",JO ,EXAMPLE"
    assert lines[4] == "      @.<,? BRL 0 MADE BY A PROGRAM &"
    assert lines[5] == "    HAS N BE5 *ECK$ BY A TRANSCRIB]4 ,X"
    assert lines[24] == " " * 38 + "#A"


@with_liblouis
def test_contact_and_crisis_lines_are_there() -> None:
    brf = write_brf(lay_out(article_passages(an_article(paragraph("It is.")), PRACTICE))).decode()
    for line in (
        ",TELEPH\"O #JAFCB\"IFJABC", ",E-MAIL JO@AEXAMPLE4ORG", ",YORK ,,YO#A #G,,HH",
        ",SAM>ITANS3 ,CALL FREE ON #AAF\"ABC", "EXAMPLE4ORG_/QUIET-H\\R",
        ",PUBLI%$ #A ,M>* #BJBF4 ,TO 2 REVIEW$",
    ):  # fmt: skip
        assert line in brf


def word(length: int) -> str:
    return "⠁" * length


def test_a_word_is_not_divided_where_it_fits_on_a_line() -> None:
    assert passage_lines(Passage((word(30), word(9)))) == ["⠀⠀" + word(30), word(9)]
    assert passage_lines(Passage((word(30), word(7)))) == ["⠀⠀" + word(30) + "⠀" + word(7)]


@pytest.mark.parametrize(
    ("long", "first"),
    [
        ("⠁⠁⠁⠸⠌⠁⠁⠁⠁⠁⠁⠁⠁", "⠁⠁⠁⠸⠌⠐"),
        ("⠁⠁⠈⠁⠁⠁⠁⠁⠁⠁⠁⠁", "⠁⠁⠈⠁⠐"),
        ("⠁⠁⠁⠁⠲⠉⠕⠲⠥⠅⠁⠁⠁", "⠁⠁⠁⠁⠲⠉⠕⠐"),
        ("⠁⠁⠁⠤⠁⠁⠁⠁⠁⠁", "⠁⠁⠁⠤"),
        ("⠼⠁⠃⠉⠐⠉⠙⠑⠐⠋⠛⠓", "⠼⠁⠃⠉⠐⠐"),
        ("⠁⠁⠁⠁⠁⠁⠁⠼⠁⠁⠁", "⠁⠁⠁⠁⠁⠁⠁⠐"),
        ("⠁⠁⠁\u00a0⠁⠁⠁⠁⠁⠁", "⠁⠁⠁"),
    ],
    ids=["solidus", "at sign", "full stop", "hyphen", "UEB 6.10.4", "no prefix ends a line", "tied"],
)  # fmt: skip
def test_a_word_longer_than_a_line_is_divided_at_a_good_place(long: str, first: str) -> None:
    assert divide(long, 8)[0] == first


def test_page_numbers_are_numbers() -> None:
    assert number_cells(10) == "⠼⠁⠚"


PASSAGES = st.lists(
    st.builds(
        Passage,
        words=st.lists(st.integers(1, 60).map(word), min_size=1, max_size=30).map(tuple),
        first=st.integers(0, 30),
        rest=st.integers(0, 30),
        before=st.booleans(),
        after=st.booleans(),
        centred=st.booleans(),
        kept=st.booleans(),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(PASSAGES)
def test_no_page_or_line_is_too_long_and_every_word_stays(passages: list[Passage]) -> None:
    pages = lay_out(passages)
    for number, page in enumerate(pages, 1):
        assert len(page) == LINES
        assert all(len(line) <= CELLS for line in page)
        assert page[0].strip(BLANK), "no page begins with an empty line"
        assert page[-1].strip(BLANK) == number_cells(number)
    assert "".join(joined(pages)) == "".join(w for passage in passages for w in passage.words)


@settings(max_examples=60, deadline=None)
@given(PASSAGES)
def test_no_word_that_fits_is_divided(passages: list[Passage]) -> None:
    short = [replace(p, words=tuple(w[: CELLS - DEEPEST] for w in p.words)) for p in passages]
    assert joined(lay_out(short)) == tuple(w for passage in short for w in passage.words)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=20), st.integers(1, 100))
def test_no_heading_ends_a_page(lengths: list[int], title: int) -> None:
    passages: list[Passage] = []
    for length in lengths:
        passages.append(heading(("⠓",) * title))
        passages.append(Passage(("⠁",) * length))
    for page in lay_out(passages):
        text = [line for line in page[:TEXT_LINES] if line]
        assert "⠓" not in text[-1]


# ---------------------------------------------------------------- files


def test_braille_ascii_is_north_american() -> None:
    """Dots 1 to 6 alone, and some signs whose ASCII is known from the rules' own examples."""
    page = ("⠁⠂⠄⠈⠐⠠⠮⠿⠼⠭", *[""] * 24)
    assert write_brf((page,)) == b"A1'@\",!=#X\r\n" + b"\r\n" * 24 + b"\f"
    assert len(set(BRAILLE_ASCII)) == 64


def test_brf_is_read_as_it_was_written() -> None:
    pages = lay_out([Passage(("⠓⠊",) * 700)])
    assert read_brf(write_brf(pages)) == pages
    assert len(pages) > 2


def test_pef_says_what_it_holds() -> None:
    article = an_article(title="Him & <Her>")
    pef = write_pef(lay_out([Passage(("⠓⠊",))]), article, PRACTICE).decode()
    assert '<volume cols="40" rows="25" rowgap="0" duplex="false">' in pef
    assert "<dc:title>Him &amp; &lt;Her&gt;</dc:title>" in pef
    assert "<dc:format>application/x-pef+xml</dc:format>" in pef
    assert "<dc:identifier>https://example.org/quiet-hour</dc:identifier>" in pef
    assert "<dc:date>2026-03-01</dc:date>" in pef
    assert "has not been checked by a transcriber" in pef


@with_liblouis
def test_the_edition_is_two_files_of_as_many_pages_and_the_same_again(tmp_path: Path) -> None:
    publication = a_publication(tmp_path, *(paragraph("It is a quiet hour.") for _ in range(60)))
    one, two = (write_braille(publication, tmp_path / name) for name in ("one", "two"))
    assert [path.name for path in one] == ["quiet-hour.brf", "quiet-hour.pef"]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert [pages_of(path) for path in one] == [4, 4]
    assert [media_type(path) for path in one] == ["application/x-brf", "application/x-pef+xml"]


# ---------------------------------------------------------------- what is checked

BLOCKS = (
    paragraph("It is a **quiet** hour, in 2026 24 people said.", "See https://example.org/a."),
    listing("a worry", "a question about the [mot juste]", ordered=True),
    Table("t", PLACE, (Cell("h", (sentence("Kind"),)),), ((Cell("c", (sentence("Brief"),)),),)),
    Figure("f", PLACE, "two.png", "Two armchairs", (sentence("The room where we meet."),)),
    Quote("q", PLACE, (paragraph("“Enough!” he said – ‘the others’ were his."),)),
)


@pytest.fixture
def made(tmp_path: Path) -> tuple[Publication, Path]:
    publication = a_publication(tmp_path, *BLOCKS)
    write_braille(publication, tmp_path)
    return publication, tmp_path


def findings(made: tuple[Publication, Path]) -> list[Finding]:
    return list(check_braille(*made))


@with_liblouis
def test_there_is_nothing_to_say_of_the_edition_as_it_is(made: tuple[Publication, Path]) -> None:
    assert findings(made) == []


Spoil = Callable[[bytes], bytes]
SPOILT_BRF: list[tuple[str, Spoil, str, str]] = [
    ("a word lost", lambda b: b.replace(b"WORRY", b""), "braille-words-lost", "worry"),
    ("a word misread", lambda b: b.replace(b",TWO >M*AIRS", b",TWO *AIRS"), "braille-words-lost", "armchairs"),
    ("words in another order", lambda b: b.replace(b"QUIET H\\R", b"H\\R QUIET"), "braille-words-lost", ""),
    ("a crisis line lost", lambda b: b.replace(b"#AAF\"ABC", b""), "braille-words-lost", "116 123"),
    ("another number", lambda b: b.replace(b"#AAF\"ABC", b"#AAF\"ABD"), "braille-words-lost", "123"),
    ("a bold word lost", lambda b: b.replace(b"^1QUIET", b""), "braille-words-lost", "quiet"),
    ("the statement lost", lambda b: b.replace(b"N BE5 *ECK$", b"BE5 *ECK$"), "braille-words-lost", "not"),
    ("a line too long", lambda b: b.replace(b"\r\n", b"A" * 41 + b"\r\n", 1), "braille-page", "cells"),
    ("a line too many", lambda b: b.replace(b"\r\n", b"\r\n\r\n", 1), "braille-page", "lines"),
    ("what is no braille", lambda b: b.replace(b"WORRY", b"worry"), "braille-page", "no braille"),
    ("no page number", lambda b: b.replace(b" #A\r\n\f", b" #B\r\n\f"), "braille-page", "number"),
    ("line ends of Unix", lambda b: b.replace(b"\r\n", b"\n"), "braille-page", "CR LF"),
    ("no form feed at the end", lambda b: b[:-1], "braille-page", "form feed"),
    ("nothing at all", lambda b: b"", "braille-page", "no page"),
    ("not as the PEF", lambda b: b.replace(b"WORRY", b"WURRY"), "braille-pef", "differ from page 1"),
]  # fmt: skip


@with_liblouis
@pytest.mark.parametrize(
    ("spoil", "code", "words"),
    [each[1:] for each in SPOILT_BRF],
    ids=[each[0] for each in SPOILT_BRF],
)
def test_a_fault_in_the_brf_is_found(
    made: tuple[Publication, Path], spoil: Spoil, code: str, words: str
) -> None:
    path = made[1] / "quiet-hour.brf"
    whole = path.read_bytes()
    assert spoil(whole) != whole
    path.write_bytes(spoil(whole))
    assert any(f.code == code and words in f.message for f in findings(made)), findings(made)


SPOILT_PEF: list[tuple[str, Spoil, str]] = [
    ("not well-formed", lambda b: b.replace(b"</body>", b""), "well-formed"),
    ("another version", lambda b: b.replace(b"2008-1", b"2009-1"), "version"),
    ("no rows", lambda b: b.replace(b' rows="25"', b""), "rows"),
    ("fewer columns", lambda b: b.replace(b'cols="40"', b'cols="20"'), "more than 20 cells"),
    ("fewer rows", lambda b: b.replace(b'rows="25"', b'rows="20"'), "20 fit"),
    ("a letter in a row", lambda b: b.replace("⠺⠕⠗⠗⠽".encode(), b"worry"), "not all braille"),
    ("no format", lambda b: re.sub(rb"<dc:format>.*</dc:format>", b"", b), "dc:format"),
    ("another format", lambda b: b.replace(b"x-pef+xml", b"xml"), "dc:format must be"),
    ("two identifiers", lambda b: b.replace(b"<dc:title>", b"<dc:identifier>x</dc:identifier><dc:title>"), "dc:identifier"),
    ("no head", lambda b: re.sub(rb"(?s)<head>.*</head>", b"", b), "one <head>"),
    ("a row in a section", lambda b: b.replace(b"</section>", b"<row/></section>"), "may not hold <row>"),
    ("no page", lambda b: re.sub(rb"(?s)<page>.*</page>", b"", b), "<section> is empty"),
    ("words in a page", lambda b: b.replace(b"<page>", b"<page>x", 1), "may not hold words"),
    ("a page lost", lambda b: re.sub(rb"(?s)<page>.*?</page>", b"", b, count=1), "differ from page 1"),
]  # fmt: skip


@with_liblouis
@pytest.mark.parametrize(
    ("spoil", "words"), [each[1:] for each in SPOILT_PEF], ids=[each[0] for each in SPOILT_PEF]
)
def test_a_fault_in_the_pef_is_found(
    made: tuple[Publication, Path], spoil: Spoil, words: str
) -> None:
    path = made[1] / "quiet-hour.pef"
    whole = path.read_bytes()
    assert spoil(whole) != whole
    path.write_bytes(spoil(whole))
    found = [f for f in findings(made) if f.code == "braille-pef"]
    assert any(words in f.message for f in found), found


@with_liblouis
def test_a_letter_braille_has_no_sign_for_is_named(tmp_path: Path) -> None:
    publication = a_publication(tmp_path, paragraph("Ștefan smiles 😀 in 日本語, привет."))
    write_braille(publication, tmp_path)
    (finding,) = check_braille(publication, tmp_path)
    assert (finding.code, finding.severity) == ("braille-letter-unknown", Severity.WARNING)
    assert "“😀” (grinning face)" in finding.message and "“Ș” (S)" in finding.message


@with_liblouis
@pytest.mark.parametrize(
    "words",
    [
        "https://www.example.org/services/low-cost-counselling/applications/form-for-people-on-a-low-income-2026-version-3.pdf",
        "first-name.last-name@a-very-long-domain-name-for-a-small-practice-in-the-north-of-england.co.uk",
        "a well-thought-out-and-carefully-considered-and-always-up-to-date plan",
        "press 1\ufe0f⃣, it’s donʼt, and 3⁄4 of it",
    ],
)
def test_a_word_that_runs_over_lines_at_its_hyphens_is_found(words: str, tmp_path: Path) -> None:
    publication = a_publication(tmp_path, paragraph(f"See {words} today."))
    write_braille(publication, tmp_path)
    assert list(check_braille(publication, tmp_path)) == []


@with_liblouis
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_word_left_out_is_missed(data: st.DataObject) -> None:
    words = (ROOT / "README.md").read_text("utf-8").split()
    words = [word for word in words if word.isalpha() and len(word) > 4]
    some = data.draw(st.lists(st.sampled_from(words), min_size=5, max_size=30, unique_by=str.lower))
    brailled = plain_words(" ".join(some))
    assert list(lost_words(some, brailled)) == []
    gone = data.draw(st.integers(0, len(brailled) - 1))
    assert list(lost_words(some, (*brailled[:gone], *brailled[gone + 1 :]))) == [some[gone]]


@with_liblouis
@pytest.mark.parametrize("name", ["torture", "corners"])
def test_hard_articles_are_brailled_word_for_word(name: str, tmp_path: Path) -> None:
    from leafcast.readers import read_article

    source = ROOT / f"tests/cases/articles/{name}.md"
    article = read_article(source, source.parent).article
    assert article
    publication = Publication(article, Project(tmp_path, PRACTICE))
    write_braille(publication, tmp_path)
    assert list(check_braille(publication, tmp_path)) == []


# ---------------------------------------------------------------- on this machine


@pytest.fixture
def without_liblouis(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that lacks liblouis, whatever this one has."""
    monkeypatch.setattr(liblouis, "_library", lambda: None)


def run(practice: Path) -> tuple[list[str], Report]:
    report = Report(strict=True)
    outcome = build(load_project(practice), Request(editions=("braille",), jobs=1), Notes(), report)
    return [made.edition for made in outcome.made if made.new], report


@pytest.mark.usefixtures("without_liblouis")
def test_a_machine_without_liblouis_is_told_what_to_install_and_nothing_fails(
    practice: Path,
) -> None:
    made, report = run(practice)
    (finding,) = report.findings
    assert (made, finding.severity, report.exit_code) == ([], Severity.ADVICE, 0)
    assert "liblouis" in finding.message and "apt install liblouis20 liblouis-data" in finding.fix
    assert not (practice / "dist" / "quiet-hour").exists()


@with_liblouis
def test_an_older_braille_is_kept_where_a_new_one_cannot_be_made(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(practice)[0] == ["braille"]
    before = everything(practice / "dist")
    source = practice / "source" / "quiet-hour.md"
    source.write_text(source.read_text("utf-8").replace("a worry", "a thought"), "utf-8")
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(liblouis, "_library", lambda: None)
        assert run(practice)[0] == []
    assert everything(practice / "dist") == before
    assert run(practice)[0] == ["braille"]
    assert run(practice)[0] == []


@with_liblouis
def test_what_is_here_cannot_be_read_back_without_liblouis_and_that_is_said(
    made: tuple[Publication, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(liblouis, "_library", lambda: None)
    (finding,) = findings(made)
    assert (finding.code, finding.severity) == ("braille-not-checked", Severity.NOT_CHECKED)


def test_an_article_in_another_language_is_left_to_those_who_know_its_braille(
    tmp_path: Path,
) -> None:
    publication = a_publication(tmp_path)
    welsh = replace(publication, article=replace(publication.article, language="cy"))
    found = liblouis.missing(welsh)
    assert found and "“cy”" in found.message


def test_nothing_is_noted_where_there_are_no_words() -> None:
    assert noted(()) == ()


def test_pages_are_pages() -> None:
    pages: tuple[Page, ...] = lay_out([])
    assert pages == ()
