"""A sheet is parsed once for all layouts, and wins over what it won over in the page itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leafcast.document.publication import Publication
from leafcast.practice.project import load_project
from leafcast.print import layout, style_sheets
from leafcast.print.html import write_html
from leafcast.print.layout import render
from leafcast.print.typesetting import A4, DYSLEXIA, LARGE_PRINT, Setting
from tests.test_fit import article

BODY = (
    "It begins.\n\n## What helps\n\n1. Rest.\n2. A walk.\n\n"
    "> Say “𝕏” aloud.\n\n| A | B |\n|---|---|\n| one | two |\n\n## Who helps\n\nSomebody.\n"
)


@pytest.fixture
def publication(practice: Path) -> Publication:
    return Publication(article(BODY), load_project(practice))


@pytest.mark.parametrize("setting", [A4, DYSLEXIA, LARGE_PRINT[0]], ids=lambda each: each.suffix)
def test_a_page_is_as_with_its_sheets_in_it(publication: Publication, setting: Setting) -> None:
    html = write_html(publication, setting)
    assert html.count("<style>") == 4
    ours = render(publication, setting, html).write_pdf()
    weasyprint = layout._weasyprint(publication.project)
    page = weasyprint.HTML(
        string=html, base_url=layout.SCHEME, url_fetcher=layout._fetcher(publication)
    )
    as_it_is = page.render(font_config=layout._open_fonts(publication.project))
    assert ours == as_it_is.write_pdf()


def test_a_sheet_is_parsed_once(publication: Publication) -> None:
    render(publication, A4, write_html(publication, A4))
    parsed = style_sheets._parsed.cache_info().misses
    for _ in range(2):
        render(publication, A4, write_html(publication, A4))
    assert style_sheets._parsed.cache_info().misses == parsed


def test_no_style_attribute_is_important() -> None:
    """It would win over the page's sheets, and lose to a user's (CSS Cascade 4, 6.1)."""
    templates = (Path(__file__).parent.parent / "templates").rglob("*.j2")
    styles = [
        each for path in templates for each in re.findall(r'style="[^"]*"', path.read_text("utf-8"))
    ]
    assert styles
    assert not [each for each in styles if "important" in each]
