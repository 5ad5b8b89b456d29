"""The table of editions a publication comes in; a row says all that there is to say of one.

A new edition is one module, one template folder, one row here, one golden; or a row of another
package (`execution.extensions`). Writers are named, not imported: a build with nothing to do must
not wait for libraries it does not use.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from leafcast.document.article import Article, without_text
from leafcast.document.publication import Missing
from leafcast.editions.files import FORMATS, Edge, Format, Listed, Printed, Use
from leafcast.execution.extensions import Table
from leafcast.execution.lazy import named
from leafcast.locale.language import marked
from leafcast.state.identity import Same

if TYPE_CHECKING:
    from leafcast.document.publication import Publication
    from leafcast.practice.project import Practice

WriteEdition = Callable[["Publication", Path], tuple[Path, ...]]
"""Writes an edition's files into a folder and returns their paths.

Raises LeafcastError, or OSError where a file cannot be written."""


FindMissing = Callable[["Publication"], Missing | None]
"""What keeps an edition from being made on this machine, if anything does."""


@dataclass(frozen=True, slots=True)
class Edition:
    """How an edition is made, and what decides its content besides the article.

    `writer` is `module:function`; what that comes to run and to open is found out (`build.keys`).
    `pace` names how fast the narration is that it needs, one of `PACES`; "" where it needs none.
    One made `on_request` is made when it is named, and from then on kept up to date. `needs` is
    a `FindMissing`, as `module:function`: where it finds one, the edition is not made, an older one
    is kept, and the owner is told how to have it. One that does not `show_text` is heard alone:
    marks for print do not concern it. One made `without_text` is given the article with none.
    One that `plays` another edition's sound is made after it, and never without it. Of the others
    it `holds` the files of those named, each as `edition` or `edition:how its name ends`, or
    `names_all` that are for readers, and the article that comes next: it is made as soon as they
    are there, and made anew when one of these files changes, or another article comes next. One
    that names all is made even if none that it holds could be.

    `files` say what readers find, `printed` what is printed of it and how; `form` is what the
    library calls it in a word or two. One that is not `for_readers` is the practice's own, and
    offered to nobody. `formats` are those that no other edition has, `checked_by` names further
    checks of the table that read it. `setting`, such as `sound.slower`, is the answer in
    practice.toml by which it is made; "" where it always is.
    """

    writer: str
    pace: str = ""
    on_request: bool = False
    needs: str = ""
    show_text: bool = True
    without_text: bool = False
    plays: str = ""
    holds: tuple[str, ...] = ()
    names_all: bool = False
    files: tuple[Listed, ...] = ()
    printed: tuple[Printed, ...] = ()
    form: str = ""
    for_readers: bool = True
    formats: tuple[Format, ...] = ()
    checked_by: tuple[str, ...] = ()
    setting: str = ""

    @property
    def made_with(self) -> frozenset[str]:
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
            return self.made_with
        return frozenset(name for name, each in EDITIONS.items() if each.is_named)

    @property
    def is_named(self) -> bool:
        """Whether those that name all that is for readers wait for it."""
        return self.for_readers and not self.names_all

    def depends_on(self, edition: str, path: str) -> bool:
        """Whether a file that another edition made decides what is in it."""
        if self.names_all:
            return edition in EDITIONS and EDITIONS[edition].is_named
        held = (each.partition(":") for each in self.holds)
        return any(name == edition and path.endswith(end) for name, _, end in held)

    @property
    def needs_sound(self) -> bool:
        """Whether it needs a narration."""
        return bool(self.pace)

    def given(self, article: Article) -> Article:
        """As much of an article as its writer is given, and as decides what it makes."""
        return _textless(Same(article)) if self.without_text else article

    def write(self, publication: Publication, folder: Path) -> tuple[Path, ...]:
        """Write the files of this edition into `folder`; see `WriteEdition`."""
        given = replace(publication, article=self.given(publication.article))
        return cast("WriteEdition", named(self.writer))(given, folder)

    def missing(self, publication: Publication) -> Missing | None:
        """What keeps this edition of `publication` from being made here; see `FindMissing`."""
        return cast("FindMissing", named(self.needs))(publication) if self.needs else None


@lru_cache(16)
def _textless(article: Same[Article]) -> Article:
    """The article with nothing of its text, the same object for the same article."""
    return without_text(article.value)


def _print(function: str, *files: Listed, printed: tuple[Printed, ...]) -> Edition:
    return Edition(writer=f"leafcast.print.editions:{function}", files=files, printed=printed)


def _folded(function: str, suffix: str, leaflet: str, screen: str, printed: Printed) -> Edition:
    """A leaflet to fold: `screen` is what its reading file is called, `leaflet` what is printed."""
    short = marked("{leaflet}, to print on both sides and fold, flipped on the short edge")
    long = marked("{leaflet}, to print on both sides and fold, flipped on the long edge")
    shop = marked("{leaflet}, for a print shop")
    return _print(
        function,
        Listed(rf"-{suffix}\.pdf", screen, Use.READ),
        Listed(rf"-{suffix}-print\.pdf", short, Use.PRINT, leaflet),
        Listed(rf"-{suffix}-print-long-edge\.pdf", long, Use.PRINT, leaflet),
        Listed(rf"-{suffix}-print-shop\.pdf", shop, Use.PRINT, leaflet),
        printed=(
            replace(printed, pattern=rf"-{suffix}-print\.pdf"),
            Printed(rf"-{suffix}-print-shop\.pdf", shop, leaflet=printed.words),
        ),
    )


def _stapled(pattern: str, words: str) -> Printed:
    """Pages of A4 to read as they are printed."""
    return Printed(
        pattern, words, Edge.LONG, marked("One staple, top left"), marked("Nothing more")
    )


def _sound(function: str, *files: Listed, pace: str = "usual", setting: str = "") -> Edition:
    writer = f"leafcast.narration.editions:{function}"
    return Edition(writer, pace=pace, show_text=False, files=files, setting=setting)


def _book(name: str, listed: Listed, *holds: str) -> Edition:
    return Edition(
        writer=f"leafcast.books.{name}:write_{name}",
        pace="usual",
        plays="sections",
        holds=("sections", *holds),
        files=(listed,),
    )


OWN: Final[dict[str, Edition]] = {
    "booklet": replace(
        _folded(
            "write_booklet",
            "booklet",
            marked("A5 booklet"),
            marked("A5 booklet, 14 point"),
            Printed("", marked("Booklet"), Edge.SHORT, marked("Fold, two staples"), marked("Fold")),
        ),
        form=marked("print"),
    ),
    "trifold": replace(
        _folded(
            "write_trifold",
            "trifold",
            marked("Three-panel leaflet"),
            marked("Three-panel leaflet, 12 point, a panel a page"),
            Printed(
                "",
                marked("Three-panel leaflet"),
                Edge.SHORT,
                marked("Fold in three"),
                usual=True,
            ),
        ),
        form=marked("print"),
    ),
    "z-fold": replace(
        _folded(
            "write_z_fold",
            "z-fold",
            marked("Z-fold leaflet"),
            marked("Z-fold leaflet, a panel a page"),
            Printed("", marked("Z-fold leaflet"), Edge.SHORT, marked("Fold like a Z")),
        ),
        on_request=True,
    ),
    "four-page": replace(
        _folded(
            "write_four_page",
            "four-page",
            marked("Four-page leaflet"),
            marked("Four-page leaflet"),
            Printed("", marked("Four-page leaflet"), Edge.SHORT, marked("Fold once")),
        ),
        on_request=True,
    ),
    "a4": replace(
        _print(
            "write_a4",
            Listed(r"-a4\.pdf", marked("A4 leaflet, 12 point"), Use.READ),
            printed=(_stapled(r"-a4\.pdf", marked("A4 leaflet")),),
        ),
        form=marked("print"),
    ),
    "large-print": replace(
        _print(
            "write_large_print",
            Listed(r"-large-print\.pdf", marked("Large print, {points} point"), Use.READ),
            Listed(r"-large-print-(\d+)\.pdf", marked("Large print, {points} point"), Use.READ),
            Listed(
                r"-large-print-high-contrast\.pdf",
                marked("Large print, {points} point, light on black"),
                Use.READ,
            ),
            printed=(
                _stapled(r"-large-print\.pdf", marked("Large print, {points} point")),
                _stapled(r"-large-print-(\d+)\.pdf", marked("Large print, {points} point")),
            ),
        ),
        form=marked("large print"),
    ),
    "dyslexia": _print(
        "write_dyslexia",
        Listed(r"-dyslexia\.pdf", marked("Dyslexia-friendly, 14 point, on cream"), Use.READ),
        Listed(
            r"-dyslexia-print\.pdf",
            marked("Dyslexia-friendly, 14 point, for cream paper"),
            Use.PRINT,
        ),
        printed=(
            Printed(
                r"-dyslexia-print\.pdf",
                marked("Dyslexia-friendly"),
                Edge.LONG,
                marked("One staple; cream paper"),
                marked("Cream paper"),
            ),
        ),
    ),
    "test-sheet": Edition(
        writer="leafcast.print.test_sheet:write_test_sheet", for_readers=False, without_text=True
    ),
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
        for_readers=False,
    ),
    "braille": Edition(
        writer="leafcast.braille.editions:write_braille",
        needs="leafcast.braille.liblouis:missing",
        files=(
            Listed(
                r"\.brf",
                marked("Braille, contracted (UEB grade 2), for an embosser or a display"),
                Use.FEEL,
            ),
            Listed(
                r"\.pef", marked("Braille, contracted (UEB grade 2), as a portable file"), Use.FEEL
            ),
        ),
        printed=(
            Printed(r"\.brf", marked("Braille"), then=marked("Ask {practice}"), asked_for=True),
        ),
        form=marked("braille"),
    ),
    "sections": _sound("write_sections", Listed(r"audio/.*")),  # listed by the sections themselves
    "episode": _sound(
        "write_episode",
        Listed(r"\.mp3", marked("The whole article"), Use.HEAR),
        Listed(r"\.m4b", marked("The whole article with chapters, as an audiobook"), Use.HEAR),
        Listed(r"\.opus", marked("The whole article, in a smaller file"), Use.HEAR),
        Listed(r"\.vtt", marked("The words with the times at which they are heard"), Use.FEEL),
        Listed(r"\.srt"),
    ),
    "slower": _sound(
        "write_slower",
        Listed(
            r"-slower\.(?:mp3|m4b|opus)", marked("The whole article, read more slowly"), Use.HEAR
        ),
        Listed(r"-slower.*"),
        pace="slower",
        setting="sound.slower",
    ),
    "epub": _book(
        "epub",
        Listed(r"\.epub", marked("E-book that reads itself aloud"), Use.READ),
        "a4:-a4.pdf",
        "booklet:-booklet.pdf",
    ),
    "daisy": _book("daisy", Listed(r"-daisy\.zip", marked("DAISY talking book"), Use.HEAR)),
    "page": Edition(
        writer="leafcast.page.page:write_page",
        pace="usual",
        plays="episode",
        holds=("sections",),
        names_all=True,
        files=(
            Listed(
                r"-offline\.html",
                marked("This page with its sound in one file, for a memory stick"),
                Use.READ,
            ),
        ),
    ),
}
"""Those of leafcast's own."""

EDITIONS: Final = Table("editions", Edition, OWN)
"""All there are, those of other packages last."""


def is_for_readers(edition: str) -> bool:
    """Whether an edition is for readers, and not for the practice alone."""
    return edition not in EDITIONS or EDITIONS[edition].for_readers


def format_of(name: str) -> Format | None:
    """The format of a file, by how its name ends; None where no edition has such."""
    every = chain(*(each.formats for each in EDITIONS.values()), FORMATS)
    return next((each for each in every if name.endswith(each.ending)), None)


def turned_off(practice: Practice) -> frozenset[str]:
    """The editions that the practice does without; what was made of them is taken away."""
    return frozenset(
        name
        for name, each in EDITIONS.items()
        if each.setting and not _answer(practice, each.setting)
    )


def _answer(practice: Practice, setting: str) -> bool:
    value: object = practice
    for part in setting.split("."):
        value = getattr(value, part)
    return bool(value)


def heard_editions() -> frozenset[str]:
    """The editions that are nothing without sound; a page without it has its words."""
    return frozenset(
        name
        for name, each in EDITIONS.items()
        if each.needs_sound and (each.needed or not each.show_text)
    )
