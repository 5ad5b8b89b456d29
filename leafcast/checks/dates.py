"""Is the article due for review, and are the credentials still true today?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from leafcast.publish.model import Publication
from leafcast.report import Finding, Place, Severity


def today() -> date:
    """Today, or the day of SOURCE_DATE_EPOCH (reproducible-builds.org) where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()


def in_words(day: date) -> str:
    """A date as people here write it: 24 November 2026."""
    return f"{day.day} {day:%B %Y}"


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
