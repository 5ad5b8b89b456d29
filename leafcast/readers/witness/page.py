"""A web page as the witness reads it: the text that Lexbor's HTML5 parser finds in its body.

Only what the elements themselves say is heeded (HTML, 4): which of them divide words, and which
hold none that a reader of the page sees.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from typing import Final

from leafcast.readers.witness.kinds import MARKER
from leafcast.readers.witness.passages import CALL, Passage
from leafcast.readers.witness.text import with_marker

PIECE: Final = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][^\s/>]*)((?:[^>\"]|\"[^\"]*\")*)>", re.S)
ATTRIBUTE: Final = re.compile(r'([^\s="/]+)="([^"]*)"')
CHARSET: Final = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w:.-]+)", re.I)
DIVIDING: Final = {
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd",
    "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "img",
    "input", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre",
    "section", "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead",
    "tr", "ul", "video", "audio", "iframe", "object", "search",
}  # fmt: skip
"""Elements before and after which words never join (HTML, 15.3)."""
KIND_OF: Final = {
    "template": "code", "title": "code",
    "noscript": "unscripted",
    "object": "media", "svg": "media", "canvas": "media", "audio": "media",
    "video": "media", "applet": "media", "math": "",
    "select": "form", "textarea": "form", "datalist": "form", "button": "form", "label": "form",
    "progress": "form", "meter": "form",
    "nav": "around", "aside": "around", "menu": "around", "dialog": "around", "footer": "around",
    "rt": "pronunciation", "rp": "pronunciation",
    "del": "struck", "s": "struck", "strike": "struck",
    "figcaption": "caption", "caption": "caption",
}  # fmt: skip
"""Elements whose words are not simply text."""
HEADED: Final = {"h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"}
"""Elements whose buttons are the words of a heading."""
RAW: Final = re.compile(r"<(script|style|iframe|noembed|noframes)\b[^>]*>.*?</\1\s*>", re.S | re.I)
"""Elements whose text is no HTML (HTML, 13.1.2)."""
EMPTY: Final = {
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
}  # fmt: skip
HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
SHORT: Final = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡a-z])[\])]?\s*")


LINK: Final = re.compile(
    r'(?P<tag>(?:<sup\b[^>]*>\s*)?<a [^>]*?href="#(?P<target>[^"]+)"[^>]*>)(?P<inner>.{0,80}?)</a>',
    re.S,
)
OWN_NAME: Final = re.compile(r'\b(?:id|name)="([^"]+)"')


DOCTYPE_REST: Final = "]>"
"""What is left of a document type with entities: HTML ends it at the first angle bracket."""


def page_passages(content: bytes) -> Iterator[Passage]:
    """The words of each block of a page, its pictures' words among them."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(_decoded(content).replace(CALL, ""))
    body = tree.body
    if body is None or body.html is None:
        return
    passages = _Page(body.html).passages()
    yield from (each for each in passages if each.words.strip() != DOCTYPE_REST)


def _decoded(content: bytes) -> str:
    """The letters of a page, as its first bytes or its head name them."""
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return content.decode(name, "replace")
    from webencodings import lookup

    if content.startswith(codecs.BOM_UTF8):
        return content.decode("utf-8-sig", "replace")
    said = CHARSET.search(content[:4096])
    known = lookup(said[1].decode("ascii", "replace")) if said else None
    for name in (known.codec_info.name if known else "utf-8", "utf-8"):
        with suppress(UnicodeDecodeError):
            return content.decode("utf-8" if "utf-16" in name else name)
    return content.decode("cp1252", "replace")


class _Page:
    """Walks the tags of a page that its parser has written anew, so that each element is closed."""

    def __init__(self, html: str) -> None:
        self.html = RAW.sub(" ", html)
        self.words: list[str] = []
        self.path: list[tuple[str, str]] = []
        self.callers: set[str] = set()
        self.called = self.notes()

    def notes(self) -> dict[str, str]:
        """The ids that short links lead to, such as those of notes; links that lead back to such
        a link, by its own name, are none.
        """
        called: dict[str, str] = {}
        for link in LINK.finditer(self.html):
            words = unescape(re.sub(r"<[^>]*>", "", link["inner"]))
            target = unescape(link["target"])
            if SHORT.fullmatch(words) and target not in self.callers:
                called.setdefault(target, words)
                self.callers.update(map(unescape, OWN_NAME.findall(link["tag"])))
        return called

    @property
    def kind(self) -> str:
        return self.path[-1][1] if self.path else ""

    def passages(self) -> Iterator[Passage]:
        """The words between tags, cut where an element divides them or has another kind."""
        end = 0
        for piece in PIECE.finditer(self.html):
            self.words.append(self.html[end : piece.start()])
            end, tag = piece.end(), (piece[2] or "").casefold()
            if not tag:
                continue
            before, typed = self.kind, tag == "pre" or any(each == "pre" for each, _ in self.path)
            if piece[1]:
                self.close(tag)
            elif tag in EMPTY:
                yield from self.alternative(tag, piece[3])
            else:
                self.path.append((tag, self.kind_of(tag, piece[3])))
            if tag in DIVIDING or self.kind != before:
                yield from self.flushed(before, by_lines=typed)
        yield from self.flushed("")

    def close(self, tag: str) -> None:
        while self.path:
            if self.path.pop()[0] == tag:
                return

    def kind_of(self, tag: str, written: str) -> str:
        """The kind of words in an element: its own, or that of what it stands in."""
        outer = self.kind
        said = dict(ATTRIBUTE.findall(written)) if "=" in written else {}
        if outer in ("code", "media", "form", "hidden"):
            return outer
        hidden = HIDDEN.search(said.get("style", "")) or said.get("aria-hidden") == "true"
        if hidden or "hidden" in said:
            return "hidden"
        if tag == "a" and outer == "note" and said.get("href", "").startswith("#"):
            return MARKER  # leads back to the text
        if tag == "a" and unescape(said.get("href", "").removeprefix("#")) in self.callers:
            return MARKER
        if tag == "a" and said.get("href", "").startswith("#"):
            words = self.called.get(unescape(said["href"][1:]), "")
            raised = "[" in words or any(each == "sup" for each, _ in self.path)
            raised = raised or said.get("role") == "doc-noteref"
            return "call" if words and raised else outer
        if tag == "sup" and outer == "note":
            return MARKER
        if said.get("id") in self.called:
            return "note"
        if tag == "button" and any(each in HEADED for each, _ in self.path):
            return outer
        return KIND_OF.get(tag, "") or outer

    def alternative(self, tag: str, written: str) -> Iterator[Passage]:
        """The words of a picture."""
        said = dict(ATTRIBUTE.findall(written)) if tag == "img" else {}
        if said.get("alt", "").strip():
            yield Passage(
                unescape(said["alt"]), 0, "hidden" if self.kind == "hidden" else "alt of a page"
            )

    def flushed(self, kind: str, *, by_lines: bool = False) -> Iterator[Passage]:
        words, self.words = unescape("".join(self.words)), []
        if kind == "unscripted":
            words = PIECE.sub(" ", words)  # to a parser with scripts it is text
        lines = words.split("\n") if by_lines else [words]
        for line in lines if kind != "code" else ():
            if line.strip():
                yield from with_marker(line, 0, kind or "shown")
