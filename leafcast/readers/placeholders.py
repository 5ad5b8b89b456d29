"""Words that only hold a place: “TODO”, “Lorem ipsum”, “[insert text here]”. An article of nothing
else is not written yet, and is not published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from leafcast.document.article import (
    Article,
    Figure,
    Paragraph,
    Reading,
    Table,
    article_blocks,
)
from leafcast.document.origin import Origin
from leafcast.document.report import Finding, Severity
from leafcast.readers.drafts import quoted

PLACEHOLDER: Final = re.compile(
    r"\W*(?:(?:to ?do|fixme|tbc|tbd|tba|x{3,})\b(?:\s*[:–—-].*|\W*)|lorem ipsum\b.*"
    r"|(?:to be|still to be|not yet) (?:written|added|confirmed|completed|done|decided)\W*"
    r"|(?:more |text |content )?(?:coming soon|to follow|to come|goes here)\W*"
    r"|(?:please )?(?:insert|add|put|type|enter|write|paste)\b[^.!?]{0,60}"
    r"\b(?:here|text|content|paragraph)\W*|(?:placeholder|dummy|sample|example) text\W*"
    r"|(?:your )?text (?:goes )?here\W*|place ?holder\b.{0,40}|blah(?:\W+blah)*\W*)",
    re.I | re.S,
)
"""A paragraph that says nothing yet."""


def with_placeholders_told(reading: Reading, origin: Origin) -> Reading:
    """`reading` without its article where nothing of it is written; else with a warning for each
    paragraph that only holds a place.
    """
    if reading.article is None:
        return reading
    texts = list(_texts(reading.article))
    held = [(words, line) for words, line in texts if PLACEHOLDER.fullmatch(words)]
    if texts and len(held) < len(texts):
        told = tuple(_left(words, line, origin) for words, line in held)
        return replace(reading, findings=(*reading.findings, *told)) if told else reading
    if not held and (not reading.article.sections or _has_pictures(reading.article)):
        return reading  # nothing stands in it at all, which is told already
    why = f"all it says is {quoted(held[0][0])}" if held else "nothing stands under its headings"
    found = origin.finding(
        "article-not-written",
        Severity.WARNING,
        f"This article is not written yet: {why}",
        "Write it, then run the build again",
        line=held[0][1] if held else 1,
    )
    findings = tuple(each for each in reading.findings if each.code != "empty-section")
    return replace(reading, article=None, findings=(*findings, found), unwritten=True)


def _texts(article: Article) -> Iterator[tuple[str, int]]:
    """The words of each paragraph, point and table with its line."""
    for block in article_blocks(article):
        line = block.place.line or 1 if block.place else 1
        match block:
            case Paragraph(sentences=sentences):
                yield " ".join(sentence.text for sentence in sentences), line
            case Table(rows=rows):
                yield " ".join(s.text for row in rows for cell in row for s in cell.sentences), line


def _has_pictures(article: Article) -> bool:
    return any(isinstance(block, Figure) for block in article_blocks(article))


def _left(words: str, line: int, origin: Origin) -> Finding:
    return origin.finding(
        "placeholder-left",
        Severity.WARNING,
        f"{quoted(words)} only holds a place, and is published as it stands",
        "Write what belongs there, or take it out",
        line=line,
    )
