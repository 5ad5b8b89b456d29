"""Markdown with front matter → Article.

CommonMark with tables, footnotes and `[words]{lang=fr}` for words in another language. A line
`---` after the last heading begins the closing: a first paragraph wholly in **bold** is the
byline, what follows is the call to action. Raw HTML is never passed on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.footnote import footnote_plugin

from leafcast.model import (
    Article,
    Block,
    Cell,
    Code,
    Emphasis,
    Foreign,
    Heading,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    ListEntry,
    Note,
    NoteMark,
    Paragraph,
    Quote,
    Reading,
    Strong,
    Table,
    Text,
    VoiceMark,
    plain_text,
    walk_sections,
)
from leafcast.readers.assemble import DEEPEST, Parts, Writer, assemble, is_too_long
from leafcast.readers.front_matter import read_front_matter, split_front_matter
from leafcast.readers.links import safe_target, shortened
from leafcast.readers.mark_kinds import is_choice, is_mark
from leafcast.readers.marks import Outline, place_marks, take_marks
from leafcast.readers.origin import Origin
from leafcast.readers.pictures import read_figure
from leafcast.readers.sentences import read_sentences
from leafcast.report import Severity

MOST_BRACKETS: Final = 10_000
MOST_COLUMNS: Final = 100
"""What an article never has, and what would keep the parser busy for hours: for each bracket it
looks at all that follows, and each row of a table is made as long as the first.
"""
HIDDEN_HTML = re.compile(r"<(script|style)\b.*?(</\1\s*>|\Z)|<!--.*?(-->|\Z)", re.I | re.S)
TAG = re.compile(r"<[^>]*>")


def read_markdown(text: str, origin: Origin) -> Reading:
    """Read an article written in Markdown. Never raises: every fault is a finding."""
    return _read(text, origin, frozenset())


def _read(text: str, origin: Origin, nowhere: frozenset[str]) -> Reading:
    """The article; links to `nowhere`, ids that it has not, leave their words."""
    head, body, above = split_front_matter(text)
    front, findings = read_front_matter(head, origin)
    writer = Writer(origin, findings=list(findings))
    if found := _too_much(body):
        line, what = found
        writer.find("markdown-too-large", Severity.ERROR, what, above + line)
        return Reading(None, tuple(writer.findings))
    parser = _parser()
    tokens = parser.parse(body)
    taken = take_marks(body, above, _outline(tokens), origin)
    writer.findings += taken.findings
    if taken.body != body:
        tokens = parser.parse(taken.body)
    if _refused(tokens, above + 1, writer):
        return Reading(None, tuple(writer.findings))
    markdown = _Markdown(writer, above, dict(taken.quotes), nowhere)
    parts = markdown.parts(SyntaxTreeNode(tokens).children)

    def read_words(words: str, line: int) -> Paragraph:
        return writer.paragraph(
            markdown.inlines(SyntaxTreeNode(parser.parseInline(words)).children), line
        )

    marks = place_marks(taken.marks, origin, read_words)
    reading = assemble(front, replace(parts, marks=marks), writer)
    lost = markdown.places - _ids(reading.article) if reading.article else frozenset()
    return _read(text, origin, frozenset(lost)) if lost and not nowhere else reading


def _parser() -> MarkdownIt:
    """What CommonMark, tables, footnotes and `[words]{lang=fr}` are read with."""
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 2 * DEEPEST + 4})
    parser.enable("table").use(footnote_plugin, inline=False).use(attrs_plugin, spans=True)
    parser.validateLink = lambda target: True  # type: ignore  # see `safe_target`
    rules = parser.inline.ruler
    span = next(rule.fn for rule in rules.__rules__ if rule.name == "span")
    # Asked to skip what stands in a link, it must not: a link in a link is none, a span is no link.
    rules.at("span", lambda state, silent: not silent and bool(span(state, silent)))
    return parser


def _refused(tokens: Sequence[Token], first: int, writer: Writer) -> bool:
    """Whether there is what cannot be read, nested too deep or too long; it is told."""
    for token in tokens:
        line = first + (token.map or (0,))[0]
        if token.level >= 2 * DEEPEST or _depth(token) > DEEPEST:
            writer.too_deep(line)
            return True
        if token.type in ("inline", "fence", "code_block") and is_too_long(token.content):
            writer.paragraph_too_long(token.content, line)
            return True
    return False


def _too_much(body: str) -> tuple[int, tuple[str, str]] | None:
    """The line on which there is more than can be read, what is wrong with it, and the fix."""
    brackets = 0
    for number, line in enumerate(body.split("\n"), 1):
        brackets += line.count("[")
        if brackets > MOST_BRACKETS:
            words = (
                f"Up to here there are more than {MOST_BRACKETS:,} brackets, which no article has"
            )
            return number, (words, "Take out what is no text")
        if line.count("|") > MOST_COLUMNS:
            words = f"A table has more than {MOST_COLUMNS} columns here, which no page can show"
            return number, (words, "Make more tables of it, or a list")
    return None


def _ids(article: Article) -> set[str]:
    """The places in an article that its links may lead to."""
    sections = {f"#{section.id}" for section in walk_sections(article.sections)}
    return sections | {f"#{note.id}" for note in article.notes}


def _outline(tokens: Sequence[Token]) -> Outline:
    """Where headings, code and quotations are.

    A mark over a line of dashes only looks like a heading.
    """
    spans = [(token, token.map) for token in tokens if token.map]
    return Outline(
        {
            end - 1: start
            for (token, (start, end)), (inline, _) in pairwise(spans)
            if token.type == "heading_open"
            and token.level == 0
            and not is_choice(inline.content)
            and not (is_mark(inline.content) and token.markup in ("-", "="))
        },
        {
            line
            for token, (start, end) in spans
            if token.type in ("fence", "code_block", "html_block")
            for line in range(start, end)
        },
        {start for token, (start, _) in spans if token.type == "blockquote_open"},
    )


class _Markdown:
    """Turns the syntax tree of one article into its parts."""

    def __init__(
        self, writer: Writer, above: int, voices: dict[int, VoiceMark], nowhere: frozenset[str]
    ) -> None:
        self.writer = writer
        self.above = above
        self.voices = voices
        self.nowhere = nowhere
        self.places: set[str] = set()
        self.note_numbers: dict[str, int] = {}

    def line(self, node: SyntaxTreeNode) -> int:
        """The line of `node` in the file, from 1."""
        while node.map is None and node.parent is not None:
            node = node.parent
        return self.above + 1 + (node.map[0] if node.map else 0)

    # ------------------------------------------------------------ parts

    def parts(self, nodes: Sequence[SyntaxTreeNode]) -> Parts:
        """The article's parts in reading order."""
        rules = [at for at, node in enumerate(nodes) if node.type == "hr"]
        headings = [at for at, node in enumerate(nodes) if node.type == "heading"]
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

    def body(self, nodes: Iterable[SyntaxTreeNode]) -> Iterator[Heading | Block]:
        """Headings and blocks; a heading of level 1 is a section's, the title stands above."""
        for node in nodes:
            if node.type != "heading":
                yield from self.blocks([node])
                continue
            content = self.inlines(node.children)
            level = int(node.tag[1])
            if not plain_text(content).strip():
                self.writer.warn(
                    "empty-heading", "This heading has no words", "Write or remove it",
                    self.line(node),
                )  # fmt: skip
                continue
            if level == 1:
                self.writer.warn(
                    "heading-of-level-1",
                    f"“{plain_text(content)}” is a heading of level 1, which is the title’s",
                    "Write it with ##; it is treated so for now",
                    self.line(node),
                )
                level = 2
            yield self.writer.heading(level, content, self.line(node))

    def byline(
        self, nodes: Sequence[SyntaxTreeNode]
    ) -> tuple[Paragraph | None, Sequence[SyntaxTreeNode]]:
        """The byline, where the closing begins with a paragraph wholly in bold, and the rest."""
        if nodes and nodes[0].type == "paragraph":
            content = self.inlines(nodes[0].children)
            if len(content) == 1 and isinstance(content[0], Strong):
                line = self.line(nodes[0])
                return self.writer.paragraph(content[0].content, line), nodes[1:]
        return None, nodes

    def notes(self, blocks: Iterable[SyntaxTreeNode]) -> Iterator[Note]:
        """Footnotes in the order in which they are called."""
        for block in blocks:
            for node in block.children:
                label = _note_label(node)
                number = self.note_numbers.get(label)
                if number is not None:
                    yield Note(_note_id(number), number, tuple(self.blocks(node.children)))

    # ------------------------------------------------------------ blocks

    def blocks(self, nodes: Iterable[SyntaxTreeNode]) -> Iterator[Block]:
        """The blocks that stand in `nodes`."""
        for node in nodes:
            match node.type:
                case "paragraph":
                    yield from self.paragraph(node)
                case "bullet_list" | "ordered_list":
                    yield self.list_block(node)
                case "blockquote":
                    yield self.quote(node)
                case "table":
                    yield self.table(node)
                case "code_block" | "fence":
                    code = (Code(" ".join(node.content.split())),)  # all lines run on in a cue
                    yield self.writer.paragraph(code, self.line(node))
                case "html_block":
                    yield from self.html_block(node)
                case "heading":
                    yield self.heading_inside(node)
                case "hr" | "footnote_anchor":
                    pass
                case _:
                    yield from self.blocks(node.children)

    def paragraph(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """A paragraph; pictures in it stand after it, and alone they are figures."""
        line = self.line(node)
        content = _trimmed(self.inlines(node.children))
        pictures = [inner for inner in node.walk() if inner.type == "image"]
        if plain_text(content).strip():
            yield self.writer.paragraph(content, line)
            if pictures:
                self.writer.warn(
                    "picture-in-text",
                    "A picture stands inside a paragraph; it is shown after it",
                    "Give the picture a paragraph of its own",
                    line,
                )
        for picture in pictures:
            alt = "".join(child.content for child in picture.walk() if child.type == "text")
            target, caption = str(picture.attrs["src"]), str(picture.attrs.get("title", ""))
            figure = read_figure(self.writer, (target, alt, caption), line)
            if figure:
                yield figure

    def list_block(self, node: SyntaxTreeNode) -> ListBlock:
        """A list, its points and what is nested in them."""
        block_id = self.writer.ids.block("list", _words(node))
        entries = []
        for child in node.children:
            entry_id = self.writer.ids.block("entry", _words(child))
            place = self.writer.place(self.line(child))
            entries.append(ListEntry(entry_id, place, tuple(self.blocks(child.children))))
        ordered = node.type == "ordered_list"
        start = int(node.attrs.get("start", 1)) if ordered else 1
        place = self.writer.place(self.line(node))
        return ListBlock(block_id, place, tuple(entries), ordered, start)

    def quote(self, node: SyntaxTreeNode) -> Quote:
        """A quotation; of two that begin on one line, the inner one has the voice named there."""
        inner = tuple(self.blocks(node.children))
        block_id = self.writer.ids.block("quote", _words(node))
        line = self.line(node)
        return Quote(block_id, self.writer.place(line), inner, self.voices.pop(line, None))

    def table(self, node: SyntaxTreeNode) -> Table:
        """A table with one row of headers."""
        block_id = self.writer.ids.block("table", _words(node))
        rows = [row for row in node.walk() if row.type == "tr"]
        cells = [tuple(self.cell(cell) for cell in row.children) for row in rows]
        return Table(block_id, self.writer.place(self.line(node)), cells[0], tuple(cells[1:]))

    def cell(self, node: SyntaxTreeNode) -> Cell:
        """One cell; its alignment is what the line of dashes says."""
        content = _trimmed(self.inlines(node.children))
        cell_id = self.writer.ids.block("cell", plain_text(content))
        align = str(node.attrs.get("style", "")).removeprefix("text-align:")
        return Cell(cell_id, read_sentences(content, self.writer.ids), align)

    def html_block(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """The words of raw HTML as a paragraph; its tags, scripts and comments are dropped."""
        if re.fullmatch(r"(\s*<!--.*?-->\s*)*", node.content, re.S):
            return
        self.warn_html(node)
        words = " ".join(TAG.sub(" ", HIDDEN_HTML.sub(" ", node.content)).split())
        if words:
            yield self.writer.paragraph((Text(words),), self.line(node))

    def heading_inside(self, node: SyntaxTreeNode) -> Paragraph:
        """A heading inside a quote or a list is no heading of the article."""
        self.writer.warn(
            "heading-inside",
            "A heading stands inside a list or a quote; it is shown as strong words",
            "Move it out, or write the words in **bold**",
            self.line(node),
        )
        return self.writer.paragraph((Strong(self.inlines(node.children)),), self.line(node))

    # ------------------------------------------------------------ inlines

    def inlines(self, nodes: Iterable[SyntaxTreeNode]) -> tuple[Inline, ...]:
        """The inlines of `nodes`, neighbouring plain words joined."""
        joined: list[Inline] = []
        for inline in (each for node in nodes for each in self.inline(node)):
            last = joined[-1] if joined else None
            if isinstance(inline, Text) and isinstance(last, Text):
                joined[-1] = Text(last.text + inline.text)
            else:
                joined.append(inline)
        return tuple(joined)

    def inline(self, node: SyntaxTreeNode) -> Iterator[Inline]:  # noqa: C901  (one case a kind)
        """What one node of running text becomes; pictures are gathered by their paragraph."""
        match node.type:
            case "text":
                if node.content:
                    yield Text(node.content)
            case "softbreak":
                yield Text(" ")
            case "hardbreak":
                yield LineBreak()
            case "code_inline":
                yield Code(node.content)
            case "strong":
                yield Strong(self.inlines(node.children))
            case "em":
                yield Emphasis(self.inlines(node.children))
            case "link":
                yield from self.link(node)
            case "span":
                yield from self.span(node)
            case "footnote_ref":
                label = _note_label(node)
                number = self.note_numbers.setdefault(label, len(self.note_numbers) + 1)
                yield NoteMark(_note_id(number), number)
            case "html_inline":
                if not node.content.startswith("<!--"):
                    self.warn_html(node)
            case "image" | "footnote_anchor":
                pass
            case _:
                yield from self.inlines(node.children)

    def link(self, node: SyntaxTreeNode) -> Iterator[Inline]:
        """A link; one that leads where no reader should go leaves its words."""
        content = self.inlines(node.children)
        written = str(node.attrs.get("href", ""))
        inside = written.startswith("#") and written not in self.nowhere
        target = written if inside else safe_target(written)
        if target and plain_text(content).strip():
            self.places |= {target} if inside else set()
            yield Link(content, target)
            return
        what = "no place in this article" if written in self.nowhere else "not a web address"
        self.writer.warn(
            "link-target",
            f"The link “{plain_text(content)}” leads to “{shortened(written)}”, which is {what}",
            "Begin it with https://, mailto: or tel:; its words are kept",
            self.line(node),
        )
        yield from content

    def span(self, node: SyntaxTreeNode) -> Iterator[Inline]:
        """`[words]{lang=fr}`; other attributes mean nothing here."""
        content = self.inlines(node.children)
        lang = str(node.attrs.get("lang", ""))
        if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", lang):
            yield Foreign(content, lang)
        else:
            yield from content

    def warn_html(self, node: SyntaxTreeNode) -> None:
        """HTML was found and is not passed on."""
        self.writer.warn(
            "raw-html",
            "HTML is not passed on; its words are kept, its tags are not",
            "Write it as Markdown",
            self.line(node),
        )


def _depth(token: Token) -> int:
    """How deep the marks of running text are nested in a token."""
    return max((child.level for child in token.children or ()), default=0)


def _words(node: SyntaxTreeNode) -> str:
    """All words in `node` on one line, for its id."""
    words = (child.content for child in node.walk() if child.type in ("text", "fence"))
    return " ".join(" ".join(words).split())


def _trimmed(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """`content` without plain white space at its ends."""
    if content and isinstance(content[0], Text):
        content = (replace(content[0], text=content[0].text.lstrip()), *content[1:])
    if content and isinstance(content[-1], Text):
        content = (*content[:-1], replace(content[-1], text=content[-1].text.rstrip()))
    return tuple(inline for inline in content if inline != Text(""))


def _note_label(node: SyntaxTreeNode) -> str:
    return str(node.meta.get("label", node.meta.get("id", "")))


def _note_id(number: int) -> str:
    return f"note-{number}"
