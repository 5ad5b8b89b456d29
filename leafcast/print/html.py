"""Article → HTML, through templates/leaflet: one semantic page for every edition."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields
from typing import Final

from markupsafe import Markup, escape

from leafcast.design.palette import look_of, palette_of
from leafcast.document.publication import Publication
from leafcast.locale.days import today
from leafcast.markup.html import render, template_text
from leafcast.practice.project import Project
from leafcast.print.spacing import families_for
from leafcast.print.stand_ins import absent_characters
from leafcast.print.tables import wide_tables
from leafcast.print.themes import THEMES, Theme
from leafcast.print.typesetting import Setting

TEMPLATES: Final = "leaflet"
WORD_JOINER: Final = "\u2060"
NO_WIDTH: Final = "\u200b"
"""No line ends here (Unicode annex 14)."""

OUTSIDE_TAGS: Final = re.compile(r"[^<>]+")
"""What may be composed: a mark behind the sign that ends a tag would make another sign of it."""


def write_html(publication: Publication, setting: Setting) -> str:
    """The leaflet as HTML. `leafcast:` addresses in it are for `layout.py` alone.

    Letters with marks are composed: a mark of its own is taken from another font than its letter
    where the first has none, and a step between the two reads as a space.
    """
    article, project = publication.article, publication.project
    practice = project.practice
    look = look_of(practice, article)
    theme = THEMES[setting.theme](look)
    html = render(
        project,
        f"{TEMPLATES}/{setting.template}.html.j2",
        article=article,
        practice=practice,
        look=look,
        colours=colours_of(theme),
        families=families_for(project, setting.letter_space_em),
        theme=theme,
        setting=setting,
        stand_in=bool(absent_characters(publication)),
        wide=wide_tables(article, project, setting),
        styles=(
            *(
                template_text(project, f"{TEMPLATES}/{name}.css")
                for name in ("base", setting.stylesheet)
            ),
            Markup(setting.fitting.rules),
        ),
        credentials=practice.valid_credentials(today()),
        website=practice.website.split("://", 1)[-1].removeprefix("www.").rstrip("/"),
        address=practice.address(article.slug),
        short_address=practice.short_address(article.slug),
        shown_address=breakable(practice.short_address(article.slug)),
    )  # fmt: skip
    return OUTSIDE_TAGS.sub(lambda found: unicodedata.normalize("NFC", found[0]), html)


def colours_of(theme: Theme) -> Markup:
    """The colours of a theme as CSS custom properties."""
    roles = {each.name: getattr(theme.palette, each.name) for each in fields(theme.palette)}
    named = {"page": theme.page, **roles}
    return Markup(" ".join(f"--{role.replace('_', '-')}: {named[role]};" for role in named))


def breakable(address: str) -> Markup:
    """An address that a line may end after a slash of, and not at a hyphen, which is its own.

    Who reads a hyphen at a line's end leaves it out. WeasyPrint sets the first letter behind a
    <wbr> before the break, so the space of no width stands there itself.
    """
    return Markup(f"/{NO_WIDTH}").join(
        escape(part.replace("-", f"-{WORD_JOINER}")) for part in address.split("/")
    )


def write_drawing(project: Project, name: str) -> str:
    """A drawing of templates/leaflet/drawings as SVG, in the practice's colours.

    Raises jinja2.TemplateNotFound where there is none of that name.
    """
    return render(
        project,
        f"{TEMPLATES}/drawings/{name}.svg.j2",
        look=project.practice.look,
        palette=palette_of(project.practice.look),
    )
