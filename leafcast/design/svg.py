"""Drawings (SVG) as they may come from anybody: nothing runs, nothing is loaded, none is endless.

In a page a browser shows a drawing as a picture and runs nothing in it; but it lies in dist/ too,
where it can be opened on its own, and readers of books vary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

LARGEST: Final = 2_000_000
"""Bytes of a drawing."""
DEEPEST: Final = 100
"""Elements within elements, and uses of what uses others."""
MOST_ELEMENTS: Final = 50_000
"""What is drawn, each use of an element counted."""
RUN: Final = frozenset({
    "script", "handler", "listener", "foreignobject", "iframe", "object", "embed", "audio", "video",
})  # fmt: skip
"""Elements that run something, or hold what is no drawing."""
WITHIN: Final = re.compile(r"\s*(#|data:image/(png|jpe?g|gif|webp);base64,)", re.I)
"""Addresses that lead to the drawing itself, or hold a photograph."""
LOADED: Final = re.compile(
    r"url\(\s*[\"']?(?!\s*(?:#|data:image/(?:png|jpe?g|gif|webp);))|@import", re.I
)

Fault = tuple[str, str, str]
"""A finding's code, what is wrong with the picture, and the fix."""


def drawing_fault(path: Path) -> Fault | None:
    """What keeps a drawing from being used; None where nothing does."""
    if (size := path.stat().st_size) > LARGEST:
        return (
            "picture-too-large",
            f"is an SVG of {size / 1e6:.1f} MB, more than the {LARGEST / 1e6:.0f} MB "
            "that can be used",
            "Simplify it, or save it as PNG",
        )
    content = path.read_bytes()
    if re.search(rb"<!ENTITY|<\?xml-stylesheet", content.replace(b"\0", b""), re.I):
        return _hostile("gives names to text or files of its own")
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, LookupError, ValueError):
        root = None
    if root is None or root.tag.rpartition("}")[2] != "svg":
        return ("picture-unreadable", "is no SVG that can be read", "Save it anew as SVG or PNG")
    return next(_faults(root), None)


def _hostile(what: str) -> Fault:
    return (
        "picture-hostile",
        f"is an SVG that {what}",
        "Save it as PNG or as plain SVG; do not open it in a browser if it came from a stranger",
    )


def _faults(root: Element) -> Iterator[Fault]:
    """What is wrong with the elements of a drawing, in their order, and then with how many."""
    for element in root.iter():
        name = _local(element.tag)
        if name in RUN:
            yield _hostile(f"holds <{name}>, which is no drawing")
        for attribute, value in element.attrib.items():
            yield from _attribute_faults(name, _local(attribute), value)
        if name == "style" and LOADED.search(element.text or ""):
            yield _hostile("loads something from elsewhere")
    if _is_endless(root):
        yield _hostile("is nested too deep, or draws itself over and over")


def _attribute_faults(element: str, attribute: str, value: str) -> Iterator[Fault]:
    if attribute.startswith("on"):
        yield _hostile("runs a script")
    elif attribute in ("href", "src"):
        followed = element == "a" and re.match(r"(https?|mailto|tel):", value, re.I)
        if value.strip() and not WITHIN.match(value) and not followed:
            yield _hostile("loads something from elsewhere")
    elif attribute in ("values", "to", "from", "by") and re.search(r"script\s*:", value, re.I):
        yield _hostile("runs a script")
    elif LOADED.search(value):
        yield _hostile("loads something from elsewhere")


def _is_endless(root: Element) -> bool:
    """Whether more is drawn than any drawing has: elements that use elements that use elements."""
    by_id = {f"#{name}": each for each in root.iter() if (name := each.get("id"))}
    waiting, drawn = [(root, 0)], 0
    while waiting:
        element, depth = waiting.pop()
        drawn += 1
        if depth > DEEPEST or drawn > MOST_ELEMENTS:
            return True
        used = by_id.get(_href(element)) if _local(element.tag) == "use" else None
        inside = (*element, *(() if used is None else (used,)))
        waiting += [(each, depth + 1) for each in inside]
    return False


def _href(element: Element) -> str:
    return next((v.strip() for k, v in element.attrib.items() if _local(k) == "href"), "")


def _local(name: object) -> str:
    """A name without its namespace, in small letters; "" for a comment or an instruction."""
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""
