"""A process that lays out for one practice after another lets the pages and fonts go again."""

from __future__ import annotations

import gc
import io
import os
from dataclasses import replace
from pathlib import Path

import pikepdf

from leafcast.document.publication import Publication
from leafcast.practice.project import load_project
from leafcast.print import layout, spacing
from leafcast.print.layout import FONTS_OPEN, lay_out
from leafcast.print.spacing import spaced_fonts
from leafcast.print.typesetting import A4
from tests.test_fit import article

BODY = "It begins.\n\n## What helps\n\nRest, and a walk.\n"


def test_what_is_laid_out_for_changed_settings_is_not_kept(practice: Path) -> None:
    project = load_project(practice)
    frozen = []
    for number in range(FONTS_OPEN + 2):
        named = replace(project.practice, name=f"Practice {number}")
        publication = Publication(article(BODY), replace(project, practice=named))
        assert lay_out(publication, A4).startswith(b"%PDF")
        frozen.append(gc.get_freeze_count())
    assert max(frozen) == frozen[0], "boxes were put where the collector never looks"
    assert layout._open_fonts.cache_info().currsize <= FONTS_OPEN


def test_fonts_are_those_of_the_practice_that_asks(practice: Path, tmp_path: Path) -> None:
    first = load_project(practice)
    other = replace(first, folder=tmp_path)
    layout._open_fonts(first)
    layout._open_fonts(other)
    layout._open_fonts.cache_clear()
    layout._open_fonts(first)
    assert os.environ["FONTCONFIG_FILE"] == str(first.work / "fonts/fonts.conf")


def test_each_article_has_a_stand_in_for_what_it_lacks(practice: Path) -> None:
    """One that was laid out before, in the same process, lacked other characters."""
    project = load_project(practice)
    for absent in ("\U0001d54f", "\U00012000"):
        publication = Publication(article(f"It says {absent} aloud.\n\n## Who\n\nI.\n"), project)
        with pikepdf.open(io.BytesIO(lay_out(publication, A4))) as pdf:
            fonts = [
                str(each.get("/FontName"))
                for each in pdf.objects
                if isinstance(each, pikepdf.Dictionary) and "/FontName" in each
            ]
        assert any(name.endswith("+Stand-in") for name in fonts), absent


def test_the_same_fonts_are_spaced_once_for_all_folders(practice: Path, tmp_path: Path) -> None:
    """A worker of a cluster lays every article out in a folder of its own."""
    project = load_project(practice)
    first, second = (replace(project, folder=tmp_path / name) for name in ("first", "second"))
    spacing._spaced_copy.cache_clear()
    made = {path.name: path.read_bytes() for path in spaced_fonts(first, 0.1).glob("*.ttf")}
    worked_out = spacing._spaced_copy.cache_info().misses
    again = {path.name: path.read_bytes() for path in spaced_fonts(second, 0.1).glob("*.ttf")}
    assert made and again == made
    assert spacing._spaced_copy.cache_info().misses == worked_out
