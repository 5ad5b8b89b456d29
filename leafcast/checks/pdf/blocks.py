"""Blocks: what a leaflet says, in reading order, whether it is wanted or found in the tags.

Both sides of the comparison are made of these, so that what differs is a fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import unquote

from leafcast.checks.pdf.document import Annotation, Document
from leafcast.checks.pdf.structure import Attached, Content, Element
from leafcast.checks.wording import same_words
from leafcast.document.report import Place

TRANSPARENT: Final = frozenset(("Div", "NonStruct", "Part", "Private", "DocumentFragment"))
"""Elements that group and say nothing (ISO 32000-1, 14.8.4.2)."""
INLINE: Final = frozenset(("Span", "Link", "Reference", "Strong", "Em", "Quote", "Code", "Annot"))
RENAMED: Final = {"FENote": "Note"}
"""Names of PDF 2.0 for what PDF 1.7 had another name for."""

Phrase = tuple[str, str]
"""A language, and words in it."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Words that lead somewhere: a web address, or `#` and an id in this file."""

    words: str
    target: str


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its own words, or the blocks in it.

    `label` is a list's mark or number, None where it does not matter; `id` is "" where it does
    not. `phrases` are in another language than the file, of its words or, where there are blocks in
    it, of its label; `expansions` are abbreviations with
    what they stand for. `numbering` is a list's, `scope` a table header's; `spans` are the columns
    and rows that a cell goes over, `headers` the ids of what heads it.
    """

    type: str
    text: str = ""
    children: tuple[Block, ...] = ()
    id: str = ""
    label: str | None = None
    alt: str | None = None
    phrases: tuple[Phrase, ...] = ()
    links: tuple[Linked, ...] = ()
    expansions: tuple[tuple[str, str], ...] = ()
    numbering: str = ""
    scope: str = ""
    spans: tuple[int, int] = (1, 1)
    headers: tuple[str, ...] = ()
    page: int | None = None
    place: Place | None = None

    @property
    def words(self) -> str:
        """All its words: those of a picture are what it shows."""
        if self.alt is not None and not self.text:
            return self.alt
        if not self.children:
            return self.text
        return " ".join(filter(None, (child.words for child in self.children)))


def same_target(target: str) -> str:
    """An address as it is compared: escaped or not, with a last slash or without."""
    return unquote(target).rstrip("/")


def gather(pieces: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """Phrases by language, neighbours joined; those without a language are left out."""
    joined: list[list[str]] = []
    for language, words in pieces:
        if joined and joined[-1][0] == language:
            joined[-1][1] += words
        elif words.strip():
            joined.append([language, words])
        elif joined:
            joined[-1][1] += words
    return tuple((language, same_words(words)) for language, words in joined if language)


# ---------------------------------------------------------------- from the tags


def read_blocks(document: Document) -> tuple[Block, ...]:
    """The blocks of the whole file as its tags tell them."""
    if document.tree is None:
        return ()
    roots = document.tree.elements
    inside = [kid for root in roots for kid in (root.kids if root.type == "Document" else (root,))]
    language = next((root.language for root in roots if root.language), document.says.language)
    return tuple(_Teller(document).tell(inside, language))


Kid = Element | Content | Attached


@dataclass(frozen=True, slots=True)
class _Teller:
    document: Document

    def tell(self, kids: Iterable[Kid], language: str) -> Iterator[Block]:
        """The blocks among `kids`, and what stands between them as a block of no type."""
        inline: list[Kid] = []
        for kid in _opened(kids):
            if isinstance(kid, Element) and kid.type not in INLINE:
                yield from self._between(inline, language)
                inline = []
                yield from self._told(kid, language)
            else:
                inline.append(kid)
        yield from self._between(inline, language)

    def _told(self, element: Element, language: str) -> Iterator[Block]:
        """An element's block; a picture's caption may stand in it or after it."""
        captions = [kid for kid in element.elements if kid.type == "Caption"]
        if element.type != "Figure" or not captions:
            yield self._block(element, language)
            return
        rest = tuple(kid for kid in element.kids if kid not in captions)
        yield self._block(replace(element, kids=rest), language)
        yield from self.tell(captions, element.language or language)

    def _between(self, inline: list[Kid], language: str) -> Iterator[Block]:
        block = self._leaf(Element("", (0, 0), tuple(inline)), language)
        if block.text:
            yield block

    def _block(self, element: Element, language: str) -> Block:
        language = element.language or language
        kids = tuple(_opened(element.kids))
        labels = [kid for kid in kids if isinstance(kid, Element) and kid.type == "Lbl"]
        kids = tuple(kid for kid in kids if kid not in labels)
        if element.alt is not None:
            spoken = ((language, element.alt),) if self._foreign(language) else ()
            block = self._fill(element, phrases=spoken, links=tuple(self._links(kids)))
        elif any(isinstance(kid, Element) and kid.type not in INLINE for kid in kids):
            block = self._fill(element, children=tuple(self.tell(kids, language)))
        else:
            block = self._leaf(element, language, kids)
        if not labels:
            return block
        label = same_words(" ".join(self._text(kid.kids) for kid in labels))
        if not block.children:
            return replace(block, label=label)
        in_label = gather(each for kid in labels for each in self._phrases(kid.kids, language))
        return replace(block, label=label, phrases=in_label)

    def _leaf(self, element: Element, language: str, kids: tuple[Kid, ...] | None = None) -> Block:
        kids = element.kids if kids is None else kids
        return self._fill(
            element,
            text=same_words(self._text(kids)),
            phrases=gather(self._phrases(kids, element.language or language)),
            links=tuple(self._links(kids)),
            expansions=tuple(self._expansions(kids)),
        )

    def _fill(self, element: Element, **more: object) -> Block:
        page = next((content.page for content in element.contents), None)
        return Block(
            type=RENAMED.get(element.type, element.type),
            id=element.id,
            alt=element.alt,
            numbering=str(element.attribute("ListNumbering") or ""),
            scope=str(element.attribute("Scope") or ""),
            spans=_spans(element),
            headers=tuple(map(str, element.attribute("Headers") or ())),
            page=page,
            **more,  # type: ignore[arg-type]
        )

    # ------------------------------------------------------------ what stands in a line

    def _text(self, kids: Iterable[Kid]) -> str:
        return "".join(words for _, words in self._pieces(kids, ""))

    def _pieces(self, kids: Iterable[Kid], language: str) -> Iterator[Phrase]:
        """What is said, stretch by stretch, with its language."""
        for kid in kids:
            if isinstance(kid, Content):
                yield from self._said(kid, language)
            elif isinstance(kid, Element):
                inner = kid.language or language
                if kid.actual_text is not None:
                    yield inner, kid.actual_text
                else:
                    yield from self._pieces(kid.kids, inner)

    def _said(self, content: Content, language: str) -> Iterator[Phrase]:
        actual = ""
        for run in self.document.runs.get((content.page, content.number), ()):
            instead = run.mark.actual_text
            if instead is None:
                yield run.mark.language or language, run.text
            elif instead != actual:
                yield run.mark.language or language, instead
            actual = instead or ""

    def _phrases(self, kids: Iterable[Kid], language: str) -> Iterator[Phrase]:
        for spoken, words in self._pieces(kids, language):
            yield (spoken if self._foreign(spoken) else ""), words

    def _foreign(self, language: str) -> bool:
        return language.lower() != self.document.says.language.lower()

    def _links(self, kids: Iterable[Kid]) -> Iterator[Linked]:
        for kid in kids:
            if isinstance(kid, Element):
                if kid.type == "Link":
                    yield Linked(same_words(self._text(kid.kids)), self._target(kid))
                yield from self._links(kid.kids)

    def _target(self, link: Element) -> str:
        """Where a link leads; all its annotations must lead there, or it leads nowhere."""
        annotations = [self.document.annotations.get(key) for key in link.attached]
        targets = {same_target(self._leads(each)) for each in annotations if each}
        return targets.pop() if len(targets) == 1 else ""

    def _leads(self, annotation: Annotation) -> str:
        place = annotation.inside
        if place is None:
            return annotation.target
        return f"#{place.name or self.document.ids.get(place.element or (0, 0), '')}"

    def _expansions(self, kids: Iterable[Kid]) -> Iterator[tuple[str, str]]:
        for kid in kids:
            if isinstance(kid, Element):
                if kid.expansion:
                    yield same_words(self._text(kid.kids)), kid.expansion
                yield from self._expansions(kid.kids)


def _opened(kids: Iterable[Kid]) -> Iterator[Kid]:
    """`kids` with those in place of an element that only groups."""
    for kid in kids:
        if isinstance(kid, Element) and kid.type in TRANSPARENT:
            yield from _opened(kid.kids)
        else:
            yield kid


def _spans(element: Element) -> tuple[int, int]:
    """Over how many columns and rows a cell goes (ISO 32000-1, table 349); 1 is not written."""
    wide, high = (element.attribute(name) for name in ("ColSpan", "RowSpan"))
    return int(wide or 1), int(high or 1)
