"""One passage's recordings, looked over: what is used of them, and what the owner should know.

Kept by its content: the bytes of the files, the words of the section, the owner's choices, what
listens and decodes, and the modules here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cache as once
from pathlib import Path
from typing import Any, Final

from leafcast.document.report import Finding, Place, Severity
from leafcast.narration.model import Passage, WordMark
from leafcast.narration.sound import ffmpeg
from leafcast.narration.takes.match import PassageTakes
from leafcast.narration.takes.speakers import Part, PassageReading
from leafcast.state.cache import Cache, digest

KIND: Final = "takes"
MODULES: Final = (Path(__file__).parent,)


def read_passage(passage: Passage, takes: PassageTakes, cache: Cache) -> PassageReading:
    """How `passage` is read; from the cache where the same was looked over before.

    Raises ToolMissing without ffmpeg.
    """
    from leafcast.narration.takes.listener import find_listener

    if not takes:
        return PassageReading(passage.id)
    listener, lack = find_listener()
    listening = listener.version if listener else lack
    key = digest(_program(), _words(passage), _recordings(takes), listening, ffmpeg.identity())
    if (stored := cache.read(KIND, key)) is not None:
        return unpack(json.loads(stored))
    from leafcast.narration.takes.passage import look_over

    reading = look_over(passage, takes, listener, lack, cache)
    cache.write(KIND, key, json.dumps(asdict(reading)).encode())
    return reading


@once
def _program() -> str:
    """The hash of what decides here."""
    modules = [module for folder in MODULES for module in sorted(folder.glob("*.py"))]
    return digest(*(module.read_bytes() for module in modules))


def _words(passage: Passage) -> list[list[str | None]]:
    said = passage.utterances
    return [[each.id, each.spoken, each.shown, each.sentence_id] for each in said]


def _recordings(takes: PassageTakes) -> list[object]:
    files = [takes.take] if takes.take else []
    return [
        [[file.shown, file.digest] for file in files],
        [[sentence, file.shown, file.digest] for sentence, file in takes.retakes],
        [list(pair) for pair in takes.uses],
        takes.announcements,
        takes.anyway,
    ]


def unpack(stored: Mapping[str, Any]) -> PassageReading:
    """The reading that was written as JSON."""
    parts = tuple(
        Part(**{**each, "words": tuple(WordMark(**mark) for mark in each["words"])})
        for each in stored["parts"]
    )
    findings = tuple(_finding(each) for each in stored["findings"])
    return PassageReading(
        stored["passage"],
        parts,
        (stored["tone"][0], stored["tone"][1]),
        stored["seconds"],
        tuple(stored["again"]),
        findings,
    )


def _finding(stored: Mapping[str, Any]) -> Finding:
    place = Place(**stored["place"]) if stored["place"] else None
    return Finding(**{**stored, "severity": Severity(stored["severity"]), "place": place})


def utterances_from(readings: Iterable[PassageReading], *sources: str) -> frozenset[str]:
    """The ids of all utterances that come from these sources."""
    return frozenset(
        part.utterance for each in readings for part in each.parts if part.source in sources
    )
