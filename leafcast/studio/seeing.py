"""The leaflet as a picture while it is written: laid out in a process of its own.

Laying out takes a second of one core and a hundred megabytes; the studio itself stays quick and
small. Only the newest words are laid out: what was asked for before is not waited for.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Final

from leafcast.document.errors import LeafcastError
from leafcast.document.publication import Publication
from leafcast.execution.workers import end_workers, open_workers
from leafcast.practice.project import load_project
from leafcast.print.folding.folded import decide, over_words
from leafcast.print.folding.panels import TRIFOLD
from leafcast.print.imposition.folds import TRIFOLD as TRIFOLD_FOLD
from leafcast.print.imposition.impose import impose
from leafcast.print.imposition.sheets import OFFICE
from leafcast.print.layout import lay_out
from leafcast.print.typesetting import A4, large_print
from leafcast.readers.folder import read_source
from leafcast.studio.versions import Version, Versions

FORMS: Final = ("trifold", "a4", "large-print")
WIDTH_PX: Final = 1240
"""Enough for a picture that is shown half as wide on a screen with two dots a pixel."""
MOST_PAGES: Final = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """A form of the leaflet as pictures (PNG), page after page; and whether its words fit.

    `over` are the words too many for a trifold, `spare` those there is room for, `left_out` the
    headings of what leafcast would leave out. `words` say why there is no picture.
    """

    pictures: tuple[bytes, ...] = ()
    over: int = 0
    spare: int = 0
    left_out: tuple[str, ...] = ()
    words: str = ""


def look(folder: Path, file: Path, form: str) -> Seen:
    """A form of the article in `file`, as it stands there: in the practice's `folder`, or in
    another that holds its sources as they were.
    """
    try:
        project = load_project(file.parent.parent)
        project = replace(project, data=tuple(dict.fromkeys((folder.resolve(), *project.data))))
        article = read_source(project, file).article
        if article is None:
            return Seen(words="There is nothing to show yet. Write a title and a few words.")
        publication = Publication(article, project)
        return _trifold(publication) if form == "trifold" else _pages(publication, form)
    except LeafcastError as error:
        return Seen(words=error.message)


def ready() -> None:
    """Nothing but that all is imported."""
    import weasyprint  # noqa: F401


def _trifold(publication: Publication) -> Seen:
    """Both sides of the trifold's sheet, as they are before it is folded; inside first."""
    decision = decide(publication, TRIFOLD)
    left_out = tuple(section.heading.text for section in decision.left_out)
    if decision.over:
        words = over_words(decision.over, TRIFOLD)[0]
        enough = tuple(section.heading.text for section in decision.over.enough)
        return Seen(over=decision.over.words, left_out=enough, words=words)
    pdf = lay_out(replace(publication, article=decision.article), decision.setting)
    outside, inside = _pictures(impose(pdf, TRIFOLD_FOLD, OFFICE[0]), 2)
    return Seen((inside, outside), spare=decision.spare, left_out=left_out)


def _pages(publication: Publication, form: str) -> Seen:
    leaflet = publication.project.practice.leaflet
    setting = A4 if form == "a4" else large_print(leaflet)[0]
    return Seen(tuple(_pictures(lay_out(publication, setting), MOST_PAGES)))


def _pictures(pdf: bytes, most: int) -> list[bytes]:
    """The first pages of a PDF as PNG."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    pictures = []
    for at in range(min(most, len(document))):
        page = document[at]
        picture = page.render(scale=WIDTH_PX / page.get_width()).to_pil()
        held = BytesIO()
        picture.save(held, "PNG", compress_level=1)
        pictures.append(held.getvalue())
    document.close()
    return pictures


@dataclass(slots=True)
class Viewer:
    """Keeps the newest pictures of each article and form; lays out one at a time."""

    folder: Path
    kept: dict[tuple[str, str], tuple[str, Seen]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    pool: Executor | None = None

    def seen(self, file: Path, form: str, version: Callable[[], str]) -> Seen:
        """The form of the article as it is; made where it is not the one that is kept.

        Raises BrokenExecutor where the process that lays out came to an end.
        """

        def made() -> Seen:
            return self._pool().submit(look, self.folder, file, form).result()

        return self._kept(file.name, form, version, made)

    def then(self, version: Version, slug: str, versions: Versions) -> Seen:
        """The trifold as it was in a version; its first pages where it did not fit on one.

        Raises as `seen` does, and OSError where there is no room.
        """

        def made() -> Seen:
            with TemporaryDirectory() as there:
                file = versions.write_into(Path(there), version, slug)
                seen = Seen()
                for form in FORMS[:2]:
                    pages = self._pool().submit(look, self.folder, file, form).result()
                    seen = replace(pages, words=seen.words or pages.words)
                    if seen.pictures:
                        break
                return seen

        return self._kept(f"{slug}.{version.number}", FORMS[0], lambda: "", made)

    def _kept(
        self, name: str, form: str, version: Callable[[], str], made: Callable[[], Seen]
    ) -> Seen:
        with self.lock:
            now = version()
            kept = self.kept.get((name, form))
            if kept is None or kept[0] != now:
                self.kept[name, form] = kept = (now, made())
                while len(self.kept) > len(FORMS):
                    del self.kept[next(iter(self.kept))]
            return kept[1]

    def warm(self) -> None:
        """Begin the process that lays out, so that the first picture need not wait for it."""
        with self.lock:
            self._pool().submit(ready)

    def close(self) -> None:
        """End the process."""
        if self.pool:
            end_workers(self.pool)

    def _pool(self) -> Executor:
        if self.pool is None:
            self.pool = open_workers(1, ("leafcast.studio.seeing",))
        return self.pool
