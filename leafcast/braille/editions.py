"""The edition one reads by touch: <slug>.brf and <slug>.pef."""

from __future__ import annotations

from pathlib import Path

from leafcast.braille.files import write_brf, write_pef
from leafcast.braille.layout import lay_out
from leafcast.braille.passages import article_passages
from leafcast.document.publication import Publication
from leafcast.state.cache import write_beside


def write_braille(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """The article in contracted UEB, as BRF and as PEF. Raises ToolMissing without liblouis."""
    article, practice = publication.article, publication.project.practice
    pages = lay_out(article_passages(article, practice))
    brf, pef = folder / f"{article.slug}.brf", folder / f"{article.slug}.pef"
    write_beside(brf, write_brf(pages))
    write_beside(pef, write_pef(pages, article, practice))
    return brf, pef
