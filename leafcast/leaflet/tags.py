"""The tags of a leaflet: what WeasyPrint's structure tree lacks, put right.

Nothing that is drawn changes; only elements of the structure tree do (ISO 32000-1, 14.7 and 14.8).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name

PRINT_FLAG: Final = 4
"""Bit 3 of an annotation's flags: it is printed (ISO 32000-1, table 165)."""


def mend_tags(pdf: pikepdf.Pdf) -> None:
    """Mend the structure tree and the links of `pdf` in place."""
    for element in structure_elements(pdf):
        match str(element.S):
            case "/LI":
                _gather_body(pdf, element)
            case "/TH":
                _scope(element)
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            annotation.F = PRINT_FLAG


def structure_elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element of the file, in no special order."""
    for element in list(pdf.objects):
        if isinstance(element, Dictionary) and element.get("/Type") == Name.StructElem:
            yield element


def _gather_body(pdf: pikepdf.Pdf, item: Any) -> None:
    """Put all of a list item but its label into one LBody (ISO 32000-1, table 336)."""
    kids = list(item.get("/K", ()))
    bodies = [kid for kid in kids if kid.get("/S") not in (Name.Lbl, Name.LBody)]
    if not bodies:
        return
    body = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, Pg=item.Pg, K=Array(bodies))
    )
    for kid in bodies:
        kid.P = body
    item.K = Array([*(kid for kid in kids if kid.get("/S") in (Name.Lbl, Name.LBody)), body])


def _scope(header: Any) -> None:
    """Every header stands over its column (ISO 32000-1, table 349)."""
    if "/A" in header:
        header.A.Scope = Name.Column


def save(pdf: pikepdf.Pdf) -> bytes:
    """A PDF's bytes, the same for the same content."""
    written = io.BytesIO()
    pdf.save(written, deterministic_id=True)
    return written.getvalue()
