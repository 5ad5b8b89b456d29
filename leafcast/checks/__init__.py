"""The table of checks: (publication, its folder in dist/) -> findings.

A new check is one module, one row here, and seeded faults that prove it can fail; or a row of
another package (`execution.extensions`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from leafcast.checks.verdicts import (
    MAKING,
    NOT_CHECKED,
    Findings,
    Records,
    Standing,
    Verdicts,
    among,
)
from leafcast.document.errors import LeafcastError
from leafcast.document.report import Finding, Place, Report, Severity
from leafcast.editions.table import EDITIONS
from leafcast.execution.extensions import Table
from leafcast.execution.lazy import named

if TYPE_CHECKING:
    from leafcast.build.keys import Keys
    from leafcast.document.artifact import Manifest
    from leafcast.document.publication import Publication
    from leafcast.execution.print_pool import PrintPool
    from leafcast.site.parts import Site
    from leafcast.state.store import State

RunCheck = Callable[["Publication", Path], Iterable[Finding]]
LookAhead = Callable[["Publication", Path], None]
"""Looks at one file of an edition as soon as it is made, and keeps what it finds in the cache."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check, named `module:function`, and the editions it reads.

    One that is made on request takes its time, and runs when it is named, whatever was made.
    One that reads no edition looks at the article and the practice alone, and runs in every
    build; the others run when an edition they read was made, and in `leafcast check`.

    `ahead` is a `LookAhead`, as `module:function`: what it finds on a file is kept, so that the
    check itself has little to do. One that is made `in_print_pool` asks what is known there, or
    takes long without what the build's own process has open.
    """

    checker: str
    reads: tuple[str, ...] = ()
    on_request: bool = False
    ahead: str = ""
    in_print_pool: bool = False

    def run(self, publication: Publication, folder: Path) -> Iterable[Finding]:
        """What the check finds; `folder` is dist/<slug>."""
        return cast("RunCheck", named(self.checker))(publication, folder)


FOLDED = ("trifold", "z-fold", "four-page")
PRINT = ("booklet", *FOLDED, "a4", "large-print", "dyslexia")

OWN: dict[str, Check] = {
    "dates": Check("leafcast.checks.dates:check_dates"),
    "contact": Check("leafcast.checks.contact:check_contact"),
    "colours": Check("leafcast.checks.colours:check_colours"),
    "own-pictures": Check("leafcast.checks.own_pictures:check_own_pictures"),
    "characters": Check("leafcast.checks.characters:check_characters"),
    "tables": Check("leafcast.checks.tables:check_tables", reads=PRINT, in_print_pool=True),
    "words": Check("leafcast.checks.words:check_words", reads=PRINT),
    "pdf": Check(
        "leafcast.checks.prints:check_pdf",
        reads=(*PRINT, "test-sheet"),
        ahead="leafcast.checks.prints:look_at",
        in_print_pool=True,
    ),
    "fit": Check("leafcast.checks.fit:check_fit", reads=FOLDED, in_print_pool=True),
    "page": Check("leafcast.checks.page:check_page", reads=("page",), in_print_pool=True),
    "transcript": Check("leafcast.checks.transcript:check_transcript", reads=("episode", "slower")),
    "lexicon": Check("leafcast.checks.lexicon:check_lexicon", reads=("sections", "episode")),
    "braille": Check("leafcast.checks.braille:check_braille", reads=("braille",)),
    "sync": Check("leafcast.checks.sync:check_sync", reads=("epub", "daisy", "page", "episode")),
    "sound": Check("leafcast.checks.sound:check_sound", reads=("sections", "episode", "slower")),
    "listening": Check(
        "leafcast.checks.listening:check_listening", reads=("sections", "episode"), on_request=True
    ),
    "takes": Check("leafcast.checks.takes:check_takes", reads=("sections", "episode", "slower")),
}
"""Those of leafcast's own."""


def _with_further(name: str, check: Check) -> Check:
    """The check, with the editions that say of themselves that it reads them."""
    further = (edition for edition, each in EDITIONS.items() if name in each.checked_by)
    return replace(check, reads=tuple(dict.fromkeys((*check.reads, *further))))


CHECKS: Final = Table("checks", Check, OWN, completed=_with_further)


def look_ahead(publication: Publication, edition: str, files: Iterable[Path]) -> None:
    """Let every check that can look at an edition's new files before all others are there."""
    for check in CHECKS.values():
        if check.ahead and edition in check.reads:
            look = cast("LookAhead", named(check.ahead))
            for path in files:
                look(publication, path)


def run_checks(
    publication: Publication,
    editions: Iterable[str],
    pool: PrintPool,
    asked: Iterable[str] = (),
    standing: Standing | None = None,
) -> list[Finding]:
    """Run every check that concerns `editions`, and those that read none.

    A check made on request runs when `asked` names it. Where `standing` is given, every check runs
    that has no verdict of what is published, and the verdicts of the others are told again; what is
    found is kept. Those of the print pool are made there, the others here in the meantime; findings
    keep the table's order.
    """
    made, asked = set(editions), set(asked)
    unchecked = standing.unchecked if standing else ()
    wanted = [
        name
        for name, check in CHECKS.items()
        if name in unchecked
        or (name in asked if check.on_request else not check.reads or made & set(check.reads))
    ]
    found = _run(publication, wanted, pool if made or asked or unchecked else None)
    if not standing:
        return [finding for name in wanted for finding in found[name]]
    for name, findings in found.items():
        found[name] = _keep(standing, publication, name, findings)
    told = {**standing.verdicts, **found}
    return [*standing.made, *(each for name in CHECKS for each in told.get(name) or ())]


def _run(
    publication: Publication, wanted: Iterable[str], pool: PrintPool | None
) -> dict[str, Findings]:
    """What each of these checks finds; without a pool all are made here, and no process starts."""
    there = {
        name: pool.submit(run_check, publication, name)
        for name in wanted
        if pool and CHECKS[name].in_print_pool
    }
    here = {name: run_check(publication, name) for name in wanted if name not in there}
    return {
        name: tuple(
            here[name] if name in here or not pool else _found(publication, name, there[name], pool)
        )
        for name in wanted
    }


def _found(
    publication: Publication, name: str, checked: Future[list[Finding]], pool: PrintPool
) -> list[Finding]:
    """What a check found in the print pool."""
    try:
        return pool.result(checked, run_check, publication, name)
    except LeafcastError as error:
        return [_not_checked(publication.article.slug, name, error)]


def run_check(publication: Publication, name: str) -> list[Finding]:
    """What a check finds in an article’s files in dist/, or that it could not be made."""
    folder = publication.project.dist / publication.article.slug
    try:
        return list(CHECKS[name].run(publication, folder))
    except (LeafcastError, OSError) as error:
        return [_not_checked(publication.article.slug, name, error)]


def _not_checked(slug: str, name: str, error: LeafcastError | OSError) -> Finding:
    """What could not be checked is said so, never passed over."""
    whose = f"{slug}: the" if slug else "The"
    return Finding(
        NOT_CHECKED,
        Severity.ERROR,
        f"{whose} check “{name}” could not be made: {error}",
        getattr(error, "hint", "") or "Run the build again",
        Place(f"dist/{slug}"),
    )


# ---------------------------------------------------------------- what was found before


def verdicts_of(state: State, keys: Keys) -> Verdicts:
    """The verdicts that the checks of this program gave."""
    return Verdicts(state, cache(partial(_rules, keys)))


def _rules(keys: Keys, check: str) -> str:
    """The hash of what a check judges by; an edition's own making is in its record."""
    named = CHECKS.get(check) or SITE_CHECKS.get(check)
    return keys.rules(named.checker) if named else ""


def standing_of(store: Verdicts, records: Records, before: Records | None = None) -> Standing:
    """What was found of an article's published editions; `before` are those of the last build."""
    earlier = _verdicts(store, before) if before and before is not records else {}
    made = (store.read(MAKING, {name: each}) or () for name, each in records.items())
    return Standing(store, records, _verdicts(store, records), tuple(chain(*made)), earlier)


def _verdicts(store: Verdicts, records: Records) -> dict[str, Findings | None]:
    """The verdict of each check that reads one of these; on request, where there is one."""
    found = {
        name: store.read(name, read)
        for name, check in CHECKS.items()
        if (read := among(records, check.reads))
    }
    return {
        name: each
        for name, each in found.items()
        if each is not None or not CHECKS[name].on_request
    }


def needed_verdicts(manifest: Manifest) -> Iterable[tuple[str, Records]]:
    """What is kept of a state: the checks, and what they read, of all that is published."""
    for records in manifest.publications.values():
        yield from ((name, among(records, check.reads)) for name, check in CHECKS.items())
        yield from ((MAKING, {name: each}) for name, each in records.items())
    yield from ((name, among(manifest.site, each.reads)) for name, each in SITE_CHECKS.items())


def _keep(standing: Standing, publication: Publication, name: str, found: Findings) -> Findings:
    """What a check found, with what was found of files that are of the article as it was; kept."""
    check = CHECKS[name]
    dist = publication.project.dist
    stale = {f"dist/{path.relative_to(dist).as_posix()}" for path in publication.stale}
    earlier = (standing.earlier.get(name) if stale else None) or ()
    found += tuple(each for each in earlier if each.place and each.place.path in stale)
    undone = any(
        each.code == NOT_CHECKED or (check.on_request and each.severity is Severity.NOT_CHECKED)
        for each in found
    )
    if (records := among(standing.records, check.reads)) and not undone:
        standing.store.keep(name, records, found)
    return found


# ---------------------------------------------------------------- all publications together


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """A check of what is made for all publications, named `module:function`; `reads` are parts."""

    checker: str
    reads: tuple[str, ...]

    def run(self, site: Site, dist: Path) -> Iterable[Finding]:
        """What the check finds in dist/."""
        return cast("RunSiteCheck", named(self.checker))(site, dist)


RunSiteCheck = Callable[["Site", Path], Iterable[Finding]]

SITE_CHECKS: dict[str, SiteCheck] = {
    "podcast": SiteCheck("leafcast.checks.podcast:check_podcast", reads=("podcast",)),
    "website": SiteCheck("leafcast.checks.website:check_website", reads=("library", "hosting")),
}


def run_site_checks(site: Site, parts: Iterable[str], report: Report, store: Verdicts) -> None:
    """Run every check that concerns `parts`, or has no verdict; tell what the others found.

    While an article cannot be read, what was not made now is not judged.
    """
    made = set(parts)
    for name, check in SITE_CHECKS.items():
        records = among(site.parts, check.reads)
        verdict = store.read(name, records) if records else ()
        if made & set(check.reads) or (verdict is None and not site.unread):
            verdict = _run_site_check(site, name)
            if not site.unread and NOT_CHECKED not in {found.code for found in verdict}:
                store.keep(name, records, verdict)
        report.add(verdict or ())


def _run_site_check(site: Site, name: str) -> Findings:
    try:
        return tuple(SITE_CHECKS[name].run(site, site.project.dist))
    except (LeafcastError, OSError) as error:
        return (_not_checked("", name, error),)
