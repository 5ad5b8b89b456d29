"""`python -m benchmarks [NAME…]`: unchanged, prints, edit, growth, narration; all by default."""

from __future__ import annotations

import sys

from benchmarks import measures

MEASURES = {
    "unchanged": measures.unchanged,
    "prints": measures.prints,
    "edit": measures.edit,
    "growth": measures.growth,
    "narration": measures.narration,
}


def main() -> int:
    """Run the measures asked for and print a line for each figure."""
    names = sys.argv[1:] or list(MEASURES)
    if unknown := [name for name in names if name not in MEASURES]:
        print(f"There is no measure called {unknown[0]}; there are: {', '.join(MEASURES)}")
        return 2
    missed = 0
    for name in names:
        for figure in MEASURES[name]():
            kept = figure.most is None or figure.value <= figure.most
            goal = "" if figure.most is None else f"   at most {figure.most:g}"
            print(f"{figure.what:<66} {figure.value:9.2f} {figure.unit:<4}{goal}", end="")
            print("" if kept else "   MISSED", flush=True)
            missed += not kept
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
