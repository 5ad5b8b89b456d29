"""Does every PDF say what it is, and carry its tags and fonts?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf

from leafcast.leaflet.proof import test_sheet_of
from leafcast.model import Article
from leafcast.publish.model import Publication
from leafcast.report import Finding, Place, Severity


def check_print(publication: Publication, folder: Path) -> Iterator[Finding]:
    """Findings on tags, language, title and fonts of each PDF in `folder`."""
    article = publication.article
    test_sheet = test_sheet_of(article, publication.project)
    for path in sorted(folder.glob("*.pdf")):
        place = Place(f"dist/{article.slug}/{path.name}")
        is_test_sheet = path.name == f"{article.slug}-test-sheet.pdf"
        for code, message in pdf_faults(path, test_sheet if is_test_sheet else article):
            yield Finding(
                code,
                Severity.ERROR,
                message,
                "Run the build again; if it stays, please report it",
                place,
            )


def pdf_faults(path: Path, article: Article) -> Iterator[tuple[str, str]]:
    """A code and a sentence for each fault of one PDF (ISO 14289-1, 7.1, 7.2 and 7.21)."""
    try:
        pdf = pikepdf.open(path)
    except pikepdf.PdfError:
        yield "pdf-unreadable", "This is not a PDF that can be opened"
        return
    with pdf:
        root = pdf.Root
        if (
            not bool(root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked", False))
            or "/StructTreeRoot" not in root
        ):
            yield "pdf-untagged", "It carries no tags, so a screen reader cannot follow it"
        if str(root.get("/Lang", "")) != article.language:
            yield "pdf-language", f"Its language is not set to {article.language}"
        if str(pdf.docinfo.get("/Title", "")) != article.title:
            yield "pdf-title", f"Its title is not “{article.title}”"
        for name in sorted(_fonts_not_embedded(pdf)):
            yield "font-not-embedded", f"The font {name} is not inside the file"


def _fonts_not_embedded(pdf: pikepdf.Pdf) -> set[str]:
    missing = set()
    for entry in pdf.objects:
        if not isinstance(entry, pikepdf.Dictionary) or entry.get("/Type") != "/FontDescriptor":
            continue
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(entry.keys()):
            missing.add(str(entry.get("/FontName", "?")))
    return missing
