"""Notes of Markdown that nothing calls: they have no place in the text, so they are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from leafcast.readers.rewriting import Kind, Left

NOTE: Final = re.compile(
    r"^ {0,3}\[\^(?P<label>[^\]\s]+)\]:"
    r"(?P<words>[^\n]*(?:\n(?![ \t]*\n| {0,3}\[\^[^\]\s]+\]:)[^\n]+"
    r"|(?:\n[ \t]*)+\n(?: {4}|\t)[^\n]+)*)",
    re.M,
)
"""A note: its label, its lines, and the paragraphs set in below it."""
FENCE: Final = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.M)


def uncalled_notes(body: str, above: int) -> Iterator[Left]:
    """The notes of `body`, which has `above` lines over it, that nothing in it calls."""
    if "[^" not in body or FENCE.search(body):
        return
    for note in NOTE.finditer(body):
        if not re.search(rf"\[\^{re.escape(note['label'])}\](?!:)", body):
            line = above + body.count("\n", 0, note.start()) + 1
            yield Left(Kind.UNCALLED, " ".join(note["words"].split()), line)
