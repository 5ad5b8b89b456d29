"""The narration that was last published, kept so that a page can be shown again without it made."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from leafcast.narration.model import Announcement, Cue, Narration, SpokenPassage, WordCue
from leafcast.practice.project import Project
from leafcast.state.cache import write_beside


def kept_file(project: Project, slug: str) -> Path:
    """Where an article's narration is kept."""
    return project.work / "narrations" / f"{slug}.json"


def keep_narration(narration: Narration, path: Path) -> None:
    """Keep `narration` in `path`. Raises OSError when it cannot be written."""
    write_beside(path, json.dumps(asdict(narration), ensure_ascii=False).encode())


def read_narration(path: Path) -> Narration | None:
    """The narration kept in `path`; None where there is none, or none that can be read."""
    try:
        stored: dict[str, Any] = json.loads(path.read_bytes())
        passages = tuple(_passage(each) for each in stored.pop("passages"))
        return Narration(**stored, passages=passages)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _passage(stored: dict[str, Any]) -> SpokenPassage:
    told = tuple(Announcement(**each) for each in stored.pop("announced"))
    cues = tuple(_cue(each) for each in stored.pop("cues"))
    return SpokenPassage(**stored, cues=cues, announced=told)


def _cue(stored: dict[str, Any]) -> Cue:
    words = tuple(WordCue(**each) for each in stored.pop("words"))
    return Cue(**stored, words=words)
