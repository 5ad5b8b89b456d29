"""What a leaflet must say around its article: cover, contents, back page, as its HTML has them.

Those words are the practice's and the template's, so they are taken from the page that the
leaflet is made of. The article's are not: they are taken from the article (see `expected.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from leafcast.checks.pdf.blocks import Block, Linked, gather, same_target
from leafcast.checks.wording import same_words

TYPES: Final = {
    "p": "P", "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
    "ul": "L", "ol": "L", "li": "LI", "blockquote": "BlockQuote", "table": "Table",
    "thead": "THead", "tbody": "TBody", "tr": "TR", "th": "TH", "td": "TD",
    "caption": "Caption", "figcaption": "Caption", "img": "Figure", "a": "Link",
    "article": "Art", "section": "Sect",
}  # fmt: skip
VOID: Final = frozenset(("img", "br", "meta", "link", "hr", "wbr", "input"))
NOT_SHOWN: Final = frozenset(("head", "style", "script", "title", "template"))
INLINE: Final = frozenset(("Link", "Span", "Reference"))


@dataclass(slots=True)
class Node:
    """An HTML element: its name, its attributes, and what is in it."""

    name: str
    attributes: Mapping[str, str]
    kids: list[Node | str] = field(default_factory=list)

    @property
    def type(self) -> str:
        """The structure type it must have, "" where it has none."""
        named = self.attributes.get("data-tag")
        return TYPES.get(self.name, "") if named is None else named

    @property
    def text(self) -> str:
        """Its words as shown; a line break reads as a space."""
        if self.name in ("br", "wbr"):
            return " " if self.name == "br" else ""
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].kids.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].kids.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].name == tag:
                del self.open[at:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].kids.append(data)


def read_html(html: str) -> Node:
    """A page as nodes. It is leafcast's own, so it is well formed."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.root


def walk_html(node: Node) -> Iterator[Node]:
    """`node` and every element in it that is shown, in order."""
    yield node
    for kid in node.kids:
        if isinstance(kid, Node) and kid.name not in NOT_SHOWN:
            yield from walk_html(kid)


def expected_furniture(page: Node) -> tuple[Block, ...]:
    """The blocks of the whole leaflet; the article's own is empty, to be filled in."""
    return tuple(_blocks([kid for kid in page.kids if isinstance(kid, Node)], ""))


def _blocks(kids: list[Node | str] | list[Node], language: str) -> Iterator[Block]:
    """The blocks among `kids`, which are in `language`; "" is the page's own."""
    inline: list[Node | str] = []
    for kid in kids:
        if isinstance(kid, Node) and kid.name in NOT_SHOWN:
            continue
        if isinstance(kid, Node) and _holds_block(kid):
            yield from _between(inline, language)
            inline = []
            spoken = _language_of(kid, language)
            yield from [_block(kid, spoken)] if kid.type else _blocks(kid.kids, spoken)
        else:
            inline.append(kid)
    yield from _between(inline, language)


def _language_of(node: Node, around: str) -> str:
    """What its words are in: an element says it for all that is in it, the page for itself."""
    return "" if node.name == "html" else node.attributes.get("lang", around)


def _between(inline: list[Node | str], language: str) -> Iterator[Block]:
    leaf = _leaf("", Node("", {}, inline), language)
    if leaf.text:
        yield leaf


def _holds_block(node: Node) -> bool:
    return (node.type and node.type not in INLINE) or any(
        isinstance(kid, Node) and _holds_block(kid) for kid in node.kids
    )


def _block(node: Node, language: str) -> Block:
    name = node.attributes.get("id", "")
    if node.type == "Art":
        return Block("Art", id=name)
    if node.type == "Figure":
        alt = node.attributes.get("alt", "")
        return Block("Figure", id=name, alt=same_words(alt))
    body = any(isinstance(kid, Node) and _holds_block(kid) for kid in node.kids)
    if not body:
        return _in_body(_leaf(node.type, node, language))
    return _in_body(Block(node.type, children=tuple(_blocks(node.kids, language)), id=name))


def _in_body(block: Block) -> Block:
    """An entry of a list holds what it has in a body."""
    if block.type != "LI":
        return block
    body = Block("LBody", block.text, block.children, links=block.links, phrases=block.phrases)
    return Block("LI", children=(body,), id=block.id)


def _leaf(kind: str, node: Node, language: str) -> Block:
    return Block(
        kind,
        text=same_words(node.text),
        id=node.attributes.get("id", ""),
        phrases=gather(_phrases(node, language)),
        links=tuple(
            Linked(same_words(each.text), same_target(each.attributes.get("href", "")))
            for each in walk_html(node)
            if each.type == "Link"
        ),
    )


def _phrases(node: Node, language: str) -> Iterator[tuple[str, str]]:
    for kid in node.kids:
        if isinstance(kid, str):
            yield language, kid
        elif kid.name == "br":
            yield language, " "
        else:
            yield from _phrases(kid, _language_of(kid, language))
