"""Does the narration say what the script says? A machine listens to every sentence.

It takes its time, so it is asked for with `--listen`. A sentence that did not change is not heard
again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place, Severity
from leafcast.narration.listening.proof import CLAUSE, Difference, Heard, listen, missing
from leafcast.narration.model import Clip, Passage, Utterance
from leafcast.narration.narrate import clip_reader, tell
from leafcast.narration.phonemes import words_said
from leafcast.narration.sound.joining import RATE_HZ, dense_position
from leafcast.narration.takes.recorded_article import Performance, perform
from leafcast.narration.voices.take import joiner
from leafcast.state.cache import Cache

Reader = Callable[[Utterance], Clip | None]


@dataclass(frozen=True, slots=True)
class Spoken:
    """An utterance with its sound, and where that starts: in its passage and in the episode, in
    samples at 44.1 kHz.
    """

    utterance: Utterance
    clip: Clip
    passage: Passage
    in_passage: int
    in_episode: int


def check_listening(publication: Publication, folder: Path) -> Iterator[Finding]:
    """A finding for each sentence that is not said as it is written.

    It listens to the clips of the voice that practice.toml names, at the usual pace.
    """
    article = publication.article
    place = Place(f"dist/{article.slug}")
    if lack := missing():
        yield Finding(
            "not-listened", Severity.NOT_CHECKED, f"Nobody listened to {article.slug}: {lack}",
            "Install it, or listen yourself", place,
        )  # fmt: skip
        return
    cache = Cache(publication.project.work / "cache")
    performance = perform(tell(publication.project, article, ""), cache)
    telling = performance.telling
    read = clip_reader(telling.cast, cache)
    absent = [each for each in telling.voiced if each.spoken and read(each) is None]
    if absent:
        one = len(absent) == 1
        yield Finding(
            "not-listened", Severity.NOT_CHECKED,
            f"Nobody listened to {article.slug}: the sound of {len(absent)} "
            f"sentence{'' if one else 's'} by the voice “{telling.cast.own.name}” is not here",
            "Run the build again with --listen", place,
        )  # fmt: skip
        return
    with ThreadPoolExecutor(publication.project.jobs) as ears:
        spoken = list(_timeline(performance, read, cache))
        heard = ears.map(lambda each: listen(each.clip, each.utterance, cache), spoken)
        for each, found in zip(spoken, heard, strict=True):
            if found.differences:
                yield _finding(each, found, Place(article.source))


def _timeline(performance: Performance, read: Reader, cache: Cache) -> Iterator[Spoken]:
    """Everything that voices say, where it is heard; recordings were listened to before."""
    telling = performance.telling
    join = joiner(performance, read, cache)
    start = 0
    for passage in telling.script.passages:
        joined = join(passage)
        for span in joined.spans:
            hers = span.utterance.id in telling.hers
            if span.utterance.spoken and not hers and (clip := read(span.utterance)):
                yield Spoken(span.utterance, clip, passage, span.start, start + span.start)
        start += joined.length


def _finding(spoken: Spoken, heard: Heard, place: Place) -> Finding:
    """A clause or a number said wrong is an error, a word a warning."""
    worst = max(heard.differences, key=lambda each: (each.numeric, each.weight))
    grave = worst.numeric or worst.weight >= CLAUSE
    first = heard.differences[0]
    at = dense_position(first.at, spoken.clip.rate)
    said = words_said(spoken.utterance.shown or spoken.utterance.spoken)
    return Finding(
        "said-otherwise",
        Severity.ERROR if grave else Severity.WARNING,
        f"At {_clock(spoken.in_episode + at)} of the episode, {_clock(spoken.in_passage + at)} of "
        f"its part {spoken.passage.number} (“{spoken.passage.title}”), the voice does not say what "
        f"is written: {'; '.join(map(_told, heard.differences))}. "
        f"Written: “{said}” Heard: “{heard.text}”",
        "Listen there. If a word is wrong, write into audio/lexicon.toml how it is said",
        place,
    )


def _told(difference: Difference) -> str:
    """A difference in words."""
    if not difference.heard:
        return f"“{difference.said}” is missing"
    if not difference.said:
        return f"“{difference.heard}” is added"
    return f"“{difference.heard}” instead of “{difference.said}”"


def _clock(samples: int) -> str:
    """A time on the timeline as a player shows it."""
    minutes, seconds = divmod(samples // RATE_HZ, 60)
    return f"{minutes}:{seconds:02}"
