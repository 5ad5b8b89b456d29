"""The blocks of a page's article: paragraphs, headings, lists, quotations, tables, figures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from leafcast.readers.drafts import (
    BREAK,
    BlockDraft,
    EntryDraft,
    HeadingDraft,
    ListDraft,
    NoteDraft,
    ParagraphDraft,
    PictureDraft,
    QuoteDraft,
    RuleDraft,
    Run,
    Runs,
    words_of,
)
from leafcast.readers.settle import settle
from leafcast.readers.web.tables import read_table
from leafcast.readers.web.text import Gathered, PageText
from leafcast.readers.web.tree import Element, words_in

BLOCKS: Final = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre",
    "search", "section", "summary", "table", "ul", "tbody", "tr", "td",
}  # fmt: skip
HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS: Final = ("ul", "ol", "menu", "dir")
DEEPEST_HEADING: Final = 6
SENTENCES: Final = re.compile(r"[.!?…][”’\"')]*\s+\w")
SENTENCE: Final = re.compile(r"[.…][”’\"')]*$")
LONGEST_HEADING: Final = 25
"""Words; a longer heading of whole sentences is a paragraph that was made to look like one."""


class PageBlocks:
    """Reads the blocks of one page."""

    def __init__(self, text: PageText, content: Element) -> None:
        self.text = text
        self.level = 1
        self.heads = False
        self.holders = {
            around for block in content.iter(*BLOCKS) for around in block.ancestors()
        } | {around for button in text.content.panels.buttons for around in button.ancestors()}

    # ------------------------------------------------------------ running text and blocks

    def flow(self, element: Element, marks: Run) -> Iterator[BlockDraft]:
        """The blocks in `element`: those it holds, and paragraphs of the text between them."""
        text = Gathered(element.line)
        loose: list[EntryDraft] = []
        for child in element.children:
            if isinstance(child, str):
                if loose and child.strip():
                    yield from self.loose_list(loose)
                self.text.add(text, child, marks)
            elif self.text.is_read(child):
                if child.tag == "li":
                    yield from self.flushed(text)
                    loose += self.entries(child, self.text.marked(child, marks))
                    continue
                if loose:
                    yield from self.loose_list(loose)
                if self.is_block(child):
                    yield from self.flushed(text)
                    yield from self.block(child, self.text.marked(child, marks))
                    text.line = child.line
                else:
                    text.line = text.line if text.runs else child.line
                    self.text.inline(child, marks, text)
        yield from self.flushed(text)
        yield from self.loose_list(loose)

    def is_block(self, element: Element) -> bool:
        """Whether an element begins a block, or holds one."""
        return (
            element.tag in BLOCKS
            or element in self.holders
            or element in self.panel_buttons(element)
        )

    def panel_buttons(self, element: Element) -> set[Element]:
        """The buttons that are headings; none within a heading, which is one already."""
        inside = any(True for _ in element.ancestors(*HEADINGS, "summary", "dt"))
        return set() if inside else self.text.content.panels.buttons

    def flushed(self, text: Gathered) -> Iterator[BlockDraft]:
        """The running text as paragraphs, cut where two line breaks stand, then its pictures."""
        for runs in _cut_at_double_breaks(text.runs):
            if self.heads and _all_strong(tuple(runs)):
                runs = [replace(run, strong=False) for run in runs]
            settled = settle(runs) if any(run.text.strip() or run.note for run in runs) else ()
            if words_of(settled):
                yield ParagraphDraft(settled, text.line, _all_strong(settled))
        yield from text.pictures
        text.runs, text.pictures = [], []

    def block(self, element: Element, marks: Run) -> Iterator[BlockDraft]:
        """What a block of the page is, and the name on the tab or button that shows it."""
        if tab := self.text.content.panels.tabs.get(element):
            yield from self.heading(tab, Run(""), min(self.level + 1, DEEPEST_HEADING))
        if element in self.panel_buttons(element):
            yield from self.heading(element, marks, min(self.level + 1, DEEPEST_HEADING))
        else:
            yield from self.named(element, marks)

    def named(self, element: Element, marks: Run) -> Iterator[BlockDraft]:
        """What a block is by the name of its element."""
        line = element.line
        match element.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self.level = int(element.tag[1])
                yield from self.heading(element, marks, self.level)
            case "ul" | "ol" | "menu" | "dir":
                yield from self.list_blocks(element, marks)
            case "blockquote":
                yield QuoteDraft(tuple(self.flow(element, marks)), line)
            case "table":
                yield from self.table(element, marks)
            case "figure":
                yield from self.figure(element, marks)
            case "pre":
                yield self.preformatted(element, marks)
            case "hr":
                yield RuleDraft(line)
            case "dt" | "legend" | "summary" | "figcaption":
                yield from self.name(element, marks)
            case _:
                yield from self.flow(element, marks)

    def preformatted(self, element: Element, marks: Run) -> ParagraphDraft:
        """Lines as they stand; a `<br>` ends one too."""
        breaks = {"br": "\n"}
        words = "".join(
            each if isinstance(each, str) else breaks.get(each.tag, "") for each in element.nodes()
        ).strip("\n")
        return ParagraphDraft(settle([replace(marks, text=words)]), element.line)

    def heading(self, element: Element, marks: Run, level: int) -> Iterator[BlockDraft]:
        """A heading, and the pictures in it; bold throughout says nothing more."""
        self.heads = True
        blocks = list(self.flow(element, marks))
        self.heads = False
        headed = False
        for block in blocks:
            if not isinstance(block, ParagraphDraft):
                yield block
            elif _is_text(words := words_of(block.runs)) or (headed and SENTENCE.search(words)):
                self.tell_text(words, element)
                yield ParagraphDraft(block.runs, element.line)
            else:
                yield HeadingDraft(level, block.runs, element.line)
                headed = True

    def name(self, element: Element, marks: Run) -> Iterator[BlockDraft]:
        """What names the next thing, in bold, or a picture that is not there, as it stands; it is
        no heading, but for that of `details`.
        """
        named = marks if element.tag == "figcaption" else replace(marks, strong=True)
        for block in self.flow(element, named):
            if isinstance(block, ParagraphDraft) and element.tag != "summary":
                block = replace(block, stands_out=False, captions=True)
            yield block

    def tell_text(self, words: str, element: Element) -> None:
        """Tell of a heading that is a paragraph."""
        self.text.gatherer.advise(
            "guessed",
            f"“{words[:40].rsplit(' ', 1)[0]} …” is marked as a heading, and was read as a "
            "paragraph: it is a sentence, or several",
            "If it is a heading, shorten it",
            element.line,
        )

    # ------------------------------------------------------------ lists

    def list_blocks(self, element: Element, marks: Run) -> Iterator[BlockDraft]:
        """A list, cut where text stands between its points or their numbers do not follow."""
        if element.tag == "ol" and "reversed" in element.attributes:
            yield from self.counted_down(element, marks)
            return
        ordered = element.tag == "ol"
        number = _number(element.get("start"), 1)
        entries: list[EntryDraft] = []

        def listed() -> Iterator[BlockDraft]:
            nonlocal number
            if entries:
                yield ListDraft(tuple(entries), entries[0].line, ordered, number)
                number += len(entries)
                entries.clear()

        for child in self.list_children(element):
            if isinstance(child, str):
                text = Gathered(element.line)
                self.text.add(text, child, marks)
                if words_of(tuple(text.runs)):
                    yield from listed()
                    yield from self.flushed(text)
                continue
            inner = self.text.marked(child, marks)
            if child.tag in LISTS and entries:
                nested = tuple(self.list_blocks(child, inner))
                entries[-1] = replace(entries[-1], blocks=(*entries[-1].blocks, *nested))
            elif child.tag in HEADINGS:
                yield from listed()
                yield from self.block(child, inner)
            else:
                value = _number(child.get("value"), 0)
                if ordered and value and value != number + len(entries):
                    yield from listed()
                    number = value
                entries += self.entries(child, inner)
        yield from listed()

    def counted_down(self, element: Element, marks: Run) -> Iterator[BlockDraft]:
        """A list whose numbers fall (HTML, 4.4.5): each point with its number before it."""
        points = list(self.list_children(element))
        many = sum(isinstance(each, Element) and each.tag == "li" for each in points)
        number = _number(element.get("start"), many)
        entries: list[EntryDraft] = []
        for point in points:
            if isinstance(point, str):
                text = Gathered(element.line)
                self.text.add(text, point, marks)
                entries += [EntryDraft((each,), each.line) for each in self.flushed(text)]
                continue
            inner = self.text.marked(point, marks)
            if point.tag in LISTS and entries:
                nested = tuple(self.list_blocks(point, inner))
                entries[-1] = replace(entries[-1], blocks=(*entries[-1].blocks, *nested))
                continue
            number = _number(point.get("value"), number)
            numbered = ParagraphDraft((replace(inner, text=f"{number}. "),), point.line)
            entries += [_with_number(each, numbered) for each in self.entries(point, inner)]
            number -= 1
        if entries:
            yield ListDraft(tuple(entries), entries[0].line)

    def list_children(self, element: Element) -> Iterator[Element | str]:
        """What stands in a list; boxes around its points are as if they were not there."""
        for child in element.children:
            if isinstance(child, str):
                if child.strip():
                    yield child
            elif not self.text.is_read(child):
                continue
            elif child.tag not in ("li", *LISTS) and any(
                next(point.ancestors("li", *LISTS)) is element for point in child.iter("li")
            ):
                yield from self.list_children(child)
            else:
                yield child

    def entries(self, point: Element, marks: Run) -> list[EntryDraft]:
        """The point of a list, if there is anything in it."""
        if point.tag == "li" or point.tag in BLOCKS or point in self.holders:
            blocks = tuple(self.flow(point, marks))
            return [EntryDraft(blocks, point.line)] if blocks else []
        text = Gathered(point.line)
        self.text.inline(point, marks, text)
        blocks = tuple(self.flushed(text))
        return [EntryDraft(blocks, point.line)] if blocks else []

    def loose_list(self, entries: list[EntryDraft]) -> Iterator[BlockDraft]:
        """Points that stand in no list, which browsers show with bullets."""
        if entries:
            yield ListDraft(tuple(entries), entries[0].line)
            entries.clear()

    # ------------------------------------------------------------ tables and figures

    def table(self, element: Element, marks: Run) -> Iterator[BlockDraft]:
        """A table; one that only lays out the page is read as what its cells hold."""
        cells = read_table(element, self.text.gatherer)
        if cells is None:
            for cell in element.iter("td", "th", "caption"):
                if next(cell.ancestors("table")) is element and self.text.is_read(cell):
                    read = self.name if cell.tag == "th" else self.flow
                    yield from read(cell, self.text.marked(cell, marks))
            return
        caption = element.first("caption")
        if caption is not None and self.text.is_read(caption):
            yield from self.name(caption, marks)
        yield cells.draft(lambda cell: self.cell(cell, marks))

    def cell(self, cell: Element, marks: Run) -> Runs:
        """The words of a cell: its paragraphs one after the other, the points of its lists with
        semicolons between them, and what its pictures show.
        """
        if not self.text.is_read(cell):
            return ()
        runs: list[Run] = []
        blocks = list(self.flow(cell, self.text.marked(cell, marks)))
        for block in blocks:
            if isinstance(block, PictureDraft):
                self.text.gatherer.count("pictured", cell.line)
                runs += [Run(" "), replace(marks, text=block.alt)]
            for part in _running_text(block):
                runs += [Run(_between(runs, block)), *part]
        if sum(1 for block in blocks if not isinstance(block, PictureDraft)) > 1:
            self.text.gatherer.count("cell", cell.line)
        runs = [replace(run, strong=False) for run in runs] if cell.tag == "th" else runs
        return settle(runs)

    def figure(self, element: Element, marks: Run) -> Iterator[BlockDraft]:
        """A picture with its caption; a figure without a picture is text."""
        caption = element.first("figcaption")
        pictures = list(element.iter("img"))
        if len(pictures) != 1 or caption is None:
            yield from self.flow(element, marks)
            return
        self.text.skipped.add(caption)
        shown = list(self.flow(element, marks))
        if not any(isinstance(block, PictureDraft) for block in shown):
            self.text.skipped.discard(caption)
            yield from self.flow(element, marks)
            return
        for block in shown:
            if isinstance(block, PictureDraft):
                block = replace(block, caption=words_in(caption))
            yield block

    # ------------------------------------------------------------ notes

    def read_notes(self) -> Iterator[NoteDraft]:
        """The footnotes that are called."""
        for element, label in self.text.notes.bodies.items():
            blocks = list(self.flow(element, Run("")))
            number = self.text.notes.numbers.get(element, "")
            if number and blocks and isinstance(blocks[0], ParagraphDraft):
                blocks[0] = replace(blocks[0], runs=_without_number(blocks[0].runs, number))
            yield NoteDraft(label, tuple(blocks))


# ---------------------------------------------------------------- small things of pages


def _all_strong(runs: Runs) -> bool:
    return all(run.strong or not run.text.strip() for run in runs)


def _without_number(runs: Runs, number: str) -> Runs:
    """The words of a note without the number that they begin with."""
    for at, run in enumerate(runs):
        shown = unicodedata.normalize("NFKC", run.text).lstrip()
        if shown:
            kept = re.sub(rf"^[\[(]?{re.escape(number)}[\])]?[.:]?\s*", "", shown)
            return (*runs[:at], replace(run, text=kept), *runs[at + 1 :])
    return runs


def _is_text(words: str) -> bool:
    """Whether a heading is text: whole sentences of many words."""
    return len(words.split()) > LONGEST_HEADING and bool(
        SENTENCES.search(words) or SENTENCE.search(words)
    )


def _number(words: str, otherwise: int) -> int:
    return int(words) if re.fullmatch(r"[0-9]{1,6}", words) else otherwise


def _between(runs: list[Run], block: BlockDraft) -> str:
    """What stands in a cell before the next of its texts."""
    before = "".join(run.text for run in runs).rstrip()
    open_list = isinstance(block, ListDraft) and before and before[-1] not in ".:;,!?…"
    return "; " if open_list else " "


def _cut_at_double_breaks(runs: list[Run]) -> Iterator[list[Run]]:
    """`runs` as one paragraph, or as several where an old page has two breaks between them."""
    gathered: list[Run] = []
    breaks = 0
    for run in runs:
        if run.text == BREAK:
            breaks += 1
        elif run.text.strip() or run.note:
            if breaks > 1:
                yield gathered
                gathered = []
            breaks = 0
        gathered.append(run)
    yield gathered


def _running_text(block: BlockDraft) -> Iterator[Runs]:
    """The texts of a block, one after the other, for a cell that holds only one."""
    match block:
        case ParagraphDraft(runs=runs) | HeadingDraft(runs=runs):
            yield runs
        case ListDraft(entries=entries):
            for entry in entries:
                for inner in entry.blocks:
                    yield from _running_text(inner)
        case QuoteDraft(blocks=blocks):
            for inner in blocks:
                yield from _running_text(inner)


def _with_number(entry: EntryDraft, numbered: ParagraphDraft) -> EntryDraft:
    """A point with its number before its first words."""
    first, *more = entry.blocks
    if isinstance(first, ParagraphDraft):
        return replace(entry, blocks=(replace(first, runs=(*numbered.runs, *first.runs)), *more))
    return replace(entry, blocks=(numbered, first, *more))
