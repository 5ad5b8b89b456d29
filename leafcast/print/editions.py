"""The editions one holds: booklet, folded leaflets, A4, editions for readers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from leafcast.document.publication import Publication
from leafcast.print.folding.booklet import booklet_setting
from leafcast.print.folding.folded import fitted
from leafcast.print.folding.large_print import large_print_setting
from leafcast.print.folding.panels import FOUR_PAGE, TRIFOLD, Z_FOLD, Folded
from leafcast.print.imposition import folds
from leafcast.print.imposition.folds import Fold
from leafcast.print.imposition.impose import count_pages, impose
from leafcast.print.imposition.sheets import OFFICE, SHOP
from leafcast.print.layout import lay_out
from leafcast.print.tint import without_ground
from leafcast.print.typesetting import A4, DYSLEXIA, Setting, flowing, large_print
from leafcast.state.cache import write_beside


def write_booklet(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """The booklet to read, and the sheets to print: for each way a printer may flip them."""
    return write_folded(publication, folder, booklet_setting(publication), folds.BOOKLET)


def write_a4(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """The A4 leaflet."""
    return (write_pdf(publication, folder, A4.suffix, lay_out(publication, A4)),)


def write_large_print(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """Large print at each size the practice asks for, and in high contrast."""
    settings = large_print(publication.project.practice.leaflet)
    return tuple(_write_large_print(publication, folder, setting) for setting in settings)


def _write_large_print(publication: Publication, folder: Path, nominal: Setting) -> Path:
    setting = large_print_setting(publication, nominal)
    pages = lay_out(publication, setting)
    if setting.fitting.pages not in (0, count_pages(pages)):
        pages = lay_out(publication, flowing(setting))
    return write_pdf(publication, folder, setting.suffix, pages)


def write_dyslexia(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """The dyslexia-friendly edition: on cream for screens, without a ground for cream paper."""
    pages = lay_out(publication, DYSLEXIA)
    return (
        write_pdf(publication, folder, DYSLEXIA.suffix, pages),
        write_pdf(publication, folder, "dyslexia-print", without_ground(pages)),
    )


def write_trifold(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """The trifold, panel after panel, and its sheets."""
    return _write_panels(publication, folder, TRIFOLD, folds.TRIFOLD)


def write_z_fold(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """The Z-fold, panel after panel, and its sheets."""
    return _write_panels(publication, folder, Z_FOLD, folds.Z_FOLD)


def write_four_page(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """The four-page leaflet, and its sheets."""
    return _write_panels(publication, folder, FOUR_PAGE, folds.FOUR_PAGE)


def _write_panels(
    publication: Publication, folder: Path, folded: Folded, fold: Fold
) -> tuple[Path, ...]:
    """A leaflet of panels: what of the article fits them, set so that it fills them."""
    shorter, setting = fitted(publication, folded)
    return write_folded(shorter, folder, setting, fold)


def write_folded(
    publication: Publication, folder: Path, setting: Setting, fold: Fold
) -> tuple[Path, ...]:
    """The pages to read, one after another, and the sheets to print and fold.

    For a print shop the pages are laid out again, with bleed, where the practice wants that.
    """
    pages, setting = _lay_out_full(publication, setting, fold)
    written = [write_pdf(publication, folder, setting.suffix, pages)]
    for printer in OFFICE:
        name = f"{setting.suffix}-{printer.suffix}"
        written.append(write_pdf(publication, folder, name, impose(pages, fold, printer)))
    if publication.project.practice.leaflet.print_shop:
        from leafcast.print.print_shop import for_print_shop  # NumPy, which no other edition needs

        shop = for_print_shop(_for_shop(publication, setting, fold))
        name = f"{setting.suffix}-{SHOP.suffix}"
        written.append(write_pdf(publication, folder, name, shop))
    return tuple(written)


def _for_shop(publication: Publication, setting: Setting, fold: Fold) -> bytes:
    """The pages with bleed: a booklet’s one by one, as its size is asked for, others’ on sheets."""
    if fold.nested:
        return lay_out(publication, replace(setting, bleed_mm=SHOP.bleed_mm))
    pages = lay_out(publication, replace(setting, bleed_mm=SHOP.bleed_beyond(fold)))
    return impose(pages, fold, SHOP)


def _lay_out_full(publication: Publication, setting: Setting, fold: Fold) -> tuple[bytes, Setting]:
    """The reading file, with as many blank pages as the fold needs, and the setting with them."""
    pages = lay_out(publication, setting)
    count = count_pages(pages)
    if setting.fitting.pages not in (0, count):
        return _lay_out_full(publication, flowing(setting), fold)
    blanks = fold.blanks(count)
    if not blanks:
        return pages, setting
    setting = replace(setting, blanks=blanks)
    return lay_out(publication, setting), setting


def write_pdf(publication: Publication, folder: Path, suffix: str, pdf: bytes) -> Path:
    """<slug>-<suffix>.pdf. Raises OSError."""
    path = folder / f"{publication.article.slug}-{suffix}.pdf"
    write_beside(path, pdf)
    return path
