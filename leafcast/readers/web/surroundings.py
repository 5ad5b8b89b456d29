"""What stands in the article's box and is none of it: comments, links to other pages, the page's
own notes; and what stands in none of them. All of it is told, one finding a kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from leafcast.readers.web.boxes import (
    ABOUT,
    COMMENTS,
    MENU,
    OFFERS,
    is_body,
    is_running,
    kind_by_name,
)
from leafcast.readers.web.notes import CALL
from leafcast.readers.web.offers import (
    ABOUT_HEADING,
    COMMENTS_HEADING,
    DOUBTFUL_HEADING,
    OFFERS_HEADING,
    is_offer,
)
from leafcast.readers.web.tree import LINES, OPAQUE, Element, words_in

if TYPE_CHECKING:
    from leafcast.readers.web.content import Content

MOST_LINKED: Final = 2 / 3
"""A box with more of its letters in links, and at least three of them, is a menu."""
LARGEST: Final = {MENU: 1 / 3, OFFERS: 1 / 3, ABOUT: 1 / 4, COMMENTS: 1}
"""What holds more of the article than this is not noise, whatever it is called."""
HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS: Final = ("ul", "ol")


def find_surroundings(content: Content, title: Element | None) -> None:
    """Add to `content.left_out` what stands in the article's box and is none of it."""
    finder = _Finder(content, title)
    finder.look_into(content.element)


class _Finder:
    def __init__(self, content: Content, title: Element | None) -> None:
        self.content = content
        self.title = title
        self.whole = max(content.prose.get(content.core, 0), 1)
        self.holding = {content.core, *content.core.ancestors()}
        if title is not None:
            self.holding |= {title, *title.ancestors()}

    def look_into(self, box: Element) -> None:
        """Leave out what is noise in `box`, and look into the rest."""
        after = ""
        level = 0
        for child in box:
            if child in self.content.left_out or child.tag in OPAQUE:
                continue
            if child.tag in HEADINGS and child is not self.title:
                kind = self.kind_after(child)
                if kind:
                    after, level = kind, int(child.tag[1])
                elif after and int(child.tag[1]) <= level:
                    after = ""
            kind = after or self.kind(child)
            if kind and child not in self.holding:
                self.content.left_out[child] = kind
            elif child.tag != "pre":  # there names say how a program's text is coloured
                self.look_into(child)

    def kind_after(self, heading: Element) -> str:
        """What kind of noise a heading stands above; "" for one of the article."""
        words = words_in(heading)
        if COMMENTS_HEADING.fullmatch(words):
            return COMMENTS
        if ABOUT_HEADING.fullmatch(words):
            return ABOUT
        if OFFERS_HEADING.fullmatch(words):
            return OFFERS
        return OFFERS if DOUBTFUL_HEADING.fullmatch(words) and _only_links(heading) else ""

    def kind(self, element: Element) -> str:
        """What kind of noise an element is; "" where it is the article's."""
        if element in self.content.panels.opened or element in self.content.panels.buttons:
            return ""
        prose = self.content.prose.get(element, 0)
        if is_body(element) and prose:
            return ""
        named = kind_by_name(element)
        if named and prose <= LARGEST[named] * self.whole:
            return named
        if element.tag in LINES or (element.tag == "a" and not is_running(element)):
            if is_offer(element, words_in(element)):
                return OFFERS
            if (heading := self._headed(element)) and prose <= LARGEST[OFFERS] * self.whole:
                return heading
            if self._is_form(element) or self._is_menu(element):
                return OFFERS
        return ""

    def _headed(self, element: Element) -> str:
        """The kind of a box whose first words are a heading of noise."""
        first = element.first(*HEADINGS)
        if first is None or first is self.title or not self.kind_after(first):
            return ""
        return self.kind_after(first) if words_in(element).startswith(words_in(first)) else ""

    def _is_form(self, element: Element) -> bool:
        """Whether an element is a form to fill in, and little else."""
        if element.tag != "form":
            return False
        asked = [
            each
            for each in element.iter("input", "textarea", "select")
            if each.get("type") not in ("hidden", "checkbox", "radio")
        ]
        return bool(asked) and self.content.prose.get(element, 0) <= self.whole / 3

    def _is_menu(self, element: Element) -> bool:
        """Whether nearly all letters of a box are in links, and it is no list of the article's."""
        if element.tag not in ("ul", "ol", "div", "section", "footer", "p", "table", "header"):
            return False
        links = [each for each in element.iter("a") if words_in(each) and not self._calls(each)]
        if len(links) < 3:
            return False
        linked = sum(len(words_in(link)) for link in links)
        others = self.content.prose.get(element, 0)
        if element.first("th") is not None:
            others = len(words_in(element)) - linked  # what cells say is no prose
        if linked <= MOST_LINKED * (linked + others):
            return False
        return not (self._is_introduced(element) or self._leads_elsewhere(links))

    def _calls(self, link: Element) -> bool:
        """Whether a link calls a note: it has a number, and leads to a place of this page."""
        within = self.content.page.fragment(link.get("href"))
        return bool(within) and bool(CALL.fullmatch(words_in(link)))

    def _is_introduced(self, element: Element) -> bool:
        """Whether a list stands below a heading or a line that ends with a colon."""
        if element.tag not in LISTS or element.parent is None:
            return False
        siblings = [each for each in element.parent if each not in self.content.left_out]
        at = siblings.index(element) if element in siblings else 0
        before = siblings[at - 1] if at else None
        return before is not None and (
            before.tag in HEADINGS or words_in(before).endswith((":", ":-"))
        )

    def _leads_elsewhere(self, links: list[Element]) -> bool:
        """Whether most links lead to other sites, as those to places of help do."""
        own = urlsplit(self.content.page.address).hostname or ""
        hosts = [_host(link.get("href")) for link in links]
        others = [host for host in hosts if host and _domain(host) != _domain(own)]
        sharing = [host for host in others if any(name in host for name in SHARING)]
        return bool(own) and len(others) - len(sharing) > len(links) / 2


def _only_links(heading: Element) -> bool:
    """Whether nearly all that stands below a heading, in its box, is links."""
    parent = heading.parent
    siblings = list(parent) if parent is not None else []
    below = []
    for each in siblings[siblings.index(heading) + 1 :] if siblings else []:
        if each.tag in HEADINGS:
            break
        below.append(each)
    letters = sum(len(words_in(each)) for each in below)
    linked = sum(len(words_in(link)) for each in below for link in each.iter("a", "button"))
    return linked > MOST_LINKED * letters


SHARING: Final = (
    "facebook.", "twitter.", "x.com", "linkedin.", "pinterest.", "whatsapp.", "reddit.",
    "instagram.", "youtube.", "tumblr.", "t.me",
)  # fmt: skip


def _host(address: str) -> str:
    if address.startswith(("mailto:", "tel:")):
        return address.partition(":")[0]
    try:
        return urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""


def _domain(host: str) -> str:
    return ".".join(host.removeprefix("www.").rsplit(".", 2)[-2:])
