"""Can the practice's logo and portrait be shown? Where not, all is made without them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from leafcast.design.own_pictures import ROLES, own_picture_fault
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place, Severity
from leafcast.practice.project import PRACTICE_FILE


def check_own_pictures(publication: Publication, folder: Path) -> Iterator[Finding]:
    """A finding for each that cannot; the same for every article, so that it is told once."""
    project = publication.project
    for role in ROLES:
        if fault := own_picture_fault(project, role):
            what, fix = fault
            words = f"The {role} “{getattr(project.practice.look, role)}” {what}; "
            words += "everything is made without it"
            yield Finding("own-picture", Severity.WARNING, words, fix, Place(PRACTICE_FILE))
