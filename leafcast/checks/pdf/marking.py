"""Is all that is drawn in the tags, or rightly left out of them?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final
from unicodedata import bidirectional, normalize

from leafcast.checks.pdf.document import Document, Page
from leafcast.checks.pdf.drawing import Run
from leafcast.checks.pdf.faults import Fault, shortened
from leafcast.checks.pdf.structure import Content, Element, Key
from leafcast.checks.wording import same_words
from leafcast.design.direction import has_marks
from leafcast.design.glyphs import DOTTED

PARENTS: Final = {
    "LI": {"L"}, "LBody": {"LI"}, "Lbl": {"LI", "TOCI", "Note", "FENote"}, "TOCI": {"TOC"},
    "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"}, "TH": {"TR"}, "TD": {"TR"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
}  # fmt: skip
"""What an element may stand in (ISO 32000-1, tables 336 and 337)."""
PAGINATION: Final = "Pagination"


def marking_faults(document: Document, *, sheets: bool) -> Iterator[Fault]:
    """Faults in the marks of the pages and in the way they are led to (ISO 14289-1, 7.1).

    `sheets` says that a page is a sheet, with several pages and their numbers on it.
    """
    owners = _owners(document)
    heads = {
        same_words("".join(run.text for run in document.runs_of(path[-1])))
        for path in document.paths
        if path[-1].type == "TH"
    }
    for number, page in enumerate(document.pages):
        yield from _untagged(page, number)
        yield from _artifacts(page, number, heads, _title(document), sheets=sheets)
        yield from _marks(document, number, owners)
    yield from _lost_marks(document, owners)
    for path in document.paths:
        yield from _standing(path)
        yield from _said_otherwise(document, path[-1])


def _title(document: Document) -> str:
    """The words of the first heading of level 1."""
    first = next((path[-1] for path in document.paths if path[-1].type == "H1"), None)
    return "".join(run.text for run in document.runs_of(first)) if first else ""


def _owners(document: Document) -> dict[Content, list[Key]]:
    owners: dict[Content, list[Key]] = {}
    for path in document.paths:
        for kid in path[-1].kids:
            if isinstance(kid, Content):
                owners.setdefault(kid, []).append(path[-1].key)
    return owners


def _untagged(page: Page, number: int) -> Iterator[Fault]:
    words = same_words("".join(run.text for run in page.drawing.runs if run.mark.loose))
    if words:
        yield Fault(
            "pdf-untagged-words", f"Drawn, but not in the tags: “{shortened(words)}”", number
        )
    if page.drawing.loose_paint:
        yield Fault("pdf-untagged-drawing", "Something is drawn that no tag speaks of", number)


def _artifacts(
    page: Page, number: int, heads: set[str], title: str, *, sheets: bool
) -> Iterator[Fault]:
    """Words may be left out of the tags where they are a page's number or a head repeated.

    So is the title at the head or the foot of a page.

    A head is repeated on a table's later pages, and in each row of one that is too wide.
    """
    begun = ""
    for words, paging in _artifact_words(page):
        folio = paging and (words.isdigit() if sheets else words == str(number + 1))
        if (
            folio
            or (paging and words == same_words(title))
            or not any(character.isalnum() for character in words)
        ):
            continue
        begun = f"{begun} {words.rstrip(' :')}".strip()
        if begun in heads:
            begun = ""
        elif not any(head.startswith(f"{begun} ") for head in heads):
            yield _left_out(begun, number)
            begun = ""
    if begun:
        yield _left_out(begun, number)


def _artifact_words(page: Page) -> Iterator[tuple[str, bool]]:
    """The words of each artifact, a line of a cell or a number, and whether it is of pagination."""
    by_mark: dict[int, list[Run]] = {}
    for run in page.drawing.runs:
        if run.mark.artifact:
            by_mark.setdefault(id(run.mark), []).append(run)
    for runs in by_mark.values():
        yield same_words("".join(run.text for run in runs)), runs[0].mark.artifact == PAGINATION


def _left_out(words: str, number: int) -> Fault:
    told = f"Left out of the tags like a page number: “{shortened(words)}”"
    return Fault("pdf-words-as-artifact", told, number)


def _marks(document: Document, number: int, owners: dict[Content, list[Key]]) -> Iterator[Fault]:
    page = document.pages[number]
    listed = document.parents.get(-1 if page.parents is None else page.parents, ())
    counts = Counter(page.drawing.marks)
    for mark, count in counts.items():
        content = Content(number, mark)
        keys = owners.get(content, [])
        words = same_words("".join(run.text for run in document.runs.get((number, mark), ())))
        if not keys:
            told = f"Drawn, but no tag leads to it: “{shortened(words)}”"
            yield Fault("pdf-words-outside-tags", told, number)
        elif len(keys) > 1 or count > 1:
            yield Fault("pdf-mark-twice", f"Twice in the tags: “{shortened(words)}”", number)
        elif not isinstance(listed, tuple) or mark >= len(listed) or listed[mark] != keys[0]:
            told = f"From these words no way leads to their tag: “{shortened(words)}”"
            yield Fault("pdf-parent-tree", told, number)


def _lost_marks(document: Document, owners: dict[Content, list[Key]]) -> Iterator[Fault]:
    there = {
        Content(number, mark)
        for number, page in enumerate(document.pages)
        for mark in page.drawing.marks
    }
    for content in owners:
        if content not in there:
            yield Fault("pdf-mark-missing", "A tag leads to words that are not there", content.page)


def _standing(path: tuple[Element, ...]) -> Iterator[Fault]:
    """An entry stands in a list, a cell in a row."""
    allowed = PARENTS.get(path[-1].type)
    above = path[-2].type if len(path) > 1 else ""
    if allowed and above not in allowed:
        page = next((content.page for content in path[-1].contents), None)
        yield Fault("pdf-tag-outside", f"A tag {path[-1].type} stands in a tag {above}", page)


def _said_otherwise(document: Document, element: Element) -> Iterator[Fault]:
    """Text that is read in place of what is drawn must be the same words."""
    runs = document.runs_of(element)
    drawn = same_words("".join(run.text for run in runs))
    page = runs[0].page if runs else None
    if element.actual_text is not None and not _same(same_words(element.actual_text), drawn):
        told = f"Read as “{shortened(element.actual_text)}”, shown as “{shortened(drawn)}”"
        yield Fault("pdf-actual-text", told, page)
    for kid in element.kids:
        if isinstance(kid, Content):
            yield from _mark_said_otherwise(document.runs.get((kid.page, kid.number), []))


def _mark_said_otherwise(runs: list[Run]) -> Iterator[Fault]:
    instead = runs[0].mark.actual_text if runs else None
    drawn = same_words("".join(run.text for run in runs))
    if instead is not None and not _same(same_words(instead), drawn):
        told = f"Read as “{shortened(instead)}”, shown as “{shortened(drawn)}”"
        yield Fault("pdf-actual-text", told, runs[0].page)


def _same(read: str, drawn: str) -> bool:
    """Whether they are the same words; what runs from right to left is drawn back to front.

    Of signs of several characters the letters are compared: a picture may be drawn as one of the
    pictures that it is made of, and a dot gives way to a mark.
    """
    if has_marks(read):
        read, drawn = (
            "".join(DOTTED.get(char, char) for char in normalize("NFD", words) if char.isalnum())
            for words in (read, drawn)
        )
    if any(bidirectional(character) in ("R", "AL") for character in read):
        return sorted("".join(read.split())) == sorted("".join(drawn.split()))
    return read == drawn or _turned(read) == _turned(drawn)


def _turned(words: str) -> tuple[str, list[str]]:
    """What stays the same where a line runs from right to left: its letters in their order, and its
    words. Signs between words change their side, and figures are counted on from the other one.
    """
    bare = ("".join(filter(str.isalnum, word)) for word in words.split())
    return "".join(filter(str.isalpha, words)), sorted(bare)
