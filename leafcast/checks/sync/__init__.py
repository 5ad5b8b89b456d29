"""Are words and sound together, in every format that has both?

One check over EPUB, DAISY, page and transcript: a format is a line in `SOURCES`, a function that
reads what it tells. What then holds for all is in `rules`: each sentence of the article is shown
as the article has it, and heard once, in the order of reading, inside its sound.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from leafcast.checks.sync.daisy import read_daisy
from leafcast.checks.sync.epub import read_epub
from leafcast.checks.sync.found import Fault, Found, Telling
from leafcast.checks.sync.rules import apart_faults, sync_faults
from leafcast.checks.sync.screens import read_page, read_transcript
from leafcast.document.publication import Publication
from leafcast.document.report import Finding

SOURCES: Final[dict[str, tuple[str, Callable[[Found], Telling]]]] = {
    "epub": ("{slug}.epub", read_epub),
    "daisy": ("{slug}-daisy.zip", read_daisy),
    "page": ("index.html", read_page),
    "episode": ("{slug}.vtt", read_transcript),
}
"""By edition: its file, and what reads it."""
SLACK_MS: Final = 40.0
"""Each sound's length is rounded down to the millisecond where its clips are made."""
SAME: Final = ("practice", "lexicon", "voice")
"""What two editions of one article are made from when they have the same narration."""
MOST_OF_A_KIND: Final = 3


def check_sync(publication: Publication, folder: Path) -> Iterator[Finding]:
    """A finding for everything in which words and sound are apart."""
    article = publication.article
    footnotes = publication.project.practice.sound.footnotes
    tellings: dict[str, tuple[Found, Telling]] = {}
    for edition, (name, read) in SOURCES.items():
        found = Found(publication, folder / name.format(slug=article.slug))
        if publication.has(found.path):
            tellings[edition] = (found, read(found))
    together = _of_one_narration(publication)
    for edition, (found, telling) in tellings.items():
        faults = [*sync_faults(article, footnotes, telling)]
        if edition in together and "episode" in tellings:
            faults += apart_faults(telling, tellings["episode"][1], SLACK_MS)
        yield from map(found.finding, _few_of_a_kind(faults))


def _few_of_a_kind(faults: list[Fault]) -> Iterator[Fault]:
    """The first faults of each kind; the last says how many more there are."""
    counts = Counter(fault.code for fault in faults)
    seen: Counter[str] = Counter()
    for fault in faults:
        seen[fault.code] += 1
        more = counts[fault.code] - MOST_OF_A_KIND
        if seen[fault.code] < MOST_OF_A_KIND or (seen[fault.code] == MOST_OF_A_KIND and more < 1):
            yield fault
        elif seen[fault.code] == MOST_OF_A_KIND:
            yield fault._replace(message=f"{fault.message} – and {more} more of this kind")


def _of_one_narration(publication: Publication) -> set[str]:
    """The editions in dist/ that were told by the same voices as the episode there."""
    episode = publication.records.get("episode")
    records = {name: publication.records.get(name) for name in SOURCES}
    return {
        name
        for name, record in records.items()
        if record
        and episode
        and all(record.made_from.get(each) == episode.made_from.get(each) for each in SAME)
    }
