"""What a reader of a page sees: hidden words, struck words, and panels that a button opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from leafcast.readers.web.boxes import CONTROLS, MENUS, ROLES, kind_by_name, split_words
from leafcast.readers.web.tree import LINES, OPAQUE, Element, words_in

HIDING: Final = re.compile(r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse))")
STRUCK: Final = re.compile(r"(?:^|;)text-decoration(?:-line)?:[^;]*line-through")
STRUCK_TAGS: Final = {"del", "s", "strike"}
STRUCK_CLASSES: Final = {"line-through", "strikethrough", "text-decoration-line-through"}
"""Classes of Tailwind, of Bootstrap and of editors that strike words through."""
HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
OPENERS: Final = {
    "accordion", "toggle", "toggler", "collapse", "collapsed", "collapsible", "faq", "question",
    "expand", "expander", "trigger", "disclosure", "summary", "reveal",
}  # fmt: skip
"""Words in the class of a button that opens what follows it."""
LONGEST_QUESTION: Final = 200
SENTENCE: Final = re.compile(r"\w[.!?…][”’\"')]*$")


def style_of(element: Element) -> str:
    """The style written at an element, in small letters and without blanks."""
    return re.sub(r"\s+", "", element.get("style")).casefold()


def is_hidden(element: Element) -> bool:
    """Whether an element says that its readers do not see it."""
    attributes = element.attributes
    return bool(attributes) and (
        ("hidden" in attributes and attributes["hidden"] != "until-found")
        or attributes.get("aria-hidden") == "true"
        or ("style" in attributes and bool(HIDING.search(style_of(element))))
        or (element.tag == "dialog" and "open" not in attributes)
    )


def is_struck(element: Element) -> bool:
    """Whether an element's words are struck through."""
    return (
        element.tag in STRUCK_TAGS
        or bool(STRUCK_CLASSES & set(element.get("class").casefold().split()))
        or ("style" in element.attributes and bool(STRUCK.search(style_of(element))))
    )


@dataclass(frozen=True, slots=True)
class Panels:
    """Buttons that are the headings of what they open, and what they open; `tabs` are those that
    stand elsewhere, by what they open.
    """

    buttons: set[Element] = field(default_factory=set)
    opened: set[Element] = field(default_factory=set)
    tabs: dict[Element, Element] = field(default_factory=dict)


def find_panels(body: Element) -> Panels:
    """The buttons that open parts of a page, and these parts, as in accordions and tabs."""
    panels = Panels()
    by_id = {each.get("id"): each for each in body.iter() if each.get("id")}
    for each in body.iter():
        if not _opens(each) or any(_is_menu(around) for around in (each, *each.ancestors())):
            continue
        opened = [by_id[name] for name in _controlled(each) if name in by_id]
        following = _following(each)
        if not opened and following is not None and _is_asked(each):
            opened = [following]
        opened = [panel for panel in opened if not _is_menu(panel) and words_in(panel)]
        if not opened or each in {around for panel in opened for around in panel.ancestors()}:
            continue
        panels.opened.update(opened)
        if each.get("role") == "tab":
            panels.tabs[opened[0]] = each
        elif words_in(each) and len(words_in(each)) <= LONGEST_QUESTION:
            panels.buttons.add(each)
    for panel in _closed(body):
        panels.opened.add(panel)
        asked = _before(panel)
        if asked is not None and asked.tag not in (*HEADINGS, "summary", "dt"):
            panels.buttons.add(asked)
    panels.buttons.update(
        button
        for heading in body.iter(*HEADINGS, "summary", "dt")
        for button in heading.iter("button", "label")
    )
    return panels


def _closed(body: Element) -> Iterator[Element]:
    """What is closed, or called a menu, and plainly answers the question right before it."""
    for each in body.iter("div", "p", "section", "dd", "ul", "nav", "span"):
        if not (is_hidden(each) or each.tag == "nav") or kind_by_name(each):
            continue
        asked = _before(each)
        if asked is not None and _asks(asked) and SENTENCE.search(words_in(each)):
            yield each


def _before(element: Element) -> Element | None:
    """The element that stands right before another, if it can be seen and is short."""
    parent = element.parent
    siblings = list(parent) if parent is not None else []
    at = siblings.index(element) if siblings else 0
    before = siblings[at - 1] if at else None
    short = before is not None and 0 < len(words_in(before)) <= LONGEST_QUESTION
    return before if before is not None and short and not is_hidden(before) else None


def _asks(element: Element) -> bool:
    """Whether an element looks like what opens the text below it, though it is no button."""
    named = split_words(element.get("class")) & OPENERS
    return "onclick" in element.attributes or bool(named) or words_in(element).endswith("?")


def _opens(element: Element) -> bool:
    if element.tag == "label":
        return _is_checkbox(element)
    return (
        element.tag == "button"
        or element.get("role") in ("button", "tab")
        or bool(element.get("aria-controls"))
        or "collapse" in (element.get("data-toggle"), element.get("data-bs-toggle"))
    )


def _is_checkbox(label: Element) -> bool:
    """Whether a label belongs to a box that is ticked, as in accordions that need no script."""
    parent = label.parent
    boxes = [] if parent is None else parent.iter("input")
    return any(
        each.get("type") in ("checkbox", "radio") and each.get("id") == label.get("for")
        for each in boxes
    )


def _controlled(element: Element) -> list[str]:
    """The ids of what a button says that it opens."""
    said = element.get("aria-controls").split()
    said += [
        element.get(name)[1:]
        for name in ("data-target", "data-bs-target", "href")
        if element.get(name).startswith("#")
    ]
    return said


def _following(element: Element) -> Element | None:
    """The block that stands next after a button, or after a box that holds the button alone."""
    words = words_in(element)
    outer = element
    while outer.parent is not None and words_in(outer.parent) == words:
        outer = outer.parent
    around = outer.parent
    if around is None:
        return None
    after = around.children[around.children.index(outer) + 1 :]
    for each in after:
        if isinstance(each, str):
            if each.strip():
                return None
        elif each.tag in LINES and each.tag not in ("br", "hr", *HEADINGS):
            return each if len(words_in(each)) > len(words) / 2 else None
        elif words_in(each) and each.tag not in OPAQUE:
            return None
    return None


def _is_asked(element: Element) -> bool:
    """Whether a button looks like the question or heading of what follows it."""
    around = [element, *list(element.ancestors())[:2]]
    named = any(split_words(each.get("class")) & OPENERS for each in around)
    asked = bool(element.get("aria-expanded")) or element.tag == "label"
    return asked or named or words_in(element).endswith("?")


def _is_menu(element: Element) -> bool:
    return (
        element.tag in MENUS
        or element.tag in ("form", "header", "footer", "dialog")
        or (element.get("role") in ROLES)
        or element.tag in CONTROLS - {"button", "label"}
    )
