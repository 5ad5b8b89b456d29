"""The tags of a leaflet: a structure tree that is the article.

One pass over the boxes of a laid-out document, linear in its pages, in place of WeasyPrint's own.
Every element of the HTML that means something becomes one structure element, whole and in order,
over however many lines, columns, panels and pages it runs; what means nothing becomes none.
Furniture in the margins, and a table's head where it is repeated, are pagination artifacts
(ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7.1). Nothing that is drawn changes.

The HTML says what a tag cannot: `data-tag` names another structure type ("" for none),
`data-ref` the id of what an entry of the contents refers to, `aria-label` a link in words,
`title` on `abbr` its expansion, `lang` another language.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree.ElementTree import Element

import pydyf
from weasyprint.document import Page
from weasyprint.formatting_structure import boxes
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf.stream import Stream

from leafcast.design.direction import has_marks, runs_backwards
from leafcast.document.errors import LayoutError

POINTS_A_PIXEL: Final = 0.75
PRINT_FLAG: Final = 4
"""Bit 3 of an annotation's flags: it is printed (ISO 32000-1, table 165)."""

TYPES: Final = {
    "p": "P", "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
    "ul": "L", "ol": "L", "li": "LI", "blockquote": "BlockQuote", "table": "Table",
    "thead": "THead", "tbody": "TBody", "tr": "TR", "th": "TH", "td": "TD",
    "caption": "Caption", "figcaption": "Caption", "img": "Figure", "a": "Link",
    "article": "Art", "section": "Sect",
}  # fmt: skip
"""Structure types by HTML element; what is not here and says nothing of itself gets none."""

CELLS: Final = frozenset({"TH", "TD"})
PDF_2_TYPES: Final = {"strong": "Strong", "em": "Em"}
RENAMED_IN_PDF_2: Final = {"Note": "FENote"}
OF_PDF_1: Final = frozenset({"Art", "BlockQuote", "TOC", "TOCI", "Reference"})
"""Types that PDF 2.0 has from the namespace of PDF 1.7 alone (ISO 32000-2, 14.8.6)."""


@dataclass(slots=True, eq=False)
class Node:
    """A structure element in the making. `kids` are nodes, marks and links, in reading order."""

    type: str
    parent: Node | None
    element: Element | None = None
    kids: list[Node | Mark | LinkPlace] = field(default_factory=list)
    box: tuple[float, float, float, float] | None = None
    actual_text: str = ""
    written: pydyf.Dictionary | None = None

    def get(self, name: str) -> str:
        """An attribute of the HTML element, "" where there is none."""
        return "" if self.element is None else str(self.element.get(name, ""))


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of marked content: page (from 0) and number on it."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class LinkPlace:
    """A link's annotation on a page."""

    page: int
    annotation: pydyf.Dictionary = field(hash=False)


# ---------------------------------------------------------------- boxes to nodes


class TagTree:
    """The structure tree of one document, built page by page."""

    def __init__(self, eaten: Collection[Box] = (), *, pdf_2: bool) -> None:
        self.pdf_2 = pdf_2
        self.eaten = eaten
        """The text boxes after which a line end ate a space, see `line_ends.py`."""
        self.root = Node("Document", None)
        self.marked: list[list[Node]] = []
        """For each page the node of each mark, in the order of their numbers."""
        self._nodes: dict[tuple[Element, str], Node] = {}
        self._heads: dict[Element | None, int] = {}
        """The page on which each table's head stands first."""

    def add_page(self, page: Page, stream: Stream) -> None:
        """Tag one page and number its marks anew, in reading order."""
        self.marked.append([])
        places = {
            part["MCID"]: at
            for at, part in enumerate(stream.stream)
            if isinstance(part, pydyf.Dictionary) and "MCID" in part
        }
        sheet = _Page(len(self.marked) - 1, float(page.height), stream, places)
        for child in page._page_box.children:
            if isinstance(child, boxes.MarginBox):
                side = "Header" if "top" in child.at_keyword else "Footer"
                self._make_artifacts(child, sheet, side)
            else:
                self._walk(child, self.root, sheet)
        if stream._tags:
            raise LayoutError(
                f"{len(stream._tags)} parts of a page would be left without a tag",
                "This is a fault in leafcast; please report it with the article",
            )

    def _walk(self, box: Box, parent: Node, sheet: _Page) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if box.element_tag == "thead" and self._heads.setdefault(box.element, sheet.at) < sheet.at:
            self._make_artifacts(box, sheet, "Header")
            return
        if _is_decoration(box, parent):
            self._make_artifacts(box, sheet)
            return
        node = self._node(box, parent)
        if box.link_annotation:
            node.kids.append(LinkPlace(sheet.at, box.link_annotation))
        if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
            self._add_mark(box, node, sheet)
            return
        for child in getattr(box, "children", ()):
            self._walk(child, node, sheet)

    def _add_mark(self, box: Box, node: Node, sheet: _Page) -> None:
        if (kept := sheet.stream._tags.pop(box, None)) is None:
            return  # not drawn: hidden, or outside the page
        if isinstance(box, boxes.TextBox):
            backwards = runs_backwards(box.text) or box.style["direction"] == "rtl"
            if backwards or has_marks(box.text):
                # drawn from left to right, its letters stand the wrong way round in the content;
                # which glyphs draw a letter with marks, and in which order, is the font's affair
                spaced = box.text + " " * (box in self.eaten)
                node.kids.append(run := Node("Span", node, actual_text=spaced))
                node = run
        numbers = self.marked[sheet.at]
        sheet.stream.stream[sheet.places[kept["mcid"]]]["MCID"] = len(numbers)
        node.kids.append(Mark(sheet.at, len(numbers)))
        numbers.append(node)
        if isinstance(box, boxes.ReplacedBox):
            node.box = sheet.points(box)

    def _make_artifacts(self, box: Box, sheet: _Page, side: str = "") -> None:
        """Make everything drawn in `box` an artifact (ISO 32000-1, 14.8.2.2).

        It is one of pagination where it stands on a `side` of the page, else one of layout.
        """
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if (kept := sheet.stream._tags.pop(box, None)) is not None:
            at = sheet.places[kept["mcid"]]
            sheet.stream.stream[at - 1] = "/Artifact"
            sheet.stream.stream[at] = pydyf.Dictionary(
                {"Type": "/Pagination", "Subtype": f"/{side}"} if side else {"Type": "/Layout"}
            )
        for child in getattr(box, "children", ()):
            self._make_artifacts(child, sheet, side)

    def _node(self, box: Box, parent: Node) -> Node:
        """The node of a box: its element's, made when the element is first met."""
        if box.element is None or not box.element_tag:
            return parent
        tag, _, generated = str(box.element_tag).partition("::")
        key = (box.element, generated)
        if key not in self._nodes:
            self._nodes[key] = self._make(box.element, (tag, generated), parent)
        return self._nodes[key]

    def _make(self, element: Element, names: tuple[str, str], parent: Node) -> Node:
        tag, generated = names
        if generated:
            return _make_label(parent)
        structure_type = self._type(element, tag)
        if not structure_type:
            return parent
        node = Node(structure_type, parent, element)
        parent.kids.append(node)
        if structure_type != "LI":
            return node
        body = Node("LBody", node)
        node.kids.append(body)
        return body

    def _type(self, element: Element, tag: str) -> str:
        named = element.get("data-tag")
        if named is not None:
            return RENAMED_IN_PDF_2.get(named, named) if self.pdf_2 else str(named)
        if (tag == "span" and element.get("lang")) or (tag == "abbr" and element.get("title")):
            return "Span"
        if self.pdf_2 and tag in PDF_2_TYPES:
            return PDF_2_TYPES[tag]
        return TYPES.get(tag, "")


@dataclass(frozen=True, slots=True)
class _Page:
    """A page being tagged: where its marks stand in its content."""

    at: int
    height: float
    stream: Stream
    places: dict[int, int]

    def points(self, box: Box) -> tuple[float, float, float, float]:
        """The content of a box as left, bottom, right, top in points, with y upwards."""
        x, y = box.content_box_x(), box.content_box_y()
        edges = (x, self.height - y - box.height, x + box.width, self.height - y)
        left, bottom, right, top = (round(edge * POINTS_A_PIXEL, 3) for edge in edges)
        return left, bottom, right, top


def _is_decoration(box: Box, parent: Node) -> bool:
    """Whether a box is content that a stylesheet made up, and no label: not the article's."""
    generated = str(box.element_tag or "").partition("::")[2]
    return bool(generated) and not _is_label(parent, generated)


def _is_label(parent: Node, generated: str) -> bool:
    """A list's marker is a label, and so is the page's number in the contents."""
    return generated == "marker" or (generated == "before" and parent.type in ("TOCI", "Lbl"))


def _make_label(parent: Node) -> Node:
    """A label, before what it labels."""
    owner = parent.parent if parent.type == "LBody" and parent.parent else parent
    label = Node("Lbl", owner)
    owner.kids.insert(0, label)
    return label


# ---------------------------------------------------------------- nodes to the file


def walk_nodes(node: Node) -> Iterator[Node]:
    """`node` and everything in it, in reading order."""
    yield node
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from walk_nodes(kid)


def drop_empty(node: Node) -> None:
    """Take out nodes that hold nothing: an element whose content was not drawn.

    An empty cell stays, or its row would have fewer cells than the head (ISO 14289-1, 7.5).
    """
    for kid in list(node.kids):
        if isinstance(kid, Node):
            drop_empty(kid)
            if not kid.kids and kid.type not in CELLS:
                node.kids.remove(kid)


@dataclass(frozen=True, slots=True)
class _Writing:
    """A structure tree being written: the file, its pages, and the links met so far."""

    pdf: pydyf.PDF
    pages: tuple[bytes, ...]
    links: list[tuple[Node, pydyf.Dictionary]] = field(default_factory=list)

    def add(self, entries: dict[str, Any]) -> pydyf.Dictionary:
        """A new object of the file."""
        written = pydyf.Dictionary(entries)
        self.pdf.add_object(written)
        return written


def write_tree(tree: TagTree, pdf: pydyf.PDF) -> None:
    """Write the structure tree, its parent tree and its ids into `pdf`."""
    writing = _Writing(pdf, pdf.page_references)
    root = writing.add({"Type": "/StructTreeRoot"})
    nodes = list(walk_nodes(tree.root))
    space = _pdf_2_namespace(writing, root) if tree.pdf_2 else None
    for node in nodes:
        node.written = writing.add({"Type": "/StructElem", "S": f"/{node.type}"})
        if space and node.type not in OF_PDF_1:
            node.written["NS"] = space
        node.written["P"] = _reference(node.parent) if node.parent else root.reference
    for node in nodes:
        _fill(node, writing)
    _refer(nodes)
    root["K"] = pydyf.Array([_reference(tree.root)])
    root["ParentTree"] = writing.add({"Nums": _parents(tree, writing.links)}).reference
    if names := _ids(nodes):
        root["IDTree"] = writing.add({"Names": names}).reference
    pdf.catalog["StructTreeRoot"] = root.reference


def _pdf_2_namespace(writing: _Writing, root: pydyf.Dictionary) -> bytes:
    """The standard structure namespace of PDF 2.0 (ISO 32000-2, 14.8.6.1)."""
    name = pydyf.String("http://iso.org/pdf2/ssn")
    space = bytes(writing.add({"Type": "/Namespace", "NS": name}).reference)
    root["Namespaces"] = pydyf.Array([space])
    return space


def _reference(node: Node) -> bytes:
    assert node.written is not None
    return bytes(node.written.reference)


def _fill(node: Node, writing: _Writing) -> None:
    """Write what a node holds and what is said of it."""
    written = node.written
    assert written is not None
    page = next((kid.page for kid in node.kids if isinstance(kid, Mark)), None)
    if page is not None:
        written["Pg"] = writing.pages[page]
    written["K"] = pydyf.Array([_kid(kid, page, node, writing) for kid in node.kids])
    if attributes := _attributes(node):
        written["A"] = attributes
    for entry, attribute in (("ID", "id"), ("Lang", "lang"), ("Alt", "alt")):
        if node.get(attribute):
            written[entry] = pydyf.String(node.get(attribute))
    if node.actual_text:
        written["ActualText"] = pydyf.String(node.actual_text)
    if node.type == "Span" and node.get("title"):
        written["E"] = pydyf.String(node.get("title"))


def _kid(
    kid: Node | Mark | LinkPlace, page: int | None, owner: Node, writing: _Writing
) -> bytes | int | pydyf.Dictionary:
    """A kid as /K holds it; a mark on the element's own page is just its number."""
    if isinstance(kid, Node):
        return _reference(kid)
    there = writing.pages[kid.page]
    if isinstance(kid, Mark):
        if kid.page == page:
            return kid.number
        return pydyf.Dictionary({"Type": "/MCR", "Pg": there, "MCID": kid.number})
    annotation = kid.annotation
    annotation["F"] = PRINT_FLAG
    annotation["StructParent"] = len(writing.pages) + len(writing.links)
    if words := owner.get("aria-label"):
        annotation["Contents"] = pydyf.String(words)
    writing.links.append((owner, annotation))
    return pydyf.Dictionary({"Type": "/OBJR", "Obj": annotation.reference, "Pg": there})


def _attributes(node: Node) -> pydyf.Dictionary | None:
    """The attributes of lists, headers and pictures (ISO 32000-1, tables 344, 347 and 349)."""
    match node.type:
        case "L":
            labelled = any(kid.type == "Lbl" for kid in walk_nodes(node))
            ordered = node.element is not None and node.element.tag == "ol"
            numbering = ("Decimal" if ordered else "Disc") if labelled else "None"
            return pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{numbering}"})
        case "TH" | "TD":
            return _cell_attributes(node)
        case "Figure" if node.box:
            return pydyf.Dictionary(
                {"O": "/Layout", "Placement": "/Block", "BBox": pydyf.Array(node.box)}
            )
    return None


def _cell_attributes(node: Node) -> pydyf.Dictionary | None:
    """What a header heads, over how many places a cell goes, and by what it is headed."""
    said: dict[str, Any] = {}
    if node.type == "TH":
        said["Scope"] = "/Row" if node.get("scope") == "row" else "/Column"
    for name, attribute in (("ColSpan", "colspan"), ("RowSpan", "rowspan")):
        if node.get(attribute):
            said[name] = int(node.get(attribute))
    if headers := node.get("headers").split():
        said["Headers"] = pydyf.Array(map(pydyf.String, headers))
    return pydyf.Dictionary({"O": "/Table", **said}) if said else None


def _refer(nodes: list[Node]) -> None:
    """Lead entries of the contents and calls of notes to what they refer to, notes back."""
    by_id = {node.get("id"): node for node in nodes if node.get("id")}
    callers: dict[str, list[bytes]] = {}
    for node in nodes:
        if (target := by_id.get(node.get("data-ref"))) and node.written is not None:
            node.written["Ref"] = pydyf.Array([_reference(target)])
            if target.type == "FENote":
                callers.setdefault(target.get("id"), []).append(_reference(node))
    for name, references in callers.items():
        written = by_id[name].written
        assert written is not None
        written["Ref"] = pydyf.Array(references)


def _parents(tree: TagTree, links: list[tuple[Node, pydyf.Dictionary]]) -> pydyf.Array:
    """The parent tree: for each page the elements of its marks, then each link's element."""
    nums: list[Any] = []
    for page, nodes in enumerate(tree.marked):
        nums += [page, pydyf.Array([_reference(node) for node in nodes])]
    for key, (node, _) in enumerate(links, start=len(tree.marked)):
        nums += [key, _reference(node)]
    return pydyf.Array(nums)


def _ids(nodes: list[Node]) -> pydyf.Array:
    """The name tree of the elements' ids, in the order of their bytes."""
    ids = {node.get("id"): node for node in nodes if node.get("id")}
    pairs = sorted(ids.items(), key=lambda pair: pair[0].encode())
    return pydyf.Array(
        [part for name, node in pairs for part in (pydyf.String(name), _reference(node))]
    )
