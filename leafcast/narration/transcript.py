"""WebVTT: when each sentence of the article is heard (W3C, WebVTT: The Web Video Text Tracks)."""

from __future__ import annotations

from leafcast.narration.model import Narration


def write_vtt(narration: Narration) -> str:
    """The episode's transcript: one cue a sentence, named by the sentence's id."""
    blocks = ["WEBVTT"]
    for cue in narration.cues:
        start, end = (round(at * 1000 / narration.rate) for at in (cue.start, cue.end))
        words = cue.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        times = f"{timestamp(start)} --> {timestamp(max(end, start + 1))}"
        blocks.append(f"{cue.sentence_id}\n{times}\n{words}")
    return "\n\n".join(blocks) + "\n"


def timestamp(milliseconds: int) -> str:
    """Hours, minutes, seconds and thousandths (4.1)."""
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"
