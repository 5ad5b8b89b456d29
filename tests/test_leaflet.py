"""The leaflet, read back from its tags: PDF/UA, every word in order, no text too small."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from leafcast.checks.pdf.document import read_document
from leafcast.document.article import article_sentences
from leafcast.document.errors import LayoutError
from leafcast.document.publication import Publication
from leafcast.markup.html import dialled, tie_end
from leafcast.practice.project import Contact, Credential, CrisisLine, Leaflet, Look, load_project
from leafcast.print.html import write_html
from leafcast.print.imposition.save import structure_elements
from leafcast.print.layout import draw_qr, lay_out, read_address, render
from leafcast.print.spacing import spaced_fonts
from leafcast.print.themes import CREAM
from leafcast.print.tint import without_ground
from leafcast.print.typesetting import (
    A4,
    BOOKLET,
    DYSLEXIA,
    LARGE_PRINT,
    SETTINGS,
    Setting,
    large_print,
)
from leafcast.readers import read_article
from tests.conftest import ARTICLE, ROOT, write_practice

TORTURE = ROOT / "tests/cases/articles/torture.md"


def publication_of(path: Path, folder: Path) -> Publication:
    (folder / "source").mkdir(parents=True)
    shutil.copy(ROOT / "source/practice.toml", folder / "source")
    for neighbour in path.parent.glob("*.png"):
        shutil.copy(neighbour, folder / "source")
    source = Path(shutil.copy(path, folder / "source"))
    article = read_article(source, folder / "source").article
    assert article
    return Publication(article, load_project(folder))


@pytest.fixture(scope="module")
def publications(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Publication]:
    return {
        path.stem: publication_of(path, tmp_path_factory.mktemp(path.stem) / "practice")
        for path in (ARTICLE, TORTURE)
    }


@pytest.fixture(scope="module")
def leaflets(publications: dict[str, Publication]) -> dict[tuple[str, str], bytes]:
    return {
        (name, setting.suffix): lay_out(publication, setting)
        for name, publication in publications.items()
        for setting in SETTINGS
    }


EACH = [(name, setting) for name in (ARTICLE.stem, TORTURE.stem) for setting in SETTINGS]
each_leaflet = pytest.mark.parametrize(
    ("name", "setting"), EACH, ids=[f"{name[:8]}-{setting.suffix}" for name, setting in EACH]
)
Leaflets = dict[tuple[str, str], bytes]


def words_of(pdf: bytes) -> str:
    """All text as drawn, page after page, letters alone: line ends say nothing of words."""
    document = pypdfium2.PdfDocument(pdf)
    return letters("".join(each.get_textpage().get_text_bounded() for each in document))


def letters(text: str) -> str:
    """The letters of `text`: spaces, hyphens and digits change at a line's end or with a folio."""
    return "".join(character for character in text if character.isalpha())


# ---------------------------------------------------------------- every edition
GROUPING = ("/Document", "/Part", "/Sect", "/Art", "/Div")
"""Elements that hold others and no words of their own (ISO 32000-2, 14.8.4.2; PDF/UA-2, 8.2.5)."""


@each_leaflet
def test_no_words_stand_beside_the_blocks(name: str, setting: Setting, leaflets: Leaflets) -> None:
    with pikepdf.open(io.BytesIO(leaflets[name, setting.suffix])) as pdf:
        groups = [each for each in structure_elements(pdf) if each.S in GROUPING]
        assert groups
        assert not [kid for each in groups for kid in each.K if isinstance(kid, int)]


@each_leaflet
def test_it_conforms_to_pdf_ua_1(name: str, setting: Setting, leaflets: Leaflets) -> None:
    report = page.validate_pdf_bytes(leaflets[name, setting.suffix], profile="ua1")
    assert report.rules.total > 100
    assert [failure.message for failure in report.failures] == []


def test_the_validator_can_fail(leaflets: Leaflets) -> None:
    with pikepdf.open(io.BytesIO(leaflets[ARTICLE.stem, "a4"])) as pdf:
        del pdf.Root.StructTreeRoot
        spoilt = io.BytesIO()
        pdf.save(spoilt)
    assert not page.validate_pdf_bytes(spoilt.getvalue(), profile="ua1").is_compliant


@each_leaflet
def test_every_sentence_is_there_in_reading_order(
    name: str, setting: Setting, leaflets: Leaflets, publications: dict[str, Publication]
) -> None:
    article = publications[name].article
    running = letters(article.title)  # at the head or the foot of each page
    drawn = words_of(leaflets[name, setting.suffix]).replace(running, "")
    at = 0
    for sentence in article_sentences(article):
        found = drawn.find(letters(sentence.text), at)
        assert found >= 0, sentence.text
        at = found


@each_leaflet
def test_no_text_is_smaller_than_the_edition_promises(
    name: str, setting: Setting, leaflets: Leaflets
) -> None:
    with pikepdf.open(io.BytesIO(leaflets[name, setting.suffix])) as pdf:
        sizes = set()
        for each in pdf.pages:
            content = each.obj.Contents.read_bytes()
            assert b"\n0.75 0 0 0.75 0 0 cm" in content  # CSS pixels to points
            sizes |= {float(size) * 0.75 for size in re.findall(rb" ([\d.]+) Tf", content)}
    assert min(sizes) == pytest.approx(setting.body_pt, abs=0.01)


@each_leaflet
def test_no_heading_is_stranded_at_a_foot(name: str, setting: Setting, leaflets: Leaflets) -> None:
    with pikepdf.open(io.BytesIO(leaflets[name, setting.suffix])) as pdf:
        elements = list(in_order(pdf.Root.StructTreeRoot.K[0]))
        blocks = [
            e
            for e in elements
            if str(e.S) in {"/H2", "/H3", "/H4", "/P", "/LI", "/TOCI", "/Figure", "/Table"}
        ]
        for heading, after in zip(blocks, blocks[1:], strict=False):
            if str(heading.S) in {"/H2", "/H3", "/H4"}:
                assert first_page(heading) == first_page(after)


def first_page(element: Any) -> tuple[int, int]:
    """The object of the page on which an element begins."""
    return next(inner.Pg.objgen for inner in in_order(element) if "/Pg" in inner)


def in_order(element: Any) -> Iterator[Any]:
    yield element
    for kid in element.get("/K", ()):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from in_order(kid)


@each_leaflet
def test_links_are_printed_and_list_items_have_a_body(
    name: str, setting: Setting, leaflets: Leaflets
) -> None:
    with pikepdf.open(io.BytesIO(leaflets[name, setting.suffix])) as pdf:
        flags = [a.F for each in pdf.pages for a in each.obj.get("/Annots", ())]
        assert flags
        assert set(flags) == {4}
        items = [e for e in structure_elements(pdf) if str(e.S) == "/LI"]
        assert items
        assert all(any(kid.S == "/LBody" for kid in item.K) for item in items)


def test_table_headers_say_what_they_head(leaflets: Leaflets) -> None:
    with pikepdf.open(io.BytesIO(leaflets[TORTURE.stem, "a4"])) as pdf:
        headers = [e for e in structure_elements(pdf) if str(e.S) == "/TH"]
        assert [str(header.A.Scope) for header in headers] == ["/Column"] * 3


@each_leaflet
def test_the_same_leaflet_comes_out_twice(
    name: str, setting: Setting, leaflets: Leaflets, publications: dict[str, Publication]
) -> None:
    assert lay_out(publications[name], setting) == leaflets[name, setting.suffix]


def pages(leaflets: Leaflets, setting: Setting) -> int:
    with pikepdf.open(io.BytesIO(leaflets[ARTICLE.stem, setting.suffix])) as pdf:
        return len(pdf.pages)


def test_the_article_fills_two_sheets_as_a_booklet_and_as_an_a4_leaflet(leaflets: Leaflets) -> None:
    assert (pages(leaflets, BOOKLET), pages(leaflets, A4)) == (8, 4)
    assert pages(leaflets, LARGE_PRINT[0]) < pages(leaflets, LARGE_PRINT[1])


def test_only_the_house_fonts_are_used_and_they_are_embedded(leaflets: Leaflets) -> None:
    for pdf_bytes in leaflets.values():
        with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
            fonts = [
                o for o in pdf.objects
                if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
            ]  # fmt: skip
            assert fonts
            for font in fonts:
                assert re.search("Atkinson-Hyperlegible-Next|Literata", str(font.FontName))
                assert "/FontFile2" in font or "/FontFile3" in font


def test_bookmarks_are_the_headings(
    leaflets: Leaflets, publications: dict[str, Publication]
) -> None:
    with (
        pikepdf.open(io.BytesIO(leaflets[ARTICLE.stem, "a4"])) as pdf,
        pdf.open_outline() as outline,
    ):
        (title,) = outline.root
        article = publications[ARTICLE.stem].article
        assert title.title == article.title
        headings = [section.heading.text for section in article.sections]
        assert [bookmark.title for bookmark in title.children][: len(headings)] == headings


# ---------------------------------------------------------------- the page behind it


def html_of(publication: Publication, **changes: object) -> str:
    practice = replace(publication.project.practice, **changes)  # type: ignore[arg-type]
    project = replace(publication.project, practice=practice)
    return write_html(replace(publication, project=project), A4)


def test_what_the_owner_leaves_out_is_not_shown(publications: dict[str, Publication]) -> None:
    html = html_of(publications[ARTICLE.stem], contact=Contact(), crisis=())
    for words in ("Telephone", "E-mail", "help straight away", "None"):
        assert words not in html


def test_a_phone_number_and_an_email_can_be_used(publications: dict[str, Publication]) -> None:
    contact = Contact(phone="01632 960 123", email="jo@example.org")
    html = html_of(publications[ARTICLE.stem], contact=contact)
    telephone = 'aria-label="01632 960 123, starts a telephone call">01632 960 123</a>'
    assert f'<a class="tied" href="tel:01632960123" {telephone}' in html
    mail = 'aria-label="jo@example.org, starts an e-mail">jo@\u200bexample.org</a>'
    assert f'<a href="mailto:jo@example.org" {mail}' in html


@pytest.mark.parametrize(
    ("heading", "html"),
    [
        ("What It Feels Like", 'What It <span class="tied">Feels Like</span>'),
        ("Unique – and Powerful", 'Unique – <span class="tied">and Powerful</span>'),
        ("Hope & Fear & Joy", 'Hope &amp; Fear <span class="tied">&amp; Joy</span>'),
        ("Two words", "Two words"),
        ("A Psychotherapeutic Relationship", "A Psychotherapeutic Relationship"),
        ("", ""),
    ],
)
def test_a_heading_does_not_leave_one_word_alone(heading: str, html: str) -> None:
    assert str(tie_end(heading)) == html


def test_a_plus_is_dialled_too() -> None:
    assert dialled("+44 (1632) 960-123") == "+441632960123"


def test_a_credential_is_shown_until_it_expires(publications: dict[str, Publication]) -> None:
    from datetime import date

    credentials = (Credential("MBACP", date(2026, 11, 24)), Credential("Old", date(2026, 11, 23)))
    html = html_of(publications[ARTICLE.stem], credentials=credentials)
    assert "<p>MBACP</p>" in html
    assert "<p>Old</p>" not in html


def test_words_that_look_like_html_are_words(publications: dict[str, Publication]) -> None:
    publication = publications[ARTICLE.stem]
    article = replace(publication.article, title="<script>alert(1)</script> & more")
    html = write_html(replace(publication, article=article), A4)
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in html


def test_emphasis_is_bold_lists_count_from_where_they_should_and_foreign_words_say_so(
    publications: dict[str, Publication],
) -> None:
    html = html_of(publications[TORTURE.stem])
    assert "<em>stressed words</em>" in html
    assert 'start="3"' in html
    assert '<span lang="fr">mot juste</span>' in html


# ---------------------------------------------------------------- what may be read


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/x.png", "file:///etc/passwd", "leafcast:source/../practice.toml/../../x",
        "leafcast:source/%2e%2e/%2e%2e/etc/passwd", "leafcast:templates/leaflet/base.css", "data:,x",
        "leafcast:",
    ],
)  # fmt: skip
def test_nothing_else_is_read(url: str, publications: dict[str, Publication]) -> None:
    with pytest.raises((ValueError, FileNotFoundError)):
        read_address(publications[ARTICLE.stem], url)


def test_pictures_beside_the_article_are_read(publications: dict[str, Publication]) -> None:
    content, _ = read_address(publications[TORTURE.stem], "leafcast:source/armchairs.png")
    assert content.startswith(b"\x89PNG")


def test_a_font_that_is_not_there_is_named_with_those_that_are(
    publications: dict[str, Publication],
) -> None:
    publication = publications[ARTICLE.stem]
    practice = replace(publication.project.practice, look=Look(font="Comic Sans MS"))
    project = replace(publication.project, practice=practice)
    with pytest.raises(LayoutError, match="Comic Sans MS") as caught:
        lay_out(replace(publication, project=project), A4)
    assert "Atkinson Hyperlegible" in caught.value.hint


@pytest.mark.parametrize("step", ["_render", "write_pdf"])
def test_a_page_that_cannot_be_laid_out_is_one_clear_error(
    step: str, publications: dict[str, Publication], monkeypatch: pytest.MonkeyPatch
) -> None:
    import weasyprint

    def trip(*_: object, **__: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(weasyprint.document.Document, step, trip)
    with pytest.raises(LayoutError, match="A4 leaflet"):
        lay_out(publications[ARTICLE.stem], A4)


def test_a_qr_code_has_its_quiet_zone() -> None:
    svg = draw_qr("https://example.org/a")
    side = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])  # type: ignore[index]
    assert (side - 8 - 17) % 4 == 0  # 4 modules on each side of a version's 17 + 4n


# ---------------------------------------------------------------- editions for readers


def colours_of_ground(pdf_bytes: bytes) -> list[str]:
    """The colour at the corners and the foot of each page, as #RRGGBB."""
    colours = []
    for each in pypdfium2.PdfDocument(pdf_bytes):
        picture = each.render(scale=0.25).to_pil().convert("RGB")
        wide, high = picture.width - 1, picture.height - 1
        edges = ((0, 0), (wide, 0), (0, high), (wide, high), (wide // 2, high))
        colours += ["#{:02X}{:02X}{:02X}".format(*picture.getpixel(at)) for at in edges]
    return colours


def test_the_dyslexia_edition_is_on_cream_to_the_edges_and_its_print_file_is_not(
    leaflets: Leaflets,
) -> None:
    reading = leaflets[ARTICLE.stem, "dyslexia"]
    corners = 5  # of the cover, which is in the practice's colours to the edges
    assert set(colours_of_ground(reading)[corners:]) == {CREAM}
    assert set(colours_of_ground(without_ground(reading))[corners:]) == {"#FFFFFF"}
    assert words_of(without_ground(reading)) == words_of(reading)


def test_a_leaflet_without_a_ground_has_none_to_take_off(leaflets: Leaflets) -> None:
    with pytest.raises(LayoutError, match="no tint"):
        without_ground(leaflets[ARTICLE.stem, "a4"])


def test_the_high_contrast_edition_is_black_to_the_edges(leaflets: Leaflets) -> None:
    ground = colours_of_ground(leaflets[ARTICLE.stem, "large-print-high-contrast"])
    assert set(ground) == {"#000000"}


def style_of(publication: Publication, setting: Setting, tag: str) -> Any:
    document = render(publication, setting, write_html(publication, setting))
    boxes = (b for each in document.pages for b in each._page_box.descendants())
    return next(box for box in boxes if box.element_tag == tag).style


def test_the_dyslexia_edition_keeps_the_bdas_figures(publications: dict[str, Publication]) -> None:
    publication = publications[ARTICLE.stem]
    body, heading = (style_of(publication, DYSLEXIA, tag) for tag in ("li", "h2"))
    em = body["font_size"]
    font = TTFont(ROOT / "templates/shared/fonts/AtkinsonHyperlegibleNext-Regular.ttf")
    wide = {c: font["hmtx"][name][0] / 1000 for c, name in font.getBestCmap().items()}
    drawn = advances(lay_out(publication, DYSLEXIA))
    written = [
        ord(c) for s in article_sentences(publication.article) for c in s.text if c.isalpha()
    ]
    mean_letter = sum(wide[letter] for letter in written) / len(written)
    spaces = {round(drawn[c] - wide[ord(c)], 3) for c in "aeintherapy"}
    (letter_space,) = spaces
    word_space = drawn[" "] + body["word_spacing"] / em
    assert em == pytest.approx(14 / 0.75)
    assert letter_space / mean_letter == pytest.approx(0.35, abs=0.005)
    assert word_space >= 3.5 * letter_space
    assert body["line_height"] == 1.5
    assert heading["font_size"] >= 1.2 * em
    assert body["text_align_all"] in ("start", "left")


def advances(pdf: bytes) -> dict[str, float]:
    """How far each letter of the regular face leads on, in em, by the PDF's own widths."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        fonts = {font.name: font for font in read_document(opened).codes if not font.bold}
        (font,) = (each for name, each in fonts.items() if "Atkinson" in name)
        return {font.unicode[code]: font.widths[code] / 1000 for code in font.unicode}


def test_no_style_sheet_puts_letters_so_far_apart_that_words_fall_to_pieces() -> None:
    """pdf.js takes a step of 0.10 em for a space, poppler one of 0.12 em."""
    sheets = [*(ROOT / "templates/leaflet").glob("*.css"), *(ROOT / "leafcast").rglob("*.py")]
    for sheet in sheets:
        for ems in re.findall(r"letter-spacing:\s*([\d.]+)em", sheet.read_text("utf-8")):
            assert float(ems) <= 0.08, sheet


def test_what_letters_stand_apart_by_is_in_their_fonts(tmp_path: Path) -> None:
    """Also in those that stand behind the practice's own, but for letters that are joined."""
    folder = spaced_fonts(load_project(write_practice(tmp_path)), 0.1)
    assert sorted(path.name for path in folder.iterdir()) == [
        "0-AtkinsonHyperlegibleNext-Bold.ttf", "1-AtkinsonHyperlegibleNext-Italic.ttf",
        "2-AtkinsonHyperlegibleNext-Regular.ttf", "3-AtkinsonHyperlegibleNext-SemiBold.ttf",
        "4-LeafcastDejaVu-Bold.ttf", "5-LeafcastDejaVu-Regular.ttf", "made",
    ]  # fmt: skip
    with (
        TTFont(folder / "5-LeafcastDejaVu-Regular.ttf") as spaced,
        TTFont(ROOT / "templates/shared/fonts/LeafcastDejaVu-Regular.ttf") as plain,
    ):
        wider = {
            char: spaced["hmtx"][glyph][0] - plain["hmtx"][glyph][0]
            for char, glyph in ((c, plain.getBestCmap()[ord(c)]) for c in "aω\u0301\u0627☎")
        }
        assert spaced["name"].getBestFamilyName() == "Leafcast DejaVu Spaced"
        assert spaced["name"].getDebugName(6) == "LeafcastDejaVu-Regular-Spaced"
    assert wider == {"a": 100, "ω": 100, "\u0301": 0, "\u0627": 0, "☎": 100}
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    again = spaced_fonts(load_project(tmp_path), 0.1)
    assert {path: path.stat().st_mtime_ns for path in again.iterdir()} == before
    other = spaced_fonts(load_project(tmp_path), 0.05)
    assert other.exists()
    assert not folder.exists()


@pytest.mark.parametrize("size", [16, 21, 28, 36])
def test_large_print_follows_from_one_number(
    size: int, publications: dict[str, Publication]
) -> None:
    publication = publications[ARTICLE.stem]
    (setting, *_) = large_print(Leaflet(large_print=(size,)))
    document = render(publication, setting, write_html(publication, setting))
    sizes = {
        box.style["font_size"] * 0.75
        for each in document.pages
        for box in each._page_box.descendants()
        if type(box).__name__ == "TextBox"
    }
    assert min(sizes) == pytest.approx(size)
    assert max(sizes) > 1.4 * size


def test_large_print_is_named_by_its_sizes() -> None:
    settings = large_print(Leaflet(large_print=(20, 16, 36), high_contrast=False))
    assert [setting.suffix for setting in settings] == [
        "large-print", "large-print-16", "large-print-36",
    ]  # fmt: skip
    assert [setting.body_pt for setting in settings] == [20, 16, 36]


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_every_number_to_call_is_drawn_however_many_there_are(
    count: int, publications: dict[str, Publication]
) -> None:
    """Their boxes share what style they have in common, and all are drawn where they stand."""
    lines = tuple(CrisisLine(f"Line {at}", f"Call free on 0300 123 33{at}1") for at in range(count))
    publication = publications[ARTICLE.stem]
    practice = replace(publication.project.practice, crisis=lines)
    publication = replace(publication, project=replace(publication.project, practice=practice))
    *_, back = pypdfium2.PdfDocument(lay_out(publication, BOOKLET))
    assert back.get_textpage().get_text_bounded().count("0300 123 33") == count
