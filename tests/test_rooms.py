"""The house's plan: arrows between rooms run downwards, no circle is anywhere, names are not shared."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOMS = (
    "locale", "document", "execution", "practice", "state", "editions", "design", "readers", "starting",
    "narration", "markup", "print", "page", "books", "braille", "site", "checks", "build",
    "studio", "commands",
)  # fmt: skip
"""From the ground up: a room knows those that stand before it, and none that comes after."""
DOORS = {"leafcast", "leafcast.__main__"}
"""What stands in no room: the package, and `python -m leafcast`."""
FOR_TYPES = {
    ("checks", "build"),  # `Keys`, which say whether a verdict still holds
    ("document", "narration"),  # a Publication holds its Narration
    ("document", "practice"),  # and the Project it is of
}
"""Rooms that a lower one names in its types alone: nothing of them runs there."""
SAME_NAMES = {
    "abbreviations": "words cut short: where sentences do not end, and how they are said",
    "align": "words held against words",
    "blocks": "the blocks of an article, by file kind and as they are said",
    "clips": "clips of sound: kept, and in a book",
    "editions": "what writes the files of a room's editions, and the table of them",
    "facts": "title, author and dates, by file kind",
    "files": "the files of an edition, or of a recording",
    "html": "Article → HTML, for all and for paper",
    "kinds": "by which finding what is met in a file is told",
    "layout": "lines and pages, of ink and of dots",
    "left_out": "what of a file is no text of the article",
    "markdown": "Markdown, read and witnessed",
    "own_pictures": "the logo and the portrait of the practice",
    "page": "a web page: made, read, witnessed",
    "palette": "colours: of the practice, and of its page",
    "parts": "what is made of all articles together, and the table of it",
    "passages": "passages of an article: in braille, and in a file",
    "pictures": "pictures: read, made ready, drawn",
    "reader": "the reader of a file kind",
    "table": "a table of rows that say all there is of one choice",
    "tables": "tables, by file kind and on paper",
    "text": "plain text: of a page, witnessed, written",
    "titles": "titles: of a page that is read, and set on paper",
    "word": "Word files: read, and witnessed",
    "words": "words: spoken, heard, in braille",
}
"""Names that modules of several rooms share, and the one thing they all are. A command is called
like what it shows and a check like what it checks, so these may share any."""


def _modules(root: Path) -> dict[str, Path]:
    """Every module in the folder of a package, by its dotted name."""
    return {
        ".".join(path.relative_to(root.parent).with_suffix("").parts).removesuffix(
            ".__init__"
        ): path
        for path in sorted(root.rglob("*.py"))
    }


MODULES = _modules(ROOT / "leafcast")


@cache
def statements(source: str) -> tuple[tuple[str, str, bool], ...]:
    """The imports of a source, in functions too: module, name in it, whether for types alone."""
    tree = ast.parse(source)
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    found: list[tuple[str, str, bool]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += ((each.name, "", id(node) in for_types) for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += ((node.module, each.name, id(node) in for_types) for each in node.names)
    return tuple(found)


def imported(source: str, known: Collection[str], *, types: bool = False) -> Iterator[str]:
    """Modules of `known` that run when `source` runs; or those that it names for types alone."""
    for module, name, for_types in statements(source):
        if for_types is types:
            whole = f"{module}.{name}"
            yield whole if whole in known else module


def arrows(modules: Mapping[str, Path], *, types: bool = False) -> dict[str, set[str]]:
    """What each module imports of the others."""
    return {
        name: {
            each
            for each in imported(path.read_text("utf-8"), modules, types=types)
            if each != name and each in modules
        }
        for name, path in modules.items()
    }


def upwards(known: Mapping[str, set[str]], rooms: tuple[str, ...]) -> list[tuple[str, str]]:
    """The arrows from a room to one that stands above it."""
    heights = {room: height for height, room in enumerate(rooms)}
    return [
        (name, each)
        for name, knows in known.items()
        for each in sorted(knows)
        if {name, each}.isdisjoint(DOORS) and heights[_room(name)] < heights[_room(each)]
    ]


def _room(module: str) -> str:
    return module.split(".")[1]


def circle(known: Mapping[str, set[str]]) -> list[str]:
    """Modules that import each other in a circle; none where there is no circle."""
    # A room's first file may name what is in it, which in turn lies below that file.
    further = {
        name: {e for e in knows if not name.startswith(f"{e}.")} for name, knows in known.items()
    }
    try:
        TopologicalSorter(further).prepare()
    except CycleError as found:
        return [str(each) for each in found.args[1]]
    return []


def shared_names(modules: Collection[str]) -> set[str]:
    """Last names that several modules have, but for those of commands and checks."""
    owners = defaultdict(set)
    for name in modules:
        if name not in DOORS and _room(name) not in {"commands", "checks"} and name.count(".") > 1:
            owners[name.rpartition(".")[2]].add(name)
    return {name for name, each in owners.items() if len(each) > 1}


ARROWS = arrows(MODULES)


def test_every_module_stands_in_a_room() -> None:
    assert {_room(name) for name in MODULES if name not in DOORS} == set(ROOMS)
    top = [path.name for path in (ROOT / "leafcast").glob("*.py")]
    assert sorted(top) == ["__init__.py", "__main__.py"]


def test_no_module_knows_a_room_above_its_own() -> None:
    assert not upwards(ARROWS, ROOMS)


def test_types_of_a_room_above_are_named_where_they_must_be() -> None:
    found = upwards(arrows(MODULES, types=True), ROOMS)
    assert {(_room(name), _room(each)) for name, each in found} == FOR_TYPES


def test_no_circle_is_anywhere() -> None:
    assert not circle(ARROWS)


def test_one_name_is_one_thing() -> None:
    assert shared_names(MODULES) == set(SAME_NAMES)


HOLDS_PDFS = "leafcast.checks.pdf"
BESIDE_IT = {
    "leafcast.checks.wording": "words as they are compared",
    "leafcast.design.colours": "contrast",
    "leafcast.design.direction": "which way words run",
    "leafcast.design.glyphs": "which letters are the same",
    "leafcast.design.inks": "what printed colours look like",
    "leafcast.design.oklch": "and how light and strong a colour is",
}
"""What a package that holds PDFs against articles would take along, besides the rooms below."""


def test_what_holds_a_pdf_against_an_article_could_be_a_package_of_its_own() -> None:
    own = {name for name in MODULES if name.startswith(HOLDS_PDFS)}
    known, asked = set(own), list(own)
    while asked:
        found = ARROWS[asked.pop()] - known
        known |= found
        asked += found
    others = {name for name in known - own if name.split(".")[1] not in {"document", "locale"}}
    assert others == set(BESIDE_IT)
    named = arrows({name: MODULES[name] for name in own}, types=True)
    assert not any(named.values())  # nor for types


# ---------------------------------------------------------------- the rules can fail


def small_house(folder: Path, **sources: str) -> dict[str, Path]:
    """A package with a module for each source; `_` stands for the dot between room and module."""
    for name, source in sources.items():
        room, _, module = name.partition("_")
        path = folder / "leafcast" / room / f"{module or '__init__'}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
    return _modules(folder / "leafcast")


IN_A_FUNCTION = "def late():\n    from leafcast.top import higher\n"
FOR_TYPE = (
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from leafcast.top import higher\n"
)


@pytest.mark.parametrize(
    ("lower", "expected"),
    [
        ("import leafcast.top.higher", True),
        ("from leafcast.top.higher import thing", True),
        ("from leafcast.top import higher", True),
        (IN_A_FUNCTION, True),
        (FOR_TYPE, False),
        ("import json", False),
    ],
)
def test_an_arrow_upwards_is_seen(tmp_path: Path, lower: str, expected: bool) -> None:
    modules = small_house(tmp_path, low_ground=lower, top_higher="")
    found = upwards(arrows(modules), ("low", "top"))
    assert found == ([("leafcast.low.ground", "leafcast.top.higher")] if expected else [])
    down = small_house(tmp_path / "b", low_ground="", top_higher="import leafcast.low.ground")
    assert not upwards(arrows(down), ("low", "top"))


def test_an_arrow_for_types_alone_is_seen(tmp_path: Path) -> None:
    modules = small_house(tmp_path, low_ground=FOR_TYPE, top_higher="")
    assert upwards(arrows(modules, types=True), ("low", "top"))


def test_a_circle_is_seen(tmp_path: Path) -> None:
    modules = small_house(
        tmp_path,
        a_first="from leafcast.a import second",
        a_second="def late():\n    from leafcast.a.third import x",
        a_third="import leafcast.a.first",
    )
    assert set(circle(arrows(modules))) == {f"leafcast.a.{n}" for n in ("first", "second", "third")}


def test_a_room_that_names_what_is_in_it_is_no_circle(tmp_path: Path) -> None:
    sources = {"a": "from leafcast.a import first", "a_first": "from leafcast.a import b"}
    assert not circle(arrows(small_house(tmp_path, **sources)))


def test_a_shared_name_is_seen() -> None:
    names = ["leafcast.a.thing", "leafcast.b.thing", "leafcast.checks.thing", "leafcast.a.other"]
    assert shared_names(names) == {"thing"}
    assert not shared_names(names[1:])
