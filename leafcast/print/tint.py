"""Taking the tint off a leaflet's pages, for paper that has it.

An office printer draws cream as dots behind the letters, wastes toner, and leaves a white edge;
cream paper does none of that. PDF/A allows no layer that shows on screens alone (ISO 19005-3,
6.9), so the print file is one of its own.
"""

from __future__ import annotations

import io
import re
from typing import Final

import pikepdf

from leafcast.document.errors import LayoutError
from leafcast.print.imposition.save import save

GROUND: Final = re.compile(
    rb"/Artifact\s+BMC\s+q\s+(?:/\S+ gs\s+)?(?:[\d.]+ ){3}rg\s+"
    rb"(0 0 [\d.]+ [\d.]+ re)\s+W\s+n\s+\1\s+f\s+Q\s+EMC\s"
)
"""A page's ground as WeasyPrint writes it: an artifact that fills the page with one colour."""


def without_ground(pdf_bytes: bytes) -> bytes:
    """A leaflet as it was, but for its pages' ground: that of the paper.

    Raises LayoutError for a page that has no ground.
    """
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        for page in pdf.pages:
            content, found = GROUND.subn(b"", page.obj.Contents.read_bytes(), count=1)
            if not found:
                raise LayoutError(
                    "A page has no tint to take off",
                    "This is a fault in leafcast; please report it with the article",
                )
            page.obj.Contents = pdf.make_stream(content)
        return save(pdf)
