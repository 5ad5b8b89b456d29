"""Are lines as full as they can be? One that ends early looks like the end of a thought."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from leafcast.checks.pdf.document import Document
from leafcast.checks.pdf.drawing import Run
from leafcast.checks.pdf.faults import Fault, shortened
from leafcast.checks.pdf.structure import Element
from leafcast.checks.wording import same_words
from leafcast.design.direction import runs_backwards
from leafcast.design.glyphs import LONGEST_HELD
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
INITIAL: Final = re.compile(r"(?:[A-Z]\.)+")
SIGN_EM: Final = 1.5
"""No sign of the fonts of pictures is wider."""
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
        """How wide the word is that the line begins with, rather more than less.

        A sign, such as a dash or a note of music, is wide whatever letters stand beside it.
        """
        held = _held_together(self.text.split(" "))
        signs = sum(len(word) for word in held.split(" ") if not any(map(str.isalnum, word)))
        letters = (self.right - self.left) / max(1, len(self.text)) * (len(held) - signs)
        return letters * SURELY + signs * SIGN_EM * self.size_pt


def _held_together(words: list[str]) -> str:
    """The first of `words`, with those that may stand with it on one line, as numbers do."""
    held = 1
    while held < len(words) and (
        any(map(str.isdigit, words[held - 1] + words[held])) or INITIAL.fullmatch(words[held - 1])
    ):
        held += 1
    return " ".join(words[:held])


def line_faults(document: Document, article: Article) -> Iterator[Fault]:
    """Lines of the article that ended though the next word would have fitted.

    As wide as the column is taken the widest line on its page; for an opening sentence in larger
    type, which is set as narrow as its lines allow, the widest of its own. Where the owner ends a
    line herself, or keeps words on one by spaces that do not break, nothing is said.
    """
    broken = {block.id for block in article_blocks(article) if _is_held_together(block)}
    paragraphs = [list(_lines(document, each)) for each in _paragraphs(document, broken)]
    edges: dict[int, float] = {}
    for line in (line for lines in paragraphs for line in lines):
        edges[line.page] = max(edges.get(line.page, 0.0), line.right)
    for lines in paragraphs:
        for line, following in ended_early(lines, edges):
            word = following.text.split(" ")[0]
            told = f"A line ends after “{shortened(line.text)}”, where “{word}” had room"
            yield Fault("pdf-line-short", told, line.page)


def ended_early(lines: list[Line], edges: Mapping[int, float]) -> Iterator[tuple[Line, Line]]:
    """The lines of a paragraph that ended though what the next one begins with would have fitted.

    `edges` are the right edges of the column, in points, by the page.
    """
    for line, following, after in zip(lines, lines[1:], [*lines[2:], None], strict=False):
        opens = _opens(line, lines)
        if line.page != following.page or (opens and not _opens(following, lines)):
            continue  # what comes after an opening sentence stands on a line of its own
        edge = _edge_of_opening(lines) if opens else edges[line.page]
        room = edge - line.right - SPACE_EM * line.size_pt
        cut = after.text.split(" ")[0] if after else ""
        if len(cut) > LONGEST or any(map(_is_blank, following.text.split(" "))):
            continue
        held = after is None and _is_held_end(following.text)
        needed = following.right - following.left if held else following.width_of_first_word()
        if needed < room:
            yield line, following


def _opens(line: Line, lines: list[Line]) -> bool:
    return line.size_pt == lines[0].size_pt > lines[-1].size_pt


def _edge_of_opening(lines: list[Line]) -> float:
    return max(line.right for line in lines if _opens(line, lines))


def _is_held_end(text: str) -> bool:
    """Whether a last line is the two words that a paragraph does not part, see `hold_end`."""
    return text.count(" ") == 1 and len(text) <= LONGEST_HELD


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
