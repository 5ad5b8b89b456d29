"""The title of a page's article: the heading that the page's other names for it agree with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from leafcast.readers.facts import Fact, Standing, alike, folded
from leafcast.readers.web.content import Content
from leafcast.readers.web.json_ld import said
from leafcast.readers.web.page import Page
from leafcast.readers.web.tree import OPAQUE, Element, words_in

HEADINGS: Final = ("h1", "h2", "h3")
PARTS: Final = re.compile(r"\s+[|·•–—:»«/~-]+\s+|\s*[|»«·•]\s*|\s+::\s+|:\s+")
"""What stands between the title and the site's name in a browser's tab."""
TITLED: Final = re.compile(
    r"(?:[\w-]*[_-])?(?:entry|post|article|page|single|blog-?item|blog-?post)[_-]*(?:title|headline)",
    re.I,
)
"""A class of what shows an article's title, though it is no heading."""
NO_TITLE: Final = {
    "articles", "blog", "blogs", "home", "journal", "latest posts", "my blog", "news", "our blog",
    "posts", "resources", "the blog", "welcome", "about", "about me", "article", "contact",
    "latest news", "menu", "more", "new page", "page", "post", "read more", "search", "services",
    "untitled",
}  # fmt: skip
"""What stands above every article of a site."""
LONGEST: Final = 40
"""Words of a heading that can be a title."""


@dataclass(frozen=True, slots=True)
class Title:
    """The title's words with their origin, and the heading that shows it."""

    facts: tuple[Fact, ...]
    heading: Element | None


def find_title(content: Content, article: dict[str, Any], sites: set[str]) -> Title:
    """The title of the article; `sites` are the names of the site and its owner."""
    page = content.page
    named = list(_names(page, article))
    sites = {folded(each) for each in (*sites, page.meta("og:site_name", "application-name"))}
    headings = [each for each in _headings(content) if folded(words_in(each)) not in sites | {""}]
    heading = _agreeing(headings, named, content)
    if heading is None:
        heading = _first(headings, content)
        headline = _headline(article, named, heading)
        if headline is not None:
            return Title((headline,), _showing(headline.words, content))
    told = [fact for fact in named if fact.standing is Standing.MARKED]
    if heading is not None:
        words = words_in(heading).strip("¶# ")
        several = sum(each.tag == "h1" for each in headings) > 1
        where = f"its {'first ' if several else ''}<{heading.tag}>"
        shown = Fact("title", words, Standing.SHOWN, where, heading.line, several)
        return Title((shown, *told[:1]), heading)
    if told:
        return Title((told[0],), None)
    return Title(tuple(_tab(page, sites)), None)


def _names(page: Page, article: dict[str, Any]) -> Iterator[Fact]:
    """What the page calls the article where nobody reads it."""
    for words, where in (
        (said(article.get("headline")), "the page’s JSON-LD"),
        (page.meta("og:title"), "the page’s og:title"),
        (page.meta("twitter:title"), "the page’s twitter:title"),
        (page.meta("dc.title", "dcterms.title"), "the page’s Dublin Core"),
        (page.meta("title"), "the page’s meta title"),
    ):
        if words:
            yield Fact("title", words, Standing.MARKED, where)
    if tab := _tab_words(page):
        yield Fact("title", tab, Standing.KEPT, "what the browser shows in its tab")


def _headings(content: Content) -> list[Element]:
    """The headings that a reader sees, in order."""
    found: list[Element] = []
    stack = [content.page.body]
    while stack:
        each = stack.pop()
        hidden = content.left_out.get(each) in ("hidden", "comments")
        if each.tag in OPAQUE or hidden:
            continue
        titled = any(map(TITLED.fullmatch, each.get("class").split())) or _is_styled(each)
        if (each.tag in HEADINGS or titled) and 0 < len(words_in(each).split()) <= LONGEST:
            found.append(each)
        stack.extend(reversed(list(each)))
    return found


def _is_styled(element: Element) -> bool:
    """Whether a paragraph has the style Title of Google Docs."""
    return element.tag == "p" and "title" in element.get("class").split()


def _agreeing(headings: list[Element], named: list[Fact], content: Content) -> Element | None:
    """The heading that most of the names agree with; of equals the article's, and the first."""
    best: tuple[float, Element] | None = None
    within = set(content.element.iter())
    for heading in headings:
        words = folded(words_in(heading))
        votes = sum(_agrees(words, fact.words) for fact in named)
        if not votes:
            continue
        votes += 0.5 * (heading.tag == "h1") + 0.6 * (heading in within) - (words in NO_TITLE)
        if best is None or votes > best[0]:
            best = (votes, heading)
    return best[1] if best else None


def _agrees(words: str, name: str) -> float:
    """Whether a heading is what a name says, or one of its parts."""
    if words == folded(name):
        return 2
    parts = [folded(part) for part in PARTS.split(name)]
    if words in parts or (alike(words, name) and len(words.split()) > 2):
        return 1
    return 0


def _headline(article: dict[str, Any], named: list[Fact], heading: Element | None) -> Fact | None:
    """The headline in JSON-LD, where another name agrees with it and the first heading is about
    something else, such as the name of the blog.
    """
    words = said(article.get("headline"))
    agreeing = sum(_agrees(folded(words), fact.words) > 0 for fact in named)
    shown = set(folded(words_in(heading)).split()) if heading is not None else set()
    common = shown & set(folded(words).split())
    empty = heading is not None and folded(words_in(heading)) in NO_TITLE
    if not words or (agreeing < 2 and not empty) or len(common) * 2 >= len(shown):
        return None
    return Fact("title", words, Standing.MARKED, "the page’s JSON-LD", guessed=True)


def _showing(words: str, content: Content) -> Element | None:
    """The line of the article that shows these words, though it is no heading."""
    lines = content.core.iter("p", "div", "span", *HEADINGS)
    return next((each for each in lines if folded(words_in(each)) == folded(words)), None)


def _first(headings: list[Element], content: Content) -> Element | None:
    """The article’s first heading of level 1, or the one nearest before it, or the only one."""
    if headings and _is_styled(headings[0]):
        return headings[0]
    tops = [each for each in headings if each.tag == "h1"]
    within = set(content.element.iter()) - content.left_out.keys()
    inside = [each for each in tops if each in within]
    if inside:
        return inside[0]
    order = {each: at for at, each in enumerate(content.page.body.iter())}
    before = [each for each in tops if order[each] < order[content.core]]
    if before:
        return before[-1]
    return tops[0] if len(tops) == 1 else None


def _tab_words(page: Page) -> str:
    return next((words_in(each) for each in page.find("title") if _is_page_title(each)), "")


def _is_page_title(element: Element) -> bool:
    return not any(True for _ in element.ancestors("svg", "symbol"))


def _tab(page: Page, sites: set[str]) -> Iterator[Fact]:
    """The title by what stands in the browser's tab, without the site's name."""
    parts = [part.strip() for part in PARTS.split(_tab_words(page)) if part.strip()]
    own = [part for part in parts if folded(part) not in sites] or parts
    if own:
        where = "what the browser shows in its tab"
        yield Fact("title", own[0], Standing.KEPT, where, guessed=True)
