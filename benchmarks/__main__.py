"""`python -m benchmarks [NAME…]`: the measures of MEASURES; all but ON_REQUEST by default."""

from __future__ import annotations

import sys

from benchmarks import measures
from benchmarks.leaflet import leaflet
from benchmarks.many import many
from benchmarks.measures import Figure, Lines
from benchmarks.narration import narration

MEASURES = {
    "unchanged": measures.unchanged,
    "prints": measures.prints,
    "leaflet": leaflet,
    "edit": measures.edit,
    "post": measures.post,
    "published": measures.published,
    "growth": measures.growth,
    "narration": narration,
    "many": many,
}
ON_REQUEST = {"many"}
"""What takes a quarter of an hour."""


def main() -> int:
    """Run the measures asked for and print a line for each figure."""
    names = sys.argv[1:] or [name for name in MEASURES if name not in ON_REQUEST]
    if unknown := [name for name in names if name not in MEASURES]:
        print(f"There is no measure called {unknown[0]}; there are: {', '.join(MEASURES)}")
        return 2
    missed = 0
    for name in names:
        for told in MEASURES[name]():
            if isinstance(told, Lines):
                print("", *told.lines, "", sep="\n", flush=True)
            else:
                missed += not _print(told)
    return 1 if missed else 0


def _print(figure: Figure) -> bool:
    """Print a figure, with its goal; whether it keeps it."""
    goal = "" if figure.most is None else f"   at most {figure.most:g}"
    goal += "" if figure.least is None else f"   at least {figure.least:g}"
    print(f"{figure.what:<66} {figure.value:9.2f} {figure.unit:<4}{goal}", end="")
    print("" if figure.kept else "   MISSED", flush=True)
    return figure.kept


if __name__ == "__main__":
    sys.exit(main())
