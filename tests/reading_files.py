"""Small tagged PDFs to impose, written by hand: structure as ISO 32000 allows it, not as WeasyPrint
happens to write it. Marks as numbers and as dictionaries, elements over several pages, links with
their objects, a figure's box, destinations of every kind."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from leafcast.print.imposition.folds import Fold
from leafcast.print.imposition.sheets import MM

FONT = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


@dataclass(frozen=True)
class Part:
    """An element: its type, and the page (from 0) of each of its marks, in reading order."""

    kind: str
    pages: tuple[int, ...]


def page_widths(fold: Fold, count: int) -> list[float]:
    """The width in millimetres of each page that is laid out for `fold`."""
    widths = {}
    for side in fold.sides(count):
        widths |= {page: panel.width_mm for panel, page in side if page is not None}
    return [widths[page] for page in range(count)]


def reading_file(widths_mm: list[float], parts: list[Part], bleed_mm: float = 0) -> bytes:
    """A tagged file with these pages, 210 mm high, and these elements."""
    with pikepdf.new() as pdf:
        resources = pdf.make_indirect(Dictionary(Font=Dictionary(F1=FONT)))
        pages = [_page(pdf, (width, bleed_mm), resources) for width in widths_mm]
        writer = _Writer(pdf, pages)
        for number, part in enumerate(parts):
            writer.add(number, part)
        writer.finish()
        written = io.BytesIO()
        pdf.save(written)
        return written.getvalue()


def _page(pdf: pikepdf.Pdf, size: tuple[float, float], resources: Any) -> Any:
    width, bleed = (length * MM for length in size)
    page = pdf.add_blank_page(page_size=(200, 200)).obj
    page.MediaBox = Array([-bleed, -bleed, width + bleed, 210 * MM + bleed])
    page.TrimBox = Array([0, 0, width, 210 * MM])
    page.Resources = resources
    page.Tabs = Name.S
    return page


class _Writer:
    """Writes marks, elements, links and bookmarks; gathers what belongs to each page."""

    def __init__(self, pdf: pikepdf.Pdf, pages: list[Any]) -> None:
        self.pdf, self.pages = pdf, pages
        self.content: list[list[bytes]] = [[] for _ in pages]
        self.parents: list[list[Any]] = [[] for _ in pages]
        self.links: list[Any] = []
        self.ids: list[Any] = []
        self.bookmarks: list[Any] = []
        self.root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = self._element("Document", self.root, Array())

    def _element(self, kind: str, parent: Any, kids: Any) -> Any:
        return self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent, K=kids)
        )

    def add(self, number: int, part: Part) -> None:
        element = self._element(part.kind, self.document, Array())
        self.document.K.append(element)
        identity = String(f"part-{number:04}")
        element.ID = identity
        self.ids += [identity, element]
        one_page = len(set(part.pages)) == 1
        if one_page:
            element.Pg = self.pages[part.pages[0]]
        for at, page in enumerate(part.pages):
            mcid = self._mark(element, page, f"{number}.{at} (of {len(part.pages)})")
            element.K.append(
                mcid if one_page
                else Dictionary(Type=Name.MCR, Pg=self.pages[page], MCID=mcid)
            )  # fmt: skip
        if part.kind == "Link":
            self._link(element, part.pages[0])
        if part.kind == "Figure":
            box = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array([10, 20, 50, 70]))
            element.A = box if number % 2 else Array([Dictionary(O=Name.Table), box, 0])
            element.Alt = String("A picture")
        if part.kind == "H2":
            self._bookmark(element, part.pages[0], number)
        if len(element.K) == 1 and one_page and number % 3 == 0:
            element.K = element.K[0]  # one kid may stand without an array

    def _mark(self, element: Any, page: int, words: str) -> int:
        mcid = len(self.parents[page])
        y = 550 - 18 * mcid
        escaped = words.replace("(", r"\(").replace(")", r"\)")
        self.content[page].append(
            f"/{str(element.S)[1:]} <</Lang (en /MCID 9)/MCID {mcid}>> BDC\n"
            f"BT /F1 12 Tf 20 {y} Td ({escaped} /MCID 7) Tj ET\nEMC\n".encode()
        )
        self.parents[page].append(element)
        return mcid

    def _link(self, element: Any, page: int) -> None:
        target = self.pages[-1]
        annotation = self.pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Link, F=4, Rect=Array([20, 540, 90, 520]),
                QuadPoints=Array([20, 540, 90, 540, 20, 520, 90, 520]),
                StructParent=len(self.pages) + len(self.links), P=self.pages[page],
                Contents=String("To the last page"),
                A=Dictionary(S=Name.GoTo, D=Array([target, Name.XYZ, 20, 550, 0]),
                             SD=Array([element, Name.XYZ, 20, 550, 0])),
            )
        )  # fmt: skip
        if "/Annots" not in self.pages[page]:
            self.pages[page].Annots = Array()
        self.pages[page].Annots.append(annotation)
        element.K.append(Dictionary(Type=Name.OBJR, Obj=annotation, Pg=self.pages[page]))
        self.links.append(element)

    def _bookmark(self, element: Any, page: int, number: int) -> None:
        """In turn: an action, an array, another kind of view, a name."""
        there = self.pages[page]
        entry = Dictionary(Title=String(f"Part {number}"))
        match len(self.bookmarks) % 4:
            case 0:
                entry.A = Dictionary(
                    S=Name.GoTo,
                    D=Array([there, Name.XYZ, 20, 550, None]),
                    SD=Array([element, Name.XYZ, 20, 550, None]),
                )
            case 1:
                entry.Dest = Array([there, Name.XYZ, None, 550, 0])
            case 2:
                entry.Dest = Array([there, Name.FitR, 10, 20, 50, 70])
            case 3:
                entry.Dest = String("first")
        self.bookmarks.append(self.pdf.make_indirect(entry))

    def finish(self) -> None:
        nums: list[Any] = []
        for at, page in enumerate(self.pages):
            page.Contents = self.pdf.make_stream(b"".join(self.content[at]))
            page.StructParents = at
            nums += [at, Array(self.parents[at])]
        for at, element in enumerate(self.links):
            nums += [len(self.pages) + at, element]
        self.root.K = self.document  # one kid may stand without an array
        self.root.ParentTree = Dictionary(Kids=Array([_leaf(nums[:2]), _leaf(nums[2:])]))
        self.root.IDTree = Dictionary(Names=Array(self.ids))
        root = self.pdf.Root
        root.StructTreeRoot = self.root
        root.MarkInfo = Dictionary(Marked=True)
        root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        first = Array([self.pages[0], Name.FitH, 550])
        root.Names = Dictionary(Dests=Dictionary(Names=Array([String("first"), first])))
        root.OpenAction = Array([self.pages[0], Name.Fit])
        if self.bookmarks:
            outline = self.pdf.make_indirect(Dictionary(Type=Name.Outlines))
            for entry, after in zip(self.bookmarks, self.bookmarks[1:], strict=False):
                entry.Next, after.Prev = after, entry
            outline.First, outline.Last = self.bookmarks[0], self.bookmarks[-1]
            root.Outlines = outline


def _leaf(nums: list[Any]) -> Dictionary:
    """A leaf of a number tree."""
    return Dictionary(Nums=Array(nums), Limits=Array([nums[0], nums[-2]] if nums else [0, 0]))


# ---------------------------------------------------------------- reading back


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element, in the tree's order."""
    todo = kids_of(pdf.Root.StructTreeRoot)[::-1]
    while todo:
        element = todo.pop()
        yield element
        todo += [kid for kid in kids_of(element) if is_element(kid)][::-1]


def kids_of(element: Any) -> list[Any]:
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def is_element(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and "/S" in kid


def marks_of(element: Any) -> Iterator[tuple[tuple[int, int], int]]:
    """The marks of an element itself: the page's object number and the mark's."""
    for kid in kids_of(element):
        if isinstance(kid, int):
            yield element.Pg.objgen, kid
        elif kid.get("/Type") == Name.MCR:
            yield kid.get("/Pg", element.get("/Pg")).objgen, int(kid.MCID)


def drawn_words(pdf: pikepdf.Pdf) -> dict[tuple[tuple[int, int], int], tuple[bytes, ...]]:
    """What is shown within each mark, as the font's codes."""
    shown: dict[tuple[tuple[int, int], int], tuple[bytes, ...]] = {}
    for page in pdf.pages:
        inside: list[int | None] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                properties = operands[1] if name == "BDC" else Dictionary()
                mark = properties.get("/MCID") if isinstance(properties, Dictionary) else None
                inside.append(None if mark is None else int(mark))
                if mark is not None:
                    assert (page.obj.objgen, int(mark)) not in shown  # a number stands once
                    shown[page.obj.objgen, int(mark)] = ()
            elif name == "EMC":
                inside.pop()
            elif name in ("Tj", "TJ") and any(mark is not None for mark in inside):
                innermost = next(mark for mark in reversed(inside) if mark is not None)
                words = operands[0] if name == "TJ" else operands
                text = tuple(bytes(each) for each in words if isinstance(each, String))
                shown[page.obj.objgen, innermost] += text
    return shown


def tagged_words(pdf_bytes: bytes) -> list[tuple[str, tuple[bytes, ...]]]:
    """Every element with what its own marks show, in the tree's order: what is read aloud.

    Marks whose element the tree has lost come at the end.
    """
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        shown = drawn_words(pdf)
        read = [
            (str(e.S), tuple(word for mark in marks_of(e) for word in shown.pop(mark)))
            for e in elements(pdf)
        ]
        return [*read, ("lost", tuple(sorted(word for words in shown.values() for word in words)))]


def check_parent_tree(pdf_bytes: bytes) -> None:
    """Every mark and every link must find its element through the parent tree."""
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        entries = dict(pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree).items())
        sides = {page.obj.objgen: page.obj for page in pdf.pages}
        for element in elements(pdf):
            for page, mark in marks_of(element):
                assert entries[int(sides[page].StructParents)][mark].objgen == element.objgen
            for kid in kids_of(element):
                if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR:
                    side = sides[kid.get("/Pg", element.get("/Pg")).objgen]
                    assert kid.Obj.objgen in {each.objgen for each in side.Annots}
                    assert entries[int(kid.Obj.StructParent)].objgen == element.objgen
