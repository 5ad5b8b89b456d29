"""How the commands look on a terminal, and as plain lines in a file or a pipe (for cli.py)."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING, Final

import click

from leafcast.document.report import Finding, Group, Report, Severity, grouped
from leafcast.publish.measure import megabytes

if TYPE_CHECKING:
    from leafcast.commands.changes import Change, State
    from leafcast.commands.licences import Licensed
    from leafcast.commands.new_from import Started
    from leafcast.commands.one_section import Preview
    from leafcast.manifest import FileRecord
    from leafcast.narration.lexicon import Lexicon, Pairs
    from leafcast.narration.measures import Measures
    from leafcast.narration.model import Passage, VoiceSpec
    from leafcast.narration.pls import Imported
    from leafcast.pipeline import Made, Outcome
    from leafcast.plan import Telling
    from leafcast.practice.project import Project
    from leafcast.print.recording import Sheet
    from leafcast.request import Watcher

LINE_EVERY_SECONDS = 10.0
HEADINGS = {
    Severity.ERROR: "Could not be done",
    Severity.WARNING: "Deserves a look",
    Severity.NOT_CHECKED: "Not checked",
    Severity.ADVICE: "Advice, yours to take or leave",
}
UNSHOWN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
"""What a terminal obeys instead of showing it (ECMA-48), or what turns its writing round."""


def say(words: str = "", *, err: bool = False) -> None:
    """Print words, the only way it is done: names of files and the words of strangers may hold
    signs that move the cursor, clear the screen or rename the window, which are shown instead.
    """
    click.echo(as_signs(words), err=err)


def as_signs(words: str) -> str:
    """`words` with their control characters as signs: those of ASCII as Unicode pictures them."""
    return UNSHOWN.sub(lambda found: _picture(ord(found[0])), words)


def _picture(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def in_a_line(words: str) -> str:
    """`words` on one line, so that none of them looks like a line of ours."""
    return words.replace("\n", "\u240a")


class PlainWatcher:
    """Plain lines, for a pipe or a log: each step, and the share voiced every ten seconds."""

    def __init__(self, *, why: bool, quiet: bool) -> None:
        self.show_why = why
        self.quiet = quiet
        self.began = self.said = time.monotonic()

    def step(self, words: str) -> None:
        """Name the new piece of work."""
        self.began = self.said = time.monotonic()
        if not self.quiet:
            say(words)

    def why(self, slug: str, edition: str, reason: str) -> None:
        """Say why an edition is made, when asked to."""
        if self.show_why:
            say(f"{slug}: {edition}: {reason}")

    def voicing(self, shown: str, share: float) -> None:
        """Say now and then how far the voice is."""
        now = time.monotonic()
        if self.quiet or (now - self.said < LINE_EVERY_SECONDS and share < 1):
            return
        self.said = now
        left = (now - self.began) / share * (1 - share) if share else 0
        say(f"  {share:.0%} voiced, about {duration(left)} left")


class TerminalWatcher(PlainWatcher):
    """A progress bar that shows what is being voiced and how long is left."""

    def __init__(self, *, why: bool) -> None:
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        super().__init__(why=why, quiet=False)
        self.progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.fields[shown]}", markup=False, table_column=None),
            transient=True,
        )
        self.task = self.progress.add_task("", total=None, shown="", visible=False)

    def step(self, words: str) -> None:
        """Name the new piece of work beside the bar."""
        self.progress.update(
            self.task, description=as_signs(words), total=None, completed=0, shown="", visible=True
        )

    def why(self, slug: str, edition: str, reason: str) -> None:
        """Say why an edition is made, above the bar."""
        if self.show_why:
            why = as_signs(f"{slug}: {edition}: {reason}")
            self.progress.console.print(why, highlight=False, markup=False)

    def voicing(self, shown: str, share: float) -> None:
        """Move the bar, and show the sentence just voiced."""
        words = shown if len(shown) < 48 else shown[:47].rsplit(" ", 1)[0] + " …"
        self.progress.update(self.task, total=1.0, completed=share, shown=as_signs(words))


@contextmanager
def watcher(*, why: bool, quiet: bool) -> Iterator[Watcher]:
    """The watcher that suits where the output goes."""
    if quiet or not sys.stdout.isatty():
        yield PlainWatcher(why=why, quiet=quiet)
        return
    lively = LazyTerminalWatcher(why=why)
    try:
        yield lively
    finally:
        lively.close()


class LazyTerminalWatcher:
    """Draws the bar only once there is work, so that a build with nothing to do is quick."""

    def __init__(self, *, why: bool) -> None:
        self.show_why = why
        self.drawn: TerminalWatcher | None = None

    @property
    def _watcher(self) -> TerminalWatcher:
        if self.drawn is None:
            self.drawn = TerminalWatcher(why=self.show_why)
            self.drawn.progress.start()
        return self.drawn

    def step(self, words: str) -> None:
        """See TerminalWatcher."""
        self._watcher.step(words)

    def why(self, slug: str, edition: str, reason: str) -> None:
        """See TerminalWatcher."""
        if self.show_why:
            self._watcher.why(slug, edition, reason)

    def voicing(self, shown: str, share: float) -> None:
        """See TerminalWatcher."""
        self._watcher.voicing(shown, share)

    def close(self) -> None:
        """Take the bar away."""
        if self.drawn is not None:
            self.drawn.progress.stop()


# ---------------------------------------------------------------- after the work


def show_outcome(outcome: Outcome, project: Project, *, quiet: bool, full: bool) -> None:
    """What was made, how large or long it is, and what deserves a look."""
    new = [made for made in outcome.made if made.new]
    if not quiet:
        if new:
            _show_table(outcome.made)
        for path in outcome.removed:
            say(f"Removed dist/{path}: its source is gone")
        kept = sum(len(made.files) for made in outcome.made if not made.new)
        if kept and not new:
            well = all(each.severity is Severity.ADVICE for each in outcome.report.findings)
            how = "as they should be" if well else "as they were made; this was found of them"
            say(f"Nothing to do: {kept} files in {project.dist} are {how}.")
        elif new:
            say(f"All in {project.dist}")
    show_found(outcome.report, quiet=quiet, full=full)


def _show_table(made: list[Made]) -> None:
    for slug, editions in groupby(made, key=lambda each: each.slug):
        rows = [row for each in editions for row in _rows(each)]
        wide = max(len(name) for _, name, _, _ in rows)
        say(f"\n{slug or 'all publications together'}")
        for edition, name, extent, size in rows:
            say(f"  {edition:<12} {name:<{wide}}  {extent:>12}  {size:>9}")


def _rows(made: Made) -> Iterator[tuple[str, str, str, str]]:
    """A row a file; many sound files of one edition share a row."""
    mark = made.edition if made.new else f"({made.edition})"
    first = made.files[0].path.removeprefix(f"{made.slug}/") if made.files else ""
    folder = first.rpartition("/")[0]
    if folder and len(made.files) > 4:
        seconds = sum(file.seconds or 0 for file in made.files)
        size = sum(file.bytes for file in made.files)
        lasts = duration(seconds) if seconds else ""
        yield mark, f"{folder}/ ({len(made.files)} files)", lasts, megabytes(size)
        return
    for file in made.files:
        name = file.path.removeprefix(f"{made.slug}/")
        yield mark, name, extent(file), megabytes(file.bytes)
        mark = ""


def extent(file: FileRecord) -> str:
    """Pages or duration, in words."""
    if file.pages is not None:
        return f"{file.pages} page{'s' if file.pages != 1 else ''}"
    return duration(file.seconds) if file.seconds is not None else ""


def duration(seconds: float) -> str:
    """A duration in words: 45 s, 6 min 05 s."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


MOST_LINES = 10
"""Lines in which the end of a command tells what was found."""


def show_found(report: Report, *, quiet: bool, full: bool) -> None:
    """Findings in few lines, worst first: like ones in one line with their places; or `full`."""
    found = [f for f in report.findings if not (quiet and f.severity is Severity.ADVICE)]
    if full or sum(1 + bool(finding.fix) for finding in found) <= MOST_LINES:
        show_findings(report, quiet=quiet)
        return
    left, severity = MOST_LINES, None
    groups = grouped(found)
    for at, group in enumerate(groups):
        with_fix = group.first.severity in (Severity.ERROR, Severity.WARNING) and group.first.fix
        lines = 1 + bool(with_fix)
        if lines > left - bool(groups[at + 1 :]):
            _show_rest(groups[at:])
            return
        left -= lines
        if group.first.severity is not severity:
            severity = group.first.severity
            say(f"\n{HEADINGS[severity]}:", err=severity is Severity.ERROR)
        _show_group(group, fix=bool(with_fix))


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
            _show_finding(finding, err=failing)


def _show_finding(finding: Finding, *, err: bool) -> None:
    place = f"{finding.place}: " if finding.place else ""
    say(in_a_line(f"  {place}{finding.message} [{finding.code}]"), err=err)
    if finding.fix:
        say(in_a_line(f"    → {finding.fix}"), err=err)


def show_previews(made: Sequence[Preview], project: Project) -> None:
    """Where the previews are, and how long they last."""
    for each in made:
        say(f"{each.title}  {duration(each.seconds)}")
        for path in each.files:
            say(f"  {path.relative_to(project.folder).as_posix()}")
    if made:
        say("These are to listen to; dist/ stays as it was.")


def show_voices(
    voices: Mapping[str, VoiceSpec], known: Mapping[str, Measures | None], chosen: str
) -> None:
    """A line about each voice; a star is before the one that is chosen in practice.toml."""
    from leafcast.narration.voices import form, unavailable

    for name, spec in voices.items():
        lack = unavailable(spec)
        said = form(spec)
        ready = f"not here: {lack}" if lack else f"ready, {said}" if said else "ready"
        mark = "*" if name == chosen else " "
        accent = spec.accent or "?"
        about = f"  {_measures(found)}" if (found := known.get(name)) and not lack else ""
        say(f"{mark} {name:<12} {spec.engine:<8} {accent:<15} {ready}{about}")
    if not any(known.values()):
        say("How fast they are is measured by: voices --measure")


def _measures(found: Measures) -> str:
    error = "" if found.word_error is None else f", {found.word_error:.1%} of words misheard"
    return (
        f"{found.words_per_minute:.0f} words a minute, "
        f"{found.cpu_seconds:.3f} s of CPU a second of sound{error}"
    )


def show_started(started: Started, *, again: bool) -> None:
    """What `new` wrote, and where the original, or `again` the article as it was, is kept."""
    if started.path is None:
        say("Nothing was written.", err=True)
        return
    if again:
        many = sum(finding.code == "again-taken" for finding in started.findings)
        say(f"{many} change{'' if many == 1 else 's'} of the file taken over.")
        say(f"As it was, {started.path.name} is kept as {started.original}.")
        return
    say(f"Started {started.path}. Read it there, then run the build again.")
    if started.original:
        say(f"The original is kept as {started.original}.")
    if started.pictures:
        say(f"Pictures beside it: {', '.join(path.name for path in started.pictures)}.")


def show_live(words: str, findings: tuple[Finding, ...]) -> None:
    """What the preview shows now, and what must be put right in the text."""
    say(words)
    for finding in findings:
        if finding.severity in (Severity.ERROR, Severity.WARNING):
            _show_finding(finding, err=False)


def show_changes(changes: tuple[Change, ...], before: State | None, *, files: bool) -> None:
    """What changed since the last upload, a line a publication; the files where wanted."""
    if not changes:
        say("Nothing changed since the last upload.")
    elif before is None:
        say("Nothing was marked as uploaded yet, so everything counts as new.")
    for change in changes:
        say(change.words)
        for paths, what in (
            (change.new, "new"),
            (change.changed, "changed"),
            (change.removed, "to take down"),
        ):
            if paths:
                say(f"  {len(paths)} file{'s' if len(paths) != 1 else ''} {what}")
                for path in paths if files else ():
                    say(f"    {path}")


def show_unknown(paths: Sequence[str]) -> None:
    """What lies in dist/ and is of no build, before it is uploaded with the rest."""
    if paths:
        say("Made by no build; delete what you did not put there yourself:")
    for path in paths:
        say(f"    dist/{path}")


def show_licences(packages: Sequence[Licensed]) -> None:
    """A line a package, what it carries below it, and what that means."""
    wide = max(len(f"{each.name} {each.version}") for each in packages)
    for each in packages:
        say(f"{f'{each.name} {each.version}':<{wide}}  {each.licence}")
        if within := each.carried:
            say(f"{f'  with {within.name}':<{wide}}  {within.licence}, from {within.home}")
    say(
        "\nleafcast itself is under the MIT licence. Whoever hands on a finished installation hands"
    )
    say("these on too, and must keep their terms; more in the file NOTICE.")


# ---------------------------------------------------------------- the script and the lexicon


def show_script(telling: Telling) -> None:
    """Everything that will be said, passage by passage, with times guessed from the voice's pace.

    A star marks what the article does not say; what it shows otherwise stands below, in brackets.
    A voice that has a part is named before its words. Of an excerpt, times count from its start.
    """
    from leafcast.narration.timing import passage_starts, words_a_minute

    rate = words_a_minute(telling.cast.own)
    starts = passage_starts(telling.script, rate)
    say(f"{telling.script.title}")
    say(
        f"About {duration(starts[-1])}, by the voice {telling.cast.own.name} "
        f"at {rate:.0f} words a minute between pauses. * is announced, not the article’s own."
    )
    for passage, start in zip(telling.script.passages, starts, strict=False):
        _show_passage(passage, start, rate)
    say("")


def _show_passage(passage: Passage, start: float, rate: float) -> None:
    from leafcast.narration.timing import passage_lines

    say(f"\n{passage.number:02} {passage.title}")
    for line in passage_lines(passage, start, rate):
        at = f"{int(line.start) // 60}:{int(line.start) % 60:02}"
        silence = f"  ‖ {line.pause.ms / 1000:.2g} s, {line.pause.reason}" if line.pause else ""
        mark = "*" if line.announced else " "
        voice = f"[{line.voice}] " if line.voice else ""
        say(f"{at:>6} {mark} {voice}{line.said or '(nothing)'}{silence}")
        if line.shown and not line.announced:
            say(f"         [{line.shown}]")


def show_sheet(made: Sheet) -> None:
    """Where the record sheet is, and what is on it."""
    if not made.path:
        say(f"{made.slug}: no sentence is to be recorded again.")
        return
    sentences = f"{made.sentences} sentence{'' if made.sentences == 1 else 's'}"
    say(f"Wrote {made.path}: {sentences} to read.")
    say(f"Put the recordings into {made.folder}, under the names it gives, and build.")


def show_lexicon(lexicon: Lexicon) -> None:
    """The words of the lexicon, table by table."""
    for heading, entries in (
        ("Said in other letters", lexicon.words),
        ("Said by their sounds, where the voice takes them", lexicon.ipa),
        ("Patterns", lexicon.patterns),
        ("Spelt out for screen readers, not said", lexicon.expansions),
    ):
        if entries:
            wide = max(len(word) for word, _ in entries)
            say(f"{heading}:")
            for word, said in entries:
                say(f"  {word:<{wide}}  {said}")


def show_import(found: Imported, kept: Pairs) -> None:
    """What came into the lexicon, what was there already, and what could not be used."""
    there = {word for word, _ in kept}
    new = {word for word, _ in (*found.words, *found.ipa)} - there
    say(f"Added {len(new)} word{'' if len(new) == 1 else 's'} to audio/lexicon.toml.")
    for word, said in kept:
        say(f"  {word} stays as you have it: {said}")
    for word, reason in found.left_out:
        say(f"  {word} is left out: {reason}")
