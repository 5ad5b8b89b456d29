"""One process: all print editions, and WeasyPrint alone on the same HTML. Prints JSON."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from leafcast.leaflet import layout
from leafcast.leaflet.editions import (
    write_a4,
    write_booklet,
    write_dyslexia,
    write_large_print,
)
from leafcast.leaflet.html import write_html
from leafcast.leaflet.settings import SETTINGS
from leafcast.project import load_project
from leafcast.publish.model import Publication
from leafcast.readers import read_article


def main() -> None:
    """Time both, alternately, after a first round that warms up imports and fonts."""
    project = load_project(Path(sys.argv[1]))
    (path,) = project.source.glob("*.md")
    article = read_article(path, project.source).article
    assert article
    publication = Publication(article, project)
    once = sys.argv[2:] == ["once"]
    if not once:
        ours(publication)
    print(json.dumps({"ours": ours(publication), "weasyprint": 0 if once else raw(publication)}))


def ours(publication: Publication) -> float:
    """Seconds for every print edition, HTML to imposed files."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for write in (write_booklet, write_a4, write_large_print, write_dyslexia):
            write(publication, Path(folder))
    return time.perf_counter() - began


def raw(publication: Publication) -> float:
    """Seconds WeasyPrint alone takes to lay out and write the same pages."""
    weasyprint = layout._weasyprint(publication.project)
    pages = [write_html(publication, setting) for setting in SETTINGS]
    began = time.perf_counter()
    for html in pages:
        fetcher = layout._fetcher(publication)
        weasyprint.HTML(string=html, base_url=layout.SCHEME, url_fetcher=fetcher).write_pdf(
            pdf_variant="pdf/ua-1"
        )
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
