"""Is a print shop's file what a print shop takes? (PDF/X-4, ISO 15930-7)"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from leafcast.checks.pdf.drawing import Box
from leafcast.checks.pdf.faults import Fault

MM: Final = 72 / 25.4
BLEED_MM: Final = 3.0
SIZES_MM: Final = ((148.0, 210.0), (297.0, 210.0))
"""What is asked for: A5 pages, and A4 sheets to fold."""
MOST_INK: Final = 3.3
"""Coated paper takes 330 per cent of ink; more does not dry (FOGRA39)."""
TOLERANCE: Final = 0.1 * MM


def shop_faults(pdf: pikepdf.Pdf) -> Iterator[Fault]:
    """Faults of a file for a print shop: colours, sizes, and what it says of itself."""
    for each in pdf.objects:
        if isinstance(each, Dictionary | pikepdf.Stream):
            yield from _colour_faults(each)
    for number, page in enumerate(pdf.pages):
        yield from _page_faults(page.obj, number)
        yield from _ink_faults(page, number)
    metadata = pdf.Root.Metadata.read_bytes() if "/Metadata" in pdf.Root else b""
    if not re.search(rb"pdfxid:GTS_PDFXVersion>PDF/X-4<", metadata) or not _printed_with(pdf):
        words = "It does not say with which inks, and on which paper, it is to be printed"
        yield Fault("pdf-shop-condition", words)


def _printed_with(pdf: pikepdf.Pdf) -> bool:
    """Whether a printing condition of four inks is named, with its profile."""
    intents = pdf.Root.get("/OutputIntents", Array())
    return any(
        intent.S == Name.GTS_PDFX and int(intent.DestOutputProfile.N) == len("CMYK")
        for intent in intents
        if "/DestOutputProfile" in intent
    )


def _colour_faults(each: Any) -> Iterator[Fault]:
    """Pictures, blends, transparent groups and drawn parts that are in a screen's colours."""
    if _is_rgb(each.get("/ColorSpace")) or _is_rgb(each.get("/Group", Dictionary()).get("/CS")):
        kind = "picture" if each.get("/Subtype") == Name.Image else "drawing"
        yield Fault("pdf-shop-colour", f"A {kind} is in the colours of screens, not in inks")
    if isinstance(each, pikepdf.Stream) and (
        each.get("/Subtype") == Name.Form or each.get("/PatternType") == 1
    ):
        yield from _ink_faults(each, None)


def _is_rgb(space: Any) -> bool:
    kind, of = (space[0], space[1]) if isinstance(space, Array) else (space, Dictionary())
    return kind in (Name.DeviceRGB, Name.CalRGB) or (kind == Name.ICCBased and int(of.N) == 3)


def _ink_faults(drawn: Any, number: int | None) -> Iterator[Fault]:
    for each in pikepdf.parse_content_stream(drawn):
        name = str(each.operator)
        if name in ("rg", "RG"):
            words = "Something is drawn in the colours of screens, not in inks"
            yield Fault("pdf-shop-colour", words, number)
            return
        if name in ("k", "K") and sum(map(float, each.operands)) > MOST_INK:
            yield Fault("pdf-shop-ink", "More ink lies in one place than dries", number)
            return


def _page_faults(page: Any, number: int) -> Iterator[Fault]:
    media, trim = _box(page.MediaBox), _box(page.get("/TrimBox", page.MediaBox))
    bleed = _box(page.get("/BleedBox", page.MediaBox))
    if not (_within(trim, bleed, BLEED_MM * MM) and _within(bleed, media, 0.0)):
        yield Fault("pdf-shop-bleed", "There are not 3 mm of bleed around what is trimmed", number)
    width, height = trim[2] - trim[0], trim[3] - trim[1]
    if not any(
        abs(width - wide * MM) < TOLERANCE and abs(height - high * MM) < TOLERANCE
        for wide, high in SIZES_MM
    ):
        size = f"{width / MM:.1f} × {height / MM:.1f} mm"
        yield Fault("pdf-shop-size", f"Trimmed, it is {size}, neither A4 nor A5", number)
    if "/Annots" in page:
        yield Fault("pdf-shop-annotation", "There is something to click on", number)


def _box(rectangle: Any) -> Box:
    left, bottom, right, top = (float(edge) for edge in rectangle)
    return left, bottom, right, top


def _within(inner: Box, outer: Box, room: float) -> bool:
    """Whether there is so much room between two boxes on every side."""
    least = room - TOLERANCE
    return (
        inner[0] - outer[0] >= least
        and inner[1] - outer[1] >= least
        and outer[2] - inner[2] >= least
        and outer[3] - inner[3] >= least
    )
