"""A Word file (.docx, ISO/IEC 29500-1) → drafts → Article.

Headings, lists and titles are those of the styles; where there are none, `guesses` judges. Tracked
changes are read as accepted; comments, hidden words and words struck through are left out, headers
and footers named. Places count paragraphs, those of tables too, not those of text boxes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from leafcast.document.article import Reading
from leafcast.document.origin import Origin
from leafcast.document.report import Severity
from leafcast.readers.drafts import (
    Draft,
    Gatherer,
    NoteDraft,
)
from leafcast.readers.facts import Fact, Standing
from leafcast.readers.file_kinds import WORD, packed_kind
from leafcast.readers.finish import finish
from leafcast.readers.guesses import Manner
from leafcast.readers.printed_pages import without_edge_blocks
from leafcast.readers.shown_days import take_days
from leafcast.readers.word.blocks import BlockReader
from leafcast.readers.word.facts import SETTING, core_facts, head_facts, survey
from leafcast.readers.word.fields import Fields
from leafcast.readers.word.file import Left, WordFile
from leafcast.readers.word.holders import text_of
from leafcast.readers.word.kinds import KINDS
from leafcast.readers.word.outside import comment_words, tell_outside
from leafcast.readers.word.package import (
    NotWord,
    Package,
    Relation,
    main_part,
    not_word,
    open_package,
)
from leafcast.readers.word.styles import read_numberings, read_styles

MANNER: Final = Manner(
    "If it is none, end it with a full stop; if it is, the style Heading 1 says so for certain",
    "If it is one, give it the style Heading 1 or Heading 2",
    "If it is one, the button Bullets or Numbering says so for certain",
)
REMEDY: Final = "Begin the document with a line of its own: {key}: {example}"
BY_STYLE: Final = "the paragraph with the style Author"


def read_word(content: bytes, origin: Origin) -> Reading:
    """Read an article from a Word file. Never raises: every fault is a finding."""
    draft = draft_word(content, origin, take_pictures=False)
    return finish(draft, MANNER, origin)


def draft_word(content: bytes, origin: Origin, *, take_pictures: bool) -> Draft:
    """What a Word file holds; its pictures as bytes, or a finding for each."""
    gatherer = Gatherer(origin)
    try:
        package = open_package(content)
        return _Word(package, gatherer, take_pictures=take_pictures).draft()
    except NotWord as fault:
        gatherer.find(fault.code, Severity.ERROR, (fault.message, fault.fix))
        return Draft((), {}, "paragraph", REMEDY, findings=tuple(gatherer.findings), usable=False)


class _Word:
    """Reads one file."""

    def __init__(self, package: Package, gatherer: Gatherer, *, take_pictures: bool) -> None:
        self.main = main_part(package)
        relations = package.relations(self.main)
        styles = read_styles(package, _part(relations, "styles"))
        self.file = WordFile(package, gatherer, styles, relations, take_pictures)
        self.reader = BlockReader(
            self.file, read_numberings(package, _part(relations, "numbering"))
        )

    def draft(self) -> Draft:
        """Everything the file holds."""
        root = self.file.package.xml(self.main)
        bodies = root.findall("w-body") if root is not None else []
        if not bodies:
            kind = packed_kind(self.file.package.names)
            raise not_word(None if kind is WORD else kind)
        body = bodies[0]
        for further in bodies[1:]:  # other programs write several
            body.extend(further)
        survey(body, self.file)
        self.file.comments = comment_words(self.file)
        self.reader.text.fields.survey(body)
        blocks = self.reader.blocks(body)
        head, blocks = head_facts(blocks)
        blocks = without_edge_blocks(blocks, self.file.gatherer)
        days, blocks = take_days(blocks, self.file.gatherer)
        notes = tuple(self.read_notes())
        self.file.tell()
        gatherer = self.file.gatherer
        gatherer.tell(KINDS)
        tell_outside(self.file, self.main)
        facts = self.reader.facts
        author = Fact("author", facts.pop("author", ""), Standing.SHOWN, BY_STYLE)
        language = Fact("language", self.file.language, Standing.KEPT, SETTING)
        offered = (author, *days, *core_facts(self.file.package), language)
        return Draft(
            blocks, {**facts, **head}, "paragraph", REMEDY, notes, self.file.pictures,
            tuple(gatherer.findings), left_out=tuple(gatherer.left_out), offered=offered,
        )  # fmt: skip

    # ------------------------------------------------------------ notes

    def read_notes(self) -> Iterator[NoteDraft]:
        """The footnotes and endnotes that are called; others are told."""
        called = dict(self.file.notes)
        self.reader.in_notes = True
        for kind in ("footnote", "endnote"):
            name = _part(self.file.relations, f"{kind}s")
            root = self.file.package.xml(name) if name else None
            if name is None or root is None:
                continue
            self.reader.text.fields = Fields()
            self.reader.text.fields.survey(root)
            own, self.file.relations = self.file.relations, self.file.package.relations(name)
            for note in root.iterfind(f"w-{kind}"):
                label = kind[:3] + note.get("w-id", "")
                if label in called:
                    self.file.line = called[label]
                    with self.file.aside():
                        yield NoteDraft(label, self.reader.blocks(note))
                elif note.get("w-type", "normal") == "normal" and text_of(note):
                    self.file.left.append(Left("uncalled", 0, text_of(note)))
            self.file.relations = own


# ---------------------------------------------------------------- small things of Word


def _part(relations: Mapping[str, Relation], kind: str) -> str | None:
    """The name of the part the document refers to by this kind."""
    return next((r.target for r in relations.values() if r.kind == kind and not r.outside), None)
