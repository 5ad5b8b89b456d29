"""`leafcast record`: the sheet to read from, in the folder where the recordings go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from leafcast.document.errors import ToolMissing
from leafcast.document.publication import Publication
from leafcast.narration.model import Script
from leafcast.narration.takes.choices import read_choices
from leafcast.narration.takes.files import takes_folder
from leafcast.narration.takes.listener import find_listener
from leafcast.narration.takes.names import sentence_names
from leafcast.narration.takes.narrators import Readers
from leafcast.narration.takes.recorded_article import Performance, perform, shown_folder
from leafcast.state.cache import Cache, write_beside

if TYPE_CHECKING:
    from leafcast.narration.telling import Telling


@dataclass(frozen=True, slots=True)
class Sheet:
    """A record sheet that was made: of what, where, and how many sentences are on it.

    There is no `path` where no sentence is to be read.
    """

    slug: str
    path: Path | None
    folder: Path
    sentences: int


def make_sheet(telling: Telling, path: Path | None, *, only_changed: bool) -> Sheet:
    """Write the record sheet of an article; with `only_changed`, of what is to be recorded again.

    Raises ToolMissing where nothing can listen for what changed, LayoutError, OSError.
    """
    from leafcast.print.record_sheet import write_record_sheet

    article, project = telling.article, telling.project
    folder = takes_folder(project, article.slug)
    performance = perform(telling, Cache(project.work / "cache")) if telling.takes else None
    only = frozenset(_again(performance)) if only_changed else None
    script = performance.telling.script if performance else _as_hers(telling)
    count = _count(script, only)
    if not count:
        return Sheet(article.slug, None, folder, 0)
    path = path or folder / f"record-{article.slug}.pdf"
    write_beside(path, write_record_sheet(Publication(article, project), script, only))
    return Sheet(article.slug, path, folder, count)


def _as_hers(telling: Telling) -> Script:
    """The script as it would be if she read all of it."""
    shown = shown_folder(telling.article.slug)
    person = read_choices(takes_folder(telling.project, telling.article.slug), shown).reader
    return replace(telling, readers=Readers(person, "all", voice=False)).script


def _again(performance: Performance | None) -> Iterator[str]:
    """The sentences of recorded sections that the voice says because she does not."""
    listener, lack = find_listener()
    if listener is None:
        raise ToolMissing(f"What changed cannot be heard: {lack}", "pip install 'leafcast[listen]'")
    for reading in performance.readings if performance else ():
        yield from reading.again


def _count(script: Script, only: frozenset[str] | None) -> int:
    names = (key for passage in script.passages for key in sentence_names(passage))
    return sum(only is None or key in only for key in names)
