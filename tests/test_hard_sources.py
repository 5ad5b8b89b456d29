"""Sources that make layouts break: long words, wide tables, odd letters, huge pictures.

Each gets the right page or a clear finding, in every edition: never text lost or drawn over.
"""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image, ImageCms

from leafcast.checks.characters import check_characters
from leafcast.checks.tables import check_tables
from leafcast.design.direction import direction, runs_backwards
from leafcast.design.pictures import picture_fault, prepare_picture
from leafcast.document.article import article_sentences
from leafcast.document.errors import LayoutError
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Severity
from leafcast.locale.language import ENGLISH
from leafcast.practice.project import Contact, Leaflet, load_project
from leafcast.print.html import write_html
from leafcast.print.layout import lay_out, render
from leafcast.print.tables import wide_tables
from leafcast.print.typesetting import Setting, settings_of
from leafcast.readers import read_article
from tests.conftest import PRACTICE, ROOT

LEAFLET = Leaflet(large_print=(16, 18, 24, 36))
EVERY = settings_of(LEAFLET)
each_setting = pytest.mark.parametrize("setting", EVERY, ids=[s.suffix for s in EVERY])

HEAD = """\
---
title: "{title}"
subtitle: "{title}"
author: "{author}"
language: en-GB
summary: "A hard one."
published: 2026-03-01
review: 2028-03-01
---

"""


def read(folder: Path, text: str) -> tuple[Publication, tuple[Finding, ...]]:
    """A practice with one article, `hard`; `text` is its body, or all of it."""
    source = folder / "source"
    source.mkdir(parents=True, exist_ok=True)
    (source / "practice.toml").write_text(PRACTICE, encoding="utf-8")
    path = source / "hard.md"
    whole = text if text.startswith("---") else HEAD.format(title="Hard", author="Jo") + text
    path.write_text(whole, encoding="utf-8")
    reading = read_article(path, source)
    assert reading.article
    project = load_project(folder)
    practice = replace(project.practice, leaflet=LEAFLET)
    return Publication(reading.article, replace(project, practice=practice)), reading.findings


def laid_out(publication: Publication, setting: Setting) -> Any:
    return render(publication, setting, write_html(publication, setting))


def outside(document: Any) -> Iterator[tuple[int, str]]:
    """What is drawn beyond the area that a page's margins leave, with the page's number."""
    for number, sheet in enumerate(document.pages, 1):
        area = sheet._page_box
        left, top = area.content_box_x() - 0.5, area.content_box_y() - 0.5
        right, foot = left + area.width + 1, top + area.height + 3
        flows = area.children[:1]
        cover = {id(b) for flow in flows for b in cover_boxes(flow)}  # which reaches the edges
        for box in (b for flow in flows for b in flow.descendants()):
            if type(box).__name__ not in DRAWN or id(box) in cover:
                continue
            x, y = box.position_x, box.position_y
            if x < left or x + box.width > right or y < top or y + box.height > foot:
                yield number, getattr(box, "text", type(box).__name__)


def cover_boxes(flow: Any) -> Iterator[Any]:
    for box in flow.descendants():
        if box.element is not None and box.element.get("class") == "cover":
            yield from box.descendants()


DRAWN = {
    "TextBox", "InlineReplacedBox", "BlockReplacedBox", "TableBox", "TableCellBox",
}  # fmt: skip


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalpha())


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return letters("".join(page.get_textpage().get_text_bounded() for page in document))


def assert_every_word_is_there(publication: Publication, pdf: bytes) -> None:
    drawn = words_of(pdf)
    for sentence in article_sentences(publication.article):
        assert letters(sentence.text) in drawn, sentence.text


# ---------------------------------------------------------------- long words

LONG = "Rindfleischetikettierungsueberwachungsaufgabenuebertragungsgesetz"
LONG_WORDS = (
    HEAD.format(title=f"The {LONG}", author=f"Jo {LONG}")
    + f"""\
A {LONG}, **{LONG}** and [{LONG}](https://example.org/{LONG}).

## The {LONG}

- one {LONG}
  - inside it {LONG}

> A quotation of {LONG}.

### Inside, {LONG}

Go on.[^1]

| {LONG} | Other |
|---|---|
| {LONG} | https://example.org/{LONG} |

## Another

It ends.

[^1]: A note of {LONG}.

---

**Jo {LONG}**

Write to {LONG}.
"""
)


@each_setting
def test_a_word_of_65_letters_stays_on_the_page(setting: Setting, tmp_path: Path) -> None:
    assert len(LONG) > 60
    publication, _ = read(tmp_path, LONG_WORDS)
    assert list(outside(laid_out(publication, setting))) == []
    assert_every_word_is_there(publication, lay_out(publication, setting))


def test_what_runs_over_the_edge_would_be_found(tmp_path: Path) -> None:
    publication, _ = read(tmp_path, LONG_WORDS)
    html = write_html(publication, EVERY[0]).replace("</head>", WILD + "</head>")
    assert len(list(outside(render(publication, EVERY[0], html)))) > 5


WILD = "<style>* { overflow-wrap: normal !important; }</style>"

# ---------------------------------------------------------------- wide tables

NARROW = "| A | B |\n|---|---|\n| one | two |\n"
WIDE = """\
| Psychodynamic counselling | Understanding | Confidentiality | Appointments | Communication |
|---|---:|---|---|---|
| Relationships | 1 | Safeguarding | Wednesdays | Correspondence |
| Bereavement | 22 | Professionally | Thursdays | Videoconferences |
"""


@each_setting
def test_a_wide_table_stays_on_the_page(setting: Setting, tmp_path: Path) -> None:
    publication, _ = read(
        tmp_path,
        f"Before.\n\n{NARROW}\n{WIDE}\n> Quoted:\n>\n> | A | B |\n> |---|---|\n> | c | d |\n",
    )
    assert list(outside(laid_out(publication, setting))) == []
    assert_every_word_is_there(publication, lay_out(publication, setting))


@each_setting
def test_the_measure_is_the_stylesheets(setting: Setting, tmp_path: Path) -> None:
    publication, _ = read(tmp_path, "Some words.")
    document = laid_out(publication, setting)
    boxes = (b for page in document.pages for b in page._page_box.descendants())
    column = next(box for box in boxes if box.element_tag == "article")
    assert column.width / 96 * 25.4 == pytest.approx(setting.measure_mm, abs=0.01)
    assert column.style["letter_spacing"] in ("normal", 0) or setting.letter_space_em


def test_only_a_table_that_is_too_wide_is_taken_apart_and_named(tmp_path: Path) -> None:
    publication, _ = read(tmp_path, f"Before.\n\n{NARROW}\nBetween.\n\n{WIDE}")
    booklet, a4, *_, largest, _, _ = EVERY
    article, project = publication.article, publication.project
    assert len(wide_tables(article, project, largest)) == 1
    assert len(wide_tables(article, project, booklet)) == 1
    (finding,) = check_tables(publication, tmp_path)
    assert (finding.code, finding.severity) == ("table-too-wide", Severity.ADVICE)
    assert str(finding.place) == "source/hard.md:19"
    assert largest.called(ENGLISH) in finding.message
    html = write_html(publication, largest)
    assert html.count('class="stacked"') == 1
    assert 'data-head="Appointments: "' in html
    assert a4.name not in finding.message or wide_tables(article, project, a4)


def test_a_narrow_table_is_no_matter(tmp_path: Path) -> None:
    publication, _ = read(tmp_path, NARROW)
    assert not list(check_tables(publication, tmp_path))


# ---------------------------------------------------------------- letters no font here has

ARABIC = "السلام عليكم"
SYRIAC = "ܫܠܡܐ ܥܡܟܘܢ"
ODD = f"""\
A greeting, [{SYRIAC}]{{lang=syr}}, and [שלום]{{lang=he}} with it. A smile 😀, an arrow →, two signs 心理.

{SYRIAC} ورحمة الله.

## Next

Nothing odd: non‑breaking hyphens, “quotes”, cafe\u0301, a thin\u2009space, £5 – or €6.
"""


def test_what_no_font_has_is_named_with_its_line(tmp_path: Path) -> None:
    publication, _ = read(tmp_path, ODD)
    first, second = check_characters(publication, tmp_path)
    assert (first.code, first.severity) == ("character-not-in-font", Severity.ERROR)
    assert (str(first.place), str(second.place)) == ("source/hard.md:11", "source/hard.md:13")
    assert "“ܫ” (syriac letter shin)" in first.message
    assert "😀" not in first.message
    assert "templates/shared/fonts" in first.fix


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("心", "“心” (cjk unified ideograph-5fc3) cannot be printed: no font here has it"),
        ("ހިދ", "“ހ” (thaana letter haa), “ި” (thaana ibifili), “ދ” (thaana letter dhaalu)"),
        ("𝛼", "“𝛼” (mathematical italic small alpha)"),
        ("\ue000", "“\ue000” (u+e000)"),
    ],
)
def test_a_character_is_named_in_words(text: str, named: str, tmp_path: Path) -> None:
    publication, _ = read(tmp_path, f"It is {text} here.")
    (finding,) = check_characters(publication, tmp_path)
    assert named in finding.message


def test_what_the_practice_says_is_looked_at_too(tmp_path: Path) -> None:
    publication, _ = read(tmp_path, "It is quiet.")
    project = publication.project
    practice = replace(project.practice, contact=Contact(invitation="Call me 电"))
    publication = replace(publication, project=replace(project, practice=practice))
    (finding,) = check_characters(publication, tmp_path)
    assert str(finding.place) == "source/practice.toml"
    assert "“电”" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "“it’s” – £5…",
        "non‑breaking",
        "caf\u00e9 cafe\u0301",
        "thin\u2009space",
        "a\u200bb",
        "Dŵr, ŷ, Żółć, Tiếng Việt, λόγος, Привет",
        "ẹ\u0301, m\u0302, Ω, µ, ⁴, ₂",
        "😀 → ✓ ☎ ◦ ‣ ½ ⅔ ™\ufe0f ❤\ufe0f 👨\u200d👩\u200d👧 👍🏽 🇬🇧 1\ufe0f⃣",
        "السلام and שלום",
    ],
)
def test_everyday_letters_are_no_matter(text: str, tmp_path: Path) -> None:
    publication, _ = read(tmp_path, f"It is {text} here.")
    assert not list(check_characters(publication, tmp_path))


@each_setting
def test_what_no_font_has_is_still_carried(setting: Setting, tmp_path: Path) -> None:
    publication, _ = read(tmp_path, ODD)
    assert list(outside(laid_out(publication, setting))) == []
    pdf = lay_out(publication, setting)
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    drawn = "".join(each.get_textpage().get_text_bounded() for each in pypdfium2.PdfDocument(pdf))
    for character in "😀→心理שםܥ":
        assert character in drawn, character
    assert lay_out(publication, setting) == pdf


def tiny_font(path: Path, characters: str) -> None:
    """A font that has these characters, each a bar of another height."""
    names = {ord(character): f"u{ord(character):04X}" for character in characters}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    glyphs = {}
    for at, name in enumerate((".notdef", *names.values())):
        pen = TTGlyphPen(None)
        for number, corner in enumerate(
            ((100, 0), (100, 300 + 20 * at), (400, 300 + 20 * at), (400, 0))
        ):
            (pen.lineTo if number else pen.moveTo)(corner)
        pen.closePath()
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (500, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200)
    builder.setupNameTable({"familyName": "Tiny", "styleName": "Regular"})
    builder.setupPost()
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.save(path)


def test_a_font_put_beside_the_others_mends_it(tmp_path: Path) -> None:
    tiny_font(tmp_path / "templates/shared/fonts/tiny.ttf", "".join(sorted(set(SYRIAC))))
    publication, _ = read(tmp_path, f"A greeting, [{SYRIAC}]{{lang=syr}}, in it.\n\n{SYRIAC}.\n")
    assert not list(check_characters(publication, tmp_path))
    for setting in (EVERY[0], EVERY[1]):
        pdf = lay_out(publication, setting)
        assert page.validate_pdf_bytes(pdf, profile="ua1").is_compliant
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            fonts = {
                str(each.get("/FontName", ""))
                for each in opened.objects
                if isinstance(each, pikepdf.Dictionary)
            }
        assert any("Tiny" in name for name in fonts)
        assert not any("Stand-in" in name for name in fonts)
        drawn = "".join(
            each.get_textpage().get_text_bounded() for each in pypdfium2.PdfDocument(pdf)
        )
        assert SYRIAC in drawn


def test_right_to_left_is_drawn_from_the_right(tmp_path: Path) -> None:
    publication, _ = read(tmp_path, f"English.\n\n{ARABIC}.\n\n## {ARABIC}\n\nEnglish.")
    html = write_html(publication, EVERY[1])
    assert html.count('dir="rtl">') == 2
    document = laid_out(publication, EVERY[1])
    area = document.pages[0]._page_box
    edge = area.content_box_x() + area.width
    boxes = [b for b in area.descendants() if type(b).__name__ == "TextBox" and ARABIC in b.text]
    assert len(boxes) == 2
    assert all(box.position_x + box.width == pytest.approx(edge, abs=1) for box in boxes)


@pytest.mark.parametrize(
    ("text", "way"),
    [
        (ARABIC, "rtl"),
        (f"“{ARABIC}” he said", "rtl"),
        (f"He said {ARABIC}", "ltr"),
        ("12–14", "ltr"),
    ],
)
def test_the_first_letter_says_which_way_a_text_runs(text: str, way: str) -> None:
    assert direction(text) == way
    assert runs_backwards(text) == (ARABIC in text)


# ---------------------------------------------------------------- pictures

SEEN = "![A garden in spring](garden{suffix})\n"


def findings_of(folder: Path, suffix: str, content: bytes) -> list[tuple[str, str]]:
    """What is found in an article that shows this picture: code and place."""
    (folder / "source").mkdir(parents=True, exist_ok=True)
    (folder / "source" / f"garden{suffix}").write_bytes(content)
    _, findings = read(folder, "Words.\n\n" + SEEN.format(suffix=suffix))
    return [(finding.code, str(finding.place)) for finding in findings]


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def prepared(folder: Path, suffix: str, content: bytes) -> Image.Image:
    """The picture as it goes to print."""
    path = folder / f"garden{suffix}"
    path.write_bytes(content)
    assert picture_fault(path) is None
    ready = prepare_picture(path)
    assert prepare_picture(path) == ready
    return Image.open(io.BytesIO(ready))


def near(colour: Any, wanted: tuple[int, ...], within: int = 12) -> bool:
    return all(abs(a - b) <= within for a, b in zip(colour, wanted, strict=True))


def halves(mode: str = "RGB", size: tuple[int, int] = (80, 40)) -> Image.Image:
    """Red on the left, green on the right."""
    picture = Image.new("RGB", size, (200, 30, 30))
    picture.paste((30, 160, 30), (size[0] // 2, 0, *size))
    return picture.convert(mode)


def test_a_photograph_of_40_megapixels_becomes_as_small_as_print_needs(tmp_path: Path) -> None:
    ready = prepared(tmp_path, ".jpg", encoded(halves(size=(8000, 5000)), "JPEG"))
    assert ready.size == (2056, 1285)
    assert near(ready.getpixel((100, 600)), (200, 30, 30))
    assert near(ready.getpixel((2000, 600)), (30, 160, 30))


@pytest.mark.skipif(sys.platform != "linux", reason="measured by /proc")
def test_forty_megapixels_take_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "garden.jpg"
    path.write_bytes(encoded(halves(size=(8000, 5000)), "JPEG"))
    code = (
        "import sys\nfrom pathlib import Path\nfrom leafcast.design.pictures import *\n"
        "path = Path(sys.argv[1])\nassert picture_fault(path) is None\nprepare_picture(path)\n"
        "status = Path('/proc/self/status').read_text().split()\n"
        "print(int(status[status.index('VmHWM:') + 1]) // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert int(done.stdout) < 160


def test_a_picture_lies_as_the_camera_was_held(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "taken at home"
    ready = prepared(tmp_path, ".jpg", encoded(halves(), "JPEG", exif=exif.tobytes()))
    assert ready.size == (40, 80)
    assert near(ready.getpixel((20, 5)), (200, 30, 30))
    assert not dict(ready.getexif())


@pytest.mark.parametrize(
    ("mode", "kind", "suffix"),
    [
        ("RGB", "PNG", ".png"), ("RGBA", "PNG", ".png"), ("P", "PNG", ".png"), ("P", "GIF", ".gif"),
        ("CMYK", "JPEG", ".jpg"), ("CMYK", "TIFF", ".tif"), ("RGB", "WEBP", ".webp"),
        ("RGBA", "WEBP", ".webp"), ("RGB", "BMP", ".bmp"), ("YCbCr", "JPEG", ".jpg"),
    ],
)  # fmt: skip
def test_every_kind_of_picture_keeps_its_colours(
    mode: str, kind: str, suffix: str, tmp_path: Path
) -> None:
    ready = prepared(tmp_path, suffix, encoded(halves(mode), kind))
    assert ready.mode == "RGB"
    assert near(ready.getpixel((10, 20)), (200, 30, 30), 40)
    assert near(ready.getpixel((70, 20)), (30, 160, 30), 40)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_see_through_stands_on_white(mode: str, tmp_path: Path) -> None:
    picture = Image.new(mode, (3000, 2000), 0 if mode == "RGBA" else (0, 0))
    ready = prepared(tmp_path, ".png", encoded(picture, "PNG"))
    assert ready.convert("RGB").getpixel((9, 9)) == (255, 255, 255)


def test_sixteen_bits_become_eight(tmp_path: Path) -> None:
    picture = Image.new("I;16", (60, 40), 128 * 257)
    ready = prepared(tmp_path, ".png", encoded(picture, "PNG"))
    assert ready.mode == "L"
    assert near((ready.getpixel((5, 5)),), (128,), 1)


def test_a_colour_profile_is_brought_to_the_pages(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    ready = prepared(tmp_path, ".png", encoded(halves(), "PNG", icc_profile=profile))
    assert near(ready.getpixel((10, 20)), (200, 30, 30), 3)
    assert "icc_profile" not in ready.info
    ready = prepared(tmp_path, ".png", encoded(halves(), "PNG", icc_profile=b"broken"))
    assert near(ready.getpixel((10, 20)), (200, 30, 30), 3)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><path d="M0 0h4v2z"/></svg>'


@pytest.mark.parametrize(
    ("suffix", "content", "code"),
    [
        (".png", b"no picture", "picture-unreadable"),
        (".png", b"", "picture-unreadable"),
        (".png", encoded(halves(), "PNG")[:-60], "picture-unreadable"),
        (".jpg", encoded(halves(), "JPEG")[:-40], "picture-unreadable"),
        (".webp", encoded(halves(), "WEBP")[:-20], "picture-unreadable"),
        (".heic", b"\0\0\0\x18ftypheic", "picture-unreadable"),
        (".svg", b"<html></html>", "picture-unreadable"),
        (".svg", SVG[:-9].encode(), "picture-unreadable"),
        (".svg", SVG.encode() + b" " * 2_000_001, "picture-too-large"),
        (".png", encoded(Image.new("1", (9000, 7000)), "PNG"), "picture-too-large"),
        (".png", encoded(Image.new("1", (20000, 15000)), "PNG"), "picture-too-large"),
        (".webp", encoded(Image.new("L", (6000, 5000)), "WEBP", method=0), "picture-too-large"),
    ],
)
def test_a_picture_that_cannot_be_used_is_named(
    suffix: str, content: bytes, code: str, tmp_path: Path
) -> None:
    assert findings_of(tmp_path, suffix, content) == [(code, "source/hard.md:13")]


def test_how_large_it_is_is_said(tmp_path: Path) -> None:
    content = encoded(Image.new("1", (20000, 15000)), "PNG")
    findings_of(tmp_path, ".png", content)
    _, (finding,) = read(tmp_path, "Words.\n\n" + SEEN.format(suffix=".png"))
    assert "garden.png has 300 megapixels" in finding.message
    assert "2056 pixels" in finding.fix


def test_a_picture_damaged_within_stops_the_edition_with_its_name(tmp_path: Path) -> None:
    content = bytearray(encoded(Image.radial_gradient("L"), "PNG"))
    content[2000:2400] = bytes(400)
    assert findings_of(tmp_path, ".png", bytes(content)) == []
    publication, _ = read(tmp_path, "Words.\n\n" + SEEN.format(suffix=".png"))
    with pytest.raises(LayoutError, match=r"garden\.png is damaged"):
        lay_out(publication, EVERY[1])


@each_setting
@pytest.mark.parametrize("suffix", [".jpg", ".svg"])
def test_a_picture_stays_on_the_page(setting: Setting, suffix: str, tmp_path: Path) -> None:
    tall = encoded(halves(size=(900, 2400)), "JPEG") if suffix == ".jpg" else SVG.encode()
    assert findings_of(tmp_path, suffix, tall) == []
    publication, _ = read(tmp_path, "Words.\n\n" + SEEN.format(suffix=suffix) + "\nMore.\n")
    assert list(outside(laid_out(publication, setting))) == []
    pdf = lay_out(publication, setting)
    assert page.validate_pdf_bytes(pdf, profile="ua1").is_compliant
    assert lay_out(publication, setting) == pdf
