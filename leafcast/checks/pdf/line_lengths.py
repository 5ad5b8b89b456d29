"""Are lines as full as they can be? One that ends early looks like the end of a thought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from leafcast.checks.pdf.document import Document
from leafcast.checks.pdf.drawing import Run
from leafcast.checks.pdf.faults import Fault, shortened
from leafcast.checks.pdf.structure import Element
from leafcast.checks.wording import same_words
from leafcast.design.direction import runs_backwards
from leafcast.document.article import (
    Article,
    Inline,
    LineBreak,
    Paragraph,
    article_blocks,
)

SET_NARROWER: Final = frozenset(("TH", "TD", "Caption", "Figure"))
"""What stands in a column of its own."""
SPACE_EM: Final = 0.9
"""A space is no wider than this, in any edition, with what a word is estimated too narrow by."""
LONGEST: Final = 16
"""A word of more letters may have no room on any line; WeasyPrint then cuts before it twice."""
SHORTEST_BLANK: Final = 4
"""Dots or strokes in a row that are more than a mark of punctuation."""
SURELY: Final = 1.25
"""Letters of a word may be so much wider than those of its line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paragraph, in points."""

    page: int
    text: str
    left: float
    right: float
    size_pt: float

    def width_of_first_word(self) -> float:
        """How wide the word is that the line begins with, rather more than less."""
        held = len(_held_together(self.text.split(" ")))
        return (self.right - self.left) * held / max(1, len(self.text)) * SURELY


def _held_together(words: list[str]) -> str:
    """The first of `words`, with those that may stand with it on one line, as numbers do."""
    held = 1
    while held < len(words) and any(map(str.isdigit, words[held - 1] + words[held])):
        held += 1
    return " ".join(words[:held])


def line_faults(document: Document, article: Article) -> Iterator[Fault]:
    """Lines of the article that ended though the next word would have fitted.

    As wide as the column is taken the widest line on its page. Where the owner ends a line
    herself, or keeps words on one by spaces that do not break, nothing is said.
    """
    broken = {block.id for block in article_blocks(article) if _is_held_together(block)}
    paragraphs = [list(_lines(document, each)) for each in _paragraphs(document, broken)]
    edges: dict[int, float] = {}
    for line in (line for lines in paragraphs for line in lines):
        edges[line.page] = max(edges.get(line.page, 0.0), line.right)
    for lines in paragraphs:
        for line, following, after in zip(lines, lines[1:], [*lines[2:], None], strict=False):
            room = edges[line.page] - line.right - SPACE_EM * line.size_pt
            cut = after.text.split(" ")[0] if after else ""
            if len(cut) > LONGEST or any(map(_is_blank, following.text.split(" "))):
                continue
            if not any(map(str.isalnum, following.text.split(" ")[0])):
                continue  # a sign is wider than its line's letters let one guess
            if line.size_pt > lines[-1].size_pt:  # an opening sentence, whose lines are alike
                continue
            needed = following.width_of_first_word()
            if after is None and following.text.count(" ") == 1:  # which stay together
                needed = following.right - following.left
            if line.page == following.page and needed < room:
                word = following.text.split(" ")[0]
                told = f"A line ends after “{shortened(line.text)}”, where “{word}” had room"
                yield Fault("pdf-line-short", told, line.page)


def _is_blank(word: str) -> bool:
    """Whether it is a blank to fill in, or dots that lead to a number: it is kept whole."""
    return len(word) >= SHORTEST_BLANK and not any(map(str.isalnum, word))


def _is_held_together(block: object) -> bool:
    return isinstance(block, Paragraph) and any(
        sentence.ends_line or "\u00a0" in sentence.text or any(map(_breaks, sentence.content))
        for sentence in block.sentences
    )


def _breaks(inline: Inline) -> bool:
    inner = getattr(inline, "content", ())
    return isinstance(inline, LineBreak) or any(map(_breaks, inner))


def _paragraphs(document: Document, left_out: set[str]) -> Iterator[Element]:
    for path in document.paths:
        types = {element.type for element in path}
        runs_on = path[-1].type == "P" and path[-1].id not in left_out
        if runs_on and "Art" in types and not types & SET_NARROWER:
            yield path[-1]


def _lines(document: Document, paragraph: Element) -> Iterator[Line]:
    """The lines of a paragraph, from left to right; none where any runs the other way."""
    runs = [run for run in document.runs_of(paragraph) if not run.blank]
    if any(runs_backwards(run.text) for run in runs):
        return
    line: list[Run] = []
    for run in runs:
        if line and not _beside(line[-1], run):
            yield _line(line)
            line = []
        line.append(run)
    if line:
        yield _line(line)


def _beside(one: Run, other: Run) -> bool:
    return one.page == other.page and abs(one.box[1] - other.box[1]) < one.size_pt / 2


def _line(runs: list[Run]) -> Line:
    return Line(
        runs[0].page,
        same_words("".join(run.text for run in runs)),
        min(run.box[0] for run in runs),
        max(run.box[2] for run in runs),
        max(run.size_pt for run in runs),
    )
