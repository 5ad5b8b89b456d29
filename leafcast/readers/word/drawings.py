"""Pictures of a Word file, its text boxes, and drawings that cannot be shown."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from leafcast.document.report import Severity
from leafcast.readers.drafts import PictureDraft, quoted
from leafcast.readers.word.file import WordFile
from leafcast.readers.word.holders import chosen, text_of
from leafcast.readers.word.package import LARGEST_PICTURE, Relation


def read_drawing(drawing: Element, file: WordFile) -> None:
    """A picture, text boxes, or something that cannot be shown: kept in `file` until the end of
    the paragraph.
    """
    boxes = list(_boxes(drawing))
    file.boxes += boxes
    if any(each.get("val") == "1" for each in drawing.iter("adec-decorative")):
        file.count("decorative")
        return
    own = list(_outside_boxes(drawing))
    relations = [each.get("r-embed", "") for each in own if each.tag == "a-blip"]
    relations += [each.get("r-id", "") for each in own if each.tag == "v-imagedata"]
    found = [file.relations[each] for each in relations if each in file.relations]
    for relation in found:
        _read_picture(relation, _alternative(drawing), file)
    if any(each.get("r-link") for each in own if each.tag == "a-blip") and not found:
        file.gatherer.find(
            "picture-missing",
            Severity.ERROR,
            (
                "A picture is linked, not in the file, and nothing is loaded from elsewhere",
                "In Word, insert the picture itself",
            ),
            file.line,
        )
    elif not found and not boxes and drawing.find(".//v-rect") is None:
        file.count("object", _drawn_words(drawing, file))


def _boxes(element: Element) -> Iterator[Element]:
    """The text boxes in a drawing; those in a text box are found when it is read."""
    for child in element:
        if child.tag == "mc-AlternateContent":
            yield from _boxes(chosen(child))
        elif child.tag == "w-txbxContent":
            yield child
        else:
            yield from _boxes(child)


def _outside_boxes(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag != "w-txbxContent":
            yield child
            yield from _outside_boxes(child)


def _drawn_words(drawing: Element, file: WordFile) -> str:
    """The words in a drawing: of its shapes, drawn letters, a diagram's own part."""
    words = [text_of(drawing), *(each.get("string", "") for each in drawing.iter("v-textpath"))]
    for each in drawing.iter():
        relation = file.relations.get(each.get("r-dm", ""))
        if relation and not relation.outside:
            root = file.package.xml(relation.target)
            words.append(text_of(root) if root is not None else "")
    return " · ".join(filter(None, words)) or _alternative(drawing)


def _read_picture(relation: Relation, alt: str, file: WordFile) -> None:
    """A picture in the file, to be taken out by whoever asked for it."""
    if file.take_pictures and not relation.outside:
        content = file.package.read(relation.target, LARGEST_PICTURE)
        file.pictures[relation.target] = content
        file.shown.append(PictureDraft(relation.target, alt, file.line))
        return
    file.gatherer.find(
        "picture-in-word",
        Severity.ERROR,
        (
            f"A picture is inside the Word file{f' ({quoted(alt)})' if alt else ''}, where "
            "leaflets cannot take it from",
            "leafcast new with this file’s name takes the pictures out, and writes the "
            "article as Markdown beside them",
        ),
        file.line,
    )


def _alternative(drawing: Element) -> str:
    """What a picture shows, in its author's words."""
    for properties in drawing.iter("wp-docPr"):
        return " ".join((properties.get("descr") or properties.get("title") or "").split())
    for shape in drawing.iter("v-shape"):
        return " ".join(shape.get("alt", "").split())
    return ""
