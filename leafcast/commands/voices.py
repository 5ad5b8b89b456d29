"""`leafcast voices`: what there is to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import click

from leafcast.commands.findings import show_findings
from leafcast.commands.options import open_project, project_option
from leafcast.commands.running import reporting
from leafcast.commands.terminal import say
from leafcast.document.errors import LeafcastError, UsageError
from leafcast.document.report import Report, finding_of
from leafcast.narration.model import VoiceSpec
from leafcast.narration.voice_measures import Measures, listener, measure, measured
from leafcast.narration.voices import form, unavailable
from leafcast.narration.voices.specs import read_voices
from leafcast.practice.project import Project


@click.command()
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
def command(
    names: tuple[str, ...], target: Path | None, play: bool, measure: bool, folder: Path | None
) -> int:
    """List the voices, and what each would need on this machine; sample and measure them."""
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
        show_voices(there, known, project.practice.sound.voice)
    show_findings(report, quiet=False)
    return report.exit_code


def _sample(
    project: Project, names: tuple[str, ...], report: Report, *, target: Path, play: bool
) -> None:
    """Write a sample of each voice; one that cannot speak stops no other."""
    from leafcast.commands import player
    from leafcast.execution.request import available_cores
    from leafcast.narration.samples import sampled_voices, write_sample
    from leafcast.narration.voice_pool import VoicePool

    for spec in sampled_voices(project, names):
        try:
            with closing(VoicePool(available_cores())) as voices:
                path = write_sample(project, spec, target, voices)
        except (LeafcastError, OSError) as error:
            report.add([finding_of(error, "sample-not-made")])
            continue
        say(f"{spec.name}: {path}")
        if play and not player.play(path):
            say("  There is no player here; open the file in any program that plays sound.")


def _measure(project: Project, names: tuple[str, ...], report: Report) -> None:
    """Measure each voice; one that cannot speak stops no other."""
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


def show_voices(
    voices: Mapping[str, VoiceSpec], known: Mapping[str, Measures | None], chosen: str
) -> None:
    """A line about each voice; a star is before the one that is chosen in practice.toml."""
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
