"""The commands. This is the only room that prints."""

from __future__ import annotations

import errno
import os
import re
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import closing
from functools import wraps
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, NoReturn

import click

from leafcast import __version__
from leafcast.commands.terminal import in_a_line, say
from leafcast.document.errors import LeafcastError, UsageError
from leafcast.document.report import Report
from leafcast.practice.project import CHECKOUT, PRACTICE_FILE, Project, load_project

if TYPE_CHECKING:
    from leafcast.request import Request

STOPPED = 130  # what a shell expects of a program stopped by Ctrl-C
NO_MEMORY = re.compile(r"can't start new thread|failed to map segment|[Cc]annot allocate memory")
"""How Python tells that a thread has no room, and loaders that a library has none."""


class DefaultToBuild(click.Group):
    """`leafcast` alone, or followed by an option or a slug, means `leafcast build`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command in front of its options: `build` unless one, or --help, is asked for."""
        if args and args[0] in {"--help", "-h", "--version"}:
            return super().parse_args(ctx, args)
        at = self._first_word(args)
        if at < len(args) and args[at] in self.commands:
            args = [args[at], *args[:at], *args[at + 1 :]]
        else:
            args = ["build", *args]
        return super().parse_args(ctx, args)

    def _first_word(self, args: list[str]) -> int:
        """Where the first word is that is neither an option nor the value of one."""
        valued = {
            name
            for command in self.commands.values()
            for option in command.params
            if isinstance(option, click.Option) and not option.is_flag
            for name in option.opts
        }
        at = 0
        while at < len(args) and args[at].startswith("-"):
            at += 2 if args[at] in valued else 1
        return at


project_option = click.option(
    "--project",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="The practice's folder (the one with source/ in it).",
)


only_option = click.option(
    "--only",
    multiple=True,
    metavar="SECTION",
    help="Only this section: its id, the beginning of it, or its number in `script`.",
)


def reporting(command: Callable[..., int]) -> Callable[..., None]:
    """Run a command that returns an exit code; show an error once, with its hint."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            code = command(*args, **kwargs)
        except LeafcastError as error:
            say(in_a_line(f"{error}"), err=True)
            if error.hint:
                say(in_a_line(f"  → {error.hint}"), err=True)
            code = error.exit_code
        except KeyboardInterrupt:
            say(
                "\nStopped. dist/ holds what was finished, whole, and every sentence voiced so far "
                "is kept.",
                err=True,
            )
            _leave_at_once(STOPPED)
        except (MemoryError, RuntimeError, ImportError, OSError) as error:
            if not lacks_memory(error):
                raise
            say(
                "There is not enough memory for this. Nothing is lost, and dist/ is whole.",
                err=True,
            )
            say(
                "  → Close other programs, or build less at once: --jobs 1, or one article",
                err=True,
            )
            _leave_at_once(1)
        sys.exit(code)

    return run


def lacks_memory(error: Exception) -> bool:
    """Whether it was raised for want of memory, in one of the ways in which that is told."""
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    return isinstance(error, MemoryError) or bool(NO_MEMORY.search(str(error)))


def _leave_at_once(code: int) -> NoReturn:
    """End now: threads may still wait for workers that were just killed, and nobody else does."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def open_project(folder: Path | None) -> Project:
    """The project named, else the current folder's, else the checkout's."""
    if folder is None:
        here = Path.cwd()
        folder = here if (here / PRACTICE_FILE).exists() else CHECKOUT
        folder = folder if (folder / PRACTICE_FILE).exists() else here
    return load_project(folder)


all_option = click.option(
    "--all", "full", is_flag=True, help="Tell all that was found, each thing in full."
)


def asked_checks(*, listen: bool) -> tuple[str, ...]:
    """The checks made on request."""
    return ("listening",) if listen else ()


@click.group(cls=DefaultToBuild, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="leafcast")
def leafcast() -> None:
    """Turn articles into accessible leaflets and narrations.

    Without a command, everything that is missing or changed is built.
    """


@leafcast.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--edition", "editions", multiple=True, metavar="NAME", help="Only this edition.")
@click.option("--voice", default="", metavar="NAME", help="Another voice; see `voices`.")
@only_option
@click.option(
    "--print-shop", is_flag=True, help="Also files for a print shop: bleed and crop marks."
)
@click.option("--jobs", type=click.IntRange(min=1), help="How many cores to use (all).")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--why", is_flag=True, help="Say why each thing is made.")
@click.option("--quiet", is_flag=True, help="Say only what went wrong.")
@click.option("--listen", is_flag=True, help="Also let a machine listen to every sentence.")
@all_option
@project_option
@reporting
def build(
    slugs: tuple[str, ...],
    editions: tuple[str, ...],
    voice: str,
    only: tuple[str, ...],
    print_shop: bool,
    jobs: int | None,
    strict: bool,
    why: bool,
    quiet: bool,
    listen: bool,
    full: bool,
    folder: Path | None,
) -> int:
    """Make the leaflets and the narration; only what changed is made again.

    With --only, one section is voiced to be listened to, and dist/ stays as it is.
    """
    from leafcast import pipeline
    from leafcast.commands import terminal
    from leafcast.request import Request, available_cores

    project = open_project(folder)
    request = Request(
        slugs,
        editions,
        voice,
        print_shop,
        jobs or available_cores(),
        only,
        asked_checks(listen=listen),
    )
    report = Report(strict=strict)
    if only:
        return _preview(project, request, report, quiet=quiet)
    with terminal.watcher(why=why, quiet=quiet) as watcher:
        outcome = pipeline.build(project, request, watcher, report)
    terminal.show_outcome(outcome, project, quiet=quiet, full=full)
    return report.exit_code


def _preview(project: Project, request: Request, report: Report, *, quiet: bool) -> int:
    from leafcast.commands import terminal
    from leafcast.commands.one_section import preview

    with terminal.watcher(why=False, quiet=quiet) as watcher:
        made = preview(project, request, watcher, report)
    terminal.show_previews(made, project)
    terminal.show_findings(report, quiet=quiet)
    return report.exit_code


@leafcast.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--strict", is_flag=True, help="Fail on warnings and on what was not checked.")
@click.option("--listen", is_flag=True, help="Also let a machine listen to every sentence.")
@project_option
@reporting
def check(slugs: tuple[str, ...], strict: bool, listen: bool, folder: Path | None) -> int:
    """Check the sources and everything in dist/, and change nothing."""
    from leafcast.checks import check_project
    from leafcast.commands import terminal

    report = Report(strict=strict)
    check_project(open_project(folder), slugs, report, asked_checks(listen=listen))
    terminal.show_findings(report, quiet=False)
    return report.exit_code


@leafcast.command()
@click.option(
    "--sample",
    "names",
    multiple=True,
    metavar="NAME|all",
    help="Write a short text in this voice, to listen to.",
)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where samples go (audio/samples).",
)
@click.option("--play", is_flag=True, help="Play each sample.")
@click.option(
    "--measure", is_flag=True, help="Measure speed and, with the extra listen, misheard words."
)
@project_option
@reporting
def voices(
    names: tuple[str, ...], target: Path | None, play: bool, measure: bool, folder: Path | None
) -> int:
    """List the voices, and what each would need on this machine; sample and measure them."""
    from leafcast.commands import terminal
    from leafcast.narration.measures import measured
    from leafcast.narration.voices.specs import read_voices

    project, report = open_project(folder), Report()
    if (play or target) and not names:
        raise UsageError("This is for samples", "Say which: --sample NAME, or --sample all")
    if names:
        _sample(project, names, report, target=target or project.audio / "samples", play=play)
    if measure:
        _measure(project, names, report)
    if measure or not names:
        there = read_voices(project)
        known = {name: measured(project, spec) for name, spec in there.items()}
        terminal.show_voices(there, known, project.practice.sound.voice)
    terminal.show_findings(report, quiet=False)
    return report.exit_code


def _sample(
    project: Project, names: tuple[str, ...], report: Report, *, target: Path, play: bool
) -> None:
    """Write a sample of each voice; one that cannot speak stops no other."""
    from leafcast.commands import player
    from leafcast.document.report import finding_of
    from leafcast.narration.samples import sampled_voices, write_sample
    from leafcast.narration.studio import Studio
    from leafcast.request import available_cores

    for spec in sampled_voices(project, names):
        try:
            with closing(Studio(available_cores())) as studio:
                path = write_sample(project, spec, target, studio)
        except (LeafcastError, OSError) as error:
            report.add([finding_of(error, "sample-not-made")])
            continue
        say(f"{spec.name}: {path}")
        if play and not player.play(path):
            say("  There is no player here; open the file in any program that plays sound.")


def _measure(project: Project, names: tuple[str, ...], report: Report) -> None:
    """Measure each voice; one that cannot speak stops no other."""
    from leafcast.document.report import finding_of
    from leafcast.narration.measures import listener, measure
    from leafcast.narration.samples import sampled_voices

    listen = listener()
    for spec in sampled_voices(project, names or ("all",)):
        say(f"Measuring {spec.name}")
        try:
            measure(project, spec, listen)
        except (LeafcastError, OSError) as error:
            report.add([finding_of(error, "voice-not-measured")])
    if listen is None:
        say("How well they are understood needs an ear: pip install leafcast[listen]")


@leafcast.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--voice", default="", metavar="NAME", help="Another voice; see `voices`.")
@only_option
@project_option
@reporting
def script(slugs: tuple[str, ...], voice: str, only: tuple[str, ...], folder: Path | None) -> int:
    """Show what will be said, with pauses and times, before it is heard."""
    from leafcast import pipeline
    from leafcast.cache import Cache
    from leafcast.commands import terminal
    from leafcast.commands.one_section import tell_all
    from leafcast.narration.takes.performance import perform
    from leafcast.request import Request

    project, report = open_project(folder), Report()
    request = Request(slugs, voice=voice, only=only)
    pipeline.check_request(project, request)
    for telling in tell_all(project, request, report).values():
        terminal.show_script(perform(telling, Cache(project.work / "cache")).telling)
    terminal.show_findings(report, quiet=True)
    return report.exit_code


@leafcast.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--only-changed", is_flag=True, help="Only the sentences to be recorded again.")
@click.option(
    "--to",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.pdf",
    help="Where to write it (audio/takes/<article>/record-<article>.pdf).",
)
@project_option
@reporting
def record(
    slugs: tuple[str, ...], only_changed: bool, path: Path | None, folder: Path | None
) -> int:
    """Make a sheet to read from, to record an article in your own voice."""
    from leafcast import pipeline
    from leafcast.commands import terminal
    from leafcast.print.recording import make_sheet
    from leafcast.recital import tell
    from leafcast.request import Request

    project, report = open_project(folder), Report()
    pipeline.check_request(project, Request(slugs))
    articles = pipeline.read_articles(project, report)
    wanted = [each for slug, each in articles.items() if each and slug in (slugs or (slug,))]
    if path and len(wanted) > 1:
        raise UsageError("--to names one file, and there are several articles", "Name an article")
    for article in wanted:
        made = make_sheet(tell(project, article, ""), path, only_changed=only_changed)
        terminal.show_sheet(made)
    terminal.show_findings(report, quiet=True)
    return report.exit_code


@leafcast.command()
@click.option(
    "--export",
    "outgoing",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.pls",
    help="Write the words for other programs (W3C PLS).",
)
@click.option(
    "--import",
    "incoming",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.pls",
    help="Add the words of such a file to audio/lexicon.toml.",
)
@project_option
@reporting
def lexicon(outgoing: Path | None, incoming: Path | None, folder: Path | None) -> int:
    """List how words are said; take such lists in, or give them to other programs."""
    from leafcast.commands import terminal
    from leafcast.narration.lexicon import read_lexicon
    from leafcast.narration.pls import export_pls, import_pls

    project = open_project(folder)
    if incoming:
        terminal.show_import(*import_pls(project, incoming))
    if outgoing:
        export_pls(read_lexicon(project), outgoing)
        say(f"Wrote {outgoing}. Patterns have no place in PLS and are left out.")
    if not incoming and not outgoing:
        terminal.show_lexicon(read_lexicon(project))
    return 0


@leafcast.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="Where (8000).")
@project_option
@reporting
def preview(port: int, folder: Path | None) -> int:
    """Show dist/ in a browser on this machine; a page changes as soon as its text is saved."""
    from threading import Event, Thread

    from leafcast.commands import terminal
    from leafcast.commands.preview import Live
    from leafcast.commands.serving import serving

    project = open_project(folder)
    if not (project.dist / "manifest.json").is_file():
        raise UsageError("There is nothing in dist/ to show yet", "Build it first")
    live = Live(project.folder, terminal.show_live)
    live.show_unbuilt()
    ended = Event()
    try:
        with serving(project.dist, port, live.instead) as served:
            say(f"Open {served.address}/ in a browser. Ctrl-C ends it.")
            Thread(target=live.watch, args=(ended.is_set,), daemon=True).start()
            while not ended.wait(3600):
                pass
    except OSError as error:
        raise UsageError(
            f"Port {port} cannot be used: {error.strerror}", "Try another: preview --port 8001"
        ) from error
    except KeyboardInterrupt:
        say("\nEnded. dist/ is as it was.")
    finally:
        ended.set()
    return 0


@leafcast.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), help="The address's number (the one of last time)."
)
@click.option("--no-browser", is_flag=True, help="Only say the address.")
@project_option
@reporting
def studio(port: int | None, no_browser: bool, folder: Path | None) -> int:
    """Open the studio: write, see, hear and hand out, all in a browser on this machine."""
    from leafcast.studio.server import serve

    here = Path.cwd()
    folder = folder or (here if (here / PRACTICE_FILE).exists() else CHECKOUT)
    try:
        serve(folder, port, lambda address: say(address), browser=not no_browser)
    except OSError as error:
        raise UsageError(
            f"The studio cannot be opened here: {error.strerror}", "Try: studio --port 8001"
        ) from error
    return 0


@leafcast.command()
@click.option("--uploaded", is_flag=True, help="Remember what stands in dist/ as uploaded.")
@click.option("--files", is_flag=True, help="Name every file.")
@project_option
@reporting
def changes(uploaded: bool, files: bool, folder: Path | None) -> int:
    """What changed since the last upload, and which files to upload or take down."""
    from leafcast import pipeline
    from leafcast.checks.files import unknown_files
    from leafcast.commands import changes as since
    from leafcast.commands import terminal
    from leafcast.manifest import read_manifest
    from leafcast.site.parts import shelve

    project = open_project(folder)
    articles = pipeline.read_articles(project, Report())
    manifest = read_manifest(project.dist)
    now = since.state_of(shelve(project, articles, manifest))
    before = since.read_uploaded(project)
    terminal.show_changes(since.changes(before or since.NOTHING, now), before, files=files)
    terminal.show_unknown(unknown_files(project.dist, manifest))
    if uploaded:
        since.mark_uploaded(project, now)
        say("Remembered: all this is uploaded.")
    return 0


@leafcast.command()
@click.argument("title_or_file", metavar="TITLE|FILE")
@click.option("--again", is_flag=True, help="Take over what changed in FILE since.")
@all_option
@project_option
@reporting
def new(title_or_file: str, again: bool, full: bool, folder: Path | None) -> int:
    """Start an article in source/: called TITLE, or with the text of FILE.

    FILE is a Word file (.docx), a saved page of your website (.html), plain text or Markdown. It is
    kept in source/originals/, and every guess made in reading it is told. With --again, what
    changed in FILE is taken over where you have not corrected the article.
    """
    from leafcast.commands import terminal
    from leafcast.commands.new_from import named_file, start_from_file
    from leafcast.commands.new_title import start_article

    project, file = open_project(folder), named_file(title_or_file)
    if file is None:
        path = start_article(project, title_or_file)
        say(f"Started {path}. Write it there, then run the build again.")
        return 0
    started, report = start_from_file(project, file, again=again), Report()
    report.add(started.findings)
    terminal.show_started(started, again=again)
    terminal.show_found(report, quiet=False, full=full)
    return 0 if started.path else 1


@leafcast.command()
@project_option
@reporting
def clean(folder: Path | None) -> int:
    """Empty the cache and the section masters; dist/, sources and recordings stay."""
    from leafcast.pipeline import clean_project

    project = open_project(folder)
    freed = clean_project(project)
    say(f"Freed {freed / 1e6:.1f} MB. The next build makes all sound again.")
    return 0


@leafcast.command()
@reporting
def licences() -> int:
    """List the licences of everything that is installed with leafcast."""
    from leafcast.commands import terminal
    from leafcast.commands.licences import licensed

    terminal.show_licences(licensed())
    return 0


# ---------------------------------------------------------------- the program


def main() -> None:
    """Run leafcast, as the console script and build.py do."""
    signal.signal(signal.SIGTERM, _stop)
    sys.excepthook = _show_fault
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    leafcast(prog_name=os.environ.get("LEAFCAST_COMMAND", "leafcast"))


def _stop(number: int, frame: FrameType | None) -> None:
    """A polite request to end is treated as Ctrl-C."""
    raise KeyboardInterrupt


def _show_fault(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """A fault in leafcast itself: one line for the owner, the details in a file for us."""
    details = "".join(traceback.format_exception(kind, error, trace))
    path = Path.cwd() / "leafcast-fault.txt"
    try:
        path.write_text(details, encoding="utf-8")
        where = f"The details are in {path}; please send them to whoever looks after leafcast."
    except OSError:
        where = details
    say(f"leafcast itself made a mistake ({kind.__name__}: {error}). {where}", err=True)


if __name__ == "__main__":
    main()
