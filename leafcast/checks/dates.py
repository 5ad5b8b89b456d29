"""Is the article due for review, and are the credentials still true today?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place, Severity
from leafcast.locale.days import in_words, today


def check_dates(publication: Publication, folder: Path) -> Iterator[Finding]:
    """A finding for a review that is due, and for each credential that has expired."""
    article = publication.article
    if article.review < today():
        yield Finding(
            "review-due",
            Severity.WARNING,
            f"“{article.title}” was due for review on {in_words(article.review)}",
            "Read it again, then set published and review to new dates",
            Place(article.source),
        )
    for credential in publication.project.practice.credentials:
        if credential.expires and credential.expires < today():
            yield Finding(
                "credential-expired",
                Severity.WARNING,
                f"“{credential.name}” expired on {in_words(credential.expires)}; it is not printed",
                "Renew its date in [[credential]], or take it out",
                Place("source/practice.toml"),
            )
