"""One process: all print editions; and another: WeasyPrint as it comes, on the same HTML.

Prints JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.makers import leafcast, publication_in
from leafcast.document.publication import Publication
from leafcast.print import kept_lines, layout, style_sheets
from leafcast.print.folding import booklet, folded, large_print


def main() -> None:
    """Time both, after a first round that warms up imports and fonts."""
    folder = Path(sys.argv[1])
    match sys.argv[2:]:
        case ["once"]:
            print(json.dumps({"ours": ours(folder)}))
        case ["alone"]:
            publication, pages = publication_in(folder), json.load(sys.stdin)
            raw(publication, pages)
            print(json.dumps(raw(publication, pages)))
        case _:
            ours(folder)
            pages = _pages_written()
            took = ours(folder)
            print(json.dumps({"ours": took, "weasyprint": _alone(folder, pages)}))


def _alone(folder: Path, pages: list[str]) -> float:
    """What `raw` takes in a process where nothing of ours is in WeasyPrint's place."""
    command = [sys.executable, "-m", "benchmarks.prints", str(folder), "alone"]
    told = subprocess.run(command, input=json.dumps(pages), capture_output=True, text=True)
    told.check_returncode()
    return float(json.loads(told.stdout))


def ours(folder: Path) -> float:
    """CPU seconds for every print edition, HTML to imposed files; nothing is known from before."""
    for decisions in (folded, booklet, large_print):
        decisions._decide.cache_clear()
    large_print._measured.cache_clear()
    style_sheets._parsed.cache_clear()
    kept_lines.forget_lines()
    began = time.process_time()
    with tempfile.TemporaryDirectory() as out:
        leafcast(folder, Path(out))
    return time.process_time() - began


def _pages_written() -> list[str]:
    """The HTML of every document written from now on; not of those only laid out to be measured."""
    from leafcast.print.tagging import press

    rendered: dict[int, tuple[Any, str]] = {}
    written: list[str] = []
    render, write_document = layout.render, press.write_document

    def rendering(publication: Any, setting: Any, html: str) -> Any:
        document = render(publication, setting, html)
        rendered[id(document)] = (document, html)
        return document

    def writing(document: Any, *how: Any) -> bytes:
        written.append(rendered.pop(id(document))[1])
        return write_document(document, *how)

    layout.render = rendering
    press.write_document = writing  # type: ignore[assignment]
    return written


def raw(publication: Publication, pages: list[str]) -> float:
    """CPU seconds that WeasyPrint alone takes to lay out and write the same pages."""
    layout._use_fonts(publication.project)
    import weasyprint

    began = time.process_time()
    for html in pages:
        fetcher = layout._fetcher(publication)
        weasyprint.HTML(string=html, base_url=layout.SCHEME, url_fetcher=fetcher).write_pdf(
            pdf_variant="pdf/ua-1"
        )
    return time.process_time() - began


if __name__ == "__main__":
    main()
