"""Documents drawn with everything the model holds, written as Markdown, Word and HTML, and read back:
the same words, the same calls of notes, the same structure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape as xml

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafcast.document.article import (
    Article,
    Block,
    Cell,
    Emphasis,
    Foreign,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Section,
    Sentence,
    Strong,
    Table,
    called_notes,
    joined_sentences,
    plain_text,
)
from leafcast.document.origin import Origin
from leafcast.readers import READERS, settle
from leafcast.readers.witness import witnessed
from tests.web_pages import page
from tests.word_files import W, part_of, related, repacked, with_xml

FRONT = """\
---
title: A Quiet Hour
author: Jo Example
language: en-GB
published: 2026-03-01
review: 2028-03-01
---
"""

# ---------------------------------------------------------------- what is drawn


@dataclass(frozen=True)
class Words:
    """Words marked alike: strong, emphasised, in French, a link, typed; or a note's call."""

    text: str
    mark: str = ""
    note: int = 0


@dataclass(frozen=True)
class Drawn:
    """A block: its kind, its words, and what it holds; of a table whether its first column names
    the rows, and a cell, by row and column, that is one with the next, "right" of it or "down".
    """

    kind: str
    words: tuple[Words, ...] = ()
    inner: tuple[tuple[Drawn, ...], ...] = ()
    rows: tuple[tuple[tuple[Words, ...], ...], ...] = ()
    named: bool = False
    merged: tuple[int, int, str] = (0, 0, "")

    @property
    def covered(self) -> tuple[int, int]:
        """The place over which the merged cell goes; the first where none is."""
        row, column, way = self.merged
        return (row, column + 1) if way == "right" else (row + 1, column) if way else (0, 0)


SAID = st.sampled_from(
    ["it is so", "grief", "20 mg", "don’t", "“Yes”", "It works.", "Why? Because.", "é", "a b c",
     "£60", "one, two", "(see below)", "Dr. Smith", "e.g. this"]
)  # fmt: skip
WORDS = st.builds(
    Words,
    SAID,
    st.sampled_from(
        ["", "", "", "strong", "emphasis", "french", "link", "break", "both", "strong link"]
    ),
) | st.builds(Words, st.sampled_from(["", " "]), st.just("note"), st.integers(1, 3))
LINES = st.tuples(
    st.builds(Words, st.sampled_from(["It begins with words here", "Then there is more of it"])),
    st.lists(WORDS, max_size=5).map(tuple),
    st.builds(Words, st.sampled_from(["and ends.", "and so it ends. That is all."])),
).map(lambda parts: (parts[0], *parts[1], parts[2]))
NOTE = st.builds(Words, st.sampled_from(["", " "]), st.just("note"), st.integers(1, 3))
CELLS = st.tuples(
    st.builds(Words, SAID, st.sampled_from(["", "strong", "french", "link"])),
    st.lists(WORDS.filter(lambda words: words.mark != "break"), max_size=2).map(tuple),
).map(lambda parts: (parts[0], *parts[1]))
PARAGRAPHS = st.builds(Drawn, st.just("paragraph"), LINES)
HEADS = CELLS.map(lambda cell: tuple(Words(each.text) for each in cell if each.mark != "note"))
NAMES = st.sampled_from(["Monday", "In the evening", "é", "20 mg"]).map(lambda name: (Words(name),))
MERGED = st.sampled_from(
    [(0, 0, ""), (1, 1, "right"), (2, 1, "right"), (1, 1, "down"), (1, 2, "down")]
)


def _table(head: Any, rows: Any, named: bool, merged: tuple[int, int, str]) -> Drawn:
    drawn = Drawn("table", rows=(head, *rows), named=named, merged=merged)
    row, column = drawn.covered
    cells = [list(each) for each in drawn.rows]
    if row:
        cells[row][column] = ()
    return replace(drawn, rows=tuple(map(tuple, cells)))


TABLES = st.builds(
    _table,
    st.tuples(HEADS, HEADS, HEADS),
    st.lists(st.tuples(NAMES, CELLS, CELLS), min_size=2, max_size=3),
    st.booleans(),
    MERGED,
)


def _lists(inner: st.SearchStrategy[Drawn]) -> st.SearchStrategy[Drawn]:
    entry = st.tuples(PARAGRAPHS) | st.tuples(PARAGRAPHS, inner)
    entries = st.lists(entry, min_size=2, max_size=3).map(tuple)
    return st.builds(Drawn, st.sampled_from(["bullets", "numbers"]), st.just(()), entries)


LISTS = _lists(_lists(_lists(PARAGRAPHS)))
QUOTES = st.lists(PARAGRAPHS, min_size=1, max_size=2).map(
    lambda blocks: Drawn("quote", inner=(tuple(blocks),))
)
HEADINGS = st.builds(
    Drawn,
    st.sampled_from(["heading 2", "heading 3"]),
    st.tuples(
        st.lists(st.builds(Words, SAID, st.sampled_from(["", "french"])), max_size=2),
        st.lists(NOTE, max_size=1),
    ).map(lambda parts: (Words("What it is"), *parts[0], *parts[1])),
)
DOCUMENTS = st.lists(
    st.one_of(PARAGRAPHS, PARAGRAPHS, TABLES, LISTS, QUOTES, HEADINGS), min_size=1, max_size=6
).map(lambda blocks: apart((Drawn("paragraph", (Words("It begins. Here."),)), *blocks)))
END = Drawn("paragraph", (Words("This is the end. It is."),))
NOTES = {1: "Do not stop your tablets.", 2: "Ask first. Then go.", 3: "So they say."}


def apart(blocks: tuple[Drawn, ...]) -> tuple[Drawn, ...]:
    """`blocks` with a paragraph after each list, quotation and heading, as people write them."""
    after = Drawn("paragraph", (Words("Words stand between. Always."),))
    kept: list[Drawn] = []
    for block in blocks:
        level = block.kind == "heading 3" and not any(each.kind == "heading 2" for each in kept)
        kept.append(Drawn("heading 2", block.words) if level else block)
        kept += [after] if block.kind != "paragraph" else []
    return (*kept, END)


# ---------------------------------------------------------------- what is wanted of all three


Shape = tuple[Any, ...]
"""A block: its kind, its words or what it holds, what is marked, the notes it calls."""


def said(words: tuple[Words, ...]) -> str:
    return " ".join(" ".join(each.text for each in words if each.mark != "note").split())


def numbered(blocks: tuple[Drawn, ...]) -> dict[int, int]:
    """The number of each note, by the order of the calls."""
    order: dict[int, int] = {}
    for words in _all_words(blocks):
        for each in words:
            if each.note:
                order.setdefault(each.note, len(order) + 1)
    return order


def _all_words(blocks: tuple[Drawn, ...]) -> Iterator[tuple[Words, ...]]:
    for block in blocks:
        yield block.words
        for inner in block.inner:
            yield from _all_words(inner)
        for row in block.rows:
            yield from row


def wanted(block: Drawn, numbers: dict[int, int]) -> Shape:
    """What a drawn block is, as the article is to have it."""
    if block.kind == "table":
        places = [[(row, at) for at in range(3)] for row in range(len(block.rows))]
        return ("table", tuple(tuple(_place(block, *at, numbers) for at in row) for row in places))
    if block.inner:
        inside = tuple(tuple(wanted(each, numbers) for each in inner) for inner in block.inner)
        return (block.kind, inside)
    return (block.kind, *running(block.words, numbers))


def _place(table: Drawn, row: int, column: int, numbers: dict[int, int]) -> Shape:
    """A place of a table: its words, what they name, and how far its cell goes."""
    named = "row" if table.named and row and not column else ""
    if (row, column) == table.covered and row:
        words = table.rows[table.merged[0]][table.merged[1]]
        said = tuple(each for each in words if each.mark != "note")
        return (*running(said, numbers), named, 1, 1, True)
    way = table.merged[2] if (row, column) == table.merged[:2] else ""
    over = (1 + (way == "right"), 1 + (way == "down"))
    return (*running(table.rows[row][column], numbers), named, *over, False)


def running(words: tuple[Words, ...], numbers: dict[int, int]) -> Shape:
    marked = tuple((mark, each.text) for each in words for mark in MARKED.get(each.mark, ()))
    calls = tuple(numbers[each.note] for each in words if each.note)
    return (said(words), marked, calls, sum(each.mark == "break" for each in words))


MARKS = {"strong", "emphasis", "french", "link"}
MARKED = {
    **{mark: (mark,) for mark in MARKS}, "both": ("strong",),
    "strong link": ("link", "strong"),
}  # fmt: skip


def shape(article: Article) -> list[Shape]:
    """What was read, in the same form."""
    shapes = [_block(each) for each in article.introduction]
    for section in article.sections:
        shapes += _section(section)
    return shapes


def _section(section: Section) -> Iterator[Shape]:
    yield (f"heading {section.heading.level}", *_running(section.heading.sentences))
    yield from map(_block, section.blocks)
    for inner in section.sections:
        yield from _section(inner)


def _block(block: Block) -> Shape:
    match block:
        case Paragraph(sentences=sentences):
            return ("paragraph", *_running(sentences))
        case ListBlock(entries=entries, ordered=ordered):
            inside = tuple(tuple(map(_block, entry.blocks)) for entry in entries)
            return ("numbers" if ordered else "bullets", inside)
        case Quote(blocks=blocks):
            return ("quote", (tuple(map(_block, blocks)),))
        case Table(head=head, rows=rows):
            return ("table", tuple(tuple(map(_cell, row)) for row in (head, *rows)))
        case _:
            raise AssertionError(block)


def _cell(cell: Cell) -> Shape:
    over = (cell.columns, cell.rows)
    return (*_running(cell.sentences), cell.header, *over, bool(cell.part_of))


def _running(sentences: tuple[Sentence, ...]) -> Shape:
    marked = tuple(each for sentence in sentences for each in _marked(sentence.content))
    calls = tuple(
        int(note.removeprefix("note-")) for each in sentences for note in called_notes(each.content)
    )
    breaks = str(joined_sentences(sentences)).count("LineBreak(")
    return (" ".join(" ".join(each.text for each in sentences).split()), marked, calls, breaks)


def _marked(content: tuple[Inline, ...]) -> Iterator[tuple[str, str]]:
    names = {Strong: "strong", Emphasis: "emphasis", Foreign: "french", Link: "link"}
    for inline in content:
        if isinstance(inline, Strong | Emphasis | Foreign | Link):
            yield names[type(inline)], plain_text(inline.content)
            yield from _marked(inline.content)


def pieces(marked: tuple[tuple[str, str], ...]) -> list[str]:
    """Marked words one by one, so that neighbours marked alike, or cut at a sentence, are the same."""
    found = [(mark, word) for mark, text in marked for word in text.split()]
    return [
        f"{mark} {word}"
        for mark, word in found
        if mark != "emphasis" or ("strong", word) not in found  # Word and web: strong is enough
    ]


def loosened(thing: Any) -> Any:
    """`thing` with its marks word by word, in one order whichever is within the other."""
    if (
        isinstance(thing, tuple)
        and thing
        and all(isinstance(each, tuple) and len(each) == 2 and each[0] in MARKS for each in thing)
    ):
        return tuple(sorted(pieces(thing)))
    return tuple(map(loosened, thing)) if isinstance(thing, tuple) else thing


# ---------------------------------------------------------------- written in three ways


def markdown(blocks: tuple[Drawn, ...]) -> str:
    used = {each.note for words in _all_words(blocks) for each in words}
    notes = "\n\n".join(f"[^n{at}]: {words}" for at, words in NOTES.items() if at in used)
    return f"{FRONT}\n{_markdown(blocks)}\n\n{notes}\n"


def _markdown(blocks: tuple[Drawn, ...]) -> str:
    return "\n\n".join(map(_markdown_block, blocks))


def _markdown_block(block: Drawn) -> str:
    words = _markdown_words(block.words)
    match block.kind.split():
        case ["heading", level]:
            return f"{'#' * int(level)} {words}"
        case ["quote"]:
            return "\n".join(f"> {line}".rstrip() for line in _markdown(block.inner[0]).split("\n"))
        case ["table"]:
            rows = [
                f"| {' | '.join(_markdown_cell(block, at, column) for column in range(3))} |"
                for at in range(len(block.rows))
            ]
            return "\n".join([rows[0], "|---|---|---|", *rows[1:]])
        case ["bullets" | "numbers"]:
            points = []
            for number, inner in enumerate(block.inner, 1):
                mark = "- " if block.kind == "bullets" else f"{number}. "
                lines = _markdown(inner).split("\n")
                rest = [f"{' ' * len(mark)}{line}".rstrip() for line in lines[1:]]
                points.append("\n".join([mark + lines[0], *rest]))
            return "\n".join(points)
        case _:
            return words


def _markdown_cell(table: Drawn, row: int, column: int) -> str:
    if row and (row, column) == table.covered:
        return "<<" if table.merged[2] == "right" else "^^"
    words = _markdown_words(table.rows[row][column])
    return f"**{words}**" if table.named and row and not column else words


def _markdown_words(words: tuple[Words, ...]) -> str:
    marks = {
        "": "{}", "strong": "**{}**", "emphasis": "*{}*", "french": "[{}]{{lang=fr}}",
        "link": "[{}](https://example.org/x)", "break": "\\\n{}", "both": "***{}***",
        "strong link": "[**{}**](https://example.org/y)",
    }  # fmt: skip
    return _spaced(words, marks, lambda each: f"[^n{each.note}]", str)


def _spaced(words: tuple[Words, ...], marks: dict[str, str], call: Any, escaped: Any) -> str:
    """Words with a space between them, and calls directly behind, or behind a space."""
    written = ""
    for each in words:
        if each.mark == "note":
            written += each.text + call(each)
        else:
            gap = " " if written and each.mark != "break" else ""
            written += gap + marks[each.mark].format(escaped(each.text))
    return written


def _backs(note: int, calls: int) -> str:
    """The links back to each call of a note."""
    return " ".join(f"<a href='#r{note}-{call}'>↩</a>" for call in range(1, calls + 1))


def html(blocks: tuple[Drawn, ...]) -> bytes:
    calls: dict[int, int] = {}

    def words(drawn: tuple[Words, ...]) -> str:
        marks = {
            "": "{}", "strong": "<strong>{}</strong>", "emphasis": "<em>{}</em>",
            "french": "<span lang='fr'>{}</span>", "link": "<a href='https://example.org/x'>{}</a>",
            "break": "<br>{}", "both": "<em><strong>{}</strong></em>",
            "strong link": "<a href='https://example.org/y'><strong>{}</strong></a>",
        }  # fmt: skip

        def call(each: Words) -> str:
            calls[each.note] = calls.get(each.note, 0) + 1
            return f"<sup id='r{each.note}-{calls[each.note]}'><a href='#f{each.note}'>{each.note}</a></sup>"

        return _spaced(drawn, marks, call, escape)

    def cell(table: Drawn, row: int, column: int) -> str:
        if row and (row, column) == table.covered:
            return ""
        ways = {"right": " colspan=2", "down": " rowspan=2", "": ""}
        over = ways[table.merged[2]] if (row, column) == table.merged[:2] else ""
        tag = "td" if row and not (table.named and not column) else "th"
        return f"<{tag}{over}>{words(table.rows[row][column])}</{tag}>"

    def written(block: Drawn) -> str:
        match block.kind.split():
            case ["heading", level]:
                return f"<h{level}>{words(block.words)}</h{level}>"
            case ["quote"]:
                return f"<blockquote>{''.join(map(written, block.inner[0]))}</blockquote>"
            case ["table"]:
                rows = (
                    "".join(cell(block, at, column) for column in range(3))
                    for at in range(len(block.rows))
                )
                return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
            case ["bullets" | "numbers"]:
                tag = "ul" if block.kind == "bullets" else "ol"
                points = (f"<li>{''.join(map(written, inner))}</li>" for inner in block.inner)
                return f"<{tag}>{''.join(points)}</{tag}>"
            case _:
                return f"<p>{words(block.words)}</p>"

    body = "".join(map(written, blocks))
    notes = "".join(
        f"<li id='f{at}'>{escape(NOTES[at])} {_backs(at, calls[at])}</li>"
        for at in NOTES
        if at in calls
    )
    return page(f"{body}<section><ol>{notes}</ol></section>" if notes else body).encode()


def word(blocks: tuple[Drawn, ...]) -> bytes:
    notes = "".join(
        f"<w:footnote w:id='{at + 4}'><w:p>{_run(words)}</w:p></w:footnote>"
        for at, words in NOTES.items()
    )
    part = f"<w:footnotes xmlns:w='{W}'>{notes}</w:footnotes>".encode()
    plain = with_part(EMPTY, [each for block in blocks for each in _word_block(block)])
    return related(plain, "footnotes", "footnotes.xml", part)


def _run(text: str, properties: str = "") -> str:
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{inside}<w:t xml:space='preserve'>{xml(text)}</w:t></w:r>"


def _linked(text: str, properties: str) -> str:
    place = "y" if "<w:b/>" in properties else "x"
    code = f'<w:r><w:instrText> HYPERLINK "https://example.org/{place}" </w:instrText></w:r>'
    begin, separate, end = (
        f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in ("begin", "separate", "end")
    )
    return f"{begin}{code}{separate}{_run(text, properties)}{end}"


def _word_words(drawn: tuple[Words, ...], upright: str) -> str:
    looks = {
        "strong": "<w:b/>", "emphasis": "<w:i/>", "french": "<w:lang w:val='fr'/>",
        "both": "<w:b/><w:i/>", "strong link": "<w:b/>",
    }  # fmt: skip
    written = ""
    for each in drawn:
        gap = _run(" ", upright) if written and each.mark != "break" else ""
        look = looks.get(each.mark, "") + ("" if each.mark in ("emphasis", "both") else upright)
        if each.mark == "note":
            space = _run(each.text, upright) if each.text else ""
            written += f"{space}<w:r><w:footnoteReference w:id='{each.note + 4}'/></w:r>"
        elif each.mark == "break":
            written += f"<w:r><w:br/></w:r>{_run(each.text, look)}"
        else:
            written += gap + (_linked if "link" in each.mark else _run)(each.text, look)
    return written


def _word_paragraph(drawn: tuple[Words, ...], style: str = "") -> str:
    properties = f"<w:pPr><w:pStyle w:val='{style}'/></w:pPr>" if style else ""
    upright = "<w:i w:val='0'/>" if style == "Quote" else ""  # which that style sets in italics
    return f"<w:p>{properties}{_word_words(drawn, upright)}</w:p>"


def _word_points(block: Drawn, depth: int) -> Iterator[str]:
    style = "ListBullet" if block.kind == "bullets" else "ListNumber"
    level = "" if depth == 1 else str(depth)
    for first, *more in block.inner:
        yield _word_paragraph(first.words, style + level)
        for each in more:
            if each.inner:
                yield from _word_points(each, depth + 1)
            else:
                yield _word_paragraph(each.words, f"ListContinue{level}")


def _word_cell(table: Drawn, row: int, column: int) -> str:
    way, is_merged = table.merged[2], (row, column) == table.merged[:2]
    if row and (row, column) == table.covered:
        below = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
        return "" if way == "right" else below
    kinds = {"right": "<w:gridSpan w:val='2'/>", "down": "<w:vMerge w:val='restart'/>", "": ""}
    said = f"<w:tcPr>{kinds[way]}</w:tcPr>" if is_merged and way else ""
    return f"<w:tc>{said}{_word_paragraph(table.rows[row][column])}</w:tc>"


def _word_block(block: Drawn) -> Iterator[str]:
    match block.kind.split():
        case ["heading", level]:
            yield _word_paragraph(block.words, f"Heading{int(level) - 1}")
        case ["quote"]:
            yield from (_word_paragraph(each.words, "Quote") for each in block.inner[0])
        case ["table"]:
            head, *rows = (
                "".join(_word_cell(block, at, column) for column in range(3))
                for at in range(len(block.rows))
            )
            look = "<w:tblPr><w:tblLook w:firstColumn='1'/></w:tblPr>" if block.named else ""
            first = f"{look}<w:tr><w:trPr><w:tblHeader/></w:trPr>{head}</w:tr>"
            yield f"<w:tbl>{first}{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
        case ["bullets" | "numbers"]:
            yield from _word_points(block, 1)
        case _:
            yield _word_paragraph(block.words)


EMPTY = with_xml()


def with_part(content: bytes, paragraphs: list[str]) -> bytes:
    """A Word file with these paragraphs behind those it has."""
    document = part_of(content, "word/document.xml").decode()
    end = document.rindex("<w:sectPr")
    body = document[:end] + "".join(paragraphs) + document[end:]
    return repacked(content, {"word/document.xml": body.encode()})


WRITERS: dict[str, Any] = {".md": markdown, ".docx": word, ".html": html}


@pytest.mark.parametrize("suffix", WRITERS)
@given(blocks=DOCUMENTS)
@settings(max_examples=12, deadline=None)
def test_a_document_is_read_back_as_it_was_drawn(suffix: str, blocks: tuple[Drawn, ...]) -> None:
    content = WRITERS[suffix](blocks)
    origin = Origin(f"source/q{suffix}", "q", Path("source"))
    reading = READERS[suffix](content, origin)
    assert reading.article, reading.findings
    numbers = numbered(blocks)
    assert loosened(tuple(shape(reading.article))) == loosened(
        tuple(wanted(block, numbers) for block in blocks)
    )
    notes = [
        " ".join(s.text for b in note.blocks for s in b.sentences) for note in reading.article.notes
    ]  # type: ignore[union-attr]
    assert notes == [NOTES[at] for at in numbers]
    seen = witnessed(content, suffix, reading, origin)
    assert [each for each in seen.findings if each.code == "words-lost"] == []


# ---------------------------------------------------------------- what a reader may get wrong

POINT = Drawn(
    "paragraph", (Words("It begins with words here"), Words("grief", "both"), Words("and ends."))
)
RICH = apart(
    (
        Drawn("paragraph", (Words("It is so."), Words(" ", "note", 2), Words("line", "break"))),
        Drawn("heading 2", (Words("What it is"), Words("", "note", 1))),
        Drawn("heading 3", (Words("What it is"), Words("é", "french"))),
        Drawn("numbers", (), ((POINT, Drawn("bullets", (), ((POINT, POINT), (POINT,)))), (POINT,))),
        Drawn("quote", inner=((POINT, POINT),)),
        *(
            _table(
                tuple((Words("grief"),) for _ in range(3)),
                [
                    (
                        (Words("Monday"),),
                        (Words("20 mg"), Words("", "note", 3)),
                        (Words("é", "link"),),
                    )
                    for _ in range(2)
                ],
                named,
                merged,
            )
            for named, merged in ((True, (1, 1, "right")), (False, (1, 2, "down")))
        ),
    )
)
FAULTS: list[tuple[str, str, Any]] = [
    (".md", "leafcast.readers.markdown_tree.ABOVE", "none"),
    (".md", "leafcast.readers.markdown_tree.BEFORE", "none"),
    (".docx", "leafcast.readers.word.blocks.names_rows", lambda table, rows: False),
    (".docx", "leafcast.readers.word.tables._repeated", lambda runs: ()),
    (".html", "leafcast.readers.web.tables._span", lambda cell, name, most: 1),
    (".html", "leafcast.readers.web.notes.CALL", re.compile("none")),
    (".html", "leafcast.readers.web.text.BREAK", " "),
    (".docx", "leafcast.readers.word.runs.BREAK", " "),
]
WRAPPED = ("lang", "strong", "target")


def is_as_drawn(suffix: str, blocks: tuple[Drawn, ...]) -> bool:
    content = WRITERS[suffix](blocks)
    reading = READERS[suffix](content, Origin(f"source/q{suffix}", "q", Path("source")))
    numbers = numbered(blocks)
    drawn = tuple(wanted(block, numbers) for block in blocks)
    return bool(reading.article) and loosened(tuple(shape(reading.article))) == loosened(drawn)  # type: ignore[arg-type]


@pytest.mark.parametrize("suffix", WRITERS)
def test_all_of_it_is_drawn_in_one(suffix: str) -> None:
    assert is_as_drawn(suffix, RICH)


@pytest.mark.parametrize(("suffix", "where", "wrong"), FAULTS)
def test_a_fault_of_a_reader_is_seen(
    suffix: str, where: str, wrong: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(where, wrong)
    assert not is_as_drawn(suffix, RICH)


@pytest.mark.parametrize("name", WRAPPED)
@pytest.mark.parametrize("suffix", [".docx", ".html"])
def test_a_lost_mark_is_seen(suffix: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {key: wrap for key, wrap in settle.WRAPPERS.items() if key != name}
    monkeypatch.setattr(settle, "WRAPPERS", kept)
    assert not is_as_drawn(suffix, RICH)
