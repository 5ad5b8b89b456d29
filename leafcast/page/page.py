"""The page: the article at its practice's address, to read, to hear, and to take away.

`index.html` has its sound, pictures and fonts beside it; `<slug>-offline.html` carries all of
them within, for a memory stick. Neither asks anyone for anything else, or remembers anybody.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from markupsafe import Markup

from leafcast.design.cover_art import SIDE_PX, cover_of
from leafcast.design.icon import icon_svg, touch_icon
from leafcast.design.motifs import motif_of, motif_svg
from leafcast.design.own_pictures import cover_photograph, photograph_on_screen
from leafcast.design.palette import look_of, palette_of
from leafcast.design.pictures import picture_size, read_picture
from leafcast.document.article import Figure, article_blocks, article_sentences
from leafcast.document.publication import Offer, Publication
from leafcast.locale.days import today
from leafcast.locale.language import language_of
from leafcast.markup.contact import feedback, ways_to_help
from leafcast.markup.html import Picture, Screen, note_calls, render, script_words, template_text
from leafcast.narration.section_sounds import sections_in_one
from leafcast.narration.sound.formats.id3 import after_id3
from leafcast.page.cue_times import INTRODUCTION, Part, parts_of, times
from leafcast.page.downloads import (
    FEED,
    LIBRARY,
    Shelf,
    Takeaway,
    clock,
    lasting,
    minutes,
    section_files,
    shelves,
)
from leafcast.page.embedded import write_player
from leafcast.page.linked_data import episode_of, linked_data
from leafcast.page.media import media_type, record_file
from leafcast.page.own_pictures import shown_pictures
from leafcast.page.policy import policy
from leafcast.page.style import Lettering, Place, emphasised, style
from leafcast.practice.project import Project
from leafcast.state.cache import write_beside

ASSETS: Final = "page"
"""The folder beside the page with its fonts, pictures and icon."""
WORDS_A_MINUTE: Final = 200
"""How fast guidance is read in silence (Brysbaert 2019: 238 for non-fiction; many read slower)."""
LONG_WORDS: Final = 4000
"""From here on a browser lays out only the sections that are seen."""


def write_page(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """index.html with what it shows beside it, `<slug>-offline.html` with all of it within, and
    the player to embed.
    """
    slug = publication.article.slug
    written: list[Path] = []

    def beside(name: str, content: bytes) -> str:
        written.append(folder / ASSETS / name)
        write_beside(written[-1], content)
        return f"{ASSETS}/{name}"

    offline = folder / f"{slug}-offline.html"
    sound = episode_of(publication) is not None
    within = page_html(publication, _embedded, _sound_within(publication) if sound else "")
    write_beside(offline, within.encode())
    page = page_html(publication, beside, f"{slug}.mp3" if sound else "", offline)
    write_beside(folder / "index.html", page.encode())
    player = _player(publication, folder, beside) if sound and publication.narration else ()
    return (folder / "index.html", offline, *dict.fromkeys(written), *player)


def _player(publication: Publication, folder: Path, place: Place) -> tuple[Path, ...]:
    """The player that may stand on any page, with the files that the page has beside it."""
    project, article = publication.project, publication.article
    fonts = Lettering(article.title)
    css = style(project, place, look_of(project.practice, article), fonts, "page/player.css")
    script = player_script(project, "page/embedded.js")
    pictures = (f"{ASSETS}/icon.svg", f"{ASSETS}/cover.jpg")
    return write_player(publication, folder, css, script, pictures)


def _embedded(name: str, content: bytes) -> str:
    """A file as an address that holds it (RFC 2397)."""
    return f"data:{media_type(Path(name))};base64,{base64.b64encode(content).decode()}"


def _sound_within(publication: Publication) -> str:
    """The sections, which are smaller than the episode, as an address that holds them; the episode
    where they could not be made.
    """
    name = f"{publication.article.slug}.mp3"
    sound = sections_in_one(publication) or publication.offered("episode", name)
    return _embedded(name, sound[after_id3(sound) :])


# ---------------------------------------------------------------- one page


def page_html(
    publication: Publication, place: Place, sound: str, offline: Path | None = None
) -> str:
    """The page; `place` puts its fonts and pictures, `sound` is the address of the episode.

    `offline` is the same page in one file, where that is a file of its own beside it.
    """
    article, project = publication.article, publication.project
    practice, language = project.practice, language_of(article.language)
    look, motif = look_of(practice, article), motif_of(article.slug, article.face.motif)
    narration = publication.narration if sound else None
    parts = parts_of(article, narration) if narration else ()
    css = style(project, place, look, Lettering(article.title, emphasised(article)))
    script = player_script(project, "page/page.js") if narration else ""
    cover = _cover(publication) if offline else None
    html = render(
        project,
        "page/page.html.j2",
        language,
        article.language,
        article=article,
        practice=practice,
        own_pictures=shown_pictures(project, place),
        look=look,
        screen=Screen(pictures=_pictures(publication, place), calls=note_calls(article)),
        policy=Markup(policy(script, css)),
        style=Markup(css),
        script=Markup(script),
        script_words=script_words(script, language),
        linked_data=Markup(linked_data(publication, cover.address if cover else "")),
        times=Markup(times(article, narration)) if narration else "",
        narration=narration,
        lasting=lasting,
        minutes=minutes,
        clock=clock,
        reading=minutes(60 * _words(publication) / WORDS_A_MINUTE, language),
        heard={part.id: part for part in parts},
        introduction=INTRODUCTION,
        sound=sound,
        whole=offline is None,
        cover=cover,
        artwork=place("cover.jpg", cover_of(publication).small) if narration else "",
        icon=place("icon.svg", icon_svg(look, motif).encode()),
        touch_icon=place("touch-icon.png", touch_icon(look, motif)) if offline else "",
        library=f"../{LIBRARY}" if offline else "",
        next=publication.next if offline else None,
        feed=f"../{FEED}" if offline and narration and practice.published else "",
        photograph=_photograph(publication, place),
        motif=Markup(motif_svg(palette_of(look), motif)),
        shelves=_shelves(publication, offline),
        section_files=_section_files(publication, parts, offline),
        credentials=practice.valid_credentials(today()),
        website=practice.short_website,
        address=practice.address(article.slug),
        short_address=practice.short_address(article.slug),
        ways_to_help=ways_to_help,
        feedback=feedback(practice.feedback or practice.website),
        long=_words(publication) > LONG_WORDS,
    )
    return as_html(html)


def as_html(written: str) -> str:
    """XML's `<br/>` as HTML has it: what is void is not closed."""
    return re.sub(r"<(br|img)\b([^<>]*?)\s*/>", r"<\1\2>", written)


def _words(publication: Publication) -> int:
    return sum(len(sentence.text.split()) for sentence in article_sentences(publication.article))


def player_script(project: Project, *others: str) -> str:
    """The script of the player, and those of the page that has it; our notes in them stay here."""
    names = ("page/say.js", "page/player.js", *others)
    whole = "".join(str(template_text(project, name)) for name in names)
    return re.sub(r"(?m)^[ \t]+|^[ \t]*//.*\n", "", whole)


PHOTOGRAPH: Final = (484, 308)
"""The owner's own picture beside the title, in pixels, for a column 242 wide."""


def _photograph(publication: Publication, place: Place) -> str:
    """The address of the owner's own picture for the cover; "" where a motif stands there."""
    project, own = publication.project, cover_photograph(publication.project, publication.article)
    if own is None:
        return ""
    content, ending = photograph_on_screen(project, own, PHOTOGRAPH)
    return place(f"photograph{ending}", content)


def _pictures(publication: Publication, place: Place) -> dict[str, Picture]:
    """Every picture of the article, made ready and put where the page finds it."""
    project = publication.project
    pictures: dict[str, Picture] = {}
    for block in article_blocks(publication.article):
        if isinstance(block, Figure) and block.path not in pictures:
            content, kind = read_picture(project, project.source / block.path)
            name = f"{len(pictures) + 1}-{_stem(block.path)}{KINDS[kind]}"
            pictures[block.path] = Picture(place(name, content), *picture_size(content))
    return pictures


KINDS: Final = {"image/svg+xml": ".svg", "image/jpeg": ".jpg", "image/png": ".png"}


def _stem(path: str) -> str:
    """The name of a picture's file, as an address has it."""
    return re.sub(r"[^a-z0-9]+", "-", PurePosixPath(path).stem.lower()).strip("-") or "picture"


@dataclass(frozen=True, slots=True)
class Cover:
    """A picture of words and motif, which those who pass the page on may see; sizes in pixels."""

    address: str
    width: int = SIDE_PX
    height: int = SIDE_PX


def _cover(publication: Publication) -> Cover | None:
    """The narration's cover, where there is one."""
    slug, practice = publication.article.slug, publication.project.practice
    path = f"{slug}/{slug}-cover.jpg"
    there = any(offer.file.path == path for offer in publication.offers)
    return Cover(f"{practice.address(slug)}/{slug}-cover.jpg") if there else None


# ---------------------------------------------------------------- to take away


def _shelves(publication: Publication, offline: Path | None) -> tuple[Shelf, ...]:
    """What is offered beside the page; nothing in a page that stands alone."""
    if offline is None:
        return ()
    slug, leaflet = publication.article.slug, publication.project.practice.leaflet
    alone = Offer("page", record_file(offline, f"{slug}/{offline.name}"), offline)
    language = language_of(publication.article.language)
    return shelves(slug, (*publication.offers, alone), leaflet, language)


def _section_files(
    publication: Publication, parts: tuple[Part, ...], offline: Path | None
) -> tuple[Takeaway, ...]:
    """The sound section by section, as files."""
    titles = {part.number: part.title for part in parts}
    language = language_of(publication.article.language)
    return section_files(publication.offers, titles, language) if offline else ()
