"""Which standards a PDF conforms to, and what it says of that.

| `pdf_standard` | conforms to |
|---|---|
| `ua-1` | PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3) |
| `ua-2` | PDF/UA-2 (ISO 14289-2), WTPDF 1.0 Accessibility, PDF/A-4f (ISO 19005-4) |

A print shop's files are PDF/X-4 (ISO 15930-7) and what `ua-1` is: no shop asks for PDF 2.0.

WeasyPrint writes the metadata of one standard at a time; here all are claimed in one RDF
description, as both want it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

import pydyf

PACKET_ID: Final = "W5M0MpCehiHzreSzNTczkc9d"


@dataclass(frozen=True, slots=True)
class Standard:
    """A row of the table above.

    `identifiers` are XMP properties, `declarations` the address of a PDF declaration. `pdf_2` has
    structure namespaces and structure destinations, and the article attached as text.
    """

    name: str
    pdf_version: str
    identifiers: tuple[tuple[str, str], ...]
    declaration: str = ""

    @property
    def pdf_2(self) -> bool:
        """Whether the file is PDF 2.0 (ISO 32000-2)."""
        return self.pdf_version >= "2.0"


STANDARDS: Final = {
    "ua-1": Standard(
        "PDF/UA-1 and PDF/A-3a",
        "1.7",
        (("pdfaid:part", "3"), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1")),
    ),
    "ua-2": Standard(
        "PDF/UA-2, WTPDF 1.0 and PDF/A-4f",
        "2.0",
        (
            ("pdfaid:part", "4"),
            ("pdfaid:rev", "2020"),
            ("pdfaid:conformance", "F"),
            ("pdfuaid:part", "2"),
            ("pdfuaid:rev", "2024"),
        ),
        "http://pdfa.org/declarations/wtpdf#accessibility1.0",
    ),
}

SHOP: Final = Standard(
    "PDF/X-4, PDF/UA-1 and PDF/A-3a",
    "1.6",
    (
        *STANDARDS["ua-1"].identifiers,
        ("pdfxid:GTS_PDFXVersion", "PDF/X-4"),
        ("pdf:Trapped", "False"),
    ),
)
"""What a print shop is sent. Nothing is trapped: where two inks meet is the shop's own business."""

NAMESPACES: Final = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdfd": "http://pdfa.org/declarations/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}

SCHEMAS: Final = {
    "pdfuaid:part": (
        "PDF/UA identification schema",
        "Integer",
        "The part of ISO 14289 the file conforms to",
    ),
    "pdfxid:GTS_PDFXVersion": ("PDF/X identification schema", "Text", "The version of PDF/X"),
    "pdf:Trapped": ("Adobe PDF schema", "Text", "Whether it is trapped"),
}
"""Properties that PDF/A-3 knows only where their schema stands in the file (ISO 19005-3, 6.6.2.3):
the schema's name, the kind of value, and what it says."""


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself, in the words of Dublin Core; `text` is the article's."""

    slug: str
    title: str
    author: str
    summary: str
    language: str
    published: date
    text: str
    producer: str


def claim(pdf: pydyf.PDF, standard: Standard, about: About) -> None:
    """Write the metadata of `standard` into a pydyf PDF, and what else it asks of the catalog."""
    packet = xmp_packet(standard, about).encode()
    metadata = pydyf.Stream([packet], {"Type": "/Metadata", "Subtype": "/XML"}, compress=False)
    pdf.add_object(metadata)
    pdf.catalog["Metadata"] = metadata.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.info.clear()
    if standard.pdf_2:
        _attach(pdf, about)
    else:  # ISO 19005-4, 6.1.3 wants no Info
        pdf.info.update(_info(about))


def _attach(pdf: pydyf.PDF, about: About) -> None:
    """Attach the article's words as text, another form of the same (ISO 19005-4, 6.9)."""
    words = about.text.encode()
    params = pydyf.Dictionary({"Size": len(words), "ModDate": pydyf.String(_day(about))})
    kind = {"Type": "/EmbeddedFile", "Subtype": "/text#2fplain", "Params": params}
    stream = pydyf.Stream([words], pydyf.Dictionary(kind), compress=True)
    pdf.add_object(stream)
    name = pydyf.String(f"{about.slug}.txt")
    file = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": name,
            "UF": name,
            "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
            "Desc": pydyf.String("The words of this leaflet as plain text"),
            "AFRelationship": "/Alternative",
        }
    )
    pdf.add_object(file)
    pdf.catalog["AF"] = pydyf.Array([file.reference])
    names = pydyf.Dictionary({"Names": pydyf.Array([name, file.reference])})
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = names


def _day(about: About) -> str:
    return f"D:{about.published:%Y%m%d}000000Z"


def _info(about: About) -> dict[str, pydyf.String]:
    """The document information, equal to the metadata (ISO 19005-3, 6.6.2.3)."""
    day = _day(about)
    entries = {
        "Title": about.title,
        "Author": about.author,
        "Subject": about.summary,
        "Producer": about.producer,
        "CreationDate": day,
        "ModDate": day,
    }
    return {key: pydyf.String(words) for key, words in entries.items() if words}


def xmp_packet(standard: Standard, about: About) -> str:
    """The XMP packet: one RDF description that claims every standard (ISO 16684-1)."""
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    day = f"{about.published.isoformat()}T00:00:00Z"
    words = [f"<{name}>{value}</{name}>" for name, value in standard.identifiers]
    words.append(_listed("dc:title", "Alt", about.title, ' xml:lang="x-default"'))
    words.append(_listed("dc:creator", "Seq", about.author))
    if about.summary:
        words.append(_listed("dc:description", "Alt", about.summary, ' xml:lang="x-default"'))
    words.append(_listed("dc:language", "Bag", about.language))
    words += [f"<xmp:{name}>{day}</xmp:{name}>" for name in ("CreateDate", "ModifyDate")]
    if standard == SHOP:
        words.append(f"<xmp:MetadataDate>{day}</xmp:MetadataDate>")
        words += [f"<xmpMM:{name}>{value}</xmpMM:{name}>" for name, value in _version(about)]
    words.append(f"<pdf:Producer>{escape(about.producer)}</pdf:Producer>")
    if standard.declaration:
        words.append(_declared(standard.declaration))
    else:
        words.append(_schemas(standard))
    body = "\n".join(words)
    return (
        f'<?xpacket begin="\ufeff" id="{PACKET_ID}"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'<rdf:Description rdf:about=""{spaces}>\n{body}\n</rdf:Description>\n'
        '</rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
    )


def _listed(name: str, kind: str, words: str, attributes: str = "") -> str:
    return f"<{name}><rdf:{kind}><rdf:li{attributes}>{escape(words)}</rdf:li></rdf:{kind}></{name}>"


def _version(about: About) -> Iterator[tuple[str, str]]:
    """Which document this is, and which form of it, as PDF/X-4 wants it (ISO 15930-7, 6.3)."""
    yield "DocumentID", uuid5(NAMESPACE_URL, f"leafcast:{about.slug}").urn
    yield "VersionID", "1"
    yield "RenditionClass", "default"


def _schemas(standard: Standard) -> str:
    """The extension schemas of what a file says of itself (ISO 19005-3, 6.6.2.3)."""
    names = (name for name, _ in standard.identifiers if name in SCHEMAS)
    described = "".join(_schema(name, *SCHEMAS[name]) for name in names)
    return f"<pdfaExtension:schemas><rdf:Bag>{described}</rdf:Bag></pdfaExtension:schemas>"


def _schema(qualified: str, schema: str, kind: str, says: str) -> str:
    prefix, name = qualified.split(":")
    return (
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaSchema:schema>{schema}</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{NAMESPACES[prefix]}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name>"
        f"<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
        "<pdfaProperty:category>internal</pdfaProperty:category>"
        f"<pdfaProperty:description>{says}</pdfaProperty:description>"
        "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>"
    )


def _declared(address: str) -> str:
    """A declaration of conformance (PDF Declarations, PDF Association 2019)."""
    return (
        '<pdfd:declarations><rdf:Bag><rdf:li rdf:parseType="Resource">'
        f"<pdfd:conformsTo>{escape(address)}</pdfd:conformsTo>"
        "</rdf:li></rdf:Bag></pdfd:declarations>"
    )
