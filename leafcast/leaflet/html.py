"""Article → HTML, through templates/leaflet: one semantic page for every edition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache, partial
from typing import Final
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup, escape

from leafcast.days import in_words, today
from leafcast.leaflet.direction import direction
from leafcast.leaflet.settings import Setting
from leafcast.leaflet.stand_ins import absent_characters
from leafcast.leaflet.tables import wide_tables
from leafcast.leaflet.themes import THEMES
from leafcast.model import plain_text
from leafcast.narration.lexicon import read_lexicon
from leafcast.project import Project
from leafcast.publish.model import Publication

TEMPLATES: Final = "leaflet"
DIALLED: Final = (
    r"(?<![\w.,/£-])\+?\d{2,5}(?: \d{3,6}){1,3}(?![\w./-])"
    r"|(?<!\w)[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?!\w)"
)
"""Telephone numbers in groups, such as 0300 123 3393, and postcodes."""
LONGEST_TIED: Final = 22
"""Letters that fit on a line of the narrowest heading."""


def write_html(publication: Publication, setting: Setting) -> str:
    """The leaflet as HTML. `leafcast:` addresses in it are for `layout.py` alone."""
    article, project = publication.article, publication.project
    practice = project.practice
    theme = THEMES[setting.theme](practice.look)
    template = _environment(project).get_template(f"{TEMPLATES}/{setting.template}.html.j2")
    return template.render(
        article=article,
        practice=practice,
        look=practice.look,
        font=practice.look.font,
        theme=theme,
        setting=setting,
        stand_in=bool(absent_characters(publication)),
        wide=wide_tables(article, project, setting),
        styles=(
            *(_style(project, name) for name in ("base", setting.stylesheet)),
            Markup(setting.fitting.rules),
        ),
        credentials=practice.valid_credentials(today()),
        website=practice.website.split("://", 1)[-1].removeprefix("www.").rstrip("/"),
        address=practice.address(article.slug),
        short_address=practice.short_address(article.slug),
    )  # fmt: skip


def write_drawing(project: Project, name: str) -> str:
    """A drawing of templates/leaflet/drawings as SVG, in the practice's colours.

    Raises jinja2.TemplateNotFound where there is none of that name.
    """
    template = _environment(project).get_template(f"{TEMPLATES}/drawings/{name}.svg.j2")
    return template.render(look=project.practice.look)


@cache
def _environment(project: Project) -> jinja2.Environment:
    """Templates as they are looked up: the practice's own over leafcast's. Autoescape is on."""
    folders = [str(folder / "templates") for folder in project.data]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders), autoescape=True, undefined=jinja2.StrictUndefined
    )
    website = urlsplit(project.practice.website).hostname or ""
    environment.filters |= {
        "kind": _kind,
        "in_words": _in_words,
        "dialled": dialled,
        "direction": direction,
        "words": plain_text,
        "tie_end": tie_end,
        "expanded": partial(mark_words, dict(read_lexicon(project).expansions)),
        "leads_to": partial(link_words, website=website),
    }
    return environment


def _kind(of: object) -> str:
    """The name of what stands in the model, such as `Paragraph`."""
    return type(of).__name__


def _in_words(day: date) -> str:
    return in_words(day)


def mark_words(expansions: Mapping[str, str], words: str) -> Markup:
    """`words` with what abbreviations stand for, and numbers to dial kept on one line.

    The first is for whoever has the page read aloud, the second for the eye (UKAAF G003).
    """
    longest_first = sorted(expansions, key=len, reverse=True)
    known = "|".join([*(rf"(?<!\w){re.escape(word)}(?!\w)" for word in longest_first), DIALLED])
    return Markup("").join(
        _mark_word(expansions, part) if at % 2 else part
        for at, part in enumerate(re.split(f"({known})", words))
    )


def _mark_word(expansions: Mapping[str, str], part: str) -> Markup:
    if part in expansions:
        return Markup('<abbr title="{}">{}</abbr>').format(expansions[part], part)
    return Markup('<span class="tied">{}</span>').format(part)


def tie_end(words: str) -> Markup:
    """A heading's end whose last two words, where they are short, stay on one line."""
    *before, last_but_one, last = words.split(" ") if words.count(" ") > 1 else ["", "", words]
    tied = f"{last_but_one} {last}"
    if not before or not last_but_one or len(tied) > LONGEST_TIED:
        return escape(words)
    return escape(" ".join(before)) + Markup(' <span class="tied">{}</span>').format(tied)


def link_words(words: str, target: str, website: str) -> str:
    """A link in words: what it says, and where it leads (ISO 14289-1, 7.18.5; WCAG 2.4.4)."""
    scheme, _, rest = target.partition(":")
    if target.startswith("#"):
        leads = "goes to that part of this leaflet"
    elif scheme == "tel":
        leads = "starts a telephone call"
    elif scheme == "mailto":
        leads = "starts an e-mail"
    elif (host := urlsplit(target).hostname or rest) == website:
        leads = "opens the practice’s website"
    else:
        leads = f"opens {host.removeprefix('www.')}"
    return f"{' '.join(words.split())}, {leads}"


def dialled(number: str) -> str:
    """A telephone number as RFC 3966 wants it in `tel:`: digits, and a plus before them."""
    plus = "+" if number.strip().startswith("+") else ""
    return plus + "".join(character for character in number if character.isdigit())


def _style(project: Project, name: str) -> Markup:
    """A stylesheet, as it is: it is the practice's own file, not a reader's words."""
    return Markup(project.find(f"templates/leaflet/{name}.css").read_text("utf-8"))
