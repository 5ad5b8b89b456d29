"""A PDF's structure tree, read back as plain values (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name

Key = tuple[int, int]
"""An indirect object's number and generation."""
NOWHERE: Final[Key] = (0, 0)
DEEPEST: Final = 200


@dataclass(frozen=True, slots=True)
class Content:
    """Marked content of an element: a page (from 0) and a mark's number on it."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Attached:
    """An object that belongs to an element, such as a link's annotation."""

    key: Key


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """A structure element. Every element is itself alone, however alike two are.

    `language`, `alt`, `actual_text` and `expansion` are "" or None where the element has none
    of its own; `attributes` are those of all its owners by name; `refers_to` are the elements
    named by /Ref.
    """

    type: str
    key: Key
    kids: tuple[Element | Content | Attached, ...]
    id: str = ""
    language: str = ""
    alt: str | None = None
    actual_text: str | None = None
    expansion: str = ""
    attributes: Mapping[str, Any] | None = None
    refers_to: tuple[Key, ...] = ()

    def attribute(self, name: str) -> Any:
        """An attribute's value, None where it has none."""
        return (self.attributes or {}).get(name)

    @property
    def elements(self) -> tuple[Element, ...]:
        """The elements it holds itself."""
        return tuple(kid for kid in self.kids if isinstance(kid, Element))

    @property
    def contents(self) -> Iterator[Content]:
        """All marked content in it and inside it, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Content):
                yield kid
            elif isinstance(kid, Element):
                yield from kid.contents

    @property
    def attached(self) -> Iterator[Key]:
        """The objects that belong to it itself."""
        return (kid.key for kid in self.kids if isinstance(kid, Attached))


def walk(element: Element, above: tuple[Element, ...] = ()) -> Iterator[tuple[Element, ...]]:
    """Every element in reading order, as the path that leads to it: it is the last."""
    path = (*above, element)
    yield path
    for kid in element.elements:
        yield from walk(kid, path)


def read_tree(pdf: pikepdf.Pdf, pages: Mapping[Key, int]) -> Element | None:
    """The structure tree, or None where there is none. `pages` are page numbers from 0."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return None
    reader = _Reader(pages, root.get("/RoleMap", Dictionary()))
    return Element("StructTreeRoot", root.objgen, tuple(reader.kids(root, NOWHERE, 0)))


class _Reader:
    """Reads elements; keeps in mind which it has seen, so that a ring of them comes to an end."""

    def __init__(self, pages: Mapping[Key, int], roles: Any) -> None:
        self.pages = pages
        self.roles = {str(name): str(role) for name, role in roles.items()}
        self.seen: set[Key] = set()

    def kids(self, of: Any, page: Key, depth: int) -> Iterator[Element | Content | Attached]:
        """What /K holds: numbers, marks, objects and elements, alone or in an array."""
        kids = of.get("/K", Array())
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, int):
                if page in self.pages:
                    yield Content(self.pages[page], kid)
            elif kid.get("/Type") == Name.MCR:
                at = kid.Pg.objgen if "/Pg" in kid else page
                if at in self.pages:
                    yield Content(self.pages[at], int(kid.MCID))
            elif kid.get("/Type") == Name.OBJR:
                yield Attached(kid.Obj.objgen)
            elif kid.objgen not in self.seen and depth < DEEPEST:
                self.seen.add(kid.objgen)
                yield self._element(kid, page, depth)

    def _element(self, element: Any, page: Key, depth: int) -> Element:
        values = dict(element.items())
        page = values["/Pg"].objgen if "/Pg" in values else page
        refers = values.get("/Ref", ())
        return Element(
            type=self._type(str(values.get("/S", ""))),
            key=element.objgen,
            kids=tuple(self.kids(element, page, depth + 1)),
            id=str(values.get("/ID", "")),
            language=str(values.get("/Lang", "")),
            alt=str(values["/Alt"]) if "/Alt" in values else None,
            actual_text=str(values["/ActualText"]) if "/ActualText" in values else None,
            expansion=str(values.get("/E", "")),
            attributes=_attributes(values.get("/A")),
            refers_to=tuple(each.objgen for each in refers),
        )

    def _type(self, name: str) -> str:
        for _ in range(len(self.roles)):
            if name not in self.roles:
                break
            name = self.roles[name]
        return name.lstrip("/")


def _attributes(owned: Any) -> dict[str, Any] | None:
    """/A: one dictionary, or several of them with numbers of revision between."""
    if owned is None:
        return None
    attributes: dict[str, Any] = {}
    for each in owned if isinstance(owned, Array) else [owned]:
        if isinstance(each, Dictionary):
            for key, value in each.items():
                attributes[str(key).lstrip("/")] = _plain(value)
    return attributes


def _plain(value: Any) -> Any:
    match value:
        case Name():
            return str(value).lstrip("/")
        case Array():
            return tuple(_plain(each) for each in value)
        case pikepdf.String():
            return str(value)
        case Dictionary() | pikepdf.Stream():
            return None
    return float(value) if not isinstance(value, bool) else value


def read_parents(pdf: pikepdf.Pdf) -> dict[int, Any]:
    """The parent tree by its keys: an element's key, or for a page those of its marks."""
    root = pdf.Root.get("/StructTreeRoot", Dictionary())
    parents: dict[int, Any] = {}
    for key, value in walk_tree(root.get("/ParentTree"), "/Nums"):
        if isinstance(value, Array):
            parents[int(key)] = tuple(getattr(each, "objgen", None) for each in value)
        else:
            parents[int(key)] = value.objgen
    return parents


def walk_tree(node: Any, entries: str, depth: int = 0) -> Iterator[tuple[Any, Any]]:
    """Keys and values of a number or name tree (ISO 32000-1, 7.9.6 and 7.9.7)."""
    if node is None or depth > DEEPEST:
        return
    pairs = list(node.get(entries, ()))
    yield from zip(pairs[::2], pairs[1::2], strict=False)
    for kid in node.get("/Kids", ()):
        yield from walk_tree(kid, entries, depth + 1)
