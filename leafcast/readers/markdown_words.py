"""Running text of Markdown → inlines: marks, links, notes, languages, and HTML's elements in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from markdown_it.tree import SyntaxTreeNode

from leafcast.document.article import (
    Code,
    Emphasis,
    Foreign,
    Inline,
    LineBreak,
    Link,
    NoteMark,
    Strong,
    Text,
    plain_text,
)
from leafcast.readers.assemble import DEEPEST, Writer
from leafcast.readers.links import safe_target, shortened
from leafcast.readers.markdown_html import NEVER_READ, STRUCK, Tag, is_blank, marked, read_tag
from leafcast.readers.raised import is_apart, lowered, raised
from leafcast.readers.rewriting import Kind, Left

UNREAD: Final = re.compile(r"!\[[^\]\n]*\](?:\([^)\n]*(?:\)|$)|\[[^\]\n]*\])")
"""The code of a picture that was not read as one."""
Picture = tuple[str, str, str]
"""A picture's address, what it shows, and its caption."""


class Words:
    """Reads the running text of one article, and gathers its pictures and what was left out;
    `closed` are the elements of HTML that the article closes somewhere.
    """

    def __init__(
        self,
        writer: Writer,
        line: Callable[[SyntaxTreeNode], int],
        nowhere: frozenset[str],
        closed: frozenset[str],
    ) -> None:
        self.writer = writer
        self.line = line
        self.nowhere = nowhere
        self.closed = closed
        self.places: set[str] = set()
        self.note_numbers: dict[str, int] = {}
        self.left: list[Left] = []
        self.pictures: list[Picture] = []
        self.depth = 0

    def read(self, nodes: Iterable[SyntaxTreeNode]) -> tuple[Inline, ...]:
        """The inlines of `nodes`, neighbouring plain words joined."""
        joined: list[Inline] = []
        for inline in self.running(list(nodes)):
            last = joined[-1] if joined else None
            if isinstance(inline, Text) and isinstance(last, Text):
                twice = last.text[-1:] == inline.text[:1] == " "  # something between is left out
                joined[-1] = Text(last.text + inline.text[twice:])
            else:
                joined.append(inline)
        return tuple(joined)

    def take_pictures(self) -> list[Picture]:
        """The pictures of what was read last."""
        taken, self.pictures = self.pictures, []
        return taken

    def running(self, nodes: Sequence[SyntaxTreeNode]) -> Iterator[Inline]:
        """What each of `nodes` becomes; an element of HTML reaches to the tag that closes it."""
        tags = {
            at: read_tag(node.content)
            for at, node in enumerate(nodes)
            if node.type == "html_inline"
        }
        ends = _closed(tags) if self.depth < DEEPEST else {}
        tags |= dict.fromkeys(
            at for at, tag in tags.items() if tag and is_blank(tag, tag.name in self.closed)
        )
        at = 0
        self.depth += 1
        while at < len(nodes):
            node, end = nodes[at], ends.get(at, at)
            if at not in tags:
                yield from self.inline(node)
            elif tag := tags[at]:
                yield from self.element(tag, nodes, (at, end))
            else:
                yield Text(node.content)
            at = end + 1
        self.depth -= 1

    def element(
        self, tag: Tag, nodes: Sequence[SyntaxTreeNode], place: tuple[int, int]
    ) -> Iterator[Inline]:
        """What an element of HTML becomes, which begins and ends at these places of `nodes`."""
        node, inner = nodes[place[0]], nodes[place[0] + 1 : place[1]]
        if not tag.name:
            if not node.content.startswith("<!--"):
                self.leave(Kind.CODE, node, node.content)
            return
        if not tag.closing:
            self.leave(Kind.HTML, node, node.content)
        match tag.name:
            case "br" if not tag.closing:
                yield LineBreak()
            case "img":
                values = tag.values
                self.pictures.append((values.get("src", ""), values.get("alt", ""), ""))
            case "a" if tag.values.get("href") and inner:
                yield from self.link_to(tag.values["href"], self.read(inner), node)
            case name if name in STRUCK:
                self.strike(node, plain_text(self.read(inner)))
            case name if name in NEVER_READ:
                pass
            case "sup" | "sub":
                before = nodes[place[0] - 1].content if place[0] else ""
                yield from self.raised(tag, self.read(inner), node, before)
            case _:
                yield from marked(tag, self.read(inner))

    def raised(
        self, tag: Tag, content: tuple[Inline, ...], node: SyntaxTreeNode, before: str
    ) -> Iterator[Inline]:
        """Words above or below the line, behind the words `before`."""
        words = plain_text(content)
        moved = (raised if tag.name == "sup" else lowered)(words)
        if moved != words:
            yield Text(moved)
        elif is_apart(words, before):
            self.leave(Kind.RAISED, node, words)
            yield from (Text("("), *content, Text(")"))
        else:
            yield from content

    def inline(self, node: SyntaxTreeNode) -> Iterator[Inline]:  # noqa: C901  (one case a kind)
        """What one node of running text becomes; pictures are gathered by their paragraph."""
        match node.type:
            case "text":
                if node.content:
                    yield from self.text(node)
            case "softbreak":
                yield Text(" ")
            case "hardbreak":
                yield LineBreak()
            case "code_inline":
                yield Code(node.content)
            case "strong":
                yield Strong(self.read(node.children))
            case "em":
                yield Emphasis(self.read(node.children))
            case "s":
                self.strike(node, plain_text(self.read(node.children)))
            case "link":
                written = str(node.attrs.get("href", ""))
                yield from self.link_to(written, self.read(node.children), node)
            case "span":
                yield from self.span(node)
            case "footnote_ref":
                label = note_label(node)
                number = self.note_numbers.setdefault(label, len(self.note_numbers) + 1)
                yield NoteMark(note_id(number), number)
            case "image":
                self.picture(node)
            case "footnote_anchor":
                pass
            case _:
                yield from self.read(node.children)

    def text(self, node: SyntaxTreeNode) -> Iterator[Inline]:
        """Plain words; a picture's code among them is told."""
        for found in UNREAD.finditer(node.content):
            self.leave(Kind.UNREAD, node, found[0])
        yield Text(node.content)

    def picture(self, node: SyntaxTreeNode) -> None:
        """Note a picture; its description is all the words there, whatever their marks."""
        aside, self.pictures = self.pictures, []
        alt = " ".join(plain_text(self.read(node.children)).split())
        self.pictures = aside
        target, caption = str(node.attrs["src"]), str(node.attrs.get("title", ""))
        self.pictures.append((target, alt, caption))

    def strike(self, node: SyntaxTreeNode, words: str) -> None:
        """Leave out what is struck through: its author took it back."""
        if words.strip():
            self.leave(Kind.STRUCK, node, words)

    def link_to(
        self, written: str, content: tuple[Inline, ...], node: SyntaxTreeNode
    ) -> Iterator[Inline]:
        """A link; one that leads where no reader should go leaves its words."""
        inside = written.startswith("#") and written not in self.nowhere
        target = written if inside else safe_target(written)
        if target and plain_text(content).strip():
            self.places |= {target} if inside else set()
            yield Link(content, target)
            return
        if target:
            self.without_words(written, node)
            return
        what = "no place in this article" if written in self.nowhere else "not a web address"
        self.writer.warn(
            "link-target",
            f"The link “{plain_text(content)}” leads to “{shortened(written)}”, which is {what}",
            "Begin it with https://, mailto: or tel:; its words are kept",
            self.line(node),
        )
        yield from content

    def without_words(self, target: str, node: SyntaxTreeNode) -> None:
        """Tell of a link that holds a picture alone, or nothing: there are no words to keep."""
        picture = any(each.type == "image" for each in node.walk())
        self.writer.warn(
            "link-of-picture" if picture else "link-without-words",
            f"A link to “{shortened(target)}” was left out, for "
            + ("it holds a picture and no words" if picture else "it has no words"),
            "If readers need it, write it in words: [what is there](https://…)",
            self.line(node),
        )

    def span(self, node: SyntaxTreeNode) -> Iterator[Inline]:
        """`[words]{lang=fr}`; other attributes mean nothing here."""
        content = self.read(node.children)
        lang = str(node.attrs.get("lang", ""))
        if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", lang):
            yield Foreign(content, lang)
        else:
            yield from content

    def leave(self, kind: Kind, node: SyntaxTreeNode, words: str) -> None:
        """Note what is left out, or read otherwise; it is told once of each kind."""
        self.left.append(Left(kind, " ".join(words.split()), self.line(node)))


def _closed(tags: Mapping[int, Tag | None]) -> dict[int, int]:
    """Where the elements that open are closed, by their places; those that never are not."""
    opened: dict[str, list[int]] = {}
    ends = {}
    for at, tag in tags.items():
        if tag is None or tag.single or not tag.name:
            continue
        if not tag.closing:
            opened.setdefault(tag.name, []).append(at)
        elif opened.get(tag.name):
            ends[opened[tag.name].pop()] = at
    return ends


def trimmed(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """`content` without plain white space and line breaks at its ends."""
    while content and isinstance(content[0], LineBreak):
        content = content[1:]
    while content and isinstance(content[-1], LineBreak):
        content = content[:-1]
    if content and isinstance(content[0], Text):
        content = (replace(content[0], text=content[0].text.lstrip()), *content[1:])
    if content and isinstance(content[-1], Text):
        content = (*content[:-1], replace(content[-1], text=content[-1].text.rstrip()))
    return tuple(inline for inline in content if inline != Text(""))


def note_label(node: SyntaxTreeNode) -> str:
    """What a footnote is called by: its label, or its number where it stands in the text."""
    label = node.meta.get("label")
    return f":{label}" if label else str(node.meta.get("id", ""))


def note_id(number: int) -> str:
    """The id of a note."""
    return f"note-{number}"
