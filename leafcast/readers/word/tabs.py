"""Tab stops of Word that draw a line to write on (ISO/IEC 29500-1, 17.3.1.37)."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

LINES: Final = ("underscore", "heavy")
"""Leaders that are a line wherever they stand."""
DOTS: Final = ("dot", "hyphen", "middleDot")
"""Leaders that are one where nothing stands behind the last; others lead to a price or a page."""


def leads_to_line(paragraph: Element) -> bool:
    """Whether the tabs of a paragraph are drawn as lines to write on."""
    leaders = {stop.get("w-leader", "") for stop in paragraph.iterfind("w-pPr/w-tabs/w-tab")}
    if leaders.intersection(LINES):
        return True
    return bool(leaders.intersection(DOTS)) and _ends_with_tab(paragraph)


def _ends_with_tab(paragraph: Element) -> bool:
    last = ""
    for run in paragraph.iter("w-r"):
        for each in run:
            if each.tag == "w-tab" or (each.tag == "w-t" and (each.text or "").strip()):
                last = each.tag
    return last == "w-tab"
