"""Small PDFs whose verdict is known from the standards, good ones and spoilt ones.

A verdict names every rule that must fail, by clause and test; what it does not name must pass. The
clauses are those of ISO 14289-1 (UA-1), 14289-2 (UA-2), 19005-3 (A-3a), 19005-4 (A-4f), and of
ISO/TS 32005 where a rule is called by two structure types, as `Art-Art-1`. WTPDF 1.0 has the rules
of UA-2 unless a verdict says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.small_pdfs import Standard, Tag, document, elements, save, small_pdf, tag

UA_1, UA_2 = Standard
FLAVOURS: Final = {
    "UA-1": "PDFUA_1", "A-3a": "PDFA_3_A",
    "UA-2": "PDFUA_2", "WTPDF": "WTPDF_1_0_ACCESSIBILITY", "A-4f": "PDFA_4_F",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A page, what is spoilt in it, and the rules that must fail then.

    It is made in both standards, or in the one (`only`) in which it makes sense. `version` is
    another version of PDF for the header.
    """

    name: str
    tree: Tag
    spoil: Callable[[Pdf], None] | None = None
    verdict: str = ""
    only: Standard | None = None
    version: str = ""

    @property
    def standards(self) -> tuple[Standard, ...]:
        """The standards it is made in."""
        return (self.only,) if self.only else (UA_1, UA_2)

    def rules(self, standard: Standard) -> dict[str, set[str]]:
        """The rules that must fail in a file of that standard, by veraPDF's flavour."""
        parts = (part.split() for part in self.verdict.split(", ") if part)
        named = {name: set(rules) - {"none"} for name, *rules in parts}
        if "UA-2" in named:
            named.setdefault("WTPDF", named["UA-2"])
        tried = ("UA-1", "A-3a") if standard is UA_1 else ("UA-2", "WTPDF", "A-4f")
        return {FLAVOURS[name]: named[name] for name in tried if named.get(name)}

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


# ---------------------------------------------------------------- what can be spoilt


def without(*path: str) -> Callable[[Pdf], None]:
    """Take an entry out of the catalog, or out of a dictionary in it."""

    def spoil(pdf: Pdf) -> None:
        holder = pdf.Root
        for key in path[:-1]:
            holder = holder[f"/{key}"]
        del holder[f"/{path[-1]}"]

    return spoil


def setting(value: Any, *path: str) -> Callable[[Pdf], None]:
    """Give an entry of the catalog, or of a dictionary in it, another value."""

    def spoil(pdf: Pdf) -> None:
        holder = pdf.Root
        for key in path[:-1]:
            holder = holder[f"/{key}"]
        holder[f"/{path[-1]}"] = value

    return spoil


def metadata(old: str, new: str = "") -> Callable[[Pdf], None]:
    """Replace a part of the metadata."""

    def spoil(pdf: Pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes()
        assert old.encode() in packet
        pdf.Root.Metadata.write(packet.replace(old.encode(), new.encode()))

    return spoil


def content(old: str, new: str) -> Callable[[Pdf], None]:
    """Replace the first such part of the page's content."""

    def spoil(pdf: Pdf) -> None:
        stream = pdf.pages[0].obj.Contents
        drawn = stream.read_bytes()
        assert old.encode() in drawn
        stream.write(drawn.replace(old.encode(), new.encode(), 1))

    return spoil


def link(key: str, value: Any) -> Callable[[Pdf], None]:
    """Give the page's link another entry; none for None."""

    def spoil(pdf: Pdf) -> None:
        (annotation,) = pdf.pages[0].obj.Annots
        if value is None:
            del annotation[key]
        else:
            annotation[key] = value

    return spoil


def tabs(order: str | None) -> Callable[[Pdf], None]:
    """Another order of tabs on the page; none for None."""

    def spoil(pdf: Pdf) -> None:
        if order is None:
            del pdf.pages[0].obj.Tabs
        else:
            pdf.pages[0].obj.Tabs = Name(order)

    return spoil


def font(of: str, key: str, value: Any = None) -> Callable[[Pdf], None]:
    """Give the font, its inner font or its descriptor another entry; none for None."""

    def spoil(pdf: Pdf) -> None:
        outer = pdf.pages[0].obj.Resources.Font.F
        inner = outer.DescendantFonts[0]
        holder = {"outer": outer, "inner": inner, "descriptor": inner.FontDescriptor}[of]
        if value is None:
            del holder[key]
        else:
            holder[key] = value

    return spoil


def attached(key: str) -> Callable[[Pdf], None]:
    """Take an entry from what describes the attachment."""

    def spoil(pdf: Pdf) -> None:
        del pdf.Root.Names.EmbeddedFiles.Names[1][key]

    return spoil


def roles(**mapped: str) -> Callable[[Pdf], None]:
    """Map structure types to others."""
    return setting(
        Dictionary({f"/{a}": Name(f"/{b}") for a, b in mapped.items()}), "StructTreeRoot", "RoleMap"
    )


def orphaned(pdf: Pdf) -> None:
    del next(elements(pdf, "P")).P


def two_documents(pdf: Pdf) -> None:
    root = pdf.Root.StructTreeRoot
    first = root.K[0]
    second = Dictionary(Type=first.Type, S=first.S, P=root, K=Array())
    if "/NS" in first:
        second.NS = first.NS
    root.K.append(pdf.make_indirect(second))


def in_the_old_namespace(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.K[0].NS = pdf.Root.StructTreeRoot.Namespaces[1]


def same_ids(pdf: Pdf) -> None:
    for note in elements(pdf, "Note"):
        note.ID = String("note-1")


def with_a_remark(pdf: Pdf) -> None:
    remark = Dictionary(
        Type=Name.Annot, Subtype=Name.Square, Rect=[40, 40, 60, 60], F=4,
        Contents=String("A remark"), AP=Dictionary(N=pdf.make_stream(
            b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 20, 20])),
    )  # fmt: skip
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(remark)])
    pdf.pages[0].obj.Tabs = Name.S


def with_a_bookmark(pdf: Pdf) -> None:
    page, heading = pdf.pages[0].obj, next(elements(pdf, "H1"))
    outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines, Count=1))
    bookmark = Dictionary(
        Title=String("A quiet hour"), Parent=outlines,
        A=Dictionary(
            S=Name.GoTo, D=[page, Name.XYZ, 40, 570, 0], SD=[heading, Name.XYZ, 40, 570, 0]
        ),
    )  # fmt: skip
    outlines.First = outlines.Last = pdf.make_indirect(bookmark)
    pdf.Root.Outlines = outlines


def with_a_bookmark_to_the_page(pdf: Pdf) -> None:
    with_a_bookmark(pdf)
    del pdf.Root.Outlines.First.A.SD


def with_a_layer(**entries: Any) -> Callable[[Pdf], None]:
    def spoil(pdf: Pdf) -> None:
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Words")))
        given = {f"/{key}": value for key, value in entries.items()}
        pdf.Root.OCProperties = Dictionary(
            OCGs=[group], D=Dictionary({"/Order": Array([group]), **given})
        )

    return spoil


def with_document_information(pdf: Pdf) -> None:
    pdf.trailer.Info = pdf.make_indirect(Dictionary(Title=String("A quiet hour")))


# ---------------------------------------------------------------- the cases

# fmt: off
GOOD = (
    Case("words", WORDS),
    Case("headings, level by level", document(*(tag(k, k) for k in ("H2", "H3", "H4", "H2")))),
    Case("a list", LIST),
    Case("a list in a list", document(tag("L", entry(tag("P", "A worry"), tag("L", entry("A small one"), attributes=NUMBERED)), attributes=NUMBERED))),
    Case("a table with scopes", TABLE),
    Case("a table with ids", TABLE_BY_IDS),
    Case("a cell over two columns", table(row(tag("TD", "Free", attributes={"O": Name.Table, "ColSpan": 2})))),
    Case("a table with a caption", document(tag("Table", tag("Caption", "Costs"), row(head("Approach")), row(tag("TD", "Short"))))),
    Case("a link", LINK),
    Case("a figure", FIGURE),
    Case("a figure that stands for words", document(tag("Figure", "drawn", ActualText=String("Practice")))),
    Case("a list of contents", CONTENTS),
    Case("a note", NOTE, only=UA_1),
    Case("an end note", END_NOTE, only=UA_2),
    Case("a bookmark", WORDS, with_a_bookmark),
    Case("foreign words", document(tag("P", tag("Span", "mot juste", Lang=String("fr"))))),
    Case("a page number", document(tag("P", "Some words."), tag("Artifact", "Page 1"))),
    Case("an article in sections", document(tag("Art", tag("Sect", tag("H2", "How it begins"), tag("P", "Some words."))))),
    Case("a quotation", document(tag("BlockQuote", tag("P", "It is a joy to be hidden.")))),
)


BAD = (
    # the file as a whole
    Case("no tags", WORDS, without("StructTreeRoot"),
         verdict="UA-1 7.1-11 7.1-3, A-3a 6.7.3.3-1, UA-2 8.2.1-1 8.2.2-1"),
    Case("not marked", WORDS, setting(False, "MarkInfo", "Marked"),
         verdict="UA-1 6.2-1, A-3a 6.7.2.2-1, UA-2 6.2-1"),
    Case("suspect tags", WORDS, setting(True, "MarkInfo", "Suspects"),
         verdict="UA-1 7.1-4"),
    Case("no language", WORDS, without("Lang"),
         verdict="UA-1 7.2-33 7.2-34, UA-2 8.4.4-1"),
    Case("a language in words", WORDS, setting(String("British English"), "Lang"),
         verdict="UA-1 7.2-29, A-3a 6.7.4-1, UA-2 8.4.4-2"),
    Case("no title to show", WORDS, without("ViewerPreferences"),
         verdict="UA-1 7.1-10, UA-2 8.11.2-1"),
    Case("no metadata", WORDS, without("Metadata"),
         verdict="UA-1 7.1-8, A-3a 6.6.2.1-1, UA-2 8.11.1-2, A-4f 6.7.2.1-1"),
    Case("no title", WORDS, metadata("dc:title", "dc:rights"),
         verdict="UA-1 7.1-9, UA-2 8.11.1-1"),
    Case("a later version", WORDS, verdict="UA-1 6.1-1, A-3a 6.1.2-1", version="2.0", only=UA_1),
    Case("an earlier version", WORDS,
         verdict="UA-2 6.1-1, A-4f 6.1.2-1", version="1.7", only=UA_2),
    Case("document information", WORDS, with_document_information,
         verdict="A-4f 6.1.3-4 6.1.3-5", only=UA_2),
    Case("a script", WORDS, setting(Dictionary(S=Name.JavaScript, JS=String("app.beep()")), "OpenAction"),
         verdict="A-3a 6.5.1-1"),
    Case("a layer without a name", WORDS, with_a_layer(),
         verdict="UA-1 7.10-1, A-3a 6.9-1, A-4f 6.10-1"),
    Case("a layer that switches itself", WORDS, with_a_layer(Name=String("Layers"), AS=Array()),
         verdict="UA-1 7.10-2, A-3a 6.9-4, UA-2 8.7-2"),
    # what it says it is
    Case("no word of UA-1", WORDS, metadata("<pdfuaid:part>1</pdfuaid:part>"),
         verdict="UA-1 5-1", only=UA_1),
    Case("another part of UA", WORDS, metadata("<pdfuaid:part>1", "<pdfuaid:part>2"),
         verdict="UA-1 5-2", only=UA_1),
    Case("another part of A", WORDS, metadata("<pdfaid:part>3", "<pdfaid:part>2"),
         verdict="A-3a 6.6.4-2", only=UA_1),
    Case("another level of A", WORDS, metadata("conformance>A", "conformance>B"),
         verdict="A-3a 6.6.4-3", only=UA_1),
    Case("a property nobody knows", WORDS, metadata("<pdfaProperty:name>part", "<pdfaProperty:name>corr"),
         verdict="A-3a 6.6.2.3.1-1 6.6.2.3.1-2", only=UA_1),
    Case("no word of UA-2", WORDS, metadata("<pdfuaid:part>2</pdfuaid:part><pdfuaid:rev>2024</pdfuaid:rev>"),
         verdict="UA-2 5-1, WTPDF none", only=UA_2),
    Case("a year of UA-2 that is none", WORDS, metadata("rev>2024", "rev>2023"),
         verdict="UA-2 5-5, WTPDF none", only=UA_2),
    Case("no year of A-4", WORDS, metadata("rev>2020", "rev>2019"),
         verdict="A-4f 6.7.3-5", only=UA_2),
    Case("another kind of A-4", WORDS, metadata("conformance>F", "conformance>E"),
         verdict="A-4f 6.7.3-3", only=UA_2),
    Case("no word of WTPDF", WORDS, metadata("#accessibility1.0", "#accessibility2.0"),
         verdict="WTPDF 6.1.3-1", only=UA_2),
    # what is real and what is not
    Case("words without a tag", WORDS, content("/P <</MCID 1>> BDC", "/P BMC"),
         verdict="UA-1 7.1-3, UA-2 8.2.2-1"),
    Case("an artifact in a tag", WORDS, content("BT", "/Artifact BMC 0 0 1 1 re f EMC BT"),
         verdict="UA-1 7.1-1"),
    Case("a tag in an artifact", WORDS, content("/P <</MCID 1>> BDC", "/Artifact BMC /P <</MCID 1>> BDC EMC"),
         verdict="UA-1 7.1-2"),
    Case("an element without a parent", WORDS, orphaned,
         verdict="UA-1 7.1-12 7.1-3, UA-2 8.2.1-2 8.2.2-1"),
    Case("a type of our own", document(tag("Story", "Some words.")),
         verdict="UA-1 7.1-5, A-3a 6.7.3.4-1, UA-2 8.2.4-1"),
    Case("types that lead in a circle", document(tag("Story", "Words")), roles(Story="Tale", Tale="Story"),
         verdict="UA-1 7.1-6, A-3a 6.7.3.4-2", only=UA_1),
    Case("a standard type made another", WORDS, roles(P="Span"),
         verdict="UA-1 7.1-7", only=UA_1),
    Case("two documents", WORDS, two_documents,
         verdict="UA-2 8.2.5.2-1 StructTreeRoot-Document-1"),
    Case("a document of PDF 1.7", WORDS, in_the_old_namespace,
         verdict="UA-2 8.2.5.2-2", only=UA_2),
    # headings, sections, paragraphs
    Case("a level left out", document(tag("H3", "Too deep")), verdict="UA-1 7.4.2-1"),
    Case("no first level", tag("Document", tag("H2", "Too deep")), verdict="UA-1 7.4.2-1"),
    Case("headings of two kinds", document(tag("Sect", tag("H", "Another"))),
         verdict="UA-1 7.4.4-2 7.4.4-3, UA-2 8.2.5.12-1"),
    Case("two headings in one section", tag("Document", tag("H", "One"), tag("H", "Two")),
         verdict="UA-1 7.4.4-1, UA-2 8.2.5.12-1 Document-H-1"),
    Case("an article in an article", document(tag("Art", tag("Art", tag("P", "Words")))),
         verdict="UA-2 Art-Art-1"),
    Case("words in a section", document(tag("Sect", "Some words.")), verdict="UA-2 Sect-content-1"),
    Case("a paragraph in a paragraph", document(tag("P", tag("P", "Words"))), verdict="UA-2 P-P-1"),
    Case("a bookmark to a page", WORDS, with_a_bookmark_to_the_page,
         verdict="UA-2 8.8-2"),
    # lists and contents
    Case("an entry outside a list", document(entry("A worry")),
         verdict="UA-1 7.2-17, UA-2 Document-LI-1"),
    Case("an entry without a body", document(tag("L", tag("LI", tag("P", "A worry")))),
         verdict="UA-1 7.2-20, UA-2 LI-P-1"),
    Case("a body without an entry", document(tag("Div", tag("LBody", "A worry"))),
         verdict="UA-1 7.2-18, UA-2 Document-LBody-1"),
    Case("a paragraph in a list", document(tag("L", tag("P", "A worry"), entry("A question"), attributes=NUMBERED)),
         verdict="UA-1 7.2-19, UA-2 L-P-1"),
    Case("a list with labels of no kind", document(tag("L", entry("A worry"))),
         verdict="UA-2 8.2.5.25-1"),
    Case("words beside a label", document(tag("L", tag("LI", "A worry", tag("Lbl", "1.")), attributes=NUMBERED)),
         verdict="UA-2 8.2.5.25-2"),
    Case("contents outside their list", document(tag("TOCI", tag("P", "How it begins"), refs=("h",)), tag("H2", "How", id="h")),
         verdict="UA-1 7.2-26, UA-2 Document-TOCI-1"),
    Case("a paragraph among contents", document(tag("TOC", tag("P", "How it begins"))),
         verdict="UA-1 7.2-27, UA-2 TOC-P-1"),
    Case("contents that lead nowhere", document(tag("TOC", tag("TOCI", tag("P", "How it begins")))),
         verdict="UA-2 8.2.5.8-1"),
    # tables
    Case("a row short of a cell", table(row(tag("TD", "One"), tag("TD", "Two")), row(tag("TD", "Three"))),
         verdict="UA-1 7.2-43, UA-2 8.2.5.26-4"),
    Case("a row outside a table", document(tag("Div", row(tag("TD", "One")))),
         verdict="UA-1 7.2-4, UA-2 Document-TR-1"),
    Case("a cell outside a row", document(tag("Div", tag("TD", "One"))),
         verdict="UA-1 7.2-9, UA-2 Document-TD-1"),
    Case("a paragraph in a row", document(tag("Table", row(tag("P", "One")))),
         verdict="UA-1 7.2-10, UA-2 TR-P-1"),
    Case("a head without a body", document(tag("Table", tag("THead", row(head("One"))))),
         verdict="UA-1 7.2-14"),
    Case("headers without a scope", document(tag("Table", row(tag("TH", "Cost")), row(tag("TD", "60")))),
         verdict="UA-1 7.5-1"),
    Case("headers that are not there", document(tag("Table", row(tag("TH", "Cost")), row(tag("TD", "60", attributes={"O": Name.Table, "Headers": [String("x")]})))),
         verdict="UA-1 7.5-2"),
    Case("a header in the middle", document(tag("Table", row(tag("TD", "1"), tag("TD", "2")), row(tag("TD", "3"), tag("TH", "4")), row(tag("TD", "5"), tag("TD", "6")))),
         verdict="UA-1 7.5-1, UA-2 8.2.5.26-5"),
    # pictures and notes
    Case("a figure without words", document(tag("Figure", "drawn")),
         verdict="UA-1 7.3-1, UA-2 8.2.5.28.2-1"),
    Case("a figure with empty words", document(tag("Figure", "drawn", Alt=String(""))),
         verdict="UA-1 7.3-1"),
    Case("a formula without words", document(tag("Formula", "a = b")), verdict="UA-1 7.7-1"),
    Case("a note without an id", document(tag("Note", "A note.")),
         verdict="UA-1 7.9-1, UA-2 8.2.5.14-1"),
    Case("two notes with one id", document(tag("Note", "One."), tag("Note", "Two.")), same_ids,
         verdict="UA-1 7.9-2", only=UA_1),
    Case("a note that nothing calls", document(tag("P", "Words", id="p"), tag("FENote", "A note.", refs=("p",), attributes=FOOTNOTE)),
         verdict="UA-2 8.2.5.14-3", only=UA_2),
    Case("a note of no kind", document(tag("FENote", "A note.", attributes=FOOTNOTE | {"NoteType": Name.Remark})),
         verdict="UA-2 8.2.5.14-4", only=UA_2),
    # links
    Case("a link without words", LINK, link("/Contents", None),
         verdict="UA-1 7.18.1-2 7.18.5-2"),
    Case("a link outside its tag", document(tag("P", "The practice", url="https://example.org")),
         verdict="UA-1 7.18.5-1, UA-2 8.2.5.20-1"),
    Case("no order of tabs", LINK, tabs(None),
         verdict="UA-1 7.18.3-1, UA-2 8.9.3.3-1"),
    Case("tabs in rows", LINK, tabs("/R"),
         verdict="UA-1 7.18.3-1, UA-2 8.9.3.3-1"),
    Case("tabs as widgets", LINK, tabs("/W"),
         verdict="UA-1 7.18.3-1"),
    Case("a link that is not printed", LINK, link("/F", 0),
         verdict="A-3a 6.3.2-2, A-4f 6.3.2-2"),
    Case("a link without flags", LINK, link("/F", None),
         verdict="A-3a 6.3.2-1, A-4f 6.3.2-1"),
    Case("a remark without a tag", WORDS, with_a_remark,
         verdict="UA-1 7.18.1-1"),
    # letters and colours
    Case("a font that is not there", WORDS, font("descriptor", "/FontFile2"),
         verdict="UA-1 7.21.4.1-1, A-3a 6.2.11.4.1-1, UA-2 8.4.5.5.1-1, A-4f 6.2.10.4.1-1"),
    Case("letters that nobody can copy", WORDS, font("outer", "/ToUnicode"),
         verdict="UA-1 7.21.7-1, A-3a 6.2.11.7.2-1, UA-2 8.4.5.8-1"),
    Case("letters of another width", WORDS, font("inner", "/W", Array([0, Array([500] * 400)])),
         verdict="UA-1 7.21.5-1, A-3a 6.2.11.5-1, UA-2 8.4.5.6-1, A-4f 6.2.10.5-1"),
    Case("no map from codes to glyphs", WORDS, font("inner", "/CIDToGIDMap"),
         verdict="UA-1 7.21.3.2-1, A-3a 6.2.11.3.2-1, UA-2 8.4.5.3.2-1, A-4f 6.2.10.3.2-1"),
    Case("a letter the font lacks", WORDS, content("Td <", "Td <0000"),
         verdict="UA-1 7.21.7-1 7.21.8-1, A-3a 6.2.11.7.2-1 6.2.11.8-1, UA-2 8.4.5.8-1 8.4.5.9-1, A-4f 6.2.10.9-1"),
    Case("grey of no certain shade", WORDS, without("OutputIntents"),
         verdict="A-3a 6.2.4.3-4, A-4f 6.2.4.3-4"),
    Case("ink on a screen", WORDS, content("BT", "0 0 0 1 k BT"),
         verdict="A-3a 6.2.4.3-3, A-4f 6.2.4.3-3"),
    Case("boxes in boxes", WORDS, content("BT", "q " * 29 + "Q " * 29 + "BT"),
         verdict="A-3a 6.1.13-8"),
    Case("an operator nobody knows", WORDS, content("BT", "xyz BT"),
         verdict="A-3a 6.2.2-1, A-4f 6.2.2-1"),
    # what is attached
    Case("nothing attached", WORDS, without("Names"),
         verdict="A-4f 6.9-5", only=UA_2),
    Case("attached without a reason", WORDS, attached("/AFRelationship"),
         verdict="A-4f 6.9-4", only=UA_2),
    Case("attached without a description", WORDS, attached("/Desc"),
         verdict="UA-2 8.14.1-1", only=UA_2),
    Case("attached without a name", WORDS, attached("/UF"),
         verdict="A-4f 6.9-2", only=UA_2),
)
# fmt: on
