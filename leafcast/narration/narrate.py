"""An article told aloud: who tells it, what is voiced, and the narration that comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from leafcast.document.article import Article
from leafcast.document.errors import ClipMissing, LeafcastError, VoiceUnavailable
from leafcast.document.report import Finding, Report, finding_of
from leafcast.execution.request import Watcher
from leafcast.narration.casting import cast_article, ready_voices
from leafcast.narration.model import Cast, Clip, Narration, Utterance
from leafcast.narration.pace import USUAL, Pace
from leafcast.narration.takes.files import find_takes
from leafcast.narration.telling import Telling
from leafcast.narration.voices import fingerprint
from leafcast.practice.project import Project
from leafcast.state.cache import Cache

if TYPE_CHECKING:
    from leafcast.narration.takes.recorded_article import Performance
    from leafcast.narration.voice_pool import VoicePool

HELD_SAMPLES: Final = 12_000_000
"""Of clips, in memory at once: 48 MB, eight minutes at 24 kHz."""


def tell(project: Project, article: Article, voice: str, pace: Pace = USUAL) -> Telling:
    """What is said of the article, by whom, and how fast."""
    cast, findings = cast_article(project, article, voice, pace)
    takes = find_takes(project, article.slug)
    return Telling(project, article, cast, pace, findings, takes=takes)


def narrate(
    telling: Telling, voices: VoicePool, watcher: Watcher, report: Report
) -> Narration | None:
    """Voice what is missing, and master it; None (and findings) where that cannot be done."""
    cache = Cache(telling.project.work / "cache")
    try:
        from leafcast.narration.takes.recorded_article import perform

        performance = perform(telling, cache, lambda: watcher.step("Listening to the recordings"))
        report.add(performance.findings)
        try:
            return _read_aloud(performance, voices, watcher, report)
        except ClipMissing:
            _let_damaged_go(performance.telling, cache)
            return _read_aloud(performance, voices, watcher, report)
    except (LeafcastError, OSError) as error:
        report.add([_narration_failed(telling, error)])
        return None


def _let_damaged_go(telling: Telling, cache: Cache) -> None:
    """Read every clip, for one that was damaged leaves the cache as it is read."""
    read_clip = clip_reader(telling.cast, cache)
    for utterance in telling.voiced:
        read_clip(utterance)


def _read_aloud(
    performance: Performance, voices: VoicePool, watcher: Watcher, report: Report
) -> Narration | None:
    watcher.step("Reading aloud")
    if voice_script(performance.telling, voices, report):
        return None
    watcher.step("Mastering the sound")
    return _mastered(performance)


def _mastered(performance: Performance) -> Narration:
    """The narration; passages that a person reads are her recordings."""
    from leafcast.narration.sound.mastering import Bench, master

    telling = performance.telling
    cache = Cache(telling.project.work / "cache")
    read_clip = clip_reader(telling.cast, cache)
    bench = Bench(telling.project.practice.sound, _masters(telling), cache, telling.project.jobs)
    if not performance.own:
        return master(telling.script, read_clip, telling.cast, bench)
    from leafcast.narration.voices.take import credited, joiner

    join = joiner(performance, read_clip, cache)
    narration = master(telling.script, read_clip, telling.cast, bench, join=join)
    return credited(narration, telling.readers)


def voice_script(telling: Telling, voices: VoicePool, report: Report) -> bool:
    """Voice what is missing, each voice its parts; whether something could not be voiced."""
    from leafcast.narration.clips import clip_key
    from leafcast.narration.timed import time_words
    from leafcast.narration.voice_pool import voice_missing

    cache = Cache(telling.project.work / "cache")
    failed = False
    for spec in telling.cast.voices:
        part = [each for each in telling.voiced if telling.cast.voice_of(each) == spec]
        voiced = voice_missing(part, spec, cache, voices)
        report.add(voiced.findings)
        failed = failed or bool(voiced.findings)
        if not voiced.findings:
            prints = fingerprint(spec)
            keyed = [(clip_key(prints, each), each) for each in part]
            report.add(time_words(keyed, spec, cache, voices.jobs))
    return failed


def clip_reader(cast: Cast, cache: Cache) -> Callable[[Utterance], Clip | None]:
    """Finds the clip of an utterance, as its voice said it; an article of usual length is read from
    the store once, however often its sound is asked for."""
    from leafcast.narration.clips import clip_key, read_clip

    prints = {spec: fingerprint(spec) for spec in cast.voices}
    held: dict[str, Clip] = {}
    room = HELD_SAMPLES

    def read(said: Utterance) -> Clip | None:
        nonlocal room
        key = clip_key(prints[cast.voice_of(said)], said)
        if key in held:
            return held[key]
        clip = read_clip(cache, key)
        if clip and len(clip.samples) <= room:
            held[key] = clip
            room -= len(clip.samples)
        return clip

    return read


def _masters(telling: Telling) -> Path:
    """Where the section masters are: audio/<slug>, those of another pace in a folder of it, and
    those of a preview too.
    """
    folder = telling.project.audio / telling.article.slug
    if telling.only:
        return folder / "preview"
    return folder / ("" if telling.pace == USUAL else telling.pace.name)


def _narration_failed(telling: Telling, error: LeafcastError | OSError) -> Finding:
    found = finding_of(error, "narration-not-made")
    slug = telling.article.slug
    found = replace(found, message=f"{slug}: the narration could not be made. {found.message}")
    if isinstance(error, VoiceUnavailable):
        ready = [name for name in ready_voices(telling.project) if name != telling.cast.own.name]
        others = f"Ready on this machine: {', '.join(ready)}; choose one with --voice NAME"
        found = replace(found, fix=others if ready else found.fix)
    return found
