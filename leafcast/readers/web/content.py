"""Which part of a page is the article, and what in it is not.

Pages say it with `article`, `main`, schema.org's `articleBody` or the names of their boxes; where
none does, the article is the box with most of the prose: letters outside links, in runs long enough
to be sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from leafcast.readers.drafts import Gatherer, quoted
from leafcast.readers.web.boxes import (
    BANNERS,
    BESIDE,
    COMMENTS,
    CONSENT,
    CONTROLS,
    HIDDEN,
    MENU,
    MENUS,
    OFFERS,
    ROLES,
    STRUCK,
    is_body,
    is_comments,
    kind_by_name,
    split_words,
)
from leafcast.readers.web.comments import find_comments
from leafcast.readers.web.page import NotAPage, Page, page_of
from leafcast.readers.web.shown import Panels, find_panels, is_hidden, is_struck
from leafcast.readers.web.teasers import find_teasers
from leafcast.readers.web.tree import LINES, OPAQUE, Element, words_in

FEWEST_UNSCRIPTED: Final = 60
"""Words for readers without scripts that can be an article; fewer ask them to turn scripts on."""
FEWEST_LETTERS: Final = 25
"""Letters of a run of text that counts as prose; a date or a button has fewer."""
MOST_OF: Final = {MENU: 4 / 5, BESIDE: 4 / 5, HIDDEN: 4 / 5}
"""What holds more of the page's prose does not stand around it, whatever it is called."""
PART_NAME: Final = re.compile(r"rich[_-]?text|sqs-(?:html|block)-content", re.I)
"""A class of boxes of which Wix, Webflow and Squarespace set several beside each other."""
PART: Final = 1 / 5
"""The share of the largest such box from which on the others together belong to the article."""
BOXES: Final = {
    "body", "div", "section", "article", "main", "center", "form", "table", "tbody", "tr", "td",
    "font", "span", "blockquote", "fieldset",
}  # fmt: skip


@dataclass(slots=True)
class Content:
    """The element that holds the article, and what in and around it is left out, and why.

    `core` is the part of `element` that holds the body of the article, `prose` the letters of
    prose in each element.
    """

    page: Page
    element: Element
    core: Element
    left_out: dict[Element, str] = field(default_factory=dict)
    panels: Panels = field(default_factory=Panels)
    prose: dict[Element, int] = field(default_factory=dict)


def find_content(page: Page, gatherer: Gatherer) -> Content:
    """The article's part of a page. Raises NotAPage where there is no article."""
    content = _found(page, gatherer)
    unscripted = sum(len(words_in(each).split()) for each in page.find("noscript"))
    if content is None and unscripted >= FEWEST_UNSCRIPTED:
        page = page_of(page.text, scripting=False)
        content = _found(page, gatherer)
    if content is None:
        raise _refusal(page)
    return content


def _found(page: Page, gatherer: Gatherer) -> Content | None:
    body = page.body
    content = Content(page, body, body, {}, find_panels(body))
    content.left_out = dict.fromkeys(find_comments(body), COMMENTS)
    content.left_out |= dict(_around(body, content.panels))
    teasers = dict.fromkeys(find_teasers(body), OFFERS)
    prose = content.prose = measure(body, content.left_out | teasers)
    if prose[body] >= FEWEST_LETTERS:
        content.left_out |= {
            each: kind for each, kind in teasers.items() if each not in content.left_out
        }
    else:
        prose = content.prose = measure(body, content.left_out)
    if not prose[body] and not words_read(body, content.left_out):
        return None
    content.core = content.element = _chosen(body, prose, content.left_out, gatherer)
    return content


def _refusal(page: Page) -> NotAPage:
    if next(page.find("script"), None) is not None:
        return NotAPage(
            "page-of-scripts",
            "The page holds no words of an article; they may be put there by scripts when it is "
            "shown",
            "In the browser, save it as “Web page, complete”; or select the article, and copy it "
            "into a Word or text file",
        )
    return NotAPage("page-empty", "The page holds no words", "Save the page again")


# ---------------------------------------------------------------- around the article


def _around(body: Element, panels: Panels) -> Iterator[tuple[Element, str]]:
    """What is no part of any article, by what it is."""
    letters = measure(body, {}, fewest=1)
    stack = [body]
    while stack:
        element = stack.pop()
        kind = _kind(element, panels)
        whole = letters.get(element, 0) > MOST_OF.get(kind or "", 1) * letters[body]
        if element is body or kind is None or whole or _holds_title(element, kind):
            stack.extend(element)
        else:
            yield element, kind


def _holds_title(element: Element, kind: str) -> bool:
    """Whether a box that is called comments holds the article too."""
    return kind == COMMENTS and element.first("h1", "main") is not None


def _kind(element: Element, panels: Panels) -> str | None:
    """Why an element is no part of any article; "" for what holds no text, None where it may be."""
    if element in panels.buttons or (element.tag == "nav" and element in panels.opened):
        return None
    if element.tag in OPAQUE or element.tag in CONTROLS or element.tag in ("rt", "rp"):
        return ""
    if element not in panels.opened and is_hidden(element):
        return HIDDEN
    if is_struck(element):
        return STRUCK
    return _kind_of_box(element)


def _kind_of_box(element: Element) -> str | None:
    """Why a box stands around any article."""
    tag = element.tag
    role = element.get("role") in ROLES
    if tag == "aside" and not role and not kind_by_name(element):
        if _is_linked(element):
            return MENU
        return None if _is_among_text(element) else BESIDE
    banner = tag in BANNERS and not any(True for _ in element.ancestors("article", "main"))
    if tag in MENUS or role or banner:
        return MENU
    if tag in ("body", "main", "html"):
        return None
    if is_comments(element) and not any(True for _ in element.ancestors("pre", "code")):
        return COMMENTS
    return MENU if tag != "article" and split_words(element.names) & CONSENT else None


def _is_among_text(element: Element) -> bool:
    """Whether paragraphs stand before an element in the article that holds it."""
    parent = element.parent
    if parent is None or next(element.ancestors("article", "main"), None) is None:
        return False
    siblings = list(parent)
    return any(
        each.tag in ("p", "ul", "ol") and len(words_in(each)) >= FEWEST_LETTERS
        for each in siblings[: siblings.index(element)]
    )


def _is_linked(element: Element) -> bool:
    """Whether much of what an element says is links, or it has no sentence to say."""
    words = words_in(element)
    linked = sum(len(words_in(link)) for link in element.iter("a"))
    return linked > len(words) / 3 or not words.endswith((".", "!", "?", "…", "”"))


# ---------------------------------------------------------------- where the prose is


def measure(
    body: Element, left_out: dict[Element, str], fewest: int = FEWEST_LETTERS
) -> dict[Element, int]:
    """Letters of prose in every element: outside links, in runs of at least `fewest`."""
    prose: dict[Element, int] = {}

    def measured(element: Element) -> int:
        """The letters of the run that `element` is a part of; those of whole runs are in prose."""
        run = within = 0
        for child in element.children:
            if isinstance(child, str):
                run += len(child.strip())
            elif child not in left_out and child.tag not in OPAQUE:
                inner = measured(child) if child.tag != "a" or _is_box(child) else 0
                within += prose.get(child, 0)
                run += inner
        if element.tag in LINES:
            within += run if run >= fewest else 0
            run = 0
        prose[element] = within
        return run

    measured(body)
    return prose


def _is_box(link: Element) -> bool:
    """Whether a link is one around whole paragraphs."""
    return link.first("p", "h2", "h3") is not None and len(words_in(link)) > 200


def words_read(element: Element, left_out: dict[Element, str]) -> str:
    """The words of an element, without what is left out, on one line."""
    parts: list[str] = []
    stack: list[Element | str] = [element]
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            parts.append(each)
        elif each is element or (each not in left_out and each.tag not in OPAQUE):
            if each.tag in LINES:
                parts.append(" ")
                stack.append(" ")
            stack.extend(reversed(each.children))
    return " ".join("".join(parts).split())


# ---------------------------------------------------------------- the choice


def _chosen(
    body: Element, prose: dict[Element, int], left_out: dict[Element, str], gatherer: Gatherer
) -> Element:
    """The element that holds the article."""
    element = _marked(body, prose, left_out, gatherer)
    if element is not None:
        return element
    element = _innermost(body, prose)
    if element is not body or len(list(body)) > 1:
        gatherer.advise(
            "guessed",
            f"The article was taken to be what stands in <{element.tag}>, from "
            f"{quoted(words_read(element, left_out))} on",
            "If it is not, save the article alone, or copy it into a Word or text file",
            element.line,
        )
    return element


def _marked(
    body: Element, prose: dict[Element, int], left_out: dict[Element, str], gatherer: Gatherer
) -> Element | None:
    """The element the page itself marks as its article; None where there is none."""
    found = [each for each in body.iter() if prose.get(each) and is_body(each)]
    most = max((prose[each] for each in found), default=0)
    if not most or most < 0.3 * prose[body]:
        return None
    best = _whole([each for each in found if prose[each] >= 0.8 * most][-1], found, prose)
    articles = [
        each
        for each in body.iter("article")
        if next(each.ancestors("article"), None) is None
        and words_read(each, left_out)
        and not any(outer in left_out for outer in (each, *each.ancestors()))
    ]
    if len(articles) > 1 and best.tag == "article":
        gatherer.warn(
            "several-articles",
            f"The page holds {len(articles)} articles; the longest was taken, from "
            f"{quoted(words_read(best, left_out))} on",
            "Save the page of one article",
            best.line,
        )
    return best


def _whole(best: Element, found: list[Element], prose: dict[Element, int]) -> Element:
    """The box around all boxes of text that an article is set in, where each is called a body."""
    rest = [
        each
        for each in found
        if _is_part(each) and each is not best and best not in each.ancestors()
    ]
    if not _is_part(best) or sum(prose[each] for each in rest) < PART * prose[best]:
        return best
    around = list(best.ancestors())
    for each in rest:
        outer = set(each.ancestors())
        around = [box for box in around if box in outer]
    return around[0]


def _is_part(element: Element) -> bool:
    """Whether a box is one of those in which site programs set each piece of a text."""
    return any(map(PART_NAME.search, element.get("class").split()))


def _innermost(body: Element, prose: dict[Element, int]) -> Element:
    """The innermost box with most of the prose."""
    element = body
    while True:
        boxes = [child for child in element if child.tag in BOXES and child in prose]
        largest = max(boxes, key=lambda child: prose[child], default=None)
        if largest is None or prose[largest] < 0.7 * prose[element] or not prose[largest]:
            return element
        element = largest
