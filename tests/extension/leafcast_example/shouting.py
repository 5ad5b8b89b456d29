"""The check `shouting`: is a sentence in capitals throughout?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place, Severity


def check_shouting(publication: Publication, folder: Path) -> Iterator[Finding]:
    """A finding for each paragraph in capitals, in the file of the edition `words`."""
    slug = publication.article.slug
    words = (folder / f"{slug}-words.txt").read_text("utf-8")
    for number, line in enumerate(words.splitlines(), 1):
        if line.isupper() and len(line) > 3:
            yield Finding(
                "shouting",
                Severity.ADVICE,
                f"“{line}” is in capitals, which are slow to read",
                "Write it in small letters",
                Place(f"dist/{slug}/{slug}-words.txt", number),
            )
