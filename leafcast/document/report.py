"""Findings, and the report that gathers them and alone knows the exit code."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from leafcast.document.errors import LeafcastError


class Severity(StrEnum):
    """How much a finding matters.

    `ERROR`: something could not be made, or what was made is wrong.
    `WARNING`: it was made, and deserves a look; an error under --strict.
    `ADVICE`: a kind word about the text; never more than that.
    `NOT_CHECKED`: a check could not run here; never to be read as passed.
    """

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source file: its path as the owner knows it, and a line from 1."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the owner should know: a stable code, a kind sentence, a fix, and where.

    `code` is kebab-case and never reused for another meaning, such as `picture-without-alt`.
    """

    code: str
    severity: Severity
    message: str
    fix: str = ""
    place: Place | None = None


@dataclass(slots=True)
class Report:
    """Gathers findings during a build or a check; says at the end how it went."""

    strict: bool = False
    findings: list[Finding] = field(default_factory=list)
    known: set[Finding] = field(default_factory=set, init=False, repr=False, compare=False)

    def add(self, findings: Iterable[Finding]) -> None:
        """Add findings in the order given; the same finding is kept once."""
        for finding in findings:
            if finding not in self.known:
                self.known.add(finding)
                self.findings.append(finding)

    @property
    def exit_code(self) -> int:
        """0 when all is fine, 1 when something failed (under --strict, a warning counts)."""
        failing = {Severity.ERROR}
        if self.strict:
            failing |= {Severity.WARNING, Severity.NOT_CHECKED}
        return int(any(finding.severity in failing for finding in self.findings))


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one code and severity: the first, and the others."""

    first: Finding
    others: tuple[Finding, ...] = ()

    @property
    def places(self) -> str:
        """How many more there are, and the first of their places."""
        places = [str(each.place) for each in self.others if each.place]
        own = f"{self.first.place.path}:" if self.first.place else ""
        shown = ", ".join(place.removeprefix(own) for place in places[:PLACES])
        end = ", …" if len(places) > PLACES else ""
        return f"{len(self.others)} more{': ' if shown else ''}{shown}{end}"


WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.NOT_CHECKED, Severity.ADVICE)
PLACES = 3
"""Places that a group shows; the others are counted."""


def grouped(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """`findings` by code and severity, worst first, each group where its first one stands."""
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.code), []).append(finding)
    ordered = sorted(groups.items(), key=lambda each: WORST_FIRST.index(each[0][0]))
    return tuple(Group(first, tuple(others)) for _, (first, *others) in ordered)


def finding_of(error: LeafcastError | OSError, code: str, shown: str = "") -> Finding:
    """A finding for an error that stopped one piece of work."""
    if isinstance(error, LeafcastError):
        place = Place(error.path or shown, error.line) if error.path or shown else None
        return Finding(code, Severity.ERROR, error.message, error.hint, place)
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    message = "The disk is full" if full else f"A file cannot be written: {error.strerror}"
    fix = "Make room and build again; what was voiced is kept" if full else str(error.filename)
    return Finding(code, Severity.ERROR, message, fix, Place(shown) if shown else None)
