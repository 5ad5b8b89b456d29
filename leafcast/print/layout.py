"""HTML → tagged PDF, with WeasyPrint. Importing this module costs half a second; do it late.

Nothing is read but what a leaflet is made of: the motif, the QR code, and pictures in source/.
Fonts come from templates/shared/fonts alone, never from the machine, so that the same leaflet
comes out everywhere.
"""

from __future__ import annotations

import gc
import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache, partial
from html import escape
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

import segno

from leafcast.design.fonts import BEHIND, FOLDER, families, font_folders
from leafcast.design.pictures import read_picture
from leafcast.document.article import Article, Figure, article_blocks
from leafcast.document.errors import LayoutError, ToolMissing
from leafcast.document.publication import Publication
from leafcast.markup.text import article_text
from leafcast.practice.project import Project
from leafcast.print.cover import motif_for
from leafcast.print.html import write_drawing, write_html
from leafcast.print.kept_lines import keep_lines, kept_lines
from leafcast.print.quick_styles import said_at_once
from leafcast.print.spacing import spaced_fonts
from leafcast.print.stand_ins import absent_characters, stand_in_font
from leafcast.print.startup import libraries_by_soname, nothing_thrown_away, whole_lines
from leafcast.print.style_sheets import styles_taken_out
from leafcast.print.tagging.conformance import SHOP, STANDARDS, About
from leafcast.print.typesetting import DYSLEXIA, Setting
from leafcast.state.cache import write_beside

if TYPE_CHECKING:
    from weasyprint.document import Document
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME: Final = "leafcast:"
FONTS_OPEN: Final = 4
"""How many practices' fonts stay open in one process. A setting that changes makes another."""
TRIPS: Final = (AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What WeasyPrint raises where it trips over a page it cannot break."""


def lay_out(publication: Publication, setting: Setting) -> bytes:
    """The leaflet as a tagged PDF of the practice's standard.

    Raises LayoutError where the house font is not there, ToolMissing without the Pango libraries.
    """
    with nothing_thrown_away():
        return _print(publication, setting)


def _print(publication: Publication, setting: Setting) -> bytes:
    document = render(publication, setting, write_html(publication, setting))
    from leafcast.print.tagging.press import write_document

    asked = publication.project.practice.leaflet.pdf_standard
    standard = SHOP if setting.bleed_mm else STANDARDS[asked]
    with _tripping(publication, setting):
        return write_document(document, standard, _about(publication.article))


def _about(article: Article) -> About:
    return About(
        slug=article.slug,
        title=article.title,
        author=article.author,
        summary=article.summary,
        language=article.language,
        published=article.published,
        text=article_text(article),
        producer=f"leafcast with WeasyPrint {version('weasyprint')}",
    )


def render(publication: Publication, setting: Setting, html: str) -> Document:
    """`html` broken into lines and pages: WeasyPrint's Document, whose boxes can be measured.

    Raises what `lay_out` does.
    """
    weasyprint = _weasyprint(publication.project)
    _check_pictures(publication)
    page = weasyprint.HTML(string=html, base_url=SCHEME, url_fetcher=_fetcher(publication))
    fonts = _open_fonts(publication.project, absent_characters(publication))
    with _tripping(publication, setting):
        styles = styles_taken_out(page, fonts)
        document: Document = page.render(
            font_config=fonts, counter_style=styles.counters, stylesheets=styles.sheets
        )
        return document


def print_drawing(project: Project, drawing: bytes, side_pt: int) -> bytes:
    """A drawing (SVG) on a square page of its own, as large as it fits, as PDF.

    Raises what `lay_out` does.
    """
    weasyprint = _weasyprint(project)
    page = (
        f"<style>@page {{ size: {side_pt}pt {side_pt}pt; margin: 0 }} body {{ margin: 0 }} "
        f"img {{ display: block; width: {side_pt}pt; height: {side_pt}pt; object-fit: contain }}"
        f"</style><img src='{SCHEME}drawing.svg'>"
    )
    shown = _only({f"{SCHEME}drawing.svg": (drawing, "image/svg+xml")})
    html = weasyprint.HTML(string=page, base_url=SCHEME, url_fetcher=shown)
    written: bytes = html.write_pdf(font_config=_open_fonts(project))
    return written


@contextmanager
def _tripping(publication: Publication, setting: Setting) -> Iterator[None]:
    """Name the edition and the article where WeasyPrint trips over them."""
    try:
        yield
    except TRIPS as error:
        raise LayoutError(
            f"This article could not be laid out as {setting.called()} ({error!r})",
            "Please report it, with the article, to whoever looks after leafcast",
            publication.article.source,
        ) from error


# ---------------------------------------------------------------- what may be read


def _fetcher(publication: Publication) -> URLFetcher:
    """A URL fetcher that knows `leafcast:` addresses and refuses every other."""
    return _reading(partial(read_address, publication))


def _only(known: Mapping[str, tuple[bytes, str]]) -> URLFetcher:
    """A URL fetcher that knows a few addresses, with what they lead to and its media type."""

    def read(url: str) -> tuple[bytes, str]:
        if url not in known:
            raise ValueError(f"{url} is not part of this drawing")
        return known[url]

    return _reading(read)


def _reading(read: Callable[[str], tuple[bytes, str]]) -> URLFetcher:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            body, kind = read(url)
            return URLFetcherResponse(url, body, {"Content-Type": kind} if kind else {})

    return Fetcher()


def read_address(publication: Publication, url: str) -> tuple[bytes, str]:
    """What a `leafcast:` address leads to, and its media type where that is known.

    Raises ValueError for every other address: an article may load nothing from elsewhere.
    """
    project, slug = publication.project, publication.article.slug
    name = unquote(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else ""
    if motif := re.fullmatch(r"motif-(\d+|wide|panel)\.svg", name):
        return motif_for(publication, motif[1]).encode(), "image/svg+xml"
    if name == "qr.svg":
        return draw_qr(project.practice.address(slug)).encode(), "image/svg+xml"
    if drawing := re.fullmatch(r"drawings/([a-z-]+)\.svg", name):
        return write_drawing(project, drawing[1]).encode(), "image/svg+xml"
    if stand_in := re.fullmatch(r"stand-in-(400|700)(-spaced)?\.ttf", name):
        letter_space_em = DYSLEXIA.letter_space_em if stand_in[2] else 0.0
        return stand_in_font(publication, int(stand_in[1]), letter_space_em), "font/ttf"
    if name.startswith("source/"):
        source = project.source.resolve()
        path = (source / name.removeprefix("source/")).resolve()
        if path.is_relative_to(source):
            return read_picture(project, path)
    raise ValueError(f"{url} is not part of this leaflet")


def _check_pictures(publication: Publication) -> None:
    """Make every picture ready; WeasyPrint leaves out what it cannot have, and says nothing."""
    for block in article_blocks(publication.article):
        if isinstance(block, Figure):
            read_picture(publication.project, publication.project.source / block.path)


@cache
def draw_qr(address: str) -> str:
    """A QR code as SVG: error correction M, with its quiet zone of 4 modules (ISO 18004)."""
    code = segno.make(address, error="m", micro=False)
    return str(code.svg_inline(border=4, title=escape(address), omitsize=True)).replace(
        "<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1
    )


# ---------------------------------------------------------------- WeasyPrint and its fonts


@lru_cache(FONTS_OPEN)
def _weasyprint(project: Project) -> ModuleType:
    """WeasyPrint, told to use the house fonts and nothing else."""
    _use_fonts(project)
    return _imported()


def _use_fonts(project: Project) -> None:
    """What opens fonts from now on opens the house fonts and no others."""
    _check_font(project)
    os.environ["FONTCONFIG_FILE"] = str(_write_font_settings(project))


@cache
def _imported() -> ModuleType:
    """WeasyPrint, imported once; what is frozen at any other time is never thrown away again."""
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    try:
        with libraries_by_soname():
            import weasyprint

            inline: Any = import_module("weasyprint.layout.inline")
            preferred: Any = import_module("weasyprint.layout.preferred")
            css: Any = import_module("weasyprint.css")
    except OSError as error:
        raise ToolMissing(
            "The libraries that lay out text (Pango) are not on this machine",
            "Install Pango (see “Start” in the README), or delete .venv and run ./run build",
        ) from error
    inline.split_first_line = whole_lines(kept_lines(inline.split_first_line))
    preferred.split_first_line = kept_lines(preferred.split_first_line)
    css.ComputedStyle.__missing__ = said_at_once(css.ComputedStyle.__missing__)
    gc.freeze()  # what was imported stays; the collector need not go through it again
    return weasyprint


@lru_cache(FONTS_OPEN)
def _open_fonts(project: Project, absent: tuple[str, ...] = ()) -> FontConfiguration:
    """The house fonts as Pango knows them, opened once for all editions.

    Where characters are `absent` a stand-in comes to them, and stays: it is these characters'.
    """
    _imported()
    _use_fonts(project)
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    keep_lines(fonts)
    return fonts


def _write_font_settings(project: Project) -> Path:
    """fonts.conf for fontconfig: only the house fonts, and its cache in our own folder.

    Pango asks for the family “emoji” where a picture stands in the text (Unicode standard 51).
    """
    spaced = spaced_fonts(project, DYSLEXIA.letter_space_em)
    folders = "".join(
        f"<dir>{escape(str(folder))}</dir>" for folder in (*font_folders(project), spaced)
    )
    work = project.work / "fonts"
    path = work / "fonts.conf"
    written = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig>{folders}<cachedir>{escape(str(work))}</cachedir>"
        "<alias><family>emoji</family><prefer><family>Noto Emoji</family></prefer></alias>"
        "</fontconfig>\n"
    ).encode()
    if not path.exists() or path.read_bytes() != written:
        write_beside(path, written)
    return path


def _check_font(project: Project) -> None:
    """Raise LayoutError when the house font is not among the font files."""
    wanted = project.practice.look.font
    if wanted in families(project):
        return
    others = sorted(set(families(project)).difference(BEHIND))
    raise LayoutError(
        f"The font “{wanted}” is not in {FOLDER}",
        f"Put its files there, or choose one of: {', '.join(others)}",
        "source/practice.toml",
    )
