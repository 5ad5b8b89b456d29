"""Do the pictures say what they show, do the fonts say what they write, does the QR code lead?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from leafcast.checks.pdf.document import Document
from leafcast.checks.pdf.faults import Fault, shortened
from leafcast.checks.pdf.fonts import untrue_codes
from leafcast.checks.pdf.structure import Element

FILE_NAME: Final = re.compile(r"\S+\.(?:png|jpe?g|gif|webp|svg|tiff?|bmp|heic|pdf)", re.I)
SAYS_NOTHING: Final = re.compile(
    r"(?:an? |the )?(?:image|picture|photo|photograph|graphic|figure|img|dsc|untitled)"
    r"[\W_]*\d*|[\W\d_]*",
    re.I,
)
CAMERA_DPI: Final = 90
QR: Final = re.compile(r"\bQR\b")


def picture_faults(document: Document) -> Iterator[Fault]:
    """Pictures without words that stand for them (ISO 14289-1, 7.3; WCAG 2.2, 1.1.1)."""
    for path in document.paths:
        figure = path[-1]
        if figure.type != "Figure":
            continue
        page = next((content.page for content in figure.contents), None)
        alt = (figure.alt or "").strip()
        if not alt:
            yield Fault("pdf-picture-words", "A picture has no words that stand for it", page)
        elif FILE_NAME.fullmatch(alt) or SAYS_NOTHING.fullmatch(alt):
            words = f"A picture is described as “{alt}”, which does not say what it shows"
            fix = "Say in the article what the picture shows: ![What it shows](picture.png)"
            yield Fault("pdf-picture-words", words, page, fix=fix)
        yield from _box_faults(document, figure, page)


def _box_faults(document: Document, figure: Element, page: int | None) -> Iterator[Fault]:
    """The place of a picture, for those who find it by touch (ISO 14289-1, 7.3; table 344)."""
    box = figure.attribute("BBox")
    if page is None or not isinstance(box, tuple) or len(box) != 4:
        yield Fault("pdf-picture-place", "It is not said where a picture stands", page)
        return
    left, bottom, right, top = document.pages[page].box
    inside = left - 1 <= box[0] < box[2] <= right + 1 and bottom - 1 <= box[1] < box[3] <= top + 1
    if not inside:
        yield Fault("pdf-picture-place", "A picture is said to stand where it does not", page)


# ---------------------------------------------------------------- fonts


def font_faults(document: Document) -> Iterator[Fault]:
    """Fonts that are not in the file, or do not say rightly what they write (7.21.4, 7.21.7)."""
    for font, used in document.codes.items():
        if font.program is None:
            yield Fault("font-not-embedded", f"The font {font.name} is not inside the file")
        unknown = [code for code in used if not font.unicode.get(code)]
        if unknown:
            words = f"{len(unknown)} signs of the font {font.name} cannot be read out or searched"
            yield Fault("font-without-unicode", words)
        for said, shown in untrue_codes(font, frozenset(used)):
            words = f"The font {font.name} shows “{shown}” and says “{said}”"
            yield Fault("font-wrong-unicode", words)


# ---------------------------------------------------------------- QR code


def qr_faults(document: Document, pages: Any, address: str) -> Iterator[Fault]:
    """The QR code must be read from the page as rendered, and lead to the article's address."""
    numbers = {
        content.page
        for path in document.paths
        if path[-1].type == "Figure" and QR.search(path[-1].alt or "")
        for content in path[-1].contents
    }
    if not numbers:
        yield Fault("pdf-qr-missing", "There is no QR code that leads to the article’s page")
    for number in sorted(numbers):
        found = read_codes(pages[number])
        if not found:
            yield Fault("pdf-qr-unreadable", "The QR code cannot be read by a camera", number)
        elif found != {address}:
            led = shortened(", ".join(sorted(found)))
            yield Fault("pdf-qr-wrong", f"The QR code leads to {led}, not to {address}", number)


def read_codes(page: Any) -> set[str]:
    """What the codes on a page say, as a camera sees them at 90 dots an inch."""
    import zxingcpp

    bitmap = page.render(scale=CAMERA_DPI / 72, grayscale=True)
    grey, stride = bytes(bitmap.buffer), bitmap.stride
    rows = (grey[y * stride : y * stride + bitmap.width] for y in range(bitmap.height))
    picture = memoryview(b"".join(rows)).cast("B", (bitmap.height, bitmap.width))
    codes = zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    return {code.text for code in codes}
