"""The editions one holds: the A5 booklet, A4, large print, and one for dyslexic readers."""

from __future__ import annotations

from pathlib import Path

from leafcast.cache import write_beside
from leafcast.leaflet.ground import without_ground
from leafcast.leaflet.imposition import Flip, impose_booklet
from leafcast.leaflet.layout import lay_out
from leafcast.leaflet.settings import A4, BOOKLET, DYSLEXIA, Setting, large_print
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
    """Large print at each size the practice asks for, and in high contrast."""
    settings = large_print(publication.project.practice.leaflet)
    return tuple(_write_setting(publication, folder, setting) for setting in settings)


def write_dyslexia(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """The dyslexia-friendly edition: on cream for screens, without a ground for cream paper."""
    pages = lay_out(publication, DYSLEXIA)
    return (
        _write(publication, folder, DYSLEXIA.suffix, pages),
        _write(publication, folder, "dyslexia-print", without_ground(pages)),
    )


def _write_setting(publication: Publication, folder: Path, setting: Setting) -> Path:
    return _write(publication, folder, setting.suffix, lay_out(publication, setting))


def _write(publication: Publication, folder: Path, suffix: str, pdf: bytes) -> Path:
    path = folder / f"{publication.article.slug}-{suffix}.pdf"
    write_beside(path, pdf)
    return path
