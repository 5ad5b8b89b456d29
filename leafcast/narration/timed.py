"""Words of clips whose engine could not say when it says them: found by forced alignment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from leafcast.document.errors import NotAligned
from leafcast.document.report import Finding, Severity
from leafcast.narration.clips import KIND, pack_clip, read_clip
from leafcast.narration.model import Utterance, VoiceSpec
from leafcast.state.cache import Cache

Keyed = tuple[str, Utterance]
"""The key of a clip in the cache, and what it says."""


def time_words(
    said: Iterable[Keyed], spec: VoiceSpec, cache: Cache, jobs: int
) -> Iterator[Finding]:
    """Add to each clip when its words are heard, where its voice did not say so.

    An engine that says it says it always, so one clip tells. A clip in which the words cannot be
    found keeps none, and is told by the sentence. Without an aligner that is advised once.
    """
    from leafcast.narration.listening import aligning

    spoken = [each for each in said if each[1].spoken]
    if not spoken or _has_words(cache, spoken[0][0]):
        return
    if lack := aligning.missing():
        yield Finding(
            "words-not-timed",
            Severity.ADVICE,
            f"The voice “{spec.name}” does not say when it says each word, so sentences are marked "
            f"as they are heard, and no single words: {lack}",
            "If you would like words marked too: pip install leafcast[listen]",
        )
        return
    with ThreadPoolExecutor(jobs) as threads:
        list(threads.map(_aligner(cache), spoken))


def _has_words(cache: Cache, key: str) -> bool:
    clip = read_clip(cache, key)
    return clip is None or bool(clip.words)


def _aligner(cache: Cache) -> Callable[[Keyed], None]:
    """Aligns one clip and keeps what was found; one that has words is left alone."""
    from leafcast.narration.listening.aligning import align

    def aligned(work: Keyed) -> None:
        key, utterance = work
        clip = read_clip(cache, key)
        if clip is None or clip.words:
            return
        try:
            words = align(clip, utterance.spoken)
        except NotAligned:
            return
        cache.write(KIND, key, pack_clip(replace(clip, words=words)))

    return aligned
