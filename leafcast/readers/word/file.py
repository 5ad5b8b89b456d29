"""A Word file while it is read: its parts, the place of the reading, what was met on the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from leafcast.readers.drafts import Gatherer, PictureDraft
from leafcast.readers.word.holders import text_of
from leafcast.readers.word.kinds import KINDS, LEFT_OUT
from leafcast.readers.word.package import Package, Relation
from leafcast.readers.word.styles import Styles


@dataclass(slots=True)
class Left:
    """Words left out on purpose: of which kind, where."""

    kind: str
    line: int
    words: str


@dataclass(slots=True)
class WordFile:
    """A file as it is read: its parts, where the reading is, and what was met.

    `line` counts paragraphs; `shown` are the pictures of the paragraph at hand and `boxes` the text
    boxes that are fixed to it; `notes` says where each was called; `size` and `indent` are those of
    most letters, in half-points and twentieths of a point. While `quiet`, what is met is not told.
    """

    package: Package
    gatherer: Gatherer
    styles: Styles
    relations: dict[str, Relation]
    take_pictures: bool
    language: str = ""
    size: float = 0.0
    indent: int = 0
    line: int = 0
    counting: bool = True
    quiet: bool = False
    shown: list[PictureDraft] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    goes_on: bool = False

    def met(self, kind: str, element: Element) -> None:
        """Note what a holder is or leaves out, where the reading is."""
        self.count(kind, "" if kind == "insertion" else text_of(element))

    def met_ahead(self, kind: str, element: Element) -> None:
        """Note the same of what stands around the next paragraphs."""
        self.line += self.counting
        self.met(kind, element)
        self.line -= self.counting

    def count(self, kind: str, words: str = "") -> None:
        """Note one more of a kind that is told once."""
        if not self.quiet:
            self.left.append(Left(kind, self.line, words))
            self.goes_on = False

    def leave(self, kind: str, words: str) -> None:
        """Note words that are left out; those of runs side by side are told as one."""
        last = self.left[-1] if self.left else None
        if self.goes_on and last and (last.kind, last.line) == (kind, self.line):
            last.words += words
        elif words.strip():
            self.count(kind, words)
        self.goes_on = bool(words.strip()) or self.goes_on

    def tell(self) -> None:
        """Hand what was met to the gatherer."""
        for each in self.left:
            self.gatherer.count(each.kind, each.line, each.words)
            if each.kind in LEFT_OUT and each.words:
                self.gatherer.leave_out(KINDS[each.kind][1], each.words, each.line)
        self.left = []

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Read what stands beside the text, whose paragraphs are not counted."""
        before = self.counting, self.shown, self.boxes
        self.counting, self.shown, self.boxes = False, [], []
        yield
        self.counting, self.shown, self.boxes = before
