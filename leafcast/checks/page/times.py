"""Are the page's times those of its sound, and of the sentences that it shows?"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from leafcast.checks.html import Element, embedded
from leafcast.checks.page.found import Found
from leafcast.checks.transcript import read_cues
from leafcast.document.article import walk_sections
from leafcast.document.report import Finding
from leafcast.narration.footnotes import told_sentences
from leafcast.narration.sound.formats import mp3
from leafcast.narration.sound.formats.id3 import after_id3
from leafcast.page.media import mp3_seconds

SLACK_MS: Final = 2
"""Times are rounded to the millisecond, in the page and in the transcript."""


def check_times(page: Found) -> Iterator[Finding]:
    """Its times are the transcript's, of sentences that it shows, and inside the sound."""
    players = list(page.root.all("audio"))
    sound = page.path.parent / f"{page.article.slug}.mp3"
    heard = page.publication.has(sound)
    if bool(players) != heard:
        yield page.fault("sound-wrong", "It has no player for its sound, or one without")
    if not players or not heard:
        return
    yield from _same_sound(page, players[0], sound)
    times = json.loads(page.ids["_times"].text()) if "_times" in page.ids else {"cues": []}
    yield from _cue_faults(page, times["cues"])
    lasts = mp3_seconds(sound)
    for name, start, end in times.get("parts", ()):
        if name not in page.ids or not 0 <= start < end <= lasts + 0.1:
            words = f"The part “{_heading(page, name)}” lasts from {start} to {end} s"
            yield page.fault("times-wrong", words)


def _heading(page: Found, part: str) -> str:
    """The heading of a part of the page; its id where it has none."""
    sections = walk_sections(page.article.sections)
    return next((each.heading.text for each in sections if each.id == part), part)


def _same_sound(page: Found, player: Element, sound: Path) -> Iterator[Finding]:
    if not page.alone:
        if player.get("src") != sound.name:
            yield page.fault("sound-wrong", f"It plays {player.get('src')}", player.line)
        return
    within = [base64.b64decode(each) for each in embedded(page.html, "audio/mpeg")]
    try:
        right = len(within) == 1 and _is_the_episode(within[0], page, sound)
    except ValueError:
        right = False
    if not right:
        yield page.fault("sound-wrong", "The sound within is not the episode", player.line)


def _is_the_episode(within: bytes, page: Found, sound: Path) -> bool:
    """Whether the sound within lasts as long as the episode, and is that of the sections, frame by
    frame, where all of these are there. Raises ValueError for what is no MP3 of ours.
    """
    whole = sound.read_bytes()
    if mp3.samples_of(within) != mp3.samples_of(whole[after_id3(whole) :]):
        return False
    frames, told = mp3.heard_frames(within), _sections_frames(page)
    return len(frames) * mp3.FRAME == mp3.samples_of(within) and told in ([], frames)


def _sections_frames(page: Found) -> list[memoryview]:
    """The frames of the sections as published; none where some are not, or are of older words."""
    files = sorted((page.path.parent / "audio").glob("*.mp3"))
    if not all(map(page.publication.has, files)):
        return []
    contents = (path.read_bytes() for path in files)
    return [frame for each in contents for frame in mp3.heard_frames(each[after_id3(each) :])]


def _cue_faults(page: Found, cues: list[list[Any]]) -> Iterator[Finding]:
    vtt = (page.path.parent / f"{page.article.slug}.vtt").read_text(encoding="utf-8")
    footnotes = page.publication.project.practice.sound.footnotes
    told = {each.id: each.text for each in told_sentences(page.article, footnotes)}
    cued = [cue[0] for cue in cues]
    if cued != list(told):
        first = next((each for each, cue in zip_longest(told, cued) if each != cue), None)
        where = f"from “{told[first]}” on" if first else "for one is told twice"
        words = f"Its cues are not the sentences that are told, in order, {where}"
        yield page.fault("times-wrong", words)
        return
    for cue, (start, end, words) in zip(cues, read_cues(vtt), strict=False):
        apart = max(abs(cue[1] * 1000 - start), abs(cue[2] * 1000 - end))
        if apart > SLACK_MS:
            yield page.fault("times-wrong", f"“{words}” is {apart:.0f} ms from its transcript")
        if not _in_order(cue):
            yield page.fault("times-wrong", f"The words of “{words}” are not in order")


def _in_order(cue: list[Any]) -> bool:
    """Whether its words begin one after the other, and within it (`page.cue_times`)."""
    after = cue[3][::3] if len(cue) > 3 else []
    lasts = 1000 * (cue[2] - cue[1])
    return all(each >= 0 for each in after) and sum(after) <= lasts + SLACK_MS
