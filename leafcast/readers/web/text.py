"""The running text of a page: marked words, links, pictures among them, and calls of notes."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urljoin

from leafcast.document.report import Severity
from leafcast.readers.blanks import underlined
from leafcast.readers.drafts import BREAK, Gatherer, PictureDraft, Run
from leafcast.readers.links import safe_target
from leafcast.readers.raised import SUBSCRIPT, SUPERSCRIPT, is_apart, lowered, raised
from leafcast.readers.web.content import Content
from leafcast.readers.web.notes import Notes
from leafcast.readers.web.page import Page
from leafcast.readers.web.shown import style_of
from leafcast.readers.web.tree import Element, words_in

LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
DATA_PICTURE: Final = re.compile(r"\s*data:image/(png|jpe?g|gif|webp);base64,", re.I)
LARGEST_DATA: Final = 20_000_000
RAISING: Final = re.compile(r"(?:^|;)vertical-align:(super|sub)\b")
"""How a style sets words above or below the line."""
FIGURES: Final = {"sup": SUPERSCRIPT, "sub": SUBSCRIPT}


@dataclass(slots=True)
class Gathered:
    """Running text as it is gathered, with the line on which it began."""

    line: int = 0
    runs: list[Run] = field(default_factory=list)
    pictures: list[PictureDraft] = field(default_factory=list)


@dataclass(slots=True)
class PageText:
    """Reads running text. `skipped` are elements that are shown elsewhere."""

    page: Page
    content: Content
    gatherer: Gatherer
    notes: Notes
    take_pictures: bool
    language: str = ""
    skipped: set[Element] = field(default_factory=set)
    figures: dict[int, int] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def is_read(self, element: Element) -> bool:
        """Whether an element is a part of the article."""
        return not (
            element in self.content.left_out
            or element in self.skipped
            or element in self.notes.elements
        )

    def add(self, text: Gathered, words: str | None, marks: Run) -> None:
        """Add words to running text; line ends of the file are spaces."""
        if words:
            shown = words.translate(self.figures) if self.figures else words
            shown = shown.replace("\u200b", "").replace("\ufeff", "")
            text.runs.append(replace(marks, text=re.sub(r"[\r\n]", " ", shown)))

    def inline(self, element: Element, marks: Run, text: Gathered) -> None:
        """Add an element of running text, and what it holds."""
        if not self.is_read(element):
            return
        if element.tag == "br":
            text.runs.append(Run(BREAK))
        elif element.tag == "img":
            self.picture(element, text)
        elif label := self.called(element):
            text.runs.append(Run("", note=label))
        elif element not in self.notes.backs:
            inner = self.marked(element, marks)
            before, self.figures = self.figures, self.figures or self.raised(element)
            is_line = element.tag == "u" or "text-decoration:underline" in style_of(element)
            apart = not self.figures and self.is_apart(element, text)
            self.add(text, "(" if apart else "", inner)
            if element.tag == "button":
                self.add(text, " ", marks)
            self.add(text, "“" if element.tag == "q" else "", inner)
            for child in element.children:
                if isinstance(child, str):
                    self.add(text, underlined(child) if is_line else child, inner)
                else:
                    self.inline(child, inner, text)
            self.add(text, "”" if element.tag == "q" else "", inner)
            self.add(text, ")" if apart else "", inner)
            if element.tag == "button":  # drawn as a box of its own
                self.add(text, " ", marks)
            self.figures = before

    def called(self, element: Element) -> str:
        """The label of the note that an element calls, brackets around the call among it; or ""."""
        if element.tag == "sup":
            links = list(element.iter("a"))
            alone = len(links) == 1 and words_in(element).strip("[()] ") == words_in(links[0])
            return self.notes.calls.get(links[0], "") if alone else ""
        return self.notes.calls.get(element, "")

    def raised(self, element: Element) -> dict[int, int]:
        """Letters for the figures of `sup` and `sub`, which must not join the number before."""
        kind, words = _raising(element), words_in(element)
        known = kind in FIGURES and (raised if kind == "sup" else lowered)(words) != words
        return FIGURES[kind] if known else {}

    def is_apart(self, element: Element, text: Gathered) -> bool:
        """Whether an element's letters stand above or below the line and are set in brackets."""
        words = words_in(element)
        before = "".join(run.text for run in text.runs[-3:])
        if _raising(element) not in FIGURES or not is_apart(words, before):
            return False
        self.gatherer.count("raised", element.line, words)
        return True

    def marked(self, element: Element, marks: Run) -> Run:
        """`marks` with what an element adds to them."""
        style = style_of(element)
        lang = element.get("lang")
        if lang and LANGUAGE.fullmatch(lang):
            own, other = (each.partition("-")[0].casefold() for each in (self.language, lang))
            marks = replace(marks, lang=lang if own and own != other else "")
        match element.tag:
            case "strong" | "b":
                return replace(marks, strong=True)
            case "em" | "i":
                return replace(marks, emphasis=True)
            case "code" | "kbd" | "samp" | "tt":
                return replace(marks, code=True)
            case "a":
                return replace(marks, target=self.target(element))
        if re.search(r"font-weight:(bold|[6-9]00)", style):
            return replace(marks, strong=True)
        return marks

    def target(self, element: Element) -> str:
        """Where a link leads; "" where no reader should be led."""
        address = element.get("href").strip()
        line = element.line
        if not address or not words_in(element):
            return ""
        if self.page.fragment(address):
            self.gatherer.count("inside", line)
            return ""
        if not re.match(r"[a-z][a-z0-9+.-]*:", re.sub(r"[\x00-\x20]", "", address), re.I):
            if not self.page.address:
                self.gatherer.count("relative", line)
                return ""
            address = _joined(self.page.address, address)
        target = safe_target(address)
        if not target:
            self.gatherer.count("link", line)
        return target

    # ------------------------------------------------------------ pictures and notes

    def picture(self, element: Element, text: Gathered) -> None:
        """A picture; one that only decorates is left out."""
        alt, line = element.get("alt"), element.line
        if _is_capital(element):
            self.add(text, alt.strip(), Run(""))
            return
        if "alt" not in element.attributes:
            alt = element.get("title")
        tiny = any(element.get(side) in ("0", "1", "2") for side in ("width", "height"))
        wordless = "alt" in element.attributes and not alt.strip()
        if tiny or wordless or element.get("role") == "presentation":
            self.gatherer.count("decorative", line)
            return
        address = _picture_address(element)
        written = DATA_PICTURE.match(address)
        if written:
            kind = written[1].lower()
            picture = PictureDraft(address[written.end() :], " ".join(alt.split()), line)
            self.written_picture(picture, kind, text)
        elif address:
            text.pictures.append(PictureDraft(address, " ".join(alt.split()), line))

    def written_picture(self, picture: PictureDraft, kind: str, text: Gathered) -> None:
        """A picture that is written into the page itself: its address is its letters."""
        letters, alt, line = picture.address, picture.alt, picture.line
        try:
            content = base64.b64decode(letters[: LARGEST_DATA * 4 // 3], validate=True)
        except (binascii.Error, ValueError):
            content = b""
        if self.take_pictures and content:
            name = f"written-{len(self.pictures) + 1}.{kind.replace('jpeg', 'jpg')}"
            self.pictures[name] = content
            text.pictures.append(replace(picture, address=name))
            return
        self.gatherer.find(
            "picture-in-page",
            Severity.ERROR,
            (
                f"A picture is written into the page itself{f' (“{alt}”)' if alt else ''}, where "
                "leaflets cannot take it from",
                "leafcast new with this file’s name takes such pictures out, and writes the "
                "article as Markdown beside them",
            ),
            line,
        )


def _is_capital(picture: Element) -> bool:
    """Whether a picture is the first letter of the word behind it."""
    letter = picture.get("alt").strip()
    siblings = picture.parent.children if picture.parent is not None else []
    at = siblings.index(picture) + 1 if picture in siblings else 0
    after = siblings[at] if at < len(siblings) else ""
    return len(letter) == 1 and letter.isupper() and isinstance(after, str) and after[:1].islower()


def _raising(element: Element) -> str:
    """`sup` or `sub` where an element or its style sets words above or below the line."""
    styled = RAISING.search(style_of(element))
    return styled[1][:3] if styled else element.tag  # super as sup


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def _picture_address(element: Element) -> str:
    """Where a picture is: pages that load late have it elsewhere than in `src`."""
    said = [
        element.get(name)
        for name in ("src", "data-src", "data-lazy-src", "data-original", "data-image")
    ]
    said += [part.split()[0] for part in element.get("srcset").split(",")[:1] if part.strip()]
    real = [each for each in said if each.strip() and not each.strip().startswith("data:")]
    address = (real or [each for each in said if each.strip()] or [""])[0].strip()
    if re.match(r"(https?:|data:|//)", address, re.I):
        return address
    return address.partition("?")[0].removeprefix("./")
