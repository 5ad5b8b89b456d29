"""What a print shop gets: inks in place of a screen's colours, and nothing else changed."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from leafcast.checks.pdf.for_shops import shop_faults
from leafcast.checks.prints import check_pdf
from leafcast.design.inks import inks_of, seen_as
from leafcast.document.publication import Publication
from leafcast.editions.table import EDITIONS
from leafcast.print.layout import lay_out
from leafcast.print.print_shop import for_print_shop
from leafcast.print.typesetting import BOOKLET
from leafcast.readers import read_article
from tests.test_oracle import written

ACCENTS = ("1F5A5E", "7A402E", "364D76", "6F3854", "43572D", "F2C08A", "DDE6E6", "FBF3DF", "FFE14D")


def rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (each / 255 for each in bytes.fromhex(colour))
    return red, green, blue


# ---------------------------------------------------------------- a colour


@pytest.mark.parametrize("colour", ["000000", "1E2A2B", "222222", "2B2320"])
def test_text_is_black_ink_alone(colour: str) -> None:
    *others, black = inks_of(rgb(colour))
    assert others == [0, 0, 0]
    assert black > 0.9


def test_grey_is_black_ink_and_white_is_none() -> None:
    assert inks_of(rgb("FFFFFF")) == (0, 0, 0, 0)
    *others, black = inks_of(rgb("808080"))
    assert others == [0, 0, 0]
    assert 0.55 < black < 0.7


@pytest.mark.parametrize("colour", ACCENTS)
def test_a_colour_is_mixed_of_three_inks_and_looks_the_same(colour: str) -> None:
    inks = inks_of(rgb(colour))
    assert sum(ink > 0 for ink in inks) <= 3
    assert sum(inks) < 2.2
    assert np.abs(np.subtract(seen_as(inks), rgb(colour))).max() < 0.1


def test_what_no_ink_can_be_comes_as_near_as_it_can() -> None:
    """Blue of a screen is beyond what is printed: it stays blue, and darker than what is not."""
    red, green, blue = seen_as(inks_of(rgb("0000FF")))
    assert blue > 2 * green and blue > 1.5 * red


# ---------------------------------------------------------------- a file

BLEND = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><defs>
<linearGradient id="a"><stop offset="0" stop-color="#aa3333"/><stop offset=".4" stop-color="#eebb33"/>\
<stop offset="1" stop-color="#224488"/></linearGradient>
<linearGradient id="b"><stop offset="0" stop-color="#225544"/>\
<stop offset="1" stop-color="#225544" stop-opacity="0"/></linearGradient></defs>
<rect width="300" height="50" fill="url(#a)"/><rect y="50" width="300" height="50" fill="url(#b)"/>
<circle cx="150" cy="50" r="30" fill="#cc2244" opacity=".5"/></svg>
"""
BODY = """\
It begins, with [a link](https://www.nhs.uk/), a note.[^1]

![A blend of colours](blend.svg)

![A spot that one sees through](spot.png)

![Waves on a beach](photo.jpg)

![Waves in grey](grey.jpg)

| | Monday | Tuesday |
|---|---|---|
| Morning | come | |

[^1]: And [one](https://example.org/) more.
"""


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    folder = tmp_path_factory.mktemp("inks")
    spot = Image.new("RGBA", (120, 80), (0, 0, 0, 0))
    spot.paste((180, 40, 90, 160), (20, 20, 100, 60))
    spot.save(folder / "spot.png")
    publication = written(folder, BODY)
    source = publication.project.source
    (source / "blend.svg").write_text(BLEND, "utf-8")
    noise = np.random.default_rng(3).integers(0, 80, (150, 200, 3)).cumsum(axis=1) % 255
    Image.fromarray(noise.astype(np.uint8)).save(source / "photo.jpg", quality=90)
    Image.fromarray(noise.astype(np.uint8)).convert("L").save(source / "grey.jpg", quality=90)
    article = read_article(source / "links.md", source).article
    assert article
    return Publication(article, publication.project.for_print_shop())


@pytest.fixture(scope="module")
def pages(publication: Publication) -> tuple[bytes, bytes]:
    """The booklet with bleed, as it is for screens, and as a print shop gets it."""
    screens = lay_out(publication, replace(BOOKLET, bleed_mm=3.0))
    return screens, for_print_shop(screens)


def told(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [fault.code for fault in shop_faults(opened)]


def pixels(pdf: bytes) -> list[Any]:
    document = pypdfium2.PdfDocument(pdf)
    return [np.asarray(page.render(scale=0.6).to_pil()).astype(int) for page in document]


def test_nothing_is_left_in_the_colours_of_screens(pages: tuple[bytes, bytes]) -> None:
    screens, shop = pages
    assert "pdf-shop-colour" in told(screens)
    assert told(shop) == []
    assert b"DeviceRGB" not in pikepdf_text(shop)
    with pikepdf.open(io.BytesIO(shop)) as pdf:
        profiles = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and "/N" in o]
        assert [int(each.N) for each in profiles if "/First" not in each] == [4]


def pikepdf_text(pdf: bytes) -> bytes:
    """The file with nothing packed, for what stands in it to be looked for."""
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(
            plain, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable
        )
    return plain.getvalue()


def test_it_looks_as_it_does_on_a_screen(pages: tuple[bytes, bytes]) -> None:
    """Blends, what is seen through, photographs. PDFium knows inks by rule of thumb alone: a
    teal that is printed as it was has no red there."""
    for before, after in zip(*map(pixels, pages), strict=True):
        assert np.abs(before.mean(axis=2) - after.mean(axis=2)).mean() < 12
        assert np.abs(before.mean(axis=(0, 1)) - after.mean(axis=(0, 1))).max() < 25


def test_a_blend_into_nothing_stays_one(pages: tuple[bytes, bytes]) -> None:
    """Its mask is grey: as inks it would be a mask of another lightness."""
    with pikepdf.open(io.BytesIO(pages[1])) as pdf:
        states = [
            state
            for each in pdf.objects
            if isinstance(each, Dictionary | pikepdf.Stream)
            for state in each.get("/Resources", Dictionary()).get("/ExtGState", {}).values()
        ]
        masks = [state.SMask.G for state in states if "/G" in state.get("/SMask", {})]
        assert masks
        assert {str(mask.Group.CS) for mask in masks} == {"/DeviceGray"}


def test_it_says_what_it_is_and_leads_nowhere(pages: tuple[bytes, bytes]) -> None:
    with pikepdf.open(io.BytesIO(pages[1])) as pdf:
        assert pdf.pdf_version == "1.6"
        says = pdf.Root.Metadata.read_bytes().decode()
        assert "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" in says
        assert "<pdfuaid:part>1</pdfuaid:part>" in says
        assert str(pdf.trailer.Info.Trapped) == "/False"
        assert [str(each.S) for each in pdf.Root.OutputIntents] == ["/GTS_PDFX", "/GTS_PDFA1"]
        assert not any("/Annots" in page.obj for page in pdf.pages)
    with pikepdf.open(io.BytesIO(pages[0])) as screens:
        assert any("/Annots" in page.obj for page in screens.pages)


def test_two_are_the_same(pages: tuple[bytes, bytes]) -> None:
    assert for_print_shop(pages[0]) == pages[1]


def test_the_checks_find_nothing_to_say(publication: Publication, tmp_path: Path) -> None:
    for name in ("booklet", "four-page"):
        EDITIONS[name].write(publication, tmp_path)
    assert list(check_pdf(publication, tmp_path)) == []


# ---------------------------------------------------------------- the check can fail


def with_red(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" 1 0 0 rg ")


def with_all_ink(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[1].obj
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" 1 1 1 .6 k ")


def with_a_picture_for_screens(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream) and each.get("/ColorSpace") == Name.DeviceCMYK:
            each.ColorSpace = Name.DeviceRGB


def without_condition(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def with_the_profile_of_screens(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.N = 3


def without_bleed(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.BleedBox = pdf.pages[0].obj.TrimBox


def of_another_size(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    page.TrimBox = Array([10, 10, 409, 585])


def with_a_link(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link)])


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (with_red, "pdf-shop-colour"),
        (with_a_picture_for_screens, "pdf-shop-colour"),
        (with_all_ink, "pdf-shop-ink"),
        (without_condition, "pdf-shop-condition"),
        (with_the_profile_of_screens, "pdf-shop-condition"),
        (without_bleed, "pdf-shop-bleed"),
        (of_another_size, "pdf-shop-size"),
        (with_a_link, "pdf-shop-annotation"),
    ],
)
def test_a_spoilt_file_is_found(
    spoil: Callable[[pikepdf.Pdf], None], code: str, pages: tuple[bytes, bytes]
) -> None:
    with pikepdf.open(io.BytesIO(pages[1])) as pdf:
        spoil(pdf)
        assert code in {fault.code for fault in shop_faults(pdf)}
