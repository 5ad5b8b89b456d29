"""The bytes of a saved page as a tree, held to limits; what a browser would run is not kept.

Letters are decoded as the WHATWG Encoding Standard names them: by the mark at the file's start, by
what the page says, else as UTF-8, and at last as Windows-1252.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from leafcast.readers.drafts import Gatherer
from leafcast.readers.letters import cleaned_source

MOST_MARKS: Final = 100_000
"""How often “<” may stand in a page; a long article with its site around it has some 5,000."""
MARKS_START: Final = 4096
"""Bytes within which a page says how its letters are encoded."""
ENCODING: Final = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w:.-]+)", re.I)
OWN_TYPE: Final = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(<!DOCTYPE[^>\[]*\[.*?\]\s*>)", re.S | re.I)
"""A document type that says what is in it, as XML may have and HTML has not."""
OTHERS: Final = (
    (b"%PDF", "a PDF"), (b"PK\x03\x04", "a Word file or another packed file"),
    (b"\xd0\xcf\x11\xe0", "a file of an old Word"), (b"bplist00", "a web archive of Safari"),
    (b"{\\rtf", "a file of rich text"), (b"MIME-Version:", "a web archive (.mht)"),
    (b"From: <Saved by", "a web archive (.mht)"), (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)  # fmt: skip
"""How files of other kinds begin."""

Element = Any
"""An element of lxml, which has no types of its own."""


class NotAPage(Exception):
    """The file is no page that can be read: a finding's code, what is wrong, the fix."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its root element, and the address it was saved from, if it tells."""

    root: Element
    address: str

    def find(self, *tags: str) -> Iterator[Element]:
        """Every element of these kinds, in order."""
        yield from self.root.iter(*tags)

    def meta(self, *names: str) -> str:
        """What the page says of itself under the first of `names` it knows."""
        said = {
            name.casefold(): " ".join((each.get("content") or "").split())
            for each in reversed(list(self.find("meta")))
            for name in (each.get("name"), each.get("property"), each.get("itemprop"))
            if name
        }
        return next((said[name] for name in names if said.get(name)), "")


def open_page(content: bytes, gatherer: Gatherer) -> Page:
    """The page in `content`. Raises NotAPage, saying what it is instead."""
    for start, kind in OTHERS:
        if content.lstrip()[:20].startswith(start):
            raise NotAPage(
                "not-a-page",
                f"It is {kind}, whatever its name says",
                "In the browser, save the page as “Web page, complete” or “HTML only”",
            )
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
    text = _without_entities(text, gatherer)
    return Page(root := _parsed(text), _address(root, text))


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


def _decoded(content: bytes, gatherer: Gatherer) -> str:
    """The letters of a page."""
    import webencodings

    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):  # fmt: skip
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    said = ENCODING.search(content[:MARKS_START])
    label = said[1].decode("ascii", "replace") if said else ""
    encoding = webencodings.lookup(label)
    name = "utf-8" if encoding is None or "utf-16" in encoding.name else encoding.name
    try:
        return content.decode(name)
    except (UnicodeDecodeError, LookupError):
        pass
    try:
        text, used = content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        text, used = content.decode("windows-1252", "replace"), "Windows-1252"
    claim = f"The page says that it is {label}, but it is not" if label else "The page is not UTF-8"
    gatherer.warn(
        "encoding-wrong",
        f"{claim}; it was read as {used}",
        "Look at letters such as é, – and “ ”, and save the page anew as UTF-8 if they are wrong",
    )
    return text


def _parsed(text: str) -> Element:
    """The tree of a page. The parser follows no address and stops at 256 levels."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        root = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise NotAPage(
            "nested-too-deep",
            "It is nested so deep, or has such long words, that text would be lost",
            "Copy the article’s text into a Word or text file",
        )
    if root is None or (len(root) == 0 and not (root.text or "").strip()):
        raise NotAPage("page-empty", "It holds no page", "Save the page again in the browser")
    return root


def _address(root: Element, text: str) -> str:
    """Where the page came from, by what it says or what the browser wrote into it."""
    said = [each.get("href") for each in root.iter("base")]
    said += [each.get("href") for each in root.iter("link") if each.get("rel") == "canonical"]
    said += [each.get("content") for each in root.iter("meta") if each.get("property") == "og:url"]
    said += re.findall(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", text[:MARKS_START])
    return next((each for each in said if re.match(r"https?://[^/]", each or "", re.I)), "")


def words_in(element: Element) -> str:
    """All the words of an element on one line."""
    return " ".join("".join(element.itertext()).split())
