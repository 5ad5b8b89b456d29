"""What belongs to an article though it stands beside the box of its text: the standfirst between
the title and the text, and what follows the text in the same `main`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leafcast.readers.web.boxes import BESIDE, MENU, kind_by_name
from leafcast.readers.web.content import Content
from leafcast.readers.web.offers import COMMENTS_HEADING, OFFERS_HEADING, is_offer
from leafcast.readers.web.tree import OPAQUE, Element, words_in

HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
LONGEST_STANDFIRST: Final = 200
"""Words between the title and the text that introduce it."""
MOST_LINKED: Final = 1 / 4
"""Of the letters of what follows an article; what has more leads to other articles."""
FEWEST_LETTERS: Final = 40


def take_in(content: Content, title: Element | None) -> None:
    """Widen the article's element to what belongs to it, and leave out what else it then holds;
    and headings above the title, such as a greeting.
    """
    if title is not None:
        content.left_out |= dict.fromkeys(_above(content.core, title), MENU)
    top = _top(content, title)
    if top is content.core:
        return
    path = [content.core]
    for around in content.core.ancestors():
        path.append(around)
        if around is top:
            break
    read = set(_before(content, title, path)) | set(_after(content, path))
    content.element = top
    for around in path[1:]:
        _leave_out_rest(content, around, read, set(path), title)


def _top(content: Content, title: Element | None) -> Element:
    """The innermost element that holds title and text, or the `main` around the text."""
    core = content.core
    main = next(core.ancestors("main"), None)
    if main is None and core.tag == "article" and core.parent is not None:
        main = core.parent
    if title is None or any(each is core for each in title.ancestors()) or title is core:
        return main or core
    if not _precedes(title, core):
        return main or core
    around = set(title.ancestors())
    common = next((each for each in core.ancestors() if each in around), core)
    inside_main = main is not None and any(each is main for each in common.ancestors())
    return main if main is not None and inside_main else common


def _above(core: Element, title: Element) -> list[Element]:
    """The headings in the text's box above the title, if nothing else stands there."""
    above: list[Element] = []
    for each in core.iter():
        if each is title:
            return above
        if each.tag in HEADINGS:
            above.append(each)
        elif each.tag == "p" and words_in(each):
            return []
    return []


def _precedes(one: Element, other: Element) -> bool:
    root = list(one.ancestors())[-1]
    for each in root.iter():
        if each is one:
            return True
        if each is other:
            return False
    return False


def _before(content: Content, title: Element | None, path: list[Element]) -> Iterator[Element]:
    """The paragraphs that stand between the title and the text."""
    if title is None:
        return
    started = False
    stack: list[Element] = [path[-1]]
    while stack:
        each = stack.pop()
        if each is content.core:
            return
        if each is title:
            started = True
        elif each.tag in OPAQUE or content.left_out.get(each, MENU) != MENU:
            continue
        elif each in path or any(title is inner for inner in each.iter()):
            stack.extend(reversed(list(each)))
        elif started and each not in content.left_out:
            if _is_standfirst(each):
                yield each
            elif not kind_by_name(each):
                stack.extend(reversed(list(each)))


def _is_standfirst(element: Element) -> bool:
    words = words_in(element)
    if not len(words) >= FEWEST_LETTERS or len(words.split()) > LONGEST_STANDFIRST:
        return False
    if kind_by_name(element) or element.tag in ("figure", "figcaption", "ul", "ol", "form"):
        return False
    inside = element.first("figure", "img", "form", "ul", *HEADINGS)
    linked = sum(len(words_in(link)) for link in element.iter("a"))
    return inside is None and linked < len(words) / 2


def _after(content: Content, path: list[Element]) -> Iterator[Element]:
    """The sections that follow the text in `main` and are none of the page's own matters."""
    main = path[-1] if path[-1].tag == "main" or path[-2].tag == "article" else None
    if main is None:
        return
    for at, around in enumerate(path[1:]):
        siblings = list(around)
        for each in siblings[siblings.index(path[at]) + 1 :]:
            if _follows(content, each):
                yield each


def _follows(content: Content, element: Element) -> bool:
    """Whether an element goes on where the article ends."""
    if element in content.left_out or element.tag in OPAQUE or kind_by_name(element):
        return False
    if element.tag == "article" or element.first("article", "form") is not None:
        return False
    heading = element if element.tag in HEADINGS else element.first(*HEADINGS)
    if heading is not None:
        words = words_in(heading)
        if COMMENTS_HEADING.fullmatch(words) or OFFERS_HEADING.fullmatch(words):
            return False
    words = words_in(element)
    linked = sum(len(words_in(link)) for link in element.iter("a"))
    sentences = words.endswith((".", "!", "?")) or ". " in words
    return (
        (content.prose.get(element, 0) > 0 or (heading is not None and heading is not element))
        and linked <= MOST_LINKED * len(words)
        and sentences
        and not is_offer(element, words)
    )


def _leave_out_rest(
    content: Content, around: Element, read: set[Element], path: set[Element], title: Element | None
) -> None:
    """Leave out what `around` holds beside the text, but for what is read."""
    for child in around:
        if child in path or child in read or child is title or child.tag in OPAQUE:
            continue
        holds = title is not None and any(each is title for each in child.iter())
        if holds or any(each in read for each in child.iter()):
            content.left_out.pop(child, None)
            _leave_out_rest(content, child, read, path, title)
        elif child not in content.left_out:
            content.left_out[child] = kind_by_name(child) or (
                BESIDE if content.prose.get(child) else MENU
            )
