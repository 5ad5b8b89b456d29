"""Saved pages read by leafcast and its peers: Mozilla's Readability pages, held against what it
expects of them, and trafilatura's pages, with phrases that must and must not be there.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Final

from benchmarks.measures import Figure, Lines
from leafcast.document.origin import Origin
from leafcast.readers.drafts import block_words
from leafcast.readers.facts import best_words
from leafcast.readers.web.reader import draft_page
from leafcast.readers.web.tree import parse, words_in

PEERS: Final = ("readability", "trafilatura")
"""Packages that leafcast is set beside."""
EVERY: Final = 4
"""Of trafilatura's pages one in so many is measured beside the peers; leafcast reads all."""
SLOW: Final = 10.0
"""Seconds of work on one page after which a reader hangs, as good as."""
TOY: Final = re.compile(r"\blorem\b.*\bipsum\b|\bdolor sit amet\b", re.I | re.S)
"""What stands in pages made to try a parser, whose titles are no titles of their text."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader made of a page: its title and text, or how it ended instead."""

    title: str = ""
    text: str = ""
    ended: str = ""
    seconds: float = 0.0


@dataclass(slots=True)
class Score:
    """What a reader reached over a suite."""

    precisions: list[float] = field(default_factory=list)
    recalls: list[float] = field(default_factory=list)
    measures: list[float] = field(default_factory=list)
    titles: int = 0
    there: int = 0
    missed: int = 0
    wrong: int = 0
    without: int = 0
    broken: int = 0
    seconds: float = 0.0

    @property
    def phrases(self) -> float:
        """F1 over all phrases of a suite, in percent."""
        return 100 * 2 * self.there / max(2 * self.there + self.missed + self.wrong, 1)


def leafcast(content: bytes) -> tuple[str, str]:
    """Title and text as `leafcast new` takes them from a page; captions go with their pictures."""
    draft = draft_page(content, Origin("page.html", "page", Path("/nowhere")), take_pictures=True)
    notes = [block for note in draft.notes for block in note.blocks]
    title = best_words(draft.offered).get("title", "")
    return title, " ".join(filter(None, map(block_words, (*draft.blocks, *notes))))


def readability_lxml(content: bytes) -> tuple[str, str]:
    """The same by readability-lxml."""
    from readability import Document

    found = Document(content.decode("utf-8", "replace"))
    return found.short_title(), _words_of_page(found.summary())


def trafilatura_extract(content: bytes) -> tuple[str, str]:
    """The same by trafilatura, without comments, with tables."""
    import trafilatura as peer

    text = peer.extract(content, include_comments=False, include_tables=True) or ""
    found = peer.extract_metadata(content)
    return (found.title or "") if found else "", text


READERS: Final[dict[str, Callable[[bytes], tuple[str, str]]]] = {
    "leafcast": leafcast,
    "readability-lxml": readability_lxml,
    "trafilatura": trafilatura_extract,
}


# ---------------------------------------------------------------- Readability


def readability(name: str, folders: Sequence[Path]) -> Iterator[Figure | Lines]:
    """F1 of words, pages of which less than half is the article's, and titles."""
    pages = sorted(path.parent for path in folders[0].glob("*/expected.html"))
    scores = {reader: Score() for reader in READERS}
    titled = toys = 0
    for page in pages:
        said = json.loads((page / "expected-metadata.json").read_text("utf-8"))
        wanted = _words_of_page((page / "expected.html").read_text("utf-8"))
        toy, title = bool(TOY.search(wanted)), said.get("title") or ""
        titled += bool(title)
        toys += bool(title) and toy
        for reader, score in scores.items():
            read = _read(reader, (page / "source.html").read_bytes())
            _count(score, read, wanted)
            score.titles += bool(title) and (toy or same_title(title, read.title))
    yield _table(
        f"{name}: {len(pages)} pages, {titled} with a title, {toys} of them toys and not counted",
        ("F1 %", "precision %", "recall %", "under half", "titles", "broken", "seconds"),
        {
            reader: (
                100 * mean(score.measures), 100 * mean(score.precisions), 100 * mean(score.recalls),
                sum(each < 0.5 for each in score.precisions), score.titles, score.broken,
                score.seconds,
            )
            for reader, score in scores.items()
        },
    )  # fmt: skip
    own = scores["leafcast"]
    yield Figure(f"{name}: F1 of words", 100 * mean(own.measures), "%", least=97)
    under = sum(each < 0.5 for each in own.precisions)
    yield Figure(f"{name}: pages of which less than half is the article", under, "", most=1)
    yield Figure(f"{name}: titles, toys apart", own.titles, "", least=titled - 11)
    yield Figure(f"{name}: tracebacks and hangs", own.broken, "", most=0)


def same_title(wanted: str, read: str) -> bool:
    """Whether two titles are the same, but for the site's name before or behind one of them."""
    one, other = (" ".join(re.findall(r"[^\W_]+", each.casefold())) for each in (wanted, read))
    return bool(one and other) and (f" {one} " in f" {other} " or f" {other} " in f" {one} ")


def _count(score: Score, read: Read, wanted: str) -> None:
    """Add what a reader made of a page: which of its words, how often each, are wanted."""
    want, got = (Counter(re.findall(r"\w+", each.casefold())) for each in (wanted, read.text))
    common = (want & got).total()
    precision, recall = common / max(got.total(), 1), common / max(want.total(), 1)
    score.precisions.append(precision)
    score.recalls.append(recall)
    score.measures.append(2 * precision * recall / max(precision + recall, 1e-9))
    _add(score, read)


# ---------------------------------------------------------------- trafilatura


def trafilatura(name: str, folders: Sequence[Path]) -> Iterator[Figure | Lines]:
    """F1 of phrases of one page in four; and how many of all pages are refused."""
    cases = json.loads((folders[0] / "evaldata.json").read_text("utf-8"))
    found = {url: _file(folders[0], case["file"]) for url, case in sorted(cases.items())}
    files = {url: path for url, path in found.items() if path}
    urls = list(files)
    scores = {reader: Score() for reader in READERS}
    for url in urls[::EVERY]:
        path = files[url]
        for reader, score in scores.items():
            _count_phrases(score, _read(reader, path.read_bytes()), cases[url])
    yield _table(
        f"{name}: {len(urls[::EVERY])} of {len(urls)} pages",
        ("F1 %", "there", "missed", "wrong", "nothing read", "broken", "seconds"),
        {
            reader: (
                score.phrases, score.there, score.missed, score.wrong, score.without, score.broken,
                score.seconds,
            )
            for reader, score in scores.items()
        },
    )  # fmt: skip
    whole = Score()
    for url in urls:
        path = files[url]
        _count_phrases(whole, _read("leafcast", path.read_bytes()), cases[url])
    yield Figure(f"{name}: F1 of phrases", scores["leafcast"].phrases, "%", least=92.5)
    yield Figure(
        f"{name}: pages of {len(urls)} of which nothing is read", whole.without, "", most=0
    )
    yield Figure(f"{name}: tracebacks and hangs", whole.broken, "", most=0)


def _file(folder: Path, name: str) -> Path | None:
    """Where trafilatura keeps a page."""
    return next(
        (path for kept in ("cache", "eval") if (path := folder / kept / name).is_file()), None
    )


def _count_phrases(score: Score, read: Read, case: dict[str, list[str]]) -> None:
    """Add which phrases are there, in title and text, and which should not be."""
    text = " ".join(f"{read.title} {read.text}".split())
    there, wrong = (
        sum(" ".join(phrase.split()) in text for phrase in case[kind])
        for kind in ("with", "without")
    )
    score.there += there
    score.missed += len(case["with"]) - there
    score.wrong += wrong
    score.without += not read.text.strip()
    _add(score, read)


# ---------------------------------------------------------------- one page


def _read(reader: str, content: bytes) -> Read:
    """What a reader makes of a page. A peer may raise anything; it is said how it ended."""
    began = time.process_time()
    title = text = ended = ""
    try:
        title, text = READERS[reader](content)
    except Exception as error:  # noqa: BLE001 - a peer’s
        ended = type(error).__name__
    return Read(title, text, ended, time.process_time() - began)


def _add(score: Score, read: Read) -> None:
    score.seconds += read.seconds
    score.broken += bool(read.ended) or read.seconds > SLOW


def _words_of_page(html: str) -> str:
    return words_in(next(parse(html).iter("body")))


def _table(head: str, columns: Sequence[str], rows: dict[str, Sequence[float]]) -> Lines:
    """A table of figures, a row a reader."""
    lines = [head, " " * 18 + "".join(f"{column:>14}" for column in columns)]
    for reader, values in rows.items():
        cells = "".join(
            f"{each:>14.2f}" if isinstance(each, float) else f"{each:>14}" for each in values
        )
        lines.append(f"{reader:<18}{cells}")
    return Lines(tuple(lines))
