"""Mutants of the program that decides what is made: how many do its tests kill?

Cosmic Ray (`pip install leafcast[mutants]`) changes one operator, comparison, number, decorator or
loop of a module at a time, in a copy of the checkout, and lets the tests of that module judge it:
each in a process of its own, as they pass where nothing is changed. A mutant that differs in its
annotations alone is none. The same seed draws the same mutants.
"""

from __future__ import annotations

import ast
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
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
    "leafcast/build/schedule.py": ("schedule", "pipeline"),
    "leafcast/state/blobs.py": ("blobs",),
    "leafcast/state/cache.py": ("cache", "blobs", "sweep"),
    "leafcast/state/canonical.py": ("keys",),
    "leafcast/state/hashes.py": ("hashes", "keys"),
    "leafcast/state/identity.py": ("keys",),
    "leafcast/state/imports.py": ("keys", "extensions"),
    "leafcast/state/manifest.py": ("manifest", "publishing"),
    "leafcast/state/store.py": ("store",),
    "leafcast/state/uses.py": ("sweep",),
}
"""The modules, each with the files of tests/ that hold it to what it promises."""
SECONDS: Final = 300
"""A mutant under which tests take longer counts as killed."""
GOAL: Final = 0.9


def mutants(times: int = 200, seed: int = SEED) -> Iterator[Figure]:
    """Mutants drawn at random, and the share of them that tests kill; `--times` says how many."""
    with tempfile.TemporaryDirectory(prefix="leafcast-mutants-") as name:
        copy = Path(name) / "leafcast"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
        with chdir(copy):
            there = [each for module in JUDGES for each in _mutants_of(module)]
            drawn = random.Random(seed).sample(there, min(times, len(there)))
            survived = sum(_survives(module, drawn) for module in JUDGES)
    yield Figure("mutants there are", len(there), "")
    yield Figure("mutants tried", len(drawn), "")
    yield Figure("share that tests kill", 1 - survived / len(drawn), "", least=GOAL)


def _mutants_of(module: str) -> list[MutationSpec]:
    """Every mutant of a module that runs otherwise than the module does."""
    from cosmic_ray.commands import init
    from cosmic_ray.work_db import WorkDB, use_db

    with use_db(f"{Path(module).stem}.sqlite", WorkDB.Mode.create) as session:
        init([Path(module)], session, {})
        found = [each for item in session.work_items for each in item.mutations]
    return sorted((each for each in found if _runs_otherwise(each)), key=str)


def _runs_otherwise(mutant: MutationSpec) -> bool:
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    source = mutant.module_path.read_text("utf-8")
    operator = get_operator(mutant.operator_name)(**mutant.operator_args)
    try:
        mutated = mutate_code(source, operator, mutant.occurrence)
        return bool(mutated) and without_types(mutated) != without_types(source)
    except (SyntaxError, AttributeError):  # it is no program, or cannot be made: `except a.b`
        return False


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


def _survives(module: str, drawn: list[MutationSpec]) -> int:
    """How many of the mutants of a module survive its tests; each is printed.

    Raises AssertionError where tests fail without any mutant.
    """
    from cosmic_ray.mutating import mutate_and_test
    from cosmic_ray.testing import run_tests
    from cosmic_ray.work_item import TestOutcome

    mine = [each for each in drawn if str(each.module_path) == module]
    tests = " ".join(f"tests/test_{name}.py" for name in JUDGES[module])
    command = f"{sys.executable} -m pytest -q -x -p no:cacheprovider {tests}"
    outcome, told = run_tests(command, SECONDS) if mine else (TestOutcome.SURVIVED, "")
    assert outcome is TestOutcome.SURVIVED, told
    survived = 0
    for mutant in mine:
        result = mutate_and_test([mutant], command, SECONDS)
        if not result.is_killed:
            survived += 1
            print(f"    survived: {mutant.definition_name}\n{result.diff}", flush=True)
    print(f"    {module}: {survived} of {len(mine)} survived", flush=True)
    return survived
