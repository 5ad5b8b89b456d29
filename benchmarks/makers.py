"""One process, one maker, one PDF or all of them: `python -m benchmarks.makers MAKER FROM TO`.

A maker imports what it needs and nothing else, so that its process can be weighed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def leafcast(source: Path, out: Path, *editions: str) -> None:
    """Every print edition of the practice in `source`, or those named."""
    from leafcast.project import load_project
    from leafcast.publish import EDITIONS
    from leafcast.publish.model import Publication
    from leafcast.readers import read_article

    project = load_project(source)
    (path,) = project.source.glob("*.md")
    article = read_article(path, project.source).article
    assert article
    out.mkdir(exist_ok=True)
    for name, edition in EDITIONS.items():
        if not edition.needs_sound and (not editions or name in editions):
            edition.write(Publication(article, project), out)


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


MAKERS = {"leafcast": leafcast, "weasyprint": weasyprint, "typst": typst}

if __name__ == "__main__":
    MAKERS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:])
