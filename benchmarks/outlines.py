"""What a reader found in a file, in a form in which readers can be set beside each other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from leafcast.document.article import (
    Article,
    Block,
    Figure,
    Inline,
    Link,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    Section,
    Sentence,
    Table,
)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a list: its own words, its kind, and in how many lists it stands."""

    words: tuple[str, ...]
    ordered: bool
    depth: int


@dataclass(slots=True)
class Outline:
    """The words of a file in order, those of its notes last, and what stands where."""

    words: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    tables: list[tuple[int, int]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    strong: set[str] = field(default_factory=set)
    pictures: int = 0

    def say(self, text: str) -> str:
        """Add the words of `text`; gives them on one line."""
        words = words_in(text)
        self.words += words
        return " ".join(words)


def words_in(text: str) -> list[str]:
    """The words of `text`: letters and figures that stand together, whatever form they have.

    A raised 2 is a 2 (UAX #15, NFKC), so that `m²` is the same word however it is written; a soft
    hyphen is nothing.
    """
    text = text.replace("\u00ad", "")
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def in_order(wanted: Sequence[object], found: Sequence[object]) -> int:
    """How many of `wanted` stand in `found`, in their order: the longest common subsequence.

    Every bit of a long whole number is a place of `wanted` (Hyyrö 2004, “Bit-parallel LCS-length
    computation revisited”), so that books take seconds too.
    """
    places: dict[object, int] = {}
    for at, each in enumerate(wanted):
        places[each] = places.get(each, 0) | 1 << at
    every = (1 << len(wanted)) - 1
    free = every
    for each in found:
        taken = free & places.get(each, 0)
        free = (free + taken | free - taken) & every
    return len(wanted) - free.bit_count()


# ---------------------------------------------------------------- an article


def of_article(article: Article) -> Outline:
    """What leafcast read."""
    outline = Outline()
    outline.headings.append(outline.say(article.title))
    outline.say(article.subtitle)
    outline.say(article.author)
    outline.say(article.summary)
    _add_blocks(outline, article.introduction, 0)
    for section in article.sections:
        _add_section(outline, section)
    if article.byline:
        _add_blocks(outline, (article.byline,), 0)
    _add_blocks(outline, article.call_to_action, 0)
    for note in article.notes:
        _add_note(outline, note)
    return outline


def _add_section(outline: Outline, section: Section) -> None:
    outline.headings.append(_say(outline, section.heading.sentences))
    _add_blocks(outline, section.blocks, 0)
    for inner in section.sections:
        _add_section(outline, inner)


def _add_note(outline: Outline, note: Note) -> None:
    before = len(outline.words)
    _add_blocks(outline, note.blocks, 0)
    outline.notes.append(" ".join(outline.words[before:]))


def _add_blocks(outline: Outline, blocks: Sequence[Block], depth: int) -> None:
    for block in blocks:
        match block:
            case Paragraph(sentences=sentences):
                _say(outline, sentences)
            case ListBlock(entries=entries, ordered=ordered, start=start):
                for number, entry in enumerate(entries, start):
                    if ordered:
                        outline.say(str(number))  # readers see it, and a file may have it typed
                    first = entry.blocks[0] if entry.blocks else None
                    words = first.sentences if isinstance(first, Paragraph) else ()
                    outline.points.append(Point(tuple(words_in(_text(words))), ordered, depth + 1))
                    _add_blocks(outline, entry.blocks, depth + 1)
            case Quote(blocks=inner):
                before = len(outline.words)
                _add_blocks(outline, inner, depth)
                outline.quotes.append(" ".join(outline.words[before:]))
            case Table(head=head, rows=rows):
                outline.tables.append((len(rows) + 1, len(head)))
                for cell in (cell for row in (head, *rows) for cell in row):
                    _say(outline, cell.sentences)
            case Figure(caption=caption):
                outline.pictures += 1
                _say(outline, caption)


def _say(outline: Outline, sentences: Iterable[Sentence]) -> str:
    kept = tuple(sentences)
    outline.links += _targets(inline for each in kept for inline in each.content)
    return outline.say(_text(kept))


def _text(sentences: Iterable[Sentence]) -> str:
    return " ".join(sentence.text for sentence in sentences)


def _targets(inlines: Iterable[Inline]) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, Link):
            yield inline.target
        yield from _targets(getattr(inline, "content", ()))


# ---------------------------------------------------------------- what pandoc read


def of_pandoc(document: dict[str, Any]) -> Outline:
    """What pandoc read, from its JSON: what it takes for the title and its like stands first.

    Formulas are left out, for pandoc writes them in TeX; words struck through as well.
    """
    walk = _Walk()
    for key in ("title", "subtitle", "author", "date", "abstract"):
        if key in document["meta"]:
            words = walk.meta(document["meta"][key])
            if key == "title":
                walk.outline.headings.append(words)
    walk.blocks(document["blocks"], 0)
    for note in walk.waiting:
        before = len(walk.outline.words)
        walk.blocks(note, 0)
        walk.outline.notes.append(" ".join(walk.outline.words[before:]))
    return walk.outline


@dataclass(slots=True)
class _Walk:
    """Goes through pandoc's blocks; notes wait until the end."""

    outline: Outline = field(default_factory=Outline)
    waiting: list[Any] = field(default_factory=list)

    def meta(self, value: dict[str, Any]) -> str:
        """The words of a value of the metadata."""
        before = len(self.outline.words)
        match value["t"]:
            case "MetaInlines":
                self.outline.say(self.text(value["c"]))
            case "MetaBlocks":
                self.blocks(value["c"], 0)
            case "MetaList":
                for each in value["c"]:
                    self.meta(each)
        return " ".join(self.outline.words[before:])

    def blocks(self, blocks: Sequence[Any], depth: int) -> None:
        """Blocks one by one."""
        for block in blocks:
            self.block(block["t"], block.get("c"), depth)

    def block(self, kind: str, content: Any, depth: int) -> None:  # noqa: C901  (one case a kind)
        """One block."""
        match kind:
            case "Para" | "Plain":
                self.outline.say(self.text(content))
                if all(each["t"] in ("Strong", "Space", "SoftBreak") for each in content):
                    self.outline.strong.add(" ".join(self.text(content).split()))
            case "Header":
                self.outline.headings.append(self.outline.say(self.text(content[2])))
            case "CodeBlock":
                self.outline.say(content[1])
            case "LineBlock":
                for line in content:
                    self.outline.say(self.text(line))
            case "BulletList" | "OrderedList":
                self.points(content[1] if kind == "OrderedList" else content, kind, depth)
            case "BlockQuote":
                before = len(self.outline.words)
                self.blocks(content, depth)
                self.outline.quotes.append(" ".join(self.outline.words[before:]))
            case "DefinitionList":
                for term, meanings in content:
                    self.outline.say(self.text(term))
                    for meaning in meanings:
                        self.blocks(meaning, depth)
            case "Div":
                self.blocks(content[1], depth)
            case "Figure":
                self.blocks(content[2], depth)
                self.blocks(content[1][1], depth)
            case "Table":
                self.table(content, depth)

    def points(self, entries: Sequence[Any], kind: str, depth: int) -> None:
        """The points of a list."""
        for entry in entries:
            own = entry[0]["c"] if entry and entry[0]["t"] in ("Para", "Plain") else ()
            words = tuple(words_in(_Walk().text(own)))
            self.outline.points.append(Point(words, kind == "OrderedList", depth + 1))
            self.blocks(entry, depth + 1)

    def table(self, content: Any, depth: int) -> None:
        """A table; its caption stands before it."""
        _, caption, columns, head, bodies, foot = content
        self.blocks(caption[1], depth)
        rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
        self.outline.tables.append((len(rows), len(columns)))
        for row in rows:
            for cell in row[1]:
                self.blocks(cell[4], depth)

    def text(self, inlines: Sequence[Any]) -> str:
        """The words of running text."""
        return "".join(self.inline(each["t"], each.get("c")) for each in inlines)

    def inline(self, kind: str, content: Any) -> str:
        """The words of one piece of running text."""
        match kind:
            case "Str":
                return str(content)
            case "Space" | "SoftBreak" | "LineBreak":
                return " "
            case "Code":
                return str(content[1])
            case "Note":
                self.waiting.append(content)
            case "Link":
                self.outline.links.append(content[2][0])
                return self.text(content[1])
            case "Image":
                self.outline.pictures += 1
            case "Span" | "Cite" | "Quoted":
                return self.text(content[1])
            case "Emph" | "Strong" | "Underline" | "Superscript" | "Subscript" | "SmallCaps":
                return self.text(content)
        return ""
