"""What was judged of lines that could be headings, told once of each kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from leafcast.readers.drafts import Gatherer, ParagraphDraft, block_words, quoted

MOST_SHOWN: Final = 8
SURE: Final = 0.75
"""The share of longer words with a capital from which on a line is written as titles are."""
HEADINGS: Final = {
    "stands out": "because {it} stand{s} out and {is} no sentence{e}",
    "numbered": "because {it} {is} numbered, short, and text follows",
    "question": "because {it} ask{s}, and an answer follows",
    "reads so": "because {it} {is} short, no sentence, and text follows",
}
"""Why a line is a heading, as the owner is told."""
PARAGRAPHS: Final = {
    "others marked": "though {it} look{s} like {a} heading{e}: others here are marked as headings",
    "doubtful": "though {it} may be {a} heading{e}",
}
"""Why a line that could be a heading is none."""


def capitals(words: str) -> float:
    """The share of the longer words that begin with a capital."""
    longer = [word for word in re.findall(r"[\w’'-]+", words) if len(word) > 3]
    capital = [word for word in longer if word[0].isupper()]
    return len(capital) / len(longer) if longer else float(words[:1].isupper())


class Teller:
    """Gathers what was judged, and tells once of each kind."""

    def __init__(self) -> None:
        self.lines: dict[str, list[ParagraphDraft]] = {}

    def judged(self, why: str, block: ParagraphDraft) -> None:
        """Note one line."""
        self.lines.setdefault(why, []).append(block)

    def tell(self, gatherer: Gatherer, fixes: tuple[str, str], *, tells_all: bool) -> None:
        """Tell of all, or of what is in doubt. `fixes` are for lines that are no headings, and for
        others that are.
        """
        for kinds, noun, fix in zip(
            (HEADINGS, PARAGRAPHS), ("heading", "paragraph"), fixes, strict=True
        ):
            for why, words in kinds.items():
                lines = self.lines.get(why, []) if tells_all else self._in_doubt(why)
                if lines:
                    gatherer.advise("guessed", _said(lines, noun, words), fix, lines[0].line)

    def _in_doubt(self, why: str) -> list[ParagraphDraft]:
        """Lines of which not even their words tell for certain what they are."""
        lines = self.lines.get(why, [])
        if why in ("reads so", "doubtful", "others marked"):
            return [line for line in lines if capitals(block_words(line)) < SURE]
        return []


def _said(lines: Sequence[ParagraphDraft], noun: str, why: str) -> str:
    if len(lines) == 1:
        because = why.format(it="it", s="s", e="", a="a", **{"is": "is"})
        return f"{quoted(block_words(lines[0]))} was read as a {noun}, {because}"
    shown = ", ".join(quoted(block_words(line), 32) for line in lines[:MOST_SHOWN])
    more = f" and {len(lines) - MOST_SHOWN} more" if len(lines) > MOST_SHOWN else ""
    because = why.format(it="they", s="", e="s", a="", **{"is": "are"}).replace("  ", " ")
    return f"{len(lines)} lines were read as {noun}s, {because}: {shown}{more}"
