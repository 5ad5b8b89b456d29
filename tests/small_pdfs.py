"""Small tagged PDFs of one page, written here entry by entry, to try validators on.

A page is a tree of tags; `small_pdf` draws each tag's words on a line and writes the structure
that says so. It knows two standards: PDF/UA-1 with PDF/A-3a (PDF 1.7), and PDF/UA-2 with WTPDF 1.0
and PDF/A-4f (PDF 2.0). It shares no code with leafcast, so that neither can hide the other's slips.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import Any, Final

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import ImageCms

from tests.conftest import ROOT

FONT: Final = ROOT / "templates/shared/fonts/AtkinsonHyperlegibleNext-Regular.ttf"
PDF_1_7: Final = "http://iso.org/pdf/ssn"
PDF_2_0: Final = "http://iso.org/pdf2/ssn"
OLD_TYPES: Final = {"Art", "BlockQuote", "TOC", "TOCI", "Index", "Reference", "Note", "Quote"}
"""Structure types that PDF 2.0's own namespace lacks (ISO 32000-2, 14.8.6)."""


class Standard(Enum):
    """What a file conforms to if its tags do; the value is its version of PDF."""

    UA_1 = "1.7"
    UA_2 = "2.0"


@dataclass(frozen=True, slots=True)
class Tag:
    """One structure element: the words drawn in it, then what is inside it.

    `keys` are further entries of its dictionary and `attributes` those of its /A. `url` puts a
    link annotation into it; `refs` are ids of the elements that /Ref leads to. An `Artifact` is
    no element: its words are drawn as one. A `Figure` with words is a square, not text.
    """

    kind: str
    words: str = ""
    inside: tuple[Tag, ...] = ()
    id: str = ""
    refs: tuple[str, ...] = ()
    url: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, Any] = field(default_factory=dict)


SPECIAL: Final = ("id", "refs", "url", "attributes")


def tag(kind: str, *content: str | Tag, **keys: Any) -> Tag:
    """A tag of words and tags, in this order; `keys` as in `Tag`, all others are entries."""
    words = "".join(each for each in content if isinstance(each, str))
    inside = tuple(each for each in content if isinstance(each, Tag))
    special = {name: keys.pop(name) for name in SPECIAL if name in keys}
    return Tag(kind, words, inside, keys=keys, **special)


def document(*content: Tag) -> Tag:
    """A whole page: a title, and what follows."""
    return tag("Document", tag("H1", "A quiet hour"), *content)


def small_pdf(tree: Tag, standard: Standard = Standard.UA_1) -> Pdf:
    """A PDF of `tree` that conforms to `standard` if the tree does. Spoil it, then `save` it."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(420, 595))
    writer = _Writer(pdf, standard)
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    root.K = Array([writer.element(tree, root)])
    writer.finish_page()
    writer.finish_structure(root)
    _write_catalog(pdf, standard)
    if standard is Standard.UA_2:
        _attach(pdf, b"A quiet hour\n")
    return pdf


def save(pdf: Pdf, version: str) -> bytes:
    """The file, with `version` of PDF in its header."""
    written = io.BytesIO()
    pdf.save(written, deterministic_id=True, min_version=version, force_version=version)
    return written.getvalue()


def elements(pdf: Pdf, kind: str = "") -> Iterator[Any]:
    """Every structure element of that type, in the order it was written."""
    for each in pdf.objects:
        if not isinstance(each, Dictionary) or each.get("/Type") != Name.StructElem:
            continue
        if kind in ("", str(each.S)[1:]):
            yield each


# ---------------------------------------------------------------- the page


class _Writer:
    """Draws tags from the top of the page down, and keeps what their structure needs."""

    def __init__(self, pdf: Pdf, standard: Standard) -> None:
        self.pdf, self.page = pdf, pdf.pages[0].obj
        self.content: list[bytes] = []
        self.marked: list[Any] = []
        self.links: list[Any] = []
        self.named: dict[str, Any] = {}
        self.references: list[tuple[Any, tuple[str, ...]]] = []
        self.y = 560
        self.namespaces = {}
        if standard is Standard.UA_2:
            self.namespaces = {
                address: pdf.make_indirect(Dictionary(Type=Name.Namespace, NS=String(address)))
                for address in (PDF_2_0, PDF_1_7)
            }

    def element(self, of: Tag, parent: Any) -> Any:
        """Draw a tag and all inside it, and give its structure element."""
        made = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{of.kind}"), P=parent, Pg=self.page, K=[])
        )
        if self.namespaces:
            made.NS = self.namespaces[PDF_1_7 if of.kind in OLD_TYPES else PDF_2_0]
        for key, value in of.keys.items():
            made[f"/{key}"] = value
        if of.attributes:
            made.A = Dictionary({f"/{key}": value for key, value in of.attributes.items()})
        if of.id:
            made.ID, self.named[of.id] = String(of.id), made
        self.references += [(made, of.refs)] if of.refs else []
        if of.words:
            made.K.append(self.draw(of, made))
        if of.url:
            made.K.append(self.link(of, made))
        for each in of.inside:
            if each.kind == "Artifact":
                self.content += [b"/Artifact BMC\n", self.shape(each), b"EMC\n"]
            else:
                made.K.append(self.element(each, made))
        return made

    def draw(self, of: Tag, element: Any) -> int:
        """Draw a tag's words as marked content, and give its number."""
        number = len(self.marked)
        self.marked.append(element)
        begin = b"/%s <</MCID %d>> BDC\n" % (of.kind.encode(), number)
        self.content += [begin, self.shape(of), b"EMC\n"]
        return number

    def shape(self, of: Tag) -> bytes:
        """The operators that draw a tag on a line of its own."""
        self.y -= 18
        if of.kind == "Figure":
            return b"40 %d 12 12 re f\n" % self.y
        glyphs = b"".join(b"%04X" % glyph for glyph in _glyphs(of.words))
        return b"BT /F 12 Tf 40 %d Td <%s> Tj ET\n" % (self.y, glyphs)

    def link(self, of: Tag, element: Any) -> Any:
        """A link annotation over the line just drawn, as the element's content."""
        annotation = self.pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Link, Rect=[40, self.y, 200, self.y + 12], F=4,
                Contents=String(f"{of.words}, opens a website"), StructParent=1 + len(self.links),
                A=Dictionary(S=Name.URI, URI=String(of.url)), Border=[0, 0, 0],
            )
        )  # fmt: skip
        self.links.append((annotation, element))
        return Dictionary(Type=Name.OBJR, Obj=annotation, Pg=self.page)

    def finish_page(self) -> None:
        """Write the page's content and its resources."""
        self.page.Contents = self.pdf.make_stream(b"".join(self.content))
        self.page.Resources = Dictionary(Font=Dictionary(F=_font(self.pdf)))
        self.page.StructParents = 0
        if self.links:
            self.page.Annots = Array([annotation for annotation, _ in self.links])
            self.page.Tabs = Name.S

    def finish_structure(self, root: Any) -> None:
        """Write what the structure's root knows about its elements."""
        for element, refs in self.references:
            element.Ref = Array([self.named[each] for each in refs])
        nums = Array([0, Array(self.marked)])
        for number, (_, element) in enumerate(self.links, 1):
            nums.extend([number, element])
        root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=nums))
        root.ParentTreeNextKey = 1 + len(self.links)
        if self.named:
            pairs = [each for key in sorted(self.named) for each in (String(key), self.named[key])]
            root.IDTree = self.pdf.make_indirect(
                Dictionary(
                    Kids=[
                        self.pdf.make_indirect(
                            Dictionary(Limits=[pairs[0], pairs[-2]], Names=Array(pairs))
                        )
                    ]
                )
            )
        if self.namespaces:
            root.Namespaces = Array(list(self.namespaces.values()))
        self.pdf.Root.StructTreeRoot = root


# ---------------------------------------------------------------- the font


@cache
def _house_font() -> TTFont:
    return TTFont(FONT)


def _glyphs(words: str) -> list[int]:
    font = _house_font()
    return [font.getGlyphID(font.getBestCmap()[ord(letter)]) for letter in words]


def _font(pdf: Pdf) -> Any:
    """The house font, embedded whole: codes are glyphs (ISO 32000-1, 9.7.4.2)."""
    font = _house_font()
    scale = 1000 / font["head"].unitsPerEm
    file = pdf.make_stream(FONT.read_bytes())
    file.Length1 = FONT.stat().st_size
    head, metrics = font["head"], font["OS/2"]
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/AtkinsonHyperlegibleNext-Regular"), Flags=4,
        FontBBox=[round(at * scale) for at in (head.xMin, head.yMin, head.xMax, head.yMax)],
        ItalicAngle=0, Ascent=round(metrics.sTypoAscender * scale), StemV=80,
        Descent=round(metrics.sTypoDescender * scale), CapHeight=700, FontFile2=file,
    )  # fmt: skip
    widths = [round(font["hmtx"][name][0] * scale) for name in font.getGlyphOrder()]
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=descriptor.FontName,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor), CIDToGIDMap=Name.Identity,
        W=Array([0, Array(widths)]),
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=descriptor.FontName,
            Encoding=Name("/Identity-H"), DescendantFonts=[pdf.make_indirect(inner)],
            ToUnicode=pdf.make_stream(_unicode_map()),
        )
    )  # fmt: skip


def _unicode_map() -> bytes:
    font = _house_font()
    letters = range(32, 127)
    pairs = "".join(
        f"<{font.getGlyphID(font.getBestCmap()[letter]):04X}> <{letter:04X}>\n"
        for letter in letters
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapType 2 def /CMapName /Adobe-Identity-UCS def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{pairs}endbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end\n"
    ).encode()


# ---------------------------------------------------------------- the catalog


def _write_catalog(pdf: Pdf, standard: Standard) -> None:
    root = pdf.Root
    root.Lang, root.MarkInfo = String("en-GB"), Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    metadata = UA_1_METADATA if standard is Standard.UA_1 else UA_2_METADATA
    root.Metadata = pdf.make_stream(_packet(metadata), Type=Name.Metadata, Subtype=Name.XML)
    profile = pdf.make_stream(_srgb(), N=3)
    root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent, S=Name("/GTS_PDFA1"), DestOutputProfile=profile,
                OutputConditionIdentifier=String("sRGB"),
            )
        ]
    )  # fmt: skip


@cache
def _srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _attach(pdf: Pdf, content: bytes) -> None:
    """The words of the page as an attachment, which PDF/A-4f asks for (ISO 19005-4, 6.9)."""
    file = pdf.make_stream(content, Type=Name.EmbeddedFile, Subtype=Name("/text/plain"))
    specification = pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec, F=String("words.txt"), UF=String("words.txt"),
            EF=Dictionary(F=file, UF=file), AFRelationship=Name.Alternative,
            Desc=String("The words of this page"),
        )
    )  # fmt: skip
    pdf.Root.Names = Dictionary(
        EmbeddedFiles=Dictionary(Names=[String("words.txt"), specification])
    )
    pdf.Root.AF = Array([specification])


def _packet(properties: str) -> bytes:
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A quiet hour</rdf:li></rdf:Alt></dc:title>'
        f"</rdf:Description>\n{properties}"
        '</rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()


UA_1_METADATA: Final = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Which part of ISO 14289 this file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
UA_2_METADATA: Final = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>2</pdfuaid:part><pdfuaid:rev>2024</pdfuaid:rev></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>4</pdfaid:part><pdfaid:rev>2020</pdfaid:rev>
<pdfaid:conformance>F</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfd="http://pdfa.org/declarations/">
<pdfd:declarations><rdf:Bag>
<rdf:li rdf:parseType="Resource">
<pdfd:conformsTo>http://pdfa.org/declarations/wtpdf#accessibility1.0</pdfd:conformsTo></rdf:li>
<rdf:li rdf:parseType="Resource">
<pdfd:conformsTo>http://pdfa.org/declarations/wtpdf#reuse1.0</pdfd:conformsTo></rdf:li>
</rdf:Bag></pdfd:declarations></rdf:Description>
"""
