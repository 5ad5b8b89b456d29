"""Does a PDF say of itself what it is: its language, its title, its standard, its bookmarks?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from leafcast.checks.pdf.document import Bookmark, Destination, Document
from leafcast.checks.pdf.drawing import Run
from leafcast.checks.pdf.faults import Fault, shortened
from leafcast.checks.pdf.structure import Element
from leafcast.checks.wording import same_words

PART: Final = {"ua-1": "1", "ua-2": "2"}
"""The part of ISO 14289 that a file says it conforms to, by practice.toml's `pdf_standard`."""
WITHOUT_INFO: Final = frozenset(("ua-2",))
"""Standards that want the title in the metadata alone (ISO 19005-4, 6.1.3)."""
HEADING: Final = re.compile(r"H[1-6]")
NEAR_EM: Final = 4.0
"""A bookmark leads to the top of a heading, which is this near to its first line at most."""


def statement_faults(
    document: Document, article: tuple[str, str], standard: str
) -> Iterator[Fault]:
    """Faults in what the file says of itself (ISO 14289-1, 5, 7.1 and 7.2).

    `article` is its title, "" where the file has one of its own, and its language.
    """
    says = document.says
    title, language = article
    if document.tree is None or not document.tree.elements or not says.marked or says.suspects:
        words = (
            "It carries no tags, or does not vouch for them, so a screen reader cannot follow it"
        )
        yield Fault("pdf-untagged", words)
    if says.language != language:
        yield Fault("pdf-language", f"Its language is not set to {language}")
    titles = {same_words(_metadata_title(says.metadata))}
    if standard not in WITHOUT_INFO:
        titles.add(same_words(says.title))
    if titles != {same_words(title)} and (title or "" in titles):
        yield Fault("pdf-title", f"Its title is not “{title}”" if title else "It has no title")
    if not says.shows_title:
        yield Fault("pdf-window-title", "A reader shows the file’s name in place of its title")
    if _part(says.metadata) != PART[standard]:
        yield Fault(
            "pdf-identifier", f"It does not say that it conforms to PDF/UA-{PART[standard]}"
        )
    for number, page in enumerate(document.pages):
        if page.annotations and page.tabs != "/S":
            words = "The tab key does not follow the order of the tags"
            yield Fault("pdf-tab-order", words, number)


def _part(metadata: str) -> str:
    found = re.search(r"""pdfuaid:part(?:>|\s*=\s*["'])\s*(\d)""", metadata)
    return found[1] if found else ""


def _metadata_title(metadata: str) -> str:
    from html import unescape

    found = re.search(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", metadata, re.DOTALL)
    return unescape(found[1]) if found else ""


# ---------------------------------------------------------------- bookmarks


def bookmark_faults(document: Document) -> Iterator[Fault]:
    """Bookmarks must be the headings: their words, their order, how they nest, where they are."""
    headings = [path[-1] for path in document.paths if HEADING.fullmatch(path[-1].type)]
    wanted = [(_words(document, each), int(each.type[1])) for each in headings]
    found = [(same_words(each.title), each.level) for each in document.bookmarks]
    if not document.bookmarks and headings:
        yield Fault("pdf-bookmarks-missing", "It has no bookmarks to find a section by")
        return
    for at in range(max(len(wanted), len(found))):
        want = wanted[at] if at < len(wanted) else ("nothing more", 0)
        have = found[at] if at < len(found) else ("nothing more", 0)
        if want != have:
            words = f"A bookmark is “{have[0]}” where the heading is “{want[0]}”"
            if want[0] == have[0]:
                words = f"The bookmark “{want[0]}” is on level {have[1]}, not {want[1]}"
            yield Fault("pdf-bookmark", words)
            return
    for heading, bookmark in zip(headings, document.bookmarks, strict=True):
        yield from _place_faults(document, heading, bookmark)


def _words(document: Document, element: Element) -> str:
    return same_words("".join(run.text for run in document.runs_of(element)))


def _place_faults(document: Document, heading: Element, bookmark: Bookmark) -> Iterator[Fault]:
    told = f"The bookmark “{shortened(bookmark.title)}”"
    place, runs = bookmark.to, document.runs_of(heading)
    if place is None or place.page is None:
        yield Fault("pdf-bookmark-place", f"{told} leads nowhere")
        return
    if place.zoom is None or place.zoom > 0:
        yield Fault("pdf-bookmark-zoom", f"{told} changes how large a reader has set the page")
    if place.element not in (None, heading.key) or (runs and not is_near(place, runs[0])):
        yield Fault("pdf-bookmark-place", f"{told} leads to another place", place.page)


def is_near(place: Destination, run: Run) -> bool:
    """Whether a place is that of the line which `run` begins."""
    if place.page != run.page:
        return False
    if place.y is None:
        return True
    return min(abs(place.y - y) for y in (run.box[1], run.box[3])) <= NEAR_EM * run.size_pt
