"""Is the feed what podcast apps ask for (PSP-1), and true to the files beside it?

The Podcast Standards Project's specification, version 1: what a channel and an item must and
should have. There is no validator for it, so this is one; it reads the feed as an app would.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final
from urllib.parse import unquote
from xml.etree import ElementTree as XML

from leafcast.checks.cures import ANEW
from leafcast.document.report import Finding, Place, Severity
from leafcast.page.downloads import FEED
from leafcast.page.media import media_type, seconds_of
from leafcast.practice.project import PRACTICE_FILE
from leafcast.site.paging import first_name
from leafcast.site.parts import Site
from leafcast.site.podcast import (
    ATOM,
    ITUNES,
    PODCAST,
    SECTIONS_FEED,
    feed_guid,
)
from leafcast.site.show_notes import MOST_DESCRIPTION_BYTES
from leafcast.state.hashes import file_hash

CHANNEL: Final = {
    f"{{{ATOM}}}link[@rel='self']": "atom:link rel=self",
    "title": "title",
    "description": "description",
    "link": "link",
    "language": "language",
    f"{{{ITUNES}}}category[@text]": "itunes:category",
    f"{{{ITUNES}}}explicit": "itunes:explicit",
    f"{{{ITUNES}}}image[@href]": "itunes:image",
    f"{{{PODCAST}}}locked": "podcast:locked",
    f"{{{PODCAST}}}guid": "podcast:guid",
    f"{{{ITUNES}}}author": "itunes:author",
}
"""What a channel must have, the last three what it should."""
ITEM: Final = {
    "title": "title",
    "enclosure": "enclosure",
    "guid": "guid",
    "link": "link",
    "pubDate": "pubDate",
    "description": "description",
    f"{{{ITUNES}}}duration": "itunes:duration",
    f"{{{ITUNES}}}explicit": "itunes:explicit",
}
"""What an item must have (the first three), or should."""
WITH_EMAIL: Final = 'To list it there, write email = "…" under [contact], and build again'
COVER_PX: Final = (1400, 3000)
TRANSCRIPT_TYPES: Final = ("text/vtt", "application/x-subrip", "application/json", "text/html")
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def check_podcast(site: Site, dist: Path) -> Iterator[Finding]:
    """A finding for everything an app could stumble over."""
    for name in (FEED, SECTIONS_FEED):
        for path in sorted(dist.glob(name.replace(".", "*."))):
            if first_name(path.name) == name:
                place = Place(f"dist/{path.name}")
                for words in FeedReader(site.project.practice.published, dist, path.name).faults():
                    yield Finding("feed-fault", Severity.ERROR, words, ANEW, place)
    if (dist / FEED).exists() and not site.project.practice.contact.email:
        words = "The podcast names no e-mail address, to which Apple and Spotify send the code "
        words += "with which you claim it as yours"
        place = Place(PRACTICE_FILE)
        yield Finding("podcast-without-email", Severity.ADVICE, words, WITH_EMAIL, place)


class FeedReader:
    """Reads one feed of dist/, whose files are published at an address."""

    def __init__(self, website: str, dist: Path, name: str) -> None:
        self.website = f"{website.rstrip('/')}/"
        self.dist = dist
        self.root = dist.resolve()
        self.name = name

    def faults(self) -> Iterator[str]:
        """What is wrong, each in words."""
        content = (self.dist / self.name).read_bytes()
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            yield "It declares entities"
            return
        try:
            channel = XML.fromstring(content).find("channel")
        except XML.ParseError as error:
            yield f"It is not XML: {error}"
            return
        if channel is None:
            yield "It has no channel"
            return
        yield from self.channel(channel)
        guids = [item.findtext("guid", "") for item in channel.findall("item")]
        for guid in {guid for guid in guids if guids.count(guid) > 1}:
            yield f"Two items have the guid {guid}"
        for item in channel.findall("item"):
            title = item.findtext("title", "")
            for fault in self.item(item):
                yield f"“{title}”: {fault}"

    # ------------------------------------------------------------ the channel

    def channel(self, channel: XML.Element) -> Iterator[str]:
        """What the channel lacks, or says wrongly."""
        for path, name in CHANNEL.items():
            element = channel.find(path)
            if element is None or not ((element.text or "").strip() or element.attrib):
                yield f"The channel has no {name}"
        address = self.address_of(channel.find(f"{{{ATOM}}}link[@rel='self']"))
        if address != f"{self.website}{self.name}":
            yield f"atom:link says it lies at {address or 'no address'}"
        first = f"{self.website}{first_name(self.name)}"
        if channel.findtext(f"{{{PODCAST}}}guid") != str(feed_guid(first)):
            yield "podcast:guid is not that of its address"
        for link in channel.findall(f"{{{ATOM}}}link"):
            if self.path_of(self.address_of(link)) is None:
                yield f"The page {self.address_of(link)} is not there"
        if not LANGUAGE.fullmatch(channel.findtext("language", "")):
            yield f"“{channel.findtext('language')}” is no language"
        yield from _description(channel)
        cover = channel.find(f"{{{ITUNES}}}image")
        yield from self.picture(cover.get("href", "") if cover is not None else "")

    def address_of(self, link: XML.Element | None) -> str:
        """Where a link leads."""
        return link.get("href", "") if link is not None else ""

    def picture(self, address: str) -> Iterator[str]:
        """What is wrong with a cover: square, 1400 to 3000 pixels, RGB, JPEG or PNG (Apple)."""
        from PIL import Image, UnidentifiedImageError

        path = self.path_of(address)
        if path is None:
            yield f"The cover is not there: {address}"
            return
        try:
            with Image.open(path) as picture:
                low, high = COVER_PX
                if picture.format not in ("JPEG", "PNG") or picture.mode != "RGB":
                    yield f"The cover is {picture.format} in {picture.mode}, not JPEG or PNG in RGB"
                if picture.width != picture.height or not low <= picture.width <= high:
                    yield f"The cover is {picture.width} × {picture.height} pixels"
        except UnidentifiedImageError:
            yield f"The cover is no picture: {address}"

    def path_of(self, address: str) -> Path | None:
        """The file in dist/ that an address of ours leads to, if it is there."""
        inside = unquote(address.removeprefix(self.website))
        path = (self.root / inside).resolve()
        ours = address.startswith(self.website) and path.is_relative_to(self.root)
        return path if ours and path.is_file() else None

    # ------------------------------------------------------------ items

    def item(self, item: XML.Element) -> Iterator[str]:
        """What an item lacks, or says wrongly."""
        for path, name in ITEM.items():
            element = item.find(path)
            if element is None or not ((element.text or "").strip() or element.attrib):
                yield f"it has no {name}"
        yield from _description(item)
        yield from _date(item.findtext("pubDate", ""))
        enclosure = item.find("enclosure")
        if enclosure is not None:
            yield from self.enclosure(enclosure, item.findtext(f"{{{ITUNES}}}duration", ""))
        for image in item.findall(f"{{{ITUNES}}}image"):
            yield from self.picture(image.get("href", ""))
        for transcript in item.findall(f"{{{PODCAST}}}transcript"):
            yield from self.transcript(transcript)
        for chapters in item.findall(f"{{{PODCAST}}}chapters"):
            yield from self.chapters(chapters.get("url", ""))

    def enclosure(self, enclosure: XML.Element, duration: str) -> Iterator[str]:
        """Whether the sound is there, as long and as large as said, under a name of its own."""
        address = enclosure.get("url", "")
        path = self.path_of(address)
        if path is None:
            yield f"its sound is not there: {address}"
            return
        if enclosure.get("length") != str(size := path.stat().st_size):
            yield f"its length says {enclosure.get('length')} bytes; it has {size}"
        if enclosure.get("type") != media_type(path):
            yield f"its type says {enclosure.get('type')}; it is {media_type(path)}"
        if file_hash(path)[:10] not in path.name:
            yield f"its address is not that of these bytes: {path.name}"
        if not duration.isdecimal() or abs(int(duration) - (seconds_of(path) or 0)) > 1:
            yield f"its duration says {duration or 'nothing'}; it lasts {seconds_of(path)} s"

    def transcript(self, transcript: XML.Element) -> Iterator[str]:
        """Whether a transcript is there and of a known type."""
        if self.path_of(transcript.get("url", "")) is None:
            yield f"a transcript is not there: {transcript.get('url')}"
        if transcript.get("type") not in TRANSCRIPT_TYPES:
            yield f"{transcript.get('type')} is no type for a transcript"

    def chapters(self, address: str) -> Iterator[str]:
        """Whether the chapters are there, and rise (JSON chapters 1.2.0)."""
        path = self.path_of(address)
        if path is None:
            yield f"its chapters are not there: {address}"
            return
        try:
            stored = json.loads(path.read_bytes())
            starts = [float(each["startTime"]) for each in stored["chapters"]]
        except (ValueError, KeyError, TypeError):
            yield "its chapters cannot be read"
            return
        if starts != sorted(set(starts)) or not starts:
            yield "its chapters do not rise"


def _description(element: XML.Element) -> Iterator[str]:
    length = len(element.findtext("description", "").encode())
    if length > MOST_DESCRIPTION_BYTES:
        yield f"its description has {length} bytes, more than {MOST_DESCRIPTION_BYTES}"


def _date(written: str) -> Iterator[str]:
    try:
        if parsedate_to_datetime(written).tzinfo is None:
            yield f"“{written}” has no time zone"
    except ValueError:
        yield f"“{written}” is no date (RFC 2822)"
