"""One process: the A4 leaflet laid out and written, and how long its tags took. Prints JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from benchmarks.makers import publication_in
from leafcast.print.layout import lay_out
from leafcast.print.typesetting import A4

TAG_PASS: Final = ("spaces_eaten", "tag_document")
"""What the tag pass is made of, in leafcast/print/tagging/press.py."""


def main() -> None:
    """Lay out the leaflet again and again for a while; the quickest time of each part counts."""
    publication = publication_in(Path(sys.argv[1]))
    lay_out(publication, A4)
    spent = _watch_tags()
    rounds: list[tuple[float, float]] = []
    while len(rounds) < 2 or (len(rounds) < 9 and sum(map(sum, rounds)) < 3):
        spent.clear()
        began = time.process_time()
        lay_out(publication, A4)
        whole = time.process_time() - began
        rounds.append((sum(spent), whole - sum(spent)))
    tags, rest = map(min, zip(*rounds, strict=True))
    print(json.dumps({"tags": tags, "rest": rest}))


def _watch_tags() -> list[float]:
    """The seconds of each call of a part of the tag pass, from now on."""
    from leafcast.print.tagging import press
    from leafcast.print.tagging.line_ends import SpacedStream

    spent: list[float] = []
    for name in TAG_PASS:
        setattr(press, name, _timed(getattr(press, name), spent))
    SpacedStream._add_space = _timed(SpacedStream._add_space, spent)  # type: ignore[method-assign]
    return spent


def _timed(work: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    """`work`, with its seconds added to `spent`."""

    def timed(*arguments: Any, **named: Any) -> Any:
        began = time.process_time()
        try:
            return work(*arguments, **named)
        finally:
            spent.append(time.process_time() - began)

    return timed


if __name__ == "__main__":
    main()
