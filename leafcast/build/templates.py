"""The templates that decide how something looks: those a program names, and those these lead to.

A template leads to others by what Jinja finds that it references, a style sheet by `@import` and
`url()`. Fonts are a folder that the program names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from posixpath import join, normpath
from typing import Final

from leafcast.practice.project import Project
from leafcast.state.cache import digest
from leafcast.state.hashes import file_hash
from leafcast.state.store import State

KIND: Final = "references"
FOLDER: Final = "templates"
MOST_READ: Final = 64
"""Templates whose references a process remembers."""
IN_STYLE: Final = re.compile(r"""(?:@import\s+|url\(\s*)["']?([^"')\s;]+)""")


class Templates:
    """The templates of a practice as they are now: its own over leafcast's."""

    def __init__(self, project: Project, state: State) -> None:
        self._state = state
        self._paths: Mapping[str, Path] = {
            path.relative_to(folder / FOLDER).as_posix(): path
            for folder in reversed(project.data)
            for path in sorted((folder / FOLDER).rglob("*"))
            if path.is_file()
        }
        self._leads: dict[str, tuple[str, ...]] = {}

    def digest(self, names: Iterable[str]) -> str:
        """The hash of the templates that these names (with `*` for any) lead to."""
        files = self.found(names)
        return digest(*(part for each in files for part in (each, file_hash(self._paths[each]))))

    def found(self, names: Iterable[str]) -> tuple[str, ...]:
        """The templates that these names lead to, relative to templates/."""
        ahead = {each for name in names for each in self._of(name.removeprefix(f"{FOLDER}/"))}
        seen: set[str] = set()
        while ahead:
            seen |= ahead
            ahead = {found for each in ahead for found in self._leads_to(each)} - seen
        return tuple(sorted(seen))

    def _of(self, name: str) -> Iterator[str]:
        """The files of a name: those that it fits, or all that are in the folder it is."""
        if name in self._paths:
            yield name
            return
        yield from (
            each
            for each in self._paths
            if each.startswith(f"{name}/") or ("*" in name and fnmatchcase(each, name))
        )

    def _leads_to(self, name: str) -> tuple[str, ...]:
        if name not in self._leads:
            path = self._paths[name]
            self._leads[name] = tuple(
                found
                for each in self._references(path)
                for tried in (each, normpath(join(name, "..", each)))
                for found in self._of(tried)
            )
        return self._leads[name]

    def _references(self, path: Path) -> tuple[str, ...]:
        """What a file names in itself, kept by its hash."""
        if path.suffix not in (".j2", ".css"):
            return ()
        key = file_hash(path)
        if (kept := self._state.read(KIND, key)) is not None:
            return tuple(json.loads(kept))
        text = path.read_text("utf-8", "replace")
        named = (*IN_STYLE.findall(text), *(_referenced(text) if path.suffix == ".j2" else ()))
        self._state.write(KIND, key, json.dumps(named).encode())
        return named


@lru_cache(MOST_READ)
def _referenced(text: str) -> tuple[str, ...]:
    """The templates that one references; any where it names one as it is filled.

    A worker of a cluster has a state for each article, and the same templates for all.
    """
    import jinja2
    from jinja2.meta import find_referenced_templates

    try:
        parsed = jinja2.Environment(autoescape=True).parse(text)
    except jinja2.TemplateSyntaxError:  # it is told when it is filled
        return ()
    return tuple(each or "*" for each in find_referenced_templates(parsed))
