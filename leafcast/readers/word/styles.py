"""What a Word file's styles and numberings say of a paragraph or a run.

A property not given where it stands comes from its style, then from the style that one is based
on (ISO/IEC 29500-1, 17.7.2). Style names are English in the file, whatever language Word speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from leafcast.readers.word.package import Package

LONGEST_CHAIN: Final = 12
"""Styles based on styles: Word itself allows 11."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """How a paragraph stands in a list. `counter` is what its number goes on from."""

    level: int
    ordered: bool
    counter: str
    start: int = 1
    restarts: bool = False
    letters: bool = False


@dataclass(slots=True)
class Styles:
    """The styles of one file."""

    styles: dict[str, Element] = field(default_factory=dict)
    defaults: Element | None = None
    normal: str = ""
    known: dict[tuple[str, str, str], Element | None] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def chain(self, style_id: str) -> Iterator[Element]:
        """A style and those it is based on."""
        for _ in range(LONGEST_CHAIN):
            style = self.styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = value(style.find("w-basedOn"))

    def name(self, paragraph: Element) -> str:
        """The English name of a paragraph's style in small letters, or of the one it comes from."""
        style_id = self.style_of(paragraph)
        if style_id not in self.names:
            names = (value(style.find("w-name")).casefold() for style in self.chain(style_id))
            self.names[style_id] = next(filter(is_known, names), "")
        return self.names[style_id]

    def paragraph(self, paragraph: Element, what: str) -> Element | None:
        """A property of a paragraph, such as `w-numPr`, from wherever it comes."""
        properties = paragraph.find("w-pPr")
        own = properties.find(what) if properties is not None else None
        return own if own is not None else self.styled(self.style_of(paragraph), "w-pPr", what)

    def style_of(self, paragraph: Element) -> str:
        """The id of a paragraph's style."""
        properties = paragraph.find("w-pPr")
        return value(properties.find("w-pStyle") if properties is not None else None) or self.normal

    def styled(self, style_id: str, properties: str, what: str) -> Element | None:
        """A property that a style gives, or one it is based on: looked up once."""
        key = (style_id, properties, what)
        if key not in self.known:
            found = (style.find(f"{properties}/{what}") for style in self.chain(style_id))
            self.known[key] = next((each for each in found if each is not None), None)
        return self.known[key]

    def indents(self, paragraph: Element) -> tuple[int, int]:
        """How far a paragraph stands in from the left and from the right, in twentieths of a point,
        its first line apart.
        """
        chain = self.chain(self.style_of(paragraph))
        places = [paragraph.find("w-pPr/w-ind"), *(each.find("w-pPr/w-ind") for each in chain)]
        given = {
            name.replace("start", "left").replace("end", "right"): words
            for place in reversed(places)
            if place is not None
            for name, words in place.attrib.items()
        }
        left, right, hanging = (
            _twips(given.get(f"w-{name}", "")) for name in ("left", "right", "hanging")
        )
        return left - hanging, right

    def run(self, run: Element, paragraph: Element, what: str) -> Element | None:
        """A property of a run, such as `w-b`: its own, its style's, its paragraph's style's."""
        properties = run.find("w-rPr")
        own = properties.find(what) if properties is not None else None
        if own is not None:
            return own
        own_style = value(properties.find("w-rStyle")) if properties is not None else ""
        for style_id in (own_style, self.style_of(paragraph)):
            found = self.styled(style_id, "w-rPr", what)
            if found is not None:
                return found
        return self.defaults.find(what) if self.defaults is not None else None


KNOWN_NAMES: Final = re.compile(
    r"heading [1-9]|title|subtitle|(intense )?quote|block text|caption|toc( heading| \d)?"
    r"|list (bullet|number|continue)( \d)?|footnote text|endnote text|author|abstract"
    r"|(image|table|picture|figure) caption"
)


def is_known(name: str) -> bool:
    """Whether a style of this name says what its paragraphs are."""
    return bool(KNOWN_NAMES.fullmatch(name))


def value(element: Element | None) -> str:
    """The `w-val` of an element; "" where there is none."""
    return element.get("w-val", "") if element is not None else ""


def is_on(element: Element | None) -> bool:
    """Whether a switch such as `w-b` is on: it is there, and not said to be off."""
    return element is not None and value(element) not in ("0", "false", "off", "none")


def read_styles(package: Package, name: str | None) -> Styles:
    """The styles of the part `name`."""
    root = package.xml(name) if name else None
    if root is None:
        return Styles()
    styles = {each.get("w-styleId", ""): each for each in root.iterfind("w-style")}
    normal = next(
        (
            key
            for key, each in styles.items()
            if each.get("w-type") == "paragraph" and each.get("w-default") in ("1", "true")
        ),
        "",
    )
    return Styles(styles, root.find("w-docDefaults/w-rPrDefault/w-rPr"), normal)


# ---------------------------------------------------------------- numberings

LETTERS: Final = {"lowerLetter", "upperLetter", "lowerRoman", "upperRoman"}
"""Kinds of counting that an article does not know."""


@dataclass(slots=True)
class Numberings:
    """The lists of one file, by number, and how far each has counted."""

    kinds: dict[str, tuple[str, dict[int, tuple[str, int]], dict[int, int]]] = field(
        default_factory=dict
    )

    def of(self, paragraph: Element, styles: Styles) -> Numbered | None:
        """How a paragraph stands in a list; None where it does not."""
        given = styles.paragraph(paragraph, "w-numPr")
        name = styles.name(paragraph)
        by_name = re.fullmatch(r"list (bullet|number)(?: (\d))?", name)
        if given is None and not by_name:
            return None
        number = value(given.find("w-numId")) if given is not None else ""
        if number == "0":
            return None
        level = _whole(value(given.find("w-ilvl")) if given is not None else "", 0)
        if by_name and by_name[2] and not level:
            level = int(by_name[2]) - 1
        counter, levels, overrides = self.kinds.get(number, (name, {}, {}))
        fallback = ("decimal" if by_name and by_name[1] == "number" else "bullet", 1)
        kind, start = levels.get(level, levels.get(0, fallback))
        return Numbered(
            min(level, 8),
            kind not in ("bullet", "none"),
            f"{counter}/{level}",
            overrides.get(level, start),
            level in overrides,
            kind in LETTERS,
        )


def read_numberings(package: Package, name: str | None) -> Numberings:
    """The numberings of the part `name`."""
    root = package.xml(name) if name else None
    if root is None:
        return Numberings()
    abstract = {
        each.get("w-abstractNumId", ""): {
            _whole(level.get("w-ilvl", ""), 0): (
                value(level.find("w-numFmt")) or "decimal",
                _whole(value(level.find("w-start")), 1),
            )
            for level in each.iterfind("w-lvl")
        }
        for each in root.iterfind("w-abstractNum")
    }
    kinds = {}
    for each in root.iterfind("w-num"):
        base = value(each.find("w-abstractNumId"))
        overrides = {
            _whole(level.get("w-ilvl", ""), 0): _whole(value(level.find("w-startOverride")), 1)
            for level in each.iterfind("w-lvlOverride")
            if level.find("w-startOverride") is not None
        }
        number = each.get("w-numId", "")
        counter = f"{base}:{number}" if overrides else base
        kinds[number] = (counter, abstract.get(base, {}), overrides)
    return Numberings(kinds)


def _twips(words: str) -> int:
    """A length in twentieths of a point; 0 where it is none."""
    return int(words) if re.fullmatch(r"-?[0-9]{1,6}", words) else 0


def _whole(words: str, otherwise: int) -> int:
    """A whole number from 0 to 999,999; `otherwise` for anything else."""
    return int(words) if re.fullmatch(r"[0-9]{1,6}", words) else otherwise
