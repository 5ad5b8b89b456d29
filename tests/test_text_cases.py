"""Texts, mails, letters and forms as people have them: cases a person can read, in text_cases.txt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from leafcast.document.article import (
    Article,
    Block,
    Inline,
    LineBreak,
    ListBlock,
    Paragraph,
    Quote,
    Reading,
    Section,
    Sentence,
    plain_text,
)
from leafcast.document.origin import Origin
from leafcast.readers.encodings import decoded
from leafcast.readers.finish import finish
from leafcast.readers.guesses import Manner
from leafcast.readers.plain_text import draft_text
from leafcast.readers.witness import witnessed

MANNER = Manner("If it is none, mend it", "If it is one, mend it", "If it is none, mend it")
CASES = Path(__file__).with_name("text_cases.txt").read_text("utf-8").split("\n=== ")[1:]
OTHERWISE = {"title": "?", "author": "Jo Example, counsellor", "language": "en-GB"}
DAYS = {"published": "2026-03-01", "review": "2028-03-01"}


def read(text: str, **otherwise: str) -> Reading:
    """A text as `leafcast new` reads it."""
    origin = Origin("a.txt", "a", Path())
    text, _ = decoded(text.encode(), origin)
    draft = draft_text(text, origin)
    known = replace(draft, facts={**draft.facts, **DAYS}, otherwise={**OTHERWISE, **otherwise})
    return witnessed(text, ".txt", finish(known, MANNER, origin), origin)


def shape(article: Article) -> Iterator[str]:
    """An article line by line, as the cases write it."""
    if article.title != "?":
        yield f"T {article.title}"
    if article.author != OTHERWISE["author"]:
        yield f"A {article.author}"
    if article.subtitle:
        yield f"S {article.subtitle}"
    yield from (line for block in article.introduction for line in lines(block))
    for section in article.sections:
        yield from section_lines(section, "#")
    if article.byline:
        yield f"@ {words(article.byline.sentences)}"
    for block in article.call_to_action:
        yield from (f"!{line[1:]}" for line in lines(block))


def section_lines(section: Section, mark: str) -> Iterator[str]:
    yield f"{mark} {section.heading.text}"
    yield from (line for block in section.blocks for line in lines(block))
    for inner in section.sections:
        yield from section_lines(inner, mark + "#")


def lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(sentences=sentences):
            yield f"p {words(sentences)}"
        case ListBlock(entries=entries, ordered=ordered, start=start):
            for number, entry in enumerate(entries, start):
                inner = [line[2:] for each in entry.blocks for line in lines(each)]
                yield f"{f'{number}.' if ordered else '-'} {' '.join(inner)}"
        case Quote(blocks=blocks):
            yield f"> {' '.join(line[2:] for each in blocks for line in lines(each))}"
        case _:
            yield f"{type(block).__name__}"


def words(sentences: tuple[Sentence, ...]) -> str:
    """Sentences with a stroke where a line ends."""
    said = " ".join("".join(map(inline, each.content)) for each in sentences)
    return " ".join(said.split())


def inline(each: Inline) -> str:
    if isinstance(each, LineBreak):
        return " / "
    inner = getattr(each, "content", None)
    return "".join(map(inline, inner)) if inner else plain_text((each,))


def parts(case: str) -> tuple[str, list[str], list[str]]:
    """The text of a case, the shape it has, and what is told."""
    _, _, rest = case.partition("\n")
    text, wanted = re.split(r"^---\n", rest, maxsplit=1, flags=re.M)
    told = [line[2:] for line in wanted.splitlines() if line.startswith("? ")]
    shown = [line for line in wanted.splitlines() if line and not line.startswith("? ")]
    return text, shown, told


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 35 and len({case.split("\n")[0] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.split("\n")[0])
def test_a_text_is_read_as_people_mean_it(case: str) -> None:
    text, wanted, told = parts(case)
    reading = read(text)
    assert reading.article, reading.findings
    assert list(shape(reading.article)) == wanted
    messages = "\n".join(f"{each.message} → {each.fix}" for each in reading.findings)
    for part in told:
        assert part in messages
    assert len(reading.findings) <= 8
    assert "words-lost" not in {each.code for each in reading.findings}, messages
