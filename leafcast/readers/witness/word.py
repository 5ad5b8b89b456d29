"""A Word file as the witness reads it: every text, break, reference and cell of its parts, in the
order of their XML (ISO/IEC 29500-1, 17), and nothing of what styles and numbers make of them.

Places count paragraphs of the text, those of tables too.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from posixpath import dirname, join, normpath
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from leafcast.readers.witness.kinds import FOOTNOTE
from leafcast.readers.witness.passages import CALL, Passage
from leafcast.readers.witness.text import with_marker

RELATION: Final = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
ATTRIBUTE: Final = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
FIELD_PART: Final = re.compile(rb"fldCharType\s*=\s*[\"'](begin|end)")
LETTER: Final = re.compile(r"[^\W\d_]")
STYLE: Final = re.compile(r'<w:style\s[^>]*w:styleId="([^"]*)"[^>]*>(.*?)</w:style>', re.S)
NAMED: Final = re.compile(
    r'<w:style\s[^>]*w:styleId="([^"]*)"[^>]*>\s*<w:name w:val="(?i:(toc \d|caption))"'
)
BASED_ON: Final = re.compile(r'<w:basedOn w:val="([^"]*)"')
EFFECT: Final = re.compile(r'<w:(vanish|d?strike)(?: w:val="([^"]*)")?\s*/>')
OFF: Final = {"0", "false", "off", "none"}
SPACES: Final = {"tab", "ptab", "br", "cr"}
"""Elements that stand between words."""
BREAKS: Final = {"br", "cr"}
TYPED_BELOW: Final = re.compile(r"\n+(?=\s*\(?(?:\d{1,3}|[a-z])[.)]\s)", re.I)
"""A line's end before a point that is numbered by hand."""
INSIDE: Final = {"rt": "pronunciation", "del": "deleted", "moveFrom": "deleted"}
"""Elements whose words are no text of the page itself."""
HEEDED: Final = SPACES | INSIDE.keys() | {
    "t", "p", "r", "noBreakHyphen", "sym", "symEx", "footnoteReference", "endnoteReference",
    "txbxContent", "Fallback", "framePr", "docPartGallery", "pStyle", "rStyle",
    "vanish", "strike", "dstrike", "fldChar", "docPr", "shape", "footnote", "endnote",
}  # fmt: skip
LEAVES: Final = re.compile(
    rf"<w:(?!(?:{'|'.join(sorted(HEEDED))})[\s/])\w+(?:\s[^<>]*)?/>".encode()
)
"""Empty elements that say nothing of words, which are most in a file."""
SYMBOLS: Final = re.compile("symbol$|dings|dingbats|MT Extra", re.I)
"""Fonts whose letters are no letters; what becomes of their signs the reader tells."""
ENDING: Final = {"t", "p", "txbxContent", "footnote", "endnote"}
MOST_BYTES: Final = 100_000_000


@dataclass(slots=True)
class _Styles:
    """Styles, by their ids, that hide or strike their words, and those of contents and captions."""

    hidden: set[str] = field(default_factory=set)
    struck: set[str] = field(default_factory=set)
    contents: set[str] = field(default_factory=set)
    captions: set[str] = field(default_factory=set)

    def kind(self, style: str) -> str:
        """The kind of words in a style."""
        if style in self.hidden:
            return "hidden"
        if style in self.contents:
            return "contents"
        if style in self.captions:
            return "caption"
        return "struck" if style in self.struck else ""


def word_passages(content: bytes) -> Iterator[Passage]:
    """The words of a Word file, with a sign for each call of a note; the notes come last."""
    with zipfile.ZipFile(BytesIO(content)) as file:
        parts = _Parts(file)
        main = parts.related("", "officeDocument")
        if not main:
            return
        styles = _styles(parts.text(parts.related(main[0], "styles")))
        body = _Part(styles, parts.bytes(main[0]))
        yield from body.passages
        notes = {
            (kind, label): words
            for kind in ("footnote", "endnote")
            for name in parts.related(main[0], f"{kind}s")
            for label, words in _Part(styles, parts.bytes(name)).inside.items()
        }
        for called, line in body.called.items():
            yield from (Passage(each.words, line, FOOTNOTE) for each in notes.get(called, ()))
        for kind, name in (("header", "margin"), ("footer", "margin"), ("comments", "comment")):
            for part in parts.related(main[0], kind):
                for passage in _Part(styles, parts.bytes(part)).passages:
                    if not passage.kind and LETTER.search(passage.words):
                        yield Passage(passage.words, 0, name)


class _Parts:
    """The parts of a package, by the relations between them (ISO/IEC 29500-2, 8)."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.file = file
        self.names = {name.casefold(): name for name in file.namelist()}
        self.relations: dict[str, list[tuple[str, str]]] = {}

    def bytes(self, name: str) -> bytes:
        found = self.names.get(name.casefold())
        if found is None or self.file.getinfo(found).file_size > MOST_BYTES:
            return b""
        return self.file.read(found)

    def text(self, names: Iterable[str]) -> str:
        return "".join(self.bytes(name).decode("utf-8", "replace") for name in names)

    def related(self, name: str, kind: str) -> list[str]:
        """The parts that a part refers to by relations of a kind."""
        if name not in self.relations:
            self.relations[name] = list(self.referred(name))
        return [inside for said, inside in self.relations[name] if said.endswith(f"/{kind}")]

    def referred(self, name: str) -> Iterator[tuple[str, str]]:
        """All parts that a part refers to, each with the kind of the relation."""
        folder = dirname(name)
        relations = join(folder, "_rels", f"{name[len(folder) :].strip('/')}.rels")
        for relation in RELATION.findall(self.text([relations])):
            said = {key: first or second for key, first, second in ATTRIBUTE.findall(relation)}
            if said.get("TargetMode") != "External":
                target = said.get("Target", "")
                inside = target[1:] if target.startswith("/") else normpath(join(folder, target))
                yield said.get("Type", ""), inside


def _styles(text: str) -> _Styles:
    """What styles do to words, each after the one it is based on."""
    named = NAMED.findall(text)
    styles = _Styles(
        contents={style for style, name in named if name.casefold() != "caption"},
        captions={style for style, name in named if name.casefold() == "caption"},
    )
    if "w:vanish" not in text and "strike" not in text:
        return styles
    bases = {}
    for style, written in STYLE.findall(text):
        base = BASED_ON.search(written)
        bases[style] = base[1] if base else ""
        for element, value in EFFECT.findall(written):
            if value not in OFF:
                (styles.hidden if element == "vanish" else styles.struck).add(style)
    for ids in (styles.hidden, styles.struck):
        while new := {each for each, base in bases.items() if base in ids} - ids:
            ids |= new
    return styles


class _Part:
    """The words of one part. `inside` has those of each note by its label, `called` the calls with
    the paragraphs they stand in.
    """

    def __init__(self, styles: _Styles, content: bytes) -> None:
        self.styles = styles
        self.passages: list[Passage] = []
        self.inside: dict[str, list[Passage]] = {}
        self.called: dict[tuple[str, str], int] = {}
        self.line = 0
        self.path: list[str] = []
        self.names: dict[str, str] = {}
        self.words: list[tuple[str, str]] = []
        self.outside: list[tuple[list[tuple[str, str]], str, str]] = []
        self.kinds: list[tuple[int, str]] = []
        self.paragraph_kind = self.run_kind = self.label = ""
        self.unread = 0
        self.in_text = self.goes_on = False
        self.codes: list[bool] = []
        self.fields_are_whole = _fields_are_whole(content)
        self._parse(content)

    def _parse(self, content: bytes) -> None:
        parser = ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        if b"<![CDATA[" not in content:
            content = LEAVES.sub(b"", content)
        with suppress(ExpatError):  # the reader says that the file is damaged
            parser.Parse(content, True)
        self.flush()

    # ------------------------------------------------------------ elements

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = self.names.get(name) or self.named(name)
        self.path.append(local)
        if local not in HEEDED or self.unread:
            return
        if local == "t":
            self.in_text = True
        elif local in SPACES:
            self.add("\n" if local in BREAKS else " ")
        elif local == "p":
            self.paragraph_kind, self.run_kind = "", ""
            self.line += not self.outside
        elif local == "r":
            self.run_kind = self.paragraph_kind
        else:
            said = {key.rpartition(" ")[2]: words for key, words in attributes.items()}
            self.special(local, said)

    def named(self, name: str) -> str:
        """The short name of an element; texts and paragraphs of drawings are none of the text."""
        space, _, local = name.rpartition(" ")
        is_text = "wordprocessingml" in space or ("math" in space and local == "t")
        self.names[name] = local if is_text or local not in ("t", "p", "r") else f"{space} {local}"
        return self.names[name]

    def special(self, local: str, said: dict[str, str]) -> None:  # noqa: C901  (one case a kind)
        """Elements that say something of the words in or after them."""
        parent = self.path[-2] if len(self.path) > 1 else ""
        match local:
            case "noBreakHyphen":
                self.add("-")
            case "sym" | "symEx" if not SYMBOLS.search(said.get("font", "")):
                self.symbol(said.get("char", ""))
            case "footnoteReference" | "endnoteReference":
                self.called.setdefault((local[:-9], said.get("id", "")), self.line)
                self.add(CALL)
            case "txbxContent":
                self.outside.append((self.words, self.paragraph_kind, self.run_kind))
                self.words = []
                self.kinds.append((len(self.path), "box"))
            case "del" if parent == "rPr" and "pPr" in self.path[-3:]:
                self.goes_on = True
            case "del" if parent == "trPr":
                self.kinds.append((len(self.path) - 2, "deleted"))
            case "rt" | "del" | "moveFrom" if parent not in ("rPr", "trPr"):
                self.kinds.append((len(self.path), INSIDE[local]))
            case "Fallback":
                self.unread = len(self.path)
            case "framePr":
                self.goes_on = said.get("dropCap", "none") != "none"
            case "docPartGallery" if said.get("val") == "Table of Contents":
                depth = len(self.path) - self.path[::-1].index("sdt")
                self.kinds.append((depth, "contents"))
            case "pStyle":
                self.paragraph_kind = self.styles.kind(said.get("val", ""))
            case "rStyle":
                self.run_kind = self.styles.kind(said.get("val", "")) or self.run_kind
            case "vanish" | "strike" | "dstrike" if "pPr" not in self.path[-3:]:
                kind = "hidden" if local == "vanish" else "struck"
                self.run_kind = "" if said.get("val") in OFF else kind
            case "fldChar":
                self.field(said.get("fldCharType", ""))
            case "docPr" | "shape" if words := said.get("descr") or said.get("alt"):
                self.passages.append(Passage(words, self.line, "alt"))
            case "footnote" | "endnote":
                self.label, self.passages = said.get("id", ""), []

    def end(self, name: str) -> None:
        local = self.path.pop()
        if local not in ENDING and not self.kinds and not self.unread:
            return
        depth = len(self.path) + 1
        if self.unread:
            self.unread = 0 if self.unread == depth else self.unread
            return
        if local == "t":
            if "math" in name:
                self.add(" ")
            self.in_text = False
        elif local == "p":
            if self.goes_on:
                self.goes_on = False  # a capital set apart, or an end that was deleted
            else:
                self.flush()
        elif local == "txbxContent":
            self.flush()
            self.words, self.paragraph_kind, self.run_kind = self.outside.pop()
        elif local in ("footnote", "endnote"):
            self.inside[self.label] = self.passages
        self.kinds = [each for each in self.kinds if each[0] < depth] if self.kinds else []

    def field(self, kind: str) -> None:
        """Follow where the code of a field is, which nobody sees."""
        if not self.fields_are_whole:
            return
        if kind == "begin":
            self.codes.append(True)
        elif kind == "separate" and self.codes:
            self.codes[-1] = False
        elif kind == "end" and self.codes:
            self.codes.pop()

    def symbol(self, code: str) -> None:
        """A letter by its number; one of a font of symbols has no meaning outside it."""
        number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,5}", code) else 0
        if 0x20 <= number < 0xD800 or number >= 0x10000:
            self.add(chr(number))

    # ------------------------------------------------------------ words

    def text(self, words: str) -> None:
        if self.in_text and not self.unread:
            self.add(words.replace(CALL, ""))

    def add(self, words: str) -> None:
        kind = self.kinds[-1][1] if self.kinds else self.run_kind
        self.words.append((words, "field" if any(self.codes) else kind))

    def flush(self) -> None:
        """The words gathered as passages, one for each kind."""
        for kind, group in groupby(self.words, key=lambda each: each[1]):
            words = "".join(each[0] for each in group)
            if words.strip():
                for part in TYPED_BELOW.split(words):
                    self.passages += with_marker(part, self.line, kind)
        self.words = []


def _fields_are_whole(content: bytes) -> bool:
    """Whether each field that begins also ends; where one does not, all is read as text."""
    if b"fldChar" not in content:
        return True
    kinds = FIELD_PART.findall(content)
    return kinds.count(b"begin") == kinds.count(b"end")
