"""From a draft to the article: front matter from what the file says, marks, ids, sections.

Ids are those that the Markdown reader gives to the same words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from leafcast.document.article import (
    Block,
    Cell,
    Figure,
    Heading,
    Inline,
    ListBlock,
    ListEntry,
    Note,
    Quote,
    Reading,
    Strong,
    Table,
    Text,
    plain_text,
)
from leafcast.document.origin import Origin
from leafcast.document.report import Finding
from leafcast.document.sentences import calls_closed
from leafcast.locale.language import ENGLISH, language_of
from leafcast.readers.assemble import Parts, Writer, assemble
from leafcast.readers.drafts import (
    BREAK,
    BlockDraft,
    Draft,
    Gatherer,
    HeadingDraft,
    ListDraft,
    ParagraphDraft,
    PictureDraft,
    QuoteDraft,
    Runs,
    TableDraft,
    all_runs,
    block_words,
    too_much,
    words_of,
)
from leafcast.readers.facts import PRACTICE, Standing, facts_in, settled_facts
from leafcast.readers.front_matter import FrontMatter, example, read_front_matter
from leafcast.readers.guesses import Given, Manner, Shape, shape_of
from leafcast.readers.marks import Outline, Taken, WrittenMark, place_marks, take_marks
from leafcast.readers.pictures import read_figure
from leafcast.readers.provenance import tell_facts
from leafcast.readers.settle import nest, settle
from leafcast.readers.table_cells import table_of

DEEPEST_HEADING = 6


def finish(draft: Draft, manner: Manner, origin: Origin) -> Reading:
    """The article of `draft`, and everything that was found."""
    if not draft.usable:
        return Reading(None, draft.findings)
    gatherer = Gatherer(origin, list(draft.findings))
    if refused := _refused(draft, origin):
        return Reading(None, (*draft.findings, _counted(refused, draft.unit)))
    shape, known = _shape_and_facts(draft, manner, gatherer)
    front, findings = draft.front or _front(
        replace(draft, facts={**draft.otherwise, **known}), origin
    )
    writer = Writer(origin, language_of(front.language) if front else ENGLISH)
    finisher = Finisher(writer, _numbers(draft, shape), keeps_wordless=draft.keeps_wordless)
    marked = _marked(shape, draft, origin)
    parts = finisher.parts(replace(shape, body=marked.body), draft)
    marks = place_marks(
        marked.marks,
        origin,
        lambda words, line: finisher.writer.paragraph((Text(words),), line),
    )
    reading = assemble(front, replace(parts, marks=marks), finisher.writer)
    told = (*gatherer.findings, *findings, *marked.findings, *reading.findings)
    counted = [_counted(finding, draft.unit) for finding in told]
    findings_by_line = tuple(sorted(counted, key=_line))
    left_out = (*draft.left_out, *shape.left_out)
    return replace(reading, findings=findings_by_line, left_out=left_out)


def _shape_and_facts(
    draft: Draft, manner: Manner, gatherer: Gatherer
) -> tuple[Shape, dict[str, str]]:
    """The article's shape, and what is known about it: what was written, what its words show,
    what the file keeps about itself. Where it comes from is told.
    """
    words = " ".join(map(block_words, draft.blocks))
    offered = (*facts_in(draft.facts, Standing.WRITTEN, "its first lines"), *draft.offered)
    headings = {mark.heading for mark in draft.taken.marks} - {0} if draft.taken else set()
    practice = facts_in(draft.otherwise, Standing.NAMED, PRACTICE)
    author = {fact.key: fact for fact in practice if fact.key == "author"}
    given = Given(author | settled_facts(offered, draft.otherwise, words), headings)
    shape = shape_of(draft.blocks, given, manner, gatherer)
    offered = (*offered, *shape.found)
    known = settled_facts(offered, draft.otherwise, words)
    tell_facts(known, offered, gatherer, draft.remedy)
    return shape, {key: fact.words for key, fact in known.items()}


def _refused(draft: Draft, origin: Origin) -> Finding | None:
    """What cannot be read: nested too deep, or a paragraph without end."""
    notes = (each for note in draft.notes for each in note.blocks)
    writer = Writer(origin)
    for block, runs in too_much((*draft.blocks, *notes)):
        if runs:
            writer.paragraph_too_long(words_of(runs), block.line)
        else:
            writer.too_deep(block.line)
        return writer.findings[0]
    return None


def _line(finding: Finding) -> int:
    return (finding.place.line or 0) if finding.place else 0


def _counted(finding: Finding, unit: str) -> Finding:
    """A finding that says what its place counts, where that is not lines."""
    place = finding.place
    if unit == "line" or not place or not place.line:
        return finding
    return replace(finding, message=f"{finding.message} ({unit} {place.line})")


# ---------------------------------------------------------------- front matter


def _front(draft: Draft, origin: Origin) -> tuple[FrontMatter | None, tuple[Finding, ...]]:
    """The front matter by what the file says; what is missing has a fix that fits the file."""
    head = "".join(f"{key}: {_yaml(words)}\n" for key, words in draft.facts.items() if words)
    front, findings = read_front_matter(head, origin)
    told = []
    for finding in findings:
        key = finding.code.removeprefix("no-")
        fix = finding.fix
        if key != finding.code:
            fix = draft.remedy.format(key=key, example=example(key).strip('"'))
        told.append(replace(finding, fix=fix, place=replace(finding.place, line=None)))  # type: ignore[type-var]
    return front, tuple(told)


def _yaml(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


# ---------------------------------------------------------------- marks and notes


@dataclass(frozen=True, slots=True)
class _Marked:
    """The body without the owner's marks, these, and what was found about them."""

    body: tuple[BlockDraft, ...]
    marks: tuple[WrittenMark, ...]
    findings: tuple[Finding, ...]


def _marked(shape: Shape, draft: Draft, origin: Origin) -> _Marked:
    """The owner's marks, where they were not taken from the text itself: each block is a line."""
    if draft.taken:
        return _Marked(shape.body, draft.taken.marks, draft.taken.findings)
    taken = _take_marks(shape.body, origin)
    lines = [block.line for block in shape.body]
    kept = taken.body.split("\n") if lines else []
    body = tuple(
        block
        for block, left in zip(shape.body, kept, strict=True)
        if left or not block_words(block)
    )
    marks = tuple(
        replace(
            mark,
            line=lines[mark.line - 1],
            heading=lines[mark.heading - 1] if mark.heading else 0,
        )
        for mark in taken.marks
    )
    return _Marked(body, marks, tuple(_moved(taken.findings, lines)))


def _take_marks(body: Sequence[BlockDraft], origin: Origin) -> Taken:
    """The owner's marks, found as in plain text: each block is a line."""
    lines = "\n".join(block_words(block) for block in body)
    headings = {at: at for at, block in enumerate(body) if isinstance(block, HeadingDraft)}
    others = {at for at, block in enumerate(body) if not isinstance(block, ParagraphDraft)}
    return take_marks(lines, 0, Outline(headings, others - set(headings)), origin)


def _moved(findings: Sequence[Finding], lines: Sequence[int]) -> Iterator[Finding]:
    """Findings about marks, at the places of their blocks."""
    for finding in findings:
        at = finding.place.line if finding.place else None
        place = replace(finding.place, line=lines[at - 1]) if finding.place and at else None
        yield replace(finding, place=place)


def _numbers(draft: Draft, shape: Shape) -> dict[str, int]:
    """The number of each note that is there, in the order in which they are called."""
    there = {note.label for note in draft.notes if note.blocks}
    closing = (shape.byline,) if shape.byline else ()
    blocks: tuple[BlockDraft, ...] = (*shape.body, *closing, *shape.action)
    called = dict.fromkeys(run.note for run in all_runs(blocks) if run.note in there)
    return {label: number for number, label in enumerate(called, 1)}


# ---------------------------------------------------------------- blocks


class Finisher:
    """Makes blocks of drafts, in reading order."""

    def __init__(self, writer: Writer, numbers: dict[str, int], *, keeps_wordless: bool) -> None:
        self.writer = writer
        self.numbers = numbers
        self.keeps_wordless = keeps_wordless

    def parts(self, shape: Shape, draft: Draft) -> Parts:
        """The article's parts."""
        body = tuple(part for block in shape.body for part in self.part(block))
        byline = None
        if shape.byline:
            runs = tuple(replace(run, strong=False) for run in shape.byline.runs)
            byline = self.writer.paragraph(self.inlines(runs), shape.byline.line)
        action = tuple(self.blocks(shape.action))
        notes = {note.label: note for note in draft.notes}
        self.numbers, numbers = {}, self.numbers  # a note calls no notes
        return Parts(
            body,
            byline,
            action,
            tuple(
                Note(f"note-{number}", number, tuple(self.blocks(notes[label].blocks)))
                for label, number in numbers.items()
            ),
        )

    def part(self, block: BlockDraft) -> Iterator[Heading | Block]:
        """A heading, or what else `block` is."""
        if not isinstance(block, HeadingDraft):
            yield from self.block(block)
        elif content := self.inlines(_on_one_line(block.runs)):
            level = min(block.level, DEEPEST_HEADING)
            yield self.writer.heading(level, content, block.line)

    def blocks(self, drafts: Sequence[BlockDraft]) -> Iterator[Block]:
        """The blocks that `drafts` are."""
        for draft in drafts:
            yield from self.block(draft)

    def block(self, draft: BlockDraft) -> Iterator[Block]:
        """What `draft` is; nothing where it holds nothing."""
        match draft:
            case ParagraphDraft(runs=runs, line=line):
                if plain_text(content := self.inlines(runs)).strip():
                    yield self.writer.paragraph(content, line)
            case HeadingDraft(runs=runs, line=line):
                strong = tuple(replace(run, strong=True) for run in _on_one_line(runs))
                if content := self.inlines(strong):
                    yield self.writer.paragraph(content, line)
            case ListDraft():
                yield from self.list_block(draft)
            case QuoteDraft():
                yield from self.quote(draft)
            case TableDraft():
                yield from self.table(draft)
            case PictureDraft():
                yield from self.figure(draft)

    def list_block(self, draft: ListDraft) -> Iterator[ListBlock]:
        """A list of the points that hold something."""
        drafts = [entry for entry in draft.entries if any(map(_holds, entry.blocks))]
        if not drafts:
            return
        words = self.leaf_words(block for entry in drafts for block in entry.blocks)
        block_id = self.writer.ids.block("list", words)
        entries = []
        for entry in drafts:
            entry_id = self.writer.ids.block("entry", self.leaf_words(entry.blocks))
            blocks = tuple(self.blocks(entry.blocks))
            entries.append(ListEntry(entry_id, self.writer.place(entry.line), blocks))
        place = self.writer.place(draft.line)
        start = draft.start if draft.ordered else 1
        yield ListBlock(block_id, place, tuple(entries), draft.ordered, start)

    def quote(self, draft: QuoteDraft) -> Iterator[Quote]:
        """Somebody else's words."""
        if any(map(_holds, draft.blocks)):
            draft = _without_emphasis(draft)
            inner = tuple(self.blocks(draft.blocks))
            block_id = self.writer.ids.block("quote", self.leaf_words(draft.blocks))
            yield Quote(block_id, self.writer.place(draft.line), inner)

    def table(self, draft: TableDraft) -> Iterator[Table]:
        """A table whose rows are as long as the longest."""
        width = max(map(len, draft.rows), default=0)
        if not _holds(draft):
            return
        block_id = self.writer.ids.block("table", self.leaf_words([draft]))
        aligns = (*draft.aligns, *[""] * width)
        headers = (*draft.headers, *[()] * len(draft.rows))
        grid = [
            [
                self.cell(runs, aligns[at], "".join(named[at : at + 1]))
                for at, runs in enumerate((*row, *[()] * (width - len(row))))
            ]
            for row, named in zip(draft.rows, headers, strict=False)
        ]
        yield table_of(block_id, self.writer.place(draft.line), grid, draft.merged)

    def cell(self, runs: Runs, align: str, header: str) -> Cell:
        """One cell."""
        content = calls_closed(self.inlines(_on_one_line(runs)))
        cell_id = self.writer.ids.block("cell", plain_text(content))
        return Cell(cell_id, self.writer.sentences(content), align, header)

    def figure(self, draft: PictureDraft) -> Iterator[Figure]:
        """A picture, where it is there and says what it shows."""
        picture = (draft.address, draft.alt, draft.caption)
        figure = read_figure(self.writer, picture, draft.line, keeps_wordless=self.keeps_wordless)
        if figure:
            yield figure

    # ------------------------------------------------------------ inlines

    def inlines(self, runs: Runs) -> tuple[Inline, ...]:
        """`runs` as inlines."""
        return nest(settle(runs), self.numbers)

    def leaf_words(self, drafts: Sequence[BlockDraft] | Iterator[BlockDraft]) -> str:
        """All words, a space between what is marked differently, as the Markdown reader has it."""
        return " ".join(" ".join(word for draft in drafts for word in self._leaves(draft)).split())

    def _leaves(self, draft: BlockDraft) -> Iterator[str]:
        match draft:
            case ParagraphDraft(runs=runs) | HeadingDraft(runs=runs):
                yield from _texts(self.inlines(runs))
            case ListDraft(entries=entries):
                for entry in entries:
                    yield from (word for block in entry.blocks for word in self._leaves(block))
            case QuoteDraft(blocks=blocks):
                yield from (word for block in blocks for word in self._leaves(block))
            case TableDraft(rows=rows):
                for row in rows:
                    for runs in row:
                        yield from _texts(self.inlines(_on_one_line(runs)))
            case PictureDraft(alt=alt):
                yield " ".join(alt.split())


def _texts(content: tuple[Inline, ...]) -> Iterator[str]:
    for inline in content:
        match inline:
            case Text(text):
                yield text
            case Strong(inner):
                yield from _texts(inner)
            case _ if hasattr(inline, "content"):
                yield from _texts(inline.content)


def _without_emphasis(quote: QuoteDraft) -> QuoteDraft:
    """`quote` without the slant that a style gives all its words: it stresses none of them."""
    inked = [run for run in all_runs(quote.blocks) if run.text.strip()]
    if not all(run.emphasis for run in inked):
        return quote
    blocks = tuple(
        replace(block, runs=tuple(replace(run, emphasis=False) for run in block.runs))
        if isinstance(block, ParagraphDraft)
        else block
        for block in quote.blocks
    )
    return replace(quote, blocks=blocks)


def _on_one_line(runs: Runs) -> Runs:
    """`runs` with spaces where they have line breaks: in headings and cells there are none."""
    return tuple(replace(run, text=run.text.replace(BREAK, " ")) for run in runs)


def _holds(draft: BlockDraft) -> bool:
    """Whether anything is left of `draft` to read."""
    return isinstance(draft, PictureDraft) or bool(block_words(draft))
