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
from leafcast.locale.language import language_of, marked
from leafcast.locale.sheet_words import in_language
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
    say = language_of(article.language).gettext
    return replace(
        words,
        source=WORDS,
        title=say(marked("{sheet} for “{title}”")).format(sheet=words.title, title=article.title),
        author=project.practice.name,
        published=article.published,
        review=article.review,
    )


def sheet_words(article: Article, project: Project, path: str) -> Article:
    """The words of a sheet that goes with `article`, from a template such as `WORDS`, in the
    language of our words for it; sections have the ids that they have in English.

    Raises LayoutError where a practice's own words for it cannot be read.
    """
    text = project.find(path).read_text("utf-8")
    language = language_of(article.language)
    origin = Origin(path, article.slug, project.source)
    words, english = (_read(each, origin) for each in (in_language(text, language), text))
    named = zip(words.sections, english.sections, strict=True)
    sections = tuple(replace(each, id=known.id) for each, known in named)
    return replace(words, language=language.tag, sections=sections)


def _read(text: str, origin: Origin) -> Article:
    reading = read_markdown(text, origin)
    if reading.article is None:
        why = "; ".join(finding.message for finding in reading.findings)
        raise LayoutError(
            f"The {Path(origin.shown).stem.replace('-', ' ')}’s words cannot be read: {why}",
            "Mend them, or delete the file: leafcast has words of its own",
            origin.shown,
        )
    return reading.article


def write_test_sheet(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """A sheet that shows, printed once, which of the folded editions' files a printer needs."""
    article = test_sheet_of(publication.article, publication.project)
    pages = lay_out(replace(publication, article=article), TEST_SHEET)
    return (write_pdf(publication, folder, TEST_SHEET.suffix, for_printer(pages, OFFICE[0])),)
