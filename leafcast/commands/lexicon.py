"""`leafcast lexicon`: how words are said, listed, taken in, handed on."""

from __future__ import annotations

from pathlib import Path

import click

from leafcast.commands.options import open_project, project_option
from leafcast.commands.running import reporting
from leafcast.commands.terminal import say
from leafcast.narration.lexicon import Lexicon, Pairs, read_lexicon
from leafcast.narration.pls import Imported, export_pls, import_pls


@click.command()
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
def command(outgoing: Path | None, incoming: Path | None, folder: Path | None) -> int:
    """List how words are said; take such lists in, or give them to other programs."""
    project = open_project(folder)
    if incoming:
        show_import(*import_pls(project, incoming))
    if outgoing:
        export_pls(read_lexicon(project), outgoing)
        say(f"Wrote {outgoing}. Patterns have no place in PLS and are left out.")
    if not incoming and not outgoing:
        show_lexicon(read_lexicon(project))
    return 0


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
