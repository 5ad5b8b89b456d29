"""One process: what each PDF named is worth, held against the practice's article. Prints JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.blocks import count_whole
from benchmarks.makers import publication_in
from tests.integration.verapdf import failed_rules


def main() -> None:
    """For each PDF: its blocks, those that are whole, and the rules of PDF/UA-1 that it fails."""
    article = publication_in(Path(sys.argv[1])).article
    worth: dict[str, int] = {}
    for number, name in enumerate(sys.argv[2:]):
        kept = count_whole(article, Path(name))
        worth |= {
            f"{number} blocks": kept.blocks,
            f"{number} exact": kept.exact,
            f"{number} letters": kept.letters,
            f"{number} failed": len(failed_rules(Path(name))),
        }
    print(json.dumps(worth))


if __name__ == "__main__":
    main()
