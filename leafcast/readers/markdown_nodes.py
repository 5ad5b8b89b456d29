"""What the nodes of a Markdown article show: its title, its author, headings that nothing marks,
and years that look like points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from markdown_it.tree import SyntaxTreeNode

from leafcast.document.article import Inline, Strong

LONGEST_HEADING: Final = 100
"""Letters of a line in bold that may be a heading."""
YEAR: Final = 1000
"""A point's number from which on it is a year that begins a sentence."""
BYLINE: Final = re.compile(
    r"(?:By|Written by|Author:)\s+"
    r"((?:(?:Dr|Prof|Mrs?|Ms|Mx)\.?\s+)?[A-Z][\w’'.-]*(?:\s+(?:[A-Z(][\w’'.()-]*,?|and|&)){1,6})"
    r"(?:\s*[·|•–-]\s.*)?"
)
"""A line that names the author; what follows a dot or a dash, such as “4 min read”, does not."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What an article shows above its first words: its title and its author, "" where it does not;
    and the line of the first of them.
    """

    title: str = ""
    author: str = ""
    line: int = 0

    def below(
        self, nodes: Sequence[SyntaxTreeNode], facts: Mapping[str, str]
    ) -> Sequence[SyntaxTreeNode]:
        """`nodes` without the title and the author that `facts` say as well."""
        at = 0
        if self.title and same_words(self.title, facts.get("title", "")):
            at = 1
        if (
            self.author
            and same_words(self.author, facts.get("author", ""))
            and at == bool(self.title)
        ):
            at += 1
        return nodes[at:]


def stands_out(node: SyntaxTreeNode) -> bool:
    """Whether a paragraph is a short line wholly in bold, as headings are where none is marked."""
    if node.type != "paragraph" or len(node.children) != 1:
        return False
    inner = [
        each
        for each in node.children[0].children
        if each.type != "html_inline" and not (each.type == "text" and not each.content.strip())
    ]
    words = inner_words(node)
    bold = len(inner) == 1 and inner[0].type == "strong"
    return (
        bold and len(words) <= LONGEST_HEADING and not words.rstrip("*_ ").endswith((".", ",", ":"))
    )


def unmarked(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The words of a heading that bold letters alone made one."""
    pieces = (each.content if isinstance(each, Strong) else (each,) for each in content)
    return tuple(inline for piece in pieces for inline in piece)


def same_words(one: str, other: str) -> bool:
    """Whether two titles are the same but for case, signs and marks."""
    first, second = (re.sub(r"[\W_]+", " ", each).strip().casefold() for each in (one, other))
    return first == second


def has_heading(node: SyntaxTreeNode) -> bool:
    """Whether a block is a heading, in Markdown or as an element of HTML."""
    return node.type == "heading" or (
        node.type == "html_block" and bool(re.search(r"<h[1-6]\b", node.content, re.I))
    )


def numbered(points: Sequence[SyntaxTreeNode]) -> Iterator[list[SyntaxTreeNode]]:
    """The points of a numbered list as lists, cut where their numbers jump, and each alone where
    they count down; years are one only where they count on.
    """
    numbers = [int(point.info or 0) for point in points]
    if points[1:] and all(number == above - 1 for above, number in pairwise(numbers)):
        yield from ([point] for point in points)
        return
    together: list[SyntaxTreeNode] = []
    for point in points:
        number = int(point.info or 0)
        before = int(together[-1].info or 0) if together else number - 1
        counts_on = number < YEAR and before < YEAR and number <= before + 1
        if together and not (counts_on or number == before + 1):
            yield together
            together = []
        together.append(point)
    if together:
        yield together


def words_in(node: SyntaxTreeNode) -> str:
    """All words in `node` on one line, for its id."""
    words = (child.content for child in node.walk() if child.type in ("text", "fence"))
    return " ".join(" ".join(words).split())


def inner_words(node: SyntaxTreeNode) -> str:
    """The words of a block as they were typed, without the marks of lists."""
    words = (child.content for child in node.walk() if child.type == "inline")
    return " ".join(" ".join(words).split())
