"""What a book is made of besides its words: the sound of its chapters, and its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from markupsafe import Markup

from leafcast.books.chapters import INTRODUCTION, Chapter
from leafcast.design.pictures import read_picture
from leafcast.document.article import Article, Figure, article_blocks
from leafcast.document.errors import SoundError
from leafcast.document.publication import Publication
from leafcast.markup.contact import reach
from leafcast.markup.html import ids_of
from leafcast.narration.model import Narration

KINDS: Final = {"image/svg+xml": ".svg", "image/jpeg": ".jpg", "image/png": ".png"}


def narration_of(publication: Publication) -> Narration:
    """The narration. Raises SoundError where there is none: a talking book must talk."""
    if publication.narration is None:
        raise SoundError("There is no narration to put into it")
    return publication.narration


def pictures_of(publication: Publication) -> Iterator[tuple[str, str, bytes]]:
    """Each picture of the article once, made ready: its path, its media type, its content."""
    project = publication.project
    figures = (block for block in article_blocks(publication.article) if isinstance(block, Figure))
    for path in dict.fromkeys(figure.path for figure in figures):
        content, kind = read_picture(project, project.source / path)
        yield path, kind, content


def reach_by_call(words: str) -> Markup:
    """`words` with the numbers to dial as links; those to text stay words, for EPUB readers know
    no `sms:` (EPUBCheck HTM-025).
    """
    linked = re.sub(
        r'<a ([^>]*?) *href="sms:[^"]*">(.*?)</a>', r"<span \1>\2</span>", str(reach(words))
    )
    return Markup(linked)


def words_of(article: Article, chapter: Chapter) -> Article:
    """The article with the words of one chapter alone."""
    ending = chapter.kind == "ending"
    return replace(
        article,
        introduction=article.introduction if chapter.id == INTRODUCTION else (),
        sections=(chapter.section,) if chapter.section else (),
        byline=article.byline if ending else None,
        call_to_action=article.call_to_action if ending else (),
        notes=chapter.notes,
    )


def files_of_ids(article: Article, chapters: tuple[tuple[str, Chapter], ...]) -> dict[str, str]:
    """In which file each id of the article's words stands; `chapters` are by their files."""
    return {each: name for name, chapter in chapters for each in ids_of(words_of(article, chapter))}
