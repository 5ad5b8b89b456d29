"""A PDF read back as plain values: what it says of itself, its pages, links, bookmarks, tags."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from leafcast.checks.pdf.content_stream import device_colour, draw_page
from leafcast.checks.pdf.drawing import Box, Colour, Drawing, FontCache, Inks, Run
from leafcast.checks.pdf.fonts import Font
from leafcast.checks.pdf.structure import Element, Key, read_parents, read_tree, walk, walk_tree


@dataclass(frozen=True, slots=True)
class Destination:
    """A place inside the file; None is what is not said.

    `zoom` is 0 where the reader keeps his own; `element` is the structure element that PDF 2.0
    names besides; `name` is the place's own, where it has one.
    """

    page: int | None
    x: float | None = None
    y: float | None = None
    zoom: float | None = None
    element: Key | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link or another annotation. `target` is its web address; `inside` where it leads here."""

    key: Key
    page: int
    kind: str
    rect: Box
    words: str
    flags: int
    parent: int | None
    target: str
    inside: Destination | None


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark, `level` counted from 1."""

    title: str
    level: int
    to: Destination | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its size, what it draws and what lies on it. `parents` is its key in the tree.

    `trim` is what is left of it when it is trimmed.
    """

    key: Key
    box: Box
    trim: Box
    drawing: Drawing
    annotations: tuple[Annotation, ...]
    tabs: str
    parents: int | None


@dataclass(frozen=True, slots=True)
class Statement:
    """What a file says of itself."""

    language: str
    title: str
    metadata: str
    shows_title: bool
    marked: bool
    suspects: bool


@dataclass(frozen=True)
class Document:
    """A PDF, read."""

    says: Statement
    pages: tuple[Page, ...]
    tree: Element | None
    parents: Mapping[int, Any]
    bookmarks: tuple[Bookmark, ...]

    @cached_property
    def runs(self) -> dict[tuple[int, int], list[Run]]:
        """The strings of each mark, by page and number."""
        runs: dict[tuple[int, int], list[Run]] = {}
        for page in self.pages:
            for run in page.drawing.runs:
                if run.mark.number is not None and not run.mark.artifact:
                    runs.setdefault((run.page, run.mark.number), []).append(run)
        return runs

    @cached_property
    def paths(self) -> tuple[tuple[Element, ...], ...]:
        """Every element, as the path that leads to it, in reading order."""
        return tuple(walk(self.tree)) if self.tree else ()

    @cached_property
    def codes(self) -> dict[Font, set[int]]:
        """The codes shown in each font."""
        codes: dict[Font, set[int]] = {}
        for page in self.pages:
            for font, used in page.drawing.codes.items():
                codes.setdefault(font, set()).update(used)
        return codes

    @cached_property
    def annotations(self) -> dict[Key, Annotation]:
        """Every annotation by its key."""
        return {each.key: each for page in self.pages for each in page.annotations}

    @cached_property
    def elements(self) -> dict[Key, Element]:
        """Every element by its key."""
        return {path[-1].key: path[-1] for path in self.paths}

    @cached_property
    def named(self) -> dict[str, Element]:
        """Every element that has an id, by it."""
        return {path[-1].id: path[-1] for path in self.paths if path[-1].id}

    @cached_property
    def ids(self) -> dict[Key, str]:
        """The id of each element that has one."""
        return {path[-1].key: path[-1].id for path in self.paths if path[-1].id}

    def runs_of(self, element: Element) -> list[Run]:
        """The strings of an element and all in it, in reading order."""
        return [
            run
            for content in element.contents
            for run in self.runs.get((content.page, content.number), ())
        ]


def read_document(pdf: pikepdf.Pdf) -> Document:
    """Everything the checks look at."""
    numbers: dict[Key, int] = {_key(page): at for at, page in enumerate(pdf.pages)}
    places = _Places(pdf, numbers)
    fonts, colour_of = FontCache(), _colour_of(pdf)
    drawn = (draw_page(page.obj, at, fonts, colour_of) for at, page in enumerate(pdf.pages))
    return Document(
        _statement(pdf),
        tuple(
            _page(page.obj, at, drawing, places)
            for at, (page, drawing) in enumerate(zip(pdf.pages, drawn, strict=True))
        ),
        read_tree(pdf, numbers),
        read_parents(pdf),
        tuple(_bookmarks(pdf.Root.get("/Outlines", Dictionary()).get("/First"), 1, places)),
    )


def _colour_of(pdf: pikepdf.Pdf) -> Callable[[Inks], Colour]:
    """How its inks look: as on the paper it names, where that is the one whose profile is here."""
    intents = pdf.Root.get("/OutputIntents", Array())
    profiles = [(each, each.get("/DestOutputProfile", Dictionary())) for each in intents]
    named = [
        str(each.get("/OutputConditionIdentifier", ""))
        for each, profile in profiles
        if profile.get("/N") == len("CMYK")
    ]
    if not named:
        return device_colour
    from leafcast.design.inks import CONDITION, seen_as  # NumPy, for files in inks alone

    return seen_as if CONDITION in named else device_colour


def _key(page: Any) -> Key:
    number, generation = page.objgen
    return number, generation


def _box(rectangle: Any) -> Box:
    x1, y1, x2, y2 = (float(edge) for edge in rectangle)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _statement(pdf: pikepdf.Pdf) -> Statement:
    root = pdf.Root
    info = root.get("/MarkInfo", Dictionary())
    wishes = root.get("/ViewerPreferences", Dictionary())
    metadata = root["/Metadata"].read_bytes() if "/Metadata" in root else b""
    return Statement(
        language=str(root.get("/Lang", "")),
        title=str(pdf.trailer.get("/Info", Dictionary()).get("/Title", "")),
        metadata=metadata.decode("utf-8", "replace"),
        shows_title=bool(wishes.get("/DisplayDocTitle", False)),
        marked=bool(info.get("/Marked", False)),
        suspects=bool(info.get("/Suspects", False)),
    )


def _page(page: Any, number: int, drawing: Drawing, places: _Places) -> Page:
    return Page(
        key=_key(page),
        box=_box(page.MediaBox),
        trim=_box(page.get("/TrimBox", page.MediaBox)),
        drawing=drawing,
        annotations=tuple(_annotation(each, number, places) for each in page.get("/Annots", ())),
        tabs=str(page.get("/Tabs", "")),
        parents=int(page.StructParents) if "/StructParents" in page else None,
    )


def _annotation(annotation: Any, page: int, places: _Places) -> Annotation:
    action = annotation.get("/A", Dictionary())
    return Annotation(
        key=annotation.objgen,
        page=page,
        kind=str(annotation.get("/Subtype", "")).lstrip("/"),
        rect=_box(annotation.Rect),
        words=str(annotation.get("/Contents", "")),
        flags=int(annotation.get("/F", 0)),
        parent=int(annotation.StructParent) if "/StructParent" in annotation else None,
        target=str(action.get("/URI", "")),
        inside=places.find(annotation),
    )


class _Places:
    """The places of a file that links and bookmarks lead to."""

    def __init__(self, pdf: pikepdf.Pdf, numbers: Mapping[Key, int]) -> None:
        self.numbers = numbers
        names = pdf.Root.get("/Names", Dictionary()).get("/Dests")
        self.named = {str(name): place for name, place in walk_tree(names, "/Names")}
        old = pdf.Root.get("/Dests", Dictionary())
        self.named |= {str(name).lstrip("/"): place for name, place in old.items()}

    def find(self, leading: Any) -> Destination | None:
        """Where a link or bookmark leads inside the file."""
        action = leading.get("/A", Dictionary())
        place = leading.get("/Dest", action.get("/D"))
        element = action.get("/SD")
        if place is None:
            return None
        name = ""
        if not isinstance(place, Array | Dictionary):
            name = str(place).lstrip("/")
            place = self.named.get(name, Array())
        if isinstance(place, Dictionary):
            element, place = place.get("/SD", element), place.get("/D", Array())
        key = element[0].objgen if isinstance(element, Array) and len(element) else None
        return replace(self._read(list(place), key), name=name)

    def _read(self, place: list[Any], element: Key | None) -> Destination:
        if not place:
            return Destination(None, element=element)
        page = self.numbers.get(getattr(place[0], "objgen", (0, 0)))
        if len(place) < 5 or str(place[1]) != "/XYZ":
            return Destination(page, element=element)
        x, y, zoom = (None if each is None else float(each) for each in place[2:5])
        return Destination(page, x, y, zoom or 0.0, element)


def _bookmarks(first: Any, level: int, places: _Places) -> Iterator[Bookmark]:
    """A row of bookmarks, each before those under it."""
    seen = set()
    while first is not None and first.objgen not in seen and level < 20:
        seen.add(first.objgen)
        yield Bookmark(str(first.get("/Title", "")), level, places.find(first))
        yield from _bookmarks(first.get("/First"), level + 1, places)
        first = first.get("/Next")
