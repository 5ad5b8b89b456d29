"""What stands at the edges of printed pages, in text that was copied from a PDF or a scan: the
numbers of pages, and the running heads beside them.

A number alone on a line may number a part, and a line that comes again may be a refrain: they are
of a page only where they say so, count on, and stand as an edge does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from leafcast.readers.drafts import (
    BlockDraft,
    Gatherer,
    HeadingDraft,
    ParagraphDraft,
    block_words,
    counted,
    quoted,
)

NAMED: Final = re.compile(
    r"(?:(?P<before>.*\S)\s*[|·•–—-]\s*|(?P<lead>.{3,}?)(?:\t|\s{3,}))?"
    r"(?:p\s?a\s?g\s?e|p\.|pg\.?)\s*(?P<number>\d{1,3})(?:\s*(?:of|/)\s*(?P<of>\d{1,3}))?"
    r"(?:\s*[|·•–—-]\s*(?P<after>\S.*))?",
    re.I,
)
AFTER: Final = re.compile(r"(?P<number>\d{1,3})\s*[|·•–—]\s*(?:p\s?a\s?g\s?e|\D*)", re.I)
BARE: Final = re.compile(r"[-–—\[(|·~ ]*(?P<number>\d{1,3})[-–—\])|·~ ]*")
DASHED: Final = re.compile(r"[-–—\[(|·~]\s*\d{1,3}\s*[-–—\])|·~]")
BESIDE: Final = re.compile(r"(?P<before>\d{1,3}\s+)?(?P<words>\D.*?)(?P<after>\s+\d{1,3})?")
"""A running head with its page's number before or behind it."""
LONGEST_HEAD: Final = 12
"""Words of a running head, at most."""
FEWEST: Final = 2
"""Pages that are numbered, at least."""
ENDED: Final = re.compile(r"[.!?:…][”’\"')\]]*\s*$")


def without_edges(body: str, above: int, gatherer: Gatherer) -> str:
    """`body` with empty lines for the edges of its pages, which are told; a sentence that goes on
    from one page to the next is in one piece.
    """
    lines = body.split("\n")
    edges = page_edges(lines)
    if not edges:
        return body
    _tell([(lines[at], above + at + 1) for at in edges], gatherer)
    return "\n".join(_joined(lines, set(edges)))


def without_edge_blocks(
    blocks: tuple[BlockDraft, ...], gatherer: Gatherer
) -> tuple[BlockDraft, ...]:
    """`blocks` without the paragraphs that are edges of pages, which are told."""
    lines = [" ".join(block_words(each).split()) or "x." for each in blocks]
    texts = (ParagraphDraft, HeadingDraft)
    edges = [at for at in page_edges(lines) if isinstance(blocks[at], texts)]
    if edges:
        _tell([(lines[at], blocks[at].line) for at in edges], gatherer)
    return tuple(block for at, block in enumerate(blocks) if at not in edges)


def _tell(edges: Sequence[tuple[str, int]], gatherer: Gatherer) -> None:
    """Say what of printed pages is left out, each with its line."""
    for each, line in edges:
        gatherer.leave_out("pages-left-out", each, line)
    words = " · ".join(" ".join(each.split()) for each, _ in edges)
    gatherer.advise(
        "pages-left-out",
        f"The numbers of printed pages, and what stands beside them, are left out, "
        f"{counted(words)}: {quoted(words)}",
        "If they belong to the text, write them within a sentence",
        edges[0][1],
    )


def page_edges(lines: Sequence[str]) -> list[int]:
    """The places of the lines that are edges of pages."""
    inked = [at for at, line in enumerate(lines) if line.strip()]
    if len(inked) < FEWEST + 1:
        return []
    title = _folded(lines[inked[0]])
    numbers = _numbers(lines, inked, title)
    if not numbers:
        return []
    heads = _heads(lines, inked, numbers, title)
    return sorted(numbers | heads)


def _numbers(lines: Sequence[str], inked: Sequence[int], title: str) -> set[int]:
    """The lines that say the numbers of pages: of one form, and counting on."""
    forms: dict[str, list[tuple[int, int]]] = {}
    for at in inked[1:]:
        if found := _number(lines[at].strip(), title):
            forms.setdefault(found[0], []).append((at, found[1]))
    kept: set[int] = set()
    for form, numbered in forms.items():
        places = [at for at, _ in numbered]
        counts = all(other == one + 1 for (_, one), (_, other) in pairwise(numbered))
        if (
            counts
            and (len(places) >= FEWEST or "of #" in form)
            and (form != "#" or _at_the_foot(lines, inked, places, title))
        ):
            kept |= set(places)
    return kept


def _number(line: str, title: str) -> tuple[str, int] | None:
    """The form in which a line names a page, with # for its number, and the number."""
    if found := BARE.fullmatch(line):
        return ("-#-" if DASHED.fullmatch(line) else "#", int(found["number"]))
    if found := NAMED.fullmatch(line):
        beside = _folded(" ".join(filter(None, (found["before"], found["lead"], found["after"]))))
        return f"{beside} page #{' of #' if found['of'] else ''}", int(found["number"])
    if found := AFTER.fullmatch(line):
        return f"# {_folded(line.replace(found['number'], '', 1))}", int(found["number"])
    found = BESIDE.fullmatch(line)
    if found and _folded(found["words"]) == title and (found["before"] or found["after"]):
        return "title #", int(found["before"] or found["after"])
    return None


def _at_the_foot(
    lines: Sequence[str], inked: Sequence[int], places: Sequence[int], title: str
) -> bool:
    """Whether bare numbers are those of pages, and not of parts: the last ends the text, or one
    stands within a sentence, or beside the title once more.
    """
    if places[-1] == inked[-1] and any(ENDED.search(line) for line in lines[: places[0]]):
        return True
    return any(
        (before and after)
        and (_folded(lines[after]) == title or _goes_on(lines[before], lines[after]))
        for before, after in (_beside(inked, at) for at in places)
    )


def _goes_on(before: str, after: str) -> bool:
    """Whether a sentence goes on from one line to another."""
    return not ENDED.search(before) and after.lstrip()[:1].islower()


def _beside(inked: Sequence[int], at: int) -> tuple[int, int]:
    """The lines with words before and after a place; 0 where there is none."""
    where = inked.index(at)
    after = inked[where + 1] if where + 1 < len(inked) else 0
    return inked[where - 1] if where else 0, after


def _heads(lines: Sequence[str], inked: Sequence[int], numbers: set[int], title: str) -> set[int]:
    """The running heads beside numbers of pages: the title again, or what stands there again."""
    found: dict[str, list[int]] = {}
    for at in numbers:
        for beside in _beside(inked, at):
            if beside and beside not in numbers and _is_short(lines[beside]):
                found.setdefault(_folded(lines[beside]), []).append(beside)
    return {
        at
        for words, places in found.items()
        for at in places
        if at != inked[0] and (words == title or len(set(places)) >= FEWEST)
    }


def _is_short(line: str) -> bool:
    return len(line.split()) <= LONGEST_HEAD and not ENDED.search(line)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _joined(lines: Sequence[str], edges: set[int]) -> Iterator[str]:
    """`lines` without edges, as many as before: what is gone within a paragraph stands, as empty
    lines, behind it.
    """
    empty, carried, edged, before = 0, 0, False, ""
    for at, line in enumerate(lines):
        if at in edges or not line.strip():
            empty, edged = empty + 1, edged or at in edges
            continue
        if edged and _goes_on(before, line):
            carried += empty
        else:
            yield from [""] * (empty + carried if empty else 0)
            carried = 0 if empty else carried
        yield line
        empty, edged, before = 0, False, line
    yield from [""] * (empty + carried)
