"""Sources that make layouts break: long words, wide tables, odd letters, huge pictures.

Each gets the right page or a clear finding, in every edition: never text lost or drawn over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from leafcast.checks.tables import check_tables
from leafcast.leaflet.html import write_html
from leafcast.leaflet.layout import lay_out, render
from leafcast.leaflet.settings import Setting, settings_of
from leafcast.leaflet.tables import wide_tables
from leafcast.model import article_sentences
from leafcast.project import Leaflet, load_project
from leafcast.publish.model import Publication
from leafcast.readers import read_article
from leafcast.report import Finding, Severity
from tests.conftest import PRACTICE

LEAFLET = Leaflet(large_print=(16, 18, 24, 36))
EVERY = settings_of(LEAFLET)
each_setting = pytest.mark.parametrize("setting", EVERY, ids=[s.suffix for s in EVERY])

HEAD = """\
---
title: "{title}"
subtitle: "{title}"
author: "{author}"
language: en-GB
summary: "A hard one."
published: 2026-03-01
review: 2028-03-01
---

"""


def read(folder: Path, text: str) -> tuple[Publication, tuple[Finding, ...]]:
    """A practice with one article, `hard`; `text` is its body, or all of it."""
    source = folder / "source"
    source.mkdir(parents=True, exist_ok=True)
    (source / "practice.toml").write_text(PRACTICE, encoding="utf-8")
    path = source / "hard.md"
    whole = text if text.startswith("---") else HEAD.format(title="Hard", author="Jo") + text
    path.write_text(whole, encoding="utf-8")
    reading = read_article(path, source)
    assert reading.article
    project = load_project(folder)
    practice = replace(project.practice, leaflet=LEAFLET)
    return Publication(reading.article, replace(project, practice=practice)), reading.findings


def laid_out(publication: Publication, setting: Setting) -> Any:
    return render(publication, setting, write_html(publication, setting))


def outside(document: Any) -> Iterator[tuple[int, str]]:
    """What is drawn beyond the area that a page's margins leave, with the page's number."""
    for number, page in enumerate(document.pages, 1):
        area = page._page_box
        left, top = area.content_box_x() - 0.5, area.content_box_y() - 0.5
        right, foot = left + area.width + 1, top + area.height + 3
        for box in (b for flow in area.children[:1] for b in flow.descendants()):
            if type(box).__name__ not in DRAWN:
                continue
            x, y = box.position_x, box.position_y
            if x < left or x + box.width > right or y < top or y + box.height > foot:
                yield number, getattr(box, "text", type(box).__name__)


DRAWN = {
    "TextBox", "InlineReplacedBox", "BlockReplacedBox", "TableBox", "TableCellBox",
}  # fmt: skip


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalpha())


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return letters("".join(page.get_textpage().get_text_bounded() for page in document))


def assert_every_word_is_there(publication: Publication, pdf: bytes) -> None:
    drawn = words_of(pdf)
    for sentence in article_sentences(publication.article):
        assert letters(sentence.text) in drawn, sentence.text


# ---------------------------------------------------------------- long words

LONG = "Rindfleischetikettierungsueberwachungsaufgabenuebertragungsgesetz"
LONG_WORDS = (
    HEAD.format(title=f"The {LONG}", author=f"Jo {LONG}")
    + f"""\
A {LONG}, **{LONG}** and [{LONG}](https://example.org/{LONG}).

## The {LONG}

- one {LONG}
  - inside it {LONG}

> A quotation of {LONG}.

### Inside, {LONG}

Go on.[^1]

| {LONG} | Other |
|---|---|
| {LONG} | https://example.org/{LONG} |

## Another

It ends.

[^1]: A note of {LONG}.

---

**Jo {LONG}**

Write to {LONG}.
"""
)


@each_setting
def test_a_word_of_65_letters_stays_on_the_page(setting: Setting, tmp_path: Path) -> None:
    assert len(LONG) > 60
    publication, _ = read(tmp_path, LONG_WORDS)
    assert list(outside(laid_out(publication, setting))) == []
    assert_every_word_is_there(publication, lay_out(publication, setting))


def test_what_runs_over_the_edge_would_be_found(tmp_path: Path) -> None:
    publication, _ = read(tmp_path, LONG_WORDS)
    html = write_html(publication, EVERY[0]).replace("</head>", WILD + "</head>")
    assert len(list(outside(render(publication, EVERY[0], html)))) > 5


WILD = "<style>* { overflow-wrap: normal !important; }</style>"

# ---------------------------------------------------------------- wide tables

NARROW = "| A | B |\n|---|---|\n| one | two |\n"
WIDE = """\
| Psychodynamic counselling | Understanding | Confidentiality | Appointments | Communication |
|---|---:|---|---|---|
| Relationships | 1 | Safeguarding | Wednesdays | Correspondence |
| Bereavement | 22 | Professionally | Thursdays | Videoconferences |
"""


@each_setting
def test_a_wide_table_stays_on_the_page(setting: Setting, tmp_path: Path) -> None:
    publication, _ = read(
        tmp_path,
        f"Before.\n\n{NARROW}\n{WIDE}\n> Quoted:\n>\n> | A | B |\n> |---|---|\n> | c | d |\n",
    )
    assert list(outside(laid_out(publication, setting))) == []
    assert_every_word_is_there(publication, lay_out(publication, setting))


@each_setting
def test_the_measure_is_the_stylesheets(setting: Setting, tmp_path: Path) -> None:
    publication, _ = read(tmp_path, "Some words.")
    document = laid_out(publication, setting)
    boxes = (b for page in document.pages for b in page._page_box.descendants())
    column = next(box for box in boxes if box.element_tag == "article")
    assert column.width / 96 * 25.4 == pytest.approx(setting.measure_mm, abs=0.01)
    assert column.style["letter_spacing"] in ("normal", 0) or setting.letter_space_em


def test_only_a_table_that_is_too_wide_is_taken_apart_and_named(tmp_path: Path) -> None:
    publication, _ = read(tmp_path, f"Before.\n\n{NARROW}\nBetween.\n\n{WIDE}")
    booklet, a4, *_, largest, _, _ = EVERY
    article, project = publication.article, publication.project
    assert len(wide_tables(article, project, largest)) == 1
    assert len(wide_tables(article, project, booklet)) == 1
    (finding,) = check_tables(publication, tmp_path)
    assert (finding.code, finding.severity) == ("table-too-wide", Severity.ADVICE)
    assert str(finding.place) == "source/hard.md:19"
    assert largest.name in finding.message
    html = write_html(publication, largest)
    assert html.count('class="stacked"') == 1
    assert 'data-head="Appointments: "' in html
    assert a4.name not in finding.message or wide_tables(article, project, a4)


def test_a_narrow_table_is_no_matter(tmp_path: Path) -> None:
    publication, _ = read(tmp_path, NARROW)
    assert not list(check_tables(publication, tmp_path))
