"""Article → HTML, through templates/leaflet: one semantic page for every edition."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final

import jinja2
from markupsafe import Markup

from leafcast.days import in_words, today
from leafcast.leaflet.direction import direction
from leafcast.leaflet.settings import Setting
from leafcast.leaflet.stand_ins import absent_characters
from leafcast.leaflet.tables import wide_tables
from leafcast.leaflet.themes import THEMES
from leafcast.project import Project
from leafcast.publish.model import Publication

TEMPLATE: Final = "leaflet/leaflet.html.j2"


def write_html(publication: Publication, setting: Setting) -> str:
    """The leaflet as HTML. `leafcast:` addresses in it are for `layout.py` alone."""
    article, project = publication.article, publication.project
    practice = project.practice
    theme = THEMES[setting.theme](practice.look)
    return _environment(project).get_template(TEMPLATE).render(
        article=article,
        practice=practice,
        font=practice.look.font,
        theme=theme,
        setting=setting,
        stand_in=bool(absent_characters(publication)),
        wide=wide_tables(article, project, setting),
        styles=tuple(_style(project, name) for name in ("base", setting.stylesheet)),
        credentials=practice.valid_credentials(today()),
        website=practice.website.split("://", 1)[-1].removeprefix("www.").rstrip("/"),
        address=practice.address(article.slug),
        short_address=practice.short_address(article.slug),
    )  # fmt: skip


@cache
def _environment(project: Project) -> jinja2.Environment:
    """Templates as they are looked up: the practice's own over leafcast's. Autoescape is on."""
    folders = [str(folder / "templates") for folder in project.data]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.filters |= {
        "kind": _kind,
        "in_words": _in_words,
        "dialled": dialled,
        "direction": direction,
    }
    return environment


def _kind(of: object) -> str:
    """The name of what stands in the model, such as `Paragraph`."""
    return type(of).__name__


def _in_words(day: date) -> str:
    return in_words(day)


def dialled(number: str) -> str:
    """A telephone number as RFC 3966 wants it in `tel:`: digits, and a plus before them."""
    plus = "+" if number.strip().startswith("+") else ""
    return plus + "".join(character for character in number if character.isdigit())


def _style(project: Project, name: str) -> Markup:
    """A stylesheet, as it is: it is the practice's own file, not a reader's words."""
    return Markup(project.find(f"templates/leaflet/{name}.css").read_text("utf-8"))
