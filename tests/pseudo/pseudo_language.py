"""A language made from the catalogue: each word of ours longer and with a mark, the rest as it is.

What is on a page, in a PDF or in the script without the mark is of the article, of the practice,
or has been forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import NullTranslations

from leafcast.locale.language import Language
from leafcast.locale.messages import messages

MARK = "òù"
SENTENCE = re.compile(r"\S(?:(?!(?<!Zw)\. ).)*\.?", re.DOTALL)
WORD = re.compile(r"\{[^}]*\}|[^\W\d_]+")


def marked(words: str) -> str:
    """`words` with a mark behind each; places of names and numbers as they are."""
    return WORD.sub(lambda found: found[0] if found[0][0] == "{" else f"{found[0]}{MARK}", words)


class Pseudo(NullTranslations):
    """Marks what the catalogue has, and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.known = {form for forms in messages() for form in forms}

    def gettext(self, message: str) -> str:
        return marked(message) if message in self.known else message

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Sentences end behind a full stop, but for that of the abbreviation Zw., which no other has."""
    yield from (found.span() for found in SENTENCE.finditer(text))


PSEUDO = Language("qps", Pseudo(), sentence_spans=sentence_spans, ueb=True, version="1")
