"""Every page as a picture: three articles in three practices, and what a typesetter would measure.

The pictures are kept in pytest's folder; what no measure can tell is looked at there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest

from leafcast.checks.pdf.document import Document, read_document
from leafcast.checks.prints import check_pdf
from leafcast.document.publication import Publication
from leafcast.editions.table import EDITIONS
from leafcast.practice.project import load_project
from leafcast.readers import read_article
from tests.conftest import ARTICLE, CASES
from tests.setting import (
    Block,
    blocks_of,
    nearly_empty,
    off_the_grid,
    torn_units,
    uneven_feet,
    widows,
)

pytestmark = pytest.mark.integration
CRISIS = """
[[crisis]]
name = "If life is at risk"
how = "Call 999 or go to A&E"
[[crisis]]
name = "For urgent mental health help"
how = "Call NHS 111 and choose option 2"
[[crisis]]
name = "Samaritans, day or night"
how = "Call free on 116 123"
"""
TEAL = """
[practice]
name = "Sarah James"
description = "Therapist and counsellor"
website = "https://sarahjamestherapy.co.uk"
[contact]
invitation = "If you’d like to get in touch, please visit the website."
"""
AMBER = """
[practice]
name = "Northumberland & Tyneside Psychodynamic Counselling and Psychotherapy Associates Ltd"
description = "Counselling for adults"
website = "https://northumberland-tyneside.example.org"
[contact]
email = "appointments@northumberland-tyneside.example.org"
phone = "0191 498 0000"
address = "Third floor, 12 Grainger Street, Newcastle upon Tyne NE1 4AB"
[look]
accent = "#D9A21B"
logo = "logo.svg"
logo_alt = "A lighthouse"
"""
PLUM = """
[practice]
name = "Kwame Mensah"
description = "Psychotherapist (UKCP)"
[contact]
phone = "0113 496 0000"
[look]
accent = "#7A1F4B"
look = "warm"
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M4 0h1l2 9H2z"/></svg>'
PRACTICES = {"teal": TEAL, "amber": AMBER, "plum": PLUM}
ARTICLES = {"real": ARTICLE, "short": CASES / "first-session.md", "long": CASES / "loss.md"}
PRINTED = {
    "teal": ("booklet", "trifold", "four-page", "a4", "large-print", "dyslexia"),
    "amber": ("booklet", "trifold"),
    "plum": ("booklet", "a4"),
}
FACING_PANELS = ((1, 2), (2, 3))
SHEETS = re.compile(r"(?<!-large)-print\b")
"""The end of a file's name that has the pages of another as sheets for a printer."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One file: what it carries, and how its pages are set and seen."""

    path: Path
    publication: Publication
    document: Document
    blocks: tuple[Block, ...]
    heights: tuple[float, ...]
    pictures: tuple[Any, ...]

    @property
    def edition(self) -> str:
        return self.path.stem.removeprefix(f"{self.publication.article.slug}-")

    @property
    def text(self) -> tuple[Block, ...]:
        """The article: what is set between the cover and the back."""
        return tuple(block for block in self.blocks if block.article)


def publication(practice: str, article: Path, folder: Path) -> Publication:
    (folder / "source").mkdir(parents=True)
    (folder / "source/practice.toml").write_text(PRACTICES[practice] + CRISIS, "utf-8")
    (folder / "source/logo.svg").write_text(LOGO, "utf-8")
    (folder / "source/armchairs.png").write_bytes((CASES / "armchairs.png").read_bytes())
    source = folder / "source" / article.name
    source.write_text(article.read_text("utf-8"), "utf-8")
    read = read_article(source, folder / "source").article
    assert read
    return Publication(read, load_project(folder))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="module", params=[(p, a) for p in PRACTICES for a in ARTICLES], ids="-".join)
def made(request: Any, folder: Path) -> tuple[Printed, ...]:
    practice, name = request.param
    article = publication(practice, ARTICLES[name], folder / f"{practice}-{name}")
    out = folder / f"{practice}-{name}/made"
    out.mkdir()
    for edition in PRINTED[practice]:
        EDITIONS[edition].write(article, out)
    assert [finding.message for finding in check_pdf(article, out)] == []
    paths = [path for path in sorted(out.glob("*.pdf")) if not SHEETS.search(path.stem)]
    return tuple(printed(path, article) for path in paths)


def printed(path: Path, article: Publication) -> Printed:
    with pikepdf.open(path) as pdf:
        document = read_document(pdf)
        heights = tuple(float(page.mediabox[3]) for page in pdf.pages)
    pictures = tuple(_pictures(path))
    return Printed(path, article, document, blocks_of(document, heights), heights, pictures)


def _pictures(path: Path) -> Iterator[Any]:
    """Every page at 60 dots an inch, kept beside its file."""
    for number, page in enumerate(pypdfium2.PdfDocument(path), 1):
        picture = page.render(scale=60 / 72).to_pil()
        picture.save(path.with_name(f"{path.stem}-{number:02}.png"))
        yield np.asarray(picture.convert("L"), float)


def told(made: tuple[Printed, ...], measure: Any) -> dict[str, list[str]]:
    """What a measure objects to, by the edition; nothing where it has nothing to say."""
    found = {each.edition: list(measure(each)) for each in made}
    return {edition: objections for edition, objections in found.items() if objections}


def test_no_title_or_heading_ends_in_one_word(made: tuple[Printed, ...]) -> None:
    def heads(each: Printed) -> list[Block]:
        cover = [block for block in each.blocks if block.rows and block.rows[0].page == 0]
        heads = [block for block in each.blocks if block.kind.startswith("H")]
        entries = [block for block in each.blocks if block.kind == "Reference"]
        return [*heads, *entries, *(block for block in cover[:2] if block.kind == "P")]

    assert told(made, lambda each: widows(heads(each))) == {}


def test_no_unit_is_torn(made: tuple[Printed, ...]) -> None:
    assert told(made, lambda each: torn_units(each.blocks)) == {}


def test_facing_pages_end_alike(made: tuple[Printed, ...]) -> None:
    """Within a line; in a short article the lines for questions bring the last page down."""

    def facing(each: Printed) -> list[str]:
        line = {"trifold": 15.0}.get(each.edition, 18.0)
        pairs: tuple[tuple[int, int], ...] = FACING_PANELS
        if each.edition in ("booklet", "four-page"):
            pairs = tuple((at, at + 1) for at in range(1, len(each.heights) - 1, 2))
        elif each.edition != "trifold":
            return []
        ruled = tuple(block for block in each.blocks if block.id == "_lines")
        if not ruled or each.edition == "trifold":
            return uneven_feet(each.text, pairs, line)
        feet = [max(np.flatnonzero((page < 240).any(axis=1))) * 72 / 60 for page in each.pictures]
        return [f"{one} {other}" for one, other in pairs if abs(feet[one] - feet[other]) > line]

    assert told(made, facing) == {}


def test_text_keeps_to_the_grid(made: tuple[Printed, ...]) -> None:
    """Quarter lines, on which points stand: a list's end is a half line again."""

    def off(each: Printed) -> list[str]:
        lines = {"trifold": (12.0, 15.0), "a4": (12.0, 15.6), "dyslexia": (14.0, 21.0)}
        if each.edition not in lines:
            return []
        size, line = lines[each.edition]
        return off_the_grid(each.text, size, line / 4)

    assert told(made, off) == {}


def test_no_page_is_empty_and_none_nearly(made: tuple[Printed, ...]) -> None:
    def empty(each: Printed) -> list[str]:
        inked = [bool((picture < 200).sum() > 30) for picture in each.pictures]
        found = [f"page {at + 1} is empty" for at, is_inked in enumerate(inked) if not is_inked]
        if each.edition != "dyslexia":
            pages = [at for at in range(1, len(inked) - 1) if at in _with_article(each)]
            found += nearly_empty(each.blocks, each.heights[0], pages)
        return found

    assert told(made, empty) == {}


def _with_article(each: Printed) -> set[int]:
    return {row.page for block in each.text for row in block.rows}


def test_nothing_touches_an_edge_but_a_cover(made: tuple[Printed, ...]) -> None:
    """4 mm are left white on each side of a page of text: what an office printer cannot reach."""

    def edges(each: Printed) -> Iterator[str]:
        rim = round(4 / 25.4 * 60)
        for at, picture in enumerate(each.pictures):
            ground = picture[-2, -2]
            whole = np.abs(picture - ground) > 40
            inner = whole[rim:-rim, rim:-rim]
            covered = at == 0 or picture[2, 2] < 150 or at not in _with_article(each)
            if not covered and whole.sum() != inner.sum():
                yield f"page {at + 1}"

    assert told(made, edges) == {}
