"""Which modules of leafcast decide what a function gives, by what its module imports.

Imports are read from the source, those inside functions too, and names of tables that are imported
when they are needed (`module:function`). A package's own `__init__` counts where something is
imported from it, not for lying above a module. What a module opens by the name of a template is
found with them (`build.templates` looks those up).
"""

from __future__ import annotations

import ast
import json
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from leafcast.execution.extensions import brought_modules, brought_packages
from leafcast.practice.project import PACKAGE
from leafcast.state.cache import Cache, digest, user_folder
from leafcast.state.hashes import SETTLED_NS, FileState, read_hash, state_of

KIND: Final = "program"
EDITIONS: Final = "leafcast.editions.table"
"""What it names counts where it is chosen; but words of rows that packages bring stand on pages."""
FILE_NAME: Final = re.compile(r"[\w.-]+(/[\w.*-]+)*/[\w.*-]*[\w.-][\w.*-]*")
"""A file's name in a folder, with `*` for what is put in as the program runs; where that is all of
the name, whoever puts it in says which file."""


@dataclass(frozen=True, slots=True)
class Module:
    """What is known of one module: its file's state and hash, the dotted names that it imports of
    leafcast, the packages of others, and the files in folders that it names.
    """

    state: FileState
    sha256: str
    imports: tuple[str, ...]
    packages: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Closure:
    """All that a function may run: the modules, their hash, the packages that these import, and
    the files that they name.
    """

    program: str
    modules: frozenset[str]
    packages: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(slots=True)
class Program:
    """The modules of leafcast as they are now, by their dotted names."""

    modules: Mapping[str, Module]
    _closures: dict[tuple[frozenset[str], frozenset[str]], Closure] = field(
        default_factory=dict, compare=False
    )

    def closure(self, entries: Iterable[str], without: Iterable[str] = ()) -> Closure:
        """What these modules come to run, but for what only modules of `without` bring in."""
        asked = (frozenset(entries), frozenset(without))
        if asked not in self._closures:
            self._closures[asked] = self._close(*asked)
        return self._closures[asked]

    def _close(self, entries: frozenset[str], without: frozenset[str]) -> Closure:
        seen: set[str] = set()
        ahead = {name for name in map(self._module_of, entries - without) if name}
        while ahead:
            seen |= ahead
            found = {self._module_of(each) for name in ahead for each in self.modules[name].imports}
            ahead = {name for name in found if name} - seen - without
        known = [self.modules[name] for name in sorted(seen)]
        return Closure(
            digest(*(part for name in sorted(seen) for part in (name, self.modules[name].sha256))),
            frozenset(seen),
            tuple(sorted({each for module in known for each in module.packages})),
            tuple(sorted({each for module in known for each in module.files})),
        )

    def _module_of(self, dotted: str) -> str:
        """The module that a dotted name leads to: itself, or the one that the name is of."""
        while dotted and dotted not in self.modules:
            dotted = dotted.rpartition(".")[0]
        return dotted


def read_program(folder: Path = PACKAGE) -> Program:
    """The program in `folder`; modules that were not touched since are not read again.

    What is known of it is kept for the user, for it is the same for all practices.
    """
    store, key = Cache(user_folder()), digest(read_hash(Path(__file__)), str(folder))
    known = _known(store, key)
    modules = {name: _look_at(path, name, known) for name, path in _paths(folder)}
    if modules != known:
        stored = {
            name: [list(each.state), each.sha256, each.imports, each.packages, each.files]
            for name, each in modules.items()
        }
        with suppress(OSError):
            store.write(KIND, key, json.dumps(stored).encode())
    return Program(modules)


def read_installed() -> Program:
    """The program with the packages that bring rows to its tables (`execution.extensions`)."""
    modules = dict(read_program().modules)
    for package in brought_packages():
        found = find_spec(package)
        if found and found.origin:
            path = Path(found.origin)
            folder = path.parent if found.submodule_search_locations else path
            for name, module in read_program(folder).modules.items():
                modules[name] = replace(module, packages=(*module.packages, package))
    table = modules[EDITIONS]
    rows = brought_modules("editions")
    modules[EDITIONS] = replace(table, imports=(*table.imports, *rows))
    return Program(modules)


def _paths(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every module in the package `folder`, or the one that it is, by its dotted name."""
    if folder.is_file():
        yield folder.stem, folder
    above = len(str(folder.parent)) + 1
    for inside, folders, names in os.walk(folder):  # strings: hundreds are looked at in each build
        folders[:] = [each for each in folders if each != "__pycache__"]
        package = inside[above:].replace(os.sep, ".")
        for name in names:
            if name.endswith(".py"):
                stem = name.removesuffix(".py")
                yield package if stem == "__init__" else f"{package}.{stem}", Path(inside, name)


def _known(store: Cache, key: str) -> dict[str, Module]:
    stored = store.read(KIND, key)
    if stored is None:
        return {}
    found: dict[str, list[Any]] = json.loads(stored)
    return {
        name: Module(tuple(state), sha256, *(tuple(each) for each in rest))
        for name, (state, sha256, *rest) in found.items()
    }


def _look_at(path: Path, name: str, known: Mapping[str, Module]) -> Module:
    state, before = state_of(path), known.get(name)
    settled = time.time_ns() - max(state[1:3]) > SETTLED_NS
    if before and before.state == state and settled:
        return before
    sha256 = read_hash(path)
    if before and before.sha256 == sha256:
        return Module(state, sha256, before.imports, before.packages, before.files)
    return Module(state, sha256, *read_module(path.read_bytes(), name, path.stem == "__init__"))


# ---------------------------------------------------------------- one module


def read_module(
    source: bytes, name: str, is_package: bool = False
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """What the module `name` imports of its own package, of others, and the files that it names."""
    tree = ast.parse(source)
    tops = {name.partition(".")[0], PACKAGE.name}
    package = name if is_package else name.rpartition(".")[0]
    for_types = {id(node) for block in _type_blocks(tree) for node in ast.walk(block)}
    imports: set[str] = set()
    packages: set[str] = set()
    for node in ast.walk(tree):
        for dotted in _imported(node, package):
            if dotted.partition(".")[0] in tops:
                imports.add(dotted)
            elif id(node) not in for_types:  # a type of another package decides nothing
                packages.add(dotted.partition(".")[0])
    texts = tuple(_texts(tree))
    if name != EDITIONS:
        named = (text.partition(":")[0] for text in texts if re.match(r"\w+[.:]", text))
        imports |= {each for each in named if each.partition(".")[0] in tops}
    files = {text for text in texts if FILE_NAME.fullmatch(text)}
    packages -= sys.stdlib_module_names
    return tuple(sorted(imports)), tuple(sorted(packages)), tuple(sorted(files))


def _type_blocks(tree: ast.Module) -> Iterator[ast.stmt]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            yield from node.body


def _imported(node: ast.AST, package: str) -> Iterator[str]:
    """The dotted names that a statement imports; of `from a import b`, which may be a module."""
    if isinstance(node, ast.Import):
        yield from (each.name for each in node.names)
    elif isinstance(node, ast.ImportFrom):
        above = package.rsplit(".", node.level - 1)[0] if node.level else ""
        base = ".".join(filter(None, (above, node.module)))
        yield from (f"{base}.{each.name}" for each in node.names)


def _texts(tree: ast.Module) -> Iterator[str]:
    """The texts in a module but for its docstrings, `*` where something is put in."""
    constants = dict(_constants(tree))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) in said:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(_part(each, constants) for each in node.values)


def _part(node: ast.expr, constants: Mapping[str, str]) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    inner = node.value if isinstance(node, ast.FormattedValue) else node
    return constants.get(inner.id, "*") if isinstance(inner, ast.Name) else "*"


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The names of the module that stand for a text."""
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield from ((each.id, value.value) for each in targets if isinstance(each, ast.Name))
