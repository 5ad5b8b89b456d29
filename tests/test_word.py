"""Word files: the same article as in Markdown, every guess told, and no file that does harm."""

from __future__ import annotations

import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafcast.document.article import (
    Article,
    Emphasis,
    Foreign,
    Link,
    NoteMark,
    Paragraph,
    Quote,
    Reading,
    Strong,
    Table,
    Text,
    article_sentences,
)
from leafcast.document.origin import Origin
from leafcast.document.report import Severity
from leafcast.readers import READERS, read_article
from leafcast.readers.word.package import LARGEST_PART, LARGEST_RATIO
from leafcast.state.canonical import plain
from tests.conftest import ARTICLE, ROOT
from tests.word_files import (
    DECLARED,
    W,
    add_picture,
    new_document,
    part_of,
    real_article,
    related,
    repacked,
    saved,
    with_body,
    with_xml,
    written,
)

PICTURE = ROOT / "tests/cases/articles/armchairs.png"


def read(content: bytes, slug: str = "quiet-hour") -> Reading:
    return READERS[".docx"](content, Origin(f"source/{slug}.docx", slug, Path("source")))


def article(content: bytes) -> Article:
    reading = read(content)
    assert reading.article, reading.findings
    return reading.article


def markdown(body: str) -> Article:
    front = "---\ntitle: A Quiet Hour\nauthor: Jo Example\npublished: 2026-03-01\nreview: 2028-03-01\n---\n"
    reading = READERS[".md"](
        front + body, Origin("source/quiet-hour.docx", "quiet-hour", Path("source"))
    )
    assert reading.article, reading.findings
    return reading.article


def codes(content: bytes) -> list[str]:
    """What is found in the text; from where the facts come is told of every file."""
    return [f.code for f in read(content).findings if f.code != "guessed-facts"]


def told(content: bytes, code: str) -> list[tuple[str, int | None]]:
    """Message and paragraph of each finding of this code."""
    return [
        (f.message, f.place.line if f.place else None)
        for f in read(content).findings
        if f.code == code
    ]


def p(words: str, properties: str = "", run: str = "") -> str:
    """A paragraph of Word's XML."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r></w:p>"


# ---------------------------------------------------------------- the real article


@pytest.fixture(scope="module")
def real() -> Article:
    found = read_article(ARTICLE, ARTICLE.parent).article
    assert found
    return found


def same(one: Article, other: Article) -> bool:
    return plain(replace(one, source="")) == plain(replace(other, source=""))


def test_with_styles_it_is_the_article_of_the_markdown(real: Article) -> None:
    reading = read(real_article(real, styled=True), real.slug)
    assert reading.article and same(reading.article, real)
    facts, guess = reading.findings
    assert {facts.severity, guess.severity} == {Severity.ADVICE}
    assert "the author “Sarah James, therapist" in facts.message and "properties" in facts.message
    assert "Sarah James therapist and counsellor" in guess.message


def test_with_fake_headings_it_is_too_and_every_guess_is_told(real: Article) -> None:
    content = real_article(real, styled=False)
    reading = read(content, real.slug)
    assert reading.article and same(reading.article, real)
    assert {f.severity for f in reading.findings} == {Severity.ADVICE}
    guesses = [f.message for f in reading.findings if f.code == "guessed"]
    assert sum("9 lines were read as headings" in words for words in guesses) == 1
    assert sum("17 paragraphs were read as 4 lists" in words for words in guesses) == 1
    assert sum("names the author" in words for words in guesses) == 1
    first = next(f for f in reading.findings if "were read as headings" in f.message)
    assert first.place and first.place.line == 5 and first.message.endswith("(paragraph 5)")


def test_what_reads_like_a_heading_is_one_where_nothing_stands_out() -> None:
    document = new_document()
    for line in ("It begins here, quietly.", "What Happens Then", "You sit down. You wait."):
        document.add_paragraph(line)
    told_article = article(saved(document))
    assert [s.heading.text for s in told_article.sections] == ["What Happens Then"]
    assert [line for _, line in told(saved(document), "guessed")] == [4]


# ---------------------------------------------------------------- what Word can say


def test_headings_nest_and_the_highest_is_a_sections() -> None:
    def write(document: Any) -> None:
        for level, words in ((2, "One"), (3, "Two"), (2, "Three")):
            document.add_heading(words, level)
            document.add_paragraph("Text stands here.")

    assert same(
        article(written(write)),
        markdown(
            "## One\n\nText stands here.\n\n### Two\n\nText stands here.\n\n## Three\n\nText stands here.\n"
        ),
    )


def test_one_heading_above_all_others_is_the_title() -> None:
    def write(document: Any) -> None:
        document.add_heading("Another Title", 1)
        document.add_heading("One", 2)
        document.add_paragraph("Text stands here.")

    content = written(write, title="")
    assert article(content).title == "Another Title"
    assert [s.heading.text for s in article(content).sections] == ["One"]
    assert told(content, "guessed-title")[0][1] == 3


def test_lists_nest_and_numbers_go_on() -> None:
    def write(document: Any) -> None:
        for words, style in (
            ("one", "List Number"), ("inner", "List Bullet 2"), ("inner too", "List Bullet 2"),
            ("two", "List Number"), ("Between them.", "Normal"), ("three", "List Number"),
            ("a", "List Bullet"), ("goes on", "List Continue"), ("b", "List Bullet"),
        ):  # fmt: skip
            document.add_paragraph(words, style=style)

    body = "1. one\n   - inner\n   - inner too\n2. two\n\nBetween them.\n\n3. three\n\n- a\n\n  goes on\n- b\n"
    assert same(article(written(write)), markdown(body))


def test_marks_links_and_languages_are_kept() -> None:
    def write(document: Any) -> None:
        paragraph = document.add_paragraph("Some ")
        paragraph.add_run("strong ").bold = True
        paragraph.add_run("and ")
        paragraph.add_run("slanted").italic = True
        paragraph.add_run(" words, the ")
        foreign = paragraph.add_run("mot juste")
        foreign._r.get_or_add_rPr().append(_element('<w:lang w:val="fr-FR"/>'))
        paragraph.add_run(".")

    (block,) = article(written(write)).introduction
    assert isinstance(block, Paragraph)
    assert block.sentences[0].content == (
        Text("Some "), Strong((Text("strong"),)), Text(" and "), Emphasis((Text("slanted"),)),
        Text(" words, the "), Foreign((Text("mot juste"),), "fr-FR"), Text("."),
    )  # fmt: skip


def _element(xml: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(xml.replace("/>", f" {DECLARED}/>", 1))


def link_to(target: str) -> bytes:
    document = new_document()
    identity = document.part.relate_to(
        target,
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    paragraph = document.add_paragraph("Look ")
    from docx.oxml import parse_xml

    paragraph._p.append(
        parse_xml(
            f'<w:hyperlink {DECLARED} r:id="{identity}"><w:r><w:t>here</w:t></w:r></w:hyperlink>'
        )
    )
    return saved(document)


def test_a_link_leads_where_it_may() -> None:
    (block,) = article(link_to("https://example.org/a")).introduction
    assert isinstance(block, Paragraph)
    assert block.sentences[0].content[1] == Link((Text("here"),), "https://example.org/a")


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        " java\tscript:x",
        "\\\\host\\x",
    ],
)
def test_a_link_elsewhere_leaves_its_words(target: str) -> None:
    content = link_to(target)
    assert [s.text for s in article_sentences(article(content))] == ["Look here"]
    assert not any(
        isinstance(i, Link) for s in article_sentences(article(content)) for i in s.content
    )
    assert codes(content) == ["link-target"]


def test_a_link_made_by_a_field_leads_too() -> None:
    field = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    content = with_xml(
        "<w:p>" + field.format("begin") + "<w:r><w:instrText> HYPERLINK \"https://example.org\" </w:instrText></w:r>"
        + field.format("separate") + "<w:r><w:t>here</w:t></w:r>" + field.format("end") + "<w:r><w:t> it is.</w:t></w:r></w:p>"
    )  # fmt: skip
    (block,) = article(content).introduction
    assert isinstance(block, Paragraph)
    assert block.sentences[0].content == (
        Link((Text("here"),), "https://example.org"),
        Text(" it is."),
    )


def test_a_table_has_its_headers_and_gaps() -> None:
    def write(document: Any) -> None:
        table = document.add_table(3, 3)
        for row, words in zip(
            table.rows, (("A", "B", "C"), ("1", "2", "3"), ("4", "5", "")), strict=True
        ):
            for cell, word in zip(row.cells, words, strict=True):
                cell.text = word
        table.cell(1, 1).merge(table.cell(1, 2))

    content = written(write)
    (table,) = article(content).introduction
    assert isinstance(table, Table)
    assert [[c.text for c in row] for row in (table.head, *table.rows)] == [
        ["A", "B", "C"], ["1", "2 3", "2 3"], ["4", "5", ""],
    ]  # fmt: skip
    assert "headers" in told(content, "guessed")[0][0]
    header = b"<w:tr><w:trPr><w:tblHeader/></w:trPr>"
    document = part_of(content, "word/document.xml").replace(b"<w:tr>", header, 1)
    assert codes(repacked(content, {"word/document.xml": document})) == []


def test_a_box_made_of_a_table_is_text() -> None:
    def write(document: Any) -> None:
        document.add_table(1, 1).cell(0, 0).text = "In a box it stands."

    assert [s.text for s in article_sentences(article(written(write)))] == ["In a box it stands."]
    assert codes(written(write)) == ["guessed"]


def test_quotes_are_one() -> None:
    def write(document: Any) -> None:
        document.add_paragraph("She said it.", style="Quote")
        document.add_paragraph("He heard it.", style="Intense Quote")

    (quote,) = article(written(write)).introduction
    assert isinstance(quote, Quote) and len(quote.blocks) == 2


NOTES = (
    f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    "<w:footnote w:id='5'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> So they say.</w:t></w:r></w:p></w:footnote>"
    "<w:footnote w:id='6'><w:p><w:r><w:t>Nobody calls it.</w:t></w:r></w:p></w:footnote></w:footnotes>"
)


def test_footnotes_are_called_where_they_stand() -> None:
    body = with_xml(
        "<w:p><w:r><w:t>It helps.</w:t></w:r><w:r><w:footnoteReference w:id='5'/></w:r><w:r><w:t> Often.</w:t></w:r></w:p>"
    )
    content = related(body, "footnotes", "footnotes.xml", NOTES.encode())
    assert same(article(content), markdown("It helps.[^1] Often.\n\n[^1]: So they say.\n"))
    (block,) = article(content).introduction
    assert isinstance(block, Paragraph) and block.sentences[0].content[1] == NoteMark("note-1", 1)


def test_changes_are_read_as_accepted() -> None:
    content = with_xml(
        "<w:p><w:r><w:t>It </w:t></w:r><w:del w:id='1'><w:r><w:delText>was</w:delText></w:r></w:del>"
        "<w:ins w:id='2'><w:r><w:t>is</w:t></w:r></w:ins><w:r><w:t> so.</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del w:id='3'/></w:rPr></w:pPr><w:r><w:t>One sentence</w:t></w:r></w:p>"
        "<w:p><w:r><w:t> made of two.</w:t></w:r></w:p>"
    )
    assert [s.text for s in article_sentences(article(content))] == [
        "It is so.",
        "One sentence made of two.",
    ]
    ((message, paragraph),) = told(content, "tracked-changes")
    assert "2" in message and paragraph == 3


def test_comments_and_hidden_words_are_left_out_and_told() -> None:
    content = with_xml(
        "<w:p><w:r><w:t>It is so.</w:t></w:r><w:r><w:commentReference w:id='0'/></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Ask Kim.</w:t></w:r></w:p>"
    )
    assert [s.text for s in article_sentences(article(content))] == ["It is so."]
    assert sorted(codes(content)) == ["comments", "hidden-words"]


def test_a_text_box_is_read_behind_its_paragraph_once_and_named() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Call us now</w:t></w:r></w:p></w:txbxContent>"
    content = with_xml(
        "<w:p><w:r><w:t>It is so.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        f"<wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert [s.text for s in article_sentences(article(content))] == ["It is so.", "Call us now"]
    ((message, paragraph),) = told(content, "text-box")
    assert "Call us now" in message and paragraph == 3


def test_headers_and_footers_are_named() -> None:
    def write(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "Jo Example Counselling"
        document.add_paragraph("It is so.")

    ((message, _),) = told(written(write), "header-left-out")
    assert "Jo Example Counselling" in message


def test_what_cannot_be_read_aloud_is_said() -> None:
    content = with_xml(
        "<w:p><w:r><w:t>A smile </w:t></w:r><w:r><w:sym w:font='Marlett' w:char='F04A'/></w:r>"
        "<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath><w:r><w:object/></w:r></w:p>"
    )
    assert {"symbol-lost", "formula-flattened", "object-left-out"} <= set(codes(content))
    assert [s.text for s in article_sentences(article(content))] == ["A smile a=b"]


def test_a_picture_inside_the_file_is_an_error_with_the_way_out() -> None:
    document = new_document()
    document.add_paragraph("It is so.")
    add_picture(document, PICTURE, "Two armchairs")
    add_picture(document, PICTURE, "A line", decorative=True)
    reading = read(saved(document))
    found = {f.code: f for f in reading.findings}
    assert found["picture-in-word"].severity is Severity.ERROR
    assert (
        "leafcast new" in found["picture-in-word"].fix
        and "Two armchairs" in found["picture-in-word"].message
    )
    assert found["picture-decorative"].severity is Severity.ADVICE


def test_a_contents_table_is_left_out() -> None:
    content = with_xml(
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        "<w:sdtContent>" + p("One 1") + "</w:sdtContent></w:sdt>" + p("It is so.")
    )
    assert [s.text for s in article_sentences(article(content))] == ["It is so."]
    assert codes(content) == ["contents-left-out"]


def test_a_mark_under_a_heading_is_the_leaflets() -> None:
    def write(document: Any) -> None:
        document.add_heading("One", 1)
        document.add_paragraph("leaflet: drop")
        document.add_paragraph("Text stands here.")
        document.add_heading("Two", 1)
        document.add_paragraph("It ends here.")

    found = article(written(write))
    assert found.sections[0].leaflet and found.sections[0].leaflet.choice == "drop"
    assert found.sections[0].leaflet.place.line == 4
    assert same(
        found, markdown("## One\nleaflet: drop\n\nText stands here.\n\n## Two\n\nIt ends here.\n")
    )


# ---------------------------------------------------------------- what a file says of itself


def test_what_is_missing_is_an_error_with_the_fix() -> None:
    document = new_document(author="")
    for paragraph in document.paragraphs:
        paragraph.text = ""
    document.add_paragraph("It is so.")
    reading = read(saved(document))
    assert reading.article is None
    errors = {f.code: f.fix for f in reading.findings if f.severity is Severity.ERROR}
    assert set(errors) == {"no-author", "no-review"}
    assert errors["no-review"] == "Begin the document with a line of its own: review: 2029-11-24"
    assert "2026-03-01" in told(saved(document), "guessed-published")[0][0]


def test_first_lines_say_more_than_the_properties() -> None:
    document = new_document()
    for line in ("title: “Another: title”", "Author: Kim Example"):
        document.add_paragraph(line)
    document.add_paragraph("It is so.")
    found = article(saved(document))
    assert (found.title, found.author) == ("Another: title", "Kim Example")
    assert len(found.introduction) == 1


def test_the_language_is_that_of_most_words() -> None:
    french = "Bonjour tout le monde, et soyez les bienvenus dans ce cabinet tranquille."
    content = with_xml(
        p(french, run="<w:lang w:val='fr-FR'/>"), p("Hello.", run="<w:lang w:val='en-GB'/>")
    )
    found = article(content)
    assert found.language == "fr-FR"
    first, second = (s.content for s in article_sentences(found))
    assert first == (Text(french),)
    assert second == (Foreign((Text("Hello."),), "en-GB"),)


# ---------------------------------------------------------------- hostile and broken


def entities(kind: str) -> bytes:
    if kind == "bomb":
        lines = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 10))
        return f"<!DOCTYPE w [<!ENTITY e0 'lol'>{lines}]>".encode()
    return b"<!DOCTYPE w [<!ENTITY e9 SYSTEM 'file:///etc/passwd'>]>"


@pytest.mark.parametrize("kind", ["bomb", "file"])
@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "docProps/core.xml"])
def test_entities_are_refused_unread(kind: str, name: str) -> None:
    content = written(lambda document: document.add_paragraph("It is so."))
    xml = part_of(content, name)
    start = xml.index(b"?>") + 2
    hostile = xml[:start] + entities(kind) + xml[start:].replace(b"It is so.", b"&e9;")
    began = time.process_time()
    reading = read(repacked(content, {name: hostile}))
    assert time.process_time() - began < 2
    assert [f.code for f in reading.findings] == ["word-hostile"] and reading.article is None


def test_a_zip_bomb_is_not_unpacked() -> None:
    content = written(lambda document: document.add_paragraph("It is so."))
    bomb = b"<w:document>" + b" " * (LARGEST_PART + 10)
    began = time.process_time()
    assert codes(repacked(content, {"word/document.xml": bomb})) == ["word-too-large"]
    small = b"<w:document>" + b" " * 3_000_000
    packed = repacked(content, {"word/document.xml": small})
    assert len(small) > LARGEST_RATIO * len(packed) / 100
    assert codes(packed) == ["word-too-large"]
    assert time.process_time() - began < 5


def ole(words: str) -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + words.encode("utf-16-le") + b"\0" * 900
    )


def other_zip() -> bytes:
    import io

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


DEEP = ("<w:tbl><w:tr><w:tc>" * 500) + p("deep") + ("</w:tc></w:tr></w:tbl>" * 500)
WHOLE = written(lambda document: document.add_paragraph("It is so."))
BROKEN = {
    "an old Word file": ("word-old", ole("WordDocument")),
    "a locked one": ("word-locked", ole("EncryptedPackage")),
    "an empty one": ("word-empty", b""),
    "no Word file": ("not-word", b"Dear Sir or Madam"),
    "another zip": ("not-word", other_zip()),
    "half a copy": ("word-damaged", WHOLE[: len(WHOLE) // 2]),
    "broken XML": ("word-damaged", repacked(WHOLE, {"word/document.xml": b"<w:document><w:body>"})),
    "no letters": ("word-damaged", repacked(WHOLE, {"word/document.xml": b"\xff\xfe\x00"})),
    "very many elements": ("word-too-large", with_body(WHOLE, "<w:p/>" * 1_100_000)),
    "tables in tables": ("nested-too-deep", with_body(WHOLE, DEEP)),
}


@pytest.mark.parametrize(("code", "content"), BROKEN.values(), ids=BROKEN.keys())
def test_a_file_that_cannot_be_read_has_one_finding_with_a_fix(code: str, content: bytes) -> None:
    reading = read(content)
    assert reading.article is None
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == (code, Severity.ERROR)
    assert finding.fix and finding.place and finding.place.path == "source/quiet-hour.docx"


def test_a_file_with_a_password_on_its_parts_is_locked() -> None:
    locked = bytearray(WHOLE)
    at = 0
    while (at := locked.find(b"PK\x01\x02", at)) >= 0:
        locked[at + 8] |= 1
        at += 4
    assert codes(bytes(locked)) == ["word-locked"]


def test_an_article_without_text_is_said() -> None:
    assert codes(saved(new_document())) == ["no-text"]


@given(st.binary(max_size=400), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_never_raises(noise: bytes, at: int) -> None:
    place = at % len(WHOLE)
    read(WHOLE[:place] + noise + WHOLE[place + len(noise) :])
    read(noise)


XML = st.recursive(
    st.sampled_from(["<w:r><w:t>a</w:t></w:r>", "<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>", "<w:p/>", "<w:tbl/>", "<w:r><w:drawing/></w:r>",
                     "<w:r><w:fldChar w:fldCharType='end'/></w:r>", "<w:r><w:fldChar w:fldCharType='begin'/></w:r>",
                     "<w:r><w:footnoteReference w:id='1'/></w:r>", "<mc:AlternateContent/>", "<w:sdt/>"]),
    lambda inner: st.builds(
        lambda tag, inside: f"<w:{tag}>{''.join(inside)}</w:{tag}>",
        st.sampled_from(["p", "r", "tbl", "tr", "tc", "ins", "del", "sdt", "sdtContent", "hyperlink", "smartTag", "pPr", "rPr", "numPr"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)  # fmt: skip


@given(st.lists(XML, max_size=5))
@settings(max_examples=60, deadline=None)
def test_whatever_stands_in_the_body_is_read(parts: list[str]) -> None:
    read(with_body(WHOLE, "".join(parts)))


def test_a_long_document_is_read_in_time() -> None:
    rows = "".join(p(f"Sentence {n} stands here. It is one of many.") for n in range(10_000))
    began = time.process_time()
    found = read(with_body(WHOLE, rows))
    assert time.process_time() - began < 10
    assert found.article is None  # it has no dates, and says so
    assert {f.code for f in found.findings if f.severity is Severity.ERROR} == {"no-review"}
