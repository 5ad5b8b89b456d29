"""The tree of a page, as browsers build it (HTML Living Standard, 13.2), and how it is walked.

`parse` is the one place that knows the parser. The parser never fails, recurses nowhere, and tells
on which line each element begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

DEEPEST: Final = 250
"""Levels of a tree that are read; browsers stop at 512, pages that people make at some 60."""

OPAQUE: Final = {
    "script", "style", "template", "noscript", "head", "title", "iframe", "object", "embed",
    "applet", "frame", "svg", "annotation", "annotation-xml", "canvas", "audio", "video", "select",
    "textarea", "datalist", "noembed", "noframes",
}  # fmt: skip
"""What holds no words of the page itself, or words that no reader of it sees as text."""

LINES: Final = {
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "img", "legend", "li", "main", "menu",
    "nav", "ol", "option", "p", "pre", "search", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
"""Elements before and after which words never join (HTML, 15.3, `display: block` and the like)."""


class TooDeep(Exception):
    """The tree has more than DEEPEST levels."""


@dataclass(slots=True, eq=False)
class Element:
    """An element of a page: its tag in small letters, and the line on which it begins.

    `children` are elements and words in their order; two are the same only if they are one.
    """

    tag: str
    line: int
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        """The elements directly in this one."""
        return (child for child in self.children if isinstance(child, Element))

    def get(self, name: str) -> str:
        """What an attribute says; "" where it is missing or says nothing."""
        return self.attributes.get(name, "")

    def iter(self, *tags: str) -> Iterator[Element]:
        """This element and all within it in reading order, or those of these kinds."""
        stack: list[Element | str] = [self]
        while stack:
            each = stack.pop()
            if isinstance(each, str):
                continue
            if not tags or each.tag in tags:
                yield each
            stack.extend(reversed(each.children))

    def within(self, *tags: str) -> Iterator[Element]:
        """All elements within this one in reading order, or those of these kinds."""
        return (each for each in self.iter(*tags) if each is not self)

    def first(self, *tags: str) -> Element | None:
        """The first element of these kinds within this one."""
        return next(self.within(*tags), None)

    def ancestors(self, *tags: str) -> Iterator[Element]:
        """The elements around this one from the inside out, or those of these kinds."""
        around = self.parent
        while around is not None:
            if not tags or around.tag in tags:
                yield around
            around = around.parent

    def nodes(self) -> Iterator[Element | str]:
        """All elements and words within, in reading order, as they stand in the file."""
        stack: list[Element | str] = self.children[::-1]
        while stack:
            each = stack.pop()
            yield each
            if isinstance(each, Element):
                stack.extend(reversed(each.children))

    def strings(self) -> Iterator[str]:
        """All words within, as they stand in the file."""
        return (each for each in self.nodes() if isinstance(each, str))

    @property
    def names(self) -> str:
        """What the page calls the element: its classes and its id."""
        return f"{self.get('class')} {self.get('id')}".strip()


def parse(text: str, *, scripting: bool = True) -> Element:
    """The root of a page's tree. Without `scripting`, what stands in `noscript` is a part of it.

    Raises TooDeep.
    """
    from justhtml import JustHTML

    parsed = JustHTML(
        text, sanitize=False, track_node_locations=True, scripting_enabled=scripting
    ).root
    root = Element("#document", 1, {})
    level: list[tuple[object, Element]] = [(parsed, root)]
    for _ in range(DEEPEST):
        level = [pair for node, element in level for pair in _adopt(node, element)]
        if not level:
            break
    else:
        raise TooDeep
    for each in root.iter("noscript") if not scripting else ():
        each.tag = "div"
    return root


def _adopt(node: object, element: Element) -> Iterator[tuple[object, Element]]:
    """Give `element` the children of the parser's `node`; those that have some themselves."""
    for child in getattr(node, "children", None) or ():
        name = child.name
        if name == "#text":
            if child.data:
                element.children.append(child.data)
        elif name[0] not in "#!?":
            line = child.origin_line or element.line
            attributes = {key: value or "" for key, value in (child.attrs or {}).items()}
            adopted = Element(name.casefold(), line, attributes, element)
            element.children.append(adopted)
            yield child, adopted


def words_in(element: Element) -> str:
    """All the words of an element on one line, those of blocks apart."""
    parts: list[str] = []
    stack: list[Element | str] = [element]
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            parts.append(each)
        elif each.tag not in OPAQUE or each is element:
            if each.tag in LINES and each is not element:
                parts.append(" ")
                stack.append(" ")
            stack.extend(reversed(each.children))
    return " ".join("".join(parts).split())
