"""The edition `words`: the article as plain text."""

from __future__ import annotations

from pathlib import Path

from leafcast.document.publication import Publication
from leafcast.markup.text import article_text
from leafcast.state.cache import write_beside


def write_words(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """<slug>-words.txt."""
    path = folder / f"{publication.article.slug}-words.txt"
    write_beside(path, article_text(publication.article).encode())
    return (path,)
