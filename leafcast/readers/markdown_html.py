"""HTML in Markdown: its elements in running text, and whole blocks read as a web page is."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from leafcast.document.article import Code, Emphasis, Foreign, Inline, Strong, Text, plain_text
from leafcast.document.origin import Origin
from leafcast.document.report import Finding
from leafcast.readers.drafts import BlockDraft, Draft, HeadingDraft, words_of
from leafcast.readers.html_names import is_html
from leafcast.readers.rewriting import attributes

TAG: Final = re.compile(r"<(/?)([A-Za-z][\w-]*)((?:\s.*?)?)(/?)>", re.S)
CLOSING: Final = re.compile(r"</([A-Za-z][\w-]*)")
HIDDEN_HTML: Final = re.compile(r"<(script|style)\b.*?(</\1\s*>|\Z)|<!--.*?(-->|\Z)", re.I | re.S)
COMMENTS: Final = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->\s*)*", re.S)
IN_A_BLOCK: Final = re.compile(r"\\?</?([A-Za-z][\w-]*)(?=[\s/>])[^<>]*>")
NEVER_READ: Final = frozenset(("script", "style", "template", "noscript"))
STRUCK: Final = frozenset(("s", "strike", "del"))
VOID: Final = frozenset(("br", "img", "wbr", "hr", "input", "embed", "source", "area", "param"))
BLANKS: Final = frozenset(
    (
        "address", "area", "article", "audio", "button", "caption", "data", "details", "figure",
        "footer", "form", "header", "input", "label", "legend", "link", "main", "map", "menu",
        "meter", "object", "option", "output", "picture", "section", "source", "summary", "table",
        "time", "title", "track", "video",
    )
)  # fmt: skip
"""Elements of HTML whose names people write in angle brackets for what is to be filled in."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of HTML as it stands in running text; `name` is "" for what is no element."""

    name: str
    closing: bool = False
    single: bool = False
    values: dict[str, str] = field(default_factory=dict)


def read_tag(written: str) -> Tag | None:
    """The tag that is `written`; None for words that only stand in angle brackets."""
    found = TAG.fullmatch(written.strip())
    if not found:
        return Tag("")  # a comment, a declaration, an instruction
    name = found[2].casefold()
    if not is_html(found[2]):
        return None
    single = bool(found[4]) or name in VOID
    return Tag(name, bool(found[1]), single, attributes(found[3]))


def is_blank(tag: Tag, is_closed: bool) -> bool:
    """Whether a tag is no element though HTML has its name, but a blank to fill in, as in “on
    <date> at <time>”: it says nothing else, and nothing closes it.
    """
    return tag.name in BLANKS and not (tag.closing or tag.values or is_closed)


def marked(tag: Tag, content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """`content` as the element of `tag` marks it."""
    if not plain_text(content).strip():
        return content
    lang = tag.values.get("lang", "")
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", lang):
        content = (Foreign(content, lang),)
    match tag.name:
        case "b" | "strong":
            return (Strong(content),)
        case "i" | "em" | "cite" | "dfn" | "var" | "mark":
            return (Emphasis(content),)
        case "q":
            return (Text("“"), *content, Text("”"))
        case "code" | "kbd" | "samp" | "tt":
            return (Code(plain_text(content)),)
        case _:
            return content


# ---------------------------------------------------------------- blocks

MARKER: Final = "Leafcast fragment"
PAGE: Final = (
    f'<!DOCTYPE html><html lang="en-GB"><head><title>{MARKER}</title></head><body><main><article>'
    f"<h1>{MARKER}</h1>{{}}</article></main></body></html>"
)
"""The page as which a block of HTML is read; all before the block is on one line."""


TOLD_ELSEWHERE: Final = re.compile(r"guessed-|.*-dropped$")
"""Findings that are about the page put around, or say what `raw-html` says."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """What a block of HTML holds, its lines as in the block."""

    blocks: tuple[BlockDraft, ...] = ()
    findings: tuple[Finding, ...] = ()


def closed_in(text: str) -> frozenset[str]:
    """The names of the elements that a tag closes somewhere in `text`."""
    return frozenset(name.casefold() for name in CLOSING.findall(text))


def read_fragment(content: str, origin: Origin, closed: Collection[str]) -> Fragment:
    """A block of HTML, read as the article of a web page; `closed` are the elements that the file
    closes somewhere. Never raises.
    """
    from leafcast.readers.web.reader import draft_page

    kept = HIDDEN_HTML.sub(lambda found: "\n" * found[0].count("\n"), content)
    kept = IN_A_BLOCK.sub(lambda at: _element_or_words(at, closed), kept)
    draft = draft_page(PAGE.format(kept).encode(), origin, take_pictures=False)
    findings = tuple(each for each in draft.findings if not TOLD_ELSEWHERE.match(each.code))
    if not draft.usable:
        return Fragment((), findings)
    return Fragment(tuple(_without_marker(draft)), findings)


def _element_or_words(written: re.Match[str], closed: Collection[str]) -> str:
    """A tag as it stands, or words in angle brackets as a page writes them; `closed` are the names
    of what a tag closes.
    """
    tag = read_tag(written[0].removeprefix("\\"))
    if tag and not is_blank(tag, tag.name in closed):
        return written[0]
    return html.escape(written[0].removeprefix("\\"))


def _without_marker(draft: Draft) -> Iterator[BlockDraft]:
    for block in draft.blocks:
        if not (isinstance(block, HeadingDraft) and words_of(block.runs) == MARKER):
            yield block


def moved(finding: Finding, lines: int) -> Finding:
    """A finding of a fragment at its line in the file, which has `lines` above the fragment."""
    place = finding.place
    if place is None:
        return finding
    return replace(finding, place=replace(place, line=(place.line or 1) + lines))
