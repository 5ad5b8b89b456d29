"""What differs between two versions of an article, a sentence at a time."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leafcast.document.article import (
    Article,
    Heading,
    Note,
    Sentence,
    Table,
    block_sentences,
    walk_blocks,
)
from leafcast.document.origin import Origin
from leafcast.practice.project import Project
from leafcast.readers import READERS
from leafcast.studio.editor import Row, rows

Parts = tuple[tuple[bool, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as a reader sees it; the paragraph, heading or cell it stands in, and the block of
    the editor with its place among them. The title has none of them.
    """

    text: str
    sentence: Sentence | None = None
    within: object = None
    row: Row | None = None
    at: int = -1


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence as it was then and as it is now, each in parts that are the same or differ.

    `then_at` and `now_at` are its places among the lines; None where it is not there. `after` is
    the line of now that stands before it.
    """

    then: Parts
    now: Parts
    then_at: int | None = None
    now_at: int | None = None
    after: int = 0


def article_in(project: Project, text: str | None, slug: str) -> Article | None:
    """The article that a text of source/ says."""
    if text is None:
        return None
    return READERS[".md"](text, Origin(f"source/{slug}.md", slug, project.source)).article


def lines(article: Article | None) -> tuple[Line, ...]:
    """The sentences of an article in reading order, the title first; none where there is none."""
    if article is None:
        return ()
    found = [Line(article.title)]
    for at, (_, row) in enumerate(rows(article)):
        found += [Line(each.text, each, within, row, at) for within, each in _placed(row)]
    return tuple(found)


def _placed(row: Row | None) -> Iterator[tuple[object, Sentence]]:
    """The sentences of a block, each with what it stands in."""
    match row:
        case None:
            return
        case Heading():
            yield from ((row, each) for each in row.sentences)
        case Note():
            for block in row.blocks:
                yield from _placed(block)
        case _:
            for block in walk_blocks((row,)):
                cells = (block.head, *block.rows) if isinstance(block, Table) else ()
                for cell in (cell for line in cells for cell in line if not cell.part_of):
                    yield from ((cell, each) for each in cell.sentences)
                if not cells:
                    yield from ((block, each) for each in block_sentences(block))


def differences(then: Sequence[Line], now: Sequence[Line]) -> Iterator[Difference]:
    """The sentences that differ, in reading order, with the words that do."""
    if then and now and then[0].text != now[0].text:
        yield _difference(then, now, 0, 0, 0)
    old, new = ([each.text for each in all_[1:]] for all_ in (then, now))
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            continue
        for at in range(max(i2 - i1, j2 - j1)):
            i = 1 + i1 + at if i1 + at < i2 else None
            j = 1 + j1 + at if j1 + at < j2 else None
            yield _difference(then, now, i, j, min(j1 + at, j2))


def _difference(
    then: Sequence[Line], now: Sequence[Line], i: int | None, j: int | None, after: int
) -> Difference:
    old, new = "" if i is None else then[i].text, "" if j is None else now[j].text
    a, b = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    was, is_ = [], []
    for what, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if i2 > i1:
            was.append((what != "equal", "".join(a[i1:i2])))
        if j2 > j1:
            is_.append((what != "equal", "".join(b[j1:j2])))
    return Difference(tuple(was), tuple(is_), i, j, after)
