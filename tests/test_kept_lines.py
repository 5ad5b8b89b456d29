"""A line is broken once for all layouts that have the same words, type and room for it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from math import inf
from pathlib import Path
from typing import Any

import pytest
from weasyprint.text import fonts, line_break

from leafcast.document.publication import Publication
from leafcast.practice.project import load_project
from leafcast.print import kept_lines
from leafcast.print.folding.large_print import large_print_setting
from leafcast.print.kept_lines import DECIDES, KeptLines, forget_lines
from leafcast.print.layout import lay_out
from leafcast.print.typesetting import LARGE_PRINT
from tests.test_fit import article

BODY = (
    "It begins with a long sentence, so that it takes more than one line on any page there is.\n\n"
    "## What helps\n\n1. Rest.\n2. A *walk* to [somebody](https://example.org) and back again.\n\n"
    "| A | B |\n|---|---|\n| one | two words |\n\n## Who helps\n\n> “Somebody.”\n"
)


@pytest.fixture
def publication(practice: Path) -> Iterator[Publication]:
    forget_lines()
    yield Publication(article(BODY), load_project(practice))
    forget_lines()


class Fonts:
    """What lines are kept by."""


class Broken:
    """A layout, as a line that was broken has one."""

    max_width: float | None = None


def style_in(opened: Fonts, **values: Any) -> Any:
    class Style(dict[str, Any]):
        font_config = opened

    usual = dict.fromkeys(DECIDES, "normal") | {"hyphens": "manual", "text_decoration_line": "none"}
    return Style(usual | values)


@pytest.fixture
def asked() -> list[tuple[Any, ...]]:
    return []


@pytest.fixture
def split(asked: list[tuple[Any, ...]]) -> Any:
    def real(*given: Any) -> tuple[Any, ...]:
        asked.append(given)
        return Broken(), len(asked), None, 40.0, 10.0, 8.0

    return kept_lines.kept_lines(real)


def test_all_that_decides_how_a_line_breaks_is_known() -> None:
    """A new version of WeasyPrint may ask a style for more: then DECIDES wants that too."""
    source = "".join(
        map(inspect.getsource, (
            line_break.split_first_line, line_break.first_line_metrics, line_break.line_size,
            line_break.create_layout, line_break.Layout, fonts.get_font_description,
        ))
    )  # fmt: skip
    asked = set(re.findall(r"style\['(\w+)'\]", source))
    assert asked - {"text_decoration_line", "hyphenate_limit_zone"} == set(DECIDES)


def test_a_line_is_broken_once(split: Any, asked: list[tuple[Any, ...]]) -> None:
    opened, others = Fonts(), Fonts()
    kept_lines.keep_lines(opened)
    kept_lines.keep_lines(others)
    style = style_in(opened)
    first, second = (split("Two words", style, None, 100.0, 0) for _ in range(2))
    assert first[1:] == second[1:] and first[0] is not second[0], "each may be drawn"
    assert len(asked) == 1
    for other in (
        ("Two more", style, None, 100.0, 0),
        ("Two words", style_in(opened, font_size=12), None, 100.0, 0),
        ("Two words", style_in(opened, text_decoration_line={"underline"}), None, 100.0, 0),
        ("Two words", style, None, 100.01, 0),
        ("Two words", style, None, None, 0),
        ("Two words", style, None, inf, 0),
        ("Two words", style, None, 100.0, 1),
        ("Two words", style, None, 100.0, 0, False),
        ("Two words", style, None, 100.0, 0, True, True),
        ("Two words", style_in(others), None, 100.0, 0),
    ):
        before = len(asked)
        split(*other), split(*other)
        assert len(asked) == before + 1, other


def test_a_width_counts_in_units_of_pango(split: Any, asked: list[tuple[Any, ...]]) -> None:
    """Those of one panel and the next differ by how they were reckoned, and hold the same."""
    opened = Fonts()
    kept_lines.keep_lines(opened)
    line, other = (split("Two words", style_in(opened), None, w, 0) for w in (99.5, 99.5 + 1e-9))
    assert len(asked) == 1
    assert (line[0].max_width, other[0].max_width) == (99.5, 99.5 + 1e-9)
    spaced = style_in(opened, letter_spacing=0.1)
    for width in (99.5, 99.5 + 1e-9):
        split("Two words", spaced, None, width, 0)
    assert len(asked) == 3


def test_what_may_be_hyphenated_is_broken_each_time(
    split: Any, asked: list[tuple[Any, ...]]
) -> None:
    opened = Fonts()
    kept_lines.keep_lines(opened)
    for _ in range(2):
        split("Two words", style_in(opened, hyphens="auto"), None, 100.0, 0)
        split("Soft\xadhyphens", style_in(opened), None, 100.0, 0)
        split("Other fonts", style_in(Fonts()), None, 100.0, 0)
    assert len(asked) == 6


def test_lines_are_forgotten_when_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_lines, "MOST_LETTERS", 10)
    lines = KeptLines()
    for at in range(12):
        lines.keep((at,), "four", ())
        assert lines.letters <= 14 and len(lines) <= 3
    assert lines


def test_what_was_measured_is_not_broken_again_to_be_drawn(
    publication: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    setting = large_print_setting(publication, LARGE_PRINT[0])
    kept: list[str] = []
    keep = KeptLines.keep
    monkeypatch.setattr(
        KeptLines,
        "keep",
        lambda lines, key, text, *line: (kept.append(text), keep(lines, key, text, *line)),
    )
    with_kept = lay_out(publication, setting)
    of_text = [text for text in kept if "takes more than" in text or "walk" in text]
    assert not of_text
    forget_lines()
    kept.clear()
    assert lay_out(publication, setting) == with_kept
    assert any("takes more than" in text for text in kept)
