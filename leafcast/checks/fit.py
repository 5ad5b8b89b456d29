"""What does a folded leaflet leave out, and has it the panels that its fold wants?

What to leave out was decided when it was made; here the owner is told, in every report.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pikepdf

from leafcast.checks.cures import ANEW
from leafcast.design.own_pictures import own_picture
from leafcast.document.article import Article
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place, Severity
from leafcast.practice.project import PRACTICE_FILE
from leafcast.print.folding.folded import Decision, decide, in_a_row, over_words
from leafcast.print.folding.measure_at import WITHOUT_PORTRAIT
from leafcast.print.folding.panels import FOLDED, FOUR_PAGE, TRIFOLD, Folded
from leafcast.print.folding.select import article_words
from leafcast.print.scale import PT_MM

FOUR_PAGES_HOLD: Final = 420
"""Words of an article, without pictures, in the larger type."""


def check_fit(publication: Publication, folder: Path) -> Iterator[Finding]:
    """Findings on every folded leaflet in `folder`."""
    article = publication.article
    for folded in FOLDED:
        path = _file(publication, folder, folded)
        if publication.has(path):
            decision = decide(publication, folded)
            yield from _choices(article, folded, decision)
            yield from _panels(path, folded)
            if WITHOUT_PORTRAIT in decision.setting.fitting.rules and own_picture(
                publication.project, "portrait"
            ):
                yield Finding(
                    f"{folded.suffix}-without-portrait",
                    Severity.ADVICE,
                    f"The back of the {folded.suffix} leaflet has no room for your portrait; all "
                    "other leaflets show it",
                    "Shorten the invitation or the address in practice.toml, or leave it so",
                    Place(PRACTICE_FILE),
                )
            if folded is TRIFOLD and not publication.has(_file(publication, folder, FOUR_PAGE)):
                yield from _four_pages(publication, decision)


def _file(publication: Publication, folder: Path, folded: Folded) -> Path:
    return folder / f"{publication.article.slug}-{folded.suffix}.pdf"


def _four_pages(publication: Publication, decision: Decision) -> Iterator[Finding]:
    """A trifold with panels to spare is as well four pages, which hold so few words in 14 point."""
    spare = decision.setting.fitting.spare_panels
    if spare and article_words(publication.article) <= FOUR_PAGES_HOLD:
        yield Finding(
            "four-pages-would-suit",
            Severity.ADVICE,
            "The trifold leaflet has panels to spare, which are ruled for questions and notes: "
            "four pages would suit it",
            "To see them, build the edition four-page; or leave the trifold as it is",
            Place(publication.article.source),
        )


def _choices(article: Article, folded: Folded, decision: Decision) -> Iterator[Finding]:
    """What leafcast proposes to leave out, or what it could not."""
    place = Place(article.source)
    if decision.over:
        message, fix = over_words(decision.over, folded)
        yield Finding(f"{folded.suffix}-over", Severity.ERROR, message, fix, place)
    if decision.left_out:
        kept, whole = article_words(decision.article), article_words(article)
        yield Finding(
            f"{folded.suffix}-cut",
            Severity.WARNING,
            f"The {folded.suffix} leaflet cannot hold the article’s {whole} words at 12 point; it "
            f"has {kept} of them, for leafcast left out {in_a_row(decision.left_out)}",
            'To choose yourself, write leaflet: drop, leaflet: keep or leaflet: "shorter words" '
            "under a heading; all other editions have every word",
            place,
        )


def _panels(path: Path, folded: Folded) -> Iterator[Finding]:
    """Whether the file has a page for each panel, as wide as the fold wants it."""
    with pikepdf.open(path) as pdf:
        widths = [float(page.mediabox[2]) * PT_MM for page in pdf.pages]
    wanted = folded.widths_mm
    if len(widths) != len(wanted) or any(
        abs(width - other) > 0.1 for width, other in zip(widths, wanted, strict=True)
    ):
        yield Finding(
            "panels-wrong",
            Severity.ERROR,
            f"It does not have {len(wanted)} panels of {', '.join(f'{w:g}' for w in wanted)} mm",
            ANEW,
            Place(f"dist/{path.parent.name}/{path.name}"),
        )
