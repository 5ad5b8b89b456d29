"""The practice's logo and portrait: on every page and leaflet, small, with their words, or told."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from leafcast.checks.html import read_html
from leafcast.checks.own_pictures import check_own_pictures
from leafcast.checks.prints import check_pdf
from leafcast.design.own_pictures import (
    MOST_BYTES,
    ON_SCREEN_PX,
    OwnPicture,
    on_screen,
    own_picture,
)
from leafcast.document.publication import Publication
from leafcast.editions.table import EDITIONS
from leafcast.page.page import page_html
from leafcast.practice.project import Project, load_project
from leafcast.print.html import write_html
from leafcast.print.typesetting import A4
from leafcast.readers import read_article
from leafcast.site.hosting import write_hosting
from leafcast.site.library import write_library
from leafcast.site.parts import Shelved, Site
from tests.conftest import write_practice

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1"/></svg>'
)
TURNED = 6
"""EXIF 2.32, orientation: the camera was held on its side."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A practice with a logo, drawn and see-through, and a portrait taken by a telephone."""
    folder = write_practice(tmp_path / "practice")
    logo = Image.new("RGBA", (1200, 300), (0, 0, 0, 0))
    logo.paste((122, 31, 75, 255), (100, 50, 500, 250))
    logo.save(folder / "source/logo.png")
    exif = Image.Exif()
    exif[0x0112] = TURNED
    Image.radial_gradient("L").resize((1000, 750)).save(folder / "source/me.jpg", exif=exif)
    with (folder / "source/practice.toml").open("a") as settings:
        settings.write(
            '[look]\nlogo = "logo.png"\nlogo_alt = "A <leaf>"\n'
            'portrait = "me.jpg"\nportrait_alt = "Jo at her window"\n'
        )
    return load_project(folder)


def with_look(project: Project, **changes: str) -> Project:
    look = replace(project.practice.look, **changes)
    return replace(project, practice=replace(project.practice, look=look))


def publication_of(project: Project) -> Publication:
    article = read_article(project.source / "quiet-hour.md", project.source).article
    assert article
    return Publication(article, project)


def small(project: Project, role: str) -> Image.Image:
    picture = own_picture(project, role)
    assert picture
    return Image.open(io.BytesIO(on_screen(project, picture)[0]))


def test_they_are_small_stand_upright_and_stay_see_through(project: Project) -> None:
    logo, portrait = small(project, "logo"), small(project, "portrait")
    assert logo.size == (384, 96)
    seen = logo.convert("RGBA")
    assert seen.getpixel((2, 2))[3] == 0  # type: ignore[index]
    assert near(seen.getpixel((60, 48)), (122, 31, 75, 255))
    assert portrait.size == (208, 277) and not portrait.getexif()
    for role in ON_SCREEN_PX:
        picture = own_picture(project, role)
        assert picture and len(on_screen(project, picture)[0]) <= MOST_BYTES[role]


@pytest.mark.parametrize(("mode", "ending"), [("RGB", ".jpg"), ("RGBA", ".webp")])
def test_a_face_that_weighs_too_much_is_shown_smaller_and_whole(
    mode: str, ending: str, project: Project
) -> None:
    """Noise is the hardest there is; what a see-through one has round it stays so."""
    chance = np.random.default_rng(1)
    noise = Image.fromarray(chance.integers(0, 255, (800, 600, 3), np.uint8)).convert(mode)
    if mode == "RGBA":
        noise.putalpha(Image.radial_gradient("L").resize(noise.size).point(lambda v: 255 - v))
    noise.save(project.source / "me.png")
    picture = own_picture(with_look(project, portrait="me.png"), "portrait")
    assert picture
    content, ends = on_screen(project, picture)
    shown = Image.open(io.BytesIO(content))
    assert ends == ending and len(content) <= MOST_BYTES["portrait"]
    assert shown.width >= 80 and abs(shown.height / shown.width - 4 / 3) < 0.03
    if mode == "RGBA":
        assert shown.convert("RGBA").getpixel((0, 0))[3] < 20  # type: ignore[index]


def near(colour: object, wanted: tuple[int, ...]) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(one - other) <= 4 for one, other in zip(colour, wanted, strict=True))


def test_they_leave_a_page_within_its_weight(tmp_path: Path) -> None:
    """A sign with soft edges, and a face in soft light; a page may weigh 150 kB with them."""
    folder = write_practice(tmp_path / "practice")
    sign = Image.new("RGBA", (1000, 1000), (0, 0, 0, 0))
    ImageDraw.Draw(sign).ellipse((40, 40, 960, 960), (122, 31, 75, 255), (31, 90, 94, 255), 60)
    sign.filter(ImageFilter.GaussianBlur(6)).save(folder / "source/logo.png")
    face = Image.radial_gradient("L").resize((900, 1200))
    light = Image.merge("RGB", (face, face.rotate(90).resize(face.size), face))
    light.save(folder / "source/me.jpg")
    project = with_look(load_project(folder), logo="logo.png", portrait="me.jpg")
    found = (own_picture(project, role) for role in ON_SCREEN_PX)
    assert sum(len(on_screen(project, each)[0]) for each in found if each) < 9_000


def test_a_drawing_stays_one(project: Project) -> None:
    (project.source / "logo.svg").write_text(DRAWING)
    drawn = with_look(project, logo="logo.svg")
    picture = own_picture(drawn, "logo")
    assert picture == OwnPicture("logo", project.source / "logo.svg", "A <leaf>")
    assert on_screen(drawn, picture) == (DRAWING.encode(), ".svg")


@pytest.mark.parametrize(
    "name", ["gone.png", "../secret.png", "words.txt", "broken.png", "run.svg"]
)
def test_what_cannot_be_shown_is_left_out_and_told_once(name: str, project: Project) -> None:
    (project.folder / "secret.png").write_bytes((project.source / "logo.png").read_bytes())
    (project.source / "words.txt").write_text("no picture")
    (project.source / "broken.png").write_bytes((project.source / "logo.png").read_bytes()[:200])
    (project.source / "run.svg").write_text(DRAWING.replace("<rect", "<script>1</script><rect"))
    publication = publication_of(with_look(project, logo=name))
    (finding,) = check_own_pictures(publication, project.dist)
    assert (finding.code, finding.severity) == ("own-picture", "warning")
    assert name in finding.message and finding.fix
    assert own_picture(publication.project, "logo") is None


def test_pages_and_leaflets_go_without_one_that_cannot_be_shown(project: Project) -> None:
    publication = publication_of(with_look(project, logo="gone.png"))
    shown = read_html(page_html(publication, lambda name, _: name, ""))
    assert [each.get("class") for each in shown.all("img")] == ["portrait"]
    assert "logo" not in write_html(publication, A4).partition("<body")[2]


def test_a_practice_without_them_has_neither(tmp_path: Path) -> None:
    publication = publication_of(load_project(write_practice(tmp_path / "practice")))
    assert list(check_own_pictures(publication, tmp_path)) == []
    assert not list(read_html(page_html(publication, lambda name, _: name, "")).all("img"))


def test_every_page_and_leaflet_shows_them_with_their_words(
    project: Project, tmp_path: Path
) -> None:
    publication = publication_of(project)
    site = Site(project, (Shelved(publication.article, {}),), {})
    written = (*write_library(site, tmp_path), *write_hosting(site, tmp_path))
    pages = [path.read_text("utf-8") for path in written if path.suffix == ".html"]
    assert len(pages) == 3
    for html in (*pages, page_html(publication, lambda name, _: name, "")):
        found = {each.get("class"): each for each in read_html(html).all("img")}
        assert found["logo"].get("alt") == "A <leaf>"
        assert (found["logo"].get("width"), found["logo"].get("height")) == ("384", "96")
    assert {"logo.png", "portrait.jpg"} <= {path.name for path in written}
    assert 'alt="A &lt;leaf&gt;"' in write_html(publication, A4)


def test_a_leaflet_with_a_photograph_has_each_picture_in_its_place(project: Project) -> None:
    """Leaves, which JPEG makes larger than a byte a pixel; the code beside the address is read."""
    chance = np.random.default_rng(1)
    leaves = Image.fromarray(chance.integers(0, 255, (700, 900, 3), np.uint8))
    for name in ("logo.png", "me.jpg", "leaves.png"):
        leaves.save(project.source / name, quality=90)
    source = project.source / "quiet-hour.md"
    source.write_text(source.read_text("utf-8").replace("\n---", "\ncover: leaves.png\n---", 1))
    publication = publication_of(project)
    project.dist.mkdir(exist_ok=True)
    EDITIONS["a4"].write(publication, project.dist)
    assert [finding.message for finding in check_pdf(publication, project.dist)] == []


def test_a_logo_that_changed_is_told_from_the_one_before(project: Project) -> None:
    before = small(project, "logo").tobytes()
    Image.new("RGB", (300, 300), "teal").save(project.source / "logo.png")
    assert small(project, "logo").size == (96, 96)
    assert small(project, "logo").tobytes() != before
