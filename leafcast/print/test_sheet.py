"""The proof: an article's test sheet, itself an article, whose words are in templates/leaflet.

Every folder of leaflets goes to someone who has a printer, so the sheet lies beside the files it
is about, and is called after them.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from leafcast.document.article import Article
from leafcast.document.errors import LayoutError
from leafcast.document.origin import Origin
from leafcast.document.publication import Publication
from leafcast.practice.project import Project
from leafcast.print.editions import write_pdf
from leafcast.print.imposition.impose import for_printer
from leafcast.print.imposition.sheets import OFFICE
from leafcast.print.layout import lay_out
from leafcast.print.typesetting import TEST_SHEET
from leafcast.readers.markdown import read_markdown

WORDS: Final = "templates/leaflet/test-sheet.md"


def test_sheet_of(article: Article, project: Project) -> Article:
    """The test sheet for an article's leaflets; the name, the dates and the practice are theirs.

    Raises LayoutError where a practice's own words for it cannot be read.
    """
    words = sheet_words(article, project, WORDS)
    return replace(
        words,
        source=WORDS,
        title=f"{words.title} for “{article.title}”",
        author=project.practice.name,
        published=article.published,
        review=article.review,
    )


def sheet_words(article: Article, project: Project, path: str) -> Article:
    """The words of a sheet that goes with `article`, from a template such as `WORDS`.

    Raises LayoutError where a practice's own words for it cannot be read.
    """
    text = project.find(path).read_text("utf-8")
    reading = read_markdown(text, Origin(path, article.slug, project.source))
    if reading.article is None:
        why = "; ".join(finding.message for finding in reading.findings)
        raise LayoutError(
            f"The {Path(path).stem.replace('-', ' ')}’s words cannot be read: {why}",
            "Mend them, or delete the file: leafcast has words of its own",
            path,
        )
    return reading.article


def write_test_sheet(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """A sheet that shows, printed once, which of the folded editions' files a printer needs."""
    article = test_sheet_of(publication.article, publication.project)
    pages = lay_out(replace(publication, article=article), TEST_SHEET)
    return (write_pdf(publication, folder, TEST_SHEET.suffix, for_printer(pages, OFFICE[0])),)
