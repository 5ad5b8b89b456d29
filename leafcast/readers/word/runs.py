"""The running text of a Word file: runs, links, fields, notes, and the pictures among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from xml.etree.ElementTree import Element

from leafcast.readers.drafts import BREAK, Gatherer, PictureDraft, Run, quoted
from leafcast.readers.letters import UNSEEN, cleaned
from leafcast.readers.links import safe_target
from leafcast.readers.word.package import LARGEST_PICTURE, Package, Relation
from leafcast.readers.word.styles import Styles, is_on, value
from leafcast.report import Severity

INSIDE: Final = {"w-smartTag", "w-customXml", "w-fldSimple", "w-dir", "w-bdo"}
"""Elements that only hold what is read."""


@dataclass(slots=True)
class WordFile:
    """A file as it is read: its parts, where the reading is, and what was met.

    `line` counts paragraphs; `shown` are the pictures of the paragraph at hand; `notes` says where
    each was called; `size` is that of most letters, in half-points.
    """

    package: Package
    gatherer: Gatherer
    styles: Styles
    relations: dict[str, Relation]
    take_pictures: bool
    language: str = ""
    size: float = 0.0
    line: int = 0
    shown: list[PictureDraft] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class _Field:
    """A field of Word: its code, and whether its result has begun."""

    code: str = ""
    result: bool = False


class RunReader:
    """Reads running text. Fields go on from paragraph to paragraph."""

    def __init__(self, file: WordFile) -> None:
        self.file = file
        self.fields: list[_Field] = []

    def runs(self, element: Element, paragraph: Element, target: str = "") -> Iterator[Run]:
        """The runs in `element`, within a link to `target`."""
        for child in element:
            match child.tag:
                case "w-r":
                    yield from self.run(child, paragraph, target)
                case "w-hyperlink":
                    yield from self.runs(child, paragraph, self.link(child))
                case "w-ins" | "w-moveTo":
                    self.file.gatherer.count("insertion", self.file.line)
                    yield from self.runs(child, paragraph, target)
                case "w-del" | "w-moveFrom":
                    self.file.gatherer.count("insertion", self.file.line)
                case "w-sdt":
                    yield from self.runs(child_of(child, "w-sdtContent"), paragraph, target)
                case "mc-AlternateContent":
                    yield from self.runs(chosen(child), paragraph, target)
                case "m-oMath" | "m-oMathPara":
                    self.file.gatherer.count("formula", self.file.line)
                    yield Run(" ".join(text.text or "" for text in child.iter("m-t")))
                case tag if tag in INSIDE:
                    yield from self.runs(child, paragraph, target)

    def link(self, hyperlink: Element) -> str:
        """Where a link leads; "" where no reader should be led, or within the file."""
        relation = self.file.relations.get(hyperlink.get("r-id", ""))
        if relation is None:
            return ""
        target = safe_target(relation.target) if relation.outside else ""
        if not target:
            self.file.gatherer.count("link", self.file.line)
        return target

    def run(self, run: Element, paragraph: Element, target: str) -> Iterator[Run]:
        """The words of one run."""
        if is_on(self.file.styles.run(run, paragraph, "w-vanish")):
            self.file.gatherer.count("hidden", self.file.line)
            return
        marked = Run(
            "",
            is_on(self.file.styles.run(run, paragraph, "w-b")),
            is_on(self.file.styles.run(run, paragraph, "w-i")),
            target,
            self.foreign(value(self.file.styles.run(run, paragraph, "w-lang"))),
        )
        yield from self.content(run, paragraph, marked)

    def content(self, run: Element, paragraph: Element, marked: Run) -> Iterator[Run]:
        """What stands in a run, marked as it is."""
        for child in run:
            if child.tag in ("w-fldChar", "w-instrText"):
                self.field(child)
            elif any(not each.result for each in self.fields):
                continue  # the code of a field, which nobody sees
            elif child.tag in ("w-footnoteReference", "w-endnoteReference"):
                label = child.tag[2:5] + child.get("w-id", "")
                self.file.notes.setdefault(label, self.file.line)
                yield Run("", note=label)
            elif child.tag in ("w-drawing", "w-pict", "w-object"):
                self.drawing(child)
            elif child.tag == "mc-AlternateContent":
                yield from self.content(chosen(child), paragraph, marked)
            elif child.tag == "w-ruby":
                yield from self.runs(child_of(child, "w-rubyBase"), paragraph, marked.target)
            elif child.tag == "w-commentReference":
                self.file.gatherer.count("comment", self.file.line)
            elif text := self.text(child):
                target = marked.target or self.field_target()
                yield replace(marked, text=text, target=target)

    def text(self, element: Element) -> str:
        """The letters an element of a run stands for."""
        match element.tag:
            case "w-t":
                words = (element.text or "").replace("\n", " ")
                if UNSEEN.search(words):
                    self.file.gatherer.count("unseen", self.file.line)
                return cleaned(words)
            case "w-tab" | "w-ptab":
                return " "
            case "w-cr":
                return BREAK
            case "w-br":
                return " " if element.get("w-type") in ("page", "column") else BREAK
            case "w-noBreakHyphen":
                return "\u2011"
            case "w-sym":
                return self.symbol(element.get("w-char", ""))
        return ""

    def symbol(self, code: str) -> str:
        """A character by its number; those of fonts of symbols have no letter of their own."""
        number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else 0
        if 0x20 <= number < 0xD800:
            return chr(number)
        self.file.gatherer.count("symbol", self.file.line)
        return ""

    def field(self, element: Element) -> None:
        """Follow where a field begins, shows its result, and ends."""
        kind = element.get("w-fldCharType")
        if element.tag == "w-instrText":
            if self.fields:
                self.fields[-1].code += element.text or ""
        elif kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].result = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def field_target(self) -> str:
        """Where the field around these words leads."""
        for each in reversed(self.fields):
            found = re.match(r'\s*HYPERLINK\s+"([^"]+)"', each.code)
            if found:
                return safe_target(found[1])
        return ""

    def foreign(self, language: str) -> str:
        """The language of words in another one than the article's; "" for its own."""
        if (
            not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", language)
            or not self.file.language
        ):
            return ""
        own, other = (each.partition("-")[0].casefold() for each in (self.file.language, language))
        return language if own != other else ""

    # ------------------------------------------------------------ pictures and boxes

    def drawing(self, drawing: Element) -> None:
        """A picture, a text box, or something that cannot be shown."""
        boxes = list(drawing.iter("w-txbxContent"))
        if boxes:
            words = " ".join(t.text or "" for box in boxes for t in box.iter("w-t"))
            self.file.gatherer.warn(
                "text-box",
                f"A text box stands beside the text and is left out: {quoted(words)}",
                "Move its words into the text, where they are to be read",
                self.file.line,
            )
        if any(each.get("val") == "1" for each in drawing.iter("adec-decorative")):
            self.file.gatherer.count("decorative", self.file.line)
            return
        relations = [each.get("r-embed", "") for each in drawing.iter("a-blip")]
        relations += [each.get("r-id", "") for each in drawing.iter("v-imagedata")]
        found = [self.file.relations[each] for each in relations if each in self.file.relations]
        for relation in found:
            self.picture(relation, _alternative(drawing))
        if any(each.get("r-link") for each in drawing.iter("a-blip")) and not found:
            self.file.gatherer.find(
                "picture-missing",
                Severity.ERROR,
                (
                    "A picture is linked, not in the file, and nothing is loaded from elsewhere",
                    "In Word, insert the picture itself",
                ),
                self.file.line,
            )
        elif not found and not boxes and drawing.find(".//v-rect") is None:
            self.file.gatherer.count("object", self.file.line)

    def picture(self, relation: Relation, alt: str) -> None:
        """A picture in the file, to be taken out by whoever asked for it."""
        if self.file.take_pictures and not relation.outside:
            content = self.file.package.read(relation.target, LARGEST_PICTURE)
            self.file.pictures[relation.target] = content
            self.file.shown.append(PictureDraft(relation.target, alt, self.file.line))
            return
        self.file.gatherer.find(
            "picture-in-word",
            Severity.ERROR,
            (
                f"A picture is inside the Word file{f' ({quoted(alt)})' if alt else ''}, where "
                "leaflets cannot take it from",
                "leafcast new with this file’s name takes the pictures out, and writes the "
                "article as Markdown beside them",
            ),
            self.file.line,
        )


def chosen(alternatives: Element) -> Element:
    """The first of the ways in which something is written; all of them say the same."""
    return next(iter(alternatives), Element("none")) if len(alternatives) else Element("none")


def child_of(element: Element, name: str) -> Element:
    """The child of this name; an empty element where there is none."""
    found = element.find(name)
    return found if found is not None else Element("none")


def _alternative(drawing: Element) -> str:
    """What a picture shows, in its author's words."""
    for properties in drawing.iter("wp-docPr"):
        return " ".join((properties.get("descr") or properties.get("title") or "").split())
    for shape in drawing.iter("v-shape"):
        return " ".join(shape.get("alt", "").split())
    return ""
