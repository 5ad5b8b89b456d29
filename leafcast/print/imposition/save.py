"""Finished PDFs: what their tags are, and how they are saved. WeasyPrint is not needed here."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name


def structure_elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element of the file, in no special order."""
    for element in list(pdf.objects):
        if isinstance(element, Dictionary) and element.get("/Type") == Name.StructElem:
            yield element


def save(pdf: pikepdf.Pdf) -> bytes:
    """A PDF's bytes, the same for the same content."""
    written = io.BytesIO()
    pdf.save(written, deterministic_id=True)
    return written.getvalue()
