"""Visitors' comments, found by what stands at each of them and by the heading above them, whatever
their boxes are called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from leafcast.readers.web.tree import LINES, Element, words_in

REPLY: Final = re.compile(
    r"\W*(?:reply|reply to .{1,40}|log in to reply|report(?: abuse| this| comment)?|antworten"
    r"|répondre|responder|rispondi|beantwoorden)\W*",
    re.I,
)
"""What the link or button below a comment says."""
SIGNED: Final = re.compile(
    r"\bsays:|\bwrote:|\b\d+ (?:minutes?|hours?|days?|weeks?|months?|years?) ago\b|\bsagt:|\ba dit"
    r"|\bdice:|\b\d{4}\b",
    re.I,
)
"""What tells who wrote a comment, and when."""
HEADING: Final = re.compile(
    r"(?:(?:add|join|leave)\b.{0,20}\b)?(?:\d+\s+|no\s+|all\s+|recent\s+)?"
    r"(?:comments?|replies|responses|discussion|conversation|thoughts|kommentare?|commentaires)"
    r"(?:\s*\(?\d+\)?|\s+(?:on|to|about)\b.*)?\W*",
    re.I,
)
"""A heading above visitors' comments."""
MOST_OTHERS: Final = 15
"""Words beside comments in a box that holds them: a heading, labels of a form."""
HEADINGS: Final = ("h1", "h2", "h3")
WHOLE: Final = ("html", "body", "main", "article")


def find_comments(body: Element) -> Iterator[Element]:
    """The boxes that hold visitors' comments, by the links that answer them and by headings."""
    yield from _headed(body)
    found: list[Element] = []
    for control in body.iter("a", "button", "span"):
        if REPLY.fullmatch(words_in(control)):
            box = _comment(control)
            if box is not None and box not in found:
                found.append(box)
    if len(found) == 1 and not _is_signed(found[0]):
        return
    for box in found:
        yield _widened(box, found)


def _headed(body: Element) -> Iterator[Element]:
    """What stands below the heading of a discussion, signed and dated."""
    for heading in body.iter("h2", "h3", "h4", "h5"):
        box = heading.parent
        if box is None or not HEADING.fullmatch(words_in(heading)):
            continue
        if box.tag not in WHOLE and words_in(box).startswith(words_in(heading)):
            if _is_signed(box):
                yield box
            continue
        after = [each for each in list(box)[list(box).index(heading) + 1 :] if words_in(each)]
        if after and all(each.tag not in HEADINGS and _is_signed(each) for each in after):
            yield from (heading, *after)


def _comment(control: Element) -> Element | None:
    """The box of the comment that a control answers."""
    own = len(words_in(control).split())
    for around in control.ancestors():
        if around.tag in WHOLE[:3] or around.first("h1") is not None:
            return None
        if around.tag in LINES and len(words_in(around).split()) > own + 5:
            return around
    return None


def _is_signed(box: Element) -> bool:
    return box.first("time", "cite") is not None or bool(SIGNED.search(words_in(box)))


def _widened(box: Element, comments: list[Element]) -> Element:
    """The outermost box that holds little but comments."""
    while (parent := box.parent) is not None and parent.tag not in WHOLE:
        within = [each for each in comments if any(outer is parent for outer in each.ancestors())]
        counted = [each for each in within if not any(o in within for o in each.ancestors())]
        others = len(words_in(parent).split()) - sum(
            len(words_in(each).split()) for each in counted
        )
        if others > MOST_OTHERS or parent.first("h1") is not None:
            break
        box = parent
    return box
