"""Five lines under [look], and everything that leafcast makes looks like one practice.

Three practices that differ in all of it: a logo drawn, see-through and photographed, a colour that
is dark, strong and pale, a photograph for one article's cover.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from leafcast.checks.html import read_html
from leafcast.design.cover_art import SIDE_PX, cover_of
from leafcast.design.palette import Palette, look_of, palette_of
from leafcast.document.publication import Publication
from leafcast.page.page import page_html
from leafcast.page.palette import by_day
from leafcast.practice.project import Project, load_project
from leafcast.print.html import write_html
from leafcast.print.typesetting import A4, BOOKLET
from leafcast.readers import read_article
from leafcast.site.library import write_library
from leafcast.site.parts import Shelved, Site
from leafcast.site.podcast import podcast_cover
from tests.conftest import write_practice

SETTINGS = """
[look]
accent = "{accent}"
logo = "{logo}"
logo_alt = "A leaf"
portrait = "me.jpg"
portrait_alt = "Jo at her window"
"""
PRACTICES = {
    "dark": ("#364D76", "logo.svg"),
    "strong": ("#7A1F4B", "logo.png"),
    "pale": ("#D9A21B", "logo.jpg"),
}
LEAF = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4.5" cy="4.5" r="4"/></svg>'
SKY = (120, 160, 200)
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Made:
    """A practice, its palette, an article with a photograph, and what is made of them."""

    project: Project
    palette: Palette
    publication: Publication
    site: Path


@pytest.fixture(scope="module", params=PRACTICES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    accent, logo = PRACTICES[request.param]
    folder = write_practice(tmp_path_factory.mktemp(request.param))
    source = folder / "source"
    (source / "logo.svg").write_text(LEAF)
    seen_through = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    seen_through.paste((0, 0, 0, 255), (50, 50, 250, 250))
    seen_through.save(source / "logo.png")
    Image.new("RGB", (300, 300), "black").save(source / "logo.jpg")
    Image.new("RGB", (300, 400), "tan").save(source / "me.jpg")
    Image.new("RGB", (900, 700), SKY).save(source / "sky.jpg", quality=95)
    with (source / "practice.toml").open("a") as settings:
        settings.write(SETTINGS.format(accent=accent, logo=logo))
    path = source / "quiet-hour.md"
    path.write_text(path.read_text("utf-8").replace("\n---\n", "\ncover: sky.jpg\n---\n", 1))
    project = load_project(folder)
    article = read_article(path, source).article
    assert article
    write_library(Site(project, (Shelved(article, {}),), {}), folder / "site")
    palette = palette_of(look_of(project.practice, article))
    return Made(project, palette, Publication(article, project), folder / "site")


def test_they_stand_under_five_lines_of_settings() -> None:
    lines = [line for line in SETTINGS.splitlines() if "=" in line]
    assert len(lines) == 5


def test_every_leaflet_has_the_face(made: Made) -> None:
    for setting in (BOOKLET, A4):
        html = write_html(made.publication, setting)
        shown = {each.get("class"): each for each in read_html(html).all("img")}
        assert shown["logo"].get("alt") == "A leaf"
        assert shown["portrait"].get("alt") == "Jo at her window"
        assert "url(leafcast:source/sky.jpg)" in html
        assert f"--text: {made.palette.text};" in html
        assert f"--title-field: {made.palette.title_field};" in html


def test_page_and_library_have_it(made: Made) -> None:
    placed: dict[str, bytes] = {}

    def place(name: str, content: bytes) -> str:
        placed[name] = content
        return name

    html = page_html(made.publication, place, "")
    shown = {each.get("class"): each for each in read_html(html).all("img")}
    assert shown["logo"].get("alt") == "A leaf" and "portrait" in shown
    assert 'href="photograph.jpg"' in html
    assert near(picture(placed["photograph.jpg"]).getpixel((200, 100)), SKY)
    assert made.palette.ground.lower() in html.lower()
    cover = (made.site / "library/quiet-hour.svg").read_text("utf-8")
    assert "data:image/jpeg;base64," in cover and made.palette.ground in cover
    library = read_html((made.site / "index.html").read_text("utf-8"))
    assert {"logo", "portrait"} <= {each.get("class") for each in library.all("img")}


def test_screens_have_the_colours_of_paper(made: Made) -> None:
    """A title's field is the accent where that is pale, on the page and in the library too."""
    day = by_day(look_of(made.project.practice, made.publication.article))
    palette = made.palette
    assert (day.drawn, day.on_drawn) == (palette.title_field, palette.title)
    assert (day.floor, day.plate) == (palette.ground, palette.paper)
    library = read_html((made.site / "index.html").read_text("utf-8"))
    cover = (made.site / f"library/{made.publication.article.slug}.svg").read_text("utf-8")
    arts = (each for each in library.all("div") if each.get("class") == "art")
    (title,) = (each for art in arts for each in art.all("b"))
    is_pale = palette.title_field != palette.ground
    assert (f'fill="{palette.title_field}"' in cover) and (f'fill="{palette.ground}"' in cover)
    assert ("pale" in (title.get("class") or "").split()) is is_pale


def test_the_podcast_and_its_episodes_have_it(made: Made) -> None:
    """The field of the title, the photograph under it; the show's own with the logo in its foot."""
    palette, edge = made.palette, SIDE_PX // 50
    episode = picture(cover_of(made.publication).published)
    assert near(episode.getpixel((edge, edge)), rgb(palette.title_field))
    assert near(episode.getpixel((SIDE_PX // 2, SIDE_PX - edge)), SKY)
    show = picture(podcast_cover(made.project))
    assert near(show.getpixel((edge, edge)), rgb(palette.title_field))
    assert near(show.getpixel((edge, SIDE_PX - edge)), rgb(palette.foot))
    plate = show.crop((round(0.8 * SIDE_PX), round(0.855 * SIDE_PX), round(0.91 * SIDE_PX), 2950))
    seen = [near(colour, (0, 0, 0)) for _, colour in plate.getcolors(10**7) or ()]
    assert any(seen)  # the logo itself, in black
    assert near(show.getpixel((round(0.802 * SIDE_PX), round(0.87 * SIDE_PX))), rgb(palette.paper))


def picture(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def rgb(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:], 16)


def near(colour: object, wanted: Colour) -> bool:
    """As near as JPEG keeps it."""
    assert isinstance(colour, tuple)
    return all(abs(one - other) <= 8 for one, other in zip(colour, wanted, strict=True))
