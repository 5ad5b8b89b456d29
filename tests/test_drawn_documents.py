"""Documents drawn with everything the model holds, written as Markdown, Word and HTML, and read back:
the same words, the same calls of notes, the same structure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
    plain_text,
)
from leafcast.document.origin import Origin
from leafcast.readers import READERS
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
    """A block: its kind, its words, and what it holds."""

    kind: str
    words: tuple[Words, ...] = ()
    inner: tuple[tuple[Drawn, ...], ...] = ()
    rows: tuple[tuple[tuple[Words, ...], ...], ...] = ()


SAID = st.sampled_from(
    ["it is so", "grief", "20 mg", "don’t", "“Yes”", "It works.", "Why? Because.", "é", "a b c",
     "£60", "one, two", "(see below)", "Dr. Smith", "e.g. this"]
)  # fmt: skip
WORDS = st.builds(
    Words, SAID, st.sampled_from(["", "", "", "strong", "emphasis", "french", "link", "break"])
) | st.builds(Words, st.sampled_from(["", " "]), st.just("note"), st.integers(1, 3))
LINES = st.tuples(
    st.builds(Words, st.sampled_from(["It begins with words here", "Then there is more of it"])),
    st.lists(WORDS, max_size=5).map(tuple),
    st.builds(Words, st.sampled_from(["and ends.", "and so it ends. That is all."])),
).map(lambda parts: (parts[0], *parts[1], parts[2]))
CELLS = st.lists(
    WORDS.filter(lambda words: words.mark not in ("break", "note")), min_size=1, max_size=2
)
PARAGRAPHS = st.builds(Drawn, st.just("paragraph"), LINES)
HEADS = CELLS.map(lambda cell: tuple(Words(each.text) for each in cell))
TABLES = st.builds(
    lambda head, rows: Drawn("table", rows=(head, *rows)),
    st.tuples(HEADS, HEADS),
    st.lists(st.tuples(CELLS.map(tuple), CELLS.map(tuple)), min_size=1, max_size=2),
)


def _lists(inner: st.SearchStrategy[Drawn]) -> st.SearchStrategy[Drawn]:
    entry = st.tuples(PARAGRAPHS) | st.tuples(PARAGRAPHS, inner)
    entries = st.lists(entry, min_size=2, max_size=3).map(tuple)
    return st.builds(Drawn, st.sampled_from(["bullets", "numbers"]), st.just(()), entries)


LISTS = _lists(_lists(PARAGRAPHS))
QUOTES = st.lists(PARAGRAPHS, min_size=1, max_size=2).map(
    lambda blocks: Drawn("quote", inner=(tuple(blocks),))
)
HEADINGS = st.builds(
    Drawn,
    st.sampled_from(["heading 2", "heading 3"]),
    st.lists(st.builds(Words, SAID, st.sampled_from(["", "french"])), max_size=2).map(
        lambda words: (Words("What it is"), *words)
    ),
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
        return ("table", tuple(tuple(running(cell, numbers) for cell in row) for row in block.rows))
    if block.inner:
        inside = tuple(tuple(wanted(each, numbers) for each in inner) for inner in block.inner)
        return (block.kind, inside)
    return (block.kind, *running(block.words, numbers))


def running(words: tuple[Words, ...], numbers: dict[int, int]) -> Shape:
    marked = tuple((each.mark, each.text) for each in words if each.mark in MARKS)
    calls = tuple(numbers[each.note] for each in words if each.note)
    return (said(words), marked, calls)


MARKS = {"strong", "emphasis", "french", "link"}


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
            cells = tuple(tuple(_running(cell.sentences) for cell in row) for row in (head, *rows))
            return ("table", cells)
        case _:
            raise AssertionError(block)


def _running(sentences: tuple[Sentence, ...]) -> Shape:
    marked = tuple(each for sentence in sentences for each in _marked(sentence.content))
    calls = tuple(
        int(note.removeprefix("note-")) for each in sentences for note in called_notes(each.content)
    )
    return (" ".join(" ".join(each.text for each in sentences).split()), marked, calls)


def _marked(content: tuple[Inline, ...]) -> Iterator[tuple[str, str]]:
    names = {Strong: "strong", Emphasis: "emphasis", Foreign: "french", Link: "link"}
    for inline in content:
        if isinstance(inline, Strong | Emphasis | Foreign | Link):
            yield names[type(inline)], plain_text(inline.content)


def pieces(marked: tuple[tuple[str, str], ...]) -> list[str]:
    """Marked words one by one, so that neighbours marked alike, or cut at a sentence, are the same."""
    return [f"{mark} {word}" for mark, text in marked for word in text.split()]


def loosened(thing: Any) -> Any:
    """`thing` with its marks word by word."""
    if (
        isinstance(thing, tuple)
        and thing
        and all(isinstance(each, tuple) and len(each) == 2 and each[0] in MARKS for each in thing)
    ):
        return tuple(pieces(thing))
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
            rows = [f"| {' | '.join(map(_markdown_words, row))} |" for row in block.rows]
            return "\n".join([rows[0], "|---|---|", *rows[1:]])
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


def _markdown_words(words: tuple[Words, ...]) -> str:
    marks = {
        "": "{}", "strong": "**{}**", "emphasis": "*{}*", "french": "[{}]{{lang=fr}}",
        "link": "[{}](https://example.org/x)", "break": "\\\n{}",
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
            "break": "<br>{}",
        }  # fmt: skip

        def call(each: Words) -> str:
            calls[each.note] = calls.get(each.note, 0) + 1
            return f"<sup id='r{each.note}-{calls[each.note]}'><a href='#f{each.note}'>{each.note}</a></sup>"

        return _spaced(drawn, marks, call, escape)

    def written(block: Drawn) -> str:
        match block.kind.split():
            case ["heading", level]:
                return f"<h{level}>{words(block.words)}</h{level}>"
            case ["quote"]:
                return f"<blockquote>{''.join(map(written, block.inner[0]))}</blockquote>"
            case ["table"]:
                head, *rows = block.rows
                lines = [f"<tr>{''.join(f'<th>{words(cell)}</th>' for cell in head)}</tr>"]
                lines += [
                    f"<tr>{''.join(f'<td>{words(cell)}</td>' for cell in row)}</tr>" for row in rows
                ]
                return f"<table>{''.join(lines)}</table>"
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
    code = '<w:r><w:instrText> HYPERLINK "https://example.org/x" </w:instrText></w:r>'
    begin, separate, end = (
        f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in ("begin", "separate", "end")
    )
    return f"{begin}{code}{separate}{_run(text, properties)}{end}"


def _word_words(drawn: tuple[Words, ...], upright: str) -> str:
    looks = {"strong": "<w:b/>", "emphasis": "<w:i/>", "french": "<w:lang w:val='fr'/>"}
    written = ""
    for each in drawn:
        gap = _run(" ", upright) if written and each.mark != "break" else ""
        look = looks.get(each.mark, "") + (upright if each.mark != "emphasis" else "")
        if each.mark == "note":
            space = _run(each.text, upright) if each.text else ""
            written += f"{space}<w:r><w:footnoteReference w:id='{each.note + 4}'/></w:r>"
        elif each.mark == "break":
            written += f"<w:r><w:br/></w:r>{_run(each.text, look)}"
        else:
            written += gap + (_linked if each.mark == "link" else _run)(each.text, look)
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


def _word_block(block: Drawn) -> Iterator[str]:
    match block.kind.split():
        case ["heading", level]:
            yield _word_paragraph(block.words, f"Heading{int(level) - 1}")
        case ["quote"]:
            yield from (_word_paragraph(each.words, "Quote") for each in block.inner[0])
        case ["table"]:
            head, *rows = (
                "".join(f"<w:tc>{_word_paragraph(cell)}</w:tc>" for cell in row)
                for row in block.rows
            )
            first = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{head}</w:tr>"
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
