"""The syntax tree of one Markdown article → its headings and blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from markdown_it.tree import SyntaxTreeNode

from leafcast.document.article import (
    Block,
    Cell,
    Code,
    Heading,
    Inline,
    LineBreak,
    ListBlock,
    ListEntry,
    Note,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
    VoiceMark,
    plain_text,
)
from leafcast.document.report import Severity
from leafcast.document.sentences import calls_closed
from leafcast.readers.assemble import Parts, Writer
from leafcast.readers.drafts import HeadingDraft, PictureDraft
from leafcast.readers.finish import Finisher
from leafcast.readers.markdown_html import COMMENTS, moved, read_fragment
from leafcast.readers.markdown_nodes import (
    BYLINE,
    YEAR,
    Shown,
    has_heading,
    inner_words,
    numbered,
    stands_out,
    unmarked,
    words_in,
)
from leafcast.readers.markdown_words import Words, note_id, note_label, trimmed
from leafcast.readers.pictures import read_figure
from leafcast.readers.rewriting import Kind, Left
from leafcast.readers.starter import is_starter, is_starter_heading
from leafcast.readers.table_cells import table_of, without_calls

ABOVE: Final = "^^"
BEFORE: Final = "<<"
"""What a cell says that is one with the cell above it, or before it."""


class Tree:
    """Turns the syntax tree of one article into its parts."""

    def __init__(
        self,
        writer: Writer,
        above: int,
        voices: dict[int, VoiceMark],
        nowhere: frozenset[str],
        closed: frozenset[str],
    ) -> None:
        self.writer = writer
        self.above = above
        self.voices = voices
        self.words = Words(writer, self.line, nowhere, closed)
        self.rename: Callable[[str], str] = str
        self.deeper = 0
        self.left_over: list[int] = []
        self.guessed: set[int] = set()
        self.titles: set[int] = set()

    def line(self, node: SyntaxTreeNode) -> int:
        """The line of `node` in the file, from 1."""
        while not node.is_root and node.map is None and node.parent is not None:
            node = node.parent
        return self.above + 1 + (node.map[0] if not node.is_root and node.map else 0)

    def shown(self, nodes: Sequence[SyntaxTreeNode]) -> Shown:
        """The title and the author with which the article begins."""
        title = author = ""
        at = 0
        if nodes and (nodes[0].tag == "h1" or stands_out(nodes[0])):
            title, at = self._aside(nodes[0]), 1
        if len(nodes) > at and nodes[at].type == "paragraph":
            found = BYLINE.fullmatch(self._aside(nodes[at]))
            author = found[1].strip() if found else ""
        return Shown(title, author, self.line(nodes[0]) if title or author else 0)

    def with_headings(self, nodes: Sequence[SyntaxTreeNode]) -> Iterator[SyntaxTreeNode]:
        """`nodes`; where no heading is marked, lines wholly in bold are some, which is told."""
        marked = any(node.type == "heading" for node in nodes)
        for node in nodes:
            if not marked and stands_out(node):
                self.writer.find(
                    "guessed",
                    Severity.ADVICE,
                    (f"“{self._aside(node)}” was read as a heading", "If it is none, take ## away"),
                    self.line(node),
                )
                self.guessed.add(id(node))
            yield node

    def _aside(self, node: SyntaxTreeNode) -> str:
        """The words of a node, read without a trace."""
        words = Words(Writer(self.writer.origin), self.line, frozenset(), self.words.closed)
        return " ".join(plain_text(words.read(node.children)).split())

    # ------------------------------------------------------------ parts

    def parts(self, nodes: Sequence[SyntaxTreeNode]) -> Parts:
        """The article's parts in reading order."""
        nodes = self.without_starter(nodes)
        rules = [at for at, node in enumerate(nodes) if node.type == "hr"]
        headings = [at for at, node in enumerate(nodes) if has_heading(node)]
        notes = [node for node in nodes if node.type == "footnote_block"]
        main = [node for node in nodes if node.type not in ("hr", "footnote_block")]
        closing: list[SyntaxTreeNode] = []
        if rules and (not headings or rules[-1] > headings[-1]):
            closing = [n for n in nodes[rules[-1] + 1 :] if n.type != "footnote_block"]
            main = main[: len(main) - len(closing)]
        body = tuple(self.body(main))
        byline, rest = self.byline(closing)
        action = tuple(self.blocks(rest))
        return Parts(body, byline, action, tuple(self.notes(notes)))

    def without_starter(self, nodes: Sequence[SyntaxTreeNode]) -> list[SyntaxTreeNode]:
        """`nodes` without the example's words that `new` began with, which nobody wrote."""
        starter = [is_starter(inner_words(node)) for node in nodes]
        if not any(starter):
            return list(nodes)
        kept: list[SyntaxTreeNode] = []
        for node, left in zip(nodes, starter, strict=True):
            ends = node.type in ("heading", "hr", "footnote_block")
            if ends and kept and is_starter_heading(kept[-1].type, inner_words(kept[-1])):
                self.left_over.append(self.line(kept.pop()))
            if left:
                self.left_over.append(self.line(node))
            else:
                kept.append(node)
        if kept and is_starter_heading(kept[-1].type, inner_words(kept[-1])):
            self.left_over.append(self.line(kept.pop()))
        self.left_over.sort()
        return kept

    def body(self, nodes: Sequence[SyntaxTreeNode]) -> Iterator[Heading | Block]:
        """Headings and blocks; headings of level 1 are sections', for the title stands above."""
        self.deeper = self.tell_level_1([node for node in nodes if node.type == "heading"])
        for node in nodes:
            if node.type == "html_block":
                yield from self.html_parts(node)
            elif node.type != "heading" and id(node) not in self.guessed:
                yield from self.blocks([node])
            elif heading := self.heading(node):
                yield heading

    def tell_level_1(self, headings: Sequence[SyntaxTreeNode]) -> int:
        """Tell of headings of level 1; how much deeper all are, so that those become sections."""
        first = [node for node in headings if node.tag == "h1"]
        if not first:
            return 0
        words = plain_text(self.words.read(first[0].children))
        more = len(first) - 1
        also = f", and {more} more are" if more else " is"
        self.writer.warn(
            "heading-of-level-1",
            f"“{words}”{also} of level 1, which is the title’s",
            "Write it with ##; it is treated so for now",
            self.line(first[0]),
        )
        return int(len(first) > 1 or first[0] is not headings[0])

    def heading(self, node: SyntaxTreeNode) -> Heading | None:
        """A heading; None, and a finding, where it has no words."""
        content = self.words.read(node.children)
        if not plain_text(content).strip():
            self.writer.warn(
                "empty-heading", "This heading has no words", "Write or remove it", self.line(node)
            )
            return None
        if is_starter_heading(node.type, inner_words(node)):
            self.writer.warn(
                "example-left",
                "This heading is still the example’s that new put there",
                "Write your own in its place",
                self.line(node),
            )
        if node.type != "heading":
            return self.writer.heading(2, unmarked(content), self.line(node))
        level = max(2, min(int(node.tag[1]) + self.deeper, 6))
        return self.writer.heading(level, content, self.line(node))

    def byline(
        self, nodes: Sequence[SyntaxTreeNode]
    ) -> tuple[Paragraph | None, Sequence[SyntaxTreeNode]]:
        """The byline, where the closing begins with a paragraph wholly in bold, and the rest."""
        if nodes and nodes[0].type == "paragraph":
            content = self.words.read(nodes[0].children)
            if len(content) == 1 and isinstance(content[0], Strong):
                line = self.line(nodes[0])
                return self.writer.paragraph(content[0].content, line), nodes[1:]
        return None, nodes

    def notes(self, blocks: Iterable[SyntaxTreeNode]) -> Iterator[Note]:
        """Footnotes in the order in which they are called."""
        for block in blocks:
            for node in block.children:
                number = self.words.note_numbers.get(note_label(node))
                if number is not None:
                    yield Note(note_id(number), number, tuple(self.blocks(node.children)))

    # ------------------------------------------------------------ blocks

    def blocks(self, nodes: Iterable[SyntaxTreeNode]) -> Iterator[Block]:  # noqa: C901  (one case a kind)
        """The blocks that stand in `nodes`."""
        for node in nodes:
            match node.type:
                case "paragraph":
                    yield from self.paragraph(node)
                case "bullet_list":
                    yield from self.list_block(node, node.children, 1)
                case "ordered_list":
                    yield from self.ordered_list(node)
                case "blockquote":
                    yield self.quote(node)
                case "table":
                    yield self.table(node)
                case "fence":
                    yield self.writer.paragraph(_fenced(node.content), self.line(node))
                case "html_block":
                    yield from (each for each in self.html_parts(node, inside=True)
                                if not isinstance(each, Heading))  # fmt: skip
                case "heading":
                    yield self.heading_inside(node)
                case "dt":
                    yield self.term(node)
                case "hr" | "footnote_anchor":
                    pass
                case _:
                    yield from self.blocks(node.children)

    def paragraph(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """A paragraph; pictures in it stand after it, and alone they are figures."""
        line = self.line(node)
        content = trimmed(self.words.read(node.children))
        pictures = self.words.take_pictures()
        if line in self.titles and len(content) > 2 and isinstance(content[1], LineBreak):
            yield self.writer.paragraph(content[:1], line)
            line, content = line + 1, content[2:]
        if plain_text(content).strip():
            yield self.writer.paragraph(content, line)
            if pictures:
                self.writer.warn(
                    "picture-in-text",
                    "A picture stands inside a paragraph; it is shown after it",
                    "Give the picture a paragraph of its own",
                    line,
                )
        for address, alt, caption in pictures:
            picture = (self.rename(address), alt, caption)
            if figure := read_figure(self.writer, picture, line):
                yield figure

    def term(self, node: SyntaxTreeNode) -> Paragraph:
        """What a list of definitions defines; its definitions are the blocks below."""
        return self.writer.paragraph((Strong(self.words.read(node.children)),), self.line(node))

    def ordered_list(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """A numbered list; years that begin sentences are no numbers of points."""
        for points in numbered(node.children):
            number = int(points[0].info or 0)
            if number < YEAR or points[1:]:
                yield from self.list_block(node, points, number)
            else:
                yield from self.year(points[0])

    def year(self, point: SyntaxTreeNode) -> Iterator[Block]:
        """What CommonMark takes for a point, and is a sentence that begins with a year."""
        inner = list(point.children)
        first = inner.pop(0) if inner and inner[0].type == "paragraph" else None
        content = trimmed(self.words.read(first.children)) if first else ()
        year = Text(f"{point.info}{point.markup}{' ' if content else ''}")
        yield self.writer.paragraph((year, *content), self.line(point))
        yield from self.blocks(inner)

    def list_block(
        self, node: SyntaxTreeNode, points: Sequence[SyntaxTreeNode], start: int
    ) -> Iterator[ListBlock]:
        """A list of points that hold something, and what is nested in them."""
        starter = [is_starter(inner_words(point)) for point in points]
        if any(starter) and not all(starter):
            told = zip(points, starter, strict=True)
            self.left_over += [self.line(point) for point, left in told if left]
            points = [point for point, left in zip(points, starter, strict=True) if not left]
        points = [point for point in points if point.children]
        if not points:
            return
        words = " ".join(filter(None, map(words_in, points)))
        block_id = self.writer.ids.block("list", words)
        entries = []
        for child in points:
            entry_id = self.writer.ids.block("entry", words_in(child))
            place = self.writer.place(self.line(child))
            if inner := tuple(self.blocks(child.children)):  # not all of it was left out
                entries.append(ListEntry(entry_id, place, inner))
        if not entries:
            return
        place = self.writer.place(self.line(points[0] if points else node))
        yield ListBlock(block_id, place, tuple(entries), node.type == "ordered_list", start)

    def quote(self, node: SyntaxTreeNode) -> Quote:
        """A quotation; of two that begin on one line, the inner one has the voice named there."""
        inner = tuple(self.blocks(node.children))
        block_id = self.writer.ids.block("quote", words_in(node))
        line = self.line(node)
        return Quote(block_id, self.writer.place(line), inner, self.voices.pop(line, None))

    def table(self, node: SyntaxTreeNode) -> Table:
        """A table with one row of headers."""
        rows = [list(row.children) for row in node.walk() if row.type == "tr"]
        sources, merged = _sources(rows)
        words = (words_in(cell) for row in sources for cell in row)
        block_id = self.writer.ids.block("table", " ".join(filter(None, words)))
        read: dict[int, tuple[Inline, ...]] = {}
        grid = [
            [self.cell(cell, source, read) for cell, source in zip(*line, strict=True)]
            for line in zip(rows, sources, strict=True)
        ]
        for line in grid[1 : _heads(merged)]:
            line[:] = [replace(cell, header="column") for cell in line]
        return table_of(block_id, self.writer.place(self.line(node)), grid, merged)

    def cell(
        self, node: SyntaxTreeNode, source: SyntaxTreeNode, read: dict[int, tuple[Inline, ...]]
    ) -> Cell:
        """One cell with the words of `source`, which are `read` once; its alignment is what the
        line of dashes says.
        """
        if id(source) not in read:
            read[id(source)] = calls_closed(trimmed(self.words.read(source.children)))
        content = read[id(source)]
        if source is not node:
            content = without_calls(content)
        cell_id = self.writer.ids.block("cell", plain_text(content))
        align = str(node.attrs.get("style", "")).removeprefix("text-align:")
        return Cell(cell_id, self.writer.sentences(content), align)

    def html_parts(
        self, node: SyntaxTreeNode, *, inside: bool = False
    ) -> Iterator[Heading | Block]:
        """A block of HTML, read as a web page; inside a list or a quote its headings are words."""
        if COMMENTS.fullmatch(node.content):
            return
        line = self.line(node)
        fragment = read_fragment(node.content, self.writer.origin, self.words.closed)
        kind = Kind.HTML if fragment.blocks else Kind.GONE
        if re.search(r"<[A-Za-z]", node.content):
            self.words.left.append(Left(kind, " ".join(node.content.split()), line))
        self.writer.findings += [moved(each, line - 1) for each in fragment.findings]
        finisher = Finisher(self.writer, {}, keeps_wordless=False)
        for draft in fragment.blocks:
            placed = replace(draft, line=draft.line + line - 1)
            if isinstance(placed, PictureDraft):
                placed = replace(placed, address=self.rename(placed.address))
            if isinstance(placed, HeadingDraft):
                placed = replace(placed, level=max(2, placed.level + self.deeper))
            yield from finisher.block(placed) if inside else finisher.part(placed)

    def heading_inside(self, node: SyntaxTreeNode) -> Paragraph:
        """A heading inside a quote or a list is no heading of the article."""
        self.writer.warn(
            "heading-inside",
            "A heading stands inside a list or a quote; it is shown as strong words",
            "Move it out, or write the words in **bold**",
            self.line(node),
        )
        return self.writer.paragraph((Strong(self.words.read(node.children)),), self.line(node))


def _fenced(content: str) -> tuple[Inline, ...]:
    """The lines of typed text, each as it stands but for blanks at its ends."""
    lines = [" ".join(line.split()) for line in content.splitlines() if line.strip()]
    breaks = ((LineBreak(), Code(line)) for line in lines)
    return tuple(each for pair in breaks for each in pair)[1:]


def _sources(
    rows: list[list[SyntaxTreeNode]],
) -> tuple[list[list[SyntaxTreeNode]], list[list[int]]]:
    """The cell whose words each place has, and a number that the places of a merged cell share.

    A cell that says `^^` is one with that above it, `<<` with that before it.
    """
    sources: list[list[SyntaxTreeNode]] = []
    numbers: list[list[int]] = []
    for at, row in enumerate(rows):
        sources.append([])
        numbers.append([])
        for column, cell in enumerate(row):
            mark = "".join(inline.content for inline in cell.children).strip()
            if mark == ABOVE and at:
                source, number = sources[at - 1][column], numbers[at - 1][column]
            elif mark == BEFORE and column:
                source, number = sources[at][-1], numbers[at][-1]
            else:
                source, number = cell, at * len(row) + column
            sources[at].append(source)
            numbers[at].append(number)
    return sources, numbers


def _heads(merged: list[list[int]]) -> int:
    """How many rows from the first on are headers: those into which one of them goes down."""
    count = 1
    while count < len(merged) and set(merged[count]) & set(merged[count - 1]):
        count += 1
    return count
