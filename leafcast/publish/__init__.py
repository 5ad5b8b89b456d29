"""The table of editions a publication comes in.

A new edition is one module, one template folder, one line here, one golden. Writers are named,
not imported: a build with nothing to do must not wait for libraries it does not use.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from leafcast.project import Practice
    from leafcast.publish.model import Publication

WriteEdition = Callable[["Publication", Path], tuple[Path, ...]]
"""Writes an edition's files into a folder and returns their paths.

The folders of the editions made before it in the same build stand beside that folder.

Raises LeafcastError, or OSError where a file cannot be written."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Why an edition cannot be made here, and what would help; no fault of the article's."""

    message: str
    fix: str


FindLack = Callable[["Publication"], Lack | None]
"""What keeps an edition from being made on this machine, if anything does."""


WAVES: Final = 3
"""In how many waves editions are made: what stands alone, what holds that, what names it all."""


@dataclass(frozen=True, slots=True)
class Edition:
    """How an edition is made, and what decides its content besides the article.

    `writer` is `module:function`. `reads` are templates and data, as `Project.find` knows them;
    `rooms` the parts of the program and `packages` the libraries whose change makes it anew.
    `pace` names how fast the narration is that it needs, one of `PACES`; "" where it needs none.
    One made `on_request` is made when it is named, and from then on kept up to date. `needs` is
    a `FindLack`, as `module:function`: where it finds one, the edition is not made, an older one
    is kept, and the owner is told how to have it. One that does not `show_text` is heard alone:
    marks for print do not concern it.
    One that `plays` another edition's sound is made after it, and never without it. Of the others
    it `holds` the files of those named, each as `edition` or `edition:how its name ends`, or names
    the files of all: it is made after them, and made anew when one of these files changes.
    """

    writer: str
    pace: str
    reads: tuple[str, ...]
    rooms: tuple[str, ...]
    packages: tuple[str, ...]
    on_request: bool = False
    needs: str = ""
    show_text: bool = True
    plays: str = ""
    holds: tuple[str, ...] = ()

    @property
    def wave(self) -> int:
        """When it is made: after those whose files it holds, or last of all."""
        if not self.plays:
            return 0
        return WAVES - 2 if self.holds else WAVES - 1

    @property
    def entails(self) -> frozenset[str]:
        """The editions it cannot be made without."""
        held = (each.partition(":")[0] for each in self.holds)
        return frozenset(filter(None, (self.plays, *held)))

    def heeds(self, edition: str, path: str) -> bool:
        """Whether a file that another edition made before decides what is in it."""
        if not self.holds:
            return EDITIONS[edition].wave < self.wave
        held = (each.partition(":") for each in self.holds)
        return any(name == edition and path.endswith(end) for name, _, end in held)

    @property
    def needs_sound(self) -> bool:
        """Whether it needs a narration."""
        return bool(self.pace)

    def write(self, publication: Publication, folder: Path) -> tuple[Path, ...]:
        """Write the files of this edition into `folder`; see `WriteEdition`."""
        return cast("WriteEdition", _named(self.writer))(publication, folder)

    def lack(self, publication: Publication) -> Lack | None:
        """What keeps this edition of `publication` from being made here; see `FindLack`."""
        return cast("FindLack", _named(self.needs))(publication) if self.needs else None


def _named(function: str) -> object:
    """The function called `module:function`."""
    module, name = function.split(":")
    return getattr(importlib.import_module(module), name)


SYSTEM_LIBRARIES = {"liblouis": "leafcast.braille.liblouis:version"}
"""Libraries of the system that editions name among their packages: what tells their version."""


def system_version(library: str) -> str:
    """The version of one of `SYSTEM_LIBRARIES`; "" where it is missing."""
    return cast("Callable[[], str]", _named(SYSTEM_LIBRARIES[library]))()


LAYOUT = ("weasyprint", "pydyf", "fonttools", "jinja2", "segno", "pikepdf", "pillow")
DRAWN = (
    "model.py", "colours.py", "motif.py", "pictures.py", "publish/text.py", "publish/html.py",
)  # fmt: skip


LETTERS = ("leaflet/direction.py", "leaflet/fonts.py", "leaflet/themes.py")


def _print(function: str, *rooms: str, module: str = "editions") -> Edition:
    return Edition(
        writer=f"leafcast.leaflet.{module}:{function}",
        pace="",
        reads=("templates/leaflet", "templates/shared"),
        rooms=("leaflet", *DRAWN, *rooms),
        packages=(*LAYOUT, "pypdfium2") if module == "pictures" else LAYOUT,
    )


def _sound(function: str, pace: str = "usual") -> Edition:
    return Edition(
        writer=f"leafcast.narration.editions:{function}",
        pace=pace,
        reads=("templates/shared",),
        rooms=("narration", "model.py", "motif.py"),
        packages=("numpy", "pydub", "imageio-ffmpeg", "pillow"),
        show_text=False,
    )


PAGE = Edition(
    writer="leafcast.publish.page:write_page",
    pace="usual",
    reads=("templates/page", "templates/shared"),
    rooms=("publish", "narration", "model.py", "colours.py", "motif.py", "pictures.py", *LETTERS),
    packages=("jinja2", "markupsafe", "fonttools", "brotli", "pillow"),
    plays="episode",
)


WRITTEN = (
    "model.py", "colours.py", "pictures.py", "days.py", "leaflet/direction.py",
    "leaflet/pictures.py", "publish/html.py", "publish/palette.py", "publish/reach.py",
    "publish/measure.py",
)  # fmt: skip


def _book(name: str, *holds: str, packages: tuple[str, ...] = ()) -> Edition:
    return Edition(
        writer=f"leafcast.books.{name}:write_{name}",
        pace="usual",
        reads=(f"templates/{name}", "templates/shared"),
        rooms=("books", "narration", *WRITTEN),
        packages=("jinja2", "markupsafe", "pillow", *packages),
        plays="sections",
        holds=("sections", *holds),
    )


EDITIONS: dict[str, Edition] = {
    "booklet": _print("write_booklet"),
    "trifold": _print("write_trifold"),
    "z-fold": replace(_print("write_z_fold"), on_request=True),
    "four-page": replace(_print("write_four_page"), on_request=True),
    "a4": _print("write_a4"),
    "large-print": _print("write_large_print"),
    "dyslexia": _print("write_dyslexia"),
    "test-sheet": _print("write_test_sheet", "readers"),
    "pictures": _print("write_pictures", module="pictures"),
    "braille": Edition(
        writer="leafcast.braille.editions:write_braille",
        pace="",
        reads=(),
        rooms=("braille", "model.py", "days.py", "publish/html.py"),
        packages=("liblouis",),
        needs="leafcast.braille.liblouis:lack",
    ),
    "sections": _sound("write_sections"),
    "episode": _sound("write_episode"),
    "slower": _sound("write_slower", "slower"),
    "epub": _book("epub", "a4:-a4.pdf", "booklet:-booklet.pdf", packages=("pikepdf", "pypdfium2")),
    "daisy": _book("daisy"),
    "page": PAGE,
}


def turned_off(practice: Practice) -> frozenset[str]:
    """The editions that the practice does without; what was made of them is taken away."""
    return frozenset() if practice.sound.slower else frozenset({"slower"})
