"""HTML read back as a tree, to be held against its article.

A page of ours closes what it opens; one that does not is read as far as that goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
     "wbr")
)  # fmt: skip
EMBEDDED: Final = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]{64,}")


@dataclass(eq=False, slots=True)
class Element:
    """An element: its name, its attributes, what it holds, and the line on which it begins."""

    tag: str
    attributes: dict[str, str]
    line: int
    content: list[Element | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """An attribute's value; "" where it is not there."""
        return self.attributes.get(name, "")

    def walk(self) -> Iterator[Element]:
        """This element and all in it, in the order of the page."""
        yield self
        for each in self.content:
            if isinstance(each, Element):
                yield from each.walk()

    def text(self, *without: str) -> str:
        """The words in it; those of elements named in `without` are left out."""
        return "".join(self._text(without))

    def _text(self, without: tuple[str, ...]) -> Iterator[str]:
        if self.tag == "br":
            yield " "
        for each in self.content:
            if isinstance(each, str):
                yield each
            elif each.tag not in without:
                yield from each._text(without)

    def all(self, *tags: str) -> Iterator[Element]:
        """The elements in it of these names, in the order of the page."""
        return (each for each in self.walk() if each.tag in tags)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, 0)
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values: dict[str, str] = {}
        for name, value in attrs:
            values.setdefault(name, value or "")
        element = Element(tag, values, self.getpos()[0])
        self.open[-1].content.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID and tag not in ("svg", "g"):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)


def read_html(html: str) -> Element:
    """A page as a tree. Long embedded files are cut short; `embedded` has them whole."""
    reader = _Reader()
    reader.feed(EMBEDDED.sub(lambda found: found[0][:64], html))
    reader.close()
    return reader.root


def embedded(html: str, media: str) -> Iterator[str]:
    """The base64 of every file of a media type that a page holds within."""
    head = f"data:{media};base64,"
    return (
        found[0].removeprefix(head)
        for found in EMBEDDED.finditer(html)
        if found[0].startswith(head)
    )
