"""The blocks of a Word file: paragraphs by their styles, tables, text boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from leafcast.readers.blanks import with_blanks
from leafcast.readers.drafts import (
    BlockDraft,
    HeadingDraft,
    ParagraphDraft,
    PictureDraft,
    QuoteDraft,
    RuleDraft,
    Runs,
    words_of,
)
from leafcast.readers.settle import settle
from leafcast.readers.word.fields import Fields
from leafcast.readers.word.file import Left, WordFile
from leafcast.readers.word.holders import held, text_of
from leafcast.readers.word.lists import Item, Numbers, gather_lists
from leafcast.readers.word.paragraphs import (
    has_line,
    heading_level,
    is_capital,
    is_quotation,
    is_slanted,
    plain,
    says,
    stands_in,
    stands_out,
    stanzas,
)
from leafcast.readers.word.runs import RunReader
from leafcast.readers.word.styles import Numberings
from leafcast.readers.word.tables import (
    Row,
    has_headers,
    has_something,
    is_box,
    is_layout,
    names_rows,
    read_table,
    rows_of,
    title_of,
)

FACTS: Final = ("title", "subtitle", "author")
"""Styles whose paragraphs say what they are of the whole."""
LONGEST_TITLE: Final = 14
"""Words of a title in several lines."""
LONGEST_CAPTION: Final = 30
"""Words of a slanted line under a picture that is its caption."""


class BlockReader:
    """Reads the blocks of one file. `facts` are the words of paragraphs whose style says that they
    are the title, the subtitle or the author.
    """

    def __init__(self, file: WordFile, numberings: Numberings) -> None:
        self.file = file
        self.text = RunReader(file)
        self.numbers = Numbers(numberings)
        self.carried: Runs = ()
        self.calls: Runs = ()
        self.facts: dict[str, str] = {}
        self.fact_before = ""
        self.before = Item(None)
        self.in_notes = False

    def blocks(self, container: Element) -> tuple[BlockDraft, ...]:
        """The blocks in `container`, lists and quotes gathered."""
        return self.with_calls(gather_lists((*self.items(container), *self.left())))

    def with_calls(self, blocks: tuple[BlockDraft, ...]) -> tuple[BlockDraft, ...]:
        """`blocks` with calls that stand after all words: the last paragraph calls the notes."""
        calls, self.calls = self.calls, ()
        last = blocks[-1] if blocks else None
        if calls and isinstance(last, ParagraphDraft):
            return (*blocks[:-1], replace(last, runs=settle((*last.runs, *calls))))
        if calls:
            self.file.count("call alone")
        return (*blocks, ParagraphDraft(calls, self.file.line)) if calls else blocks

    def left(self) -> Iterator[Item]:
        """A last paragraph whose end was deleted, though none follows."""
        runs, self.carried = settle(self.carried), ()
        if words_of(runs):
            yield Item(ParagraphDraft(runs, self.file.line))

    def items(self, container: Element) -> Iterator[Item]:
        """Paragraphs and tables one by one, as they stand."""
        for child in held(container, self.file.met_ahead):
            match child.tag:
                case "w-p":
                    for item in self.paragraph(child):
                        self.before = item
                        yield item
                case "w-tbl":
                    yield from self.table(child)
                case "w-altChunk" | "w-subDoc":
                    self.file.count("object")
                case "w-r" | "w-hyperlink" | "w-fldSimple" | "m-oMath" | "m-oMathPara":
                    yield from self.loose(child)

    def loose(self, part: Element) -> Iterator[Item]:
        """Running text that stands in no paragraph, where none may be."""
        holder = Element("w-p")
        holder.append(part)
        runs = settle(self.text.runs(holder, holder))
        if words_of(runs):
            yield Item(ParagraphDraft(runs, self.file.line))

    def paragraph(self, paragraph: Element) -> Iterator[Item]:
        """A paragraph, the pictures in it, and the text boxes fixed to it."""
        self.file.line += self.file.counting
        self.file.shown, self.file.boxes = [], []
        self.text.next_paragraph()
        name = self.file.styles.name(paragraph)
        written = (*self.carried, *self.written(paragraph, name))
        shown, boxes = self.file.shown, self.file.boxes
        if paragraph.find("w-pPr/w-rPr/w-del") is not None or is_capital(paragraph):
            self.carried = written  # its end was deleted, or it is a capital set apart
        else:
            self.carried = ()
            yield from self.written_items(paragraph, written, name)
        for picture in shown:
            yield Item(picture, continues=self.in_list)
        for box in boxes:
            yield from self.box(box)

    def written(self, paragraph: Element, name: str) -> Runs:
        """The runs of a paragraph; one of a table of contents has none."""
        if not name.startswith("toc"):
            runs = self.text.runs(paragraph, paragraph)
            return tuple(plain(runs) if is_capital(paragraph) else runs)
        before, self.file.quiet = self.file.quiet, True
        words = "".join(run.text for run in self.text.runs(paragraph, paragraph))
        self.file.quiet = before
        self.file.count("contents", text_of(paragraph) or words)
        return ()

    def written_items(self, paragraph: Element, written: Runs, name: str) -> Iterator[Item]:
        """What a paragraph is; a blank line in it parts it in two."""
        level = heading_level(paragraph, name, self.file.styles)
        if not words_of(written):  # calls alone: the next paragraph with words calls the notes
            self.calls += tuple(run for run in written if run.note)
            written = ()
        written = tuple(with_blanks(written))
        parts = (written,) if level or name in FACTS else stanzas(written)
        settled = [runs for runs in map(settle, parts) if says(runs)]
        if settled and self.calls:
            settled[0], self.calls = settle((*settled[0], *self.calls)), ()
        for runs in settled[:1]:
            yield self.item(paragraph, runs, name)
        for runs in settled[1:]:
            yield self.further(paragraph, runs, name)
        if not settled and (numbered := self.numbers.without_words(paragraph, self.file.styles)):
            yield Item(None, numbered, line=self.file.line)
        ruled = [has_line(paragraph, edge) for edge in ("w-top", "w-bottom")]
        if ruled == [False, True] or (any(ruled) and not settled):
            yield Item(RuleDraft(self.file.line))

    def item(self, paragraph: Element, runs: Runs, name: str) -> Item:
        """What a paragraph with words is, by its style."""
        if self.is_fact(runs, name):
            self.fact_before = name
            return Item(None)
        self.fact_before = ""
        level = heading_level(paragraph, name, self.file.styles)
        if level or name == "title":
            marked = all(run.strong or not run.text.strip() for run in runs)
            runs = tuple(replace(run, strong=False) for run in runs) if marked else runs
            return Item(HeadingDraft(level or 1, runs, self.file.line))
        draft = ParagraphDraft(runs, self.file.line, stands_out(paragraph, runs, self.file))
        if is_quotation(name):
            return Item(QuoteDraft((draft,), self.file.line))
        continues = name.startswith("list continue")
        numbered = None if continues else self.numbers.of(paragraph, self.file.styles)
        if numbered and numbered.letters:
            self.file.count("letters", words_of(runs))
        captions = not numbered and (name.endswith("caption") or self.is_under_picture(runs))
        draft = replace(draft, captions=captions)
        if not (numbered or captions or continues) and stands_in(paragraph, draft, name, self.file):
            return self.quotation(draft)
        return Item(draft, numbered, continues, captions)

    def further(self, paragraph: Element, runs: Runs, name: str) -> Item:
        """What follows a blank line within a paragraph: a paragraph like it, in its point."""
        draft = ParagraphDraft(runs, self.file.line, stands_out(paragraph, runs, self.file))
        if is_quotation(name):
            return Item(QuoteDraft((draft,), self.file.line))
        return Item(draft, continues=self.in_list)

    def is_fact(self, runs: Runs, name: str) -> bool:
        """Whether a paragraph is the title, the subtitle or the author by its style: the first so
        styled, and a line that goes on with it.
        """
        said = " ".join(filter(None, (self.facts.get(name), words_of(runs))))
        goes_on = self.fact_before == name and len(said.split()) <= LONGEST_TITLE
        if name not in FACTS or (name in self.facts and not goes_on) or self.in_notes:
            return False
        self.facts[name] = said
        return True

    def quotation(self, draft: ParagraphDraft) -> Item:
        """A paragraph that stands in: of the point before it, or somebody else's words."""
        if self.in_list:
            return Item(draft, continues=True)
        self.file.count("quotation", words_of(draft.runs))
        return Item(QuoteDraft((draft,), self.file.line))

    @property
    def in_list(self) -> bool:
        """Whether the block before is a point of a list, or goes on with one."""
        return bool(self.before.numbered or self.before.continues)

    def is_under_picture(self, runs: Runs) -> bool:
        """Whether a line is the caption of the picture before it: all of it slanted."""
        short = len(words_of(runs).split()) <= LONGEST_CAPTION
        return isinstance(self.before.draft, PictureDraft) and is_slanted(runs) and short

    # ------------------------------------------------------------ boxes and tables

    def box(self, box: Element) -> Iterator[Item]:
        """What stands in a text box."""
        self.file.count("box", text_of(box))
        fields, self.text.fields = self.text.fields, Fields()
        self.text.fields.endless = fields.endless
        carried, self.carried = self.carried, ()
        with self.file.aside():
            yield from self.items(box)
            yield from self.left()
        self.text.fields, self.carried = fields, carried

    def table(self, table: Element) -> Iterator[Item]:
        """A table, or the text for which it is a frame."""
        rows, first = rows_of(table, self.file), self.file.line + self.file.counting
        if not rows:
            return
        if not has_something(rows):
            paragraphs = sum(1 for each in table.iter("w-p"))
            self.file.line += self.file.counting
            self.file.count("empty table")
            self.file.line += self.file.counting * (paragraphs - 1)
        elif is_box(rows):
            yield from self.cells(rows)
            self.file.gatherer.advise(
                "guessed",
                "A table of one column or row was read as text in a box, its paragraphs one by one",
                "",
                first,
            )
        elif is_layout(rows, self.is_structured):
            yield from self.cells(rows)
            self.file.left.append(Left("layout", first, ""))
        else:
            yield from self.real_table(table, rows)

    def cells(self, rows: Sequence[Row]) -> Iterator[Item]:
        """What stands in cells, one after the other."""
        for row in rows:
            for cell in row.cells:
                yield from self.items(cell.element)

    def is_structured(self, paragraph: Element) -> bool:
        """Whether a paragraph of a cell is a heading, or a point of a list."""
        styles = self.file.styles
        numbered = self.numbers.numberings.of(paragraph, styles)
        return bool(numbered or heading_level(paragraph, styles.name(paragraph), styles))

    def real_table(self, table: Element, rows: Sequence[Row]) -> Iterator[Item]:
        """A table, and after it the pictures and the text boxes that its cells hold."""
        if title := title_of(rows):
            for cell in title.cells:
                yield from self.items(cell.element)
            rows = rows[1:]
        first = self.file.line + self.file.counting
        self.file.shown, self.file.boxes = [], []
        draft = read_table(rows, self.text, named=names_rows(table, rows))
        shown, boxes = self.file.shown, self.file.boxes
        if not has_headers(rows):
            self.file.left.append(Left("headers", first, ""))
        self.before = Item(draft)
        yield self.before
        for picture in shown:
            yield Item(picture)
        for box in boxes:
            yield from self.box(box)
