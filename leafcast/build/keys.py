"""What a task is made from besides what it is given: the program, templates and libraries it uses.

Nothing is listed by hand. The modules that its function comes to run, the packages that these
import and the files that they name are found in the source; templates and style sheets lead to
others. A module that is one of a table's choices (a voice) counts where it is chosen.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

from leafcast.build.libraries import Libraries
from leafcast.build.templates import Templates
from leafcast.narration.telling import Telling
from leafcast.narration.voices import VOICES, engine_of
from leafcast.practice.project import Project
from leafcast.state.cache import digest
from leafcast.state.imports import Closure, Program, read_installed
from leafcast.state.store import State

GIVEN: Final = (
    "leafcast.document.publication",
    "leafcast.practice.project",
    "leafcast.document.article",
)
"""What every edition is given, whatever types its module names."""
NARRATE: Final = "leafcast.narration.narrate"
RECORDED: Final = ("leafcast.narration.takes.recorded_article", "leafcast.narration.voices.take")
"""What looks recordings over and joins them; it does nothing where there are none."""
CHOSEN: Final = frozenset((*(each.module for each in VOICES.values()), *RECORDED))
"""Modules that decide something where they are chosen, and nothing elsewhere."""


class Keys:
    """The hashes of what tasks of a project use, as it is now; each is reckoned once."""

    def __init__(
        self,
        project: Project,
        state: State,
        program: Program | None = None,
        libraries: Libraries | None = None,
    ) -> None:
        self._project = project
        self._state = state
        self._given = program, libraries
        self._hashes: dict[str, dict[str, str]] = {}

    @cached_property
    def program(self) -> Program:
        """The modules of leafcast."""
        return self._given[0] or read_installed()

    @cached_property
    def libraries(self) -> Libraries:
        """What is installed on this machine."""
        return self._given[1] or Libraries()

    @cached_property
    def templates(self) -> Templates:
        """The templates of the practice."""
        return Templates(self._project, self._state)

    def closure(self, function: str, telling: Telling | None = None) -> Closure:
        """All that `module:function` may run, with the narration it needs where there is one."""
        entries = {function.partition(":")[0], *GIVEN}
        if telling is None:
            return self.program.closure(entries, CHOSEN)
        chosen = {engine_of(voice).module for voice in telling.cast.voices}
        chosen.update(RECORDED if telling.takes else ())
        return self.program.closure({NARRATE, *entries, *chosen}, CHOSEN - chosen)

    def of(self, function: str, telling: Telling | None = None) -> dict[str, str]:
        """The hash of the templates, the program and the packages that `function` uses."""
        closure = self.closure(function, telling)
        if closure.program not in self._hashes:
            self._hashes[closure.program] = {
                "templates": self.templates.digest(closure.files),
                "program": closure.program,
                "packages": digest(*self.libraries.versions(closure.packages, closure.modules)),
            }
        return self._hashes[closure.program]

    def rules(self, function: str) -> str:
        """The hash of all that decides what a check finds, but for what it reads."""
        closure = self.program.closure({function.partition(":")[0]}, CHOSEN)
        return digest(closure.program, *self.libraries.versions(closure.packages, closure.modules))
