"""A style says the same of every property, whether it is asked for the rules or not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from leafcast.practice.project import load_project
from leafcast.print import layout
from leafcast.print.quick_styles import Missing, _properties, said_at_once

PAGE = """
<style>
html { color: #123; line-height: 1.4; --own: 3pt }
p { margin-inline-start: 4pt; padding-block: var(--own); text-decoration: underline }
p span { font-size: 2em; color: inherit; margin: initial; width: calc(50% - 1em); float: left }
li::marker { color: red }
[dir=rtl] { direction: rtl; border-inline-end: 1pt solid; page: other }
</style>
<p>One <span>two <b>three</b></span></p><ul><li>four</ul><div dir=rtl><p>five</p></div>
"""


@pytest.fixture
def weasyprint(practice: Path) -> Any:
    return layout._weasyprint(load_project(practice))


def all_said(weasyprint: Any, monkeypatch: pytest.MonkeyPatch, missing: Missing) -> list[Any]:
    """What every style of the page says of every property, asked for in both orders."""
    from weasyprint.css import ComputedStyle
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.document import Document

    monkeypatch.setattr(ComputedStyle, "__missing__", missing)
    said = []
    for names in (sorted(INITIAL_VALUES), sorted(INITIAL_VALUES, reverse=True)):
        page = weasyprint.HTML(string=PAGE)
        options = {**weasyprint.DEFAULT_OPTIONS}
        context = Document._build_layout_context(
            page, weasyprint.text.fonts.FontConfiguration(), {}, {}, options
        )
        for (element, pseudo), style in context.style_for._computed_styles.items():
            values = {name: style[name] for name in names}
            said.append((element.tag, pseudo, sorted(map(repr, values.items()))))
    return said


def test_a_style_says_the_same_at_once(weasyprint: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.css import ComputedStyle

    (theirs,) = (
        cell.cell_contents
        for cell in ComputedStyle.__missing__.__closure__
        if getattr(cell.cell_contents, "__qualname__", "") == "ComputedStyle.__missing__"
    )
    asked: list[str] = []

    def counted(style: Any, name: str) -> Any:
        asked.append(name)
        return theirs(style, name)

    expected = all_said(weasyprint, monkeypatch, counted)
    in_the_long_way, asked[:] = len(asked), []
    assert all_said(weasyprint, monkeypatch, said_at_once(counted)) == expected
    assert len(asked) < in_the_long_way / 3
    assert len(expected) > 16


def test_what_depends_on_other_properties_is_worked_out() -> None:
    inherited, initial, logical = _properties()
    for name in ("display", "float", "page", "position", "text_decoration_line"):
        assert name not in inherited and name not in initial
    assert logical["margin_left"] == {"margin_inline_start", "margin_inline_end"}
