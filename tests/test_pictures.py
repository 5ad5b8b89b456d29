"""Pictures of the leaflets: what they show, how small they are, and from which files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from leafcast.document.publication import Offer, Publication
from leafcast.page.media import record_file
from leafcast.practice.project import Leaflet, load_project
from leafcast.print.editions import (
    write_a4,
    write_booklet,
    write_dyslexia,
    write_large_print,
    write_trifold,
)
from leafcast.print.pictures import Leaf, draw_folded, views_of, write_pictures
from leafcast.readers import read_article
from tests.conftest import ARTICLE

NAMES = ["cover", "folded", "booklet", "trifold", "a4", "large-print", "dyslexia"]
WRITERS = {
    "booklet": write_booklet,
    "trifold": write_trifold,
    "a4": write_a4,
    "large-print": write_large_print,
    "dyslexia": write_dyslexia,
}


@pytest.fixture(scope="module")
def publication() -> Publication:
    article = read_article(ARTICLE, ARTICLE.parent).article
    assert article
    return Publication(article, load_project(ARTICLE.parent.parent))


@pytest.fixture(scope="module")
def pictures(publication: Publication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pictures drawn from the files of every edition."""
    staging = tmp_path_factory.mktemp("staging")
    files = {name: write(publication, staging / name) for name, write in WRITERS.items()}
    paths = write_pictures(offering(publication, files), staging / "pictures")
    assert [path.stem for path in paths] == NAMES
    return staging / "pictures" / "pictures"


def offering(publication: Publication, files: Mapping[str, tuple[Path, ...]]) -> Publication:
    """The publication with the files of other editions."""
    offers = (
        Offer(edition, record_file(path, f"{publication.article.slug}/{path.name}"), path)
        for edition, paths in files.items()
        for path in paths
    )
    return replace(publication, offers=tuple(offers))


def test_they_are_few_and_small(pictures: Path) -> None:
    for name in NAMES:
        assert Image.open(pictures / f"{name}.png").mode == "P"
    assert sum(path.stat().st_size for path in pictures.iterdir()) < 400_000


def test_what_was_not_made_is_not_shown(publication: Publication, tmp_path: Path) -> None:
    a4 = write_a4(publication, tmp_path)
    paths = write_pictures(offering(publication, {"a4": a4}), tmp_path)
    assert [path.stem for path in paths] == ["a4"]
    assert write_pictures(publication, tmp_path) == ()


def test_they_are_drawn_from_the_very_files(publication: Publication, tmp_path: Path) -> None:
    (a4,) = write_a4(publication, tmp_path)
    booklet = a4.rename(tmp_path / f"{publication.article.slug}-booklet.pdf")
    offered = offering(publication, {"booklet": (booklet,)})
    cover = Image.open(write_pictures(offered, tmp_path / "pictures")[0])
    assert cover.width / cover.height == pytest.approx(210 / 297, abs=0.01)
    assert min(cover.convert("RGB").getpixel((30, 600))) > 250  # the A4's margin, no cover


def test_a_picture_shows_its_editions_colours(pictures: Path) -> None:
    for name, colour in (("dyslexia", (251, 243, 223)), ("a4", (255,) * 3)):
        picture = Image.open(pictures / f"{name}.png").convert("RGB")
        seen = picture.getpixel(
            (picture.width - 60, picture.height - 60)
        )  # the page beside the cover
        assert max(abs(a - b) for a, b in zip(seen, colour, strict=True)) <= 6, name


def test_every_kind_of_leaflet_is_shown_once() -> None:
    views = views_of(Leaflet(large_print=(20, 16, 28), high_contrast=False))
    names = ["booklet", "trifold", "a4", "large-print", "dyslexia"]
    assert [view.suffix for view in views] == names


def test_a_standing_leaf_has_its_corners_where_it_stands() -> None:
    leaf = Leaf(100, 400, 600, 480, 350)
    a, b, c, d, e, f, g, h = leaf.coefficients(800, 1000)
    for x, y, u, v in (
        (100, 50, 0, 0), (100, 650, 0, 1000), (400, 110, 800, 0), (400, 590, 800, 1000),
    ):  # fmt: skip
        under = g * x + h * y + 1
        assert (a * x + b * y + c) / under == pytest.approx(u, abs=1e-6)
        assert (d * x + e * y + f) / under == pytest.approx(v, abs=1e-6)
    middle = (a * 250 + c) / (g * 250 + 1)
    assert middle < 400  # what is further away is smaller


def test_the_folded_leaflet_shows_its_cover_on_the_right_and_its_back_on_the_left() -> None:
    red, blue = (Image.new("RGB", (700, 1000), colour) for colour in ("#C02020", "#2020C0"))
    scene = draw_folded(red, blue).convert("RGB")
    at_right, at_left = scene.getpixel((620, 350)), scene.getpixel((360, 350))
    assert at_right[0] > 150 > 80 > at_right[2]
    assert at_left[2] > 120 > 80 > at_left[0]
    assert ImageChops.difference(scene, draw_folded(red, blue).convert("RGB")).getbbox() is None
