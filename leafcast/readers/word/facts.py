"""What a Word file says about itself: properties, first lines, language, margins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from leafcast.readers.drafts import BlockDraft, ParagraphDraft, RuleDraft, words_of
from leafcast.readers.front_matter import KEYS
from leafcast.readers.word.package import Package, Relation
from leafcast.readers.word.styles import Styles, value


def core_facts(package: Package) -> dict[str, str]:
    """Title, author, summary and date from the file's properties."""
    for name in sorted(package.names):
        if name.casefold() == "docprops/core.xml":
            root = package.xml(name)
            break
    else:
        return {}
    facts = {}
    for key, tag in (
        ("title", "dc-title"), ("author", "dc-creator"), ("summary", "dc-description"),
        ("published", "dcterms-created"),
    ):  # fmt: skip
        found = root.find(tag) if root is not None else None
        words = " ".join((found.text or "").split()) if found is not None else ""
        facts[key] = words
    facts["published"] = _day(facts["published"])
    if re.fullmatch(r"(Word )?Document\d*|Microsoft Word.*", facts["title"]):
        facts["title"] = ""
    return {key: words for key, words in facts.items() if words}


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
        if line:
            key, said = line[1].casefold(), line[2].strip()
            facts[key] = said if key in ("leaflet", "say") else said.strip('"“”')
        elif not (isinstance(block, RuleDraft) or re.fullmatch(r"-{3,}|[—–]+", words)):
            return facts, blocks[at:] if facts else blocks
    return facts, ()


def margin_words(package: Package, relations: Iterable[Relation]) -> str:
    """What stands in headers and footers of the pages; "" where it is no words."""
    words: dict[str, None] = {}
    for relation in relations:
        if relation.kind in ("header", "footer") and not relation.outside:
            root = package.xml(relation.target)
            texts = root.iter("w-t") if root is not None else ()
            words[" ".join("".join(t.text or "" for t in texts).split())] = None
    said = " · ".join(filter(None, words))
    return said if re.search(r"[^\W\d]", said) else ""


def survey(body: Element, styles: Styles) -> tuple[str, float]:
    """The language and the size of most of the letters."""
    languages: Counter[str] = Counter()
    sizes: Counter[float] = Counter()
    for paragraph in body.iter("w-p"):
        for run in paragraph.iter("w-r"):
            letters = sum(len(text.text or "") for text in run.iterfind("w-t"))
            languages[value(styles.run(run, paragraph, "w-lang"))] += letters
            sizes[size_of(run, paragraph, styles)] += letters
    language = languages.most_common(1)[0][0] if languages else ""
    known = re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", language)
    return (language if known else ""), (sizes.most_common(1)[0][0] if sizes else 0.0)


def size_of(run: Element, paragraph: Element, styles: Styles) -> float:
    """The size of a run's letters in half-points; 0 where it is not given."""
    size = value(styles.run(run, paragraph, "w-sz"))
    return float(size) if re.fullmatch(r"[0-9]{1,4}", size) else 0.0
