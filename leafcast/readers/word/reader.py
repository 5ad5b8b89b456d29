"""A Word file (.docx, ISO/IEC 29500-1) → drafts → Article.

Headings, lists and titles are those of the styles; where there are none, `guesses` judges. Tracked
changes are read as accepted, comments and hidden words are left out; what stands outside the text
(text boxes, headers and footers) is named. Places count paragraphs, those of tables too.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from leafcast.model import Reading
from leafcast.readers.drafts import (
    BlockDraft,
    Draft,
    Gatherer,
    HeadingDraft,
    NoteDraft,
    ParagraphDraft,
    QuoteDraft,
    RuleDraft,
    Runs,
    quoted,
    words_of,
)
from leafcast.readers.finish import finish
from leafcast.readers.guesses import Manner
from leafcast.readers.links import shortened
from leafcast.readers.origin import Origin
from leafcast.readers.settle import settle
from leafcast.readers.word.facts import core_facts, head_facts, margin_words, size_of, survey
from leafcast.readers.word.lists import Item, Numbers, gather_lists
from leafcast.readers.word.package import NotWord, Package, Relation, main_part, open_package
from leafcast.readers.word.runs import RunReader, WordFile, child_of, chosen
from leafcast.readers.word.styles import is_on, read_numberings, read_styles, value
from leafcast.readers.word.tables import has_headers, read_table, rows_of
from leafcast.report import Severity

MANNER: Final = Manner(
    "If it is none, end it with a full stop; if it is, the style Heading 1 says so for certain",
    "If it is one, give it the style Heading 1 or Heading 2",
    "If it is one, the button Bullets or Numbering says so for certain",
)
FETCHED: Final = re.compile(r"https?:|file:/+[^/.]|\\\\|ftp:", re.I)
"""Addresses that are no template on the writer's own machine, such as Normal.dotm."""
REMEDY: Final = "Begin the document with a line of its own: {key}: {example}"
LARGE: Final = 1.25
"""Times the size of the text: a line set so large stands out."""


KINDS: Final = {
    "insertion": (Severity.ADVICE, "tracked-changes", "Tracked changes were read as accepted: {}",
                  "If that is wrong, reject them in Word and save the file"),
    "comment": (Severity.ADVICE, "comments", "Comments were left out: {}", ""),
    "hidden": (Severity.ADVICE, "hidden-words", "Hidden words were left out: {}",
               "In Word, Home, ¶ shows them; take the font effect Hidden off what is to be read"),
    "contents": (Severity.ADVICE, "contents-left-out",
                 "The table of contents was left out; leaflets make their own: {}", ""),
    "link": (Severity.WARNING, "link-target",
             "Links that lead to no web address keep their words only: {}",
             "Begin an address with https://, mailto: or tel:"),
    "symbol": (Severity.WARNING, "symbol-lost", "Symbols of a font of symbols are lost: {}",
               "Write the word, or insert the character from an ordinary font"),
    "formula": (Severity.WARNING, "formula-flattened",
                "Formulas were read as the letters they hold: {}", "Write them in words"),
    "object": (Severity.WARNING, "object-left-out",
               "Charts, drawings or other documents set into the text are left out: {}",
               "Save each as a picture, and insert that with an alternative text"),
    "unseen": (Severity.WARNING, "unseen-signs",
               "Invisible signs that no reader needs, and that can do harm, were left out: {}",
               "Write the words there anew, by hand"),
    "decorative": (Severity.ADVICE, "picture-decorative",
                   "Pictures marked as decoration were left out: {}", ""),
}  # fmt: skip
"""What is told once, however often it is met: severity, code, message, fix."""


def read_word(content: bytes, origin: Origin) -> Reading:
    """Read an article from a Word file. Never raises: every fault is a finding."""
    draft = draft_word(content, origin, take_pictures=False)
    return finish(draft, MANNER, origin)


def draft_word(content: bytes, origin: Origin, *, take_pictures: bool) -> Draft:
    """What a Word file holds; its pictures as bytes, or a finding for each."""
    gatherer = Gatherer(origin)
    try:
        package = open_package(content)
        return _Word(package, gatherer, take_pictures=take_pictures).draft()
    except NotWord as fault:
        gatherer.find(fault.code, Severity.ERROR, (fault.message, fault.fix))
        return Draft((), {}, "paragraph", REMEDY, findings=tuple(gatherer.findings), usable=False)


class _Word:
    """Reads the blocks of one file."""

    def __init__(self, package: Package, gatherer: Gatherer, *, take_pictures: bool) -> None:
        self.main = main_part(package)
        relations = package.relations(self.main)
        styles = read_styles(package, _part(relations, "styles"))
        self.file = WordFile(package, gatherer, styles, relations, take_pictures)
        self.text = RunReader(self.file)
        self.numbers = Numbers(read_numberings(package, _part(relations, "numbering")))
        self.counting = True
        self.carried: Runs = ()
        self.facts: dict[str, str] = {}

    def draft(self) -> Draft:
        """Everything the file holds."""
        root = self.file.package.xml(self.main)
        body = root.find("w-body") if root is not None else None
        if body is None:
            raise NotWord(
                "not-word",
                "It is a file of another program of an office, not of Word",
                "Open it in the program it was made with, and save it as .docx",
            )
        self.file.language, self.file.size = survey(body, self.file.styles)
        blocks = self.blocks(body)
        head, blocks = head_facts(blocks)
        notes = tuple(self.read_notes())
        self.file.gatherer.tell(KINDS)
        self.tell_margins()
        self.tell_outside()
        core = core_facts(self.file.package)
        facts = {**core, "language": self.file.language, **self.facts, **head}
        self.tell_published(core, head)
        findings = tuple(self.file.gatherer.findings)
        return Draft(blocks, facts, "paragraph", REMEDY, notes, self.file.pictures, findings)

    def tell_margins(self) -> None:
        """Say what stands in headers and footers."""
        words = margin_words(self.file.package, self.file.relations.values())
        if words:
            self.file.gatherer.advise(
                "header-left-out",
                f"What stands in the headers and footers of the pages is left out: {quoted(words)}",
                "If readers need it, write it into the text",
            )

    def tell_outside(self) -> None:
        """Say what the file would have Word fetch or run, and is left alone."""
        parts = (self.main, posixpath.join(posixpath.dirname(self.main), "settings.xml"))
        asked = [
            each
            for part in parts
            for each in self.file.package.relations(part).values()
            if each.outside
            and each.kind not in ("hyperlink", "image")
            and FETCHED.match(each.target)
        ]
        if asked:
            self.file.gatherer.warn(
                "outside-left-out",
                f"The file wants {shortened(asked[0].target)} opened with it, which is not done",
                "If you do not know why, ask whoever sent it",
            )
        if any(name.casefold().endswith("vbaproject.bin") for name in self.file.package.names):
            self.file.gatherer.warn(
                "macros-left-out",
                "The file holds macros, which are not run",
                "If you do not know why, ask whoever sent it",
            )

    def tell_published(self, core: dict[str, str], head: dict[str, str]) -> None:
        """Say that the day of publication is that of the file."""
        if "published" in core and "published" not in head:
            self.file.gatherer.advise(
                "guessed-published",
                f"{core['published']}, the day on which the file was made, was read as the day "
                "of publication",
                "If it is another, begin the document with a line such as published: 2026-11-24",
            )

    # ------------------------------------------------------------ blocks

    def blocks(self, container: Element) -> tuple[BlockDraft, ...]:
        """The blocks in `container`, lists and quotes gathered."""
        return gather_lists((*self.items(container), *self.left()))

    def left(self) -> Iterator[Item]:
        """A last paragraph whose end was deleted, though none follows."""
        runs, self.carried = settle(self.carried), ()
        if words_of(runs):
            yield Item(ParagraphDraft(runs, self.file.line))

    def items(self, container: Element) -> Iterator[Item]:
        """Paragraphs and tables one by one, as they stand."""
        for child in container:
            match child.tag:
                case "w-p":
                    yield from self.paragraph(child)
                case "w-tbl":
                    yield from self.table(child)
                case "w-sdt":
                    yield from self.control(child)
                case "w-ins" | "w-moveTo" | "w-customXml":
                    self.change(child)
                    yield from self.items(child)
                case "w-del" | "w-moveFrom":
                    self.change(child)
                case "mc-AlternateContent":
                    yield from self.items(chosen(child))
                case "w-altChunk":
                    self.file.gatherer.count("object", self.file.line + 1)

    def change(self, element: Element) -> None:
        """Count a tracked change."""
        if element.tag != "w-customXml":
            self.file.gatherer.count("insertion", self.file.line + 1)

    def control(self, control: Element) -> Iterator[Item]:
        """What stands in a content control; a table of contents is none of the text."""
        gallery = value(control.find("w-sdtPr/w-docPartObj/w-docPartGallery"))
        if gallery == "Table of Contents":
            self.file.gatherer.count("contents", self.file.line + 1)
        else:
            yield from self.items(child_of(control, "w-sdtContent"))

    def paragraph(self, paragraph: Element) -> Iterator[Item]:
        """A paragraph, and the pictures in it."""
        self.file.line += self.counting
        self.file.shown = []
        written = (*self.carried, *self.text.runs(paragraph, paragraph))
        if paragraph.find("w-pPr/w-rPr/w-del") is not None:
            self.carried = written  # its end was deleted: it goes on in the next
            return
        runs, self.carried = settle(written), ()
        item = Item(None)
        name = self.file.styles.name(paragraph)
        if name.startswith("toc"):
            self.file.gatherer.count("contents", self.file.line)
        elif words_of(runs) or any(run.note for run in runs):
            item = self.item(paragraph, runs, name)
            yield item
        elif _has_line(paragraph, "w-bottom") or _has_line(paragraph, "w-top"):
            yield Item(RuleDraft(self.file.line))
        for picture in self.file.shown:
            yield Item(picture, continues=item.numbered is not None)
        alone = _has_line(paragraph, "w-bottom") and not _has_line(paragraph, "w-top")
        if words_of(runs) and alone:
            yield Item(RuleDraft(self.file.line))

    def item(self, paragraph: Element, runs: Runs, name: str) -> Item:
        """What a paragraph with words is, by its style."""
        level = self.heading_level(paragraph, name)
        words = words_of(runs)
        if name in ("title", "subtitle") and name not in self.facts and self.counting:
            self.facts[name] = words
            return Item(None)
        if level or name == "title":
            plain = all(run.strong or not run.text.strip() for run in runs)
            runs = tuple(replace(run, strong=False) for run in runs) if plain else runs
            return Item(HeadingDraft(level or 1, runs, self.file.line))
        draft = ParagraphDraft(runs, self.file.line, self.stands_out(paragraph, runs))
        if name.endswith("quote") or name == "block text":
            return Item(QuoteDraft((draft,), self.file.line))
        continues = name.startswith("list continue")
        numbered = None if continues else self.numbers.of(paragraph, self.file.styles)
        return Item(draft, numbered, continues, name == "caption")

    def heading_level(self, paragraph: Element, name: str) -> int:
        """1 to 9 for a heading, 0 for other paragraphs."""
        outline = value(self.file.styles.paragraph(paragraph, "w-outlineLvl"))
        if re.fullmatch(r"[0-8]", outline):
            return int(outline) + 1
        return int(name[-1]) if re.fullmatch(r"heading [1-9]", name) else 0

    def stands_out(self, paragraph: Element, runs: Runs) -> bool:
        """Whether all of a paragraph is bold, or larger than the text."""
        if all(run.strong or not run.text.strip() for run in runs):
            return True
        written = [
            run
            for run in paragraph.iter("w-r")
            if "".join(text.text or "" for text in run.iterfind("w-t")).strip()
        ]
        least = max(self.file.size, 1.0) * LARGE
        return bool(written) and all(
            size_of(run, paragraph, self.file.styles) >= least for run in written
        )

    # ------------------------------------------------------------ tables

    def table(self, table: Element) -> Iterator[Item]:
        """A table, or what stands in a box made of a table with one column."""
        rows, first = rows_of(table), self.file.line + 1
        if max((len(row.findall("w-tc")) for row in rows), default=0) <= 1:
            for row in rows:
                for cell in row.iterfind("w-tc"):
                    yield from self.items(cell)
            self.file.gatherer.advise(
                "guessed",
                "A table of one column was read as text in a box, its paragraphs one by one",
                "",
                first,
            )
            return
        self.file.shown = []
        draft = read_table(rows, self.text, counting=self.counting)
        if not has_headers(rows):
            self.file.gatherer.advise(
                "guessed",
                "The first row of a table was read as its headers",
                "In Word, Table Layout, Repeat Header Rows says so for certain",
                first,
            )
        yield Item(draft)
        for picture in self.file.shown:
            yield Item(picture)

    # ------------------------------------------------------------ notes

    def read_notes(self) -> Iterator[NoteDraft]:
        """The footnotes and endnotes that are called."""
        called = dict(self.file.notes)
        self.counting = False
        for kind in ("footnote", "endnote"):
            name = _part(self.file.relations, f"{kind}s")
            root = self.file.package.xml(name) if name else None
            if name is None or root is None:
                continue
            own, self.file.relations = self.file.relations, self.file.package.relations(name)
            for note in root.iterfind(f"w-{kind}"):
                label = kind[:3] + note.get("w-id", "")
                if label in called:
                    self.file.line = called[label]
                    yield NoteDraft(label, self.blocks(note))
            self.file.relations = own


# ---------------------------------------------------------------- small things of Word


def _part(relations: Mapping[str, Relation], kind: str) -> str | None:
    """The name of the part the document refers to by this kind."""
    return next((r.target for r in relations.values() if r.kind == kind and not r.outside), None)


def _has_line(paragraph: Element, edge: str) -> bool:
    """Whether a line is drawn at this edge of a paragraph, by itself and not by a style."""
    return is_on(paragraph.find(f"w-pPr/w-pBdr/{edge}"))
