"""When each sentence and each word of the article is heard, in the formats players read.

WebVTT (W3C), SubRip, and the podcast namespace's JSON transcripts and chapters
(podcastindex.org, “Transcripts” 1.0.0 and “JSON Chapters” 1.2.0).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from leafcast.narration.model import Narration


def write_vtt(narration: Narration) -> str:
    """The episode's transcript: one cue a sentence, named by the sentence's id."""
    blocks = ["WEBVTT"]
    for cue in narration.cues:
        start, end = _times(cue.start, cue.end, narration)
        words = cue.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        blocks.append(f"{cue.sentence_id}\n{timestamp(start)} --> {timestamp(end)}\n{words}")
    return "\n\n".join(blocks) + "\n"


def write_srt(narration: Narration) -> str:
    """The same as SubRip: numbered, with a comma before the thousandths."""
    blocks = []
    for number, cue in enumerate(narration.cues, 1):
        start, end = (timestamp(at, ",") for at in _times(cue.start, cue.end, narration))
        blocks.append(f"{number}\n{start} --> {end}\n{cue.text}")
    return "\n\n".join(blocks) + "\n"


def write_json(narration: Narration, speaker: str) -> str:
    """A segment a sentence."""
    return _segments(((cue.start, cue.end, cue.text) for cue in narration.cues), narration, speaker)


def write_words_json(narration: Narration, speaker: str) -> str:
    """A segment a word; a sentence whose words have no times is one segment."""
    told = (
        (at.start, at.end, cue.text[at.text_start : at.text_end])
        if at
        else (cue.start, cue.end, cue.text)
        for cue in narration.cues
        for at in (cue.words or (None,))
    )
    return _segments(told, narration, speaker)


def write_chapters(narration: Narration, author: str) -> str:
    """JSON chapters: one a passage, in seconds."""
    chapters = [
        {
            "startTime": round(passage.start / narration.rate, 3),
            "endTime": round(passage.end / narration.rate, 3),
            "title": passage.title,
        }
        for passage in narration.passages
    ]
    return _json(
        {"version": "1.2.0", "title": narration.title, "author": author, "chapters": chapters}
    )


def _segments(told: Iterable[tuple[int, int, str]], narration: Narration, speaker: str) -> str:
    segments = []
    for start, end, body in told:
        times = (at / 1000 for at in _times(start, end, narration))
        segments.append(
            {"speaker": speaker, **dict(zip(("startTime", "endTime"), times, strict=True)),
             "body": body}
        )  # fmt: skip
    return _json({"version": "1.0.0", "segments": segments})


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _times(start: int, end: int, narration: Narration) -> tuple[int, int]:
    """Samples in milliseconds; what lasts lasts at least one."""
    began, ended = (round(at * 1000 / narration.rate) for at in (start, end))
    return began, max(ended, began + 1)


def timestamp(milliseconds: int, point: str = ".") -> str:
    """Hours, minutes, seconds and thousandths (WebVTT, 4.1)."""
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{thousandths:03}"
