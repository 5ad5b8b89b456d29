"""Word files to try the reader on: written by python-docx, and parts of XML put in by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml

from leafcast.document.article import Article, Block, ListBlock, Paragraph

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DECLARED = (
    f'xmlns:w="{W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
DATED = ("published: 2026-03-01", "review: 2028-03-01")


def new_document(title: str = "A Quiet Hour", author: str = "Jo Example") -> Any:
    """An empty document in British English, dated in its first lines."""
    document = docx.Document()
    defaults = document.styles.element.find(f".//{{{W}}}lang")
    defaults.set(f"{{{W}}}val", "en-GB")
    document.core_properties.title = title
    document.core_properties.author = author
    document.core_properties.comments = ""
    document.core_properties.created = datetime(2026, 3, 1)
    for line in DATED:
        document.add_paragraph(line)
    return document


def saved(document: Any) -> bytes:
    """The bytes of a document."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def written(*write: Callable[[Any], object], title: str = "A Quiet Hour") -> bytes:
    """A document on which each of `write` wrote."""
    document = new_document(title)
    for each in write:
        each(document)
    return saved(document)


def with_xml(*paragraphs: str) -> bytes:
    """A document with paragraphs as XML, `w:p` and its like."""
    document = new_document()
    for each in paragraphs:
        root = parse_xml(f"<w:body {DECLARED}>{each}</w:body>")
        end = document.element.body[-1]
        for child in list(root):
            end.addprevious(child)
    return saved(document)


def with_body(content: bytes, body: str) -> bytes:
    """A Word file with another body, as XML."""
    document = f"<w:document {DECLARED}><w:body>{body}</w:body></w:document>"
    return repacked(content, {"word/document.xml": document.encode()})


def repacked(content: bytes, parts: dict[str, bytes], dropped: Iterable[str] = ()) -> bytes:
    """A Word file with parts put in place of its own, or dropped."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts and name not in dropped:
                new.writestr(name, old.read(name))
        for name, data in parts.items():
            new.writestr(name, data)
    return file.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.read(name)


def related(content: bytes, kind: str, name: str, data: bytes) -> bytes:
    """A Word file with one more part that the document refers to, such as its footnotes."""
    rels = part_of(content, "word/_rels/document.xml.rels").decode()
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    line = f'<Relationship Id="rIdX" Type="{office}/{kind}" Target="{name}"/></Relationships>'
    return repacked(
        content,
        {
            "word/_rels/document.xml.rels": rels.replace("</Relationships>", line).encode(),
            f"word/{name}": data,
        },
    )


def add_picture(document: Any, picture: Path, alt: str, *, decorative: bool = False) -> None:
    """A picture in a paragraph of its own, with its alternative text."""
    document.add_picture(str(picture))
    properties = document.element.body.findall(
        ".//{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    )[-1]
    properties.set("descr", alt)
    if decorative:
        properties.append(
            parse_xml(
                '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext uri="{C183D7F6}">'
                '<d:decorative xmlns:d="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
                "</a:ext></a:extLst>"
            )
        )


# ---------------------------------------------------------------- the real article


def real_article(article: Article, *, styled: bool) -> bytes:
    """The article as a Word file: with styles, or with bold lines and typed bullets."""
    document = new_document(article.title, article.author)
    document.core_properties.comments = article.summary
    for paragraph, line in zip(
        document.paragraphs,
        (f"published: {article.published}", f"review: {article.review}"),
        strict=True,
    ):
        paragraph.text = line
    if styled:
        document.add_paragraph(article.title, style="Title")
        document.add_paragraph(article.subtitle, style="Subtitle")
    else:
        document.add_paragraph(f"subtitle: {article.subtitle}")
    add_blocks(document, article.introduction, styled=styled)
    for section in article.sections:
        if styled:
            document.add_heading(section.heading.text, 1)
        else:
            document.add_paragraph().add_run(section.heading.text).bold = True
        add_blocks(document, section.blocks, styled=styled)
    assert article.byline
    document.add_paragraph().add_run(words(article.byline)).bold = True
    add_blocks(document, article.call_to_action, styled=styled)
    return saved(document)


def add_blocks(document: Any, blocks: tuple[Block, ...], *, styled: bool) -> None:
    for block in blocks:
        if isinstance(block, ListBlock):
            for entry in block.entries:
                point = words(entry.blocks[0])
                if styled:
                    document.add_paragraph(point, style="List Bullet")
                else:
                    document.add_paragraph(f"•\t{point}")
        else:
            document.add_paragraph(words(block))


def words(block: Block) -> str:
    assert isinstance(block, Paragraph)
    return " ".join(sentence.text for sentence in block.sentences)
