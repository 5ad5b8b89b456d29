"""The running text of a Word file: runs, links, fields and calls of notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from leafcast.document.invisible import UNSEEN, cleaned
from leafcast.readers.blanks import BLANK, underlined
from leafcast.readers.drafts import BREAK, Run
from leafcast.readers.raised import is_apart, lowered, raised
from leafcast.readers.word.drawings import read_drawing
from leafcast.readers.word.fields import Address, Fields, address_of
from leafcast.readers.word.file import WordFile
from leafcast.readers.word.holders import child_of, chosen, held, text_of
from leafcast.readers.word.styles import is_on, value
from leafcast.readers.word.symbols import FONTS, OWN_LETTERS, sign
from leafcast.readers.word.tabs import leads_to_line

STRAY: dict[int, str] = {0xF0A7: "▪", 0xF0B7: "•", 0xF0D8: "➢", 0xF0FC: "✓"}
"""Signs that come with text from elsewhere without their font, which all have this one."""
FEWEST_MOVED = 3
"""Half-points by which words are above or below the line, and not only put straight."""


class RunReader:
    """Reads running text. Fields go on from paragraph to paragraph; `before` are the last letters
    of the paragraph at hand.
    """

    def __init__(self, file: WordFile) -> None:
        self.file = file
        self.fields = Fields()
        self.before = ""

    def next_paragraph(self) -> None:
        """Begin a paragraph."""
        self.fields.next_paragraph()
        self.before = ""

    def runs(self, element: Element, paragraph: Element, target: str = "") -> Iterator[Run]:
        """The runs in `element`, within a link to `target`."""
        for child in held(element, self.file.met):
            match child.tag:
                case "w-r":
                    yield from self.run(child, paragraph, target)
                case "w-hyperlink":
                    yield from self.runs(child, paragraph, self.link(child) or target)
                case "w-fldSimple":
                    address = address_of(child.get("w-instr", ""))
                    yield from self.runs(child, paragraph, self.led(address) or target)
                case "m-oMath" | "m-oMathPara":
                    letters = " ".join(text.text or "" for text in child.iter("m-t"))
                    self.file.count("formula", letters)
                    yield Run(letters)

    def link(self, hyperlink: Element) -> str:
        """Where a link leads; "" where no reader should be led, or within the file."""
        relation = self.file.relations.get(hyperlink.get("r-id", ""))
        place = hyperlink.get("w-anchor", "") or hyperlink.get("w-docLocation", "")
        if relation is None:
            return self.led(Address(place=place)) if place else ""
        return self.led(Address(relation.target if relation.outside else "", place))

    def led(self, address: Address | None) -> str:
        """Where an address leads a reader; what leads nowhere is noted."""
        target = address.target() if address else ""
        if address and not target:
            self.file.count("inside" if address.is_inside else "link")
        return target

    def run(self, run: Element, paragraph: Element, target: str) -> Iterator[Run]:
        """The words of one run."""
        kind = self.left_out(run, paragraph)
        if kind:
            for mark in run.iter("w-fldChar"):
                self.fields.follow(mark)
            if not self.fields.in_code:
                self.file.leave(kind, text_of(run))
            return
        marked = Run(
            "",
            is_on(self.property(run, paragraph, "w-b")),
            is_on(self.property(run, paragraph, "w-i")),
            target,
            self.foreign(value(self.property(run, paragraph, "w-lang"))),
        )
        yield from self.content(run, paragraph, marked)

    def property(self, run: Element, paragraph: Element, what: str) -> Element | None:
        """A property of a run, from wherever it comes."""
        return self.file.styles.run(run, paragraph, what)

    def left_out(self, run: Element, paragraph: Element) -> str:
        """Why the words of a run are none of the text: hidden, or struck through; "" otherwise."""
        for name, kind in (("w-vanish", "hidden"), ("w-strike", "struck"), ("w-dstrike", "struck")):
            if is_on(self.property(run, paragraph, name)):
                return kind
        return ""

    def content(self, run: Element, paragraph: Element, marked: Run) -> Iterator[Run]:
        """What stands in a run, marked as it is."""
        own_mark = False
        for child in run:
            if child.tag in ("w-fldChar", "w-instrText"):
                self.field(child)
            elif self.fields.in_code:
                continue  # which nobody sees
            elif child.tag in ("w-footnoteReference", "w-endnoteReference"):
                yield self.call(child)
                own_mark = child.get("w-customMarkFollows") in ("1", "true", "on")
            elif child.tag == "mc-AlternateContent":
                yield from self.content(chosen(child), paragraph, marked)
            elif child.tag == "w-ruby":
                yield from self.ruby(child, paragraph, marked)
            elif child.tag in ("w-drawing", "w-pict", "w-object", "w-commentReference"):
                self.beside(child)
            elif own_mark and child.tag in ("w-t", "w-sym"):
                own_mark = False  # the number takes its place
            elif text := self.text(child, run, paragraph):
                yield from self.words(text, marked)

    def words(self, text: str, marked: Run) -> Iterator[Run]:
        """Words, within the field they are the result of."""
        if self.fields.in_contents:
            self.file.leave("contents", text)
            return
        self.file.goes_on = self.file.goes_on and text.isspace()
        self.before = (self.before + text)[-4:]
        address = None if marked.target else self.fields.address
        yield replace(marked, text=text, target=marked.target or (address or Address()).target())

    def call(self, reference: Element) -> Run:
        """The call of a note."""
        label = reference.tag[2:5] + reference.get("w-id", "")
        self.file.notes.setdefault(label, self.file.line)
        return Run("", note=label)

    def beside(self, element: Element) -> None:
        """What is fixed to a place in the text: a drawing, or a comment."""
        if element.tag == "w-commentReference":
            self.file.count("comment", self.file.comments.get(element.get("w-id", ""), ""))
        else:
            read_drawing(element, self.file)

    def ruby(self, ruby: Element, paragraph: Element, marked: Run) -> Iterator[Run]:
        """Words that signs above them say how to pronounce."""
        self.file.count("pronunciation", text_of(child_of(ruby, "w-rt")))
        yield from self.runs(child_of(ruby, "w-rubyBase"), paragraph, marked.target)

    def field(self, element: Element) -> None:
        """Follow a field; where its result begins, note a link that leads nowhere."""
        self.fields.follow(element)
        if element.get("w-fldCharType") == "separate" and not self.fields.in_contents:
            self.led(address_of(self.fields.code))

    # ------------------------------------------------------------ letters

    def text(self, element: Element, run: Element, paragraph: Element) -> str:
        """The letters an element of a run stands for."""
        match element.tag:
            case "w-t":
                words = self.letters(element.text or "", run, paragraph)
                return self.placed(self.lined(words, run, paragraph), run, paragraph)
            case "w-tab":
                drawn = self.lined("\t", run, paragraph)
                return f" {BLANK} " if drawn == "\t" and leads_to_line(paragraph) else drawn
            case "w-ptab":
                return " "
            case "w-cr":
                return BREAK
            case "w-br":
                return " " if element.get("w-type") in ("page", "column") else BREAK
            case "w-noBreakHyphen":
                return "\u2011"
            case "w-sym":
                code = element.get("w-char", "")
                number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else 0
                return self.sign(element.get("w-font", ""), number)
        return ""

    def letters(self, words: str, run: Element, paragraph: Element) -> str:
        """Words as they are read: signs of symbol fonts by what they show, unseen ones left out."""
        words = words.replace("\n", " ")
        fonts = self.property(run, paragraph, "w-rFonts")
        font = fonts.get("w-ascii", "") if fonts is not None else ""
        if font.casefold() in FONTS:
            words = "".join(self.sign(font, ord(char)) for char in words)
        elif any(ord(char) in OWN_LETTERS for char in words):
            words = "".join(STRAY.get(ord(char)) or self.sign(font, ord(char)) for char in words)
        if UNSEEN.search(words):
            self.file.count("unseen")
        return cleaned(words)

    def lined(self, words: str, run: Element, paragraph: Element) -> str:
        """Words; white space that is underlined is a line to write on."""
        if words.strip() or value(self.property(run, paragraph, "w-u")) in ("", "none"):
            return words
        return underlined(words)

    def sign(self, font: str, number: int) -> str:
        """A sign by its number in a font; one that is not known is noted."""
        found = sign(font, number)
        if not found:
            self.file.count("symbol", chr(number) if chr(number).isalnum() else "")
        return found

    def placed(self, words: str, run: Element, paragraph: Element) -> str:
        """Words above or below the line with figures that say so."""
        place = value(self.property(run, paragraph, "w-vertAlign")) or self.moved(run, paragraph)
        if place not in ("superscript", "subscript") or not words.strip():
            return words
        moved = raised(words) if place == "superscript" else lowered(words)
        if moved == words and is_apart(words, self.before):
            self.file.count("raised", words)
            return f"({words})"
        return moved

    def moved(self, run: Element, paragraph: Element) -> str:
        """Where words are that were moved by hand by at least 1.5 points (17.3.2.24), in the names
        of `w:vertAlign`; "" for those on the line.
        """
        half_points = value(self.property(run, paragraph, "w-position"))
        if not re.fullmatch(r"-?\d{1,4}", half_points) or abs(int(half_points)) < FEWEST_MOVED:
            return ""
        return "subscript" if half_points.startswith("-") else "superscript"

    def foreign(self, language: str) -> str:
        """The language of words in another one than the article's; "" for its own."""
        if (
            not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", language)
            or not self.file.language
        ):
            return ""
        own, other = (each.partition("-")[0].casefold() for each in (self.file.language, language))
        return language if own != other else ""
