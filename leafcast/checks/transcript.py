"""Are the transcript's words the article's words, and its times in order?"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from leafcast.narration.footnotes import told_sentences
from leafcast.publish.model import Publication
from leafcast.report import Finding, Place, Severity

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
    cues = read_cues(path.read_text(encoding="utf-8"))
    shown = " ".join(" ".join(words for _, _, words in cues).split())
    told = told_sentences(article, publication.project.practice.sound.footnotes)
    written = " ".join(" ".join(sentence.text for sentence in told).split())
    if shown != written:
        yield Finding(
            "transcript-differs",
            Severity.ERROR,
            f"The transcript is not the article word for word, from “{_apart(shown, written)}”",
            "Run the build again; if it stays, please report it",
            place,
        )
    ends = [0, *(end for _, end, _ in cues)]
    for (start, end, words), before in zip(cues, ends, strict=False):
        if start < before or end <= start:
            yield Finding(
                "cue-out-of-order", Severity.ERROR, f"Its time is wrong: “{words}”", "", place
            )


def read_cues(vtt: str) -> list[tuple[int, int, str]]:
    """The cues of a WebVTT file: start and end in milliseconds, and the words."""
    cues = []
    for block in re.split(r"\n\s*\n", vtt.replace("\r\n", "\n")):
        lines = block.strip().split("\n")
        for at, line in enumerate(lines):
            if times := TIMES.match(line):
                found = [int(each or 0) for each in times.groups()]
                words = html.unescape(re.sub(r"<[^>]*>", "", " ".join(lines[at + 1 :])))
                cues.append((_milliseconds(found[:4]), _milliseconds(found[4:]), words))
    return cues


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
