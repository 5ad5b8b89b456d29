"""The editions one holds: the A5 booklet, folded leaflets, A4, and large print."""

from __future__ import annotations

from pathlib import Path

from leafcast.cache import write_beside
from leafcast.leaflet.folded import lay_out_folded
from leafcast.leaflet.imposition import Flip, impose_booklet
from leafcast.leaflet.layout import lay_out
from leafcast.leaflet.panels import FOUR_PAGE, TRIFOLD, Z_FOLD, Folded
from leafcast.leaflet.settings import A4, BOOKLET, LARGE_PRINT, Setting
from leafcast.publish.model import Publication


def write_booklet(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """The booklet to read, and the sheets to print: for each way a printer may flip them."""
    pages = lay_out(publication, BOOKLET)
    return (
        _write(publication, folder, BOOKLET.suffix, pages),
        _write(publication, folder, "booklet-print", impose_booklet(pages, Flip.SHORT_EDGE)),
        _write(
            publication, folder, "booklet-print-long-edge", impose_booklet(pages, Flip.LONG_EDGE)
        ),
    )


def write_a4(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """The A4 leaflet."""
    return (_write_setting(publication, folder, A4),)


def write_large_print(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """Large print at 18 and at 24 point."""
    return tuple(_write_setting(publication, folder, setting) for setting in LARGE_PRINT)


def write_trifold(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """The trifold, panel after panel."""
    return (_write_folded(publication, folder, TRIFOLD),)


def write_z_fold(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """The Z-fold, panel after panel."""
    return (_write_folded(publication, folder, Z_FOLD),)


def write_four_page(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """The four-page leaflet."""
    return (_write_folded(publication, folder, FOUR_PAGE),)


def _write_folded(publication: Publication, folder: Path, folded: Folded) -> Path:
    pages = lay_out_folded(publication, folded)
    return _write(publication, folder, folded.suffix, pages)


def _write_setting(publication: Publication, folder: Path, setting: Setting) -> Path:
    return _write(publication, folder, setting.suffix, lay_out(publication, setting))


def _write(publication: Publication, folder: Path, suffix: str, pdf: bytes) -> Path:
    path = folder / f"{publication.article.slug}-{suffix}.pdf"
    write_beside(path, pdf)
    return path
