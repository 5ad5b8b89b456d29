"""The narration that was last published, kept so that a page can be shown again without it made."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict
from typing import Any, Final

from leafcast.narration.model import Announcement, Cue, Narration, SpokenPassage, WordCue
from leafcast.state.store import State

KIND: Final = "narrations"


def keep_narration(state: State, slug: str, narration: Narration) -> None:
    """Keep the narration of an article; what is published is whole without it."""
    state.write(KIND, slug, json.dumps(asdict(narration), ensure_ascii=False).encode())


def keep_narrations(state: State, slugs: Collection[str]) -> None:
    """Forget the narrations of all articles but these."""
    state.forget(KIND, state.keys(KIND) - set(slugs))


def read_narration(state: State, slug: str) -> Narration | None:
    """The narration that is kept of an article; None where there is none that can be read."""
    try:
        stored: dict[str, Any] = json.loads(state.read(KIND, slug) or b"")
        passages = tuple(_passage(each) for each in stored.pop("passages"))
        return Narration(**stored, passages=passages)
    except (ValueError, KeyError, TypeError, AttributeError):  # another release kept it
        return None


def _passage(stored: dict[str, Any]) -> SpokenPassage:
    told = tuple(Announcement(**each) for each in stored.pop("announced"))
    cues = tuple(_cue(each) for each in stored.pop("cues"))
    return SpokenPassage(**stored, cues=cues, announced=told)


def _cue(stored: dict[str, Any]) -> Cue:
    words = tuple(WordCue(**each) for each in stored.pop("words"))
    return Cue(**stored, words=words)
