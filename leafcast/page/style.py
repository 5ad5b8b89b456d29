"""A page's style: its fonts, its colours by day, by night and in strong contrast, its rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from leafcast.design.webfonts import web_fonts
from leafcast.document.article import (
    Article,
    Emphasis,
    Foreign,
    Inline,
    Link,
    Strong,
    article_sentences,
    plain_text,
)
from leafcast.markup.html import template_text
from leafcast.page.palette import PALETTES
from leafcast.practice.project import Look, Project

Place = Callable[[str, bytes], str]
"""Puts a file where the page finds it, and gives its address."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """The words that are set in the headline's font, and those in italics; see `web_fonts`."""

    headline: str = ""
    italic: str = ""


def emphasised(article: Article) -> str:
    """The words that are set in italics, one after the other."""
    sentences = (sentence.content for sentence in article_sentences(article))
    return "".join(map(_italic, sentences))


def _italic(content: tuple[Inline, ...]) -> str:
    found = (
        plain_text(each.content) if isinstance(each, Emphasis) else _italic(each.content)
        for each in content
        if isinstance(each, Emphasis | Strong | Link | Foreign)
    )
    return "".join(found)


def style(project: Project, place: Place, look: Look, lettering: Lettering, *names: str) -> str:
    """The stylesheets after their fonts and the colours of a look; if none is named, the page's."""
    palettes = {name: palette(look) for name, palette in PALETTES.items()}
    faces = [
        f'@font-face {{ font-family: "{font.family}"; font-weight: {font.weight}; '
        f"font-style: {font.style}; font-display: swap; "
        f'src: url({place(font.name, font.content)}) format("woff2"); }}'
        for font in web_fonts(project, lettering.headline, lettering.italic)
    ]
    night, more = "(prefers-color-scheme: dark)", "(prefers-contrast: more)"
    colours = (
        f":root {{ {palettes['day'].properties} }}",
        f"@media {night} {{ :root {{ {palettes['night'].properties} }} }}",
        f"@media {more} {{ :root {{ {palettes['strong-day'].properties} }} }}",
        f"@media {more} and {night} {{ :root {{ {palettes['strong-night'].properties} }} }}",
        f"@media print {{ :root {{ {palettes['strong-day'].properties} }} }}",
    )
    family = project.practice.look.font.replace('"', "")
    headline = project.practice.look.headline.replace('"', "")
    font = f':root {{ --font: "{family}", "Atkinson Hyperlegible", Verdana, sans-serif; '
    font += f'--headline: "{headline}", var(--font); }}'
    sheets = (str(template_text(project, name)) for name in names or ("page/page.css",))
    return "\n".join((*faces, *colours, font, *map(without_notes, sheets)))


def without_notes(sheet: str) -> str:
    """A stylesheet as a browser needs it, without the notes in it that are ours."""
    return re.sub(r"(?s)/\*.*?\*/\s*|(?<=\n)[ \t]+", "", sheet)
