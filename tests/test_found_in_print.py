"""What is found in a leaflet by those who search, copy and tab: as clients' programs read it."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools import subset
from fontTools.ttLib import TTFont

from leafcast.checks.pdf.blocks import Block
from leafcast.checks.pdf.marking import _same
from leafcast.checks.pdf.reading import read_text, reading_faults
from leafcast.checks.prints import check_pdf
from leafcast.design.direction import has_marks
from leafcast.design.fonts import _read_font
from leafcast.document.publication import Publication
from leafcast.document.report import Severity
from leafcast.editions.table import EDITIONS
from leafcast.practice.project import Leaflet
from leafcast.print import stand_ins
from leafcast.print.html import OUTSIDE_TAGS, words_of_marks, write_html
from leafcast.print.layout import lay_out
from leafcast.print.tables import article_tables, wide_tables
from leafcast.print.tagging.line_ends import steps_joined
from leafcast.print.tagging.meanings import Meanings
from leafcast.print.typesetting import A4, BOOKLET, DYSLEXIA, large_print
from tests.conftest import ROOT
from tests.test_oracle import written

REGULAR = ROOT / "templates/shared/fonts/AtkinsonHyperlegibleNext-Regular.ttf"
HARD = """\
Dŵr is the Welsh word for water, and we will wait for a while: m\u0302, ẹ\u0301, W\u030a and when. G\u0303uaraní, m\u0303ba, k\u0304a, J\u030canu, G\u0303\u0301x. Adébáyọ\u0300 Ọláńrewájú.

1. Find a quiet room.
   - a point inside
   - another point
     1. and one in that
        - the last one
2. Sit down.

A greeting, [مرحبا (بكم) 123]{lang=ar}, in it (c). And [שלום (עולם)]{lang=he} too (c) [d].

مرحبا alone 12 (34) here, and שלום 56 [78] there. Then English.

> A saying with
>
> - a point
>     1. and a figure in it

## Signs and [**links** in](https://www.nhs.uk/d) a heading

Call [اتصل بنا على +44 20 7946 0958 (مجاناً)]{lang=ar} or [התקשרו 020 7946 0958 [כאן]]{lang=he} or [تماس ۰۲۰ ۷۹۴۶ ۰۹۵۸]{lang=fa}, write to <your name>, and note it.[^1] Twice.[^1]

| | Monday | Tuesday |
|---|---|---|
| **Morning** | 9–10 [the **book**](https://www.nhs.uk/e) | closed |
| **Evening** | | by request, H₂O and x² |

[^1]: A note with a [**bold** link](https://www.nhs.uk/f), and <your name>.

A © and a ™\ufe0f sign. ❤\ufe0f 👩\u200d⚕\ufe0f 👍🏽 🇬🇧 ☎\ufe0f → ✓ ½ ⅔ µg Ω … • ‣ ₂ ⁴ ◦ á ŷ 1\ufe0f⃣ 😀 :-)

Name: ________________________________________________________________________ and _____.

See [the NHS](https://www.nhs.uk/) first. [**The guide**](https://www.nhs.uk/a), [the *guide*](https://www.nhs.uk/b), [a `code` guide](https://www.nhs.uk/c), [the BACP website](https://www.bacp.co.uk/).
"""


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> tuple[Publication, Path]:
    """Two editions of an article that has what fonts and viewers stumble over."""
    folder = tmp_path_factory.mktemp("hard")
    publication = written(folder, HARD)
    for name in ("a4", "dyslexia"):
        EDITIONS[name].write(publication, folder)
    return publication, folder


def text_of(path: Path) -> str:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]
    return " ".join("".join(pages).split())


def test_nothing_is_said_of_letters_signs_and_links(hard: tuple[Publication, Path]) -> None:
    publication, folder = hard
    assert list(check_pdf(publication, folder)) == []


@pytest.mark.parametrize("name", ["a4", "dyslexia"])
def test_every_word_is_found_as_it_is_written(name: str, hard: tuple[Publication, Path]) -> None:
    text = text_of(hard[1] / f"links-{name}.pdf")
    assert text.startswith("Links Jo ")  # the title, then who wrote it
    assert "Dŵr is the Welsh word for water, and we will wait for a while: m\u0302" in text
    assert (
        "ẹ\u0301, W\u030a and when. G\u0303uaraní, m\u0303ba, k\u0304a, J\u030canu, G\u0303\u0301x."
        in text
    )
    assert " Adébáyọ\u0300 Ọláńrewájú. " in text
    assert "1 Find a quiet room. – a point inside – another point 1 and one in that" in text
    assert "◦ á ŷ" in text
    assert "too (c) [d]." in text
    assert "A © and a ™ sign. ❤ 👩" in text
    assert (
        text.index("Links") < text.index("Dŵr") < text.index("Signs") < text.index("Get in touch")
    )


@pytest.mark.parametrize("name", ["a4", "dyslexia", "large-print"])
def test_the_number_of_a_note_stands_apart_from_its_words(name: str, tmp_path: Path) -> None:
    """However many figures it has."""
    marks = " ".join(f"Word.[^{each}]" for each in range(1, 101))
    notes = "\n\n".join(f"[^{each}]: “Words of it, which go on." for each in range(1, 101))
    publication = written(tmp_path, f"A beginning.\n\n## Called\n\n{marks}\n\n{notes}\n")
    EDITIONS[name].write(publication, tmp_path)
    text = text_of(tmp_path / f"links-{name}.pdf")
    for number in (1, 9, 10, 12, 44, 99, 100):
        assert f"Note {number} “Words of it" in text
    assert list(check_pdf(publication, tmp_path)) == []


@pytest.mark.parametrize("name", ["a4", "dyslexia"])
def test_a_link_is_one_stop_whatever_is_in_it(name: str, hard: tuple[Publication, Path]) -> None:
    with pikepdf.open(hard[1] / f"links-{name}.pdf") as pdf:
        annotations = [each for page in pdf.pages for each in page.get("/Annots", ())]
        actions = [str(each.get("/A", {}).get("/URI", "")) for each in annotations]
        targets = [each for each in actions if "nhs.uk" in each]
        places = {tuple(map(float, each.Rect)) for each in annotations}
    assert len(places) == len(annotations)
    assert sorted(set(targets)) == [f"https://www.nhs.uk/{end}" for end in ("", *"abcdef")]
    assert 7 <= len(targets) <= 10  # some may run over a line's end


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Say m\u0300ba now", 'Say <span class="of-marks">m\u0300ba</span> now'),
        ("x\u0302, G\u0303u &lt;y\u0302&gt;", '<span class="of-marks">x\u0302, G\u0303u</span> '
         '&lt;<span class="of-marks">y\u0302</span>&gt;'),
        ("T\u0177, na\u00efve and caf\u00e9", "T\u0177, na\u00efve and caf\u00e9"),
    ],
)  # fmt: skip
def test_a_headline_font_without_a_mark_sets_none_over_the_next_letter(
    text: str, wanted: str
) -> None:
    """Words with marks of their own are set in the house font, which has them."""
    page = '<title>m\u0300ba</title><body><h2 title="m\u0300ba">{}</h2></body>'
    assert words_of_marks(page.format(text)) == page.format(wanted)


@pytest.mark.parametrize(
    ("read", "drawn", "same"),
    [
        ("Then English.", ".Then English", True),
        ("[78] there. Then English.", ".there. Then English [78]", True),
        ("12 (34)", "(34) 12", True),
        ("12", "21", False),
        ("Then English.", "Then Englihs.", False),
        ("English Then.", "Then English.", False),
        ("Then no English.", ".Then English", False),
    ],
)
def test_words_of_a_line_from_right_to_left_are_the_same(read: str, drawn: str, same: bool) -> None:
    assert _same(read, drawn) == same


def test_a_line_with_letters_of_two_fonts_is_as_full_as_others(tmp_path: Path) -> None:
    """Which is a hair wider than Pango thinks: WeasyPrint would keep its first word alone."""
    accents = (
        "Accents in parts: élève, naïve, Şahin, Çelik, Hòa, Nguyễn, hạ\u0301t, ơ, ứ, and so on."
    )
    publication = written(tmp_path, f"It opens.\n\n{accents}")
    EDITIONS["booklet"].write(publication, tmp_path)
    assert list(check_pdf(publication, tmp_path)) == []


def test_a_long_title_is_no_smaller_than_the_text(tmp_path: Path) -> None:
    publication = written(tmp_path, "It opens.")
    article = replace(publication.article, title="A long title of many words " * 7)
    sizes = large_print(Leaflet())
    html = write_html(replace(publication, article=article), sizes[-1])
    assert "--title-size: 24.0pt" in html or "--title-size: 24pt" in html


def test_a_word_with_a_mark_of_its_own_is_told_kindly() -> None:
    """It is in pieces for PDFium alone, and nothing is wrong with the file."""
    wanted = [Block("P", "say m\u0300ba now")]
    (told,) = reading_faults(wanted, read_text(["say m ba now"], "The title"), sheets=False)
    assert (told.severity, "leave it so" in told.fix) == (Severity.WARNING, True)


@pytest.mark.parametrize("lines", range(26, 31))
def test_the_heading_of_the_notes_stands_with_the_first(lines: int, tmp_path: Path) -> None:
    """At whatever line of a page they come."""
    body = "One.[^1]\n\n" + "\\\n".join(["A line."] * lines) + "\n\n[^1]: The only note.\n"
    pages = pypdfium2.PdfDocument(lay_out(written(tmp_path, body), A4))
    texts = [page.get_textpage().get_text_range() for page in pages]
    (noted,) = (text for text in texts if "The only note." in text)
    assert "Notes" in noted


# ---------------------------------------------------------------- what a glyph means


def glyph_of(char: str) -> int:
    with TTFont(REGULAR) as font:
        return int(font.getGlyphID(font.getBestCmap()[ord(char)]))


@pytest.mark.parametrize(
    ("char", "drawn_for", "meaning"),
    [
        ("w", "", "w"),  # the first of two glyphs that are drawn for one sign
        ("\u0302", "w\u0302", "\u0302"),  # and the second
        ("(", ")", "("),  # a bracket turned round in words from right to left
        ("™", "™\ufe0f", "™"),
        ("a", "a", "a"),
        ("-", "\u00ad", "-"),  # a hyphen that a line's end put there
    ],
)
def test_a_glyph_means_what_its_font_says(char: str, drawn_for: str, meaning: str) -> None:
    meanings = Meanings(REGULAR.read_bytes())
    meanings[glyph_of(char)] = drawn_for
    assert meanings[glyph_of(char)] == meaning


def test_a_glyph_without_a_character_means_what_it_was_drawn_for() -> None:
    meanings = Meanings(REGULAR.read_bytes())
    meanings[0] = "ffi"
    assert meanings[0] == "ffi"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("café", False),
        ("cafe\u0301", False),  # one character, when it is composed
        ("m\u0302", True),
        ("psycho\u00adtherapy\u200b", False),
        ("™\ufe0f", True),
        ("👍🏽", True),
        ("1⃣", True),
    ],
)
def test_what_is_a_sign_of_several_characters(text: str, marked: bool) -> None:
    assert has_marks(text) == marked


def test_a_letter_no_font_has_is_put_together_of_its_parts(
    hard: tuple[Publication, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One glyph with one meaning, as wide as its letter, the mark above it."""
    without = tmp_path / "without.ttf"
    with TTFont(REGULAR) as font:
        subsetter = subset.Subsetter()
        subsetter.populate(text="Dwr water\u0302")
        subsetter.subset(font)
        font.save(without)
    fonts = (_read_font(without, 0),)
    monkeypatch.setattr(stand_ins, "house_fonts", lambda _: fonts)
    assert stand_ins.missing_characters("Dŵr", hard[0].project) == ()
    monkeypatch.setattr(stand_ins, "absent_characters", lambda _: ("ŵ",))
    with TTFont(io.BytesIO(stand_ins.stand_in_font(hard[0], 400))) as font:
        glyph = font["glyf"][font.getBestCmap()[ord("ŵ")]]
        width = font["hmtx"][font.getBestCmap()[ord("ŵ")]][0]
    with TTFont(REGULAR) as font:
        letter = font["glyf"][font.getBestCmap()[ord("w")]]
        assert width == font["hmtx"][font.getBestCmap()[ord("w")]][0]
    assert glyph.numberOfContours == letter.numberOfContours + 1
    assert glyph.yMax > letter.yMax + 50


# ---------------------------------------------------------------- what the check says


def faults(found: str, *wanted: str, sheets: bool = False, title: str = "The title") -> list[str]:
    blocks = [Block("P", text) for text in wanted]
    pages = read_text(found.split("\f"), title)
    return [fault.words for fault in reading_faults(blocks, pages, sheets=sheets)]


@pytest.mark.parametrize("head", ["Your Day\n2", "2 Your Day", "Your Day 2", "Your Day"])
def test_a_title_at_the_head_or_foot_of_a_page_is_none_of_its_words(head: str) -> None:
    """Where a paragraph begins as the title does, its first word is not looked for in that."""
    words = ("Your Day", "It is yours.", "You may come.")
    for text in (
        f"Your Day\fIt is yours.\n{head}\fYou may come.\n{head}",
        f"Your Day\f{head}\nIt is yours.\f{head}\nYou may come.",
    ):
        assert faults(text, *words, title="Your Day") == []


def test_a_title_that_is_lost_is_told_though_it_stands_at_the_head_of_pages() -> None:
    text = "2 Your Day\nIt is yours.\f3 Your Day\nYou may come."
    (told,) = faults(text, "Your Day", "It is yours.", "You may come.", title="Your Day")
    assert "Your Day" in told


def test_words_whole_and_in_order_are_as_they_should_be() -> None:
    text = "The title\r\n1\r\nHow it\ufffebegan.\r\n• a point https://example.org/\r\nlong/way\r\n2"
    assert faults(text, "The title", "How it-began.", "a point https://example.org/long/way") == []
    assert faults("One two\f3\fthree four", "One two three four") == []


def test_words_in_pieces_are_named_with_what_is_found() -> None:
    (told,) = faults("the th er apist says", "the therapist says")
    assert "“therapist” is found as “th er apist”" in told
    (first, second) = faults("the therapistsays so", "the therapist says so")
    assert "“therapist” is found joined" in first
    assert "“says” is found joined" in second


def test_words_elsewhere_or_nowhere_are_named() -> None:
    (told,) = faults("What we do then\r\nA title", "A title", "What we do then")
    assert told.startswith("Painted elsewhere than it is read: “")
    (told,) = faults("We do then", "What We do then")
    assert told == "Not found by search and copying: “What”"


def test_sheets_have_their_pages_in_the_order_of_folding() -> None:
    found = "the last page of it all\r\nthe very first page\r\nand so on"
    wanted = ("the very first page", "and so on", "the last page of it all")
    assert faults(found, *wanted, sheets=True) == []
    assert faults(found, *wanted) != []


# ---------------------------------------------------------------- lines and tables

SHORT = """\
It may also be that the person you lost was the one who used to look after your feelings. Then you have lost both the person and the one to whom you would have taken the loss.

1. Put off what can be put off. Large decisions, such as selling the house, are best left for a year where money allows it.

In the UK there is a right to a reasonable amount of unpaid time off when a dependant dies,\\
and to two weeks of parental bereavement leave for a child under eighteen.
"""


def test_lines_are_as_full_as_they_can_be(tmp_path: Path) -> None:
    publication = written(tmp_path, SHORT)
    EDITIONS["dyslexia"].write(publication, tmp_path)
    assert list(check_pdf(publication, tmp_path)) == []


TABLES = """\
It begins here.

## Dates

| Week | What we do |
|---|---|
""" + "".join(
    f"| {week} | We talk about what has been on your mind since we met last time |\n"
    for week in range(1, 21)
) + """
Please come.

## Grief

| What people feel | What often happens | What may help |
|---|---|---|
""" + (
    "| Numbness and disbelief, as if it were not real | Birthdays; fear of forgetting the voice "
    "| Talking with somebody who knew the person well |\n"
) * 14  # fmt: skip


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> tuple[Publication, Path]:
    folder = tmp_path_factory.mktemp("tables")
    publication = written(folder, TABLES)
    for name in ("booklet", "large-print"):
        EDITIONS[name].write(publication, folder)
    return publication, folder


def test_long_tables_are_as_they_should_be(tables: tuple[Publication, Path]) -> None:
    """A head of two lines that is repeated is left out of the tags, and rightly so."""
    publication, folder = tables
    assert list(check_pdf(publication, folder)) == []


@pytest.mark.parametrize("name", ["booklet", "large-print", "large-print-24"])
def test_a_heading_stands_with_its_table_and_no_row_is_torn(
    name: str, tables: tuple[Publication, Path]
) -> None:
    pages = [
        " ".join(page.get_textpage().get_text_range().split())
        for page in pypdfium2.PdfDocument(tables[1] / f"links-{name}.pdf")
    ]
    (first,) = (page for page in pages if "It begins here." in page)
    assert "Dates Week What we do 1 We talk" in first
    for page in pages:
        assert page.count("We talk about what") == page.count("since we met last time")
        assert page.count("Numbness and") == page.count("knew the person well")
    (grief,) = (page for page in pages if "Grief" in page and "Contents" not in page)
    assert "Numbness" in grief


def test_columns_of_sentences_are_set_below_each_other_where_they_are_narrow(
    tables: tuple[Publication, Path],
) -> None:
    article, project = tables[0].article, tables[0].project
    (dates, grief) = (table.id for table, _ in article_tables(article))
    eighteen, twenty_four = large_print(Leaflet(large_print=(18, 24), high_contrast=False))
    assert wide_tables(article, project, twenty_four) == {grief}
    for setting in (A4, BOOKLET, DYSLEXIA, eighteen):
        assert dates not in wide_tables(article, project, setting)
    assert wide_tables(article, project, A4) == frozenset()


# ---------------------------------------------------------------- steps between strings


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [
        ("<0080>0<00eb>0<>-71.5<00e7>-68", "<0080>0<00eb>-71.5<00e7>-68"),
        ("<>-71<00eb>0", "-71<00eb>0"),
        ("<00eb>-3.5<>-71.5<00e7>", "<00eb>-75<00e7>"),
        ("<00eb>0", "<00eb>0"),
    ],
)
def test_no_step_stands_behind_an_empty_string(shown: str, wanted: str) -> None:
    """PDFium would lose it: in Chrome what follows would stand elsewhere than it is measured."""
    assert steps_joined(shown) == wanted


def test_letters_and_their_marks_are_printed_composed(tmp_path: Path) -> None:
    """As some programs type them, they are two signs each, of which a font may have one."""
    publication = written(tmp_path, "Nguye\u0302\u0303n and To\u0304kyo\u0304 and \u0338 <.")
    html = write_html(publication, A4)
    assert "Nguy\u1ec5n and T\u014dky\u014d and \u0338 &lt;" in html
    assert ">\u0338" not in OUTSIDE_TAGS.findall(">\u0338")
