"""What a web host wants beside the pages: what to say of a page that is not there, or is withdrawn,
and how files are served.

`404.html` is found by itself at Netlify, Cloudflare Pages and GitHub Pages; `.htaccess` names it to
Apache. `_headers` is Netlify's and Cloudflare's. A withdrawn article's address stands in codes on
paper: a page there says that it is withdrawn, and leads on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup

from leafcast.locale.days import today
from leafcast.locale.language import ENGLISH, Language, marked
from leafcast.markup.contact import feedback, ways_to_help
from leafcast.markup.html import render
from leafcast.page.media import media_type
from leafcast.page.own_pictures import shown_pictures
from leafcast.page.policy import policy
from leafcast.page.style import Lettering, style
from leafcast.practice.project import Project, Withdrawn
from leafcast.site.library import ASSETS as LIBRARYS
from leafcast.site.library import Entry, entry_of, in_order
from leafcast.site.parts import Site
from leafcast.state.cache import write_beside

STYLE: Final = "farewell/farewell.css"
SERVED: Final = (".opus", ".m4b", ".vtt", ".epub", ".brf", ".pef", ".woff2", ".srt")
"""Endings whose media type a host may not know."""
A_DAY_S: Final = 86_400


@dataclass(frozen=True, slots=True)
class Instead:
    """An article that one may like instead: where it is, its cover, and how long it takes."""

    title: str
    page: str
    cover: str
    takes: str


def write_hosting(site: Site, folder: Path) -> tuple[Path, ...]:
    """404.html, _headers, .htaccess, and a page for each article that is withdrawn.

    Their fonts and their icon are the library's.
    """
    written: list[Path] = []

    def put(name: str, words: str) -> None:
        written.append(folder / name)
        write_beside(written[-1], words.encode())

    project, look = site.project, site.project.practice.look
    names = ("page/page.css", "page/farewell.css")
    put(STYLE, style(project, lambda name, _: f"../{LIBRARYS}/{name}", look, Lettering(), *names))
    places = (STYLE, f"{LIBRARYS}/icon.svg")
    there = {each.article.slug: each for each in in_order(site)}
    root, entry = root_of(project), partial(entry_of, site)
    first = tuple(map(entry, islice(there.values(), 2)))
    put("404.html", _page(project, site.language, (root, *places), first))
    for gone in project.practice.withdrawn:
        if gone.article not in there:
            some = tuple(entry(there[slug]) for slug in gone.instead if slug in there)
            words = _page(project, site.language, ("../", *places), some, gone)
            put(f"{gone.article}/index.html", words)
    put("_headers", headers())
    put(".htaccess", htaccess(root))
    return tuple(dict.fromkeys(written))


def root_of(project: Project) -> str:
    """Where the publications lie at their host, as an address begins: `/`, `/leaflets/`."""
    return f"{urlsplit(project.practice.published).path.rstrip('/')}/"


def farewell_page(project: Project, withdrawn: Withdrawn) -> str:
    """The page for a withdrawn article, at its address within the site, leading to no other."""
    return _page(project, ENGLISH, ("../", STYLE, f"{LIBRARYS}/icon.svg"), (), withdrawn)


def _page(
    project: Project,
    language: Language,
    places: tuple[str, str, str],
    some: tuple[Entry, ...],
    withdrawn: Withdrawn | None = None,
) -> str:
    practice, (root, css, icon) = project.practice, places
    gone, lost = marked("This leaflet is no longer in use"), marked("This page is not here")
    return render(
        project,
        "page/farewell.html.j2",
        language,
        "",
        practice=practice,
        own_pictures=shown_pictures(project, lambda name, _: f"{root}{LIBRARYS}/{name}"),
        policy=Markup(policy("", "", own_files=True)),
        title=language.gettext(gone if withdrawn else lost),
        withdrawn=withdrawn,
        instead=[_instead(each, language) for each in some if each.page],
        root=root,
        style=f"{root}{css}",
        icon=f"{root}{icon}",
        touch_icon="",
        feed="",
        website=practice.short_website,
        credentials=practice.valid_credentials(today()),
        ways_to_help=ways_to_help,
        feedback=feedback(practice.feedback or practice.website),
    )


def _instead(entry: Entry, language: Language) -> Instead:
    takes = language.gettext("{minutes} min to read").format(minutes=entry.reading)
    if entry.hearing:
        hearing = language.gettext("{minutes} min to hear").format(minutes=entry.hearing)
        takes = f"{takes}, {hearing}"
    return Instead(entry.article.title, entry.page, entry.cover, takes)


# ---------------------------------------------------------------- how files are served


def headers() -> str:
    """Media types and how long a browser may keep files, as Netlify and Cloudflare read them."""
    return "\n".join(_headers()) + "\n"


def _headers() -> Iterator[str]:
    yield "/*"
    yield "  X-Content-Type-Options: nosniff"
    yield "  Referrer-Policy: no-referrer"
    yield f"  Cache-Control: public, max-age={A_DAY_S}, must-revalidate"
    for ending in SERVED:
        yield f"/*{ending}"
        yield f"  Content-Type: {media_type(Path(f'x{ending}'))}"


def htaccess(root: str) -> str:
    """The same for Apache, and where its page for what is not there lies."""
    types = (f"AddType {media_type(Path(f'x{ending}'))} {ending}" for ending in SERVED)
    return "\n".join(
        (
            f"ErrorDocument 404 {root}404.html",
            *types,
            "<IfModule mod_headers.c>",
            'Header set X-Content-Type-Options "nosniff"',
            'Header set Referrer-Policy "no-referrer"',
            f'Header set Cache-Control "public, max-age={A_DAY_S}, must-revalidate"',
            "</IfModule>",
            "",
        )
    )
