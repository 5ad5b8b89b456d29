"""What an owner can do about a fault: which words of hers it is about, where they are, and how to
have the file made anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from leafcast.checks.wording import same_words
from leafcast.document.article import article_sentences
from leafcast.document.publication import Publication
from leafcast.document.report import Place
from leafcast.print.stand_ins import printed_words

ANEW: Final = (
    "Delete this file and run the build again, which makes it anew; where templates has files of "
    "your own, try without them"
)
"""For what no words of the article bring about: a file that was changed, or a template that was."""
REWRITE: Final = (
    "Write these words more plainly, such as in a paragraph of their own without links or signs, "
    "and build again"
)
"""For words that an edition does not carry as they were written."""

QUOTED: Final = re.compile("“([^“”]{3,})”")
CUT_SHORT: Final = " …"
SENTENCE_ID: Final = re.compile(r"\bs[0-9a-f]{10}(?:-\d+)?\b")


def with_source(fix: str, words: str, publication: Publication) -> str:
    """`fix` with the place in the owner's file of what `words` quote, where it is one place."""
    source = source_of(words, publication)
    return f"{fix} ({source})" if source else fix


def source_of(words: str, publication: Publication) -> Place | None:
    """Where the owner wrote what a fault quotes; None where it is nowhere, or in several places."""
    for quoted in QUOTED.findall(words):
        places = set(_places(quoted.removesuffix(CUT_SHORT), publication))
        if len(places) == 1:
            return places.pop()
    return None


def _places(quoted: str, publication: Publication) -> Iterator[Place]:
    for place, text in printed_words(publication):
        if same_words(quoted) in same_words(text):
            yield place


def in_words(message: str, publication: Publication) -> str:
    """`message` with the words of sentences in place of their ids."""
    texts = {each.id: each.text for each in article_sentences(publication.article)}
    return SENTENCE_ID.sub(
        lambda found: f"“{texts[found[0]]}”" if found[0] in texts else found[0], message
    )
