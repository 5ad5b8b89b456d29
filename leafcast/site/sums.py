"""What an upload needs beside the pages: the addresses for search engines, and every file's sum."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from xml.etree import ElementTree as XML

from leafcast.document.artifact import FileRecord
from leafcast.site.parts import Site
from leafcast.state.cache import write_beside

SITEMAP: Final = "sitemap.xml"
SUMS: Final = "SHA256SUMS"
SITEMAPS: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_sitemap(site: Site, folder: Path) -> tuple[Path, ...]:
    """sitemap.xml (sitemaps.org 0.9): the library and each article's page.

    A page's date is the one its article was published on: no clock decides what is written. Without
    a place on the web there is none.
    """
    practice = site.project.practice
    if not practice.published:
        return ()
    XML.register_namespace("", SITEMAPS)
    pages = [(f"{practice.published}/", max(_dates(site)))]
    pages += [
        (f"{practice.address(each.article.slug)}/", each.article.published.isoformat())
        for each in site.publications
    ]
    root = XML.Element(f"{{{SITEMAPS}}}urlset")
    for address, day in pages:
        url = XML.SubElement(root, f"{{{SITEMAPS}}}url")
        XML.SubElement(url, f"{{{SITEMAPS}}}loc").text = address
        XML.SubElement(url, f"{{{SITEMAPS}}}lastmod").text = day
    XML.indent(root)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{XML.tostring(root, "unicode")}\n'
    write_beside(folder / SITEMAP, text.encode())
    return (folder / SITEMAP,)


def _dates(site: Site) -> list[str]:
    return [each.article.published.isoformat() for each in site.publications]


def write_sums(site: Site, folder: Path) -> tuple[Path, ...]:
    """SHA256SUMS: what `sha256sum --check` reads, for every file but itself and the manifest."""
    files = sorted(_files(site), key=lambda file: file.path)
    text = "".join(f"{file.sha256}  {file.path}\n" for file in files)
    write_beside(folder / SUMS, text.encode())
    return (folder / SUMS,)


def _files(site: Site) -> list[FileRecord]:
    records = [record for editions in site.standing.values() for record in editions.values()]
    records += [record for name, record in site.parts.items() if name != "sums"]
    return [file for record in records for file in record.files]
