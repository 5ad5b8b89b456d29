"""Which words will the voice have to guess at? Only the voice that has a dictionary can tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place, Severity
from leafcast.narration.lexicon import FILE
from leafcast.narration.listening.dictionary import as_told, guessed_words, has_dictionary
from leafcast.narration.narrate import tell
from leafcast.narration.voices import engine_of


def check_lexicon(publication: Publication, folder: Path) -> Iterator[Finding]:
    """One piece of advice that lists them, with how they will be said."""
    telling = tell(publication.project, publication.article, "")
    if not engine_of(telling.cast.own).takes_sounds or not has_dictionary():
        return
    guessed = guessed_words(utterance.spoken for utterance in telling.script.utterances)
    if guessed:
        told = "; ".join(as_told(word, sounds) for word, sounds in guessed.items())
        one = len(guessed) == 1
        first = next(iter(guessed))
        yield Finding(
            "words-guessed",
            Severity.ADVICE,
            f"{'A word is' if one else f'{len(guessed)} words are'} in no dictionary, "
            f"and will be said so: {told}",
            f'If that is wrong, write into {FILE} under [words]: "{first}" = "as it sounds"',
            Place(publication.article.source),
        )
