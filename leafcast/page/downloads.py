"""What a reader may take away: each published file in words, with its format, length and size.

What a file is called, and where it stands, its edition says (`editions.table`); one that it does
not know is called by the edition's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from leafcast.document.artifact import FileRecord
from leafcast.document.publication import Offer
from leafcast.editions.files import Use
from leafcast.editions.table import EDITIONS, format_of, is_for_readers
from leafcast.locale.language import ENGLISH, Language
from leafcast.page.media import megabytes
from leafcast.practice.project import Leaflet

LIBRARY: Final = "index.html"
FEED: Final = "podcast.xml"
"""What is made of all articles together, above their folders."""


@dataclass(frozen=True, slots=True)
class Takeaway:
    """A file to take away: its address from the page, and the words of its link.

    `details` are its format, its pages or duration, and its size, such as `PDF, 8 pages, 84 kB`.
    """

    href: str
    words: str
    details: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files for one use, such as to print."""

    name: str
    files: tuple[Takeaway, ...]


def shelves(
    slug: str, offers: Iterable[Offer], leaflet: Leaflet, language: Language = ENGLISH
) -> tuple[Shelf, ...]:
    """Everything that a reader may take away whole, by its use; a use with no file is left out."""
    found = tuple(_takeaways(slug, offers, leaflet, language))
    filled = (
        Shelf(language.gettext(use), tuple(each for group, each in found if group is use))
        for use in Use
    )
    return tuple(shelf for shelf in filled if shelf.files)


def _takeaways(
    slug: str, offers: Iterable[Offer], leaflet: Leaflet, language: Language
) -> Iterator[tuple[Use, Takeaway]]:
    for offer in offers:
        href = href_of(offer)
        if not _format_name(href) or not is_for_readers(offer.edition):
            continue
        group, words = _called(href.removeprefix(slug), offer, leaflet, language)
        if group:
            yield group, Takeaway(href, words, details(offer.file, language))


def section_files(
    offers: Iterable[Offer], titles: Mapping[int, str], language: Language = ENGLISH
) -> tuple[Takeaway, ...]:
    """The files of the edition `sections`, by the titles of its sections; their number, if none."""
    found = ((offer, re.match(r"audio/(\d+)-", href_of(offer))) for offer in offers)
    return tuple(
        Takeaway(
            href_of(offer),
            f"{int(number[1])}. {titles.get(int(number[1]), PurePosixPath(href_of(offer)).stem)}",
            details(offer.file, language),
        )
        for offer, number in found
        if number and offer.edition == "sections"
    )


def href_of(offer: Offer) -> str:
    """A file's address from the article's page."""
    return offer.file.path.partition("/")[2]


def _called(
    rest: str, offer: Offer, leaflet: Leaflet, language: Language
) -> tuple[Use | None, str]:
    """A file's use and words."""
    edition = EDITIONS.get(offer.edition)
    for listed in edition.files if edition else ():
        if found := re.fullmatch(listed.pattern, rest):
            points = found[1] if found.groups() else leaflet.large_print[0]
            named = language.gettext(listed.leaflet) if listed.leaflet else ""
            words = language.gettext(listed.words) if listed.words else ""
            return listed.use, words.format(points=points, leaflet=named)
    name = offer.edition.replace("-", " ")
    return Use.FEEL, name[:1].upper() + name[1:]


def _format_name(path: str) -> str:
    found = format_of(path)
    return found.name if found else ""


def details(file: FileRecord, language: Language = ENGLISH) -> str:
    """A file's format, pages or duration, and size, such as `PDF, 8 pages, 84 kB`."""
    count = file.pages or 0
    pages = language.ngettext("{count} page", "{count} pages", count).format(count=count)
    lasts = lasting(file.seconds, language) if file.seconds else ""
    told = (_format_name(file.path), pages if count else "", lasts, megabytes(file.bytes))
    return ", ".join(filter(None, told))


def lasting(seconds: float, language: Language = ENGLISH) -> str:
    """A duration in words: 45 seconds, 6 minutes 5 seconds, 1 hour 2 minutes."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    told = (
        language.ngettext("{n} hour", "{n} hours", hours).format(n=hours) if hours else "",
        language.ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
        if minutes
        else "",
        language.ngettext("{n} second", "{n} seconds", rest).format(n=rest)
        if (rest and not hours) or not (hours or minutes)
        else "",
    )
    return " ".join(filter(None, told))


def minutes(seconds: float, language: Language = ENGLISH) -> str:
    """A duration in whole minutes, one at the least: 1 minute, 8 minutes.

    Whatever says minutes rounds them here, so that no two places disagree.
    """
    whole = whole_minutes(seconds)
    return language.ngettext("{n} minute", "{n} minutes", whole).format(n=whole)


def whole_minutes(seconds: float) -> int:
    """The nearest whole minutes, one at the least."""
    return max(1, round(seconds / 60))


def clock(seconds: float) -> str:
    """A time as a player shows it: 2:41, 1:02:41."""
    left, rest = divmod(round(seconds), 60)
    hours, whole = divmod(left, 60)
    return f"{hours}:{whole:02}:{rest:02}" if hours else f"{whole}:{rest:02}"
