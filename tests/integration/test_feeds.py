"""Feeds and transcripts as others read them: feedparser, podcast-partytime, the W3C's WebVTT parser."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_to_bytes
from xml.etree import ElementTree as XML

import feedparser
import pytest

from leafcast.document.report import Report
from leafcast.page.media import seconds_of
from leafcast.practice.project import load_project
from leafcast.readers.folder import read_articles
from leafcast.site.parts import Site, shelve
from leafcast.site.podcast import PODCAST, feed, feed_guid, section_episodes, whole_episodes
from leafcast.site.show_notes import show_notes
from leafcast.state.manifest import read_manifest
from tests.conftest import ARTICLE
from tests.integration.npm import read_by_partytime, webvtt_faults

pytestmark = pytest.mark.integration
HOME = "https://example.org"
FEEDS = {"podcast.xml": whole_episodes, "podcast-sections.xml": section_episodes}


@pytest.fixture(scope="module")
def site(published: Path) -> Site:
    """The publications, as the feeds are made of them."""
    project = load_project(published)
    return shelve(project, read_articles(project, Report()), read_manifest(project.dist))


@pytest.fixture
def spoilt(site: Site, tmp_path: Path) -> Path:
    """A copy of the feed, to spoil."""
    return Path(shutil.copy(site.project.dist / "podcast.xml", tmp_path))


# ---------------------------------------------------------------- what the publication says


@dataclass(frozen=True, slots=True)
class Item:
    """One episode: `transcripts` are address, type, language, and what it is to the sound."""

    title: str
    guid: str
    link: str
    published: date
    words: str
    author: str
    number: int
    sound: tuple[str, int, str]
    seconds: int
    picture: str = ""
    transcripts: tuple[tuple[str, str, str, str], ...] = ()
    chapters: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Feed:
    """A channel and its episodes, the newest first."""

    title: str
    address: str
    website: str
    language: str
    author: str
    picture: str
    guid: str
    medium: str
    licence: str
    items: tuple[Item, ...]


def as_published(site: Site, name: str) -> Feed:
    """The feed called `name` as articles and files on the disk say it must be."""
    practice = site.project.practice
    title = practice.podcast.title + (": section by section" if "sections" in name else "")
    return Feed(
        title, f"{HOME}/{name}", HOME, "en-GB", practice.name, f"{HOME}/podcast/cover.jpg",
        str(feed_guid(f"{HOME}/{name}")), "podcast", "CC-BY-NC-4.0", tuple(_items(site, name)),
    )  # fmt: skip


def _in_one_line(words: str) -> str:
    """As partytime reads a description; its lines are in tests/test_podcast.py."""
    return " ".join(words.split())


def _items(site: Site, name: str) -> Iterator[Item]:
    for episode in FEEDS[name](site):
        article, path = episode.article, site.project.dist / episode.enclosure
        item = Item(
            episode.title, episode.guid, f"{HOME}/{article.slug}/", article.published,
            _in_one_line(show_notes(site.project.practice, article)), article.author, episode.number,
            (f"{HOME}/{episode.enclosure}", path.stat().st_size, "audio/mpeg"),
            round(seconds_of(path) or 0),
        )  # fmt: skip
        yield item if "sections" in name else replace(item, **_beside(site, article.slug))


TRANSCRIPTS = {
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".json": "application/json",
}


def _beside(site: Site, slug: str) -> dict[str, Any]:
    """What lies beside an article's sound, each a file that is there."""
    stem = f"{slug}/{slug}"
    names = [
        *(f"{stem}{suffix}" for suffix in TRANSCRIPTS),
        f"{stem}-cover.jpg",
        f"{stem}-chapters.json",
    ]
    assert all((site.project.dist / name).is_file() for name in names)
    return {
        "picture": f"{HOME}/{stem}-cover.jpg",
        "transcripts": tuple(
            (f"{HOME}/{stem}{suffix}", kind, "en-GB", "captions")
            for suffix, kind in TRANSCRIPTS.items()
        ),
        "chapters": (f"{HOME}/{stem}-chapters.json", "application/json+chapters"),
    }


# ---------------------------------------------------------------- feedparser


def by_feedparser(path: Path) -> Feed | None:
    """The feed as feedparser reads it; None where something in it is odd."""
    read = feedparser.parse(path.read_bytes())
    if read.bozo or (read.version, read.encoding) != ("rss20", "utf-8"):
        return None
    channel = read.feed
    links = {link["rel"]: link["href"] for link in channel.links}
    assert [tag["term"] for tag in channel.tags] == ["Health & Fitness", "Mental Health"]
    return Feed(
        channel.title, links["self"], links["alternate"], channel.language, channel.author,
        channel.image["href"], channel.podcast_guid, channel.podcast_medium,
        channel.podcast_license, tuple(map(_by_feedparser, read.entries)),
    )  # fmt: skip


def _by_feedparser(entry: Any) -> Item:
    sounds = [(each.href, int(each.length), each.type) for each in entry.enclosures]
    chapters, told = entry.get("podcast_chapters", {}), entry.get("podcast_transcript")
    return Item(
        entry.title, entry.id, entry.link, date(*entry.published_parsed[:3]), _in_one_line(entry.summary),
        entry.author, int(entry.itunes_episode), sounds[0] if sounds else ("", 0, ""),
        int(entry.itunes_duration), entry.get("image", {}).get("href", ""),
        (_told(told),) if told else (), (chapters.get("url", ""), chapters.get("type", "")),
    )  # fmt: skip


def _told(transcript: Any) -> tuple[str, str, str, str]:
    return (transcript["url"], transcript["type"], transcript["language"], transcript["rel"])


def last_transcript_only(feed: Feed) -> Feed:
    """Of elements that feedparser does not know it keeps the last."""
    items = (replace(item, transcripts=item.transcripts[-1:]) for item in feed.items)
    return replace(feed, items=tuple(items))


@pytest.mark.parametrize("name", FEEDS)
def test_feedparser_reads_what_is_published(name: str, site: Site) -> None:
    wanted = last_transcript_only(as_published(site, name))
    assert len(wanted.items) == (16 if "sections" in name else 2)
    assert by_feedparser(site.project.dist / name) == wanted


FAULTS = {
    "a letter that is not XML": ("&amp;", "&"),
    "another title": ("<title>What", "<title>Who"),
    "another length": (r'length="\d+"', 'length="7"'),
    "another type": ("audio/mpeg", "audio/x-mpeg"),
    "another address": (r'url="https://example.org/podcast/t', 'url="https://example.org/podcast/x'),
    "another guid": (r'(isPermaLink="false">)\w', r"\1x"),
    "another duration": (r"(<itunes:duration>)\d", r"\g<1>77"),
    "another day": ("<pubDate>Tue, 24", "<pubDate>Wed, 25"),
    "no sound": ("<enclosure [^>]*/>", ""),
    "no chapters": ("<podcast:chapters [^>]*/>", ""),
    "no transcript": (r"(<podcast:transcript [^>]*/>\s*)+", ""),
    "an episode less": ("<item>.*?</item>", ""),
}  # fmt: skip


def spoil(path: Path, what: str, there: str, count: int = 1) -> None:
    """`what` as `there`, once, or everywhere with `count` 0."""
    text, found = re.subn(what, there, path.read_text("utf-8"), count=count, flags=re.S)
    assert found
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("fault", FAULTS)
def test_feedparser_would_notice(fault: str, site: Site, spoilt: Path) -> None:
    wanted = last_transcript_only(as_published(site, "podcast.xml"))
    assert by_feedparser(spoilt) == wanted
    spoil(spoilt, *FAULTS[fault])
    assert by_feedparser(spoilt) != wanted


# ---------------------------------------------------------------- podcast-partytime


CALLED = {"application/srt": "application/x-subrip"}
"""Its own name for a media type, and the registered one, which it takes as well."""


def by_partytime(read: dict[str, Any]) -> Feed:
    """What podcast-partytime read, in our words."""
    (category,) = read["itunesCategory"]
    assert category == "Health & Fitness > Mental Health"
    assert read["locked"] is True and read["podcastOwner"] == "jo@example.org"
    assert [(one["name"], one["role"], one["group"]) for one in read["podcastPeople"]] == [
        ("Jo Example", "Author", "Writing")
    ]
    return Feed(
        read["title"], read["pubsub"]["self"], read["link"], read["language"], read["author"],
        read["itunesImage"], read["guid"], read["medium"], read["license"]["identifier"],
        tuple(map(_by_partytime, read["items"])),
    )  # fmt: skip


def _by_partytime(item: dict[str, Any]) -> Item:
    sound, chapters = item["enclosure"], item.get("podcastChapters", {})
    told = (
        {**each, "type": CALLED.get(each["type"], each["type"])}
        for each in item.get("podcastTranscripts", ())
    )
    (person,) = item["podcastPeople"]
    assert (person["name"], person["role"], person["group"]) == (
        item["author"],
        "Author",
        "Writing",
    )
    return Item(
        item["title"], item["guid"], item["link"], date.fromisoformat(item["pubDate"][:10]),
        item["description"], item["author"], item["itunesEpisode"],
        (sound["url"], sound["length"], sound["type"]), item["duration"],
        item.get("itunesImage", ""), tuple(map(_told, told)),
        (chapters.get("url", ""), chapters.get("type", "")),
    )  # fmt: skip


def supported(read: dict[str, Any]) -> set[str]:
    """The tags of Podcasting 2.0 that it found well-formed, of all phases."""
    return {tag for phase in read["pc20support"].values() for tag in phase}


def used(path: Path) -> set[str]:
    """The tags of Podcasting 2.0 in a feed."""
    space = f"{{{PODCAST}}}"
    tags = (element.tag for element in XML.parse(path).iter())
    return {tag.removeprefix(space) for tag in tags if tag.startswith(space)}


@pytest.mark.parametrize("name", FEEDS)
def test_partytime_reads_what_is_published(name: str, site: Site, node_modules: Path) -> None:
    path = site.project.dist / name
    read, warned = read_by_partytime(node_modules, path)
    assert warned == ""
    assert read and by_partytime(read) == as_published(site, name)
    assert supported(read) == used(path)
    beside = {"season"} if "sections" in name else {"transcript", "chapters"}
    assert used(path) == beside | {"guid", "locked", "medium", "person", "license"}


def test_partytime_reads_a_licence_of_ones_own(
    site: Site, tmp_path: Path, node_modules: Path
) -> None:
    own = f"{HOME}/licence"
    podcast = replace(site.project.practice.podcast, licence=own)
    practice = replace(site.project.practice, podcast=podcast)
    path = tmp_path / "podcast.xml"
    path.write_bytes(feed(practice, path.name, tuple(whole_episodes(site))))
    read, warned = read_by_partytime(node_modules, path)
    assert read and (read["license"], warned) == ({"identifier": own, "url": own}, "")


REFUSED = {
    "no sound": (*FAULTS["no sound"], "Item has no enclosure"),
    "no guid": ("<guid .*?</guid>", "", "Item has no guid"),
    "no channel": ("channel>", "canal>", "no channel"),
    "a letter that is not XML": ("&amp;", "&", "invalid feed"),
    "an unknown transcript": ("application/x-subrip", "text/x-srt", "Unexpected transcript type"),
    "transcripts without a type": ('type="(text/vtt|application/x-subrip|application/json)"', "", "transcript"),
    "an unknown licence": (r"CC-BY-NC-4\.0", "CC-BY-99", "license"),
    "an unknown medium": ("podcast</podcast:medium>", "leaflet</podcast:medium>", "medium"),
    "an owner nobody can write to": (' owner="[^"]*"', "", "locked"),
    "an empty guid": ("<podcast:guid>.*?</podcast:guid>", "<podcast:guid/>", "guid"),
}  # fmt: skip
"""How to spoil a feed, and the warning that must come of it, or the tag that must be passed over."""


@pytest.mark.parametrize("fault", REFUSED)
def test_partytime_would_notice(fault: str, spoilt: Path, node_modules: Path) -> None:
    what, there, noticed = REFUSED[fault]
    tags = used(spoilt)
    spoil(spoilt, what, there, count=0)
    read, warned = read_by_partytime(node_modules, spoilt)
    passed_over = tags - supported(read) if read else set()
    assert noticed in warned or noticed in passed_over


# ---------------------------------------------------------------- the W3C's WebVTT parser


TRACK = re.compile(r"data:text/vtt[^,\"']*?(;base64)?,([^\"'\s>]*)")


def transcripts(dist: Path, unpacked: Path) -> Iterator[Path]:
    """Every WebVTT file that is published, also those inside a page, which are unpacked first."""
    yield from sorted(dist.rglob("*.vtt"))
    for page in sorted(dist.rglob("*.html")):
        for number, found in enumerate(TRACK.finditer(page.read_text("utf-8"))):
            content = base64.b64decode(found[2]) if found[1] else unquote_to_bytes(found[2])
            path = unpacked / f"{page.stem}-{number}.vtt"
            path.write_bytes(content)
            yield path


def test_every_transcript_is_webvtt(site: Site, tmp_path: Path, node_modules: Path) -> None:
    paths = list(transcripts(site.project.dist, tmp_path))
    assert {path.name for path in paths} >= {
        f"{stem}{pace}.vtt" for stem in (ARTICLE.stem, "torture") for pace in ("", "-slower")
    }
    for path, (cues, faults) in zip(paths, webvtt_faults(node_modules, paths), strict=True):
        assert faults == [], path
        assert cues == path.read_text("utf-8").count(" --> ") > 20, path


def test_a_transcript_inside_a_page_is_found(tmp_path: Path, node_modules: Path) -> None:
    vtt = "WEBVTT\n\n00:00.000 --> 00:01,000\nOne\n"
    encoded = base64.b64encode(vtt.encode()).decode()
    tracks = (f"data:text/vtt;base64,{encoded}", f"data:text/vtt,{quote(vtt)}")
    page = "".join(f'<track kind="metadata" src="{track}">' for track in tracks)
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    paths = list(transcripts(tmp_path, tmp_path))
    assert [path.read_text("utf-8") for path in paths] == [vtt, vtt]
    assert all(faults for _, faults in webvtt_faults(node_modules, paths))


VTT_FAULTS = {
    "no signature": ("WEBVTT", "WEBVT", "No valid signature"),
    "a comma": (r"(--> [\d:]+)\.", r"\1,", "No decimal separator"),
    "no hours and one minute's digit": (r"00:0(\d:\d\d\.\d+ -->)", r"\1", "exactly two digits"),
    "no line between": (r"\n\n(?=\w+\n\d)", "\n", "No blank line"),
    "an end before its start": (r"--> [\d:.]+", "--> 00:00:00.001", "End timestamp is not greater"),
    "cues in another order": (r"(WEBVTT\n\n)(.*?\n\n)(.*?\n\n)", r"\1\3\2", "Start timestamp is not"),
    "a tag that is not closed": (r"(--> [\d:.]+\n)", r"\1<i>", "end tag missing"),
    "an ampersand": (r"(--> [\d:.]+\n)", r"\1R&D &; ", "Incorrect escape"),
    "a setting nobody knows": (r"(--> [\d:.]+)", r"\1 size:big", "Size"),
}  # fmt: skip


def test_each_fault_of_a_transcript_is_reported(
    site: Site, tmp_path: Path, node_modules: Path
) -> None:
    paths = []
    for number, (what, there, _) in enumerate(VTT_FAULTS.values()):
        vtt = site.project.dist / "torture" / "torture.vtt"
        paths.append(Path(shutil.copy(vtt, tmp_path / f"{number}.vtt")))
        spoil(paths[-1], what, there)
    said = dict(zip(VTT_FAULTS, webvtt_faults(node_modules, paths), strict=True))
    missed = {n: said[n][1] for n, (_, _, w) in VTT_FAULTS.items() if w not in " ".join(said[n][1])}
    assert missed == {}
    assert all(faults for _, faults in said.values())
