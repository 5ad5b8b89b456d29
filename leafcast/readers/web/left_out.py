"""What a page holds and the article does not, told: one finding a kind, the weightiest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from leafcast.document.report import Severity
from leafcast.readers.drafts import Gatherer, quoted
from leafcast.readers.web.boxes import ABOUT, BESIDE, COMMENTS, HIDDEN, MENU, OFFERS, STRUCK
from leafcast.readers.web.content import Content
from leafcast.readers.web.shown import is_hidden
from leafcast.readers.web.tree import OPAQUE, Element, words_in

COPY: Final = "If some of it belongs to the article, copy it there"
KINDS: Final = {
    BESIDE: ("beside-left-out", Severity.WARNING, "Text that stands beside the article", COPY),
    STRUCK: ("struck-left-out", Severity.WARNING, "What is struck through",
             "If some of it holds, write it anew"),
    COMMENTS: ("comments-left-out", Severity.ADVICE, "What visitors wrote below the article", COPY),
    MENU: ("around-left-out", Severity.ADVICE, "What stands around the article", COPY),
    OFFERS: ("offers-left-out", Severity.ADVICE,
             "What leads to other pages, or asks to share or subscribe,", COPY),
    ABOUT: ("details-left-out", Severity.ADVICE, "What the page says about the article", COPY),
    HIDDEN: ("hidden-left-out", Severity.ADVICE, "What the page hides from its readers", COPY),
}  # fmt: skip
MOST_SAID: Final = 6
HELP: Final = re.compile(
    r"\b(?:999|112|111|116 ?123|116 ?111|85258|samaritans|helpline|crisis|emergency|suicid\w*"
    r"|at risk)\b|\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b",
    re.I,
)
"""What helps in need: numbers that must not go missing with what stands around."""


def tell_left_out(content: Content, read: set[Element], gatherer: Gatherer) -> None:
    """Say once of each kind what is left out: its first words, how many there are, and the line of
    the first. `read` are headings that are read elsewhere, such as the title.
    """
    pieces: dict[str, list[tuple[Element, str]]] = {}
    for element, kind in _outside(content, read):
        if words := words_in(element):
            pieces.setdefault(kind, []).append((element, words))
    for kind, (code, severity, what, fix) in KINDS.items():
        found = pieces.get(kind, [])
        if not found:
            continue
        for element, words in found:
            gatherer.leave_out(code, words, element.line)
        count = sum(len(words.split()) for _, words in found)
        if severity is Severity.ADVICE and kind != COMMENTS:
            found = sorted(found, key=lambda each: not HELP.search(each[1]))
            severity = Severity.WARNING if HELP.search(found[0][1]) else severity
        said = "; ".join(quoted(words, 30) for _, words in found[:MOST_SAID])
        more = " …" if len(found) > MOST_SAID else ""
        many = "1 word" if count == 1 else f"{count} words in all"
        message = f"{what} is left out, {many}: {said}{more}"
        gatherer.find(code, severity, (message, fix), found[0][0].line)
    _tell_pictures(content, [each for each, _ in _outside(content, read)], gatherer)


def _tell_pictures(content: Content, outside: list[Element], gatherer: Gatherer) -> None:
    """Say which pictures are left out that stand within the article's box and say something."""
    inside = set(content.element.iter())
    found = [
        (picture, words)
        for each in outside
        if each in inside
        for picture in each.iter("img")
        if not is_hidden(picture) and (words := " ".join(picture.get("alt").split()))
    ]
    if not found:
        return
    for picture, words in found:
        gatherer.leave_out("picture-left-out", words, picture.line)
    said = "; ".join(quoted(words, 30) for _, words in found[:MOST_SAID])
    more = " …" if len(found) > MOST_SAID else ""
    count = sum(len(words.split()) for _, words in found)
    many = "A picture" if len(found) == 1 else f"{len(found)} pictures"
    gatherer.advise(
        "picture-left-out",
        f"{many} in what is left out, {count} words in all: {said}{more}",
        "If one belongs to the article, save it beside it and write ![what it shows](name)",
        found[0][0].line,
    )


def _outside(content: Content, read: set[Element]) -> Iterator[tuple[Element, str]]:
    """The elements that are not read, the outermost, in order, each with why; also beside a title
    that is read out of such an element.
    """
    holding = set(content.element.ancestors())
    holding |= {around for each in read for around in each.ancestors()}
    stack: list[tuple[Element, str]] = [(content.page.body, "")]
    while stack:
        each, around = stack.pop()
        kind = content.left_out.get(each, around or None)
        if each.tag in OPAQUE or kind == "":
            continue
        if each in read:
            yield from _within(each, content)
        elif each in holding:
            inner = "" if each is content.element or each in content.element.ancestors() else kind
            stack.extend((child, inner or "") for child in reversed(list(each)))
        elif kind is not None:
            yield each, kind
        elif each is content.element or content.element in each.ancestors():
            stack.extend((child, "") for child in reversed(list(each)))
        else:
            yield each, BESIDE if content.prose.get(each) else MENU


def _within(element: Element, content: Content) -> Iterator[tuple[Element, str]]:
    """What is not read of an element that is, the outermost, in order."""
    for child in element:
        if kind := content.left_out.get(child):
            yield child, kind
        elif child.tag not in OPAQUE:
            yield from _within(child, content)
