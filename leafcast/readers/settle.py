"""Runs of a Word file or a page brought to what Markdown can say, and nested as inlines.

Word marks a space here and a full stop there as bold, and cuts one bold word into three runs. What
is settled has its white space single and outside the marks, neighbours that are marked alike
joined, and its marks where CommonMark lets them begin and end (6.2, left- and right-flanking): so
that the article read from the file is the very one read from the Markdown that `leafcast new`
writes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Final

from leafcast.document.article import (
    Code,
    Emphasis,
    Foreign,
    Inline,
    LineBreak,
    Link,
    NoteMark,
    Strong,
    Text,
)
from leafcast.locale.sentence_ends import sentence_spans
from leafcast.readers.drafts import BREAK, Run, Runs

SPACES: Final = re.compile(r"[^\S\n\u00a0\u2007\u2009\u202f]+")
"""White space that is one space to a reader; those that keep words together stay as they are."""
UNWANTED: Final = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def settle(runs: Iterable[Run]) -> Runs:
    """`runs` as they can be written in Markdown; the same words, white space aside."""
    settled = _joined(_without_edges(list(_pieces(runs))))
    while (moved := _joined(_space_outside(_flanked(_links_whole(settled))))) != settled:
        settled = moved
    return tuple(_one_space_between_sentences(settled))


def _pieces(runs: Iterable[Run]) -> Iterator[Run]:
    """Words, white space, line breaks and note marks, each a run of its own."""
    for run in runs:
        if run.note:
            yield Run("", note=run.note)
        text = SPACES.sub(" ", UNWANTED.sub("", run.text.replace("\r\n", "\n")))
        strong_only = replace(run, emphasis=run.emphasis and not run.strong, note="")
        for piece in re.findall(r" *\n[ \n]*|\s+|[^\s](?:.*[^\s])?", text):
            yield Run(BREAK) if "\n" in piece else replace(strong_only, text=piece)


def _without_edges(pieces: list[Run]) -> list[Run]:
    """`pieces` without white space at either end, at line breaks, or twice."""
    kept: list[Run] = []
    for piece in pieces:
        before = next((run.text for run in reversed(kept) if not run.note), BREAK)
        if piece.note or piece.text.strip():
            kept.append(piece)
        elif piece.text == BREAK:
            if before != BREAK:
                _drop_space(kept)
                kept.append(piece)
        elif not before[-1:].isspace():
            kept.append(piece)
    _drop_space(kept)
    return kept


def _drop_space(runs: list[Run]) -> None:
    """Take white space from the end of `runs`, before notes too."""
    at = len(runs) - 1
    while at >= 0 and (runs[at].note or not runs[at].text.strip()):
        if not runs[at].note:
            del runs[at]
        at -= 1


def _links_whole(runs: list[Run]) -> list[Run]:
    """A link is strong, or in another language, as a whole or not at all: it is not cut in two."""
    whole: list[Run] = []
    for target, group in groupby(runs, key=lambda run: run.target):
        linked = list(group)
        for name in ("lang", "strong", "emphasis") if target else ():
            if len({getattr(run, name) for run in linked if run.text.strip()}) > 1:
                linked = [_without(run, name) for run in linked]
        whole += linked
    return whole


def _joined(runs: list[Run]) -> list[Run]:
    """Neighbours that are marked alike as one."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        whole = last and BREAK not in (last.text, run.text) and not (last.note or run.note)
        if last and whole and replace(last, text="") == replace(run, text=""):
            joined[-1] = replace(last, text=last.text + run.text)
        elif run.text or run.note:
            joined.append(run)
    return joined


def _space_outside(runs: list[Run]) -> list[Run]:
    """White space at the edge of a run has only the marks of both its neighbours."""
    split: list[Run] = []
    for run in runs:
        if run.note or run.text == BREAK:
            split.append(run)
            continue
        words = run.text.strip()
        lead = run.text[: len(run.text) - len(run.text.lstrip())]
        tail = run.text[len(lead) + len(words) :]
        pieces = ((lead, False), (words, run.code), (tail, False))
        split += [replace(run, text=text, code=code) for text, code in pieces if text]
    return [
        _in_common(run, split[at - 1] if at else Run(""), (split[at + 1 : at + 2] or [Run("")])[0])
        if run.text.isspace() and run.text != BREAK
        else run
        for at, run in enumerate(split)
    ]


def _in_common(space: Run, before: Run, after: Run) -> Run:
    """White space with the marks that the words before and after it share."""
    return Run(
        space.text,
        before.strong and after.strong,
        before.emphasis and after.emphasis,
        before.target if before.target == after.target else "",
        before.lang if before.lang == after.lang else "",
    )


def _one_space_between_sentences(runs: list[Run]) -> list[Run]:
    """Between sentences stands one plain space or a line break, none that holds them together."""
    spans = list(sentence_spans("".join(run.text for run in runs)))
    between = {at for (_, end), (start, _) in pairwise(spans) for at in range(end, start)}
    kept: list[Run] = []
    at = 0
    for run in runs:
        text = "".join(
            char
            if char == BREAK or here not in between
            else "" if here - 1 in between else " "
            for here, char in enumerate(run.text, at)
        )  # fmt: skip
        at += len(run.text)
        kept.append(replace(run, text=text))
    return _joined(kept)


# ---------------------------------------------------------------- where marks may stand


def _flanked(runs: list[Run]) -> list[Run]:
    """The first mark that could neither begin nor end moved off the punctuation it stands at."""
    around = [Run(" "), *runs, Run(" ")]
    for at, run in enumerate(runs):
        before, after = around[at], around[at + 2]
        for name in ("strong", "emphasis"):
            if getattr(run, name):
                opens = not getattr(before, name)
                if opens and _stuck(run, run.text[:1], before, before.text[-1:]):
                    return [*runs[:at], *_unmarked(run, name, first=True), *runs[at + 1 :]]
                closes = not getattr(after, name)
                if closes and _stuck(run, run.text[-1:], after, after.text[:1]):
                    return [*runs[:at], *_unmarked(run, name, first=False), *runs[at + 1 :]]
    return runs


def _stuck(run: Run, edge: str, neighbour: Run, beside: str) -> bool:
    """Whether a mark between punctuation and a word beside it would be no mark."""
    if neighbour.note or neighbour.target or neighbour.lang or neighbour.code:
        return False  # a bracket or a backtick stands beside
    in_brackets = run.target or run.lang or run.code
    word_beside = not beside.isspace() and not _is_punctuation(beside)
    return word_beside and bool(in_brackets or _is_punctuation(edge))


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _unmarked(run: Run, name: str, *, first: bool) -> list[Run]:
    """`run` with its first or last punctuation outside the mark; all of it, if it is a link."""
    plain = _without(run, name)
    if run.target or run.lang or run.code:
        return [plain]
    rest = run.text[1:] if first else run.text[:-1]
    edge = replace(plain, text=run.text[0] if first else run.text[-1])
    inner = [replace(run, text=rest)] if rest else []
    return [edge, *inner] if first else [*inner, edge]


# ---------------------------------------------------------------- as the model has them

Numbers = Mapping[str, int]
"""The number of each note, by its label."""

WRAPPERS: Final[dict[str, Callable[[tuple[Inline, ...], Run], Inline]]] = {
    "strong": lambda content, run: Strong(content),
    "emphasis": lambda content, run: Emphasis(content),
    "lang": lambda content, run: Foreign(content, run.lang),
    "target": lambda content, run: Link(content, run.target),
}
"""Marks from the outside in."""
UNMARKED: Final = {"target": "", "lang": "", "strong": False, "emphasis": False}


def nest(runs: Runs, numbers: Numbers) -> tuple[Inline, ...]:
    """Settled `runs` as inlines, the number of each note by its label."""
    return _nest(runs, numbers, tuple(WRAPPERS))


def _nest(runs: Runs, numbers: Numbers, names: tuple[str, ...]) -> tuple[Inline, ...]:
    if not names:
        return tuple(inline for run in runs for inline in _leaf(run, numbers))
    name, *inner = names
    inlines: list[Inline] = []
    for mark, group in groupby(runs, key=lambda run: getattr(run, name)):
        marked = tuple(group)
        content = _nest(marked, numbers, tuple(inner))
        inlines += [WRAPPERS[name](content, marked[0])] if mark and content else content
    return tuple(inlines)


def _without(run: Run, name: str) -> Run:
    return replace(run, **{name: UNMARKED[name]})  # type: ignore[arg-type]


def _leaf(run: Run, numbers: Numbers) -> list[Inline]:
    if run.note:
        number = numbers.get(run.note)
        return [NoteMark(f"note-{number}", number)] if number else []
    if run.text == BREAK:
        return [LineBreak()]
    return [Code(run.text) if run.code else Text(run.text)]
