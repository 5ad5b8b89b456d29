"""The feed: made for all publications, read as an app would, and what could go wrong in it."""

from __future__ import annotations

import re
import shutil
import uuid
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as XML

import pytest

from leafcast.build.pipeline import Request, build
from leafcast.checks.podcast import FeedReader, check_podcast
from leafcast.document.report import Report, Severity
from leafcast.execution.request import Silent
from leafcast.practice.project import Practice, load_project
from leafcast.readers.folder import read_articles
from leafcast.site.paging import page_name
from leafcast.site.parts import Site, shelve
from leafcast.site.podcast import (
    ATOM,
    ITUNES,
    PODCAST,
    Episode,
    feed_guid,
    feed_pages,
    whole_episodes,
)
from leafcast.site.podcast import feed as write_feed
from leafcast.site.show_notes import short, show_notes
from leafcast.state.manifest import read_manifest
from tests.conftest import write_practice

SOUND = ("sections", "episode", "podcast")
FEED = "podcast.xml"
EMAIL = "jo@example.org"


def publish(folder: Path) -> Site:
    project, report = load_project(folder), Report()
    build(project, Request(editions=SOUND, jobs=1), Silent(), report)
    assert report.exit_code == 0, report.findings
    return shelve(project, read_articles(project, Report()), read_manifest(project.dist))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_practice(tmp_path_factory.mktemp("practice"))
    second = (folder / "source/quiet-hour.md").read_text("utf-8")
    second = second.replace("A Quiet Hour", "A Second Hour").replace("2026-03-01", "2026-04-01")
    (folder / "source/second-hour.md").write_text(second, encoding="utf-8")
    path = folder / "source/practice.toml"
    settings = path.read_text("utf-8").replace("[contact]", f'[contact]\nemail = "{EMAIL}"')
    settings += '[podcast]\nsections = true\nlicence = "CC-BY-NC-4.0"\n'
    path.write_text(settings, encoding="utf-8")
    publish(folder)
    return folder


@pytest.fixture
def published(folder: Path, tmp_path: Path) -> Path:
    """A copy of dist/ that a test may spoil."""
    return Path(shutil.copytree(folder / "dist", tmp_path / "dist"))


def feed(folder: Path, name: str = FEED) -> XML.Element:
    channel = XML.parse(folder / "dist" / name).getroot().find("channel")
    assert channel is not None
    return channel


def test_podcast_guid_is_the_one_that_podcastindex_gives() -> None:
    assert feed_guid("https://podnews.net/rss/") == uuid.UUID(
        "9b024349-ccf0-5f69-a609-6b82873eab3c"
    )


def test_the_feed_has_nothing_to_stumble_over(folder: Path) -> None:
    project = load_project(folder)
    site = shelve(project, read_articles(project, Report()), read_manifest(project.dist))
    assert list(check_podcast(site, project.dist)) == []


def test_a_show_can_be_claimed_by_its_e_mail_address(folder: Path) -> None:
    owner = feed(folder).find(f"{{{ITUNES}}}owner")
    assert owner is not None
    assert owner.findtext(f"{{{ITUNES}}}email") == EMAIL
    assert owner.findtext(f"{{{ITUNES}}}name") == "Jo Example"
    locked = feed(folder).find(f"{{{PODCAST}}}locked")
    assert locked is not None
    assert (locked.text, locked.get("owner")) == ("yes", EMAIL)


def test_without_an_address_the_owner_is_told_and_the_feed_can_be_moved(
    folder: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "practice"))
    path = copy / "source/practice.toml"
    path.write_text(path.read_text("utf-8").replace(f'email = "{EMAIL}"', ""), encoding="utf-8")
    site = publish(copy)
    (finding,) = check_podcast(site, site.project.dist)
    assert finding.code == "podcast-without-email"
    assert finding.severity == Severity.ADVICE
    assert feed(copy).find(f"{{{ITUNES}}}owner") is None
    assert feed(copy).findtext(f"{{{PODCAST}}}locked") == "no"


def test_the_notes_of_an_episode_say_where_to_read_it_and_whom_to_turn_to(folder: Path) -> None:
    notes = feed(folder).findall("item")[1].findtext("description", "")
    assert notes.splitlines() == [
        "What an hour of therapy is like.",
        "",
        "To read it, print it or follow it as it is read: https://example.org/quiet-hour/",
        "",
        "Please visit the website to get in touch.",
        EMAIL,
        "",
        "In a crisis:",
        "Samaritans: Call 116 123",
    ]


def test_no_word_of_a_description_is_taken_for_a_tag() -> None:
    """Apps take it for HTML, in which <your name> is a tag that nobody sees."""
    assert short("Dear <your name> & all") == "Dear &lt;your name> & all"
    assert short(short("a < b")) == "a &lt; b"


def test_a_long_summary_is_cut_and_the_crisis_lines_are_not(folder: Path) -> None:
    project = load_project(folder)
    site = shelve(project, read_articles(project, Report()), read_manifest(project.dist))
    article = next(whole_episodes(site)).article
    notes = show_notes(project.practice, replace(article, summary="ŵyth " * 2000))
    assert len(notes.encode()) <= 4000
    assert "…\n\nTo read it" in notes
    assert notes.endswith("Samaritans: Call 116 123")


@pytest.mark.parametrize(
    ("languages", "wanted"),
    [((), "en-GB"), (("cy",), "cy"), (("en-GB", "cy", "cy"), "cy"), (("cy", "en-GB"), "cy")],
)
def test_the_feed_is_in_the_language_of_most_episodes(
    folder: Path, languages: tuple[str, ...], wanted: str
) -> None:
    project = load_project(folder)
    site = shelve(project, read_articles(project, Report()), read_manifest(project.dist))
    first = next(whole_episodes(site))
    told = tuple(
        replace(first, article=replace(first.article, language=each)) for each in languages
    )
    channel = XML.fromstring(write_feed(project.practice, FEED, told)).find("channel")
    assert channel is not None
    assert channel.findtext("language") == wanted


def test_a_show_says_whose_it_is_and_when_it_was_last_new(folder: Path) -> None:
    channel = feed(folder)
    assert channel.findtext("copyright", "").startswith("© 2026 ")
    assert channel.findtext("lastBuildDate") == "Wed, 01 Apr 2026 12:00:00 GMT"


def test_an_article_is_an_episode_the_newest_first(folder: Path) -> None:
    items = feed(folder).findall("item")
    assert [item.findtext("title") for item in items] == ["A Second Hour", "A Quiet Hour"]
    assert [item.findtext(f"{{{ITUNES}}}episode") for item in items] == ["2", "1"]
    assert items[0].findtext("link") == "https://example.org/second-hour/"
    assert items[0].findtext("pubDate") == "Wed, 01 Apr 2026 12:00:00 GMT"
    assert feed(folder).findtext(f"{{{PODCAST}}}license") == "CC-BY-NC-4.0"


def test_a_section_is_an_episode_of_the_second_feed(folder: Path) -> None:
    titles = [i.findtext("title") for i in feed(folder, "podcast-sections.xml").findall("item")]
    assert titles[:3] == [
        "A Second Hour: Introduction",
        "A Second Hour: What happens",
        "A Second Hour: What comes after",
    ]


def test_the_sections_of_an_article_are_a_season_in_their_order(folder: Path) -> None:
    sections = feed(folder, "podcast-sections.xml")
    assert sections.findtext(f"{{{ITUNES}}}type") == "serial"
    places = [
        tuple(int(item.findtext(f"{{{ITUNES}}}{tag}") or 0) for tag in ("season", "episode"))
        for item in sections.findall("item")
    ]
    assert places == [(2, 1), (2, 2), (2, 3), (1, 1), (1, 2), (1, 3)]
    named = sections.findall(f"item/{{{PODCAST}}}season")
    assert [each.get("name") for each in named] == ["A Second Hour"] * 3 + ["A Quiet Hour"] * 3
    assert feed(folder).find(f"item/{{{PODCAST}}}season") is None


def test_changed_sound_has_a_new_address_and_the_same_guid(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "practice"))
    article = copy / "source/quiet-hour.md"
    article.write_text(article.read_text("utf-8").replace("You sit down.", "You may sit down."))
    publish(copy)
    before, after = feed(folder).findall("item")[1], feed(copy).findall("item")[1]
    assert before.findtext("guid") == after.findtext("guid")
    urls = [item.find("enclosure").get("url") for item in (before, after)]  # type: ignore[union-attr]
    assert urls[0] != urls[1]
    assert not (copy / "dist" / str(urls[0]).removeprefix("https://example.org/")).exists()
    second = [each.findall("item")[0].find("enclosure") for each in (feed(folder), feed(copy))]
    assert second[0].attrib == second[1].attrib  # type: ignore[union-attr]


def test_a_second_build_leaves_the_feed_alone(folder: Path) -> None:
    before = (folder / "dist" / FEED).stat().st_mtime_ns
    publish(folder)
    assert (folder / "dist" / FEED).stat().st_mtime_ns == before


def enclosures(folder: Path) -> list[Path]:
    """The sounds of the feed in dist/, the newest first."""
    found = [each.find("enclosure") for each in feed(folder).findall("item")]
    urls = [each.get("url", "") for each in found if each is not None]
    return [folder / "dist" / url.removeprefix("https://example.org/") for url in urls]


def episodes(folder: Path) -> list[Path]:
    return [folder / f"dist/{slug}/{slug}.mp3" for slug in ("second-hour", "quiet-hour")]


def test_the_feeds_sound_and_the_episode_take_their_room_once(folder: Path) -> None:
    pairs = list(zip(enclosures(folder), episodes(folder), strict=True))
    assert all(sound.samefile(episode) and sound != episode for sound, episode in pairs)


def test_where_a_disk_has_no_second_names_the_feeds_sound_is_a_copy(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError("no second name")

    copy = Path(shutil.copytree(folder, tmp_path / "practice"))
    shutil.rmtree(copy / "dist/podcast")
    monkeypatch.setattr("os.link", refused)
    publish(copy)
    pairs = list(zip(enclosures(copy), episodes(copy), strict=True))
    assert len(pairs) == 2
    assert all(sound.read_bytes() == episode.read_bytes() for sound, episode in pairs)
    assert not any(sound.samefile(episode) for sound, episode in pairs)


def test_a_website_in_a_folder_of_its_host(tmp_path: Path) -> None:
    folder = write_practice(tmp_path / "practice")
    settings = folder / "source/practice.toml"
    settings.write_text(
        settings.read_text().replace("https://example.org", "https://e.org/jo & co/")
    )
    site = publish(folder)
    assert [each.code for each in check_podcast(site, folder / "dist")] == ["podcast-without-email"]


# ---------------------------------------------------------------- hundreds of articles


def four_hundred(folder: Path) -> tuple[Practice, tuple[Episode, ...]]:
    project = load_project(folder)
    site = shelve(project, read_articles(project, Report()), read_manifest(project.dist))
    one = next(whole_episodes(site))
    many = (
        replace(one, number=number, guid=str(number), title=f"Hour {number}")
        for number in range(400, 0, -1)
    )
    return project.practice, tuple(many)


def test_a_long_feed_goes_on_on_other_pages(folder: Path) -> None:
    practice, episodes = four_hundred(folder)
    pages = list(feed_pages(practice, FEED, episodes))
    channels = [XML.fromstring(page).find("channel") for page in pages]
    assert all(len(page) < 1_500_000 for page in pages)
    links = [
        {link.get("rel"): link.get("href") for link in channel.findall(f"{{{ATOM}}}link")}
        for channel in channels
        if channel is not None
    ]
    first, second = (f"https://example.org/{name}" for name in (FEED, "podcast-2.xml"))
    assert links == [
        {"self": first, "first": first, "next": second, "last": second},
        {"self": second, "first": first, "previous": first, "last": second},
    ]
    titles = [
        item.findtext("title")
        for each in channels
        if each is not None
        for item in each.findall("item")
    ]
    assert titles == [f"Hour {number}" for number in range(400, 0, -1)]
    guids = {each.findtext(f"{{{PODCAST}}}guid") for each in channels if each is not None}
    assert len(guids) == 1  # it is one show
    assert len({each.findtext("copyright") for each in channels if each is not None}) == 1


def test_a_short_feed_is_one_page(folder: Path) -> None:
    practice, episodes = four_hundred(folder)
    (page,) = feed_pages(practice, FEED, episodes[:300])
    (link,) = XML.fromstring(page).iterfind(f"channel/{{{ATOM}}}link")
    assert link.get("rel") == "self"
    assert len(list(feed_pages(practice, FEED, ()))) == 1


def test_pages_of_a_feed_are_looked_over_too(published: Path, folder: Path) -> None:
    practice, episodes = four_hundred(folder)
    for number, content in enumerate(feed_pages(practice, FEED, episodes), 1):
        (published / page_name(FEED, number)).write_bytes(content)
    for name in (FEED, "podcast-2.xml"):
        assert list(FeedReader("https://example.org", published, name).faults()) == []
    second = published / "podcast-2.xml"
    second.write_text(second.read_text("utf-8").replace("<itunes:explicit>false", "<x>", 1))
    second.write_text(second.read_text("utf-8").replace("</itunes:explicit>", "</x>", 1))
    project = replace(load_project(folder), folder=published.parent)
    site = Site(project, (), {})
    found = list(check_podcast(site, published))
    assert [each.place.path for each in found if each.place] == ["dist/podcast-2.xml"]
    second.unlink()
    told = list(FeedReader("https://example.org", published, FEED).faults())
    assert "The page https://example.org/podcast-2.xml is not there" in told


FAULTS = {
    "not XML": (r"</rss>", "", "is not XML"),
    "entities": (r"<rss", '<!DOCTYPE x [<!ENTITY a "b">]><rss', "declares entities"),
    "no title": (r"<title>Jo Example</title>", "", "no title"),
    "no category": (r"<itunes:category text=\"Health &amp; Fitness\">", "<itunes:category>", "no itunes:category"),
    "no language": (r"<language>en-GB</language>", "<language>English</language>", "is no language"),
    "not explicit about explicit": (r"<itunes:explicit>false</itunes:explicit>", "", "no itunes:explicit"),
    "another address": (r"podcast.xml\" rel", 'feed.xml" rel', "says it lies at"),
    "another guid": (r"(<podcast:guid>)\w", r"\1z", "podcast:guid is not"),
    "a long description": (r"(<description>)", r"\1" + "word " * 900, "more than 4000"),
    "no cover": (r"podcast/cover\.\w+", "podcast/missing.png", "cover is not there"),
    "a length that is not": (r"length=\"\d+\"", 'length="1"', "its length says 1 bytes"),
    "a type that is not": (r"audio/mpeg", "audio/mp3", "its type says audio/mp3"),
    "a sound that is not": (r"url=\"[^\"]+\.mp3\"", 'url="https://example.org/x.mp3"', "sound is not there"),
    "a sound elsewhere": (r"url=\"https://example.org(/podcast/q[^\"]+)", r'url="https://else.org\1', "sound is not there"),
    "a path out of dist": (r"url=\"https://example.org/podcast/q[^\"]+", 'url="https://example.org/../source/practice.toml', "sound is not there"),
    "a duration that is not": (r"(<itunes:duration>)\d+", r"\g<1>7777", "its duration says 7777"),
    "a date that is not": (r"<pubDate>[^<]+", "<pubDate>Sunday", "is no date"),
    "one guid twice": (r"(isPermaLink=\"false\">)[^<]+", r"\1same", "Two items have the guid"),
    "a transcript that is not": (r"(<podcast:transcript url=\"[^\"]+)\.vtt", r"\1.sub", "transcript is not there"),
    "a transcript of no known type": (r"text/vtt", "text/plain", "no type for a transcript"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_feed_is_found(published: Path, fault: str) -> None:
    pattern, written, expected = FAULTS[fault]
    path = published / FEED
    spoilt, count = re.subn(pattern, written, path.read_text("utf-8"))
    assert count
    path.write_text(spoilt, encoding="utf-8")
    found = list(FeedReader("https://example.org", published, FEED).faults())
    assert any(expected in each for each in found), found


def test_bytes_that_changed_under_their_address_are_found(published: Path) -> None:
    sounds = (published / "podcast").iterdir()
    (sound,) = (path for path in sounds if re.fullmatch(r"quiet-hour-[0-9a-f]{10}\.mp3", path.name))
    sound.write_bytes(sound.read_bytes()[:-1] + b"x")
    found = list(FeedReader("https://example.org", published, FEED).faults())
    assert any("not that of these bytes" in each for each in found)


def test_a_cover_of_another_shape_is_found(published: Path) -> None:
    from PIL import Image

    (cover,) = (published / "podcast").glob("cover.*")
    Image.new("RGBA", (1400, 900)).save(cover, "PNG")
    found = list(FeedReader("https://example.org", published, FEED).faults())
    assert any("RGBA" in each for each in found)
    assert any("1400 × 900" in each for each in found)
