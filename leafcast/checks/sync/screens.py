"""What the page tells, and what the transcript does: one sound, the episode."""

from __future__ import annotations

import json
import re
from pathlib import Path

from leafcast.checks.html import read_html
from leafcast.checks.sync.found import Fault, Found, Telling
from leafcast.checks.sync.mp3 import mp3_milliseconds
from leafcast.checks.sync.rules import heard_of
from leafcast.checks.transcript import read_captions
from leafcast.document.article import article_sentences


def read_page(found: Found) -> Telling:
    """The page at its path: its cues, and the sentences between its words."""
    root = read_html(found.path.read_text(encoding="utf-8"))
    wanted = {sentence.id for sentence in article_sentences(found.publication.article)}
    shown = tuple(
        (each.get("id"), each.text("sup")) for each in root.all("span") if each.get("id") in wanted
    )
    players = [each.get("src") for each in root.all("audio")]
    scripts = (e for e in root.all("script") if e.get("type") == "application/json")
    data = next((each.text() for each in scripts), "{}")
    cues = json.loads(data).get("cues", ())
    times = ((str(cue[0]), cue[1] * 1000, cue[2] * 1000) for cue in cues)
    sound = players[0] if players else ""
    heard = heard_of(times, sound)
    return Telling(heard, shown, _sound(found.path.parent, sound), silent=not players)


def read_transcript(found: Found) -> Telling:
    """The transcript at its path: its cues are both what is shown and what is heard."""
    captions = read_captions(found.path.read_text(encoding="utf-8"))
    cues = [cue for cue in captions if not cue.announced]
    sound = found.path.with_suffix(".mp3").name
    lasts = _sound(found.path.parent, sound)
    faults = [Fault("id-unknown", "A cue has no name")] * any(not cue.name for cue in cues)
    faults += [
        Fault("past-the-end", f"“{cue.words}” is shown when the sound has ended")
        for cue in captions
        if cue.announced and cue.end > lasts.get(sound, cue.end)
    ]
    heard = heard_of(((cue.name, float(cue.start), float(cue.end)) for cue in cues), sound)
    known = {sentence.id for sentence in article_sentences(found.publication.article)}
    shown = tuple((cue.name, cue.words) for cue in cues if cue.name in known)
    return Telling(heard, shown, lasts, captions=True, faults=tuple(faults))


def _sound(folder: Path, name: str) -> dict[str, float]:
    """How long the sound beside a file lasts, by its name; nothing where it is not there."""
    if not re.fullmatch(r"[\w-]+\.mp3", name) or not (folder / name).is_file():
        return {}
    return {name: mp3_milliseconds((folder / name).read_bytes())}
