"""The proof: what an article's test sheet is called, and what is on it.

A practice has one printer or another, and every folder of leaflets goes to someone who has one:
so the sheet lies beside the files it is about.
"""

from __future__ import annotations

from dataclasses import replace

from leafcast.model import Article
from leafcast.project import Practice


def test_sheet_of(article: Article, practice: Practice) -> Article:
    """The test sheet for an article's leaflets, as an article without text of its own.

    Its words and drawings are in templates/leaflet/test-sheet.html.j2, in English as all
    furniture is.
    """
    return replace(
        article,
        title=f"Test sheet for “{article.title}”",
        subtitle="",
        author=practice.name,
        summary="Which files your printer needs, and how to fold them.",
        language="en-GB",
        introduction=(),
        sections=(),
        byline=None,
        call_to_action=(),
        notes=(),
    )
