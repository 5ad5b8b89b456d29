"""The foot of a cover: names of any length, in lines alike, and never over what is drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from leafcast.document.article import without_text
from leafcast.document.publication import Publication
from leafcast.practice.project import load_project
from leafcast.print.cover_foot import cover_foot
from leafcast.print.folding.measure import PX_MM
from leafcast.print.folding.panels import FOUR_PAGE, LEAST, TRIFOLD
from leafcast.print.html import write_html
from leafcast.print.layout import render
from leafcast.print.typesetting import A4, BOOKLET, DYSLEXIA, LARGE_PRINT, Fitting, Setting
from leafcast.readers import read_article
from tests.conftest import write_practice

LONG = "Northumberland & Tyneside Psychodynamic Counselling and Psychotherapy Associates Ltd"
NAMES = {"short": "Jo", "long": LONG, "longest": f"{LONG} and Friends"}
SETTINGS = {
    "booklet": BOOKLET,
    "trifold": TRIFOLD.setting(LEAST, Fitting()),
    "four-page": FOUR_PAGE.setting(LEAST, Fitting()),
    "a4": A4,
    "large-print": LARGE_PRINT[0],
    "dyslexia": DYSLEXIA,
}


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    folder = write_practice(tmp_path_factory.mktemp("foot") / "practice")
    article = read_article(folder / "source/quiet-hour.md", folder / "source").article
    assert article
    article = replace(article, author="J. R. Example, psychotherapist")
    return Publication(without_text(article), load_project(folder))


def named(publication: Publication, name: str) -> Publication:
    practice = replace(publication.project.practice, name=name)
    return replace(publication, project=replace(publication.project, practice=practice))


def foot_of(publication: Publication, setting: Setting) -> tuple[float, list[str]]:
    """How tall the foot is, in millimetres, and its lines."""
    document: Any = render(publication, setting, write_html(publication, setting))
    boxes = list(document.pages[0]._page_box.descendants())
    (foot,) = (box for box in boxes if "cover-foot" in _classes(box) and box.margin_height())
    lines = (box for box in foot.descendants() if type(box).__name__ == "LineBox")
    words = ["".join(getattr(each, "text", "") for each in line.descendants()) for line in lines]
    return float(foot.margin_height()) * PX_MM, [each for each in words if each.strip()]


def _classes(box: Any) -> str:
    return box.element.get("class", "") if box.element is not None else ""


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("edition", SETTINGS)
def test_a_foot_takes_the_room_it_is_given(
    edition: str, name: str, publication: Publication
) -> None:
    """What is drawn ends there: a taller one would cut it."""
    setting, whose = SETTINGS[edition], named(publication, NAMES[name])
    foot = cover_foot(whose, setting)
    height, lines = foot_of(whose, setting)
    assert height == pytest.approx(setting.foot.height_mm + foot.more_mm, abs=0.1)
    assert [each for each in lines if len(each.split()) == 1] in (
        [],
        ["Jo"],
        ["Counsellor"],
        ["Jo", "Counsellor"],
    )


def test_a_name_that_fits_is_left_as_it_is(publication: Publication) -> None:
    foot = cover_foot(named(publication, "Jo"), BOOKLET)
    assert [line.width_em for line in foot.lines] == [0, 0, 0]
    assert foot.more_mm == 0


def test_a_foot_says_nothing_twice(publication: Publication) -> None:
    article = replace(publication.article, author="Jo Example, counsellor")
    foot = cover_foot(replace(publication, article=article), BOOKLET)
    assert [line.words for line in foot.lines] == ["Jo Example, counsellor"]
