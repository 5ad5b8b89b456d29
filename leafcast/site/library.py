"""The library: every publication of the practice on one page, and a page for reception.

`index.html` lists what there is with its forms, their lengths and sizes, and searches it without a
server; `print.html` says which file to print for whom, with which settings, and how to fold it.
The words to search stand in a file of their own that is read only when somebody searches, so that
the page stays small: about a kilobyte an article.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import Markup

from leafcast.design.motifs import PRACTICE_MOTIF, motif_svg
from leafcast.design.palette import palette_of
from leafcast.document.article import Article, article_sentences
from leafcast.document.publication import Offer
from leafcast.locale.days import today
from leafcast.markup.contact import feedback, reach
from leafcast.markup.html import render, template_text
from leafcast.page.downloads import PRINT, Takeaway, shelves
from leafcast.page.page import Place, icon_svg, style
from leafcast.page.policy import policy
from leafcast.practice.project import Project
from leafcast.site.parts import Shelved, Site
from leafcast.site.podcast import FEED
from leafcast.state.cache import write_beside

ASSETS: Final = "library"
WORDS_FILE: Final = f"{ASSETS}/words.js"
MINUTES: Final = re.compile(r"(\d+) minutes?(?: \d+ seconds?)?")
"""A duration to the second, of which the minutes are enough here."""
WORDS_A_MINUTE: Final = 200
"""How fast guidance is read in silence (Brysbaert 2019: 238 for non-fiction; many read slower)."""
SHORTEST_WORD: Final = 3
LINKED: Final = {
    ".mp3": "Listen",
    "-a4.pdf": "A4 leaflet",
    "-large-print.pdf": "Large print",
}
"""The forms that one gets from the library at once, and what they are called there. So few links an
article spare who goes from link to link."""
TOLD: Final = {
    ".epub": "e-book",
    "-slower.mp3": "told more slowly",
    ".m4b": "audiobook",
    "-dyslexia.pdf": "dyslexia-friendly",
    "-daisy.zip": "talking book",
    ".brf": "braille",
}
"""The forms that are told of; the article's own page leads to them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as the library shows it. `minutes` are those of reading it in silence."""

    article: Article
    page: str
    minutes: int
    listening: str
    forms: tuple[Takeaway, ...]
    more: tuple[Takeaway, ...]
    prints: tuple[Takeaway, ...]
    test_sheet: str = ""


def write_library(site: Site, folder: Path) -> tuple[Path, ...]:
    """index.html and print.html, with the fonts, the icon and the words to search beside them."""
    project = site.project
    written: list[Path] = []

    def beside(name: str, content: bytes) -> str:
        written.append(folder / ASSETS / name)
        write_beside(written[-1], content)
        return f"{ASSETS}/{name}"

    entries = tuple(_entry(site.project, each) for each in _newest_first(site))
    beside(WORDS_FILE.partition("/")[2], search_words(entries).encode())
    shared = {
        "practice": project.practice,
        "look": project.practice.look,
        "entries": entries,
        "icon": beside("icon.svg", icon_svg(project.practice.look, PRACTICE_MOTIF).encode()),
        "motif": Markup(motif_svg(palette_of(project.practice.look), PRACTICE_MOTIF)),
        "style": beside("library.css", _stylesheet(project, beside)),
        "website": project.practice.short_website,
        "feed": FEED if FEED in _paths(site) else "",
        "credentials": project.practice.valid_credentials(today()),
        "reach": reach,
        "feedback": feedback(project.practice.feedback or project.practice.website),
        "folds": _folds(entries),
    }
    for name, template in (("index.html", "library"), ("print.html", "print")):
        script = str(template_text(project, "page/library.js")) if name == "index.html" else ""
        html = render(
            project,
            f"page/{template}.html.j2",
            script=Markup(script),
            policy=Markup(policy(script, "", own_files=True)),
            **shared,
        )
        written.append(folder / name)
        write_beside(folder / name, html.encode())
    return tuple(dict.fromkeys(written))


def _newest_first(site: Site) -> list[Shelved]:
    return sorted(
        site.publications,
        key=lambda each: (-each.article.published.toordinal(), each.article.title),
    )


def _paths(site: Site) -> set[str]:
    return {file.path for record in site.parts.values() for file in record.files}


def _entry(project: Project, shelved: Shelved) -> Entry:
    article = shelved.article
    offers = tuple(
        Offer(edition, file, project.dist / file.path)
        for edition, record in shelved.editions.items()
        for file in record.files
    )
    found = shelves(article.slug, offers, project.practice.leaflet)
    within = {
        shelf.name: tuple(_from_the_root(article.slug, each) for each in shelf.files)
        for shelf in found
    }
    everything = [each for files in within.values() for each in files]
    episode = shelved.file("episode", f"/{article.slug}.mp3")
    sheet = shelved.file("test-sheet", ".pdf")
    words = sum(len(sentence.text.split()) for sentence in article_sentences(article))
    return Entry(
        article,
        f"{article.slug}/index.html" if shelved.file("page", "/index.html") else "",
        max(1, round(words / WORDS_A_MINUTE)),
        f"{max(1, round(episode.seconds / 60))} min" if episode and episode.seconds else "",
        tuple(_forms(article.slug, everything, LINKED)),
        tuple(_forms(article.slug, everything, TOLD)),
        within.get(PRINT, ()),
        sheet.path if sheet else "",
    )


def _forms(slug: str, files: list[Takeaway], shown: Mapping[str, str]) -> Iterator[Takeaway]:
    """The files that stand in the library, in its order and its words."""
    by_ending = {_ending(slug, file): file for file in files}
    for ending, words in shown.items():
        if file := by_ending.get(ending):
            yield Takeaway(file.href, words, MINUTES.sub(r"\1 min", file.details))


def _stylesheet(project: Project, place: Place) -> bytes:
    """The page's stylesheet, as a file: its addresses are seen from its own folder."""
    return style(
        project, lambda name, content: Path(place(name, content)).name, project.practice.look
    ).encode()


def _from_the_root(slug: str, file: Takeaway) -> Takeaway:
    return Takeaway(f"{slug}/{file.href}", file.words, file.details)


def _ending(slug: str, file: Takeaway) -> str:
    """What follows the slug in a file's name."""
    return file.href.rpartition("/")[2].removeprefix(slug)


def _folds(entries: tuple[Entry, ...]) -> frozenset[str]:
    """The ways of folding for which there is a file to print."""
    names = [each.href for entry in entries for each in entry.prints]
    kinds = ("booklet", "trifold", "z-fold", "four-page")
    return frozenset(kind for kind in kinds if any(f"-{kind}-print" in name for name in names))


# ---------------------------------------------------------------- searching


def search_words(entries: tuple[Entry, ...]) -> str:
    """Every word of every article, for the library's search: a script that sets one value."""
    words = {entry.article.slug: " ".join(sorted(words_of(entry.article))) for entry in entries}
    return f"window.libraryWords={json.dumps(words, ensure_ascii=False, separators=(',', ':'))};\n"


def words_of(article: Article) -> set[str]:
    """The words of an article, in small letters; those too short to mean much are left out."""
    texts = [article.title, article.subtitle, article.summary]
    texts += [sentence.text for sentence in article_sentences(article)]
    found = re.findall(r"\w+", " ".join(texts).casefold().replace("’", ""))
    return {word for word in found if len(word) >= SHORTEST_WORD}
