"""Pages as files: BRF for embossers and displays, PEF with its metadata."""

from __future__ import annotations

import re
from typing import Final
from xml.sax.saxutils import escape

from leafcast.braille.layout import CELLS, LINES, Page
from leafcast.braille.passages import statement
from leafcast.document.article import Article
from leafcast.locale.language import language_of
from leafcast.practice.project import Practice

BRAILLE_ASCII: Final = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
"""North American Braille ASCII, in the order of Unicode's cells from U+2800."""
TO_ASCII: Final = {0x2800 + at: letter for at, letter in enumerate(BRAILLE_ASCII)}
TO_CELLS: Final = {ord(letter): 0x2800 + at for at, letter in enumerate(BRAILLE_ASCII)}
LINE_END, PAGE_END = "\r\n", "\f"
PEF: Final = "http://www.daisy.org/ns/2008/pef"
DUBLIN_CORE: Final = "http://purl.org/dc/elements/1.1/"


def write_brf(pages: tuple[Page, ...]) -> bytes:
    """BRF: a line ends with CR LF, each page, also the last, with a form feed."""
    ends = (*(LINE_END for _ in range(LINES - 1)), LINE_END + PAGE_END)
    text = "".join(line + end for page in pages for line, end in zip(page, ends, strict=True))
    return text.translate(TO_ASCII).encode("ascii")


def read_brf(content: bytes) -> tuple[Page, ...]:
    """The pages of a BRF file as Unicode braille; what is no braille stays as it is."""
    text = content.decode("latin-1")
    *pages, rest = text.split(PAGE_END)
    pages += [rest] if rest.strip() else []
    lines = (re.split(r"\r?\n", page.removesuffix("\n").removesuffix("\r")) for page in pages)
    return tuple(tuple(line.translate(TO_CELLS) for line in page) for page in lines)


def write_pef(pages: tuple[Page, ...], article: Article, practice: Practice) -> bytes:
    """PEF 2008-1 (DAISY, Portable Embosser Format 1.0): one volume, one section, single-sided."""
    meta = {
        "format": "application/x-pef+xml",
        "identifier": practice.address(article.slug) or practice.identifier(article.slug).urn,
        "title": article.title,
        "creator": article.author,
        "language": article.language,
        "date": article.published.isoformat(),
        "publisher": practice.name,
        "description": statement(language_of(article.language)),
    }
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<pef xmlns="{PEF}" xmlns:dc="{DUBLIN_CORE}" version="2008-1">',
        "<head><meta>",
        *(f"<dc:{name}>{escape(words)}</dc:{name}>" for name, words in meta.items()),
        "</meta></head>",
        "<body>",
        f'<volume cols="{CELLS}" rows="{LINES}" rowgap="0" duplex="false"><section>',
        *(row for page in pages for row in _page(page)),
        "</section></volume>",
        "</body>",
        "</pef>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _page(page: Page) -> tuple[str, ...]:
    return ("<page>", *(f"<row>{line}</row>" if line else "<row/>" for line in page), "</page>")
