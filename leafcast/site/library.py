"""The library: every publication of the practice, as covers, with how long each takes.

`index.html` lists what there is, in the owner's order and by her topics, and searches it without a
server; beyond `PER_PAGE` articles it goes on in `index-2.html` and so on. The words to search stand
in a file of their own that is read only when somebody searches, so that the page stays small: about
a kilobyte an article.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import Markup

from leafcast.design.icon import icon_svg
from leafcast.design.motifs import MOTIFS, PRACTICE_MOTIF, WIDTH_MM, motif_of, motif_shapes
from leafcast.design.own_pictures import cover_photograph, photograph_on_screen
from leafcast.design.palette import Palette, look_of, palette_of
from leafcast.document.article import Article, article_sentences
from leafcast.document.publication import Offer
from leafcast.editions.table import EDITIONS
from leafcast.locale.days import today
from leafcast.locale.language import marked
from leafcast.markup.contact import feedback, ways_to_help
from leafcast.markup.html import render, script_words, template_text
from leafcast.page.downloads import FEED, Takeaway, shelves, whole_minutes
from leafcast.page.media import media_type
from leafcast.page.own_pictures import shown_pictures
from leafcast.page.page import WORDS_A_MINUTE
from leafcast.page.policy import policy
from leafcast.page.style import Lettering, Place, style
from leafcast.practice.project import Look, Project
from leafcast.site.order import ordered
from leafcast.site.paging import in_pages, page_name
from leafcast.site.parts import Shelved, Site
from leafcast.site.reception import desks, folds_of
from leafcast.state.cache import write_beside

ASSETS: Final = "library"
WORDS_FILE: Final = f"{ASSETS}/words.js"
PER_PAGE: Final = 200
"""Articles on one page: so many a phone shows and searches at once."""
SHORTEST_WORD: Final = 3
COVER: Final = (184, 254)
"""A cover as the library shows it, in pixels."""
PHOTOGRAPH: Final = (368, 272)
"""The owner's own picture on it, twice as many for screens of two dots a pixel."""
COVER_MM: Final = 105.0
"""How wide it is to the motif that stands on it."""
FIELD: Final = 137
"""What a title takes of a cover at the most, as library.css has it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as the library shows it. `reading` and `hearing` are minutes, `hearing` 0 where
    there is no sound. `listen` leads to where it is heard, `cover` to its picture; `topics` are
    numbers, from 1. `forms` are its files, for an article without a page. A `pale` cover has its
    title in ink.
    """

    article: Article
    page: str
    cover: str
    reading: int
    hearing: int = 0
    listen: str = ""
    others: tuple[str, ...] = ()
    forms: tuple[Takeaway, ...] = ()
    topics: tuple[int, ...] = ()
    pale: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that stand together under a heading; without a name they have none."""

    name: str
    entries: tuple[Entry, ...]


def write_library(site: Site, folder: Path) -> tuple[Path, ...]:
    """index.html and print.html, with the fonts, the covers and the words to search beside them."""
    written: list[Path] = []

    def beside(name: str, content: bytes) -> str:
        written.append(folder / ASSETS / name)
        write_beside(written[-1], content)
        return f"{ASSETS}/{name}"

    entries = tuple(_entry(site, each, beside) for each in in_order(site))
    beside(WORDS_FILE.partition("/")[2], search_words(entries).encode())
    shared = _shared(site, beside)
    written += _write(_library(entries, site, beside), shared, site, folder)
    written += _write(_reception(site, beside), shared, site, folder)
    return tuple(dict.fromkeys(written))


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages of one kind: their template, the name of the first, what differs from page to page."""

    template: str
    first: str
    values: tuple[dict[str, object], ...]


def _write(pages: Pages, shared: dict[str, object], site: Site, folder: Path) -> Iterator[Path]:
    """Write the pages of one kind, each knowing the names of all."""
    project, language = site.project, site.language
    names = [page_name(pages.first, number) for number, _ in enumerate(pages.values, 1)]
    names_of_scripts = ("page/say.js", f"page/{pages.template}.js")
    script = "".join(str(template_text(project, name)) for name in names_of_scripts)
    for number, (name, values) in enumerate(zip(names, pages.values, strict=True), 1):
        html = render(
            project,
            f"page/{pages.template}.html.j2",
            language,
            "",
            script=Markup(script),
            script_words=script_words(script, language),
            policy=Markup(policy(script, "", own_files=True)),
            pages=names,
            number=number,
            **shared,
            **values,
        )
        write_beside(folder / name, html.encode())
        yield folder / name


def _shared(site: Site, place: Place) -> dict[str, object]:
    practice = site.project.practice
    feed = FEED if FEED in _paths(site) else ""
    return {
        "practice": practice,
        "own_pictures": shown_pictures(site.project, place),
        "icon": place("icon.svg", icon_svg(practice.look, PRACTICE_MOTIF).encode()),
        "touch_icon": "",
        "website": practice.short_website,
        "feed": feed,
        "feed_address": practice.short_address(feed) if feed else "",
        "credentials": practice.valid_credentials(today()),
        "ways_to_help": ways_to_help,
        "feedback": feedback(practice.feedback or practice.website),
    }


def _library(entries: tuple[Entry, ...], site: Site, place: Place) -> Pages:
    project = site.project
    css = _stylesheet(project, place, "library")
    topics = project.practice.library.topics
    return Pages(
        "library",
        "index.html",
        tuple(
            {"groups": _groups(some, site), "topics": topics, "style": css}
            for some in in_pages(entries, PER_PAGE)
        ),
    )


def _reception(site: Site, place: Place) -> Pages:
    css = _stylesheet(site.project, place, "print")
    found = desks(tuple(in_order(site)), site.project.practice, site.language)
    address = site.project.practice.short_address("print.html")
    return Pages(
        "print",
        "print.html",
        tuple(
            {
                "entries": some, "style": css, "here": address, "folds": folds_of(found),
                "test_sheet": next((each.test_sheet for each in found if each.test_sheet), ""),
                "large": next((row for each in some for row in each.rows if row.large), None),
            }
            for some in in_pages(found, PER_PAGE)
        ),
    )  # fmt: skip


# ---------------------------------------------------------------- the owner's order


def in_order(site: Site) -> list[Shelved]:
    """The publications in the owner's order."""
    shelved = {each.article.slug: each for each in site.publications}
    articles = (each.article for each in site.publications)
    return [shelved[each.slug] for each in ordered(articles, site.project.practice.library)]


def _groups(entries: tuple[Entry, ...], site: Site) -> tuple[Group, ...]:
    """The entries under their headings: “Start here”, the topics, and the rest."""
    wanted, say = site.project.practice.library, site.language.gettext
    first = set(wanted.start_here)
    start = say(marked("Start here"))
    groups: dict[str, list[Entry]] = {start: [], **{name: [] for name in wanted.topics}}
    rest = say(marked("More")) if wanted.start_here or wanted.topics else ""
    for entry in entries:
        topics = [wanted.topics[number - 1] for number in entry.topics]
        name = start if entry.article.slug in first else next(iter(topics), rest)
        groups.setdefault(name, []).append(entry)
    return tuple(Group(name, tuple(some)) for name, some in groups.items() if some)


# ---------------------------------------------------------------- one article


def entry_of(site: Site, shelved: Shelved) -> Entry:
    """An article as the library, which is there, has it."""
    return _entry(site, shelved, lambda name, _: f"{ASSETS}/{name}")


def _paths(site: Site) -> set[str]:
    return {file.path for record in site.parts.values() for file in record.files}


def _entry(site: Site, shelved: Shelved, place: Place) -> Entry:
    project, article = site.project, shelved.article
    page = f"{article.slug}/index.html" if shelved.file("page", "/index.html") else ""
    episode = shelved.file("episode", f"/{article.slug}.mp3")
    motif = motif_of(article.slug, article.face.motif)
    own = cover_photograph(project, article)
    shown = photograph_on_screen(project, own, PHOTOGRAPH) if own else None
    look = look_of(project.practice, article)
    cover = cover_svg(look, motif, shown)
    return Entry(
        article,
        page,
        place(f"{article.slug}.svg", cover.encode()),
        whole_minutes(60 * _words(article) / WORDS_A_MINUTE),
        whole_minutes(episode.seconds) if episode and episode.seconds else 0,
        (f"{page}#_listen" if page else episode.path) if episode else "",
        tuple(map(site.language.gettext, _others(shelved))),
        () if page else tuple(_files(site, shelved)),
        project.practice.library.topics_of(article.slug),
        is_pale(palette_of(look)),
    )


def _words(article: Article) -> int:
    return sum(len(sentence.text.split()) for sentence in article_sentences(article))


def _others(shelved: Shelved) -> Iterator[str]:
    """The forms besides page and sound that there are, without links: the article's own page leads
    to them, and so few links an article spare who goes from link to link.
    """
    made = (each.form for name, each in EDITIONS.items() if name in shelved.editions)
    yield from dict.fromkeys(filter(None, made))


def _files(site: Site, shelved: Shelved) -> Iterator[Takeaway]:
    """Every file of an article that a reader may take away, as the library finds it."""
    project, slug = site.project, shelved.article.slug
    offers = tuple(
        Offer(edition, file, project.dist / file.path)
        for edition, record in shelved.editions.items()
        for file in record.files
    )
    for shelf in shelves(slug, offers, project.practice.leaflet, site.language):
        for each in shelf.files:
            yield Takeaway(f"{slug}/{each.href}", each.words, each.details)


def cover_svg(look: Look, motif: str, photograph: tuple[bytes, str] | None = None) -> str:
    """An article's cover without its words, which stand on it in the page's own font: the motif,
    or the owner's own photograph with the ending of its name.
    """
    (width, height), palette = COVER, palette_of(look)
    drawn = _photograph(*photograph) if photograph else _motif(palette, motif)
    field = f'<rect width="{width}" height="{FIELD}" fill="{palette.title_field}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<rect width="{width}" height="{height}" fill="{palette.ground}"/>'
        f"{field if is_pale(palette) else ''}{drawn}</svg>"
    )


def is_pale(palette: Palette) -> bool:
    """Whether a title stands dark on a pale field, and what is drawn stands apart from it."""
    return palette.title_field != palette.ground


def _motif(palette: Palette, motif: str) -> str:
    """The motif; under a pale field it is whole, and begins where that ends."""
    (width, height), shapes = COVER, motif_shapes(palette, motif)
    left, top, across, down = MOTIFS[motif].box(WIDTH_MM if is_pale(palette) else COVER_MM)
    drawn = round(width * down / across, 1)
    return (
        f'<svg y="{height - drawn:g}" width="{width}" height="{drawn:g}" '
        f'viewBox="{left:g} {top:g} {across:g} {down:g}">{shapes}</svg>'
    )


def _photograph(content: bytes, ending: str) -> str:
    """A picture within a picture: what a page shows as one may load nothing else (SVG 2, 2.2)."""
    width, high = COVER[0], round(COVER[0] * PHOTOGRAPH[1] / PHOTOGRAPH[0])
    held = base64.b64encode(content).decode()
    return (
        f'<image y="{COVER[1] - high}" width="{width}" height="{high}" '
        f'preserveAspectRatio="xMidYMid slice" '
        f'href="data:{media_type(Path(ending))};base64,{held}"/>'
    )


def _stylesheet(project: Project, place: Place, kind: str) -> str:
    """The stylesheet as a file: its addresses are seen from its own folder."""
    names = ("page/page.css", "page/library.css", *(["page/print.css"] if kind == "print" else []))
    css = style(
        project,
        lambda name, content: Path(place(name, content)).name,
        project.practice.look,
        Lettering(),
        *names,
    )
    return place(f"{kind}.css", css.encode())


# ---------------------------------------------------------------- searching


def search_words(entries: tuple[Entry, ...]) -> str:
    """Every word of every article, for the library's search: a script that sets one value.

    Where there are several pages, each article has its title and its page's address too, so that
    one finds what stands on another.
    """
    words = {entry.article.slug: " ".join(sorted(words_of(entry.article))) for entry in entries}
    text = f"window.libraryWords={_json(words)};\n"
    if len(entries) > PER_PAGE:
        elsewhere = {each.article.slug: [each.article.title, each.page] for each in entries}
        text += f"window.libraryTitles={_json(elsewhere)};\n"
    return text


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def words_of(article: Article) -> set[str]:
    """The words of an article, in small letters; those too short to mean much are left out."""
    texts = [article.title, article.subtitle, article.summary]
    texts += [sentence.text for sentence in article_sentences(article)]
    found = re.findall(r"\w+", " ".join(texts).casefold().replace("’", ""))
    return {word for word in found if len(word) >= SHORTEST_WORD}
