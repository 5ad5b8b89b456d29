"""A page as it was found, and the article that it should be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from leafcast.checks.cures import ANEW, REWRITE, with_source
from leafcast.checks.html import Element, read_html
from leafcast.document.article import Article
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place, Severity

CURES: Final = {
    "words-differ": REWRITE,
    "headings-wrong": "Write this heading without links or signs, one level below the one above it",
    "link-broken": "Let the link lead to the whole address of a page, or take it out",
    "link-without-words": "Write the words of the link between the brackets: [words](address)",
    "picture-without-alt": "Say in words what the picture shows: ![words](picture.jpg)",
}
"""What can be done about what the owner's words bring about, by the code of the fault."""


@dataclass(frozen=True)
class Found:
    """A page as it was found, and the article it should be."""

    publication: Publication
    path: Path
    html: str

    @cached_property
    def root(self) -> Element:
        """The page as a tree."""
        return read_html(self.html)

    @property
    def article(self) -> Article:
        """The article."""
        return self.publication.article

    @property
    def alone(self) -> bool:
        """Whether it must need nothing beside it."""
        return self.path.name != "index.html"

    @cached_property
    def ids(self) -> dict[str, Element]:
        """The first element with each id."""
        found: dict[str, Element] = {}
        for each in self.root.walk():
            if each.get("id"):
                found.setdefault(each.get("id"), each)
        return found

    def fault(self, code: str, message: str, line: int | None = None) -> Finding:
        """What is wrong with it, as a finding."""
        fix = with_source(CURES.get(code, ANEW), message, self.publication)
        place = Place(f"dist/{self.article.slug}/{self.path.name}", line)
        return Finding(f"page-{code}", Severity.ERROR, message, fix, place)
