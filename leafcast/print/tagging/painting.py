"""Painted as it is read: marks and what floats stand in a page's content where the source has them.

Who copies a PDF, searches it, re-flows it or has its text layer read out gets the words in the
order in which they are painted. CSS paints what floats before the words around it and what is
positioned after all else (CSS 2.2, appendix E); WeasyPrint positions the mark of a list's entry.
"""

from __future__ import annotations

from collections.abc import Iterator

from weasyprint.document import Document
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder


def paint_in_order(document: Document) -> None:
    """Let marks and what floats be painted where they stand in the source.

    Once everything has its place, nothing needs to float or be positioned any more. Boxes that look
    alike may share their style: which of them float is known before one is changed.
    """
    marks, floats = list[boxes.Box](), list[tuple[boxes.Box, boxes.Box]]()
    for page in document.pages:
        for parent, child in _descendants(page._page_box):
            if isinstance(child, AbsolutePlaceholder):
                if str(child._box.element_tag or "").endswith("::marker"):
                    marks.append(child._box)
            elif child.is_floated():
                floats.append((parent, child))
    for box in marks:
        box.style["position"] = "static"
    for parent, box in floats:
        box.style["float"] = "none"
        if isinstance(parent, boxes.LineBox | boxes.InlineBox):
            box.__class__ = boxes.InlineBlockBox  # what stands in a line is drawn as such


def _descendants(box: boxes.Box) -> Iterator[tuple[boxes.Box, boxes.Box]]:
    """Every box inside, each after the box that holds it."""
    for child in getattr(box, "children", ()):
        yield box, child
        yield from _descendants(child._box if isinstance(child, AbsolutePlaceholder) else child)
