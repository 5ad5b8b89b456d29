"""Are the transcript's words the article's words, its times in order, and is all captioned?"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leafcast.checks.cures import ANEW, REWRITE, with_source
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place, Severity
from leafcast.narration.announcements import crisis
from leafcast.narration.footnotes import told_sentences

LONGEST_SILENCE_MS = 5_000
"""The longest pause of a narration lasts 2 s, at the slower pace 2.5 s."""
TIMES = re.compile(r"^(?:(\d+):)?(\d\d):(\d\d)\.(\d{3}) --> (?:(\d+):)?(\d\d):(\d\d)\.(\d{3})")


def check_transcript(publication: Publication, folder: Path) -> Iterator[Finding]:
    """A finding when a word is missing or added, or when cues fall back or overlap."""
    slug = publication.article.slug
    for path in (folder / f"{slug}.vtt", folder / f"{slug}-slower.vtt"):
        if publication.has(path):
            yield from _check_file(publication, path)


def _check_file(publication: Publication, path: Path) -> Iterator[Finding]:
    article = publication.article
    place = Place(f"dist/{article.slug}/{path.name}")
    vtt = path.read_text(encoding="utf-8")
    cues = read_cues(vtt)
    shown = " ".join(" ".join(words for _, _, words in cues).split())
    told = told_sentences(article, publication.project.practice.sound.footnotes)
    written = " ".join(" ".join(sentence.text for sentence in told).split())
    if shown != written:
        apart = _apart(shown, written)
        yield Finding(
            "transcript-differs",
            Severity.ERROR,
            words := f"The transcript is not the article word for word, from “{apart}”",
            with_source(REWRITE, words, publication),
            place,
        )
    captions = read_captions(vtt)
    for code, words in (*_time_faults(captions), *_missing(publication, captions)):
        yield Finding(code, Severity.ERROR, words, with_source(ANEW, words, publication), place)


def _time_faults(captions: list[Cue]) -> Iterator[tuple[str, str]]:
    """Cues that fall back or overlap, and stretches in which nothing is captioned."""
    ends = [0, *(caption.end for caption in captions)]
    for caption, before in zip(captions, ends, strict=False):
        if caption.start < before or caption.end <= caption.start:
            yield "cue-out-of-order", f"Its time is wrong: “{caption.words}”"
        elif caption.start - before > LONGEST_SILENCE_MS:
            seconds = round((caption.start - before) / 1000)
            yield (
                "captions-missing",
                f"No caption for {seconds} s before “{caption.words}”",
            )


def _missing(publication: Publication, captions: list[Cue]) -> Iterator[tuple[str, str]]:
    """Lines of help that are heard and not captioned (WCAG 2.2, 1.2.2)."""
    told = " ".join(caption.words for caption in captions if caption.announced)
    for line in publication.project.practice.crisis:
        if crisis(line) not in told:
            yield "captions-missing", f"The captions do not say “{crisis(line)}”"


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue of a WebVTT file: its name, when it is shown in milliseconds, and its words."""

    name: str
    start: int
    end: int
    words: str

    @property
    def announced(self) -> bool:
        """Whether it is no sentence of the article."""
        return self.name.startswith("announced_")


def read_captions(vtt: str) -> list[Cue]:
    """All cues of a WebVTT file."""
    cues = []
    for block in re.split(r"\n\s*\n", vtt.replace("\r\n", "\n")):
        lines = block.strip().split("\n")
        for at, line in enumerate(lines):
            if times := TIMES.match(line):
                found = [int(each or 0) for each in times.groups()]
                words = html.unescape(re.sub(r"<[^>]*>", "", " ".join(lines[at + 1 :])))
                name = lines[at - 1].strip() if at else ""
                cues.append(Cue(name, _milliseconds(found[:4]), _milliseconds(found[4:]), words))
    return cues


def read_cues(vtt: str) -> list[tuple[int, int, str]]:
    """The cues of the article's sentences: start and end in milliseconds, and the words."""
    return [(cue.start, cue.end, cue.words) for cue in read_captions(vtt) if not cue.announced]


def _milliseconds(parts: list[int]) -> int:
    hours, minutes, seconds, thousandths = parts
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _apart(shown: str, written: str) -> str:
    """The first words from which two texts differ."""
    for at, (one, other) in enumerate(zip(shown.split(), written.split(), strict=False)):
        if one != other:
            return " ".join(written.split()[at : at + 6])
    longer = max(shown, written, key=len)
    return longer[min(len(shown), len(written)) :].strip()[:40]
