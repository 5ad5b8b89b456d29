"""What a format tells, whatever the format: the words it shows, and when each is heard."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple
from xml.etree import ElementTree as XML

from leafcast.checks.cures import ANEW, REWRITE, in_words, with_source
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place, Severity

XHTML = "{http://www.w3.org/1999/xhtml}"


class Fault(NamedTuple):
    """What is wrong: a code in kebab-case, and a sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Heard:
    """When an element is heard: milliseconds from the start of the sound called `sound`."""

    target: str
    sound: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Telling:
    """One format as it was found.

    `heard` is in the order in which it is played, `shown` are the words of each sentence's id in
    the order in which they are read, `sounds` the milliseconds that each sound lasts. `leads` says
    whether a clip may begin with what is announced before its sentence, `captions` whether words
    are shown only while they are heard, `silent` whether there is no sound at all, and none to
    miss. `faults` are those that only this format can have.
    """

    heard: tuple[Heard, ...]
    shown: tuple[tuple[str, str], ...]
    sounds: Mapping[str, float]
    leads: bool = False
    captions: bool = False
    silent: bool = False
    faults: tuple[Fault, ...] = ()


OF_WORDS: Final = frozenset(
    ("not-heard", "not-to-hear", "heard-twice", "order-wrong", "not-shown", "words-differ",
     "reading-order", "heading-wrong", "contents-short")
)  # fmt: skip
"""Faults that the words of the article may bring about."""


@dataclass(frozen=True)
class Found:
    """A file of a publication, and what it should tell."""

    publication: Publication
    path: Path

    @property
    def place(self) -> Place:
        """Where it is, for a finding."""
        return Place(f"dist/{self.publication.article.slug}/{self.path.name}")

    def finding(self, fault: Fault) -> Finding:
        """A fault of it, as a finding."""
        message = in_words(fault.message, self.publication)
        cure = REWRITE if fault.code in OF_WORDS else ANEW
        fix = with_source(cure, message, self.publication)
        return Finding(f"sync-{fault.code}", Severity.ERROR, message, fix, self.place)

    @cached_property
    def files(self) -> dict[str, bytes]:
        """What is in a zip, by name; nothing where it is none."""
        try:
            with zipfile.ZipFile(io.BytesIO(self.path.read_bytes())) as archive:
                return {name: archive.read(name) for name in archive.namelist()}
        except zipfile.BadZipFile:
            return {}


@dataclass(slots=True)
class XmlFiles:
    """Files that are read as XML, once each; one that is missing or not XML is a fault."""

    files: Mapping[str, bytes]
    faults: list[Fault] = field(default_factory=list)
    _read: dict[str, XML.Element] = field(default_factory=dict)

    def xml(self, name: str) -> XML.Element:
        """A file as a tree; an empty element where it cannot be had."""
        if name not in self._read:
            self._read[name] = self._parsed(name)
        return self._read[name]

    def _parsed(self, name: str) -> XML.Element:
        if name not in self.files:
            self.faults.append(Fault("file-missing", f"{name} is not in it"))
            return XML.Element("missing")
        try:
            return XML.fromstring(self.files[name])
        except XML.ParseError as error:
            self.faults.append(Fault("file-damaged", f"{name} is not XML: {error}"))
            return XML.Element("damaged")

    def ids(self, name: str) -> dict[str, XML.Element]:
        """The elements of a file by their ids."""
        return {each.get("id", ""): each for each in self.xml(name).iter() if each.get("id")}

    def add(self, code: str, message: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(code, message))


def words_of(element: XML.Element) -> str:
    """The words in an element without the marks of notes; a line break is a space."""
    return "".join(_words(element))


def _words(element: XML.Element) -> Iterator[str]:
    if element.tag in (f"{XHTML}sup", "sup"):
        return
    if element.tag in (f"{XHTML}br", "br"):
        yield " "
    yield element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""


def sentences_in(root: XML.Element, wanted: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each sentence that a file shows, in its order: its id and its words."""
    for each in root.iter():
        if each.get("id") in wanted:
            yield each.get("id", ""), words_of(each)
