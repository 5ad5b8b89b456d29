"""Mutants of the program that decides what is made: how many do its tests kill?

Cosmic Ray (`pip install leafcast[mutants]`) changes one operator, comparison, number, decorator or
loop of a module at a time, in a copy of the checkout, and `benchmarks.jury` lets the tests of that
module judge it. A mutant that differs in its annotations alone is none. The same seed draws the
same mutants.
"""

from __future__ import annotations

import ast
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import chdir, suppress
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.many import SEED
from benchmarks.measures import Figure

if TYPE_CHECKING:
    from cosmic_ray.work_item import MutationSpec

ROOT: Final = Path(__file__).parents[1]
LEFT_OUT: Final = (".*", "__pycache__", "dist", "node_modules")
JUDGES: Final[dict[str, tuple[str, ...]]] = {
    "leafcast/build/plan.py": ("keys", "schedule", "verdict"),
    "leafcast/build/keys.py": ("keys", "extensions"),
    "leafcast/build/schedule.py": ("schedule", "keys"),
    "leafcast/state/blobs.py": ("blobs",),
    "leafcast/state/cache.py": ("cache", "blobs", "sweep"),
    "leafcast/state/canonical.py": ("canonical", "keys"),
    "leafcast/state/hashes.py": ("hashes", "keys"),
    "leafcast/state/identity.py": ("identity", "keys"),
    "leafcast/state/imports.py": ("keys", "extensions"),
    "leafcast/state/manifest.py": ("manifest", "publishing"),
    "leafcast/state/store.py": ("store",),
    "leafcast/state/uses.py": ("sweep",),
}
"""The modules, each with the files of tests/ that hold it to what it promises."""
GOAL: Final = 0.9


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one change: where it is, and how it reads then."""

    module: str
    where: str
    lines: tuple[int, int]
    source: str


def mutants(times: int = 200, seed: int = SEED) -> Iterator[Figure]:
    """Mutants drawn at random, and the share of them that tests kill; `--times` says how many."""
    with tempfile.TemporaryDirectory(prefix="leafcast-mutants-") as name:
        copy = Path(name) / "leafcast"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
        with chdir(copy):
            there = [each for module in JUDGES for each in mutants_of(module)]
            drawn = random.Random(seed).sample(there, min(times, len(there)))
            survived = sum(_survivors(module, drawn) for module in JUDGES)
    yield Figure("mutants there are", len(there), "")
    yield Figure("mutants tried", len(drawn), "")
    yield Figure("share that tests kill", 1 - survived / len(drawn), "", least=GOAL)


def mutants_of(module: str) -> list[Mutant]:
    """Every mutant of a module that runs otherwise than the module does."""
    from cosmic_ray.commands import init
    from cosmic_ray.work_db import WorkDB, use_db

    with use_db(f"{Path(module).stem}.sqlite", WorkDB.Mode.create) as session:
        init([Path(module)], session, {})
        found = [each for item in session.work_items for each in item.mutations]
    return [each for spec in sorted(found, key=str) for each in _mutant(spec)]


def _mutant(spec: MutationSpec) -> Iterator[Mutant]:
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    source = spec.module_path.read_text("utf-8")
    operator = get_operator(spec.operator_name)(**spec.operator_args)
    lines = spec.start_pos[0], spec.end_pos[0]
    with suppress(SyntaxError, AttributeError):  # no program, or it cannot be made: `except a.b`
        mutated = mutate_code(source, operator, spec.occurrence)
        if mutated and without_types(mutated) != without_types(source):
            yield Mutant(str(spec.module_path), spec.definition_name or "", lines, mutated)


def without_types(source: str) -> str:
    """What a module says but for its annotations, which nothing reads as it runs."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant("")
    return ast.dump(tree)


def _survivors(module: str, drawn: Iterable[Mutant]) -> int:
    """How many of the mutants of a module survive its tests; each is printed.

    Raises CalledProcessError where tests fail without any mutant.
    """
    mine, survived = [each for each in drawn if each.module == module], 0
    for mutant, killed in zip(mine, _killed(module, mine), strict=True):
        if not killed:
            survived += 1
            print(f"    survived: {mutant.where}", *_difference(mutant), sep="\n", flush=True)
    print(f"    {module}: {survived} of {len(mine)} survived", flush=True)
    return survived


def _killed(module: str, mine: list[Mutant]) -> Iterator[bool]:
    """What `benchmarks.jury` says of each."""
    if not mine:
        return
    tests = [f"tests/test_{name}.py" for name in JUDGES[module]]
    with tempfile.TemporaryDirectory(prefix="leafcast-jury-") as work:
        asked = Path(work) / "mutants.json"
        asked.write_text(json.dumps([[*each.lines, each.source] for each in mine]), "utf-8")
        command = [sys.executable, "-m", "benchmarks.jury", module, str(asked), *tests]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as jury:
            yield from map(json.loads, jury.stdout or ())
        if jury.returncode:
            raise subprocess.CalledProcessError(jury.returncode, command)


def _difference(mutant: Mutant) -> Iterator[str]:
    before, after = ROOT / mutant.module, mutant.source.splitlines()
    return unified_diff(before.read_text("utf-8").splitlines(), after, n=0, lineterm="")
