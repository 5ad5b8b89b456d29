"""What a paragraph of a Word file is, by its style and by how it looks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from leafcast.readers.bullets import bullet_of
from leafcast.readers.drafts import BREAK, ParagraphDraft, Run, Runs, words_of
from leafcast.readers.word.facts import size_of
from leafcast.readers.word.file import WordFile
from leafcast.readers.word.styles import Styles, is_on, value

LARGE: Final = 1.25
"""Times the size of the text: a line set so large stands out."""
QUOTED: Final = 360
"""How much further in than the text quotations begin, in twentieths of a point: 6.35 mm."""
SHORT: Final = 6
"""Words of a line that stands in from the left alone, and may be an address or a signature."""


def heading_level(paragraph: Element, name: str, styles: Styles) -> int:
    """1 to 9 for a heading, 0 for other paragraphs."""
    outline = value(styles.paragraph(paragraph, "w-outlineLvl"))
    if re.fullmatch(r"[0-8]", outline):
        return int(outline) + 1
    return int(name[-1]) if re.fullmatch(r"heading [1-9]", name) else 0


def is_quotation(name: str) -> bool:
    """Whether a style of this name is for somebody else's words."""
    return name.endswith("quote") or name == "block text"


def stands_out(paragraph: Element, runs: Runs, file: WordFile) -> bool:
    """Whether all of a paragraph is bold, or larger than the text."""
    if all(run.strong or not run.text.strip() for run in runs):
        return True
    written = [
        run
        for run in paragraph.iter("w-r")
        if "".join(text.text or "" for text in run.iterfind("w-t")).strip()
    ]
    least = max(file.size, 1.0) * LARGE
    return bool(written) and all(size_of(run, paragraph, file.styles) >= least for run in written)


def stands_in(paragraph: Element, draft: ParagraphDraft, name: str, file: WordFile) -> bool:
    """Whether a paragraph stands in from the others, as quotations do."""
    left, right = file.styles.indents(paragraph)
    words = words_of(draft.runs)
    centred = value(file.styles.paragraph(paragraph, "w-jc")) in ("center", "right", "end")
    return (
        left - file.indent >= QUOTED
        and not (name or centred or draft.stands_out or bullet_of(words))
        and (right >= QUOTED or len(words.split()) >= SHORT)
    )


def is_slanted(runs: Runs) -> bool:
    """Whether all words are slanted."""
    return all(run.emphasis or not run.text.strip() for run in runs)


def is_capital(paragraph: Element) -> bool:
    """Whether a paragraph is a capital set large before the next one (17.3.1.11)."""
    frame = paragraph.find("w-pPr/w-framePr")
    return frame is not None and frame.get("w-dropCap", "none") in ("drop", "margin")


def plain(runs: Iterable[Run]) -> Iterator[Run]:
    """`runs` without marks."""
    return (replace(run, strong=False, emphasis=False) for run in runs)


def says(runs: Runs) -> bool:
    """Whether runs hold words, or the call of a note."""
    return bool(words_of(runs)) or any(run.note for run in runs)


def has_line(paragraph: Element, edge: str) -> bool:
    """Whether a line is drawn at this edge of a paragraph, by itself and not by a style."""
    return is_on(paragraph.find(f"w-pPr/w-pBdr/{edge}"))


def stanzas(runs: Iterable[Run]) -> Iterator[Runs]:
    """Runs cut where two line breaks follow each other, as after a paragraph."""
    gathered: list[Run] = []
    broken = False
    for run in runs:
        if run.text == BREAK and broken and not run.note:
            yield tuple(gathered)
            gathered = []
        elif run.text.strip() or run.note:
            broken = False
        broken = broken or run.text == BREAK
        gathered.append(run)
    yield tuple(gathered)
