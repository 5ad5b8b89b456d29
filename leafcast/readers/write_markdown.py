"""Article → Markdown: the file an owner goes on with, which reads back as the same article.

What Markdown would take for a mark is escaped; nothing else is, so that the file stays pleasant to
edit. A paragraph is one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from leafcast.document.article import (
    Article,
    Block,
    Cell,
    Code,
    Emphasis,
    Figure,
    Foreign,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    ListEntry,
    NoteMark,
    Paragraph,
    Quote,
    Section,
    Sentence,
    Strong,
    Table,
    Text,
    joined_sentences,
    plain_text,
)
from leafcast.readers.links import with_links
from leafcast.readers.mark_kinds import may_be_mark

ALWAYS: Final = re.compile(
    r"[\\`*\[\]{]|_|&(?=#?\w+;)|<(?=[A-Za-z/!?])|~(?!\s)|\^(?=\d{1,3}\^)|=(?==)|%(?=%)"
)
"""What is a mark anywhere in a line (CommonMark 2.4, 6; `{` begins attributes), or in other
programs' Markdown (`site_code`, `notebooks`).
"""
AT_START: Final = re.compile(r"(?=[#>+=~:-])|(\d{1,9})(?=[.)](?:\s|$))")
"""What is a mark at the start of a line only."""
MERGED_MARK: Final = re.compile(r"^(?:\^\^|<<)$")
"""What a cell of a table says that is one with another."""


@dataclass(frozen=True, slots=True)
class Written:
    """Markdown, and where each line of the source went: from its line to that of the text."""

    text: str
    lines: dict[int, int]


@dataclass(slots=True)
class _Lines:
    """Lines as they are written, with the source's lines of the blocks that begin on them."""

    lines: list[str] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)

    def add(self, lines: Sequence[str], place: int | None = None) -> None:
        """Add a block, a blank line above it."""
        if self.lines:
            self.lines.append("")
        if place:
            self.places.setdefault(place, len(self.lines) + 1)
        self.lines += lines


def write_markdown(article: Article) -> Written:
    """`article` as Markdown with front matter."""
    out = _Lines(list(_front(article)))
    marks = _marks(article)
    if marks:
        out.add(marks)
    _add_blocks(out, article.introduction)
    for section in article.sections:
        _add_section(out, section)
    if article.byline or article.call_to_action:
        out.add(["---"])
    if article.byline:
        content = joined_sentences(article.byline.sentences)
        out.add([f"**{_inlines(_without_strong(content))}**"], article.byline.place.line)
    _add_blocks(out, article.call_to_action)
    for note in article.notes:
        first, *rest = _blocks(note.blocks) or [""]
        out.add([f"[^{note.number}]: {first}", *(_indented(line, 4) for line in rest)])
    return Written("\n".join(out.lines) + "\n", out.places)


def _front(article: Article) -> Iterator[str]:
    yield "---"
    yield f"title: {quoted(article.title)}"
    yield f"subtitle: {quoted(article.subtitle)}"
    yield f"author: {quoted(article.author)}"
    yield f"language: {article.language}"
    yield f"summary: {quoted(article.summary)}"
    yield f"published: {article.published}"
    yield f"review: {article.review}"
    if article.narrator:
        yield f"voice: {article.narrator.name}"
    for key in ("accent", "motif", "cover"):
        if words := getattr(article.face, key):
            yield f"{key}: {quoted(words)}"
    yield "---"


def quoted(words: str) -> str:
    """`words` as a YAML string, whatever stands in them."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _add_section(out: _Lines, section: Section) -> None:
    heading = section.heading
    words = _inlines(joined_sentences(heading.sentences))
    words = re.sub(r"#(?=#*$)", r"\\#", words)  # at the end they would close the heading
    out.add([f"{'#' * heading.level} {words}"], heading.place.line)
    out.lines += _marks(section)
    _add_blocks(out, section.blocks)
    for inner in section.sections:
        _add_section(out, inner)


def _marks(marked: Article | Section) -> list[str]:
    """The owner's marks, a line each."""
    lines = []
    if leaflet := marked.leaflet:
        lines.append(f"leaflet: {_words(leaflet.shorter) or leaflet.choice}")
    if say := marked.say:
        lines.append(f"say: {_words(say.words) or say.choice}")
    if voice := marked.voice:
        lines.append(f"voice: {voice.name}")
    return lines


def _words(paragraph: Paragraph | None) -> str:
    """The words of a mark in quotes; one of their own at the end would be taken for the last."""
    if paragraph is None:
        return ""
    words = _inlines(joined_sentences(paragraph.sentences))
    return f'"{words[:-1]}&quot;"' if words.endswith('"') else f'"{words}"'


# ---------------------------------------------------------------- blocks


def _add_blocks(out: _Lines, blocks: Sequence[Block]) -> None:
    """Add blocks; lists side by side have different bullets, so that they stay two."""
    for block, second in _with_turn(blocks):
        out.add(_block(block, second=second), block.place.line)
        if isinstance(block, ListBlock):
            _note_places(out, block)


def _note_places(out: _Lines, block: ListBlock) -> None:
    """Where the points of a list went, for what was found in them."""
    at = len(out.lines) - len(_block(block, second=False)) + 1
    for entry in block.entries:
        if entry.place.line:
            out.places.setdefault(entry.place.line, at)
        at += len(_entry(entry, "- "))


def _with_turn(blocks: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """Blocks, and whether a list is to have the second kind of bullet."""
    second, before = False, None
    for block in blocks:
        beside = isinstance(block, ListBlock) and isinstance(before, ListBlock)
        second = beside and not second
        yield block, second
        before = block


def _blocks(blocks: Sequence[Block]) -> list[str]:
    """Lines of blocks, blank lines between them."""
    lines: list[str] = []
    for block, second in _with_turn(blocks):
        lines += [*([""] if lines else []), *_block(block, second=second)]
    return lines


def _block(block: Block, *, second: bool) -> list[str]:
    match block:
        case Paragraph(sentences=sentences):
            return _paragraph(sentences)
        case ListBlock(entries=entries, ordered=ordered, start=start):
            lines: list[str] = []
            for number, entry in enumerate(entries, start):
                bullet = (
                    f"{number}{')' if second else '.'} " if ordered else "* " if second else "- "
                )
                loose = len(entry.blocks) > 1 and not isinstance(entry.blocks[1], ListBlock)
                lines += [*([""] if lines and loose else []), *_entry(entry, bullet)]
            return lines
        case Quote(blocks=blocks, voice=voice):
            lines = [f"voice: {voice.name}", ""] if voice else []
            return [f"> {line}".rstrip() for line in (*lines, *_blocks(blocks))]
        case Table(head=head, rows=rows):
            dashes = {"": "---", "left": ":---", "right": "---:", "center": ":---:"}
            grid = (head, *rows)
            cells = [
                [_cell(cell, _cell_above(grid, at, column)) for column, cell in enumerate(row)]
                for at, row in enumerate(grid)
            ]
            cells.insert(1, [dashes[cell.align] for cell in head])
            return [f"| {' | '.join(row)} |" for row in cells]
        case Figure():
            return [_figure(block)]


def _entry(entry: ListEntry, bullet: str) -> list[str]:
    """A point: its first line behind the bullet, the others under it."""
    lines: list[str] = []
    for block, second in _with_turn(entry.blocks):
        gap = lines and not (len(entry.blocks) == 2 and _may_follow_text(block))
        lines += [*([""] if gap else []), *_block(block, second=second)]
    first, *rest = lines or [""]
    return [f"{bullet}{first}".rstrip(), *(_indented(line, len(bullet)) for line in rest)]


def _may_follow_text(block: Block) -> bool:
    """Whether a block directly under a line of text is seen: a list that begins with 1 is."""
    return isinstance(block, ListBlock) and (not block.ordered or block.start == 1)


def _indented(line: str, spaces: int) -> str:
    return f"{' ' * spaces}{line}" if line else ""


def _paragraph(sentences: Sequence[Sentence]) -> list[str]:
    lines = _inlines(joined_sentences(sentences)).split("\n")
    return [_start_escaped(line) for line in lines]


def _start_escaped(line: str) -> str:
    """A line whose first letters are no mark of a list, a heading or a leaflet."""
    if re.match(r"\*(?!\s)|\\", line):
        return _unmarked(line)
    found = AT_START.match(line)
    if found:
        number = found[1] or ""
        return f"{number}\\{line[len(number) :]}"
    return _unmarked(line)


def _unmarked(line: str) -> str:
    """A line that is not taken for an owner's mark, such as `leaflet: keep`."""
    if may_be_mark(line):
        return re.sub(r"[:=]", lambda found: f"\\{found[0]}", line, count=1)
    return line


def _cell_above(grid: Sequence[Sequence[Cell]], at: int, column: int) -> Cell | None:
    return grid[at - 1][column] if at else None


def _cell(cell: Cell, above: Cell | None) -> str:
    """A cell; one that names its row is strong, and one merged with another says with which."""
    if cell.part_of:
        return "^^" if above and cell.part_of in (above.id, above.part_of) else "<<"
    content = joined_sentences(cell.sentences)
    if cell.header == "row" and content:
        content = (Strong(_without_strong(content)),)
    return MERGED_MARK.sub(r"\\\g<0>", _inlines(content).replace("|", r"\|").replace("\\\n", " "))


def _figure(figure: Figure) -> str:
    alt = ALWAYS.sub(lambda found: f"\\{found[0]}", figure.alt)
    caption = plain_text(joined_sentences(figure.caption))
    escaped = re.sub(r'[\\"]|&(?=#?\w+;)', lambda found: f"\\{found[0]}", caption)
    title = f' "{escaped}"' if caption else ""
    return f"![{alt}]({_target(figure.path)}{title})"


# ---------------------------------------------------------------- inlines


def _without_strong(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """`content` without strong words in it: all of it will be strong."""
    return tuple(
        inner
        for inline in content
        for inner in (inline.content if isinstance(inline, Strong) else (inline,))
    )


def _inlines(content: Sequence[Inline]) -> str:
    written = ""
    for at, inline in enumerate(content):
        typed = isinstance(inline, Link) and _is_typed(content, at)
        piece = _inlines(inline.content) if typed and isinstance(inline, Link) else _inline(inline)
        if piece[:1] == "[" and re.search(r"(?<!\\)(?:\\\\)*[!^]$", written):
            written = f"{written[:-1]}\\{written[-1]}"  # or it would be a picture, or a note
        written += piece
    return written


def _is_typed(content: Sequence[Inline], at: int) -> bool:
    """Whether the link at `at` is one that its own words make, as they stand there."""
    before, after = content[:at][-1:], content[at + 1 :][:1]
    link = content[at]
    if (
        not isinstance(link, Link)
        or len(link.content) != 1
        or not isinstance(link.content[0], Text)
    ):
        return False
    around = [each.text if isinstance(each, Text) else "" for each in (*before, *after)]
    start = around[0] if before else ""
    text = f"{start}{link.content[0].text}{around[-1] if after else ''}"
    place = 0
    for inline in with_links((Text(text),)):
        if place == len(start) and inline == link:
            return True
        place += len(plain_text((inline,)))
    return False


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text):
            return ALWAYS.sub(lambda found: f"\\{found[0]}", text)
        case Strong(content):
            return f"**{_inlines(content)}**"
        case Emphasis(content):
            return f"*{_inlines(content)}*"
        case Link(content, target):
            return f"[{_inlines(content)}]({_target(target)})"
        case Foreign(content, lang):
            return f"[{_inlines(content)}]{{lang={lang}}}"
        case Code(text):
            longest = max(map(len, re.findall("`+", text)), default=0)
            fence, pad = "`" * (longest + 1), " " if text[:1] == "`" or text[-1:] == "`" else ""
            return f"{fence}{pad}{text}{pad}{fence}"
        case LineBreak():
            return "\\\n"
        case NoteMark(_, number):
            return f"[^{number}]"


def _target(address: str) -> str:
    """An address as the target of a link: in brackets where it holds some."""
    if re.search(r"[\s()<>]", address):
        return "<" + address.replace("<", "%3C").replace(">", "%3E") + ">"
    return address
