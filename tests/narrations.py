"""Narrations without sound: a script's parts on a timeline, each as long as its words are."""

from __future__ import annotations

from leafcast.document.article import Article
from leafcast.narration.lexicon import Lexicon
from leafcast.narration.model import Announcement, Cue, Narration, Pause, SpokenPassage, Utterance
from leafcast.narration.script import write_script
from leafcast.practice.project import Practice

RATE = 44_100
SAMPLES_A_LETTER = 3_001


def narrated(article: Article, practice: Practice) -> Narration:
    """The article as it would be told, without a voice."""
    script = write_script(article, practice, synthetic=True, lexicon=Lexicon())
    passages, at = [], 0
    for passage in script.passages:
        start, cues, announced = at, [], []
        for part in passage.parts:
            end = at + length_of(part)
            if isinstance(part, Utterance) and part.sentence_id:
                cues.append(Cue(part.sentence_id, part.shown, at, end))
            elif isinstance(part, Utterance):
                announced.append(Announcement(at, end, part.shown))
            at = end
        place = (passage.id, passage.number, passage.title, start, at)
        passages.append(SpokenPassage(*place, tuple(cues), "", tuple(announced)))
    return Narration(script.title, script.language, "tone", True, RATE, tuple(passages))


def length_of(part: Utterance | Pause) -> int:
    if isinstance(part, Pause):
        return part.ms * RATE // 1000
    return max(1, len(part.spoken)) * SAMPLES_A_LETTER
