"""`python -m benchmarks [NAME…]`: the measures of MEASURES; all but ON_REQUEST by default.

`python -m benchmarks readers --suites DIR` reads what lies in DIR; see benchmarks/readers.py.
`python -m benchmarks kills --times 1000` kills that many builds; see benchmarks/kills.py.
`python -m benchmarks cluster-kills --times 60` kills drivers and workers of a cluster of its own.
`python -m benchmarks mutated --times 10000` reads so many damaged files; see benchmarks/mutated.
`python -m benchmarks mutants --times 200` lets tests judge so many mutants; see benchmarks/mutants.
`python -m benchmarks spread --times 100` builds so many articles; see benchmarks/spread.py.
`python -m benchmarks NAME --ratios` fails for what no machine's speed decides.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks import measures
from benchmarks.cluster_kills import cluster_kills
from benchmarks.hearing import hearing
from benchmarks.kills import kills
from benchmarks.leaflet import leaflet
from benchmarks.many import SEED, many, recorded
from benchmarks.measures import Figure, Lines
from benchmarks.mutants import mutants
from benchmarks.mutated import damaged
from benchmarks.narration import narration
from benchmarks.readers import readers
from benchmarks.spread import spread

MEASURES = {
    "unchanged": measures.unchanged,
    "prints": measures.prints,
    "leaflet": leaflet,
    "edit": measures.edit,
    "post": measures.post,
    "published": measures.published,
    "growth": measures.growth,
    "narration": narration,
    "hearing": hearing,
    "recorded": recorded,
    "many": many,
    "kills": kills,
    "cluster-kills": cluster_kills,
    "mutated": damaged,
    "mutants": mutants,
    "spread": spread,
}
ON_REQUEST = {
    "hearing",
    "many",
    "kills",
    "cluster-kills",
    "mutated",
    "mutants",
    "readers",
    "spread",
}
"""What takes minutes and a second pair of ears, a quarter of an hour, or files from elsewhere."""


TIMES: Final = ("s", "ms")
"""Units of what is another figure on a machine that is quicker."""


def main() -> int:
    """Run the measures asked for and print a line for each figure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--suites", type=Path, help="a folder with checkouts, for readers")
    parser.add_argument(
        "--times", type=int, default=200, help="how many, for kills, mutated, mutants, spread"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="of their chance")
    parser.add_argument("--ratios", action="store_true", help="fail for none of the times")
    asked = parser.parse_args()
    at_random = {
        "kills": kills,
        "cluster-kills": cluster_kills,
        "mutated": damaged,
        "mutants": mutants,
    }
    measures_there = {
        **MEASURES,
        **{name: partial(each, asked.times, asked.seed) for name, each in at_random.items()},
        "spread": partial(spread, asked.times),
    }
    if asked.suites:
        measures_there["readers"] = lambda: readers(asked.suites)
    names = asked.names or [name for name in MEASURES if name not in ON_REQUEST]
    if unknown := [name for name in names if name not in (*MEASURES, "readers")]:
        print(f"There is no measure called {unknown[0]}; there are: {', '.join(MEASURES)}, readers")
        return 2
    if "readers" in names and not asked.suites:
        print("Say where the files to read are: python -m benchmarks readers --suites DIR")
        return 2
    missed = 0
    for name in names:
        for told in measures_there[name]():
            if isinstance(told, Lines):
                print("", *told.lines, "", sep="\n", flush=True)
            else:
                missed += not _print(told) and not (asked.ratios and told.unit in TIMES)
    return 1 if missed else 0


def _print(figure: Figure) -> bool:
    """Print a figure, with what it may be and its goal; whether it keeps the first."""
    held = "" if figure.most is None else f"   at most {figure.most:g}"
    held += "" if figure.least is None else f"   at least {figure.least:g}"
    if figure.goal is not None:
        held += f"   goal {figure.goal:g}{'' if figure.value <= figure.goal else ', not reached'}"
    print(f"{figure.what:<66} {figure.value:9.2f} {figure.unit:<4}{held}", end="")
    print("" if figure.kept else "   MISSED", flush=True)
    return figure.kept


if __name__ == "__main__":
    sys.exit(main())
