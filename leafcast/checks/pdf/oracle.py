"""One PDF, read, and held against all that it must be."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final, Protocol

import pikepdf
import pypdfium2

from leafcast.checks.pdf.blocks import Block, read_blocks
from leafcast.checks.pdf.comparing import compare
from leafcast.checks.pdf.document import Document, read_document
from leafcast.checks.pdf.expected import expected_elements
from leafcast.checks.pdf.faults import Fault
from leafcast.checks.pdf.for_shops import shop_faults
from leafcast.checks.pdf.furniture import Node, expected_furniture, read_html, walk_html
from leafcast.checks.pdf.line_lengths import line_faults
from leafcast.checks.pdf.linking import contents_faults, link_faults
from leafcast.checks.pdf.look import Demands, look_faults
from leafcast.checks.pdf.marking import marking_faults
from leafcast.checks.pdf.pictures import font_faults, picture_faults, qr_faults
from leafcast.checks.pdf.reading import read_pages, reading_faults
from leafcast.checks.pdf.statement import bookmark_faults, statement_faults
from leafcast.document.article import Article

TRIPS: Final = (AttributeError, LookupError, TypeError, ValueError, RecursionError)
"""What reading a damaged file may trip over."""
BLANK: Final = re.compile(r"_blank-\d+")
"""The id of the words on a page that is there for the fold alone."""


class Wanted(Protocol):
    """What a PDF must be: its article, and how that is set."""

    @property
    def article(self) -> Article:
        """The article that it carries."""
        ...

    @property
    def title(self) -> str:
        """The title that it has; "" for a file that is not made from a page of HTML."""
        ...

    @property
    def standard(self) -> str:
        """What it conforms to, by `statement.PART`."""
        ...

    @property
    def address(self) -> str:
        """Where the code on it leads; "" where there is none."""
        ...

    @property
    def demands(self) -> Demands:
        """What it promises of its looks."""
        ...

    @property
    def is_leaflet(self) -> bool:
        """Whether the article stands in the page, between other words."""
        ...

    @property
    def sheets(self) -> bool:
        """Whether its pages stand on sheets for a printer, several on one."""
        ...

    @property
    def turned(self) -> bool:
        """Whether the back of each sheet stands on its head."""
        ...

    @property
    def for_shop(self) -> bool:
        """Whether it is a print shop's, in inks and without links."""
        ...

    def html(self, blanks: int = 0) -> str:
        """The page it is made from, with so many blank pages."""
        ...


def pdf_faults(pdf: bytes, wanted: Wanted) -> Iterator[Fault]:
    """Every fault of one PDF."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            document = read_document(opened)
            for_shop = list(shop_faults(opened)) if wanted.for_shop else []
        pages = pypdfium2.PdfDocument(pdf)
    except (pikepdf.PdfError, pypdfium2.PdfiumError, *TRIPS):
        yield Fault("pdf-unreadable", "This is not a PDF that can be read")
        return
    yield from for_shop
    try:
        yield from _faults(document, pages, wanted)
    except pypdfium2.PdfiumError:
        yield Fault("pdf-unreadable", "A page of it cannot be shown")
    finally:
        pages.close()


def _faults(document: Document, pages: Any, wanted: Wanted) -> Iterator[Fault]:
    article = wanted.article
    yield from statement_faults(document, (wanted.title, article.language), wanted.standard)
    yield from marking_faults(document, sheets=wanted.sheets)
    yield from link_faults(document)
    yield from picture_faults(document)
    yield from font_faults(document)
    if wanted.title:
        page = page_of(document, wanted)
        expected = expected_blocks(page, wanted)
        untrue = list(word_faults(document, page, expected))
        yield from untrue
        if not untrue:  # what is wrong in the tags is wrong in the text, and said already
            found = read_pages(pages, wanted.article.title, turned=wanted.turned)
            yield from reading_faults(expected, found, sheets=wanted.sheets)
        yield from bookmark_faults(document)
        yield from contents_faults(document, sheets=wanted.sheets)
    if wanted.is_leaflet:
        if wanted.address:
            yield from qr_faults(document, pages, wanted.address)
        if not wanted.sheets:
            yield from line_faults(document, article)
    yield from look_faults(document, pages, wanted.demands)


# ---------------------------------------------------------------- the words


def page_of(document: Document, wanted: Wanted) -> Node:
    """The HTML that the file is made from."""
    blanks = sum(BLANK.fullmatch(name) is not None for name in document.named)
    return read_html(wanted.html(blanks))


def expected_blocks(page: Node, wanted: Wanted) -> tuple[Block, ...]:
    """What the leaflet must say: its article, and what stands around it on its page."""
    expected = expected_furniture(page)
    if wanted.is_leaflet:
        expected = with_article(expected, wanted.article, page)
    return tuple(map(_without_links, expected)) if wanted.for_shop else expected


def _without_links(block: Block) -> Block:
    return replace(block, links=(), children=tuple(map(_without_links, block.children)))


def word_faults(document: Document, page: Node, expected: tuple[Block, ...]) -> Iterator[Fault]:
    """Where the tags are not what is expected."""
    found = read_blocks(document)
    yield from compare(expected, found)
    abbreviations = [
        (" ".join(node.text.split()), node.attributes.get("title", ""))
        for node in walk_html(page)
        if node.name == "abbr" and node.attributes.get("title")
    ]
    if abbreviations != (told := [each for block in found for each in _expansions(block)]):
        lost = next((pair for pair in abbreviations if pair not in told), ("", ""))
        words = f"What an abbreviation stands for is not as wanted: {lost[0]} ({lost[1]})"
        yield Fault("pdf-abbreviation", words)


def with_article(furniture: tuple[Block, ...], article: Article, page: Node) -> tuple[Block, ...]:
    """Every block of a leaflet: its page's, and in the midst the article's."""
    heading = next((n for n in walk_html(page) if n.attributes.get("id") == "_notes"), None)
    over_notes = next(iter(expected_furniture(Node("", {}, [heading]))), None) if heading else None
    stacked = (
        node.attributes.get("id", "")
        for node in walk_html(page)
        if node.name == "table" and node.attributes.get("class") == "stacked"
    )
    inside = expected_elements(article, over_notes, frozenset(stacked))
    if not any(block.type == "Art" for block in furniture):
        furniture = (*furniture, Block("Art"))
    return tuple(
        replace(block, children=inside) if block.type == "Art" else block for block in furniture
    )


def _expansions(block: Block) -> Iterator[tuple[str, str]]:
    yield from block.expansions
    for child in block.children:
        yield from _expansions(child)
