"""How quick a test is: `unit` (pure), `build` (lays out, voices or builds), or `integration`.

Nobody has to say so: a test that runs other programs has the mark `integration`; one whose file
imports what lays out or builds, or that asks for a publication, is a `build`; all others are `unit`.
A mark of its own on a test wins. The quick ones come first.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Final

SPEEDS: Final = ("unit", "build", "integration")
SLOW: Final = frozenset({
    "leafcast.build.pipeline", "leafcast.commands.cli", "leafcast.print.layout",
    "leafcast.print.editions", "leafcast.print.test_sheet", "leafcast.print.folding.folded",
    "benchmarks.kills", "leafcast.editions.table", "leafcast.narration.voices.kokoro", "leafcast.studio.studio",
    "leafcast.narration.sound.at_level", "subprocess",
})  # fmt: skip
"""What a file imports that lays out, voices or builds, or starts processes."""
PUBLISHED: Final = frozenset({"published", "built", "house"})
"""Fixtures that are whole publications."""


def speed(marks: Collection[str], imports: Iterable[str], fixtures: Collection[str]) -> str:
    """How quick a test is; `marks` are those it has of its own, `imports` those of its file."""
    own = [each for each in SPEEDS if each in marks]
    if own:
        return own[-1]
    slow = any(name in SLOW or name.rpartition(".")[0] in SLOW for name in imports)
    return "build" if slow or not PUBLISHED.isdisjoint(fixtures) else "unit"


@cache
def imports_of(path: Path) -> frozenset[str]:
    """The dotted names that a file of tests imports, in its functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{each.name}" for each in node.names}
    return frozenset(found)
