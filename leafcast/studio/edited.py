"""What the editor gives back, as an Article.

What the owner did not touch comes back as the very block it was; what she did is settled by the
rules that Word files are read by, so that it can be written and reads back the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from leafcast.document.article import (
    Article,
    Block,
    Cell,
    Figure,
    Heading,
    LeafletMark,
    ListBlock,
    ListEntry,
    Note,
    Paragraph,
    Quote,
    SayMark,
    Section,
    Sentence,
    Table,
    VoiceMark,
)
from leafcast.document.report import Place
from leafcast.readers.drafts import Run
from leafcast.readers.links import safe_target
from leafcast.readers.settle import nest, settle
from leafcast.studio.editor import DAYS, FACTS, Json, block_of

NOWHERE: Final = Place("")
MOST_BLOCKS: Final = 5000
DEEPEST: Final = 12


class Unclear(ValueError):
    """What came from the browser is no article."""


def article_of(document: Json, before: Article) -> Article:
    """The article as the editor has it; `before` is what the editor was given.

    Raises Unclear where that is no article.
    """
    try:
        blocks = document["blocks"]
        if len(blocks) > MOST_BLOCKS:
            raise Unclear("too many blocks")
        facts: dict[str, Any] = {
            name: " ".join(str(document["facts"][name]).split()) for name in FACTS
        }
        facts |= {name: date.fromisoformat(document["facts"][name]) for name in DAYS}
        numbers = {str(each["number"]): int(each["number"]) for each in blocks if _is_note(each)}
        return _assembled(replace(before, **facts), blocks, _Known(before, numbers))
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise Unclear(str(error)) from error


def _is_note(block: Json) -> bool:
    return bool(block["kind"] == "note")


class _Known:
    """The blocks that the editor was given, by what they looked like there."""

    def __init__(self, before: Article, numbers: Mapping[str, int]) -> None:
        self.numbers = numbers
        groups = [before.introduction, before.call_to_action]
        sections = list(before.sections)
        while sections:
            section = sections.pop()
            groups.append(section.blocks)
            sections += section.sections
        self.blocks = {_key(block_of(block)): block for blocks in groups for block in blocks}

    def block(self, given: Json) -> Block | None:
        """The block as it was, or as it is now; None where it has no words."""
        block = self.blocks.get(_key(given))
        if block is not None and self._calls_notes_there(given):
            return block
        return self.made(given, 0)

    def _calls_notes_there(self, given: object) -> bool:
        """Whether every note called in it is still there."""
        if isinstance(given, dict):
            note = given.get("note")
            inner = all(map(self._calls_notes_there, given.values()))
            return inner and (note is None or str(note) in self.numbers)
        return all(map(self._calls_notes_there, given)) if isinstance(given, list) else True

    def made(self, given: Json, depth: int) -> Block | None:
        """A block of what came from the editor."""
        if depth > DEEPEST:
            raise Unclear("too deep")
        match given["kind"]:
            case "paragraph":
                sentences = self.sentences(given["runs"])
                return Paragraph("", NOWHERE, sentences) if sentences else None
            case "list":
                points = tuple(
                    ListEntry("", NOWHERE, blocks)
                    for entry in given["entries"]
                    if (blocks := self.all(entry, depth + 1))
                )
                start = max(0, int(given.get("start", 1)))
                ordered = bool(given["ordered"])
                return ListBlock("", NOWHERE, points, ordered, start) if points else None
            case "quote":
                blocks = self.all(given["blocks"], depth + 1)
                voice = VoiceMark(str(given["voice"]), NOWHERE) if given.get("voice") else None
                return Quote("", NOWHERE, blocks, voice) if blocks else None
            case "table":
                return self._table(given)
            case "picture":
                alt = " ".join(str(given["alt"]).split())
                caption = self.sentences(given["caption"])
                return Figure("", NOWHERE, str(given["path"]), alt, caption)
            case kind:
                raise Unclear(f"a block of the kind {kind!r}")

    def all(self, given: Iterable[Json], depth: int) -> tuple[Block, ...]:
        """Blocks, without those that have no words."""
        return tuple(block for each in given if (block := self.made(each, depth)))

    def _table(self, given: Json) -> Table:
        aligns = [str(each) for each in given["aligns"]]
        whole = {str(cell["id"]): cell["runs"] for row in given["rows"] for cell in row}
        rows = [
            tuple(self._cell(cell, align, whole) for cell, align in zip(row, aligns, strict=True))
            for row in given["rows"]
        ]
        return Table("", NOWHERE, rows[0], tuple(rows[1:]))

    def _cell(self, given: Json, align: str, whole: Mapping[str, list[Json]]) -> Cell:
        """A place of a table; one that is a part of a merged one has that one's words."""
        part = str(given.get("part", ""))
        return Cell(
            str(given["id"]),
            self.sentences(whole.get(part, given["runs"])),
            align,
            str(given.get("header", "")),
            int(given.get("columns", 1)),
            int(given.get("rows", 1)),
            part,
        )

    def sentences(self, given: Iterable[Json]) -> tuple[Sentence, ...]:
        """Runs as one sentence; none where they have no words. The reader parts them again."""
        content = nest(settle(map(self._run, given)), self.numbers)
        return (Sentence("", content),) if content else ()

    def _run(self, given: Json) -> Run:
        target = str(given.get("target", ""))
        note = str(given.get("note", ""))
        return Run(
            str(given["text"]),
            bool(given.get("strong")),
            bool(given.get("emphasis")),
            target if target.startswith("#") else safe_target(target),
            str(given.get("lang", "")),
            bool(given.get("code")),
            note if note in self.numbers else "",
        )


def _key(given: Json) -> str:
    return json.dumps(given, sort_keys=True)


def _assembled(facts: Article, blocks: Sequence[Json], known: _Known) -> Article:
    """The article of a row of blocks."""
    introduction: list[Block] = []
    sections: list[tuple[Json, list[Block]]] = []
    action: list[Block] = []
    byline: Paragraph | None = None
    notes: list[Note] = []
    marks: Json = {}
    closing = False
    for given in blocks:
        match given["kind"]:
            case "opening":
                marks = given
            case "closing":
                closing = True
            case "note":
                notes.append(Note("", int(given["number"]), known.all(given["blocks"], 0)))
            case "byline":
                sentences = known.sentences(given["runs"])
                byline = Paragraph("", NOWHERE, sentences) if sentences else None
            case "heading":
                if known.sentences(given["runs"]):
                    sections.append((given, []))
                    closing = False
            case _:
                into = action if closing else sections[-1][1] if sections else introduction
                if block := known.block(given):
                    into.append(block)
    return replace(
        facts,
        introduction=tuple(introduction),
        sections=_nested(sections, known),
        byline=byline,
        call_to_action=tuple(action),
        notes=tuple(notes),
        **_marks_of(marks, known),
    )


def _nested(flat: Sequence[tuple[Json, list[Block]]], known: _Known) -> tuple[Section, ...]:
    """Sections in sections, by the levels of their headings."""
    nested: list[Section] = []
    at = 0
    while at < len(flat):
        given, blocks = flat[at]
        level = _level(given)
        end = at + 1
        while end < len(flat) and _level(flat[end][0]) > level:
            end += 1
        heading = Heading("", NOWHERE, level, known.sentences(given["runs"]))
        inner = _nested(flat[at + 1 : end], known)
        nested.append(Section("", heading, tuple(blocks), inner, **_marks_of(given, known)))
        at = end
    return tuple(nested)


def _level(given: Json) -> int:
    return min(6, max(2, int(given["level"])))


def _marks_of(given: Json, known: _Known) -> dict[str, Any]:
    """The owner's marks of a section or of the introduction."""
    marks: dict[str, Any] = {"leaflet": None, "say": None, "voice": None}
    if leaflet := given.get("leaflet"):
        sentences = known.sentences(leaflet.get("runs", ()))
        if sentences:
            marks["leaflet"] = LeafletMark("shorter", NOWHERE, Paragraph("", NOWHERE, sentences))
        elif leaflet["choice"] in ("keep", "drop"):
            marks["leaflet"] = LeafletMark(leaflet["choice"], NOWHERE)
    if say := given.get("say"):
        sentences = known.sentences(say.get("runs", ()))
        if sentences:
            marks["say"] = SayMark("words", NOWHERE, Paragraph("", NOWHERE, sentences))
        elif say["choice"] == "skip":
            marks["say"] = SayMark("skip", NOWHERE)
    if given.get("voice"):
        marks["voice"] = VoiceMark(str(given["voice"]), NOWHERE)
    return marks
