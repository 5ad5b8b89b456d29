"""The crisis card on paper is the one on screens: name, what to do, and a number to call."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leafcast.checks.html import read_html
from leafcast.document.publication import Publication
from leafcast.markup.contact import ways_to_help
from leafcast.practice.project import CrisisLine, load_project
from leafcast.print.html import write_html
from leafcast.print.typesetting import A4, BOOKLET, DYSLEXIA, LARGE_PRINT, Setting
from leafcast.readers import read_article
from tests.conftest import ARTICLE, ROOT

LINES = (
    CrisisLine("If life is at risk", "Call 999 or go to A&E"),
    CrisisLine("Samaritans", "Call free on 116 123"),
    CrisisLine("Shout", "Text SHOUT, free, to 85258"),
    CrisisLine("Your own doctor", "Ask for an appointment on the same day"),
)


@pytest.fixture(scope="module")
def publication() -> Publication:
    article = read_article(ARTICLE, ARTICLE.parent).article
    assert article
    project = load_project(ROOT)
    return Publication(article, replace(project, practice=replace(project.practice, crisis=LINES)))


@pytest.mark.parametrize("setting", [BOOKLET, A4, DYSLEXIA, LARGE_PRINT[0]], ids=lambda s: s.suffix)
def test_each_row_says_whom_what_to_do_and_the_number_that_can_be_called(
    publication: Publication, setting: Setting
) -> None:
    card = read_html(write_html(publication, setting))
    rows = next(each for each in card.all("section") if each.get("class") == "crisis").all("li")
    ways = ways_to_help(LINES)
    for row, way in zip(rows, ways, strict=True):
        words = [each.text() for each in row.all("p")]
        assert words == [way.name, f"{way.plain} {way.number}".strip()]
        assert [link.get("href") for link in row.all("a")] == ([way.target] if way.target else [])
        assert [link.get("aria-label") for link in row.all("a")] == (
            [f"{way.does}, {way.name}"] if way.target else []
        )


def test_all_numbers_begin_under_each_other(publication: Publication) -> None:
    """The column is as wide as the longest, whatever its figures are."""
    html = write_html(publication, BOOKLET)
    column = float(html.partition("--number: ")[2].partition("em")[0])
    assert 4.0 < column < 5.0  # “116 123” at 0.62 em a figure
    longer = replace(LINES[0], how="Call 0300 123 3393")
    practice = replace(publication.project.practice, crisis=(*LINES, longer))
    project = replace(publication.project, practice=practice)
    wider = write_html(replace(publication, project=project), BOOKLET)
    assert float(wider.partition("--number: ")[2].partition("em")[0]) > column + 2
