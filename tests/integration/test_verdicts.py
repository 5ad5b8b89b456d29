"""Small PDFs whose verdict is known from the standards, to try the validators that judge leaflets.

Each case is made in both standards (`small_pdfs.Standard`) unless it says otherwise, and names
every rule that must fail, by clause and test; what it does not name must pass. The clauses are
those of ISO 14289-1 (UA-1), 14289-2 (UA-2, and WTPDF 1.0 alike), 19005-3 (A-3a), 19005-4 (A-4f)
and, as `Table 5. …`, ISO/TS 32005.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import page
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.integration.verapdf import DEFAULT, PROFILES, UA_2, failures, rule_names
from tests.small_pdfs import Standard, Tag, document, elements, save, small_pdf, tag

pytestmark = pytest.mark.integration

Rules = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A page, what is spoilt in it, and the rules that must fail then.

    `ua_2` holds for WTPDF too, but for `wtpdf` where that differs. `only` is the one standard in
    which the case makes sense, `version` another version of PDF to write in the header.
    """

    name: str
    tree: Tag
    spoil: Callable[[Pdf], None] | None = None
    ua_1: Rules = ()
    a_3a: Rules = ()
    ua_2: Rules = ()
    a_4f: Rules = ()
    wtpdf: Rules | None = None
    only: Standard | None = None
    version: str = ""

    def rules(self, standard: Standard) -> dict[str, set[str]]:
        """The rules that must fail, by flavour."""
        if standard is Standard.UA_1:
            expected = {"PDFUA_1": self.ua_1, "PDFA_3_A": self.a_3a}
        else:
            wtpdf = self.ua_2 if self.wtpdf is None else self.wtpdf
            expected = dict(zip(UA_2, (self.ua_2, wtpdf, self.a_4f), strict=True))
        return {flavour: set(rules) for flavour, rules in expected.items() if rules}

    def pdf(self, standard: Standard) -> bytes:
        """The file."""
        pdf = small_pdf(self.tree, standard)
        if self.spoil:
            self.spoil(pdf)
        return save(pdf, self.version or standard.value)


# ---------------------------------------------------------------- pages that are as they should be

NUMBERED = {"O": Name.List, "ListNumbering": Name.Decimal}
COLUMN = {"O": Name.Table, "Scope": Name.Column}
FOOTNOTE = {"O": Name.FENote, "NoteType": Name.Footnote}

WORDS = document(tag("P", "Some words."))
LINK = document(tag("P", tag("Link", "The practice", url="https://example.org")))
FIGURE = document(tag("Figure", "drawn", Alt=String("Two armchairs")))


def entry(*content: str | Tag) -> Tag:
    """A list's entry, with its label."""
    return tag("LI", tag("Lbl", "1."), tag("LBody", *content))


def row(*cells: Tag) -> Tag:
    return tag("TR", *cells)


def head(words: str, **keys: Any) -> Tag:
    return tag("TH", words, attributes=COLUMN, **keys)


def table(*rows: Tag) -> Tag:
    """A table with two columns and the rows given under its head."""
    heads = row(head("Approach"), head("Cost"))
    return document(tag("Table", tag("THead", heads), tag("TBody", *rows)))


LIST = document(tag("L", entry("A worry"), entry("A question"), attributes=NUMBERED))
TABLE = table(row(tag("TD", "Short-term"), tag("TD", "60 pounds")))
TABLE_BY_IDS = document(
    tag(
        "Table",
        row(tag("TH", "Approach", id="a"), tag("TH", "Cost", id="b")),
        row(
            tag("TD", "Short", attributes={"O": Name.Table, "Headers": [String("a")]}),
            tag("TD", "Sixty", attributes={"O": Name.Table, "Headers": [String("b")]}),
        ),
    )
)
CONTENTS = document(
    tag("TOC", tag("TOCI", tag("Reference", "How it begins, page 1"), refs=("begins",))),
    tag("H2", "How it begins", id="begins"),
)
NOTE = document(tag("P", "Some words."), tag("Note", "A note.", id="note-1"))
END_NOTE = document(
    tag("P", "Some words.", tag("Lbl", "1", id="mark", refs=("note",))),
    tag("FENote", "A note.", id="note", refs=("mark",), attributes=FOOTNOTE),
)

GOOD = (
    Case("words", WORDS),
    Case("headings, level by level", document(*(tag(k, k) for k in ("H2", "H3", "H4", "H2")))),
    Case("a list", LIST),
    Case(
        "a list in a list",
        document(
            tag(
                "L",
                entry(tag("P", "A worry"), tag("L", entry("A small one"), attributes=NUMBERED)),
                attributes=NUMBERED,
            )
        ),
    ),
    Case("a table with scopes", TABLE),
    Case("a table with ids", TABLE_BY_IDS),
    Case(
        "a cell over two columns",
        table(row(tag("TD", "Free", attributes={"O": Name.Table, "ColSpan": 2}))),
    ),
    Case(
        "a table with a caption",
        document(
            tag("Table", tag("Caption", "Costs"), row(head("Approach")), row(tag("TD", "Short")))
        ),
    ),
    Case("a link", LINK),
    Case("a figure", FIGURE),
    Case(
        "a figure that stands for words",
        document(tag("Figure", "drawn", ActualText=String("Practice"))),
    ),
    Case("a list of contents", CONTENTS),
    Case("a note", NOTE, only=Standard.UA_1),
    Case("an end note", END_NOTE, only=Standard.UA_2),
    Case("foreign words", document(tag("P", tag("Span", "mot juste", Lang=String("fr"))))),
    Case("a page number", document(tag("P", "Some words."), tag("Artifact", "Page 1"))),
    Case(
        "an article in sections",
        document(tag("Art", tag("Sect", tag("H2", "How it begins"), tag("P", "Some words.")))),
    ),
    Case("a quotation", document(tag("BlockQuote", tag("P", "It is a joy to be hidden.")))),
)
