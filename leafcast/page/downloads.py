"""What a reader may take away: each published file in words, with its format, length and size.

A new edition needs no line here: a file that no row knows is called by its edition's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from leafcast.document.artifact import FileRecord
from leafcast.document.publication import Offer, is_for_readers
from leafcast.page.media import megabytes
from leafcast.practice.project import Leaflet

LIBRARY: Final = "index.html"
FEED: Final = "podcast.xml"
"""What is made of all articles together, above their folders."""

READ, PRINT, HEAR, FEEL = (
    "To read on a screen", "To print", "To listen to", "For braille displays and other devices",
)  # fmt: skip
GROUPS: Final = (HEAR, READ, PRINT, FEEL)

BOTH_SIDES: Final = "to print on both sides and fold"
FOLDED: Final = {
    "booklet": "A5 booklet",
    "trifold": "Three-panel leaflet",
    "z-fold": "Z-fold leaflet",
    "four-page": "Four-page leaflet",
}
FORMATS: Final = {
    ".pdf": "PDF", ".mp3": "MP3", ".m4b": "M4B", ".m4a": "M4A", ".opus": "Opus", ".epub": "EPUB",
    ".brf": "BRF", ".pef": "PEF", ".zip": "ZIP", ".html": "HTML", ".vtt": "WebVTT", ".srt": "SRT",
}  # fmt: skip
"""What a format is called; a file of another kind is not offered."""

ROWS: Final = (
    (r"-booklet\.pdf", READ, "A5 booklet, 14 point"),
    (r"-trifold\.pdf", READ, "Three-panel leaflet, 12 point, a panel a page"),
    (r"-z-fold\.pdf", READ, "Z-fold leaflet, a panel a page"),
    (r"-four-page\.pdf", READ, "Four-page leaflet"),
    (r"-a4\.pdf", READ, "A4 leaflet, 12 point"),
    (r"-large-print\.pdf", READ, "Large print, {first} point"),
    (r"-large-print-(\d+)\.pdf", READ, "Large print, {0} point"),
    (r"-large-print-high-contrast\.pdf", READ, "Large print, {first} point, light on black"),
    (r"-offline\.html", READ, "This page with its sound in one file, for a memory stick"),
    (r"-dyslexia\.pdf", READ, "Dyslexia-friendly, 14 point, on cream"),
    (r"-dyslexia-print\.pdf", PRINT, "Dyslexia-friendly, 14 point, for cream paper"),
    (r"-(booklet|trifold|z-fold|four-page)-print\.pdf", PRINT,
     "{Folded}, " + BOTH_SIDES + ", flipped on the short edge"),
    (r"-(booklet|trifold|z-fold|four-page)-print-long-edge\.pdf", PRINT,
     "{Folded}, " + BOTH_SIDES + ", flipped on the long edge"),
    (r"-(booklet|trifold|z-fold|four-page)-print-shop\.pdf", PRINT,
     "{Folded}, for a print shop"),
    (r"\.mp3", HEAR, "The whole article"),
    (r"\.m4b", HEAR, "The whole article with chapters, as an audiobook"),
    (r"\.opus", HEAR, "The whole article, in a smaller file"),
    (r"-slower\.(?:mp3|m4b|opus)", HEAR, "The whole article, read more slowly"),
    (r"-slower/.*", "", ""),
    (r"slower/.*", "", ""),
    (r"audio/.*", "", ""),
    (r"\.vtt", FEEL, "The words with the times at which they are heard"),
    (r"(-slower)?\.(?:vtt|srt)", "", ""),
    (r"\.epub", READ, "E-book that reads itself aloud"),
    (r"-daisy\.zip", HEAR, "DAISY talking book"),
    (r"\.brf", FEEL, "Braille, contracted (UEB grade 2), for an embosser or a display"),
    (r"\.pef", FEEL, "Braille, contracted (UEB grade 2), as a portable file"),
)  # fmt: skip
"""What a file is called, by what follows the article's name in its own, and where it stands.

One in no group is not listed: what is heard section by section has its place by the sections.
"""


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


def shelves(slug: str, offers: Iterable[Offer], leaflet: Leaflet) -> tuple[Shelf, ...]:
    """Everything that a reader may take away whole, by its use; a use with no file is left out."""
    found = tuple(_takeaways(slug, offers, leaflet))
    filled = (Shelf(name, tuple(each for group, each in found if group == name)) for name in GROUPS)
    return tuple(shelf for shelf in filled if shelf.files)


def _takeaways(
    slug: str, offers: Iterable[Offer], leaflet: Leaflet
) -> Iterator[tuple[str, Takeaway]]:
    for offer in offers:
        href = href_of(offer)
        if PurePosixPath(href).suffix not in FORMATS or not is_for_readers(offer.edition):
            continue
        group, words = _called(href.removeprefix(slug), offer, leaflet)
        if group:
            yield group, Takeaway(href, words, details(offer.file))


def section_files(offers: Iterable[Offer], titles: Mapping[int, str]) -> tuple[Takeaway, ...]:
    """The files of the edition `sections`, by the titles of its sections; their number, if none."""
    found = ((offer, re.match(r"audio/(\d+)-", href_of(offer))) for offer in offers)
    return tuple(
        Takeaway(
            href_of(offer),
            f"{int(number[1])}. {titles.get(int(number[1]), PurePosixPath(href_of(offer)).stem)}",
            details(offer.file),
        )
        for offer, number in found
        if number and offer.edition == "sections"
    )


def href_of(offer: Offer) -> str:
    """A file's address from the article's page."""
    return offer.file.path.partition("/")[2]


def _called(rest: str, offer: Offer, leaflet: Leaflet) -> tuple[str, str]:
    """A file's group and words."""
    for pattern, group, words in ROWS:
        if found := re.fullmatch(pattern, rest):
            folded = FOLDED.get(found[1], "") if found.groups() else ""
            return group, words.format(
                *found.groups(),
                first=leaflet.large_print[0],
                Folded=folded[:1].upper() + folded[1:],
            )
    name = offer.edition.replace("-", " ")
    return FEEL, name[:1].upper() + name[1:]


def details(file: FileRecord) -> str:
    """A file's format, pages or duration, and size, such as `PDF, 8 pages, 84 kB`."""
    kind = FORMATS.get(PurePosixPath(file.path).suffix, "")
    pages = f"{file.pages} page{'' if file.pages == 1 else 's'}" if file.pages else ""
    lasts = lasting(file.seconds) if file.seconds else ""
    return ", ".join(filter(None, (kind, pages, lasts, megabytes(file.bytes))))


def lasting(seconds: float) -> str:
    """A duration in words: 45 seconds, 6 minutes 5 seconds, 1 hour 2 minutes."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "hour"), (minutes, "minute"), (0 if hours else rest, "second"))
    return " ".join(f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in parts if n) or "0 seconds"


def minutes(seconds: float) -> str:
    """A duration in whole minutes, one at the least: 1 minute, 8 minutes.

    Whatever says minutes rounds them here, so that no two places disagree.
    """
    whole = whole_minutes(seconds)
    return f"{whole} minute{'' if whole == 1 else 's'}"


def whole_minutes(seconds: float) -> int:
    """The nearest whole minutes, one at the least."""
    return max(1, round(seconds / 60))


def clock(seconds: float) -> str:
    """A time as a player shows it: 2:41, 1:02:41."""
    left, rest = divmod(round(seconds), 60)
    hours, whole = divmod(left, 60)
    return f"{hours}:{whole:02}:{rest:02}" if hours else f"{whole}:{rest:02}"
