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
from itertools import zip_longest
from typing import Final

from leafcast.readers.witness.kinds import ASIDE, FOOTNOTE, MARKER
from leafcast.readers.witness.passages import CALL, GLUE, Passage
from leafcast.readers.witness.text import with_marker

PIECE: Final = re.compile(
    r'<!--.*?-->|<(/?)([a-zA-Z][^\s/>]*)((?:\s[^\s/>][^\s/>=]*(?:="[^"]*")?)*)\s*/?>', re.S
)
"""A comment or a tag, as a parser writes them: each value between double quotes."""
ATTRIBUTE: Final = re.compile(r'\s([^\s/>][^\s/>=]*)="([^"]*)"')
ADDRESSES: Final = re.compile(
    r"<(?:base|link|meta)\b[^>]*?(?:href|content)\s*=\s*[\"']?(https?://[^\s\"'>]+)"
    r"|<!--\s*saved from url=\(\d+\)(\S+)",
    re.I,
)
"""Where a page says that it is from, among other addresses."""
STARTS: Final = {
    codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be",
    b"<\0": "utf-16-le", b"\0<": "utf-16-be",
}  # fmt: skip
"""First bytes that say how letters are encoded."""
STRAY: Final = re.compile("[\udc80-\udcff]+")
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
    "noscript": "unscripted",
    "object": "media", "svg": "media", "canvas": "media", "audio": "media",
    "video": "media", "applet": "media", "math": "",
    "select": "form", "textarea": "form", "datalist": "form", "button": "form", "label": "form",
    "progress": "form", "meter": "form",
    "nav": "around", "aside": "around", "menu": "around", "dialog": "around", "footer": "around",
    "del": "struck", "s": "struck", "strike": "struck",
    "figcaption": "caption", "caption": "caption",
}  # fmt: skip
"""Elements whose words are not simply text."""
HEADED: Final = {"h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"}
"""Elements whose buttons are the words of a heading."""
RAW: Final = ["script", "style", "iframe", "noembed", "noframes", "title", "template"]
"""Elements whose text no reader of a page sees."""
EMPTY: Final = {
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
}  # fmt: skip
TABLE: Final = re.compile(r"<table\b[^>]*>(?:(?!<table\b).)*?</table>", re.S)
ROW: Final = re.compile(r"<tr\b[^>]*>(.*?)</tr>", re.S)
CELL: Final = re.compile(r"<t[hd]\b[^>]*>.*?</t[hd]>", re.S)
LAID_OUT: Final = re.compile(
    r"<(?:h[1-4]|blockquote)\b|<table[^>]*\brole=\"(?:presentation|none)\""
)
"""What a table has that only sets things beside each other."""
MOST_ROWS: Final = 6
"""Rows that are read as columns where each begins with its header."""
FIRST_ROW: Final = re.compile(r"<t(?:body|head|foot|r)\b")
CONTROLS: Final = re.compile(r'\baria-controls="([^"]+)"')
"""The names of what a button opens, which is hidden until then."""
OPENS: Final = {"aria-controls", "href", "id", "data-target", "data-bs-target"}
"""What a tab has that opens something of the page."""
INITIAL: Final = re.compile(r'\balt="([A-Z])"')
"""What a picture of a word's first letter shows."""
RUBY: Final = re.compile(r"<r[tp]\b[^>]*>(.*?)</r[tp]>", re.S)
"""How the letters before it are pronounced, which parts no word."""
NAMED_CALL: Final = re.compile(r"note|cite|reference|nbp", re.I)
"""A class or a relation of what calls a note."""
HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
SHORT: Final = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡a-z])[\])]?\s*")


LINK: Final = re.compile(
    r'(?P<tag>(?:<sup\b[^>]*>\s*)?<a [^>]*?href="(?P<before>[^"#]*)#(?P<target>[^"]+)"[^>]*>)'
    r"(?P<inner>.{0,80}?)</a>",
    re.S,
)
OWN_NAME: Final = re.compile(r'\b(?:id|name)="([^"]+)"')


DOCTYPE_REST: Final = "]>"
"""What is left of a document type with entities: HTML ends it at the first angle bracket."""


def upright_passages(content: bytes) -> Iterator[Passage]:
    """The words of a page, small tables whose rows begin with their headers column by column."""
    return page_passages(content, upright=True)


def page_passages(content: bytes, *, upright: bool = False) -> Iterator[Passage]:
    """The words of each block of a page, its pictures' words among them."""
    from selectolax.lexbor import LexborHTMLParser

    text = page_text(content)
    tree = LexborHTMLParser(text)
    body = tree.body
    if body is None:
        return
    tree.strip_tags(RAW)
    own = {
        (first or second).partition("#")[0].rstrip("/") for first, second in ADDRESSES.findall(text)
    }
    html = body.html or ""
    passages = _Page(TABLE.sub(_upright, html) if upright else html, own).passages()
    yield from (each for each in passages if each.words.strip() != DOCTYPE_REST)


def page_text(content: bytes) -> str:
    """The letters of a page, as its first bytes or its head name them; bytes that are none of
    these are read as UTF-8 or, one by one, as Windows-1252.
    """
    return _decoded(content).replace(CALL, "")


def _decoded(content: bytes) -> str:
    from webencodings import lookup

    for mark, name in STARTS.items():
        if content.startswith(mark):
            return content.decode(name, "replace").removeprefix("\ufeff")
    said = CHARSET.search(content[:4096])
    known = lookup(said[1].decode("ascii", "replace")) if said else None
    with suppress(UnicodeDecodeError):
        if known and "utf-16" not in known.name:
            return content.decode(known.codec_info.name)
    return STRAY.sub(_as_windows, content.decode("utf-8", "surrogateescape"))


def _as_windows(stray: re.Match[str]) -> str:
    return bytes(ord(each) - 0xDC00 for each in stray[0]).decode("cp1252", "replace")


class _Page:
    """Walks the tags of a page that its parser has written anew, so that each element is closed."""

    def __init__(self, html: str, own: set[str]) -> None:
        self.aloud = RUBY.findall(html) if "<rt" in html else []
        self.html = RUBY.sub("", html) if self.aloud else html
        self.own = own | {""}
        self.words: list[str] = []
        self.path: list[tuple[str, str]] = []
        self.typed = 0
        self.controlled = {name for names in CONTROLS.findall(html) for name in names.split()}
        self.callers: set[str] = set()
        self.note = ""
        self.called = self.notes()

    def notes(self) -> dict[str, str]:
        """The ids that short links lead to, such as those of notes; links that lead back to such
        a link, by its own name, are none.
        """
        called: dict[str, str] = {}
        for link in LINK.finditer(self.html):
            words = unescape(re.sub(r"<[^>]*>", "", link["inner"]))
            target = self.fragment(f"{link['before']}#{link['target']}")
            if target and SHORT.fullmatch(words) and target not in self.callers:
                called.setdefault(target, words)
                self.callers.update(map(unescape, OWN_NAME.findall(link["tag"])))
        return called

    def fragment(self, address: str) -> str:
        """The place in this page that a link leads to; "" where it leads elsewhere."""
        before, _, place = address.partition("#")
        return unescape(place) if before.rstrip("/") in self.own else ""

    @property
    def kind(self) -> str:
        return self.path[-1][1] if self.path else ""

    def passages(self) -> Iterator[Passage]:
        """The words between tags, cut where an element divides them or has another kind."""
        end = 0
        for piece in PIECE.finditer(self.html):
            self.words.append(self.html[end : piece.start()])
            end, tag = piece.end(), piece[2]
            if not tag:
                continue
            if tag == "img" and (letter := INITIAL.search(piece[3])) and self.html[end].islower():
                self.words.append(letter[1])
                continue
            before, typed = self.kind, self.typed > 0
            if piece[1]:
                self.close(tag)
            elif tag in EMPTY:
                yield from self.alternative(tag, piece[3])
            else:
                self.path.append((tag, self.kind_of(tag, piece[3])))
                self.typed += tag == "pre"
            if tag in DIVIDING:
                yield from self.flushed(before, by_lines=typed)
            elif self.kind != before:
                joins = self.joins()
                yield from self.flushed(before, by_lines=typed)
                self.words = [GLUE] if joins else []
        yield from self.flushed("")
        for words in self.aloud:
            yield Passage(unescape(PIECE.sub("", words)), 0, "pronunciation")

    def joins(self) -> bool:
        """Whether what follows stands without a space behind the words before."""
        before = "".join(self.words)
        return bool(before) and not before[-1].isspace()

    def close(self, tag: str) -> None:
        while self.path:
            closed = self.path.pop()[0]
            self.typed -= closed == "pre"
            if closed == tag:
                return

    def kind_of(self, tag: str, written: str) -> str:
        """The kind of words in an element: its own, or that of what it stands in."""
        outer = self.kind
        said = dict(ATTRIBUTE.findall(written)) if "=" in written else {}
        if outer in ("media", "form", "hidden"):
            return outer
        if _is_hidden(said) and said.get("id") not in self.controlled:
            return "hidden"
        if said.get("role") == "tab" and (tag != "button" or OPENS & said.keys()):
            return "tab"  # stands above what it opens, wherever that is
        if tag == "a" and (place := self.fragment(said.get("href", ""))):
            return self.kind_of_link(place, said)
        if tag == "sup" and outer == FOOTNOTE:
            return MARKER
        if said.get("id") in self.called and tag not in ("sup", "a"):
            self.note = said["id"]
            return FOOTNOTE  # sup and a are what a link leads back to
        if tag == "button" and any(each in HEADED for each, _ in self.path):
            return outer
        return KIND_OF.get(tag, "") or outer

    def kind_of_link(self, place: str, said: dict[str, str]) -> str:
        """The kind of words in a link within the page: what calls a note, or leads back to it."""
        if self.kind == FOOTNOTE or place in self.callers:
            return MARKER
        words = self.called.get(place, "")
        if not words or not self.is_raised(words, said):
            return self.kind
        self.note = place
        return "call"

    def is_raised(self, words: str, said: dict[str, str]) -> bool:
        """Whether a short link calls a note, and is no number of a page or a point."""
        named = f"{said.get('class', '')} {said.get('rel', '')} {said.get('role', '')}"
        bracketed = "[" in words or "".join(self.words).rstrip().endswith(("[", "("))
        return (
            bracketed
            or any(each == "sup" for each, _ in self.path)
            or bool(NAMED_CALL.search(named))
        )

    def alternative(self, tag: str, written: str) -> Iterator[Passage]:
        """The words of a picture."""
        said = dict(ATTRIBUTE.findall(written)) if tag == "img" else {}
        if said.get("alt", "").strip() and not _is_hidden(said):
            kind = self.kind if self.kind in ("hidden", "unscripted") else ASIDE
            yield Passage(unescape(said["alt"]), 0, kind)

    def flushed(self, kind: str, *, by_lines: bool = False) -> Iterator[Passage]:
        words, self.words = unescape("".join(self.words)), []
        if kind == "unscripted":
            words = PIECE.sub(" ", words)  # to a parser with scripts it is text
        lines = words.split("\n") if by_lines else [words]
        for line in lines:
            if shown := line.strip():
                for each in with_marker(shown, 0, kind or "shown"):
                    yield each._replace(note=self.note) if kind in ("call", FOOTNOTE) else each


def _upright(table: re.Match[str]) -> str:
    """A table whose rows all begin with their headers, column by column, as it is read."""
    rows = [CELL.findall(row) for row in ROW.findall(table[0])]
    rows = [row for row in rows if row]
    sideways = rows and all(row[0].startswith("<th") for row in rows)
    first = FIRST_ROW.search(table[0])
    if not sideways or not first or len(rows) > MOST_ROWS or LAID_OUT.search(table[0]):
        return table[0]
    if all(cell.startswith("<th") for cell in rows[0]):
        return table[0]
    turned = "".join(f"<tr>{''.join(column)}</tr>" for column in zip_longest(*rows, fillvalue=""))
    return f"{table[0][: first.start()]}{turned}</table>"


def _is_hidden(said: dict[str, str]) -> bool:
    """Whether an element's attributes say that its readers do not see it."""
    styled = bool(HIDDEN.search(said.get("style", "")))
    return styled or said.get("aria-hidden") == "true" or "hidden" in said
