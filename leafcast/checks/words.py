"""A kind word about the text. The owner's words are hers: all of this is advice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from leafcast.document.article import placed_sentences
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Severity

LONGEST_WORDS: Final = 25
"""NHS digital service manual: sentences of 20 words or fewer; over 25 is hard to follow."""

CLAIMS: Final = re.compile(r"\b(heals?|healing|healed|cures?|cured|restores?|restored)\b", re.I)
"""Words that need evidence in advertising: CAP Code rule 12.1, health-related claims."""


def check_words(publication: Publication, folder: Path) -> Iterator[Finding]:
    """Advice on long sentences, and on words that make a claim."""
    for sentence, place in placed_sentences(publication.article):
        count = len(sentence.text.split())
        if count > LONGEST_WORDS:
            yield Finding(
                "long-sentence",
                Severity.ADVICE,
                f"This sentence has {count} words: “{sentence.text}”",
                "Two shorter ones are easier to follow, on paper and by ear",
                place,
            )
        if claim := CLAIMS.search(sentence.text):
            yield Finding(
                "claim",
                Severity.ADVICE,
                f"“{claim[0]}” may be read as a claim: “{sentence.text}”",
                "Advertising rules (CAP 12.1) ask for evidence behind such a word; you decide",
                place,
            )
