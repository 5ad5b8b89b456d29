"""Does practice.toml say where the publications lie, and name articles that there are?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from leafcast.document.report import Finding, Place, Severity
from leafcast.practice.project import PRACTICE_FILE, Practice
from leafcast.practice.settings import nearest
from leafcast.site.parts import Site

WITHOUT_PLACE: Final = (
    "The practice has no website, so there is no podcast, no square to scan on paper, and no "
    "player to put on other pages"
)
WITH_PLACE: Final = (
    'To have them, write website = "https://…" under [practice], or published_at = "https://…" '
    "where you upload what is made, and build again"
)


def check_website(site: Site, dist: Path) -> Iterator[Finding]:
    """Advice where there is no place on the web, and a warning for each name that means nothing."""
    practice, place = site.project.practice, Place(PRACTICE_FILE)
    if not practice.published:
        yield Finding("no-website", Severity.ADVICE, WITHOUT_PLACE, WITH_PLACE, place)
    unread = {path.stem for path in site.project.source.glob("*.*")}
    for table, slug in dict.fromkeys(_named(practice)):
        if slug not in site.standing and slug not in unread:
            words = f"{table} names “{slug}”, and there is no article of that name"
            fix = nearest(slug, site.standing)
            yield Finding("library-unknown", Severity.WARNING, words, fix, place)
    for gone in practice.withdrawn:
        if gone.article in site.standing:
            words = f"“{gone.article}” is withdrawn, and its article is still in source/"
            fix = "Take its file out of source/, or its lines out of practice.toml"
            yield Finding("withdrawn-is-there", Severity.WARNING, words, fix, place)


def _named(practice: Practice) -> Iterator[tuple[str, str]]:
    """Each article that practice.toml names, and the table that does."""
    yield from (("[library]", slug) for slug in practice.library.start_here)
    for topic in practice.library.topic:
        yield from ((f"The topic “{topic.name}”", slug) for slug in topic.articles)
    for gone in practice.withdrawn:
        yield from (("[[withdrawn]]", slug) for slug in gone.instead)
