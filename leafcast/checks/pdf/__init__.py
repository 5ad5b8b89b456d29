"""Is every PDF the article, for every reader? Its tags, its text, its looks, held against it.

Validators ask whether a file keeps the rules of the standards; the article they do not know.
This knows it, so it finds what they cannot: a paragraph that is missing from the tags, a heading
tagged as a paragraph, a link that is read out as another. What is wanted comes from the model
(`expected.py`) and, around the article, from the page's HTML (`furniture.py`); what is found,
from the file itself (`document.py`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

from leafcast.cache import Cache, digest
from leafcast.checks.pdf.faults import Fault
from leafcast.plain import plain
from leafcast.publish.model import Publication
from leafcast.report import Finding, Place, Severity

MOST_OF_A_KIND: Final = 4
"""Of faults of one kind in one file no more than these are told."""


def check_pdf(publication: Publication, folder: Path) -> Iterator[Finding]:
    """Findings on each PDF in `folder`; a file that was held once is not held again."""
    slug = publication.article.slug
    cache = Cache(publication.project.work / "cache")
    for path in sorted(folder.glob("*.pdf")):
        place = Place(f"dist/{slug}/{path.name}")
        for fault in _remembered(publication, path, cache):
            page = "" if fault.page is None else f" (page {fault.page + 1})"
            words = f"{fault.words}{page}"
            yield Finding(fault.code, fault.severity, words, fault.fix, place)


def _remembered(publication: Publication, path: Path, cache: Cache) -> list[Fault]:
    """The faults of a file: from the cache, where the same was held against the same."""
    from leafcast.checks.pdf.wanted import nominally_wanted, wanted_for

    pdf, practice = path.read_bytes(), publication.project.practice
    rules = [module.read_bytes() for module in sorted(Path(__file__).parent.glob("*.py"))]
    html = nominally_wanted(path, publication).html()
    against = [path.stem, html, plain(publication.article), plain(asdict(practice))]
    key = digest(*rules, pdf, *against)
    if (stored := cache.read("pdf", key)) is not None:
        return [
            Fault(code, words, page, Severity(severity), fix)
            for code, words, page, severity, fix in json.loads(stored)
        ]
    from leafcast.checks.pdf.oracle import pdf_faults

    faults = few_of_a_kind(list(pdf_faults(pdf, wanted_for(path, publication))))
    told = [[f.code, f.words, f.page, f.severity, f.fix] for f in faults]
    cache.write("pdf", key, json.dumps(told).encode())
    return faults


def few_of_a_kind(faults: Sequence[Fault]) -> list[Fault]:
    """The first faults of each kind; the last says how many more there are."""
    counts = Counter(fault.code for fault in faults)
    seen: Counter[str] = Counter()
    kept = []
    for fault in faults:
        seen[fault.code] += 1
        more = counts[fault.code] - MOST_OF_A_KIND
        if seen[fault.code] == MOST_OF_A_KIND and more > 0:
            fault = replace(fault, words=f"{fault.words} – and {more} more of this kind")
        if seen[fault.code] <= MOST_OF_A_KIND:
            kept.append(fault)
    return kept
