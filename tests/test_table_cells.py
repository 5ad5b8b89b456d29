"""Tables with named rows and merged cells: read alike from each file, told alike by each edition."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from leafcast.braille import liblouis
from leafcast.braille.layout import lay_out as braille_pages
from leafcast.braille.passages import article_passages
from leafcast.checks.prints import check_pdf
from leafcast.document.article import Article, Table, article_sentences
from leafcast.document.publication import Publication
from leafcast.editions.table import EDITIONS
from leafcast.markup.text import article_text
from leafcast.narration.lexicon import Lexicon
from leafcast.narration.model import Utterance
from leafcast.narration.script import write_script
from leafcast.page.page import page_html
from leafcast.print.imposition.save import structure_elements
from leafcast.print.layout import lay_out
from leafcast.print.typesetting import SETTINGS
from leafcast.readers.write_markdown import write_markdown
from tests.defects import spoiled
from tests.test_braille import in_ascii
from tests.test_oracle import faults, written
from tests.test_web import article as page_article
from tests.test_web import markdown, same
from tests.test_word_words import article as word_article
from tests.test_word_words import cell, row, wrapped
from tests.web_pages import page

LEAD = "This is how it begins, and so it goes on for a while, until there are words enough."
HOURS = """
| Day | a.m. | p.m. |
| --- | --- | --- |
| **Mon** | by arrangement | << |
| **Tue** | closed | 18 |
| **Wed** | ^^ | 19 |
"""
HTML = (
    "<table><tr><th>Day</th><th>a.m.</th><th>p.m.</th></tr>"
    "<tr><th scope='row'>Mon</th><td colspan='2'>by arrangement</td></tr>"
    "<tr><th scope='row'>Tue</th><td rowspan='2'>closed</td><td>18</td></tr>"
    "<tr><th>Wed</th><td>19</td></tr></table>"
)
TWO_HEADS = (
    "<table><thead><tr><th rowspan='2'>Who</th><th colspan='2'>Fee</th></tr>"
    "<tr><th>full</th><th>low</th></tr></thead>"
    "<tr><th>Couples</th><td>£80</td><td>£40</td></tr>"
    "<tr><th>Groups</th><td>£30</td><td></td></tr></table>"
)
LOOK = "<w:tblPr><w:tblLook w:val='04A0' w:firstRow='1' w:firstColumn='1'/></w:tblPr>"
WORD = (
    f"<w:tbl>{LOOK}"
    + row("Day", "a.m.", "p.m.", properties="<w:tblHeader/>")
    + row("Mon", cell("by arrangement", properties="<w:gridSpan w:val='2'/>"))
    + row("Tue", cell("closed", properties="<w:vMerge w:val='restart'/>"), "18")
    + row("Wed", cell(properties="<w:vMerge/>"), "19")
    + "</w:tbl>"
)


def table_in(article: Article) -> Table:
    (table,) = (block for block in article.introduction if isinstance(block, Table))
    return table


def shape(table: Table) -> list[list[tuple[str, str, int, int, bool]]]:
    """Of each place: its words, what it names, how far it goes, and whether it is another's."""
    return [
        [(c.text, c.header, c.columns, c.rows, bool(c.part_of)) for c in line]
        for line in table.rows
    ]


HOURS_SHAPE = [
    [("Mon", "row", 1, 1, False), ("by arrangement", "", 2, 1, False),
     ("by arrangement", "", 1, 1, True)],
    [("Tue", "row", 1, 1, False), ("closed", "", 1, 2, False), ("18", "", 1, 1, False)],
    [("Wed", "row", 1, 1, False), ("closed", "", 1, 1, True), ("19", "", 1, 1, False)],
]  # fmt: skip


# ---------------------------------------------------------------- read


def test_markdown_word_and_pages_say_the_same_of_a_table() -> None:
    read = {
        "markdown": table_in(markdown(LEAD + "\n" + HOURS)),
        "page": table_in(page_article(page(f"<p>{LEAD}</p>{HTML}"))),
        "word": table_in(word_article(wrapped(WORD))),
    }
    assert {name: shape(table) for name, table in read.items()} == dict.fromkeys(read, HOURS_SHAPE)


def test_a_second_row_of_headers_names_columns() -> None:
    table = table_in(page_article(page(f"<p>{LEAD}</p>{TWO_HEADS}")))
    assert table.heads == 1 and len(table.body) == 2
    assert [cell.text for cell in table.over(1)] == ["Fee", "full"]
    assert (table.head[0].rows, table.head[1].columns) == (2, 2)


WORD_LOOKS = {
    "said by its bits, as before 2010": ("<w:tblLook w:val='0080'/>", "Mon", True),
    "not said": ("<w:tblLook w:val='0420' w:firstColumn='0'/>", "Mon", False),
    "said, but a sentence is no name": ("<w:tblLook w:firstColumn='1'/>", "It is " * 15, False),
    "said, but empty": ("<w:tblLook w:firstColumn='1'/>", "", False),
    "no look at all": ("", "Mon", False),
}


@pytest.mark.parametrize(("look", "first", "wanted"), WORD_LOOKS.values(), ids=WORD_LOOKS.keys())
def test_a_first_column_of_headers_in_word(look: str, first: str, wanted: bool) -> None:
    table = (
        f"<w:tbl><w:tblPr>{look}</w:tblPr>{row('Day', 'Hours')}{row(first, '9')}"
        f"{row('Tue', '10')}</w:tbl>"
    )
    assert table_in(word_article(wrapped(table))).names_rows is wanted


MARKDOWN_ROWS = {
    "all strong": ("| **a** | 1 |\n| **b** | 2 |", True),
    "strong with a part that is strong anyway": ("| **a *b*** | 1 |\n| **c** | 2 |", True),
    "one of them not": ("| **a** | 1 |\n| b | 2 |", False),
    "strong in part": ("| **a** b | 1 |\n| **c** | 2 |", False),
    "one empty": ("| **a** | 1 |\n| | 2 |", False),
}


@pytest.mark.parametrize(("rows", "wanted"), MARKDOWN_ROWS.values(), ids=MARKDOWN_ROWS.keys())
def test_strong_first_cells_name_rows(rows: str, wanted: bool) -> None:
    table = table_in(markdown(f"{LEAD}\n\n| A | B |\n| --- | --- |\n{rows}\n"))
    assert table.names_rows is wanted


def test_signs_of_merging_that_cannot_be_are_words() -> None:
    """In the first column nothing is before, and `\\^^` was typed to be read."""
    table = table_in(markdown(f"{LEAD}\n\n| A | B |\n| --- | --- |\n| << | \\^^ |\n"))
    assert [cell.text for cell in table.rows[0]] == ["<<", "^^"] and not table.is_merged


def test_no_cell_goes_over_from_the_headers_into_the_body() -> None:
    html = "<table><tr><th rowspan='2'>A</th><th>B</th></tr><tr><td>1</td></tr></table>"
    table = table_in(page_article(page(f"<p>{LEAD}</p>{html}")))
    assert not table.is_merged and [cell.text for cell in table.rows[0]] == ["A", "1"]


def test_cells_that_make_no_rectangle_are_several() -> None:
    """Word lets a wide cell go on in a narrow one; no format of ours can say so."""
    table = (
        "<w:tbl>" + row("A", "B", "C")
        + row("1", cell("x", properties="<w:gridSpan w:val='2'/><w:vMerge w:val='restart'/>"))
        + row("2", cell(properties="<w:vMerge/>"), "y") + "</w:tbl>"
    )  # fmt: skip
    found = table_in(word_article(wrapped(table)))
    assert shape(found)[0][1] == ("x", "", 2, 1, False)
    assert shape(found)[1][1:] == [("x", "", 1, 1, False), ("y", "", 1, 1, False)]


@pytest.mark.parametrize("html", [HTML, TWO_HEADS])
def test_what_is_written_of_a_table_is_read_again(html: str) -> None:
    article = page_article(page(f"<p>{LEAD}</p>{html}"))
    text = write_markdown(article).text.partition("\n---\n")[2]
    assert same(article, markdown(text))


# ---------------------------------------------------------------- told


@pytest.fixture(scope="module")
def hours(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    return written(tmp_path_factory.mktemp("hours"), LEAD + "\n" + HOURS)


def spoken(publication: Publication) -> Iterator[str]:
    script = write_script(
        publication.article, publication.project.practice, synthetic=True, lexicon=Lexicon()
    )
    for passage in script.passages:
        yield from (part.shown for part in passage.parts if isinstance(part, Utterance))


def test_a_listener_hears_each_row_with_its_header_and_all_that_belongs_to_it(
    hours: Publication,
) -> None:
    heard = list(spoken(hours))
    start = next(at for at, said in enumerate(heard) if said.startswith("A table of"))
    assert heard[start : heard.index("End of the table.")] == [
        "A table of 3 columns and 3 rows. Each row begins with its header.",
        "The columns are:", "Day", "a.m.", "p.m.",
        "Row 1.", "Day:", "Mon", "a.m., p.m.:", "by arrangement",
        "Row 2.", "Day:", "Tue", "a.m.:", "closed", "p.m.:", "18",
        "Row 3.", "Day:", "Wed", "a.m.:", "closed.", "p.m.:", "19",
    ]  # fmt: skip


def test_a_header_under_an_empty_corner_is_called_one(tmp_path: Path) -> None:
    body = "| | Fee |\n| --- | --- |\n| **Couples** | £80 |\n"
    heard = list(spoken(written(tmp_path, f"{LEAD}\n\n{body}")))
    at = heard.index("Row 1.")
    assert heard[at : at + 5] == ["Row 1.", "Row header:", "Couples", "Fee:", "£80"]


def test_the_words_of_a_merged_cell_are_one_sentence_with_one_id(hours: Publication) -> None:
    ids = [sentence.id for sentence in article_sentences(hours.article)]
    texts = [sentence.text for sentence in article_sentences(hours.article)]
    assert len(ids) == len(set(ids))
    assert (texts.count("closed"), texts.count("by arrangement")) == (1, 1)


def test_text_to_take_along_says_each_place(hours: Publication) -> None:
    assert "Wed | closed | 19" in article_text(hours.article)


@pytest.mark.skipif(not liblouis.version(), reason="liblouis is not there")
def test_braille_says_each_row_with_what_belongs_to_it(hours: Publication) -> None:
    passages = article_passages(hours.article, hours.project.practice)
    lines = [in_ascii(line) for page in braille_pages(passages) for line in page]
    start = lines.index(',"D3 ,MON')
    assert lines[start : start + 7] == [
        ',"D3 ,MON', "  A4M41 P4M43 BY >RANGE;T", ',"D3 ,TUE', "  A4M43 CLOS$", "  P4M43 #AH",
        ',"D3 ,W$', "  A4M43 CLOS$",
    ]  # fmt: skip


def test_a_page_says_which_cells_are_one_and_what_heads_them(hours: Publication) -> None:
    html = page_html(hours, lambda name, content: name, "")
    ids = dict(re.findall(r'<th id="([^"]+)"[^>]*>(?:<span[^>]*>)?([^<]+)', html))
    cells = re.findall(r'<td([^>]*)headers="([^"]+)"[^>]*><span[^>]*>([^<]+)', html)
    assert [(spans.strip(), [ids[each] for each in named.split()], words)
            for spans, named, words in cells] == [
        ('colspan="2"', ["a.m.", "p.m.", "Mon"], "by arrangement"),
        ('rowspan="2"', ["a.m.", "Tue", "Wed"], "closed"),
        ("", ["p.m.", "Tue"], "18"), ("", ["p.m.", "Wed"], "19"),
    ]  # fmt: skip


# ---------------------------------------------------------------- printed


@pytest.fixture(scope="module")
def printed(hours: Publication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("printed")
    for name in ("a4", "trifold"):
        EDITIONS[name].write(hours, folder)
    return folder


def test_the_tags_of_a_pdf_say_it_too(printed: Path) -> None:
    with pikepdf.open(printed / "links-a4.pdf") as pdf:
        found = [e for e in structure_elements(pdf) if str(e.S) in ("/TH", "/TD")]
        ids = {bytes(e.ID): at for at, e in enumerate(found) if "/ID" in e}
        said = [
            (str(e.A.get("/Scope", "")), int(e.A.get("/ColSpan", 1)), int(e.A.get("/RowSpan", 1)),
             [ids[bytes(each)] for each in e.A.get("/Headers", ())])
            for e in found
        ]  # fmt: skip
    day, am, pm, mon, tue, wed = 0, 1, 2, 3, 5, 8
    assert said == [
        ("/Column", 1, 1, []), ("/Column", 1, 1, []), ("/Column", 1, 1, []),
        ("/Row", 1, 1, [day]), ("", 2, 1, [am, pm, mon]),
        ("/Row", 1, 1, [day]), ("", 1, 2, [am, tue, wed]), ("", 1, 1, [pm, tue]),
        ("/Row", 1, 1, [day]), ("", 1, 1, [pm, wed]),
    ]  # fmt: skip


def test_nothing_is_to_be_said_of_it(printed: Path, hours: Publication) -> None:
    assert [f for f in check_pdf(hours, printed) if f.code != "pdf-not-made"] == []


@pytest.mark.parametrize("entry", ["/ColSpan", "/RowSpan", "/Headers", "/Scope"])
def test_what_is_lost_of_it_is_found(entry: str, printed: Path, hours: Publication) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        cells = [e for e in structure_elements(pdf) if "/A" in e and entry in e.A]
        del cells[-1].A[entry]

    pdf = spoiled((printed / "links-a4.pdf").read_bytes(), spoil)
    assert {fault.code for fault in faults(pdf, hours, "a4")} & {
        "pdf-table-merged", "pdf-table-header",
    }  # fmt: skip


def test_a_stacked_table_says_in_each_row_all_that_belongs_to_it(tmp_path: Path) -> None:
    """At 24 point rows stand one below the other, and a cell must not be in one of them alone."""
    wordy = HOURS.replace("by arrangement", "by arrangement only, as I work elsewhere then")
    publication = written(tmp_path, LEAD + "\n" + wordy)
    setting = next(each for each in SETTINGS if each.suffix == "large-print-24")
    pdf = lay_out(publication, setting)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        rows = [e for e in structure_elements(opened) if str(e.S) == "/TR"]
        assert [len(row.K) for row in rows] == [3, 3, 3, 3]
    assert faults(pdf, publication, "large-print-24") == []
