"""The table of editions a publication comes in.

A new edition is one module, one template folder, one line here, one golden. Writers are named,
not imported: a build with nothing to do must not wait for libraries it does not use.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from leafcast.document.publication import Lack, is_for_readers
from leafcast.execution.lazy import named
from leafcast.site.parts import SitePart

if TYPE_CHECKING:
    from leafcast.document.publication import Publication
    from leafcast.practice.project import Practice

WriteEdition = Callable[["Publication", Path], tuple[Path, ...]]
"""Writes an edition's files into a folder and returns their paths.

Raises LeafcastError, or OSError where a file cannot be written."""


FindLack = Callable[["Publication"], Lack | None]
"""What keeps an edition from being made on this machine, if anything does."""


@dataclass(frozen=True, slots=True)
class Edition:
    """How an edition is made, and what decides its content besides the article.

    `writer` is `module:function`; what that comes to run and to open is found out (`build.keys`).
    `pace` names how fast the narration is that it needs, one of `PACES`; "" where it needs none.
    One made `on_request` is made when it is named, and from then on kept up to date. `needs` is
    a `FindLack`, as `module:function`: where it finds one, the edition is not made, an older one
    is kept, and the owner is told how to have it. One that does not `show_text` is heard alone:
    marks for print do not concern it.
    One that `plays` another edition's sound is made after it, and never without it. Of the others
    it `holds` the files of those named, each as `edition` or `edition:how its name ends`, or
    `names_all` that are for readers: it is made as soon as they are there, and made anew when one
    of these files changes.
    """

    writer: str
    pace: str = ""
    on_request: bool = False
    needs: str = ""
    show_text: bool = True
    plays: str = ""
    holds: tuple[str, ...] = ()
    names_all: bool = False

    @property
    def entails(self) -> frozenset[str]:
        """The editions that are made with it: what it plays, and what it holds."""
        held = (each.partition(":")[0] for each in self.holds)
        return frozenset(filter(None, (self.plays, *held)))

    @property
    def needed(self) -> str:
        """The edition that it cannot be made without, whose sound is in it; "" if none is."""
        return self.plays if self.plays in self.holds else ""

    @property
    def waits_for(self) -> frozenset[str]:
        """The editions whose files decide what is in it."""
        if not self.names_all:
            return self.entails
        return frozenset(
            name for name, each in EDITIONS.items() if is_for_readers(name) and not each.names_all
        )

    def heeds(self, edition: str, path: str) -> bool:
        """Whether a file that another edition made decides what is in it."""
        if self.names_all:
            return edition in self.waits_for
        held = (each.partition(":") for each in self.holds)
        return any(name == edition and path.endswith(end) for name, _, end in held)

    @property
    def needs_sound(self) -> bool:
        """Whether it needs a narration."""
        return bool(self.pace)

    def write(self, publication: Publication, folder: Path) -> tuple[Path, ...]:
        """Write the files of this edition into `folder`; see `WriteEdition`."""
        return cast("WriteEdition", named(self.writer))(publication, folder)

    def lack(self, publication: Publication) -> Lack | None:
        """What keeps this edition of `publication` from being made here; see `FindLack`."""
        return cast("FindLack", named(self.needs))(publication) if self.needs else None


def _print(function: str) -> Edition:
    return Edition(writer=f"leafcast.print.editions:{function}")


def _sound(function: str, pace: str = "usual") -> Edition:
    return Edition(writer=f"leafcast.narration.editions:{function}", pace=pace, show_text=False)


def _book(name: str, *holds: str) -> Edition:
    return Edition(
        writer=f"leafcast.books.{name}:write_{name}",
        pace="usual",
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
    "test-sheet": Edition(writer="leafcast.print.test_sheet:write_test_sheet"),
    "pictures": Edition(
        writer="leafcast.print.pictures:write_pictures",
        holds=(
            "booklet:-booklet.pdf",
            "trifold:-trifold.pdf",
            "a4",
            "large-print",
            "dyslexia:-dyslexia.pdf",
        ),
        show_text=False,
    ),
    "braille": Edition(
        writer="leafcast.braille.editions:write_braille",
        needs="leafcast.braille.liblouis:lack",
    ),
    "sections": _sound("write_sections"),
    "episode": _sound("write_episode"),
    "slower": _sound("write_slower", "slower"),
    "epub": _book("epub", "a4:-a4.pdf", "booklet:-booklet.pdf"),
    "daisy": _book("daisy"),
    "page": Edition(
        writer="leafcast.page.page:write_page", pace="usual", plays="episode", names_all=True
    ),
}


def turned_off(practice: Practice) -> frozenset[str]:
    """The editions that the practice does without; what was made of them is taken away."""
    return frozenset() if practice.sound.slower else frozenset({"slower"})


def heard_editions() -> frozenset[str]:
    """The editions that are nothing without sound; a page without it has its words."""
    return frozenset(
        name
        for name, each in EDITIONS.items()
        if each.needs_sound and (each.needed or not each.show_text)
    )


SITE: dict[str, SitePart] = {
    "podcast": SitePart(
        "leafcast.site.podcast:write_podcast",
        editions=("episode", "sections"),
    ),
    "library": SitePart(
        "leafcast.site.library:write_library",
        parts=("podcast",),
    ),
    "hosting": SitePart("leafcast.site.hosting:write_hosting", parts=("library",)),
    "sitemap": SitePart("leafcast.site.sums:write_sitemap", editions=("page",)),
    "sums": SitePart(
        "leafcast.site.sums:write_sums",
        parts=("podcast", "library", "hosting", "sitemap"),
        files=True,
    ),
}
