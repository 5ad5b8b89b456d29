"""Which part of a page is the article, and what in it is not.

Pages say it with `article`, `main` or schema.org's `articleBody`; where none does, the article is
the innermost box that holds most of the prose: letters outside links, menus and banners.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from leafcast.readers.drafts import Gatherer, quoted
from leafcast.readers.web.page import Element, NotAPage, Page, words_in

NEVER_READ: Final = {
    "script", "style", "template", "noscript", "head", "title", "meta", "link", "base", "iframe",
    "object", "embed", "applet", "frame", "svg", "canvas", "audio", "video", "map",
    "input", "button", "select", "textarea", "datalist", "progress", "meter", "dialog",
    "label", "rt", "rp", "del",
}  # fmt: skip
AROUND: Final = {"nav", "aside", "menu"}
ROLES: Final = {
    "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog",
    "menu", "menubar", "toolbar", "alert", "status",
}  # fmt: skip
NOISE: Final = {
    "cookie", "cookies", "consent", "gdpr", "newsletter", "subscribe", "signup", "share", "sharing",
    "sharedaddy", "social", "related", "recommended", "comments", "respond", "breadcrumb",
    "breadcrumbs", "sidebar", "popup", "modal", "skip", "navbar", "menu", "pagination", "pager",
    "advert", "ads", "promo", "toc", "meta", "postmeta", "byline", "dateline", "tags",
}  # fmt: skip
"""Words in the class or id of what stands around an article."""
CONSENT: Final = {"cookie", "cookies", "consent", "gdpr"}
BOXES: Final = {
    "body", "div", "section", "article", "main", "center", "form", "table", "tbody", "tr", "td",
}  # fmt: skip
BODY_NAMES: Final = re.compile(
    r"(entry|post|article|blog|page|rich|story)[-_]?(content|body|text)$", re.I
)
FEWEST_WORDS: Final = 20
"""A page with fewer, and with scripts, is the shell of a page."""
MOST_LINKED: Final = 2 / 3
"""A box with more of its letters in links, and at least three of them, is a menu."""
LARGEST_NOISE: Final = 1 / 4
"""What holds more of the article is not noise, whatever it is called."""


@dataclass(slots=True)
class Content:
    """The element that holds the article, and what in it is left out."""

    element: Element
    left_out: set[Element] = field(default_factory=set)


def find_content(page: Page, gatherer: Gatherer) -> Content:
    """The article's part of a page. Raises NotAPage where there is no article."""
    body = next(iter(page.find("body")), page.root)
    around = set(_around(body))
    prose = _measure(body, around)
    if prose[body] == 0 or len(words_in_prose(body, around).split()) < FEWEST_WORDS:
        _refuse(page, prose[body])
    element = _marked(body, around, prose, gatherer)
    if element is None:
        element = _innermost(body, prose)
        gatherer.advise(
            "guessed",
            f"The article was taken to be what stands in <{element.tag}>, from "
            f"{quoted(words_in_prose(element, around))} on",
            "If it is not, save the article alone, or copy it into a Word or text file",
            element.sourceline or 0,
        )
    inside = set(_noise_inside(element, around, prose, gatherer))
    _tell_around(body, element, around, gatherer)
    return Content(element, around | inside)


def _refuse(page: Page, letters: int) -> None:
    scripts = sum(1 for _ in page.find("script"))
    if scripts:
        raise NotAPage(
            "page-of-scripts",
            "The page holds no article: its words are put there by scripts when it is shown",
            "In the browser, save it as “Web page, complete”; or select the article, and copy it "
            "into a Word or text file",
        )
    if not letters:
        raise NotAPage("page-empty", "The page holds no words", "Save the page again")


# ---------------------------------------------------------------- around the article


def is_hidden(element: Element) -> bool:
    """Whether a reader of the page does not see an element."""
    style = (element.get("style") or "").replace(" ", "").casefold()
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or "display:none" in style
    )


def _around(body: Element) -> Iterator[Element]:
    """What is no part of any article, by what it is."""
    for element in body.iter():
        tag = element.tag
        own = any(outer.tag in ("article", "main") for outer in element.iterancestors())
        banner = tag in ("header", "footer") and not own
        if (
            tag in NEVER_READ
            or tag in AROUND
            or banner
            or (element.get("role") or "") in ROLES
            or is_hidden(element)
            or (tag not in ("body", "main", "article") and _names(element) & CONSENT)
        ):
            yield element


def _names(element: Element) -> set[str]:
    words = f"{element.get('class') or ''} {element.get('id') or ''}"
    return set(re.split(r"[\W_]+", words.casefold()))


def _tell_around(body: Element, element: Element, around: set[Element], gatherer: Gatherer) -> None:
    """Say once what stands around the article and is left out."""
    said = [
        words
        for each in body.iter()
        if each in around
        and each.tag not in NEVER_READ
        and not any(outer in around for outer in each.iterancestors())
        and (words := words_in_prose(each, set()))
    ]
    if said:
        count = sum(len(words.split()) for words in said)
        for words in said:
            gatherer.leave_out("around-left-out", words)
        gatherer.advise(
            "around-left-out",
            f"What stands around the article is left out, {count} words in all: "
            f"{'; '.join(quoted(words, 30) for words in said[:6])}",
            "If some of it belongs to the article, copy it there",
        )


def _noise_inside(
    element: Element, around: set[Element], prose: dict[Element, int], gatherer: Gatherer
) -> Iterator[Element]:
    """What stands in the article's box and is none of it, by name or because it is all links."""
    taken: set[Element] = set()
    for each in element.iterdescendants():
        if each in around or any(
            outer in around or outer in taken for outer in each.iterancestors()
        ):
            continue
        named = bool(_names(each) & NOISE) and each.find(".//h1") is None and each.tag != "h1"
        small = prose.get(each, 0) <= LARGEST_NOISE * max(prose[element], 1)
        if small and (named or _is_menu(each, prose)):
            taken.add(each)
            if words := words_in_prose(each, around):
                gatherer.leave_out("guessed", words, each.sourceline or 0)
                gatherer.advise(
                    "guessed",
                    f"{quoted(words)} was left out, as no part of the article",
                    "If it is, copy it into the text of the article",
                    each.sourceline or 0,
                )
            yield each


def _is_menu(element: Element, prose: dict[Element, int]) -> bool:
    """Whether nearly all letters of a box are in links, and there are some."""
    if element.tag not in ("ul", "ol", "div", "section", "footer", "p", "table"):
        return False
    links = list(element.iter("a"))
    if len(links) < 3:
        return False
    linked = sum(len(words_in(link)) for link in links)
    return linked > MOST_LINKED * (linked + prose.get(element, 0))


# ---------------------------------------------------------------- where the prose is


def _measure(body: Element, around: set[Element]) -> dict[Element, int]:
    """Letters of prose in every element: outside links and what stands around."""
    prose: dict[Element, int] = {}

    def measure(element: Element) -> int:
        own = len((element.text or "").strip())
        for child in element:
            read = child not in around and child.tag != "a"
            own += (measure(child) if read else 0) + len((child.tail or "").strip())
        prose[element] = own
        return own

    measure(body)
    return prose


def words_in_prose(element: Element, around: set[Element]) -> str:
    """The words of an element, without what stands around."""
    parts: list[str] = []

    def gather(each: Element) -> None:
        parts.append(each.text or "")
        for child in each:
            if child not in around and child.tag not in NEVER_READ:
                gather(child)
            parts.append(child.tail or " ")
            if child.tag in BOXES or child.tag in ("p", "li", "br"):
                parts.append(" ")

    gather(element)
    return " ".join("".join(parts).split())


def _marked(
    body: Element, around: set[Element], prose: dict[Element, int], gatherer: Gatherer
) -> Element:
    """The element the page itself marks as its article; None where there is none."""
    found = [each for each in body.iter() if prose.get(each) and _is_marked(each)]
    most = max((prose[each] for each in found), default=0)
    if most < 0.3 * prose[body]:
        return None
    best = [each for each in found if prose[each] >= 0.8 * most][-1]
    articles = [each for each in found if each.tag == "article" and not any(
        outer.tag == "article" for outer in each.iterancestors())]  # fmt: skip
    if len(articles) > 1 and best.tag == "article":
        gatherer.warn(
            "several-articles",
            f"The page holds {len(articles)} articles; the longest was taken, from "
            f"{quoted(words_in_prose(best, around))} on",
            "Save the page of one article",
            best.sourceline or 0,
        )
    return best


def _is_marked(element: Element) -> bool:
    return (
        element.tag in ("article", "main")
        or element.get("role") in ("main", "article")
        or "articlebody" in (element.get("itemprop") or "").casefold()
        or (
            element.tag in BOXES
            and any(BODY_NAMES.search(name) for name in (element.get("class") or "").split())
        )
    )


def _innermost(body: Element, prose: dict[Element, int]) -> Element:
    """The innermost box with most of the prose."""
    element = body
    while True:
        boxes = [child for child in element if child.tag in BOXES and child in prose]
        largest = max(boxes, key=lambda child: prose[child], default=None)
        if largest is None or prose[largest] < 0.7 * prose[element]:
            return element
        element = largest
