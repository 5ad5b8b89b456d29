"""The pages of the A4 leaflet, for a book's page list: which block each page begins with."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

from leafcast.books.chapters import CLOSING
from leafcast.document.article import Article, walk_blocks, walk_sections

CONTACT: Final = "_get-in-touch"
"""The heading in the leaflet under which the practice's own words begin."""


def page_breaks(article: Article, a4: bytes) -> dict[str, str]:
    """The page that begins before each block or heading, by its id.

    A page on which no block begins has no entry: it goes on with what began before it.
    """
    if not a4:
        return {}
    pages = dict(pages_of(a4))
    pages[CLOSING] = pages.get(CONTACT, 0)
    breaks: dict[str, str] = {}
    for block_id in (*_in_order(article), CLOSING):
        page = str(pages.get(block_id) or "")
        if page and page not in breaks.values():
            breaks[block_id] = page
    return breaks


def _in_order(article: Article) -> Iterator[str]:
    """Ids of blocks and headings, notes left out: on paper they may stand elsewhere."""
    yield from (block.id for block in walk_blocks(article.introduction))
    for section in walk_sections(article.sections):
        yield section.heading.id
        yield from (block.id for block in walk_blocks(section.blocks))
    byline = (article.byline,) if article.byline else ()
    yield from (block.id for block in walk_blocks((*byline, *article.call_to_action)))


def pages_of(pdf: bytes) -> Iterator[tuple[str, int]]:
    """The number of the page on which each element with an id begins, from 1 (PDF, 14.7.2)."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as file:
        numbers = {page.obj.objgen: number for number, page in enumerate(file.pages, 1)}
        for name, element in pikepdf.NameTree(file.Root.StructTreeRoot.IDTree).items():
            if page := _first_page(element):
                yield name, numbers[page]


def _first_page(element: Any) -> tuple[int, int] | None:
    """The page of an element's first content, by its object's number."""
    import pikepdf

    if (page := element.get("/Pg")) is not None:
        return tuple(page.objgen)
    inner = element.get("/K")
    children = inner if isinstance(inner, pikepdf.Array) else [inner]
    for child in children:
        if isinstance(child, pikepdf.Dictionary) and (found := _first_page(child)):
            return found
    return None
