"""One process: the A4 leaflet laid out and written, and how long its tags took. Prints JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from leafcast.leaflet.layout import lay_out
from leafcast.leaflet.settings import A4
from leafcast.project import load_project
from leafcast.publish.model import Publication
from leafcast.readers import read_article

TAG_PASS: Final = ("spaces_eaten", "tag_document")
"""What the tag pass is made of, in leafcast/leaflet/press.py."""


def main() -> None:
    """Lay out twice, so that imports and fonts are warm, and time the second."""
    project = load_project(Path(sys.argv[1]))
    (path,) = project.source.glob("*.md")
    article = read_article(path, project.source).article
    assert article
    publication = Publication(article, project)
    if sys.argv[2:] != ["once"]:
        lay_out(publication, A4)
    from leafcast.leaflet import press
    from leafcast.leaflet.line_ends import SpacedStream

    spent: list[float] = []
    for name in TAG_PASS:
        setattr(press, name, _timed(getattr(press, name), spent))
    SpacedStream._add_space = _timed(SpacedStream._add_space, spent)  # type: ignore[method-assign]
    began = time.perf_counter()
    lay_out(publication, A4)
    whole = time.perf_counter() - began
    print(json.dumps({"tags": sum(spent), "rest": whole - sum(spent)}))


def _timed(work: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    """`work`, with its seconds added to `spent`."""

    def timed(*arguments: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            return work(*arguments, **named)
        finally:
            spent.append(time.perf_counter() - began)

    return timed


if __name__ == "__main__":
    main()
