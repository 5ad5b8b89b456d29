"""A saved web page (.html) → drafts → Article.

What a browser would run is dropped, what stands around the article is left out, and both are told.
Places are lines of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from leafcast.model import Reading
from leafcast.readers.drafts import (
    BREAK,
    BlockDraft,
    Draft,
    EntryDraft,
    Gatherer,
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
from leafcast.readers.finish import finish
from leafcast.readers.guesses import Manner
from leafcast.readers.origin import Origin
from leafcast.readers.settle import settle
from leafcast.readers.web.content import find_content
from leafcast.readers.web.facts import page_facts
from leafcast.readers.web.notes import find_notes
from leafcast.readers.web.page import Element, NotAPage, Page, open_page, words_in
from leafcast.readers.web.tables import read_table
from leafcast.readers.web.text import Gathered, PageText
from leafcast.report import Severity

MANNER: Final = Manner(
    "If it is none, end it with a full stop; if it is, <h2> says so for certain",
    "If it is one, write it as <h2>",
    "If it is one, <ul> or <ol> says so for certain",
)
REMEDY: Final = 'Write into the page’s <head>: <meta name="{key}" content="{example}">'

NO_MATTER: Final = "Nothing need be done: no reader will miss it"

BLOCKS: Final = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "legend", "li", "main", "ol", "p", "pre", "section", "summary",
    "table", "ul", "tbody", "tr", "td",
}  # fmt: skip
DROPPED: Final = {
    "scripts": ("script",), "styles": ("style",),
    "frames": ("iframe", "frame", "object", "embed", "applet"),
    "films and sounds": ("video", "audio"), "drawings": ("svg", "canvas"),
    "forms": ("input", "button", "select", "textarea"),
}  # fmt: skip
KINDS: Final = {
    "link": (Severity.WARNING, "link-target",
             "Links that lead to no web address keep their words only: {}",
             "Begin an address with https://, mailto: or tel:"),
    "relative": (Severity.WARNING, "link-relative",
                 "Links within the website keep their words only, as the page does not say "
                 "where it is from: {}",
                 'Write into its <head>: <link rel="canonical" href="https://…">'),
    "inside": (Severity.ADVICE, "link-inside", "Links to places in the page keep their words: {}",
               ""),
    "decorative": (Severity.ADVICE, "picture-decorative",
                   "Pictures marked as decoration were left out: {}",
                   "If one says something, write it as its alt"),
}  # fmt: skip
"""What is told once, however often it is met: severity, code, message, fix."""


def read_page(content: bytes, origin: Origin) -> Reading:
    """Read an article from a saved page. Never raises: every fault is a finding."""
    return finish(draft_page(content, origin, take_pictures=False), MANNER, origin)


def draft_page(content: bytes, origin: Origin, *, take_pictures: bool) -> Draft:
    """What a page holds; pictures written into it as bytes, or a finding for each."""
    gatherer = Gatherer(origin)
    try:
        page = open_page(content, gatherer)
        found = find_content(page, gatherer)
    except NotAPage as fault:
        gatherer.find(fault.code, Severity.ERROR, (fault.message, fault.fix))
        return Draft((), {}, "line", REMEDY, findings=tuple(gatherer.findings), usable=False)
    facts, title = page_facts(page, found.element, gatherer)
    text = PageText(page, found, gatherer, find_notes(page, found.element), take_pictures)
    text.skipped = {title} if title is not None else set()
    text.language = facts.get("language", "")
    reader = _Page(text, found.element)
    blocks = tuple(reader.flow(found.element, Run("")))
    notes = tuple(reader.read_notes())
    _tell_dropped(page, gatherer)
    gatherer.tell(KINDS)
    findings = tuple(gatherer.findings)
    left_out = tuple(gatherer.left_out)
    return Draft(blocks, facts, "line", REMEDY, notes, text.pictures, findings, left_out=left_out)


def _tell_dropped(page: Page, gatherer: Gatherer) -> None:
    """Say once of each kind what a browser would run or show, and is not passed on."""
    for kind, tags in DROPPED.items():
        found = [each for each in page.find(*tags) if "json" not in (each.get("type") or "")]
        if found:
            gatherer.advise(
                f"{kind.split()[0]}-dropped",
                f"{kind.capitalize()} are not passed on: {_many(len(found))}",
                "If readers need what it shows, write it into the text",
                found[0].sourceline or 0,
            )
    handlers = [each for each in page.find() if any(name.startswith("on") for name in each.attrib)]
    if handlers:
        gatherer.advise(
            "handlers-dropped",
            "Attributes that run scripts, such as onclick, are not passed on: "
            f"{_many(len(handlers))}",
            NO_MATTER,
            handlers[0].sourceline or 0,
        )
    leaps = [
        each for each in page.find("meta") if each.get("http-equiv", "").casefold() == "refresh"
    ]
    if leaps:
        gatherer.advise(
            "refresh-dropped",
            "The page leads on to another by itself, which is not passed on",
            NO_MATTER,
            leaps[0].sourceline or 0,
        )


def _many(count: int) -> str:
    return f"{count}, the first here" if count > 1 else "one"


class _Page:
    """Reads the article's part of one page."""

    def __init__(self, text: PageText, content: Element) -> None:
        self.text = text
        self.holders = {
            around for block in content.iter(*BLOCKS) for around in block.iterancestors()
        }

    # ------------------------------------------------------------ blocks

    def flow(self, element: Element, marks: Run) -> Iterator[BlockDraft]:
        """The blocks in `element`: those it holds, and paragraphs of the text between them."""
        text = Gathered(element.sourceline or 0)
        self.text.add(text, element.text, marks)
        for child in element:
            if self.text.is_read(child):
                if child.tag in BLOCKS or child in self.holders:
                    yield from self.flushed(text)
                    yield from self.block(child, self.text.marked(child, marks))
                    text.line = child.sourceline or text.line
                else:
                    text.line = text.line if text.runs else child.sourceline or text.line
                    self.text.inline(child, marks, text)
            self.text.add(text, child.tail, marks)
        yield from self.flushed(text)

    def flushed(self, text: Gathered) -> Iterator[BlockDraft]:
        """The running text as paragraphs, cut where two line breaks stand, then its pictures."""
        for runs in _cut_at_double_breaks(text.runs):
            settled = settle(runs)
            if words_of(settled):
                yield ParagraphDraft(settled, text.line, _all_strong(settled))
        yield from text.pictures
        text.runs, text.pictures = [], []

    def block(self, element: Element, marks: Run) -> Iterator[BlockDraft]:
        """What a block of the page is."""
        line = element.sourceline or 0
        match element.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                yield from self.heading(element, marks)
            case "ul" | "ol":
                yield self.list_block(element, marks)
            case "blockquote":
                yield QuoteDraft(tuple(self.flow(element, marks)), line)
            case "table":
                yield from self.table(element, marks)
            case "figure":
                yield from self.figure(element, marks)
            case "hr":
                yield RuleDraft(line)
            case "pre":
                words = "".join(element.itertext()).strip("\n")
                yield ParagraphDraft(settle([replace(marks, text=words)]), line)
            case "dt" | "summary" | "legend":
                yield from self.flow(element, replace(marks, strong=True))
            case _:
                yield from self.flow(element, marks)

    def heading(self, element: Element, marks: Run) -> Iterator[BlockDraft]:
        """A heading, and the pictures in it; bold throughout says nothing more."""
        level = int(element.tag[1])
        for block in self.flow(element, marks):
            if isinstance(block, ParagraphDraft):
                runs = block.runs
                if block.stands_out:
                    runs = tuple(replace(run, strong=False) for run in runs)
                yield HeadingDraft(level, runs, element.sourceline or 0)
            else:
                yield block

    def list_block(self, element: Element, marks: Run) -> ListDraft:
        """A list; one that stands in a list, and in no point of it, belongs to the point before."""
        entries: list[EntryDraft] = []
        for child in element:
            if not self.text.is_read(child):
                continue
            line, inner = child.sourceline or 0, self.text.marked(child, marks)
            if child.tag in ("ul", "ol") and entries:
                nested = self.list_block(child, inner)
                entries[-1] = replace(entries[-1], blocks=(*entries[-1].blocks, nested))
            else:
                entries.append(EntryDraft(tuple(self.flow(child, inner)), line))
        start = element.get("start") or ""
        number = int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1
        return ListDraft(tuple(entries), element.sourceline or 0, element.tag == "ol", number)

    def table(self, element: Element, marks: Run) -> Iterator[BlockDraft]:
        """A table; one that only lays out the page is read as what its cells hold."""
        cells = read_table(element, self.text.gatherer)
        if cells is None:
            for cell in element.iter("td", "th", "caption"):
                if next(cell.iterancestors("table")) is element:
                    yield from self.flow(cell, self.text.marked(cell, marks))
            return
        caption = element.find("caption")
        if caption is not None:
            yield from self.flow(caption, replace(marks, strong=True))
        pictures: list[PictureDraft] = []
        yield cells.draft(lambda cell: self.cell(cell, marks, pictures))
        yield from pictures

    def cell(self, cell: Element, marks: Run, pictures: list[PictureDraft]) -> Runs:
        """The words of a cell, its paragraphs one after the other."""
        runs: list[Run] = []
        for block in self.flow(cell, marks):
            if isinstance(block, PictureDraft):
                pictures.append(block)
            for part in _running_text(block):
                runs += [Run(" "), *part]
        runs = [replace(run, strong=False) for run in runs] if cell.tag == "th" else runs
        return settle(runs)

    def figure(self, element: Element, marks: Run) -> Iterator[BlockDraft]:
        """A picture with its caption; a figure without a picture is text."""
        caption = element.find(".//figcaption")
        pictures = list(element.iter("img"))
        if len(pictures) != 1 or caption is None:
            yield from self.flow(element, marks)
            return
        self.text.skipped.add(caption)
        for block in self.flow(element, marks):
            if isinstance(block, PictureDraft):
                block = replace(block, caption=words_in(caption))
            yield block

    # ------------------------------------------------------------ notes

    def read_notes(self) -> Iterator[NoteDraft]:
        """The footnotes that are called."""
        for element, label in self.text.notes.bodies.items():
            yield NoteDraft(label, tuple(self.flow(element, Run(""))))


# ---------------------------------------------------------------- small things of pages


def _all_strong(runs: Runs) -> bool:
    return all(run.strong or not run.text.strip() for run in runs)


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
