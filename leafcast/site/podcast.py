"""The podcast: a feed of all episodes, as the Podcast Standards Project asks for it (PSP-1).

One article is one episode with chapters; a second feed of sections is made when the owner asks.
What a feed names is never changed under its address: a sound file's name holds its hash, so new
bytes have a new address and no player goes on with an old half.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote
from xml.etree import ElementTree as XML

from leafcast.design.cover_art import Named, covers
from leafcast.design.motifs import PRACTICE_MOTIF
from leafcast.document.article import Article
from leafcast.document.artifact import FileRecord
from leafcast.locale.language import Language, language_of
from leafcast.page.downloads import FEED
from leafcast.practice.project import Practice, Project
from leafcast.print.logo import drawn_logo
from leafcast.site.paging import in_pages, page_name
from leafcast.site.parts import Site, common_language
from leafcast.site.show_notes import short, show_notes
from leafcast.state.cache import write_beside
from leafcast.state.hashes import is_intact

SECTIONS_FEED: Final = "podcast-sections.xml"
COVER: Final = "podcast/cover.jpg"
PER_FEED: Final = 300
"""Episodes on one page of a feed, which is about 3 kB an episode."""
GUIDS: Final = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of podcast:guid (podcastindex.org/namespace/1.0)."""
ITUNES: Final = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST: Final = "https://podcastindex.org/namespace/1.0"
ATOM: Final = "http://www.w3.org/2005/Atom"
TRANSCRIPTS: Final = (
    (".vtt", "text/vtt", True),
    (".srt", "application/x-subrip", True),
    (".json", "application/json", True),
)
"""Suffix, media type, and whether it holds times (then it can be shown as captions)."""
LONGEST_NAME: Final = 128
"""Characters of a season's name (namespace 1.0, Season)."""


@dataclass(frozen=True, slots=True)
class Episode:
    """One item of a feed: what it is called, its sound in dist/, and what goes with it.

    Of sections each article is a `season`; 0 where there are none.
    """

    article: Article
    guid: str
    title: str
    sound: FileRecord
    number: int
    companions: tuple[FileRecord, ...] = ()
    season: int = 0

    @property
    def enclosure(self) -> str:
        """The name the sound has for the feed: new bytes, new name."""
        stem, _, suffix = Path(self.sound.path).name.rpartition(".")
        whose = "" if stem.startswith(self.article.slug) else f"{self.article.slug}-"
        return f"podcast/{whose}{stem}-{self.sound.sha256[:10]}.{suffix}"


def write_podcast(site: Site, folder: Path) -> tuple[Path, ...]:
    """The feed, its cover, and each sound under the name the feed gives it.

    A feed names whole addresses: without a place on the web there is none.
    """
    if not site.project.practice.published:
        return ()
    episodes = tuple(whole_episodes(site))
    feeds = {FEED: episodes}
    if site.project.practice.podcast.sections:
        feeds[SECTIONS_FEED] = tuple(section_episodes(site))
    standing = _standing(site)
    paths = []
    for first, items in feeds.items():
        for number, content in enumerate(feed_pages(site.project.practice, first, items), 1):
            paths.append(folder / page_name(first, number))
            write_beside(paths[-1], content)
        paths.extend(_enclosed(site, standing, folder, episode) for episode in items)
    paths.append(folder / COVER)
    write_beside(paths[-1], podcast_cover(site.project))
    return tuple(paths)


def podcast_cover(project: Project) -> bytes:
    """The podcast's cover: its title, and the practice where that differs."""
    practice = project.practice
    title = practice.podcast.title or practice.name
    under = practice.description if title == practice.name else practice.name
    logo = drawn_logo(project)
    return covers(project, practice.look, Named(PRACTICE_MOTIF, title, under, logo=logo)).published


def _standing(site: Site) -> frozenset[str]:
    """The sounds of the feed before that are still in dist/; their names say their bytes."""
    before = site.before["podcast"].files if "podcast" in site.before else ()
    return frozenset(file.path for file in before if is_intact(site.project.dist, file))


def _enclosed(site: Site, standing: frozenset[str], folder: Path, episode: Episode) -> Path:
    """The sound under its name in the feed, where it stands already or in the folder."""
    if episode.enclosure in standing:
        return site.project.dist / episode.enclosure
    path = folder / episode.enclosure
    _same_file(site.project.dist / episode.sound.path, path)
    return path


def _same_file(there: Path, path: Path) -> None:
    """The same file by another name, so that it takes its room once; where the disk cannot do
    that, a copy. Nothing writes into a file that is published: what is new takes its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(there, path)
    except OSError:
        write_beside(path, there.read_bytes())


def whole_episodes(site: Site) -> Iterator[Episode]:
    """An episode an article, the newest first."""
    told = [each for each in site.publications if each.file("episode", ".mp3")]
    told.sort(key=lambda each: (each.article.published, each.article.slug))
    numbered = list(enumerate(told, 1))
    for number, shelved in reversed(numbered):
        sound = shelved.file("episode", ".mp3")
        if sound:
            yield Episode(
                shelved.article,
                _guid(site.project.practice, shelved.article.slug),
                shelved.article.title,
                sound,
                number,
                tuple(file for file in shelved.editions["episode"].files if file != sound),
            )


def section_episodes(site: Site) -> Iterator[Episode]:
    """An episode a section, the newest article first, its sections in their order."""
    published = {each.article.slug: each.editions for each in site.publications}
    for whole in whole_episodes(site):
        editions = published[whole.article.slug]
        sounds = editions["sections"].files if "sections" in editions else ()
        names = {section.id: section.heading.text for section in whole.article.sections}
        introduction = language_of(whole.article.language).gettext("Introduction")
        for number, sound in enumerate(sounds, 1):
            section = Path(sound.path).stem.partition("-")[2]
            title = f"{whole.title}: {names.get(section, introduction)}"
            guid = _guid(site.project.practice, f"{whole.article.slug}#{section}")
            yield Episode(whole.article, guid, title, sound, number, season=whole.number)


def _guid(practice: Practice, name: str) -> str:
    return str(uuid.uuid5(feed_guid(_address(practice, FEED)), name))


def feed_guid(address: str) -> uuid.UUID:
    """podcast:guid: UUID 5 of the feed's address without scheme and closing slashes."""
    return uuid.uuid5(GUIDS, address.split("://", 1)[-1].rstrip("/"))


def _address(practice: Practice, path: str) -> str:
    return f"{practice.published}/{quote(path)}"


# ---------------------------------------------------------------- the feed


def feed_pages(practice: Practice, name: str, episodes: tuple[Episode, ...]) -> Iterator[bytes]:
    """The feed called `name`, page after page, the newest episodes first (RFC 5005, 3).

    Those who know no pages have the newest `PER_FEED`.
    """
    for number in range(1, len(in_pages(episodes, PER_FEED)) + 1):
        yield feed(practice, name, episodes, number)


def feed(practice: Practice, name: str, episodes: tuple[Episode, ...], number: int = 1) -> bytes:
    """A page of the feed called `name`, as RSS 2.0 with the iTunes and the podcast namespace."""
    for prefix, space in (("itunes", ITUNES), ("podcast", PODCAST), ("atom", ATOM)):
        XML.register_namespace(prefix, space)
    rss = XML.Element("rss", version="2.0")
    channel = XML.SubElement(rss, "channel")
    _channel(channel, practice, name, episodes)
    pages = in_pages(episodes, PER_FEED)
    _links(channel, practice, name, (number, len(pages)))
    for episode in pages[number - 1]:
        _item(XML.SubElement(channel, "item"), practice, episode)
    XML.indent(rss)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{XML.tostring(rss, "unicode")}\n'.encode()


def _channel(
    channel: XML.Element, practice: Practice, name: str, episodes: tuple[Episode, ...]
) -> None:
    settings, address = practice.podcast, _address(practice, name)
    cover = _address(practice, COVER)
    title = settings.title or practice.name
    tag = common_language(each.article for each in episodes)  # of as many in two, the newest’s
    language = language_of(tag)
    _text(
        channel,
        "title",
        language.gettext("{title}: section by section").format(title=title)
        if name == SECTIONS_FEED
        else title,
    )
    _text(channel, "link", practice.website or practice.published)
    _text(channel, "description", short(settings.description or _about(practice, language)))
    _text(channel, "language", tag)
    _dates(channel, practice, episodes)
    _text(channel, "author", practice.name, ITUNES)
    _owner(channel, practice)
    _text(channel, "explicit", "false", ITUNES)
    _text(channel, "type", "serial" if name == SECTIONS_FEED else "episodic", ITUNES)
    _add(channel, "image", ITUNES, href=cover)
    outer, _, inner = settings.category.partition(">")
    category = _add(channel, "category", ITUNES, text=outer.strip())
    if inner.strip():
        _add(category, "category", ITUNES, text=inner.strip())
    image = XML.SubElement(channel, "image")
    for tag, words in (
        ("url", cover),
        ("title", title),
        ("link", practice.website or practice.published),
    ):
        _text(image, tag, words)
    _text(channel, "guid", str(feed_guid(address)), PODCAST)
    # Locked without an owner nobody could ever move it (namespace 1.0, Locked).
    email = practice.contact.email
    _add(
        channel, "locked", PODCAST, "yes" if email else "no", **({"owner": email} if email else {})
    )
    _text(channel, "medium", "podcast", PODCAST)
    _add(
        channel,
        "person",
        PODCAST,
        practice.name,
        role="author",
        group="writing",
        href=practice.website or practice.published,
    )
    if settings.licence:
        # One that SPDX does not name must say where it can be read (namespace 1.0, License).
        own = {"url": settings.licence} if "://" in settings.licence else {}
        _add(channel, "license", PODCAST, settings.licence, **own)


def _links(channel: XML.Element, practice: Practice, name: str, place: tuple[int, int]) -> None:
    """Where this page of the feed lies, and the others: RFC 4287 (4.2.7.2) and RFC 5005 (3)."""
    number, last = place
    pages = {"self": number}
    if last > 1:
        pages |= {"first": 1, "previous": number - 1, "next": number + 1, "last": last}
    for at, (rel, page) in enumerate(each for each in pages.items() if 0 < each[1] <= last):
        address = _address(practice, page_name(name, page))
        link = XML.Element(f"{{{ATOM}}}link", href=address, rel=rel, type="application/rss+xml")
        channel.insert(1 + at, link)


def _owner(channel: XML.Element, practice: Practice) -> None:
    """To whose address Apple and Spotify send the code with which a show is claimed."""
    if practice.contact.email:
        owner = XML.SubElement(channel, f"{{{ITUNES}}}owner")
        _text(owner, "name", practice.name, ITUNES)
        _text(owner, "email", practice.contact.email, ITUNES)


def _dates(channel: XML.Element, practice: Practice, episodes: tuple[Episode, ...]) -> None:
    """Whose the show is, since when; and when there was last something new in it (RSS 2.0)."""
    days = sorted(episode.article.published for episode in episodes)
    if not days:
        return
    since, newest = str(days[0].year), str(days[-1].year)
    years = since if since == newest else f"{since}–{newest}"
    _text(channel, "copyright", f"© {years} {practice.name}")
    _text(channel, "lastBuildDate", _noon(days[-1]))


def _noon(day: date) -> str:
    """Noon of a day, as RSS writes it (RFC 2822)."""
    return format_datetime(datetime.combine(day, time(12), UTC), usegmt=True)


def _about(practice: Practice, language: Language) -> str:
    what = f", {practice.description[:1].lower()}{practice.description[1:]}"
    name = f"{practice.name}{what if practice.description else ''}"
    return language.gettext("Articles by {name}, read aloud.").format(name=name)


def _item(item: XML.Element, practice: Practice, episode: Episode) -> None:
    article, sound = episode.article, episode.sound
    page = f"{practice.address(article.slug)}/"
    _text(item, "title", episode.title)
    _text(item, "link", page)
    guid = XML.SubElement(item, "guid", isPermaLink="false")
    guid.text = episode.guid
    _text(item, "pubDate", _noon(article.published))
    _text(item, "description", short(show_notes(practice, article)))
    address = _address(practice, episode.enclosure)
    XML.SubElement(item, "enclosure", url=address, length=str(sound.bytes), type=sound.media_type)
    _text(item, "duration", str(round(sound.seconds or 0)), ITUNES)
    _text(item, "explicit", "false", ITUNES)
    _text(item, "episode", str(episode.number), ITUNES)
    if episode.season:
        _text(item, "season", str(episode.season), ITUNES)
        _add(item, "season", PODCAST, str(episode.season), name=article.title[:LONGEST_NAME])
    _text(item, "author", article.author, ITUNES)
    _companions(item, practice, episode)
    _add(item, "person", PODCAST, article.author, role="author", group="writing")


def _companions(item: XML.Element, practice: Practice, episode: Episode) -> None:
    """The cover, the transcripts and the chapters that lie beside the sound."""
    language = episode.article.language
    for file in episode.companions:
        address = _address(practice, file.path)
        if file.path.endswith("-chapters.json"):
            _add(item, "chapters", PODCAST, url=address, type="application/json+chapters")
            continue
        if file.path.endswith("-cover.jpg"):
            _add(item, "image", ITUNES, href=address)
        for suffix, media_type, timed in TRANSCRIPTS:
            if Path(file.path).name == f"{episode.article.slug}{suffix}":
                found = _add(item, "transcript", PODCAST, url=address, type=media_type)
                found.set("language", language)
                if timed:
                    found.set("rel", "captions")


def _text(parent: XML.Element, tag: str, words: str, space: str = "") -> None:
    XML.SubElement(parent, f"{{{space}}}{tag}" if space else tag).text = words


def _add(
    parent: XML.Element, tag: str, space: str, words: str | None = None, **attributes: str
) -> XML.Element:
    element = XML.SubElement(parent, f"{{{space}}}{tag}", attributes)
    element.text = words
    return element
