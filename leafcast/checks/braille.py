"""Is the braille the article, word for word, and a file that an embosser takes as it is?

The BRF is read back by liblouis, a word at a time, and held against the article's own sentences,
not against what the edition made of them. What reads back as something else is braille that only
its context makes clear; it counts as there when the table writes the article's words so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from leafcast.braille import liblouis
from leafcast.braille.files import DUBLIN_CORE, PEF, read_brf
from leafcast.braille.layout import CELLS, LINES, Page, joined, number_cells
from leafcast.braille.passages import statement
from leafcast.braille.spelling import Piece, said, spell, spelling, strange_letters
from leafcast.braille.words import BLANK, plain_words, uncontracted
from leafcast.checks.cures import ANEW, REWRITE, with_source
from leafcast.document.article import (
    Article,
    Block,
    Figure,
    Table,
    block_sentences,
    walk_blocks,
    walk_sections,
)
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place, Severity
from leafcast.locale.days import today
from leafcast.locale.language import language_of

MARKS: Final = re.compile("⠘[⠆⠂⠶⠄]|⠈⠨[⠣⠜]")
"""Indicators of bold letters and of a transcriber's note: they say nothing by themselves."""
CAPITALS: Final = re.compile("⠠⠄?")
NOTE_CALL: Final = re.compile(r"\[\d+\]")


def check_braille(publication: Publication, folder: Path) -> Iterator[Finding]:
    """Findings on both files: pages, characters, words, and that they hold the same."""
    article = publication.article
    path = folder / f"{article.slug}.brf"
    if not publication.has(path):
        return
    content = path.read_bytes()
    pages = read_brf(content)
    place = Place(f"dist/{article.slug}/{path.name}")
    for message in (*_faults_of_pages(pages), *_faults_of_bytes(content)):
        yield Finding("braille-page", Severity.ERROR, message, ANEW, place)
    pef = Place(f"dist/{article.slug}/{article.slug}.pef")
    for message in pef_faults((folder / f"{article.slug}.pef").read_bytes(), pages):
        yield Finding("braille-pef", Severity.ERROR, message, ANEW, pef)
    yield from _word_findings(publication, pages, place)


# ---------------------------------------------------------------- pages


def _faults_of_pages(pages: tuple[Page, ...]) -> Iterator[str]:
    if not pages:
        yield "The braille file has no page"
    for number, page in enumerate(pages, 1):
        if len(page) != LINES:
            yield f"Page {number} has {len(page)} lines, not {LINES}"
        for at, line in enumerate(page, 1):
            if len(line) > CELLS:
                yield f"Page {number}, line {at} has {len(line)} cells; {CELLS} fit"
            if strange := "".join(sorted({c for c in line if not "\u2800" <= c <= "\u283f"})):
                yield f"Page {number}, line {at} has what is no braille: {strange!r}"
        if not page or page[-1].strip(BLANK) != number_cells(number):
            yield f"Page {number} does not end with its number"


def _faults_of_bytes(content: bytes) -> Iterator[str]:
    if re.search(rb"(?<!\r)\n|\r(?!\n)", content):
        yield "A line does not end with CR LF"
    if not content.endswith(b"\r\n\f"):
        yield "The last page does not end with a form feed"


# ---------------------------------------------------------------- PEF


def pef_faults(content: bytes, pages: tuple[Page, ...]) -> Iterator[str]:
    """What is wrong with a PEF file by the rules of PEF 1.0, and where it is not the BRF."""
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        yield f"The PEF file is not well-formed: {error}"
        return
    yield from _faults_of_structure(root)
    yield from _faults_of_metadata(root)
    for volume in root.iter(f"{{{PEF}}}volume"):
        yield from _faults_of_volume(volume)
    rows = [
        tuple((row.text or "").rstrip(BLANK) for row in page.iter(f"{{{PEF}}}row"))
        for page in root.iter(f"{{{PEF}}}page")
    ]
    brf = [tuple(line.rstrip(BLANK) for line in page) for page in pages]
    if rows != brf:
        apart = next((n for n, (a, b) in enumerate(zip(rows, brf, strict=False), 1) if a != b), 0)
        apart = apart or min(len(rows), len(brf)) + 1
        yield f"The PEF and the BRF file differ from page {apart}"


CHILDREN: Final = {
    "pef": ("head", "body"),
    "head": ("meta",),
    "body": ("volume",),
    "volume": ("section",),
    "section": ("page",),
    "page": ("row",),
    "row": (),
}
"""PEF 1.0: what each element may hold; `meta` holds Dublin Core."""


def _faults_of_structure(root: ElementTree.Element) -> Iterator[str]:
    if root.tag != f"{{{PEF}}}pef" or root.get("version") != "2008-1":
        yield "The PEF file does not begin with <pef version=“2008-1”>"
    if [_name(child) for child in root] != ["head", "body"]:
        yield "<pef> must hold one <head>, then one <body>"
    for element in root.iter():
        name = _name(element)
        wrong = [_name(child) for child in element if _name(child) not in CHILDREN.get(name, ())]
        if name in CHILDREN and wrong:
            yield f"<{name}> may not hold <{wrong[0]}>"
        if name in ("meta", "body", "volume", "section") and not len(element):
            yield f"<{name}> is empty"
        if name in CHILDREN and name != "row" and (element.text or "").strip():
            yield f"<{name}> may not hold words"


def _faults_of_metadata(root: ElementTree.Element) -> Iterator[str]:
    for name in ("format", "identifier"):
        found = [(each.text or "").strip() for each in root.iter(f"{{{DUBLIN_CORE}}}{name}")]
        if len(found) != 1 or not found[0]:
            yield f"<meta> must have one dc:{name}"
        elif name == "format" and found[0] != "application/x-pef+xml":
            yield "dc:format must be application/x-pef+xml"


def _faults_of_volume(volume: ElementTree.Element) -> Iterator[str]:
    sizes = [volume.get(name, "") for name in ("cols", "rows", "rowgap")]
    if not all(size.isdecimal() for size in sizes) or volume.get("duplex") not in ("true", "false"):
        yield "<volume> must have cols, rows, rowgap and duplex"
        return
    cols, rows, _ = (int(size) for size in sizes)
    for number, page in enumerate(volume.iter(f"{{{PEF}}}page"), 1):
        texts = [row.text or "" for row in page.iter(f"{{{PEF}}}row")]
        if len(texts) > rows:
            yield f"Page {number} of the PEF file has {len(texts)} rows; {rows} fit"
        if any(len(text) > cols for text in texts):
            yield f"Page {number} of the PEF file has a row of more than {cols} cells"
        if any(not re.fullmatch("[\u2800-\u28ff]*", text) for text in texts):
            yield f"Page {number} of the PEF file has a row that is not all braille"


def _name(element: ElementTree.Element) -> str:
    """A PEF element's name; of another vocabulary, the name with its namespace."""
    return element.tag.removeprefix(f"{{{PEF}}}")


# ---------------------------------------------------------------- words


def _word_findings(
    publication: Publication, pages: tuple[Page, ...], place: Place
) -> Iterator[Finding]:
    if not liblouis.version():
        yield Finding(
            "braille-not-checked",
            Severity.NOT_CHECKED,
            "The words of the braille could not be read back: liblouis is not on this machine",
            "Install liblouis, and check again",
            place,
        )
        return
    written = list(_written(publication))
    source = Place(publication.article.source)
    if strange := strange_letters(" ".join(written)):
        yield _strange_finding(strange, source)
    for lost in lost_words(written, joined(pages)):
        yield Finding(
            "braille-words-lost",
            Severity.ERROR,
            words := f"The braille does not say “{lost}”",
            with_source(REWRITE, words, publication),
            place,
        )


def _strange_finding(strange: tuple[str, ...], place: Place) -> Finding:
    named = ", ".join(f"“{c}” ({spelling(c) or said((c,))})" for c in strange[:4])
    others = f" and {len(strange) - 4} more" if len(strange) > 4 else ""
    return Finding(
        "braille-letter-unknown",
        Severity.WARNING,
        f"English braille has no sign for {named}{others}; it is brailled as it says in brackets",
        "Write it in other words, or ask a transcriber",
        place,
    )


def _written(publication: Publication) -> Iterator[str]:
    """Everything that must be in the braille, in its order, from the article and the practice."""
    article, practice = publication.article, publication.project.practice
    language = language_of(article.language)
    yield from (article.title, article.subtitle, article.author, statement(language))
    yield from _sentences(article)
    contact = practice.contact
    yield from (practice.name, contact.invitation, contact.phone, contact.email, contact.address)
    yield from practice.valid_credentials(today())
    for line in practice.crisis:
        yield f"{line.name}: {line.how}"
    yield practice.short_address(article.slug)
    yield language.in_words(article.published)
    yield language.in_words(article.review)


def _sentences(article: Article) -> Iterator[str]:
    """The article's words in reading order, notes last; a table's row by row, with its heads."""
    yield from _texts(article.introduction)
    for section in walk_sections(article.sections):
        yield section.heading.text
        yield from _texts(section.blocks)
    yield from _texts((article.byline,) if article.byline else ())
    yield from _texts(article.call_to_action)
    for note in article.notes:
        yield from _texts(note.blocks)


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in walk_blocks(blocks):
        if isinstance(block, Table) and block.body:
            told = (pair for row in block.body for pair in block.told(row))
            yield from (each.text for names, cell in told for each in (*names, cell))
            continue
        if isinstance(block, Figure):
            yield block.alt
        yield from (sentence.text for sentence in block_sentences(block))


def lost_words(written: list[str], brailled: tuple[str, ...]) -> Iterator[str]:
    """The words of `written` that are not among the braille words, in their order."""
    spelt = ("".join(piece.text for piece in spell(Piece(text))) for text in written)
    wanted = [word for text in spelt for word in text.split() if _bare(word)]
    found = [(bare, at) for at, cell in enumerate(brailled) for bare in _bares(_read(cell))]
    sides = [_bare(word) for word in wanted], [bare for bare, _ in found]
    for kind, a, b, c, d in SequenceMatcher(None, *sides, autojunk=False).get_opcodes():
        if kind in ("equal", "insert"):
            continue
        if kind == "replace":  # of two words alike, the other may have been taken for its neighbour
            first, last = found[c][1] - (b - a), found[d - 1][1] + (b - a)
            if _says(wanted[a:b], brailled[max(0, first) : last + 1]):
                continue
        yield _shortened(" ".join(wanted[a:b]))


def _says(words: list[str], cells: tuple[str, ...]) -> bool:
    """Whether braille words, or a run of them, say words of print.

    As they read back, or as the table writes those words, contracted or letter by letter. A word
    is in two pieces at most, and in one more for each hyphen at which a line may end.
    """
    bare, text = "".join(_bare(word) for word in words), " ".join(words)
    known = {_small("".join(each(text))) for each in (plain_words, uncontracted)}
    for start in range(len(cells)):
        read = brailled = ""
        for cell in cells[start : start + 2 * len(words) + text.count("-")]:
            read, brailled = read + _bare(_read(cell)), brailled + MARKS.sub("", cell)
            if read == bare or _small(brailled) in known:
                return True
    return False


def _small(cells: str) -> str:
    """Braille without capitals: a passage of them has its signs at its own ends, not a word's."""
    return CAPITALS.sub("", cells)


def _shortened(words: str) -> str:
    return words if len(words) < 60 else f"{words[:59].rsplit(' ', 1)[0]} …"


@cache
def _read(word: str) -> str:
    return liblouis.read_back(MARKS.sub("", word))


def _bares(read: str) -> Iterator[str]:
    """The words that one braille word reads as; groups of one number are words in print."""
    yield from filter(None, (_bare(word) for word in read.split()))


def _bare(word: str) -> str:
    """Letters and digits alone, as they are compared: no capitals, accents, or calls of notes."""
    letters = unicodedata.normalize("NFKD", NOTE_CALL.sub("", word)).casefold()
    return "".join(letter for letter in letters if letter.isalnum())
