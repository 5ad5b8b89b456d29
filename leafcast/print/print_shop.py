"""What a print shop is sent: PDF/X-4 (ISO 15930-7), in inks, with nothing to click on.

Its tags stay, so that it can be held against the article as every other file is; a link is words in
it, since no annotation may lie on what is printed (6.17).
"""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from leafcast.print.imposition.following import parent_tree
from leafcast.print.imposition.save import save, structure_elements
from leafcast.print.separation import separate


def for_print_shop(pdf_bytes: bytes) -> bytes:
    """A leaflet's pages or sheets, laid out with bleed, as a print shop takes them."""
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        _leave_out_links(pdf)
        separate(pdf)
        pdf.trailer.Info.Trapped = Name("/False")
        return save(pdf)


def _leave_out_links(pdf: pikepdf.Pdf) -> None:
    """The words of a link, without what is clicked on and what leads back from that to them."""
    links = {int(each.StructParent) for page in pdf.pages for each in page.obj.get("/Annots", ())}
    for page in pdf.pages:
        if "/Annots" in page.obj:
            del page.obj.Annots
    for element in structure_elements(pdf):
        if Name.Link == element.S:
            element.S = Name.Span
            kids = element.get("/K", Array())
            if isinstance(kids, Array):
                element.K = Array([kid for kid in kids if not _is_object(kid)])
            elif _is_object(kids):
                del element.K
    entries = parent_tree(pdf)
    kept = [each for key in sorted(entries.keys() - links) for each in (key, entries[key])]
    pdf.Root.StructTreeRoot.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(kept)))


def _is_object(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR
