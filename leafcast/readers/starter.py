"""The words with which `leafcast new` begins an article: an example, which nobody wrote."""

from __future__ import annotations

from typing import Final

from leafcast.document.origin import Origin
from leafcast.document.report import Finding, Severity

SUMMARY: Final = "One sentence that says what this is about."
INTRODUCTION: Final = "The introduction stands here, before the first heading."
HEADING: Final = "The first heading"
LEAD: Final = "What belongs to it. A list is written so:"
POINTS: Final = ("one point", "another point")

BODY: Final = f"{INTRODUCTION}\n\n## {HEADING}\n\n{LEAD}\n\n- {POINTS[0]}\n- {POINTS[1]}\n"
_BLOCKS: Final = frozenset((INTRODUCTION, LEAD, " ".join(POINTS), *POINTS))


def is_starter(words: str) -> bool:
    """Whether a block's words are still those of the example."""
    return words in _BLOCKS


def is_starter_heading(kind: str, words: str) -> bool:
    """Whether a block of this kind is the example's heading."""
    return kind == "heading" and words == HEADING


def example_left(line: int, origin: Origin) -> Finding:
    """What to say of words that are still the example's, in an article that somebody writes."""
    return origin.finding(
        "example-left",
        Severity.WARNING,
        "These words are still the example that new put there, and are left out",
        "Write your own in their place, or take them out",
        line=line,
    )
