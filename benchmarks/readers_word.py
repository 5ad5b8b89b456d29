"""Word files read by leafcast and its peers, held against pandoc's reading of the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks import word_readers
from benchmarks.measures import Figure, Lines
from benchmarks.outlines import Outline, in_order, words_in
from benchmarks.word_readers import Refused

READERS: Final[dict[str, Callable[[bytes], Outline]]] = {
    "leafcast": word_readers.leafcast,
    "mammoth": word_readers.mammoth,
    "python-docx": word_readers.python_docx,
    "pandoc": word_readers.pandoc,
}
REFERENCE: Final = "pandoc"
PATIENCE: Final = 120.0
"""Seconds after which a reader is said to hang."""
NAMED: Final = re.compile(r"(?:, (\d+) words in all|, 1 word): ")
LEFT_OUT: Final = {
    "contents-left-out", "placeholder-left-out", "hidden-words", "struck-words", "object-left-out",
    "note-not-called",
}  # fmt: skip
"""Codes of findings that name words which pandoc reads."""
CONTENTS: Final = "contents-left-out"
PAGE: Final = re.compile(r"\d{1,4}|[ivxlc]{1,6}")
"""The number of a page behind an entry of the contents."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader made of a file: an outline, or how it ended instead. `named` words are left out
    and named in a finding; `repeated` are those of them that Word's own contents say once more of
    headings that are read; `guessed` are headings that nothing marks.
    """

    outline: Outline | None = None
    ended: str = ""
    named: int = 0
    repeated: int = 0
    guessed: tuple[str, ...] = ()


@dataclass(slots=True)
class Score:
    """How a reader fares over a suite, against the reference."""

    counts: dict[str, int] = field(default_factory=dict)
    guessed: list[str] = field(default_factory=list)

    def add(self, kind: str, many: int = 1) -> None:
        """Count."""
        self.counts[kind] = self.counts.get(kind, 0) + many

    def __getitem__(self, kind: str) -> int:
        return self.counts.get(kind, 0)


def collected(name: str, folders: Sequence[Path]) -> Iterator[Figure | Lines]:
    """The files that pandoc, mammoth and markitdown try themselves on."""
    scores = _scores(folders)
    yield Lines(_table(name, scores))
    ours, wanted = scores["leafcast"], scores[REFERENCE]
    whole = 100 * ours["kept"] / max(wanted["words"], 1)
    yield Figure(f"{name}: words kept in order, or named", whole, "%", least=99.5)
    strict = 100 * ours["repeated"] / max(ours["wanted"], 1)
    yield Figure(f"{name}: words in order, contents of headings too", strict, "%", least=99.5)
    yield Figure(f"{name}: files with every word", ours["whole"], "", least=140)
    yield Figure(f"{name}: list points with kind and depth", ours["points"], "", least=110)
    yield Figure(f"{name}: guessed headings that none has bold", len(ours.guessed), "", most=3)
    yield Figure(f"{name}: tracebacks and hangs", ours["failed"], "", most=0)


def poi(name: str, folders: Sequence[Path]) -> Iterator[Figure | Lines]:
    """Apache POI's files, damaged and locked ones among them."""
    scores = _scores(folders)
    yield Lines(_table(name, scores))
    ours = scores["leafcast"]
    whole = 100 * ours["kept"] / max(ours["wanted"], 1)
    yield Figure(f"{name}: words kept in order, or named", whole, "%", least=99.95)
    yield Figure(f"{name}: tracebacks and hangs", ours["failed"], "", most=0)


# ---------------------------------------------------------------- reading


def _scores(folders: Sequence[Path]) -> dict[str, Score]:
    files = sorted(path for folder in folders for path in folder.rglob("*.docx"))
    scores = {reader: Score() for reader in READERS}
    for path in files:
        content = path.read_bytes()
        read = {reader: _read(reader, content) for reader in READERS}
        for reader, each in read.items():
            _compare(scores[reader], each, read[REFERENCE].outline)
    return scores


def _read(reader: str, content: bytes) -> Read:
    """What a reader makes of a file, in a process that is ended where it hangs."""
    pool = _Pools.of(reader)
    try:
        return pool.submit(_read_here, reader, content).result(PATIENCE)
    except (TimeoutError, BrokenProcessPool):
        _Pools.end(reader)
        return Read(ended="failed")


class _Pools:
    """A process for each reader, opened anew where it was ended."""

    pools: dict[str, ProcessPoolExecutor] = {}  # noqa: RUF012  (one for the whole measure)

    @classmethod
    def of(cls, reader: str) -> ProcessPoolExecutor:
        """The process of a reader."""
        return cls.pools.setdefault(reader, ProcessPoolExecutor(1))

    @classmethod
    def end(cls, reader: str) -> None:
        """End a process that hangs or has died."""
        pool = cls.pools.pop(reader)
        for process in list((pool._processes or {}).values()):
            process.kill()
        pool.shutdown(wait=False, cancel_futures=True)


def _read_here(reader: str, content: bytes) -> Read:
    try:
        outline = READERS[reader](content)
    except Refused:
        return Read(ended="refused")
    except Exception:  # noqa: BLE001  (whatever a peer raises is a raw error to who uses it)
        return Read(ended="failed")
    if reader != "leafcast":
        return Read(outline)
    reading = word_readers.reading_of(content)
    findings = reading.findings
    named = [
        int(found[1] or 1)
        for each in findings
        if each.code in LEFT_OUT and (found := NAMED.search(each.message))
    ]
    guessed = [
        words
        for each in findings
        if each.code == "guessed" and "read as a heading" in each.message
        for words in re.findall("“([^”]+)”", each.message)
    ]
    contents = " ".join(left.words for left in reading.left_out if left.code == CONTENTS)
    repeated = in_contents(words_in(contents), [words_in(each) for each in outline.headings])
    return Read(outline, "", sum(named), repeated, tuple(guessed))


def in_contents(contents: Sequence[str], headings: Sequence[Sequence[str]]) -> int:
    """How many words of a table of contents are entries for headings that are read, each with the
    number of its page, which no other edition has.
    """
    at = kept = 0
    known = sorted(filter(None, map(list, headings)), key=len, reverse=True)
    while at < len(contents):
        found = next((each for each in known if list(contents[at : at + len(each)]) == each), [])
        paged = bool(found) and PAGE.fullmatch(" ".join(contents[at + len(found) :][:1]))
        kept += len(found) + bool(paged)
        at += len(found) + bool(paged) or 1
    return kept


def _compare(score: Score, read: Read, wanted: Outline | None) -> None:
    if read.outline is None:
        score.add(read.ended)
        return
    if wanted is None:
        return
    found = in_order(wanted.words, read.outline.words)
    kept = min(len(wanted.words), found + read.named)
    score.add("files")
    score.add("wanted", len(wanted.words))
    score.add("words", found)
    score.add("repeated", min(len(wanted.words), found + read.repeated))
    score.add("kept", kept)
    score.add("whole", kept == len(wanted.words))
    for kind in ("points", "headings", "tables", "notes", "quotes"):
        score.add(kind, in_order(getattr(wanted, kind), getattr(read.outline, kind)))
    outside = [link for link in wanted.links if not link.startswith("#")]
    score.add("links", in_order(outside, read.outline.links))
    score.add("pictures", min(wanted.pictures, read.outline.pictures))
    score.guessed += [words for words in read.guessed if words not in wanted.strong]


# ---------------------------------------------------------------- telling

ROWS: Final = {
    "files read": "files",
    "refused with a reason": "refused",
    "tracebacks and hangs": "failed",
    "words in order": "words",
    "words in order, contents of headings too": "repeated",
    "words in order, or named as left out": "kept",
    "files with every word, or it named": "whole",
    "list points with kind and depth": "points",
    "headings": "headings",
    "tables, rows × columns": "tables",
    "notes": "notes",
    "quotations": "quotes",
    "links to the web": "links",
    "pictures": "pictures",
}


def _table(name: str, scores: dict[str, Score]) -> tuple[str, ...]:
    """What each reader kept, a column each."""
    lines = [f"{name:<40}" + "".join(f"{reader:>14}" for reader in scores)]
    for row, kind in ROWS.items():
        lines.append(f"{row:<40}" + "".join(_shown(each, kind) for each in scores.values()))
    guessed = ", ".join(f"“{words}”" for words in scores["leafcast"].guessed)
    return (*lines, f"guessed headings that are not bold there: {guessed or 'none'}")


def _shown(score: Score, kind: str) -> str:
    many = score[kind]
    if kind in ("words", "repeated", "kept"):
        return f"{100 * many / max(score['wanted'], 1):>12.2f} %"
    return f"{many:>14}"
