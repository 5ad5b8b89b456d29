"""How findings look: worst first, in few lines or each in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from leafcast.commands.terminal import in_a_line, say
from leafcast.document.report import WORST_FIRST, Finding, Group, Report, Severity, grouped

HEADINGS = {
    Severity.ERROR: "To put right",
    Severity.WARNING: "Deserves a look",
    Severity.NOT_CHECKED: "Not checked",
    Severity.ADVICE: "Advice, yours to take or leave",
}

PUT_IN = ("guessed-author", "guessed-language", "guessed-published", "guessed-review")
"""Facts that are put in where a file does not say them."""
LIGHT = frozenset((
    "front-matter-translated", "unknown-key", "site-marks", "raw-html", "left-out", "link-inside",
    "scripts-dropped", "styles-dropped", "handlers-dropped", "frames-dropped", "forms-dropped",
    "guessed-facts", "picture-decorative", "around-left-out", "offers-left-out", "details-left-out",
    "comments-left-out", "contents-left-out", "pages-left-out", "notes-heading", "file-name",
    "file-kind",
))  # fmt: skip
"""Advice that nobody need follow."""
MOST_LINES = 10
"""Lines in which the end of a command tells what it made and what was found, headings too."""
FEWEST_LINES = 4
"""Lines for a heading, the worst finding with its cure, and how many more there are."""


def show_found(report: Report, *, quiet: bool, full: bool, said: int = 0) -> None:
    """Findings worst first, like ones in one line with their places, in what `said` other lines
    leave of MOST_LINES; or `full`.
    """
    found = [f for f in report.findings if not (quiet and f.severity is Severity.ADVICE)]
    headings = len({finding.severity for finding in found})
    left, severity = max(MOST_LINES - said, FEWEST_LINES), None
    if full or headings + sum(1 + bool(finding.fix) for finding in found) <= left:
        show_findings(report, quiet=quiet)
        return
    groups = sorted(grouped(_with_facts_joined(found)), key=_weight)
    for at, group in enumerate(groups):
        with_fix = group.first.severity in (Severity.ERROR, Severity.WARNING) and group.first.fix
        heading = group.first.severity is not severity
        lines = heading + 1 + bool(with_fix)
        if lines > left - bool(groups[at + 1 :]):
            _show_rest(groups[at:])
            return
        left -= lines
        severity = group.first.severity
        if heading:
            say(f"\n{HEADINGS[severity]}:", err=severity is Severity.ERROR)
        _show_group(group, fix=bool(with_fix))


def _weight(group: Group) -> tuple[int, bool]:
    """How far down a group stands: by how bad it is, then what needs no answer last."""
    first = group.first
    return WORST_FIRST.index(first.severity), first.code in LIGHT


def _with_facts_joined(found: Sequence[Finding]) -> list[Finding]:
    """`found` with all that was put in for facts which a file does not say in one finding."""
    facts = [each for each in found if each.code in PUT_IN and each.severity is Severity.ADVICE]
    if len(facts) < 2:
        return list(found)
    said = "; ".join(f"{each.message} [{each.code}]" for each in facts[:-1])
    last = facts[-1]
    joined = replace(facts[0], code=last.code, message=f"{said}; {last.message}")
    return [joined if each is facts[0] else each for each in found if each not in facts[1:]]


def _show_group(group: Group, *, fix: bool) -> None:
    err = group.first.severity is Severity.ERROR
    place = f"{group.first.place}: " if group.first.place else ""
    more = f" (and {group.places})" if group.others else ""
    say(in_a_line(f"  {place}{group.first.message}{more} [{group.first.code}]"), err=err)
    if fix:
        say(in_a_line(f"    → {group.first.fix}"), err=err)


def _show_rest(groups: Sequence[Group]) -> None:
    """What there was no room for, by its codes."""
    codes = list(dict.fromkeys(group.first.code for group in groups))
    count = sum(1 + len(group.others) for group in groups)
    named = ", ".join(codes[:4]) + (" …" if codes[4:] else "")
    err = any(group.first.severity is Severity.ERROR for group in groups)
    say(f"\n  And {count} more ({named}); the option --all tells each in full.", err=err)


def show_findings(report: Report, *, quiet: bool) -> None:
    """Findings by how much they matter; advice is left out when quiet."""
    for severity, heading in HEADINGS.items():
        found = [f for f in report.findings if f.severity == severity]
        if not found or (quiet and severity is Severity.ADVICE):
            continue
        failing = severity is Severity.ERROR
        say(f"\n{heading}:", err=failing)
        for finding in found:
            show_finding(finding, err=failing)


def show_finding(finding: Finding, *, err: bool) -> None:
    """One finding: where, what, and below it what can be done."""
    place = f"{finding.place}: " if finding.place else ""
    say(in_a_line(f"  {place}{finding.message} [{finding.code}]"), err=err)
    if finding.fix:
        say(in_a_line(f"    → {finding.fix}"), err=err)
