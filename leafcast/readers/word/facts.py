"""What a Word file says about itself: properties, first lines, language, margins."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Final, TypeVar
from xml.etree.ElementTree import Element

from leafcast.document.invisible import cleaned
from leafcast.document.straight import enclosed
from leafcast.readers.drafts import BlockDraft, ParagraphDraft, RuleDraft, words_of
from leafcast.readers.facts import DAYS, Fact, Standing, facts_in
from leafcast.readers.front_facts import LANGUAGE
from leafcast.readers.front_matter import KEYS
from leafcast.readers.word.file import WordFile
from leafcast.readers.word.package import Package
from leafcast.readers.word.styles import Styles, value

PROPERTIES: Final = "the file’s properties"
MADE: Final = "the day on which the file was made"
SETTING: Final = "the language that Word was set to"

T = TypeVar("T")


def core_facts(package: Package) -> tuple[Fact, ...]:
    """Title, author, summary and day from the file's properties (ISO/IEC 29500-2, 11)."""
    name = next((each for each in sorted(package.names) if each.casefold() == CORE), None)
    root = package.xml(name) if name else None
    if root is None:
        return ()
    said = {key: _property(root, tag) for key, tag in TAGS.items()}
    if re.fullmatch(r"(Word )?Document\d*|Microsoft Word.*", said["title"]):
        said["title"] = ""
    day = _day(_property(root, "dcterms-created"))
    made = (Fact("published", day, Standing.KEPT, MADE, guessed=True),) if day else ()
    return (*facts_in(said, Standing.KEPT, PROPERTIES), *made)


CORE: Final = "docprops/core.xml"
TAGS: Final = {"title": "dc-title", "author": "dc-creator", "summary": "dc-description"}


def _property(root: Element, tag: str) -> str:
    """A property, on one line; `_x000d_` is the character with that number (29500-1, 22.4.2.4)."""
    found = root.find(tag)
    words = (found.text or "") if found is not None else ""
    return " ".join(cleaned(ESCAPED.sub(lambda code: chr(int(code[1], 16)), words)).split())


ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _day(stamp: str) -> str:
    """The day of a time such as 2026-11-24T10:00:00Z; "" where it is none."""
    try:
        return date.fromisoformat(stamp[:10]).isoformat()
    except ValueError:
        return ""


HEAD_LINE: Final = re.compile(rf"({'|'.join(KEYS)})\s*:\s*(.*)", re.I)


def head_facts(blocks: tuple[BlockDraft, ...]) -> tuple[dict[str, str], tuple[BlockDraft, ...]]:
    """Front matter written as the first paragraphs, such as `review: 2029-11-24`, and the rest."""
    facts: dict[str, str] = {}
    for at, block in enumerate(blocks):
        words = words_of(block.runs) if isinstance(block, ParagraphDraft) else ""
        line = HEAD_LINE.fullmatch(words)
        if line and _can_be(line[1].casefold(), line[2].strip()):
            key, said = line[1].casefold(), line[2].strip()
            facts[key] = said if key in ("leaflet", "say") else enclosed(said)
        elif not (isinstance(block, RuleDraft) or re.fullmatch(r"-{3,}|[—–]+", words)):
            return facts, blocks[at:] if facts else blocks
    return facts, ()


def _can_be(key: str, said: str) -> bool:
    """Whether words can be a fact as front matter has it: a day in figures, a language's code."""
    if key in DAYS:
        return bool(_day(said) == enclosed(said) or not said)
    return key != "language" or bool(LANGUAGE.fullmatch(enclosed(said)))


def survey(body: Element, file: WordFile) -> None:
    """Find the language, the size and the indent of most letters."""
    languages: Counter[str] = Counter()
    sizes: Counter[float] = Counter()
    indents: Counter[int] = Counter()
    for paragraph in body.iter("w-p"):
        before = sizes.total()
        for run in paragraph.iter("w-r"):
            letters = sum(len(text.text or "") for text in run.iterfind("w-t"))
            languages[value(file.styles.run(run, paragraph, "w-lang"))] += letters
            sizes[size_of(run, paragraph, file.styles)] += letters
        indents[file.styles.indents(paragraph)[0]] += sizes.total() - before
    known = re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", _most(languages, ""))
    file.language = known[0] if known else ""
    file.size, file.indent = _most(sizes, 0.0), _most(indents, 0)


def _most(counted: Counter[T], otherwise: T) -> T:
    return counted.most_common(1)[0][0] if counted else otherwise


def size_of(run: Element, paragraph: Element, styles: Styles) -> float:
    """The size of a run's letters in half-points; 0 where it is not given."""
    size = value(styles.run(run, paragraph, "w-sz"))
    return float(size) if re.fullmatch(r"[0-9]{1,4}", size) else 0.0
