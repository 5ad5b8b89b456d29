"""What is wanted held against what is found: each block once, in order, right in every part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from leafcast.checks.pdf.blocks import Block
from leafcast.checks.pdf.expected import BULLET
from leafcast.checks.pdf.faults import Fault, shortened

ALIKE: Final = 0.5
"""Blocks of a type whose words are this much the same are one block that differs."""
COUNTED: Final = frozenset(("Decimal", "Ordered"))
POINTED: Final = frozenset(("Disc", "Circle", "Square", "Unordered"))
NAMES: Final = {
    "P": "a paragraph", "L": "a list", "LI": "an entry of a list", "LBody": "an entry’s words",
    "BlockQuote": "a quotation", "Table": "a table", "TR": "a row", "TH": "a table’s header",
    "TD": "a table’s cell", "THead": "a table’s head", "TBody": "a table’s rows",
    "Figure": "a picture", "Caption": "a caption", "Sect": "a section", "Note": "a note",
    "TOC": "the contents", "TOCI": "an entry of the contents", "Art": "the article",
    "": "loose words",
}  # fmt: skip


@dataclass(slots=True)
class Comparison:
    """The faults as they are met, and the blocks that have no partner so far."""

    faults: list[Fault] = field(default_factory=list)
    missing: list[Block] = field(default_factory=list)
    extra: list[Block] = field(default_factory=list)

    def add(self, code: str, words: str, block: Block) -> None:
        """Note a fault of a block that was found."""
        self.faults.append(Fault(code, words, block.page))


def compare(wanted: Sequence[Block], found: Sequence[Block]) -> list[Fault]:
    """Every way in which the blocks found differ from those wanted."""
    comparison = Comparison()
    _compare_rows(wanted, found, comparison)
    return [*comparison.faults, *_without_partner(comparison)]


def _without_partner(comparison: Comparison) -> Iterator[Fault]:
    """Blocks that are missing here and too many there were moved."""
    extra = list(comparison.extra)
    for block in comparison.missing:
        told = f"{_name(block)}, “{shortened(block.words)}”"
        moved = next((e for e in extra if (e.type, e.words) == (block.type, block.words)), None)
        if moved:
            extra.remove(moved)
            yield Fault("pdf-block-moved", f"Out of its order: {told}", moved.page)
        else:
            yield Fault("pdf-block-missing", f"Missing from the tags: {told}")
    for block in extra:
        told = f"{_name(block)}, “{shortened(block.words)}”"
        yield Fault("pdf-block-extra", f"Once too often in the tags: {told}", block.page)


def _name(block: Block) -> str:
    if block.type.startswith("H") and block.type[1:].isdigit():
        return f"a heading of level {block.type[1:]}"
    return NAMES.get(block.type, block.type)


# ---------------------------------------------------------------- a row of blocks


def _compare_rows(wanted: Sequence[Block], found: Sequence[Block], comparison: Comparison) -> None:
    wanted_keys = [(block.type, block.words) for block in wanted]
    found_keys = [(block.type, block.words) for block in found]
    if wanted_keys == found_keys:
        for pair in zip(wanted, found, strict=True):
            _compare_pair(*pair, comparison)
        return
    matcher = SequenceMatcher(None, wanted_keys, found_keys, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            for pair in zip(wanted[a:b], found[c:d], strict=True):
                _compare_pair(*pair, comparison)
        else:
            _compare_stretch(wanted[a:b], found[c:d], comparison)


def _compare_stretch(
    wanted: Sequence[Block], found: Sequence[Block], comparison: Comparison
) -> None:
    """Blocks that are not the same on both sides: find out what became of each."""
    if wanted and found and len(wanted) != len(found) and _words(wanted) == _words(found):
        comparison.faults.append(_otherwise_cut(wanted, found))
        return
    left = list(found)
    for block in wanted:
        partner = _partner(block, left)
        if partner is None:
            comparison.missing.append(block)
        else:
            left.remove(partner)
            _compare_pair(block, partner, comparison)
    comparison.extra += left


def _words(blocks: Sequence[Block]) -> str:
    return "".join("".join(block.words.split()) for block in blocks)


def _otherwise_cut(wanted: Sequence[Block], found: Sequence[Block]) -> Fault:
    """The words are all there, but in other blocks."""
    told = f"{_name(wanted[0])}, “{shortened(wanted[0].words)}”"
    types = {block.type for block in found}
    if types != {block.type for block in wanted}:
        kinds = ", ".join(_name(block) for block in found[:3])
        return Fault("pdf-block-type", f"Tagged as {kinds}: {told}", found[0].page)
    if len(found) > len(wanted):
        words = f"In {len(found)} pieces in the tags: {told}"
        return Fault("pdf-block-in-pieces", words, found[0].page)
    words = f"Run together with what follows in the tags: {told}"
    return Fault("pdf-blocks-run-together", words, found[0].page)


def _partner(block: Block, found: Sequence[Block]) -> Block | None:
    """What `block` became: by its id, by its words, or by its kind and most of its words."""
    for other in found:
        if block.id and block.id == other.id:
            return other
    for other in found:
        if block.words and block.words == other.words:
            return other
    for other in found:
        if block.type == other.type and _alike(block.words, other.words):
            return other
    return None


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return matcher.quick_ratio() >= ALIKE


# ---------------------------------------------------------------- one block


def _compare_pair(wanted: Block, found: Block, comparison: Comparison) -> None:
    told = f"“{shortened(wanted.words)}”"
    if wanted.type != found.type:
        words = f"Tagged as {_name(found)}, not as {_name(wanted)}: {told}"
        comparison.add("pdf-block-type", words, found)
    if wanted.id and wanted.id != found.id:
        words = f"Its tag is called “{found.id}”, not “{wanted.id}”: {told}"
        comparison.add("pdf-block-id", words, found)
    if wanted.alt != found.alt:
        words = f"A picture is described as “{found.alt or ''}”, not as “{wanted.alt or ''}”"
        comparison.add("pdf-picture-words", words, found)
    _compare_label(wanted, found, comparison)
    _compare_header(wanted, found, comparison)
    _compare_line(wanted, found, comparison)
    if wanted.children or found.children:
        if not (wanted.children and found.children) and wanted.words == found.words:
            words = f"{_name(wanted).capitalize()} has other parts than it should: {told}"
            comparison.add("pdf-block-type", words, found)
        else:
            _compare_rows(wanted.children, found.children, comparison)


def _compare_label(wanted: Block, found: Block, comparison: Comparison) -> None:
    label = found.label or ""
    if wanted.label is not None:
        right = label == wanted.label
        if wanted.label == BULLET:
            right = bool(label) and not any(character.isalnum() for character in label)
        if not right:
            words = (
                f"An entry’s label is “{label}”, not “{wanted.label}”: “{shortened(wanted.words)}”"
            )
            comparison.add("pdf-list-label", words, found)
    kinds = {"Decimal": COUNTED, "Disc": POINTED}.get(wanted.numbering)
    if kinds and found.numbering not in kinds:
        words = f"A list is said to be numbered “{found.numbering}”, not “{wanted.numbering}”"
        comparison.add("pdf-list-numbering", words, found)


def _compare_header(wanted: Block, found: Block, comparison: Comparison) -> None:
    if wanted.type == found.type == "TH" and wanted.scope and wanted.scope != found.scope:
        words = f"It is not said what this header stands over: “{wanted.words}”"
        comparison.add("pdf-table-header", words, found)
    if wanted.spans != found.spans or wanted.headers != found.headers:
        words = f"It is not said over what this cell goes, or what heads it: “{wanted.words}”"
        comparison.add("pdf-table-merged", words, found)


def _compare_line(wanted: Block, found: Block, comparison: Comparison) -> None:
    """The words of a block, their languages, and its links."""
    if (wanted.children or found.children) and (not wanted.label or not found.label):
        return
    if wanted.text != found.text:
        words = f"Its words differ: {first_difference(wanted.text, found.text)}"
        comparison.add("pdf-block-text", words, found)
        return
    if (wanted_in := _in_words(wanted)) != (found_in := _in_words(found)):
        words = f"In another language than its tags say ({wanted_in}; the tags say {found_in})"
        comparison.add("pdf-foreign-words", words, found)
    if wanted.links != found.links:
        for pair in zip(wanted.links, found.links, strict=False):
            if pair[0] != pair[1]:
                words = f"The link “{pair[0].words}” leads to “{pair[1].target}”"
                comparison.add("pdf-link-target", words, found)
        if len(wanted.links) != len(found.links):
            words = f"{len(found.links)} of {len(wanted.links)} links: “{shortened(wanted.words)}”"
            comparison.add("pdf-link-missing", words, found)


def _in_words(block: Block) -> str:
    told = ", ".join(f"“{shortened(words)}”: {language}" for language, words in block.phrases)
    return told or "nothing foreign"


def first_difference(wanted: str, found: str) -> str:
    """Where two texts part, with a few words around."""
    at = next(
        (n for n, (a, b) in enumerate(zip(wanted, found, strict=False)) if a != b),
        min(len(wanted), len(found)),
    )
    start = wanted.rfind(" ", 0, max(0, at - 20)) + 1
    return f"“{wanted[start : at + 25]}” is “{found[start : at + 25]}”"
