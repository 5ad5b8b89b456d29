"""The files of editions: what a format is, what readers are told that a file is for, how it is
printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from leafcast.locale.language import marked


class Use(StrEnum):
    """What a reader does with a file, in the words that stand above the list, in their order."""

    HEAR = marked("To listen to")
    READ = marked("To read on a screen")
    PRINT = marked("To print")
    FEEL = marked("For braille displays and other devices")


@dataclass(frozen=True, slots=True)
class Listed:
    """Files of an edition as readers find them: `pattern` is what follows the article's name in
    theirs, `words` what they are called. Those of no `use` are not listed.

    In `words`, {points} is the first group of the pattern, or else the first size of large print,
    and {leaflet} is `leaflet`. Both are English, and are put into the reader's language.
    """

    pattern: str
    words: str = ""
    use: Use | None = None
    leaflet: str = ""


class Edge(StrEnum):
    """The edge of the paper on which a printer is to turn it, in the words of who prints."""

    SHORT = marked("Short edge")
    LONG = marked("Long edge")


@dataclass(frozen=True, slots=True)
class Printed:
    """Files of an edition that are printed, as who prints them finds them: `pattern`, `words` and
    `leaflet` are those of `Listed`. Of two that print alike, the one that is `usual` stands first.

    `then` is done with the sheets, or `alone` where there is one. Those without an `edge` are sent
    to a print shop; those `asked_for` are not printed by a reader or a desk, but had by asking.
    """

    pattern: str
    words: str
    edge: Edge | None = None
    then: str = marked("Send the shop this file")
    alone: str = ""
    leaflet: str = ""
    usual: bool = False
    asked_for: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """What files are whose names end so: their media type (IANA, and the podcast namespace's), and
    what the format is called; one without a name is not offered to readers.
    """

    ending: str
    media_type: str
    name: str = ""


FORMATS: Final = (
    Format(".pdf", "application/pdf", "PDF"),
    Format(".mp3", "audio/mpeg", "MP3"),
    Format(".m4b", "audio/mp4", "M4B"),
    Format(".opus", "audio/ogg", "Opus"),
    Format(".vtt", "text/vtt", "WebVTT"),
    Format(".srt", "application/x-subrip", "SRT"),
    Format("-chapters.json", "application/json+chapters"),
    Format(".json", "application/json"),
    Format(".epub", "application/epub+zip", "EPUB"),
    Format(".zip", "application/zip", "ZIP"),
    Format(".png", "image/png"),
    # BRF has no registered type; this one is common, and no browser shows its ASCII as words.
    Format(".brf", "application/x-brf", "BRF"),
    Format(".pef", "application/x-pef+xml", "PEF"),  # PEF 1.0: the value of its own dc:format
    Format(".jpg", "image/jpeg"),
    Format(".webp", "image/webp"),
    Format(".html", "text/html", "HTML"),
    Format(".css", "text/css"),  # without its type a browser takes no style from a server
    Format(".js", "text/javascript"),
    Format(".xml", "application/xml"),
    Format(".svg", "image/svg+xml"),
    Format(".woff2", "font/woff2"),
)
"""Of two whose endings fit, the first counts."""
