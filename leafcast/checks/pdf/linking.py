"""Do the links work for those who hear them, and for those who tab to them?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from leafcast.checks.pdf.document import Annotation, Document
from leafcast.checks.pdf.drawing import Box, Run
from leafcast.checks.pdf.faults import Fault, shortened
from leafcast.checks.pdf.statement import is_near
from leafcast.checks.pdf.structure import Element, Key, walk
from leafcast.checks.wording import same_words

PRINT_FLAG: Final = 4
"""Bit 3 of an annotation's flags (ISO 32000-1, table 165)."""
BARE: Final = re.compile(
    r"(?:https?://|mailto:|tel:|www\.|#)\S*|\S+\.\w{2,4}/\S*|link|(?:click )?here", re.I
)
SLACK_PT: Final = 3.0


def link_faults(document: Document) -> Iterator[Fault]:
    """Faults of links and their annotations (ISO 14289-1, 7.18; WCAG 2.2, 2.4.4 and 2.5.3)."""
    owners: Counter[Key] = Counter()
    for path in document.paths:
        element = path[-1]
        if element.type == "Link":
            owners.update(element.attached)
            yield from _element_faults(document, element)
    for annotation in document.annotations.values():
        yield from _annotation_faults(document, annotation, owners[annotation.key])


def _element_faults(document: Document, link: Element) -> Iterator[Fault]:
    runs = [run for run in document.runs_of(link) if not run.blank]
    words = same_words("".join(run.text for run in document.runs_of(link)))
    page = runs[0].page if runs else None
    annotations = [
        document.annotations[key] for key in link.attached if key in document.annotations
    ]
    if not annotations:
        yield Fault("pdf-link-empty", f"This link leads nowhere: “{words}”", page)
        return
    for annotation in annotations:
        if not _names(annotation.words, words):
            told = f"The link “{words}” is read as “{shortened(annotation.words)}”"
            yield Fault("pdf-link-words", told, annotation.page)
        if annotation.parent is None or document.parents.get(annotation.parent) != link.key:
            told = f"From the link “{words}” no way leads to its tag"
            yield Fault("pdf-parent-tree", told, annotation.page)
        yield from _inside_faults(document, annotation, words)
    if any(not _covered(run, annotations) for run in runs):
        yield Fault("pdf-link-place", f"Not all of the link “{words}” can be clicked", page)


def _names(spoken: str, shown: str) -> bool:
    """Whether what is spoken names what is shown, and is more than a bare address."""
    if not spoken.strip() or BARE.fullmatch(spoken.strip()):
        return False
    words = iter(re.findall(r"\w+", spoken.lower()))
    return all(word in words for word in re.findall(r"\w+", shown.lower()))


def _covered(run: Run, annotations: list[Annotation]) -> bool:
    return any(
        run.page == annotation.page and _inside(run.box, annotation.rect)
        for annotation in annotations
    )


def _inside(box: Box, rect: Box) -> bool:
    return (
        rect[0] - SLACK_PT <= box[0]
        and rect[1] - SLACK_PT <= box[1]
        and box[2] <= rect[2] + SLACK_PT
        and box[3] <= rect[3] + SLACK_PT
    )


def _inside_faults(document: Document, annotation: Annotation, words: str) -> Iterator[Fault]:
    """A link inside the file must lead to the element it names."""
    place = annotation.inside
    if place is None:
        return
    told = f"The link “{words}” leads to another place"
    target = _led_to(document, annotation)
    runs = document.runs_of(target) if target else []
    if not runs or not is_near(place, runs[0]):
        yield Fault("pdf-link-target", told, annotation.page)


def contents_faults(document: Document, *, sheets: bool) -> Iterator[Fault]:
    """Each entry of the contents must refer to its heading, and give the page that it is on."""
    for path in document.paths:
        entry = path[-1]
        if entry.type != "TOCI":
            continue
        told = f"“{shortened(same_words(''.join(run.text for run in document.runs_of(entry))))}”"
        refers = [key for each in (entry, *entry.elements) for key in each.refers_to]
        heading = document.elements.get(refers[0]) if refers else None
        page = next((content.page for content in heading.contents), None) if heading else None
        if page is None:
            yield Fault("pdf-contents", f"This entry of the contents refers to nothing: {told}")
            continue
        links = [key for link in _links(entry) for key in link.attached]
        led = [
            _led_to(document, document.annotations[key])
            for key in links
            if key in document.annotations
        ]
        if any(element is not heading for element in led):
            yield Fault("pdf-contents", f"Link and tag lead to two places: {told}")
        labels = [kid for kid in entry.elements if kid.type == "Lbl"]
        number = same_words("".join(run.text for each in labels for run in document.runs_of(each)))
        if not sheets and number != str(page + 1):
            yield Fault("pdf-contents", f"The contents give page {number}, not {page + 1}: {told}")


def _links(element: Element) -> Iterator[Element]:
    return (path[-1] for path in walk(element) if path[-1].type == "Link")


def _led_to(document: Document, annotation: Annotation) -> Element | None:
    """The element that a link inside the file leads to."""
    place = annotation.inside
    if place is None:
        return None
    target = document.elements.get(place.element) if place.element else None
    return target or document.named.get(place.name)


def _annotation_faults(document: Document, annotation: Annotation, owners: int) -> Iterator[Fault]:
    told = f"“{shortened(annotation.words or annotation.target)}”"
    if annotation.kind != "Link":
        return
    if owners != 1:
        words = f"A link is no part of the tags: {told}"
        yield Fault("pdf-link-untagged", words, annotation.page)
    if not annotation.flags & PRINT_FLAG:
        yield Fault("pdf-link-print", f"A link is not printed: {told}", annotation.page)
    if not annotation.words.strip():
        yield Fault("pdf-link-words", "A link has no words to be read out", annotation.page)
