"""A saved web page (.html) → drafts → Article.

What a browser would run is dropped, what stands around the article is left out, and both are told.
Places are lines of the file.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Final

from leafcast.document.article import Reading
from leafcast.document.origin import Origin
from leafcast.document.report import Severity
from leafcast.readers.drafts import (
    BlockDraft,
    Draft,
    Gatherer,
    HeadingDraft,
    Run,
    all_runs,
    block_words,
    quoted,
)
from leafcast.readers.facts import best_words
from leafcast.readers.finish import finish
from leafcast.readers.guesses import Manner
from leafcast.readers.shown_days import take_days
from leafcast.readers.web.blocks import PageBlocks
from leafcast.readers.web.content import Content, find_content
from leafcast.readers.web.facts import page_facts
from leafcast.readers.web.json_ld import json_article, json_things, site_names
from leafcast.readers.web.left_out import MOST_SAID, tell_left_out
from leafcast.readers.web.neighbours import take_in
from leafcast.readers.web.notes import Notes, find_notes
from leafcast.readers.web.page import NotAPage, Page, open_page
from leafcast.readers.web.surroundings import find_surroundings
from leafcast.readers.web.text import PageText
from leafcast.readers.web.titles import find_title
from leafcast.readers.web.tree import words_in

MANNER: Final = Manner(
    "If it is none, end it with a full stop; if it is, <h2> says so for certain",
    "If it is one, write it as <h2>",
    "If it is one, <ul> or <ol> says so for certain",
)
REMEDY: Final = 'Write into the page’s <head>: <meta name="{key}" content="{example}">'

NOTES_HEADING: Final = re.compile(r"(?:foot|end)?notes?:?", re.I)
NO_MATTER: Final = "Nothing need be done: no reader will miss it"

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
    "relative": (Severity.ADVICE, "link-relative",
                 "Links within the website keep their words only, as the page does not say "
                 "where it is from: {}",
                 "If readers need one, write its whole address, from https:// on, behind its "
                 "words"),
    "inside": (Severity.ADVICE, "link-inside", "Links to places in the page keep their words: {}",
               ""),
    "decorative": (Severity.ADVICE, "picture-decorative",
                   "Pictures marked as decoration were left out: {}",
                   "If one says something, write it as its alt"),
    "raised": (Severity.WARNING, "raised-letters",
               "Letters that stood above or below the line are set in brackets on it: {}",
               "Write what they say in words if it matters"),
    "pictured": (Severity.WARNING, "picture-in-cell",
                 "Pictures in cells of a table are replaced by the words that say what they show: "
                 "{}",
                 "If readers need the picture, put it above or below the table"),
    "cell": (Severity.ADVICE, "cells-on-a-line",
             "Lists and paragraphs in a cell of a table are set one after the other: {}",
             "If they are long, write them below the table"),
}  # fmt: skip
"""What is told once, however often it is met: severity, code, message, fix."""


def read_page(content: bytes, origin: Origin) -> Reading:
    """Read an article from a saved page. Never raises: every fault is a finding."""
    return finish(draft_page(content, origin, take_pictures=False), MANNER, origin)


def draft_page(content: bytes, origin: Origin, *, take_pictures: bool) -> Draft:
    """What a page holds; pictures written into it as bytes, or a finding for each."""
    gatherer = Gatherer(origin)
    try:
        found = find_content(open_page(content, gatherer), gatherer)
    except NotAPage as fault:
        gatherer.find(fault.code, Severity.ERROR, (fault.message, fault.fix))
        return Draft((), {}, "line", REMEDY, findings=tuple(gatherer.findings), usable=False)
    things = json_things(found.page)
    article = json_article(things)
    title = find_title(found, article, site_names(things))
    take_in(found, title.heading)
    find_surroundings(found, title.heading)
    facts, offered = page_facts(found, title, article, gatherer)
    notes = find_notes(found.page, found.element)
    text = PageText(found.page, found, gatherer, notes, take_pictures)
    text.skipped = {title.heading} if title.heading is not None else set()
    text.skipped |= set(found.panels.tabs.values())
    text.language = best_words(offered).get("language", "")
    reader = PageBlocks(text, found.element)
    blocks = tuple(reader.flow(found.element, Run("")))
    bodies = tuple(reader.read_notes())
    blocks = _without_notes_heading(blocks, gatherer) if bodies else blocks
    elsewhere = {title.heading, *notes.elements} if title.heading else set(notes.elements)
    tell_left_out(found, elsewhere, gatherer)
    _tell_uncalled(notes, (*blocks, *(each for body in bodies for each in body.blocks)), gatherer)
    _tell_dropped(found, gatherer)
    days, blocks = take_days(blocks, gatherer)
    gatherer.tell(KINDS)
    findings = tuple(gatherer.findings)
    return Draft(
        blocks,
        facts,
        "line",
        REMEDY,
        bodies,
        text.pictures,
        findings,
        left_out=tuple(gatherer.left_out),
        offered=(*offered, *days),
    )


def _without_notes_heading(
    blocks: tuple[BlockDraft, ...], gatherer: Gatherer
) -> tuple[BlockDraft, ...]:
    """`blocks` without the heading of the notes, which stand under one of the leaflet's own."""
    kept: list[BlockDraft] = []
    for block, below in zip_longest(blocks, blocks[1:]):
        words = block_words(block) if isinstance(block, HeadingDraft) else ""
        ends = below is None or isinstance(below, HeadingDraft)
        if ends and NOTES_HEADING.fullmatch(words):
            gatherer.leave_out("notes-heading", words, block.line)
            gatherer.advise(
                "notes-heading",
                f"The heading {quoted(words)} was left out: the leaflet has its own for notes",
                NO_MATTER,
                block.line,
            )
        else:
            kept.append(block)
    return tuple(kept)


def _tell_uncalled(notes: Notes, read: tuple[BlockDraft, ...], gatherer: Gatherer) -> None:
    """Say which notes nothing calls but what is left out, so that they are left out too."""
    called = {run.note for run in all_runs(read)}
    found = [element for element, label in notes.bodies.items() if label not in called]
    if not found:
        return
    for element in found:
        gatherer.leave_out("note-not-called", words_in(element), element.line)
    said = "; ".join(quoted(words_in(each), 30) for each in found[:MOST_SAID])
    count = sum(len(words_in(each).split()) for each in found)
    gatherer.advise(
        "note-not-called",
        f"Notes that no words of the article call are left out, {count} words in all: {said}",
        "If one belongs to the article, copy it there",
        found[0].line,
    )


def _tell_dropped(content: Content, gatherer: Gatherer) -> None:
    """Say once of each kind what a browser would run or show, and is not passed on."""
    page = content.page
    for kind, tags in DROPPED.items():
        found = [
            each
            for each in page.find(*tags)
            if "json" not in each.get("type") and each not in content.panels.buttons
        ]
        if found:
            gatherer.advise(
                f"{kind.split()[0]}-dropped",
                f"{kind.capitalize()} are not passed on: {_many(len(found))}",
                "If readers need what it shows, write it into the text",
                found[0].line,
            )
    _tell_handlers(page, gatherer)


def _tell_handlers(page: Page, gatherer: Gatherer) -> None:
    """Say what a page would run by itself, or when it is touched."""
    handlers = [
        each for each in page.find() if any(name.startswith("on") for name in each.attributes)
    ]
    if handlers:
        gatherer.advise(
            "handlers-dropped",
            "Attributes that run scripts, such as onclick, are not passed on: "
            f"{_many(len(handlers))}",
            NO_MATTER,
            handlers[0].line,
        )
    leaps = [each for each in page.find("meta") if each.get("http-equiv").casefold() == "refresh"]
    if leaps:
        gatherer.advise(
            "refresh-dropped",
            "The page leads on to another by itself, which is not passed on",
            NO_MATTER,
            leaps[0].line,
        )


def _many(count: int) -> str:
    return f"{count}, the first here" if count > 1 else "one"
