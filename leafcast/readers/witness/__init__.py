"""The witness: a second, simple way from a file to its words, held against the article.

It shares no code with the readers it watches. Each word and each call of a note of the file is in
the article, in order, or is named in a finding with its line; what neither holds is `words-lost`.
A fact, a mark of the owner, and what a finding says is left out are not lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final, cast

from leafcast.document.article import Reading
from leafcast.document.origin import Origin
from leafcast.document.report import Finding
from leafcast.execution.lazy import named
from leafcast.readers.table import READERS
from leafcast.readers.witness.compare import compare
from leafcast.readers.witness.findings import Telling
from leafcast.readers.witness.lines import placed
from leafcast.readers.witness.page import page_text, upright_passages
from leafcast.readers.witness.passages import Passage
from leafcast.readers.witness.text import HEAD, SHOWN

Witness = Callable[[bytes | str], Iterable[Passage]]

PAGES: Final = (".html", ".htm")


def witnessed(content: str | bytes, suffix: str, reading: Reading, origin: Origin) -> Reading:
    """`reading` with what of the file is lost in it: an error for each loss, and one advice of what
    is left out by design and told by no reader.

    `content` is text for Markdown and plain text, bytes otherwise; `suffix` is in small letters. A
    file of which there is no article has findings that say why.
    """
    lost = _lost(content, suffix, reading, origin)
    return replace(reading, findings=(*reading.findings, *lost)) if lost else reading


def _shows(content: str | bytes, head: re.Match[str]) -> bool:
    """Whether the text below front matter begins with a fact once more: title or author."""
    return isinstance(content, str) and bool(SHOWN.match(content, head.end()))


def _lost(
    content: str | bytes, suffix: str, reading: Reading, origin: Origin
) -> tuple[Finding, ...]:
    reader = READERS[suffix]
    if reading.article is None:
        return ()
    if reader.quick and cast("Callable[..., bool]", named(reader.quick))(content, reading.article):
        return ()
    passages = tuple(cast("Witness", named(reader.witness))(content))
    head = HEAD.match(content) if isinstance(content, str) else None
    verdict = compare(passages, reading, head[0] if head and not _shows(content, head) else "")
    if isinstance(content, bytes) and suffix in PAGES and verdict.losses:
        upright = tuple(upright_passages(content))
        other = compare(upright, reading, "")
        if len(other.losses) < len(verdict.losses):
            passages, verdict = upright, other
    if isinstance(content, bytes) and suffix in PAGES and (verdict.losses or verdict.left_out):
        passages = tuple(placed(passages, page_text(content)))
        verdict = compare(passages, reading, "")
    unit = "paragraph" if suffix == ".docx" else "line"
    return Telling(passages, origin, unit).findings(verdict)
