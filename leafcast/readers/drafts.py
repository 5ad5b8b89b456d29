"""What a Word file or a web page holds, before it is an article.

Such files say what they hold less plainly than Markdown does. Their readers write it down as
drafts: blocks of runs, as they stand; `guesses` finds headings and lists that nothing marks, and
`finish` gives ids and makes the article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from leafcast.document.article import LeftOut
from leafcast.document.origin import Origin
from leafcast.document.report import Finding, Severity
from leafcast.readers.assemble import DEEPEST, LONGEST_PARAGRAPH
from leafcast.readers.facts import Fact
from leafcast.readers.front_matter import FrontMatter
from leafcast.readers.marks import Taken

MOST_RUNS: Final = 3000
"""Pieces of a paragraph that are marked differently; beyond, settling them takes minutes."""
BREAK: Final = "\n"
"""The text of a run that is a line break."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are marked alike. `note` is the label of a footnote called here, without words."""

    text: str
    strong: bool = False
    emphasis: bool = False
    target: str = ""
    lang: str = ""
    code: bool = False
    note: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class HeadingDraft:
    """A heading as the file marks it; `level` 1 is the highest the file knows."""

    level: int
    runs: Runs
    line: int


@dataclass(frozen=True, slots=True)
class ParagraphDraft:
    """A paragraph; `stands_out` where all of it is bold or large, as headings are; `captions` where
    the file says that it is the caption of something; `inset` are the blanks before it.
    """

    runs: Runs
    line: int
    stands_out: bool = False
    captions: bool = False
    inset: int = 0


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """One point of a list."""

    blocks: tuple[BlockDraft, ...]
    line: int


@dataclass(frozen=True, slots=True)
class ListDraft:
    """A list."""

    entries: tuple[EntryDraft, ...]
    line: int
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class QuoteDraft:
    """Somebody else's words."""

    blocks: tuple[BlockDraft, ...]
    line: int


@dataclass(frozen=True, slots=True)
class TableDraft:
    """A table; its first row is the header, every row as long as it. `aligns` one a column.

    `headers` says of each place whether it names its "row" or its "column", "" where neither;
    `merged` has the same number in each place of one merged cell. Both may be shorter.
    """

    rows: tuple[tuple[Runs, ...], ...]
    line: int
    aligns: tuple[str, ...] = ()
    headers: tuple[tuple[str, ...], ...] = ()
    merged: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PictureDraft:
    """A picture by its address, or by its name among the pictures the file holds."""

    address: str
    alt: str
    line: int
    caption: str = ""


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A line across the page."""

    line: int


BlockDraft = (
    HeadingDraft | ParagraphDraft | ListDraft | QuoteDraft | TableDraft | PictureDraft | RuleDraft
)


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A footnote, called by a run with the same label."""

    label: str
    blocks: tuple[BlockDraft, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file holds.

    `facts` are words for the front matter by its keys, as the owner wrote them into the file;
    `offered` are others, each with its origin. `pictures` are the bytes of those inside the file.
    `unit` is what its places count, `remedy` how a missing fact is written there, with {key} and
    {example}. `otherwise` are facts that hold where neither file nor guess has them;
    `keeps_wordless` keeps pictures without words, for the owner to add them. `front` is the front
    matter, where the file has a real one, as it was read; `taken` are the owner's marks, where they
    were taken out of the text before it became blocks.
    """

    blocks: tuple[BlockDraft, ...]
    facts: dict[str, str]
    unit: str
    remedy: str
    notes: tuple[NoteDraft, ...] = ()
    pictures: dict[str, bytes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    usable: bool = True
    otherwise: dict[str, str] = field(default_factory=dict)
    keeps_wordless: bool = False
    offered: tuple[Fact, ...] = ()
    front: tuple[FrontMatter | None, tuple[Finding, ...]] | None = None
    taken: Taken | None = None
    left_out: tuple[LeftOut, ...] = ()


@dataclass(slots=True)
class Gatherer:
    """Gathers what is found while a file is read; of some kinds only one is told."""

    origin: Origin
    findings: list[Finding] = field(default_factory=list)
    counts: dict[str, list[int]] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    said: dict[str, list[str]] = field(default_factory=dict)

    def advise(self, code: str, message: str, fix: str, line: int = 0) -> None:
        """Tell of a guess, or of something left out that is not missed."""
        self.find(code, Severity.ADVICE, (message, fix), line)

    def warn(self, code: str, message: str, fix: str, line: int = 0) -> None:
        """Tell of words that may be missed."""
        self.find(code, Severity.WARNING, (message, fix), line)

    def find(self, code: str, severity: Severity, words: tuple[str, str], line: int = 0) -> None:
        """Tell of something: `words` are what is wrong, and the fix."""
        self.findings.append(self.origin.finding(code, severity, *words, line=line))

    def leave_out(self, code: str, words: str, line: int = 0) -> None:
        """Note words that are left out on purpose; whoever does tells it by a finding of `code`."""
        self.left_out.append(LeftOut(code, words, line))

    def count(self, kind: str, line: int, words: str = "") -> None:
        """Note that one more of a kind was met, to be told once with the words it has."""
        self.counts.setdefault(kind, []).append(line)
        if words := " ".join(words.split()):
            self.said.setdefault(kind, []).append(words)

    def tell(self, kinds: Mapping[str, tuple[Severity, str, str, str]]) -> None:
        """Tell once of each kind that was met: its severity, code, message with {}, and fix."""
        for kind, lines in self.counts.items():
            severity, code, message, fix = kinds[kind]
            many = f"{len(lines)}, the first here" if len(lines) > 1 else "one"
            if said := " · ".join(self.said.get(kind, ())):
                many += f", {counted(said)}: {quoted(said)}"
            self.find(code, severity, (message.format(many), fix), lines[0])


def counted(words: str) -> str:
    """How many words there are: “1 word”, “7 words in all”."""
    count = len(words.replace("·", " ").split())
    return "1 word" if count == 1 else f"{count} words in all"


def words_of(runs: Runs) -> str:
    """The words of `runs` on one line."""
    return " ".join("".join(run.text for run in runs).split())


def block_words(block: BlockDraft) -> str:
    """All the words of `block` on one line."""
    return " ".join(filter(None, _words_in(block)))


def _words_in(block: BlockDraft) -> Iterator[str]:
    match block:
        case HeadingDraft(runs=runs) | ParagraphDraft(runs=runs):
            yield words_of(runs)
        case ListDraft(entries=entries):
            yield from (block_words(inner) for entry in entries for inner in entry.blocks)
        case QuoteDraft(blocks=blocks):
            yield from (block_words(inner) for inner in blocks)
        case TableDraft(rows=rows):
            yield from (words_of(cell) for row in rows for cell in row)


def all_runs(blocks: tuple[BlockDraft, ...]) -> Iterator[Run]:
    """Every run in `blocks`, in reading order."""
    for block in blocks:
        match block:
            case HeadingDraft(runs=runs) | ParagraphDraft(runs=runs):
                yield from runs
            case ListDraft(entries=entries):
                for entry in entries:
                    yield from all_runs(entry.blocks)
            case QuoteDraft(blocks=inner):
                yield from all_runs(inner)
            case TableDraft(rows=rows):
                yield from (run for row in rows for cell in row for run in cell)


def too_much(blocks: Iterable[BlockDraft], depth: int = 0) -> Iterator[tuple[BlockDraft, Runs]]:
    """What is nested deeper than DEEPEST, with no runs; and running text beyond all measure."""
    for block in blocks:
        if depth > DEEPEST:
            yield block, ()
            return
        match block:
            case ListDraft(entries=entries):
                inner = [each for entry in entries for each in entry.blocks]
                yield from too_much(inner, depth + 1)
            case QuoteDraft(blocks=quoted_blocks):
                yield from too_much(quoted_blocks, depth + 1)
            case _:
                yield from ((block, runs) for runs in _runs_in(block) if _is_too_long(runs))


def _runs_in(block: BlockDraft) -> Iterator[Runs]:
    match block:
        case HeadingDraft(runs=runs) | ParagraphDraft(runs=runs):
            yield runs
        case TableDraft(rows=rows):
            yield from (cell for row in rows for cell in row)


def _is_too_long(runs: Runs) -> bool:
    return len(runs) > MOST_RUNS or sum(len(run.text) for run in runs) > LONGEST_PARAGRAPH


def quoted(words: str, most: int = 60) -> str:
    """The first words in quotation marks, for a finding."""
    if len(words) > most:
        words = words[:most].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
    return f"“{words}”"
