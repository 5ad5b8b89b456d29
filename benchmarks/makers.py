"""One process, one maker, one PDF or all of them: `python -m benchmarks.makers MAKER FROM TO`.

A maker imports what it needs and nothing else, so that its process can be weighed.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leafcast.document.publication import Publication


def leafcast(source: Path, out: Path, *editions: str) -> None:
    """Every print edition that a build makes unasked, or those named, each in its folder."""
    from leafcast.editions.table import EDITIONS

    publication = publication_in(source)
    for name, edition in EDITIONS.items():
        wanted = name in editions if editions else not edition.on_request
        if wanted and not edition.needs_sound:
            (out / name).mkdir(parents=True, exist_ok=True)
            edition.write(publication, out / name)


def weasyprint(source: Path, out: Path) -> None:
    """A page of HTML, tagged by WeasyPrint itself; its pictures stand beside it."""
    os.environ["FONTCONFIG_FILE"] = str(source.with_name("fonts.conf"))
    from weasyprint import HTML

    HTML(filename=source).write_pdf(out, pdf_variant="pdf/ua-1")


def typst(source: Path, out: Path) -> None:
    """A Typst document, with the fonts beside it."""
    import typst

    fonts = [source.with_name("fonts")]
    typst.compile(source, out, font_paths=fonts, ignore_system_fonts=True, pdf_standards=["ua-1"])


def lay_ready(source: Path, out: Path) -> None:
    """What the others start from: the HTML that leafcast lays out as A4, and the Typst source."""
    from benchmarks.typst_source import typst_source
    from leafcast.design.fonts import font_folders
    from leafcast.print import layout
    from leafcast.print.html import write_html
    from leafcast.print.typesetting import A4

    publication = publication_in(source)
    project = publication.project
    layout._weasyprint(project)
    html = write_html(publication, A4).replace(layout.SCHEME, "")
    (out / "article.html").write_text(html, encoding="utf-8")
    for picture in ("motif-wide.svg", "qr.svg"):
        content, _ = layout.read_address(publication, layout.SCHEME + picture)
        (out / picture).write_bytes(content)
    shutil.copy(project.work / "fonts/fonts.conf", out)
    (fonts,) = font_folders(project)
    shutil.copytree(fonts, out / "fonts")
    source = out / "article.typ"
    source.write_text(typst_source(publication.article, project.practice.look.font), "utf-8")


def publication_in(folder: Path) -> Publication:
    """The one article of a practice's folder, ready to be laid out."""
    from leafcast.document.publication import Publication
    from leafcast.practice.project import load_project
    from leafcast.readers import read_article

    project = load_project(folder)
    (path,) = project.source.glob("*.md")
    article = read_article(path, project.source).article
    assert article
    return Publication(article, project)


MAKERS = {"leafcast": leafcast, "weasyprint": weasyprint, "typst": typst, "lay-ready": lay_ready}

if __name__ == "__main__":
    MAKERS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:])
