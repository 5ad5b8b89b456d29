"""The studio's pages, by its own templates: escaped, and with nothing in them but words."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jinja2
from starlette.responses import HTMLResponse

from leafcast.locale.days import in_words, today

if TYPE_CHECKING:
    from leafcast.practice.project import Look
    from leafcast.studio.studio import Studio

LANGUAGES: Final = {
    "en-GB": "English (UK)",
    "en-IE": "English (Ireland)",
    "en-US": "English (US)",
    "cy": "Welsh",
    "fr": "French",
    "de": "German",
    "es": "Spanish",
    "pl": "Polish",
}


@cache
def _environment(folder: Path) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(folder)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["in_words"] = in_words
    return environment


def page(studio: Studio, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """A page of the studio."""
    html = _environment(studio.templates).get_template(f"{template}.html.j2")
    return HTMLResponse(html.render(today=today(), **values), status)


def colours(look: Look) -> str:
    """The practice's own colours as a stylesheet, in a light and a dark form that can be read."""
    from leafcast.page.palette import by_day, by_night

    day, night = by_day(look), by_night(look)
    return (
        f":root {{ --accent: {day.accent}; --band: {day.floor} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ --accent: {night.accent}; "
        f"--band: {night.floor} }} }}\n"
    )
