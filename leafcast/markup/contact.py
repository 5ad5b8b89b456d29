"""Ways to reach somebody, as links that a telephone understands."""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup, escape

from leafcast.markup.html import dialled

NUMBER: Final = re.compile(r"(?<![\w.£/:])(?:\+\d{2}|\d{3,6})(?: \d{2,6}){0,4}(?![\w.:/-]*\w)")
"""What may be dialled: 999, 116 123, 0300 123 3393, +44 20 7946 0000; no time, date or price."""
CALLED: Final = re.compile(r"\b(?:call|phone|ring|dial|telephone|tel|text|sms)\b|\+\d", re.I)
"""Only where one of these stands is a number one to dial."""
TEXTED: Final = re.compile(r"\btext\b", re.I)


def reach(words: str) -> Markup:
    """`words` with each number as a link that dials it, or starts a text message to it.

    A number is texted where the word “text” stands before it in the same sentence.
    """
    linked = Markup("")
    for sentence in re.split(r"(?<=[.;])\s+(?=[A-Z])", words):
        linked += Markup(" ") if linked else ""
        linked += _linked(sentence)
    return linked


def _linked(sentence: str) -> Markup:
    scheme = "sms" if TEXTED.search(sentence) else "tel"
    linked, at = Markup(""), 0
    for number in NUMBER.finditer(sentence) if CALLED.search(sentence) else ():
        linked += escape(sentence[at : number.start()])
        linked += link(f"{scheme}:{dialled(number[0])}", number[0])
        at = number.end()
    return linked + escape(sentence[at:])


def link(target: str, words: str) -> Markup:
    """A link that stays on one line."""
    return Markup('<a class="tied" href="{}">{}</a>').format(target, words)


def feedback(way: str) -> Markup:
    """How to say what helped: an address of the web or of e-mail as a link, other words as such."""
    if re.fullmatch(r"https?://\S+", way):
        shown = way.split("://", 1)[1].removeprefix("www.").rstrip("/")
        return Markup('<a href="{}" rel="noreferrer">{}</a>').format(way, shown)
    if re.fullmatch(r"[^\s@]+@[^\s@]+", way):
        return Markup('<a href="mailto:{}">{}</a>').format(way, way)
    return reach(way)
