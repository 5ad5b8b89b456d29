"""`leafcast new --again FILE`: what changed in a file since the article was started from it.

Three texts are laid side by side, paragraph by paragraph: what the file said when it was first read
(its original is kept), the article as its owner has corrected it, and what the file says by now. A
change of the file is taken over where the article was not corrected; where both changed, the
article stays as it is, and what the file says is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from leafcast.document.report import Finding, Place, Severity
from leafcast.readers.drafts import quoted
from leafcast.readers.front_lines import split_front_matter

LONGEST_SHOWN: Final = 120


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the file: paragraphs of its first text, and what it has in their place."""

    start: int
    end: int
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """The article with what was taken over, and what is to be told of each change."""

    text: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of a change: near which paragraph, and whether it was taken over."""

    at: int
    change: Change
    taken: bool


def merge(first: str, own: str, now: str, shown: str) -> Merged:
    """`own`, the article as it is corrected, with what changed from `first` to `now`.

    `shown` is the article's file as the owner knows it. Facts above the text stay as they are.
    """
    head, own_body = _parted(own)
    base, mine, theirs = _paragraphs(first), _split(own_body), _paragraphs(now)
    places = _places(base, mine)
    merged = list(mine)
    told: list[_Told] = []
    for change in reversed(list(_changes(base, theirs))):
        at = _untouched(change, places, len(mine))
        if at is None:
            known = set(change.new) <= set(mine) and change.new
            told += [] if known else [_Told(_nearest(change, places), change, taken=False)]
        else:
            start, end = at
            merged[start:end] = change.new
            told.append(_Told(start, change, taken=True))
    text = head + "\n\n".join(merged) + "\n"
    lines = _lines(head, merged)
    told.reverse()
    findings = tuple(_finding(each, lines, base, shown) for each in told)
    return Merged(text, findings)


def _parted(text: str) -> tuple[str, str]:
    """The lines of facts with the blank line below, and the body."""
    body = split_front_matter(text)[1]
    return text[: len(text) - len(body)] + "\n", body


def _paragraphs(text: str) -> list[str]:
    return _split(split_front_matter(text)[1])


def _split(body: str) -> list[str]:
    return [each.strip("\n") for each in body.split("\n\n") if each.strip()]


def _changes(base: Sequence[str], theirs: Sequence[str]) -> Iterator[Change]:
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, base, theirs, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Change(i1, i2, tuple(theirs[j1:j2]))


def _places(base: Sequence[str], mine: Sequence[str]) -> dict[int, int]:
    """Where paragraphs of the first text stand in the article, those that were not corrected."""
    places = {-1: -1, len(base): len(mine)}
    for block in SequenceMatcher(None, base, mine, autojunk=False).get_matching_blocks():
        places |= {block.a + at: block.b + at for at in range(block.size)}
    return places


def _untouched(change: Change, places: dict[int, int], length: int) -> tuple[int, int] | None:
    """Where a change goes in the article; None where its paragraphs were corrected, or are gone."""
    inside = [places.get(at) for at in range(change.start, change.end)]
    if None in inside:
        return None
    if inside:
        start = places[change.start]
        whole = inside == [*range(start, start + len(inside))]
        return (start, start + len(inside)) if whole else None
    before, after = places.get(change.start - 1), places.get(change.start)
    if before is not None:
        return before + 1, before + 1
    return (after, after) if after is not None else None


def _nearest(change: Change, places: dict[int, int]) -> int:
    """The paragraph of the article near which a change would be."""
    before = [places[at] for at in places if at <= change.start]
    return max(max(before), 0)


def _lines(head: str, paragraphs: Sequence[str]) -> list[int]:
    """The line of each paragraph, from 1."""
    lines, line = [], head.count("\n") + 1
    for paragraph in paragraphs:
        lines.append(line)
        line += paragraph.count("\n") + 2
    return lines


def _finding(told: _Told, lines: Sequence[int], base: Sequence[str], shown: str) -> Finding:
    at, change = told.at, told.change
    was = " ".join(base[change.start : change.end])
    new = " ".join(change.new)
    says = f"{quoted(new, LONGEST_SHOWN)}" if new else "nothing"
    instead = f" instead of {quoted(was, LONGEST_SHOWN)}" if was else ""
    place = Place(shown, lines[min(at, len(lines) - 1)] if lines else None)
    if told.taken:
        message = f"Taken over: the file says {says}{instead}"
        return Finding("again-taken", Severity.ADVICE, message, "Correct it there", place)
    message = f"Left as you have it: the file says {says}{instead}"
    fix = "Take it over by hand if it is better than what stands here"
    return Finding("again-left", Severity.WARNING, message, fix, place)
