"""Teasers: boxes beside each other of which each leads, by its heading or picture, to another page;
and galleries. They are found by their form, for their names are as many as there are sites.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from leafcast.readers.web.boxes import split_words
from leafcast.readers.web.tree import OPAQUE, Element, words_in

LONGEST: Final = 80
"""Words of a teaser."""
FEWEST: Final = 3
"""Teasers that stand beside each other; of two that are named alike it is told from less."""
MOST_OTHERS: Final = 1 / 4
"""Boxes among teasers that are none: a heading, an advertisement."""
FEWEST_PICTURES: Final = 6
HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
GALLERIES: Final = {"gallery", "slideshow", "carousel", "slider", "lightbox"}
LONGEST_CAPTION: Final = 800
"""Letters below a picture."""
NEVER: Final = ("table", "tbody", "tr", "p", "dl", "pre", *HEADINGS)
"""What holds no boxes beside each other, or means something of its own."""


def find_teasers(body: Element) -> Iterator[Element]:
    """The teasers of a page, and its galleries."""
    stack = [body]
    while stack:
        box = stack.pop()
        if box.tag in OPAQUE or box.tag in NEVER:
            continue
        if _is_gallery(box):
            yield box
            continue
        found = set(_teasers_in(box))
        yield from found
        stack.extend(each for each in box if each not in found)


def _is_gallery(box: Element) -> bool:
    """Whether a box is a show of pictures."""
    if not split_words(box.get("class")) & GALLERIES or box.first("h1", "article") is not None:
        return False
    pictures = sum(1 for _ in box.iter("img", "li"))
    longest = max((len(words_in(each)) for each in box.iter("p", "li")), default=0)
    return pictures >= FEWEST_PICTURES and longest <= LONGEST_CAPTION


def _teasers_in(box: Element) -> Iterator[Element]:
    """Those of a box's children that are teasers, where there are several alike."""
    alike: dict[tuple[str, str], list[Element]] = defaultdict(list)
    for child in box:
        if child.tag not in OPAQUE and child.tag not in NEVER:
            alike[child.tag, child.get("class").partition(" ")[0]].append(child)
    for members in alike.values():
        worded = [each for each in members if words_in(each)]
        if len(worded) < FEWEST:
            continue
        teasers = [each for each in worded if is_teaser(each)]
        if len(worded) - len(teasers) <= MOST_OTHERS * len(worded):
            yield from members


def is_teaser(element: Element) -> bool:
    """Whether a box is short, and what stands out in it is a link."""
    words = words_in(element)
    if not 4 <= len(words.split()) <= LONGEST:
        return False
    if element.tag == "a":
        return element.first(*HEADINGS, "img", "p", "div") is not None
    heading = element.first(*HEADINGS)
    if heading is not None:
        linked = heading.first("a") is not None or next(heading.ancestors("a"), None) is not None
        return linked and len(list(element.iter(*HEADINGS))) <= 2
    links = [each for each in element.iter("a") if words_in(each)]
    if not links or element.tag == "li":
        return False
    first = words_in(links[0])
    pictured = element.first("img") is not None
    return pictured and len(first.split()) >= 3 and len(first) >= len(words) / 4
