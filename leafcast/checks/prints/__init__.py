"""Is every PDF of a publication its article, for every reader? Each is held against it, once.

How a PDF is held against an article, `checks.pdf` knows; here is what each edition promises, what
is remembered, and how a fault is told and cured.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Final

from leafcast.checks.cures import with_source
from leafcast.checks.pdf.faults import Fault
from leafcast.checks.prints.cures import cure
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place, Severity
from leafcast.state.cache import Cache, digest
from leafcast.state.canonical import plain
from leafcast.state.imports import read_program

MOST_OF_A_KIND: Final = 4
"""Of faults of one kind in one file no more than these are told."""


def check_pdf(publication: Publication, folder: Path) -> Iterator[Finding]:
    """Findings on the PDFs in `folder`, the same in several of them told once.

    A file that was held once is not held again.
    """
    store = Cache(publication.project.work / "cache")
    places: dict[Fault, list[tuple[Path, int | None]]] = {}
    for path in sorted(folder.glob("*.pdf"), key=lambda path: path.stem):
        for fault in _remembered(publication, path, store) if publication.has(path) else ():
            places.setdefault(replace(fault, page=None), []).append((path, fault.page))
    for fault, where in places.items():
        yield _finding(fault, where, publication)


def look_at(publication: Publication, path: Path) -> None:
    """Hold one PDF, so that it need not be held again; nothing where it is none."""
    if path.suffix == ".pdf":
        _remembered(publication, path, Cache(publication.project.work / "cache"))


def _finding(
    fault: Fault, where: Sequence[tuple[Path, int | None]], publication: Publication
) -> Finding:
    """A finding with the first place of its fault, in how many more files it is, and its source."""
    path, page = where[0]
    more = len({other for other, _ in where}) - 1
    told = [f"page {page + 1}"] if page is not None else []
    told += [f"and in {more} more file{'s' if more > 1 else ''}"] if more else []
    words = f"{fault.words} ({', '.join(told)})" if told else fault.words
    place = Place(f"dist/{publication.article.slug}/{path.name}")
    fix = with_source(cure(fault.code, fault.fix), fault.words, publication)
    return Finding(fault.code, fault.severity, words, fix, place)


def _remembered(publication: Publication, path: Path, store: Cache) -> list[Fault]:
    """The faults of a file: from the cache, where the same was held against the same."""
    from leafcast.checks.prints.wanted import nominally_wanted, wanted_for

    pdf, practice = path.read_bytes(), publication.project.practice
    wanted = nominally_wanted(path, publication)
    against = [path.stem, wanted.html(), plain(wanted.article), plain(asdict(practice))]
    key = digest(_rules(), pdf, *against)
    if (stored := store.read("pdf", key)) is not None:
        return [
            Fault(code, words, page, Severity(severity), fix)
            for code, words, page, severity, fix in json.loads(stored)
        ]
    from leafcast.checks.pdf.oracle import pdf_faults

    faults = few_of_a_kind(list(pdf_faults(pdf, wanted_for(path, publication))))
    told = [[f.code, f.words, f.page, f.severity, f.fix] for f in faults]
    store.write("pdf", key, json.dumps(told).encode())
    return faults


@cache
def _rules() -> str:
    """The hash of all that decides what is a fault, and how it is said."""
    return read_program().closure([__name__, "leafcast.checks.pdf.oracle"]).program


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
