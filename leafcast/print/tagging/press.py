"""The seam to WeasyPrint: a laid-out document becomes a PDF with our tags and our claims.

WeasyPrint looks its tagger, its page content and its variants up by name when it writes; ours
take their places for the time of one document. This leans on WeasyPrint's inside, so its version
is pinned, and tests/test_press.py says at once when a new one changes what is relied on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Lock
from typing import Any, Final, cast

import pydyf
from weasyprint import pdf as writer
from weasyprint.document import Document

from leafcast.print.tagging.conformance import About, Standard, claim
from leafcast.print.tagging.line_ends import SpacedStream, spaces_eaten
from leafcast.print.tagging.painting import paint_in_order
from leafcast.print.tagging.tags import Node, TagTree, drop_empty, walk_nodes, write_tree

HEADINGS: Final = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})
VARIANT: Final = "leafcast pdf/a and pdf/ua"
"""The name must hold “pdf/a”, or the output intent is not PDF/A's."""

_one_document = Lock()


def write_document(document: Document, standard: Standard, about: About) -> bytes:
    """A laid-out document as a tagged PDF that conforms to `standard`.

    Raises LayoutError when something drawn could not be tagged.
    """
    paint_in_order(document)
    keep_whole_links(document)
    with _our_parts(document, standard, about):
        return document.write_pdf(pdf_variant=VARIANT)


def keep_whole_links(document: Document) -> None:
    """Let each line of a link be one annotation, whatever is set in bold or spelt out within it."""
    for page in document.pages:
        page.links[:] = [each for each in page.links if each[3].link]


# ---------------------------------------------------------------- our parts in WeasyPrint


@contextmanager
def _our_parts(document: Document, standard: Standard, about: About) -> Iterator[None]:
    """Put our tagger, content and claims in the places of WeasyPrint's."""
    eaten = frozenset(spaces_eaten(document))
    stream = cast("type[SpacedStream]", type("SpacedStream", (SpacedStream,), {"eaten": eaten}))
    properties = {
        "pdf_version": standard.pdf_version,
        "pdf_identifier": True,
        "pdf_tags": True,
        "output_intent": "srgb",
    }
    variant = (partial(_finish, standard, about), properties)
    with _one_document:
        kept = writer.Stream, writer.add_tags
        writer.Stream, writer.add_tags = stream, partial(tag_document, standard)
        writer.VARIANTS[VARIANT] = variant
        try:
            yield
        finally:
            writer.Stream, writer.add_tags = kept
            del writer.VARIANTS[VARIANT]


def tag_document(
    standard: Standard,
    pdf: pydyf.PDF,
    document: Document,
    version: Any,
    streams: list[SpacedStream],
) -> None:
    """Tag every page; called in place of `weasyprint.pdf.add_tags`."""
    tree = TagTree(streams[0].eaten if streams else (), pdf_2=standard.pdf_2)
    for page, stream in zip(document.pages, streams, strict=True):
        tree.add_page(page, stream)
    drop_empty(tree.root)
    write_tree(tree, pdf)
    if standard.pdf_2:
        lead_to_structure(pdf, tree)


def _finish(standard: Standard, about: About, pdf: pydyf.PDF, *_: Any) -> None:
    """Called as the variant's function, when all else is in the file."""
    claim(pdf, standard, about)


# ---------------------------------------------------------------- structure destinations


def lead_to_structure(pdf: pydyf.PDF, tree: TagTree) -> None:
    """Let links and bookmarks lead to elements, not only to places (ISO 14289-2, 8.8)."""
    nodes = list(walk_nodes(tree.root))
    by_id = {node.get("id"): node for node in nodes if node.get("id")}
    headings = iter([node for node in nodes if node.type in HEADINGS])
    names = pdf.catalog.get("Names", {}).pop("Dests", {"Names": []})["Names"]
    places = {name.string: place for name, place in zip(names[::2], names[1::2], strict=True)}
    for entry in pdf.objects:
        if not isinstance(entry, pydyf.Dictionary) or "Dest" not in entry:
            continue
        place = entry.pop("Dest")
        if "Title" in entry:  # bookmarks stand in the order of the headings
            entry["A"] = _go_to(place, next(headings))
        else:
            entry["A"] = _go_to(places[place.string], by_id.get(place.string, tree.root))


def _go_to(place: pydyf.Array, node: Node) -> pydyf.Dictionary:
    """An action that leads to a place and to the element there (ISO 32000-2, 12.6.4.2)."""
    assert node.written is not None
    element = pydyf.Array([node.written.reference, *place[1:]])
    return pydyf.Dictionary({"S": "/GoTo", "D": place, "SD": element})
