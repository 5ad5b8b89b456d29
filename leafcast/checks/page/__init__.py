"""Is the page the article, sentence by sentence, and does it hold what it promises?

What is wanted comes from the model and from the files beside it; what is found, from the page
alone. The page in one file is held to the same, and must need nothing beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from leafcast.checks.page.found import Found
from leafcast.checks.page.links import check_files, check_ids, check_offered
from leafcast.checks.page.privacy import check_foreign, check_policy
from leafcast.checks.page.times import check_times
from leafcast.checks.page.words import check_frame, check_words
from leafcast.document.publication import Publication
from leafcast.document.report import Finding

CHECKS: Final[tuple[Callable[[Found], Iterator[Finding]], ...]] = (
    check_words,
    check_frame,
    check_ids,
    check_files,
    check_offered,
    check_foreign,
    check_policy,
    check_times,
)


def check_page(publication: Publication, folder: Path) -> Iterator[Finding]:
    """A finding for everything in which the page, or the page in one file, falls short."""
    for name in ("index.html", f"{publication.article.slug}-offline.html"):
        path = folder / name
        if not publication.has(path):
            continue
        found = Found(publication, path, path.read_text(encoding="utf-8"))
        for check in CHECKS:
            yield from check(found)
