"""What an EPUB tells, and what only it can get wrong: package, contents, claims, highlight."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from leafcast.books.accessibility import CONFORMS_TO
from leafcast.checks.sync.found import XHTML, Fault, Found, Heard, Telling, XmlFiles, sentences_in
from leafcast.checks.sync.highlight import highlight_faults
from leafcast.checks.sync.mp3 import mp3_milliseconds
from leafcast.checks.sync.overlay import DC, Clip, Entry, Package, resolve, seconds
from leafcast.document.article import Article, article_sentences, walk_sections

SLACK_S: Final = 0.0005
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
EPUB_TYPE: Final = "{http://www.idpf.org/2007/ops}type"
CLAIMS: Final = (
    "schema:accessMode",
    "schema:accessModeSufficient",
    "schema:accessibilityFeature",
    "schema:accessibilityHazard",
    "schema:accessibilitySummary",
)
"""What EPUB Accessibility 1.1 asks for (2.2 and 2.3)."""


def read_epub(found: Found) -> Telling:
    """The EPUB at its path."""
    article = found.publication.article
    wanted = {sentence.id: sentence.text for sentence in article_sentences(article)}
    documents = XmlFiles(found.files)
    package = Package(documents)
    clips = [(entry, package.overlay(entry)) for entry in package.spine]
    heard = tuple(
        Heard(clip.target, clip.sound, clip.start * 1000, clip.end * 1000)
        for _, inside in clips
        for clip in inside
    )
    shown = chain(*(sentences_in(documents.xml(entry.path), wanted) for entry in package.spine))
    sounds = {
        entry.path: mp3_milliseconds(documents.files[entry.path])
        for entry in package.entries.values()
        if entry.kind == "audio/mpeg" and entry.path in documents.files
    }
    faults = (
        *_overlay_faults(package, clips),
        *_duration_faults(package, clips),
        *_heading_faults(package, article),
        *_contents_faults(package, article),
        *_claim_faults(package, found),
        *_style_faults(package),
    )
    return Telling(heard, tuple(shown), sounds, faults=(*documents.faults, *faults))


# ---------------------------------------------------------------- overlays


def _overlay_faults(
    package: Package, clips: list[tuple[Entry, tuple[Clip, ...]]]
) -> Iterator[Fault]:
    """Each clip points at an element of its own file; each overlay is of a file that is read."""
    used = {entry.overlay for entry, _ in clips}
    for entry in package.entries.values():
        if entry.kind == "application/smil+xml" and entry.id not in used:
            yield Fault("overlay-unused", f"{entry.path} is no file's media overlay")
    for entry, inside in clips:
        ids = package.documents.ids(entry.path)
        if not inside:
            yield Fault("not-narrated", f"{entry.path} has no media overlay")
        for clip in inside:
            if clip.words != entry.path or clip.target not in ids:
                yield Fault("id-unknown", f"{clip.words}#{clip.target} leads nowhere")


def _duration_faults(
    package: Package, clips: list[tuple[Entry, tuple[Clip, ...]]]
) -> Iterator[Fault]:
    """Each overlay's time is that of its clips, and the book's is that of all together."""
    total = 0.0
    for entry, inside in clips:
        length = sum(clip.end - clip.start for clip in inside)
        total += length
        if inside and not _lasts(package.meta("media:duration", f"#{entry.overlay}"), length):
            yield Fault("duration-wrong", f"The clips of {entry.path} last {length:.3f} s")
    if not _lasts(package.meta("media:duration"), total):
        yield Fault("duration-wrong", f"All clips last {total:.3f} s; the package says otherwise")


def _lasts(said: list[str], length: float) -> bool:
    return len(said) == 1 and abs(seconds(said[0]) - length) <= SLACK_S * 2


# ---------------------------------------------------------------- structure


def _heading_faults(package: Package, article: Article) -> Iterator[Fault]:
    """Every heading is one, of its level; each file says its language and has a title."""
    tags = {
        id: element.tag.removeprefix(XHTML)
        for entry in package.spine
        for id, element in package.documents.ids(entry.path).items()
    }
    for section in walk_sections(article.sections):
        heading = section.heading
        if tags.get(heading.id) != f"h{heading.level}":
            yield Fault("heading-wrong", f"“{heading.text}” is no heading of level {heading.level}")
    for entry in package.spine:
        root = package.documents.xml(entry.path)
        if root.get("lang") != article.language or root.get(LANG) != article.language:
            yield Fault("language-wrong", f"{entry.path} is not said to be in {article.language}")


def _contents_faults(package: Package, article: Article) -> Iterator[Fault]:
    """The contents lead to every section, in the order of reading, and pages follow each other."""
    nav = next((e for e in package.entries.values() if "nav" in e.properties.split()), None)
    if nav is None:
        yield Fault("contents-missing", "It has no navigation document")
        return
    links = {
        each.get(EPUB_TYPE, ""): [
            (resolve(nav.path, a.get("href", "").partition("#")[0]), a)
            for a in each.iter(f"{XHTML}a")
        ]
        for each in package.documents.xml(nav.path).iter(f"{XHTML}nav")
    }
    order = [
        (entry.path, id)
        for entry in package.spine
        for id in ("", *package.documents.ids(entry.path))
    ]
    for kind in ("toc", "page-list"):
        ends = [(path, a.get("href", "").partition("#")[2]) for path, a in links.get(kind, ())]
        for path, id in (end for end in ends if end not in order):
            yield Fault("id-unknown", f"The contents lead to {path}#{id}, which is not there")
        if [end for end in order if end in ends] != [end for end in ends if end in order]:
            yield Fault("contents-order", f"The {kind} is not in the order of reading")
    titles = ["".join(a.itertext()) for _, a in links.get("toc", ())]
    for section in walk_sections(article.sections):
        if section.heading.text not in titles:
            yield Fault("contents-short", f"The contents lack “{section.heading.text}”")
    missing = {"toc", "landmarks"} - links.keys()
    if missing:
        yield Fault("contents-missing", f"It has no {' and no '.join(sorted(missing))}")


# ---------------------------------------------------------------- what it says of itself


def _claim_faults(package: Package, found: Found) -> Iterator[Fault]:
    """Everything a reader is promised is said, and nothing that nobody vouches for."""
    article = found.publication.article
    assessor = found.publication.project.practice.epub.assessor
    for name in CLAIMS:
        if not any(package.meta(name)):
            yield Fault("claim-missing", f"{name} is missing")
    if "synchronizedAudioText" not in package.meta("schema:accessibilityFeature"):
        yield Fault("claim-missing", "It does not say that its words are read aloud")
    for name in ("media:narrator", "dcterms:modified"):
        if not any(package.meta(name)):
            yield Fault("claim-missing", f"{name} is missing")
    if package.root.get(LANG) != article.language:
        yield Fault("language-wrong", f"The package is not said to be in {article.language}")
    titles = [each.text for each in package.root.iter(f"{DC}title")]
    if titles[:1] != [article.title]:
        yield Fault("title-wrong", f"It is called {titles[:1]}")
    said = package.meta("dcterms:conformsTo")
    if said != ([CONFORMS_TO] if assessor else []):
        yield Fault("conformance-claimed", f"It says that it conforms to {said}")
    if package.meta("a11y:certifiedBy", "#conformance") != ([assessor] if assessor else []):
        yield Fault("conformance-claimed", "It names somebody else than practice.toml does")


def _style_faults(package: Package) -> Iterator[Fault]:
    """What is heard is seen."""
    css = "\n".join(
        package.documents.files[entry.path].decode("utf-8", "replace")
        for entry in package.entries.values()
        if entry.kind == "text/css" and entry.path in package.documents.files
    )
    active, playing = (
        "".join(package.meta(name)[:1])
        for name in ("media:active-class", "media:playback-active-class")
    )
    yield from highlight_faults(css, active, playing)
