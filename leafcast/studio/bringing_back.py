"""One sentence as it was in an earlier version: changed back, there again, or gone again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from leafcast.document.article import (
    Article,
    Block,
    Cell,
    Emphasis,
    Figure,
    Foreign,
    Heading,
    Inline,
    Link,
    ListBlock,
    ListEntry,
    Note,
    NoteMark,
    Paragraph,
    Quote,
    Sentence,
    Strong,
    Table,
    block_sentences,
    called_notes,
    walk_blocks,
)
from leafcast.studio.differing import Difference, Line, lines
from leafcast.studio.editor import Json, Row, block_of, document_of, heading_of, note_of

Change = Callable[[Sentence], tuple[Sentence, ...]]
"""What stands in the place of a sentence."""


def brought_back(then: Article, now: Article, wanted: Difference) -> Json:
    """What the editor has of `now`, with one sentence as it was `then`: changed back, there again,
    or gone again.
    """
    document, old, new = document_of(now), lines(then), lines(now)
    if wanted.then_at == 0:
        document["facts"]["title"] = then.title
        return document
    lost = old[wanted.then_at].sentence if wanted.then_at is not None else None
    if lost:
        lost = _with_its_notes(document, then, now, lost)
    if wanted.now_at is not None:
        put = (lost,) if lost else ()
        _change(document, new[wanted.now_at], lambda it: put)
    elif lost:
        _there_again(document, old, new, wanted, lost)
    return document


def _with_its_notes(document: Json, then: Article, now: Article, sentence: Sentence) -> Sentence:
    """The sentence as it calls its notes now; those that are gone are put back as well."""
    there = {_words(note): note.number for note in now.notes}
    numbers: dict[str, int] = {}
    for note in then.notes:
        if note.id in called_notes(sentence.content):
            number = there.get(_words(note), 0)
            if not number:
                number = 1 + max((each.number for each in now.notes), default=0) + len(numbers)
                document["blocks"].append(note_of(replace(note, number=number)))
            numbers[note.id] = number
    return replace(sentence, content=_called(sentence.content, numbers))


def _words(note: Note) -> str:
    return " ".join(each.text for block in note.blocks for each in block_sentences(block))


def _called(content: tuple[Inline, ...], numbers: Mapping[str, int]) -> tuple[Inline, ...]:
    """Inlines with the numbers that notes have now."""
    told: list[Inline] = []
    for each in content:
        match each:
            case NoteMark(id_, number):
                told.append(NoteMark(id_, numbers.get(id_, number)))
            case Strong() | Emphasis() | Link() | Foreign():
                told.append(replace(each, content=_called(each.content, numbers)))
            case _:
                told.append(each)
    return tuple(told)


def _change(document: Json, line: Line, change: Change) -> None:
    """Put something in the place of a line's sentence."""
    after = _with(line.row, lambda it: change(it) if it is line.sentence else (it,))
    _write(document, line.at, after)


def _write(document: Json, at: int, row: Row | None) -> None:
    """Let a block be as it is now, with the marks that it has; or none."""
    before = document["blocks"][at]
    after = [{**before, **_json(row), "kind": before["kind"]}] if row else []
    document["blocks"][at : at + 1] = after


def _there_again(
    document: Json, old: Sequence[Line], new: Sequence[Line], wanted: Difference, lost: Sentence
) -> None:
    """Put a lost sentence beside one that stood before or after it in its paragraph or list, where
    that is still there; else into a block of its own.
    """
    assert wanted.then_at is not None
    line = old[wanted.then_at]
    row = line.row
    for before, at in ((False, wanted.after), (True, wanted.after + 1)):
        beside = old[wanted.then_at + 1 :] if before else old[wanted.then_at - 1 : 0 : -1]
        near = next((each for each in _of_row(beside, line) if each.text == _text(new, at)), None)
        if near is None:
            continue
        there = new[at].row
        if near.within is line.within:
            _change(document, new[at], _with_one(lost, before=before))
            return
        if isinstance(row, ListBlock) and isinstance(there, ListBlock):
            point = _point(row, (line, near), lost)
            _write(document, new[at].at, _with_point(there, new[at], point, before=before))
            return
    blocks = document["blocks"]
    first = 1 if blocks and blocks[0]["kind"] == "opening" else 0
    if back := _alone(row, line, lost):
        blocks.insert(max(new[wanted.after].at + 1, first), _json(back))


def _of_row(all_: Iterable[Line], line: Line) -> Iterator[Line]:
    return takewhile(lambda each: each.at == line.at, all_)


def _text(all_: Sequence[Line], at: int) -> str:
    return all_[at].text if 0 < at < len(all_) else ""


def _with_one(sentence: Sentence, *, before: bool) -> Change:
    return lambda it: (sentence, it) if before else (it, sentence)


def _point(
    row: ListBlock, there: tuple[Line, Line], lost: Sentence
) -> ListEntry | tuple[Block, ...]:
    """The point of a list with the lost sentence alone; what it has below its own words, where they
    are still there.
    """
    line, near = there
    entry = next(each for each in row.entries if _holds(each, line))
    blocks = _blocks(entry.blocks, lambda it: (lost,) if it is line.sentence else ())
    return blocks if _holds(entry, near) else replace(entry, blocks=blocks)


def _with_point(
    row: ListBlock, near: Line, point: ListEntry | tuple[Block, ...], *, before: bool
) -> ListBlock:
    """A list with a point, or with what belongs to one, beside the point that is still there."""
    entries = list(row.entries)
    at = next(at for at, each in enumerate(entries) if _holds(each, near))
    if isinstance(point, ListEntry):
        entries.insert(at if before else at + 1, point)
    else:
        own = entries[at].blocks
        entries[at] = replace(entries[at], blocks=(*point, *own) if before else (*own, *point))
    return replace(row, entries=tuple(entries))


def _holds(entry: ListEntry, line: Line) -> bool:
    return any(line.within is block for block in walk_blocks(entry.blocks))


def _json(row: Row) -> Json:
    match row:
        case Heading():
            return heading_of(row)
        case Note():
            return note_of(row)
        case _:
            return block_of(row)


def _alone(row: Row | None, line: Line, lost: Sentence) -> Row | None:
    """A block with one of its sentences alone; a table or a picture is what it is only whole."""
    whole = isinstance(row, Table | Figure)
    return _with(row, lambda it: (lost,) if it is line.sentence else (it,) if whole else ())


def _with(row: Row | None, change: Change) -> Row | None:
    """A block with its sentences changed; None where no words are left in it."""
    match row:
        case None:
            return None
        case Heading():
            sentences = _each(row.sentences, change)
            return replace(row, sentences=sentences) if sentences else None
        case Note():
            blocks = _blocks(row.blocks, change)
            return replace(row, blocks=blocks) if blocks else None
        case _:
            return _block(row, change)


def _block(block: Block, change: Change) -> Block | None:
    match block:
        case Paragraph():
            sentences = _each(block.sentences, change)
            return replace(block, sentences=sentences) if sentences else None
        case ListBlock():
            entries = tuple(_entries(block.entries, change))
            return replace(block, entries=entries) if entries else None
        case Quote():
            blocks = _blocks(block.blocks, change)
            return replace(block, blocks=blocks) if blocks else None
        case Table():
            told = tuple(_cells(row, change) for row in block.rows)
            return replace(block, head=_cells(block.head, change), rows=told)
        case Figure():
            return replace(block, caption=_each(block.caption, change))


def _each(sentences: Sequence[Sentence], change: Change) -> tuple[Sentence, ...]:
    return tuple(put for each in sentences for put in change(each))


def _blocks(blocks: Sequence[Block], change: Change) -> tuple[Block, ...]:
    return tuple(after for each in blocks if (after := _block(each, change)))


def _entries(entries: Sequence[ListEntry], change: Change) -> Iterator[ListEntry]:
    for entry in entries:
        if blocks := _blocks(entry.blocks, change):
            yield replace(entry, blocks=blocks)


def _cells(cells: Sequence[Cell], change: Change) -> tuple[Cell, ...]:
    return tuple(replace(each, sentences=_each(each.sentences, change)) for each in cells)
