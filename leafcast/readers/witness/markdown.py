"""Markdown as the witness reads it: the page that markdown-it makes of it, and its words.

HTML in it is taken as text, of which only what HTML knows as a tag is no word. What the parser
drops without a trace is read from the lines: cells beyond a table's columns, notes that nothing
calls, titles of links, names of code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any, Final

from leafcast.readers.witness.passages import CALL, Passage
from leafcast.readers.witness.text import MARK, split_head

TAGS: Final = (
    "a|abbr|acronym|address|applet|area|article|aside|audio|b|base|basefont|bdi|bdo|big|blockquote|"
    "body|br|button|canvas|caption|center|cite|code|col|colgroup|data|datalist|dd|del|details|dfn|"
    "dialog|dir|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|"
    "head|header|hgroup|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|menu|"
    "meta|meter|nav|noframes|noscript|object|ol|optgroup|option|output|p|param|picture|pre|progress|"
    "q|rp|rt|ruby|s|samp|script|search|section|select|slot|small|source|span|strike|strong|style|"
    "sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|"
    "ul|var|video|wbr"
)
"""The elements of HTML: what stands in angle brackets otherwise is words."""
TAG: Final = re.compile(
    rf"</?(?:{TAGS})(?:[\s/](?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?>|<!doctype[^>]*>"
    r"|</[a-z][\w-]*\s*>|<[a-z]\w*-[\w-]*(?:\s[^<>]*)?>|<[a-z][\w-]*\s+[\w-]+=[^<>]*>|<[a-z]\w*\s*/>",
    re.I,
)
"""Tags of HTML, and what is plainly one: it closes, has attributes, or a hyphen in its name."""
PROGRAM: Final = re.compile(r"<\?.*?(?:\?>|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<![A-Z][^>]*>", re.S)
"""Instructions, raw characters and declarations, which no page shows."""
UNSEEN: Final = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
COMMENT: Final = re.compile(r"<!--(.*?)(?:-->|\Z)", re.S)
CODE: Final = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{[:#][^{}\n]*\}", re.S)
"""What the programs of websites put among the words."""
CODED: Final = re.compile(r"(?<=\]\()[^()\n]*\{[{%][^\n]*?[%}]\}[^()\n]*(?=\))")
"""Where a link leads that a program of websites writes."""
SPACED: Final = re.compile(
    r"(!\[[^\]\n]*\])\([ \t]*(?=[^)\n<]*[ \t(])[^<\n\"“]*?\.\w{2,5}(?:[ \t]+=\d*x\d*)?"
    r"([ \t]+\"[^\"\n]*\"|[ \t]+“[^”\n]*”)?[ \t]*\)"
)
"""A picture whose name has spaces or brackets in it."""
EMBEDDED: Final = re.compile(
    r"!\[\[[^\]\n|]+\.(?:png|jpe?g|gif|webp|svg|tiff?|bmp)(?:\|(?!\d+\])([^\]\n|]*))?"
    r"(?:\|[^\]\n]*)?\]\]",
    re.I,
)
"""A picture as note-takers embed it."""
MARKED: Final = re.compile(r"(?<![\\=])==(?=[^\s=])|(?<=[^\s=\\])==(?!=)")
"""What note-takers put around words that they mark."""
ADDRESS: Final = re.compile(r"(?<=\])\([^()\n]*\)")
"""Where a link leads that CommonMark does not take for one, such as to a name with blanks."""
DEFINED: Final = re.compile(r"\s*\[+[^\]^\n]+\]+:[ \t]*(?:[</#.]|\w+:)")
"""How a line begins that says where a link leads, and that CommonMark may not take for one."""
PIECE: Final = re.compile(
    r'<sup class="footnote-ref"><a[^>]*>.*?</a></sup>|<a [^>]*class="footnote-backref"[^>]*>.*?</a>'
    r"|<img [^>]*>|<[^>]*>"
)
ATTRIBUTE: Final = re.compile(r'([\w-]+)="([^"]*)"')
BREAKS: Final = re.compile(
    r"</?(?:p|h[1-6]|li|ul|ol|blockquote|table|thead|tbody|tr|t[dh]|pre|hr|br|section|div)\b"
)
AROUND: Final = re.compile(r"(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*")
"""What stands before a table's row in a list or a quotation."""
MERGED: Final = re.compile(r"(\^\^|<<)$")
"""All that a cell says that is merged with another."""
INLINE_BREAK: Final = re.compile(r"<br\b")


def markdown_passages(text: str) -> Iterator[Passage]:
    """The words of each block, with a sign for each call of a note; the notes come last."""
    start, facts = split_head(text)
    yield from facts
    above = text.count("\n", 0, start)
    body, hidden = _without_hidden(_in_commonmark(text[start:].replace(CALL, "")), above)
    yield from hidden
    parser = _parser()
    found: dict[str, Any] = {}
    tokens = parser.parse(body, found)
    _without_merging(tokens)
    for token in tokens:
        if token.map and token.nesting >= 0:
            token.attrSet("data-line", str(above + token.map[0] + 1))
    yield from _passages(parser.renderer.render(tokens, parser.options, found))
    yield from _unseen(tokens, body, above, found)


def _without_merging(tokens: Sequence[Any]) -> None:
    """Empty the cells that only say with which they are one, the one above or before."""
    kind = ""
    for token in tokens:
        if (
            token.type == "inline"
            and kind in ("th_open", "td_open")
            and MERGED.match(token.content)
        ):
            token.children = []
        kind = token.type


def _in_commonmark(body: str) -> str:
    """`body` with the pictures and the marked words of other programs as CommonMark has them."""
    body = CODED.sub("x", body)
    body = EMBEDDED.sub(r"![\1](x)", SPACED.sub(r"\1(x\2)", body))
    return MARKED.sub("", body)


def _without_hidden(body: str, above: int) -> tuple[str, list[Passage]]:
    """`body` with empty lines for HTML that no page shows and blank lines divide; and its words."""
    hidden: list[Passage] = []

    def emptied(found: re.Match[str]) -> str:
        if "\n\n" not in found[0]:
            return found[0]
        line = above + body.count("\n", 0, found.start()) + 1
        hidden.append(Passage(found[0], line, "comment" if found[0][:4] == "<!--" else "site code"))
        return "\n" * found[0].count("\n")

    if "<" in body:
        for pattern in (COMMENT, UNSEEN, PROGRAM):
            body = pattern.sub(emptied, body)
    return body, hidden


def _parser() -> Any:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.attrs import attrs_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 200}).enable("table")
    parser.use(footnote_plugin).use(attrs_plugin, spans=True)
    parser.validateLink = lambda target: True  # type: ignore[method-assign,assignment]
    rules = parser.inline.ruler
    span = next(rule.fn for rule in rules.__rules__ if rule.name == "span")
    # a link in a link is none, a span is no link, and is not to be skipped as one
    rules.at("span", lambda state, silent: not silent and bool(span(state, silent)))
    parser.core.ruler.before("footnote_tail", "definitions", _note_definitions)
    return parser


def _note_definitions(state: Any) -> None:
    """Keep where each note is defined, before those that nothing calls are dropped."""
    state.env["definitions"] = [
        (token.meta["label"], token.map, state.tokens[at + 1 :])
        for at, token in enumerate(state.tokens)
        if token.type == "footnote_reference_open"
    ]


# ---------------------------------------------------------------- the page


def _passages(page: str) -> Iterator[Passage]:
    """The words of a rendered page, cut at its blocks."""
    words: list[str] = []
    line = end = 0
    for piece in PIECE.finditer(page):
        words.append(page[end : piece.start()])
        end, tag = piece.end(), piece[0]
        said = dict(ATTRIBUTE.findall(tag))
        if tag.startswith("<sup"):
            words.append(CALL)
        elif tag.startswith("<img"):
            yield from (
                Passage(unescape(said.get(name, "")), line, "alt") for name in ("alt", "title")
            )
        elif tag.startswith("<a ") and said.get("title"):
            yield Passage(unescape(said["title"]), line, "link title")
        elif INLINE_BREAK.match(tag):
            words.append(" ")
        elif BREAKS.match(tag):
            yield from _cleaned("".join(words), line)
            words = []
        line = int(said.get("data-line", line))
    yield from _cleaned("".join(words) + page[end:], line)


def _cleaned(words: str, line: int) -> Iterator[Passage]:
    """The words of a block without the HTML that was written among them."""
    written = unescape(words)
    if "<" in written:
        for comment in COMMENT.findall(written):
            yield Passage(comment, line, "comment")
        for code in PROGRAM.findall(written):
            yield Passage(code, line, "site code")
        written = PROGRAM.sub("", UNSEEN.sub(" ", COMMENT.sub("", written)))
        written = TAG.sub(_for_tag, written)
    if "](" in written:
        for address in ADDRESS.findall(written):
            yield Passage(address, line, "address")
        written = ADDRESS.sub("", written)
    if "{" in written:
        for code in CODE.findall(written):
            yield Passage(code, line, "site code")
        written = CODE.sub("", written)
    for number, words_of_line in enumerate(written.split("\n"), line):
        if words_of_line.strip():
            kind = "definition" if DEFINED.match(words_of_line) else ""
            yield Passage(words_of_line, number, "mark" if MARK.match(words_of_line) else kind)


def _for_tag(tag: re.Match[str]) -> str:
    """What a tag is to the words beside it: nothing, or a space where it is a block's."""
    return " " if BREAKS.match(tag[0].casefold()) or "<opt" in tag[0] else ""


# ---------------------------------------------------------------- what leaves no trace


def _unseen(
    tokens: Sequence[Any], body: str, above: int, found: dict[str, Any]
) -> Iterator[Passage]:
    """Words that are in no page: what the parser leaves out without a trace."""
    lines = body.split("\n")
    for at, token in enumerate(tokens):
        if token.type == "fence" and token.info.strip():
            yield Passage(token.info, above + token.map[0] + 1, "code name")
        elif token.type == "table_open":
            columns = sum(each.type == "th_open" for each in _until(tokens[at:], "thead_close"))
            for number in range(token.map[0], token.map[1]):
                for cell in _cells(lines[number])[columns:]:
                    yield Passage(cell, above + number + 1, "cell")
    called = found.get("footnotes", {}).get("refs", {})
    for label, place, inside in found.get("definitions", ()):
        if called.get(f":{label}", -1) < 0:
            words = " ".join(token.content for token in _until(inside, "footnote_reference_close"))
            yield Passage(words, above + place[0] + 1, "uncalled")
    for label, place in found.get("references", {}).items():
        if place.get("title"):
            yield Passage(f"{label} {place['title']}", 0, "link title")


def _until(tokens: Sequence[Any], kind: str) -> Iterator[Any]:
    """Tokens up to the first of a kind."""
    for token in tokens:
        if token.type == kind:
            return
        yield token


def _cells(row: str) -> list[str]:
    """The cells of a table's row, as GitHub's Markdown divides them."""
    inner = AROUND.sub("", row, count=1).strip().removeprefix("|")
    cells = re.split(r"(?<!\\)\|", inner)
    return cells[:-1] if cells and not cells[-1].strip() else cells
