"""When all that is said is heard, in the formats players read.

Captions hold every word that is spoken (WCAG 2.2, 1.2.2): the article's sentences, and between
them, in square brackets, what is announced: title and author, sections, contact, crisis lines.

WebVTT (W3C), SubRip, and the podcast namespace's JSON transcripts and chapters
(podcastindex.org, “Transcripts” 1.0.0 and “JSON Chapters” 1.2.0).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from leafcast.locale.language import language_of
from leafcast.narration.model import Narration

TAG: Final = re.compile(r"<[^>]*>|\{[^}]*\}")
"""What players of SubRip take for a tag: as of HTML, or of SubStation Alpha."""
LOOK_ALIKES: Final = str.maketrans("<>{}", "‹›()")

ANNOUNCED_ID: Final = "announced_{}"
"""With a low line, which no id of the article has."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What is heard between two samples, in words; `id` is a sentence's, if not `announced`."""

    id: str
    start: int
    end: int
    text: str
    announced: bool = False

    @property
    def shown(self) -> str:
        """The words as a caption shows them: in brackets, where the article does not have them."""
        return f"[{self.text}]" if self.announced else self.text


def captions(narration: Narration) -> list[Caption]:
    """All that is said, in order. A number dictated group by group is one caption."""
    told = [Caption(cue.sentence_id, cue.start, cue.end, cue.text) for cue in narration.cues]
    announced = (each for passage in narration.passages for each in passage.announced)
    told += [
        Caption(ANNOUNCED_ID.format(number), each.start, each.end, each.text, True)
        for number, each in enumerate(announced, 1)
    ]
    shown: list[Caption] = []
    for caption in sorted(told, key=lambda each: each.start):
        if shown and caption.announced and shown[-1].text == caption.text:
            shown[-1] = replace(shown[-1], end=caption.end)
        else:
            shown.append(caption)
    return shown


def write_vtt(narration: Narration) -> str:
    """The episode's captions: one cue a sentence, named by the sentence's id."""
    blocks = ["WEBVTT"]
    for caption in captions(narration):
        start, end = _times(caption.start, caption.end, narration)
        words = caption.shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        blocks.append(f"{caption.id}\n{timestamp(start)} --> {timestamp(end)}\n{words}")
    return "\n\n".join(blocks) + "\n"


def write_srt(narration: Narration) -> str:
    """The same as SubRip: numbered, with a comma before the thousandths.

    SubRip has no way to write a sign that means something to it, and players leave out what they
    take for a tag: so another sign that looks like it stands for such a one.
    """
    blocks = []
    for number, caption in enumerate(captions(narration), 1):
        start, end = (timestamp(at, ",") for at in _times(caption.start, caption.end, narration))
        words = TAG.sub(_like_a_tag, caption.shown.replace("-->", "→"))
        blocks.append(f"{number}\n{start} --> {end}\n{words}")
    return "\n\n".join(blocks) + "\n"


def _like_a_tag(tag: re.Match[str]) -> str:
    return tag[0].translate(LOOK_ALIKES)


def write_json(narration: Narration, speaker: str) -> str:
    """A segment a sentence, and one an announcement, whose speaker is called so."""
    announcer = language_of(narration.language).gettext("Announcement")
    told = (
        (each.start, each.end, each.text, announcer if each.announced else speaker)
        for each in captions(narration)
    )
    return _segments(told, narration)


def write_words_json(narration: Narration, speaker: str) -> str:
    """A segment a word; a sentence whose words have no times is one segment."""
    told = (
        (at.start, at.end, cue.text[at.text_start : at.text_end], speaker)
        if at
        else (cue.start, cue.end, cue.text, speaker)
        for cue in narration.cues
        for at in (cue.words or (None,))
    )
    return _segments(told, narration)


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


def _segments(told: Iterable[tuple[int, int, str, str]], narration: Narration) -> str:
    segments = []
    for start, end, body, speaker in told:
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
