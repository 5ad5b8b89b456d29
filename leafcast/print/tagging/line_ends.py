"""Spaces at line ends.

A line break eats the space it stands for, so that text taken from the file runs together:
“the firsttime”. The space is put back as a glyph after the line's last one. It draws nothing and
moves nothing, and every reader of the file finds the words apart (ISO 14289-1, 7.2; ISO 32000-1,
14.8.2.5: word breaks are spaces in the text).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import Any, Final

import pydyf
from weasyprint.document import Document
from weasyprint.formatting_structure import boxes
from weasyprint.formatting_structure.boxes import Box, TextBox
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream

from leafcast.document.article import UNSEEN
from leafcast.print.tagging.meanings import Meanings

EMPTY: Final = re.compile(r"(-?[\d.]+)?<>(-?[\d.]+)?")
"""An empty string of a `TJ`, with the steps before and after it."""
LAST_GLYPH: Final = re.compile(rb"([0-9a-f]{4})>(?:[-.\d]|<>)*\] TJ$")
ALONE: Final = re.compile(rb"\[(<[0-9a-f]{4}>)0?\] TJ$")
"""A glyph that is shown by itself."""
BACK: Final = 10
"""Thousandths of an em: more than positions are rounded by, and less than an eye sees."""
WITHIN: Final = frozenset(("span", "strong"))
MARK: Final = re.compile("[\u0300-\u036f]")
"""A mark that stands by itself; html.words_of_marks gives its word a box of its own."""


@dataclass(slots=True)
class _Source:
    """The words of an HTML element, without their spaces, and where the spaces were.

    `read` counts the letters that lines have shown so far; an element may run over pages.
    """

    letters: str
    breaks: frozenset[int]
    read: int = 0

    def advance(self, shown: str) -> bool:
        """Go past what a line shows; whether a space stood between it and what follows."""
        letters = "".join(shown.translate(UNSEEN).split())
        if not self.letters.startswith(letters, self.read):
            letters = letters.rstrip("-‐")  # a hyphen that the break put there
        self.read += len(letters)
        return self.read in self.breaks


def spaces_eaten(document: Document) -> set[Box]:
    """The text boxes at line ends after which a space stood in the source."""
    sources: dict[Any, _Source] = {}
    found: set[Box] = set()
    for page in document.pages:
        for line, element in _lines(page._page_box):
            if element not in sources:
                sources[element] = _source(element)
            for shown in _runs(line):
                follows = sources[element].advance("".join(box.text for box in shown))
                if follows and not shown[-1].text.endswith(" "):
                    found.add(shown[-1])
    return found


def _runs(line: Box) -> Iterator[list[TextBox]]:
    """The text boxes of a line, those of what stands in it as a block for themselves."""
    for _, run in groupby(_texts(line), key=lambda each: id(each[0])):
        yield [box for _, box in run]


def _lines(box: Box, owner: Any = None) -> Iterator[tuple[Box, Any]]:
    """Every line of the flow and the element whose words it shows, in the source's order.

    Words set as a block within a paragraph are that paragraph's. Margin boxes and generated
    content show no words of the source.
    """
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.MarginBox) or "::" in (box.element_tag or ""):
        return
    if box.element is not None and box.element.tag not in WITHIN:
        owner = box.element
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.LineBox):
            yield child, owner
        else:
            yield from _lines(child, owner)


def _texts(box: Box, inside: Box | None = None) -> Iterator[tuple[Box | None, TextBox]]:
    """The text boxes in `box`, each with the block in the line that it stands in, if it does."""
    for child in getattr(box, "children", ()):
        if "::" in (child.element_tag or ""):
            continue
        if isinstance(child, TextBox):
            yield inside, child
        else:
            yield from _texts(child, child if isinstance(child, boxes.InlineBlockBox) else inside)


def _source(element: Any) -> _Source:
    letters = _words(element).translate(UNSEEN).split()
    ends, count = set(), 0
    for word in letters[:-1]:
        count += len(word)
        ends.add(count)
    return _Source("".join(letters), frozenset(ends))


def _words(element: Any) -> str:
    """The element's words; a line break reads as a space."""
    parts = [element.text or ""]
    for child in element:
        parts.append(" " if child.tag == "br" else _words(child))
        parts.append(child.tail or "")
    return "".join(parts)


# ---------------------------------------------------------------- drawing


class SpacedStream(Stream):
    """A page's content that ends a line with the space it stands for, in glyphs that say what
    they are.

    `eaten` are the text boxes concerned; it is set for one document by a subclass.
    """

    eaten: frozenset[Box] = frozenset()

    def add_font(self, pango_font: Any) -> tuple[Font, float]:
        """See `Stream.add_font`."""
        font, size = super().add_font(pango_font)
        if not isinstance(font.to_unicode, Meanings):
            font.to_unicode = Meanings(font.file_content)
        return font, size

    def show_text(self, text: str) -> None:
        """See `Stream.show_text`."""
        super().show_text(steps_joined(text))

    @contextmanager
    def marked(self, box: Box, tag: str) -> Iterator[None]:
        """See `Stream.marked`; the space is drawn before the mark ends.

        WeasyPrint draws nothing for a box that is all space, as between two links, or had
        nothing else; and it forgets the font it wrote in before.
        """
        before = self._current_font or self._old_font
        with super().marked(box, tag), self._said(box):
            yield
            text = box.text if isinstance(box, TextBox) else "."
            if not text.strip():
                self._old_font = before
            if box in self.eaten or text.isspace():
                self._add_space()

    @contextmanager
    def _said(self, box: Box) -> Iterator[None]:
        """Say what a word with marks of its own is, as in G̃uaraní (ISO 32000-1, 14.9.4).

        PDFium and poppler take a mark, which has no width, for the end of a word.
        """
        if not (isinstance(box, TextBox) and MARK.search(box.text)):
            yield
            return
        said = box.text.translate(UNSEEN) + " " * (box in self.eaten)
        self.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(said)}))
        yield
        if MARK.match(said[-1]):
            self._set_back()
        self.end_marked_content()

    def _set_back(self) -> None:
        """Set a mark that is shown by itself before what follows its word.

        It has no width, so what follows stands where it does, and PDFium, which goes by where
        things stand, would say the word twice, before that and after it.
        """
        at, shown = self._last_shown()
        if ALONE.search(shown):
            self.stream[at] = ALONE.sub(b"[%d\\1%d] TJ" % (BACK, -BACK), shown)

    def _add_space(self) -> None:
        """Add a space to the last string shown, in its font, unless it ends with one."""
        if not (font := self._font_shown()):
            return
        at, shown = self._last_shown()
        # before an inline element WeasyPrint draws the space itself
        last = LAST_GLYPH.search(shown)
        if last and font.to_unicode.get(int(last[1], 16)) != " ":
            space = b"<%04x>] TJ" % _space_glyph(font)
            self.stream[at] = shown.removesuffix(b"] TJ") + space

    def _last_shown(self) -> tuple[int, bytes]:
        """Where in the stream the last string is shown, and by what; nothing where none is."""
        for at in range(len(self.stream) - 1, -1, -1):
            shown = self.stream[at]
            if isinstance(shown, bytes) and shown.endswith(b"] TJ"):
                return at, shown
        return -1, b""

    def _font_shown(self) -> Font | None:
        font_hash, _ = self._current_font or self._old_font or ("", 0)
        return next((font for font in self._fonts.values() if font.hash == font_hash), None)


def steps_joined(text: str) -> str:
    """What `TJ` shows with no empty string in it: PDFium loses a step after one, and sets all that
    follows too near or too far. Two steps about an empty string are one, of both together.
    """
    return EMPTY.sub(lambda found: f"{float(found[1] or 0) + float(found[2] or 0):g}", text)


def _space_glyph(font: Font) -> int:
    """The glyph of the space in a font, which is told of it where it was not used before."""
    for glyph, text in font.to_unicode.items():
        if text == " ":
            return int(glyph)
    glyph, width = _space_of(font.file_content)
    font.to_unicode[glyph] = " "
    font.widths[glyph] = width
    return glyph


def _space_of(font_file: bytes) -> tuple[int, int]:
    """The glyph of the space in a font file, and its width in thousandths of an em."""
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(font_file), lazy=True) as font:
        name = font.getBestCmap()[ord(" ")]
        width = font["hmtx"][name][0] * 1000 / font["head"].unitsPerEm
        return font.getGlyphID(name), round(width)
