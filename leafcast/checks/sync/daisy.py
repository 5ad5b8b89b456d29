"""What a DAISY 2.02 book tells, and what only such a book can get wrong.

DAISY 2.02 has no validator that could be passed on with a program; these are its rules (DAISY
2.02, 2.1 to 2.3), read from the files alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final
from xml.etree import ElementTree as XML

from leafcast.checks.sync.found import XHTML, Fault, Found, Heard, Telling, XmlFiles, sentences_in
from leafcast.checks.sync.mp3 import mp3_milliseconds
from leafcast.document.article import Article, article_sentences, walk_sections

NCC: Final = "ncc.html"
MASTER: Final = "master.smil"
REQUIRED: Final = (
    "dc:creator", "dc:date", "dc:format", "dc:identifier", "dc:language", "dc:publisher",
    "dc:title", "ncc:charset", "ncc:pageFront", "ncc:pageNormal", "ncc:pageSpecial",
    "ncc:setInfo", "ncc:tocItems", "ncc:totalTime",
)  # fmt: skip
"""What the navigation control centre must say (appendix 2); what it should is checked by value."""
SMIL_REQUIRED: Final = ("dc:format", "ncc:totalElapsedTime", "ncc:timeInThisSmil")
NAME: Final = re.compile(r"[a-z0-9_-]{1,8}\.(?:html|smil|mp3|css|png|jpg)")
HEADINGS: Final = tuple(f"{XHTML}h{level}" for level in range(1, 7))
OWN: Final = "h_book_"
"""How the ids of entries begin that are the book's own and no heading of the article."""
CLIP: Final = re.compile(r"npt=(\d+\.\d+)s")
SLACK_MS: Final = 0.5
WHOLE_S: Final = 1.0
"""Times in metadata are whole seconds, each rounded to fit the one before."""


@dataclass(frozen=True)
class Book:
    """The files of a book."""

    documents: XmlFiles

    @cached_property
    def metadata(self) -> dict[str, str]:
        """What the navigation control centre says of the book."""
        return metadata_of(self.documents.xml(NCC))

    @cached_property
    def headings(self) -> tuple[XML.Element, ...]:
        """Its entries, in order."""
        return tuple(each for each in self.documents.xml(NCC).iter() if each.tag in HEADINGS)

    @cached_property
    def smils(self) -> tuple[str, ...]:
        """The SMIL files in the order in which the entries lead to them."""
        links = (self.link(each) for each in self.headings)
        return tuple(dict.fromkeys(link.partition("#")[0] for link in links if link))

    def link(self, heading: XML.Element) -> str:
        """Where an entry leads."""
        return next((a.get("href", "") for a in heading.iter(f"{XHTML}a")), "")


def metadata_of(root: XML.Element) -> dict[str, str]:
    """The named metadata of an XHTML or SMIL file."""
    return {
        each.get("name", ""): each.get("content", "")
        for each in root.iter()
        if each.tag.rpartition("}")[2] == "meta" and each.get("name")
    }


def read_daisy(found: Found) -> Telling:
    """The talking book at its path."""
    article = found.publication.article
    wanted = {sentence.id: sentence.text for sentence in article_sentences(article)}
    documents = XmlFiles(found.files)
    book = Book(documents)
    heard = tuple(each for smil in book.smils for each in _clips(documents.xml(smil)))
    texts = dict.fromkeys(
        text.get("src", "").partition("#")[0]
        for smil in book.smils
        for text in documents.xml(smil).iter("text")
    )
    shown = tuple(each for text in texts for each in sentences_in(documents.xml(text), wanted))
    sounds = {
        name: mp3_milliseconds(sound)
        for name, sound in documents.files.items()
        if name.endswith(".mp3")
    }
    faults = (
        *_metadata_faults(book, article),
        *_heading_faults(book, article),
        *_link_faults(book),
        *_time_faults(book),
        *_master_faults(book),
    )
    return Telling(heard, shown, sounds, leads=True, faults=(*documents.faults, *faults))


def _clips(root: XML.Element) -> Iterator[Heard]:
    for par in root.iter("par"):
        text = par.find("text")
        target = text.get("src", "").partition("#")[2] if text is not None else ""
        for audio in par.iter("audio"):
            start, end = (
                float(found[1]) * 1000 if (found := CLIP.fullmatch(audio.get(name, ""))) else -1.0
                for name in ("clip-begin", "clip-end")
            )
            yield Heard(target, audio.get("src", ""), start, end)


# ---------------------------------------------------------------- the control centre


def _metadata_faults(book: Book, article: Article) -> Iterator[Fault]:
    said = book.metadata
    for name in REQUIRED:
        if not said.get(name):
            yield Fault("claim-missing", f"{name} is missing")
    files = book.documents.files
    size = -(-sum(map(len, files.values())) // 1024)
    levels = [int(each.tag[-1]) for each in book.headings]
    wanted = {
        "dc:title": article.title,
        "dc:format": "Daisy 2.02",
        "dc:language": article.language,
        "ncc:multimediaType": "audioFullText",
        "ncc:tocItems": str(len(book.headings)),
        "ncc:depth": str(max(levels, default=0)),
        "ncc:files": str(len(files)),
        "ncc:kByteSize": str(size),
    }
    for name, value in wanted.items():
        if said.get(name) != value:
            yield Fault("claim-wrong", f"{name} is “{said.get(name, '')}”, and should be “{value}”")
    for name in files:
        if not NAME.fullmatch(name):
            yield Fault("name-wrong", f"{name} is no name for every disk")


def _heading_faults(book: Book, article: Article) -> Iterator[Fault]:
    """The first is the title; none leaves a level out; each section has its own, in order."""
    entries = book.headings
    if not entries or entries[0].get("class") != "title" or entries[0].tag != HEADINGS[0]:
        yield Fault("title-wrong", "Its first entry is not the title")
    for before, after in pairwise(entries):
        if int(after.tag[-1]) > int(before.tag[-1]) + 1:
            yield Fault("heading-wrong", f"“{''.join(after.itertext())}” leaves a level out")
    of_article = (each for each in entries if not each.get("id", "").startswith(OWN))
    titles = ["".join(each.itertext()) for each in of_article]
    wanted = [section.heading.text for section in walk_sections(article.sections)]
    if titles != wanted:
        yield Fault("contents-order", "Its entries are not the article's headings, in order")
    tags = {id: each.tag for id, each in book.documents.ids("text.html").items()}
    for section in walk_sections(article.sections):
        if tags.get(section.heading.id) not in HEADINGS:
            yield Fault("heading-wrong", f"“{section.heading.text}” is no heading in the text")


def _link_faults(book: Book) -> Iterator[Fault]:
    """What leads somewhere finds it, and each entry leads further than the one before."""
    documents = book.documents
    order = [(smil, id) for smil in book.smils for id in documents.ids(smil)]
    ends = []
    for heading in book.headings:
        smil, _, id = book.link(heading).partition("#")
        ends.append((smil, id))
        if (smil, id) not in order:
            yield Fault("id-unknown", f"An entry leads to {smil}#{id}, which is not there")
    known = [end for end in ends if end in order]
    if sorted(known, key=order.index) != known:
        yield Fault("contents-order", "Its entries do not follow the order of reading")
    for smil in book.smils:
        for text in documents.xml(smil).iter("text"):
            name, _, id = text.get("src", "").partition("#")
            if id not in documents.ids(name):
                yield Fault("id-unknown", f"{smil} leads to {name}#{id}, which is not there")


# ---------------------------------------------------------------- times


def _time_faults(book: Book) -> Iterator[Fault]:
    """What each file says it lasts is what its clips last, and all add up to the book's time."""
    before, elapsed = 0.0, 0
    for smil in book.smils:
        root = book.documents.xml(smil)
        said = metadata_of(root)
        for name in SMIL_REQUIRED:
            if not said.get(name):
                yield Fault("claim-missing", f"{name} of {smil} is missing")
        length = sum(each.end - each.start for each in _clips(root))
        sequence = root.find("body/seq")
        lasts = sequence.get("dur", "") if sequence is not None else ""
        if (
            not re.fullmatch(r"\d+\.\d+s", lasts)
            or abs(float(lasts[:-1]) * 1000 - length) > SLACK_MS
        ):
            yield Fault("duration-wrong", f"The clips of {smil} last {length / 1000:.3f} s")
        if clock_seconds(said.get("ncc:totalElapsedTime", "")) != elapsed:
            yield Fault("duration-wrong", f"{elapsed} s have passed before {smil}")
        elapsed += max(0, clock_seconds(said.get("ncc:timeInThisSmil", "")))
        before += length
        if abs(elapsed * 1000 - before) > WHOLE_S * 1000:
            yield Fault("duration-wrong", f"{smil} does not last as long as it says")
    total = clock_seconds(book.metadata.get("ncc:totalTime", ""))
    if total != elapsed:
        yield Fault("duration-wrong", f"The book says {total} s, its parts {elapsed} s")


def clock_seconds(clock: str) -> int:
    """Hours, minutes and seconds as seconds; −1 where it is none."""
    found = re.fullmatch(r"(\d\d+):([0-5]\d):([0-5]\d)", clock)
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3]) if found else -1


def _master_faults(book: Book) -> Iterator[Fault]:
    root = book.documents.xml(MASTER)
    named = tuple(each.get("src", "") for each in root.iter("ref"))
    if named != book.smils:
        yield Fault("contents-order", "The master names other parts than the control centre")
    if metadata_of(root).get("ncc:timeInThisSmil") != book.metadata.get("ncc:totalTime"):
        yield Fault("duration-wrong", "The master lasts longer or shorter than the book")
