"""The bytes of a saved page as a tree, held to limits; what a browser would run is not kept.

Letters are decoded as browsers do it (HTML, 13.2.3; the WHATWG Encoding Standard): by the mark at
the file's start, by what the page says, else as UTF-8, and at last as Windows-1252.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from leafcast.document.invisible import cleaned_source
from leafcast.readers.drafts import Gatherer
from leafcast.readers.file_kinds import PAGE, kind_of
from leafcast.readers.web.tree import Element, TooDeep, parse

MOST_MARKS: Final = 100_000
"""How often “<” may stand in a page; a long article with its site around it has some 5,000."""
MARKS_START: Final = 4096
"""Bytes within which a page says how its letters are encoded."""
FEWEST_WRONG: Final = 1 / 2000
"""Wrong bytes among those of UTF-8; a page with fewer was put together from several."""
ENCODING: Final = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w:.-]+)", re.I)
OWN_TYPE: Final = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(<!DOCTYPE[^>\[]*\[.*?\]\s*>)", re.S | re.I)
"""A document type that says what is in it, as XML may have and HTML has not."""


class NotAPage(Exception):
    """The file is no page that can be read: a finding's code, what is wrong, the fix."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its root element, the address it was saved from, if it tells, and its text."""

    root: Element
    address: str
    text: str
    said: dict[str, str] = field(default_factory=dict)

    def find(self, *tags: str) -> Iterator[Element]:
        """Every element of these kinds, in order."""
        return self.root.iter(*tags)

    @property
    def body(self) -> Element:
        """What is shown."""
        return next(self.find("body"), self.root)

    def fragment(self, address: str) -> str:
        """The place in this page that an address leads to; "" where it leads elsewhere.

        Browsers that save a page write its own address before such places.
        """
        before, mark, place = address.strip().partition("#")
        own = self.address.partition("#")[0].rstrip("/")
        return place if mark and before.rstrip("/") in ("", own) else ""

    def meta(self, *names: str) -> str:
        """What the page says of itself under the first of `names` it knows."""
        return next((self.said[name] for name in names if self.said.get(name)), "")


def open_page(content: bytes, gatherer: Gatherer) -> Page:
    """The page in `content`. Raises NotAPage, saying what it is instead."""
    kind = kind_of(content)
    if kind and kind is not PAGE:
        raise NotAPage("not-a-page", f"It is {kind.name}, whatever its name says", kind.cure)
    if not content.strip():
        raise NotAPage("page-empty", "The file is empty", "Save the page again")
    if content.count(b"<") > MOST_MARKS:
        raise NotAPage(
            "page-too-large",
            f"It has more than {MOST_MARKS:,} elements, which no article has",
            "Save the page of one article",
        )
    text, found = cleaned_source(_decoded(content, gatherer), gatherer.origin)
    gatherer.findings += found
    return page_of(_without_entities(text, gatherer))


def page_of(text: str, *, scripting: bool = True) -> Page:
    """The page that `text` is. Raises NotAPage where it is nested too deep, or empty."""
    try:
        root = parse(text, scripting=scripting)
    except TooDeep:
        raise NotAPage(
            "nested-too-deep",
            "It is nested so deep that text would be lost",
            "Copy the article’s text into a Word or text file",
        ) from None
    return Page(root, _address(root, text), text, _said(root))


def _said(root: Element) -> dict[str, str]:
    """What a page says of itself in `meta`, by names in small letters; the first counts."""
    said: dict[str, str] = {}
    for each in root.iter("meta"):
        words = " ".join(each.get("content").split())
        for kind in ("name", "property", "itemprop"):
            for name in each.get(kind).casefold().split():
                if words:
                    said.setdefault(name, words)
    return said


def _without_entities(text: str, gatherer: Gatherer) -> str:
    """A page without names of its own for text; HTML has none, and bombs are made so."""
    found = OWN_TYPE.match(text)
    if not found:
        return text
    gatherer.advise(
        "entities-dropped",
        "The page gives names to text of its own, or to files, which are not read",
        "Save the page again in the browser, which writes the text itself",
        text.count("\n", 0, found.start(1)) + 1,
    )
    return "\n" * found[0].count("\n") + text[found.end() :]


# ---------------------------------------------------------------- letters


def _decoded(content: bytes, gatherer: Gatherer) -> str:
    """The letters of a page."""
    import webencodings

    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"),
    ):  # fmt: skip
        if content.startswith(mark):
            return content.decode(name, "replace").removeprefix("\ufeff")
    said = ENCODING.search(content[:MARKS_START])
    label = said[1].decode("ascii", "replace") if said else ""
    encoding = webencodings.lookup(label)
    name = "utf-8" if encoding is None or "utf-16" in encoding.name else encoding.name
    try:
        return content.decode(name)
    except (UnicodeDecodeError, LookupError):
        pass
    text, used = _guessed(content)
    claim = f"The page says that it is {label}, but it is not" if label else "The page is not UTF-8"
    gatherer.warn(
        "encoding-wrong",
        f"{claim}; it was read as {used}",
        "Look at letters such as é, – and “ ”, and save the page anew as UTF-8 if they are wrong",
    )
    return text


def _guessed(content: bytes) -> tuple[str, str]:
    """The letters of a page that is not what it says, and what they were read as."""
    text = content.decode("utf-8", "surrogateescape")
    wrong = re.findall("[\udc80-\udcff]", text)
    right = len(re.findall("[\x80-\ud7ff\ue000-\U0010ffff]", text))
    if not wrong:
        return text, "UTF-8"
    if right > len(wrong) and len(wrong) < FEWEST_WRONG * len(content) + 3:
        return re.sub(
            "[\udc80-\udcff]",
            lambda byte: bytes((ord(byte[0]) - 0xDC00,)).decode("windows-1252", "replace"),
            text,
        ), f"UTF-8, {len(wrong)} of its letters as Windows-1252"
    return content.decode("windows-1252", "replace"), "Windows-1252"


def _address(root: Element, text: str) -> str:
    """Where the page came from, by what it says or what the browser wrote into it."""
    said = [each.get("href") for each in root.iter("base")]
    said += [each.get("href") for each in root.iter("link") if each.get("rel") == "canonical"]
    said += [each.get("content") for each in root.iter("meta") if each.get("property") == "og:url"]
    said += re.findall(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", text[:MARKS_START])
    return next((each for each in said if re.match(r"https?://[^/]", each, re.I)), "")
