"""In which order a page is painted: that in which it is read.

Who copies a PDF, searches it, re-flows it or has its text layer read out gets the words in the
order in which they are painted. CSS paints what floats before the words around it and what is
positioned after all else (CSS 2.2, appendix E); WeasyPrint positions the mark of a list's entry.
Once everything has its place, nothing needs to float or be positioned any more.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder


def paint_in_order(document: Any) -> None:
    """Let marks and what floats be painted where they stand in the source."""
    for page in document.pages:
        _settle(page._page_box)


def _settle(box: Any) -> None:
    for child in getattr(box, "children", ()):
        if isinstance(child, AbsolutePlaceholder):
            child = child._box
            if str(child.element_tag or "").endswith("::marker"):
                child.style["position"] = "static"
        elif child.is_floated():
            child.style["float"] = "none"
            if isinstance(box, boxes.LineBox | boxes.InlineBox):
                child.__class__ = boxes.InlineBlockBox  # what stands in a line is drawn as such
        _settle(child)
