"""An article as the editor has it: its facts, and a row of plain blocks of runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from leafcast.document.article import (
    Article,
    Block,
    Cell,
    Code,
    Emphasis,
    Figure,
    Foreign,
    Heading,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Note,
    NoteMark,
    Paragraph,
    Quote,
    Section,
    Sentence,
    Strong,
    Table,
    Text,
    joined_sentences,
)
from leafcast.readers.drafts import BREAK

Json = dict[str, Any]
Row = Heading | Block | Note
FACTS: Final = ("title", "subtitle", "author", "language", "summary")
DAYS: Final = ("published", "review")


def document_of(article: Article) -> Json:
    """The article for the editor: its facts, and its blocks in reading order."""
    facts = {name: getattr(article, name) for name in FACTS}
    facts |= {name: getattr(article, name).isoformat() for name in DAYS}
    return {"facts": facts, "blocks": [block for block, _ in rows(article)]}


def rows(article: Article) -> Iterator[tuple[Json, Row | None]]:
    """Each block of the editor, with what it is in the article; None where that is no words."""
    marks = _marks(article)
    if marks:
        yield {"kind": "opening", **marks}, None
    yield from _blocks(article.introduction)
    for section in article.sections:
        yield from _section(section)
    if article.byline or article.call_to_action:
        yield {"kind": "closing"}, None
    if article.byline:
        yield {"kind": "byline", "runs": _sentences(article.byline.sentences)}, article.byline
    yield from _blocks(article.call_to_action)
    for note in article.notes:
        yield note_of(note), note


def line_of(row: Row | None) -> int | None:
    """The line of the source on which a block begins."""
    return None if row is None or isinstance(row, Note) else row.place.line


def _section(section: Section) -> Iterator[tuple[Json, Row]]:
    heading = section.heading
    yield {**heading_of(heading), **_marks(section)}, heading
    yield from _blocks(section.blocks)
    for inner in section.sections:
        yield from _section(inner)


def _blocks(blocks: Iterable[Block]) -> Iterator[tuple[Json, Block]]:
    for block in blocks:
        yield block_of(block), block


def heading_of(heading: Heading) -> Json:
    """A heading, without what its section is marked with."""
    runs = _sentences(heading.sentences)
    return {"kind": "heading", "level": heading.level, "runs": runs}


def note_of(note: Note) -> Json:
    """A footnote."""
    blocks = [block_of(each) for each in note.blocks]
    return {"kind": "note", "number": note.number, "blocks": blocks}


def _marks(marked: Article | Section) -> Json:
    marks: Json = {}
    for name, mark, words in (
        ("leaflet", marked.leaflet, marked.leaflet.shorter if marked.leaflet else None),
        ("say", marked.say, marked.say.words if marked.say else None),
    ):
        if mark:
            runs = {"runs": _sentences(words.sentences)} if words else {}
            marks[name] = {"choice": mark.choice, **runs}
    if marked.voice:
        marks["voice"] = marked.voice.name
    return marks


def block_of(block: Block) -> Json:
    """A block, its words as runs."""
    match block:
        case Paragraph(sentences=sentences):
            return {"kind": "paragraph", "runs": _sentences(sentences)}
        case ListBlock(entries=entries, ordered=ordered, start=start):
            points = [[block_of(inner) for inner in entry.blocks] for entry in entries]
            return {"kind": "list", "ordered": ordered, "start": start, "entries": points}
        case Quote(blocks=blocks, voice=voice):
            quote = {"kind": "quote", "blocks": [block_of(inner) for inner in blocks]}
            return {**quote, "voice": voice.name} if voice else quote
        case Table(head=head, rows=rows):
            cells = [[_cell(cell) for cell in row] for row in (head, *rows)]
            return {"kind": "table", "aligns": [cell.align for cell in head], "rows": cells}
        case Figure(path=path, alt=alt, caption=caption):
            runs = _sentences(caption)
            return {"kind": "picture", "path": path, "alt": alt, "caption": runs}


def _cell(cell: Cell) -> Json:
    """A place of a table; what it is merged with is named by ids."""
    given: Json = {"id": cell.id, "runs": _sentences(cell.sentences)}
    for name, value in (("header", cell.header), ("part", cell.part_of)):
        given |= {name: value} if value else {}
    for name, count in (("columns", cell.columns), ("rows", cell.rows)):
        given |= {name: count} if count != 1 else {}
    return given


def _sentences(sentences: Sequence[Sentence]) -> list[Json]:
    return list(_joined(_runs(joined_sentences(sentences), {})))


def _runs(content: Iterable[Inline], marks: Json) -> Iterator[Json]:
    """Inlines as runs, each with all the marks it stands in."""
    for inline in content:
        match inline:
            case Text(text):
                yield {"text": text, **marks}
            case Code(text):
                yield {"text": text, **marks, "code": True}
            case LineBreak():
                yield {"text": BREAK}
            case NoteMark(_, number):
                yield {"text": "", "note": number}
            case Strong(inner):
                yield from _runs(inner, {**marks, "strong": True})
            case Emphasis(inner):
                yield from _runs(inner, {**marks, "emphasis": True})
            case Link(inner, target):
                yield from _runs(inner, {**marks, "target": target})
            case Foreign(inner, lang):
                yield from _runs(inner, {**marks, "lang": lang})


def _joined(runs: Iterable[Json]) -> Iterator[Json]:
    """Runs with neighbours of the same marks as one, as a browser has them."""
    last: Json = {}
    for run in runs:
        same = {**run, "text": ""} == {**last, "text": ""} and "note" not in run
        if last and same and BREAK not in (run["text"], last["text"]):
            last = {**last, "text": last["text"] + run["text"]}
            continue
        if last:
            yield last
        last = run
    if last:
        yield last
