"""An EPUB as its readers play it: spine, overlays, and the words they point at."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import unquote
from xml.etree import ElementTree as XML

from leafcast.checks.sync.found import XmlFiles

OPF: Final = "{http://www.idpf.org/2007/opf}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"
SMIL: Final = "{http://www.w3.org/ns/SMIL}"
CONTAINER: Final = "{urn:oasis:names:tc:opendocument:xmlns:container}"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the manifest, its address from the root of the archive."""

    id: str
    path: str
    kind: str
    properties: str
    overlay: str


@dataclass(frozen=True, slots=True)
class Clip:
    """A `par` of an overlay: the file and id of its text, its sound, and its times in seconds."""

    words: str
    target: str
    sound: str
    start: float
    end: float


@dataclass(frozen=True)
class Package:
    """The package document."""

    documents: XmlFiles

    @cached_property
    def path(self) -> str:
        """Where it is, by the container."""
        container = self.documents.xml("META-INF/container.xml")
        found = container.find(f".//{CONTAINER}rootfile")
        return found.get("full-path", "") if found is not None else ""

    @cached_property
    def root(self) -> XML.Element:
        """The package element."""
        return self.documents.xml(self.path)

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """The manifest, by id."""
        return {
            it.get("id", ""): Entry(
                it.get("id", ""),
                resolve(self.path, it.get("href", "")),
                it.get("media-type", ""),
                it.get("properties", ""),
                it.get("media-overlay", ""),
            )
            for it in self.root.iter(f"{OPF}item")
        }

    @cached_property
    def spine(self) -> tuple[Entry, ...]:
        """What is read from beginning to end, in its order."""
        refs = [it for it in self.root.iter(f"{OPF}itemref") if it.get("linear") != "no"]
        return tuple(
            self.entries[it.get("idref", "")] for it in refs if it.get("idref") in self.entries
        )

    def meta(self, property: str, refines: str = "") -> list[str]:
        """The values of a property of the book, or of what it refines."""
        return [
            (it.text or "").strip()
            for it in self.root.iter(f"{OPF}meta")
            if it.get("property") == property and it.get("refines", "") == refines
        ]

    def overlay(self, entry: Entry) -> tuple[Clip, ...]:
        """The clips of an XHTML file's overlay, in their order; none where it has none."""
        overlay = self.entries.get(entry.overlay)
        if overlay is None:
            return ()
        return tuple(_clips(overlay.path, self.documents.xml(overlay.path)))


def _clips(path: str, root: XML.Element) -> Iterator[Clip]:
    for par in root.iter(f"{SMIL}par"):
        text, audio = par.find(f"{SMIL}text"), par.find(f"{SMIL}audio")
        if text is None or audio is None:
            continue
        words, _, target = text.get("src", "").partition("#")
        yield Clip(
            resolve(path, words),
            target,
            resolve(path, audio.get("src", "")),
            seconds(audio.get("clipBegin", "0")),
            seconds(audio.get("clipEnd", "0")),
        )


def resolve(path: str, href: str) -> str:
    """An address in the file at `path`, from the root of the archive."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(href)))


def seconds(clock: str) -> float:
    """A clock value of SMIL 3.0 in seconds; −1.0 where it is none."""
    if found := re.fullmatch(r"(\d+(?:\.\d+)?)(h|min|s|ms)?", clock.strip()):
        return float(found[1]) * {"h": 3600, "min": 60, "ms": 0.001}.get(found[2], 1)
    if found := re.fullmatch(r"(?:(\d+):)?([0-5]\d):([0-5]\d(?:\.\d+)?)", clock.strip()):
        return int(found[1] or 0) * 3600 + int(found[2]) * 60 + float(found[3])
    return -1.0
