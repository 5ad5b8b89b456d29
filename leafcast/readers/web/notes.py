"""Footnotes of a page: two links that lead to each other, one of them short; a raised number that
leads to a block which begins with it; and more calls of notes that are known so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from leafcast.readers.web.page import Page
from leafcast.readers.web.tree import Element, words_in

CALL: Final = re.compile(r"[\[(]?(\d{1,3}|[*†‡a-z])[\])]?")
"""What calls a note: a number, a letter or a sign."""
BACK: Final = re.compile(r"[↩↵⏎↑⤴^⬆\ufe0e\ufe0f\s]+")
"""What leads back from a note, whatever place it names."""
MOST: Final = 500
"""Notes; what has more is no article."""
HOLDERS: Final = ("li", "p", "dd", "div", "aside", "td")


@dataclass(frozen=True, slots=True)
class Notes:
    """The links that call notes, with the notes' labels; the notes; the links that lead back.

    `numbers` are those that notes without such a link begin with,
    `elements` are what is not read where it stands: the notes, and boxes that hold nothing else.
    """

    calls: dict[Element, str] = field(default_factory=dict)
    bodies: dict[Element, str] = field(default_factory=dict)
    backs: set[Element] = field(default_factory=set)
    numbers: dict[Element, str] = field(default_factory=dict)
    elements: set[Element] = field(default_factory=set)


def find_notes(page: Page, content: Element) -> Notes:
    """The footnotes that are called in `content`."""
    notes = Notes()
    by_id = places(page)
    for call in content.iter("a"):
        if len(notes.calls) >= MOST:
            break
        label = page.fragment(call.get("href"))
        target = by_id.get(label)
        if target is None or not CALL.fullmatch(words_in(call)):
            continue
        body = _holder(target)
        if call in notes.backs or any(each is body for each in call.ancestors()):
            continue
        backs = _leading_back(page, call, body)
        numbered = not backs and _is_numbered(call, body)
        if backs or numbered or body in notes.bodies:
            if numbered and body.tag != "li":
                notes.numbers[body] = words_in(call).strip("[]()")
            notes.calls[call] = notes.bodies.setdefault(body, f"#{label}")
            notes.backs.update(backs)
    notes.elements.update(notes.bodies)
    notes.elements.update(_emptied(notes))
    return notes


def places(page: Page) -> dict[str, Element]:
    """What links within a page lead to, by its id or name; of several the first."""
    found: dict[str, Element] = {}
    for each in page.root.iter():
        if name := each.get("id"):
            found.setdefault(name, each)
    for each in page.find("a"):
        if name := each.get("name"):
            found.setdefault(name, each)
    return found


def _leading_back(page: Page, call: Element, body: Element) -> list[Element]:
    """The links in a note that lead back to what calls it."""
    own = {each.get("id") or each.get("name") for each in (call, *call.ancestors("sup"))}
    own |= {each.get("id") for each in call.iter()}
    return [
        each
        for each in body.iter("a")
        if (place := page.fragment(each.get("href")))
        and (place in own - {""} or BACK.fullmatch(words_in(each)))
    ]


def _is_numbered(call: Element, body: Element) -> bool:
    """Whether a call says that it is one, and leads to a block that begins with its number."""
    role = call.get("role") == "doc-noteref" or "footnote" in call.get("class").casefold()
    if not role and next(call.ancestors("sup"), None) is None:
        return False
    number = CALL.fullmatch(words_in(call))
    if number is None or body.tag not in HOLDERS:
        return False
    if body.tag == "li":
        return body.parent is not None and number[1] == str(_place(body))
    return bool(re.match(rf"[\[(]?{re.escape(number[1])}\b", words_in(body)))


def _place(point: Element) -> int:
    """Which point of its list, from 1, a point is."""
    parent = point.parent
    return [each for each in parent if each.tag == "li"].index(point) + 1 if parent else 0


def _holder(target: Element) -> Element:
    """The block that holds a note, of which `target` may be only the number."""
    if target.tag in HOLDERS:
        return target
    return next(target.ancestors(*HOLDERS), target)


def _emptied(notes: Notes) -> set[Element]:
    """Lists and boxes that hold notes only."""
    emptied = set()
    for body in notes.bodies:
        for around in body.ancestors("ol", "ul", "section", "div", "aside", "footer"):
            rest = [each for each in around.iter("p", "li", "dd") if not _is_note(each, notes)]
            if any(words_in(each) for each in rest):
                break
            emptied.add(around)
    return emptied


def _is_note(element: Element, notes: Notes) -> bool:
    return element in notes.bodies or any(around in notes.bodies for around in element.ancestors())
