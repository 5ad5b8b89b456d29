"""Tags that are the article: what leafcast puts in the place of WeasyPrint's own tagging."""

from __future__ import annotations

import inspect
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import weasyprint
from PIL import Image, ImageChops
from weasyprint import pdf as writer

from leafcast.document.article import (
    Article,
    Block,
    Figure,
    ListBlock,
    Paragraph,
    Quote,
    Section,
    Table,
    walk_blocks,
)
from leafcast.document.publication import Publication
from leafcast.locale.language import ENGLISH
from leafcast.markup.html import link_words, mark_words
from leafcast.markup.text import article_text
from leafcast.practice.project import Leaflet
from leafcast.print.html import write_html
from leafcast.print.layout import lay_out, render
from leafcast.print.tagging.conformance import STANDARDS
from leafcast.print.tagging.line_ends import _Source, _source
from leafcast.print.typesetting import A4, BOOKLET, LARGE_PRINT, SETTINGS, Setting
from tests.conftest import ARTICLE, ROOT
from tests.test_leaflet import TORTURE, in_order, publications

__all__ = ["publications"]


def with_standard(publication: Publication, standard: str) -> Publication:
    practice = replace(publication.project.practice, leaflet=Leaflet(pdf_standard=standard))
    return replace(publication, project=replace(publication.project, practice=practice))


@pytest.fixture(scope="module")
def printed(publications: dict[str, Publication]) -> dict[tuple[str, str, str], bytes]:
    return {
        (name, setting.suffix, standard): lay_out(with_standard(publication, standard), setting)
        for name, publication in publications.items()
        for setting in SETTINGS
        for standard in STANDARDS
    }


EACH = [
    (name, setting, standard)
    for name in (ARTICLE.stem, TORTURE.stem)
    for setting in SETTINGS
    for standard in STANDARDS
]
each_file = pytest.mark.parametrize(
    ("name", "setting", "standard"), EACH, ids=[f"{n[:8]}-{s.suffix}-{ua}" for n, s, ua in EACH]
)


# ---------------------------------------------------------------- the canary


def test_weasyprint_is_the_version_this_was_written_for() -> None:
    """A new version may be fine; then look at press.py, tags.py, line_ends.py, and change this."""
    assert weasyprint.__version__ == "70.0"


def test_weasyprint_still_does_what_the_press_relies_on() -> None:
    written = inspect.getsource(writer.generate_pdf)
    assert "stream = Stream(\n" in written
    assert "add_tags(pdf, document, options['pdf_version'], page_streams)" in written
    assert "variant_function(pdf, document, page_streams, attachments, compress)" in written
    assert "'/GTS_PDFA1' if variant and 'pdf/a' in variant" in written
    marked = inspect.getsource(writer.Stream.marked)
    assert "self._tags[box] = {'tag': tag, 'mcid': mcid}" in marked
    assert "super().begin_marked_content(tag, property_list)" in marked


def test_the_press_leaves_weasyprint_as_it_found_it(publications: dict[str, Publication]) -> None:
    before = (writer.Stream, writer.add_tags, dict(writer.VARIANTS))
    lay_out(publications[ARTICLE.stem], A4)
    assert (writer.Stream, writer.add_tags, dict(writer.VARIANTS)) == before


# ---------------------------------------------------------------- the tags are the article


def blocks_of(article: Article) -> Iterator[Block]:
    yield from walk_blocks(article.introduction)
    for section in article.sections:
        yield from section_blocks(section)
    if article.byline:
        yield article.byline
    yield from walk_blocks(article.call_to_action)
    for note in article.notes:
        yield from walk_blocks(note.blocks)


def section_blocks(section: Section) -> Iterator[Any]:
    yield section.heading
    yield from walk_blocks(section.blocks)
    for inner in section.sections:
        yield from section_blocks(inner)


def expected(article: Article) -> list[tuple[str, str]]:
    """Structure type and id of every block, in reading order."""
    types = {ListBlock: "L", Paragraph: "P", Quote: "BlockQuote", Table: "Table", Figure: "Figure"}
    return [
        (types.get(type(block)) or f"H{block.level}", block.id)  # type: ignore[union-attr]
        for block in blocks_of(article)
    ]


@each_file
def test_each_block_is_one_element_of_its_type_in_order(
    name: str, setting: Setting, standard: str, printed: Any, publications: dict[str, Publication]
) -> None:
    article = publications[name].article
    blocks = expected(article)
    with pikepdf.open(io.BytesIO(printed[name, setting.suffix, standard])) as pdf:
        elements = [
            (str(e.S)[1:], str(e.ID)) for e in in_order(pdf.Root.StructTreeRoot.K[0]) if "/ID" in e
        ]
    ids = {block_id for _, block_id in blocks}
    assert [pair for pair in elements if pair[1] in ids] == blocks


def text_of(pdf: pikepdf.Pdf, element: Any) -> str:
    """The text of an element by its marks, as a screen reader is given it."""
    fonts = {
        name: to_unicode(font.ToUnicode.read_bytes())
        for name, font in pdf.pages[0].obj.Resources.Font.items()
    }
    return "".join(
        marked_text(pdf, page, number, fonts) for page, number in marks_of(element, None)
    )


def marks_of(element: Any, page: Any) -> Iterator[tuple[Any, int]]:
    page = element.get("/Pg", page)
    for kid in element.get("/K", ()):
        if isinstance(kid, int):
            yield page, kid
        elif kid.get("/Type") == "/MCR":
            yield kid.Pg, int(kid.MCID)
        elif "/S" in kid:
            yield from marks_of(kid, page)


def marked_text(pdf: pikepdf.Pdf, page: Any, number: int, fonts: dict[str, dict[int, str]]) -> str:
    content = page.Contents.read_bytes().decode("latin-1")
    text, font, inside = [], "", False
    for token in re.finditer(
        r"/MCID (\d+)>>\s+BDC|EMC|/(\w+) [\d.]+ Tf|\[(.*?)\] TJ", content, re.S
    ):
        if token[1] is not None:
            inside = int(token[1]) == number
        elif token[0] == "EMC":
            inside = False
        elif token[2]:
            font = f"/{token[2]}"
        elif inside and token[3] is not None:
            glyphs = "".join(re.findall(r"<([0-9a-fA-F]*)>", token[3]))
            text += [fonts[font][int(glyphs[at : at + 4], 16)] for at in range(0, len(glyphs), 4)]
    return "".join(text)


def to_unicode(cmap: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>", cmap)
    return {
        int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs
    }


@pytest.mark.parametrize("setting", [BOOKLET, LARGE_PRINT[1]], ids=["booklet", "large-print-24"])
@pytest.mark.parametrize("name", [ARTICLE.stem, TORTURE.stem])
def test_words_do_not_run_together_where_a_line_ends(
    name: str, setting: Setting, printed: Any, publications: dict[str, Publication]
) -> None:
    article = publications[name].article
    texts = {
        block.id: " ".join(sentence.text for sentence in block.sentences)
        for block in blocks_of(article)
        if isinstance(block, Paragraph)
    }
    calls = re.compile(r"\[\d+\]")  # calls of footnotes have no words in the model
    with pikepdf.open(io.BytesIO(printed[name, setting.suffix, "ua-1"])) as pdf:
        found = {
            str(e.ID): calls.sub("", text_of(pdf, e))
            for e in in_order(pdf.Root.StructTreeRoot.K[0])
            if "/ID" in e and str(e.ID) in texts
        }
    assert found == texts


@each_file
def test_folios_are_pagination_artifacts_and_no_element_holds_one(
    name: str, setting: Setting, standard: str, printed: Any
) -> None:
    with pikepdf.open(io.BytesIO(printed[name, setting.suffix, standard])) as pdf:
        content = [page.obj.Contents.read_bytes() for page in pdf.pages]
        assert sum(b"/Type /Pagination" in each for each in content) >= len(content) - 2
        for each, page in zip(content, pdf.pages, strict=True):
            numbers = [int(n) for n in re.findall(rb"/MCID (\d+)", each)]
            assert sorted(numbers) == list(range(len(numbers)))
            parents = pdf.Root.StructTreeRoot.ParentTree.Nums
            assert len(parents[2 * int(page.obj.StructParents) + 1]) == len(numbers)


@each_file
def test_bookmarks_are_the_headings_and_keep_the_zoom(
    name: str, setting: Setting, standard: str, printed: Any
) -> None:
    with pikepdf.open(io.BytesIO(printed[name, setting.suffix, standard])) as pdf:
        headings = [
            text_of(pdf, e) for e in in_order(pdf.Root.StructTreeRoot.K[0])
            if re.fullmatch(r"/H[1-6]", str(e.S))
        ]  # fmt: skip
        bookmarks = list(walk_bookmarks(pdf.Root.Outlines.First))
        assert [str(b.Title) for b in bookmarks] == headings
        for bookmark in bookmarks:
            place = bookmark.A.D if standard == "ua-2" else bookmark.Dest
            assert str(place[1]) == "/XYZ"
            assert place[4] == 0


def walk_bookmarks(bookmark: Any) -> Iterator[Any]:
    while bookmark is not None:
        yield bookmark
        if "/First" in bookmark:
            yield from walk_bookmarks(bookmark.First)
        bookmark = bookmark.get("/Next")


def test_words_in_another_language_say_so(printed: Any) -> None:
    with pikepdf.open(io.BytesIO(printed[TORTURE.stem, "a4", "ua-1"])) as pdf:
        foreign = {
            text_of(pdf, e): str(e.Lang)
            for e in in_order(pdf.Root.StructTreeRoot.K[0])
            if "/Lang" in e
        }
    assert foreign == {"mot juste": "fr", "Weltschmerz": "de"}


def test_an_abbreviation_says_what_it_stands_for(printed: Any) -> None:
    """One at the end of a line has the line's space with it."""
    with pikepdf.open(io.BytesIO(printed[TORTURE.stem, "a4", "ua-1"])) as pdf:
        expanded = {
            text_of(pdf, e).rstrip(): str(e.E)
            for e in in_order(pdf.Root.StructTreeRoot.K[0])
            if "/E" in e
        }
    assert expanded == {
        "CBT": "cognitive behavioural therapy",
        "A&E": "accident and emergency",
        "NHS": "National Health Service",
    }


def test_entries_of_the_contents_lead_to_their_headings(printed: Any) -> None:
    with pikepdf.open(io.BytesIO(printed[ARTICLE.stem, "large-print", "ua-1"])) as pdf:
        entries = [e for e in in_order(pdf.Root.StructTreeRoot.K[0]) if str(e.S) == "/TOCI"]
        assert len(entries) == 10
        for entry in entries[:-1]:
            words = text_of(pdf, entry)
            page, heading = re.fullmatch(r"(\d+)(.*)", words).groups()  # type: ignore[union-attr]
            assert text_of(pdf, entry.Ref[0]) == heading
            shown = [each.obj.objgen for each in pdf.pages].index(entry.Ref[0].Pg.objgen) + 1
            assert shown == int(page)


def test_a_picture_says_where_it_is_in_points_upwards(printed: Any) -> None:
    with pikepdf.open(io.BytesIO(printed[TORTURE.stem, "a4", "ua-1"])) as pdf:
        qr = [e for e in in_order(pdf.Root.StructTreeRoot.K[0]) if str(e.S) == "/Figure"][-1]
        left, bottom, right, top = (float(edge) for edge in qr.A.BBox)
        assert right - left == pytest.approx(30 / 25.4 * 72, abs=0.1)
        assert 0 < bottom < top < 842


# ---------------------------------------------------------------- nothing drawn changes


@pytest.mark.parametrize("setting", SETTINGS, ids=[s.suffix for s in SETTINGS])
@pytest.mark.parametrize("name", [ARTICLE.stem, TORTURE.stem])
def test_not_one_pixel_is_changed(
    name: str, setting: Setting, printed: Any, publications: dict[str, Publication]
) -> None:
    publication = publications[name]
    document = render(publication, setting, write_html(publication, setting))
    plain = pypdfium2.PdfDocument(document.write_pdf())
    ours = pypdfium2.PdfDocument(printed[name, setting.suffix, "ua-1"])
    assert len(plain) == len(ours)
    for before, after in zip(plain, ours, strict=True):
        assert ImageChops.difference(picture(before), picture(after)).getbbox() is None


def picture(page: Any) -> Image.Image:
    return page.render(scale=1).to_pil().convert("RGB")  # type: ignore[no-any-return]


# ---------------------------------------------------------------- small parts


@pytest.mark.parametrize(
    ("lines", "spaces"),
    [
        (["the first", "time"], [True, False]),
        (["self-", "development now"], [False, False]),
        (["one", "two"], [True, False]),
        (["long", "word"], [False, False]),
    ],
    ids=["between words", "after a hyphen", "a br", "in a long word"],
)
def test_a_space_is_put_back_only_where_one_was_eaten(lines: list[str], spaces: list[bool]) -> None:
    import xml.etree.ElementTree as ET

    sources = {
        "thefirsttime": "<p>the\n first time</p>",
        "self-developmentnow": "<p>self-development <b>now</b></p>",
        "onetwo": "<p>one<br/>two</p>",
        "longword": "<p>longword</p>",
    }
    source = _source(ET.fromstring(sources["".join("".join(lines).split())]))
    assert [source.advance(line) for line in lines] == spaces


def test_a_hyphen_that_a_break_put_there_is_not_counted() -> None:
    source = _Source("abcdef", frozenset())
    assert not source.advance("abc-")
    assert source.read == 3


def test_only_whole_words_are_expanded() -> None:
    known = {"GP": "general practitioner", "A&E": "accident and emergency"}
    assert mark_words(known, "GPs & a GP at A&E") == (
        'GPs &amp; a <abbr title="general practitioner">GP</abbr> at '
        '<abbr title="accident and emergency">A&amp;E</abbr>'
    )
    assert mark_words({}, "<b>") == "&lt;b&gt;"
    assert mark_words({"GP": "doctor"}, "a GP") == 'a <abbr title="doctor">GP</abbr>'
    assert mark_words(known, "a GP") == 'a <abbr title="general practitioner">GP</abbr>'


@pytest.mark.parametrize(
    "number",
    ["116 123", "0300 123 3393", "+44 7700 900123", "SW1A 1AA", "option 2", "Room 12", "Flat 7"],
)
def test_a_number_stays_on_one_line_with_what_it_is_the_number_of(number: str) -> None:
    assert (
        mark_words({}, f"Call {number}, free") == f'Call <span class="tied">{number}</span>, free'
    )


@pytest.mark.parametrize(
    "words",
    ["in 2026 1,000 people", "£60 500 times", "at 11/12 2026", "24 7", "part 2,500", "room 1/2"],
)
def test_other_numbers_are_left_alone(words: str) -> None:
    assert mark_words({}, words) == words


@pytest.mark.parametrize(
    ("words", "target", "expected"),
    [
        ("Listen", "https://example.org/a", "Listen, opens the practice’s website"),
        ("the NHS", "https://www.nhs.uk/x", "the NHS, opens nhs.uk"),
        ("07700 900123", "tel:07700900123", "07700 900123, starts a telephone call"),
        ("jo@example.org", "mailto:jo@example.org", "jo@example.org, starts an e-mail"),
        ("Lists", "#lists", "Lists, goes to that part of this leaflet"),
    ],
)
def test_a_link_says_where_it_leads(words: str, target: str, expected: str) -> None:
    assert link_words(words, target, "example.org", ENGLISH) == expected


def test_the_article_goes_along_as_text(publications: dict[str, Publication], printed: Any) -> None:
    with pikepdf.open(io.BytesIO(printed[TORTURE.stem, "a4", "ua-2"])) as pdf:
        (name,) = pdf.attachments
        text = pdf.attachments[name].get_file().read_bytes().decode()
    assert name == "torture.txt"
    assert text == article_text(publications[TORTURE.stem].article)
    assert text == Path(__file__).parent.joinpath("cases/articles/torture.expected.txt").read_text(
        "utf-8"
    )


def test_the_types_by_which_the_seam_is_checked_are_those_of_the_library() -> None:
    """What stubs/ says that WeasyPrint and pydyf have, they have."""
    check = ["weasyprint", "pydyf", "--ignore-missing-stub", "--allowlist", "stubs/allowlist.txt"]
    done = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", *check, "--mypy-config-file", "pyproject.toml"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
