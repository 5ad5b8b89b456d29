"""The names of HTML's elements: what else stands in angle brackets is words."""

from __future__ import annotations

from typing import Final

from markdown_it.common.html_blocks import block_names

RUNNING: Final = frozenset(
    (
        "a", "abbr", "acronym", "applet", "area", "audio", "b", "bdi", "bdo", "big", "blink", "br",
        "button", "canvas", "cite", "code", "data", "datalist", "del", "dfn", "em", "embed", "font",
        "i", "img", "input", "ins", "kbd", "label", "map", "mark", "marquee", "math", "meter",
        "nobr", "object", "output", "param", "picture", "pre", "progress", "q", "rp", "rt", "ruby",
        "s", "samp", "script", "select", "slot", "small", "source", "span", "strike", "strong",
        "style", "sub", "sup", "svg", "textarea", "template", "time", "tt", "u", "var", "video",
        "wbr", "g", "path", "circle", "rect", "line", "polygon", "polyline", "use", "hgroup",
    )
)  # fmt: skip
"""Elements of running text, past ones too, and of drawings (HTML Living Standard, 4; SVG 2)."""
NAMES: Final = RUNNING | frozenset(block_names)
CONTAINERS: Final = (
    "div", "section", "article", "aside", "main", "header", "footer", "center", "span", "font",
    "details", "body", "html",
)  # fmt: skip
"""Elements that only enclose others."""


def is_html(name: str) -> bool:
    """Whether HTML has, or had, an element of this name."""
    return name.casefold() in NAMES if name.islower() or name.isupper() else False
