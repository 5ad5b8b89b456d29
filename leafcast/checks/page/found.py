"""A page as it was found, and the article that it should be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from leafcast.checks.html import Element, read_html
from leafcast.model import Article
from leafcast.publish.model import Publication
from leafcast.report import Finding, Place, Severity


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
        return Finding(
            f"page-{code}",
            Severity.ERROR,
            message,
            "Run the build again; if it stays, please report it",
            Place(f"dist/{self.article.slug}/{self.path.name}", line),
        )
