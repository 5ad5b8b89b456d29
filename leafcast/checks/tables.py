"""Is a table too wide for an edition? A kind word, since its rows are then set in another way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Severity
from leafcast.print.folding.folded import Decision, decide
from leafcast.print.folding.panels import FOLDED
from leafcast.print.tables import article_tables, wide_tables
from leafcast.print.typesetting import settings_of


def check_tables(publication: Publication, folder: Path) -> Iterator[Finding]:
    """Advice for each table that some edition has to take apart."""
    article, project = publication.article, publication.project
    wide = {
        setting: wide_tables(article, project, setting)
        for setting in settings_of(project.practice.leaflet)
    }
    for decision in _folded(publication, folder):
        wide[decision.setting] = wide_tables(decision.article, project, decision.setting)
    for table, _ in article_tables(article):
        names = [setting.called() for setting, ids in wide.items() if table.id in ids]
        if names:
            yield Finding(
                "table-too-wide",
                Severity.ADVICE,
                f"This table of {len(table.head)} columns is too wide for: {', '.join(names)}. "
                "There its rows are set one below the other",
                "Fewer columns or shorter words would keep it side by side",
                table.place,
            )


def _folded(publication: Publication, folder: Path) -> Iterator[Decision]:
    """What stands in the folded leaflets that were made, and how they are set."""
    for folded in FOLDED:
        if publication.has(folder / f"{publication.article.slug}-{folded.suffix}.pdf"):
            yield decide(publication, folded)
